"""What staff do to a request: one decision a verb, told to the customer only when it can no longer be taken back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from domain.calendar import Window, add_business_days, is_porting_day, next_porting_day
from domain.desk import signing
from domain.desk.state import Action, Changes, Moment, State, Told
from domain.desk.turn import Turn
from domain.errors import Conflict, Refused, Unreadable
from domain.intake.questions import QUESTIONS, next_question
from domain.orders.model import Case, Number
from domain.orders.phases import AT_CARRIER, next_of, possible
from domain.orders.rejections import REJECTIONS, find_rejection
from domain.policy import Policy
from domain.readers.dates import read_date
from domain.readers.secrets import mask
from domain.text import clean
from domain.wordkeys import nested


@dataclass(frozen=True, slots=True)
class Order:
    """What one of the staff wants: the verb and its argument as written (empty: none). `staff` is a Slack user id."""

    staff: str
    verb: str
    argument: str = ""


def act(state: State, moment: Moment, wish: Order, policy: Policy) -> Changes:
    """Decide one staff verb on a request.

    Raises DeskError (`Refused`, `Conflict`) with the sentence for staff when it cannot be; nothing is changed then.
    """
    turn = Turn(state, moment, f"staff:{wish.staff}")
    case = turn.the_case()
    before = _snapshot(case, moment, wish)
    _VERBS[wish.verb](turn, case, wish.argument, policy)
    if wish.verb != "undo" and turn.told is not None and not turn.told.error:
        turn.action = before
        turn.set_due("tell", case.request.id, moment.new_id(), moment.now + policy.undo)
    if turn.told is not None and not turn.told.error:
        turn.refresh_card()
        turn.post(f"thread.{wish.verb}", {**turn.told.params, "staff": wish.staff})
    return turn.changes()


def _snapshot(case: Case, moment: Moment, wish: Order) -> Action:
    reopened = tuple(q for q, a in case.answers.items() if a.reopened)
    return Action(
        moment.new_id(), case.request.id, wish.staff, wish.verb, moment.now, case.request.version + 1, case.numbers,
        case.order, reopened, case.request.repaired, note=case.request.note,
    )  # fmt: skip


def _move_all(turn: Turn, verb: str, after: Callable[[Number], str | None], **facts: object) -> None:
    """Move every number of the case; refuse with what is possible when one of them cannot."""
    for number in turn.the_case().numbers:
        target = after(number)
        if target is None:
            raise _impossible(turn.the_case(), verb)
        moved = turn.move(number, verb, target, "staff")
        turn.set_number(replace(moved, **facts))  # type: ignore[arg-type] # facts are Number's own fields, named at each call


def _impossible(case: Case, verb: str) -> Refused:
    can = ", ".join(possible(case.phase, "staff")) or "—"
    return Refused(
        "staff.impossible", verb=verb, ref=case.request.ref, phase=nested(f"phase.{case.phase}"), possible=can
    )


def _done(turn: Turn, key: str, **params: str) -> None:
    case = turn.the_case()
    turn.told = Told(key, {"ref": case.request.ref, "phase": nested(f"phase.{case.phase}"), **params})


def _submit(turn: Turn, case: Case, argument: str, _policy: Policy) -> None:
    """Send the request to the carrier; once it is there, a number given is noted as the carrier's order number."""
    if argument and case.phase in AT_CARRIER:
        _note_carrier_order(turn, argument)
        _done(turn, "submit.order_noted", order=clean(argument)[:60])
        return
    _check_may_go_out(case)
    if case.answer("pin") in (None, ("later",)):
        _ask_for_the_pin(turn, case)
        return
    _check_complete(case)
    _move_all(turn, "submit", lambda n: next_of("submit", n.phase, "staff"), rejection=None)
    for number in turn.the_case().numbers:
        turn.set_number(replace(number, attempts=number.attempts + 1))
    turn.set_request(replace(turn.the_case().request, repaired=None))
    if argument:
        _note_carrier_order(turn, argument)
    _done(turn, "submit.done")


