"""THE table of cancelling: whose word stops a number, by where it is and how near its move is.

Rows: the project's porting research §2.6, read 2026-11-21 (Telnyx: not within 48 hours; Bandwidth: about 24). How near
is near says the policy: `cancel_cutoff` hours.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.orders.model import Number
from domain.orders.phases import LET_GO

FAR, CLOSE, BEGUN = "far", "close", "begun"
"""How near a move is: its day is far off or unknown; within the cut-off; begun, or its window has opened."""

AT_ONCE = "at_once"  # it is cancelled by that word alone
ASKS = "asks"  # the desk is asked and the number waits for it; the desk asks the carrier
URGENT = "urgent"  # the desk is asked as urgent, and the number stays where it is: only the carrier can stop it
KNOWN = "known"  # the desk was asked already
RELEASED = "released"  # the old RespOrg has let it go: nobody can keep it there, and it can only finish
STOPPED = "stopped"  # only once its carrier has said that it has stopped it
MOVED = "moved"  # too late: the way back is to move it back, or within a day after a mistake the snapback
OVER = "over"  # there is nothing to stop

FOR_CUSTOMERS = (AT_ONCE, ASKS, URGENT, KNOWN, RELEASED, MOVED, OVER)
FOR_STAFF = (AT_ONCE, STOPPED, RELEASED, MOVED, OVER)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a wish to cancel a number comes to, where it is and as near as its move is; `near` FAR: or has no day."""

    phase: str
    near: str
    customer: str
    staff: str


RULES: tuple[Rule, ...] = (
    Rule("intake", FAR, AT_ONCE, AT_ONCE),
    Rule("screening", FAR, AT_ONCE, AT_ONCE),
    Rule("awaiting_documents", FAR, AT_ONCE, AT_ONCE),
    Rule("staff_review", FAR, AT_ONCE, AT_ONCE),
    Rule("changes_requested", FAR, AT_ONCE, AT_ONCE),
    Rule("awaiting_unlock", FAR, AT_ONCE, AT_ONCE),
    Rule("submitted", FAR, ASKS, AT_ONCE),
    Rule("awaiting_sms_consent", FAR, ASKS, AT_ONCE),
    Rule("csr_check", FAR, ASKS, AT_ONCE),
    Rule("csr_needed", FAR, ASKS, AT_ONCE),
    Rule("resporg_release", FAR, ASKS, AT_ONCE),
    Rule("rerouting", FAR, RELEASED, RELEASED),
    Rule("carrier_review", FAR, ASKS, AT_ONCE),
    Rule("pending_date", FAR, ASKS, AT_ONCE),
    Rule("rejected", FAR, ASKS, AT_ONCE),
    Rule("cancel_requested", FAR, KNOWN, AT_ONCE),
    Rule("scheduled", FAR, URGENT, AT_ONCE),
    Rule("scheduled", CLOSE, URGENT, STOPPED),
    Rule("scheduled", BEGUN, URGENT, STOPPED),
    Rule("activating", BEGUN, URGENT, STOPPED),
    Rule("ported", FAR, MOVED, MOVED),
    Rule("closed", FAR, MOVED, MOVED),
    Rule("cancelled", FAR, OVER, OVER),
    Rule("not_portable", FAR, OVER, OVER),
    Rule("failed", FAR, OVER, OVER),
    Rule("expired", FAR, OVER, OVER),
    Rule("returned", FAR, OVER, OVER),
)

_BY_PLACE = {(rule.phase, rule.near): rule for rule in RULES}
_DATED = frozenset(rule.phase for rule in RULES if rule.near == CLOSE)  # phases in which the nearness of the day counts
_BEGUN = frozenset(rule.phase for rule in RULES if rule.near == BEGUN) - _DATED


def near(number: Number, now: datetime, cutoff: int) -> str:
    """Return how near the move of a number is. `cutoff`: hours before its window opens."""
    if number.phase in _BEGUN:
        return BEGUN
    opens = number.window_start if number.phase in _DATED else None
    if opens is None or opens >= now + timedelta(hours=cutoff):
        return FAR
    return BEGUN if opens < now else CLOSE


def rule_for(number: Number, now: datetime, cutoff: int) -> Rule:
    """Return what a wish to cancel a number comes to now; what was released before it had a day stays so with one."""
    was_released = number.phase in _DATED | _BEGUN and number.number_class in LET_GO
    return _BY_PLACE["rerouting", FAR] if was_released else _BY_PLACE[number.phase, near(number, now, cutoff)]
