"""What a step is, and how it is made of a request as it stands."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from domain.calendar import next_porting_day
from domain.intake.repairs import reasons_of
from domain.orders.model import Case, Number
from domain.orders.phases import goals
from tests.domain.ways import Answers
from tests.machine.house import House
from tests.machine.taken import SIDE, STEP, Goal, last_refusal

Act = Callable[[House], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody can do. `aims`: what it hopes to take; a step without any is only tried."""

    label: str
    act: Act
    aims: tuple[Goal, ...] = ()

    @property
    def is_last(self) -> bool:
        """Tell whether it may well be the last one: it ends the move, or is meant to."""
        return self.label.startswith(("end ", "cancel", "nobody comes"))


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers that stand alike. `said`: how staff name them, empty for all of the request."""

    numbers: tuple[Number, ...]
    said: str

    @property
    def first(self) -> Number:
        """Return the first of them."""
        return self.numbers[0]


class Basis:
    """What all parties look at: one request. `answers`: what its customer answers; `wanted`: whether a goal is open."""

    def __init__(self, house: House, request_id: int, answers: Answers, wanted: Callable[[Goal], bool]) -> None:
        self.house, self.id, self.answers, self.wanted = house, request_id, answers, wanted
        self.case: Case = house.case(request_id)
        self.groups = tuple(self._groups())

    def _groups(self) -> Iterator[Group]:
        numbers = self.case.numbers
        if len({n.phase for n in numbers}) == 1:
            yield Group(numbers, "")
        if len(numbers) > 1:
            yield from (Group((number,), number.e164[-4:]) for number in numbers)

    def _goals(self, group: Group, verb: str) -> tuple[str, ...]:
        """Return where staff can take all numbers of a group by a verb; one that wants to stop goes where it was."""
        number = group.first
        if verb == "advance" and number.phase == "cancel_requested":
            return (number.came_from,) if number.came_from else ()
        return goals(verb, number.phase, "staff", number.number_class)

    def _step(self, verb: str, after: str, actor: str = "staff", *, number: Number | None = None) -> Goal:
        number = number or self.case.numbers[0]
        return (STEP, number.number_class, verb, number.phase, after, actor)

    def _verb(self, verb: str, said: str, group: Group, goal: str, *aims: Goal) -> Step:
        hopes = (self._step(verb, goal, number=group.first),) if goal else ()
        some = ((SIDE, "parts", f"some {verb}"),) if group.said else ()
        return self._plain(verb, f"{group.said} {said}".strip(), *hopes, *some, *aims)

    def _plain(self, verb: str, said: str, *aims: Goal) -> Step:
        undone = (SIDE, "undo", f"undone {verb}")
        return Step(f"{verb} {said}".strip(), partial(House.do_verb, verb=verb, said=said, of=self.id), (*aims, undone))

    def _day(self, days: int) -> str:
        """Return a day on which numbers of the case move, some days from today."""
        policy, today = self.house.policy, self.house.now.astimezone(self.house.policy.desk_zone).date()
        day: date = next_porting_day(today + timedelta(days=days), policy.days_for(self.case.numbers))
        return day.isoformat()

    def _back(self, verb: str, actor: str) -> tuple[Goal, ...]:
        came_from = [n.came_from for n in self.case.numbers if n.phase == "cancel_requested" and n.came_from]
        return tuple(self._step(verb, phase, actor) for phase in came_from)

    def _several(self) -> tuple[Goal, ...]:
        """Return what is taken when numbers go out again that were refused for more than one reason."""
        return ((SIDE, "repair", "several reasons"),) if len(self._codes()) > 1 else ()

    def _codes(self) -> tuple[str, ...]:
        """Return for what numbers were refused, also of one that was given in place of a refused one."""
        codes = tuple(reason.code for reason in reasons_of(self.case))
        is_new = any(number.phase == "rejected" for number in self.case.numbers) and not codes
        return last_refusal(self.house.history) if is_new else codes
