"""Who has a request, until when it rests and why it is held: kept, listed and forgotten, on both databases."""

from datetime import timedelta

from domain.desk.state import Changes, Decide, Erase, Moment, OfChat, OfRef, State
from domain.orders.model import Request
from domain.values import replace
from storage import Store
from tests.storage.conftest import Place
from tests.storage.decisions import begin
from tests.storage.test_turns import look


async def begun(store: Store, chat: int) -> Request:
    outcome = await store.turn(OfChat(chat), f"begin:{chat}", begin)
    assert outcome.changes is not None
    assert outcome.changes.request is not None
    return outcome.changes.request


def keep(request: Request) -> Decide:
    def decide(_state: State, _moment: Moment) -> Changes:
        return Changes(request=request)

    return decide


async def refs(store: Store, *, assignee: str | None = None, is_snoozed: bool = False) -> list[str]:
    lines = await store.board.lines(status=None, limit=9, offset=0, assignee=assignee, is_snoozed=is_snoozed)
    return [line.ref for line in lines]


async def test_lists_are_of_one_person_and_without_what_rests_until_its_time(place: Place) -> None:
    async with place.open() as store:
        first, second = await begun(store, 1), await begun(store, 2)
        until = place.clock() + timedelta(hours=3)
        mine = replace(first, assignee="U1", snoozed_until=until)
        await store.turn(OfRef(first.ref), "keep", keep(mine))
        assert await refs(store) == [second.ref]
        assert await refs(store, assignee="U1") == []
        assert await refs(store, is_snoozed=True) == [first.ref]
        assert await refs(store, assignee="U2", is_snoozed=True) == []
        place.clock.forward(hours=3)
        assert await refs(store, assignee="U1") == [first.ref]
        assert await refs(store, is_snoozed=True) == []
        [line] = await store.board.lines(status=None, limit=9, offset=0, assignee="U1")
        assert (line.assignee, line.snoozed_until) == ("U1", until)


async def test_what_rests_is_not_said_to_be_stale(place: Place) -> None:
    async with place.open() as store:
        request = replace(await begun(store, 1), status="staff_review")
        later = place.clock() + timedelta(days=9)
        await store.turn(OfRef(request.ref), "keep", keep(replace(request, snoozed_until=later)))
        numbers = await store.board.numbers(today="2026-11-21", stale_before=later)
        assert numbers.stale == ()
        await store.turn(OfRef(request.ref), "wake", keep(request))
        assert [line.ref for line in (await store.board.numbers(today="2026-11-21", stale_before=later)).stale] == [
            request.ref
        ]


async def test_why_a_request_was_held_is_forgotten_with_it(place: Place) -> None:
    async with place.open() as store:
        request = await begun(store, 1)
        held = replace(request, hold="Maria's mother is ill", assignee="U1")
        await store.turn(OfRef(request.ref), "keep", keep(held))
        await store.turn(OfRef(request.ref), "erase", lambda _s, _m: Changes(erase=(Erase(request.id, letter=False),)))
        state = await look(store, OfRef(request.ref))
        assert state.case is not None
        assert (state.case.request.hold, state.case.request.assignee) == (None, "U1")
