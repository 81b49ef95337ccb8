"""A step that takes every number of a request along, and which steps are open to it from where it is."""

from collections.abc import Callable

from domain.desk import holding, letters
from domain.desk.counting import counted
from domain.desk.only import STEPS, named
from domain.desk.told import is_told
from domain.desk.turn import Turn
from domain.desk.urgent import urgent_of
from domain.desk.wanted import of_customer
from domain.errors import Refused
from domain.numbers import Phone, show
from domain.orders.model import Case, Number
from domain.orders.phases import PAPERS, goals, is_ended, next_of, possible
from domain.wordkeys import nested

ASKED_FROM = ("staff_review", "changes_requested", *PAPERS, "rejected")
"""The phases in which the customer can be asked again, and answers be corrected."""

_LAST = ("end", "cancel")

ENDS = ("not_portable", "failed", "returned")
"""How a move ends that nobody wished to end."""

_FOR_WHO_WAITS = ("reply", "take", "takeover", "note")  # what there is to do for a draft that cannot wait


def open_to(case: Case) -> tuple[str, ...]:
    """Return what staff can do to a request from where it is: the table's verbs for all its numbers, and a letter."""
    common = _common(case)
    if holding.is_held(case):
        common = tuple(verb for verb in common if verb not in holding.HELD_BACK)
    if case.phase == "rejected" and is_told(case):
        common = tuple(verb for verb in common if verb != "reject")
    if not open_ends(case):
        common = tuple(verb for verb in common if verb != "end")
    return (*common, "letter") if letters.may_come(case) else common


def open_ends(case: Case) -> tuple[str, ...]:
    """Return in which ways every number of a request can end from where it is."""
    each = [goals("end", number.phase, "staff", number.number_class) for number in case.numbers]
    return tuple(how for how in ENDS if each and all(how in of_number for of_number in each))


def open_to_any(case: Case) -> tuple[str, ...]:
    """Return in which ways some number of a request can end from where it is."""
    return tuple(how for how in ENDS if any(how in open_ends(case.about((number,))) for number in case.numbers))


def open_to_some(case: Case) -> tuple[str, ...]:
    """Return the steps that are open to some of a request's numbers and not to others, so that these must be named."""
    steps = tuple(verb for verb in STEPS if _some(case, verb))
    return tuple(verb for verb in steps if verb not in holding.HELD_BACK) if holding.is_held(case) else steps


def open_numbers(case: Case, verb: str) -> tuple[Number, ...]:
    """Return the numbers to which a step is open from where each of them is."""
    return tuple(number for number in case.numbers if verb in possible(number.phase, "staff", number.number_class))


def fits(case: Case, verb: str) -> bool:
    """Tell whether the table has a verb of staff's for every number, wherever each of them stands."""
    return verb in _common(case)


def _common(case: Case) -> tuple[str, ...]:
    kinds = dict.fromkeys((n.phase, n.number_class) for n in case.numbers)
    each = [possible(phase, "staff", number_class) for phase, number_class in kinds]
    return tuple(verb for verb in each[0] if all(verb in other for other in each)) if each else ()


def goal_of(case: Case) -> str | None:
    """Return the one phase to which `advance` takes every number of a request; None: none, or not one."""
    goals = {one_step_on(number) for number in case.numbers}
    return goals.pop() if len(goals) == 1 else None


def one_step_on(number: Number) -> str | None:
    """Return where `advance` takes a number: on its way, or back to it where its customer wanted to cancel."""
    if number.phase == "cancel_requested":
        return number.came_from
    return next_of("advance", number.phase, "staff", number.number_class)


def goals_of(case: Case) -> tuple[str, ...]:
    """Return every phase to which `advance` may take all numbers of a request together, the usual one first."""
    each = [_goals(number) for number in case.numbers]
    return tuple(goal for goal in each[0] if all(goal in other for other in each)) if each else ()


def step_to(said: str, number: Number) -> str | None:
    """Return the phase that staff name, where `advance` takes a number there; nothing named: the usual one."""
    if not said or one_step_on(number) is None:
        return one_step_on(number)
    return next((goal for goal in _goals(number) if is_phase(said, goal)), one_step_on(number))


def _goals(number: Number) -> tuple[str, ...]:
    usual = one_step_on(number)
    if number.phase == "cancel_requested":
        return (usual,) if usual else ()
    return goals("advance", number.phase, "staff", number.number_class)


def is_phase(said: str, phase: str) -> bool:
    """Tell whether staff mean a phase: by the beginning of its id, with spaces or without."""
    return phase.replace("_", " ").startswith(said.lower().replace("_", " "))


def as_it_is(number: Number) -> Number:
    """Return a number that a step changes nothing else of."""
    return number


def move_all(
    turn: Turn, verb: str, after: Callable[[Number], str | None], then: Callable[[Number], Number] = as_it_is
) -> None:
    """Move every number of the case and change it with `then`; refuse when there is none, or one of them cannot."""
    if not fits(turn.the_case(), verb):
        raise impossible(turn.the_case(), verb)
    move(turn, turn.the_case().numbers, verb, after, then)


def move(
    turn: Turn,
    numbers: tuple[Number, ...],
    verb: str,
    after: Callable[[Number], str | None],
    then: Callable[[Number], Number],
) -> None:
    """Move some numbers of the case and change them with `then`; refuse when one of them cannot."""
    for number in numbers:
        target = after(number)
        if target is None:
            raise impossible(turn.the_case(), verb)
        moved = turn.move(number, verb, target, "staff")
        turn.set_number(then(moved))


def impossible(case: Case, verb: str) -> Refused:
    """Return the refusal of a step that does not fit where the request is, with what is missing and what fits."""
    some = _some(case, verb)
    if some:
        first, stand = show(Phone(some[0].e164)), counted(n.phase for n in case.numbers)
        ref = case.request.ref
        return Refused("staff.impossible_some", verb=verb, ref=ref, numbers=named(some), first=first, stand=stand)
    can = ", ".join(_leads_on(case))
    return Refused(
        "staff.impossible" if can else "staff.impossible_none",
        verb=verb,
        ref=case.request.ref,
        phase=nested(f"phase.{case.phase}"),
        possible=can,
        owes=_owes(case),
    )


def _some(case: Case, verb: str) -> tuple[Number, ...]:
    """Return those of numbers in several phases to which a verb is open; none where it is to all, or to none."""
    some = open_numbers(case, verb)
    return some if len(some) < len(case.numbers) else ()


def _owes(case: Case) -> str:
    """Return what the customer owes first, and how much more, as a parameter; empty: nothing."""
    owed = of_customer(case)
    if not owed:
        return ""
    what, more = nested(f"staff.answer.{owed[0]}"), len(owed) - 1
    return nested("staff.impossible_owes_more" if more else "staff.impossible_owes", what=what, more=str(more))


def _leads_on(case: Case) -> tuple[str, ...]:
    """Return what can be done with a request that is not over: what leads on first, what ends it last."""
    if is_ended(case.phase):
        return ()
    steps = open_to(case)
    again = ("ask", "edit") if any(n.phase in ASKED_FROM for n in case.numbers) else ()
    waits = _FOR_WHO_WAITS if case.phase == "intake" and urgent_of(case) else ("reply", "note")
    ends = tuple(verb for verb in steps if verb in _LAST)
    return tuple(dict.fromkeys((*(verb for verb in steps if verb not in ends), *again, *waits, *ends)))
