"""Find the phone number in what was typed."""

import re
from dataclasses import dataclass

from domain.errors import Unreadable
from domain.numbers.phone import Phone
from domain.numbers.verdicts import verdict
from domain.text import ascii_digits, clean

_GAP = r"[ ().\-\u2010-\u2015\u2212/]{0,3}"
TEN = re.compile(rf"(?<!\d)(?:\+?1{_GAP})?\(?(\d{{3}}){_GAP}(\d{{3}}){_GAP}(\d{{4}})(?!\d)")
PLAIN = re.compile(r"\+?1?([2-9]\d{2})[ .-]?(\d{3})[ .-]?(\d{4})")
_FOREIGN = re.compile(r"(?:\+|(?<!\d)(?:011|00)[ -]?)\s*\(?([2-9][\d ().-]{5,20})")
_DIGIT_BEFORE = re.compile(rf"\d{_GAP}$")
_DIGIT_AFTER = re.compile(rf"{_GAP}\d")
_LONG_RUN = re.compile(r"\d{7,}")
_VANITY_TOLL_FREE = re.compile(
    r"(?<!\d)(?:\+?1[ .-]?)?\(?8(?:00|33|44|55|66|77|88)\)?[ .-]?(?=[\dA-Z-]*[A-Z])[\dA-Z-]{7,}"
)
_SERVICE_CODE = re.compile(r"(?<!\d)[2-9]11(?!\d)")
_SHORTEST, _LONGEST = 10, 11


@dataclass(frozen=True, slots=True)
class Spotted:
    """A number in a longer text: what it is, and where it stands in the cleaned text."""

    found: Phone | Unreadable
    start: int
    end: int


def read_phone(text: str) -> Phone | Unreadable:
    """Read the one phone number in a text, however it is written.

    Codes: `number.too_short`, `too_long`, `not_valid`, `not_us` (region), `toll_free`, `special`, `several`.
    """
    plain = PLAIN.fullmatch(text) if text.isascii() else None
    if plain:
        return verdict(plain[1] + plain[2] + plain[3])
    said = ascii_digits(clean(text))
    if _FOREIGN.search(said):
        return Unreadable("number.not_us", {"region": ""})
    spotted = spot(said)
    if not spotted:
        return _without_ten(said)
    if len({each.found.e164 if isinstance(each.found, Phone) else each.start for each in spotted}) > 1:
        return Unreadable("number.several")
    return _alone(said, spotted[0])


def spot(said: str) -> tuple[Spotted, ...]:
    """Find every ten-digit number in a text that is clean already (`domain.text`), in order."""
    return tuple(
        Spotted(verdict(found[1] + found[2] + found[3]), found.start(), found.end()) for found in TEN.finditer(said)
    )


def _alone(said: str, one: Spotted) -> Phone | Unreadable:
    """Refuse a number that other digits touch: twelve digits may be any two numbers."""
    before, after = said[: one.start], said[one.end :]
    if _LONG_RUN.search(before) or _LONG_RUN.search(after):
        return Unreadable("number.several")
    if _DIGIT_BEFORE.search(before) or _DIGIT_AFTER.match(after):
        repeated = TEN.search(after)
        return one.found if repeated else Unreadable("number.too_long")
    return one.found


def _without_ten(said: str) -> Unreadable:
    if _VANITY_TOLL_FREE.search(said.upper()):
        return Unreadable("number.toll_free")
    count = sum(c.isdecimal() for c in said)
    if _SERVICE_CODE.search(said) and count == 3:
        return Unreadable("number.special")
    if count < _SHORTEST:
        return Unreadable("number.too_short", {"digits": str(count)})
    return Unreadable("number.too_long" if count >= _LONGEST else "number.not_valid", {"digits": str(count)})
