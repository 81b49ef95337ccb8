"""A customer who was asked last whether something shall be stopped: for a few minutes a typed yes is one to that."""

from datetime import timedelta

from domain.desk.turn import Turn

SURE = "cancel_sure"  # beside the answers: by which asking that was asked, and the code of the yes to it
_ANSWERED_WITHIN = timedelta(minutes=10)  # a yes that is typed later may be to something else


def asked(turn: Turn, yes: str) -> None:
    """Keep that it was asked just now, of what the desk has, and what a yes to it does."""
    if turn.the_case().phase == "intake":
        return  # where other things are asked
    turn.jot(SURE, (str(turn.chat.asking), yes))


def asked_no_more(turn: Turn) -> None:
    """Let a yes be none to it, as somebody has said something else since."""
    if SURE in turn.the_case().answers:
        turn.jot(SURE, ("", ""))


def yes_to(turn: Turn) -> str:
    """Return the code of a yes to what was asked last; empty where that was something else, or too long ago."""
    given = turn.case.answers.get(SURE) if turn.case is not None else None
    is_last = given is not None and given.value[0] == str(turn.chat.asking)
    return given.value[1] if given is not None and is_last and turn.moment.now - given.at <= _ANSWERED_WITHIN else ""
