"""The letter of authorization that somebody else signs outside the chat: it is awaited, it is here, it was not it."""

from dataclasses import replace

from domain.desk import signing
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.intake.about import is_someone_elses, signer_name
from domain.orders.model import Case
from domain.papers.authorization import TEXT_VERSION, facts_digest
from domain.wordkeys import nested

_MAY_COME = ("awaiting_documents", "staff_review", "changes_requested", "rejected")


def is_missing(case: Case) -> bool:
    """Tell whether somebody else is to sign, and has not signed what the request says now."""
    return is_someone_elses(case) and not signing.is_signed(case)


def may_come(case: Case) -> bool:
    """Tell whether a letter is awaited where the request is now."""
    return is_missing(case) and case.phase in _MAY_COME


def take_letter(turn: Turn) -> str:
    """Note that the letter is here, signed by the one who was named; returns that name. Raises Refused."""
    case = turn.the_case()
    signer = signer_name(case)
    if not is_someone_elses(case):
        raise Refused("letter.not_needed", ref=case.request.ref)
    if not is_missing(case):
        raise Refused("letter.here", ref=case.request.ref)
    if not may_come(case):
        raise Refused("letter.not_now", ref=case.request.ref, phase=nested(f"phase.{case.phase}"))
    turn.answer("signature", (signer, TEXT_VERSION, facts_digest(case)), source="staff")
    turn.set_request(replace(turn.the_case().request, signed_at=turn.moment.now))
    turn.note("signed", field="signature")
    signing.hand_over_papers(turn)
    return signer


def give_letter_back(turn: Turn) -> None:
    """Let the letter be missing again."""
    turn.drop("signature")
    turn.set_request(replace(turn.the_case().request, signed_at=None))
