"""What a customer is told of how long the move takes: a range of days once it is sent, and when it takes longer."""

from datetime import UTC, date, datetime, time, timedelta

from domain.calendar import add_business_days
from domain.desk.asking import name_of
from domain.desk.ranges import range_for
from domain.desk.state import Due
from domain.desk.turn import Turn
from domain.intake.about import carrier_name, show_moving
from domain.orders.model import Case
from domain.orders.phases import AT_CARRIER, DATED
from domain.policy import Policy
from domain.wordkeys import nested

RULE = "longer"  # the due rule by which a move is looked at that has no day when the last expected one is over
EXPECTED = "expected"  # beside the answers: from which day to which (ISO) the move was expected last
MOST_TOLD = 3  # how often it is told that it takes longer; then people have to find out why
_SENT = ("submitted", "awaiting_sms_consent")  # the phases into which an order goes out
_LEAST_MORE = 3  # business days that are told as more, at least
_AT = time(10)  # of the desk's day, when it is looked at


def begin(turn: Turn, policy: Policy) -> None:
    """Keep, once the order first goes out, from which day to which the move is expected."""
    case = turn.the_case()
    if all(number.attempts <= 1 for number in case.numbers):
        today = turn.moment.now.astimezone(policy.desk_zone).date()
        least, most = range_for(case, policy)
        _keep(turn, policy, *(_later(case, today, days, policy) for days in (least, most)), told=0)


def take_back(turn: Turn) -> None:
    """Expect nothing any more of an order that never went out after all."""
    case = turn.the_case()
    if EXPECTED in case.answers and all(number.attempts == 0 for number in case.whole.numbers):
        turn.drop(EXPECTED)
        turn.end_due(RULE, case.request.id)


def _later(case: Case, day: date, days: int, policy: Policy) -> date:
    return add_business_days(day, days, policy.days_for(case.whole.numbers))


def _keep(turn: Turn, policy: Policy, first: date, last: date, *, told: int) -> None:
    turn.hold(EXPECTED, (first.isoformat(), last.isoformat(), str(told)))
    at = datetime.combine(last + timedelta(days=1), _AT, policy.desk_zone).astimezone(UTC)
    turn.set_due(RULE, turn.the_case().request.id, turn.moment.new_id(), at)


def params_of(case: Case) -> dict[str, str]:
    """Return from which day to which the move is expected, as values of a notice; empty: nothing is."""
    given = case.answers.get(EXPECTED)
    if given is None:
        return {}
    return {"expected_from": given.value[0], "expected_to": given.value[1]}


def line_of(case: Case, phase: str) -> str:
    """Return the same as a line of the status message, while a number is on its way and has no day; empty: no line."""
    known = params_of(case)
    is_open = phase in AT_CARRIER and phase not in DATED
    return nested("status.expected", **known) if known and is_open else ""


def longer(turn: Turn, _due: Due, policy: Policy) -> None:
    """Tell customer and desk that a move takes longer than was said, with what is to be expected now."""
    case = turn.the_case()
    given = case.answers.get(EXPECTED)
    waits = any(number.phase in AT_CARRIER and number.phase not in DATED for number in case.numbers)
    if given is None or not waits:
        return
    told = int(given.value[2])
    today = turn.moment.now.astimezone(policy.desk_zone).date()
    least, most = range_for(case, policy)
    last = _later(case, today, max(_LEAST_MORE, (most - least) // 2), policy)
    if told < MOST_TOLD:
        _keep(turn, policy, today, last, told=told + 1)
        params = {"ref": name_of(case.request), "number": show_moving(case), "carrier": carrier_name(case)}
        turn.say("notice.longer", {**params, "expected_to": last.isoformat()}, paced=True)
        turn.mail("notice.longer", {**params, "expected_to": last.isoformat()})
    turn.post("thread.longer", {"last": given.value[1]})


def told_beside(case: Case) -> str:
    """Return what is said beside the notice that the order went out for the first time; empty: nothing."""
    is_first = case.phase in _SENT and all(number.attempts == 1 for number in case.numbers)
    return "+notice.expected" if is_first and EXPECTED in case.answers else ""
