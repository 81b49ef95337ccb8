"""Numbers of long lists and the inventory, on both databases: where calls ring by rows, and what moved with a list."""

from functools import partial

import pytest

from bot.clock import utc_now
from bot.lists.errands import ListErrands
from domain.desk.inventory import free
from domain.desk.state import Changes, Errand, OfChat, OfRef, OfRequest
from domain.numbers.inventory import Held, Ours
from domain.numbers.listing import Entry, digest_of
from domain.orders.model import Request
from domain.values import replace
from storage import Store
from tests.storage.decisions import PHONE, answer
from tests.storage.test_lists import LATER, PAPER, a_request, nobody
from tests.storage.test_turns import begun, look

N, RINGS = "+14154218843", "+16282000100"


async def a_list(store: Store, chat: int, status: str, *rows: tuple[str, str]) -> Request:
    request = await a_request(store, chat, status)
    await store.lists.put(request.id, PAPER, [Entry(1, e164, rings, "", "", "") for e164, rings in rows], nobody)
    return request


async def with_status(store: Store, request: Request, status: str) -> None:
    def decide(state: object, _moment: object) -> Changes:
        return Changes(request=replace(request, status=status))

    await store.turn(OfRef(request.ref), f"{status}:{request.id}", decide)


async def test_numbers_of_a_list_at_which_calls_ring_by_now_are_told_where_its_request_is_named(store: Store) -> None:
    mine = await a_list(store, 8, "staff_review", (PHONE, ""), (N, ""))
    chat = await begun(store, chat=10)
    await store.turn(OfRef(chat.ref), "rings", answer("destination", PHONE))
    listed = await a_list(store, 9, "staff_review", ("+14154218850", N), ("+14154218851", N))
    assert (await look(store, OfRequest(mine.id))).ours == {}
    await with_status(store, chat, "submitted")
    await with_status(store, listed, "submitted")
    expected = {PHONE: Ours("receiving", chat.ref), N: Ours("receiving", listed.ref)}
    assert (await look(store, OfRequest(mine.id))).ours == expected


@pytest.mark.parametrize(
    ("status", "blocks"), [("intake", False), ("staff_review", False), ("submitted", True), ("cancelled", False)]
)
async def test_where_calls_ring_by_a_row_of_a_list_is_receiving_like_one_given_in_the_chat(
    store: Store, status: str, *, blocks: bool
) -> None:
    listed = await a_list(store, 8, status, (N, PHONE), ("+14154218850", PHONE))
    expected = {PHONE: Ours("receiving", listed.ref)} if blocks else {}
    assert (await look(store, OfChat(9, (PHONE,)))).ours == expected
    assert await store.board.ours(PHONE) == expected.get(PHONE)
    other = await begun(store)
    assert (await look(store, OfRef(other.ref))).ours == expected
    assert (await look(store, OfRef(listed.ref))).ours == {}  # nobody stands in their own way
    assert dict((await store.lists.known([PHONE], other.id)).roles) == ({PHONE: "receiving"} if blocks else {})


async def test_where_calls_of_rows_shall_ring_is_told_once_it_comes_in_here_itself(store: Store) -> None:
    listed = await a_list(store, 8, "staff_review", (N, RINGS), (PHONE, RINGS), ("+14154218850", "+16282000101"))
    rows = [Held(RINGS, "tracking", "P-1"), Held("+16282000101", "user")]
    await store.inventory.take_in(rows, replace=False)
    case = (await look(store, OfRequest(listed.id))).case
    assert case is not None
    assert (case.circles, dict(case.ours)) == ((RINGS,), {})


async def test_numbers_that_moved_with_a_list_are_counted_and_can_be_freed_and_taken_back(store: Store) -> None:
    moved = await a_list(store, 8, "ported", (N, ""), (PHONE, ""))
    lists = ListErrands(store, store, _nothing, _unseen, utc_now)
    errand = Errand(1, "list_moved", PAPER, moved.id, utc_now())
    for _ in range(2):  # as after a crash behind the first try
        await lists.moved(errand)
        assert await store.board.inventory() == {"tracking": 2}
    await store.turn(OfRequest(0, (N,)), "free", partial(free, staff="U1", e164=N))
    assert await store.board.ours(N) is None
    assert (await store.lists.known([N, PHONE], 0)).roles == {PHONE: "tracking"}
    await with_status(store, moved, "submitted")
    await lists.moved(errand)
    assert await store.board.inventory() == {}


async def test_what_moved_with_another_list_is_told_of_a_list_that_still_waits(store: Store) -> None:
    waiting = await a_list(store, 8, "staff_review", (N, ""), (PHONE, ""))
    moved = await a_list(store, 9, "ported", (N, ""))
    await ListErrands(store, store, _nothing, _unseen, utc_now).moved(
        Errand(1, "list_moved", PAPER, moved.id, utc_now())
    )
    assert (await look(store, OfRequest(waiting.id))).ours == {N: Ours("tracking", moved.ref)}


async def _nothing(_paper: object) -> bytes:
    return b""


async def _unseen(*_: object, **__: object) -> None:
    return


async def test_rows_of_two_papers_of_one_request_never_meet(store: Store) -> None:
    request = await a_request(store, 8, "intake")
    twin = PAPER + 64 * 20_000  # of which the ranges of release 0006 were the same
    for paper, e164 in ((PAPER, N), (twin, PHONE), (LATER, RINGS)):
        await store.lists.put(request.id, paper, [Entry(1, e164, "", "", "", "")], nobody)
    assert [entry.e164 for entry in await store.lists.entries(request.id, PAPER)] == [N]
    await store.lists.drop(request.id, twin)
    assert [entry.e164 for entry in await store.lists.entries(request.id, PAPER)] == [N]
    assert await store.lists.entries(request.id, twin) == []


async def test_a_list_is_whole_while_its_numbers_are_those_agreed_to(store: Store) -> None:
    listed = await a_list(store, 8, "staff_review", (N, ""), (PHONE, ""))
    assert await store.board.is_list_whole(listed.ref)
    await store.turn(OfRef(listed.ref), "numbers", answer("numbers", N))
    head = ("2", str(PAPER), digest_of([N, PHONE]), "2026-11-22", N)
    await store.turn(OfRef(listed.ref), "list", answer("list", *head))
    assert await store.board.is_list_whole(listed.ref)
    await store.lists.put(listed.id, PAPER, [Entry(1, N, "", "", "", "")], nobody)
    assert not await store.board.is_list_whole(listed.ref)
