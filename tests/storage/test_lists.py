"""Rows of long lists on both databases: kept in batches, looked up by others, gone when their request is forgotten."""

import asyncio
import time

import pytest

from domain.desk.state import Changes, Erase, Moment, OfChat, OfRequest, State
from domain.numbers.inventory import Held, Ours
from domain.numbers.listing import Entry
from domain.numbers.portability import Known
from domain.orders.model import Request
from storage import Store
from storage.lists import PUT
from tests.storage.conftest import Place
from tests.storage.decisions import PHONE, count
from tests.storage.test_erasing import rows as stored
from tests.storage.test_turns import begun, look

PAPER, LATER = 64 * 1001, 64 * 1002


def entries(many: int) -> list[Entry]:
    return [Entry(n + 2, f"+1415{n:07d}", f"+1628{n % 3:07d}", "web", f"line {n}", "") for n in range(many)]


async def nobody(_done: int) -> None:
    return


async def a_request(store: Store, chat: int, status: str) -> Request:
    """Begin a request of that status without any number in its case."""

    def begin(_state: State, moment: Moment) -> Changes:
        now = moment.now
        return Changes(request=Request(moment.new_id(), moment.new_ref(), chat, status, 1, now, now))

    outcome = await store.turn(OfChat(chat), f"begin list:{chat}", begin)
    assert outcome.changes is not None
    assert outcome.changes.request is not None
    return outcome.changes.request


async def test_a_list_is_kept_in_its_order_and_again_without_a_trace_of_the_first_try(store: Store) -> None:
    request = await a_request(store, 7, "intake")
    told: list[int] = []

    async def tell(done: int) -> None:
        told.append(done)

    rows = entries(PUT + 3)
    await store.lists.put(request.id, PAPER, rows, nobody)
    await store.lists.put(request.id, PAPER, rows[1:], tell)
    assert told == [PUT, PUT + 2]
    found = await store.lists.entries(request.id, PAPER)
    assert [entry[1:] for entry in found] == [entry[1:] for entry in rows[1:]]
    assert [entry.line for entry in found] == [*range(1, PUT + 3)]


async def test_the_list_of_another_paper_stays_when_one_is_dropped(store: Store) -> None:
    request = await a_request(store, 7, "intake")
    await store.lists.put(request.id, PAPER, entries(3), nobody)
    await store.lists.put(request.id, LATER, entries(2), nobody)
    await store.lists.drop(request.id, PAPER)
    assert await store.lists.entries(request.id, PAPER) == []
    assert len(await store.lists.entries(request.id, LATER)) == 2


async def test_what_others_have_in_lists_is_known_once_it_is_with_the_desk_or_has_moved(store: Store) -> None:
    draft, open_one, moved = [
        await a_request(store, chat, s) for chat, s in ((7, "intake"), (8, "submitted"), (9, "ported"))
    ]
    rows = entries(3)
    for request, row in zip((draft, open_one, moved), rows, strict=True):
        await store.lists.put(request.id, PAPER, [row], nobody)
    await store.inventory.take_in([Held("+16285550000", "user", "Ann")], replace=False)
    named = [*(row.e164 for row in rows), "+16285550000"]
    known = await store.lists.known(named, 0)
    assert known == Known({"+16285550000": "user"}, {rows[1].e164}, {rows[2].e164})
    assert (await store.lists.known(named, open_one.id)).moving == set()


async def test_rivals_are_found_in_cases_and_in_lists_from_either_side(store: Store) -> None:
    draft = await begun(store)
    one, other = await a_request(store, 8, "staff_review"), await a_request(store, 9, "staff_review")
    for request in (one, other):
        await store.lists.put(request.id, PAPER, [Entry(1, PHONE, "", "", "", "")], nobody)
    seen = await look(store, OfRequest(draft.id))
    assert seen.case is not None
    assert set(seen.case.rivals) == {one.ref, other.ref}
    seen = await look(store, OfRequest(one.id))
    assert seen.case is not None
    assert seen.case.rivals == (other.ref,)  # the case with the number is a draft


async def test_a_number_of_a_list_that_is_ours_by_now_is_told_where_its_request_is_named(store: Store) -> None:
    request = await a_request(store, 8, "staff_review")
    await store.lists.put(request.id, PAPER, entries(2), nobody)
    await store.inventory.take_in([Held("+14150000001", "user", "Ann")], replace=False)
    seen = await look(store, OfRequest(request.id))
    assert seen.ours == {"+14150000001": Ours("user", "Ann")}


@pytest.mark.parametrize("letter", [False, True])
async def test_a_forgotten_request_keeps_of_its_list_at_most_the_numbers_of_its_letter(
    store: Store, letter: bool
) -> None:
    request = await a_request(store, 7, "cancelled")
    await store.lists.put(request.id, PAPER, entries(2), nobody)
    await store.turn(OfRequest(request.id), "forget", lambda _s, _m: Changes(erase=(Erase(request.id, letter=letter),)))
    found = await store.lists.entries(request.id, PAPER)
    assert [entry[1:] for entry in found] == [(entry.e164, "", "", "", "") for entry in entries(2) if letter]
    assert await stored(store, "list_ring") == []


async def test_a_list_that_is_replaced_rings_nowhere_any_more(store: Store) -> None:
    request = await a_request(store, 7, "submitted")
    await store.lists.put(request.id, PAPER, entries(2), nobody)
    await store.lists.put(request.id, PAPER, [Entry(1, PHONE, "+16285550100", "", "", "")], nobody)
    assert [row[2] for row in await stored(store, "list_ring")] == ["+16285550100"]
    assert await store.board.ours(entries(1)[0].destination) is None


async def test_a_list_is_given_in_the_order_of_its_file_whatever_its_numbers_are(store: Store) -> None:
    request = await a_request(store, 7, "intake")
    backwards = entries(PUT * 2 + 3)[::-1]
    await store.lists.put(request.id, PAPER, backwards, nobody)
    assert [entry.e164 for entry in await store.lists.entries(request.id, PAPER)] == [e.e164 for e in backwards]


async def test_customers_are_served_while_20000_rows_are_kept(place: Place) -> None:
    async with place.open() as store:
        await begun(store)
        request = await a_request(store, 8, "intake")
        keeping = asyncio.create_task(store.lists.put(request.id, PAPER, entries(20_000), nobody))
        waits: list[float] = []
        while not keeping.done():
            before = time.perf_counter()
            await store.turn(OfChat(7), f"count:{len(waits)}", count)
            waits.append(time.perf_counter() - before)
            await asyncio.sleep(0.001)
        await keeping
        assert len(await store.lists.entries(request.id, PAPER)) == 20_000
        assert len(waits) > 10
        assert sorted(waits)[len(waits) * 9 // 10] < 0.1
