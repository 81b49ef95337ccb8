"""Some of a request's numbers: what staff say a step is about, `#2` for an order of several, or numbers themselves."""

import re

from domain.errors import Refused
from domain.numbers import Phone, show
from domain.numbers.reading import TEN
from domain.orders.model import Case, Number, Order
from domain.text import ascii_digits
from domain.values import Value

STEPS = ("submit", "advance", "reject", "date", "lost", "complete", "cancel", "end", "split", "out", "snapback")
"""Steps of the table of phases that can be about some of a request's numbers."""
FOR_SOME = (*STEPS, "ask", "texting", "works", "close")
"""Verbs that can be about some of a request's numbers."""

_ORDER = re.compile(r"#(\d{1,2})(?![\w-])")
_FOUR = re.compile(r"(?:…|\.{3}|\*|x)?(\d{4})(?![\w/.-])", re.IGNORECASE)
_FOUR_AGAIN = re.compile(r"(?:…|\.{3}|\*|x)?(\d{4})(?=\s+again\s*$)", re.IGNORECASE)  # none of an order number
_JOINT = re.compile(r"(?:\s*[,;&+]\s*|\s+and\s+|\s+)", re.IGNORECASE)
_OWN_FOURS = ("submit",)  # verbs whose own argument may be four digits: an order number
# Verbs whose own argument begins with no figure.
_NO_FIGURES = ("advance", "reject", "complete", "cancel", "split", "lost", "end", "ask", "texting", "works")
_DATED = ("date",)  # verbs whose own argument is a day: four digits before one are a number's
_YEAR = "20"
_BEFORE_MORE = re.compile(r"\s+\S")
_ALONE = ("split", "submit")  # verbs that numbers alone say something to
SHOWN = 5


class Only(Value, frozen=True):
    """The numbers that a step is about; `said`: how they were named, empty for all; `rest`: what stood behind it."""

    numbers: tuple[Number, ...]
    said: str
    rest: str


def read_only(case: Case, verb: str, argument: str) -> Only:
    """Read which numbers a verb is about. Raises Refused for an order, or a whole number, that is not the request's."""
    if verb not in FOR_SOME:
        return Only(case.numbers, "", argument)
    found: dict[int, Number] = {}
    at, text = 0, ascii_digits(argument)
    while (named := _next(case, verb, text, at)) is not None:
        numbers, end = named
        found |= {number.id: number for number in numbers}
        joint = _JOINT.match(text, end)
        at = joint.end() if joint is not None else end
        if joint is None:
            break
    if not found:
        return Only(case.numbers, "", argument)
    chosen = tuple(number for number in case.numbers if number.id in found)
    return Only(chosen, text[:at].strip(" ,;&+:"), argument[at:].lstrip(" :").strip())


def _next(case: Case, verb: str, text: str, at: int) -> tuple[tuple[Number, ...], int] | None:
    """Return the numbers that are named at a place of a text, and where that ends; None: none are."""
    order = _ORDER.match(text, at)
    if order is not None:
        return _of_order(case, int(order[1])), order.end()
    ten = TEN.match(text, at)
    if ten is not None:
        same = tuple(n for n in case.numbers if n.e164 == f"+1{''.join(ten.groups())}")
        if not same and verb not in _OWN_FOURS:
            raise _unknown(case, verb, ten[0])
        return (same, ten.end()) if same else None
    return _by_ending(case, verb, text, at)


def _by_ending(case: Case, verb: str, text: str, at: int) -> tuple[tuple[Number, ...], int] | None:
    """Return the number that is named by its last four digits at a place of a text, and where these end."""
    four = (_FOUR_AGAIN if verb in _OWN_FOURS else _FOUR).match(text, at)
    if four is None:
        return None
    same = ending(case.numbers, four[1])
    is_before_a_day = verb in _DATED and not four[1].startswith(_YEAR) and _BEFORE_MORE.match(text, four.end())
    if len(same) != 1 and (verb in _NO_FIGURES or is_before_a_day):
        raise _unknown(case.about(same), verb, four[0], "only.several") if same else _unknown(case, verb, four[0])
    return (same, four.end()) if len(same) == 1 else None


def _unknown(case: Case, verb: str, given: str, key: str = "only.no_number") -> Refused:
    """Return the refusal of what names none, or more than one, of a case's numbers, with how one is named."""
    first = case.numbers[0].e164 if case.numbers else ""
    example = show(Phone(first)) if key == "only.several" else first[-4:]
    ref = case.request.ref
    return Refused(key, ref=ref, given=given, numbers=named(case.numbers), verb=verb, example=example)


def is_only_which(verb: str, argument: str) -> bool:
    """Tell whether nothing stands behind a request but for which numbers a verb shall be, so that the rest is open."""
    if verb not in FOR_SOME or verb in _ALONE or not argument.strip():
        return False
    text, at = ascii_digits(argument).strip(), 0
    while at < len(text):
        found = _ORDER.match(text, at) or TEN.match(text, at) or (verb in _NO_FIGURES and _FOUR.match(text, at))
        if not found:
            return False
        joint = _JOINT.match(text, found.end())
        at = joint.end() if joint is not None else found.end()
    return True


def _of_order(case: Case, place: int) -> tuple[Number, ...]:
    if not 1 <= place <= len(case.orders):
        raise Refused("only.no_order", ref=case.request.ref, place=str(place), orders=orders_of(case))
    return of_order(case, case.orders[place - 1])


def ending(numbers: tuple[Number, ...], four: str) -> tuple[Number, ...]:
    """Return the numbers that end with four digits: only where it is one does that name it."""
    return tuple(number for number in numbers if number.e164.endswith(four))


def place_of(case: Case, number: Number) -> int:
    """Return the place, from 1, of a number's order among those of its request."""
    return next((place for place, order in enumerate(case.orders, 1) if order.id == number.order_id), 1)


def orders_of(case: Case) -> str:
    """Return the orders of a request with their numbers, as staff read them."""
    return "; ".join(f"#{place} {named(of_order(case, order))}" for place, order in enumerate(case.orders, 1))


def of_order(case: Case, order: Order) -> tuple[Number, ...]:
    """Return the numbers of one of the orders."""
    return tuple(number for number in case.whole.numbers if number.order_id == order.id)


def named(numbers: tuple[Number, ...]) -> str:
    """Return numbers grouped for reading, the first five of many and how many more there are."""
    shown = ", ".join(show(Phone(number.e164)) for number in numbers[:SHOWN])
    more = len(numbers) - SHOWN
    return f"{shown} +{more:,}" if more > 0 else shown
