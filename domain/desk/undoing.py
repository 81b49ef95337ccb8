"""Taking back what staff did last: what is remembered for it, and how it is put back."""

from datetime import datetime

from domain.desk.before import Aside
from domain.desk.editing import give_back
from domain.desk.eyes import WAS_DATED, has_date
from domain.desk.holding import holder, put
from domain.desk.letters import give_letter_back
from domain.desk.listing import settle_moved
from domain.desk.snoozing import rest_until
from domain.desk.state import Action, Moment
from domain.desk.turn import Turn
from domain.errors import Conflict, Refused
from domain.numbers.inventory import Held
from domain.orders.model import Case
from domain.orders.phases import is_ended
from domain.policy import Policy
from domain.values import replace

ENTRIES = "entries_before"  # the answer that keeps what the inventory said before a request was completed

ASIDE = ("take", "assign", "hold", "snooze")  # what the desk settles among themselves: the customer is told nothing
REFRESH = "refresh"  # the due rule by which a card is shown without Undo


def remember(case: Case, moment: Moment, staff: str, verb: str) -> Action:
    """Return a request as it is before a verb changes it."""
    reopened = tuple(q for q, a in case.answers.items() if a.reopened)
    return Action(
        moment.new_id(), case.request.id, staff, verb, moment.now, case.request.version + 1, case.numbers,
        case.order, reopened, case.request.repaired, note=case.request.note,
    )  # fmt: skip


def settle(turn: Turn, verb: str, staff: str) -> None:
    """Remember what the desk settled among themselves: over what can still be taken back, or by itself.

    What lies below stays as it is, and can be taken back after it, each in its own time.
    """
    before, action, now = turn.state.case, turn.state.action, turn.moment.now
    if before is None:
        return
    request = before.request
    aside = Aside(verb, now, request.assignee, request.snoozed_until, request.hold, holder(before), staff)
    is_over = action is None or not can_be_taken_back(before, action, now, turn.policy)
    below = remember(before, turn.moment, staff, verb) if is_over or action is None else action
    asides = (*below.before.asides, aside)
    turn.action = replace(below, version=before.request.version + 1, before=replace(below.before, asides=asides))
    turn.set_due(REFRESH, before.request.id, turn.moment.new_id(), now + turn.policy.undo)


def remember_entries(turn: Turn, numbers: tuple[str, ...]) -> None:
    """Keep with the request what the inventory says of numbers (E.164) that are going to be its own."""
    entries = turn.state.entries
    before = tuple(part for n in numbers if n in entries for part in _parts(entries[n]))
    if before or ENTRIES in turn.the_case().answers:
        turn.hold(ENTRIES, before)


def _parts(entry: Held) -> tuple[str, ...]:
    return (entry.e164, entry.role, entry.owner, entry.source)


def _restore_entries(turn: Turn, numbers: tuple[str, ...]) -> None:
    """Let the inventory say of numbers what it said before they were its own."""
    given = turn.the_case().answers.get(ENTRIES)
    parts = iter(given.value if given is not None else ())
    before = [Held(*each) for each in zip(parts, parts, parts, parts, strict=True)]
    turn.held += before
    turn.freed += [n for n in numbers if n not in {entry.e164 for entry in before}]


def can_be_taken_back(case: Case, action: Action | None, now: datetime, policy: Policy) -> bool:
    """Tell whether `undo` would take the last action back: in time, and with nothing changed since."""
    is_last = action is not None and not action.undone and action.version == case.request.version
    return is_last and action is not None and now < _last(action)[1] + policy.undo


def day_open_until(case: Case, action: Action | None, now: datetime, policy: Policy) -> datetime | None:
    """Return until when it can be taken back that numbers have the days they have; None: these stand."""
    if action is None or action.undone or action.version != case.request.version:
        return None
    before, until = {number.id: number.port_date for number in action.numbers}, action.at + policy.undo
    is_new = any(before.get(number.id) != number.port_date for number in case.numbers)
    return until if is_new and now < until else None


def take_back(turn: Turn, policy: Policy) -> str:
    """Put the request back to where it was before the last action, and return that action's verb.

    Raises Refused when there is nothing, or the customer knows of it; Conflict when the request changed since.
    """
    case, action = turn.the_case(), turn.state.action
    if action is None or action.undone:
        raise Refused("undo.nothing", ref=case.request.ref)
    verb, at = _last(action)
    if turn.moment.now >= at + policy.undo:
        if action.before.asides:
            raise Refused("undo.too_late_aside", ref=case.request.ref, verb=verb)
        key = "undo.too_late_over" if is_ended(case.phase) else "undo.too_late"
        raise Refused(key, ref=case.request.ref, verb=verb)
    if action.version != case.request.version:
        raise Conflict("undo.changed_since", ref=case.request.ref, verb=verb)
    turn.action = _without_last(turn, action)
    turn.note("undone", detail=verb)
    return verb


def _last(action: Action) -> tuple[str, datetime]:
    """Return verb and time of what would be taken back first."""
    asides = action.before.asides
    return (asides[-1].verb, asides[-1].at) if asides else (action.verb, action.at)


def last_by(action: Action) -> tuple[str, str]:
    """Return the verb of what would be taken back first, and who of the staff did it."""
    asides = action.before.asides
    return (asides[-1].verb, asides[-1].staff or action.staff) if asides else (action.verb, action.staff)


def _without_last(turn: Turn, action: Action) -> Action:
    """Put back what was done last, and return what is left of the action."""
    if not action.before.asides:
        _restore(turn, action)
        return replace(action, undone=True)
    *below, aside = action.before.asides
    put(turn, aside.hold, aside.held_by)
    turn.set_request(replace(turn.the_case().request, assignee=aside.assignee))
    rest_until(turn, aside.snoozed_until)
    is_all = not below and action.verb in ASIDE
    version = turn.the_case().request.version + 1
    return replace(action, version=version, undone=is_all, before=replace(action.before, asides=tuple(below)))


def _restore(turn: Turn, action: Action) -> None:
    """Put numbers, order, reopened questions and the repair back as they were, under new versions."""
    versions = {n.id: n.version for n in turn.the_case().numbers}
    for number in action.numbers:
        turn.set_number(replace(number, version=versions[number.id] + 1))
    if action.order is not None:
        turn.set_order(action.order)
    for question, given in turn.the_case().answers.items():
        if given.reopened and question not in action.reopened:
            turn.close_again(question)
    give_back(turn, action.before)
    _BESIDE.get(action.verb, _nothing)(turn, action)
    turn.set_request(replace(turn.the_case().request, repaired=action.repaired, note=action.note))


def _nothing(_turn: Turn, _action: Action) -> None:
    return


def _moved_after_all(turn: Turn, action: Action) -> None:
    _restore_entries(turn, tuple(number.e164 for number in action.numbers))
    settle_moved(turn)


def _dated_after_all(turn: Turn, _action: Action) -> None:
    if WAS_DATED in turn.the_case().answers and has_date(turn.the_case()):
        turn.drop(WAS_DATED)


def _signed_after_all(turn: Turn, _action: Action) -> None:
    give_letter_back(turn)


_BESIDE = {"complete": _moved_after_all, "reject": _dated_after_all, "letter": _signed_after_all}
