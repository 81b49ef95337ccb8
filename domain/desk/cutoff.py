"""What is too close to be stopped by a word of ours: a move whose window opens soon, has opened, or is over."""

from datetime import datetime, timedelta

from domain.desk.dating import days_of
from domain.desk.turn import Turn
from domain.desk.urgent import LATE
from domain.errors import Refused
from domain.orders.model import Case, Number
from domain.policy import Policy

STOPPED = "stopped"  # what staff add when the carrier has stopped a move that is close


def check_cutoff(turn: Turn, argument: str, policy: Policy) -> None:
    """Refuse to cancel what is close, unless staff say that its carrier has stopped it. Raises Refused."""
    case = turn.the_case()
    code = "" if argument.strip().lower() == STOPPED else how_close(case, turn.moment.now, policy)
    if code:
        raise Refused(code, ref=case.request.ref, hours=str(policy.cancel_cutoff), days=days_of(case) or "—")


def how_close(case: Case, now: datetime, policy: Policy) -> str:
    """Return why a cancellation needs the carrier's word, as the code of its refusal; empty: it needs none.

    Once the window has opened, or the move has begun, it does until it is completed or dated anew.
    """
    dated = [number for number in case.numbers if number.phase in LATE]
    if any(number.phase == "activating" or _opens_by(number, now) for number in dated):
        return "cancel.begun"
    soon = now + timedelta(hours=policy.cancel_cutoff)
    return "cancel.too_close" if any(_opens_by(number, soon) for number in dated) else ""


def was_close(case: Case, policy: Policy) -> bool:
    """Tell whether a number of a cancelled request was so close to its move that it may have moved all the same."""
    cutoff = timedelta(hours=policy.cancel_cutoff)
    return any(_opens_by(number, number.since + cutoff) for number in case.numbers if number.phase == "cancelled")


def _opens_by(number: Number, at: datetime) -> bool:
    return number.window_start is not None and number.window_start < at
