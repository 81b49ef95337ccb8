"""An address that comes in pieces: what is missing is named, and what follows is put behind what was there."""

import re
from dataclasses import replace

from domain.errors import Unreadable
from domain.intake.given import Given, Unclear
from domain.intake.readings.account import read_service_address
from domain.orders.model import Case
from domain.readers.secrets import names_secret
from domain.text import clean

_SAME = re.compile(r"^\s*(?:it'?s )?(?:at )?(?:the )?same (?:place|address|one|house)[\s,:;.-]+(?=\d)", re.I)
_ENDS = re.compile(
    r"[\s,.!]+(?:duh|lol|of course|obviously|sorry|please|pls|thanks|thank you|thx)(?<![\s,.!])[\s.!]*$", re.I
)
_AT_THE_END = {
    "zip": "address.needs_zip",
    "state": "address.needs_state",
    "state zip": "address.needs_state_zip",
    "city state zip": "address.needs_city_state_zip",
}  # what is missing, where it is the end: what stands in the middle cannot be put behind
_LONGEST = 160  # characters of an address that is not whole yet
BEGUN = "address_begun"


def read_address_by_pieces(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Read the address; a piece that completes the one begun before is joined to it."""
    said = _ENDS.sub("", _SAME.sub("", text))
    got = read_service_address(said, case)
    if not isinstance(got, Unreadable) or not ("lacks" in got.params or got.code == "address.split"):
        return got
    joined = _joined(said, case)
    return joined if joined is not None else _begun(said, got)


def _joined(said: str, case: Case) -> Given | Unclear | None:
    """Read what was begun with this behind it; None where that is no whole address, or this begins one itself."""
    begun = case.answer(BEGUN)
    if not begun or "\n" in said:
        return None
    whole = f"{begun[0]}, {clean(said)}"
    got = read_service_address(whole, case)
    if isinstance(got, Given):
        return replace(got, lead="address.joined", params={"address": whole})
    still = _begun(whole, got) if isinstance(got, Unreadable) else None
    return still if isinstance(still, Unclear) else None


def _begun(said: str, got: Unreadable) -> Unclear | Unreadable:
    """Keep an address of which only the end is missing, and name all of that."""
    lacks = got.params.get("lacks", "")
    if lacks not in _AT_THE_END or names_secret(said):
        return got
    kept = Given((clean(said)[:_LONGEST],))
    return Unclear(_AT_THE_END[lacks], None, got.params, keeps=((BEGUN, kept),))
