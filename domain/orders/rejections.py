"""THE table of rejections: what a losing carrier refuses for, and which answers are opened again.

Codes: the project's porting research §3, read 2026-11-21. An entry here, with its words, is all that another one needs.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Rejection:
    """A reason. `reopens`: questions asked again. `aliases`: what staff type for it, among it the label of the form."""

    code: str
    reopens: tuple[str, ...]
    aliases: tuple[str, ...]


REJECTIONS: dict[str, Rejection] = {
    r.code: r
    for r in (
        Rejection("PIN_INVALID", ("pin",), ("wrong pin", "pin", "passcode", "wrong passcode", "wrong transfer pin")),
        Rejection(
            "ACCOUNT_NUMBER_WRONG",
            ("account",),
            ("wrong account", "account number", "account", "wrong account number"),
        ),
        Rejection("NAME_MISMATCH", ("name",), ("name mismatch", "wrong name", "name", "name does not match")),
        Rejection(
            "ADDRESS_MISMATCH",
            ("address",),
            ("address mismatch", "wrong address", "address", "address does not match"),
        ),
        Rejection(
            "SMS_CONSENT_MISSED", ("working",), ("text not answered", "no yes to the text", "sms consent missed")
        ),
    )
}


_NEAR = 0.85  # how alike a slip must be, from 0 to 1
_LONG_ENOUGH = 6  # characters
_BETWEEN = "+"  # codes of one rejection
_SEVERAL = re.compile(r"\s*(?:[,;+&]|\band\b)\s*", re.IGNORECASE)


def find_rejections(text: str) -> tuple[Rejection, ...]:
    """Return the reasons that staff mean, with commas or `and` between several; () where one of them is unclear."""
    whole = find_rejection(text)
    if whole is not None:
        return (whole,)
    found = [find_rejection(part) for part in _SEVERAL.split(text.strip()) if part]
    return tuple(dict.fromkeys(r for r in found if r is not None)) if None not in found else ()


def joined(reasons: tuple[Rejection, ...]) -> str:
    """Return several reasons as a number keeps them: by their codes, in the table's order."""
    return _BETWEEN.join(code for code, reason in REJECTIONS.items() if reason in reasons)


def codes_of(kept: str | None) -> tuple[str, ...]:
    """Return the codes of the reasons that a number keeps."""
    return tuple(kept.split(_BETWEEN)) if kept else ()


def find_rejection(text: str) -> Rejection | None:
    """Return the reason that staff mean by a code, an alias or an unambiguous beginning of either; None: unclear."""
    wanted = text.strip().lower().replace("_", " ")
    if not wanted:
        return None
    names = {name: r for r in REJECTIONS.values() for name in (r.code.lower().replace("_", " "), *r.aliases)}
    if wanted in names:
        return names[wanted]
    found = {r.code: r for name, r in names.items() if name.startswith(wanted)} or _alike(wanted, names)
    return next(iter(found.values())) if len(found) == 1 else None


def _alike(wanted: str, names: Mapping[str, Rejection]) -> dict[str, Rejection]:
    """Return the reasons of which a word is one slip away, as in `wrong adress`; of short words none is sure enough."""
    near = get_close_matches(wanted, names, n=len(names), cutoff=_NEAR) if len(wanted) >= _LONG_ENOUGH else []
    return {names[name].code: names[name] for name in near}
