"""When a customer fetches the transfer PIN with the desk: which times can be, how they are shown, and which is set.

The desk's hours count, on its business days; of a desk that named none those of an office. A customer reads them by the
clocks of where the numbers are from, else by the desk's.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from domain.calendar import Window, is_porting_day, name_of_zone, next_porting_day
from domain.desk.pin_age import TO_GO_OUT, lacks_the_pin
from domain.intake.choices import Choice
from domain.intake.given import Rows
from domain.numbers import Phone
from domain.numbers.zones import zones_of
from domain.orders.model import Case
from domain.orders.phases import is_ended
from domain.policy import Policy
from domain.values import Value
from domain.wordkeys import nested

AT = "pin_at"  # beside the questions: when (ISO, UTC) the PIN is fetched; behind it ASKED, once the time has come
RULE = "pin_at"  # the due rule of that time, and of the end of the wait for the PIN after it
OFFER = "pin_offer"  # the due rule by which a time is offered once all papers are in
CODE = "at"  # before the point in the code of a button: what follows is a time (in seconds), or one of the next two
MOVE, DROP = "move", "drop"
ASKED = "asked"
OFFICE = (time(9), time(17))
OFFERED_IN = ("staff_review", "rejected", "needs_attention")  # nothing but the PIN is still to come, or little
FURTHEST = timedelta(days=14)
MOST = 4  # times to choose from
_ON_ONE_DAY = 2
_SOONEST = timedelta(minutes=30)  # from now to a time that is offered
_HOUR = timedelta(hours=1)
_NOON = 12


class Appointment(Value, frozen=True):
    """When the PIN is fetched (aware UTC). `is_due`: the time has come, and the customer was asked."""

    at: datetime
    is_due: bool


def set_time(case: Case) -> Appointment | None:
    """Return the time that is set; None: none is."""
    given = case.answers.get(AT)
    return None if given is None else Appointment(datetime.fromisoformat(given.value[0]), ASKED in given.value)


def is_awaited(case: Case, now: datetime) -> bool:
    """Tell whether a PIN has still to come for something that goes out."""
    return any(n.phase in TO_GO_OUT for n in case.numbers) and not is_ended(case.phase) and lacks_the_pin(case, now)


def may_be_named(case: Case, now: datetime) -> bool:
    """Tell whether a time can be named for a PIN: the desk has all else, so it may be wanted any day."""
    return case.phase in OFFERED_IN and is_awaited(case, now)


# which times


def hours_on(day: date, policy: Policy) -> Window | None:
    """Return when somebody is at the desk on a day; None: nobody is."""
    opens, closes = policy.desk_hours or OFFICE
    return Window(day, opens, closes, policy.desk_zone) if is_porting_day(day, policy.days_for(())) else None


def why_not(at: datetime, now: datetime, policy: Policy) -> str:
    """Return why a time can't be, as the ending of a wording key; empty: it can."""
    window = hours_on(at.astimezone(policy.desk_zone).date(), policy)
    if at <= now:
        return "past"
    if at > now + FURTHEST:
        return "too_far"
    if window is None:
        return "closed_day"
    opens, closes = window.utc()
    return "" if opens <= at < closes else "outside"


def next_times(now: datetime, policy: Policy) -> tuple[datetime, ...]:
    """Return the next times to choose from, two of a day: full hours at the desk, the day's first and a later one."""
    return tuple(islice(_times(now, policy), MOST))


