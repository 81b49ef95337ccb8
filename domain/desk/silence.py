"""Carriers that are silent for too long: the desk is told what to do, the customer that nothing is to be done."""

from datetime import UTC, datetime

from domain.calendar import add_business_days
from domain.desk.asking import name_of
from domain.desk.only import named
from domain.desk.state import Due
from domain.desk.turn import Turn
from domain.intake.about import carrier_name
from domain.orders.model import Case, Number
from domain.policy import Policy
from domain.promises.notices import SILENT, SILENT_AFTER, SILENT_IN, USUALLY_SILENT_AFTER
from domain.values import Value
from domain.wordkeys import nested

TOLD = "silence_told"  # beside the answers: the silences that the desk knows of, each by what `_Silence.mark` says


class _Silence(Value, frozen=True):
    """A time after which a number's carrier is silent: so many business days after it entered its phase."""

    number: Number
    place: int  # among those of its phase, from 0
    days: int

    def at(self, policy: Policy) -> datetime:
        """Return when it is noticed: at the same time of the desk's day."""
        local = self.number.since.astimezone(policy.desk_zone)
        day = add_business_days(local.date(), self.days, policy.days_for((self.number,)))
        return datetime.combine(day, local.time(), policy.desk_zone).astimezone(UTC)

    @property
    def mark(self) -> str:
        """Return what tells it from every other silence of the request."""
        return f"{self.number.id}|{self.number.phase}|{self.number.since.isoformat()}|{self.place}"


def watch(turn: Turn) -> None:
    """Have the next silence of a carrier noticed in time."""
    coming = [each.at(turn.policy) for each in _untold(turn.the_case())]
    if coming:
        at = max(min(coming), turn.moment.now)
        turn.set_due(SILENT, turn.the_case().request.id, turn.moment.new_id(), at)


def notice(turn: Turn, _due: Due, _policy: Policy) -> None:
    """Tell the desk of every carrier that is silent by now, and the customer of the first silence of each phase."""
    found = [each for each in _untold(turn.the_case()) if each.at(turn.policy) <= turn.moment.now]
    for phase, place in dict.fromkeys((each.number.phase, each.place) for each in found):
        _tell(turn, tuple(each for each in found if (each.number.phase, each.place) == (phase, place)))
    if found:
        known = turn.the_case().answers.get(TOLD)
        turn.hold(TOLD, (*(known.value if known is not None else ()), *(each.mark for each in found)))
    watch(turn)


def _tell(turn: Turn, silences: tuple[_Silence, ...]) -> None:
    case, first = turn.the_case(), silences[0]
    numbers = tuple(each.number for each in silences)
    params = {
        "ref": name_of(case.request),
        "carrier": carrier_name(case),
        "number": named(numbers),
        "days": str(first.days),
        "phase": nested(f"phase.{first.number.phase}"),
        "order": _orders(case, numbers),
    }
    turn.post(_post_of(first), params)
    if first.place == 0:
        turn.say("silence.told", params, paced=True)
        turn.mail("silence.told", params)


def _post_of(silence: _Silence) -> str:
    if silence.number.phase != "resporg_release":
        return "thread.silent"
    return "thread.silent_release" if silence.place == 0 else "thread.release_ran_out"


def _orders(case: Case, numbers: tuple[Number, ...]) -> str:
    ids = {number.order_id for number in numbers}
    known = [order.carrier_order for order in case.orders if order.id in ids and order.carrier_order]
    return ", ".join(known) or "—"


def _untold(case: Case) -> tuple[_Silence, ...]:
    told = case.answers.get(TOLD)
    known = told.value if told is not None else ()
    each = (_Silence(n, place, days) for n in case.numbers for place, days in enumerate(_days(n)))
    return tuple(silence for silence in each if silence.mark not in known)


def _days(number: Number) -> tuple[int, ...]:
    """Return after how many business days each silence of a number is noticed; none where no carrier has to answer."""
    if number.phase not in SILENT_IN:
        return ()
    ran_out = SILENT_IN[number.phase]
    return (SILENT_AFTER.get(number.number_class, USUALLY_SILENT_AFTER), *((ran_out,) if ran_out else ()))
