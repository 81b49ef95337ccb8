"""Whether what somebody sent is the letter that was to be signed: by the code on each of its pages, and by a pen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from domain.papers.marks import Mark, read_mark
from domain.papers.pens import Look, Seen, judge_page

Finding = Literal[
    "signed", "complete", "missing", "unsigned", "undated", "small", "blurred", "old", "other", "none"
]  # fmt: skip
"""What a copy is.

`signed`: ours, with every page, legible, and a pen filled its fields. `complete`: the same, but people have to look at
the pen, or at how well it can be read. `missing`: pages are missing. `unsigned`, `undated`: a field is empty. `small`,
`blurred`: it cannot be read well enough. `old`: an earlier letter of this request. `other`: a letter of ours, but not
this one. `none`: no code of ours is on it, or none that can be read.
"""

_SPOILT: tuple[Look, ...] = ("small", "blurred", "unsigned", "undated")  # said in this order; such a page is sent again
_BEST: tuple[Look, ...] = ("good", "unsure", *reversed(_SPOILT))


@dataclass(frozen=True, slots=True)
class Page:
    """A page or photo as it was read: the texts of its codes, and what was measured of pages that were looked for."""

    codes: tuple[str, ...]
    seen: tuple[Seen, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a copy. `marks`: pages that are here by now, as their codes say; `good`: those that nobody has to
    look at; `missing`: pages that are missing, each as its letter's place among those to be signed, and its number.

    `has_old`: pages of an earlier letter were among them.
    """

    finding: Finding
    marks: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    missing: tuple[tuple[int, int], ...] = ()
    has_old: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before a copy is judged: codes of the `letters` to be signed and of `earlier` ones of the request,
    and the pages that came before (`marks`, `good` as in Found)."""

    letters: tuple[str, ...]
    earlier: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    good: tuple[str, ...] = ()


def judge_copy(pages: Sequence[Page], known: Known) -> Found:
    """Return what a copy is."""
    told = {text: mark for page in pages for text in page.codes if (mark := read_mark(text)) is not None}
    ours = {text: mark for text, mark in told.items() if mark.code in known.letters}
    has_old = any(mark.code in known.earlier for mark in told.values() if mark.code not in known.letters)
    if not ours:
        return Found("old" if has_old else "other" if told else "none", has_old=has_old)
    looks = {text: _best(pages, text) for text in ours}
    taken = {text for text, look in looks.items() if look not in _SPOILT}
    before = {text for text in known.marks if (mark := read_mark(text)) is not None and mark.code in known.letters}
    here = tuple(sorted(before | taken))
    good = tuple(text for text in here if looks.get(text) == "good" or (text in known.good and text in before))
    spoilt = next((look for look in _SPOILT if look in [looks[text] for text in ours if text not in before]), None)
    missing = _missing([mark for text in here if (mark := read_mark(text)) is not None], known.letters)
    finding: Finding = spoilt or ("missing" if missing else "signed" if good == here else "complete")  # type: ignore[assignment] # of looks, only those of a finding are spoilt
    return Found(finding, here, good, missing, has_old)


def _best(pages: Sequence[Page], mark: str) -> Look:
    """Return what can be said of the best picture of a page; where none was measured, people have to look."""
    looks = {judge_page(seen) for page in pages for seen in page.seen if seen.mark == mark}
    return next((look for look in _BEST if look in looks), "unsure")


def _missing(here: Collection[Mark], letters: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return the pages that are missing; of a letter of which nothing is here, page 1 stands for all."""
    pages = {mark.code: mark.pages for mark in here}
    have = {(mark.code, mark.page) for mark in here}
    return tuple(
        (place, page)
        for place, code in enumerate(letters, 1)
        for page in range(1, pages.get(code, 1) + 1)
        if (code, page) not in have
    )
