"""Local wall clocks and UTC, right on the two odd days of the year."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of one local day, for example 11:30-12:00 in New York. Raises: ValueError if it ends first."""

    date: date
    start: time
    end: time
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError("a window ends after it starts")

    def utc(self) -> tuple[datetime, datetime]:
        """Give start and end as UTC: in a clock's gap both move on, in its repeated hour the first counts."""
        start = _first_instant(datetime.combine(self.date, self.start), self.zone)
        end = _first_instant(datetime.combine(self.date, self.end), self.zone)
        if end > start:
            return start, end
        length = datetime.combine(self.date, self.end) - datetime.combine(self.date, self.start)
        return start, start + length


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of any day by the clocks of their own zone."""

    start: time
    end: time
    zone: ZoneInfo

    def on(self, day: date) -> Window:
        """Return these hours of one day. Raises: ValueError if they end first."""
        return Window(day, self.start, self.end, self.zone)


def local_next(now: datetime, at: time, zone: ZoneInfo, *, weekdays_only: bool) -> datetime:
    """Give the first UTC instant strictly after `now` (aware) when the local clock comes to `at`.

    In a gap it is the next minute that exists, in a repeated hour the first of the two.
    `weekdays_only` judges the local day the run belongs to.
    """
    day = now.astimezone(zone).date() - _DAY
    while True:
        instant = _first_instant(datetime.combine(day, at), zone)
        if instant > now and not (weekdays_only and day.weekday() >= _SATURDAY):
            return instant
        day += _DAY


def _first_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """Give the first instant at which the local clock shows `wall`, or the first it shows after it."""
    early = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if early.astimezone(zone).replace(tzinfo=None) == wall:
        return early
    return _end_of_gap(wall.replace(tzinfo=zone, fold=1).astimezone(UTC), early, zone)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Find the minute the offset changes between two instants on either side of it."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > _MINUTE:
        middle = before + (after - before) // _MINUTE // 2 * _MINUTE
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
