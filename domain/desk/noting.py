"""What staff write down of a request for themselves: kept with its history, and shown in its thread alone."""

from domain.desk.secrecy import conceal
from domain.desk.telling import done
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.orders.model import Case
from domain.policy import Policy
from domain.text import clean_lines

NOTED = "noted"  # what history calls a note; its words stand in the side table
LONGEST_NOTE = 2000  # characters


def note(turn: Turn, case: Case, argument: str, _policy: Policy) -> None:
    """Keep a note, masked. Raises Refused for nothing, and for too much."""
    words = "\n".join(conceal(line, case) for line in clean_lines(argument))
    if not words:
        raise Refused("note.nothing", ref=case.request.ref)
    if len(words) > LONGEST_NOTE:
        raise Refused("note.too_long", longest=str(LONGEST_NOTE))
    turn.note(NOTED, words=words)
    done(turn, "note.done", text=words)
