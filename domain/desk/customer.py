"""What a customer does, and what comes of it: the conversation.

`hear` is the one door. No step is stored: the open question is the first needed one without an answer, and a text
is taken as its answer only when that question was the last one put to the chat.
"""

from collections.abc import Callable
from dataclasses import replace

from domain.carriers import CARRIERS
from domain.desk import signing
from domain.desk.answering import answer, bound_to, hear_document, hear_edit, hear_text
from domain.desk.asking import ask, ask_first, ask_open_or_say, forget_question, form_of, go_on_with, open_question
from domain.desk.heard import Heard
from domain.desk.state import Brief, Changes, Moment, Owed, State
from domain.desk.turn import Rows, Turn
from domain.intake.choices import Choice
from domain.intake.questions import BY_ID, CONFIRMED, Question
from domain.numbers import Phone, show
from domain.orders.model import Case
from domain.orders.phases import PHASES, next_of
from domain.orders.references import read_reference
from domain.wordkeys import LINE, nested

_MOST_LISTED = 10  # requests shown by /status, the newest


def hear(state: State, moment: Moment, heard: Heard) -> Changes:
    """Decide what one event of a customer changes and what is owed for it."""
    turn = Turn(state, moment, "customer")
    if turn.chat.blocked and heard.kind not in ("blocked", "unblocked"):
        _unblocked(turn, heard)
    _KINDS[heard.kind](turn, heard)
    return turn.changes()


def _command(turn: Turn, heard: Heard) -> None:
    _COMMANDS.get(heard.code, _unknown_command)(turn, heard)


def _start(turn: Turn, _heard: Heard) -> None:
    if turn.case is not None and turn.case.phase == "intake":
        ask(turn, "start.again")
        return
    turn.case = None
    turn.chat = replace(turn.chat, focus=None)
    ask_first(turn, "start.welcome")


def _help(turn: Turn, _heard: Heard) -> None:
    ask_open_or_say(turn, "help.text")


def _status(turn: Turn, _heard: Heard) -> None:
    briefs = turn.state.briefs
    if not briefs:
        turn.say("status.none")
        return
    focus = turn.case.request.id if turn.case else 0
    others = tuple((go_on_with(b),) for b in briefs if b.id != focus and not _is_over(b))
    turn.say("status.list", {"lines": LINE.join(map(_status_line, briefs[-_MOST_LISTED:]))}, others[-_MOST_LISTED:])


def _is_over(brief: Brief) -> bool:
    return brief.status not in PHASES or PHASES[brief.status].terminal


def _status_line(brief: Brief) -> str:
    number = show(Phone(brief.e164)) if brief.e164 else "—"
    return nested(f"status.line.{brief.known_status}", ref=brief.ref, number=number)


def _back(turn: Turn, _heard: Heard) -> None:
    case = turn.case
    if case is None or case.phase != "intake" or not case.answers:
        ask_open_or_say(turn, "back.nothing")
        return
    again = [q for q, a in case.answers.items() if a.reopened and (q != "bill" or signing.has_bill(turn))]
    if again:  # a change was begun: the old answer, which was kept, stands
        for question in again:
            turn.close_again(question)
    else:
        last = max(case.answers.values(), key=lambda a: a.seq).question
        for question in (last, *bound_to(last)):
            turn.drop(question)
    ask(turn, "back.done")


def _cancel(turn: Turn, heard: Heard) -> None:
    case = turn.case
    other = _named_other(turn, heard.text)
    if other is not None:
        turn.say("cancel.other", None, ((go_on_with(other),),))
        return
    if case is None or PHASES.get(case.phase, PHASES["ported"]).terminal:
        others = tuple((go_on_with(b),) for b in turn.state.briefs if not _is_over(b))
        turn.say("cancel.other" if others else "cancel.nothing", None, others[-_MOST_LISTED:])
        return
    if _cancel_target(case) is None:
        turn.say(f"cancel.too_late.{case.phase}", {"ref": case.request.ref})
        return
    turn.chat = replace(turn.chat, asking=turn.chat.asking + 1)
    key = "cancel.sure_draft" if case.phase == "intake" else "cancel.sure"
    buttons: Rows = ((Choice("cancel.yes", "button.cancel_yes"),), (Choice("cancel.no", "button.cancel_no"),))
    turn.say(key, {"ref": case.request.ref, "number": _number_of(case)}, buttons, form=form_of(turn))


def _number_of(case: Case) -> str:
    return show(Phone(case.numbers[0].e164)) if case.numbers else "—"


def _named_other(turn: Turn, text: str) -> Brief | None:
    """Return the other request of the chat that a command names by its reference."""
    ref = read_reference(text.partition(" ")[2])
    here = turn.case.request.id if turn.case else 0
    return next((b for b in turn.state.briefs if b.ref == ref and b.id != here), None)


def _cancel_target(case: Case) -> str | None:
    return next_of("cancel", case.phase, "customer")


def _unknown_command(turn: Turn, _heard: Heard) -> None:
    ask_open_or_say(turn, "command.unknown")


def _press(turn: Turn, heard: Heard) -> None:
    if heard.code == "go":
        _go(turn, heard.form)
        return
    case = turn.case
    if case is None or heard.form != case.request.id or heard.asking != turn.chat.asking:
        _stale(turn)
    elif heard.code.startswith("cancel."):
        _decide_cancel(turn, heard.code == "cancel.yes")
    else:
        _choose(turn, case, heard.code)


