"""What numbers wait for at a gate, that only their customer can do: to unlock them, or to get the carrier's CSR."""

from collections.abc import Callable

from domain.desk import signing
from domain.desk.asking import ask
from domain.desk.turn import Rows, Turn
from domain.orders.model import Case
from domain.orders.phases import WITH_CSR, is_ended

CSR = "csr"  # the question, and the kind of its paper
_NEEDED = "csr_needed"
_NONE = ("none",)  # the answer that it is not to be had


def only_the_csr(case: Case) -> bool:
    """Tell whether nothing of a request but its CSR can be asked for now: its order waits for that comparison."""
    left = [number for number in case.numbers if not is_ended(number.phase)]
    return bool(left) and all(n.phase == "csr_check" and n.number_class in WITH_CSR for n in left)


def csr_taken(turn: Turn) -> None:
    """Go on where the customer cannot get the record; where it is on its way, wait until it is here."""
    if turn.the_case().answers[CSR].value == _NONE and _waits(turn.the_case()):
        _bring(turn, "thread.csr_none")


def csr_kept(turn: Turn, buttons: Rows) -> None:
    """Let the desk compare a record that is here."""
    if _waits(turn.the_case()):
        _bring(turn, "thread.csr_here", buttons)
    else:
        turn.post("thread.csr_here", buttons=buttons)
        turn.refresh_card()


def csr_refused(turn: Turn, reason: str) -> None:
    """Ask for another file, unless a good one came meanwhile."""
    case = turn.the_case()
    if CSR not in case.answers or any(p.kind == CSR and p.status == "kept" for p in turn.papers):
        return
    turn.reopen(CSR)
    if turn.chat.focus == case.request.id:
        ask(turn, f"bill.refused.{reason}")
    else:
        turn.set_due("resume", case.request.id, turn.moment.new_id(), turn.moment.now)


def ask_no_more_csr(turn: Turn) -> None:
    """Close the question where the desk goes on without an answer."""
    given = turn.the_case().answers.get(CSR)
    if given is not None and given.reopened:
        turn.close_again(CSR)


def ask_again_csr(turn: Turn) -> None:
    """Ask once more where the desk does not go on without an answer after all."""
    if _waits(turn.the_case()) and turn.the_case().answer(CSR) is None:
        turn.want(CSR)


def _waits(case: Case) -> bool:
    return any(number.phase == _NEEDED for number in case.numbers)


def _bring(turn: Turn, post: str, buttons: Rows = ()) -> None:
    for number in turn.the_case().numbers:
        if number.phase == _NEEDED:
            turn.move(number, "answer", "csr_check", "customer")
    signing.mark_moved(turn)
    turn.post(post, buttons=buttons)
    turn.refresh_card()


def unlocked(turn: Turn) -> None:
    """Go on with a number that was unlocked since it was handed in; what was shown before proves nothing."""
    case = turn.the_case()
    if case.phase != "awaiting_unlock" or case.answer("unlock") != ("yes",):
        return
    if signing.has_bill(turn):
        turn.reopen("bill")
    signing.hand_over_papers(turn)
    signing.mark_moved(turn)
    turn.post("thread.unlocked")
    turn.refresh_card()


AFTER: dict[str, Callable[[Turn], None]] = {CSR: csr_taken, "unlock": unlocked}
"""What an answer that a gate waits for leads to."""