def _check_may_go_out(case: Case) -> None:
    if next_of("submit", case.phase, "staff") is None:
        raise _impossible(case, "submit")
    if case.rivals:
        raise Refused("submit.rival", ref=case.request.ref, rivals=", ".join(case.rivals))
    if case.phase == "rejected" and case.request.repaired is None:
        raise Refused("submit.not_repaired", ref=case.request.ref)


def _note_carrier_order(turn: Turn, argument: str) -> None:
    order = turn.the_case().order
    if order is not None:
        turn.set_order(replace(order, carrier_order=clean(argument)[:60]))


def _check_complete(case: Case) -> None:
    open_question = next_question(case)
    if open_question is not None:
        raise Refused("submit.incomplete", ref=case.request.ref, missing=nested(f"staff.answer.{open_question.id}"))


def _ask_for_the_pin(turn: Turn, case: Case) -> None:
    """Ask the customer for the PIN now that the desk is ready to submit; nothing is submitted yet."""
    if turn.chat.focus == case.request.id and turn.chat.asked == "pin":
        turn.told = Told("submit.pin_awaited", {"ref": case.request.ref}, error=True)
        return
    if "pin" in case.answers:
        turn.reopen("pin")
    turn.set_due("tell", case.request.id, turn.moment.new_id(), turn.moment.now)
    turn.note("asked", field="pin")
    turn.refresh_card()
    turn.told = Told("submit.pin_missing", {"ref": case.request.ref}, error=True)


def _advance(turn: Turn, case: Case, argument: str, _policy: Policy) -> None:
    """Move on by one phase; staff may name it, and every button does, so that a repeat does not move on twice."""
    if argument and _is_phase(argument, case.phase):
        raise Refused("advance.there", ref=case.request.ref, phase=nested(f"phase.{case.phase}"))
    if case.phase == "pending_date":
        raise Refused("advance.needs_date", ref=case.request.ref)
    target = _one_step_on(case.numbers[0])
    if argument and target is not None and not _is_phase(argument, target):
        raise Refused("advance.not_next", ref=case.request.ref, phase=nested(f"phase.{target}"))
    _move_all(turn, "advance", _one_step_on, came_from=None)
    _done(turn, "advance.done")


def _is_phase(said: str, phase: str) -> bool:
    return phase.replace("_", " ").startswith(said.lower().replace("_", " "))


def _one_step_on(number: Number) -> str | None:
    return number.came_from if number.phase == "cancel_requested" else next_of("advance", number.phase, "staff")


def _reject(turn: Turn, case: Case, argument: str, _policy: Policy) -> None:
    reason_text, _, raw = argument.partition(":")
    reason = find_rejection(reason_text)
    if reason is None:
        raise Refused("reject.reason", known=", ".join(r.aliases[0] for r in REJECTIONS.values()))
    if next_of("reject", case.phase, "staff") is None:
        raise _impossible(case, "reject")
    _move_all(
        turn,
        "reject",
        lambda _n: "rejected",
        rejection=reason.code,
        port_date=None,
        window_start=None,
        window_end=None,
    )
    for question in reason.reopens:
        if question in case.answers:
            turn.reopen(question)
    turn.set_request(replace(turn.the_case().request, repaired=None))
    words = mask(raw.strip())[:500]
    turn.note("rejection", detail=reason.code, words=words or None)
    _done(turn, "reject.done", reason=nested(f"rejection.short.{reason.code}"), raw=words or "—")


def _date(turn: Turn, case: Case, argument: str, policy: Policy) -> None:
    today = turn.moment.now.astimezone(policy.desk_zone).date()
    day = read_date(argument, today)
    if isinstance(day, Unreadable):
        raise Refused(f"date.{day.code.removeprefix('date.')}", given=argument[:40] or "—")
    if next_of("date", case.phase, "staff") is None:
        raise _impossible(case, "date")
    if case.numbers[0].port_date == day:
        raise Refused("date.same", ref=case.request.ref, date=day_of(day))
    _check_day(day, today, policy)
    window = Window(day, policy.window_start, policy.window_end, policy.desk_zone)
    start, end = window.utc()
    _move_all(turn, "date", lambda _n: "scheduled", port_date=day, window_start=start, window_end=end)
    _done(turn, "date.done", date=day_of(day))


