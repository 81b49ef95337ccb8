"""How much of what strangers send is held in memory at once, by all of them and by one network of theirs."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class NoRoom(Exception):  # noqa: N818 - reads as the answer it is
    """More is held than may be. `is_theirs`: of the very network that sends."""

    def __init__(self, *, is_theirs: bool) -> None:
        super().__init__()
        self.is_theirs = is_theirs


class Room:
    """Counts bytes while they are held. `most`: of all together; `most_of_one`: of one network."""

    def __init__(self, most: int, most_of_one: int) -> None:
        self._most = most
        self._most_of_one = most_of_one
        self._held: Counter[str] = Counter()

    @contextmanager
    def upload(self, network: str) -> Iterator[Callable[[int], None]]:
        """Give what counts each part of an upload; it raises NoRoom for one too many. At the end all is let go."""
        held = 0

        def hold(size: int) -> None:
            nonlocal held
            if self._held[network] + size > self._most_of_one:
                raise NoRoom(is_theirs=True)
            if self._held.total() + size > self._most:
                raise NoRoom(is_theirs=False)
            self._held[network] += size
            held += size

        try:
            yield hold
        finally:
            self._held[network] -= held
            if not self._held[network]:
                del self._held[network]
