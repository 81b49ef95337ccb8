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
from domain.errors import Unreadable
from domain.intake.opening import Opening, read_opening
from domain.intake.questions import BY_ID, TAKES_ANSWERS, Given, Question, Unclear, next_question
from domain.orders.model import Case, Number, Request
from domain.papers.sniff import LARGEST_PAPER
from domain.readers.secrets import is_lone_secret, mask_file_name, mask_words, names_secret

PAPER_TYPES = ("application/pdf", "image/jpeg", "image/png", "")
_SPEAKS_OF_A_PIN = re.compile(
    r"\b(?:pin|passcode|password|account\s*(?:number|no\.?|#))\b\D{0,20}[\w-]*\d{3,}", re.IGNORECASE
)
_ASKS_NUMBERS = ("number", "destination")
_ANSWER_WORDS = 4  # longer texts without a figure are no answers to what asks for figures
_FREE_TEXT = 2000  # characters of a customer's message that staff are shown


def hear_text(turn: Turn, heard: Heard) -> None:
    """Take a text as the answer to the question put last; as words for the desk where none is open."""
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
    """With nothing to ask, a customer's words go to the desk, masked, and the customer is told so.

    A lone word that can only be a secret is the PIN while one may still be given; it never goes to the desk.
    """
    case = turn.the_case()
    if is_lone_secret(heard.text):
        if case.phase in TAKES_ANSWERS and case.request.signed_at is not None:
            answer(turn, BY_ID["pin"], heard.text, heard)
            return
        turn.delete_message(heard.message_id)
        turn.say("secret.not_now")
        return
    if case.request.signed_at is None:
        _wipe_if_secret(turn, heard)
        turn.say("text.nothing_open")
        return
    turn.say(_pass_on(turn, heard), {"ref": case.request.ref})


def _pass_on(turn: Turn, heard: Heard) -> str:
    """Let the desk read what a customer wrote, masked; returns the wording key by which the customer is told."""
    words = mask_words(heard.text)[:_FREE_TEXT]
    turn.note("wrote", words=words)
    turn.post("thread.wrote", {"text": words})
    if not _speaks_of_a_secret(heard.text):
        return "text.passed_on"
    turn.delete_message(heard.message_id)
    return "secret.passed_on"


def _speaks_of_a_secret(text: str) -> bool:
    return _SPEAKS_OF_A_PIN.search(text) is not None or names_secret(text)


def _wipe_if_secret(turn: Turn, heard: Heard) -> None:
    if heard.message_id and _speaks_of_a_secret(heard.text):
        turn.delete_message(heard.message_id)
        turn.say("secret.not_now")


def answer(turn: Turn, question: Question, text: str, heard: Heard | None = None) -> None:
    """Read an answer; keep it and ask the next question, or say what was unclear and ask the same one again."""
    got = question.read(text, turn.case or _nothing_yet(turn))
    if heard is not None and _is_to_be_wiped(question, got, text):
        turn.delete_message(heard.message_id)
    if isinstance(got, Given):
        _take_given(turn, question, got)
    elif _speaks_of_a_secret(text) and not question.secret:
        ask(turn, "secret.not_now")
    elif isinstance(got, Unclear):
        ask(turn, got.key, got.params, got.buttons)
    elif heard is not None and _is_talk(text):
        _talk(turn, question, heard)
    else:
        ask(turn, got.code, got.params)


def _is_to_be_wiped(question: Question, got: Given | Unclear | Unreadable, text: str) -> bool:
    """Tell whether a message holds, or may hold, a secret that must not stay in the chat."""
    if not any(c.isdigit() for c in text):
        return False
    misplaced = isinstance(got, Unreadable) and question.id not in _ASKS_NUMBERS and is_lone_secret(text)
    return question.secret or misplaced or _speaks_of_a_secret(text)


def _take_given(turn: Turn, question: Question, got: Given) -> None:
    case = turn.case
    if not question.secret and any(map(names_secret, got.value)):
        ask(turn, "secret.not_now")
    elif question.id == "pin" and got.value == ("later",) and case is not None and case.phase == "rejected":
        turn.post("thread.pin_later")  # nothing is repaired by it: the question stays open
        turn.say("repair.later", {"ref": case.request.ref})
    else:
        take(turn, question, got)
        _go_on(turn, question)


def _is_talk(text: str) -> bool:
    """Tell whether somebody speaks to us instead of answering: a question, or a sentence without figures."""
    return "?" in text or (len(text.split()) > _ANSWER_WORDS and not any(c.isdigit() for c in text))


def _talk(turn: Turn, question: Question, heard: Heard) -> None:
    """Say why we ask; once a request is signed, the desk reads it too."""
    case = turn.case
    lead = f"why.{question.id}"
    if case is not None and case.request.signed_at is not None:
        lead = f"{_pass_on(turn, heard)}+{lead}"
    ask(turn, lead)


def _nothing_yet(turn: Turn) -> Case:
    now = turn.moment.now
    return Case(Request(0, "", turn.chat.id, "intake", 0, now, now), None, (), {})


def bound_to(question: str) -> tuple[str, ...]:
    """Return the questions whose answers fall with this one: the review, a signed fact's signature, a carrier's kin."""
    if question == "carrier":
        return ("review", "signature", "account", "pin")
    return ("review", "signature") if BY_ID[question].signed else ("review",)


def take(turn: Turn, question: Question, got: Given) -> None:
    """Keep an answer; what rested on a different one falls, and what follows from it is done."""
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
    """Take a file as the bill, whether it was asked for or not; say why if it cannot be one."""
    document = heard.document
    if _speaks_of_a_secret(heard.text):
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
    name = mask_file_name(document.name)[:120]
    paper = Paper(
        turn.moment.new_id(), case.request.id, "bill", "wanted", document.file_id, name, document.mime,
        document.size, message_id, turn.moment.now,
    )  # fmt: skip
    turn.put_paper(paper)
    turn.run_errand("fetch_bill", paper.id)
    if case.request.signed_at is not None:
        turn.post("thread.sent_file")
    if question is not None and question.id == "bill":
        take(turn, question, Given((name or "photo",)))
        _go_on(turn, question)
        return
    if case.answer("bill") in (None, ("later",)):
        take(turn, BY_ID["bill"], Given((name or "photo",)))
    ask_open_or_say(turn, "bill.kept_early")


def hear_edit(turn: Turn, heard: Heard) -> None:
    """An edited message changes nothing by itself: the customer is told how to change an answer."""
    if _speaks_of_a_secret(heard.text) or is_lone_secret(heard.text):
        turn.delete_message(heard.message_id)
    ask_open_or_say(turn, "edit.seen")
