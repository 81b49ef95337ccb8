"""Staff's corrections of carriers on both databases: kept, read by every process, and costing a turn nothing."""

import asyncio
from datetime import UTC, date, datetime
from functools import partial

import pytest

from domain.carriers import CARRIERS, TABLE, CarrierId, Note
from domain.desk.carriers import withdraw
from domain.desk.state import Changes, Decide, OfChat, OfRequest
from domain.errors import Conflict
from domain.values import replace
from storage import Store, WriteFailed
from storage.loading import Run
from storage.postgres import PostgresRun
from storage.sqlite import SqliteRun
from tests.storage.conftest import Place
from tests.storage.decisions import count
from tests.storage.test_turns import begun, look

AT = datetime(2026, 11, 23, 17, 0, 0, 123456, tzinfo=UTC)
FIRST = Note(11, "tmobile", "pin", "Dial it.", "a page", date(2026, 11, 23), False, "U1", AT)
SECOND = replace(FIRST, id=12, text="Ask for it, it's “new”.", doubtful=True)
GONE = replace(SECOND, withdrawn_at=AT, withdrawn_by="U2")


def keep(*notes: Note) -> Decide:
    return lambda _state, _moment: Changes(carrier_notes=notes)


async def hint(store: Store) -> str:
    """Return what a turn would tell of the PIN, with no request and with one."""
    request = await begun(store)
    state = await look(store, OfRequest(request.id))
    assert state.case is not None
    assert state.case.book is state.book
    row = state.book.carrier("tmobile")
    assert row is not None
    assert row.pin_hint is not None
    return row.pin_hint.text


async def test_what_is_corrected_is_kept_in_versions_and_read_by_the_next_turn(store: Store) -> None:
    assert (await look(store, OfChat(7))).book is TABLE
    await store.turn(OfRequest(0), "first", keep(FIRST))
    assert await hint(store) == "Dial it."
    await store.turn(OfRequest(0), "second", keep(SECOND))
    assert await hint(store) == SECOND.text
    await store.turn(OfRequest(0), "undo", keep(GONE))
    assert await hint(store) == "Dial it."
    assert await store.board.carrier_notes("tmobile") == (FIRST, GONE)
    assert await store.board.carrier_notes("verizon") == ()


async def test_staff_read_a_request_with_the_corrected_entry(store: Store) -> None:
    request = await begun(store)
    await store.turn(OfRequest(0), "first", keep(FIRST))
    sheet = await store.board.sheet(request_id=request.id)
    assert sheet is not None
    assert sheet.case.book.entries.keys() == {"tmobile"}


async def test_corrections_are_there_after_a_start(place: Place) -> None:
    async with place.open() as store:
        await store.turn(OfRequest(0), "first", keep(FIRST))
    async with place.open() as store:
        assert await hint(store) == "Dial it."


async def test_another_process_learns_of_a_correction_by_its_next_look(shared_place: Place) -> None:
    async with shared_place.open() as one, shared_place.open() as other:
        await one.turn(OfRequest(0), "first", keep(FIRST))
        row = CARRIERS[CarrierId("tmobile")]
        table = row.pin_hint.text if row.pin_hint is not None else ""
        assert await hint(other) == table
        await other.read_carriers()
        assert await hint(other) == "Dial it."


async def test_a_correction_that_cannot_be_read_back_at_once_is_kept_all_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail() -> None:
        raise WriteFailed("OperationalError")

    monkeypatch.setattr(store, "read_carriers", fail)
    assert (await store.turn(OfRequest(0), "first", keep(FIRST))).changes is not None
    assert await store.board.carrier_notes("tmobile") == (FIRST,)


async def test_no_turn_asks_for_corrections(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    await store.turn(OfRequest(0), "first", keep(FIRST))
    asked: list[str] = []
    for kind in (SqliteRun, PostgresRun):
        monkeypatch.setattr(kind, "reads", _noting(asked, kind.reads))
    await store.turn(OfChat(7), "count", count)
    assert asked
    assert not [sql for sql in asked if "carrier_note" in sql]


def _noting(asked: list[str], reads: object) -> object:
    def noted(run: Run, wanted: list[tuple[str, tuple[object, ...]]]) -> object:
        asked.extend(sql for sql, _ in wanted)
        assert callable(reads)
        return reads(run, wanted)

    return noted


async def test_of_two_who_withdraw_a_correction_at_once_the_second_is_refused(store: Store) -> None:
    await store.turn(OfRequest(0), "first", keep(FIRST))
    row = CARRIERS[CarrierId("tmobile")]
    done = await asyncio.gather(
        *(
            store.turn(OfRequest(0, note=FIRST.id), staff, partial(withdraw, staff=staff, row=row, note=FIRST))
            for staff in ("U1", "U2")
        ),
        return_exceptions=True,
    )
    [refused] = [each for each in done if isinstance(each, BaseException)]
    assert isinstance(refused, Conflict)
    assert refused.code == "entry.withdrawn_before"
    [kept] = await store.board.carrier_notes("tmobile")
    assert kept.withdrawn_by == refused.params["staff"]


async def test_a_turn_is_given_the_correction_that_it_names_alone(store: Store) -> None:
    await store.turn(OfRequest(0), "first", keep(FIRST, GONE))
    assert (await look(store, OfRequest(0, note=GONE.id))).carrier_note == GONE
    assert (await look(store, OfRequest(0, note=99))).carrier_note is None
    assert (await look(store, OfRequest(0))).carrier_note is None
