"""Boxes at a post office in every English, French and Spanish form; a street that is only named like one passes.

A box is a word for it and, where the word has other uses, a number behind it ("Box 12", never "Box Elder"). It is a
street's name when a house number stands before it and a word for a street behind it ("123 PO Box Rd").
"""

import re
from dataclasses import dataclass

from domain.readers.folding import fold
from domain.readers.rural import find_rural
from domain.readers.suffixes import STREET_LEADS, SUFFIXES
from domain.text import words_of

_GAP = r"[ -]{0,4}"
_WIDE = r"[ ,-]{0,4}"
_NUMBERS = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand"
    r"|un|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|vingt|cent"
    r"|trente|quarante|cinquante|soixante|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa"
    r"|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|veinte|cien)"
)
_MARK = rf"{_GAP}(?:number|numero|num|nbr|no|nr|n)?{_GAP}#?{_GAP}"
_FIGURES = rf"{_MARK}(?!\d{{1,3}}(?:st|nd|rd|th)\b)(?:\d[a-z\d]{{0,9}}|[a-z]\d[a-z\d]{{0,8}})(?:-[a-z\d]{{1,6}}|\b)"
_TWICE = "|".join(letter * 2 for letter in "abcdefghijklmnopqrstuvwxyz")  # boxes behind Box Z: AA
_ID = rf"(?:{_FIGURES}|{_MARK}(?:{_NUMBERS}(?:[ -]{{1,2}}(?:y |and |et )?{_NUMBERS}){{0,3}}|[a-z]|{_TWICE})\b)"

_BOX = r"(?:b ?[o0] ?x{1,2}|b[ai]x|b[o0][sczkv]|bxo|b[xo]|bocks|vox)"
_DRAWER = r"(?:drawers?|drawr|draw|drwr|dwr)"
_OTHER = rf"(?:{_DRAWER}|bin|bag|lock{_GAP}box)"
_PO = rf"p{_WIDE}[o0]"
_POST = rf"(?:post|postal|poste|pst|psot|pots|posst){_GAP}"
_OFFICE = rf"(?:o[f][a-z]{{0,6}}|[o]?ffice){_GAP}"
_APARTADO = r"(?:apartados?|apartdo|aparatdo|apartadoo|apdo|aptdo|apado|appdo)"
_INITIALS = r"(?:[csug] {0,2}p {0,2}o|c {0,2}s {0,2}p|[cb] {0,2}p|p {0,2}b|a {1,2}p)"
_END = r"(?![a-z])"

