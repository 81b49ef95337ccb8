"""References by which people name a request: `P-` and five of 31 characters, the last a check character."""

import re
from collections.abc import Callable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L: nobody has to ask "oh or zero?"
_SHAPE = re.compile(r"[2-9A-HJKMNP-Z]{5,8}")


def check_character(body: str) -> str:
    """Return the check character: positions weighted by 2, 3, … modulo 31, so that any one slip or swap is noticed."""
    total = sum((i + 2) * ALPHABET.index(c) for i, c in enumerate(body))
    return ALPHABET[total % len(ALPHABET)]


def make_reference(choose: Callable[[str], str], length: int = 5) -> str:
    """Return a new reference; `choose` picks one character of the alphabet at random."""
    body = "".join(choose(ALPHABET) for _ in range(length - 1))
    return f"P-{body}{check_character(body)}"


def read_reference(text: str) -> str | None:
    """Return the reference in its stored form, whatever the letter case, with or without `P-`; None: not one."""
    said = text.strip().upper()
    for body in (said.removeprefix("P").removeprefix("-"), said):
        if _SHAPE.fullmatch(body) and check_character(body[:-1]) == body[-1]:
            return f"P-{body}"
    return None
