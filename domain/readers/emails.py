"""An e-mail address in what was typed."""

import re

from domain.errors import Unreadable
from domain.text import clean

LONGEST_EMAIL = 254  # characters, RFC 5321 as corrected by erratum 1690 (from memory, not read again)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?![\w@])", re.I)


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
