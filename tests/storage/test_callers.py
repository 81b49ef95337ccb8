"""What `/port new` leaves behind goes in its time, on both databases: callers' places, and their forgotten requests."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, event

from domain.desk.errands import Pick
from domain.desk.state import Changes, Erase, OfChat, OfRef
from domain.orders.model import Request
from domain.values import replace
from storage import Store
from storage.callers import purge_callers
from storage.tables import TABLES
from tests.storage.conftest import Place
from tests.storage.test_erasing import forget, full, rows
from tests.storage.test_turns import begun, look

MONTH = timedelta(days=31)
SMALL = {"errand", "invite", "member"}  # what is waiting to be done, and who belongs to companies: never all requests


async def chats(store: Store) -> list[int]:
    """Return the chats that are kept, but for the desk's own."""
    return sorted(row.id for row in await rows(store, "chat") if row.id)


async def take_over(store: Store, request: Request, chat: int) -> None:
    """Give a request to another chat, as it is when a caller opens their link."""
    await store.turn(OfChat(chat), f"hello:{chat}", lambda state, _m: Changes(chat=replace(state.chat, language="en")))
    taken = replace((await case_of(store, request)), chat_id=chat)
    await store.turn(OfRef(request.ref), f"adopt:{chat}", lambda _s, _m: Changes(request=taken))


async def case_of(store: Store, request: Request) -> Request:
    case = (await look(store, OfRef(request.ref))).case
    assert case is not None
    return case.request


async def test_a_callers_place_goes_once_a_chat_has_their_request(store: Store, place: Place) -> None:
    taken, waiting = await begun(store, -5), await begun(store, -6)
    await take_over(store, taken, 7)
    await store.sweep(place.clock() + 100 * MONTH)
    assert await chats(store) == [-6, 7]
    assert (await case_of(store, taken)).chat_id == 7
    assert (await case_of(store, waiting)).chat_id == -6


async def test_a_forgotten_request_of_a_caller_goes_whole_after_a_month_and_its_history_stays(
    store: Store, place: Place
) -> None:
    gone, theirs = await full(store, -5), await full(store, 7)
    await store.files.keep(f"bill-{gone.id}", b"%PDF")
    for request in (gone, theirs):
        await store.turn(OfRef(request.ref), f"erase:{request.id}", forget(Erase(request.id, letter=False)))
    ((errand, _), *_) = [each for each in await store.take(Pick(9)) if each[0].request_id == gone.id]
    await store.sweep(place.clock() + MONTH)
    assert await chats(store) == [-5, 7]  # its file is still to be deleted
    await store.forget(errand)
    await store.sweep(place.clock() + MONTH - timedelta(days=2))
    assert await chats(store) == [-5, 7]
    told = [row for row in await rows(store, "history") if row.request_id == gone.id]
    await store.sweep(place.clock() + MONTH)
    assert await chats(store) == [7]
    left = [table for table in TABLES if str(gone.id) in str(await rows(store, table))]
    assert left == ["history"]
    assert [row for row in await rows(store, "history") if row.request_id == gone.id] == told != []
    assert (await case_of(store, theirs)).chat_id == 7


async def test_many_callers_go_in_one_sweep(store: Store, place: Place) -> None:
    for chat in range(1, 48):
        request = await begun(store, -chat)
        if chat % 2:
            await store.turn(OfRef(request.ref), f"e:{chat}", forget(Erase(request.id, letter=False)))
        else:
            await take_over(store, request, chat)
    await store.sweep(place.clock() + MONTH)
    assert [chat for chat in await chats(store) if chat < 0] == []


async def test_nothing_that_purges_callers_walks_through_a_table_not_even_the_check_of_a_key(file_place: Place) -> None:
    async with file_place.open() as store:
        gone = await full(store, -5)
        await store.turn(OfRef(gone.ref), "erase", forget(Erase(gone.id, letter=False)))
        for errand, _ in await store.take(Pick(9)):
            await store.forget(errand)
        plans = await store._hand.write(partial(_plans, file_place.clock() + MONTH))
        assert await chats(store) == []
    walked = [line.split()[1] for plan in plans.values() for line in plan if line.startswith("SCAN")]
    assert set(walked) <= SMALL
    checked = "SEARCH request USING COVERING INDEX ix_request_chat_id_erased_at (chat_id=?)"
    assert any(checked in plan for plan in plans.values())


def _plans(before: datetime, connection: Connection) -> dict[str, list[str]]:
    """Purge, and return each statement that was run with the database's plan of it, checks of keys included."""
    ran: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, sql: str, values: Any, *_: object) -> None:
        ran.append((sql, values))

    event.listen(connection, "before_cursor_execute", note)
    assert purge_callers(before, connection) == 1
    event.remove(connection, "before_cursor_execute", note)
    explained = {sql: connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values) for sql, values in ran}
    return {sql: [row[3] for row in plan] for sql, plan in explained.items()}
