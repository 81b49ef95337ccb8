"""Conversations brought to where a test begins: a question that is open, or a phase that the request has come to."""

from collections.abc import Callable

from domain.orders.phases import PHASES
from tests.domain.talk import ANSWERS, Shown, Talk


def _cancelled(talk: Talk) -> None:
    talk.command("cancel")
    talk.press("cancel.yes")


def _staff(*steps: tuple[str, str]) -> Callable[[Talk], None]:
    """Return what brings a request through verbs of staff's, each told to the customer."""

    def go(talk: Talk) -> None:
        for verb, argument in steps:
            told = talk.staff(verb, argument)
            assert not told.error, told
            talk.forward(seconds=61)

    return go


SUBMIT, ADVANCE, DATE = ("submit", "VZ-881"), ("advance", ""), ("date", "2026-12-01")
_LATER: dict[str, Callable[[Talk], None]] = {
    "staff_review": _staff(),
    "changes_requested": _staff(("ask", "name: the bill says Maria J.")),
    "submitted": _staff(SUBMIT),
    "carrier_review": _staff(SUBMIT, ADVANCE),
    "rejected": _staff(SUBMIT, ("reject", "wrong pin: 8C")),
    "pending_date": _staff(SUBMIT, ADVANCE, ADVANCE),
    "scheduled": _staff(SUBMIT, ADVANCE, ADVANCE, DATE),
    "activating": _staff(SUBMIT, ADVANCE, ADVANCE, DATE, ADVANCE),
    "ported": _staff(SUBMIT, ADVANCE, ADVANCE, DATE, ("complete", "")),
    "cancelled": _staff(("cancel", "")),
}


def at_phase(phase: str) -> Talk:
    """Return a conversation whose one request has come to a phase, the customer told of it."""
    if phase in ("intake", "expired"):
        talk = Talk()
        talk.until("account")
        if phase == "expired":
            talk.forward(days=40)
    else:
        talk = Talk(does_errands=phase != "awaiting_documents")
        talk.until("end")
        _LATER.get("submitted" if phase == "cancel_requested" else phase, _staff())(talk)
        if phase == "cancel_requested":
            _cancelled(talk)
    assert talk.request.status == phase
    return talk


OPEN = tuple(ANSWERS)  # a state for each question that the customer is asked
STATES: tuple[str, ...] = ("nobody", *OPEN, "later", *(p for p in PHASES if p not in ("intake", "screening")))


def at(state: str) -> Talk:
    """Return a conversation in which a question is open, or whose request has come to a phase."""
    if state in OPEN:
        talk = Talk()
        talk.until(state)
        return talk
    if state == "later":
        talk = at("pin")
        talk.press("later")
        return talk
    return Talk() if state == "nobody" else at_phase(state)


def asked_in(shown: list[Shown]) -> bool:
    """Tell whether the last message puts a question."""
    return bool(shown) and any(part.startswith("ask.") for part in shown[-1].owed.key.split("+"))
