"""What staff do to a request: one decision a verb, told to the customer only when it can no longer be taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from domain.calendar import Window, add_business_days, is_porting_day, next_porting_day
from domain.desk import assigning, editing, eligibility, eyes, holding, letters, noting, pins, snoozing
from domain.desk.clashes import check_none_is_ours
from domain.desk.cutoff import check_cutoff
from domain.desk.listing import settle_moved
from domain.desk.replying import reply
from domain.desk.roles import Role, Wish, require
from domain.desk.sending_back import askable, questions_named
from domain.desk.state import Changes, Moment, State
from domain.desk.telling import done as _done
from domain.desk.turn import Turn
from domain.desk.undoing import ASIDE, remember, remember_entries, settle, take_back
from domain.errors import Refused, Unreadable
from domain.intake.about import signer_name
from domain.intake.questions import missing
from domain.numbers.inventory import TRACKING, Held
from domain.orders.model import Case, Number
from domain.orders.phases import AT_CARRIER, next_of, possible
from domain.orders.rejections import REJECTIONS, find_rejection
from domain.policy import Policy
from domain.readers.dates import read_date
from domain.readers.secrets import mask, names_secret
from domain.text import clean
from domain.values import replace
from domain.wordkeys import nested


@dataclass(frozen=True, slots=True)
class Order:
    """What one of the staff wants: the verb and its argument as written (empty: none). `staff` is a Slack user id.

    `role` is theirs; `is_alone` and `confirmed` as in `eyes.Actor`.
    """

    staff: str
    verb: str
    argument: str = ""
    role: Role = Role.AGENT
    is_alone: bool = False
    confirmed: Wish | None = None


def act(state: State, moment: Moment, wish: Order, policy: Policy) -> Changes:
    """Decide one staff verb on a request.

    Raises DeskError (`Refused`, `Conflict`) with the sentence for staff when it cannot be; nothing is changed then.
    """
    turn = Turn(state, moment, f"staff:{wish.staff}", policy)
    case = turn.the_case()
    before = remember(case, moment, wish.staff, wish.verb)
    require(wish.role, Role.AGENT)
    actor = eyes.Actor(wish.staff, wish.role, wish.is_alone, wish.confirmed)
    holding.check(case, wish.verb)
    argument, may_go = eyes.look_at(turn, wish.verb, wish.argument, actor)
    if not may_go:
        _VERBS[wish.verb](Turn(state, moment, turn.actor, policy), case, argument, policy)  # raises what forbids it
        return turn.changes()
    turn.focus.append((wish.staff, case.request.id))
    _VERBS[wish.verb](turn, case, argument, policy)
    if turn.told is None or turn.told.error:
        return turn.changes()
    if wish.verb in ASIDE:
        settle(turn, wish.verb, wish.staff)
    elif wish.verb not in _FINAL:
        turn.action = editing.with_answers(before, case, turn.the_case()) if wish.verb == "edit" else before
        turn.set_due("tell", case.request.id, moment.new_id(), moment.now + policy.undo)
    turn.refresh_card()
    turn.post(_POSTS.get(turn.told.key, f"thread.{wish.verb}"), {**turn.told.params, "staff": wish.staff})
    return turn.changes()


def open_to(case: Case) -> tuple[str, ...]:
    """Return what staff can do to a request from where it is: the table's verbs for all its numbers, and a letter."""
    phases = dict.fromkeys(n.phase for n in case.numbers)
    each = [possible(phase, "staff") for phase in phases]
    common = tuple(verb for verb in each[0] if all(verb in other for other in each)) if each else ()
    if holding.is_held(case):
        common = tuple(verb for verb in common if verb not in holding.HELD_BACK)
    return (*common, "letter") if letters.may_come(case) else common


def goal_of(case: Case) -> str | None:
    """Return the one phase to which `advance` takes every number of a request; None: none, or not one."""
    goals = {_one_step_on(number) for number in case.numbers}
    return goals.pop() if len(goals) == 1 else None


def _as_it_is(number: Number) -> Number:
    return number


def _move_all(
    turn: Turn, verb: str, after: Callable[[Number], str | None], then: Callable[[Number], Number] = _as_it_is
) -> None:
    """Move every number of the case and change it with `then`; refuse when there is none, or one of them cannot."""
    if not turn.the_case().numbers:
        raise _impossible(turn.the_case(), verb)
    for number in turn.the_case().numbers:
        target = after(number)
        if target is None:
            raise _impossible(turn.the_case(), verb)
        moved = turn.move(number, verb, target, "staff")
        turn.set_number(then(moved))


def _impossible(case: Case, verb: str) -> Refused:
    can = ", ".join(open_to(case)) or "—"
    return Refused(
        "staff.impossible", verb=verb, ref=case.request.ref, phase=nested(f"phase.{case.phase}"), possible=can
    )


def _submit(turn: Turn, case: Case, argument: str, policy: Policy) -> None:
    """Send the request to the carrier; once it is there, a number given is noted as the carrier's order number.

    `no pin` before it: the carrier has none, and none is asked for.
    """
    has_no_pin, argument = pins.without_pin(argument)
    if argument and case.phase in AT_CARRIER:
        before = case.order.carrier_order if case.order else None
        _note_carrier_order(turn, argument)
        key = "submit.order_changed" if before else "submit.order_noted"
        _done(turn, key, order=clean(argument)[:60], before=before or "—")
        return
    _check_may_go_out(case)
    letters.check_age(turn)
    if eligibility.awaits_ticks(turn, policy) or pins.awaits_the_pin(turn, case, has_none=has_no_pin):
        return
    _check_complete(turn.the_case())
    _move_all(turn, "submit", lambda n: next_of("submit", n.phase, "staff"), lambda n: replace(n, rejection=None))
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
    check_none_is_ours(case)
    if case.phase == "rejected" and case.request.repaired is None:
        raise Refused("submit.not_repaired", ref=case.request.ref)
    if letters.is_missing(case):
        raise Refused("submit.no_letter", ref=case.request.ref, signer=signer_name(case))


