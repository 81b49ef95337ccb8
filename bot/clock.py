"""The time, as everything here asks for it; tests give their own."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson

Now = Callable[[], datetime]

LOOK_EVERY = 0.1  # seconds


def utc_now() -> datetime:
    """Return the time, aware and in UTC."""
    return datetime.now(UTC)


def moved_clock(file: Path, clock: Now = utc_now, ticks: Callable[[], float] = time.monotonic) -> Now:
    """Return a clock that is ahead by the seconds in `file`, for the sandbox, whose page moves time forward.

    The file holds `{"ahead": seconds}` and may change, or come to be, at any time. It may be asked from any thread,
    and never steps back. `ticks`: seconds between two looks at the file.
    """
    return _MovedClock(file, clock, ticks)


class _MovedClock:
    """Looks at the file now and then, and reads it when it is another one."""

    def __init__(self, file: Path, clock: Now, ticks: Callable[[], float]) -> None:
        self._file = file
        self._clock = clock
        self._ticks = ticks
        self._look_at = ticks()
        self._seen = 0
        self._ahead = timedelta(0)

    def __call__(self) -> datetime:
        """Return the time, aware and in UTC."""
        if self._ticks() >= self._look_at:
            self._look_at = self._ticks() + LOOK_EVERY
            self._look()
        return self._clock() + self._ahead

    def _look(self) -> None:
        """Take the file's word, unless there is none to be read, as before the time was ever moved."""
        try:
            changed = self._file.stat().st_mtime_ns
            if changed == self._seen:
                return
            ahead = timedelta(seconds=orjson.loads(self._file.read_bytes())["ahead"])
        except (OSError, ValueError, TypeError, LookupError, OverflowError):
            return
        self._seen = changed
        self._ahead = max(self._ahead, ahead)
