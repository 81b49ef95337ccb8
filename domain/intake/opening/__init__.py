"""What a message of several facts already says: taken only where no second reading is possible."""

import re
from dataclasses import dataclass

from domain.carriers import CarrierId
from domain.intake.opening import leaving, moving, people, places
from domain.intake.opening.saying import Saying, own_words, put_right, signature
from domain.numbers import Phone
from domain.readers.addresses import Address
from domain.readers.names import PersonName
from domain.text import ascii_digits, clean_lines

__all__ = ["LONGEST_OPENING", "Opening", "read_opening"]

LONGEST_OPENING = 1200
"""Characters; of longer messages only a bare list of numbers is read: they are stories."""

_TYPED = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"'})  # noqa: RUF001 - as phones type them
_SPACES = re.compile(r" {2,}")


@dataclass(frozen=True, slots=True)
class Opening:
    """Facts of a message; an empty tuple or None is a question still to ask."""

    numbers: tuple[Phone, ...] = ()
    ring_at: Phone | None = None
    carrier: CarrierId | None = None
    name: PersonName | None = None
    company: str | None = None
    email: str | None = None
    address: Address | None = None


def read_opening(text: str) -> Opening:
    """Take from a message what is certain; never a PIN, never an account number, never the card of a signature."""
    lines = ascii_digits("\n".join(clean_lines(text))).translate(_TYPED)
    if len(lines) > LONGEST_OPENING or not any(c.isalpha() for c in lines):
        return Opening(moving.bare_list(Saying(own_words(lines))))
    saying = Saying(put_right(own_words(lines)), signature(lines))
    bare = moving.bare_list(saying)
    numbers, ring_at = (bare, None) if bare else moving.numbers(saying)
    carrier = leaving.carrier(saying, bare=bool(bare))
    company = people.company(saying)
    return Opening(
        numbers, ring_at, carrier, people.name(saying), company, places.email(saying), places.address(saying)
    )
