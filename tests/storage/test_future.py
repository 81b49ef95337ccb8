"""The due table, errands, files, leases and the board."""

import asyncio
import os
from datetime import timedelta
from pathlib import Path

import pytest

from domain.desk.errands import Pick
from domain.desk.keeping import Settled
from domain.desk.state import Changes, Chat, OfChat, OfRef, OfRequest, State
from domain.orders.model import Number
from domain.values import replace
from storage import Store
from tests.storage.conftest import Place
from tests.storage.decisions import PHONE, answer, due, fetch, nothing, owe
from tests.storage.test_turns import begun, look


async def test_what_is_due_comes_earliest_first_and_not_before_its_time(store: Store, place: Place) -> None:
    assert await store.next_due() is None
    await store.turn(OfChat(7), "e1", due("remind", 1, 60))
    await store.turn(OfChat(8), "e2", due("remind", 1, 30))
    assert await store.next_due() == place.clock() + timedelta(seconds=30)
    assert await store.due(place.clock(), 9) == []
    found = await store.due(place.clock() + timedelta(seconds=60), 9)
    assert [(d.rule, d.subject) for d in found] == [("remind", 8), ("remind", 7)]


async def test_a_new_due_row_replaces_the_old_and_an_ended_one_goes(store: Store, place: Place) -> None:
    late = place.clock() + timedelta(days=1)
    await store.turn(OfChat(7), "e1", due("remind", 1, 60))
    await store.turn(OfChat(7), "e2", due("remind", 2, 90))
    assert [d.version for d in await store.due(late, 9)] == [2]
    await store.turn(OfChat(7), "e3", lambda s, m: Changes(done_due=(("remind", 7),)))
    assert await store.due(late, 9) == []


async def test_something_due_is_dropped_only_while_it_is_still_the_same_version(store: Store, place: Place) -> None:
    late = place.clock() + timedelta(days=1)
    for chat, rule, version in ((7, "remind", 2), (8, "remind", 1), (7, "nudge", 1)):
        await store.turn(OfChat(chat), f"e{chat}{rule}", due(rule, version, 60))
    await store.drop_due("remind", 7, 1)
    assert len(await store.due(late, 9)) == 3
    await store.drop_due("remind", 7, 2)
    assert [(d.rule, d.subject) for d in await store.due(late, 9)] == [("remind", 8), ("nudge", 7)]


async def test_an_errand_is_taken_once_and_comes_back_when_nobody_finished_it(store: Store, place: Place) -> None:
    await begun(store)
    await store.turn(OfChat(7), "e1", fetch)
    ((errand, attempts),) = await store.take(Pick(9))
    assert (errand.kind, attempts) == ("fetch_bill", 0)
    place.clock.forward(seconds=119)  # so long may getFile and a download of a minute take
    assert await store.take(Pick(9)) == []
    place.clock.forward(seconds=2)
    assert await store.take(Pick(9)) == [(errand, 1)]
    paper = await store.paper(errand.subject)
    assert paper is not None
    assert (paper.kind, paper.status, paper.at) == ("bill", "wanted", errand.at)
    assert await store.paper(1) is None


async def test_an_errand_given_back_waits_until_its_time_and_a_finished_one_is_gone(store: Store, place: Place) -> None:
    request = await begun(store)
    await store.turn(OfChat(7), "e1", fetch)
    ((errand, _),) = await store.take(Pick(9))
    await store.retry(errand, place.clock() + timedelta(minutes=5))
    assert await store.take(Pick(9)) == []
    place.clock.forward(minutes=5)
    ((again, attempts),) = await store.take(Pick(9))
    assert (again.id, attempts) == (errand.id, 1)
    await store.turn(OfRequest(request.id), "e2", lambda s, m: Changes(done_errands=(errand.id,)))
    place.clock.forward(days=1)
    assert await store.take(Pick(9)) == []


async def test_a_store_that_closes_gives_its_own_errands_back(shared_place: Place) -> None:
    async with shared_place.open() as other:
        for chat in (7, 8):
            await begun(other, chat)
            await other.turn(OfChat(chat), f"e{chat}", fetch)
        async with shared_place.open() as store:
            ((mine, _),) = await store.take(Pick(1))
            ((theirs, _),) = await other.take(Pick(1))
        assert await other.take(Pick(9)) == [(mine, 1)]
        assert mine.id != theirs.id


