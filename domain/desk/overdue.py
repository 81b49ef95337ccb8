"""A move whose day has passed: overdue until somebody notes that it came, dates it anew, or that it was stopped."""

from datetime import datetime

from domain.desk.asking import name_of
from domain.desk.dating import days_of, look_again
from domain.desk.state import Due
from domain.desk.turn import Turn
from domain.desk.urgent import LATE
from domain.intake.about import carrier_name
from domain.orders.model import Case, Number
from domain.policy import Policy
from domain.promises.notices import OVERDUE_AFTER
from domain.values import replace

TOLD = "overdue_told"  # beside the answers: the days (ISO) of which the customer was told that they passed


def overdue_days(case: Case, now: datetime) -> str:
    """Return the days that have passed, as staff read them; empty: nothing is overdue."""
    late = tuple(number for number in case.numbers if _is_overdue(number, now))
    return days_of(replace(case, numbers=late)) if late else ""


def _is_overdue(number: Number, now: datetime) -> bool:
    return number.phase in LATE and number.window_end is not None and number.window_end + OVERDUE_AFTER <= now


def remind(turn: Turn, _due: Due, _policy: Policy) -> None:
    """Tell the desk of a move that is overdue, show it on the card, and tell the customer, of each day once."""
    look_again(turn)
    days = overdue_days(turn.the_case(), turn.moment.now)
    if days:
        turn.refresh_card()
        turn.post("thread.overdue", {"days": days})
        _tell_customer(turn)


def _tell_customer(turn: Turn) -> None:
    """Tell the customer whose move did not come on its day that the desk asks; of each day once."""
    case, now = turn.the_case(), turn.moment.now
    late = tuple(number for number in case.numbers if _is_overdue(number, now))
    told = case.answers[TOLD].value if TOLD in case.answers else ()
    days = tuple(sorted({n.port_date.isoformat() for n in late if n.port_date is not None} - set(told)))
    if days:
        turn.hold(TOLD, (*told, *days))
        params = {"ref": name_of(case.request), "days": ", ".join(days), "carrier": carrier_name(case)}
        turn.say("notice.overdue", params, paced=True)
        turn.mail("notice.overdue", params)
