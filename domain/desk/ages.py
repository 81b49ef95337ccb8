"""How old bill and letter get until they go to a carrier: counted on that day, and warned of five days before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.calendar import Window
from domain.desk.asking import name_of
from domain.desk.state import Due, Paper
from domain.desk.turn import Turn
from domain.errors import Refused, Unreadable
from domain.intake.about import class_of, signer_called
from domain.orders.model import Case
from domain.orders.phases import PAPERS
from domain.policy import Policy
from domain.readers.dates import read_past_date
from domain.wordkeys import nested

RULE = "ages"  # the due rule by which papers are looked at
BILL_DATE = "bill_date"  # beside the answers: the day (ISO) that stands on the bill, as staff read it
BILL_TOLD = "bill_told"  # beside them: the day (ISO) that its customer says it bears; staff's counts before that
WARNED = "ages_warned"  # beside the answers: papers of which people were warned, each with its last day
WARNED_BEFORE = timedelta(days=5)
_BEFORE_IT_GOES_OUT = (*PAPERS, "staff_review", "changes_requested", "rejected")
_AT = time(9)  # of the desk's day, when papers are looked at


@dataclass(frozen=True, slots=True)
class Age:
    """Until which day carriers take a paper (`bill`, `letter`). `is_latest`: its date is unknown, it may be less."""

    paper: str
    until: date
    is_latest: bool = False

    @property
    def mark(self) -> str:
        """Return by what a warning of it is known."""
        return f"{self.paper}:{self.until.isoformat()}"


def letter_until(case: Case, policy: Policy) -> date | None:
    """Return the last day at the desk on which carriers take the letter as it is signed; None: it is not."""
    given = case.answers.get("signature")
    if given is None or given.reopened:
        return None
    return given.at.astimezone(policy.desk_zone).date() + timedelta(days=policy.letter_age(class_of(case)))


def bill_age(case: Case, papers: tuple[Paper, ...], policy: Policy) -> Age | None:
    """Return until when carriers take the newest bill; None: there is none.

    By its own date, where staff noted it, or its customer told it; else by the day it came, than which it can be no
    younger.
    """
    bills = [paper for paper in papers if paper.kind == "bill" and paper.status == "kept"]
    if not bills:
        return None
    came = max(paper.at for paper in bills).astimezone(policy.desk_zone).date()
    noted = case.answers.get(BILL_DATE) or case.answers.get(BILL_TOLD)
    day = date.fromisoformat(noted.value[0]) if noted is not None else came
    return Age("bill", day + timedelta(days=policy.bill_days), is_latest=noted is None)


def _ages(turn: Turn) -> Iterator[Age]:
    case, policy = turn.the_case(), turn.policy
    letter, bill = letter_until(case, policy), bill_age(case, turn.papers, policy)
    if letter is not None:
        yield Age("letter", letter)
    if bill is not None:
        yield bill


def check_bill(turn: Turn) -> None:
    """Refuse a bill that carriers take no more on the day on which it would go out. Raises Refused."""
    case, age = turn.the_case(), bill_age(turn.the_case(), turn.papers, turn.policy)
    if age is not None and turn.moment.now.astimezone(turn.policy.desk_zone).date() > age.until:
        key = "submit.old_bill_received" if age.is_latest else "submit.old_bill"
        raise Refused(key, ref=case.request.ref, until=age.until.isoformat(), days=str(turn.policy.bill_days))


def is_before_it_goes_out(case: Case) -> bool:
    """Tell whether papers of any number are still to go to the carrier, or once more."""
    return any(number.phase in _BEFORE_IT_GOES_OUT for number in case.numbers)


def note_bill_date(turn: Turn, said: str) -> tuple[str, Age]:
    """Keep the day that stands on the bill, and return it (ISO), with until when carriers take it. Raises Refused."""
    case, today = turn.the_case(), turn.moment.now.astimezone(turn.policy.desk_zone).date()
    if bill_age(case, turn.papers, turn.policy) is None:
        raise Refused("edit.no_bill", ref=case.request.ref)
    day = read_past_date(said, today)
    if isinstance(day, Unreadable):
        raise Refused("edit.bill_date", given=said[:40], ref=case.request.ref)
    noted = case.answers.get(BILL_DATE)
    if noted is not None and noted.value == (day.isoformat(),):
        raise Refused("edit.same", ref=case.request.ref, answer=nested(f"staff.answer.{BILL_DATE}"))
    turn.hold(BILL_DATE, (day.isoformat(),))
    turn.note("edited", field=BILL_DATE)
    watch(turn)
    return day.isoformat(), Age("bill", day + timedelta(days=turn.policy.bill_days))


def watch(turn: Turn) -> None:
    """Have papers looked at that are new, or matter again; nobody hears of it before what staff did now is told."""
    request = turn.the_case().request
    turn.set_due(RULE, request.id, request.version, turn.moment.now + turn.policy.undo + timedelta(minutes=1))


def _look_again(turn: Turn, due: Due) -> None:
    """Have papers looked at anew when the next of them comes close to its last day."""
    case, policy = turn.the_case(), turn.policy
    left = [age.until for age in _ages(turn) if age.mark not in _warned(case)]
    if left:
        turn.set_due(RULE, case.request.id, due.version, _morning(min(left) - WARNED_BEFORE, policy))


def _morning(day: date, policy: Policy) -> datetime:
    return Window(day, _AT, time.max, policy.desk_zone).utc()[0]


def _warned(case: Case) -> tuple[str, ...]:
    given = case.answers.get(WARNED)
    return given.value if given is not None else ()


def warn(turn: Turn, due: Due, policy: Policy) -> None:
    """Tell staff and the customer, once for each, of papers that carriers will soon take no more."""
    case = turn.the_case()
    if not is_before_it_goes_out(case):
        return
    today = turn.moment.now.astimezone(policy.desk_zone).date()
    for age in _ages(turn):
        if age.mark not in _warned(turn.the_case()) and age.until - WARNED_BEFORE <= today:
            turn.hold(WARNED, (*_warned(turn.the_case()), age.mark))
            _tell(turn, age, is_over=age.until < today)
    _look_again(turn, due)


def _tell(turn: Turn, age: Age, *, is_over: bool) -> None:
    case = turn.the_case()
    when = "over" if is_over else "soon"
    latest = nested("ages.latest") if age.is_latest else ""
    params = {"until": age.until.isoformat(), "latest": latest, "signer": signer_called(case)}
    turn.refresh_card()
    turn.post(f"thread.{age.paper}_{when}", params)
    turn.say(f"ages.{age.paper}_{when}", {**params, "ref": name_of(case.request)}, paced=True)
