"""THE table of questions, in the order in which they are asked.

A new question is a line in QUESTIONS and its words `ask.<id>` (and `button.change.<id>` where the check offers it).
Its condition says whether a case needs it; the first needed one without an answer is the next.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from domain.intake.about import OTHER, asks, is_someone_elses, is_wireless, moving, needs_contact
from domain.intake.choices import Choice
from domain.intake.given import Given, Params, Read, Rows, Unclear
from domain.intake.readings import account, address, after, authority, number, one_bill
from domain.intake.readings.after import masked, pin_rule_of
from domain.intake.readings.number import ADD, CHOSEN, CONFIRMED, OFFERED_CARRIERS, SWAP, carrier_choice
from domain.intake.showing import (
    OPTIONAL,
    account_params,
    carrier_param,
    letter_params,
    listed,
    name_params,
    numbers_param,
    pin_params,
    review_params,
    review_rows,
)
from domain.orders.model import Case
from domain.orders.phases import AT_CARRIER

STAGES = 5


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that we need to know.

    `stage`: which of the five stages it belongs to. `signed`: the authorization states it, so a change asks for a new
    signature. `changeable`: the check offers it. `document`: answered by a file. `needed`: whether this case needs it
    at all. `late`: it may still be changed while the port is at the carrier.
    """

    id: str
    stage: int
    read: Read
    params: Callable[[Case], Params] = field(default=lambda _case: {})
    choices: Callable[[Case], Rows] = field(default=lambda _case: ())
    needed: Callable[[Case], bool] = field(default=lambda _case: True)
    signed: bool = False
    secret: bool = False
    document: bool = False
    changeable: bool = True
    late: bool = False
    words: Callable[[Case], str] | None = None

    def key(self, case: Case) -> str:
        """Return the wording key by which this case is asked."""
        return self.words(case) if self.words else f"ask.{self.id}"


def _asked_by_button(question: str) -> Callable[[Case], bool]:
    """Tell of a question that nobody must answer whether the customer has taken it up."""
    return lambda case: question in case.answers


def _has_answer(question: str, value: str) -> Callable[[Case], bool]:
    return lambda case: question in case.answers and case.answers[question].value[0] == value


def _is_at_home(case: Case) -> bool:
    return not is_wireless(case)


def _may_have_pin(case: Case) -> bool:
    """Tell whether a PIN is asked for: of mobile numbers always, of others once their carrier wanted one."""
    return is_wireless(case) or "pin" in case.answers


def _by_class(key: str) -> Callable[[Case], str]:
    return lambda case: f"{key}_wireless" if is_wireless(case) else key


def _listed_question(what: str) -> Question:
    return Question(
        what,
        4,
        partial(after.read_listed, what),
        params=lambda case: listed(case, what),
        choices=partial(after.listed_rows, what),
        needed=lambda case: bool(asks(case, what)),
    )


_ALL: tuple[Question, ...] = (
    Question("numbers", 1, number.read_numbers, signed=True),
    Question(
        "carrier",
        1,
        number.read_carrier,
        params=numbers_param,
        choices=number.carrier_rows,
        signed=True,
        words=lambda case: "ask.carrier_many" if len(moving(case)) > 1 else "ask.carrier",
    ),
    Question(
        "line",
        1,
        number.read_line,
        params=carrier_param,
        needed=_has_answer("carrier", OTHER),
        changeable=False,
        choices=lambda _case: (
            (Choice("wireless", "button.line.wireless"),),
            (Choice("landline", "button.line.landline"),),
        ),
    ),
    Question(
        "one_bill",
        1,
        one_bill.read_one_bill,
        params=numbers_param,
        needed=lambda case: len(moving(case)) > 1,
        choices=lambda _case: ((Choice("yes", "button.one_bill.yes"),), (Choice("no", "button.one_bill.no"),)),
        changeable=False,
    ),
    Question("working", 1, number.read_working, params=numbers_param, choices=number.working_rows, changeable=False),
    Question("bill", 2, account.read_bill, params=carrier_param, choices=account.bill_rows, document=True),
    Question(
        "authority", 3, authority.read_authority, params=carrier_param, choices=authority.authority_rows, signed=True
    ),
    Question("signer", 3, account.read_signer, params=carrier_param, needed=is_someone_elses, signed=True),
    Question("name", 3, account.read_account_name, params=carrier_param, signed=True, words=_by_class("ask.name")),
    Question(
        "kind",
        3,
        account.read_kind,
        params=name_params,
        needed=_has_answer("name", "unsure"),
        changeable=False,
        choices=lambda _case: (
            (Choice("business", "button.kind.business"),),
            (Choice("private", "button.kind.person"),),
        ),
    ),
    Question(
        "contact",
        3,
        account.read_person,
        params=name_params,
        needed=needs_contact,
        signed=True,
        words=account.contact_words,
    ),
    Question(
        "address", 3, address.read_address_by_pieces, params=carrier_param, signed=True, words=_by_class("ask.address")
    ),
    Question(
        "billing",
        3,
        account.read_billing,
        params=carrier_param,
        choices=account.billing_rows,
        signed=True,
        needed=_asked_by_button("billing"),
    ),
    Question(
        "stays",
        3,
        account.read_stays,
        params=numbers_param,
        choices=account.stays_rows,
        needed=_is_at_home,
    ),
    Question(
        "texting", 3, account.read_texting, params=numbers_param, choices=account.texting_rows, needed=_is_at_home
    ),
    Question(
        "destination",
        4,
        after.read_destination,
        params=numbers_param,
        late=True,
        choices=lambda _case: ((Choice("none", "button.no_destination"),),),
        words=_by_class("ask.destination"),
    ),
    _listed_question("source"),
    Question("label", 4, after.read_label, params=numbers_param, needed=lambda case: bool(asks(case, "label"))),
    _listed_question("company"),
    Question("account", 4, after.read_account, params=account_params, secret=True, words=_by_class("ask.account")),
    Question("email", 4, after.read_copies, needed=_asked_by_button("email")),
    Question("second", 4, after.read_second, params=numbers_param, needed=_asked_by_button("second")),
    Question("title", 4, after.read_title, needed=_asked_by_button("title"), late=True),
)

