"""How far the letter of a request is that is signed on paper: wanted, partly here, whole, accepted."""

import hashlib

from domain.intake.choices import Choice
from domain.intake.questions import BY_ID
from domain.orders.model import Case
from domain.papers.authorization import facts_digest
from domain.papers.letter import orders_of

COPY = "signed_copy"  # the kind of papers that copies are
UNSURE = "unsure"  # the status of a paper that staff can look at, and that is no signed letter as far as is known
KNOWN = "copy"  # beside the answers: how far, of which letters (`stamp_of`), then what is here, or what was accepted
COPY_SAID = "copy_said"  # beside them: of which letters (`stamp_of`) a copy came last, and what was said of it
TAKEN_ONCE = "copies_taken"  # beside them: the letters (`stamp_of`) of which copies were ever accepted
PRINTED = "printed"  # beside them: the codes of the letters that were printed to be signed
WANTED, PARTLY, COMPLETE, ACCEPTED = "wanted", "partly", "complete", "accepted"
LOOKED_AT = (PARTLY, UNSURE)  # statuses of copies that may be letters: staff see them, nobody has to keep them
_STATED = {"name", "address", "carrier"}  # without which there is no letter
_OPEN = Choice("papers.open", "talk.open_file")
LOOK = ((_OPEN, Choice("letter", "staff.button.letter")),)  # under what tells staff of a copy to look at
TAKEN = ((_OPEN, Choice("ask", "staff.button.not_good", {"argument": "signature"})),)  # of one that was accepted
_GOOD = "good "  # before the mark of a page that nobody has to look at


def facts_now(case: Case) -> str:
    """Return the digest of what the letter states; empty while something of it has to be given, or given anew."""
    answers = case.answers
    again = (q for q, given in answers.items() if given.reopened and q in BY_ID and BY_ID[q].signed)
    is_settled = answers.keys() >= _STATED and not any(BY_ID[q].needed(case) for q in again)
    return facts_digest(case) if is_settled else ""


def stamp_of(case: Case) -> str:
    """Return what tells the letters of a request from its earlier ones: what they state, and how orders part it.

    Empty while something that they state has to be given anew.
    """
    facts = facts_now(case)
    if not facts:
        return ""
    parts = (
        " ".join((str(order.id), *(n.e164 for n in case.whole.numbers if n.order_id == order.id)))
        for order in orders_of(case)
    )
    return hashlib.sha256("\n".join((facts, *parts)).encode()).hexdigest()


def is_complete(case: Case) -> bool:
    """Tell whether a copy is here of all that the letters state now, and waits for somebody to look at it."""
    given = case.answers.get(KNOWN)
    is_whole = given is not None and given.value[:2] == (COMPLETE, stamp_of(case))
    return is_whole and case.answer("signature") is None


def is_accepted(case: Case) -> bool:
    """Tell whether the signature that stands is one on paper."""
    given, signature = case.answers.get(KNOWN), case.answers.get("signature")
    if given is None or signature is None or signature.reopened or given.value[0] != ACCEPTED:
        return False
    return given.value[2] == str(signature.seq)


def was_accepted(case: Case) -> bool:
    """Tell whether a copy of the letters as they are now was ever accepted: the next one may be that very sheet."""
    given = case.answers.get(TAKEN_ONCE)
    return given is not None and stamp_of(case) in given.value


def accepted_by(case: Case) -> str:
    """Return who of the staff accepted what is signed on paper; empty where its own ink was enough."""
    return case.answers[KNOWN].value[3]


def papers_accepted(case: Case) -> tuple[str, ...]:
    """Return the ids of the papers that were accepted last, whether their signature stands or fell."""
    given = case.answers.get(KNOWN)
    return given.value[4:] if given is not None and given.value[0] == ACCEPTED else ()


def pages_here(case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the marks of the pages that are here, and of those of them that nobody has to look at."""
    given = case.answers.get(KNOWN)
    if given is None or given.value[1] != stamp_of(case) or given.value[0] == ACCEPTED:
        return (), ()
    marks = given.value[2:]
    good = tuple(mark.removeprefix(_GOOD) for mark in marks if mark.startswith(_GOOD))
    return tuple(mark for mark in marks if not mark.startswith(_GOOD)), good


def as_kept(state: str, case: Case, marks: tuple[str, ...], good: tuple[str, ...]) -> tuple[str, ...]:
    """Return how far copies are, as it is kept."""
    return (state, stamp_of(case), *marks, *(f"{_GOOD}{mark}" for mark in good))
