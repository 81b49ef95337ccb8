"""What a letter states is printed letter for letter: characters that it has no type for are told at the answer."""

from domain.desk.turn import Turn
from domain.errors import Unreadable
from domain.intake.given import Given, Unclear
from domain.intake.questions import BY_ID, Question
from domain.papers.authorization import stated_facts
from domain.readers.printed import unprinted

_SHOWN = 10  # characters named


def as_printed(question: Question, got: Given | Unclear | Unreadable) -> Given | Unclear | Unreadable:
    """Return what an answer was read as; refused, where a letter states it and cannot print it."""
    if not isinstance(got, Given):
        return got
    read = ((question.id, got), *got.more)
    values = [value for name, each in read if name in BY_ID and BY_ID[name].signed for value in each.value]
    missing = unprinted("".join(values))
    return Unreadable("letter.unprinted", {"characters": missing[:_SHOWN]}) if missing else got


def warn_desk(turn: Turn) -> None:
    """Tell the desk of a letter that cannot be printed though it is about to be signed: its facts came another way."""
    case = turn.the_case()
    missing = unprinted("".join(stated_facts(case).values()))
    if missing:
        turn.post_to_desk("desk.unprinted", {"ref": case.request.ref, "characters": missing[:_SHOWN]})
