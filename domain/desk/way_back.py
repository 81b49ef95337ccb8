"""The way back of a number that has moved: asked for by its customer, or as a mistake within a day (the snapback).

A number that was moved by mistake, or that nobody allowed us to move, goes back quickly only when that is reported
within 24 hours of the move; later its old company has to win it back like any other (the project's porting research
§2.4 row 23: Bandwidth, voipinnovations; read 2026-11-21).
"""

from datetime import datetime, timedelta

from domain.desk import hours
from domain.desk.listing import settle_moved
from domain.desk.owing import REPLY
from domain.desk.secrecy import conceal
from domain.desk.snapbacks import BACK as BACK
from domain.desk.snapbacks import LATE as LATE
from domain.desk.snapbacks import OPEN as OPEN
from domain.desk.snapbacks import SNAPBACK as SNAPBACK
from domain.desk.snapbacks import WRONGLY as WRONGLY
from domain.desk.snapbacks import standing as standing
from domain.desk.state import Due
from domain.desk.stepping import impossible
from domain.desk.telling import done
from domain.desk.turn import Rows, Turn
from domain.errors import Refused
from domain.intake.about import carrier_name, show_moving, show_numbers
from domain.intake.choices import Choice
from domain.orders.agreed import agreed_of
from domain.orders.model import Case, Number
from domain.orders.phases import MOVED
from domain.policy import Policy
from domain.wordkeys import nested

WITHIN = timedelta(hours=24)
DONE = "done"  # what staff say once it has gone back
PORT_BACK = "port_back"
LONGEST_STORY = 300
_LAST_CALL = timedelta(hours=4)


def tell_the_way_back(turn: Turn, lead: str = "") -> None:
    """Tell the customer how a number moves on, or back, and offer to ask the desk for what they need."""
    case = turn.the_case()
    rows: Rows = ((Choice(PORT_BACK, "button.back_ask", {"form": f"{case.request.id}.0"}),),)
    turn.say(f"{lead}+returning.how" if lead else "returning.how", _params(case), rows)


def want_back(turn: Turn) -> None:
    """Let the desk know that the customer wants the number back, and tell them what happens next."""
    turn.note("wants_back")
    turn.post("thread.wants_back", {"number": _named(turn.the_case())}, buttons=REPLY)
    hours.wrote(turn)
    turn.say("returning.how+returning.asked", _params(turn.the_case()))


def report(turn: Turn) -> None:
    """Take it that a number was moved that should not have been: the desk reads it as urgent, with the time left."""
    case, now = turn.the_case(), turn.moment.now
    turn.flag(WRONGLY)
    turn.note(WRONGLY)
    until = deadline(case)
    key = "thread.wrongly_moved" if until is not None and now < until else "thread.wrongly_moved_late"
    params = {**_params(case), "until": _local(until, turn.policy)}
    turn.post(key, params, buttons=((Choice(SNAPBACK, "staff.button.snapback"), REPLY[0][0]),))
    turn.post_to_desk("desk.wrongly_moved", params)
    turn.refresh_card()
    hours.wrote(turn)
    turn.say("returning.wrong", _params(case))


def _params(case: Case) -> dict[str, str]:
    return {"ref": case.request.ref, "number": _named(case), "carrier": carrier_name(case)}


def _named(case: Case) -> str:
    """Return what of a case is with us: what ended otherwise is not meant by a wish for a moved number."""
    here = () if agreed_of(case) is not None else tuple(n.e164 for n in moved(case))  # none: it is told beforehand
    return show_numbers(here) if here else show_moving(case)


def moved(case: Case) -> tuple[Number, ...]:
    """Return the numbers of a case that are with us."""
    return tuple(number for number in case.numbers if number.phase in MOVED)


def _going_back(case: Case) -> tuple[Number, ...]:
    """Return the numbers that shall go back; all that have moved while nobody has begun it."""
    given = case.answers.get(SNAPBACK)
    chosen = given.value[1:] if given is not None and given.value[0] in (OPEN, LATE) else ()
    return tuple(number for number in moved(case) if not chosen or number.e164 in chosen)


def deadline(case: Case) -> datetime | None:
    """Return until when the numbers that shall go back can do so by a snapback; None: none has moved."""
    here = _going_back(case)
    return min(number.since for number in here) + WITHIN if here else None


