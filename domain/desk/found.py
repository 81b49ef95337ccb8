"""What staff find and count, beyond one request: lines, stories, figures, messages that did not get through."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from domain.desk.finding import Search
from domain.desk.lines import Line
from domain.desk.state import History, Owed
from domain.papers.verdicts import LetterBoard
from domain.values import Value


class Story(Value, frozen=True):
    """What happened to a request, oldest first, without people's words."""

    ref: str
    history: tuple[History, ...]


class Undelivered(Value, frozen=True):
    """A message that ended dead or held, with all that it needs to be sent again.

    `reason`: why, as a code. `ref`: of the request that it is about, or that its chat talks about; None: of neither.
    """

    owed: Owed
    at: datetime
    reason: str
    ref: str | None


class Moved(Value, frozen=True):
    """A number that has moved. `days`: from its request's beginning until then."""

    number_class: str
    carrier: str
    attempts: int
    days: float


class Figures(Value, frozen=True):
    """What was done since a moment. `opened`: requests that came to the desk. `completed`: requests, `moved`: numbers.

    `rejected`: how often for which reason; `deeds`: how often who of the staff (a Slack user id) did what.
    """

    opened: int
    completed: int
    moved: tuple[Moved, ...]
    rejected: Mapping[str, int]
    deeds: Mapping[tuple[str, str], int]


class Exported(Value, frozen=True):
    """A request as a row of an export, without anything that is secret. `id`: pages of an export go on behind it."""

    id: int
    line: Line
    company: str
    carrier: str
    carrier_order: str | None
    created_at: datetime
    changed_at: datetime


class FindingBoard(LetterBoard, Protocol):
    """What staff look up across requests."""

    async def lines(
        self, *, status: str | None, limit: int, offset: int, assignee: str | None = None, is_snoozed: bool = False
    ) -> tuple[Line, ...]:
        """Return open requests (or those of one status, or of one person), longest unchanged first.

        Those that are snoozed are left out, or with `is_snoozed` the only ones.
        """
        ...

    async def find(self, search: Search) -> tuple[Line, ...]:
        """Return the requests that a search means, a page of them in its order."""
        ...

    async def count(self, search: Search) -> int:
        """Return how many requests a search means, on all its pages."""
        ...

    async def story(self, ref: str) -> Story | None:
        """Return all that happened to a request; None where there is none of that reference."""
        ...

    async def exported(self, search: Search, after: int) -> tuple[Exported, ...]:
        """Return the first requests of a search with a greater id as rows of an export, in the order of ids.

        What changes between two pages comes in neither of them twice, and pushes nothing else out of both.
        """
        ...

    async def figures(self, since: datetime) -> Figures:
        """Return what was done since a moment."""
        ...

    async def undelivered(self, limit: int) -> tuple[Undelivered, ...]:
        """Return messages that ended dead or held within a month and can be sent again, newest first."""
        ...

    async def undelivered_one(self, owed_id: int) -> Undelivered | None:
        """Return one of them; None once it was sent again or dropped."""
        ...
