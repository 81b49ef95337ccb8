"""What must be so of a port, written by hand beside the tables of the domain: changes, roll-ups, what may go out.

By the project's porting research §2.3, §2.4 and §2.6, read 2026-11-22. It shares no code with what it judges.
"""

from datetime import datetime, timedelta
from itertools import chain, combinations, pairwise

from domain.orders.model import Case, Number
from domain.papers.authorization import facts_digest
from domain.values import replace
from tests.domain.talk import Talk

CUSTOMER, STAFF, CLOCK = "customer", "staff", "clock"
Change = tuple[str, str, str]  # before, after, who

AT_CARRIER = {  # what numbers of a class go through at the carrier until a day is named
    "wireless": ("submitted", "carrier_review", "pending_date"),
    "landline": ("submitted", "csr_check", "carrier_review", "pending_date"),
    "voip": ("submitted", "csr_check", "carrier_review", "pending_date"),
    "google_voice": ("submitted", "carrier_review", "pending_date"),
    "toll_free": ("submitted", "resporg_release", "rerouting"),
    "fax": ("submitted", "csr_check", "carrier_review", "pending_date"),
    "ca_landline": ("submitted", "csr_check", "carrier_review", "pending_date"),
    "ca_wireless": ("awaiting_sms_consent", "carrier_review", "pending_date"),
}
LET_GO = ("toll_free",)  # whose numbers are released before they have a day: nobody can be asked to keep them
BEFORE = ("intake", "awaiting_documents", "staff_review", "changes_requested")
PROGRESS = (
    "intake", "screening", "awaiting_documents", "changes_requested", "awaiting_unlock", "staff_review", "submitted",
    "cancel_requested", "awaiting_sms_consent", "csr_needed", "csr_check", "carrier_review", "resporg_release",
    "pending_date", "rerouting", "scheduled", "activating",
)  # fmt: skip
WORST_FIRST = ("failed", "returned", "not_portable", "cancelled", "expired")
MOVED = {"ported", "closed"}
ACCEPTED = {"pending_date", "rerouting", "scheduled", "activating", *MOVED}
PIN_IS_GOOD = {"verizon": timedelta(days=7)}
AGES = timedelta(days=10_000)
REQUIRED = {"numbers", "carrier", "working", "bill", "authority", "name", "address", "destination"}
BY_CLASS = {
    "wireless": {"account", "pin"},
    "landline": {"account", "btn", "stays", "contact"},
    "voip": {"account", "reseller"},
    "google_voice": {"unlock"},
    "toll_free": {"contact"},
    "fax": {"account", "btn", "stays", "contact"},
    "ca_landline": {"account", "btn", "reseller", "stays", "contact"},
    "ca_wireless": {"account", "reseller", "stays"},
}


def lawful(number_class: str) -> set[Change]:
    """Return every change of phase that numbers of a class may ever make, with who makes it."""
    way, has_csr = AT_CARRIER[number_class], "csr_check" in AT_CARRIER[number_class]
    before = (*BEFORE, "awaiting_unlock") if number_class == "google_voice" else BEFORE
    stoppable = tuple(p for p in (*way, "rejected", *(("csr_needed",) if has_csr else ())) if p != "rerouting")
    dated = () if number_class in LET_GO else ("scheduled", "activating")
    return {
        *_of_the_papers(number_class),
        *((phase, way[0], STAFF) for phase in ("staff_review", "rejected")),
        *((*step, STAFF) for step in pairwise((*way, "scheduled", "activating", "ported"))),
        *(_of_the_csr() if has_csr else ()),
        *_of_the_day(number_class, way[-1]),
        *((phase, "rejected", STAFF) for phase in (*stoppable, "scheduled") if phase != "csr_needed"),
        *((phase, "cancelled", CUSTOMER) for phase in before),
        *((phase, "cancel_requested", CUSTOMER) for phase in stoppable),
        *((p, "cancelled", STAFF) for p in (*before, *stoppable, *dated, "cancel_requested")),
        *(("cancel_requested", phase, who) for phase in stoppable for who in (STAFF, CUSTOMER)),
        *((phase, "not_portable", STAFF) for phase in (*before[1:], *stoppable)),
        *((phase, "failed", STAFF) for phase in (*stoppable, *way, "cancel_requested")),
        *((phase, "returned", STAFF) for phase in MOVED),
    }


