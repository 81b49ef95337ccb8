"""What is known of one losing carrier, and the honest words for one whose own pages nobody has read."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NewType

from domain.readers.pins import ANY_PIN, PinRule

CarrierId = NewType("CarrierId", str)
"""Kept with orders for ever: never rename one."""

NumberClass = Literal["wireless", "landline"]
"""What a carrier's numbers are; home and office lines over cable or internet are "landline" too."""

UNSEEN = "no page of this carrier was found"
_CHECKED = date(2026, 11, 21)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to tell a customer, where it is from (a stored copy of that page), and when that was read."""

    text: str
    source: str
    checked: date = _CHECKED
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Carrier:
    """One line of business that customers leave; a brand that sells mobile and home phone is two of them.

    `pin_life` is how long its transfer PIN works, None where nobody says. `number_as_account_ok` is true where
    the account number is the phone number, or begins with it.
    """

    id: CarrierId
    name: str
    aliases: tuple[str, ...]
    account_hint: Fact
    pin_hint: Fact
    lock_hint: Fact | None = None
    pin_life: timedelta | None = None
    pin_life_source: str = ""
    pin_rule: PinRule = ANY_PIN
    number_as_account_ok: bool = False
    number_class: NumberClass = "wireless"


def advice(text: str, source: str = UNSEEN) -> Fact:
    """Give a fact of a doubtful source; its text says what to ask or where to look."""
    return Fact(text, source, doubtful=True)
