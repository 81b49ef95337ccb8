"""What tells in /status beside the phases: numbers that are to go back or to be stopped, and a PIN that is awaited."""

from datetime import datetime

from domain.desk import pin_times
from domain.desk.closing import CLOSED_BY
from domain.desk.snapbacks import LATE as LOST
from domain.desk.snapbacks import OPEN, SNAPBACK, WRONGLY
from domain.desk.urgent import LATE, to_be_stopped
from domain.intake.about import carrier_name
from domain.orders.model import Answer, Case, Number
from domain.orders.phases import MOVED
from domain.wordkeys import nested


def to_go_back(case: Case) -> tuple[str, ...]:
    """Return the numbers (E.164) that are to go back, or of which the customer says so; also those closed before that.

    What staff closed after it was too late for that, or after the complaint, stays with us.
    """
    begun, flags = case.answers.get(SNAPBACK), case.answers.get("flags")
    if begun is not None:
        named = begun.value[1:] if begun.value[0] in (OPEN, LOST) else ()
        return tuple(n.e164 for n in case.numbers if n.e164 in named and _is_here(n, begun, case))
    if flags is None or WRONGLY not in flags.value:
        return ()
    return tuple(n.e164 for n in case.numbers if _is_here(n, flags, case))


def _is_here(number: Number, said: Answer, case: Case) -> bool:
    """Tell whether a number is with us, and nobody closed it after what was said."""
    by = case.answers.get(CLOSED_BY)
    is_decided = number.phase == "closed" and said.value[0] != OPEN and by is not None and by.seq > said.seq
    return number.phase in MOVED and not is_decided


def line_under(number: Number, case: Case) -> str:
    """Return what is said below a number's line, as a parameter: that it goes back, or is to be stopped; or nothing."""
    if number.e164 in to_go_back(case):
        return nested("status.going_back")
    return nested("status.stopping", carrier=carrier_name(case)) if number.e164 in to_be_stopped(case) else ""


def ball_of(case: Case, phase: str, now: datetime) -> str:
    """Return who has to act, for what no phase tells; empty: the phase tells it."""
    if _is_desks(case, phase):
        return "desk"
    return "customer" if owes_the_pin(case, phase, now) else ""


def _is_desks(case: Case, phase: str) -> bool:
    return bool((phase in MOVED and to_go_back(case)) or (phase in LATE and to_be_stopped(case)))


def next_of(case: Case, phase: str, now: datetime) -> str:
    """Return what comes next, as a parameter, where no phase tells it; empty: the phase tells it."""
    if _is_desks(case, phase):
        return nested("status.next_going_back" if phase in MOVED else "status.next_stopping")
    if owes_the_pin(case, phase, now):
        return nested("status.next_pin")
    is_put_off = phase == "staff_review" and bool(pin_times.rows_of_put_off(case, now))
    return nested("status.next_pin_later") if is_put_off else ""


def owes_the_pin(case: Case, phase: str, now: datetime) -> bool:
    """Tell whether the desk has all but the PIN, and has asked the customer for it."""
    given, named = case.answers.get("pin"), pin_times.set_time(case)
    is_asked = given is not None and given.reopened and (named is None or named.is_due)
    return phase == "staff_review" and is_asked and pin_times.is_awaited(case, now)
