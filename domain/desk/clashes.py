"""What became a number of ours between the customer's asking and the order: looked at again when it goes out."""

from domain.errors import Refused
from domain.intake.about import moving
from domain.numbers import Phone, show
from domain.numbers.inventory import is_tracking, taken, told_of
from domain.orders.agreed import agreed_of
from domain.orders.model import Case

_MOST_NAMED = 10  # numbers of ours that one refusal names


def _going_out(case: Case) -> tuple[str, ...]:
    """Return the numbers that go out: a list's own are not in the case; others of the request may be ours by now."""
    if agreed_of(case) is not None:
        return (*moving(case), *case.ours)
    return tuple(number.e164 for number in case.numbers)


def check_none_is_ours(case: Case) -> None:
    """Refuse what became ours since the customer named it, number by number, and say what to do."""
    numbers = _going_out(case)
    rings = case.answer("destination") or ()
    ours = told_of([n for n in taken(numbers, case.ours) if n not in rings][:_MOST_NAMED], case.ours, to_staff=True)
    if ours:
        raise Refused("submit.ours", ref=case.request.ref, ours=ours["ours"])
    circles = tuple(e164 for e164 in rings[:1] if is_tracking(e164, case.ours)) or case.circles
    if circles:
        numbers_of = ", ".join(show(Phone(e164)) for e164 in circles[:_MOST_NAMED])
        raise Refused("submit.rings_here", ref=case.request.ref, number=numbers_of)
