"""What stood before an action of staff's beside the numbers, so that it can be put back."""

from datetime import datetime

from domain.orders.model import Answer
from domain.values import Value


class Aside(Value, frozen=True):
    """What the desk settled among themselves beside an action, and how it stood before.

    `held_by`, and `staff`, who settled it (empty: an older release did not keep that): Slack user ids.
    """

    verb: str
    at: datetime
    assignee: str | None
    snoozed_until: datetime | None
    hold: str | None
    held_by: str
    staff: str = ""


class Before(Value, frozen=True):
    """What an action changed beside the numbers.

    `answers`: as they were; `made`: questions that had none. `asides`: settled with it or since, each one taken back
    before it, the last one first.
    """

    answers: tuple[Answer, ...] = ()
    made: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()


NOTHING = Before()
