"""Roles given and taken away in Slack: each a turn of the desk itself, told in its channel and kept in history."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from domain.desk.eyes import Actor, may_go
from domain.desk.roles import Grant, Role, read_role
from domain.desk.state import Changes, Moment, State, Told
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.policy import Policy
from domain.wordkeys import nested

_SUBJECT = re.compile(r"<?[@!]?(?:subteam\^)?(?P<id>[UWS][A-Z0-9]{2,20})(?:\|[^>]*)?>?")
_GIVES, _TAKES = ("add", "give", "set"), ("remove", "drop", "take")
_NO_ROLE = "none"  # in history


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change of roles. `subject`: a person (U…) or a user group (S…). `role` None: taken away."""

    subject: str
    role: Role | None

    def typed(self) -> str:
        """Return the change as it is typed."""
        return f"add {self.subject} {self.role.word}" if self.role is not None else f"remove {self.subject}"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known outside the database: subjects that SLACK_STAFF names, and who may act as admin now, by what.

    `admins`: by person, every subject that makes them one: themselves, or user groups.
    """

    first: frozenset[str]
    admins: Mapping[str, frozenset[str]]


def subject_of(said: str) -> str | None:
    """Return the id of the person or the user group that a mention, or an id, names."""
    found = _SUBJECT.fullmatch(said.strip())
    return found["id"] if found else None


def read_wanted(said: str) -> Wanted:
    """Return the change that somebody typed. Raises Refused with the sentence that says how to write it."""
    verb, *rest = said.split() or [""]
    if verb.lower() not in (*_GIVES, *_TAKES) or not rest:
        raise Refused("people.usage")
    subject = subject_of(rest[0])
    if subject is None:
        raise Refused("people.who", given=rest[0][:40])
    return Wanted(subject, None if verb.lower() in _TAKES else _role_of(rest[1:]))


def _role_of(words: list[str]) -> Role:
    """Return the role that somebody shall have. Raises: Refused, where none is named, or none that there is."""
    known = ", ".join(role.word for role in Role)
    if not words:
        raise Refused("people.no_role", known=known)
    role = read_role(words[0])
    if role is None:
        raise Refused("people.role", given=" ".join(words)[:30], known=known)
    return role


def change(
    state: State, moment: Moment, *, actor: Actor, wanted: Wanted, reason: str | None, known: Known, policy: Policy
) -> Changes:
    """Give or take a role. Raises Refused for those of SLACK_STAFF, for the last admin, and where nothing changes."""
    turn = Turn(state, moment, f"staff:{actor.user}", policy)
    before = next((g.role for g in state.grants if g.subject == wanted.subject), None)
    _check(state, wanted, before, known)
    happens = Told("eyes.role", {"who": named(wanted.subject), "before": _said(before), "now": _said(wanted.role)})
    if not may_go(turn, "staff", wanted.typed(), actor, reason, happens):
        return turn.changes()
    if wanted.role is None:
        turn.revoked.append(wanted.subject)
    else:
        turn.grants.append(Grant(wanted.subject, wanted.role, actor.user, moment.now))
    was, now = (role.word if role is not None else _NO_ROLE for role in (before, wanted.role))
    turn.note("staff_role", detail=f"{wanted.subject} {was}>{now}")
    params = {"who": named(wanted.subject), "role": now, "before": _said(before), "staff": actor.user}
    turn.post_to_desk("desk.role_given" if wanted.role is not None else "desk.role_taken", params)
    turn.told = Told("people.given" if wanted.role is not None else "people.taken", params)
    return turn.changes()


def named(subject: str) -> str:
    """Return a person or a user group as a parameter that Slack shows as a mention."""
    return nested("people.group" if subject.startswith("S") else "people.person", id=subject)


def _said(role: Role | None) -> str:
    return role.word if role is not None else nested("role.none")


def _check(state: State, wanted: Wanted, before: Role | None, known: Known) -> None:
    if wanted.subject in known.first:
        raise Refused("people.first", who=named(wanted.subject))
    if wanted.role == before:
        raise Refused("people.same" if before is not None else "people.none", who=named(wanted.subject))
    if before is Role.ADMIN and not _stay_admins(state, wanted, known):
        raise Refused("people.last", who=named(wanted.subject))


def _stay_admins(state: State, wanted: Wanted, known: Known) -> bool:
    """Tell whether somebody who can act is still an admin when the subject is none."""
    granted = {g.subject for g in state.grants if g.role is Role.ADMIN} - {wanted.subject}
    return any(by & (granted | known.first) for by in known.admins.values())
