"""What is kept of staff and customers talking, on both databases."""

import asyncio
import threading
from datetime import timedelta

from domain.desk.fates import Fate
from domain.desk.keeping import Settled
from domain.desk.state import Changes, Decide, Moment, OfChat, OfRef, OfRequest, State
from domain.values import replace
from storage import Store
from tests.storage.conftest import Place
from tests.storage.decisions import begin, nothing, owe
from tests.storage.test_turns import look


async def test_who_answers_a_chat_and_who_waits_for_an_answer_are_kept_whole(store: Store, place: Place) -> None:
    await store.turn(OfChat(7), "e1", begin)
    before = await look(store, OfChat(7))
    assert before.case is not None
    about, now = before.case.request.id, place.clock()
    taken = replace(before.chat, taken_by="U1", taken_for=about, taken_until=now + timedelta(hours=8))
    chat = replace(taken, hours_told=now + timedelta(days=1))
    request = replace(before.case.request, waits_since=now)
    await store.turn(OfChat(7), "e2", lambda _s, _m: Changes(chat=chat, request=request))
    after = await look(store, OfRequest(about))
    assert after.case is not None
    assert (after.chat, after.case.request) == (chat, request)


async def test_a_chat_is_about_the_request_of_whoever_answers_it(store: Store) -> None:
    for event in ("e1", "e2"):
        await store.turn(OfChat(7), event, begin)
    newer = await look(store, OfChat(7))
    older = newer.briefs[0]
    assert newer.case is not None
    assert newer.case.request.id != older.id
    chat = replace(newer.chat, taken_by="U1", taken_for=older.id)
    await store.turn(OfRef(older.ref), "e3", lambda _s, _m: Changes(chat=chat))
    found = (await look(store, OfChat(7))).case
    assert found is not None
    assert found.request.id == older.id


async def test_the_fate_of_a_message_is_known_until_its_row_goes(store: Store, place: Place) -> None:
    await store.turn(OfChat(7), "e1", owe("a", "b"))
    sent, open_ = await store.claim(2)
    store.settle(Settled(sent.owed.id, "sent", place.clock(), "1700.1"))
    await store.release()
    assert await store.fate(sent.owed.id) == Fate("sent", "1700.1")
    assert await store.fate(open_.owed.id) == Fate(None, None)
    await store.sweep(place.clock() + timedelta(days=31))
    assert await store.fate(sent.owed.id) is None


async def test_a_turn_that_waited_while_its_request_went_to_another_chat_still_has_it(shared_place: Place) -> None:
    went, may_end = threading.Event(), threading.Event()

    def give(state: State, _moment: Moment) -> Changes:
        assert state.case is not None
        went.set()
        assert may_end.wait(10)
        return Changes(request=replace(state.case.request, chat_id=7))

    async with shared_place.open() as store:
        await store.turn(OfChat(7), "e1", nothing)
        await store.turn(OfChat(-5), "e2", begin)
        held = (await look(store, OfChat(-5))).case
        assert held is not None
        giving = asyncio.ensure_future(store.turn(OfRequest(held.request.id), "e3", give))
        await asyncio.to_thread(went.wait, 10)
        seen: list[State] = []
        waiting = asyncio.ensure_future(store.turn(OfRef(held.request.ref), "e4", see(seen)))
        await asyncio.sleep(0.3)  # until it waits for the first chat's lock
        may_end.set()
        await asyncio.gather(giving, waiting)
    [state] = seen
    assert state.chat.id == 7
    assert state.case is not None
    assert state.case.request.chat_id == 7


def see(seen: list[State]) -> Decide:
    """Note what a turn is given."""

    def decide(state: State, _moment: Moment) -> Changes:
        seen.append(state)
        return Changes()

    return decide
