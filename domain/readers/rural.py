"""Rural routes and highway contract boxes: a box there is a house on a carrier's way, and no box at a post office.

USPS Publication 28, sections 24 and 25; Canada Post Addressing Guidelines, rural addresses; from knowledge of
2026-11-22, the pages were not read.
"""

import re

_GAP = r"[ ,#-]*"
_ID = rf"{_GAP}(?:no{_GAP})?(?:\d{{1,6}}(?:-?[a-z\d]{{1,4}}|(?=\b))\b|[a-z]{{1,2}}\d{{1,5}}\b|[a-z]\b)"
_PLACE = r"(?:site|comp|compartment|group|grp|box|bx|buzon|buz|bzn)"
_SURE = (
    r"(?:r {0,2}r|rural {0,2}(?:route|rte|rt)|r {0,2}f {0,2}d|h {0,2}c(?: {0,2}r)?"
    r"|(?:highway|hwy) {1,2}contract(?: {1,2}(?:route|rte|rt))?)"
)
_LOOSE = (
    r"(?:(?:(?:state|us|u s|county|co|old) {1,2})?(?:rte?|route|highway|hwy)|(?:county|co) {1,2}(?:road|rd)"
    r"|r {0,2}d|s {0,2}r|c {0,2}r)"
)
_STAR = r"star {1,2}(?:route|rte|rt)"
_RURAL = re.compile(
    rf"(?<![a-z\d])(?:{_PLACE}{_ID}{_GAP}){{0,3}}(?:{_SURE}{_GAP}\d{{1,4}}[a-z]?(?![a-z\d])|{_STAR}(?:{_GAP}\d{{1,3}}\b)?)"
    rf"(?:{_GAP}{_PLACE}{_ID}){{0,3}}(?:{_GAP}(?:stn|station|succ|succursale) {{1,2}}[a-z]{{1,20}})?"
    rf"|(?:^|(?<=,)|(?<=, )){_PLACE}{_ID}{_GAP}{_LOOSE}{_GAP}\d{{1,3}}(?![a-z\d])"
    rf"|(?:^|(?<=,)|(?<=, )){_LOOSE}{_GAP}\d{{1,3}}(?:{_GAP}{_PLACE}{_ID}){{1,3}}"
)


def may_be_rural(folded: str) -> bool:
    """Tell whether a folded text has a figure, or a star route's name, which every rural address has."""
    return any(map(str.isdecimal, folded)) or "star" in folded


def find_rural(folded: str) -> tuple[int, int] | None:
    """Return where a rural address stands in a folded text: "rr 2 box 15", "box 9, rr 1", "site 6 comp 10 rr 8"."""
    if not may_be_rural(folded):
        return None
    found = _RURAL.search(folded)
    return found.span() if found else None
