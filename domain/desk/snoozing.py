"""A request that leaves the staff's lists for a while, and comes back by itself."""

import re
from datetime import date, datetime, time, timedelta

from domain.calendar import local_next
from domain.desk.state import Due
from domain.desk.telling import done
from domain.desk.turn import Turn
from domain.errors import Refused, Unreadable
from domain.orders.model import Case
from domain.orders.phases import is_ended
from domain.policy import Policy
from domain.readers.dates import read_date
from domain.text import clean
from domain.values import replace
from domain.wordkeys import nested

OFF = "off"
RULE = "snooze"
LONGEST = timedelta(days=90)
_MOMENT = timedelta(microseconds=1)
_SPAN = re.compile(r"(?:in |for )?(?P<many>\d{1,4}|an?|one) ?(?P<unit>h|hrs?|hours?|d|days?|w|weeks?)", re.IGNORECASE)


def snooze(turn: Turn, case: Case, argument: str, policy: Policy) -> None:
    """Let a request rest for hours, or until the morning of a day; or wake it now."""
    if argument.strip().lower() == OFF:
        if case.request.snoozed_until is None:
            raise Refused("snooze.none", ref=case.request.ref)
        rest_until(turn, None)
        turn.note("snooze_off")
        done(turn, "snooze.off")
        return
    if is_ended(case.phase):
        raise Refused("snooze.over", ref=case.request.ref, phase=nested(f"phase.{case.phase}"))
    until = _read_until(argument, turn.moment.now, policy)
    rest_until(turn, until)
    turn.note("snoozed", detail=until.isoformat())
    done(turn, "snooze.done", until=local(until, policy))


def rest_until(turn: Turn, until: datetime | None) -> None:
    """Let the request rest until then, or with None no longer."""
    request = turn.the_case().request
    turn.set_request(replace(request, snoozed_until=until))
    if until is None:
        turn.end_due(RULE, request.id)
    else:
        turn.set_due(RULE, request.id, int(until.timestamp()), until)


def come_back(turn: Turn, _due: Due, _policy: Policy) -> None:
    """Wake a request whose time has come, by a post that names who has it; one that has ended comes back quietly."""
    request = turn.the_case().request
    if request.snoozed_until is None or request.snoozed_until > turn.moment.now:
        return
    turn.set_request(replace(request, snoozed_until=None))
    turn.note("snooze_over")
    turn.refresh_card()
    if is_ended(turn.the_case().phase):
        return
    if request.assignee is not None:
        turn.post("thread.snooze_over", {"assignee": request.assignee})
    else:
        turn.post("thread.snooze_over_nobody", {"ref": request.ref})


def local(at: datetime, policy: Policy) -> str:
    """Return a moment as staff read it, by the desk's own clock."""
    return f"{at.astimezone(policy.desk_zone):%a %Y-%m-%d %H:%M}"


def _read_until(said: str, now: datetime, policy: Policy) -> datetime:
    """Return until when; a day means its morning, when the desk's digest comes. Raises Refused."""
    today = now.astimezone(policy.desk_zone).date()
    span = _SPAN.fullmatch(clean(said))
    if span is not None and span["unit"][0] in "hH":
        until = now + timedelta(hours=_many(span))
    else:
        until = _morning(_day(said, span, today), policy)
    if until <= now:
        raise Refused("snooze.past", given=clean(said)[:40])
    if until > now + LONGEST:
        raise Refused("snooze.too_long", longest=str(LONGEST.days))
    return until


def _day(said: str, span: re.Match[str] | None, today: date) -> date:
    if span is not None:
        return today + timedelta(days=_many(span) * (7 if span["unit"][0] in "wW" else 1))
    day = read_date(said, today)
    if not isinstance(day, Unreadable):
        return day
    if day.code == "date.past":
        raise Refused("snooze.past", given=clean(said)[:40])
    given = clean(said)[:40]
    raise Refused("snooze.unclear", given=given) if given else Refused("snooze.nothing")


def _many(span: re.Match[str]) -> int:
    return int(span["many"]) if span["many"].isdecimal() else 1


def _morning(day: date, policy: Policy) -> datetime:
    midnight = datetime.combine(day, time.min, policy.desk_zone)
    return local_next(midnight - _MOMENT, policy.digest_at, policy.desk_zone, weekdays_only=False)
