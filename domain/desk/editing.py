"""An answer that staff correct for a customer: read as if the customer had given it, told them after the undo time.

Secrets are never given here, nor what only the customer can say: the numbers, the check, the signature, the papers.
"""

from collections.abc import Callable

from domain.desk import ages, mending, signing
from domain.desk.ages import BILL_DATE
from domain.desk.answering import bound_to
from domain.desk.before import Before
from domain.desk.sending_back import askable
from domain.desk.state import Action
from domain.desk.telling import done
from domain.desk.told import EDITED
from domain.desk.turn import Turn
from domain.errors import Refused, Unreadable
from domain.intake.about import is_someone_elses, signer_called
from domain.intake.given import Given, Unclear
from domain.intake.questions import BY_ID, next_question
from domain.intake.showing import told_of
from domain.orders.model import Answer, Case
from domain.orders.phases import AT_CARRIER, PAPERS, is_ended
from domain.policy import Policy
from domain.readers.secrets import mask_words, names_secret
from domain.text import clean
from domain.values import replace
from domain.wordkeys import LINE, nested

EDITABLE: dict[str, str] = {
    **{each: each for each in ("carrier", "line", "reseller", "btn", "new_btn", "address", "billing", "stays")},
    **{each: each for each in ("texting", "destination", "source", "label", "second")},
    "name": "holder",
    "contact": "signer",
    "signer": "signer",
}
"""Questions whose answers staff can correct, each with its line of the check, by which the customer is told."""

LONGEST_VALUE = 500
_PHASES = (*PAPERS, "staff_review", "changes_requested", "rejected", "needs_attention")


def edit(turn: Turn, case: Case, argument: str, _policy: Policy) -> None:
    """Correct one answer; what rested on the old one is asked anew. Raises Refused."""
    name, colon, said = argument.partition(":")
    if clean(name).lower().replace(" ", "_") == BILL_DATE:
        _note_bill_date(turn, case, said)
        return
    question = _named(name, case)
    if not colon or not said.strip():
        raise Refused("edit.nothing", ref=case.request.ref, answer=question)
    got = _read(question, said.strip(), case)
    before = case.answers.get(question)
    if before is not None and not before.reopened and before.value == got.value:
        raise Refused("edit.same", ref=case.request.ref, answer=nested(f"staff.answer.{question}"))
    _put(turn, question, got)
    is_other = before is None or before.value != got.value
    fell = _let_fall(turn, case, question) if is_other else []
    untold = case.answers.get(EDITED)
    turn.hold(EDITED, tuple(dict.fromkeys((*(untold.value if untold is not None else ()), question))))
    _go_on(turn)
    again = nested("edit.again", answers=", ".join(fell)) if fell else ""
    value = told_of(turn.the_case()).get(EDITABLE[question]) or "—"
    done(turn, "edit.done", answer=nested(f"staff.answer.{question}"), value=value, again=again)


def _note_bill_date(turn: Turn, case: Case, said: str) -> None:
    """Keep the day that stands on the bill: of a paper, not of the customer's, who is told nothing of it."""
    if not ages.is_before_it_goes_out(case):
        raise Refused("edit.not_now", ref=case.request.ref, phase=nested(f"phase.{case.phase}"))
    day, age = ages.note_bill_date(turn, said.strip())
    done(turn, "edit.bill_date_done", date=day, until=age.until.isoformat())


def open_to_edit(case: Case) -> list[str]:
    """Return what can be corrected where the request is: at the carrier only what its order doesn't say."""
    if case.phase in AT_CARRIER:
        return [q for q in EDITABLE if BY_ID[q].late and q in askable(case)]
    return [q for q in askable(case) if q in EDITABLE] if case.phase in _PHASES else []


def with_answers(action: Action, case: Case, after: Case) -> Action:
    """Return an action that also remembers the answers which it changed."""
    changed = [a for q, a in case.answers.items() if q not in after.answers or _is_other(a, after.answers[q])]
    made = tuple(q for q in after.answers if q not in case.answers)
    return replace(action, before=Before(tuple(replace(a, secret=None) for a in changed), made))


def _is_other(before: Answer, now: Answer) -> bool:
    """Tell whether an answer changed; one that was only opened again closes by itself."""
    return before.value != now.value or (before.reopened and not now.reopened)


def give_back(turn: Turn, before: Before) -> None:
    """Put answers back as they were before an edit; a secret that is gone for good is asked for again."""
    for question in before.made:
        turn.drop(question)
    for answer in before.answers:
        if answer.question in BY_ID and BY_ID[answer.question].secret:
            turn.want(answer.question)
        else:
            turn.put_back(answer)


