"""THE table of questions, in the order in which they are asked.

A new question is a line in QUESTIONS and its words `ask.<id>` (and `button.change.<id>` where the check offers it).
Its condition says whether a case needs it; the first needed one without an answer is the next.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from domain.intake import lists, needed, repairs, trial
from domain.intake.about import (
    asks,
    class_of,
    is_someone_elses,
    moving,
    needs_contact,
    wants,
)
from domain.intake.choices import Choice
from domain.intake.given import Given, Params, Read, Rows, Unclear
from domain.intake.needed import asked_by_button, by_class, has_answer, is_not_served, leaves_main, needs_line, wanted
from domain.intake.readings import account, address, after, authority, esign, holder, line, number, one_bill, staying
from domain.intake.readings.after import masked, pin_rule_of
from domain.intake.readings.line import IS_FAX
from domain.intake.readings.number import ADD, CHOSEN, CONFIRMED, OFFERED_CARRIERS, SWAP, carrier_choice
from domain.intake.readings.one_bill import MAIN
from domain.intake.showing import (
    OPTIONAL,
    account_params,
    carrier_param,
    kind_param,
    letter_params,
    listed,
    name_params,
    numbers_param,
    pin_params,
    review_params,
    review_rows,
)
from domain.orders.agreed import agreed_of
from domain.orders.model import Case
from domain.orders.phases import AT_CARRIER, PAPERS
from domain.values import replace

STAGES = 5
CHECKS = ("review",)
"""Questions whose answer settles all others: it is given with what the numbers of the case do here by now."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that we need to know.

    `stage`: which of the five stages it belongs to. `signed`: the authorization states it, so a change asks for a new
    signature. `changeable`: the check offers it. `document`: answered by a file. `needed`: whether this case needs it
    at all. `late`: it may still be changed while the port is at the carrier. `after`: it is asked once numbers moved.
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
    after: bool = False
    words: Callable[[Case], str] | None = None

    def key(self, case: Case) -> str:
        """Return the wording key by which this case is asked."""
        return self.words(case) if self.words else f"ask.{self.id}"


def _listed_question(what: str, words: Callable[[Case], str] | None = None) -> Question:
    return Question(
        what,
        4,
        partial(after.read_listed, what),
        params=lambda case: listed(case, what),
        choices=partial(after.listed_rows, what),
        needed=lambda case: bool(asks(case, what)),
        words=words,
    )


_ALL: tuple[Question, ...] = (
    Question(repairs.REPAIR, 1, repairs.read, repairs.params, repairs.rows, repairs.is_needed, changeable=False),
    Question("numbers", 1, lists.read_numbers, params=lists.params, choices=lists.rows, words=lists.words, signed=True),
    Question(
        "carrier",
        1,
        number.read_carrier,
        params=numbers_param,
        choices=number.carrier_rows,
        signed=True,
        words=needed.carrier_words,
    ),
    Question("line", 1, line.read_line, params=carrier_param, needed=needs_line, signed=True, choices=line.line_rows),
    Question(
        "served",
        1,
        line.read_served,
        params=lambda case: {**numbers_param(case), **kind_param(case)},
        needed=is_not_served,
        changeable=False,
        choices=line.served_rows,
    ),
    Question(
        "one_bill",
        1,
        one_bill.read_one_bill,
        params=numbers_param,
        needed=lambda case: len(moving(case)) > 1 and agreed_of(case) is None,  # what a list says of itself
        choices=line.one_bill_rows,
        changeable=False,
        words=lambda case: "ask.one_bill_main" if line.is_main_asked(case) else "ask.one_bill",
    ),
    Question("btn", 1, line.read_btn, params=carrier_param, choices=line.btn_rows, needed=wanted("btn")),
    Question(
        "working",
        1,
        line.read_working,
        params=line.lock_params,
        choices=line.working_rows,
        changeable=False,
        words=line.working_words,
    ),
    Question(
        "unlock",
        1,
        line.read_unlock,
        params=line.unlock_params,
        choices=line.unlock_rows,
        changeable=False,
        needed=wanted("unlock"),
    ),
    Question(
        "bill",
        2,
        account.read_bill,
        params=numbers_param,
        choices=account.bill_rows,
        document=True,
        words=by_class("bill"),
    ),
    Question(
        "authority", 3, authority.read_authority, params=carrier_param, choices=authority.authority_rows, signed=True
    ),
    Question("signer", 3, account.read_signer, choices=account.mail_rows, needed=is_someone_elses, signed=True),
    Question("name", 3, holder.read_account_name, params=carrier_param, signed=True, words=by_class("name")),
    Question(
        "kind",
        3,
        holder.read_kind,
        params=name_params,
        needed=has_answer("name", "unsure"),
        changeable=False,
        choices=holder.kind_rows,
    ),
    Question(
        "contact",
        3,
        holder.read_person,
        params=name_params,
        needed=needs_contact,
        signed=True,
        words=holder.contact_words,
    ),
    Question(
        "address", 3, address.read_address_by_pieces, params=carrier_param, signed=True, words=by_class("address")
    ),
    Question(
        "billing",
        3,
        account.read_billing,
        params=carrier_param,
        choices=account.billing_rows,
        signed=True,
        needed=asked_by_button("billing"),
    ),
    Question(
        "reseller",
        3,
        staying.read_reseller,
        params=numbers_param,
        choices=staying.reseller_rows,
        needed=wanted("reseller"),
        words=staying.reseller_words,
    ),
    Question(
        "stays",
        3,
        staying.read_stays,
        params=numbers_param,
        choices=staying.stays_rows,
        needed=wanted("stays"),
        words=lambda case: "ask.stays" if wants(case, "texting") else "ask.stays_alone",
    ),
    Question(
        "texting", 3, staying.read_texting, params=numbers_param, choices=staying.texting_rows, needed=wanted("texting")
    ),
    Question("new_btn", 3, line.read_new_btn, params=carrier_param, choices=line.new_btn_rows, needed=leaves_main),
    Question(
        "destination",
        4,
        after.read_destination,
        params=numbers_param,
        late=True,
        choices=lambda _case: ((Choice("none", "button.no_destination"),),),
        words=by_class("destination"),
    ),
    _listed_question("source"),
    Question("label", 4, after.read_label, params=numbers_param, needed=lambda case: bool(asks(case, "label"))),
    _listed_question("company", lambda case: "ask.company_own" if asks(case, "house") else "ask.company"),
    _listed_question("house"),
    Question(
        "account",
        4,
        after.read_account,
        params=account_params,
        secret=True,
        needed=wanted("account"),
        words=after.account_words,
    ),
    Question("email", 4, after.read_copies, needed=asked_by_button("email")),
    Question("second", 4, after.read_second, params=numbers_param, needed=asked_by_button("second")),
    Question("title", 4, after.read_title, needed=asked_by_button("title"), late=True),
    Question(
        "csr",
        2,
        account.read_csr,
        numbers_param,
        account.csr_rows,
        account.is_csr_asked,
        document=True,
        changeable=False,
        late=True,
    ),
)

