"""What stands at the end of an address: country, state or province, ZIP or postal code."""

import re
from dataclasses import dataclass

from domain.readers.folding import fold
from domain.readers.provinces import POSTAL_CODE, PROVINCES
from domain.readers.states import STATES

_US = re.compile(r"(?<![,.\s])[,.\s]+(?:usa|u\.s\.a\.?|us|u\.s\.|united states(?: of america)?)[.!\s]*$", re.I)
_CANADA = re.compile(r"(?<![,.\s])[,.\s]+canada[.!\s]*$", re.I)
_COUNTRY_BEFORE_CODE = re.compile(
    r"[,\s]+(?:usa|united states(?: of america)?|canada)[,\s]+(?=(?:\d{5}(?:-\d{4})?|\w\d\w ?\d\w\d)$)", re.I
)
_ZIP = re.compile(r"(?:^|[,\s.-])(\d{5})(?:-?(\d{4}))?[.!\s]*$")
_GLUED = re.compile(r"(?<![A-Za-z])([A-Za-z]{2})(\d{5}(?:-\d{4})?)[.!\s]*$")
_ZIP_THEN_STATE = re.compile(r"^(.*[,\s])(\d{5}(?:-\d{4})?)[,\s]+([A-Za-z.]{2,}(?: [A-Za-z]+){0,2})$")
_CODE_THEN_PROVINCE = re.compile(
    r"^(.*[,\s])([a-z]\d[a-z] ?\d[a-z]\d)[,\s]+([^\W\d_][^\d,]{1,30}?)[.!\s]*$", re.I | re.S
)
_HALF_ZIP = re.compile(r"\s(\d{4}|\d{6,8})$")
_STRAY = re.compile(r"[ ,(-]+(?:c\.?\s?p\.?|zip|zip ?code|postal ?code|code ?postal)?[ :.,(-]*$", re.I)
_LONGEST_NAME = 5  # words: "terre neuve et labrador"


@dataclass(frozen=True, slots=True)
class Ending:
    """The parts found at the end; empty is what lacks. `before` is the rest, `country` "US" or "CA"."""

    before: str
    state: str
    code: str
    country: str


def take_ending(whole: str) -> Ending:
    """Take country, state and code off the end of an address; Canada is known by any of the three."""
    whole = _COUNTRY_BEFORE_CODE.sub(", ", whole)
    without = _code_last(_CANADA.sub("", whole))
    found = _take_postal_code(without)
    if found is None and _CANADA.search(whole):
        found = (without, "")
    if found is None:
        return _us_or_province(_US.sub("", whole))
    before, province = _take_name(found[0], PROVINCES)
    return Ending(before, province, found[1], "CA")


def _code_last(whole: str) -> str:
    """Put a province that stands behind the postal code before it."""
    turned = _CODE_THEN_PROVINCE.match(whole)
    is_province = turned is not None and fold(turned[3].replace(".", "")).strip() in PROVINCES
    return f"{turned[1]}{turned[3]} {turned[2]}" if turned is not None and is_province else whole


def _us_or_province(whole: str) -> Ending:
    before_code, code = _take_zip(whole)
    before, state = _take_name(before_code, STATES)
    if state or code:
        return Ending(before, state, code, "US")
    before, province = _take_name(before_code, PROVINCES)
    if province:
        return Ending(before, province, "", "CA")
    halved, state = _take_name(_HALF_ZIP.sub("", before_code), STATES)
    return Ending(halved if state else before_code, state, "", "US")


def _take_postal_code(whole: str) -> tuple[str, str] | None:
    found = POSTAL_CODE.search(whole)
    if not found:
        return None
    return _STRAY.sub("", whole[: found.start()]), f"{found[1]} {found[2]}".upper()


def _take_zip(whole: str) -> tuple[str, str]:
    glued = _GLUED.search(whole)
    if glued and glued[1].lower() in STATES:
        whole = f"{whole[: glued.start()]}{glued[1]} {glued[2]}"
    turned = _ZIP_THEN_STATE.match(whole)
    if turned and turned[3].replace(".", "").lower() in STATES:
        whole = f"{turned[1]}{turned[3]} {turned[2]}"
    found = _ZIP.search(whole)
    if not found or not whole[: found.start()].strip(" ,."):
        return whole, ""
    code = found[1] + (f"-{found[2]}" if found[2] else "")
    return _STRAY.sub("", whole[: found.start()]).rstrip(" ,.-"), code


def _take_name(before: str, names: dict[str, str]) -> tuple[str, str]:
    """Take the longest name at the end: "West Virginia" before "Virginia"; brackets, dots and accents are nothing."""
    words = before.replace(",", " , ").replace("(", " ( ").replace(")", " ) ").split()
    ends = [index for index, word in enumerate(words) if word not in ",()"]
    for length in range(min(_LONGEST_NAME, len(ends)), 0, -1):
        first = ends[-length]
        taken = [words[index] for index in ends[-length:]]
        if ends[-1] - first > length + 1:
            continue
        known = names.get(_bare(taken))
        if known:
            return _joined(words[:first]), known
    return before, ""


def _bare(words: list[str]) -> str:
    return fold(" ".join(words).replace(".", "")).strip()


def _joined(words: list[str]) -> str:
    return " ".join(words).replace(" ,", ",").replace("( ", "(").replace(" )", ")").rstrip(" ,(")
