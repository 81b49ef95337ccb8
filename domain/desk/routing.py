"""What staff set up with us before a number rings here: a checklist on the card, ticked one by one."""

import re

from domain.desk.telling import done, stay_undoable
from domain.desk.ticks import Unknown, read_ticks
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.intake.texts import wants_texts
from domain.orders.model import Case
from domain.orders.phases import AT_CARRIER
from domain.policy import Policy
from domain.wordkeys import LINE, nested

ANSWER = "routing"  # beside the questions: what is ticked
CHECKS = ("description", "dial", "text", "account", "assigned", "text_enabled")
_OF_TEXTS = ("text", "text_enabled")  # needed only where texts are wanted
_SHOWN = (*AT_CARRIER, "ported", "partial", "needs_attention")
_SAID = re.compile(
    r"(?P<description>description|name|label)"
    r"|(?P<text_enabled>text(?:ing|s)?[ _](?:is )?(?:enabled|on)|enabled)"
    r"|(?P<dial>dial(?:[ _]routing)?|voice(?:[ _]routing)?|calls?)"
    r"|(?P<text>text(?:ing|s)?(?:[ _]routing)?)"
    r"|(?P<account>account(?:[ _]level)?(?:[ _]settings)?|level)"
    r"|(?P<assigned>(?:is )?assigned(?: to (?:an? )?(?:account|user))?)"
)


def ticked(case: Case) -> tuple[str, ...]:
    """Return what is set up, in the table's order."""
    given = case.answers.get(ANSWER)
    return tuple(check for check in CHECKS if given is not None and check in given.value)


def needed(case: Case) -> tuple[str, ...]:
    """Return what has to be set up: of texting nothing where no texts are wanted."""
    return CHECKS if wants_texts(case) else tuple(check for check in CHECKS if check not in _OF_TEXTS)


def lacking(case: Case) -> tuple[str, ...]:
    """Return what nobody has ticked yet."""
    return tuple(check for check in needed(case) if check not in ticked(case))


def is_shown(case: Case) -> bool:
    """Tell whether the checklist matters: from the order on until everything is closed."""
    return case.phase in _SHOWN


def tick(turn: Turn, case: Case, argument: str, _policy: Policy) -> None:
    """Tick what is named, or with `only` and `none` take every other tick away."""
    ref = case.request.ref
    if not is_shown(case):
        raise Refused("routing.not_now", ref=ref, phase=nested(f"phase.{case.phase}"))
    before = ticked(case)
    now = _read(before, argument, ref)
    for check in CHECKS:
        if (check in now) != (check in before):
            turn.note("set_up" if check in now else "set_down", detail=check)
    turn.hold(ANSWER, now)
    stay_undoable(turn)
    done(turn, "routing.done", ticked=named(now), lacking=named(lacking(turn.the_case())))


def _read(before: tuple[str, ...], argument: str, ref: str) -> tuple[str, ...]:
    found = read_ticks(CHECKS, _SAID, before, argument)
    if isinstance(found, Unknown):
        raise Refused("routing.which", given=found.given, ref=ref)
    return found


def named(checks: tuple[str, ...]) -> str:
    """Return checks as a sentence's parameter."""
    return LINE.join(nested(f"routing.check.{check}") for check in checks) or nested("eligible.check.none")
