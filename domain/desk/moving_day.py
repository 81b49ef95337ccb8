"""The days around a move: what its customer is told before, and the desk on its morning and after its window.

THE table of reminders is `_times`. What was said of a day, or was over before the day was set, is kept beside the
answers, so that nothing is said twice or lost, however often the day moves away and comes back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.calendar import Window, is_porting_day
from domain.desk.asking import name_of
from domain.desk.days_told import when_of
from domain.desk.keeping import Numbers
from domain.desk.overdue import overdue_days
from domain.desk.owing import Rows
from domain.desk.state import Changes, Due, Moment, State
from domain.desk.turn import Turn
from domain.desk.urgent import LATE
from domain.intake.about import show_numbers
from domain.intake.choices import Choice
from domain.orders.agreed import shown
from domain.orders.model import Case, Number
from domain.policy import Policy
from domain.promises.notices import OVERDUE_AFTER
from domain.wordkeys import nested

RULE = "moving"  # the due rule of the next reminder of a request
MORNING = "morning"  # the one by which the desk reads what moves today
SETTLED = "reminded"  # beside the answers: each reminder that is said or was too late, as `<ISO day> <reminder>`
AHEAD = 3  # business days before the move on which the customer is asked to look at everything once more

_BY_DAY = time(10, 0)  # of the desk's clock: early enough to act on, late enough for people in the west
_EARLIEST = time(7, 0)  # nobody is woken by the reminder of the day itself
_BEFORE = timedelta(hours=1)  # the window, if that is not too early
_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to be said of a day: `id` names its words, `at` when, `until` from when it would be wrong."""

    id: str
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """Numbers that move together: on a day, in a window (UTC)."""

    day: date
    start: datetime
    end: datetime
    numbers: tuple[Number, ...]

    def goes_on(self, before: "Day") -> bool:
        """Tell whether this is a day that was set before, whatever numbers have left or joined it since."""
        is_same = (self.day, self.start, self.end) == (before.day, before.start, before.end)
        return is_same and not {n.id for n in self.numbers}.isdisjoint(n.id for n in before.numbers)

    def mark(self, reminder: Reminder) -> str:
        """Return by which name it is kept that a reminder of this day is settled."""
        return f"{self.day.isoformat()} {reminder.id}"


def days_of_case(case: Case) -> tuple[Day, ...]:
    """Return the days that are set for numbers of a request, the first one first."""
    groups: dict[tuple[date, datetime, datetime], list[Number]] = {}
    for number in case.numbers:
        key = _key(number)
        if key is not None:
            groups.setdefault(key, []).append(number)
    return tuple(Day(*key, tuple(numbers)) for key, numbers in sorted(groups.items()))


def _key(number: Number) -> tuple[date, datetime, datetime] | None:
    if number.phase not in LATE or number.port_date is None:
        return None
    if number.window_start is None or number.window_end is None:
        return None
    return number.port_date, number.window_start, number.window_end


def _times(each: Day, policy: Policy) -> tuple[Reminder, ...]:
    """Return what is said of a day and when: days before, the day before, that morning, and after the window."""
    ahead, eve = (_at(day, _BY_DAY, policy) for day in (_days_ahead(each, policy), each.day - _DAY))
    morning = min(max(_at(each.day, _EARLIEST, policy), each.start - _BEFORE), each.start)
    return (
        Reminder("ahead", ahead, eve),
        Reminder("eve", eve, _at(each.day, time.min, policy)),
        Reminder("today", morning, each.end),
        Reminder("over", each.end, each.end + OVERDUE_AFTER),
    )


def _at(day: date, clock: time, policy: Policy) -> datetime:
    return Window(day, clock, time.max, policy.desk_zone).utc()[0]


def _days_ahead(each: Day, policy: Policy) -> date:
    """Return the day so many business days before, by the holidays that count for its numbers."""
    day, left, days = each.day, AHEAD, policy.days_for(each.numbers)
    while left:
        day -= _DAY
        left -= is_porting_day(day, days)
    return day


def _settled(case: Case) -> tuple[str, ...]:
    given = case.answers.get(SETTLED)
    return given.value if given is not None else ()


def follow(turn: Turn, verb: str) -> None:
    """Plan anew after a verb of staff's that set, moved or ended a day, or took that back.

    What a day that was just set comes too late for is not said: the notice of the day says it all.
    """
    before = turn.state.case
    old, new = days_of_case(before) if before is not None else (), days_of_case(turn.the_case())
    if old == new:
        return
    if verb == "undo":
        _forget(turn, {each.day.isoformat() for each in old} - {each.day.isoformat() for each in new})
    else:
        _let_pass(turn, tuple(day for day in new if not any(day.goes_on(known) for known in old)))
    plan(turn)


def _forget(turn: Turn, days: set[str]) -> None:
    """Forget what was settled of days that were taken back, as if they had never been set."""
    known = _settled(turn.the_case())
    kept = tuple(mark for mark in known if mark.partition(" ")[0] not in days)
    if kept:
        turn.jot(SETTLED, kept)
    elif known:
        turn.drop(SETTLED)


