"""The typed signature under the letter of authorization."""

from dataclasses import dataclass, field

from domain.errors import Unreadable
from domain.readers.names import PersonName
from domain.text import bare, clean


@dataclass(frozen=True, slots=True)
class Signature:
    """The name as the signer typed it: evidence, so nothing of it is normalised but what cannot be seen."""

    typed: str = field(repr=False)


def read_signature(text: str, expected: PersonName) -> Signature | Unreadable:
    """Take a typed name as a signature if it is the account holder's up to case, spaces and punctuation."""
    typed = clean(text)
    if bare(typed) != bare(expected.full):
        return Unreadable("signature.differs", {"expected": expected.full})
    return Signature(typed)
