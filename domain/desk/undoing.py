"""Taking back what staff did last: what is remembered for it, and how it is put back."""

from datetime import datetime

from domain.desk import closing, desk_links, expecting, gates, hours
from domain.desk.before import Aside, Before, Step
from domain.desk.dating import look_again
from domain.desk.editing import give_back
from domain.desk.ending import came_back
from domain.desk.eyes import WAS_DATED, has_date
from domain.desk.holding import holder, put
from domain.desk.letters import give_letter_back
from domain.desk.listing import settle_moved
from domain.desk.snoozing import rest_until
from domain.desk.state import Action, Moment
from domain.desk.turn import Turn
from domain.errors import Conflict, Refused
from domain.numbers.inventory import Held
from domain.orders.model import Case, Number
from domain.orders.phases import MOVED, is_ended
from domain.policy import Policy
from domain.values import replace

ENTRIES = "entries_before"  # the answer that keeps what the inventory said before a request was completed

ASIDE = ("take", "assign", "hold", "snooze")  # what the desk settles among themselves: the customer is told nothing
REFRESH = "refresh"  # the due rule by which a card is shown without Undo
ORDER_NUMBER = "order_number"  # how history calls another order number of a request that is at the carrier
MOST_BELOW = 5  # actions that can be taken back after the last one; each remembers every number of the request


