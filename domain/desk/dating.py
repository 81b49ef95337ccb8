"""The day on which a request's numbers move: set, or moved to another."""

from datetime import date

from domain.calendar import Window, add_business_days, is_porting_day, next_porting_day
from domain.desk.stepping import fits, impossible, move_all
from domain.desk.telling import done
from domain.desk.turn import Turn
from domain.errors import Refused, Unreadable
from domain.intake.about import show_moving
from domain.orders.model import Case
from domain.policy import Policy
from domain.promises.notices import OVERDUE, OVERDUE_AFTER
from domain.readers.dates import read_date
from domain.values import replace
from domain.wordkeys import nested


def set_date(turn: Turn, case: Case, argument: str, policy: Policy) -> None:
    """Have every number of the request move on a day, within the policy's window."""
    today = turn.moment.now.astimezone(policy.desk_zone).date()
    day = _read(argument, today)
    if not fits(case, "date"):
        raise impossible(case, "date")
    if all(number.port_date == day for number in case.numbers):
        raise Refused("date.same", ref=case.request.ref, date=day_of(day))
    _check_day(day, today, policy)
    window = Window(day, policy.window_start, policy.window_end, policy.desk_zone)
    start, end = window.utc()
    if end <= turn.moment.now:
        is_next = day_of(next_porting_day(day))
        raise Refused("date.window_over", date=day_of(day), end=f"{policy.window_end:%H:%M}", next=is_next)
    move_all(
        turn,
        "date",
        lambda _n: "scheduled",
        lambda n: replace(n, port_date=day, window_start=start, window_end=end),
    )
    turn.set_due(OVERDUE, case.request.id, turn.the_case().request.version, end + OVERDUE_AFTER)
    _say_done(turn, case, day)


def first_day(today: date, policy: Policy) -> date:
    """Return the first day that can be set, by the policy's lead, whether or not its window is over."""
    earliest = add_business_days(today, policy.shortest_lead) if policy.shortest_lead else today
    return earliest if is_porting_day(earliest) else next_porting_day(earliest)


def last_day(today: date, policy: Policy) -> date:
    """Return the last day that can be set, by the policy's lead."""
    return add_business_days(today, policy.longest_lead)


def day_of(day: date) -> str:
    """Return a date as staff read it: weekday and ISO date."""
    return f"{day:%a} {day.isoformat()}"


def window_of(policy: Policy) -> str:
    """Return the window in which numbers move, by the desk's own clock, as a parameter of a sentence."""
    return nested("span.hours", start=f"{policy.window_start:%H:%M}", end=f"{policy.window_end:%H:%M}")


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
    was = days_of(before)
    done(turn, "date.moved" if was else "date.done", date=day_of(day), before=was)


def _check_day(day: date, today: date, policy: Policy) -> None:
    if not is_porting_day(day):
        raise Refused("date.no_porting_day", date=day_of(day), next=day_of(next_porting_day(day)))
    first, last = first_day(today, policy), last_day(today, policy)
    earliest = add_business_days(today, policy.shortest_lead) if policy.shortest_lead else today
    if not earliest <= day <= last:
        raise Refused(
            "date.too_soon" if day < earliest else "date.too_far",
            date=day_of(day),
            shortest=str(policy.shortest_lead),
            longest=str(policy.longest_lead),
            next=day_of(first if day < earliest else last),
        )
