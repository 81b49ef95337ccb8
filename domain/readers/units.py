"""Units within a house: apartments, suites, floors, and the named areas of Puerto Rico."""

import re

from domain.readers.folding import bare_fold
from domain.readers.stores import is_mail_store
from domain.text import words_of

_UNIT_WORD = (
    r"(?:apt|apartment|apto|apartamento|app|appt|unit|unite|ste|suite|bureau|rm|room|fl|floor|bldg|building|edificio|edif"
    r"|lot|trlr|trailer|spc|space|slip|berth|dock|hangar|stall|booth|kiosk|tower|twr|wing|dept|penthouse|ph|pmb|box|#)"
)
_CODE = r"[A-Za-z]?\d*-?[A-Za-z0-9]*"
_UNIT = re.compile(rf"(?:{_UNIT_WORD}\b\.?|#) ?(?:no\.? ?)?#? ?{_CODE}(?=\s|$)", re.I)
_UNIT_INSIDE = re.compile(
    rf"(?<=\s)(?:{_UNIT_WORD}\b\.?|#) ?#? ?(?:\d+[A-Za-z]?|[A-Za-z]\d*|\d*-[A-Za-z0-9]+|\d+-?[A-Za-z0-9]*)$",
    re.I,
)
_ORDINAL_FLOOR = re.compile(r"\d{1,3}(?:st|nd|rd|th|er|e)? (?:floor|fl|etage|étage)\b", re.I)
_FLOOR_INSIDE = re.compile(rf"(?<=\s){_ORDINAL_FLOOR.pattern}$", re.I)
_BARE_UNIT = re.compile(r"#?\d{1,5}[A-Za-z]?|[A-Za-z]\d{0,4}")
_AREA = re.compile(
    r"(?:urb|urbanizaci[oó]n|cond|condominio|bo|barrio|sect|sector|res|residencial|ext|extensi[oó]n|parc|parcelas|villas?|"
    r"jardines|alturas|estancias|mansiones|reparto|hacienda|colinas|com|comunidad)\b\.? ?[^\d,]{2,40}",
    re.I,
)
AREAS = words_of("urb urbanizacion cond condominio bo barrio sect sector res residencial parc parcelas villa villas")
_AREA_UNIT = re.compile(rf"({_AREA.pattern}?) ({_UNIT.pattern})", re.I)
_UNIT_FIRST = re.compile(rf"(?:{_UNIT_WORD}\b\.?|#) ?(?:no\.? ?)?#? ?(?:\d[\w-]*|[A-Za-z](?:-?\d+)?)(?=\s|$)", re.I)
HALVES = words_of(
    "rear front upper lower basement bsmt penthouse ph side upstairs downstairs attic left right "
    "apt apartment unit ste suite rm room"
)


def without_unit(street: str) -> tuple[str, str]:
    """Part a street from the one or two units at its end."""
    found = _UNIT_INSIDE.search(street) or _FLOOR_INSIDE.search(street)
    if not found:
        return street, ""
    rest = street[: found.start()].rstrip()
    more = _UNIT_INSIDE.search(rest) or _FLOOR_INSIDE.search(rest)
    if more:
        return rest[: more.start()].rstrip(), f"{more[0]} {found[0]}"
    return rest, found[0]


def unit_then_city(last: str) -> tuple[str, str]:
    """Part a unit from the city behind it: "Apt 4 Springfield"."""
    found = _ORDINAL_FLOOR.match(last) or _UNIT_FIRST.match(last)
    return (found[0], last[found.end() :].strip(" .")) if found else ("", last)


def is_unit(part: str) -> bool:
    """Tell whether a part is units only: "Bldg 4", "Suite 400 Room 5", "Cond. Playa Azul Apt 5", "4B"."""
    if is_mail_store(part) or _BARE_UNIT.fullmatch(part) or _ORDINAL_FLOOR.fullmatch(part):
        return True
    if is_area(part):
        return True
    found = _UNIT.match(part) or _ORDINAL_FLOOR.match(part)
    rest = part[found.end() :].strip() if found else ""
    if not found or not rest:
        return bool(found) or bare_fold(part) in HALVES
    return bool(_UNIT.fullmatch(rest) or _ORDINAL_FLOOR.fullmatch(rest)) or bare_fold(rest) in HALVES


def is_unit_alone(part: str) -> bool:
    """Tell whether a part that begins with a figure is a unit: "4B", "2nd Floor"."""
    return bool(_BARE_UNIT.fullmatch(part) or _ORDINAL_FLOOR.match(part))


def is_area(part: str) -> bool:
    """Tell whether a part names an urbanization, a barrio or a condominium, with or without a unit."""
    return bool(_AREA.fullmatch(part) or _AREA_UNIT.fullmatch(part))
