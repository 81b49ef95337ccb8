"""The account number with the losing carrier: free text by nature, secret by rule."""

import re
from dataclasses import dataclass, field

from domain.errors import Unreadable
from domain.text import ascii_digits, clean

LONGEST_ACCOUNT = 40
SHORTEST_ACCOUNT = 4

_LEAD = re.compile(
    r"^(?:(?:ok|okay|oh|ah|so|and|yes|sure|hi|here(?: it is| you go)?|(?:i )?(?:have )?(?:found|got)(?: it)?)\b"
    r"[,.:;!\s]*)*"
    r"(?:(?:it'?s|it is|my|the|our)\s+)*(?:(?:account|acct|acc)\b\.?\s*)?"
    r"(?:(?:number|num|no|nr|id)\b\.?\s*)?(?:(?:is|was)\b\s*)?[:=#\s]*(?=\S*\d)",
    re.I,
)
_TAIL = re.compile(r"(?<=\d)[\s,.!]+(?:thanks|thank you|thx|please|pls)[\s.!]*$", re.I)
_ALLOWED = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_-]*")
_WORDS = re.compile(r"(?<![^\W_])[A-Za-z]{4,}(?![^\W_])")
_SSN = re.compile(r"\d{3}([ -])\d{2}\1\d{4}")


@dataclass(frozen=True, slots=True)
class AccountNumber:
    """An account number as typed, leading zeros and dashes included; `warnings` are wording keys."""

    value: str = field(repr=False)
    warnings: tuple[str, ...] = ()


def read_account_number(text: str, *, phone: str | None, number_as_account_ok: bool) -> AccountNumber | Unreadable:
    """Read an account number, warning about the mistakes carriers reject most.

    `phone` is the moving number (E.164); `number_as_account_ok` is true of the few carriers that use it
    as the account number.
    """
    value = _LEAD.sub("", ascii_digits(clean(text)), count=1)
    value = _TAIL.sub("", value).rstrip(".!, ")
    same = _is_phone(value, phone)
    if same and phone:
        value = phone.removeprefix("+1")
    return _fault(value) or AccountNumber(value, _warnings(value, same=same and not number_as_account_ok))


def _warnings(value: str, *, same: bool) -> tuple[str, ...]:
    found = []
    if same:
        found.append("account.same_as_number")
    if len(value) == SHORTEST_ACCOUNT and value.isdigit():
        found.append("account.only_four_digits")
    return tuple(found)


def _fault(value: str) -> Unreadable | None:
    if not any(c.isdigit() for c in value):
        return Unreadable("account.no_digits")
    if len(value) > LONGEST_ACCOUNT:
        return Unreadable("account.too_long", {"longest": str(LONGEST_ACCOUNT)})
    if _SSN.fullmatch(value):
        return Unreadable("account.looks_like_ssn")
    if not _ALLOWED.fullmatch(value) or _WORDS.search(value):
        return Unreadable("account.only_the_number")
    if sum(c.isalnum() for c in value) < SHORTEST_ACCOUNT:
        return Unreadable("account.too_short")
    return None


def _is_phone(value: str, phone: str | None) -> bool:
    if phone is None or any(c.isalpha() for c in value):
        return False
    return "".join(c for c in value if c.isdigit()).removeprefix("1") == phone.removeprefix("+1")
