"""Lists of things that staff tick: read as they are typed or come from a form, one after the other."""

import re
from dataclasses import dataclass

ONLY = "only"  # before the words: they are all that is ticked, as a form says it
NONE = "none"
ALL = "all"
_BETWEEN = re.compile(r"(?:\s|,|;|&|\band\b)*")


@dataclass(frozen=True, slots=True)
class Unknown:
    """Words that name nothing to tick; `given` is where they begin."""

    given: str


def read_ticks(
    checks: tuple[str, ...], said: re.Pattern[str], before: tuple[str, ...], argument: str
) -> tuple[str, ...] | Unknown:
    """Return what is ticked after `argument`, in the order of `checks`; a word that is none of them ticks nothing.

    `said` has a group for each.
    """
    first, _, behind = argument.lower().replace("-", " ").partition(" ")
    if first == ALL:
        return checks
    is_only = first in (ONLY, NONE)
    found = _found(said, behind if is_only else f"{first} {behind}")
    if isinstance(found, Unknown) or not (found or is_only):
        return found if isinstance(found, Unknown) else Unknown("\u2014")
    return tuple(check for check in checks if check in found or (check in before and not is_only))


def _found(said: re.Pattern[str], rest: str) -> set[str] | Unknown:
    found: set[str] = set()
    while rest := rest[_end(_BETWEEN, rest) :]:
        one = said.match(rest)
        if one is None:
            return Unknown(rest[:30])
        found.add(str(one.lastgroup))
        rest = rest[one.end() :]
    return found


def _end(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found is not None else 0
