"""What a customer says, as answers: read, kept, and followed by the next question."""

import re
from collections.abc import Callable
from dataclasses import replace

from domain.carriers import CARRIERS
from domain.desk import signing
from domain.desk.asking import ask, ask_first, ask_open_or_say, forget_question, open_question, unfinished
from domain.desk.heard import Document, Heard
from domain.desk.state import Paper
from domain.desk.turn import Turn
from domain.intake.opening import Opening, read_opening
from domain.intake.questions import BY_ID, Given, Question, Unclear, next_question
from domain.orders.model import Case, Number, Request
from domain.papers.sniff import LARGEST_PAPER
from domain.readers.secrets import mask

PAPER_TYPES = ("application/pdf", "image/jpeg", "image/png", "")
SPEAKS_OF_A_PIN = re.compile(
    r"\b(?:pin|passcode|password|account\s*(?:number|no\.?|#))\b\D{0,20}[\w-]*\d{3,}", re.IGNORECASE
)
_FREE_TEXT = 2000  # characters of a customer's message that staff are shown


def hear_text(turn: Turn, heard: Heard) -> None:
    question = open_question(turn)
    if turn.case is None:
        _first_words(turn, heard)
    elif question is None:
        _free_text(turn, heard)
    elif question.id != turn.chat.asked:
        ask(turn, "text.not_asked_yet")
    else:
        answer(turn, question, heard.text, heard)


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
        ask_first(turn, welcome)
    else:
        answer(turn, BY_ID["number"], heard.text, heard)


def _take_opening(turn: Turn, opening: Opening) -> None:
    take(turn, BY_ID["number"], Given((opening.numbers[0].e164,)))
    if opening.carrier is not None:
        take(turn, BY_ID["carrier"], Given((opening.carrier, CARRIERS[opening.carrier].name)))
    if opening.name is not None:
        take(turn, BY_ID["name"], Given((opening.name.first, opening.name.last)))
    if opening.ring_at is not None:
        take(turn, BY_ID["destination"], Given((opening.ring_at.e164,)))


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
    if heard.message_id and SPEAKS_OF_A_PIN.search(heard.text):
        turn.delete_message(heard.message_id)
        turn.say("secret.not_now")


def answer(turn: Turn, question: Question, text: str, heard: Heard | None = None) -> None:
    """Read an answer; keep it and ask the next question, or say what was unclear and ask the same one again."""
    got = question.read(text, turn.case or _nothing_yet(turn))
    speaks_of_a_pin = SPEAKS_OF_A_PIN.search(text) is not None
    if heard is not None and (question.secret or speaks_of_a_pin) and any(c.isdigit() for c in text):
        turn.delete_message(heard.message_id)
    if isinstance(got, Given):
        take(turn, question, got)
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


def bound_to(question: str) -> tuple[str, ...]:
    """Return the questions whose answers fall with this one: the review, a signed fact's signature, a carrier's kin."""
    if question == "carrier":
        return ("review", "signature", "account", "pin")
    return ("review", "signature") if BY_ID[question].signed else ("review",)


def take(turn: Turn, question: Question, got: Given) -> None:
    case = turn.open_case()
    before = case.answers.get(question.id)
    if before is not None and before.value != got.value:
        for other in bound_to(question.id):
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
    forget_question(turn)
    turn.say(signing.closing_words(turn, answered.id), signing.closing_params(turn.the_case()), unfinished(turn))


def hear_document(turn: Turn, heard: Heard) -> None:
    document = heard.document
    if SPEAKS_OF_A_PIN.search(heard.text):
        turn.delete_message(heard.message_id)
    if document is None or document.mime not in PAPER_TYPES:
        ask_open_or_say(turn, "bill.wrong_type")
    elif document.size > LARGEST_PAPER:
        ask_open_or_say(turn, "bill.too_large")
    elif turn.case is None:
        ask_first(turn, "bill.number_first")
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
        take(turn, question, Given((document.name[:120] or "photo",)))
        _go_on(turn, question)
        return
    if "bill" not in case.answers:
        take(turn, BY_ID["bill"], Given((document.name[:120] or "photo",)))
    ask_open_or_say(turn, "bill.kept_early")


def hear_edit(turn: Turn, heard: Heard) -> None:
    """An edited message changes nothing by itself: the customer is told how to change an answer."""
    if SPEAKS_OF_A_PIN.search(heard.text):
        turn.delete_message(heard.message_id)
    ask_open_or_say(turn, "edit.seen")
