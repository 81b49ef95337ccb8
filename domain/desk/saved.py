"""Replies that stand ready: chosen by name, their places filled with the facts of a request."""

import re
from collections.abc import Callable

from domain.errors import Refused
from domain.intake.about import carrier_name, moving, show_numbers
from domain.orders.model import Case
from domain.orders.phases import PHASES
from domain.policy import Policy
from domain.wordkeys import ITEM, nested

MARK = "#"  # before the name of a saved reply where it is typed
_PLACE = re.compile(r"\{(\w+)\}")
TRUE_IN = {"waiting": ("submitted", "carrier_review", "resporg_release")}
"""Saved replies that say where a request stands, by name, with the phases of its numbers in which it does."""

DATED = ("scheduled", "activating")  # the same of every one with the day in it
_NAMED = re.compile(rf"{MARK}([a-z0-9-]+)", re.IGNORECASE)


def named(said: str) -> str | None:
    """Return which saved reply somebody of the staff names with a `#`; None: what they typed are words of their own."""
    found = _NAMED.fullmatch(said.strip())
    return found[1].lower() if found else None


def filled(name: str, case: Case, policy: Policy) -> str:
    """Return a saved reply about a request.

    Raises Refused for one that is not there, for a fact that is not yet, and for what is not so.
    """
    text = dict(policy.saved).get(name)
    if text is None:
        known = ", ".join(f"{MARK}{each}" for each, _ in policy.saved)
        raise Refused("reply.saved_unknown", given=f"{MARK}{name[:30]}", known=known or "—")
    values = {place: PLACES[place](case) for place in _PLACE.findall(text)}
    lacking = next((place for place, value in values.items() if not value), None)
    if lacking is not None:
        raise Refused("reply.saved_lacks", ref=case.request.ref, given=f"{MARK}{name}", place=lacking)
    _check_true(name, text, case)
    return _PLACE.sub(lambda found: values[found[1]], text)


def _check_true(name: str, text: str, case: Case) -> None:
    """Refuse what is not so of every number that it would be said of, as they stand now. Raises Refused."""
    phases = TRUE_IN.get(name, DATED if "{date}" in text else tuple(PHASES))
    if all(number.phase in phases for number in case.numbers):
        return
    now = nested(f"phase.{case.phase}")
    stands = ITEM.join(nested(f"phase.{phase}") for phase in phases)
    raise Refused("reply.saved_untrue", ref=case.request.ref, given=f"{MARK}{name}", phase=now, phases=stands)


def _name(case: Case) -> str:
    given = case.answer("name")
    return given[1] if given is not None and len(given) > 1 else ""


def _date(case: Case) -> str:
    """Return the one day of all numbers."""
    days = {number.port_date for number in case.numbers}
    day = days.pop() if len(days) == 1 else None
    return f"{day:%A}, {day.isoformat()}" if day else ""


PLACES: dict[str, Callable[[Case], str]] = {
    "ref": lambda case: case.request.ref,
    "name": _name,
    "number": lambda case: show_numbers(moving(case)) if moving(case) else "",
    "carrier": carrier_name,
    "date": _date,
}
"""What can stand in a saved reply in braces; an empty value: not known yet."""
