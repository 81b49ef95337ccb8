"""A list of numbers that a request moves, as it stands in the case: agreed to, told apart by its digest, shown."""

from dataclasses import dataclass

from domain.numbers import Phone, show
from domain.orders.model import Case
from domain.wordkeys import nested

_SHOWN_DIGEST = 12
_BY_LIST = 3  # fields of an answer that each row of the list has its own


@dataclass(frozen=True, slots=True)
class Agreed:
    """A list that a request moves: how many numbers, the paper it came with, its SHA-256 (hex) and its day (ISO)."""

    count: int
    paper: int
    digest: str
    day: str


def agreed_of(case: Case) -> Agreed | None:
    """Return the list that the request moves; None where its numbers stand in the case alone."""
    given, numbers = case.answers.get("list"), case.answers.get("numbers")
    return agreed_by(given.value, numbers.value) if given is not None and numbers is not None else None


def agreed_by(given: tuple[str, ...], numbers: tuple[str, ...]) -> Agreed | None:
    """Return what the answers `list` and `numbers` agree to; None where other numbers were given after the list."""
    return Agreed(int(given[0]), int(given[1]), given[2], given[3]) if numbers[:1] == given[4:5] else None


def is_by_list(value: tuple[str, ...]) -> bool:
    """Tell whether an answer says that each row of the list has its own."""
    return len(value) == _BY_LIST and value[0] == "list"


def shown(value: tuple[str, ...]) -> str:
    """Return such an answer for the check, the card and the page; a phone number grouped for reading."""
    if is_by_list(value):
        key = "list.places" if value[2] == "0" else "list.places_some"
        return nested(key, many=value[1], blank=value[2])
    return show(Phone(value[0])) if value[0].startswith("+1") else value[0]


def show_agreed(agreed: Agreed, *, whole: bool = False) -> str:
    """Return a list for a sentence; with its `whole` digest where it must be told from every other one."""
    digest = agreed.digest if whole else f"{agreed.digest[:_SHOWN_DIGEST]}…"
    return nested("list.agreed", count=f"{agreed.count:,}", day=agreed.day, digest=digest)
