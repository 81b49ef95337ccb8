"""Whether what somebody sent is the letter that was to be signed: told by the code on each of its pages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from domain.papers.marks import Mark, read_mark

Finding = Literal["complete", "missing", "small", "other", "none"]
"""What a copy is.

`complete`: ours, with every page, legible. `missing`: ours, and pages are missing. `small`: ours, and too small to be
read. `other`: a letter of ours, but not this one. `none`: no code of ours is on it, or none that can be read.
"""

NARROWEST = 800  # pixels of a page's shorter side: 94 for each inch of a letter sheet; faxes have 100 by 98 at least


@dataclass(frozen=True, slots=True)
class Page:
    """A page or photo as it was read: the texts of its codes, and its shorter side in pixels."""

    codes: tuple[str, ...]
    side: int


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a copy. `marks`: pages that are here by now, as their codes say; `missing`: page numbers."""

    finding: Finding
    marks: tuple[str, ...] = ()
    missing: tuple[int, ...] = ()


def judge_copy(pages: Sequence[Page], letters: Collection[str], before: Collection[str] = ()) -> Found:
    """Return what a copy is. `letters`: the codes of those to be signed; `before`: marks of pages that came earlier."""
    told = {text: mark for page in pages for text in page.codes if (mark := read_mark(text)) is not None}
    ours = {text: mark for text, mark in told.items() if mark.code in letters}
    if not ours:
        return Found("other" if told else "none")
    if any(page.side < NARROWEST and not ours.keys().isdisjoint(page.codes) for page in pages):
        return Found("small")
    earlier = {text: mark for text in before if (mark := read_mark(text)) is not None and mark.code in letters}
    here = {**earlier, **ours}
    missing = _missing(here.values())
    is_all = not missing and {mark.code for mark in here.values()} == set(letters)
    return Found("complete" if is_all else "missing", tuple(sorted(here)), missing)


def _missing(here: Collection[Mark]) -> tuple[int, ...]:
    """Return the numbers of pages that are missing of letters of which any page is here."""
    wanted = {(mark.code, page) for mark in here for page in range(1, mark.pages + 1)}
    return tuple(sorted({page for _, page in wanted - {(mark.code, mark.page) for mark in here}}))
