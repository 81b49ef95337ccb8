"""Text folded for comparing, one character for one, so that a place found in it is the same place in the text."""

import unicodedata

_SPACES = "./_'’‘`\"“”()[]:*°º\t\\|"  # noqa: RUF001 - apostrophes as phones type them
_DASHES = "‐‑‒–—−"  # noqa: RUF001 - dashes as phones type them
# Cyrillic letters that look Latin.
_ALIKE = dict(zip("аеорсхвнкмтіАЕОРСХВНКМТІ", "aeopcxbhkmtiaeopcxbhkmti", strict=True))
_TABLE = {**{ord(c): " " for c in _SPACES}, **{ord(c): "-" for c in _DASHES}, ord(";"): ",", ord("\n"): ","}
_TABLE |= {ord(c): latin for c, latin in _ALIKE.items()}


def fold(text: str) -> str:
    """Return lower-case letters without accents, marks as spaces, semicolons as commas; as long as the text was."""
    folded = text.translate(_TABLE)
    return folded.lower() if folded.isascii() else "".join(map(_plain, folded))


def bare_fold(word: str) -> str:
    """Return a word folded and without the marks around it."""
    return fold(word).strip(" ,")


def _plain(char: str) -> str:
    if char.isascii():
        return char.lower()
    return (unicodedata.normalize("NFKD", char)[0].lower() or char)[0]
