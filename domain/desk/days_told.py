"""What a customer reads of the days of their numbers: set, moved, taken back, come early; by our clocks and theirs."""

from domain.calendar import shown_there
from domain.desk.dating import zone_of
from domain.desk.told import told_of
from domain.desk.urgent import LATE
from domain.numbers import Phone
from domain.numbers.zones import zones_of
from domain.orders.model import Case, Number
from domain.orders.phases import UNDATED
from domain.policy import Policy
from domain.promises.notices import NOTICES
from domain.wordkeys import nested

_DATE = 1  # the place of the day in what is told of a number


def told_day(number: Number, case: Case) -> str:
    """Return the day (ISO) of a number that its customer was told last; empty: none."""
    told = told_of(case).get(number.id, ())
    return told[_DATE] if len(told) > _DATE else ""


def news_of(number: Number, case: Case) -> str:
    """Return what happened to a number's day since its customer was told: set, moved, lost; empty: nothing."""
    told = told_day(number, case)
    if number.phase in UNDATED and told:
        return "lost"
    if number.phase not in LATE or number.port_date is None or number.port_date.isoformat() == told:
        return ""
    return "moved" if told else "set"


def notice_of(case: Case) -> str:
    """Return the notice of numbers that all stand alike, by what happened to their day since it was told."""
    first = case.numbers[0]
    if case.phase == "ported" and first.port_date is not None and told_day(first, case) > first.port_date.isoformat():
        return "notice.ported_early"
    return _NOTICES.get((case.phase, news_of(first, case)), NOTICES[case.phase])


_NOTICES = {
    ("scheduled", "moved"): "notice.date_moved",
    **{(phase, "lost"): "notice.date_lost" for phase in UNDATED},
}


def when_of(numbers: tuple[Number, ...], policy: Policy) -> str:
    """Return the window of numbers that move at one time, with what their own clocks show then, as a parameter."""
    window = window_in(numbers, policy)
    return nested("span.window_there" if window["there"] else "span.window", **window)


def window_in(numbers: tuple[Number, ...], policy: Policy) -> dict[str, str]:
    """Return window and zone, and the start by the numbers' own clocks, as values of a sentence."""
    first = numbers[0]
    hours = policy.hours_of(first)
    start, end = hours.start, hours.end
    if first.window_start is not None and first.window_end is not None:  # as it was set, whatever policy says by now
        start, end = (at.astimezone(hours.zone).time() for at in (first.window_start, first.window_end))
    shown = {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}", "zone": zone_of(hours)}
    return {**shown, "there": _there_of(numbers, policy)}


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
