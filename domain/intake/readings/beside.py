"""What stands beside the answer to another question, called by its name: the account number, and the PIN behind it."""

import re
from dataclasses import dataclass

from domain.intake.given import Given
from domain.intake.readings.after import read_account
from domain.orders.model import Case
from domain.text import ascii_digits

_ACCOUNT = re.compile(
    r"(?:\b(?:and|with|my|the|our)\s+)*(?P<named>\b(?:account|acct)\b\.?\s*(?:number|no\b\.?|num\b\.?|#)\s*(?:is\b|[:=#])?\s*"
    r"(?=(?:[A-Za-z-]*\d){5})[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?![\w-]|\.\d|[ /]+\d)"
    r"(?:[\s,;]+(?:and\s+)?(?:(?:my|the)\s+)?(?:transfer\s+)?pin\b\s*(?:is\b|[:=#])?\s*[A-Za-z0-9]{4,10}(?![\w-]))?)",
    re.I,
)
_SEAMS = " \t\n,;.:-"
_LONGEST = 600  # characters


@dataclass(frozen=True, slots=True)
class Beside:
    """The account number as an answer, and what remains of the message without it."""

    account: Given
    rest: str


def account_beside(text: str, case: Case) -> Beside | None:
    """Read an account number that is called so and written without a gap, while it is still to be asked for."""
    said = ascii_digits(text)
    found = _ACCOUNT.search(said) if len(said) <= _LONGEST else None
    if found is None or "carrier" not in case.answers or "account" in case.answers:
        return None
    account = read_account(found["named"], case)
    before, behind = said[: found.start()].rstrip(_SEAMS), said[found.end() :].lstrip(_SEAMS)
    return Beside(account, f"{before}\n{behind}".strip()) if isinstance(account, Given) and (before or behind) else None