CHANGEABLE: tuple[str, ...] = tuple(q.id for q in _ALL if q.changeable)
_MAY_BE_FAX = ("landline", "voip", "ca_landline", "fax")


def _changeable(case: Case) -> tuple[str, ...]:
    """Return what this case may change: what it needs, and what it may do without."""
    fixed = tuple(q for q in CHANGEABLE if q in OPTIONAL or BY_ID[q].needed(case))
    return (*fixed, "line") if class_of(case) in _MAY_BE_FAX and "line" not in fixed else fixed


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
        "consent", 5, esign.read_consent, esign.consent_params, esign.consent_rows, esign.needs_consent,
        changeable=False,
    ),
    Question(
        "signature", 5, after.read_the_signature, letter_params, after.page_rows,
        needed=lambda case: not is_someone_elses(case), changeable=False,
    ),
    Question(
        "pin",
        5,
        after.read_the_pin,
        params=pin_params,
        choices=after.pin_rows,
        secret=True,
        changeable=False,
        needed=wanted("pin"),
        words=after.pin_words,
    ),
    *(
        Question(
            what, 5, trial.reader(what), trial.params_of(what), trial.rows, trial.is_tried(what), changeable=False,
            after=True, words=trial.words_of(what),
        ) for what in trial.TRIALS
    ),
)  # fmt: skip

BY_ID: dict[str, Question] = {q.id: q for q in QUESTIONS}
_IN_ORDER = tuple((q.id, q.needed, q) for q in QUESTIONS)  # gone through twice in each turn
_AFTER = tuple(each for each in _IN_ORDER if each[2].after)

_BY_THE_WAY = tuple(q for q in QUESTIONS if q.late)
_LATE = frozenset(q.id for q in _BY_THE_WAY)
TAKES_ANSWERS = frozenset({"intake", *PAPERS, "staff_review", "changes_requested", "rejected", "needs_attention"})


def next_question(case: Case) -> Question | None:
    """Return the first needed question without an answer; None when everything is known, or nothing is asked by now."""
    phase = case.phase
    if phase in TAKES_ANSWERS:
        return _taken_up(case) or _first_open(case)
    found = _taken_up(case) if phase in (*AT_CARRIER, "cancel_requested") else None
    return found or (_first_open(case, _AFTER) if trial.ON_TRIAL in case.answers else None)


def _taken_up(case: Case) -> Question | None:
    """Return the question that a customer took up by the way: it comes before whatever else is open."""
    answers = case.answers
    for question in _BY_THE_WAY:
        given = answers.get(question.id)
        if given is not None and given.reopened and question.needed(case):
            return question
    return None


def missing(case: Case) -> Question | None:
    """Return the first question whose answer a submission cannot do without; those asked by the way block nothing."""
    found = next_question(case)
    if found is None or not found.late:
        return found
    closed = {q: replace(a, reopened=False) if q in _LATE else a for q, a in case.answers.items()}
    return next_question(replace(case, answers=closed))


def _first_open(
    case: Case, among: tuple[tuple[str, Callable[[Case], bool], Question], ...] = _IN_ORDER
) -> Question | None:
    answers = case.answers
    for name, is_needed, question in among:
        given = answers.get(name)
        if (given is None or given.reopened) and is_needed(case):
            return question
    return None


__all__ = [
    "ADD", "BY_ID", "CHANGEABLE", "CHOSEN", "CONFIRMED", "IS_FAX", "MAIN", "OFFERED_CARRIERS", "QUESTIONS",
    "STAGES", "SWAP", "TAKES_ANSWERS", "Given", "Question", "Rows", "Unclear", "carrier_choice", "masked",
    "missing", "next_question", "pin_rule_of",
]  # fmt: skip
