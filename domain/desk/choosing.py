"""Which of a request's numbers a verb can be about, where staff are asked for which it shall be."""

from collections.abc import Callable

from domain.desk import sending_back, texting
from domain.desk.stepping import open_numbers
from domain.intake.trial import on_trial, still_to_verify, tried_in
from domain.orders.model import Case, Number


def numbers_for(case: Case, verb: str) -> tuple[Number, ...]:
    """Return the numbers to which a verb is open from where each of them is."""
    return _OPEN[verb](case) if verb in _OPEN else open_numbers(case, verb)


def means_all_it_fits(verb: str) -> bool:
    """Tell whether a verb without numbers is about those that it fits, wherever the others are."""
    return verb in ("ask", "texting", "works")


def _to_verify(case: Case) -> tuple[Number, ...]:
    here = {e164 for question in tried_in(case) for e164 in still_to_verify(case, question)}
    return tuple(number for number in case.numbers if number.e164 in here)


def _on_trial(case: Case) -> tuple[Number, ...]:
    return tuple(number for number in case.numbers if number.e164 in on_trial(case))


_OPEN: dict[str, Callable[[Case], tuple[Number, ...]]] = {
    "ask": sending_back.asked_of,
    "texting": texting.of_these,
    "works": _to_verify,
    "close": _on_trial,
}
