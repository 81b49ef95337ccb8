"""What one of the staff sees first: the desk's open requests in sections, one of them open."""

from datetime import date, datetime
from typing import Protocol

from domain.desk.lines import Line
from domain.values import Value

SECTIONS = (
    "mine", "unassigned", "desk", "customer", "carrier",
    "today", "week", "stale", "unanswered", "undelivered", "urgent",
)  # fmt: skip
"""What each is: domain/desk/home.py has no rules of its own for them; `storage.home` finds them."""

NEXT_DAYS = 7  # the days of `week`, today and those after it


class Glance(Value, frozen=True):
    """What one of the staff looks at. `section`: one of SECTIONS, empty for the first that has anything.

    `today` is the desk's local date; `stale_before`: what has not changed since then is stale.
    """

    user: str
    today: date
    stale_before: datetime
    section: str = ""
    offset: int = 0
    limit: int = 10


class Seen(Value, frozen=True):
    """What a glance finds: how many requests each section has, which one is open, and its lines of this page."""

    counts: dict[str, int]
    section: str
    lines: tuple[Line, ...]


class HomeBoard(Protocol):
    """What the app's Home is filled from."""

    async def home(self, glance: Glance) -> Seen:
        """Return the sections' counts and the open one's lines: mine by what is due first, else longest unchanged."""
        ...
