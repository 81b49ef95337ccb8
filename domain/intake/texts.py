"""How it stands with texting, which moves apart from calls: noted by staff for each number, or for several at once."""

from datetime import datetime

from domain.intake.about import kind_of
from domain.orders.model import Case
from domain.values import Value

TEXTING = "texting_is"  # beside the answers: how it stands with the texts of numbers
PENDING, FILED, WORKING, TROUBLE, UNWANTED = "pending", "filed", "working", "trouble", "unwanted"
STATES = (FILED, WORKING, TROUBLE, UNWANTED)
"""What staff can say of it; until they do, it is pending where texts are wanted."""

_WORST_FIRST = (TROUBLE, PENDING, FILED, WORKING, UNWANTED)
_OF_ALL = 3  # fields of a note by an earlier release, which was for all the request's numbers


class Texts(Value, frozen=True):
    """What staff noted of a number's texts: one of `STATES`, since when, and the state that the customer was told."""

    state: str
    since: datetime
    told: str = ""


def notes_of(case: Case) -> dict[str, Texts]:
    """Return what was noted, by number (E.164) of all that the request has."""
    given = case.answers.get(TEXTING)
    if given is None:
        return {}
    if len(given.value) == _OF_ALL and "|" not in given.value[0]:
        state, since, told = given.value
        return {n.e164: Texts(state, datetime.fromisoformat(since), told) for n in case.whole.numbers}
    return dict(map(_read, given.value))


def _read(kept: str) -> tuple[str, Texts]:
    number, state, since, told = kept.split("|")
    return number, Texts(state, datetime.fromisoformat(since), told)


def written(notes: dict[str, Texts]) -> tuple[str, ...]:
    """Return notes as they are kept, a row for each number."""
    return tuple(f"{e164}|{note.state}|{note.since.isoformat()}|{note.told}" for e164, note in notes.items())


def is_asked_for(case: Case) -> bool:
    """Tell whether texts were to move, by what the customer said or what goes without saying of such a line."""
    given = case.answers.get("texting")
    return (given.value[0] if given is not None else kind_of(case).texts) == "yes"


def state_of(case: Case, e164: str) -> str:
    """Return how it stands with one number; empty where none is wanted."""
    noted = notes_of(case).get(e164)
    return noted.state if noted is not None else (PENDING if is_asked_for(case) else "")


def worst_of(case: Case, numbers: tuple[str, ...]) -> str:
    """Return the state among numbers that has to be looked after first; empty where none is wanted."""
    found = {state_of(case, e164) for e164 in numbers}
    return next((state for state in _WORST_FIRST if state in found), "")


def wants_texts(case: Case) -> bool:
    """Tell whether texts of any number that the case is about are still to move, or have moved."""
    known = notes_of(case)
    gone = {e164 for e164, note in known.items() if note.state == UNWANTED}
    return is_asked_for(case) and not (gone and all(n.e164 in gone for n in case.numbers))


def working(case: Case) -> tuple[str, ...]:
    """Return the numbers (E.164) of which texting was noted to work."""
    return tuple(e164 for e164, note in notes_of(case).items() if note.state == WORKING)
