"""What the rest of storage needs of a database's hand; `storage.sqlite` and `storage.postgres` each have one."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from domain.desk.state import Decide, Key, Outcome
from storage.loading import Run
from storage.noted import Noted

T = TypeVar("T")


class Hand(Protocol):
    """Runs turns, rare writes and reads."""

    noted: Noted

    async def turn(self, key: Key, event_id: str, decide: Decide) -> Outcome:
        """Decide and commit."""
        ...

    async def write(self, work: Callable[[Connection], T], then: Callable[[T], None] | None = None) -> T:
        """Do `work` in a transaction of its own; `then` is called on the event loop in the order of commits."""
        ...

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in a transaction that only reads."""
        ...

    def run_on(self, connection: Connection) -> Run:
        """Return what runs the turns' statements within this connection's transaction."""
        ...

    async def close(self) -> None:
        """Write what waits and end the threads."""
        ...
