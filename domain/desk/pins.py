"""The transfer PIN when staff submit: it is here, it is asked for now, or staff say that the carrier has none."""

import re
from datetime import datetime

from domain.desk import pin_age
from domain.desk.state import Told
from domain.desk.turn import Turn
from domain.intake.questions import QUESTIONS
from domain.orders.model import Case
from domain.values import replace

_NO_PIN = re.compile(r"\s*no[ -]?pin\b[\s,;:]*", re.I)


def awaits_the_pin(turn: Turn, case: Case, *, has_none: bool) -> bool:
    """Settle a PIN that is missing: there is none, or it is asked for and awaited."""
    if not lacks_the_pin(case, turn.moment.now):
        return False
    if has_none:
        turn.answer("pin", ("none",), source="staff")
    else:
        _ask_for_the_pin(turn, case)
    return not has_none


def without_pin(argument: str) -> tuple[bool, str]:
    """Tell whether staff say that there is no PIN; return what else they wrote."""
    found = _NO_PIN.match(argument)
    return (True, argument[found.end() :]) if found is not None else (False, argument)


def lacks_the_pin(case: Case, now: datetime) -> bool:
    """Tell whether the carrier will want a PIN that is not here, or no longer good; homes and offices have none."""
    is_needed = any(question.id == "pin" and question.needed(case) for question in QUESTIONS)
    return is_needed and (case.answer("pin") in (None, ("later",)) or bool(pin_age.over(case, now)))


def _ask_for_the_pin(turn: Turn, case: Case) -> None:
    """Ask the customer for the PIN now that the desk is ready to submit; nothing is submitted yet."""
    if turn.chat.focus == case.request.id and turn.chat.asked == "pin":
        turn.told = Told("submit.pin_awaited", {"ref": case.request.ref}, error=True)
        return
    why = pin_age.over(case, turn.moment.now)
    if why:
        pin_age.destroy(turn, why)
    if "pin" in case.answers:
        turn.reopen("pin")
    turn.set_request(replace(turn.the_case().request, note=None))  # what staff wrote last was about another answer
    turn.set_due("tell", case.request.id, turn.moment.new_id(), _when_all_is_settled(turn))
    turn.note("asked", field="pin")
    turn.refresh_card()
    turn.told = Told(f"submit.pin_{why}" if why else "submit.pin_missing", {"ref": case.request.ref}, error=True)


def _when_all_is_settled(turn: Turn) -> datetime:
    """Return when the customer may be told: what staff did just before is told with it, and not before its own time."""
    action, now = turn.state.action, turn.moment.now
    return now if action is None or action.undone else max(now, action.at + turn.policy.undo)
