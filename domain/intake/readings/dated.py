"""The day that stands on a paper, told in a sentence: "the bill is from November 2"."""

import re
from datetime import date

from domain.errors import Unreadable
from domain.readers.dates import read_past_date
from domain.text import ascii_digits, clean

_LONGEST = 80  # characters; who writes more says more
_BILL = re.compile(
    r"(?:(?:and|but|well|ok|okay|yes|hi|so|here|is) ,?)*(?:(?:the|my|our|this|that) )?"
    r"(?:(?:latest|last|newest|attached|phone|new) )*(?:bill|statement|invoice)(?:'?s)?(?: date)?"
    r"(?: is| was|:)?(?: (?:dated|from|of|issued on|issued))*:? (?:the )?(?P<day>(?=.*\d).{3,24}?)[ .!]*",
    re.IGNORECASE,
)


def bill_dated(text: str, today: date) -> date | Unreadable:
    """Read the day that a bill bears out of words that say nothing else; a day to come is none."""
    said = ascii_digits(clean(text))
    found = _BILL.fullmatch(said) if len(said) <= _LONGEST else None
    return read_past_date(found["day"], today) if found is not None else Unreadable("date.unclear")
