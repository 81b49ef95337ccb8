"""Whether a number can be moved to us: what the plan says of it, and what we know of it already."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from domain.errors import Unreadable
from domain.numbers.lists import spot_list
from domain.numbers.phone import Phone, show
from domain.numbers.reading import EXTENSION, PLAIN, read_phone
from domain.numbers.spans import written_out
from domain.numbers.verdicts import SERVED, Served, region_of_digits, verdict
from domain.text import clean_lines

Outcome = Literal["accepted", "doubtful", "refused"]

_NO_PARAMS: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Known:
    """What we know of numbers, each in E.164.

    `roles`: what each does that is ours, as in `domain.numbers.inventory`; `moving`: in another request that is still
    open; `moved`: in one that is completed.
    """

    roles: Mapping[str, str] = field(default_factory=dict)
    moving: Collection[str] = frozenset()
    moved: Collection[str] = frozenset()


class Verdict(NamedTuple):
    """What the check found: `code` is a wording key, None when accepted; `value` is E.164, "" where none was read.

    A tuple, as a list makes 100,000 of them and a frozen dataclass takes three times as long to make.
    """

    verdict: Outcome
    code: str | None
    value: str
    params: Mapping[str, str] = _NO_PARAMS


NOTHING: Final = Known()
_OURS: Final[Mapping[str, str]] = {
    "receiving": "number.ours_receiving",
    "failsafe": "number.ours_failsafe",
    "user": "number.ours_user",
    "tracking": "number.ours_tracking",
}
_NOT_SERVED = frozenset({"number.not_us", "number.toll_free"})  # as readers call them
_TEN = 10


def check(text: str, known: Known = NOTHING, served: Served = SERVED) -> Verdict:
    """Judge the one number in a text, however it is written, against the plan and what is known.

    Codes: `number.not_served` (region), `ours_receiving`, `ours_failsafe`, `ours_user`, `ours_tracking`, `in_request`,
    `completed`, and those of `read_phone`; a number with an extension is doubtful: only its whole line can move.
    """
    e164 = read_plain(text, served)
    found = Verdict("accepted", None, e164) if e164 else read_one(text, served)
    return held(found.value, known) or found


def read_one(text: str, served: Served = SERVED) -> Verdict:
    """Judge the one number in a text against the plan alone, with the codes of `check` that the plan gives."""
    digits = _ten(text)
    return _judged(verdict(digits, served)) if digits else _read(text, served)


def read_plain(text: str, served: Served) -> str:
    """Return E.164 of a number that can move and is in one of the forms that most lists are in; "" for all else."""
    digits = _ten(text)
    return f"+1{digits}" if region_of_digits(digits) in served.regions else ""


def twice(e164: str) -> Verdict:
    """Refuse a number that was taken with an earlier item of the same list."""
    return _refused("number.twice", e164)


def _ten(text: str) -> str:
    """Take the ten digits of a text in the forms that most lists are in, else nothing."""
    if not text.isascii():
        return ""
    if len(text) == _TEN and text.isdecimal():
        return text
    plain = PLAIN.fullmatch(text)
    return "".join(plain.groups()) if plain else ""


def held(e164: str, known: Known) -> Verdict | None:
    """Refuse a number that we have already, or that somebody is moving; how to free it is in the sentence."""
    role = known.roles.get(e164)
    if role is not None:
        return _refused(_OURS[role], e164)
    if e164 in known.moving:
        return _refused("number.in_request", e164)
    return _refused("number.completed", e164) if e164 in known.moved else None


def _refused(code: str, e164: str) -> Verdict:
    return Verdict("refused", code, e164, {"number": show(Phone(e164))} if e164 else _NO_PARAMS)


def _read(text: str, served: Served) -> Verdict:
    if not any(c.isdecimal() for c in text):
        return _refused("number.none", "")
    found = _judged(read_phone(text, served))
    if found.verdict == "accepted" and _holds_more(text, served):
        return _refused("number.several", "")
    if found.verdict == "accepted" and EXTENSION.search(text):
        return Verdict("doubtful", "number.extension", found.value)
    return found


def _holds_more(text: str, served: Served) -> bool:
    """Tell whether last four digits alone stand for further numbers: "415-421-8832, 8833" or "… thru 8840"."""
    said = written_out("\n".join(clean_lines(text)), served)
    return len({each.found for each in spot_list(said, served) if isinstance(each.found, Phone)}) > 1


def _judged(read: Phone | Unreadable) -> Verdict:
    if isinstance(read, Phone):
        return Verdict("accepted", None, read.e164)
    code = "number.not_served" if read.code in _NOT_SERVED else read.code
    return Verdict("refused", code, "", read.params)
