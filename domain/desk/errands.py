"""The list of slow work that turns leave behind, as whoever does it takes it up."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from domain.desk.state import Errand, Paper
from domain.values import Value


class Pick(Value, frozen=True):
    """Which errands may be begun: so many of some `kinds` (none named: of any), one of each request at most.

    `apart`: requests (ids) of which none is.
    """

    limit: int
    kinds: tuple[str, ...] = ()
    apart: tuple[int, ...] = ()


class ErrandList(Protocol):
    """Slow work left behind by turns."""

    async def take(self, *picks: Pick) -> list[tuple[Errand, int]]:
        """Lease errands that nobody works on, oldest first, with the number of attempts before this one."""
        ...

    async def prolong(self, errands: Collection[int]) -> None:
        """Begin the leases of these errands (ids) anew, as far as this process still has them."""
        ...

    async def retry(self, errand: Errand, at: datetime) -> None:
        """Give an errand back, to be tried again at `at`."""
        ...

    async def paper(self, paper_id: int) -> Paper | None:
        """Return the paper that an errand is about; its status is `erased` while only its file is left."""
        ...

    async def forget(self, errand: Errand) -> None:
        """End an errand of which nothing is to be heard: with it goes its paper, if that is erased."""
        ...