def day_of(day: date) -> str:
    """Return a date as staff read it: weekday and ISO date."""
    return f"{day:%a} {day.isoformat()}"


def _check_day(day: date, today: date, policy: Policy) -> None:
    if not is_porting_day(day):
        raise Refused("date.no_porting_day", date=day_of(day), next=day_of(next_porting_day(day)))
    earliest = add_business_days(today, policy.shortest_lead) if policy.shortest_lead else today
    if not earliest <= day <= add_business_days(today, policy.longest_lead):
        raise Refused(
            "date.outside_lead",
            date=day.isoformat(),
            shortest=str(policy.shortest_lead),
            longest=str(policy.longest_lead),
        )


def _complete(turn: Turn, case: Case, _argument: str, _policy: Policy) -> None:
    if next_of("complete", case.phase, "staff") is None:
        raise _impossible(case, "complete")
    _move_all(turn, "complete", lambda _n: "ported")
    _done(turn, "complete.done")


def _cancel(turn: Turn, case: Case, _argument: str, _policy: Policy) -> None:
    if next_of("cancel", case.phase, "staff") is None:
        raise _impossible(case, "cancel")
    _move_all(turn, "cancel", lambda _n: "cancelled")
    _done(turn, "cancel.done")


def _ask(turn: Turn, case: Case, argument: str, _policy: Policy) -> None:
    names, _, why = argument.partition(":")
    wanted = _questions(names)
    if case.phase not in ("staff_review", "changes_requested", "awaiting_documents", "rejected"):
        raise _impossible(case, "ask")
    for question in wanted:
        if question in case.answers:
            turn.reopen(question)
    if case.phase == "staff_review":
        _move_all(turn, "ask", lambda n: next_of("ask", n.phase, "staff"))
    words = why.strip()[:500]
    turn.set_request(replace(turn.the_case().request, note=words or None))
    turn.note("asked", detail=",".join(wanted), words=words or None)
    _done(turn, "ask.done", answers=", ".join(wanted), why=words or "—")


def _questions(names: str) -> tuple[str, ...]:
    """Return the questions that staff name, by beginnings, separated by commas or spaces."""
    known = [q.id for q in QUESTIONS if q.id != "review"]
    wanted: list[str] = []
    for name in names.replace(",", " ").lower().split():
        found = [q for q in known if q.startswith(name)]
        if len(found) != 1:
            raise Refused("ask.which", given=name[:30], known=", ".join(known))
        wanted.append(found[0])
    if not wanted:
        raise Refused("ask.none", known=", ".join(known))
    return tuple(dict.fromkeys(wanted))


def _undo(turn: Turn, case: Case, _argument: str, policy: Policy) -> None:
    action = turn.state.action
    if action is None or action.undone:
        raise Refused("undo.nothing", ref=case.request.ref)
    if turn.moment.now >= action.at + policy.undo:
        raise Refused("undo.too_late", ref=case.request.ref, verb=action.verb)
    if action.version != case.request.version:
        raise Conflict("undo.changed_since", ref=case.request.ref, verb=action.verb)
    _restore(turn, action)
    turn.action = replace(action, undone=True)
    turn.note("undone", detail=action.verb)
    turn.set_due("tell", case.request.id, turn.moment.new_id(), turn.moment.now + policy.undo)
    _done(turn, "undo.done", verb=action.verb)


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
    turn.set_request(replace(turn.the_case().request, repaired=action.repaired, note=action.note))


_VERBS: dict[str, Callable[[Turn, Case, str, Policy], None]] = {
    "ask": _ask,
    "submit": _submit,
    "advance": _advance,
    "reject": _reject,
    "date": _date,
    "complete": _complete,
    "cancel": _cancel,
    "undo": _undo,
}

__all__ = ["Order", "act", "signing"]
