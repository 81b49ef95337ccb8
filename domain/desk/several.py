"""One act on several requests: tried on each without a trace, then done to each that is still as it was seen."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from domain.desk import staff
from domain.desk.keeping import Sheet
from domain.desk.rehearsing import read_of
from domain.desk.risks import AskFirst, Seen
from domain.desk.state import Changes, Chat, Moment, Owed, State, Told
from domain.desk.turn import Turn
from domain.errors import DeskError
from domain.orders.model import Case
from domain.policy import Policy

MOST = 25
"""Requests at once: their preview and its result stay well below what fits into a message."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What an act would do to a request: its phase `after`, and `does`, which is told of it once it is done.

    `why`: what forbids it; None: it can be done. `risk`: what speaks for a second look. `waits`: it is done only once
    a second person has confirmed it. `read`: what its customer reads of it once the time to undo it is over.
    """

    ref: str
    case: Case | None = None
    after: str = ""
    why: Told | None = None
    risk: Told | None = None
    waits: bool = False
    does: Told | None = None
    read: tuple[Owed, ...] = ()

    @property
    def version(self) -> int:
        """Return the request's version that was seen."""
        return self.case.request.version if self.case is not None else 0


def attempt(sheet: Sheet, wish: staff.Order, now: datetime, new_id: Callable[[], int], policy: Policy) -> Trial:
    """Look what an act would do to a request; nothing of it is kept."""
    case = sheet.case
    moment = Moment(now, "trial", new_id, lambda: case.request.ref)
    chat = Chat(case.request.chat_id, focus=case.request.id, blocked=sheet.chat_blocked)
    state = State(chat, case, papers=sheet.papers, action=sheet.action, ours=case.ours)
    try:
        return _seen(state, case, staff.acted(state, moment, wish, policy))
    except AskFirst as e:
        turn = staff.acted(state, moment, sure(wish, case.request.version), policy)
        return replace(_seen(state, case, turn), risk=Told(e.code, e.params))
    except DeskError as e:
        return Trial(case.request.ref, case, why=Told(e.code, e.params))


def sure(wish: staff.Order, version: int) -> staff.Order:
    """Return what somebody wants once they have read what it means, for requests of that very version."""
    return replace(wish, seen=Seen(version, 0), is_sure=True)


def look(state: State, _moment: Moment, user: str) -> Changes:
    """Remember that one of the staff looks at a request: `it` means this one from then on."""
    return Changes(focus=((user, state.case.request.id),) if state.case is not None else ())


def _seen(state: State, case: Case, turn: Turn) -> Trial:
    if turn.told is not None and turn.told.error:
        return Trial(case.request.ref, case, why=turn.told)
    after, waits = turn.the_case().phase, bool(turn.wishes)
    return Trial(case.request.ref, case, after, waits=waits, does=turn.told, read=read_of(state, turn))
