"""Holidays from first principles and local clocks by their offsets: shares no code with `domain.calendar`.

US: 5 U.S.C. 6103, and Executive Order 11582 for the day observed. Canada: Canada Labour Code, sections 166 and 193.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
MON, THU, FRI, SAT, SUN = 0, 3, 4, 5, 6


def nth(year: int, month: int, weekday: int, n: int) -> date:
    """Walk a month until a weekday has come for the nth time."""
    day, seen = date(year, month, 1) - DAY, 0
    while seen < n:
        day += DAY
        seen += day.weekday() == weekday
    return day


def last_monday(year: int, month: int) -> date:
    """Walk a month backward to its last Monday."""
    day = date(year, month, 31)
    while day.weekday() != MON:
        day -= DAY
    return day


def monday_before(day: date) -> date:
    """Walk backward to the Monday before a day."""
    day -= DAY
    while day.weekday() != MON:
        day -= DAY
    return day


def easter(year: int) -> date:
    """Return Easter Sunday by the prayer book's tables: the Sunday after the ecclesiastical full moon."""
    golden = year % 19 + 1
    century = year // 100 + 1
    solar = 3 * century // 4 - 12
    lunar = (8 * century + 5) // 25 - 5
    sunday = 5 * year // 4 - solar - 10
    epact = (11 * golden + 20 + lunar - solar) % 30
    epact += epact == 24 or (epact == 25 and golden > 11)
    moon = 44 - epact
    moon += 30 if moon < 21 else 0
    march = moon + 7 - (sunday + moon) % 7
    return date(year, 3, 1) + DAY * (march - 1)


def american(year: int) -> set[date]:
    """Return the federal holidays of a year, with the days on which they are observed; of the next New Year's, too."""
    fixed = [date(year, *each) for each in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))] + [date(year + 1, 1, 1)]
    found = {nth(year, 1, MON, 3), nth(year, 2, MON, 3), last_monday(year, 5), nth(year, 9, MON, 1)}
    found |= {nth(year, 10, MON, 2), nth(year, 11, THU, 4)}
    for day in fixed:
        found |= {day, day - DAY if day.weekday() == SAT else day + DAY if day.weekday() == SUN else day}
    return found


def canadian(year: int) -> set[date]:
    """Return the ten general holidays of a year, with the working days in place of those on a weekend."""
    found = {easter(year) - 2 * DAY, monday_before(date(year, 5, 25)), nth(year, 9, MON, 1), nth(year, 10, MON, 2)}
    for day in (date(year, *each) for each in ((1, 1), (7, 1), (9, 30), (11, 11))):
        monday = day + DAY * (7 - day.weekday())
        found |= {day, monday} if day.weekday() in (SAT, SUN) else {day}
    christmas = date(year, 12, 25)
    found |= {christmas, christmas + DAY}
    free = christmas + 2 * DAY
    for _ in range(sum(day.weekday() in (SAT, SUN) for day in (christmas, christmas + DAY))):
        while free.weekday() in (SAT, SUN):
            free += DAY
        found.add(free)
        free += DAY
    return found


@lru_cache
def off(country: str, year: int) -> frozenset[date]:
    """Return a year's holidays of a country."""
    return frozenset(american(year) if country == "US" else canadian(year))


def moves_on(day: date, *countries: str) -> bool:
    """Tell whether numbers of these countries move on a day."""
    return day.weekday() not in (SAT, SUN) and not any(day in off(country, day.year) for country in countries)


def nth_day_after(day: date, n: int, *countries: str) -> date:
    """Walk on until so many days have come on which numbers move."""
    while n:
        day += DAY
        n -= moves_on(day, *countries)
    return day


def midnight(year: int, month: int) -> datetime:
    """Return the beginning of a month (naive UTC)."""
    return datetime(year, month, 1, tzinfo=UTC).replace(tzinfo=None)


@lru_cache
def spans(name: str, first: int, last: int) -> list[tuple[datetime, timedelta]]:
    """Return a zone's offsets from the first year to the last, each with the minute (naive UTC) at which it begins."""
    zone, at, end = ZoneInfo(name), midnight(first - 1, 12), midnight(last + 1, 2)
    found = [(at, _offset(at, zone))]
    while at < end:
        if _offset(at + DAY, zone) != found[-1][1]:
            minute = at
            while _offset(minute, zone) == found[-1][1]:
                minute += MINUTE
            found.append((minute, _offset(minute, zone)))
        at += DAY
    return found


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.replace(tzinfo=UTC).astimezone(zone).utcoffset() or timedelta(0)


def first_instant(name: str, wall: datetime, first: int, last: int) -> datetime:
    """Return the first minute (naive UTC) at which a zone's clocks show a wall time, or are past it on that day."""
    known = spans(name, first, last)
    for place, (begin, offset) in enumerate(known):
        end = known[place + 1][0] if place + 1 < len(known) else midnight(last + 2, 1)
        if begin + offset <= wall:
            if wall - offset < end:
                return wall - offset
        elif wall < begin + offset:
            return begin  # the clocks jumped over it
    raise AssertionError(wall)
