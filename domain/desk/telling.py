"""What one of the staff is told of what they did."""

from domain.desk.state import Told
from domain.desk.turn import Turn
from domain.wordkeys import nested


def done(turn: Turn, key: str, **params: str) -> None:
    """Tell them that it is done; every such sentence may name the request and where it stands now."""
    case = turn.the_case()
    turn.told = Told(key, {"ref": case.request.ref, "phase": nested(f"phase.{case.phase}"), **params})


def who_acts(turn: Turn) -> str:
    """Return the Slack user id of the one of the staff whose turn this is."""
    return turn.actor.removeprefix("staff:")
