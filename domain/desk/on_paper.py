"""How far the letter of a request is that is signed on paper: wanted, partly here, whole, accepted."""

import hashlib
from collections.abc import Sequence

from domain.intake.choices import Choice
from domain.intake.questions import BY_ID
from domain.orders.model import Case
from domain.papers.authorization import facts_digest
from domain.papers.copies import Doubt
from domain.papers.letter import orders_of
from domain.wordkeys import ITEM, nested

COPY = "signed_copy"  # the kind of papers that copies are
UNSURE = "unsure"  # the status of a paper that staff can look at, and that is no signed letter as far as is known
KNOWN = "copy"  # beside the answers: how far, of which letters (`stamp_of`), then what is here, or what was accepted
LIES = "letter_lies"  # beside them: where the sheet itself lies, in the words of whoever accepted it
TAKEN_ONCE = "copies_taken"  # beside them: the letters (`stated_in`) of which copies were ever accepted
APPOINTED = "appointed"  # beside them: whom the letters on paper appoint; not for those of before it was kept
PRINTED = "printed"  # beside them: the codes of the letters that were printed to be signed, or sealed
COPY_SAID = "copy_said"  # beside them: of which letters (`stamp_of`) a copy came last, and what was said of it
WANTED, PARTLY, COMPLETE, ACCEPTED = "wanted", "partly", "complete", "accepted"
LOOKED_AT = (PARTLY, UNSURE)  # statuses of copies that may be letters: staff see them, nobody has to keep them
_STATED = {"name", "address", "carrier"}  # without which there is no letter
_OPEN = Choice("papers.open", "talk.open_file")
LOOK = ((_OPEN, Choice("letter", "staff.button.letter")),)  # under what tells staff of a copy to look at
_NOT_GOOD = Choice("ask", "staff.button.not_good", {"argument": "signature"})
TAKEN = ((_OPEN, _NOT_GOOD),)  # of one that was accepted
UNSEEN = ((_NOT_GOOD,),)  # of one that was accepted by word alone, and of which there is nothing to open
_GOOD = "good "  # before the mark of a page that nobody has to look at
_DOUBT = "doubt "  # before a reason why people have to look at a page, and its mark


def facts_now(case: Case) -> str:
    """Return the digest of what the letter states; empty while something of it has to be given, or given anew."""
    answers = case.answers
    again = (q for q, given in answers.items() if given.reopened and q in BY_ID and BY_ID[q].signed)
    is_settled = answers.keys() >= _STATED and not any(BY_ID[q].needed(case) for q in again)
    return facts_digest(case) if is_settled else ""


def stamp_of(case: Case) -> str:
    """Return what tells the letters of a request from its earlier ones: what they state, of which orders, for whom.

    Empty while something that they state has to be given anew. The one whom they appoint is no fact that is signed
    (`facts_digest`): under another name of ours, what is signed stands, and only what is still to be signed is printed
    anew.
    """
    return stated_in(case, case.answer(APPOINTED) or ())


def stated_in(case: Case, appointed: tuple[str, ...] = ()) -> str:
    """Return the same of letters that appoint somebody; by itself what stays the same under another name of ours."""
    facts = facts_now(case)
    if not facts:
        return ""
    parts = (
        " ".join((str(order.id), *(n.e164 for n in case.whole.numbers if n.order_id == order.id)))
        for order in orders_of(case)
    )
    return hashlib.sha256("\n".join((facts, *parts, *appointed)).encode()).hexdigest()


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
    return given is not None and stated_in(case) in given.value


def accepted_by(case: Case) -> str:
    """Return who of the staff accepted what is signed on paper; empty where its own ink was enough."""
    return case.answers[KNOWN].value[3]


def lies(case: Case) -> str:
    """Return where the sheet lies that was accepted; empty where nobody said so."""
    given = case.answers.get(LIES)
    return given.value[0] if given is not None and is_accepted(case) else ""


def is_unseen(case: Case) -> bool:
    """Tell whether the signature that stands is on a sheet of which no copy is held here."""
    return is_accepted(case) and not papers_accepted(case)


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
    return tuple(mark for mark in marks if not mark.startswith((_GOOD, _DOUBT))), good


def doubts_here(case: Case) -> tuple[Doubt, ...]:
    """Return why people have to look at pages that are here."""
    given = case.answers.get(KNOWN)
    if given is None or given.value[1] != stamp_of(case) or given.value[0] == ACCEPTED:
        return ()
    kept = (each.removeprefix(_DOUBT).partition(" ") for each in given.value[2:] if each.startswith(_DOUBT))
    return tuple((mark, doubt) for doubt, _, mark in kept)


def said_of(doubts: Sequence[Doubt]) -> str:
    """Return reasons for which people have to look at pages, as one parameter of a message."""
    return ITEM.join(nested(f"copy.doubt.{doubt}") for doubt in dict.fromkeys(each for _, each in doubts) or ("pen",))


def as_kept(
    state: str, case: Case, marks: tuple[str, ...], good: tuple[str, ...], doubts: tuple[Doubt, ...] = ()
) -> tuple[str, ...]:
    """Return how far copies are, as it is kept."""
    why = (f"{_DOUBT}{doubt} {mark}" for mark, doubt in doubts)
    return (state, stamp_of(case), *marks, *(f"{_GOOD}{mark}" for mark in good), *why)
