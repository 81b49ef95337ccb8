"""Whether a page of a letter came back legible and signed, by what was measured on it.

The limits were measured on 2026-11-22 with drawn signatures (thick, thin, blue, pencil, small), scanned at 100 to 300
dots an inch and photographed from the side, turned, in uneven light, with noise; and with blanks that bore dots, a
cross, folds, hard shadows and coffee, or a signature beside the field. Signatures went 49 points across at least,
blanks 27 at most; what lies between, and what is too dense for writing, people look at. `tests/bot/test_ink.py`
measures a part of it anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Look = Literal["good", "small", "blurred", "unsigned", "undated", "unsure"]
"""What can be said of a page; `unsure`: people have to look at it."""

LEAST_DPI = 88.0  # pixels for an inch of paper; faxes have 98 at least
_SHARP, _BLURRED = 0.62, 0.55  # of the print's own sharpness: from where it can be read, and until where it cannot
_FOUND = 0.6  # of the pieces of print that were looked for
_STRUCK, _ADDED = 2.4, 6.0  # from where ink on a word, and a stroke beside them, are no dust
_BENT = 4  # words of a part that are not found where the sheet did not lie flat
_FOOT = "foot"
_DENSEST = 0.42  # of the box that a pen's strokes take, as bands and rows


@dataclass(frozen=True, slots=True)
class Ink:
    """What was written in a field, in points: how far across and how high it goes, and how much it covers."""

    across: float
    high: float
    area: float


@dataclass(frozen=True, slots=True)
class Worn:
    """What came of a part of a page. `part`: head, account, states, numbers, sign or foot.

    `hidden`: how many of its words cannot be read. `struck`: how much ink is on one of them, in square points; `added`:
    how long a stroke beside them is, in points.
    """

    part: str
    hidden: int = 0
    struck: float = 0.0
    added: float = 0.0


@dataclass(frozen=True, slots=True)
class Seen:
    """A page of a letter as it was measured. `mark`: the text of its code; `dpi`: pixels for an inch of paper.

    `sharp`: how well its print stands out, from 0 to 1 (as printed), `found`: the share of it that was found. `fields`:
    what is written in those that a pen is to fill, signature and date; None: it could not be told; none: it has no such
    field. `worn`: its parts on which something is hidden or written.
    """

    mark: str
    dpi: float
    sharp: float = 0.0
    found: float = 0.0
    fields: tuple[Ink | None, ...] = ()
    worn: tuple[Worn, ...] = ()


def judge_page(page: Seen) -> Look:
    """Return what can be said of a page."""
    if page.dpi < LEAST_DPI:
        return "small"
    if page.found and page.sharp < _BLURRED:
        return "blurred"
    if not _is_clear(page):
        return "unsure"
    written = _written(page)
    if written[:1] == [False]:
        return "unsigned"
    if False in written and None not in written:
        return "undated"
    return "unsure" if any(doubts_of(page)) else "good"


def doubts_of(page: Seen) -> Iterator[str]:
    """Yield why people have to look at a page: unread, faint, pen, and `hidden_` or `inked_` with a part of it.

    Where much is not found the sheet was bent, and its own print is taken for ink: of ink nothing is said then. The
    foot says nothing that its code does not say.
    """
    if not page.found:
        yield "unread"
    elif not _is_clear(page):
        yield "faint"
    if None in _written(page):
        yield "pen"
    yield from (f"hidden_{each.part}" for each in page.worn if each.hidden and each.part != _FOOT)
    yield from (f"inked_{each.part}" for each in page.worn if _is_clear(page) and _is_inked(each))


def _is_inked(part: Worn) -> bool:
    return part.hidden < _BENT and (part.struck >= _STRUCK or part.added >= _ADDED)


def _is_clear(page: Seen) -> bool:
    return page.sharp >= _SHARP and page.found >= _FOUND


def _written(page: Seen) -> list[bool | None]:
    return [*map(_is_written, page.fields, (_SIGNATURE, _DATE))]


_SIGNATURE, _DATE = (8.0, 45.0), (4.0, 18.0)  # points across: until which a field is empty, and from which it is filled
_LEAST_HIGH = 5.0


def _is_written(ink: Ink | None, limits: tuple[float, float]) -> bool | None:
    """Tell whether a field is filled; None where that is in doubt."""
    if ink is None:
        return None
    if ink.across < limits[0]:
        return False
    is_dense = ink.area > _DENSEST * ink.across * ink.high
    return None if ink.across < limits[1] or ink.high < _LEAST_HIGH or is_dense else True
