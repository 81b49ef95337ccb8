"""Whether what somebody sent is the letter that was to be signed: by the code on each of its pages, and by a pen."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from domain.papers.marks import Mark, read_mark
from domain.papers.pens import Look, Seen, doubts_of, judge_page

Doubt = tuple[str, str]  # the mark of a page, and why people have to look at it

Finding = Literal[
    "signed", "complete", "missing", "unsigned", "undated", "small", "blurred", "sealed", "old", "other", "none"
]  # fmt: skip
"""What a copy is.

`signed`: ours, with every page, legible, and a pen filled its fields. `complete`: the same, but people have to look at
it: at the pen, or at what is hidden or written on it. `missing`: pages are missing. `unsigned`, `undated`: a field is
empty. `small`, `blurred`: it cannot be read well enough. `sealed`: a print of the letter as it was signed on a screen.
`old`: an earlier letter of this request. `other`: a letter of ours, but not this one. `none`: no code of ours is on it,
or none that can be read.
"""

_SPOILT: tuple[Look, ...] = ("small", "blurred", "unsigned", "undated")  # said in this order; such a page is sent again
_BEST: tuple[Look, ...] = ("good", "unsure", *reversed(_SPOILT))


@dataclass(frozen=True, slots=True)
class Page:
    """A page or photo as it was read: the texts of its codes, and what was measured of pages that were looked for.

    `longer`: texts of codes that say that such a letter has more pages, as it has once it is signed on a screen: the
    last one tells how.
    """

    codes: tuple[str, ...]
    seen: tuple[Seen, ...] = ()
    longer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a copy. `marks`: pages that are here by now, as their codes say; `good`: those that nobody has to
    look at; `missing`: pages that are missing, each as its letter's place among those to be signed, and its number.

    `has_old`: pages of an earlier letter were among them. `doubts`: of the pages that somebody has to look at, why: the
    mark, and a reason of `doubts_of`.
    """

    finding: Finding
    marks: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    missing: tuple[tuple[int, int], ...] = ()
    has_old: bool = False
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before a copy is judged: codes of the `letters` to be signed and of `earlier` ones of the request,
    and the pages that came before (`marks`, `good`, `doubts` as in Found)."""

    letters: tuple[str, ...]
    earlier: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def judge_copy(pages: Sequence[Page], known: Known) -> Found:
    """Return what a copy is."""
    told = {text: mark for page in pages for text in page.codes if (mark := read_mark(text)) is not None}
    ours = {text: mark for text, mark in told.items() if mark.code in known.letters}
    has_old = any(mark.code in known.earlier for mark in told.values() if mark.code not in known.letters)
    if not ours:
        return Found(_stranger(pages, told, has_old=has_old), has_old=has_old)
    looks = {text: _best(pages, text) for text in ours}
    taken = {text for text, look in looks.items() if look not in _SPOILT}
    before = {text for text in known.marks if (mark := read_mark(text)) is not None and mark.code in known.letters}
    here = tuple(sorted(before | taken))
    good = tuple(text for text in here if looks.get(text) == "good" or (text in known.good and text in before))
    spoilt = next((look for look in _SPOILT if look in [looks[text] for text in ours if text not in before]), None)
    doubts = tuple(_doubts(pages, here, taken, good, known.doubts))
    missing = _missing([mark for text in here if (mark := read_mark(text)) is not None], known.letters)
    finding: Finding = spoilt or ("missing" if missing else "signed" if good == here else "complete")  # type: ignore[assignment] # of looks, only those of a finding are spoilt
    return Found(finding, here, good, missing, has_old, doubts)


def _stranger(pages: Sequence[Page], told: Collection[str], *, has_old: bool) -> Finding:
    """Return what a copy is that has no page of the letters to be signed."""
    if any(page.longer for page in pages):
        return "sealed"
    return "old" if has_old else "other" if told else "none"


def _doubts(
    pages: Sequence[Page], here: Sequence[str], taken: Collection[str], good: Collection[str], before: Sequence[Doubt]
) -> Iterator[Doubt]:
    """Yield why people have to look at pages; of a picture that took the place of one before, its own reasons."""
    for text in here:
        if text in good:
            continue
        if text not in taken:
            yield from (each for each in before if each[0] == text)
            continue
        looks = [
            tuple(doubts_of(seen)) for page in pages for seen in page.seen if seen.mark == text and _is_unsure(seen)
        ]
        yield from ((text, doubt) for doubt in min(looks, key=len, default=("unread",)))


def _is_unsure(seen: Seen) -> bool:
    return judge_page(seen) == "unsure"


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
