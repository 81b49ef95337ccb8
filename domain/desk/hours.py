"""Customers who wait for an answer of a person's: since when, who is reminded of it, and when somebody is there."""

from datetime import date, datetime, timedelta

from domain.calendar import Window, is_porting_day, next_porting_day
from domain.desk.owing import REPLY
from domain.desk.state import Due
from domain.desk.turn import Turn
from domain.orders.phases import is_ended
from domain.policy import Policy
from domain.values import replace
from domain.wordkeys import nested

NUDGE = "nudge"  # the due rule by which staff are reminded
CLOSED = "closed"  # and the one by which a customer is told when somebody is there
ASK = "ask"  # the one verb, beside a reply, that brings words of staff's to the customer; a notice answers nothing


def wrote(turn: Turn) -> None:
    """Note that the customer waits for the desk; outside its hours they are told once when it opens."""
    case, chat, now = turn.case, turn.chat, turn.moment.now
    if case is None:
        return
    if case.request.waits_since is None:
        _wait(turn, now, now)
    opens = opening(now, turn.policy)
    if opens is not None and chat.hours_told != opens and chat.taken_by is None:
        turn.chat = replace(turn.chat, hours_told=opens)
        turn.set_due(CLOSED, case.request.id, int(opens.timestamp()), now)


def waits_again(turn: Turn, since: datetime, answered_at: datetime) -> None:
    """Let the customer wait as before the words of staff's that were taken back; who was reminded is not again."""
    turn.end_due(NUDGE, turn.the_case().request.id)
    _wait(turn, since, answered_at)


def _wait(turn: Turn, since: datetime, known_at: datetime) -> None:
    turn.wait(since)
    at = working(since, timedelta(minutes=turn.policy.nudge_minutes), turn.policy)
    if turn.policy.nudge_minutes and at >= known_at:
        turn.set_due(NUDGE, turn.the_case().request.id, turn.moment.new_id(), max(at, turn.moment.now))


def answered(turn: Turn) -> None:
    """Let nobody be reminded any more: the customer of the case has been answered."""
    request = turn.the_case().request
    if request.waits_since is not None:
        turn.wait(None)
        turn.end_due(NUDGE, request.id)


def acted(turn: Turn, verb: str) -> None:
    """Take a verb of staff's as an answer, where it brings the customer words of theirs."""
    if verb == ASK and turn.the_case().request.note is not None:
        answered(turn)


def remind(turn: Turn, _due: Due, policy: Policy) -> None:
    """Remind staff, once, of a customer who still waits: in the thread, and whoever has the request directly."""
    request = turn.the_case().request
    if request.waits_since is None:
        return
    since = _local(request.waits_since, policy)
    turn.note("nudged")
    if request.assignee is None:
        key = "talk.nudge_over" if is_ended(request.status) else "talk.nudge"
        turn.post(key, {"since": since, "ref": request.ref}, buttons=REPLY)
        return
    turn.post("talk.nudge_assignee", {"since": since, "assignee": request.assignee}, buttons=REPLY)
    turn.whisper(request.assignee, "talk.nudge_whisper", {"since": since, "ref": request.ref})


def tell_when_open(turn: Turn, due: Due, policy: Policy) -> None:
    """Tell the customer when somebody is there."""
    opens = datetime.fromtimestamp(due.version, policy.desk_zone)
    turn.say(
        "talk.closed",
        {
            "weekday": nested(f"weekday.{opens.weekday()}"),
            "date": opens.date().isoformat(),
            "time": f"{opens:%H:%M}",
            "zone": policy.desk_zone.key.replace("_", " "),
        },
    )


def opening(now: datetime, policy: Policy) -> datetime | None:
    """Return when the desk opens next (aware UTC); None while it is open, or has no hours."""
    if policy.desk_hours is None:
        return None
    days = policy.days_for(())
    day = now.astimezone(policy.desk_zone).date()
    if not is_porting_day(day, days):
        day = next_porting_day(day, days)
    start, end = _hours(day, policy)
    if now >= end:
        start, end = _hours(next_porting_day(day, days), policy)
    return start if now < start else None


def working(now: datetime, span: timedelta, policy: Policy) -> datetime:
    """Return when as much time of the desk's hours has gone by."""
    while policy.desk_hours is not None:
        now = opening(now, policy) or now
        closes = _hours(now.astimezone(policy.desk_zone).date(), policy)[1]
        if now + span <= closes:
            break
        span, now = span - (closes - now), closes
    return now + span


def _hours(day: date, policy: Policy) -> tuple[datetime, datetime]:
    opens, closes = policy.desk_hours or (policy.window_start, policy.window_end)
    return Window(day, opens, closes, policy.desk_zone).utc()


def _local(at: datetime, policy: Policy) -> str:
    """Return a moment as staff read it, by the desk's own clock."""
    return f"{at.astimezone(policy.desk_zone):%a %H:%M}"
