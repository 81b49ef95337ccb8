"""What a customer does, and what comes of it: the conversation.

`hear` is the one door. No step is stored: the open question is the first needed one without an answer, and a text
is taken as its answer only when that question was the last one put to the chat.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from domain.carriers import CARRIERS
from domain.desk import signing
from domain.desk.heard import Document, Heard
from domain.desk.state import Brief, Changes, Moment, Owed, Paper, State
from domain.desk.turn import Rows, Turn
from domain.intake.choices import Choice
from domain.intake.opening import Opening, read_opening
from domain.intake.questions import BY_ID, Given, Question, Unclear, next_question
from domain.numbers import Phone, show
from domain.orders.model import Case, Number, Request
from domain.orders.phases import PHASES, next_of
from domain.papers.sniff import LARGEST_PAPER
from domain.readers.secrets import mask
from domain.wordkeys import LINE, nested

PAPER_TYPES = ("application/pdf", "image/jpeg", "image/png", "")
_SPEAKS_OF_A_PIN = re.compile(
    r"\b(?:pin|passcode|password|account\s*(?:number|no\.?|#))\b\D{0,20}[\w-]*\d{3,}", re.IGNORECASE
)
_MOST_LISTED = 10  # requests shown by /status, the newest
_FREE_TEXT = 2000  # characters of a customer's message that staff are shown


def hear(state: State, moment: Moment, heard: Heard) -> Changes:
    """Decide what one event of a customer changes and what is owed for it."""
    turn = Turn(state, moment, "customer")
    if heard.kind != "blocked" and turn.chat.blocked:
        turn.chat = replace(turn.chat, blocked=False)
    _KINDS[heard.kind](turn, heard)
    return turn.changes()


# commands


def _command(turn: Turn, heard: Heard) -> None:
    _COMMANDS.get(heard.code, _unknown_command)(turn, heard)


def _start(turn: Turn, _heard: Heard) -> None:
    if turn.case is not None and turn.case.phase == "intake":
        ask(turn, "start.again")
        return
    turn.case = None
    turn.chat = replace(turn.chat, focus=None)
    _ask_first(turn, "start.welcome")


def _ask_first(turn: Turn, lead: str) -> None:
    turn.chat = replace(turn.chat, asked="number", asking=turn.chat.asking + 1)
    turn.say(f"{lead}+ask.number")


def open_question(turn: Turn) -> Question | None:
    """Return the question that the customer knows is open.

    One that staff opened again counts only when it was put to the chat: until then staff can still take it back.
    """
    case = turn.case
    question = next_question(case) if case is not None else None
    if question is None or case is None:
        return None
    given = case.answers.get(question.id)
    return None if given is not None and given.reopened and question.id != turn.chat.asked else question


def _help(turn: Turn, _heard: Heard) -> None:
    _ask_open_or_say(turn, "help.text")


def _status(turn: Turn, _heard: Heard) -> None:
    briefs = turn.state.briefs
    if not briefs:
        turn.say("status.none")
        return
    focus = turn.case.request.id if turn.case else 0
    others = tuple(
        (Choice("go", "button.go", {"ref": b.ref, "form": f"{b.id}.0"}),)
        for b in briefs
        if b.id != focus and b.status in PHASES and not PHASES[b.status].terminal
    )
    turn.say("status.list", {"lines": LINE.join(map(_status_line, briefs[-_MOST_LISTED:]))}, others[-_MOST_LISTED:])


def _status_line(brief: Brief) -> str:
    number = show(Phone(brief.e164)) if brief.e164 else "—"
    return nested(f"status.line.{brief.status}", ref=brief.ref, number=number)


def _back(turn: Turn, _heard: Heard) -> None:
    case = turn.case
    if case is None or case.phase != "intake" or not case.answers:
        _ask_open_or_say(turn, "back.nothing")
        return
    last = _last_answer(case)
    for question in (last, *_bound_to(last)):
        turn.drop(question)
    ask(turn, "back.done")


def _last_answer(case: Case) -> str:
    reopened = [q for q, a in case.answers.items() if a.reopened]
    return reopened[0] if reopened else max(case.answers.values(), key=lambda a: a.seq).question


def _cancel(turn: Turn, _heard: Heard) -> None:
    case = turn.case
    if case is None or PHASES.get(case.phase, PHASES["ported"]).terminal:
        turn.say("cancel.nothing")
        return
    if _cancel_target(case) is None:
        turn.say(f"cancel.too_late.{case.phase}", {"ref": case.request.ref})
        return
    turn.chat = replace(turn.chat, asking=turn.chat.asking + 1)
    key = "cancel.sure_draft" if case.phase == "intake" else "cancel.sure"
    buttons: Rows = ((Choice("cancel.yes", "button.cancel_yes"),), (Choice("cancel.no", "button.cancel_no"),))
    turn.say(key, {"ref": case.request.ref}, buttons, form=_form(turn))


def _cancel_target(case: Case) -> str | None:
    return next_of("cancel", case.phase, "customer")


def _unknown_command(turn: Turn, _heard: Heard) -> None:
    _ask_open_or_say(turn, "command.unknown")


# buttons


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
    if any(b.id == request_id for b in turn.state.briefs):
        turn.set_due("resume", request_id, turn.moment.new_id(), turn.moment.now)
    else:
        _stale(turn)


def _stale(turn: Turn) -> None:
    _ask_open_or_say(turn, "press.stale")


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
        _answer(turn, question, code)


def _offers(question: Question, case: Case, code: str) -> bool:
    """Tell whether a question has such a button; the carrier's also those that a narrower asking showed."""
    if question.id == "carrier" and code in CARRIERS:
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
    _forget_question(turn)
    turn.say("repair.carrier_fixed", {"ref": case.request.ref})


