"""What a customer tried in vain to answer: kept for the desk, and from the third time on a person is offered."""

import re

from domain.desk.asking import TRIED, ask
from domain.desk.turn import Turn
from domain.intake.about import moving
from domain.intake.choices import Choice
from domain.intake.questions import Question
from domain.intake.readings.staying import mask_but_phones
from domain.orders.model import Case
from domain.readers.secrets import mask_words
from domain.text import clean

_OFFERED_AT = 3  # times that one question was answered in vain; before there is a request, that it was put
_LONGEST = 200  # characters of each of as many that staff are shown, the newest
_NAMES_AN_ACCOUNT = re.compile(r"\b(?:pin|pass|account|acct|acc|ssn|code)", re.IGNORECASE)
_UNSHOWN = "•••"


def refuse(turn: Turn, question: Question, why: tuple[str, dict[str, str]], text: str) -> None:
    """Say why an answer cannot be taken and ask again; whoever does not get on is offered a person.

    `why`: a wording key with its parameters.
    """
    key, params = why
    if not _is_stuck(turn, question, text):
        ask(turn, key, params)
        return
    person = Choice("person", "button.person", {"form": f"{turn.the_case().request.id}.0"})
    ask(turn, f"{key}+person.offer", params, None, ((person,),))


def _is_stuck(turn: Turn, question: Question, text: str) -> bool:
    """Keep what was said in vain, and tell whether somebody should look at it who is not called yet."""
    if turn.case is None and (turn.state.briefs or turn.chat.asking < _OFFERED_AT):
        return False  # of who had a request before, how often they were asked tells nothing
    case = turn.open_case()
    said = (*_said_to(case, question.id), _UNSHOWN if question.secret else masked(text, case)[:_LONGEST])[-_OFFERED_AT:]
    turn.jot(TRIED, (question.id, *said))
    flags = case.answers.get("flags")
    is_called = flags is not None and "wants_person" in flags.value
    return (not case.numbers or len(said) >= _OFFERED_AT) and not is_called


def answered(turn: Turn, question: str) -> None:
    """Forget what was said in vain to a question that is answered now."""
    if _said_to(turn.the_case(), question):
        turn.drop(TRIED)


def _said_to(case: Case, question: str) -> tuple[str, ...]:
    """Return what was said in vain to a question since it was answered last, as staff may read it, oldest first."""
    kept = case.answers.get(TRIED)
    return kept.value[1:] if kept is not None and kept.value[0] == question else ()


def shown_of(turn: Turn) -> tuple[str, str]:
    """Return the open question and what was said to it in vain, a line each; both empty where nothing was."""
    question = turn.following()
    said = _said_to(turn.the_case(), question.id) if question is not None else ()
    return (question.id, "\n".join(said)) if question is not None and said else ("", "")


def masked(text: str, case: Case | None) -> str:
    """Return a customer's words as staff may read them in Slack."""
    is_secret = _NAMES_AN_ACCOUNT.search(text) is not None
    return mask_words(text) if is_secret else mask_but_phones(clean(text), moving(case) if case is not None else ())
