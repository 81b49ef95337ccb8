"""A day at short notice that the customer was asked to have read: by which button, and whether they have."""

from datetime import date

from domain.desk.turn import Rows
from domain.intake.choices import Choice
from domain.orders.model import Case

SEEN = "seen"  # the code of the button, the due rule by which it is noted, and what history calls it
SEEN_DAY = "seen_day"  # beside the answers: the day (ISO) that the customer said to have read
ASKED_DAY = "unread_day"  # beside them: the day (ISO) that they were asked to have read


def seen_day(case: Case) -> str:
    """Return the day (ISO) that the customer said to have read; empty: none."""
    given = case.answers.get(SEEN_DAY)
    return given.value[0] if given is not None else ""


def is_set(case: Case, day: date) -> bool:
    """Tell whether any number is to move on a day."""
    return any(number.phase == "scheduled" and number.port_date == day for number in case.numbers)


def unread(case: Case) -> date | None:
    """Return the day that the customer was asked to have read and has not, as long as a number is to move on it."""
    asked = case.answers.get(ASKED_DAY)
    day = date.fromisoformat(asked.value[0]) if asked is not None else None
    return day if day is not None and is_set(case, day) and seen_day(case) != day.isoformat() else None


def row_of(day: date, request_id: int) -> Rows:
    """Return the button by which the customer says that they have read a day."""
    return ((Choice(f"{SEEN}.{day.isoformat()}", "button.seen", {"form": f"{request_id}.0"}),),)


def rows(case: Case) -> Rows:
    """Return that button while a day is not read."""
    day = unread(case)
    return () if day is None else row_of(day, case.request.id)