CHANGEABLE: tuple[str, ...] = tuple(q.id for q in _ALL if q.changeable)


def _changeable(case: Case) -> tuple[str, ...]:
    """Return what this case may change: what it needs, and what it may do without."""
    return tuple(q for q in CHANGEABLE if q in OPTIONAL or BY_ID[q].needed(case))


QUESTIONS: tuple[Question, ...] = (
    *_ALL,
    Question(
        "review",
        5,
        after.read_review,
        params=review_params,
        choices=lambda case: review_rows(case, _changeable(case)),
        needed=lambda case: case.phase == "intake",
        changeable=False,
    ),
    Question(
        "signature",
        5,
        after.read_the_signature,
        params=letter_params,
        changeable=False,
        needed=lambda case: not is_someone_elses(case),
    ),
    Question(
        "pin",
        5,
        after.read_the_pin,
        params=pin_params,
        choices=after.pin_rows,
        secret=True,
        changeable=False,
        needed=_may_have_pin,
        words=lambda case: "ask.pin_again" if "pin" in case.answers else "ask.pin",
    ),
)

BY_ID: dict[str, Question] = {q.id: q for q in QUESTIONS}


_BY_THE_WAY = tuple(q for q in QUESTIONS if q.late)
_LATE = frozenset(q.id for q in _BY_THE_WAY)
TAKES_ANSWERS = frozenset({"intake", "awaiting_documents", "staff_review", "changes_requested", "rejected"})


def next_question(case: Case) -> Question | None:
    """Return the first needed question without an answer; None when everything is known, or nothing is asked by now."""
    phase = case.phase
    if phase in TAKES_ANSWERS:
        return _taken_up(case) or _first_open(case)
    return _taken_up(case) if phase in (*AT_CARRIER, "cancel_requested") else None


def _taken_up(case: Case) -> Question | None:
    """Return the question that a customer took up by the way: it comes before whatever else is open."""
    return next((q for q in _BY_THE_WAY if q.id in case.answers and case.answers[q.id].reopened), None)


def missing(case: Case) -> Question | None:
    """Return the first question whose answer a submission cannot do without; those asked by the way block nothing."""
    found = next_question(case)
    if found is None or not found.late:
        return found
    closed = {q: replace(a, reopened=False) if q in _LATE else a for q, a in case.answers.items()}
    return next_question(replace(case, answers=closed))


def _first_open(case: Case) -> Question | None:
    answers = case.answers
    for question in QUESTIONS:
        given = answers.get(question.id)
        if (given is None or given.reopened) and question.needed(case):
            return question
    return None


__all__ = [
    "ADD",
    "BY_ID",
    "CHANGEABLE",
    "CHOSEN",
    "CONFIRMED",
    "OFFERED_CARRIERS",
    "QUESTIONS",
    "STAGES",
    "SWAP",
    "TAKES_ANSWERS",
    "Given",
    "Question",
    "Rows",
    "Unclear",
    "carrier_choice",
    "masked",
    "missing",
    "next_question",
    "pin_rule_of",
]
