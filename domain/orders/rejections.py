"""THE table of rejections: what a losing carrier refuses for, and which answers are opened again.

Codes: the project's porting research §3, read 2026-11-21. An entry here, with its words, is all that another one needs.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rejection:
    """A reason. `reopens`: questions asked again. `aliases`: what staff type for it."""

    code: str
    reopens: tuple[str, ...]
    aliases: tuple[str, ...]


REJECTIONS: dict[str, Rejection] = {
    r.code: r
    for r in (
        Rejection("PIN_INVALID", ("pin",), ("wrong pin", "pin", "passcode", "wrong passcode")),
        Rejection("ACCOUNT_NUMBER_WRONG", ("account",), ("wrong account", "account number", "account")),
        Rejection("NAME_MISMATCH", ("name",), ("name mismatch", "wrong name", "name")),
        Rejection("ADDRESS_MISMATCH", ("address",), ("address mismatch", "wrong address", "address")),
    )
}


def find_rejection(text: str) -> Rejection | None:
    """Return the reason that staff mean by a code, an alias or an unambiguous beginning of either; None: unclear."""
    wanted = text.strip().lower().replace("_", " ")
    if not wanted:
        return None
    names = {name: r for r in REJECTIONS.values() for name in (r.code.lower().replace("_", " "), *r.aliases)}
    if wanted in names:
        return names[wanted]
    found = {r.code: r for name, r in names.items() if name.startswith(wanted)}
    return next(iter(found.values())) if len(found) == 1 else None
