"""The transfer PIN when it comes, and when staff submit: it is here, it is asked for, or there is none.

Where the customer has named a time for it, it is asked for then, or at once where staff say so.
"""

import re
from datetime import datetime

from domain.desk import pin_age, pin_times
from domain.desk.asking import name_of
from domain.desk.pin_age import lacks_the_pin as lacks_the_pin
from domain.desk.state import Told
from domain.desk.turn import Rows, Turn
from domain.intake.choices import Choice
from domain.intake.questions import missing
from domain.orders.model import Case
from domain.values import replace
from domain.wordkeys import nested

NONE, NOW = "none", "now"
AT_ONCE = "pin now"  # before an order number: a time that was named is not waited for
_SAID = (
    (re.compile(r"\s*no[ -]?pin\b[\s,;:]*", re.I), NONE),
    (re.compile(r"\s*pin[ -]?now\b[\s,;:]*", re.I), NOW),
)


def awaits_the_pin(turn: Turn, case: Case, said: str) -> bool:
    """Settle a PIN that is missing: there is none, or it is asked for and awaited."""
    if not lacks_the_pin(case, turn.moment.now):
        return False
    if said == NONE:
        turn.answer("pin", ("none",), source="staff")
    else:
        _ask_for_the_pin(turn, case, is_now=said == NOW)
    return said != NONE


def said_of_pin(argument: str) -> tuple[str, str]:
    """Return what staff say of the PIN: that there is none (NONE), that it is asked for NOW; and what else they wrote.

    Empty: nothing.
    """
    found = next(((each.match(argument), what) for each, what in _SAID if each.match(argument)), None)
    if found is None or found[0] is None:
        return "", argument
    return found[1], argument[found[0].end() :]


def given(turn: Turn) -> None:
    """Tell staff that the PIN came, how long it is good, or that it comes later; never what it is."""
    pin_age.given(turn)
    case = turn.the_case()
    if case.phase == "intake":
        return
    if case.answers["pin"].value != ("later",):
        _tell_of_it(turn)
    elif pin_times.AT not in case.answers:
        turn.post("thread.pin_later")
    turn.refresh_card()


def _tell_of_it(turn: Turn) -> None:
    case, until = turn.the_case(), pin_age.good_until(turn.the_case())
    shown = {}
    if until is not None:
        key, params = pin_age.left(until, turn.moment.now)
        at = f"{until.astimezone(turn.policy.desk_zone):%a %Y-%m-%d %H:%M}"
        shown = {"until": at, "left": nested(key, **params)}
    is_ready = case.phase == "staff_review" and missing(case) is None
    parts = ("thread.pin_here", "thread.pin_until" if shown else "", "thread.pin_ready" if is_ready else "")
    submit: Rows = ((Choice("submit", "staff.button.submit"),),) if is_ready else ()
    turn.post("+".join(part for part in parts if part), shown, buttons=submit)


def _ask_for_the_pin(turn: Turn, case: Case, *, is_now: bool) -> None:
    """Ask the customer for the PIN now that the desk is ready to submit; nothing is submitted yet."""
    named = pin_times.set_time(case)
    if named is not None and not named.is_due and not is_now:
        params = pin_times.to_staff(named.at, case, turn.policy)
        turn.told = Told("submit.pin_at", {"ref": case.request.ref, **params}, error=True)
        return
    is_asked = turn.chat.focus == case.request.id and turn.chat.asked == "pin"
    if is_asked and (named is None or named.is_due):
        turn.told = Told("submit.pin_awaited", {"ref": case.request.ref}, error=True)
        return
    if named is not None:
        _not_then(turn, is_asked=is_asked)
    _ask(turn, case)


def _not_then(turn: Turn, *, is_asked: bool) -> None:
    """Let go of the time that the customer named: they are asked before; also where it is their open question yet."""
    case, named = turn.the_case(), pin_times.set_time(turn.the_case())
    shown = pin_times.to_customer(named.at, case, turn.policy) if named is not None else {}
    _drop_time(turn)
    turn.say("pin_at.earlier", {"ref": name_of(case.request), **shown}, paced=True)
    if is_asked:
        turn.chat = replace(turn.chat, asked=None)


def lets_time_go(turn: Turn) -> bool:
    """Drop a time that was named as the customer puts the PIN off after all; tell whether there was one."""
    case = turn.case
    if case is None or pin_times.set_time(case) is None:
        return False
    _drop_time(turn)
    turn.post("thread.pin_at_dropped")
    return True


def _drop_time(turn: Turn) -> None:
    turn.drop(pin_times.AT)
    turn.end_due(pin_times.RULE, turn.the_case().request.id)
    turn.note("pin_unset")
    turn.refresh_card()


def _ask(turn: Turn, case: Case) -> None:
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
