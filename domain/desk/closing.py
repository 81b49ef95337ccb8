"""The end of a moved number's care: the old service need no longer be kept."""

from datetime import datetime, time, timedelta

from domain.desk.turn import Turn
from domain.intake.about import class_of
from domain.orders.model import Case
from domain.policy import Policy

RULE = "close"
_AT = time(10, 0)  # of the desk's clock: by day wherever the customer is


def closes_at(case: Case, policy: Policy) -> datetime:
    """Return when numbers that have moved are closed: after the days for which the old service is kept."""
    zone = policy.desk_zone
    moved = [n.since.astimezone(zone).date() for n in case.numbers if n.phase == "ported"]
    last = max((*moved, *(n.port_date for n in case.numbers if n.port_date is not None)))
    day = last + timedelta(days=policy.keep_days(class_of(case)) + 1)
    return datetime.combine(day, _AT, zone)


def arrange(turn: Turn) -> None:
    """Have what has moved closed in time."""
    case = turn.the_case()
    turn.set_due(RULE, case.request.id, case.request.version, closes_at(case, turn.policy))


def close(turn: Turn) -> None:
    """Close the numbers that have moved; those that went back meanwhile, or were taken back, stay as they are."""
    for number in turn.the_case().numbers:
        if number.phase == "ported":
            turn.move(number, "close", "closed", "clock")
            turn.refresh_card()
