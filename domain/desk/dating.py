"""The day on which a request's numbers move: set, or moved to another."""

from datetime import date, datetime, timedelta

from domain.calendar import Days, Hours, add_business_days, is_porting_day, name_of_zone, next_porting_day
from domain.desk.stepping import fits, impossible, move_all
from domain.desk.telling import done
from domain.desk.turn import Turn
from domain.desk.urgent import LATE
from domain.errors import Refused, Unreadable
from domain.intake.about import show_moving
from domain.orders.model import Case, Number
from domain.policy import Policy
from domain.promises.notices import OVERDUE, OVERDUE_AFTER
from domain.readers.dates import read_date
from domain.values import replace
from domain.wordkeys import nested


def set_date(turn: Turn, case: Case, argument: str, policy: Policy) -> None:
    """Have numbers move on a day on which all of them can, each within the window of its class and country."""
    today = turn.moment.now.astimezone(policy.desk_zone).date()
    day = _read(argument, today)
    if not fits(case, "date"):
        raise impossible(case, "date")
    if all(number.port_date == day for number in case.numbers):
        raise Refused("date.same", ref=case.request.ref, date=day_of(day))
    days = policy.days_for(case.numbers)
    _check_day(day, today, policy, days)
    _check_window(day, turn.moment.now, [policy.hours_of(number) for number in case.numbers], days)
    move_all(turn, "date", lambda _n: "scheduled", lambda n: _dated(n, day, policy))
    look_again(turn)
    _say_done(turn, case, day)


def without_day(number: Number) -> Number:
    """Return a number that has no day."""
    return replace(number, port_date=None, window_start=None, window_end=None)


def look_again(turn: Turn) -> None:
    """Look at the request again when the first of its days to come has passed without a move."""
    case, now = turn.the_case().whole, turn.moment.now
    ends = (n.window_end + OVERDUE_AFTER for n in case.numbers if n.phase in LATE and n.window_end is not None)
    later = [at for at in ends if at > now]
    if later:
        turn.set_due(OVERDUE, case.request.id, case.request.version, min(later))


def is_short_notice(number: Number, now: datetime, policy: Policy) -> bool:
    """Tell whether a number moves so soon that its customer has to know of it at once."""
    start, soon = number.window_start, now + timedelta(hours=policy.short_notice)
    return number.phase == "scheduled" and start is not None and now < start < soon


def _dated(number: Number, day: date, policy: Policy) -> Number:
    start, end = policy.hours_of(number).on(day).utc()
    return replace(number, port_date=day, window_start=start, window_end=end)


def _check_window(day: date, now: datetime, hours: list[Hours], days: Days) -> None:
    over = next((each for each in hours if each.on(day).utc()[1] <= now), None)
    if over is not None:
        is_next, zone = day_of(next_porting_day(day, days)), zone_of(over)
        raise Refused("date.window_over", date=day_of(day), end=f"{over.end:%H:%M}", zone=zone, next=is_next)


def first_day(today: date, policy: Policy, days: Days) -> date:
    """Return the first day that can be set, by the policy's lead, whether or not its window is over."""
    earliest = add_business_days(today, policy.shortest_lead, days) if policy.shortest_lead else today
    return earliest if is_porting_day(earliest, days) else next_porting_day(earliest, days)


def last_day(today: date, policy: Policy, days: Days) -> date:
    """Return the last day that can be set, by the policy's lead."""
    return add_business_days(today, policy.longest_lead, days)


def day_of(day: date) -> str:
    """Return a date as staff read it: weekday and ISO date."""
    return f"{day:%a} {day.isoformat()}"


def zone_of(hours: Hours) -> str:
    """Return what the zone of a window is called, as a parameter of a sentence."""
    name = name_of_zone(hours.zone)
    return nested(f"zone.{name}") if name else hours.zone.key.replace("_", " ")


def window_of(hours: Hours) -> str:
    """Return a window by the clocks of its own zone, as a parameter of a sentence."""
    return nested("span.window", start=f"{hours.start:%H:%M}", end=f"{hours.end:%H:%M}", zone=zone_of(hours))


def days_of(case: Case) -> str:
    """Return the days of a request's numbers as staff read them, each once; empty: none."""
    return ", ".join(day_of(day) for day in sorted({n.port_date for n in case.numbers if n.port_date is not None}))


def stands(case: Case) -> dict[str, str]:
    """Return where a request stands, for the sentence `form.here`: its names, numbers, phase and days."""
    days = days_of(case)
    return {
        "ref": case.request.ref,
        "title": case.request.title or "",
        "number": show_moving(case) if case.numbers else "",
        "phase": nested(f"phase.{case.phase}"),
        "date": nested("form.here_date", days=days) if days else "",
    }


def _read(argument: str, today: date) -> date:
    day = read_date(argument, today)
    if not isinstance(day, Unreadable):
        return day
    if not argument.strip():
        raise Refused("date.nothing")
    raise Refused(f"date.{day.code.removeprefix('date.')}", given=argument[:40])


def _say_done(turn: Turn, before: Case, day: date) -> None:
    was, now = days_of(before), turn.moment.now
    soon = [n for n in turn.the_case().numbers if is_short_notice(n, now, turn.policy)]
    starts = [(n.window_start - now).total_seconds() for n in soon if n.window_start is not None]
    short = nested("date.short", hours=str(int(min(starts) // 3600))) if starts else ""
    done(turn, "date.moved" if was else "date.done", date=day_of(day), before=was, short=short)


def _check_day(day: date, today: date, policy: Policy, days: Days) -> None:
    if not is_porting_day(day, days):
        raise Refused("date.no_porting_day", date=day_of(day), next=day_of(next_porting_day(day, days)))
    first, last = first_day(today, policy, days), last_day(today, policy, days)
    earliest = add_business_days(today, policy.shortest_lead, days) if policy.shortest_lead else today
    if not earliest <= day <= last:
        raise Refused(
            "date.too_soon" if day < earliest else "date.too_far",
            date=day_of(day),
            shortest=str(policy.shortest_lead),
            longest=str(policy.longest_lead),
            next=day_of(first if day < earliest else last),
        )
