"""The time by which both platforms live: this computer's, and as far ahead of it as somebody has moved it."""

import json
import sys
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from sandbox import keep

ZONE = ZoneInfo("America/Los_Angeles")
KEPT_IN = "clock.json"
LONGEST_STEP = 366 * 86_400.0  # seconds
FURTHEST = 10 * LONGEST_STEP
MORNING = time_of_day(9)

_DAY = timedelta(days=1)
_SATURDAY = 5


class Clock:
    """Goes forward only, by steps too; `path` keeps how far, and whoever reads it there goes along."""

    def __init__(self, path: Path | None = None, zone: ZoneInfo = ZONE) -> None:
        self.zone = zone
        self._path = path
        self._ahead = _kept(path) if path else 0.0

    @property
    def ahead(self) -> float:
        """How many seconds this clock is ahead of the computer's."""
        return self._ahead

    def now(self) -> float:
        """Return unix seconds."""
        return time.time() + self._ahead

    def local(self) -> datetime:
        """Return the time as the desk's wall shows it."""
        return datetime.fromtimestamp(self.now(), UTC).astimezone(self.zone)

    def forward(self, seconds: float) -> None:
        """Go forward by a step. Raises: ValueError, when it is none, or too far; OSError, when it cannot be kept."""
        if not 0 < seconds <= LONGEST_STEP:
            raise ValueError(f"forward must be a number of seconds between 0 and {LONGEST_STEP:.0f}")
        if self._ahead + seconds > FURTHEST:
            raise ValueError("the clock is ten years ahead already; empty the sandbox's folder to begin anew")
        ahead = self._ahead + seconds
        if self._path:
            keep.write(self._path, json.dumps({"ahead": ahead}).encode())
        self._ahead = ahead

    def to_morning(self) -> None:
        """Go forward to the next nine o'clock of a day on which numbers move, as `forward` does."""
        self.forward((next_morning(self.local()) - self.local()).total_seconds())

    def porting_day(self, number: int) -> date:
        """Return the `number`th day after today on which numbers move."""
        day = self.local().date()
        while number:
            day += _DAY
            number -= is_porting_day(day)
        return day


def next_morning(local: datetime) -> datetime:
    """Return the first nine o'clock after `local`, in its zone, of a day on which numbers move."""
    day = local.date()
    while not is_porting_day(day) or datetime.combine(day, MORNING, local.tzinfo) <= local:
        day += _DAY
    return datetime.combine(day, MORNING, local.tzinfo)


def is_porting_day(day: date) -> bool:
    """Say whether numbers move on a day (47 CFR 52.35: Monday to Friday, federal holidays excluded)."""
    return day.weekday() < _SATURDAY and day not in _holidays(day.year)


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[date]:
    from holidays import country_holidays  # imported when time is moved: it takes a third of a second

    return frozenset(country_holidays("US", years=year, observed=True))


def _kept(path: Path) -> float:
    """Read how far the clock is ahead; a file that cannot be is set aside, and time is the computer's again."""
    try:
        ahead = _read(path)
    except keep.DamagedError as wrong:
        aside = keep.set_aside(path)
        sys.stderr.write(f"{path} is damaged ({wrong}); it is now {aside.name}, and time is the computer's.\n")
        return 0.0
    return ahead


def _read(path: Path) -> float:
    kept = keep.read(path)
    ahead = 0.0 if kept is None else kept.get("ahead")
    if not isinstance(ahead, float | int) or not 0 <= ahead <= FURTHEST:
        raise keep.DamagedError("it holds no number of seconds")
    return float(ahead)
