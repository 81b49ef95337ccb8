"""What shows that a number may leave: the signature, the bill or what stands in its place, and that it is unlocked."""

from datetime import timedelta

from domain.desk import ages, pin_times
from domain.desk.turn import Turn
from domain.intake.about import wants
from domain.orders.model import Case, Number
from domain.orders.phases import PAPERS, way_of


def has_bill(turn: Turn) -> bool:
    """Tell whether a bill is here, looked at and kept."""
    return any(p.kind == "bill" and p.status == "kept" for p in turn.papers)


def has_proof(turn: Turn) -> bool:
    """Tell whether the paper that the class asks for is here, or it goes on without one."""
    return has_bill(turn) or turn.the_case().answer("bill") == ("none",)


def is_signed(case: Case) -> bool:
    """Tell whether the letter is signed as it stands."""
    return case.answer("signature") is not None


def is_anything_asked_again(case: Case) -> bool:
    """Tell whether an answer that was here is wanted once more."""
    return any(given.reopened for given in case.answers.values())


def hand_over_papers(turn: Turn) -> None:
    """Let numbers whose papers are complete go to the desk's review; of some classes to the gate before it."""
    ages.watch(turn)
    case = turn.the_case()
    if not is_signed(case):
        return
    for number in case.numbers:
        if number.phase in PAPERS:
            _pass(turn, number)
    if case.phase in PAPERS and turn.actor != "customer":  # who is here is offered it with what is said to them
        _offer_times(turn)
    if turn.the_case().phase == "awaiting_unlock" and case.answer("unlock") == ("later",):
        turn.reopen("unlock")


def _offer_times(turn: Turn) -> None:
    """Have times offered at which the PIN is fetched that was put off, once nothing else is missing."""
    case, undo = turn.the_case(), turn.policy.undo if turn.actor.startswith("staff:") else timedelta(0)
    if case.phase == "staff_review" and case.answer("pin") == ("later",) and pin_times.AT not in case.answers:
        turn.set_due(pin_times.OFFER, case.request.id, 0, turn.moment.now + undo)


def _pass(turn: Turn, number: Number) -> None:
    """Let a signed number go as far as its proof leads: one that is to be unlocked waits for what shows that."""
    gate = way_of(number.number_class).gate
    is_proven = has_proof(turn) and (not gate or is_unlocked(turn.the_case()))
    if is_proven:
        verb = "papers" if number.phase == "awaiting_documents" else "unlock"
        turn.move(number, verb, "staff_review", "customer")
    elif gate and number.phase != gate:
        turn.move(number, "papers", gate, "customer")


def is_unlocked(case: Case) -> bool:
    """Tell whether a number that its carrier locks is unlocked by the customer's word, and no newer proof is wanted."""
    proof = case.answers.get("bill")
    is_asked_again = proof is not None and proof.reopened
    return not is_asked_again and (case.answer("unlock") == ("yes",) or not wants(case, "unlock"))
