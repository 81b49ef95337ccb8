"""Post office boxes in every form people write them: a carrier needs the place where the service is."""

import re

_RURAL = re.compile(
    r"\b(?:r\s*r|r\s*f\s*d|r\s*d|rural\s+(?:route|rte)|h\s*c(?:\s*r)?|highway\s+contract(?:\s+(?:route|rte))?|star\s+(?:route|rte))"
    r"\s*#?\s*\d*\s*box\s*#?\s*\w+"
)
_SUFFIX = (
    r"(?:rd|road|st|street|ave|avenue|ln|lane|dr|drive|ct|court|way|hwy|highway|cir|circle|trl|trail|loop"
    r"|sq|square|pl|place|plaza|hill)\b"
)
_ANYWHERE = re.compile(
    r"\bp\s*[o0]\s*(?:box|bx|drawer|drwr|bin|lock\s*box)(?![a-z])(?!\s+"
    + _SUFFIX
    + r")"  # P.O. Box, PO-Box, P O Bx, POBox12
    r"|\bp\s*[o0]\s*b(?:\s*#?\s*\d|\s*$)"  # POB 12, P O B 12
    r"|\b(?:post(?:al)?\s*(?:office\s*|ofc\s*|off\s*)?|mail\s*(?:ing\s*)?)(?:box|bx|drawer)(?!\s+" + _SUFFIX + r")\b"
    r"|\bcaller\s+(?:service|box|number|no)\b|\bgeneral\s+delivery\b|\bgen(?:l)?\s+del(?:ivery)?\b"
    r"|\block\s*box\s*#?\s*\d|\b(?:firm\s+caller|poste?\s+restante)\b"
)
_AT_START = re.compile(
    r"^(?:(?:us\s+)?p\s*[o0]\s*#?\s*\d"
    r"|(?:box|bx|drawer|drwr|lock\s*box|p\s*m\s*b|private\s+mail\s*box)\s*(?:no\s*|number\s*)?#?\s*"
    r"(?:[a-z]?\d|[a-z]\s*$|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s*$))"
)
_MARKS = re.compile(r"[.\-–—_/:*'’]+")  # noqa: RUF001 - dashes and apostrophes as phones type them


def is_post_box(parts: list[str]) -> bool:
    """Say whether any part of an address is a box at a post office; rural route boxes are houses and pass."""
    return any(_is_box(_MARKS.sub(" ", part.lower()).strip()) for part in parts)


def _is_box(part: str) -> bool:
    rest = _RURAL.sub(" ", part) if "box" in part else part
    return bool(_ANYWHERE.search(rest) or _AT_START.match(rest))
