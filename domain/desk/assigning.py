"""Who of the staff has a request: taken by themselves, or given to somebody."""

from domain.desk.staffing import subject_of
from domain.desk.telling import done, who_acts
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.orders.model import Case
from domain.policy import Policy
from domain.values import replace

_NOBODY = ("nobody", "none", "no one", "noone", "off", "-")


def person_named(said: str, me: str) -> str | None:
    """Return whom somebody of the staff names, by a mention, an id or `me`; None: nobody. Raises Refused."""
    words = said.strip()
    if words.lower() in _NOBODY:
        return None
    if words.lower() == "me":
        return me
    person = subject_of(words)
    if person is None or person.startswith("S"):
        raise Refused("assign.who", given=words[:40]) if words else Refused("assign.nothing")
    return person


def take(turn: Turn, case: Case, _argument: str, _policy: Policy) -> None:
    """Let a request be that of who acts, whoever had it before."""
    before, me = case.request.assignee, who_acts(turn)
    if before == me:
        raise Refused("take.yours", ref=case.request.ref)
    _give(turn, case, me)
    if before is None:
        done(turn, "take.done")
    else:
        done(turn, "take.over", before=before)


def assign(turn: Turn, case: Case, argument: str, _policy: Policy) -> None:
    """Give a request to somebody, or to nobody."""
    person = person_named(argument, who_acts(turn))
    if person == case.request.assignee:
        if person is None:
            raise Refused("assign.nobodys", ref=case.request.ref)
        raise Refused("assign.same", ref=case.request.ref, assignee=person)
    _give(turn, case, person)
    if person is None:
        done(turn, "assign.nobody", before=case.request.assignee or "")
    else:
        done(turn, "assign.done", assignee=person)


def _give(turn: Turn, case: Case, person: str | None) -> None:
    turn.set_request(replace(case.request, assignee=person))
    turn.note("assigned", detail=f"{case.request.assignee or ''}>{person or ''}")
