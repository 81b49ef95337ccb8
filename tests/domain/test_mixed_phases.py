"""Numbers of one request in different phases: what its card offers is what is taken, and nothing moves that cannot."""

import itertools
from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.wording import slack_text
from domain.desk import staff
from domain.desk.keeping import Sheet
from domain.desk.offers import offered
from domain.desk.risks import AskFirst, Seen
from domain.desk.roles import Role
from domain.desk.sending_back import may_be_asked
from domain.desk.signing import fingerprint
from domain.desk.state import Action, Moment, State
from domain.desk.stepping import open_ends, open_to
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.orders.model import Case, Number
from domain.orders.phases import AT_CARRIER, MOVES, PHASES, may
from domain.values import replace
from tests.domain.standing import at_phase
from tests.domain.talk import ROSA, SAM, Talk

NEEDED = {  # what a verb is given, so that nothing is lacking
    "ask": "name: they have Maria J.",
    "submit": "88123",
    "date": "2026-12-03",
    "reject": "wrong pin",
    "cancel": "stopped",
}
WANTS = ("submit.not_repaired", "reject.same")  # what it still asks for, or says to be so already
STAFFS = tuple(dict.fromkeys(move.verb for move in MOVES if move.actor == "staff"))
ALL_PHASES = st.lists(st.sampled_from(sorted(PHASES)), min_size=1, max_size=4)


@lru_cache
def ready() -> Talk:
    """Return a request that the desk has, which no test changes."""
    return at_phase("staff_review")


def mixed(*phases: str, told: bool = False, repaired: str | None = "corrected", codes: str = "NAME_MISMATCH") -> State:
    """Return a request with all its answers, and a number in each of these phases."""
    state = ready().state(ready().newest)
    assert state.case is not None
    (first,) = state.case.numbers
    numbers = tuple(_number(first, place, phase, codes) for place, phase in enumerate(phases))
    case = replace(state.case, numbers=numbers)
    knows = fingerprint(case) if told else None
    request = replace(case.request, status=case.phase, repaired=repaired, told=knows)
    return replace(state, case=replace(case, request=request))


def _number(first: Number, place: int, phase: str, codes: str) -> Number:
    return replace(
        first,
        id=first.id + place,
        e164=f"+1415421883{place}",
        phase=phase,
        came_from="carrier_review" if phase == "cancel_requested" else None,
        port_date=date(2026, 12, 1) if phase in ("scheduled", "activating", "ported") else None,
        rejection=codes if phase == "rejected" else None,
    )


def case_of(state: State) -> Case:
    assert state.case is not None
    return state.case


def do(state: State, verb: str, *, is_sure: bool = True, by: str = ROSA) -> Turn:
    """Do a verb with all that it needs. Raises what `staff.act` does."""
    ids = itertools.count(10_000)
    moment = Moment(ready().now, "e", lambda: next(ids), lambda: "P-22222")
    seen = Seen(case_of(state).request.version, 0) if is_sure else None
    ends = open_ends(case_of(state)) if verb == "end" else ()
    said = ends[0] if ends else NEEDED.get(verb, "")
    wish = staff.Order(by, verb, said, Role.ADMIN, seen=seen, is_sure=is_sure)
    return staff.acted(state, moment, wish, ready().policy)


def tried(state: State, verb: str) -> Turn | Refused:
    """Return what came of a verb, or the sentence for staff; any other error is one of ours."""
    try:
        return do(state, verb)
    except Refused as e:
        return e


def moves(state: State, turn: Turn) -> list[tuple[str, str]]:
    """Return from where to where the numbers went."""
    pairs = zip(case_of(state).numbers, turn.the_case().numbers, strict=True)
    return [(old.phase, new.phase) for old, new in pairs if old.version != new.version]


@settings(max_examples=300, deadline=None)
@given(phases=ALL_PHASES, told=st.booleans(), repaired=st.sampled_from([None, "corrected"]))
def test_whatever_is_offered_is_taken_and_nothing_moves_that_cannot(
    phases: list[str], repaired: str | None, *, told: bool
) -> None:
    state = mixed(*phases, told=told, repaired=repaired)
    on_offer = open_to(case_of(state))
    for verb in STAFFS:
        turn = tried(state, verb)
        if isinstance(turn, Refused):
            assert verb not in on_offer or turn.code in WANTS, (verb, turn.code)
            continue
        is_more = verb == "ask" and may_be_asked(case_of(state))
        is_note = verb == "submit" and case_of(state).phase in AT_CARRIER
        assert verb in on_offer or is_more or is_note, verb
        assert all(may(verb, before, after, "staff", "") for before, after in moves(state, turn))
        assert moves(state, turn) or verb == "date" or is_more or is_note


@settings(max_examples=200, deadline=None)
@given(phases=ALL_PHASES, told=st.booleans(), repaired=st.sampled_from([None, "corrected"]))
def test_what_a_card_offers_of_the_port_itself_is_taken(phases: list[str], repaired: str | None, *, told: bool) -> None:
    state = mixed(*phases, told=told, repaired=repaired)
    shown = offered(Sheet(case_of(state), (), (), chat_blocked=False, read_at=ready().now), ready().policy)
    for verb in {*shown} & {*STAFFS}:
        do(state, verb)


@pytest.mark.parametrize(
    ("phases", "verb"),
    [
        (("rejected", "submitted"), "cancel"),
        (("rejected", "submitted"), "reject"),
        (("rejected", "staff_review"), "submit"),
        (("submitted", "carrier_review"), "advance"),
        (("scheduled", "activating"), "complete"),
        (("pending_date", "scheduled"), "date"),
    ],
)
def test_numbers_in_different_phases_are_asked_about_first_and_then_go_each_from_where_it_is(
    phases: tuple[str, ...], verb: str
) -> None:
    state = mixed(*phases, repaired="corrected")
    with pytest.raises(AskFirst) as asked:
        do(state, verb, is_sure=False)
    said = slack_text(asked.value.code, asked.value.params)
    assert "Its numbers are in different phases." in said
    assert "→" in said
    assert len(moves(state, do(state, verb))) == len(phases)


@pytest.mark.parametrize("verb", ["complete", "date"])
def test_a_number_that_has_moved_already_is_told_of_in_words(verb: str) -> None:
    with pytest.raises(Refused) as refused:
        do(mixed("ported", "scheduled"), verb)
    assert refused.value.code.startswith("staff.impossible")


def test_the_rejection_that_a_customer_knows_stands_when_the_other_numbers_are_rejected_too() -> None:
    turn = do(mixed("rejected", "submitted", told=True), "reject")
    assert [n.rejection for n in turn.the_case().numbers] == ["NAME_MISMATCH", "PIN_INVALID"]
    assert turn.told is not None
    assert turn.told.key.startswith("reject.done")


def test_the_rejection_of_a_colleague_that_no_customer_knows_is_added_to_wherever_its_numbers_are() -> None:
    state = mixed("submitted", "rejected")
    action = Action(1, case_of(state).request.id, SAM, "reject", ready().now, 1, case_of(state).numbers, (), (), None)
    turn = do(replace(state, action=action), "reject")
    assert {n.rejection for n in turn.the_case().numbers} == {"NAME_MISMATCH+PIN_INVALID"}


def test_what_is_at_the_carrier_already_is_not_sent_back_to_the_customer_with_the_rest() -> None:
    state = mixed("staff_review", "submitted")
    assert moves(state, do(state, "ask")) == [("staff_review", "changes_requested")]
