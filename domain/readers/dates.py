"""Dates as staff type them: month before day, and never a guess between two readings."""

import re
from datetime import date, timedelta

from domain.errors import Unreadable
from domain.text import ascii_digits, clean

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "mon monday",
            "tue tues tuesday",
            "wed weds wednesday",
            "thu thur thurs thursday",
            "fri friday",
            "sat saturday",
            "sun sunday",
        )
    )
    for name in names.split()
}
_YEARLESS_AHEAD = timedelta(days=183)
"""A date without a year that lies behind is next year's only if that is nearer than half a year."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]{3,9})\.?(?:,? (\d{4}))?")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?")
_NEXT = re.compile(r"(?:(?:next|this|on) )?([a-z]{3,9})\.?")


def read_date(text: str, today: date) -> date | Unreadable:
    """Read a day from today on; a weekday's name is the next such day after today."""
    said = ascii_digits(clean(text))[:40].lower()
    try:
        found = _relative(said, today) or _calendar_day(said, today)
    except (ValueError, OverflowError):
        return Unreadable("date.no_such_day")
    if found is None:
        return Unreadable("date.unclear")
    return Unreadable("date.past", {"date": found.isoformat()}) if found < today else found


def read_past_date(text: str, today: date) -> date | Unreadable:
    """Read a day up to today, like one that stands on a paper; without a year it is the last such day."""
    said = ascii_digits(clean(text))[:40].lower()
    try:
        found = {"today": today, "yesterday": today - timedelta(days=1)}.get(said) or _day_before(said, today)
    except (ValueError, OverflowError):
        return Unreadable("date.no_such_day")
    if found is None:
        return Unreadable("date.unclear")
    return Unreadable("date.no_such_day") if found > today else found


def _day_before(said: str, today: date) -> date | None:
    year, month, day = _pieces(said)
    if month is None or not 1 <= month <= 12:
        return None
    if year:
        return _calendar_day(said, today)
    this = date(today.year, month, day)
    return this if this <= today else date(today.year - 1, month, day)


def _relative(said: str, today: date) -> date | None:
    if said in {"today", "tomorrow"}:
        return today + timedelta(days=int(said == "tomorrow"))
    named = _NEXT.fullmatch(said)
    if not named or named[1] not in _WEEKDAYS:
        return None
    return today + timedelta(days=(_WEEKDAYS[named[1]] - today.weekday() - 1) % 7 + 1)


def _calendar_day(said: str, today: date) -> date | None:
    year, month, day = _pieces(said)
    if month is None or not 1 <= month <= 12:
        return None
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    return _nearest_year(month, day, today)


def _pieces(said: str) -> tuple[str | None, int | None, int]:
    """Give year, month and day as typed; the month is None where the text is no date at all."""
    if iso := _ISO.fullmatch(said):
        return iso[1], int(iso[2]), int(iso[3])
    if slashed := _SLASHED.fullmatch(said):
        return slashed[3], int(slashed[1]), int(slashed[2])
    if first := _DAY_FIRST.fullmatch(said):
        return first[3], _MONTHS.get(first[2]), int(first[1])
    if first := _MONTH_FIRST.fullmatch(said):
        return first[3], _MONTHS.get(first[1]), int(first[2])
    return None, None, 0


def _nearest_year(month: int, day: int, today: date) -> date:
    if (month, day) == (2, 29):
        return _next_leap_day(today)
    this = date(today.year, month, day)
    if this >= today or date(today.year + 1, month, day) - today > _YEARLESS_AHEAD:
        return this
    return date(today.year + 1, month, day)


def _next_leap_day(today: date) -> date:
    """Give February 29 of this year or the next; Raises: ValueError where neither has one."""
    try:
        return date(today.year, 2, 29)
    except ValueError:
        return date(today.year + 1, 2, 29)