def _forget_question(turn: Turn) -> None:
    turn.chat = replace(turn.chat, asked=None, asking=turn.chat.asking + 1)


def _decide_cancel(turn: Turn, sure: bool) -> None:  # noqa: FBT001 # the button's meaning, at its only call
    case = turn.the_case()
    target = _cancel_target(case)
    if not sure or target is None:
        _ask_open_or_say(turn, "cancel.kept")
        return
    was_seen = case.request.signed_at is not None
    for number in case.numbers:
        turn.move(replace(number, came_from=number.phase), "cancel", target, "customer")
    signing.mark_told(turn)
    if target == "cancelled":
        signing.end_request(turn)
    _forget_question(turn)
    if was_seen:
        turn.post(f"thread.{target}_by_customer")
        turn.refresh_card()
    turn.say(f"cancel.{target}", {"ref": case.request.ref})


# words


def _text(turn: Turn, heard: Heard) -> None:
    question = open_question(turn)
    if turn.case is None:
        _first_words(turn, heard)
    elif question is None:
        _free_text(turn, heard)
    elif question.id != turn.chat.asked:
        ask(turn, "text.not_asked_yet")
    else:
        _answer(turn, question, heard.text, heard)


def _first_words(turn: Turn, heard: Heard) -> None:
    """Take every fact of a first message that is certain; else read it as the number that was asked for."""
    opening = read_opening(heard.text)
    welcome = "start.welcome" if turn.chat.asked is None else ""
    if opening.numbers:
        _take_opening(turn, opening)
        _wipe_if_secret(turn, heard)
        ask(turn, welcome)
    elif welcome:
        _wipe_if_secret(turn, heard)
        _ask_first(turn, welcome)
    else:
        _answer(turn, BY_ID["number"], heard.text, heard)


def _take_opening(turn: Turn, opening: Opening) -> None:
    _take(turn, BY_ID["number"], Given((opening.numbers[0].e164,)))
    if opening.carrier is not None:
        _take(turn, BY_ID["carrier"], Given((opening.carrier, CARRIERS[opening.carrier].name)))
    if opening.name is not None:
        _take(turn, BY_ID["name"], Given((opening.name.first, opening.name.last)))
    if opening.ring_at is not None:
        _take(turn, BY_ID["destination"], Given((opening.ring_at.e164,)))