def _of_the_papers(number_class: str) -> set[Change]:
    gate = {
        ("awaiting_documents", "awaiting_unlock", CUSTOMER),
        ("awaiting_unlock", "staff_review", CUSTOMER),
    }
    return (gate if number_class == "google_voice" else set()) | {
        ("intake", "screening", CUSTOMER),
        ("screening", "awaiting_documents", CUSTOMER),
        ("awaiting_documents", "staff_review", CUSTOMER),
        ("staff_review", "changes_requested", STAFF),
        ("changes_requested", "awaiting_documents", CUSTOMER),
        ("intake", "expired", CLOCK),
    }


def _of_the_csr() -> set[Change]:
    return {
        ("submitted", "carrier_review", STAFF),
        ("csr_check", "csr_needed", STAFF),
        ("csr_needed", "csr_check", CUSTOMER),
        ("csr_needed", "csr_check", STAFF),
        ("csr_needed", "carrier_review", STAFF),
    }


def _of_the_day(number_class: str, undated: str) -> set[Change]:
    own = {
        "toll_free": {("rerouting", "ported", STAFF)},
        "ca_wireless": {("awaiting_sms_consent", "rejected", CLOCK)},
    }
    return own.get(number_class, set()) | {
        ("scheduled", "scheduled", STAFF),
        ("scheduled", "ported", STAFF),
        ("scheduled", undated, STAFF),
        ("activating", "scheduled", STAFF),
        ("activating", undated, STAFF),
        ("ported", "closed", CLOCK),
    }


CUTOFF = timedelta(hours=48)  # before a window opens, from when on only the carrier can stop a move


def near(number: Number, now: datetime) -> str:
    """Return how near a move is that would be cancelled: far, close to its window, begun; or that it is released."""
    if number.number_class in LET_GO and number.phase in ("scheduled", "activating"):
        return "released"
    if number.phase == "activating":
        return "begun"
    if number.phase != "scheduled" or number.window_start is None or number.window_start - now >= CUTOFF:
        return "far"
    return "begun" if now > number.window_start else "close"


def wish_of_customer(phase: str, number_class: str) -> str:
    """Return what a customer's wish to cancel makes of a number: its phase then, `urgent`, or empty: nothing."""
    if phase in (*BEFORE, "awaiting_unlock"):
        return "cancelled"
    if phase in ("scheduled", "activating"):
        return "" if number_class in LET_GO else "urgent"
    is_open = phase == "rejected" or phase == "csr_needed" or any(phase in way for way in AT_CARRIER.values())
    return "cancel_requested" if is_open and phase != "rerouting" else ""


def staff_may_cancel(number: Number, how_near: str, *, is_stopped: bool) -> bool:
    """Tell whether staff may cancel a number; `is_stopped`: its carrier has said that it stopped it."""
    if how_near != "far":
        return is_stopped and how_near != "released"
    is_open = wish_of_customer(number.phase, number.number_class) not in ("", "urgent")
    return is_open or number.phase in ("scheduled", "cancel_requested")


def status_of(phases: tuple[str, ...]) -> str:
    """Return the status of numbers in these phases: no failed one is hidden, and the last one counts."""
    kinds = set(phases)
    if len(kinds) < 2:
        return phases[0] if phases else "intake"
    if "rejected" in kinds:
        return "needs_attention"
    going = [phase for phase in PROGRESS if phase in kinds]
    if going:
        return going[0]
    if kinds & MOVED:
        return "ported" if kinds <= MOVED else "partial"
    return next(phase for phase in WORST_FIRST if phase in kinds)


