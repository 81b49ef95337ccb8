"""The inventory on both databases: long lists, what turns are given of it, and what it costs those who need nothing."""

import asyncio

import pytest

from domain.desk.state import Changes, Decide, Moment, OfChat, OfRef, OfRequest, State
from domain.numbers.inventory import Counted, Held, LeftOut, Ours
from domain.values import replace
from storage import Store
from storage.inventory import BATCH
from storage.loading import Run
from storage.postgres import PostgresRun
from storage.sqlite import SqliteRun
from tests.storage.conftest import Place
from tests.storage.decisions import PHONE, answer, begin, count
from tests.storage.test_turns import begun, look

RINGS = "+14152000100"


def numbers(many: int, role: str = "tracking") -> list[Held]:
    return [Held(f"+1415{n:07d}", role, f"user {n}") for n in range(many)]


async def test_a_list_adds_changes_and_leaves_alone_and_says_so(store: Store) -> None:
    rows = numbers(BATCH + 3)
    assert await store.inventory.take_in(rows, replace=False) == Counted(added=BATCH + 3)
    assert await store.inventory.take_in(rows, replace=False) == Counted(unchanged=BATCH + 3)
    rows[0] = replace(rows[0], role="user")
    rows[-1] = replace(rows[-1], role="free")
    done = await store.inventory.take_in(rows, replace=False)
    assert done == Counted(changed=1, removed=1, unchanged=BATCH + 1)
    assert await store.board.inventory() == {"tracking": BATCH + 1, "user": 1}
    assert await store.board.ours(rows[0].e164) == Ours("user", "user 0")
    assert await store.board.ours(rows[-1].e164) is None


async def test_a_list_that_replaces_removes_what_lists_brought_and_not_what_moved_here(store: Store) -> None:
    moved = Held("+14159999999", "tracking", "P-22222", "port")
    await store.turn(OfRequest(0), "moved", lambda _state, _moment: Changes(held=(moved,)))
    await store.inventory.take_in(numbers(2 * BATCH + 1), replace=False)
    done = await store.inventory.take_in(numbers(2), replace=True)
    assert done == Counted(removed=2 * BATCH - 1, unchanged=2)
    assert await store.board.inventory() == {"tracking": 3}


async def test_what_was_loaded_in_slack_or_moved_here_stays_also_when_a_file_named_it_meanwhile(store: Store) -> None:
    moved, pasted = Held("+14159999999", "tracking", "P-22222", "port"), Held("+14159999998", "user", "Ann", "slack")
    await store.turn(OfRequest(0), "held", lambda _state, _moment: Changes(held=(moved, pasted)))
    named = [Held(moved.e164, "tracking", "Main line"), Held(pasted.e164, "receiving")]
    await store.inventory.take_in([*named, *numbers(3)], replace=False)
    assert await store.inventory.left_out(numbers(1)) == LeftOut(2, 3)
    assert await store.inventory.take_in(numbers(1), replace=True) == Counted(removed=2, unchanged=1)
    assert await store.board.ours(moved.e164) == Ours("tracking", "Main line")
    assert await store.board.ours(pasted.e164) == Ours("receiving")


async def test_customers_are_served_while_20000_numbers_are_taken_in(place: Place) -> None:
    async with place.open() as store:
        await begun(store)
        rows = numbers(20_000)
        loading = asyncio.create_task(store.inventory.take_in(rows, replace=False))
        served = 0
        while not loading.done():
            await store.turn(OfChat(7), f"count:{served}", count)
            served += 1
            await asyncio.sleep(0.001)
        assert loading.result() == Counted(added=20_000)
        assert served > 3  # nobody waits for the whole list


async def test_a_turn_is_told_of_the_numbers_it_names_also_before_there_is_a_request(store: Store) -> None:
    await store.inventory.take_in([Held(PHONE, "user", "Rosa"), Held(RINGS, "failsafe")], replace=False)
    assert (await look(store, OfChat(7, (PHONE,)))).ours == {PHONE: Ours("user", "Rosa")}
    assert (await look(store, OfChat(7, ("+14155550143",)))).ours == {}
    assert (await look(store, OfRequest(0, (RINGS,)))).ours == {RINGS: Ours("failsafe")}
    request = await begun(store)
    named = await look(store, OfRequest(request.id, (RINGS,)))
    assert named.case is not None
    assert named.case.ours == named.ours == {PHONE: Ours("user", "Rosa"), RINGS: Ours("failsafe")}


async def test_staff_and_the_check_are_told_of_all_numbers_of_a_case_customers_only_of_what_they_name(
    store: Store,
) -> None:
    request = await begun(store)
    await store.turn(OfChat(7), "rings", answer("destination", RINGS))
    await store.inventory.take_in([Held(PHONE, "user", "Rosa"), Held(RINGS, "tracking")], replace=False)
    both = {PHONE: Ours("user", "Rosa"), RINGS: Ours("tracking")}
    assert (await look(store, OfRef(request.ref))).ours == both
    assert (await look(store, OfChat(7))).ours == {}
    await store.turn(OfChat(7), "review", _asked("review"))
    assert (await look(store, OfChat(7))).ours == both


def _asked(question: str) -> Decide:
    return lambda state, _moment: Changes(chat=replace(state.chat, asked=question))


def _with_status(status: str) -> Decide:
    def decide(state: State, _moment: Moment) -> Changes:
        assert state.case is not None
        return Changes(request=replace(state.case.request, status=status))

    return decide


@pytest.mark.parametrize(
    ("status", "blocks"),
    [("intake", False), ("staff_review", False), ("submitted", True), ("ported", True), ("cancelled", False)],
)
async def test_where_calls_ring_is_receiving_once_a_request_went_out_until_it_is_given_up(
    store: Store, status: str, *, blocks: bool
) -> None:
    first = await begun(store, chat=8)
    await store.turn(OfRef(first.ref), "rings", answer("destination", PHONE))
    await store.turn(OfRef(first.ref), "status", _with_status(status))
    second = await begun(store)  # of the number at which the first one's calls ring
    expected = {PHONE: Ours("receiving", first.ref)} if blocks else {}
    assert (await look(store, OfRef(second.ref))).ours == expected
    assert (await look(store, OfChat(9, (PHONE,)))).ours == expected
    assert await store.board.ours(PHONE) == expected.get(PHONE)
    assert (await look(store, OfRef(first.ref))).ours == {}  # nobody stands in their own way


async def test_a_turn_that_names_no_number_asks_nothing_more_than_before(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.turn(OfChat(7), "begin", begin)
    asked: list[str] = []
    for kind in (SqliteRun, PostgresRun):
        monkeypatch.setattr(kind, "reads", _noting(asked, kind.reads))
    await store.turn(OfChat(7), "count", count)
    assert asked
    assert not [sql for sql in asked if "inventory" in sql]
    await store.turn(OfChat(7, (PHONE,)), "again", count)
    assert len([sql for sql in asked if "inventory" in sql]) == 1


def _noting(asked: list[str], reads: object) -> object:
    def noted(run: Run, wanted: list[tuple[str, tuple[object, ...]]]) -> object:
        asked.extend(sql for sql, _ in wanted)
        assert callable(reads)
        return reads(run, wanted)

    return noted
