"""A verb of staff's tried without a trace: what the customer would read of it, before anybody decides."""

import dataclasses
from collections.abc import Callable
from datetime import datetime

from domain.desk import clock, staff
from domain.desk.keeping import Sheet
from domain.desk.risks import Seen
from domain.desk.state import Chat, Moment, Owed, State
from domain.desk.turn import Turn
from domain.policy import Policy
from domain.values import replace


def rehearse(
    sheet: Sheet, wish: staff.Order, now: datetime, new_id: Callable[[], int], policy: Policy
) -> tuple[Owed, ...]:
    """Return what would be said to the customer once the time to undo a verb is over; nothing is kept of it.

    Raises DeskError as `staff.act`, but asks for no confirmation.
    """
    case = sheet.case
    chat = Chat(case.request.chat_id, focus=case.request.id, blocked=sheet.chat_blocked)
    moment = Moment(now, "rehearsal", new_id, lambda: case.request.ref)
    state = State(chat, case, papers=sheet.papers, action=sheet.action, ours=case.ours)
    sure = dataclasses.replace(wish, seen=Seen(case.request.version, 0), is_sure=True)
    return read_of(state, staff.acted(state, moment, sure, policy))


def read_of(state: State, done: Turn) -> tuple[Owed, ...]:
    """Return what the customer would read of a verb that was tried on a request as it was in `state`."""
    changes, policy = done.changes(), done.policy
    after = replace(state, case=done.case, chat=done.chat, papers=done.papers, action=done.action)
    told = Turn(after, done.moment, "clock", policy)
    if any(due.rule == "tell" for due in changes.due):
        clock.tell(told, policy)
    return tuple(owed for owed in (*changes.owed, *told.changes().owed) if owed.kind == "say")
