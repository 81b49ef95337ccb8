"""An address that comes in pieces: what is missing is named, and what follows is put behind what was there."""

import re

from domain.errors import Unreadable
from domain.intake.about import country_of
from domain.intake.given import Given, Unclear
from domain.intake.readings.account import names_billing, read_service_address
from domain.numbers.verdicts import CANADA
from domain.orders.model import Case
from domain.readers.secrets import names_secret
from domain.readers.starts import place_amid
from domain.text import clean
from domain.values import replace

_SAME = re.compile(r"^\s*(?:it'?s )?(?:at )?(?:the )?same (?:place|address|one|house)[\s,:;.-]+(?=\d)", re.I)
_ENDS = re.compile(
    r"[\s,.!]+(?:duh|lol|of course|obviously|sorry|please|pls|thanks|thank you|thx)(?<![\s,.!])[\s.!]*$", re.I
)
_CODE = re.compile(
    r"\s*(?:(?:the )?(?:zip|postal)(?: code)?(?: is)?[ :]*)?(\d{5}(?:-\d{4})?|[a-z]\d[a-z][ -]?\d[a-z]\d)[\s.]*", re.I
)
_AT_THE_END = {
    "zip": "address.needs_zip",
    "state": "address.needs_state",
    "state zip": "address.needs_state_zip",
    "city state zip": "address.needs_city_state_zip",
    "postal_code": "address.needs_postal_code",
    "province": "address.needs_province",
    "province postal_code": "address.needs_province_postal_code",
    "city province postal_code": "address.needs_city_province_postal_code",
}  # what is missing, where it is the end: what stands in the middle cannot be put behind
_IN_CANADA = {"state": "province", "zip": "postal_code"}
_LONGEST = 160  # characters of an address that is not whole yet
BEGUN = "address_begun"


def read_address_by_pieces(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Read the address; a piece that completes the one begun before is joined to it."""
    said = _with_another_code(_ENDS.sub("", _SAME.sub("", text)), case)
    got = read_service_address(said, case)
    if not isinstance(got, Unreadable) or not ("lacks" in got.params or got.code == "address.split"):
        return got
    joined = _joined(said, case)
    return joined if joined is not None else _begun(said, got, case)


def _with_another_code(said: str, case: Case) -> str:
    """Return a ZIP or postal code that comes alone as the known address with it; all else as it is."""
    known = case.answers.get("address")
    found = _CODE.fullmatch(said)
    if known is None or not known.reopened or case.answer(BEGUN) or found is None:
        return said
    street, unit, city, state, _ = known.value
    return ", ".join(filter(None, (street, unit, city, f"{state} {found[1]}")))


def _joined(said: str, case: Case) -> Given | Unclear | None:
    """Read what was begun with this behind it; None where that is no whole address, or this begins one itself."""
    begun = case.answer(BEGUN)
    if not begun or "\n" in said:
        return None
    whole = f"{begun[0]}, {clean(said)}"
    got = read_service_address(whole, case)
    if isinstance(got, Given):
        return replace(got, lead="address.joined", params={"address": whole})
    still = _begun(whole, got, case) if isinstance(got, Unreadable) else got
    return still if isinstance(still, Unclear) else None


def _begun(said: str, got: Unreadable, case: Case) -> Unclear | Unreadable:
    """Keep an address of which only the end is missing, and name all of that."""
    kept = begun_of(said, got, case)
    key = _AT_THE_END.get(_lacks(got, case), "")
    if kept is not None:
        return Unclear(key, None, got.params, keeps=((BEGUN, kept),))
    return Unreadable(key, got.params) if key else got


def begun_of(said: str, got: Unclear | Unreadable, case: Case) -> Given | None:
    """Return as much of an address as may be kept till the rest comes; None where it is none, or hides a secret."""
    is_end = isinstance(got, Unclear) or _lacks(got, case) in _AT_THE_END
    if not is_end or names_secret(said) or names_billing(said) or (isinstance(got, Unclear) and not got.buttons):
        return None
    return Given(((place_amid(clean(said)) or clean(said))[:_LONGEST],))


def _lacks(got: Unreadable, case: Case) -> str:
    """Return what is missing, by the names that it has in the country of the numbers."""
    lacks = got.params.get("lacks", "").split()
    return " ".join(_IN_CANADA.get(each, each) if country_of(case) == CANADA else each for each in lacks)


def about_begun(case: Case) -> Unclear | None:
    """Return how to ask for what is missing of an address that came before it was asked for."""
    begun = case.answer(BEGUN)
    if not begun:
        return None
    got = read_service_address(begun[0], case)
    told = _begun(begun[0], got, case) if isinstance(got, Unreadable) else got
    if not isinstance(told, Unclear):
        return None
    return replace(told, key=f"address.begun+{told.key}", params={**told.params, "begun": begun[0]})
