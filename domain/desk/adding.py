"""One more number to move, said while something else is asked: added, acknowledged, and the question put again."""

from domain.desk.answering import answer, go_on, keep
from domain.desk.asking import ask, ask_open_or_say, open_question
from domain.desk.heard import Heard
from domain.desk.turn import Turn
from domain.errors import Unreadable
from domain.intake.given import YES, Given, Unclear, bare_word
from domain.intake.questions import BY_ID
from domain.intake.readings.adding import Addition, read_addition, with_more
from domain.intake.readings.left_out import about_left_out, left_out_rows, still_wrong
from domain.orders.model import Case

_OTHER_FIGURES = (
    "numbers",
    "destination",
    "second",
    "stays",
    "label",
    "title",
    "account",
    "pin",
    "source",
    "btn",
    "new_btn",
)


def add_said(turn: Turn, heard: Heard) -> bool:
    """Add the number that a message names as one more, until the letter is signed; tell whether it named one."""
    case, question = turn.case, open_question(turn)
    if case is None or case.phase != "intake" or case.answer("numbers") is None or question is None:
        return False
    if question.id in _OTHER_FIGURES:
        return False
    found = read_addition(heard.text, case)
    if found is None or not _is_of_now(question.id, found, heard.text):
        return _is_wrong_again(turn, case, heard.text)
    got = with_more(found.numbers, case)
    if isinstance(got, Unreadable):
        ask_open_or_say(turn, got.code, got.params)
    elif isinstance(got, Unclear):
        ask(turn, got.key, got.params, got.buttons, got.beside)
    else:
        _add(turn, got, found.rest, heard)
    return True


def _is_wrong_again(turn: Turn, case: Case, text: str) -> bool:
    """Say once more what is wrong with a number that was left out; tell whether it was sent again, and is none."""
    found = still_wrong(text, case)
    if found is None:
        return False
    lead, why = about_left_out(found)
    ask(turn, lead, why, None, left_out_rows(found))
    return True


def _is_of_now(asked: str, found: Addition, text: str) -> bool:
    """Tell whether what else was said answers the open question; a list, or a yes, is an answer to which bill."""
    if asked == "one_bill":
        return not found.is_list and bare_word(text.replace(",", " ").split()[0]) not in YES
    return not found.rest or asked == "carrier"


def _add(turn: Turn, got: Given, rest: str, heard: Heard) -> None:
    keep(turn, "numbers", got)
    if rest:
        turn.say(got.lead, got.params)
        answer(turn, BY_ID["carrier"], rest, heard)
    else:
        go_on(turn, BY_ID["numbers"], got)