def _free_text(turn: Turn, heard: Heard) -> None:
    """With nothing to ask, a customer's words go to the desk, masked, and the customer is told so."""
    case = turn.the_case()
    words = mask(heard.text)[:_FREE_TEXT]
    turn.note("wrote", words=words)
    _wipe_if_secret(turn, heard)
    if case.request.signed_at is None:
        turn.say("text.nothing_open")
        return
    turn.post("thread.wrote", {"text": words})
    turn.say("text.passed_on", {"ref": case.request.ref})


def _wipe_if_secret(turn: Turn, heard: Heard) -> None:
    if heard.message_id and _SPEAKS_OF_A_PIN.search(heard.text):
        turn.delete_message(heard.message_id)
        turn.say("secret.not_now")


def _answer(turn: Turn, question: Question, text: str, heard: Heard | None = None) -> None:
    """Read an answer; keep it and ask the next question, or say what was unclear and ask the same one again."""
    got = question.read(text, turn.case or _nothing_yet(turn))
    speaks_of_a_pin = _SPEAKS_OF_A_PIN.search(text) is not None
    if heard is not None and (question.secret or speaks_of_a_pin) and any(c.isdigit() for c in text):
        turn.delete_message(heard.message_id)
    if isinstance(got, Given):
        _take(turn, question, got)
        _go_on(turn, question)
    elif isinstance(got, Unclear):
        ask(turn, got.key, got.params, got.buttons)
    elif speaks_of_a_pin and not question.secret:
        ask(turn, "secret.not_now")
    else:
        ask(turn, got.code, got.params)


def _nothing_yet(turn: Turn) -> Case:
    now = turn.moment.now
    return Case(Request(0, "", turn.chat.id, "intake", 0, now, now), None, (), {})


def _bound_to(question: str) -> tuple[str, ...]:
    """Return the questions whose answers fall with this one: the review, a signed fact's signature, a carrier's kin."""
    if question == "carrier":
        return ("review", "signature", "account", "pin")
    return ("review", "signature") if BY_ID[question].signed else ("review",)


def _take(turn: Turn, question: Question, got: Given) -> None:
    case = turn.open_case()
    before = case.answers.get(question.id)
    if before is not None and before.value != got.value:
        for other in _bound_to(question.id):
            if other in case.answers and (other != "review" or case.phase == "intake"):
                turn.drop(other)
    turn.answer(question.id, got.value, got.secret)
    _AFTER.get(question.id, _nothing)(turn)


def _nothing(_turn: Turn) -> None:
    return


def _number_taken(turn: Turn) -> None:
    case = turn.the_case()
    e164 = case.answers["number"].value[0]
    if case.order is None:
        order = signing.new_order(case, turn.moment.new_id())
        turn.set_order(order)
        turn.set_number(
            Number(
                turn.moment.new_id(),
                order.id,
                case.request.id,
                e164,
                "wireless",
                "intake",
                1,
                turn.moment.now,
            )
        )
        return
    for number in case.numbers:
        turn.set_number(replace(number, e164=e164, version=number.version + 1))


def _carrier_taken(turn: Turn) -> None:
    case = turn.the_case()
    if case.order is not None:
        turn.set_order(replace(case.order, carrier=case.answers["carrier"].value[0]))


_AFTER: dict[str, Callable[[Turn], None]] = {
    "number": _number_taken,
    "carrier": _carrier_taken,
    "signature": signing.signed,
    "pin": signing.pin_given,
}


def _go_on(turn: Turn, answered: Question) -> None:
    """Ask what comes next; with nothing left to ask, say where things stand."""
    case = turn.the_case()
    lead = signing.lead_after(case, answered.id)
    if next_question(case) is not None:
        ask(turn, lead)
        return
    signing.everything_answered(turn)
    _forget_question(turn)
    turn.say(signing.closing_words(turn, answered.id), signing.closing_params(turn.the_case()))