def _let_pass(turn: Turn, days: tuple[Day, ...]) -> None:
    told_at = turn.moment.now + turn.policy.undo
    _settle(turn, [day.mark(each) for day in days for each in _times(day, turn.policy) if each.at <= told_at])


def _settle(turn: Turn, marks: list[str]) -> None:
    """Keep what is settled; of a day that has passed, and stands no more, nothing has to be known."""
    case, today = turn.the_case(), turn.moment.now.astimezone(turn.policy.desk_zone).date().isoformat()
    known, standing = _settled(case), {each.day.isoformat() for each in days_of_case(case)}
    every = ((mark.partition(" ")[0], mark) for mark in dict.fromkeys((*known, *marks)))
    kept = tuple(mark for day, mark in every if day >= today or day in standing)
    if kept != known:
        turn.jot(SETTLED, kept)


def plan(turn: Turn) -> None:
    """Have the next reminder decided in its time; with none left, none."""
    case = turn.the_case()
    at = min((each.at for _, each in _open(case, turn.policy)), default=None)
    if at is None:
        turn.end_due(RULE, case.request.id)
    else:
        turn.set_due(RULE, case.request.id, turn.moment.new_id(), max(at, turn.moment.now))


def _open(case: Case, policy: Policy) -> Iterator[tuple[Day, Reminder]]:
    settled = _settled(case)
    for day in days_of_case(case):
        yield from ((day, each) for each in _times(day, policy) if day.mark(each) not in settled)


def remind(turn: Turn, _due: Due, policy: Policy) -> None:
    """Say what has come to its time and is still true, then wait for the next."""
    now = turn.moment.now
    ripe = [(day, each) for day, each in _open(turn.the_case(), policy) if each.at <= now]
    for day, each in ripe:
        if now < each.until:
            _say(turn, day, each)
    _settle(turn, [day.mark(each) for day, each in ripe])
    plan(turn)


def _say(turn: Turn, day: Day, reminder: Reminder) -> None:
    if reminder.id == "over":
        if not overdue_days(turn.the_case(), turn.moment.now):
            turn.refresh_card()
            turn.post("thread.window_over", {"number": _shown(day)}, buttons=_WHAT_CAME)
        return
    params = _params(turn, day)
    turn.note("reminded", detail=day.mark(reminder))
    turn.say(f"reminder.{reminder.id}", params, _rows(turn, reminder), paced=True)
    turn.mail(f"reminder.{reminder.id}", params)


_WHAT_CAME: Rows = ((Choice("complete", "staff.button.complete"), Choice("date", "staff.button.date")),)


def _params(turn: Turn, day: Day) -> dict[str, str]:
    return {
        "ref": name_of(turn.the_case().request),
        "number": _shown(day),
        "date": day.day.isoformat(),
        "weekday": nested(f"weekday.{day.day.weekday()}"),
        "window": when_of(day.numbers, turn.policy),
        "rings": _rings(turn.the_case()),
    }


def _shown(day: Day) -> str:
    return show_numbers(tuple(number.e164 for number in day.numbers))


def _rings(case: Case) -> str:
    """Return where calls will ring, as a sentence's parameter."""
    given = case.answers.get("destination")
    if given is None or given.value == ("none",):
        return nested("reminder.rings_nowhere")
    return nested("reminder.rings_at", number=shown(given.value))


def _rows(turn: Turn, reminder: Reminder) -> Rows:
    """Return the button that changes where calls ring, while there is still time."""
    case = turn.the_case()
    if reminder.id == "today" or "destination" not in case.answers:
        return ()
    return ((Choice("ring", "button.ring", {"form": f"{case.request.id}.0"}),),)


# what the whole desk reads on the morning


def tell_desk(state: State, moment: Moment, numbers: Numbers, policy: Policy) -> Changes:
    """Post what moves today, where the digest would say so only when it is over, and arrange for the next morning."""
    turn, zone = Turn(state, moment, "clock", policy), policy.desk_zone
    today = moment.now.astimezone(zone).date()
    opens, closes = policy.hours.on(today).utc()
    moving = ", ".join(line.ref for line in numbers.dates_today)
    is_told_by_digest = _at(today, policy.digest_at, policy) <= opens
    if moving and moment.now < closes and not is_told_by_digest:  # once it is over, it was told of too late
        turn.post_to_desk("desk.moves_today", {"today": moving, "start": f"{opens.astimezone(zone):%H:%M}"})
    arrange(turn, policy)
    return turn.changes()


def arrange(turn: Turn, policy: Policy) -> None:
    """Set the next weekday's morning: an hour before the window opens, which has a clock of its own."""
    day = turn.moment.now.astimezone(policy.desk_zone).date()
    while day.weekday() >= _SATURDAY or _morning_of(day, policy) <= turn.moment.now:
        day += _DAY
    at = _morning_of(day, policy)
    turn.set_due(MORNING, 0, int(at.timestamp()), at)


def _morning_of(day: date, policy: Policy) -> datetime:
    opens = policy.hours.on(day).utc()[0]
    return max(opens - _BEFORE, min(_at(day, _EARLIEST, policy), opens))
