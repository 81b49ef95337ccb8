"""How it stands with moved numbers that shall go back, as it is kept beside the answers; see `way_back`."""

from domain.orders.model import Case, Number

SNAPBACK = "snapback"  # beside the answers: how it stands, then the numbers (E.164); the verb and the due rule, too
WRONGLY = "wrongly_moved"  # the flag of a number that its customer says was moved by mistake
OPEN, LATE, BACK = "open", "late", "back"  # reported in time; too late for it; gone back


def standing(case: Case) -> str:
    """Return how it stands with the way back of a case; empty: nobody has begun it."""
    given = case.answers.get(SNAPBACK)
    return given.value[0] if given is not None else ""


def has_gone_back(number: Number, case: Case) -> bool:
    """Tell whether a number is with its old company again by a way back that is ended."""
    given = case.answers.get(SNAPBACK)
    is_back = given is not None and given.value[0] == BACK and number.e164 in given.value[1:]
    return is_back and number.phase == "returned"
