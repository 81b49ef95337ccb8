"""What a customer reads of the days of their numbers: each number's own, by our clocks and by theirs."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.calendar import shown_there
from domain.desk.dating import zone_of
from domain.desk.urgent import LATE
from domain.numbers import Phone, show
from domain.numbers.zones import zones_of
from domain.orders.model import Case, Number
from domain.policy import Policy
from domain.promises.notices import NOTICES
from domain.wordkeys import LINE, nested

MOST_LINES = 12  # of days that a notice has
SHOWN_NUMBERS = 5  # of those that go the same way


def told_days(case: Case) -> dict[int, str]:
    """Return the day (ISO; empty: none) of each number that the customer was told last, by its id."""
    parts = [each.split("|") for each in (case.request.told or "").split(";")]
    if len(parts) != len(case.numbers):
        return {}
    return {n.id: part[1] if len(part) > 1 else "" for n, part in zip(case.numbers, parts, strict=True)}


def told_day(case: Case) -> str:
    """Return the day (ISO) of the first number that the customer was told last, if it has another; else empty."""
    told, day = told_days(case).get(case.numbers[0].id, ""), case.numbers[0].port_date
    return told if day is not None and told != day.isoformat() else ""


def notice_of(case: Case) -> str:
    """Return the notice of where numbers stand now, by what happened to their days since their customer was told."""
    news = _news(case)
    if news and (len(news) > 1 or len(news[0].numbers) < len(case.numbers)):
        return "notice.days"
    if case.phase == "ported" and _is_early(case):
        return "notice.ported_early"
    return _NOTICES.get((case.phase, news[0].kind), NOTICES[case.phase]) if news else NOTICES[case.phase]


_NOTICES = {("scheduled", "moved"): "notice.date_moved", ("pending_date", "lost"): "notice.date_lost"}


def _is_early(case: Case) -> bool:
    """Tell whether numbers have moved before the day that their customer was told."""
    told, day = told_day(case), case.numbers[0].port_date
    return day is not None and told > day.isoformat()


@dataclass(frozen=True, slots=True)
class News:
    """What happened to the day of some numbers since their customer was told. `kind`: set, moved, lost."""

    kind: str
    told: str
    numbers: tuple[Number, ...]


def _news(case: Case) -> list[News]:
    """Return what is news of days, numbers to which the same happened together, the first day first."""
    told = told_days(case)
    groups: dict[tuple[date, str, str, datetime | None], list[Number]] = {}
    for number in case.numbers:
        before = told.get(number.id, "")
        kind = _kind(number, before)
        if kind:
            key = (number.port_date or date.max, before, kind, number.window_start)
            groups.setdefault(key, []).append(number)
    return [News(key[2], key[1], tuple(groups[key])) for key in sorted(groups, key=lambda key: key[:3])]


def _kind(number: Number, told: str) -> str:
    """Return what happened to a number's day since its customer was told; empty: nothing."""
    if number.phase == "pending_date" and told:
        return "lost"
    if number.phase not in LATE or number.port_date is None or number.port_date.isoformat() == told:
        return ""
    return "moved" if told else "set"


def is_news(number: Number, case: Case) -> bool:
    """Tell whether a number has another day than its customer knows, or none any more."""
    return bool(_kind(number, told_days(case).get(number.id, "")))


def lines_of(case: Case, policy: Policy) -> str:
    """Return what happened to the days, as a parameter, in lines."""
    return LINE.join(_line(each, policy) for each in _news(case)[:MOST_LINES])


def _line(news: News, policy: Policy) -> str:
    numbers = news.numbers
    shown = ", ".join(show(Phone(number.e164)) for number in numbers[:SHOWN_NUMBERS])
    more = f" +{len(numbers) - SHOWN_NUMBERS:,}" if len(numbers) > SHOWN_NUMBERS else ""
    values = {"numbers": f"{shown}{more}", "before": news.told}
    if news.kind == "lost":
        return nested("notice.day.lost", **values)
    there = "_there" if _there_of(numbers, policy) else ""
    return nested(f"notice.day.{news.kind}{there}", **values, **_day(numbers[0]), **window_in(numbers, policy))


def when_of(numbers: tuple[Number, ...], policy: Policy) -> str:
    """Return the window of numbers that move at one time, with what their own clocks show then, as a parameter."""
    key = "span.window_there" if _there_of(numbers, policy) else "span.window"
    return nested(key, **window_in(numbers, policy))


def _day(number: Number) -> dict[str, str]:
    day = number.port_date
    return {} if day is None else {"date": day.isoformat(), "weekday": nested(f"weekday.{day.weekday()}")}


def window_in(numbers: tuple[Number, ...], policy: Policy) -> dict[str, str]:
    """Return window and zone, and the start by the numbers' own clocks, as values of a sentence."""
    first = numbers[0]
    hours = policy.hours_of(first)
    start, end = hours.start, hours.end
    if first.window_start is not None and first.window_end is not None:  # as it was set, whatever policy says by now
        start, end = (at.astimezone(hours.zone).time() for at in (first.window_start, first.window_end))
    return {
        "start": f"{start:%H:%M}",
        "end": f"{end:%H:%M}",
        "zone": zone_of(hours),
        "there": _there_of(numbers, policy),
    }


def _there_of(numbers: tuple[Number, ...], policy: Policy) -> str:
    """Return what the clocks show where numbers are from when their window opens; empty: as ours, or nobody knows.

    A toll-free number is from nowhere, and an area code can have two zones: then our own clock has to do.
    """
    shown = {_shown_at(number, policy) for number in numbers}
    return shown.pop() if len(shown) == 1 else ""


def _shown_at(number: Number, policy: Policy) -> str:
    start = number.window_start
    there = None if start is None else shown_there(start, zones_of(Phone(number.e164)))
    if start is None or there is None or there == start.astimezone(policy.hours_of(number).zone).replace(tzinfo=None):
        return ""
    return f"{there:%H:%M}" if there.date() == number.port_date else f"{there:%Y-%m-%d %H:%M}"