def _go(turn: Turn, request_id: int) -> None:
    """Turn to another request of the same chat: its open question is asked by a turn of its own."""
    brief = next((b for b in turn.state.briefs if b.id == request_id), None)
    if brief is not None and not _is_over(brief):
        turn.set_due("resume", request_id, turn.moment.new_id(), turn.moment.now)
    else:
        _stale(turn)


def _stale(turn: Turn) -> None:
    ask_open_or_say(turn, "press.stale")


def _choose(turn: Turn, case: Case, code: str) -> None:
    question = open_question(turn)
    if code.startswith("change.") and question is not None and question.id == "review":
        _change(turn, code.removeprefix("change."))
    elif code == "fixed" and case.phase == "rejected":
        _carrier_fixed(turn, case)
    elif question is None or not _offers(question, case, code):
        _stale(turn)
    elif code == "another":
        ask(turn, "carrier.type_it")
    else:
        answer(turn, question, code)


def _offers(question: Question, case: Case, code: str) -> bool:
    """Tell whether a question has such a button; the carrier's also those that a narrower asking showed."""
    if question.id == "carrier" and (code in CARRIERS or code.startswith(CONFIRMED)):
        return True
    return any(choice.code == code for row in question.choices(case) for choice in row)


def _change(turn: Turn, question: str) -> None:
    if question not in BY_ID or not BY_ID[question].changeable:
        _stale(turn)
        return
    turn.reopen(question)
    ask(turn, "change.now")


def _carrier_fixed(turn: Turn, case: Case) -> None:
    """Nothing we hold was wrong: the carrier corrected its record, so the same request goes out again."""
    for question, given in case.answers.items():
        if given.reopened:
            turn.close_again(question)
    turn.set_request(replace(turn.the_case().request, repaired="carrier_fixed"))
    turn.note("carrier_fixed")
    turn.post("thread.carrier_fixed")
    turn.refresh_card()
    forget_question(turn)
    turn.say("repair.carrier_fixed", {"ref": case.request.ref})


def _decide_cancel(turn: Turn, sure: bool) -> None:  # noqa: FBT001 # the button's meaning, at its only call
    case = turn.the_case()
    target = _cancel_target(case)
    if not sure or target is None:
        ask_open_or_say(turn, "cancel.kept")
        return
    was_seen = case.request.signed_at is not None
    for number in case.numbers:
        turn.move(replace(number, came_from=number.phase), "cancel", target, "customer")
    signing.mark_told(turn)
    if target == "cancelled":
        signing.end_request(turn)
    forget_question(turn)
    if was_seen:
        turn.post(f"thread.{target}_by_customer")
        turn.refresh_card()
    turn.say(f"cancel.{target}" if was_seen else "cancel.draft", {"ref": case.request.ref})


def _other(turn: Turn, _heard: Heard) -> None:
    ask_open_or_say(turn, "other.not_understood")


def _group(turn: Turn, _heard: Heard) -> None:
    turn.say("group.private_only")


def _blocked(turn: Turn, _heard: Heard) -> None:
    if not turn.chat.blocked:
        turn.chat = replace(turn.chat, blocked=True)
        if turn.case is not None and turn.case.request.signed_at is not None:
            turn.post("thread.blocked")
            turn.refresh_card()


def _unblocked(turn: Turn, _heard: Heard) -> None:
    turn.chat = replace(turn.chat, blocked=False)
    if turn.case is not None and turn.case.request.signed_at is not None:
        turn.set_due("tell", turn.case.request.id, turn.moment.new_id(), turn.moment.now)
        turn.post("thread.unblocked")
        turn.refresh_card()


def could_not_deliver(state: State, moment: Moment, owed: Owed, reason: str) -> Changes:
    """Decide what follows when a message to a customer can never arrive, or nobody can tell whether it did."""
    turn = Turn(state, moment, "clock")
    if owed.kind == "delete":
        turn.say("secret.delete_yourself")
    elif reason in ("blocked", "chat_gone"):
        _blocked(turn, Heard(turn.chat.id, moment.event_id, "blocked"))
    elif turn.case is not None and turn.case.request.signed_at is not None:
        turn.post("thread.undelivered", {"reason": nested(f"undelivered.{reason}")})
    turn.note("undelivered", detail=reason)
    return turn.changes()


def unreadable(state: State, moment: Moment, event: str) -> Changes:
    """Tell the desk of an update that nothing could be made of; its payload is kept, encrypted."""
    turn = Turn(state, moment, "clock")
    turn.post_to_desk("desk.poison", {"event": event})
    return turn.changes()


_KINDS: dict[str, Callable[[Turn, Heard], None]] = {
    "text": hear_text,
    "command": _command,
    "press": _press,
    "document": hear_document,
    "edit": hear_edit,
    "other": _other,
    "group": _group,
    "blocked": _blocked,
    "unblocked": _unblocked,
}

_COMMANDS: dict[str, Callable[[Turn, Heard], None]] = {
    "start": _start,
    "help": _help,
    "status": _status,
    "back": _back,
    "cancel": _cancel,
}

COMMANDS: tuple[str, ...] = tuple(_COMMANDS)
