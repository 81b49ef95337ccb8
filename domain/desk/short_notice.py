"""A day that comes so soon that its customer is told urgently, and asked to say that they have read it."""

from datetime import date, timedelta

from domain.desk.dating import is_short_notice
from domain.desk.days_told import news_of
from domain.desk.owing import REPLY
from domain.desk.standing import show_case
from domain.desk.state import Due
from domain.desk.turn import Rows, Turn
from domain.desk.unread import ASKED_DAY, SEEN_DAY, is_set, row_of, seen_day
from domain.desk.unread import SEEN as SEEN
from domain.orders.model import Number
from domain.policy import Policy

RULE = "unseen"  # the due rule by which staff hear that nobody has
WAIT = timedelta(hours=2)


def soon_of(turn: Turn) -> Number | None:
    """Return the number that moves first among those whose day is new and comes at short notice."""
    case, now = turn.the_case(), turn.moment.now
    soon = [n for n in case.numbers if news_of(n, case) and is_short_notice(n, now, turn.policy)]
    return min(soon, key=lambda n: (n.window_start or now, n.id), default=None)


def rows_of(number: Number) -> Rows:
    """Return the button by which the customer says that they have read a day."""
    return row_of(number.port_date or date.min, number.request_id)


def day_in(code: str) -> int:
    """Return the day of such a button by its ordinal; of one that has none a day on which nothing moves."""
    try:
        return date.fromisoformat(code.partition(".")[2]).toordinal()
    except ValueError:
        return date.min.toordinal()


def watch(turn: Turn, number: Number) -> None:
    """Have staff told when nobody has said to have read a day: after two hours, or half the time that is left."""
    now, start, day = turn.moment.now, number.window_start, number.port_date
    if start is not None and day is not None:
        turn.jot(ASKED_DAY, (day.isoformat(),))
        turn.set_due(RULE, number.request_id, day.toordinal(), now + min(WAIT, (start - now) / 2))


def take(turn: Turn, due: Due, _policy: Policy) -> None:
    """Note that the customer has read a day; of one that has moved since they are shown what is so now."""
    case, day = turn.the_case(), date.fromordinal(due.version)
    if not is_set(case, day):
        show_case(turn, "")
        return
    if seen_day(case) != day.isoformat():
        turn.hold(SEEN_DAY, (day.isoformat(),))
        turn.note(SEEN, by="customer")
        turn.end_due(RULE, case.request.id)
        turn.post("thread.seen", {"date": day.isoformat()})
        turn.refresh_card()
    turn.say("notice.seen")


def miss(turn: Turn, due: Due, _policy: Policy) -> None:
    """Tell staff that nobody has read a day that comes soon."""
    case, day = turn.the_case(), date.fromordinal(due.version)
    if is_set(case, day) and seen_day(case) != day.isoformat():
        turn.post("thread.unseen", {"date": day.isoformat()}, buttons=REPLY)
        turn.refresh_card()
