"""Ids made by us: positive 63-bit integers in the order of time."""

import secrets
import time
from collections.abc import Callable
from threading import Lock

_START_MS = 1_767_225_600_000  # 2026-01-01T00:00:00Z; 40 bits of milliseconds last until 2060
_NODE_BITS = 17
_COUNT_BITS = 6
_COUNTS = (1 << _COUNT_BITS) - 1
_TICK = 1 << (_NODE_BITS + _COUNT_BITS)


class Ids:
    """Gives ids: 40 bits of milliseconds since 2026, 17 random bits of this process, 6 bits of a counter.

    Ids of one process only grow, whatever the clock does; more than 64 in a millisecond borrow from the next one.
    """

    def __init__(self, clock_ns: Callable[[], int] = time.time_ns, node: int | None = None) -> None:
        self._clock_ns = clock_ns
        self._node = (secrets.randbits(_NODE_BITS) if node is None else node) << _COUNT_BITS
        self._lock = Lock()
        self._last = 0

    def __call__(self) -> int:
        """Return an id greater than every one before it."""
        with self._lock:
            fresh = (self._clock_ns() // 1_000_000 - _START_MS) * _TICK + self._node
            last = self._last
            if fresh <= last:
                fresh = last + 1 if last & _COUNTS != _COUNTS else last - _COUNTS + _TICK
            self._last = fresh
            return fresh
