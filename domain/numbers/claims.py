"""Numbers that another request has, which is with the desk or has moved them: told at once, and never a bar."""

from collections.abc import Iterable, Mapping

from domain.values import Value


class Claim(Value, frozen=True):
    """Another request with a number. `has_moved`: it moved here with that request, else it still wants to.

    `ref`, `request_id`: of the chat's own requests, and for the desk itself of all; empty and 0 where it is somebody
    else's, of whom nothing is told.
    """

    has_moved: bool
    ref: str = ""
    request_id: int = 0


def strongest_claim(one: Claim | None, other: Claim) -> Claim:
    """Return which of two claims is told: one that still runs before one that is over, the chat's own before others."""
    return other if one is None or _rank(other) > _rank(one) else one


def _rank(claim: Claim) -> tuple[bool, bool]:
    return (not claim.has_moved, bool(claim.ref))


def claimed(numbers: Iterable[str], claims: Mapping[str, Claim], insisted: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the numbers (E.164) that another request has, but for those on which the customer insisted."""
    known = frozenset(insisted)
    return tuple(e164 for e164 in numbers if e164 in claims and e164 not in known)