async def test_opening_sqlite_again_voids_leases_of_errands_and_names(file_place: Place) -> None:
    async with file_place.open() as store:
        await begun(store)
        await store.turn(OfChat(7), "e1", fetch)
        assert len(await store.take(Pick(9))) == 1
        assert await store.leases.acquire("poll", 60) == 1
    async with file_place.open() as store:
        assert len(await store.take(Pick(9))) == 1
        assert await store.leases.acquire("poll", 60) == 2


async def test_a_file_comes_back_as_it_was_and_stands_encrypted_on_disk(store: Store, place: Place) -> None:
    await store.files.keep("bill-1", b"%PDF content")
    assert await store.files.read("bill-1") == b"%PDF content"
    (path,) = (p for p in (place.folder / "files").rglob("*") if p.is_file())
    assert b"%PDF" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    await store.files.drop("bill-1")
    await store.files.drop("bill-1")
    with pytest.raises(KeyError):
        await store.files.read("bill-1")


@pytest.mark.parametrize("step", ["fsync", "rename"])
async def test_a_crash_while_keeping_leaves_no_half_file(
    store: Store, place: Place, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise OSError(28, "No space left on device")

    await store.files.keep("a-1", b"its folder's first")
    monkeypatch.setattr(os if step == "fsync" else Path, step, crash)
    with pytest.raises(OSError, match="No space"):
        await store.files.keep("bill-1", b"content")
    monkeypatch.undo()
    with pytest.raises(KeyError):
        await store.files.read("bill-1")
    assert await store.files.sweep(place.clock() + timedelta(days=3650)) == 2


async def test_the_sweep_takes_only_old_files_that_no_paper_refers_to(store: Store, place: Place) -> None:
    await begun(store)
    await store.turn(OfChat(7), "e1", fetch)
    paper = (await look(store, OfChat(7))).papers[0]
    for key in ("kept", "lost", "young"):
        await store.files.keep(key, b"content")
    await store.turn(OfChat(7), "e2", lambda s, m: Changes(papers=(replace(paper, object_key="kept", status="kept"),)))
    old = (place.clock() - timedelta(days=2)).timestamp()
    for key in ("kept", "lost"):
        os.utime(place.folder / "files" / key[-2:] / key, (old, old))
    os.utime(place.folder / "files/ng/young", (place.clock().timestamp(),) * 2)
    await store.sweep(place.clock())
    assert await store.files.read("kept") == await store.files.read("young") == b"content"
    with pytest.raises(KeyError):
        await store.files.read("lost")


async def test_a_lease_is_kept_by_its_holder_and_given_up(store: Store) -> None:
    assert await store.leases.acquire("poll", 60) == 1
    assert await store.leases.acquire("poll", 60) == 1
    await store.leases.give_up("poll")
    assert await store.leases.acquire("poll", 60) == 2


async def test_another_replica_gets_a_lease_when_it_is_over(shared_place: Place) -> None:
    async with shared_place.open() as one, shared_place.open() as two:
        assert await one.leases.acquire("poll", 0.2) == 1
        assert await two.leases.acquire("poll", 60) is None
        await asyncio.sleep(0.25)
        assert await two.leases.acquire("poll", 60) == 2
        assert await one.leases.acquire("poll", 60) is None


async def test_a_sheet_shows_a_request_whole_and_history_newest_last(store: Store) -> None:
    request = await begun(store)
    for i in range(25):
        await store.turn(OfChat(7), f"e{i}", answer(f"q{i}", "x"))
    await store.turn(OfChat(7), "block", lambda s, m: Changes(chat=replace(s.chat, blocked=True)))
    sheet = await store.board.sheet(ref=request.ref)
    assert sheet == await store.board.sheet(request_id=request.id)
    assert sheet is not None
    assert (len(sheet.case.answers), len(sheet.history), sheet.history[-1].field) == (25, 20, "q24")
    assert sheet.chat_blocked
    assert await store.board.sheet(ref="P-22222") is None
    assert await store.board.sheet(request_id=0) is None


async def test_lines_list_open_requests_longest_unchanged_first(store: Store, place: Place) -> None:
    first = await begun(store, 1)
    named = replace(first, title="Main line")
    await store.turn(OfChat(1), "named", lambda s, m: Changes(request=named))
    await store.turn(OfChat(1), "second", lambda s, m: Changes(numbers=(replace(_number(s), id=m.new_id()),)))
    place.clock.forward(hours=1)
    second, ended = await begun(store, 2), await begun(store, 3)
    await store.turn(OfRef(ended.ref), "end", lambda s, m: Changes(request=replace(ended, status="ported")))
    lines = await store.board.lines(status=None, limit=9, offset=0)
    assert [line.ref for line in lines] == [first.ref, second.ref]
    assert (lines[0].e164, lines[0].carrier, lines[0].since, lines[0].port_date) == (
        PHONE, "verizon", place.clock() - timedelta(hours=1), None,
    )  # fmt: skip
    assert [(line.title, line.many) for line in lines] == [("Main line", 2), (None, 1)]
    assert [line.ref for line in await store.board.lines(status=None, limit=1, offset=1)] == [second.ref]
    assert [line.ref for line in await store.board.lines(status="ported", limit=9, offset=0)] == [ended.ref]


def _number(state: State) -> Number:
    assert state.case is not None
    return state.case.numbers[0]


async def test_a_line_counts_the_numbers_of_a_list_and_no_more_once_others_were_given(store: Store) -> None:
    request = await begun(store)
    await store.turn(OfChat(7), "list", answer("list", "2399", "5", "ab" * 32, "2026-11-23", PHONE))
    for event, numbers, many in (("first", (PHONE,), 2399), ("others", ("+14155550143",), 1)):
        await store.turn(OfChat(7), event, answer("numbers", *numbers))
        (line,) = await store.board.lines(status=None, limit=9, offset=0)
        assert (line.ref, line.many) == (request.ref, many)


async def test_a_request_without_a_number_has_a_line_too(store: Store) -> None:
    request = await begun(store)
    bare = replace(request, id=5, ref="P-BARE2")
    await store.turn(OfChat(7), "e1", lambda s, m: Changes(request=bare))
    (line,) = [line for line in await store.board.lines(status="intake", limit=9, offset=0) if line.ref == bare.ref]
    assert (line.e164, line.carrier, line.since, line.many) == (None, None, bare.changed_at, 0)


async def test_numbers_show_statuses_todays_ports_stale_ones_and_what_did_not_arrive(
    store: Store, place: Place
) -> None:
    quiet, today, draft = await begun(store, 1), await begun(store, 2), await begun(store, 3)
    await store.turn(OfRef(quiet.ref), "e0", lambda s, m: Changes(request=replace(quiet, status="submitted")))
    place.clock.forward(days=9)
    case = (await look(store, OfRef(today.ref))).case
    assert case is not None
    number = replace(case.numbers[0], port_date=place.clock().date(), phase="scheduled")
    moved = Changes(request=replace(today, status="scheduled", changed_at=place.clock()), numbers=(number,))
    await store.turn(OfRef(today.ref), "e1", lambda s, m: moved)
    told: list[int] = []
    store.listen(lambda rows: told.extend(row.id for row in rows))
    await store.turn(OfChat(1), "e2", owe("a", "b"))
    store.settle(Settled(told[0], "held", place.clock()))
    store.settle(Settled(told[1], "sent", place.clock()))
    await store.release()
    stale_before = place.clock() - timedelta(days=5)
    numbers = await store.board.numbers(today=place.clock().date().isoformat(), stale_before=stale_before)
    assert numbers.by_status == {"intake": 1, "scheduled": 1, "submitted": 1}
    assert draft.ref not in [line.ref for line in numbers.stale]
    assert [line.ref for line in numbers.dates_today] == [today.ref]
    assert numbers.dates_today[0].port_date == place.clock().date().isoformat()
    assert [line.ref for line in numbers.stale] == [quiet.ref]
    assert numbers.undelivered == 1


async def test_a_new_chat_gets_its_row_although_nothing_changed(store: Store) -> None:
    await store.turn(OfChat(7), "e1", nothing)
    assert (await look(store, OfChat(7))).chat == Chat(7)
