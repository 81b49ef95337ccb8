"""A letter signed on paper: printed for whoever wants it, and taken in again; a person looks whether it is signed.

No program here tells a pen's stroke from a shadow, so a copy that is ours, whole and legible goes to staff, who accept
it with one press; any other one is told to the customer with what is wrong, and to staff once they have the request.
"""

import re

from domain.desk import approving, signing
from domain.desk.asking import ask_open_or_say, name_of, open_question
from domain.desk.heard import Document, Heard
from domain.desk.papers import OPEN
from domain.desk.signer_links import SIGNS, facts_now
from domain.desk.state import Changes, Errand, Moment, Paper, State
from domain.desk.turn import Turn
from domain.intake.about import is_someone_elses
from domain.intake.choices import Choice
from domain.intake.questions import next_question
from domain.masking import mask_file_name
from domain.orders.model import Case
from domain.orders.phases import is_ended
from domain.papers.copies import Found, Page, judge_copy
from domain.papers.letter import orders_of
from domain.policy import Policy
from domain.values import Value, replace
from domain.wordkeys import nested

COPY, BLANK = "signed_copy", "blank_letter"  # kinds of papers
READ, PRINT = "read_copy", "print_blank"  # the errands that read the one and print the other
KNOWN = "copy"  # beside the answers: how far copies are, of which facts (digest), and the pages that are here
WANTED, PARTLY, COMPLETE = "wanted", "partly", "complete"
UNSURE = "unsure"  # the status of a paper that staff can look at, and that is no signed letter as far as is known
LOOKED_AT = (PARTLY, UNSURE)  # statuses of copies that may be letters: staff see them, nobody has to keep them
_SAYS = re.compile(r"\b(?:signed|signature|letter|loa|authori[sz]ation)\b", re.IGNORECASE)
_SAYS_BILL = re.compile(r"\b(?:bill|invoice|statement)s?\b", re.IGNORECASE)
LOOK = ((*OPEN[0], Choice("letter", "staff.button.letter")),)  # under what tells staff of a copy


class ReadCopy(Value, frozen=True):
    """A copy as it was stored and read. `letters`: the codes of the letters to be signed, which state these `facts`."""

    object_key: str
    mime: str
    size: int
    pages: tuple[Page, ...]
    letters: tuple[str, ...]
    facts: str


def is_wanted(case: Case | None) -> bool:
    """Tell whether all is answered that the letter states, and it is not signed."""
    if case is None or is_ended(case.phase) or signing.is_signed(case) or not facts_now(case):
        return False
    question = next_question(case)
    asks_to_sign = question is not None and question.id in SIGNS
    return asks_to_sign or (is_someone_elses(case) and "agreements" in case.answers)


def wish_for_paper(turn: Turn) -> bool:
    """Have the letter printed for whoever wants to sign it on paper; tell whether it is to be signed at all."""
    if not expect(turn):
        return False
    case = turn.the_case()
    for part, order in enumerate(orders_of(case), 1):
        name = f"{case.request.ref}-to-sign-{part}.pdf"
        head = (turn.moment.new_id(), case.request.id, BLANK, "wanted", str(order.id), name, "application/pdf", 0, 0)
        paper = Paper(*head, turn.moment.now)
        turn.put_paper(paper)
        turn.run_errand(PRINT, paper.id)
    return True


def expect(turn: Turn) -> bool:
    """Let a signed copy be looked for in what the request's chat sends; tell whether the letter is to be signed."""
    case = turn.case
    if case is None or not is_wanted(case):
        return False
    turn.jot(KNOWN, (WANTED, facts_now(case), *_marks(case)))
    return True


def is_copy(turn: Turn, heard: Heard) -> bool:
    """Tell whether a file is the signed letter: where the signature alone is asked for, or it was announced.

    What stands under it decides, where that is "signed", or "here is my bill".
    """
    case, question = turn.case, open_question(turn)
    if case is None or not is_wanted(case) or (question is not None and question.document):
        return False
    if _SAYS.search(heard.text) or _SAYS_BILL.search(heard.text):
        return _SAYS.search(heard.text) is not None
    is_bill_owed = case.answer("bill") == ("later",) and not signing.has_bill(turn)
    is_asked = question is not None and question.id in SIGNS
    return (is_asked or KNOWN in case.answers) and not is_bill_owed


def take(turn: Turn, document: Document, heard: Heard) -> None:
    """Have a file read as a signed copy of the letter."""
    case = turn.the_case()
    name = mask_file_name(document.name)[:120]
    head = (turn.moment.new_id(), case.request.id, COPY, "wanted", document.file_id, name, document.mime)
    is_next_of_album = heard.album != "" and any(each.album == heard.album for each in turn.papers)
    paper = Paper(*head, document.size, heard.message_id, turn.moment.now, album=heard.album)
    turn.put_paper(paper)
    turn.run_errand(READ, paper.id)
    if not is_next_of_album:
        turn.say("copy.reading")


