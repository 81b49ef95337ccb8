"""The service address in one message: accepted, doubtful and to be confirmed, or refused with what is wrong."""

import re
from dataclasses import dataclass, field

from domain.errors import Unreadable
from domain.readers import streets, zips
from domain.readers.endings import Ending, take_ending
from domain.readers.postboxes import PostBox, find_box
from domain.readers.provinces import CITIES, LETTER_PROVINCES
from domain.readers.states import CROSSING_ZIPS, MILITARY, ZIP_STATES
from domain.readers.stores import is_mail_store
from domain.text import ascii_digits, clean_lines

LONGEST_ADDRESS = 200

_LEAD = re.compile(
    r"^(?:(?:hi|hello)[, ]+)?(?:(?:(?:my|the|our) )?(?:(?:service|home|billing) )?address(?: is)?[: ]+"
    r"|(?:it'?s|it is|that'?s|i live at|we are at|we're at) +)",
    re.I,
)
_SLASH = re.compile(r"(?<=[A-Za-z.]{2}) ?/ ?(?=[A-Za-z]{2}|\d{5}\b)")  # "45 Oak St/Asheville/NC", never "c/o"
_MILITARY = re.compile(r"(?:psc|cmr|unit)\b.*\b[afd]po\b", re.I)
_CANADIAN_CITIES = frozenset(map(zips.city_key, CITIES))
_LACKS = {
    "US": ("street", "house_number", "city", "state", "zip"),
    "CA": ("street", "house_number", "city", "province", "postal_code"),
}
_STRAY = " ./()-#"


@dataclass(frozen=True, slots=True)
class Address:
    """A service address as typed: `state` is the abbreviation of a state or province, `country` "US" or "CA".

    `zip` has five digits or ZIP+4; in Canada it is the postal code, "H3G 1K4".
    """

    street: str
    unit: str
    city: str
    state: str
    zip: str
    country: str = "US"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What may be wrong with an address: a wording key and what its sentence needs."""

    code: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Doubtful:
    """An address to be taken when its sender confirms it; the gravest doubt is the first."""

    value: Address
    doubts: tuple[Doubt, ...]


def read_address(text: str) -> Address | Doubtful | Unreadable:
    """Read a whole US or Canadian address; what lacks is named one by one, a post office box is refused."""
    whole = _LEAD.sub("", ascii_digits(", ".join(clean_lines(text))), count=1)
    whole = _SLASH.sub(", ", whole.replace(";", ",").replace("|", ","))
    if len(whole) > LONGEST_ADDRESS:
        return Unreadable("address.too_long", {"longest": str(LONGEST_ADDRESS)})
    ending = take_ending(whole)
    if ending.state in MILITARY or _MILITARY.search(ending.before):
        return Unreadable("address.military")
    box = find_box(ending.before)
    place = streets.split(_parts(_without(ending.before, box)), _cities(ending))
    if (box and not _stands_beside(place, box)) or _is_box_alone(whole, place, ending):
        return Unreadable("address.po_box")
    fault = _outright(ending)
    if fault is not None:
        return fault
    if isinstance(place, Unreadable):
        return place
    return _complete(place, ending, box)


def _without(before: str, box: PostBox | None) -> str:
    return f"{before[: box.start]}, {before[box.end :]}" if box else before


def _parts(before: str) -> list[str]:
    bare = (part.strip(_STRAY if not part.strip().startswith("#") else " .") for part in before.split(","))
    return [part for part in bare if part]


def _cities(ending: Ending) -> frozenset[str]:
    """Return the known names of the city: by the ZIP, in Canada the larger cities."""
    if ending.country == "CA":
        return _CANADIAN_CITIES
    known = zips.find_zip(ending.code) if ending.code else None
    return known.names if known else frozenset()


def _stands_beside(place: streets.Place | Unreadable, box: PostBox) -> bool:
    """Tell whether a box has a place beside it: without the box, there still is a house in a street."""
    if isinstance(place, Unreadable) or not place.house_number or not place.street:
        return False
    return place.is_whole or box.is_unit


def _is_box_alone(whole: str, place: streets.Place | Unreadable, ending: Ending) -> bool:
    """Tell whether the five figures of a ZIP without a state are a box's: "Box 12345"."""
    has_house = isinstance(place, streets.Place) and place.house_number
    return not ending.state and not has_house and find_box(whole) is not None


def _outright(ending: Ending) -> Unreadable | None:
    state, code = ending.state, ending.code
    if ending.country == "CA" or not code:
        return None
    if code[:3] not in ZIP_STATES:
        return Unreadable("address.no_such_zip", {"zip": code})
    states = ZIP_STATES[code[:3]] | CROSSING_ZIPS.get(code[:5], frozenset())
    if state and state not in states:
        return Unreadable("address.zip_not_in_state", {"zip": code, "state": state, "fits": " / ".join(sorted(states))})
    return None


def _complete(place: streets.Place, ending: Ending, box: PostBox | None) -> Address | Doubtful | Unreadable:
    place = streets.unit_before_house(place) if ending.country == "CA" else place
    have = (place.street, place.house_number, place.city, ending.state, ending.code)
    lacks = [name for name, value in zip(_LACKS[ending.country], have, strict=True) if not value]
    has_odd_number = lacks == ["house_number"] and any(c.isdigit() for c in place.street)
    if lacks and not has_odd_number:
        return Unreadable(f"address.needs_{lacks[0]}", {"lacks": " ".join(lacks)})
    typed = ending.before[box.start : box.end].strip(" ,") if box else ""
    unit = ", ".join(filter(None, (place.unit, typed if box and box.is_unit else "")))
    address = Address(place.street, unit, place.city, ending.state, ending.code, ending.country)
    odd = (Doubt("address.odd_house_number", {"street": place.street}),) if has_odd_number else ()
    doubts = (*_box_doubts(ending, box, typed), *odd, *_code_doubts(address))
    return Doubtful(address, doubts) if doubts else address


def _box_doubts(ending: Ending, box: PostBox | None, typed: str) -> tuple[Doubt, ...]:
    if box and not box.is_unit:
        return (Doubt("address.box_beside", {"box": typed}),)
    if box or any(map(is_mail_store, ending.before.split(","))):
        return (Doubt("address.private_mailbox"),)
    return ()


def _code_doubts(address: Address) -> tuple[Doubt, ...]:
    params = {"zip": address.zip, "state": address.state, "city": address.city}
    if address.country == "CA":
        fits = address.state in LETTER_PROVINCES[address.zip[0]]
        return () if fits else (Doubt("address.postal_code_not_in_province", params),)
    known = zips.find_zip(address.zip)
    if known is None:
        return (Doubt("address.unknown_zip", params),)
    if address.state not in CROSSING_ZIPS.get(known.code, frozenset()) | {known.state}:
        return (Doubt("address.zip_of_next_state", {**params, "known": known.state}),)
    if not zips.city_fits(address.city, known):
        return (Doubt("address.zip_of_other_city", {**params, "known": known.city}),)
    return (Doubt("address.zip_for_boxes", params),) if zips.is_for_boxes_only(known) else ()
