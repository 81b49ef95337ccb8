"""A number put right in words while something else is asked: replaced, and acknowledged."""

from domain.desk.answering import answer, keep
from domain.desk.asking import ask, ask_open_or_say, open_question
from domain.desk.heard import Heard
from domain.desk.turn import Turn
from domain.errors import Unreadable
from domain.intake.about import moving
from domain.intake.choices import Choice
from domain.intake.given import Given
from domain.intake.questions import BY_ID, SWAP, TAKES_ANSWERS
from domain.intake.readings.beside import is_stray_account
from domain.intake.readings.correcting import Correction, read_correction
from domain.intake.repairs import is_rejected
from domain.numbers import Phone, show
from domain.orders.model import Case

_OTHER_FIGURES = ("numbers", "second", "stays", "label", "title", "account", "pin")
_MOST_BUTTONS = 8
_NO = (Choice("ask", "button.not_that"),)


def put_right(turn: Turn, heard: Heard) -> bool:
    """Take a correction of the number to move; tell whether the message was one."""
    case = turn.case
    is_open = case is not None and case.phase in TAKES_ANSWERS and not is_rejected(case)
    if case is None or not is_open or case.answer("numbers") is None:
        return False
    found = read_correction(heard.text)
    question = open_question(turn)
    asked = question.id if question is not None else ""
    if found is None or is_stray_account(heard.text) or not _may_be_meant(case, asked, found):
        return False
    if isinstance(found.right, Unreadable):
        ask_open_or_say(turn, found.right.code, found.right.params)
    elif found.right.e164 in moving(case):
        ask_open_or_say(turn, "numbers.known", {"number": show(found.right)})
    else:
        _replace(turn, case, found, found.right, heard)
    return True


def _is_certain(case: Case, found: Correction) -> bool:
    return found.names_move or (found.wrong is not None and found.wrong.e164 in moving(case))


def _may_ring(case: Case, asked: str) -> bool:
    """Tell whether a wrong number may be the one where calls ring."""
    return asked == "destination" or "destination" in case.answers


def _may_be_meant(case: Case, asked: str, found: Correction) -> bool:
    """Tell whether it may be the number to move: no account number, and not just where calls ring."""
    if found.rest and asked != "carrier":
        return False
    if _is_certain(case, found):
        return True
    if found.is_loose:
        return asked not in (*_OTHER_FIGURES, "destination") and case.phase == "intake"
    return asked not in _OTHER_FIGURES and (found.is_firm or (case.phase == "intake" and not _may_ring(case, asked)))


def _replace(turn: Turn, case: Case, found: Correction, right: Phone, heard: Heard) -> None:
    """Put the right number in the wrong one's place; ask where it is not certain which one was wrong."""
    numbers = moving(case)
    question = open_question(turn)
    may_ring = _may_ring(case, question.id if question is not None else "")
    is_vague = not _is_certain(case, found) and (may_ring or found.is_loose)
    if found.wrong is not None and found.wrong.e164 in numbers:
        _swap(turn, found.wrong.e164, right, found.rest, heard)
    elif len(numbers) == 1 and not is_vague:
        _swap(turn, numbers[0], right, found.rest, heard)
    elif len(numbers) <= _MOST_BUTTONS and case.phase == "intake":
        _ask_which(turn, numbers, right)
    else:
        turn.want("numbers")
        ask(turn, "numbers.wrong")


def _ask_which(turn: Turn, numbers: tuple[str, ...], right: Phone) -> None:
    params = {"number": show(right), "old": show(Phone(numbers[0]))}
    codes = [f"{SWAP}{number}:{right.e164}" for number in numbers]
    if len(numbers) == 1:
        ask(turn, "numbers.replace", params, ((Choice(codes[0], "button.yes"),), _NO))
        return
    names = [{"name": show(Phone(number))} for number in numbers]
    rows = tuple((Choice(code, "button.named", name),) for code, name in zip(codes, names, strict=True))
    ask(turn, "numbers.which_wrong", params, (*rows, _NO))


def _swap(turn: Turn, old: str, right: Phone, rest: str, heard: Heard) -> None:
    """Replace a number; what else the message said is read as the answer to the carrier's question, still open."""
    swapped = f"{SWAP}{old}:{right.e164}"
    got = BY_ID["numbers"].read(swapped, turn.the_case())
    if rest and isinstance(got, Given):
        keep(turn, "numbers", got)
        turn.say(got.lead, got.params)
        answer(turn, BY_ID["carrier"], rest, heard)
    else:
        answer(turn, BY_ID["numbers"], swapped)