def remember(case: Case, moment: Moment, staff: str, verb: str) -> Action:
    """Return a request as it is before a verb changes it."""
    reopened = tuple(q for q, a in case.answers.items() if a.reopened)
    return Action(
        moment.new_id(), case.request.id, staff, verb, moment.now, case.request.version + 1, case.numbers,
        case.orders, reopened, case.request.repaired, note=case.request.note,
        before=Before(waits_since=case.request.waits_since if verb == hours.ASK else None),
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


def put_over(turn: Turn, action: Action) -> Action:
    """Return an action over those before it of which the customer knows nothing yet: each can be taken back in turn."""
    before, below = turn.state.case, turn.state.action
    if before is None or below is None or below.id == action.id or not _is_untold(before, below, turn):
        return action
    steps = (*below.before.below, _step_of(below))[-MOST_BELOW:]
    return replace(action, id=below.id, before=replace(action.before, below=steps))


def _is_untold(case: Case, action: Action, turn: Turn) -> bool:
    at = _last(action)[1] if action.verb in ASIDE else action.at
    is_last = not action.undone and action.version == case.request.version
    return is_last and turn.moment.now < at + turn.policy.undo


def _step_of(action: Action) -> Step:
    head = (action.staff, action.verb, action.numbers, action.reopened, action.repaired, action.note)
    return Step(*head, action.before.beside, action.orders)


def _stands_again(turn: Turn, action: Action) -> Action:
    """Return the action below one that was taken back, to be taken back from now on, as nobody was told of it."""
    *below, step = action.before.below
    now = turn.moment.now
    asides = tuple(replace(aside, at=now) for aside in step.beside.asides)
    return Action(
        action.id, action.request_id, step.staff, step.verb, now, turn.the_case().request.version + 1, step.numbers,
        step.orders, step.reopened, step.repaired, note=step.note,
        before=Before.of(step, asides, tuple(below)),
    )  # fmt: skip


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
    return action is not None and is_last(case, action) and now < _last(action)[1] + policy.undo


def is_last(case: Case, action: Action) -> bool:
    """Tell whether nothing has changed since an action that stands."""
    return not action.undone and action.version == case.request.version


def day_open_until(case: Case, action: Action | None, now: datetime, policy: Policy) -> datetime | None:
    """Return until when it can be taken back that numbers have the days they have; None: these stand."""
    if action is None or action.undone or action.version != case.request.version:
        return None
    first = next((step.numbers for step in action.before.below), action.numbers)
    before, until = {number.id: number.port_date for number in first}, action.at + policy.undo
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
    is_order_alone = verb == "submit" and _phases(action.numbers) == _phases(case.numbers)
    turn.action = _without_last(turn, action)
    turn.note("undone", detail=ORDER_NUMBER if is_order_alone else verb)
    return verb


def _phases(numbers: tuple[Number, ...]) -> dict[int, str]:
    return {number.id: number.phase for number in numbers}


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
        return _stands_again(turn, action) if action.before.below else replace(action, undone=True)
    *below, aside = action.before.asides
    put(turn, aside.hold, aside.held_by)
    turn.set_request(replace(turn.the_case().request, assignee=aside.assignee))
    rest_until(turn, aside.snoozed_until)
    is_all = not below and action.verb in ASIDE
    version = turn.the_case().request.version + 1
    return replace(action, version=version, undone=is_all, before=replace(action.before, asides=tuple(below)))


def _restore(turn: Turn, action: Action) -> None:
    """Put numbers, orders, reopened questions and the repair back as they were, under new versions."""
    versions = {n.id: n.version for n in turn.the_case().numbers}
    for number in action.numbers:
        turn.set_number(replace(number, version=versions[number.id] + 1))
    _restore_orders(turn, action)
    for question, given in turn.the_case().answers.items():
        if given.reopened and question not in action.reopened:
            turn.close_again(question)
    give_back(turn, action.before)
    _BESIDE.get(action.verb, _nothing)(turn, action)
    turn.set_request(replace(turn.the_case().request, repaired=action.repaired, note=action.note))
    look_again(turn)


def _restore_orders(turn: Turn, action: Action) -> None:
    """Put the orders back as they were; one that was made since has no number any more."""
    for order in action.orders:
        turn.set_order(order)
    before = {order.id for order in action.orders}
    for order in turn.the_case().orders:
        if before and order.id not in before:
            turn.drop_order(order)


def _nothing(_turn: Turn, _action: Action) -> None:
    return


def _moved_by(turn: Turn, action: Action) -> tuple[str, ...]:
    """Return the numbers (E.164) that an action moved to us; those that had moved before it are ours all the same."""
    before = turn.state.case
    moved = {number.id for number in (before.numbers if before is not None else ()) if number.phase in MOVED}
    return tuple(n.e164 for n in action.numbers if n.id in moved and n.phase not in MOVED)


def _moved_after_all(turn: Turn, action: Action) -> None:
    closing.forget_days(turn)
    _restore_entries(turn, _moved_by(turn, action))
    settle_moved(turn)


def _dated_after_all(turn: Turn, _action: Action) -> None:
    if WAS_DATED in turn.the_case().answers and has_date(turn.the_case()):
        turn.drop(WAS_DATED)


def _signed_after_all(turn: Turn, _action: Action) -> None:
    give_letter_back(turn)


def _wanted_after_all(turn: Turn, _action: Action) -> None:
    gates.ask_again_csr(turn)


def _unanswered_after_all(turn: Turn, action: Action) -> None:
    """Let the customer wait again who never gets the words that had answered them."""
    if action.before.waits_since is not None:
        hours.waits_again(turn, action.before.waits_since, action.at)


def answered_since(turn: Turn) -> None:
    """Let what is taken back later leave the customer answered, who has had other words since."""
    action = turn.action or turn.state.action
    if action is None:
        return
    below = tuple(replace(step, beside=replace(step.beside, waits_since=None)) for step in action.before.below)
    before = replace(action.before, waits_since=None, below=below)
    if before != action.before:
        turn.action = replace(action, before=before)


def _unsent_after_all(turn: Turn, _action: Action) -> None:
    expecting.take_back(turn)


_BESIDE = {
    "submit": _unsent_after_all,
    "out": came_back,
    "snapback": came_back,
    hours.ASK: _unanswered_after_all,
    "complete": _moved_after_all,
    "reject": _dated_after_all,
    "lost": _dated_after_all,
    "end": came_back,
    "advance": _wanted_after_all,
    "letter": _signed_after_all,
    desk_links.VERB: desk_links.stands_after_all,
}
