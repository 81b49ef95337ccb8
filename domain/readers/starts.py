"""Where an address begins amid other words: the first house number behind which the words of a street stand."""

import re

from domain.readers.companies import has_legal_form
from domain.readers.folding import bare_fold, fold
from domain.readers.postboxes import find_box
from domain.readers.rural import find_rural, may_be_rural
from domain.readers.suffixes import STREET_LEADS, SUFFIXES
from domain.readers.units import is_unit
from domain.text import words_of

_WORD = re.compile(r"[^\s,]+")
_HOUSE = re.compile(r"#?\d{1,6}(?:\.\d+)?[a-z]?(?:-\d+[a-z]?)?", re.I)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|e|er)", re.I)
_MOST_WORDS = 5  # from the house number to the word for a street
_NO_STREET = words_of(
    "but and is are was were the that this it its my our your i we you they shop store office house home line address"
    " bill bills mail please years year months month days day hours hour people employees lines numbers"
)
_WHOLE = words_of("broadway bowery embarcadero")  # streets that are called no street


def place_start(text: str) -> int | None:
    """Return at which character the first address begins; None where none does, or it is part of a company's name."""
    folded = fold(text)
    if not may_be_rural(folded):  # nor has it a house number
        return None
    words = [(found.start(), found[0]) for found in _WORD.finditer(text)]
    plain = [bare_fold(word) for _, word in words]
    houses = (i for i, word in enumerate(plain) if _HOUSE.fullmatch(word) and _has_street(plain[i + 1 :]))
    first = next(houses, None)
    start = words[first][0] if first is not None else None
    rural = find_rural(folded)
    if rural is not None and (start is None or rural[0] < start):
        start = rural[0]
    return None if start is None or _is_company(text[start:]) else start


def _has_street(behind: list[str]) -> bool:
    """Tell whether words behind a house number are a street's: "rue Guy", "W 36th Pl", "Market Street"."""
    if behind and behind[0] in STREET_LEADS and len(behind) > 1:
        return True
    for index, word in enumerate(behind[:_MOST_WORDS]):
        if word in _NO_STREET:
            return False
        if (word in SUFFIXES and index) or word in _WHOLE:
            return True
        is_number = word.isdigit() and index + 1 < len(behind) and behind[index + 1] in SUFFIXES
        if any(c.isdigit() for c in word) and not (is_number or _ORDINAL.fullmatch(word)):
            return False
    return False


def _is_company(place: str) -> bool:
    """Tell whether a street's words end in a legal form: "21 Main Street LLC"."""
    first = re.split(r"[,\n]", place, maxsplit=1)[0]
    return has_legal_form(first)


def is_part_of_place(before: str) -> bool:
    """Tell whether what stands before the house number belongs to the address: a box, a unit, or nothing."""
    bare = before.strip(" ,.;:-")
    box = find_box(bare) if bare else None
    return not bare or is_unit(bare) or (box is not None and box.start == 0 and not bare[box.end :].strip(" ,.;:-"))


def place_amid(text: str) -> str | None:
    """Return the address out of a sentence, a box before it kept in front; None where none stands amid words."""
    start = place_start(text)
    before = text[:start] if start else ""
    if not before or is_part_of_place(before):
        return None
    box = find_box(before)
    outside = f"{before[: box.start]}{before[box.end :]}" if box else before
    if any(c.isdigit() for c in outside):
        return None
    return f"{before[box.start : box.end].strip()}, {text[start:]}" if box else text[start:]