_BY_NAME = (
    rf"g?{_PO}{_WIDE}(?:{_BOX}|{_OTHER}){_END}(?:{_ID})?",
    rf"g?{_PO}{_GAP}b(?:{_FIGURES}|{_GAP}(?=,|$))",
    rf"{_POST}(?:{_OFFICE})?(?:{_BOX}|{_OTHER}){_END}(?:{_ID})?",
    rf"caller{_GAP}(?:service|serv|svc){_END}(?:{_ID})?",
    rf"firm{_GAP}caller{_END}(?:{_ID})?",
    rf"gen(?:eral|ral|erl| ?l)?{_GAP}(?:del(?:iv[a-z]{{0,5}}|very|y|v)?|dlvry|dlvy|dlv){_END}",
    rf"g {{0,2}}d(?={_GAP}(?:stn|station|succ|,|$))",
    rf"post[ae]?{_GAP}rest[ae]nte?{_END}",
    r"(?:lista {1,2}de {1,2}correos?|entrega {1,2}general|livraison {1,2}generale)",
    r"(?:the )?postmaster",
    rf"(?:case|caisse|boite|bte|casier|cas|oficina|bureau|casella|caixa|caja|casillero|casilla|buzon|apto"
    rf"|ap|a {{1,2}}p|c|{_APARTADO})"
    rf"{_GAP}(?:post(?:ale?s?|aux)?|aereo|correos?|de {{1,2}}(?:los {{1,2}})?correos?|de {{1,2}}poste){_END}(?:{_ID})?",
    rf"(?:postfach|postbus){_END}(?:{_ID})?",
)
_BY_NUMBER = (
    rf"(?:(?:{_DRAWER}|{_APARTADO}|casilla|casillero|buzon){_END}|lock{_GAP}box){_ID}",
    rf"(?:caller|case|casier|boite|bte|bag(?: service)?|{_INITIALS}|{_PO}){_END}{_FIGURES}",
    rf"{_POST}{_OFFICE[: -len(_GAP)]}{_FIGURES}",
)
_IN_A_STORE = (
    rf"(?:p {{0,2}}m {{0,2}}b|private{_GAP}mail{_GAP}box){_END}(?:{_ID})?",
    rf"(?:mail|letter|campus |student |college |dorm |usps |p )?{_GAP}(?:b[o0]xx?(?:holder)?|bx){_END}{_ID}",
)
_FOUND = re.compile(
    rf"(?<![a-z\d])(?:(?P<post>{'|'.join((*_BY_NAME, *_BY_NUMBER))})|(?P<store>{'|'.join(_IN_A_STORE)}))"
)
_STATION = r"(?:post(?:al)? )?(?:stn|station|sta|succ|succursale|rpo|csp|comptoir postal|retail postal outlet)"
_STATION_AFTER = re.compile(rf"[ ,-]{{0,4}}{_STATION}(?: {{1,2}}[a-z-]{{1,20}}){{1,2}}?(?= ?,|$)")
_OFFICE_ALONE = re.compile(
    rf"(?:^|(?<=,)) {{0,2}}(?:(?:c o |care of |at )?(?:the |us |u s |usps |local )?post {{0,2}}office"
    rf"|{_STATION}(?: {{1,2}}[a-z-]{{1,20}}){{1,2}})"
    r" {0,2}(?=,|$)"
)
_PARTICLES = words_of("de del la las los el le les du des of the l d")
_HOUSE = re.compile(r"#?[nsew]?\d")


@dataclass(frozen=True, slots=True)
class PostBox:
    """Where a box stands in a text; `is_unit`: it may as well be a box in a house or at a mail store."""

    start: int
    end: int
    is_unit: bool


def find_box(text: str) -> PostBox | None:
    """Return the first box of an address that has lost its state and code; a rural box is a house and none."""
    folded = fold(text)
    rural = find_rural(folded) or (0, 0)
    for found in _FOUND.finditer(folded):
        outside = found.end() <= rural[0] or found.start() >= rural[1]
        if outside and not _is_street(folded, found.start(), found.end()):
            after = _STATION_AFTER.match(folded, found.end())
            return PostBox(found.start(), after.end() if after else found.end(), found["store"] is not None)
    alone = None if rural[1] else _OFFICE_ALONE.search(folded)
    return PostBox(*alone.span(), is_unit=False) if alone and not _ends_as_street(alone[0]) else None


def _is_street(folded: str, start: int, end: int) -> bool:
    """Tell by what stands around a box in its part of the address that it is the name of a street."""
    before = folded[folded.rfind(",", 0, start) + 1 : start].split()
    after = re.split(",", folded[end:], maxsplit=1)[0].split()
    named = [word for word in before if word not in _PARTICLES]
    if named and named[-1] in STREET_LEADS and (len(named) == 1 or (len(named) == 2 and _HOUSE.match(named[0]))):
        return True
    if not named:
        return len(after) == 1 and after[0] in SUFFIXES and not folded[start:end].rstrip()[-1].isdigit()
    has_house = bool(_HOUSE.match(named[0])) and not any(word in SUFFIXES for word in named[1:])
    return has_house and any(word in SUFFIXES for word in after[:2])


def _ends_as_street(part: str) -> bool:
    words = part.strip(" ,").split()
    return bool(words) and words[-1] in SUFFIXES
