"""Words about a stop of a move whose day is set: led into the case of cancelling, or heard as taking that back."""

from domain.desk import calling_off
from domain.desk.asking import is_pressing, name_of
from domain.desk.heard import Heard
from domain.desk.passing import pass_on
from domain.desk.turn import Turn
from domain.desk.urgent import LATE, STOP, urgent_of
from domain.intake.sayings import recognise
from domain.intake.sayings.stopping import speaks_of_stopping, takes_back, wants_to_stop


def insists(turn: Turn, heard: Heard) -> bool:
    """Hear that a dated move shall be stopped, or shall go on after all; tell whether it was that."""
    case = turn.case
    if case is None or is_pressing(turn) or not any(number.phase in LATE for number in case.numbers):
        return False
    if STOP in urgent_of(case) and takes_back(heard.text):
        _take_back(turn, heard)
        return True
    if wants_to_stop(heard.text) or recognise(heard.text, None) is not None or not speaks_of_stopping(heard.text):
        return False  # it is heard as ever
    calling_off.ask_whether(turn, case, pass_on(turn, heard, "thread.wrote_stop"))
    return True


def _take_back(turn: Turn, heard: Heard) -> None:
    """Let the desk know that nothing shall be stopped any more."""
    given = turn.the_case().answers["flags"]
    turn.answer("flags", tuple(flag for flag in given.value if flag != STOP), source="inferred")
    turn.note("wants_on")
    pass_on(turn, heard, "thread.wrote_on")
    turn.refresh_card()
    turn.say("cancel.goes_on", {"ref": name_of(turn.the_case().request)})
