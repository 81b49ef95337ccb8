"""The service address in one message: split only where it is certain, otherwise asked again with commas."""

import re
from dataclasses import dataclass

from domain.errors import Unreadable
from domain.readers import streets
from domain.readers.postboxes import is_post_box
from domain.readers.states import MILITARY, STATES, ZIP_STATES
from domain.text import ascii_digits, clean_lines

LONGEST_ADDRESS = 200

_LEAD = re.compile(
    r"^(?:(?:hi|hello)[, ]+)?(?:(?:my|the|our) )?(?:(?:service|home|billing) )?address(?: is)?[: ]+", re.I
)
_COUNTRY = re.compile(r"(?<![,.\s])[,.\s]+(?:usa|u\.s\.a\.?|us|u\.s\.|united states(?: of america)?)[.!\s]*$", re.I)
_ZIP = re.compile(r"(?:^|[,\s.-])(\d{5})(?:-?(\d{4}))?[.!\s]*$")
_ZIP_THEN_STATE = re.compile(r"^(.*[,\s])(\d{5}(?:-\d{4})?)[,\s]+([A-Za-z.]{2,}(?: [A-Za-z]+){0,2})$")
_HALF_ZIP = re.compile(r"\s(\d{4}|\d{6,8})$")
_PARTS = ("street", "house_number", "city", "state", "zip")


@dataclass(frozen=True, slots=True)
class Address:
    """A US service address as typed; `state` is the postal abbreviation, `zip` has five digits or ZIP+4."""

    street: str
    unit: str
    city: str
    state: str
    zip: str
    warnings: tuple[str, ...] = ()


def read_address(text: str) -> Address | Unreadable:
    """Read a whole US address; what lacks is named one by one, a post office box is refused."""
    lines = clean_lines(text)
    whole = _COUNTRY.sub("", _LEAD.sub("", ascii_digits(", ".join(lines)), count=1))
    if len(whole) > LONGEST_ADDRESS:
        return Unreadable("address.too_long", {"longest": str(LONGEST_ADDRESS)})
    before_zip, code = _take_zip(whole)
    before_state, state = _take_state(before_zip)
    parts = [part.strip(" .") for part in before_state.split(",") if part.strip(" .")]
    fault = _outright(parts, state, code)
    if fault:
        return fault
    place = streets.split(parts)
    if isinstance(place, Unreadable):
        return place
    return _complete(place, state, code)


def _outright(parts: list[str], state: str, code: str) -> Unreadable | None:
    if is_post_box(parts):
        return Unreadable("address.po_box")
    if state in MILITARY:
        return Unreadable("address.military")
    if code and code[:3] not in ZIP_STATES:
        return Unreadable("address.no_such_zip", {"zip": code})
    if code and state and state not in ZIP_STATES[code[:3]]:
        fits = " / ".join(sorted(ZIP_STATES[code[:3]]))
        return Unreadable("address.zip_not_in_state", {"zip": code, "state": state, "fits": fits})
    return None


def _complete(place: streets.Place, state: str, code: str) -> Address | Unreadable:
    have = (place.street, place.house_number, place.city, state, code)
    lacks = [name for name, value in zip(_PARTS, have, strict=True) if not value]
    if lacks:
        return Unreadable(f"address.needs_{lacks[0]}", {"lacks": " ".join(lacks)})
    warnings = ("address.private_mailbox",) if streets.is_private_mailbox(place) else ()
    return Address(place.street, place.unit, place.city, state, code, warnings)


def _take_zip(whole: str) -> tuple[str, str]:
    turned = _ZIP_THEN_STATE.match(whole)
    if turned and turned[3].replace(".", "").lower() in STATES:
        whole = f"{turned[1]}{turned[3]} {turned[2]}"
    found = _ZIP.search(whole)
    if not found or not whole[: found.start()].strip(" ,."):
        return _HALF_ZIP.sub("", whole), ""
    code = found[1] + (f"-{found[2]}" if found[2] else "")
    return whole[: found.start()].rstrip(" ,.-"), code


def _take_state(before_zip: str) -> tuple[str, str]:
    """Take the longest state name at the end: "West Virginia" before "Virginia"."""
    words = before_zip.replace(",", " , ").split()
    for length in (3, 2, 1):
        tail = " ".join(words[-length:]).replace(".", "").lower()
        if tail in STATES and len(words) >= length:
            return " ".join(words[:-length]).replace(" , ", ", ").rstrip(" ,"), STATES[tail]
    return before_zip, ""
