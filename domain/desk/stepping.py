"""A step that takes every number of a request along, and which steps are open to it from where it is."""

from collections.abc import Callable

from domain.desk import holding, letters
from domain.desk.signing import fingerprint
from domain.desk.turn import Turn
from domain.desk.urgent import urgent_of
from domain.errors import Refused
from domain.orders.model import Case, Number
from domain.orders.phases import next_of, possible
from domain.wordkeys import nested

_FOR_WHO_WAITS = ("reply", "take", "takeover", "note")  # what there is to do for a draft that cannot wait


def open_to(case: Case) -> tuple[str, ...]:
    """Return what staff can do to a request from where it is: the table's verbs for all its numbers, and a letter."""
    phases = dict.fromkeys(n.phase for n in case.numbers)
    each = [possible(phase, "staff") for phase in phases]
    common = tuple(verb for verb in each[0] if all(verb in other for other in each)) if each else ()
    if holding.is_held(case):
        common = tuple(verb for verb in common if verb not in holding.HELD_BACK)
    if case.phase == "rejected" and is_told(case):
        common = tuple(verb for verb in common if verb != "reject")
    return (*common, "letter") if letters.may_come(case) else common


def is_told(case: Case) -> bool:
    """Tell whether the customer knows how the numbers stand."""
    return case.request.told == fingerprint(case)


def goal_of(case: Case) -> str | None:
    """Return the one phase to which `advance` takes every number of a request; None: none, or not one."""
    goals = {one_step_on(number) for number in case.numbers}
    return goals.pop() if len(goals) == 1 else None


def one_step_on(number: Number) -> str | None:
    """Return where `advance` takes a number: on its way, or back to it where its customer wanted to cancel."""
    return number.came_from if number.phase == "cancel_requested" else next_of("advance", number.phase, "staff")


def as_it_is(number: Number) -> Number:
    """Return a number that a step changes nothing else of."""
    return number


def move_all(
    turn: Turn, verb: str, after: Callable[[Number], str | None], then: Callable[[Number], Number] = as_it_is
) -> None:
    """Move every number of the case and change it with `then`; refuse when there is none, or one of them cannot."""
    if not turn.the_case().numbers:
        raise impossible(turn.the_case(), verb)
    for number in turn.the_case().numbers:
        target = after(number)
        if target is None:
            raise impossible(turn.the_case(), verb)
        moved = turn.move(number, verb, target, "staff")
        turn.set_number(then(moved))


def impossible(case: Case, verb: str) -> Refused:
    """Return the refusal of a step that does not fit where the request is, with those that do."""
    waits = _FOR_WHO_WAITS if case.phase == "intake" and urgent_of(case) else ()
    can = ", ".join((*open_to(case), *waits))
    key = "staff.impossible" if can else "staff.impossible_none"
    return Refused(key, verb=verb, ref=case.request.ref, phase=nested(f"phase.{case.phase}"), possible=can)