def _note_carrier_order(turn: Turn, argument: str) -> None:
    order = turn.the_case().order
    if order is not None:
        turn.set_order(replace(order, carrier_order=clean(argument)[:60]))


def _check_complete(case: Case) -> None:
    open_question = missing(case)
    if open_question is not None:
        raise Refused("submit.incomplete", ref=case.request.ref, missing=nested(f"staff.answer.{open_question.id}"))


def _advance(turn: Turn, case: Case, argument: str, _policy: Policy) -> None:
    """Move on by one phase; staff may name it, and every button does, so that a repeat does not move on twice."""
    if argument and _is_phase(argument, case.phase):
        raise Refused("advance.there", ref=case.request.ref, phase=nested(f"phase.{case.phase}"))
    if case.phase == "pending_date":
        raise Refused("advance.needs_date", ref=case.request.ref)
    target = goal_of(case)
    if argument and target is not None and not _is_phase(argument, target):
        raise Refused("advance.not_next", ref=case.request.ref, phase=nested(f"phase.{target}"))
    _move_all(turn, "advance", _one_step_on, lambda n: replace(n, came_from=None))
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
        lambda n: replace(n, rejection=reason.code, port_date=None, window_start=None, window_end=None),
    )
    known = askable(case)
    for question in reason.reopens:
        if question in known:
            turn.want(question)
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
    if all(number.port_date == day for number in case.numbers):
        raise Refused("date.same", ref=case.request.ref, date=day_of(day))
    _check_day(day, today, policy)
    window = Window(day, policy.window_start, policy.window_end, policy.desk_zone)
    start, end = window.utc()
    if end <= turn.moment.now:
        raise Refused("date.window_over", date=day_of(day), end=f"{policy.window_end:%H:%M}")
    _move_all(
        turn,
        "date",
        lambda _n: "scheduled",
        lambda n: replace(n, port_date=day, window_start=start, window_end=end),
    )
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
    remember_entries(turn, tuple(number.e164 for number in case.numbers))
    turn.held += [Held(number.e164, TRACKING, case.request.ref, "port") for number in case.numbers]
    settle_moved(turn)
    _done(turn, "complete.done")


def _cancel(turn: Turn, case: Case, argument: str, policy: Policy) -> None:
    if next_of("cancel", case.phase, "staff") is None:
        raise _impossible(case, "cancel")
    check_cutoff(turn, argument, policy)
    _move_all(turn, "cancel", lambda _n: "cancelled")
    _done(turn, "cancel.done")


def _ask(turn: Turn, case: Case, argument: str, _policy: Policy) -> None:
    names, _, why = argument.partition(":")
    wanted = questions_named(names, case)
    if case.phase not in ("staff_review", "changes_requested", "awaiting_documents", "rejected"):
        raise _impossible(case, "ask")
    for question in wanted:
        turn.want(question)
    if case.phase == "staff_review":
        _move_all(turn, "ask", lambda n: next_of("ask", n.phase, "staff"))
    words = why.strip()[:500]
    if names_secret(words):
        raise Refused("reply.secret", ref=case.request.ref)
    turn.set_request(replace(turn.the_case().request, note=words or None))
    turn.note("asked", detail=",".join(wanted), words=words or None)
    _done(turn, "ask.done", answers=", ".join(wanted), why=words or "—")


def _reply(turn: Turn, _case: Case, argument: str, _policy: Policy) -> None:
    _done(turn, "reply.done", text=reply(turn, argument))


def _letter(turn: Turn, _case: Case, _argument: str, _policy: Policy) -> None:
    _done(turn, "letter.done", signer=letters.take_letter(turn))


def _eligible(turn: Turn, _case: Case, argument: str, _policy: Policy) -> None:
    now, lacking = eligibility.tick(turn, argument)
    _done(turn, "eligible.done", ticked=eligibility.named(now), lacking=eligibility.named(lacking))


def _undo(turn: Turn, case: Case, _argument: str, policy: Policy) -> None:
    verb = take_back(turn, policy)
    if verb not in ASIDE:
        turn.set_due("tell", case.request.id, turn.moment.new_id(), turn.moment.now + policy.undo)
    _done(turn, "undo.done", verb=verb)


_FINAL = ("undo", "reply", "eligible", "note")  # what cannot be taken back, and leaves what can be as it is
_POSTS = {  # what is told in the thread of a verb that was done the other way round
    "take.over": "thread.take_over",
    "assign.nobody": "thread.assign_nobody",
    "hold.off": "thread.hold_off",
    "snooze.off": "thread.snooze_off",
    "submit.order_noted": "thread.order_noted",
    "submit.order_changed": "thread.order_changed",
}
_VERBS: dict[str, Callable[[Turn, Case, str, Policy], None]] = {
    "ask": _ask,
    "submit": _submit,
    "advance": _advance,
    "reject": _reject,
    "date": _date,
    "complete": _complete,
    "cancel": _cancel,
    "letter": _letter,
    "reply": _reply,
    "eligible": _eligible,
    "undo": _undo,
    "take": assigning.take,
    "assign": assigning.assign,
    "note": noting.note,
    "hold": holding.hold,
    "snooze": snoozing.snooze,
    "edit": editing.edit,
}
