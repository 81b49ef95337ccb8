"""Which numbers of a list can move in one request: toll-free ones travel alone, and each country's for itself."""

from collections.abc import Iterable
from functools import lru_cache

from domain.numbers.phone import Phone
from domain.numbers.verdicts import TERRITORIES, US, region_of


@lru_cache(maxsize=4096)
def travelling(e164: str) -> str:
    """Return what a number travels with: its country, "001" for all toll-free ones."""
    region = region_of(Phone(e164))
    return US if region in TERRITORIES else region


def together(numbers: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part numbers (E.164) into those that go with the first of them, and the others; both in the order given."""
    given = tuple(dict.fromkeys(numbers))
    if not given:
        return (), ()
    first = travelling(given[0])
    here = tuple(e164 for e164 in given if travelling(e164) == first)
    return here, tuple(e164 for e164 in given if e164 not in here)
