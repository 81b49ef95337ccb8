"""What a customer reads between the last answers: what an answer led to, and what comes when nothing more is asked."""

from domain.desk import approving
from domain.desk.proofs import has_proof, is_signed
from domain.desk.signing import is_with_desk
from domain.desk.turn import Turn
from domain.intake.about import carrier_name, is_someone_elses, show_moving, signer_called
from domain.intake.questions import next_question
from domain.orders.model import Case
from domain.orders.phases import PAPERS

_THANKS = {"account": "answer.noted", "pin": "answer.noted", "title": "done.titled"}


def lead_after(case: Case, answered: str) -> str:
    """Return the sentence that stands before the next question."""
    if approving.is_waiting(case) and answered in ("review", "signature"):
        return "signed.waiting" if next_question(case) is not None else ""
    if answered == "signature" and is_with_desk(case) and next_question(case) is not None:
        return "signed.with_desk"
    if answered == "review" and is_someone_elses(case) and next_question(case) is not None:
        return "signed.by_another"
    return _THANKS.get(answered, "")


def closing_words(turn: Turn, answered: str) -> str:
    """Return what a customer reads when nothing more is asked."""
    case = turn.the_case()
    if approving.is_waiting(case) and answered != "title":
        return "done.waiting"
    if case.request.repaired == "corrected" and answered == "pin":
        return "repair.corrected_pin"
    if case.request.repaired not in (None, "desk"):
        return f"repair.{case.request.repaired}"
    if answered == "title":
        return "done.titled"
    if answered == "destination" and case.phase not in (*PAPERS, "staff_review"):
        return "done.destination"
    if answered == "csr":
        return "done.csr_none" if case.answer("csr") == ("none",) else "done.csr"
    return _last_words(turn, case, answered)


def _last_words(turn: Turn, case: Case, answered: str) -> str:
    if not is_signed(case):
        return "done.unsigned"
    lacks_bill = case.answer("bill") == ("later",)
    if case.answer("pin") == ("later",) and (answered == "pin" or not lacks_bill):
        return "done.pin_later"
    if lacks_bill:
        return "done.bill_later"
    return "done.with_desk" if has_proof(turn) else "done.waiting_for_bill"


def closing_params(turn: Turn) -> dict[str, str]:
    """Return what those words need."""
    case = turn.the_case()
    who = {"who": approving.deciders(turn)} if approving.is_waiting(case) else {}
    known = {"number": show_moving(case), "carrier": carrier_name(case), "signer": signer_called(case)}
    return {**known, **who}
