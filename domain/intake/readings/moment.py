"""A day with a time of day as customers type it: "tomorrow at 10", "Tuesday 2pm", "monday morning", "in two hours"."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import Window
from domain.errors import Unreadable
from domain.readers.dates import read_date
from domain.text import ascii_digits, clean, words_of

LONGEST = 60  # characters of what is read as a time
UNCLEAR = "time.unclear"  # the code of what is no time at all
_PARTS = {
    "morning": time(10),
    "noon": time(12),
    "midday": time(12),
    "afternoon": time(14),
    "evening": time(18),
    "night": time(20),
}
_CLOCK = re.compile(
    r"\b(?:at |around |about )?(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?"
    r"(?: ?(?P<half>[ap])\.?m\b\.?| ?o'?clock)?(?![\d/:-])(?: in the (?P<part>morning|afternoon|evening))?"
)
_PART = re.compile(rf"\b(?:(?:in the|at|this) )?({'|'.join(_PARTS)})\b")
_SPAN = re.compile(r"in (?:about )?(an?|half an|one|two|three|four|five|six|\d{1,3}) (minutes?|mins?|hours?|hrs?)")
_COUNTS = {"a": 1, "an": 1, "half an": 0.5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_BEFORE = words_of(
    "please ok okay yes let's lets how what about say maybe make it better rather can could we do move change to i on"
    " the pin transfer get have fetch"
)
_BEHIND = words_of("please thanks thank you would be is works good fine great better my time then instead")
_IS_A_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}(?:/\d{2,4})?")
_DAY_OF_MONTH = re.compile(r"\b([a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th) (?:of )?[a-z]{3,9})\b")
_NO_DAY = re.compile(
    r"(?:(?:some ?time|any ?time|one day|a day|early|late) )?(?:in )?(?:(?:the )?(?:next|this|following|coming) )"
    r"(?:few )?(?:weeks?|months?|weekend|days)"
)
_MOVES, _THURSDAY = "thanksgiving", 3
_HOLIDAYS = {  # month and day; of Thanksgiving, the fourth Thursday, the first that it can be
    _MOVES: (11, 22), "christmas": (12, 25), "christmas eve": (12, 24),
    "new year's": (1, 1), "new year's eve": (12, 31),
}  # fmt: skip
_OFFICE = 7  # o'clock: a lower figure without am or pm is meant in the afternoon
_NOON, _MIDNIGHT = 12, 24


def read_moment(text: str, now: datetime, zone: ZoneInfo) -> datetime | Unreadable:
    """Read a moment by the clocks of a zone, as aware UTC; what lies behind is given as it was said.

    A time without a day is today's. An hour without am or pm is one of an office's day: 7 to 11 in the morning.
    Unreadable: `time.unclear`, `pin_at.no_time` (a day alone), `pin_at.no_day` (a week),
    `pin_at.no_such` (a day or an hour that there is not).
    """
    said = _without_manners(ascii_digits(clean(text)).lower().replace("tonight", "today night"))
    if len(said) > LONGEST:
        return Unreadable(UNCLEAR)
    span = _SPAN.fullmatch(said)
    if span is not None:
        each = timedelta(hours=1) if span[2].startswith("h") else timedelta(minutes=1)
        return now + each * (_COUNTS[span[1]] if span[1] in _COUNTS else int(span[1]))
    return _on_a_day(said, now, zone)


def _on_a_day(said: str, now: datetime, zone: ZoneInfo) -> datetime | Unreadable:
    rest, at = _clock_in(said)
    today = now.astimezone(zone).date()
    if _NO_DAY.fullmatch(rest):
        return Unreadable("pin_at.no_day")
    day = _day(rest, today)
    if at is None:
        return Unreadable("pin_at.no_time" if rest and isinstance(day, date) else UNCLEAR)
    if isinstance(day, Unreadable):
        return Unreadable(UNCLEAR if day.code == "date.unclear" else "pin_at.no_such")
    return _instant(day, at, zone) if isinstance(at, time) else at


def _without_manners(said: str) -> str:
    words = said.split()
    while words and words[0].strip(",.") in _BEFORE:
        words.pop(0)
    while words and words[-1].strip(" .!?,") in _BEHIND:
        words.pop()
    return " ".join(words).strip(" .!?,")


def _day(rest: str, today: date) -> date | Unreadable:
    """Read the day beside a time; one that lies behind is given as it is."""
    if rest in ("", "today", "this"):
        return today
    if rest in ("day after tomorrow", "the day after tomorrow"):
        return today + timedelta(days=2)
    if rest == "yesterday":
        return today - timedelta(days=1)
    if (holiday := rest.replace("\u2019", "'").removeprefix("on ").removesuffix(" day")) in _HOLIDAYS:
        return _next_holiday(holiday, today)
    found = read_date(rest, today)
    is_past = isinstance(found, Unreadable) and found.code == "date.past"
    return date.fromisoformat(found.params["date"]) if isinstance(found, Unreadable) and is_past else found


def _next_holiday(name: str, today: date) -> date:
    """Return the next day, today included, that has a name in the United States."""
    month, day = _HOLIDAYS[name]
    years = (date(year, month, day) for year in (today.year, today.year + 1))
    days = (first + timedelta(days=(_THURSDAY - first.weekday()) % 7 if name == _MOVES else 0) for first in years)
    return next(each for each in days if each >= today)


def _clock_in(said: str) -> tuple[str, time | Unreadable | None]:
    """Return what is left of a text without its time of day, and that; None: it has none."""
    covered = _covered(said)
    found = next((each for each in reversed([*_CLOCK.finditer(covered)])), None)
    part = _PART.search(said)
    if found is None:
        return (_left(said, part.start(), part.end()), _PARTS[part[1]]) if part else (said, None)
    is_within = part is not None and not found.start() <= part.start() < found.end()
    word = part[1] if part is not None else ""
    rest = _left(said, found.start(), found.end())
    rest = _left(rest, *_span_of(rest)) if is_within else rest
    is_bare = not rest and found[0].strip().isdecimal()  # a figure alone may be anything
    return rest, None if is_bare else _time(found, word)


def _covered(said: str) -> str:
    """Return a text in which the figures of days are blanks of the same length: they are no hours."""
    blank = _IS_A_DATE.sub(lambda found: " " * len(found[0]), said)
    return _DAY_OF_MONTH.sub(lambda found: found[0] if _is_clock_word(found[0]) else " " * len(found[0]), blank)


def _is_clock_word(said: str) -> bool:
    """Tell whether a word before a figure is not a month's name: "monday 10" has an hour."""
    return isinstance(read_date(said, date(2026, 1, 1)), Unreadable)


def _span_of(rest: str) -> tuple[int, int]:
    found = _PART.search(rest)
    return found.span() if found is not None else (0, 0)


def _left(said: str, start: int, end: int) -> str:
    return re.sub(r"\s+", " ", f"{said[:start]} {said[end:]}").strip(" ,.@-")


def _time(found: re.Match[str], part: str) -> time | Unreadable:
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half or part:
        if not 1 <= hour <= _NOON:
            return Unreadable("pin_at.no_such")
        is_late = half == "p" or (not half and part != "morning")
        hour = hour % _NOON + (_NOON if is_late else 0)
    elif 1 <= hour < _OFFICE:
        hour += _NOON
    return time(hour, minute) if hour < _MIDNIGHT and minute < 60 else Unreadable("pin_at.no_such")


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    return Window(day, at, time.max, zone).utc()[0]
