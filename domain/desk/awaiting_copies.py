"""Whether a copy of the letter, signed on paper, can come now; and looking for one in what the chat sends."""

from domain.desk import proofs
from domain.desk.on_paper import (
    APPOINTED,
    COMPLETE,
    KNOWN,
    WANTED,
    as_kept,
    doubts_here,
    is_complete,
    pages_here,
    stamp_of,
)
from domain.desk.signer_links import SIGNS, facts_now
from domain.desk.turn import Turn
from domain.intake.about import is_someone_elses
from domain.intake.questions import next_question
from domain.orders.model import Case
from domain.orders.phases import is_ended


def is_wanted(case: Case | None) -> bool:
    """Tell whether all is answered that the letter states, and it is not signed."""
    if case is None or is_ended(case.phase) or proofs.is_signed(case) or not facts_now(case):
        return False
    question = next_question(case)
    asks_to_sign = question is not None and question.id in SIGNS
    return asks_to_sign or (is_someone_elses(case) and "agreements" in case.answers)


def expect(turn: Turn) -> bool:
    """Let a signed copy be looked for in what the request's chat sends; tell whether the letter is to be signed."""
    if not is_wanted(turn.case):
        return False
    name_company(turn)
    case = turn.the_case()
    turn.jot(KNOWN, as_kept(COMPLETE if is_complete(case) else WANTED, case, *pages_here(case), doubts_here(case)))
    return True


def name_company(turn: Turn) -> None:
    """Keep whom letters appoint that are still to be signed on paper: under another name of ours they are others.

    Those of a release that did not keep it go on as they are until something that they state changes.
    """
    case, company = turn.the_case(), (turn.policy.company,)
    known, named = case.answers.get(KNOWN), case.answer(APPOINTED)
    is_of_before = named is None and known is not None and known.value[1] == stamp_of(case)
    if named != company and not is_of_before and not proofs.is_signed(case):
        turn.jot(APPOINTED, company)
