"""What stands on each page of a letter for machines: which letter it is, and which of how many pages."""

import re
from dataclasses import dataclass

_MARK = re.compile(r"LOA ([0-9A-F]{32})\.([1-9][0-9]{0,4})\.([1-9][0-9]{0,4})")


@dataclass(frozen=True, slots=True)
class Mark:
    """A page of a letter: the letter's `code` (see `Letter.code`), the page and how many there are, from 1."""

    code: str
    page: int
    pages: int


def write_mark(mark: Mark) -> str:
    """Return a mark as its QR code holds it: of the characters for which QR codes need least room."""
    return f"LOA {mark.code.upper()}.{mark.page}.{mark.pages}"


def read_mark(text: str) -> Mark | None:
    """Return the mark that a QR code holds; None for anything else."""
    found = _MARK.fullmatch(text)
    if found is None or int(found[2]) > int(found[3]):
        return None
    return Mark(found[1].lower(), int(found[2]), int(found[3]))


def grouped(code: str) -> str:
    """Return a letter's code for people to read: in groups of four."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
