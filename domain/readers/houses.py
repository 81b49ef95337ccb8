"""House numbers: before the street, behind it in Spanish, on a grid, by the mile, and as a unit's second half."""

import re

from domain.readers.folding import bare_fold, fold
from domain.readers.rural import find_rural
from domain.readers.suffixes import STREET_LEADS
from domain.readers.units import AREAS, is_unit_alone
from domain.text import words_of

_NUMBER_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty"
HOUSE = re.compile(
    r"(?:[NSEW]\d+(?:[NSEW]\d+)?|\d+[NSEW]\d+"
    r"|(?:#|no\.? )?\d+(?:\.\d+)?(?:[A-Za-z]|-[A-Za-z])?(?:-\d+[A-Za-z]?)?(?:[ -]?[1-3]/[2-4]| ?½)?"
    r"|[A-Z]{1,2}-?\d{1,3}(?= (?:calle|avenida|paseo)\b)"  # block and lot, as in Puerto Rico
    rf"|(?:mile|mi|milepost|mp|mm|km)\.? \d+(?:\.\d+)?|{_NUMBER_WORDS})(?=\s|$)",
    re.I,
)
_NUMBER_BEHIND = re.compile(r"(?<=\s)(?:#\s?|no\.? ?|km\.? ?)?\d+(?:\.\d+)?(?:-\d+)?[A-Za-z]?$", re.I)
UNIT_HOUSE = re.compile(
    r"(?:#|unit |apt\.? |suite |ste\.? )?(\d{1,5}[A-Za-z]?|[A-Za-z]{1,2}\d{0,4}) ?- ?(\d+[A-Za-z]? .*)", re.I
)
_KILOMETRE = re.compile(r"\bkm\.? ?\d+(?:\.\d+)?\b", re.I)
ROADS = words_of("hwy highway road rd route rte avenue ave street county state us calle carr fm")


def joined_house(parts: list[str]) -> list[str]:
    """Put a house number before or behind a comma back to its street: "1450, rue Sherbrooke", "Carr. 2, Km 15.6"."""
    for index, part in enumerate(parts[:-1]):
        following = parts[index + 1].split()
        is_before = re.fullmatch(r"\d+[A-Za-z]?", part) and following and bare_fold(following[0]) in STREET_LEADS
        if is_before or _KILOMETRE.match(parts[index + 1]):
            return [*parts[:index], f"{part} {parts[index + 1]}", *parts[index + 2 :]]
    return parts


def starts_with_house(part: str) -> bool:
    """Tell whether a part begins with a house number or a rural route."""
    rural = find_rural(fold(part))
    return bool((HOUSE.match(part) and not is_unit_alone(part)) or (rural and rural[0] == 0))


def house_number_of(street: str) -> str:
    """Return the house number that stands first, empty if there is none."""
    found = HOUSE.match(street)
    return found[0] if found else ""


def number_behind(street: str) -> str:
    """Return the house number that stands last: "Calle Sol 250", "Carr 167 Km 18.5", "County Road 5 #410"."""
    kilometre = _KILOMETRE.search(street)
    if kilometre and kilometre.start():
        return kilometre[0]
    found = _NUMBER_BEHIND.search(street)
    words = [bare_fold(word) for word in street[: found.start()].split()] if found else []
    if not found or not words:
        return ""
    is_numbered = any(word.isdigit() for word in words)
    if words[0] in STREET_LEADS | AREAS:
        return found[0] if len(words) > 1 else ""
    return found[0] if is_numbered and (found[0].startswith("#") or words[0] in ROADS) else ""
