"""What is too close to be stopped by a word of ours: a move whose window opens soon, has opened, or is over."""

from datetime import datetime, timedelta

from domain.desk.dating import days_of
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.orders.cancelling import BEGUN, STOPPED, rule_for
from domain.orders.model import Case, Number
from domain.policy import Policy


def check_cutoff(turn: Turn, policy: Policy) -> None:
    """Refuse to cancel what only its carrier can still stop. Raises Refused."""
    case = turn.the_case()
    code = how_close(case, turn.moment.now, policy)
    if code:
        raise Refused(code, ref=case.request.ref, hours=str(policy.cancel_cutoff), days=days_of(case) or "—")


def how_close(case: Case, now: datetime, policy: Policy) -> str:
    """Return why a cancellation needs the carrier's word, as the code of its refusal; empty: it needs none.

    Once the window has opened, or the move has begun, it does until it is completed or dated anew.
    """
    rules = [rule_for(number, now, policy.cancel_cutoff) for number in case.numbers]
    near = {rule.near for rule in rules if rule.staff == STOPPED}
    return "" if not near else "cancel.begun" if BEGUN in near else "cancel.too_close"


def was_close(case: Case, policy: Policy) -> bool:
    """Tell whether a number of a cancelled request was so close to its move that it may have moved all the same."""
    cutoff = timedelta(hours=policy.cancel_cutoff)
    return any(_opens_by(number, number.since + cutoff) for number in case.numbers if number.phase == "cancelled")


def _opens_by(number: Number, at: datetime) -> bool:
    return number.window_start is not None and number.window_start < at
