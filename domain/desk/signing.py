"""From the last answer to the desk: the signature, the hand-over to staff, the PIN, and what is said then."""

from dataclasses import replace

from domain.desk.turn import Turn
from domain.intake.questions import next_question, show_number
from domain.orders.model import Case, Order


def new_order(case: Case, order_id: int) -> Order:
    """Begin the order that a request's one number travels in."""
    carrier = case.answers.get("carrier")
    return Order(order_id, case.request.id, "wireless", carrier.value[0] if carrier else "other", "intake")


def signed(turn: Turn) -> None:
    """Hand a signed request over to the desk, or note that a changed one was signed again."""
    case = turn.the_case()
    turn.set_request(replace(case.request, signed_at=turn.moment.now))
    turn.note("signed", field="signature")
    if case.phase == "intake":
        for number in case.numbers:
            screened = turn.move(number, "check", "screening", "customer")
            turn.move(screened, "accept", "awaiting_documents", "customer")
        turn.end_due("draft", case.request.id)
        turn.end_due("expire", case.request.id)
        hand_over_papers(turn)
        mark_told(turn)
        turn.refresh_card()
        turn.post("thread.new", {"ref": case.request.ref})


def fingerprint(case: Case) -> str:
    """Return what a customer can know of the numbers: phase, date, rejection and attempt of each."""
    return ";".join(f"{n.phase}|{n.port_date or ''}|{n.rejection or ''}|{n.attempts}" for n in case.numbers)


def mark_told(turn: Turn) -> None:
    """Note that the customer knows how things stand now, so that the same is not told again."""
    case = turn.the_case()
    turn.set_request(replace(case.request, told=fingerprint(case)))


def end_request(turn: Turn) -> None:
    """Let go of what an ended request no longer needs: its secrets, its reminders, the chat's attention."""
    case = turn.the_case()
    turn.shred("pin", "account")
    for rule in ("draft", "expire", "tell"):
        turn.end_due(rule, case.request.id)
    if turn.chat.focus == case.request.id:
        turn.chat = replace(turn.chat, focus=None, asked=None)


def has_bill(turn: Turn) -> bool:
    """Tell whether a bill is here, looked at and kept."""
    return any(p.kind == "bill" and p.status == "kept" for p in turn.papers)


def hand_over_papers(turn: Turn) -> None:
    """Let numbers whose papers are complete go to the desk's review."""
    if not has_bill(turn):
        return
    for number in turn.the_case().numbers:
        if number.phase == "awaiting_documents":
            turn.move(number, "papers", "staff_review", "customer")


def pin_given(turn: Turn) -> None:
    """Tell staff that the PIN came, or that it comes later; never what it is."""
    case = turn.the_case()
    if case.request.signed_at is None:
        return
    later = case.answers["pin"].value == ("later",)
    turn.post("thread.pin_later" if later else "thread.pin_here")
    turn.refresh_card()


def everything_answered(turn: Turn) -> None:
    """Note what a complete set of answers means for the phase: a repair is ready, an asked-for answer is back."""
    case = turn.the_case()
    if case.phase == "rejected" and case.request.repaired is None:
        turn.set_request(replace(case.request, repaired="corrected"))
        turn.note("corrected")
        turn.post("thread.corrected")
        turn.refresh_card()
    if case.phase == "changes_requested":
        for number in case.numbers:
            turn.move(number, "answer", "awaiting_documents", "customer")
        hand_over_papers(turn)
        mark_told(turn)
        turn.post("thread.answers_back")
        turn.refresh_card()


def lead_after(case: Case, answered: str) -> str:
    """Return the sentence that stands before the next question."""
    if answered == "number":
        return ""
    if answered == "signature" and case.request.signed_at is not None and next_question(case) is not None:
        return "signed.with_desk"
    return "answer.noted" if answered in ("account", "pin") else ""


def closing_words(turn: Turn, answered: str) -> str:
    """Return what a customer reads when nothing more is asked."""
    case = turn.the_case()
    if case.request.repaired == "corrected":
        return "repair.corrected"
    if answered == "pin" and case.answers["pin"].value == ("later",):
        return "done.pin_later"
    if case.answer("bill") == ("later",):
        return "done.bill_later"
    return "done.with_desk" if has_bill(turn) else "done.waiting_for_bill"


def closing_params(case: Case) -> dict[str, str]:
    """Return what those words need."""
    return {"ref": case.request.ref, "number": show_number(case, "number")}
