"""What each copy of a letter is, and how it was judged, for whoever looks through them: what counts stands first."""

import re

from domain.desk.blanks import VOID
from domain.desk.on_paper import COPY, PARTLY, is_accepted, papers_accepted
from domain.desk.state import Paper
from domain.orders.model import Case
from domain.papers.marks import read_mark

_PAGES = "pages "  # before the pages of a letter that a file shows, where others are missing
_PLAIN = re.compile(r"[a-z]+")
_RANKS = (
    "accepted",
    "signed",
    "complete",
    "pages",
)  # the best first; then the others, as they came


def judged_as(finding: str, codes: tuple[str, ...], marks: tuple[str, ...]) -> str:
    """Return how a copy was judged, as it is kept with it. `codes`: on its pages, `marks`: those of the letter."""
    if finding != "missing":
        return finding
    pages = sorted(mark.page for code in set(codes) & set(marks) if (mark := read_mark(code)) is not None)
    return f"{_PAGES}{', '.join(map(str, pages))}"


def named(paper: Paper, case: Case) -> tuple[str, dict[str, str]]:
    """Return as what a copy is to be shown: the last part of a wording key, with its values."""
    judged = paper.refused or ""
    if is_accepted(case) and str(paper.id) in papers_accepted(case):
        return "accepted", {}
    if paper.status == VOID or (paper.status != PARTLY and judged.startswith(_PAGES)):
        return "void", {}
    if judged.startswith(_PAGES):
        return "pages", {"pages": judged.removeprefix(_PAGES)}
    return judged if _PLAIN.fullmatch(judged) else "unjudged", {}


def in_order(papers: list[Paper], case: Case) -> list[Paper]:
    """Return papers in their order, but for copies of a letter, whose best ones come first."""
    places = [place for place, paper in enumerate(papers) if paper.kind == COPY]
    best = iter(sorted((papers[place] for place in places), key=lambda paper: _rank(paper, case)))
    return [next(best) if paper.kind == COPY else paper for paper in papers]


def _rank(paper: Paper, case: Case) -> tuple[int, int]:
    name = named(paper, case)[0]
    last = len(_RANKS) + (name == "void")
    return _RANKS.index(name) if name in _RANKS else last, paper.id
