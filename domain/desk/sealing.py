"""History's seals, as others see them: how far the chain reaches, and what is wrong with it if anything is."""

from dataclasses import dataclass
from typing import Literal, Protocol

SHORT = 12  # hexadecimal digits of a head that people are shown

Wrong = Literal["changed", "missing", "foreign", "moved", "gap", "unreadable", "unknown_key", "cut", "replaced"]


@dataclass(frozen=True, slots=True)
class Head:
    """How many links there were at some time, and the digest of the last in hexadecimal, or its first digits."""

    count: int
    digest: str

    def __str__(self) -> str:
        """Return what the digest shows and `audit verify --head` takes."""
        return f"{self.count}:{self.digest[:SHORT]}"


@dataclass(frozen=True, slots=True)
class Fault:
    """The first row that is not as it was sealed.

    `changed`: the row or its link; `missing`: the row is gone; `foreign`: it was not written by this desk; `moved`:
    another row was sealed in its place; `gap`: links are gone; `unreadable`: no such row can have been written here;
    `unknown_key`: ENCRYPTION_KEYS lacks its key; `cut`: the chain is shorter than a head that was seen; `replaced`:
    it is another chain. `link` is None for a row that has none.
    """

    wrong: Wrong
    link: int | None
    row: int | None


@dataclass(frozen=True, slots=True)
class Audit:
    """What a look at all of history found. `waiting`: rows that are not sealed yet."""

    head: Head
    waiting: int
    fault: Fault | None = None


class Seals(Protocol):
    """The chain over history. Turns never wait for it: they leave signed rows behind, and a tick adds the links."""

    async def seal(self) -> tuple[int, ...]:
        """Seal what waits, in small batches; returns rows (ids, at most 100) that are not as they were written.

        Two processes at once are harmless, but the second one waits for the first.
        """
        ...

    async def waiting(self) -> int:
        """Return how many rows wait."""
        ...

    async def head(self) -> Head:
        """Return how far the chain reaches."""
        ...


class Sealed(Protocol):
    """Whoever keeps history keeps its seals."""

    @property
    def seals(self) -> Seals:
        """Return the chain over history."""
        ...
