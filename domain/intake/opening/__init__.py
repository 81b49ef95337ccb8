"""What a message of several facts already says: taken only where no second reading is possible."""

import re
from dataclasses import dataclass

from domain.carriers import CarrierId
from domain.intake.opening import leaving, moving, people, places
from domain.intake.opening import lines as lines_of
from domain.intake.opening.implied import is_of_another
from domain.intake.opening.saying import Saying, own_words, put_right, signature
from domain.numbers import Phone
from domain.numbers.spans import read_spans
from domain.numbers.verdicts import SERVED, Served
from domain.readers.addresses import Address
from domain.readers.names import PersonName
from domain.text import ascii_digits, clean_lines

__all__ = ["LONGEST_OPENING", "Opening", "is_spoken_of", "read_opening"]

LONGEST_OPENING = 1200
"""Characters; of longer messages only a bare list of numbers is read: they are stories."""
_LONGEST_BESIDE = 20
"""Words; in a longer message a number that no word beside it gives a part may have any."""

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
    is_fax: bool = False


def read_opening(text: str, served: Served = SERVED) -> Opening:
    """Take from a message what is certain; never a PIN, never an account number, never the card of a signature."""
    lines = ascii_digits("\n".join(clean_lines(text))).translate(_TYPED)
    if len(lines) > LONGEST_OPENING or not any(c.isalpha() for c in lines):
        return Opening(_bare(Saying(own_words(lines), served=served)))
    saying = Saying(put_right(own_words(lines)), signature(lines), served)
    bare = _bare(saying)
    numbers, ring_at = (bare, None) if bare else _moving(saying)
    carrier = leaving.carrier(saying, bare=bool(bare))
    company, name = people.company(saying), people.name(saying)
    whose = company or (name.full if name is not None else "")
    return Opening(
        numbers, ring_at, carrier, name, company, places.email(saying), places.address(saying, whose),
        is_fax=lines_of.is_fax(saying),
    )  # fmt: skip


def is_spoken_of(text: str, served: Served = SERVED) -> bool:
    """Tell whether a message says of its number that it is one to call, somebody else's, or anything but to move."""
    said = ascii_digits("\n".join(clean_lines(text))).translate(_TYPED)
    return "?" in said or len(said.split()) > _LONGEST_BESIDE or is_of_another(Saying(said, served=served))


def _bare(saying: Saying) -> tuple[Phone, ...]:
    return () if _has_span(saying) else moving.bare_list(saying)


def _moving(saying: Saying) -> moving.Numbers:
    return moving.NOTHING if _has_span(saying) else moving.numbers(saying)


def _has_span(saying: Saying) -> bool:
    """Tell whether numbers are told by the two ends of their block: that is to be asked about."""
    return read_spans(saying.said, saying.served) is not None
