"""A request on hold: nothing of it is submitted or moved on until somebody of the staff ends that."""

from domain.desk.secrecy import conceal
from domain.desk.telling import done
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.orders.model import Case
from domain.orders.phases import AT_CARRIER, is_ended
from domain.policy import Policy
from domain.promises.notices import SILENT
from domain.text import clean
from domain.values import replace
from domain.wordkeys import nested

OFF = "off"
HELD_BY = "held_by"  # beside the answers: the Slack user id of who holds the request
HELD_BACK = ("submit", "advance", "date", "complete")
RESTING = (
    "draft",
    "expire",
    "trial",
    "mended",
    "keep",
    SILENT,
)  # due rules that recall people: they wait for a hold's end
LONGEST_WHY = 300


def is_held(case: Case) -> bool:
    """Tell whether a request is on hold."""
    return case.request.hold is not None


def holder(case: Case) -> str:
    """Return who of the staff holds a request; empty where nobody does."""
    given = case.answers.get(HELD_BY)
    return given.value[0] if given is not None else ""


def why(case: Case) -> str:
    """Return why a request is on hold, as a parameter."""
    return case.request.hold or nested("hold.no_reason")


def check(case: Case, verb: str) -> None:
    """Refuse what would move a held request on; to note the carrier's order number does not. Raises Refused."""
    is_note = verb == "submit" and case.phase in AT_CARRIER
    if is_held(case) and verb in HELD_BACK and not is_note:
        raise Refused("hold.stops", ref=case.request.ref, verb=verb, who=holder(case), why=why(case))


def standing(case: Case) -> Refused:
    """Return the refusal of a hold without a reason over one that stands: it says why that is, and by whom."""
    return Refused("hold.stands", ref=case.request.ref, who=holder(case), why=why(case))


def hold(turn: Turn, case: Case, argument: str, _policy: Policy) -> None:
    """Hold a request, for the reason given or none, or hold it no longer."""
    if argument.strip().lower() == OFF:
        _end(turn, case)
        return
    if is_ended(case.phase):
        raise Refused("hold.over", ref=case.request.ref, phase=nested(f"phase.{case.phase}"))
    reason = conceal(clean(argument), case)[:LONGEST_WHY]
    if is_held(case) and not reason:
        raise standing(case)
    put(turn, reason, turn.actor.removeprefix("staff:"))
    turn.note("held", words=reason or None)
    done(turn, "hold.done", why=why(turn.the_case()))


def put(turn: Turn, reason: str | None, by: str) -> None:
    """Let a request be held for a reason by somebody, or with None by nobody."""
    turn.set_request(replace(turn.the_case().request, hold=reason))
    if reason is None:
        turn.drop(HELD_BY)
    else:
        turn.hold(HELD_BY, (by,))


def _end(turn: Turn, case: Case) -> None:
    if not is_held(case):
        raise Refused("hold.none", ref=case.request.ref)
    put(turn, None, "")
    turn.note("hold_off")
    done(turn, "hold.off")
