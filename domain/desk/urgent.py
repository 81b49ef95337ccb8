"""Drafts that cannot wait: what a customer let fall for which somebody has to call, before there is an order."""

from domain.desk import hours
from domain.desk.passing import REPLY
from domain.desk.turn import Turn
from domain.intake.trial import failing
from domain.orders.model import Case, Number
from domain.orders.phases import PAPERS, is_ended
from domain.wordkeys import nested

URGENT = ("already_cancelled", "line_cancelled", "wants_person")
"""Flags for which somebody has to call: a number gets lost, or a customer waits."""

STOP = "wants_cancel"
"""The flag of a customer who wants to cancel when only the carrier can still stop it."""

STOPS = "stop_asked"  # beside the answers: the numbers (E.164) of that wish

NOT_WORKING = "not_working"
"""The flag of a number that has moved, and of which its customer says that something does not work."""

CARDED = "carded"  # beside the answers: the draft was shown to the desk, and its card is kept right from then on
_WHEREVER = ("already_cancelled", "line_cancelled")  # as long as the numbers have not moved
LATE = ("scheduled", "activating")  # a date is set: no wish of the customer's moves the numbers any more
_WHILE_OURS = ("intake", *PAPERS, "staff_review", "changes_requested")


def has_card(case: Case) -> bool:
    """Tell whether staff have a card of the request: also of a draft for which somebody has to call."""
    flags = case.answers.get("flags")
    is_wanted = flags is not None and "wants_person" in flags.value
    return case.phase != "intake" or is_wanted or CARDED in case.answers


def urgent_of(case: Case) -> tuple[str, ...]:
    """Return the flags of a request for which somebody has to call now, each once."""
    failed = (NOT_WORKING,) if failing(case) else ()
    flags = case.answers.get("flags")
    if flags is None or is_ended(case.phase):
        return failed
    if STOP in flags.value and any(number.phase in LATE for number in case.numbers):
        return (*failed, STOP, *(flag for flag in _WHEREVER if flag in flags.value))
    wanted = URGENT if case.phase in _WHILE_OURS else _WHEREVER
    return (*failed, *(flag for flag in wanted if flag in flags.value))


def has_lost_service(case: Case) -> bool:
    """Tell whether the customer said that the old service is cancelled already."""
    flags = case.answers.get("flags")
    return flags is not None and not set(_WHEREVER).isdisjoint(flags.value)


def to_be_stopped(case: Case) -> tuple[str, ...]:
    """Return the numbers (E.164) that their customer wants to stop, and that only the carrier can still stop."""
    given, here = case.answers.get(STOPS), tuple(n.e164 for n in case.numbers if n.phase in LATE)
    if STOP not in urgent_of(case):
        return ()
    return tuple(e164 for e164 in here if given is None or e164 in given.value)


def want_to_cancel(turn: Turn, numbers: tuple[Number, ...]) -> bool:
    """Let the desk know at once of a wish to cancel that only the carrier can fulfil; tell whether it is a new one."""
    before, wanted = to_be_stopped(turn.the_case()), [n.e164 for n in numbers]
    turn.hold(STOPS, tuple(dict.fromkeys((*before, *wanted))))
    if STOP in urgent_of(turn.the_case()):
        return False
    turn.flag(STOP)
    turn.note("wants_cancel")
    turn.post("thread.wants_cancel", buttons=REPLY)
    turn.refresh_card()
    hours.wrote(turn)
    return True


def sound(turn: Turn, flag: str) -> None:
    """Note a risk; a draft of which the desk has to know at once gets its card and a post for it."""
    case = turn.the_case()
    is_new = flag not in (case.answers["flags"].value if "flags" in case.answers else ())
    turn.flag(flag)
    if flag in URGENT and is_new and case.phase == "intake":
        turn.hold(CARDED, ("yes",))
        turn.refresh_card()
        turn.post("thread.urgent", {"flag": nested(f"staff.flag.{flag}")}, buttons=REPLY)
