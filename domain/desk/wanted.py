"""What a request still lacks before it can go on, and who owes it."""

from collections.abc import Iterator

from domain.companies import WAITING
from domain.desk import routing, texting
from domain.desk.eligibility import lacking, may_be_ticked
from domain.desk.letters import may_come
from domain.desk.on_paper import is_complete
from domain.desk.signer_links import MAY_COME, SIGNS
from domain.desk.urgent import LATE
from domain.intake.questions import QUESTIONS, TAKES_ANSWERS, next_question
from domain.orders.model import Case
from domain.orders.phases import AT_CARRIER
from domain.policy import Policy
from domain.values import Value

_FROM_CARRIER = {"submitted": "reply", "carrier_review": "reply", "resporg_release": "reply", "pending_date": "date"}
PROMISED = ("bill", "pin", "unlock")  # what may come later
_GOES_OUT_FROM = ("staff_review", "rejected", "needs_attention")  # phases in which the desk makes an order ready


class Wanted(Value, frozen=True):
    """What one of those concerned owes: `who` is the customer, the signer, the approver, the desk or the carrier.

    `what`: names of facts as the card labels them; `reply`: the carrier's answer.
    """

    who: str
    what: tuple[str, ...]


def wanted(case: Case, policy: Policy) -> tuple[Wanted, ...]:
    """Return what is missing by who owes it, the customer first; nothing once a request has ended."""
    owed = {
        "customer": of_customer(case),
        "signer": ("letter",) if may_come(case) and not is_complete(case) else (),
        "approver": ("approval",) if case.request.approval == WAITING else (),
        "desk": tuple(_of_desk(case, policy)),
        "carrier": (_FROM_CARRIER[case.phase],) if case.phase in _FROM_CARRIER else (),
    }
    return tuple(Wanted(who, what) for who, what in owed.items() if what)


def of_customer(case: Case) -> tuple[str, ...]:
    """Return the answers that are open with the customer, in the order in which they are asked."""
    if case.phase not in TAKES_ANSWERS:
        question = next_question(case)
        return (question.id,) if question is not None else ()
    open_ones = (q.id for q in QUESTIONS if q.id != "review" and _is_open(case, q.id) and q.needed(case))
    return tuple(dict.fromkeys(open_ones))


def _is_open(case: Case, question: str) -> bool:
    """Tell whether an answer is not there, to be given again, or promised for later."""
    given = case.answers.get(question)
    if question in SIGNS and is_complete(case):
        return False
    return given is None or given.reopened or (question in PROMISED and given.value == ("later",))


def _of_desk(case: Case, policy: Policy) -> Iterator[str]:
    if is_complete(case) and case.phase in MAY_COME:
        yield "letter"
    if case.phase in _GOES_OUT_FROM and may_be_ticked(case) and lacking(case, policy):
        yield "eligible"
    if texting.lacks(case):
        yield "texting_is"
    if case.phase in LATE and routing.lacking(case):
        yield "routing"
    unnumbered = {order.id for order in case.orders if not order.carrier_order}
    if any(n.phase in AT_CARRIER and n.order_id in unnumbered for n in case.numbers):
        yield "carrier_order"
