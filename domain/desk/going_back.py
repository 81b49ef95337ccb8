"""One step back: a change that was begun is left, the last answer is taken back; no paper is ever lost by it."""

from domain.desk import approving, signing
from domain.desk.answering import bound_to
from domain.desk.asking import ask, ask_open_or_say, forget_question, name_of
from domain.desk.heard import Heard
from domain.desk.turn import Turn
from domain.intake.questions import BY_ID, TAKES_ANSWERS, next_question
from domain.intake.readings.address import BEGUN
from domain.orders.model import Answer, Case
from domain.values import replace


def go_back(turn: Turn, _heard: Heard) -> None:
    """Leave a change that was begun, or take back the last answer: of a repair, too, while the desk awaits it."""
    case = turn.case
    begun = _changes_begun(turn, case) if case is not None else []
    if begun:
        for question in begun:
            turn.close_again(question)
        _go_back_to(turn)
    elif case is not None and approving.is_waiting(case):
        approving.withdraw(turn)
        ask(turn, "approval.withdrawn")
    elif case is None or not _take_back(turn, case):
        ask_open_or_say(turn, "back.nothing")
    else:
        ask(turn, "back.done")


def _changes_begun(turn: Turn, case: Case) -> list[str]:
    """Return the questions whose old answer still stands: a draft's all, else those that the customer took up."""
    again = [q for q, a in case.answers.items() if a.reopened and q in BY_ID]
    if case.phase == "intake":
        return [q for q in again if q != "bill" or signing.has_bill(turn)]
    is_free = case.phase == "staff_review"  # what staff open again is asked for in another phase
    return [q for q in again if is_free or (BY_ID[q].late and not BY_ID[q].document)]


def _go_back_to(turn: Turn) -> None:
    """Ask what is open now; with nothing open, say that all stays as it was."""
    case = turn.the_case()
    if next_question(case) is not None:
        ask(turn, "back.done")
    else:
        forget_question(turn)
        turn.say("back.kept", {"ref": name_of(case.request)})


def _take_back(turn: Turn, case: Case) -> bool:
    """Take the last answer back; tell whether there was one that can be."""
    if case.phase != "intake":
        return _open_repair_again(turn, case)
    given = [a for q, a in case.answers.items() if q in BY_ID and a.source != "inferred"]
    if any(paper.kind == "bill" for paper in turn.papers):
        is_next = _is_last(given, "bill") and _would_be_asked(case, "bill")
        given = given if is_next else [a for a in given if a.question != "bill"]
    if given:
        _drop_last(turn, given)
    return bool(given)


def _is_last(given: list[Answer], question: str) -> bool:
    """Tell whether a question alone was answered by the last message."""
    last = max(given, key=lambda a: a.seq, default=None)
    return last is not None and [a.question for a in given if a.at == last.at] == [question]


def _would_be_asked(case: Case, question: str) -> bool:
    """Tell whether a question would be the next one without its answer: a bill may come long before it is asked for."""
    others = {q: a for q, a in case.answers.items() if q != question}
    following = next_question(replace(case, answers=others))
    return following is not None and following.id == question


def _drop_last(turn: Turn, given: list[Answer]) -> None:
    """Take back what the last answering message said: all of it, if it was several answers."""
    last = max(given, key=lambda a: a.seq)
    for answered in given:
        if answered.at == last.at:
            for question in (answered.question, *bound_to(answered.question)):
                turn.drop(question)
    if "address" not in turn.the_case().answers:
        turn.drop("billing")
        turn.drop(BEGUN)


def _open_repair_again(turn: Turn, case: Case) -> bool:
    """Ask again what was put right last, while it is not signed or the desk has not sent it yet."""
    question = turn.following()
    is_unsigned = question is not None and question.id == "signature"
    is_repaired = case.phase == "rejected" and case.request.repaired == "corrected"
    if case.phase not in TAKES_ANSWERS or not (is_unsigned or is_repaired):
        return False
    since = max(number.since for number in case.numbers)
    told = [a for q, a in case.answers.items() if q in BY_ID and q != "signature" and a.source != "inferred"]
    last = max((a for a in told if a.at > since and not BY_ID[a.question].late), key=lambda a: a.seq, default=None)
    if last is None:
        return False
    if is_repaired:
        turn.set_request(replace(turn.the_case().request, repaired=None))
        turn.refresh_card()
    turn.reopen(last.question)
    return True
