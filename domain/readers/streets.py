"""Street, unit and city: by commas where they are, else by the city's known names, else by a street's last word."""

import re
from collections.abc import Set
from dataclasses import dataclass

from domain.errors import Unreadable
from domain.readers.boundaries import LONGEST_CITY, LONGEST_STREET, is_closed, known_city, street_end
from domain.readers.folding import bare_fold, fold
from domain.readers.houses import HOUSE, UNIT_HOUSE, house_number_of, joined_house, number_behind, starts_with_house
from domain.readers.rural import find_rural
from domain.readers.suffixes import SUFFIXES
from domain.readers.units import HALVES, is_area, is_unit, unit_then_city, without_unit
from domain.text import words_of

_TALK = words_of("please send all to behind near next across from corner and at it is the my our in opposite between")
_LONGEST_PREFACE = 4  # parts

_CITY = re.compile(
    r"(?!(?:apt|apartment|unit|ste|suite|rm|room|bldg|trlr|spc|pmb)\b)"
    r"[^\W\d_][^\s\d_,#/]*(?: [^\s\d_,#/]+){0,3}",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Place:
    """The parts found; an empty text is a part that lacks."""

    street: str
    house_number: str
    unit: str
    city: str

    @property
    def is_whole(self) -> bool:
        """Tell whether street, house number and city are all there."""
        return bool(self.street and self.house_number and self.city)


def split(parts: list[str], cities: Set[str] = frozenset()) -> Place | Unreadable:
    """Find street, unit and city among comma parts; `address.split` where two readings are possible.

    `cities`: the known names of the city, as `city_key` gives them; by them it is found without a comma.
    """
    parts = joined_house(parts)
    first = _first_street(parts)
    units = [part for part in parts[:first] if any(c.isdigit() for c in part) or is_area(part)]
    parts = parts[first:]
    if not parts:
        return Place("", "", "", "")
    if not any(c.isdigit() for part in parts for c in part) and len(parts) == 1 and not HOUSE.match(parts[0]):
        return _without_digits(parts[0])
    unit_house = UNIT_HOUSE.fullmatch(parts[0]) if len(parts) > 1 or cities else None
    if unit_house and not _is_rural(parts) and (not parts[0][0].isdigit() or "- " in parts[0]):
        units, parts[0] = [*units, f"#{unit_house[1]}"], unit_house[2]
    place = _by_form(parts, cities)
    if isinstance(place, Unreadable) or not units:
        return place
    return Place(place.street, place.house_number, ", ".join(filter(None, (*units, place.unit))), place.city)


def _is_rural(parts: list[str]) -> bool:
    rural = find_rural(fold(parts[0]))
    return rural is not None and rural[0] == 0


def unit_before_house(place: Place) -> Place:
    """Read "302-1450 rue Sherbrooke" as Canadians write it: the unit, a hyphen, the house."""
    found = UNIT_HOUSE.fullmatch(place.street)
    if not found:
        return place
    unit = ", ".join(filter(None, (found[1], place.unit)))
    return Place(found[2], found[2].split()[0], unit, place.city)


def _by_form(parts: list[str], cities: Set[str]) -> Place | Unreadable:
    whole = ", ".join(parts)
    rural = find_rural(fold(whole))
    if rural and rural[0] == 0:
        return _rural_place(whole, rural[1], cities)
    return _one_part(parts[0], cities) if len(parts) == 1 else _many_parts(parts)


def _rural_place(whole: str, end: int, cities: Set[str]) -> Place | Unreadable:
    street, rest = whole[:end].strip(" ,"), whole[end:].strip(" ,.")
    pieces = [piece.strip(" .") for piece in rest.split(",") if piece.strip(" .")]
    if len(pieces) > 1 or (rest and not _CITY.fullmatch(rest)):
        known = known_city(pieces[-1].split(), cities)
        inner = [*pieces[:-1], " ".join(pieces[-1].split()[:known])] if known else pieces[:-1]
        city = " ".join(pieces[-1].split()[known or 0 :])
        if not _CITY.fullmatch(city):
            return Unreadable("address.split")
        return Place(street, street, ", ".join(filter(None, inner)), city)
    return Place(street, street, "", rest)


def _first_street(parts: list[str]) -> int:
    """Return where the street begins, behind units, areas and names: an addressee's, a building's; 0 if unknown."""
    for index, part in enumerate(parts[:-1][: _LONGEST_PREFACE + 1]):
        if starts_with_house(part) or (number_behind(part) and not _houses_behind(parts[index + 1 : -1])):
            return index
        if part[0].isdigit() and not is_unit(part):
            return 0
    return 0


def _houses_behind(parts: list[str]) -> bool:
    return any(starts_with_house(part) for part in parts)


def _without_digits(part: str) -> Place:
    words = [bare_fold(word) for word in part.split()]
    if any(word in SUFFIXES for word in words[1:]):
        return Place(part, "", "", "")
    return Place("", "", "", part)


def _many_parts(parts: list[str]) -> Place | Unreadable:
    street, *between, last = parts
    unit, city = unit_then_city(last)
    units = [*between, unit] if unit else between
    if not all(_is_beside(each) for each in units) or (city and not _CITY.fullmatch(city)):
        return Unreadable("address.split")
    house = house_number_of(street)
    if house and not street[len(house) :].strip():
        return Place("", house, "", city)
    street, inside = _street_and_unit(street)
    house = house if street.startswith(house) else ""
    house = house or number_behind(street) or (inside if is_area(street) else "")
    return Place(street, house, ", ".join(filter(None, (inside, *units))), city)


def _street_and_unit(street: str) -> tuple[str, str]:
    """Part a street from its unit; "County Road 5 #410" keeps its number, which is the house's."""
    is_house = not house_number_of(street) and number_behind(street).startswith("#")
    return (street, "") if is_house else without_unit(street)


def _is_beside(part: str) -> bool:
    """Tell whether a part may stand between street and city: a unit, a name, or the route on which the street lies."""
    return is_unit(part) or _is_name(part) or find_rural(fold(part)) is not None


def _is_name(part: str) -> bool:
    """Tell whether a part may name a building or a quarter: a few words that are no remark."""
    words = [bare_fold(word) for word in part.split()]
    return len(words) <= LONGEST_CITY and not any(c.isdigit() for c in part) and not _TALK & set(words)


def _one_part(part: str, cities: Set[str]) -> Place | Unreadable:
    house = house_number_of(part)
    words = part.split()
    known = known_city(words, cities)
    if known is not None:
        place = _before_city(" ".join(words[:known]), " ".join(words[known:]))
        if place is not None:
            return place
    end = street_end(words)
    if end is None:
        return Place("", house, "", "") if words == house.split() else Unreadable("address.split")
    return _settle(" ".join(words[:end]), house, " ".join(words[end:]))


def _before_city(street: str, city: str) -> Place | None:
    """Read what stands before a known city as street and unit; None where it holds more, or the saint's "St"."""
    street, unit = _street_and_unit(street)
    house = house_number_of(street) or number_behind(street)
    plain = [bare_fold(word) for word in street.split()]
    if not house or len(plain) < 2 or plain[-1] in HALVES or _TALK & set(plain[-1:]):
        return None
    is_open = bare_fold(city.split()[0]) == "st" or len(plain) > LONGEST_STREET + 1 or _TALK & set(plain)
    if is_open and not is_closed(plain):
        return None
    return Place(street, house, unit, city)


def _settle(street: str, house: str, rest: str) -> Place | Unreadable:
    unit, city = unit_then_city(rest.strip(" ."))
    if city and (not _CITY.fullmatch(city) or bare_fold(city.split()[0]) in HALVES):
        return Unreadable("address.split")
    return Place(street, house, unit, city)
