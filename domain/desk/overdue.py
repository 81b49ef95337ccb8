"""A move whose day has passed: overdue until somebody notes that it came, dates it anew, or that it was stopped."""

from datetime import datetime

from domain.desk.dating import days_of
from domain.desk.state import Due
from domain.desk.turn import Turn
from domain.desk.urgent import LATE
from domain.orders.model import Case, Number
from domain.policy import Policy
from domain.promises.notices import OVERDUE, OVERDUE_AFTER
from domain.values import replace


def overdue_days(case: Case, now: datetime) -> str:
    """Return the days that have passed, as staff read them; empty: nothing is overdue."""
    late = tuple(number for number in case.numbers if _is_overdue(number, now))
    return days_of(replace(case, numbers=late)) if late else ""


def _is_overdue(number: Number, now: datetime) -> bool:
    return number.phase in LATE and number.window_end is not None and number.window_end + OVERDUE_AFTER <= now


def remind(turn: Turn, due: Due, _policy: Policy) -> None:
    """Tell the desk of a move that is overdue, and show it on the card; of one with a later day look again then."""
    case, now = turn.the_case(), turn.moment.now
    ends = (n.window_end + OVERDUE_AFTER for n in case.numbers if n.phase in LATE and n.window_end is not None)
    later = [at for at in ends if at > now]
    if later:
        turn.set_due(OVERDUE, case.request.id, due.version, min(later))
    days = overdue_days(case, now)
    if days:
        turn.refresh_card()
        turn.post("thread.overdue", {"days": days})
