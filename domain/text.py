"""Text as people type it: cleaned before any room reads it."""

import unicodedata

LONGEST = 4096
"""Characters of one Telegram message (core.telegram.org/bots/api#sendmessage, checked 2026-11-21)."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean(text: str) -> str:
    """Drop what cannot be seen (control, zero-width, bidi, surrogates) and fold whitespace to one space."""
    return " ".join(visible(text).split())


def clean_lines(text: str) -> list[str]:
    """Give the non-empty lines of a text, each cleaned."""
    lines = (" ".join(line.split()) for line in visible(text).splitlines())
    return [line for line in lines if line]


def visible(text: str) -> str:
    """Drop unseen characters but keep whitespace as typed; NFC, so that equal looks are equal texts."""
    text = text[:LONGEST]
    if text.isascii() and text.isprintable():
        return text
    kept = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in _UNSEEN)
    return unicodedata.normalize("NFC", kept)


def straight(text: str) -> str:
    """Turn the curly apostrophe that phones type into the straight one."""
    return text.replace("\u2019", "'")


def ascii_digits(text: str) -> str:
    """Turn the digits of every script into 0-9, one character for one."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def bare(text: str) -> str:
    """Keep letters, their marks and digits only, caseless: two spellings of one name are one bare text."""
    if text.isascii():
        return "".join(filter(str.isalnum, text)).lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LMN")


def words_of(text: str) -> frozenset[str]:
    """Give the words of a list written as one text, for tables of words."""
    return frozenset(text.split())


_LETTERS = "bcdfghjkmnpqrstvwxyz"


def ident(number: int) -> str:
    """Return an id as letters, so that the masking of long digits leaves it readable."""
    letters = ""
    while number:
        number, rest = divmod(number, len(_LETTERS))
        letters = _LETTERS[rest] + letters
    return letters or _LETTERS[0]