def take_untold(turn: Turn) -> tuple[str, dict[str, str]]:
    """Return what the customer is to be told of corrected answers, as wording keys with their values, and tell it once.

    Empty: there is nothing to tell, or nothing that matters any more.
    """
    case = turn.the_case()
    given = case.answers.get(EDITED)
    turn.drop(EDITED)
    if given is None or is_ended(case.phase):
        return "", {}
    told = told_of(case)
    keys = dict.fromkeys(EDITABLE[question] for question in given.value)
    lines = LINE.join(nested(f"review.line.{key}", value=told.get(key) or "—") for key in keys)
    return _with_signature(turn.the_case()), {"lines": lines, "signer": signer_called(case)}


def _with_signature(case: Case) -> str:
    """Return the words about corrected answers, and about the letter where that has to be signed anew."""
    if signing.is_signed(case):
        return "notice.edited"
    return "notice.edited+notice.sign_by" if is_someone_elses(case) else "notice.edited+notice.sign_again"


def _named(name: str, case: Case) -> str:
    """Return the question that staff name by its beginning, among those that can be corrected now. Raises Refused."""
    known = open_to_edit(case)
    if not known:
        raise Refused("edit.not_now", ref=case.request.ref, phase=nested(f"phase.{case.phase}"))
    said = clean(name).lower()
    found = [q for q in known if q == said] or [q for q in known if said and q.startswith(said)]
    if len(found) != 1:
        raise _not_named(said, case, LINE.join(nested(f"staff.answer.{q}") for q in known))
    return found[0]


def _not_named(said: str, case: Case, known: str) -> Refused:
    """Return why a name is none of what can be corrected: it names nothing, or what only the customer gives."""
    ref, word = case.request.ref, said.partition(" ")[0]
    if not said:
        return Refused("edit.none", ref=ref, known=known)
    if case.phase in AT_CARRIER:
        phase = nested(f"phase.{case.phase}")
        return Refused("edit.at_carrier", given=mask_words(said[:30]), ref=ref, known=known, phase=phase)
    theirs = [question for question in askable(case) if question not in EDITABLE and question.startswith(word)]
    if len(theirs) == 1:
        return Refused("edit.customers", ref=ref, question=theirs[0], answer=nested(f"staff.answer.{theirs[0]}"))
    return Refused("edit.which", given=mask_words(said[:30]), ref=ref, known=known)


def _read(question: str, said: str, case: Case) -> Given:
    """Return what the question's own reader makes of the words. Raises Refused with what it makes nothing of."""
    if names_secret(said):
        raise Refused("edit.secret", ref=case.request.ref)
    got = BY_ID[question].read(said[:LONGEST_VALUE], case)
    if isinstance(got, Unreadable):
        raise Refused("edit.unreadable", given=said[:60], why=nested(got.code, **got.params))
    if isinstance(got, Unclear) or got.secret is not None or any(value.secret for _, value in got.more):
        raise Refused("edit.unclear", given=said[:60], ref=case.request.ref, answer=question)
    return got


def _put(turn: Turn, question: str, got: Given) -> None:
    for other, value in got.more:
        _put(turn, other, value)
    turn.hold(question, got.value)
    if question in BY_ID:
        turn.note("edited", field=question)
    _AFTER.get(question, _nothing)(turn)


def _let_fall(turn: Turn, before: Case, question: str) -> list[str]:
    """Let fall what rested on the answer, and return its names; a secret stays until the customer gives another.

    Only what the change made of it counts: an answer that is there for the first time voids the signature too.
    """
    fell = []
    for other in bound_to(question):
        given = turn.the_case().answers.get(other)
        if given is None or other == "review" or given != before.answers.get(other):
            continue
        if BY_ID[other].secret:
            turn.reopen(other)
        else:
            turn.drop(other)
        fell.append("letter" if other == "signature" and is_someone_elses(before) else other)
    return fell


def _go_on(turn: Turn) -> None:
    """Let a request go on that waited for nothing but this answer."""
    case = turn.the_case()
    question = next_question(case)
    if question is not None and not question.after:
        return
    mending.finish(turn)
    if signing.answers_back(turn):
        signing.hand_over_papers(turn)


def _nothing(_turn: Turn) -> None:
    return


def _ring(turn: Turn) -> None:
    if turn.the_case().answers["destination"].value == ("none",):
        turn.flag("no_destination")


_AFTER: dict[str, Callable[[Turn], None]] = {
    "carrier": signing.class_taken,
    "line": signing.class_taken,
    "stays": signing.stays_taken,
    "address": signing.address_taken,
    "destination": _ring,
}
