"""What staff check of a customer's account before an order goes out, where the policy asks for it."""

import re

from domain.desk.state import Told
from domain.desk.telling import stay_undoable
from domain.desk.ticks import ONLY as ONLY
from domain.desk.ticks import Unknown, read_ticks
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.orders.model import Case
from domain.orders.phases import AT_CARRIER, is_ended
from domain.policy import Policy
from domain.wordkeys import LINE, nested

CHECKS = ("good_standing", "payment_card", "not_on_trial")
_SAID = re.compile(
    r"(?P<good_standing>(?:in )?good(?:[ _]standing)?|standing)"
    r"|(?P<payment_card>(?:payment[ _])?card(?: on file)?|payment)"
    r"|(?P<not_on_trial>(?:is )?not[ _](?:on[ _])?(?:a[ _])?trial|no trial)"
)


def ticked(case: Case) -> tuple[str, ...]:
    """Return what staff found to be so, in the table's order."""
    given = case.answers.get("eligible")
    return tuple(check for check in CHECKS if given is not None and check in given.value)


def lacking(case: Case, policy: Policy) -> tuple[str, ...]:
    """Return what the policy asks for and nobody has ticked yet."""
    return tuple(check for check in policy.eligibility if check not in ticked(case))


def may_be_ticked(case: Case) -> bool:
    """Tell whether a request has still to go out, for the first time or again: what is ticked decides on that."""
    return not is_ended(case.phase) and case.phase not in (*AT_CARRIER, "cancel_requested")


def awaits_ticks(turn: Turn, policy: Policy) -> bool:
    """Tell whether the policy asks for what nobody has ticked; the card may be older than that, and gets its button."""
    missing, ref = lacking(turn.the_case(), policy), turn.the_case().request.ref
    if missing:
        turn.refresh_card()
        turn.told = Told("submit.not_eligible", {"ref": ref, "lacking": named(missing)}, error=True)
    return bool(missing)


def tick(turn: Turn, argument: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tick what is named, or take every other tick away; returns what is ticked now, and what is lacking.

    What could be taken back before can be after it, and only that.
    """
    case = turn.the_case()
    if not may_be_ticked(case):
        raise Refused("eligible.over", ref=case.request.ref, phase=nested(f"phase.{case.phase}"))
    before = ticked(case)
    now = _wanted(before, argument, case.request.ref)
    for check in CHECKS:
        if (check in now) != (check in before):
            turn.note("ticked" if check in now else "unticked", detail=check)
    turn.hold("eligible", now)
    stay_undoable(turn)
    return now, lacking(turn.the_case(), turn.policy)


def named(checks: tuple[str, ...]) -> str:
    """Return checks as a sentence's parameter: one alone, or each in a line of its own."""
    return LINE.join(nested(f"eligible.check.{check}") for check in checks) or nested("eligible.check.none")


def _wanted(before: tuple[str, ...], argument: str, ref: str) -> tuple[str, ...]:
    """Read what is named. Raises Refused."""
    found = read_ticks(CHECKS, _SAID, before, argument)
    if isinstance(found, Unknown):
        raise Refused("eligible.which", given=found.given, ref=ref)
    return found
