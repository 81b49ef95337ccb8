"""Some of a request's numbers: what staff say a step is about, `#2` for an order of several, or numbers themselves."""

import re

from domain.errors import Refused
from domain.numbers import Phone, show
from domain.numbers.reading import TEN
from domain.orders.model import Case, Number, Order
from domain.text import ascii_digits
from domain.values import Value

STEPS = ("submit", "advance", "reject", "date", "lost", "complete", "cancel", "end", "split", "out", "snapback")
"""Verbs that can be about some of a request's numbers."""

_ORDER = re.compile(r"#(\d{1,2})(?![\w-])")
_FOUR = re.compile(r"(?:…|\.{3}|\*|x)?(\d{4})(?![\w/.-])", re.IGNORECASE)
_FOUR_AGAIN = re.compile(r"(?:…|\.{3}|\*|x)?(\d{4})(?=\s+again\s*$)", re.IGNORECASE)  # none of an order number
_JOINT = re.compile(r"(?:\s*[,;&+]\s*|\s+and\s+|\s+)", re.IGNORECASE)
_OWN_FOURS = ("submit",)  # verbs whose own argument may be four digits: an order number
_NO_FIGURES = ("advance", "reject", "complete", "cancel", "split", "lost")  # verbs whose own argument begins with none
SHOWN = 5


class Only(Value, frozen=True):
    """The numbers that a step is about; `said`: how they were named, empty for all; `rest`: what stood behind it."""

    numbers: tuple[Number, ...]
    said: str
    rest: str


def read_only(case: Case, verb: str, argument: str) -> Only:
    """Read which numbers a verb is about. Raises Refused for an order, or a whole number, that is not the request's."""
    if verb not in STEPS:
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
            raise Refused("only.no_number", ref=case.request.ref, given=ten[0], numbers=named(case.numbers))
        return (same, ten.end()) if same else None
    four = (_FOUR_AGAIN if verb in _OWN_FOURS else _FOUR).match(text, at)
    same = ending(case.numbers, four[1]) if four is not None else ()
    if four is not None and not same and verb in _NO_FIGURES:
        raise Refused("only.no_number", ref=case.request.ref, given=four[0], numbers=named(case.numbers))
    return (same, four.end()) if four is not None and len(same) == 1 else None


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
