"""Putting questions to a chat."""

from dataclasses import replace

from domain.desk.state import Brief
from domain.desk.turn import Rows, Turn
from domain.intake.choices import Choice
from domain.intake.questions import Question, next_question
from domain.orders.model import Case


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
    shows_letter = question.id == "signature" and turn.chat.asked != "signature"
    turn.chat = replace(turn.chat, asked=question.id, asking=turn.chat.asking + 1, focus=case.request.id)
    if shows_letter:
        turn.say(f"{lead}+letter.intro" if lead else "letter.intro", params)
        turn.say("letter.text", question.params(case))
        lead = ""
    key = lead if buttons is not None else "+".join(part for part in (lead, question.key(case)) if part)
    rows = _rows(case, question) if buttons is None else buttons
    known = {"ref": case.request.ref, **question.params(case)}
    turn.say(key, {**known, **(params or {})}, rows, form=form_of(turn) if rows else "")


def _rows(case: Case, question: Question) -> Rows:
    """Return a question's buttons; after a rejection also the other way out."""
    fixed: Rows = ((Choice("fixed", "button.carrier_fixed"),),) if case.phase == "rejected" else ()
    return (*question.choices(case), *fixed)


def _ask_number_again(turn: Turn, lead: str, params: dict[str, str] | None) -> None:
    turn.chat = replace(turn.chat, asked="number", asking=turn.chat.asking + 1)
    turn.say(f"{lead}+ask.number" if lead else "ask.number", params)


def ask_first(turn: Turn, lead: str) -> None:
    turn.chat = replace(turn.chat, asked="number", asking=turn.chat.asking + 1)
    turn.say(f"{lead}+ask.number")


def ask_open_or_say(turn: Turn, lead: str) -> None:
    """Put the open question again behind a lead sentence; with none open, say the sentence alone."""
    if open_question(turn) is not None or (turn.case is None and turn.chat.asked is not None):
        ask(turn, lead)
    else:
        turn.say(lead, {"ref": turn.case.request.ref} if turn.case else None)


def unfinished(turn: Turn) -> Rows:
    """Return a button for each other request of the chat that is still being filled in."""
    here = turn.case.request.id if turn.case else 0
    return tuple((go_on_with(b),) for b in turn.state.briefs if b.id != here and b.status == "intake")


def go_on_with(brief: Brief) -> Choice:
    """Return the button that turns the chat to another of its requests."""
    return Choice("go", "button.go", {"ref": brief.ref, "form": f"{brief.id}.0"})


def form_of(turn: Turn) -> str:
    return f"{turn.the_case().request.id}.{turn.chat.asking}"


def forget_question(turn: Turn) -> None:
    turn.chat = replace(turn.chat, asked=None, asking=turn.chat.asking + 1)
