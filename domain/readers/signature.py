"""The typed signature under the letter of authorization."""

import unicodedata
from dataclasses import dataclass, field

from domain.errors import Unreadable
from domain.readers.names import PersonName
from domain.readers.printed import unprinted
from domain.text import bare, clean, words_of

_ADDED = words_of("mr mrs ms miss mx dr prof rev dds dmd md do phd dvm od rn np pa cpa esq pe mba jd")
"""Titles and degrees that people write around their names; "Jr" and "II" tell one person from another and stay."""

_LEAST = 2  # words of a name
_ACCENTS = ("\u0300", "\u036f")  # combining marks of Latin letters; those of other scripts are letters of their own
_LOOKS = dict.fromkeys((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))  # say how what is before them looks
_SHOWN = 10  # characters named
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})


@dataclass(frozen=True, slots=True)
class Signature:
    """The name as the signer typed it: evidence, so nothing of it is changed but what cannot be seen, or printed."""

    typed: str = field(repr=False)


def read_signature(text: str, expected: PersonName) -> Signature | Unreadable:
    """Take a typed name as a signature if it is the account holder's up to case, accents, titles and punctuation.

    What stands beside the name and has no type is left out; letters of the name that have none are asked for anew,
    unless the account holder's own name has them, too: then no letter of theirs can be printed, and the desk is told.
    """
    typed = clean(text.translate(_LOOKS))
    if not (_same(typed, expected.full) or _same(_untitled(typed), _untitled(expected.full))):
        return Unreadable("signature.differs", {"expected": expected.full})
    kept = clean("".join(c for c in typed if bare(c) or not unprinted(c)))
    missing = "".join(c for c in unprinted(kept) if c not in expected.full)
    if missing:
        return Unreadable("signature.unprinted", {"expected": expected.full, "characters": missing[:_SHOWN]})
    return Signature(kept)


def _same(one: str, other: str) -> bool:
    return _unaccented(one) == _unaccented(other)


def _unaccented(name: str) -> str:
    """Return a name's letters alone: what no keyboard at hand has is written without its marks."""
    apart = unicodedata.normalize("NFD", bare(name)).translate(_STROKES)
    return "".join(c for c in apart if not _ACCENTS[0] <= c <= _ACCENTS[1])


def _untitled(name: str) -> str:
    """Drop titles before the name and degrees behind it, while two words are left."""
    words = name.replace(",", " ").split()
    while len(words) > _LEAST and bare(words[0]) in _ADDED:
        words = words[1:]
    while len(words) > _LEAST and bare(words[-1]) in _ADDED:
        words = words[:-1]
    return " ".join(words)
