"""Street, unit and city: by commas where they are, by street suffix and unit where that is certain."""

import re
from dataclasses import dataclass

from domain.errors import Unreadable
from domain.text import words_of

_SUFFIXES = words_of(
    "st str street ave av avenue rd road dr drive blvd boulevard ln lane ct court pl place way cir circle "
    "ter terr terrace pkwy parkway trl trail sq square loop pike hwy highway aly alley"
)
_SHORT_DIRECTIONS = words_of("n s e w ne nw se sw")
_LONG_DIRECTIONS = words_of("north south east west northeast northwest southeast southwest")
_HALVES = words_of("rear front upper lower basement bsmt penthouse ph side")
# Cities begin with "St": after a lone "St" these words leave it open whether it is a street or a saint.
_SAINTS = words_of(
    "louis paul petersburg pete charles augustine joseph cloud george johns john marys mary albans clair "
    "james helens helena simons francis peter peters thomas martinville bernard anthony ann anne michaels "
    "michael matthews pauls gabriel ignace johnsbury lucie marie robert stephen elmo leonard"
)

_NUMBER_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten"
_HOUSE = re.compile(
    r"(?:[NSEW]\d+(?:[NSEW]\d+)?|\d+[A-Za-z]?(?:-\d+[A-Za-z]?)?(?: 1/2| 1/4| 3/4| ½)?"
    rf"|{_NUMBER_WORDS})(?=\s|$)",
    re.I,
)
_RURAL = re.compile(
    r"(?:r\.? ?r\.?|r\.?f\.?d\.?|rural (?:route|rte)|h\.? ?c\.?(?: ?r\.?)?"
    r"|highway contract(?: (?:route|rte))?|star (?:route|rte))"
    r" ?#? ?\d* ?,? ?box #?\w+",
    re.I,
)
_UNIT_WORD = r"(?:apt|apartment|unit|ste|suite|rm|room|fl|floor|bldg|building|lot|trlr|trailer|spc|space|pmb|box|#)"
_UNIT = re.compile(rf"(?:{_UNIT_WORD}\b\.?|#) ?(?:no\.? ?)?#? ?[A-Za-z]?\d*-?[A-Za-z0-9]*(?=\s|$)", re.I)
_UNIT_INSIDE = re.compile(
    rf"(?<=\s)(?:{_UNIT_WORD}\b\.?|#) ?#? ?(?:\d+[A-Za-z]?|[A-Za-z]\d*|\d*-[A-Za-z0-9]+|\d+-?[A-Za-z0-9]*)$",
    re.I,
)
_ORDINAL_FLOOR = re.compile(r"\d{1,3}(?:st|nd|rd|th)? (?:floor|fl)\b", re.I)
_BOX_UNIT = re.compile(r"(?:pmb|box|private mail ?box)\b", re.I)
_UNIT_FIRST = re.compile(rf"(?:{_UNIT_WORD}\b\.?|#) ?(?:no\.? ?)?#? ?(?:\d[\w-]*|[A-Za-z](?:-?\d+)?)(?=\s|$)", re.I)
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


def split(parts: list[str]) -> Place | Unreadable:
    """Find street, unit and city among comma parts; `address.split` where two readings are possible."""
    parts = _without_name_line(parts)
    if not parts:
        return Place("", "", "", "")
    if not any(c.isdigit() for part in parts for c in part) and len(parts) == 1 and not _HOUSE.match(parts[0]):
        return _without_digits(parts[0])
    return _one_part(parts[0]) if len(parts) == 1 else _many_parts(parts)


def is_private_mailbox(place: Place) -> bool:
    """Say whether the unit is a box at a mail store rather than a home."""
    return bool(_BOX_UNIT.match(place.unit))


def _without_name_line(parts: list[str]) -> list[str]:
    """Drop the addressee's line of a pasted label: letters only, and a house number begins the next."""
    if len(parts) < 3 or not _CITY.fullmatch(parts[0]) or _starts_with_house(parts[0]):
        return parts
    return parts[1:] if _starts_with_house(parts[1]) else parts


def _starts_with_house(part: str) -> bool:
    return bool(_HOUSE.match(part) or _RURAL.match(part))


def _without_digits(part: str) -> Place:
    words = [_plain(word) for word in part.split()]
    if any(word in _SUFFIXES for word in words[1:]):
        return Place(part, "", "", "")
    return Place("", "", "", part)


def _many_parts(parts: list[str]) -> Place | Unreadable:
    street, *between, last = parts
    unit, city = _unit_then_city(last)
    units = [*between, unit] if unit else between
    if not all(_is_unit(each) for each in units) or (city and not _CITY.fullmatch(city)):
        return Unreadable("address.split")
    rural = _RURAL.match(street)
    house = _house_number(street)
    if house and not rural and not street[len(house) :].strip():
        return Place("", house, "", city)
    inside = None if rural else _UNIT_INSIDE.search(street)
    if inside:
        units.insert(0, inside[0])
        street = street[: inside.start()].rstrip()
    return Place(street, house, ", ".join(units), city)


def _unit_then_city(last: str) -> tuple[str, str]:
    found = _ORDINAL_FLOOR.match(last) or _UNIT_FIRST.match(last)
    return (found[0], last[found.end() :].strip(" .")) if found else ("", last)


def _is_unit(part: str) -> bool:
    return bool(
        _UNIT.fullmatch(part)
        or _ORDINAL_FLOOR.fullmatch(part)
        or re.fullmatch(r"\d{1,5}[A-Za-z]?|[A-Za-z]\d{0,4}", part)
    )


def _house_number(street: str) -> str:
    found = _RURAL.match(street) or _HOUSE.match(street)
    return found[0] if found else ""


def _one_part(part: str) -> Place | Unreadable:
    rural = _RURAL.match(part)
    if rural:
        return _settle(rural[0], rural[0], part[rural.end() :])
    house = _house_number(part)
    words = part.split()
    end = _street_end(words)
    if end is None:
        return Place("", house, "", "") if words == house.split() else Unreadable("address.split")
    return _settle(" ".join(words[:end]), house, " ".join(words[end:]))


def _settle(street: str, house: str, rest: str) -> Place | Unreadable:
    unit, city = _unit_then_city(rest.strip(" ."))
    if city and (not _CITY.fullmatch(city) or _plain(city.split()[0]) in _HALVES):
        return Unreadable("address.split")
    return Place(street, house, unit, city)


def _street_end(words: list[str]) -> int | None:
    """Give the index after the street's last word, or None where a second reading is possible."""
    plain = [_plain(word) for word in words]
    found = [index for index, word in enumerate(plain) if index >= 2 and word in _SUFFIXES]
    if len(found) == 2 and found[1] == found[0] + 1 and plain[found[1]] == "st" and _is_saint(plain, found[1]):
        found.pop()
    elif len(found) == 1 and plain[found[0]] == "st" and _is_saint(plain, found[0]):
        return None
    if len(found) != 1:
        return None
    end = found[0] + 1
    return _after_direction(plain, end)


def _after_direction(plain: list[str], end: int) -> int | None:
    following = plain[end] if end < len(plain) else ""
    if following in _LONG_DIRECTIONS:
        return None if len(plain) > end + 1 else end + 1
    return end + 1 if following in _SHORT_DIRECTIONS else end


def _is_saint(plain: list[str], index: int) -> bool:
    return index + 1 < len(plain) and plain[index + 1] in _SAINTS


def _plain(word: str) -> str:
    return word.strip(".,").lower()