def _times(now: datetime, policy: Policy) -> Iterator[datetime]:
    days, day = policy.days_for(()), now.astimezone(policy.desk_zone).date()
    for _ in range(MOST + 1):
        window = hours_on(day, policy)
        hours = [at for at in _full_hours(window) if at >= now + _SOONEST] if window is not None else []
        yield from dict.fromkeys((hours[0], hours[len(hours) // _ON_ONE_DAY]) if hours else ())
        day = next_porting_day(day, days)


def _full_hours(window: Window) -> Iterator[datetime]:
    opens, closes = window.utc()
    at = opens if not window.start.minute else opens + timedelta(minutes=60 - window.start.minute)
    while at + _HOUR <= closes:
        yield at
        at += _HOUR


# how they are shown


def zone_for(case: Case, policy: Policy, now: datetime) -> ZoneInfo:
    """Return the zone by whose clocks a customer reads times: that of all numbers, where their clocks show the same."""
    zones = {zone for number in case.numbers for zone in zones_of(Phone(number.e164))}
    shown = {now.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for zone in zones}
    return ZoneInfo(min(zones)) if len(shown) == 1 else policy.desk_zone


def to_customer(at: datetime, case: Case, policy: Policy) -> dict[str, str]:
    """Return what a customer reads of a time: by their clock, and by ours where that differs."""
    zone = zone_for(case, policy, at)
    there, ours = at.astimezone(zone), at.astimezone(policy.desk_zone)
    is_other = there.replace(tzinfo=None) != ours.replace(tzinfo=None)
    key = f"pin_at.ours_{_half(ours)}"
    return {
        "weekday": nested(f"weekday.{there.weekday()}"),
        "date": there.date().isoformat(),
        "time": clock(there),
        "their_zone": zone_name(zone),
        "ours": nested(key, clock=_figures(ours), zone=zone_name(policy.desk_zone)) if is_other else "",
    }


def in_status(case: Case, policy: Policy) -> str:
    """Return the line that tells a customer of the time that is set, as a parameter; empty: none is."""
    named = set_time(case)
    if named is None:
        return ""
    if named.is_due:
        return nested("pin_at.status_now")
    zone = zone_for(case, policy, named.at)
    there = named.at.astimezone(zone)
    day = {"weekday": nested(f"weekday.{there.weekday()}"), "date": there.date().isoformat()}
    return nested(f"pin_at.status_{_half(there)}", clock=_figures(there), zone=zone_name(zone), **day)


def to_staff(at: datetime, case: Case, policy: Policy) -> dict[str, str]:
    """Return what staff read of a time: by the desk's clock, and by the customer's where that differs."""
    there, ours = at.astimezone(zone_for(case, policy, at)), at.astimezone(policy.desk_zone)
    is_other = there.replace(tzinfo=None) != ours.replace(tzinfo=None)
    there_too = nested("thread.pin_there", there=f"{there:%a %H:%M}") if is_other else ""
    return {"at": f"{ours:%a %Y-%m-%d %H:%M}", "there": there_too}


def hours_of_desk(case: Case, policy: Policy, now: datetime) -> dict[str, str]:
    """Return from when to when a time can be, by the customer's clock, and whose clock that is."""
    zone, days = zone_for(case, policy, now), policy.days_for(())
    opens, closes = policy.desk_hours or OFFICE
    today = now.astimezone(policy.desk_zone).date()
    day = today if is_porting_day(today, days) else next_porting_day(today, days)
    start, end = (at.astimezone(zone) for at in Window(day, opens, closes, policy.desk_zone).utc())
    return {"opens": clock(start), "closes": clock(end), "their_zone": zone_name(zone)}


def clock(local: datetime) -> str:
    """Return a time of day as a parameter of a sentence."""
    return nested(f"clock.{_half(local)}", clock=_figures(local))


def zone_name(zone: ZoneInfo) -> str:
    """Return what a zone is called, as a parameter of a sentence."""
    name = name_of_zone(zone)
    return nested(f"zone.{name}") if name else zone.key.replace("_", " ")


def _figures(local: datetime) -> str:
    return f"{local.hour % _NOON or _NOON}:{local:%M}"


def _half(local: datetime) -> str:
    return "am" if local.hour < _NOON else "pm"


# buttons, good at any time


def rows(case: Case, now: datetime, policy: Policy) -> Rows:
    """Return a button for each of the next times."""
    zone = zone_for(case, policy, now)
    return tuple((_button(at.astimezone(zone), now.astimezone(zone).date(), case),) for at in next_times(now, policy))


def _button(local: datetime, today: date, case: Case) -> Choice:
    form, ahead = {"form": f"{case.request.id}.0"}, (local.date() - today).days
    label = {0: "today", 1: "tomorrow"}.get(ahead, "day")
    shown = {"weekday": nested(f"weekday.{local.weekday()}"), "date": local.date().isoformat(), "time": clock(local)}
    return Choice(f"{CODE}.{int(local.timestamp())}", f"button.pin_at.{label}", {**shown, **form})


def change_rows(case: Case) -> Rows:
    """Return the buttons by which a time that is set is moved or dropped."""
    form = {"form": f"{case.request.id}.0"}
    return (
        (Choice(f"{CODE}.{MOVE}", "button.pin_at.move", form), Choice(f"{CODE}.{DROP}", "button.pin_at.drop", form)),
    )


def name_row(case: Case) -> Rows:
    """Return the button by which a time can be named."""
    return ((Choice(f"{CODE}.{MOVE}", "button.pin_at.name", {"form": f"{case.request.id}.0"}),),)


def rows_of_put_off(case: Case, now: datetime) -> Rows:
    """Return that button where a PIN was put off, without a time, and all else is here."""
    is_put_off = case.answer("pin") == ("later",) and AT not in case.answers
    return name_row(case) if is_put_off and may_be_named(case, now) else ()