def check_roll_ups(house: Talk) -> None:
    """Check that every request and order has the status that its numbers give it."""
    for request in house.requests.values():
        numbers = [n for n in house.numbers.values() if n.request_id == request.id]
        assert request.status == status_of(tuple(n.phase for n in numbers)), ("request", request.status, numbers)
        orders = [order for order in house.orders.values() if order.request_id == request.id]
        assert {order.id for order in orders} >= {number.order_id for number in numbers}
        for order in orders:
            here = tuple(n.phase for n in numbers if n.order_id == order.id) if len(orders) > 1 else ()
            assert order.status == status_of(here or tuple(n.phase for n in numbers)), ("order", order, numbers)


def check_number(number: Number) -> None:
    """Check that what a number says of itself goes together."""
    is_dated = number.phase in ("scheduled", "activating")
    assert not is_dated or None not in (number.port_date, number.window_start, number.window_end), number
    assert number.port_date is None or is_dated or number.phase in (*MOVED, "cancelled", "returned"), number
    was_tried = number.attempts > 0  # one that is given in place of another joins those that were refused
    assert (number.phase == "rejected" and was_tried) <= bool(number.rejection), number
    assert (number.phase == "cancel_requested") <= bool(number.came_from), number


def lacks(house: Talk, case: Case, before: Talk) -> list[str]:
    """Return what is not there of all that has to be before numbers go out; `before`: the house until then."""
    answers, number_class = case.answers, case.numbers[0].number_class
    wanted = REQUIRED | BY_CLASS[number_class] | {"signature"}
    found = [question for question in sorted(wanted) if question not in answers or answers[question].value == ("",)]
    found += [f"{question} is asked again" for question in sorted(wanted) if _is_open(case, question)]
    if not found and answers["signature"].value[2] not in _digests(case):
        found.append("a signature under what it says now")
    given = answers.get("pin")
    if given is not None and given.value != ("none",) and given.at + PIN_IS_GOOD.get(_carrier(case), AGES) <= house.now:
        found.append("a PIN that is not too old")
    found += [f"the {question} itself" for question in ("account", "pin") if _is_empty(house, case, question)]
    if not _has_bill(house, case):
        found.append("a bill")
    if case.request.hold is not None:
        found.append("the end of the hold")
    was = before.requests[case.request.id]
    if any(n.phase == "rejected" for n in _was(before, case)) and was.repaired is None:
        found.append("the repair")
    if {n.e164 for n in case.whole.numbers} != set(answers["numbers"].value):
        found.append("the numbers that were given")
    return found


def keeps_a_used_pin(house: Talk, case: Case) -> bool:
    """Tell whether a PIN is kept although every number is accepted with it, or has ended."""
    phases = {number.phase for number in case.numbers}
    is_used = bool(phases & ACCEPTED) and phases <= {*ACCEPTED, *WORST_FIRST}
    return is_used and (case.request.id, "pin") in house.secrets


def _carrier(case: Case) -> str:
    return case.answers["carrier"].value[0]


def _digests(case: Case) -> set[str]:
    """Return what may have been signed: what is so now, or that with numbers which have ended since."""
    ended = [n for n in case.numbers if n.phase in WORST_FIRST]
    every = chain.from_iterable(combinations(ended, many) for many in range(len(ended) + 1))
    return {facts_digest(_as_if_going(case, {n.id for n in some})) for some in every}


def _as_if_going(case: Case, ids: set[int]) -> Case:
    return replace(case, numbers=tuple(replace(n, phase="submitted") if n.id in ids else n for n in case.numbers))


def _is_open(case: Case, question: str) -> bool:
    given = case.answers.get(question)
    return given is not None and given.reopened and question != "destination"  # which may be changed all the while


def _is_empty(house: Talk, case: Case, question: str) -> bool:
    """Tell whether a secret was put off, or is gone; a carrier may have none."""
    given = case.answers.get(question)
    if given is None or given.value == ("none",):
        return False
    return (case.request.id, question) not in house.secrets or given.value == ("later",)


def _has_bill(house: Talk, case: Case) -> bool:
    papers = [p for p in house.papers.values() if p.request_id == case.request.id and p.kind == "bill"]
    return any(paper.status == "kept" for paper in papers) or case.answers["bill"].value == ("none",)


def _was(before: Talk, case: Case) -> list[Number]:
    return [before.numbers[number.id] for number in case.numbers if number.id in before.numbers]