def hear_wish(turn: Turn, wish: str) -> bool:
    """Take words for a wish about a number that has moved, also of another request; tell whether there is one.

    Of a request that is still under way they are for the desk.
    """
    case = turn.case
    if case is not None and moved(case):
        take_wish(turn, wish)
        return True
    if case is not None:
        return False
    other = next((brief for brief in reversed(turn.state.briefs) if brief.status in (*MOVED, "partial")), None)
    if other is not None:
        turn.set_due(wish, other.id, turn.moment.new_id(), turn.moment.now)
    return other is not None


def take_wish(turn: Turn, wish: str) -> None:
    """Do what a wish about a moved number asks for."""
    if wish == WRONGLY:
        report(turn)
    else:
        want_back(turn)


def by_rule(turn: Turn, due: Due, _policy: Policy) -> None:
    """Take a wish about another request of the chat than the one it was in."""
    if moved(turn.the_case()):
        take_wish(turn, due.rule)


def snapback(turn: Turn, case: Case, argument: str, policy: Policy) -> None:
    """Begin to bring back what was moved wrongly, or note that it has gone back. Raises Refused."""
    if not moved(case):
        raise impossible(case, SNAPBACK)
    if argument.strip().lower() == DONE:
        _gone_back(turn, case)
    else:
        _begin(turn, case, argument, policy)


def _begin(turn: Turn, case: Case, argument: str, policy: Policy) -> None:
    """Open the incident: in time it is a snapback with its countdown, later the old company has to win it back."""
    if standing(case) in (OPEN, LATE):
        raise Refused("snapback.open", ref=case.request.ref)
    until, story = deadline(case), conceal(argument.strip().removeprefix(":").strip(), case)[:LONGEST_STORY]
    is_open = until is not None and turn.moment.now < until
    turn.hold(SNAPBACK, (OPEN if is_open else LATE, *(number.e164 for number in moved(case))))
    turn.note(SNAPBACK, detail=OPEN if is_open else LATE, words=story or None)
    params = {
        "until": _local(until, policy),
        "numbers": show_numbers(tuple(number.e164 for number in moved(case))),
        "carrier": carrier_name(case),
        "story": nested("snapback.story", story=story) if story else "",
    }
    if is_open and until is not None:
        turn.set_due(SNAPBACK, case.request.id, turn.moment.new_id(), max(turn.moment.now, until - _LAST_CALL))
        turn.post_to_desk("desk.snapback", {**params, "ref": case.request.ref, "staff": turn.actor[6:]})
    done(turn, "snapback.begun" if is_open else "snapback.late", **params)


def _gone_back(turn: Turn, case: Case) -> None:
    """Note that numbers are with their old company again: nothing of ours has them any more.

    Of several that shall go back, those that are not named still do.
    """
    here = _going_back(case)
    if standing(case) not in (OPEN, LATE) or not here:
        raise Refused("snapback.none", ref=case.request.ref)
    left = tuple(number for number in _going_back(case.whole) if number not in here)
    for number in here:
        turn.move(number, "end", "returned", "staff")
    turn.freed += [number.e164 for number in here]
    settle_moved(turn)
    turn.hold(SNAPBACK, (standing(case) if left else BACK, *(number.e164 for number in left or here)))
    if not left:
        turn.end_due(SNAPBACK, case.request.id)
    done(turn, "snapback.done", numbers=show_numbers(tuple(number.e164 for number in here)))


def time_left(case: Case, now: datetime) -> timedelta | None:
    """Return how long a snapback that was begun can still be had; None: none was, or the time is over."""
    until = deadline(case)
    return until - now if standing(case) == OPEN and until is not None and now < until else None


def remind(turn: Turn, due: Due, policy: Policy) -> None:
    """Tell the desk that the time for a snapback runs out, and once it has, that it is a matter of winning back."""
    case, until = turn.the_case(), deadline(turn.the_case())
    if standing(case) != OPEN or until is None:
        return
    if turn.moment.now < until:
        turn.post("thread.snapback_soon", {"until": _local(until, policy)})
        turn.set_due(SNAPBACK, due.subject, due.version, until)
        return
    turn.hold(SNAPBACK, (LATE, *(number.e164 for number in _going_back(case))))
    turn.post("thread.snapback_over", {"carrier": carrier_name(case)})
    turn.refresh_card()


def _local(at: datetime | None, policy: Policy) -> str:
    return f"{at.astimezone(policy.desk_zone):%a %H:%M}" if at is not None else "—"


RULES = {PORT_BACK: by_rule, WRONGLY: by_rule, SNAPBACK: remind}
"""Due rules; by the first two a wish about another request of the chat is taken."""
