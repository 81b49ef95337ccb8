"""How long a move takes, as a range of business days: by class and size, from policy, and from our own moves later.

What is told is the narrowest range that held 80 % of the moves of that kind: wide enough to be honest, and no wider.
"""

from collections.abc import Iterable, Mapping
from math import ceil

from domain.values import Value

SHARE = 0.8
ENOUGH = 25  # moves of a kind, before what they took is told in place of the policy's days
_SEVERAL, _MANY = 2, 11  # numbers that travel together


class Moved(Value, frozen=True):
    """A move that is over: its class, how many numbers there were, and the business days from the first try on."""

    number_class: str
    many: int
    days: int


Kind = tuple[str, str]
Paces = Mapping[Kind, tuple[int, int]]


def size_of(many: int) -> str:
    """Return what a number of numbers counts as: one, several or many."""
    return "one" if many < _SEVERAL else "several" if many < _MANY else "many"


def paces_of(moves: Iterable[Moved]) -> dict[Kind, tuple[int, int]]:
    """Return the range of each kind of move of which there were enough; without a size: of the class as a whole."""
    kinds: dict[Kind, list[int]] = {}
    for move in moves:
        for size in (size_of(move.many), ""):
            kinds.setdefault((move.number_class, size), []).append(move.days)
    return {kind: range_of(days) for kind, days in kinds.items() if len(days) >= ENOUGH}


def range_of(days: Iterable[int]) -> tuple[int, int]:
    """Return the narrowest range that holds 80 % of some days, the earliest of several; at least a day long."""
    ordered = sorted(days)
    held = ceil(SHARE * len(ordered))
    spans = ((ordered[at + held - 1] - ordered[at], ordered[at]) for at in range(len(ordered) - held + 1))
    width, least = min(spans)
    first = max(least, 1)
    return first, max(least + width, first + 1)


def expected(paces: Paces, number_class: str, many: int, usual: tuple[int, int]) -> tuple[int, int]:
    """Return the business days that a move will take, at least and at most; `usual`: by policy, until more is known."""
    return paces.get((number_class, size_of(many))) or paces.get((number_class, "")) or usual
