"""Stage 3: whose account it is, with the name that may stand beside the answer."""

import re

from domain.errors import Unreadable
from domain.intake.given import YES, Given, Rows, Unclear, bare_word, choice_rows
from domain.intake.readings.holder import REMARK_WORDS, read_account_name
from domain.orders.model import Case
from domain.text import words_of

# How an answer to "whose account is it?" begins and ends, around what it says.
_AROUND = re.compile(
    r"^(?:(?:yes|yeah|yep|sure|no|nope|well|but|so)\b[, ]*)*"
    r"(?:(?:i am|i'm|im|it is|it's|its|that's|that is|this is)\b ?)?"
    r"(?:(?:the|an|a|in|under|only)\b ?)*|[, ]*(?:thanks|thank you|please)?$"
)
_I_AM = re.compile(r"^(?:i am|i'm|im|my name is|it's|name is)\s+", re.I)
_MINE = words_of("holder me mine myself i owner") | {
    "account holder", "account owner", "my own", "my account", "my name", "my own account", "account is mine",
}  # fmt: skip
_ALLOWED = words_of("allowed authorized authorised") | {
    "i may make changes", "authorised user", "authorized user", "authorised person", "authorized person",
    "allowed to make changes", "authorized to make changes", "on the account", "i can make changes",
}  # fmt: skip
_ELSE = ("no", "nope", "someone_else")
_OTHERS = re.compile(
    r"\bnot (?:in |under )?(?:mine|me|my)\b|\b(?:some(?:one|body) else)\b"
    r"|\bmy (?:\w+ ){0,2}(?:wife|husband|partner|mom|mum|mother|dad|father|parents?|son|daughter|sister|brother|boss|"
    r"roommate|grandmother|grandfather|uncle|aunt|friend|ex)(?:'?s)?\b"
)
_NAME_BEHIND = re.compile(
    r"(?:[,.:;(]\s*|\s-+\s|\b(?:her|his|their) name is |\b(?:named|called) )(?i:(?:her|his|their) name is )?"
    r"([A-Z][\w'-]+(?: [A-Z]\.?)?(?: [A-Z][\w'-]+){1,2})[\s.!)]*$"
)
_I_MAY = re.compile(r"\b(?:i am|i'm|im|but) (?:authori[sz]ed|allowed)\b")
# What people say behind an answer, and is no name: "mine. and hurry up".
_REMARKS = words_of(
    "and but so now hurry up quick quickly be please pls come on go let's lets move moving going get of course"
    " obviously clearly what's whats what is next then ok okay thanks thank you asap fast faster just do it already duh"
    " why ask make ahead continue -"
)
_UNSURE = ("unsure", "not sure", "i'm not sure", "no idea", "idk", "i don't know", "dont know", "don't know")


def read_authority(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Read whose account it is, and whether this person may change it."""
    word = bare_word(text)
    core = _AROUND.sub("", word)
    if word in _UNSURE or core in _UNSURE:
        return Unclear("authority.help", choice_rows("authority", "holder", "allowed", "someone_else"))
    if core in _ALLOWED or _I_MAY.search(word):
        return Given(("allowed",))
    if word in _ELSE or _OTHERS.search(word):
        return _theirs(text, case) if _OTHERS.search(word) else Given(("someone_else",))
    if word in YES or core in _MINE or _is_mine(_without_remarks(word)):
        return Given(("holder",))
    return _mine_and_name(text, case)


def _without_remarks(word: str) -> str:
    """Return an answer without the remarks behind it."""
    told = word.split()
    while told and told[-1].strip(".,;:!?") in _REMARKS:
        told.pop()
    return " ".join(told).rstrip(".,;:!? ")


def _theirs(text: str, case: Case) -> Given:
    """Read that somebody else has to sign, and the name that may stand behind it: "my wife's account, Priya Patel"."""
    behind = _NAME_BEHIND.search(text.strip())
    named = read_account_name(behind[1], case) if behind else None
    if not isinstance(named, Given) or named.value[0] == "business":
        return Given(("someone_else",))
    params = {"holder": " ".join(named.value[1:])}
    return Given(("someone_else",), more=(("name", named),), lead="authority.theirs", params=params)


def _mine_and_name(text: str, case: Case) -> Given | Unreadable:
    """Read "yes mine. Maria Alvarez" and "mine, im the owner": the account, and the name that stands behind it."""
    parts = [part.strip() for part in re.split(r"[.,;!\n]+", text) if part.strip()]
    others = [part for part in parts if not _is_mine(part)]
    if len(others) == len(parts) or len(others) > 1:
        return Unreadable("authority.press")
    if not others:
        return Given(("holder",))
    named = read_account_name(_I_AM.sub("", others[0]), case)
    is_name = isinstance(named, Given) and REMARK_WORDS.isdisjoint(others[0].lower().split()[-2:])
    if not is_name or not isinstance(named, Given):
        return Unreadable("authority.press")
    return Given(("holder",), more=(("name", named),) if "name" not in case.answers else ())


def _is_mine(part: str) -> bool:
    word = bare_word(part)
    return word in YES or _AROUND.sub("", word) in _MINE


def authority_rows(_case: Case) -> Rows:
    """Return the four ways of standing to an account."""
    return choice_rows("authority", "holder", "allowed", "someone_else", "unsure")
