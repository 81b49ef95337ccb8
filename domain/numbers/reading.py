"""Find the phone number in what was typed."""

import re
from dataclasses import dataclass

from domain.errors import Unreadable
from domain.numbers.phone import Phone
from domain.numbers.verdicts import ONLY_US, TOLL_FREE, Served, region_abroad, verdict
from domain.text import ascii_digits, clean

_GAP = r"[ ().\-\u2010-\u2015\u2212/]{0,3}"
TEN = re.compile(rf"(?<!\d)(?:\+?1{_GAP})?\(?(\d{{3}}){_GAP}(\d{{3}}){_GAP}(\d{{4}})(?!\d)")
PLAIN = re.compile(r"(?:\+?1[ .-]?)?\(?([2-9]\d{2})\)?[ .-]?(\d{3})[ .-]?(\d{4})(?:\.0)?")
EXTENSION = re.compile(r"[ ,]{0,2}\(?(?:x|extn?|extension)[.: #]{0,3}\d{1,6}\)?(?!\d)", re.I)
NO_STREET = (
    r"(?!(?:[.]?\s(?:[NSEW]\.?|north|south|east|west|[A-Z0-9][\w'.]*)){1,3}\s"
    r"(?:st|street|ave|avenue|rd|road|blvd|boulevard|dr|drive|ln|lane|way|ct|court|pl|place|hwy|highway|pkwy|parkway)\b)"
)
"""Behind four figures: they are no house number."""
_FOREIGN = re.compile(r"(\+|(?<!\d)(?:011|00)[ -]?)\s*\(?([2-9][\d ().-]{5,20})")
_DIGIT_BEFORE = re.compile(rf"\d{_GAP}$")
_DIGIT_AFTER = re.compile(rf"{_GAP}\d")
_LONG_RUN = re.compile(r"\d{7,}")
_VANITY_TOLL_FREE = re.compile(
    r"(?<![\w-])(?:\+?1[ .-]?)?\(?(8(?:00|33|44|55|66|77|88))\)?[ .-]?((?=[\d-]{0,6}[A-Z])[\dA-Z-]{7,12}\b)"
)
_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_SERVICE_CODE = re.compile(r"(?<!\d)[2-9]11(?!\d)")
_SHORTEST, _LONGEST = 10, 11
_WORD = 7  # digits after a toll-free prefix


@dataclass(frozen=True, slots=True)
class Spotted:
    """A number in a longer text: what it is, and where it stands in the cleaned text."""

    found: Phone | Unreadable
    start: int
    end: int


def read_phone(text: str, served: Served = ONLY_US) -> Phone | Unreadable:
    """Read the one phone number in a text, however it is written.

    Codes: `number.too_short`, `too_long`, `several`, and those of `verdict`.
    """
    plain = PLAIN.fullmatch(text) if text.isascii() else None
    if plain:
        return verdict(plain[1] + plain[2] + plain[3], served)
    said = ascii_digits(clean(text))
    abroad = foreign(said)
    if abroad:
        return abroad
    spotted = spot(said, served)
    if not spotted:
        return _without_ten(said, served)
    if len({each.found.e164 if isinstance(each.found, Phone) else each.start for each in spotted}) > 1:
        return Unreadable("number.several")
    return _alone(said, spotted[0])


def foreign(said: str) -> Unreadable | None:
    """Find a number of another country: after "+" or a prefix for calls abroad, and no US number with a stray "+"."""
    found = _FOREIGN.search(said)
    if found is None:
        return None
    digits = "".join(c for c in found[2] if c.isdecimal())
    region = region_abroad(digits)
    is_ours = found[1] == "+" and len(digits) == _SHORTEST and not region
    return None if is_ours else Unreadable("number.not_us", {"region": region})


def vanities(said: str, served: Served) -> list[Spotted]:
    """Find toll-free numbers written as words, "1-800-FLOWERS"."""
    return [Spotted(_dialled(v[1], v[2], served), v.start(), v.end()) for v in _VANITY_TOLL_FREE.finditer(said.upper())]


def _dialled(prefix: str, word: str, served: Served) -> Phone | Unreadable:
    """Turn letters into the keys they stand on; those beyond the seventh are not dialled."""
    digits = word.replace("-", "").translate(_KEYPAD)[:_WORD]
    is_whole = len(digits) == _WORD and TOLL_FREE in served.regions
    return verdict(prefix + digits, served) if is_whole else Unreadable("number.toll_free")


def spot(said: str, served: Served = ONLY_US) -> tuple[Spotted, ...]:
    """Find every ten-digit number in a text that is clean already (`domain.text`), in order."""
    tens = TEN.finditer(said)
    return tuple(Spotted(verdict(ten[1] + ten[2] + ten[3], served), ten.start(), ten.end()) for ten in tens)


def _alone(said: str, one: Spotted) -> Phone | Unreadable:
    """Refuse a number that other digits touch: twelve digits may be any two numbers."""
    before, after = said[: one.start], said[one.end :]
    if _LONG_RUN.search(before) or _LONG_RUN.search(after):
        return Unreadable("number.several")
    if _DIGIT_BEFORE.search(before) or _DIGIT_AFTER.match(after):
        repeated = TEN.search(after)
        return one.found if repeated else Unreadable("number.too_long")
    return one.found


def _without_ten(said: str, served: Served) -> Phone | Unreadable:
    words = vanities(said, served)
    if words:
        return words[0].found
    count = sum(c.isdecimal() for c in said)
    if _SERVICE_CODE.search(said) and count == 3:
        return Unreadable("number.special")
    if count < _SHORTEST:
        return Unreadable("number.too_short", {"digits": str(count)})
    return Unreadable("number.too_long" if count >= _LONGEST else "number.not_valid", {"digits": str(count)})
