"""What staff's Home is filled from, on both databases: each section's requests, counted and listed in its order."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import func, or_, select, text

from domain.desk.finding import Search
from domain.desk.home import SECTIONS, Glance, Seen
from domain.desk.hours import answered, wrote
from domain.desk.keeping import Settled
from domain.desk.state import Changes, Moment, OfChat, OfRef, State
from domain.desk.turn import Turn
from domain.orders.model import Number, Order
from domain.promises.notices import STALE_AFTER
from domain.values import replace
from storage import Store, home
from tests.storage.conftest import Place

TODAY = date(2026, 11, 23)
Step = Callable[[Turn], None]


async def request(store: Store, chat: int, phase: str, *steps: Step, event: str = "begin") -> str:
    """Keep a request with one number in a phase, and return its reference."""
    outcome = await store.turn(OfChat(chat), f"{event}:{chat}", partial(_begin, phase=phase, steps=steps))
    assert outcome.changes is not None
    assert outcome.changes.request is not None
    return outcome.changes.request.ref


def _begin(state: State, moment: Moment, *, phase: str, steps: tuple[Step, ...]) -> Changes:
    turn = Turn(state, moment, "customer")
    held = turn.open_case().request
    order = Order(moment.new_id(), held.id, "wireless", "verizon", phase)
    turn.set_order(order)
    number = Number(
        moment.new_id(), order.id, held.id, f"+1415421{8800 + turn.chat.id}", "wireless", phase, 1, moment.now
    )
    turn.set_number(number)
    for step in steps:
        step(turn)
    return turn.changes()


def moves(day: date) -> Step:
    def step(turn: Turn) -> None:
        [number] = turn.the_case().numbers
        turn.set_number(replace(number, port_date=day))

    return step


def assigned(user: str) -> Step:
    return lambda turn: turn.set_request(replace(turn.the_case().request, assignee=user))


def snoozed(until: datetime) -> Step:
    return lambda turn: turn.set_request(replace(turn.the_case().request, snoozed_until=until))


def flagged(flag: str) -> Step:
    return lambda turn: turn.flag(flag)


def repaired(turn: Turn) -> None:
    turn.set_request(replace(turn.the_case().request, repaired="corrected"))


def signed(turn: Turn) -> None:
    turn.answer("signature", ("Ann Lee",))
    turn.set_request(replace(turn.the_case().request, signed_at=turn.moment.now))


def unsigned(turn: Turn) -> None:
    signed(turn)
    turn.drop("signature")


def asked_again(question: str) -> Step:
    return lambda turn: turn.want(question)


async def look(store: Store, place: Place, section: str, offset: int = 0, limit: int = 10) -> Seen:
    glance = Glance("U1", TODAY, place.clock() - STALE_AFTER, section, offset, limit)
    return await store.board.home(glance)


async def refs(store: Store, place: Place, section: str) -> list[str]:
    return [line.ref for line in (await look(store, place, section)).lines]


async def test_a_home_of_nothing_has_every_section_and_no_line(store: Store, place: Place) -> None:
    assert await look(store, place, "") == Seen(dict.fromkeys(SECTIONS, 0), "mine", ())


async def test_whose_turn_it_is_decides_the_section(store: Store, place: Place) -> None:
    desk = await request(store, 1, "staff_review")
    customer = await request(store, 2, "rejected")
    carrier = await request(store, 3, "submitted", assigned("U2"))
    draft = await request(store, 4, "intake")
    over = await request(store, 5, "ported", assigned("U1"))
    seen = await look(store, place, "unassigned")
    assert {name: seen.counts[name] for name in SECTIONS[:5]} == {
        "mine": 0, "unassigned": 2, "desk": 1, "customer": 1, "carrier": 1,
    }  # fmt: skip
    assert await refs(store, place, "desk") == [desk]
    assert await refs(store, place, "customer") == [customer]
    assert await refs(store, place, "carrier") == [carrier]
    everywhere = {ref for section in SECTIONS for ref in await refs(store, place, section)}
    assert everywhere.isdisjoint({draft, over})


async def test_the_first_section_with_anything_is_open_where_none_is_named(store: Store, place: Place) -> None:
    mine = await request(store, 1, "submitted", assigned("U1"))
    await request(store, 2, "staff_review")
    seen = await look(store, place, "")
    assert (seen.section, [line.ref for line in seen.lines]) == ("mine", [mine])


async def test_mine_and_what_moves_are_in_the_order_of_their_days_and_come_in_pages(store: Store, place: Place) -> None:
    none = await request(store, 1, "submitted", assigned("U1"))
    later = await request(store, 2, "scheduled", assigned("U1"), moves(TODAY + timedelta(days=6)))
    today = await request(store, 3, "scheduled", assigned("U1"), moves(TODAY))
    beyond = await request(store, 4, "scheduled", moves(TODAY + timedelta(days=7)))
    assert await refs(store, place, "mine") == [today, later, none]
    assert await refs(store, place, "week") == [today, later]
    assert await refs(store, place, "today") == [today]
    assert beyond in await refs(store, place, "carrier")
    page = await look(store, place, "mine", offset=1, limit=1)
    assert [line.ref for line in page.lines] == [later]
    assert page.counts["mine"] == 3


async def test_drafts_come_last_of_mine_but_where_somebody_wants_a_person(store: Store, place: Place) -> None:
    draft = await request(store, 1, "intake", assigned("U1"), moves(TODAY))
    wanted = await request(store, 2, "intake", assigned("U1"), flagged("wants_person"))
    ours = await request(store, 3, "staff_review", assigned("U1"))
    today = await request(store, 4, "scheduled", assigned("U1"), moves(TODAY))
    assert await refs(store, place, "mine") == [today, wanted, ours, draft]
    assert [line.is_urgent for line in (await look(store, place, "mine")).lines] == [False, True, False, False]


async def test_what_is_snoozed_rests_but_moves_all_the_same(store: Store, place: Place) -> None:
    until = place.clock() + timedelta(days=1)
    ref = await request(store, 1, "scheduled", assigned("U1"), moves(TODAY), snoozed(until))
    assert await refs(store, place, "mine") == []
    assert await refs(store, place, "today") == [ref]
    place.clock.forward(days=1)
    assert await refs(store, place, "mine") == [ref]


async def test_what_has_not_changed_for_days_is_stale(store: Store, place: Place) -> None:
    old = await request(store, 1, "submitted")
    place.clock.forward(days=3, minutes=1)
    await request(store, 2, "submitted")
    assert await refs(store, place, "stale") == [old]


async def test_who_wrote_last_decides_whether_a_customer_is_unanswered(store: Store, place: Place) -> None:
    waits = await request(store, 1, "submitted", wrote, answered, wrote)
    draft = await request(store, 2, "intake", wrote)
    await request(store, 3, "submitted", wrote, answered)
    await request(store, 4, "submitted", answered)
    assert await refs(store, place, "unanswered") == [waits, draft]


async def test_a_repaired_rejection_is_for_us_and_a_review_that_lacks_an_answer_is_the_customers_turn(
    store: Store, place: Place
) -> None:
    """A finding: the card said the one, and the Home the other."""
    ready = await request(store, 1, "rejected", signed, repaired)
    open_still = await request(store, 2, "rejected", signed)
    fine = await request(store, 3, "staff_review", signed)
    by_edit = await request(store, 4, "staff_review", unsigned)
    by_wish = await request(store, 5, "staff_review", signed, asked_again("numbers"))
    by_the_way = await request(store, 6, "staff_review", signed, asked_again("destination"), asked_again("pin"))
    assert await refs(store, place, "desk") == [ready, fine, by_the_way]
    assert await refs(store, place, "customer") == [open_still, by_edit, by_wish]
    counts = (await look(store, place, "")).counts
    assert (counts["desk"], counts["customer"]) == (3, 3)


async def test_a_customer_with_two_requests_is_unanswered_about_each_that_waits(store: Store, place: Place) -> None:
    first = await request(store, 1, "submitted", wrote)
    await store.turn(OfChat(1), "leave", lambda state, _m: Changes(chat=replace(state.chat, focus=None)))
    place.clock.forward(minutes=1)
    second = await request(store, 1, "submitted", wrote, event="second")
    assert await refs(store, place, "unanswered") == [first, second]
    await store.turn(OfRef(first), "answer", _answer)
    assert await refs(store, place, "unanswered") == [second]


async def test_counting_reads_open_requests_and_those_that_wait_alone(file_place: Place) -> None:
    counted = select(func.count()).select_from(home.REQUEST).where(or_(home._OPEN, home._UNANSWERED))
    asked = text(f"EXPLAIN QUERY PLAN {counted.compile(compile_kwargs={'literal_binds': True})}")
    async with file_place.open() as store:
        plan = await store._hand.read(lambda connection: str(connection.execute(asked).all()))
    assert "SCAN request" not in plan
    assert "ix_request_waits_since" in plan


def _answer(state: State, moment: Moment) -> Changes:
    turn = Turn(state, moment, "staff:U1")
    answered(turn)
    return turn.changes()


@pytest.mark.parametrize("phase", ["cancelled", "ported", "expired"])
async def test_who_waits_about_a_request_that_is_over_is_unanswered_and_nothing_else(
    store: Store, place: Place, phase: str
) -> None:
    """A finding: a customer whose request was cancelled wrote, and stood nowhere."""
    waits = await request(store, 1, phase, assigned("U1"), moves(TODAY), wrote)
    await request(store, 2, phase, assigned("U1"), moves(TODAY))
    seen = await look(store, place, "")
    assert {name: count for name, count in seen.counts.items() if count} == {"unanswered": 1}
    assert (seen.section, [line.ref for line in seen.lines]) == ("unanswered", [waits])
    for section in SECTIONS:
        assert await refs(store, place, section) == ([waits] if section == "unanswered" else [])


async def test_who_wants_to_cancel_with_a_date_is_urgent_until_that_is_settled(store: Store, place: Place) -> None:
    urgent = await request(store, 1, "scheduled", flagged("wants_cancel"))
    await request(store, 2, "cancelled", flagged("wants_cancel"))
    await request(store, 3, "scheduled", flagged("wants_person"))
    assert await refs(store, place, "urgent") == [urgent]


async def test_drafts_that_need_a_person_are_urgent_until_they_are_handed_in(store: Store, place: Place) -> None:
    wants = await request(store, 1, "intake", flagged("wants_person"))
    cancelled = await request(store, 2, "intake", flagged("already_cancelled"))
    abroad = await request(store, 3, "intake", lambda turn: turn.answer("elsewhere", ("+442079460000",)))
    await request(store, 4, "intake", flagged("line_off"))
    await request(store, 5, "staff_review", flagged("wants_person"))
    assert await refs(store, place, "urgent") == [wants, cancelled, abroad]


async def test_messages_that_came_to_nothing_within_a_month_show_their_requests(store: Store, place: Place) -> None:
    told = await request(store, 1, "submitted", lambda turn: turn.say("text.passed_on"))
    posted = await request(store, 2, "submitted", lambda turn: turn.post("thread.new"))
    await request(store, 3, "submitted", lambda turn: turn.post_to_desk("desk.poison", {"event": "x"}))
    store.listen(lambda _owed: None)
    for waiting in await store.claim(10):
        store.settle(Settled(waiting.owed.id, "dead", place.clock(), reason="blocked"))
    await store.release()
    assert await refs(store, place, "undelivered") == [told, posted]
    place.clock.forward(days=31)
    assert await refs(store, place, "undelivered") == []


def window_ended(hours: int) -> Step:
    """Return what gives a number a window that ended some hours ago."""

    def step(turn: Turn) -> None:
        [number] = turn.the_case().numbers
        end = turn.moment.now - timedelta(hours=hours)
        turn.set_number(replace(number, window_start=end - timedelta(minutes=30), window_end=end))

    return step


async def test_a_move_whose_day_has_passed_is_urgent_and_in_the_digest_until_it_is_over(
    store: Store, place: Place
) -> None:
    late = await request(store, 1, "scheduled", window_ended(17))
    begun = await request(store, 2, "activating", window_ended(48), snoozed(place.clock() + timedelta(days=1)))
    await request(store, 3, "scheduled", window_ended(15))
    await request(store, 4, "ported", window_ended(48))
    seen = await look(store, place, "urgent")
    assert [(line.ref, line.is_urgent) for line in seen.lines] == [(late, True), (begun, True)]
    numbers = await store.board.numbers(today=TODAY.isoformat(), stale_before=place.clock() - STALE_AFTER)
    assert [line.ref for line in numbers.overdue] == [late, begun]
    assert [line.ref for line in await store.board.find(Search(is_overdue=True))] == [late, begun]
    assert await store.board.count(Search(is_urgent=True)) == 2
