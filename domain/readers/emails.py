"""An e-mail address in what was typed."""

import re

from domain.errors import Unreadable
from domain.text import clean, straight, words_of

LONGEST_EMAIL = 254  # characters, RFC 5321 as corrected by erratum 1690 (from memory, not read again)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?![\w@])", re.I)

_SMALL = words_of(
    "no nope sorry wait oops actually ok okay oh i it its is was that thats the a her his their my our signers email"
    " e-mail mail address should be meant mean typo made mistake wrong correct right new and not but please for to at"
    " change use instead of one with hi thanks"
)
_X_NOT_Y = re.compile(r"(?P<right>\S+?)[\s,;]+(?:and |its |it's )?(?:not|instead of)\s+(?P<wrong>\S+)\s*$", re.I)
_NOT_Y_X = re.compile(r"\bnot\s+(?P<wrong>\S+?)[\s,;]+(?:but |its |it's |it is )?(?P<right>\S+)\s*$", re.I)


def read_email(text: str) -> str | Unreadable:
    """Return the one e-mail address in a text; codes `email.none`, `email.several`."""
    said = clean(text)[:600]
    found = {each.lower(): each for each in _EMAIL.findall(said)}
    if len(found) > 1:
        return Unreadable("email.several")
    if not found or len(next(iter(found))) > LONGEST_EMAIL:
        return Unreadable("email.none")
    address: str = next(iter(found.values()))
    return address


def without_email(text: str) -> str:
    """Return a text without the e-mail addresses in it, and without the marks that stood around them."""
    return _EMAIL.sub(" ", clean(text)).replace("<", " ").replace(">", " ").replace("()", " ").strip(" ,;:-")


def put_email_right(text: str, old: str, name: str) -> str | None:
    """Return an address put right in words: a whole new one, or "gmail.com, not gmial" of the old; None for all else.

    `name`: whose address it is, which may stand beside it.
    """
    said = clean(text).rstrip(".!? ")
    whole = [found[0] for found in _EMAIL.finditer(said) if not _is_denied(said, found.start())]
    if _EMAIL.search(said):
        new = whole[0] if len(set(whole)) == 1 and _says_nothing_else(_EMAIL.sub(" ", said), name) else None
    else:
        new = _patched(said, old)
    return new if new is not None and new.lower() != old.lower() and read_email(new) == new else None


def _is_denied(said: str, start: int) -> bool:
    return re.search(r"\b(?:not|instead of)\s+$", said[:start], re.I) is not None


def _says_nothing_else(rest: str, name: str) -> bool:
    names = [word.casefold() for word in re.findall(r"[\w-]+", name)]
    known = _SMALL.union(names, (f"{each}s" for each in names))  # "Priya's" without its apostrophe
    return known.issuperset(re.findall(r"[\w-]+", straight(rest).replace("'", "").casefold()))


def _patched(said: str, old: str) -> str | None:
    """Return the old address with its wrong part replaced, where a text names both parts and nothing else."""
    found = _X_NOT_Y.search(said) or _NOT_Y_X.search(said)
    if found is None or not _says_nothing_else(said[: found.start()], ""):
        return None
    right, wrong = found["right"].strip(",;\"'"), found["wrong"].strip(",;\"'").lower()
    user, _, domain = old.partition("@")
    if wrong and wrong in domain.lower():
        is_whole = "." in right and "." not in wrong
        return f"{user}@{right}" if is_whole else f"{user}@{domain.lower().replace(wrong, right, 1)}"
    return f"{user.lower().replace(wrong, right, 1)}@{domain}" if wrong and wrong in user.lower() else None
