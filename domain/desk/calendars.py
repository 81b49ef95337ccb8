"""The customer's calendar: files of the days of their numbers, each kept current by the one that follows it."""

from collections.abc import Iterable
from datetime import UTC, datetime

from domain.calendar import ics
from domain.desk.asking import name_of
from domain.desk.turn import Turn
from domain.desk.urgent import LATE
from domain.numbers import Phone, show
from domain.orders.model import Case, Number
from domain.values import Value, replace

KEPT = "calendar"  # beside the answers: every event that the customer was sent, as it was sent last
_AT = "%Y%m%dT%H%M"
_SHOWN_NUMBERS = 5


class Entry(Value, frozen=True):
    """An event that was sent, in UTC. `numbers`: ids of those that move then, the lowest of which names it for good."""

    numbers: tuple[int, ...]
    sequence: int
    start: datetime
    end: datetime
    is_gone: bool = False


def keep_current(turn: Turn) -> None:
    """Owe the customer's calendar what has changed of days to come, and what is no longer so."""
    case, now = turn.the_case(), turn.moment.now
    known, wanted = _known(case), {entry.numbers[0]: entry for entry in _wanted(case, now)}
    news = [_after(known.get(name), entry) for name, entry in wanted.items() if _is_other(known.get(name), entry)]
    gone = [
        replace(entry, sequence=entry.sequence + 1, is_gone=True)
        for name, entry in known.items()
        if name not in wanted and not entry.is_gone and entry.start > now
    ]
    if news:
        _send(turn, "PUBLISH", _words_of(news, known), news)
    if gone:
        _send(turn, "CANCEL", "calendar.gone", gone)
    if news or gone:
        kept = {**known, **{entry.numbers[0]: entry for entry in (*news, *gone)}}
        turn.hold(KEPT, tuple(map(_written, kept.values())))


def _words_of(news: list[Entry], known: dict[int, Entry]) -> str:
    """Return what is said of a file: that it is new where no day stood before, or takes the place of those that did."""
    stood = [name in known and not known[name].is_gone for name in (entry.numbers[0] for entry in news)]
    return "calendar.changed" if all(stood) else "calendar.some" if any(stood) else "calendar.new"


def _wanted(case: Case, now: datetime) -> Iterable[Entry]:
    groups: dict[tuple[datetime, datetime], list[Number]] = {}
    for number in case.numbers:
        start, end = number.window_start, number.window_end
        if number.phase in LATE and start is not None and end is not None and start > now:
            groups.setdefault((start, end), []).append(number)
    return [Entry(tuple(sorted(n.id for n in group)), 0, *times) for times, group in groups.items()]


def _is_other(known: Entry | None, entry: Entry) -> bool:
    return known is None or replace(known, sequence=0) != entry


def _after(known: Entry | None, entry: Entry) -> Entry:
    return entry if known is None else replace(entry, sequence=known.sequence + 1)


def _known(case: Case) -> dict[int, Entry]:
    given = case.answers.get(KEPT)
    entries = map(_read, given.value if given is not None else ())
    return {entry.numbers[0]: entry for entry in entries}


def _written(entry: Entry) -> str:
    times = (f"{at:{_AT}}" for at in (entry.start, entry.end))
    numbers = " ".join(map(str, entry.numbers))
    return "|".join((numbers, str(entry.sequence), *times, "gone" if entry.is_gone else ""))


def _read(kept: str) -> Entry:
    numbers, sequence, start, end, gone = kept.split("|")
    times = [datetime.fromisoformat(at).replace(tzinfo=UTC) for at in (start, end)]
    return Entry(tuple(map(int, numbers.split())), int(sequence), times[0], times[1], bool(gone))


def _send(turn: Turn, method: ics.Method, key: str, entries: list[Entry]) -> None:
    case = turn.the_case()
    shown = {number.id: show(Phone(number.e164)) for number in case.numbers}
    lines = [f"{_written(entry)}|{_named(entry, shown)}" for entry in entries]
    params = {"ref": name_of(case.request), "calendar": "\n".join(lines), "method": method, "made": case.request.ref}
    turn.say(key, {**params, "at": turn.moment.now.isoformat()}, paced=True)


def _named(entry: Entry, shown: dict[int, str]) -> str:
    named = [shown[number] for number in entry.numbers if number in shown]
    more = f" +{len(named) - _SHOWN_NUMBERS}" if len(named) > _SHOWN_NUMBERS else ""
    return ", ".join(named[:_SHOWN_NUMBERS]) + more


def read_owed(calendar: str) -> list[tuple[Entry, str]]:
    """Return the events that a message owes, each with its numbers as they are shown."""
    found = (line.rsplit("|", 1) for line in calendar.split("\n"))
    return [(_read(kept), numbers) for kept, numbers in found]
