"""How long a transfer PIN that is here is good, by its carrier's word, and when it is destroyed: used, or too old.

Lives of PINs: the carriers table, each with its source; counted from when the customer gave it, which is later than
when it was made. Of a carrier of which nobody knows it no PIN grows old here.
"""

from datetime import datetime, timedelta

from domain.desk.state import Due
from domain.desk.turn import Turn
from domain.intake.about import carrier_of
from domain.intake.questions import QUESTIONS
from domain.intake.readings.after import PIN_OVER
from domain.orders.model import Case
from domain.orders.phases import DATED, PAPERS, PHASES
from domain.policy import Policy
from domain.wordkeys import nested

RULE = "pin"  # the due rule by which staff are warned of a PIN that is soon too old, and it is destroyed when it is
USED, EXPIRED = "used", "expired"
_WARNED_OF = 4  # parts of its life, of which the last one is left when staff are warned
_HOURS = 24  # of a day
TO_GO_OUT = ("intake", *PAPERS, "staff_review", "changes_requested", "rejected")
_ACCEPTED = ("pending_date", "rerouting", *DATED)  # its carrier has taken the order, and with it the PIN


def good_until(case: Case) -> datetime | None:
    """Return until when the PIN that is here is good; None: there is none, or nobody knows."""
    given, carrier = case.answers.get("pin"), carrier_of(case)
    if given is None or given.reopened or given.value in (("later",), ("none",), ("",)) or PIN_OVER in case.answers:
        return None
    life = carrier.pin_life if carrier is not None else None
    return given.at + life if life is not None else None


def over(case: Case, now: datetime) -> str:
    """Return why the PIN that was given can't be used any more: USED or EXPIRED; empty: it can, or there is none."""
    known, until = case.answers.get(PIN_OVER), good_until(case)
    if known is not None:
        return known.value[0]
    return EXPIRED if until is not None and until <= now else ""


def lacks_the_pin(case: Case, now: datetime) -> bool:
    """Tell whether the carrier will want a PIN that is not here, or no longer good; homes and offices have none."""
    is_needed = any(question.id == "pin" and question.needed(case) for question in QUESTIONS)
    return is_needed and (case.answer("pin") in (None, ("later",)) or bool(over(case, now)))


def left(until: datetime, now: datetime) -> tuple[str, dict[str, str]]:
    """Return how long a PIN is still good, as a wording key with its values."""
    hours = max(0, int((until - now).total_seconds() // 3600))
    days = round((until - now) / timedelta(days=1))  # that a card which is drawn a little later says the same
    return (
        ("pins.days_left", {"days": str(days)}) if hours >= 2 * _HOURS else ("pins.hours_left", {"hours": str(hours)})
    )


def given(turn: Turn) -> None:
    """Watch over a PIN that has just been given; what became of the one before is over."""
    if PIN_OVER in turn.the_case().answers:
        turn.drop(PIN_OVER)
    case = turn.the_case()
    until, carrier = good_until(case), carrier_of(case)
    if until is not None and carrier is not None and carrier.pin_life is not None:
        turn.set_due(RULE, case.request.id, 0, until - carrier.pin_life / _WARNED_OF)
    else:
        turn.end_due(RULE, case.request.id)


def look(turn: Turn, _due: Due, policy: Policy) -> None:
    """Warn staff of a PIN that is soon too old to be sent; destroy one that is."""
    case, now = turn.the_case(), turn.moment.now
    until = good_until(case)
    if until is None or not any(number.phase in TO_GO_OUT for number in case.numbers):
        return
    if until > now:
        turn.set_due(RULE, case.request.id, 0, until)
    else:
        destroy(turn, EXPIRED)
    if case.phase != "intake":
        at = f"{until.astimezone(policy.desk_zone):%a %Y-%m-%d %H:%M}"
        key, params = left(until, now)
        post = "thread.pin_soon" if until > now else "thread.pin_expired"
        turn.post(post, {"until": at, "left": nested(key, **params)})
        turn.refresh_card()


def destroy(turn: Turn, why: str) -> None:
    """Destroy a PIN that can't be used any more, and keep why."""
    turn.shred("pin")
    turn.jot(PIN_OVER, (why,))
    turn.note("pin_over", detail=why)


def use_up(turn: Turn) -> None:
    """Destroy the PIN once every carrier order of the request was accepted with it, or ended."""
    case = turn.the_case()
    held = case.answers.get("pin")
    if held is None or held.reopened or held.value in (("later",), ("none",), ("",)) or PIN_OVER in case.answers:
        return
    phases = {number.phase for number in case.numbers}
    if not phases.isdisjoint(_ACCEPTED) and all(p in _ACCEPTED or PHASES[p].terminal for p in phases):
        destroy(turn, USED)
        turn.end_due(RULE, case.request.id)
