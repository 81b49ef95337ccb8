"""What one of the staff is told of what they did."""

from domain.desk.state import Told
from domain.desk.turn import Turn
from domain.values import replace
from domain.wordkeys import nested


def done(turn: Turn, key: str, **params: str) -> None:
    """Tell them that it is done; every such sentence may name the request and where it stands now."""
    case = turn.the_case()
    turn.told = Told(key, {"ref": case.request.ref, "phase": nested(f"phase.{case.phase}"), **params})


def who_acts(turn: Turn) -> str:
    """Return the Slack user id of the one of the staff whose turn this is."""
    return turn.actor.removeprefix("staff:")


def stay_undoable(turn: Turn) -> None:
    """Let what could be taken back before a tick be so after it, and only that."""
    action, version = turn.state.action, turn.state.case.request.version if turn.state.case is not None else 0
    if action is not None and action.version == version:
        turn.action = replace(action, version=version + 1)