# asking


def ask(turn: Turn, lead: str = "", params: dict[str, str] | None = None, buttons: Rows | None = None) -> None:
    """Put the open question to the chat, after a lead sentence; buttons given replace the question's own.

    A lead that comes with its own buttons stands alone: it is the question, asked more narrowly.
    """
    if turn.case is None:
        _ask_number_again(turn, lead, params)
        return
    case = turn.case
    question = next_question(case)
    if question is None:
        turn.say(lead, params)
        return
    turn.chat = replace(turn.chat, asked=question.id, asking=turn.chat.asking + 1, focus=case.request.id)
    if question.id == "signature":
        turn.say(f"{lead}+letter.intro" if lead else "letter.intro", params)
        turn.say("letter.text", question.params(case))
        lead = ""
    key = lead if buttons is not None else "+".join(part for part in (lead, question.key(case)) if part)
    rows = question.choices(case) if buttons is None else buttons
    known = {"ref": case.request.ref, **question.params(case)}
    turn.say(key, {**known, **(params or {})}, rows, form=_form(turn) if rows else "")


def _ask_number_again(turn: Turn, lead: str, params: dict[str, str] | None) -> None:
    turn.chat = replace(turn.chat, asked="number", asking=turn.chat.asking + 1)
    turn.say(f"{lead}+ask.number" if lead else "ask.number", params)


def _ask_open_or_say(turn: Turn, lead: str) -> None:
    """Put the open question again behind a lead sentence; with none open, say the sentence alone."""
    if open_question(turn) is not None or (turn.case is None and turn.chat.asked is not None):
        ask(turn, lead)
    else:
        turn.say(lead, {"ref": turn.case.request.ref} if turn.case else None)


def _form(turn: Turn) -> str:
    return f"{turn.the_case().request.id}.{turn.chat.asking}"


# documents and the rest


def _document(turn: Turn, heard: Heard) -> None:
    document = heard.document
    if _SPEAKS_OF_A_PIN.search(heard.text):
        turn.delete_message(heard.message_id)
    if document is None or document.mime not in PAPER_TYPES:
        _ask_open_or_say(turn, "bill.wrong_type")
    elif document.size > LARGEST_PAPER:
        _ask_open_or_say(turn, "bill.too_large")
    elif turn.case is None:
        _ask_first(turn, "bill.number_first")
    else:
        _keep_paper(turn, turn.case, document, heard.message_id)


def _keep_paper(turn: Turn, case: Case, document: Document, message_id: int) -> None:
    """Keep a file as the bill: it answers the open question, or an earlier one than was asked; else it is one more."""
    question = open_question(turn)
    paper = Paper(
        turn.moment.new_id(), case.request.id, "bill", "wanted", document.file_id, document.name[:120], document.mime,
        document.size, message_id, turn.moment.now,
    )  # fmt: skip
    turn.put_paper(paper)
    turn.run_errand("fetch_bill", paper.id)
    if case.request.signed_at is not None:
        turn.post("thread.sent_file")
    if question is not None and question.id == "bill":
        _take(turn, question, Given((document.name[:120] or "photo",)))
        _go_on(turn, question)
        return
    if "bill" not in case.answers:
        _take(turn, BY_ID["bill"], Given((document.name[:120] or "photo",)))
    _ask_open_or_say(turn, "bill.kept_early")


def _edit(turn: Turn, heard: Heard) -> None:
    """An edited message changes nothing by itself: the customer is told how to change an answer."""
    if _SPEAKS_OF_A_PIN.search(heard.text):
        turn.delete_message(heard.message_id)
    _ask_open_or_say(turn, "edit.seen")


def _other(turn: Turn, _heard: Heard) -> None:
    _ask_open_or_say(turn, "other.not_understood")


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
        turn.post("thread.unblocked")
        turn.refresh_card()


_KINDS: dict[str, Callable[[Turn, Heard], None]] = {
    "text": _text,
    "command": _command,
    "press": _press,
    "document": _document,
    "edit": _edit,
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
