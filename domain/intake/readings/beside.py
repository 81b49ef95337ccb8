"""An account number where something else is asked for: called by its name, with the PIN behind it, or alone."""

import re
from dataclasses import dataclass

from domain.cues import Cues
from domain.intake.given import Given
from domain.intake.readings.after import read_account
from domain.intake.sayings.plain import plain
from domain.numbers import Phone
from domain.numbers.lists import spot_list
from domain.numbers.verdicts import SERVED
from domain.orders.model import Case
from domain.text import ascii_digits, clean, words_of

_ACCOUNT = re.compile(
    r"(?:\b(?:and|with|my|the|our)\s+)*(?P<named>\b(?:account|acct)\b\.?\s*(?:number|no\b\.?|num\b\.?|#)\s*(?:is\b|[:=#])?\s*"
    r"(?=(?:[A-Za-z-]*\d){5})[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?![\w-]|\.\d|[ /]+\d)"
    r"(?:[\s,;]+(?:and\s+)?(?:(?:my|the)\s+)?(?:transfer\s+)?pin\b\s*(?:is\b|[:=#])?\s*[A-Za-z0-9]{4,10}(?![\w-]))?)",
    re.I,
)
_CUES = Cues("acc")
_SEAMS = " \t\n,;.:-"
_LONGEST = 600  # characters
_FIGURES = re.compile(r"#?[a-z]{0,3}\d(?:[ ./-]{0,3}\d){8,}[a-z]?", re.I)
_SMALL = words_of(
    "its it is this that thats here found got ok okay oh ah and so sorry wait yes the my our account acct acc number"
    " num no i have think thanks thank you thx please pls"
)
_PIN_LATER = re.compile(r"[\s,;.]+(?:and |the |my |transfer )*pin\b[\w\s]*?(?:later|follows?|soon)[.!\s]*$", re.I)
_TOO_MANY_FOR_A_PHONE = 12
_LONGEST_STRAY = 80  # characters
_FEWEST_FIGURES = 9


@dataclass(frozen=True, slots=True)
class Beside:
    """The account number as an answer, and what remains of the message without it."""

    account: Given
    rest: str


def account_beside(text: str, case: Case) -> Beside | None:
    """Read an account number that is called so and written without a gap, while it is still to be asked for."""
    if not _CUES.may_stand_in(text) or "carrier" not in case.answers or "account" in case.answers:
        return None
    said = ascii_digits(text)
    found = _ACCOUNT.search(said) if len(said) <= _LONGEST else None
    if found is None:
        return None
    account = read_account(found["named"], case)
    before, behind = said[: found.start()].rstrip(_SEAMS), said[found.end() :].lstrip(_SEAMS)
    return Beside(account, f"{before}\n{behind}".strip()) if isinstance(account, Given) and (before or behind) else None


def account_alone(text: str, case: Case) -> Given | None:
    """Read an account number that is called so, in a message that says nothing else."""
    if not _CUES.may_stand_in(text) or "account" in case.answers:
        return None
    said = ascii_digits(text)
    found = _ACCOUNT.search(said) if len(said) <= _LONGEST else None
    if found is None or _without_small_words(f"{said[: found.start()]} {said[found.end() :]}"):
        return None
    account = read_account(found["named"], case)
    return account if isinstance(account, Given) else None


def is_stray_account(text: str) -> bool:
    """Tell whether a text is nothing but one long figure, and small words around it, that is no phone number."""
    if not _FEWEST_FIGURES <= len(text) <= _LONGEST_STRAY or sum(map(str.isdecimal, text)) < _FEWEST_FIGURES:
        return False
    said = _without_small_words(ascii_digits(clean(text)))
    return _FIGURES.fullmatch(said) is not None and not any(isinstance(e.found, Phone) for e in spot_list(said, SERVED))


def is_long_account(text: str) -> bool:
    """Tell whether a text is an account number that is too long for a phone number, also with “PIN later” behind it."""
    said = _PIN_LATER.sub("", text)
    is_long = sum(map(str.isdecimal, said)) >= _TOO_MANY_FOR_A_PHONE and not said.lstrip().startswith("0")
    return is_long and is_stray_account(said)


def _without_small_words(said: str) -> str:
    words = said.split()
    for end in (0, -1):
        while words and plain(words[end]).replace(" ", "") in _SMALL | {"itis", "thatis", ""}:
            words.pop(end)
    return " ".join(words).strip(".,:;!")
