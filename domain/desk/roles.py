"""Who may what at the desk: three roles, what each may do, and what only admins may, or two people together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Protocol

from domain.errors import Refused
from domain.policy import Policy


class Role(IntEnum):
    """What one of the staff may do; each may do what those before it may.

    A viewer reads, without secrets; an agent carries requests on; an admin says who is staff.
    """

    VIEWER = 1
    AGENT = 2
    ADMIN = 3

    @property
    def word(self) -> str:
        """Return the role as staff write it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that was given in Slack. `subject`, `given_by`: Slack ids; a subject is a person (U…) or a group (S…)."""

    subject: str
    role: Role
    given_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """What is kept of one of the staff. `focus`: the request of their last act. `digest_at`, `zone`: ISO, IANA."""

    user: str
    focus: int | None = None
    digest_dm: bool = False
    digest_at: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """An act that waits for a second person. `what`: one of WATCHED; `ref`: of its request, or empty.

    `done_by` and `done_at`: who confirmed it, and when.
    """

    id: int
    what: str
    ref: str
    argument: str
    asked_by: str
    at: datetime
    until: datetime
    done_by: str | None = None
    done_at: datetime | None = None


WATCHED = ("export", "reveal", "cancel_late", "staff")
"""Acts for admins alone; policy may let agents do the first three, and may ask for two people for any of them."""

LATE = ("scheduled", "activating", "cancel_requested")
"""Phases in which a date that is set makes a cancellation a late one."""


def role_for(what: str, policy: Policy) -> Role:
    """Return the role that a watched act needs."""
    return Role.AGENT if what in policy.agents_may else Role.ADMIN


def read_role(said: str) -> Role | None:
    """Return the role of a word."""
    return next((role for role in Role if role.word == said.strip().lower()), None)


def require(role: Role | None, needed: Role) -> None:
    """Raise Refused, with the sentence that says who gives roles, where a role is less than what is needed."""
    if role is None or role < needed:
        raise Refused("role.needed", needed=needed.word, role=role.word if role is not None else "—")


def needed(verb: str, least: Role, rest: str) -> Role:
    """Return the role for a verb as typed: some only read unless their words say otherwise. `least`: for reading."""
    changes = _CHANGES.get(verb)
    return changes[0] if changes is not None and changes[1](rest.strip().lower()) else least


def needed_for_form(verb: str, least: Role) -> Role:
    """Return the role for a verb's form: to open it and to hand it in."""
    return _CHANGES[verb][0] if verb in _CHANGES else least


def _frees(rest: str) -> bool:
    return rest.partition(" ")[0] in ("free", "load")


def _corrects(rest: str) -> bool:
    return ":" in rest or rest.rpartition(" ")[2] == "undo"


_CHANGES: dict[str, tuple[Role, Callable[[str], bool]]] = {
    "inventory": (Role.AGENT, _frees),
    "carrier": (Role.AGENT, _corrects),
    "staff": (Role.ADMIN, bool),
}


class PeopleBoard(Protocol):
    """What is known of the desk's own people."""

    def grants(self) -> tuple[Grant, ...]:
        """Return the roles that were given in Slack, as read at most half a minute ago."""
        ...

    async def read_grants(self) -> None:
        """Read the roles of staff anew: they count from then on, a role that was taken away no more."""
        ...

    async def wish(self, wish_id: int) -> Wish | None:
        """Return an act that waits, or waited, for a second person."""
        ...

    async def member(self, user: str) -> Member:
        """Return what is kept of one of the staff; the usual where nothing is."""
        ...

    async def members(self) -> tuple[Member, ...]:
        """Return everybody of the staff of whom something is kept."""
        ...
