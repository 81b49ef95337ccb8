"""What is known of one losing carrier, and the honest words for one whose own pages nobody has read."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NewType

from domain.readers.pins import ANY_PIN, PinRule

CarrierId = NewType("CarrierId", str)
"""Kept with orders for ever: never rename one."""

NumberClass = Literal["wireless", "landline", "voip", "google_voice"]
"""What a carrier's numbers are; home lines of a phone or cable company are "landline", also over the internet.

Toll-free and fax are properties of a number, not of a carrier.
"""

Country = Literal["US", "CA"]

UNSEEN = "no page of this carrier was found"
READ = date(2026, 11, 22)
"""When the pages named in `read` facts were read; those of the first research were read a day before."""

SHORTEST_LIFE, LONGEST_LIFE = timedelta(hours=1), timedelta(days=30)

_CHECKED = date(2026, 11, 21)
_LIFE = re.compile(r"(\d{1,3})\s*(h|hours?|hrs?|d|days?|w|weeks?)", re.I)
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


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

    `pin_hint` is None where moving a number takes no PIN. `life` says how long its transfer PIN works, as `read_life`
    reads it; None where nobody says. `number_as_account_ok` is true where the account number is the phone number, or
    begins with it. A `reseller` hires its numbers from another carrier, `behind` names those with commas between: to be
    offered, not to be taken for certain. `oddity` is what surprises its customers when they leave.
    """

    id: CarrierId
    name: str
    aliases: tuple[str, ...]
    account_hint: Fact
    pin_hint: Fact | None
    lock_hint: Fact | None = None
    life: Fact | None = None
    pin_rule: PinRule = ANY_PIN
    number_as_account_ok: bool = False
    number_class: NumberClass = "wireless"
    country: Country = "US"
    reseller: bool = False
    behind: Fact | None = None
    oddity: Fact | None = None

    @property
    def pin_life(self) -> timedelta | None:
        """How long its transfer PIN works; None where nobody says."""
        return read_life(self.life.text) if self.life is not None else None

    @property
    def underlying(self) -> tuple[str, ...]:
        """The carriers that may stand behind it."""
        return names_of(self.behind.text) if self.behind is not None else ()


def read_life(text: str) -> timedelta | None:
    """Read how long a transfer PIN works, like "7 days" or "24 hours"; None for anything else, and out of bounds."""
    found = _LIFE.fullmatch(text.strip(" ."))
    life = int(found[1]) * _UNITS[found[2][0].lower()] if found else timedelta()
    return life if SHORTEST_LIFE <= life <= LONGEST_LIFE else None


def names_of(text: str) -> tuple[str, ...]:
    """Return the names in a text that has commas between them."""
    return tuple(name for each in text.split(",") if (name := each.strip(" .")))


def read(text: str, source: str) -> Fact:
    """Give a fact of a page that was read for this table."""
    return Fact(text, source, READ)


def advice(text: str, source: str = UNSEEN) -> Fact:
    """Give a fact of a doubtful source; its text says what to ask or where to look."""
    return Fact(text, source, doubtful=True)


def read_advice(text: str, source: str) -> Fact:
    """Give advice drawn from a page that was read for this table, but is old, second-hand or says it of others."""
    return Fact(text, source, READ, doubtful=True)
