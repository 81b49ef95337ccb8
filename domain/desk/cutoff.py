"""What is too close to be stopped: a move whose window opens soon."""

from datetime import timedelta

from domain.desk.turn import Turn
from domain.errors import Refused
from domain.policy import Policy

STOPPED = "stopped"  # what staff add when the carrier has stopped a move that is close


def check_cutoff(turn: Turn, argument: str, policy: Policy) -> None:
    """Refuse to cancel what moves within the policy's hours, unless staff say that its carrier has stopped it."""
    case, now = turn.the_case(), turn.moment.now
    starts = (n.window_start for n in case.numbers if n.phase == "scheduled" and n.window_start is not None)
    is_close = any(now < start < now + timedelta(hours=policy.cancel_cutoff) for start in starts)
    if is_close and argument.strip().lower() != STOPPED:
        raise Refused("cancel.too_close", ref=case.request.ref, hours=str(policy.cancel_cutoff))
