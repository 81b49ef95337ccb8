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


def nearby(text: str) -> tuple[str, ...]:
    """Return the references that are one wrong character, or two swapped ones, away from a mistyped one.

    What no reference can have (0 O 1 I L) is the wrong character then: its check character tells what stood there.
    """
    body = text.strip().upper().removeprefix("P").removeprefix("-")
    if not 5 <= len(body) <= 8:
        return ()
    strange = [i for i, c in enumerate(body) if c not in ALPHABET]
    places = strange if strange else range(len(body))
    changed = [body[:i] + c + body[i + 1 :] for i in places for c in ALPHABET]
    swapped = [body[:i] + body[i + 1] + body[i] + body[i + 2 :] for i in range(len(body) - 1)]
    found = filter(None, map(read_reference, (f"P-{each}" for each in (*changed, *swapped))))
    return tuple(dict.fromkeys(found))


def read_reference(text: str) -> str | None:
    """Return the reference in its stored form, whatever the letter case, with or without `P-`; None: not one."""
    said = text.strip().upper()
    for body in (said.removeprefix("P").removeprefix("-"), said):
        if _SHAPE.fullmatch(body) and check_character(body[:-1]) == body[-1]:
            return f"P-{body}"
    return None
