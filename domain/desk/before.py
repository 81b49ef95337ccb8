"""What stood before an action of staff's beside the numbers, so that it can be put back."""

from datetime import datetime

from domain.orders.model import Answer, Number, Order
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


class Beside(Value, frozen=True):
    """What an action changed beside the numbers.

    `answers`: as they were; `made`: questions that had none. `asides`: settled with it or since, each one taken back
    before it, the last one first. `waits_since`: since when the customer waited for an answer; None: for none.
    """

    answers: tuple[Answer, ...] = ()
    made: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    waits_since: datetime | None = None


class Step(Value, frozen=True):
    """An action on which another one was done while it could still be taken back: all that an action remembers."""

    staff: str
    verb: str
    numbers: tuple[Number, ...]
    reopened: tuple[str, ...]
    repaired: str | None
    note: str | None
    beside: Beside
    orders: tuple[Order, ...] = ()


class Before(Beside, frozen=True):
    """What stood before the last action. `below`: those before it of which nobody was told yet, the oldest first."""

    below: tuple[Step, ...] = ()

    @property
    def beside(self) -> Beside:
        """Return what the last action alone changed."""
        return Beside(self.answers, self.made, self.asides, self.waits_since)

    @classmethod
    def of(cls, step: Step, asides: tuple[Aside, ...], below: tuple[Step, ...]) -> "Before":
        """Return the same of a step that is the last one again."""
        return cls(step.beside.answers, step.beside.made, asides, step.beside.waits_since, below)


NOTHING = Before()