def blank_printed(state: State, moment: Moment, errand: Errand, file: tuple[str, int], policy: Policy) -> Changes:
    """Send a letter that is to be signed on paper. `file`: its object's key and size in bytes."""
    object_key, size = file
    turn, paper = _at_errand(state, moment, errand, policy)
    if paper is not None:
        turn.put_paper(replace(paper, status="kept", object_key=object_key, size=size))
        turn.say("copy.blank", {"file": object_key, "name": paper.name})
    return turn.changes()


def copy_read(state: State, moment: Moment, errand: Errand, read: ReadCopy, policy: Policy) -> Changes:
    """Take a copy in as what its codes say that it is."""
    turn, paper = _at_errand(state, moment, errand, policy)
    if paper is None:
        return turn.changes()
    case, before = turn.the_case(), _marks(turn.the_case())
    found = judge_copy(read.pages, read.letters, before)
    if read.facts != facts_now(case):  # what the letter states changed while its copy was read
        found = Found("other")
    turn.note("copy_read", detail=found.finding)
    _keep(turn, replace(paper, object_key=read.object_key, mime=read.mime, size=read.size), found, is_next=before != ())
    if found.marks:
        state_now = COMPLETE if found.finding == "complete" else PARTLY
        turn.jot(KNOWN, (state_now, read.facts, *found.marks))
    _tell(turn, found)
    return turn.changes()


def _keep(turn: Turn, paper: Paper, found: Found, *, is_next: bool) -> None:
    """Keep a copy as the signed letter once all of it is here, with its pages that came before; until then for a look.

    `is_next`: pages of the same letter are here already.
    """
    status = {"complete": "kept", "missing": PARTLY}.get(found.finding, UNSURE)
    if status != UNSURE:
        earlier = status if is_next else UNSURE  # what was begun of another letter never gets whole
        for each in turn.papers:
            if each.kind == COPY and each.status == PARTLY:
                turn.put_paper(replace(each, status=earlier))
    turn.put_paper(replace(paper, status=status))


def accepted(turn: Turn) -> None:
    """Keep the copies that are here as the letter that staff accept, where none of them was known to be it."""
    copies = [paper for paper in turn.papers if paper.kind == COPY]
    if not is_complete(turn.the_case()):
        for paper in copies:
            if paper.status in LOOKED_AT:
                turn.put_paper(replace(paper, status="kept"))


def copy_refused(state: State, moment: Moment, errand: Errand, reason: str, policy: Policy) -> Changes:
    """Tell the customer of a file that cannot be had or read; `reason` is a wording key's last part."""
    turn, paper = _at_errand(state, moment, errand, policy)
    if paper is not None:
        turn.put_paper(replace(paper, status="refused", refused=reason))
        turn.note("copy_refused", detail=reason)
        ask_open_or_say(turn, f"copy.refused.{reason}")
    return turn.changes()


def is_complete(case: Case) -> bool:
    """Tell whether a signed copy is here of all that the letter states now."""
    given = case.answers.get(KNOWN)
    return given is not None and given.value[:2] == (COMPLETE, facts_now(case))


def _tell(turn: Turn, found: Found) -> None:
    """Tell the customer what a copy is, and staff where they have the request; a complete one brings it to them."""
    case, is_whole = turn.the_case(), found.finding == "complete"
    if is_whole and case.phase == "intake" and not (is_wanted(case) or signing.is_signed(case)):
        ask_open_or_say(turn, "copy.not_yet")  # one step back was gone meanwhile
        return
    if is_whole and case.phase == "intake" and is_wanted(case) and not approving.is_waiting(case):
        signing.finish(turn)
    pages = ", ".join(map(str, found.missing))
    key = "missing_letter" if found.finding == "missing" and not found.missing else found.finding
    if signing.is_with_desk(turn.the_case()):
        why = nested(f"copy.why.{key}", pages=pages)
        turn.post("thread.copy_complete" if is_whole else "thread.copy_unsure", {"why": why}, buttons=LOOK)
        turn.refresh_card()
    turn.say(f"copy.{key}", {"pages": pages, "ref": name_of(case.request)})


def _marks(case: Case) -> tuple[str, ...]:
    given = case.answers.get(KNOWN)
    return given.value[2:] if given is not None and given.value[1] == facts_now(case) else ()


def _at_errand(state: State, moment: Moment, errand: Errand, policy: Policy) -> tuple[Turn, Paper | None]:
    turn = Turn(state, moment, "errand", policy)
    turn.end_errand(errand.id)
    return turn, next((p for p in turn.papers if p.id == errand.subject and p.status == "wanted"), None)
