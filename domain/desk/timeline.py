"""How long a request has stood where: its phases one after the other, as its history tells."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.desk.state import History
from domain.orders.phases import MOVES, PHASES, is_ended
from domain.values import Value

_MOVERS = {move.verb for move in MOVES}
_DAY = timedelta(days=1)


class Period(Value, frozen=True):
    """A time in one phase, from a moment to another; `end` None: until now."""

    phase: str
    start: datetime
    end: datetime | None = None


def periods(history: Iterable[History]) -> tuple[Period, ...]:
    """Return the phases of a request in the order in which they began, oldest row first.

    Where numbers stand in different phases, their times overlap. What was taken back counts as it was: the request
    stood there until then.
    """
    walk = _Walk()
    for row in history:
        walk.take(row)
    return walk.ended()


class _Walk:
    """Goes through history: how many numbers stand in each phase, and since when."""

    def __init__(self) -> None:
        self._standing: dict[str, int] = {}
        self._since: dict[str, datetime] = {}
        self._found: list[Period] = []
        self._moves: list[tuple[str, datetime, str, str]] = []  # verb, time, before, after

    def take(self, row: History) -> None:
        if not self._since and not self._found:
            self._enter("intake", row.at)
        before, arrow, after = row.detail.partition(">")
        if row.what == "undone":
            self._take_back(row)
        elif row.what in _MOVERS and arrow and after in PHASES:
            self._moves.append((row.what, row.at, before, after))
            self._move(before, after, row.at)

    def _take_back(self, row: History) -> None:
        """Lead every number back that the last step of this verb has moved."""
        last = next((move for move in reversed(self._moves) if move[0] == row.detail), None)
        step = [move for move in self._moves if last is not None and move[:2] == last[:2]]
        for move in reversed(step):
            self._moves.remove(move)
            self._move(move[3], move[2], row.at)
        if any(before == after == "rejected" for _, _, before, after in step):
            self._take_back(row)  # a corrected rejection is taken back with the one that it corrected

    def _move(self, before: str, after: str, at: datetime) -> None:
        if before not in self._since and before != after:  # it came there without a step: out of the intake
            before = "intake"
        self._enter(after, at)
        left = self._standing.get(before, 0) - 1
        self._standing[before] = max(0, left)
        if left <= 0 and before in self._since and before != after:
            self._found.append(Period(before, self._since.pop(before), at))

    def _enter(self, phase: str, at: datetime) -> None:
        self._standing[phase] = self._standing.get(phase, 0) + 1
        self._since.setdefault(phase, at)

    def ended(self) -> tuple[Period, ...]:
        """Return what was found, with the phases in which the request stands still; its end is no time."""
        still = [Period(phase, since, since if is_ended(phase) else None) for phase, since in self._since.items()]
        lasting = [each for each in self._found if each.end is None or each.end > each.start]
        return tuple(sorted((*lasting, *still), key=lambda each: each.start))
