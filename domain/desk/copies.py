"""A letter signed on paper: printed for whoever wants it, and taken in again once a pen is seen in its fields.

A copy that is ours, whole, legible and signed is accepted at once; staff are told, and can refuse it. Where ink or
legibility are in doubt, or a copy of the same letter was accepted before and fell (the paper cannot tell whether it is
that very one), staff look, and accept it with one press. Any other one is told to the customer with what is
wrong, and to staff once they have the request.
"""

import dataclasses
import re

from domain.desk import approving, blanks, letter_seals, signing
from domain.desk.answering import go_on
from domain.desk.answering import take as answer_with
from domain.desk.asking import ask_open_or_say, is_busy_elsewhere, name_of, open_question
from domain.desk.awaiting_copies import expect, is_wanted, name_company
from domain.desk.blanks import Printed
from domain.desk.copies_named import judged_as
from domain.desk.following_paper import PRINT as PRINT
from domain.desk.following_paper import print_letters
from domain.desk.heard import Document, Heard
from domain.desk.on_paper import (
    COMPLETE,
    COPY,
    COPY_SAID,
    KNOWN,
    LOOK,
    PARTLY,
    PRINTED,
    TAKEN,
    UNSURE,
    as_kept,
    doubts_here,
    pages_here,
    said_of,
    stamp_of,
    was_accepted,
)
from domain.desk.signer_links import SIGNS
from domain.desk.state import Changes, Errand, Moment, Paper, State
from domain.desk.taking_in import accept
from domain.desk.turn import Turn, at_errand
from domain.intake.given import Given
from domain.intake.questions import BY_ID
from domain.intake.showing import UNNAMED
from domain.masking import mask_file_name
from domain.orders.phases import is_ended
from domain.papers.authorization import authorized_person
from domain.papers.copies import Found, Known, Page, judge_copy
from domain.papers.letter import LETTER, orders_of
from domain.policy import Policy
from domain.values import Value, replace
from domain.wordkeys import LINE, nested

READ = "read_copy"  # the errand that reads one
READ_EITHER = "read_either"  # the errand that reads a file of an album: the letter, or the bill that came with it
LIST_DIFFERS = "list_differs"  # why none is printed: the numbers kept of a list are not those agreed to
_SAYS = re.compile(r"\b(?:signed|signature|letter|loa|authori[sz]ation)\b", re.IGNORECASE)
_SAYS_BILL = re.compile(r"\b(?:bill|invoice|statement)s?\b", re.IGNORECASE)
_WHOLE = ("signed", "complete")
_MARRED = ("hidden", "inked")  # what a doubt begins with that its sender can do something about


class ReadCopy(Value, frozen=True):
    """A copy as it was stored and read. `letters`: the codes of the letters to be signed, which `stamp` tells apart.

    `came`: the SHA-256 (hex) of the file as it came; `kept`: as it is kept, of a photo the picture alone.
    """

    object_key: str
    mime: str
    size: int
    pages: tuple[Page, ...]
    letters: tuple[str, ...]
    stamp: str
    came: str
    kept: str


def wish_for_paper(turn: Turn) -> bool:
    """Have the letter printed for whoever wants to sign it on paper; tell whether it is to be signed at all."""
    if not expect(turn):
        return False
    case = turn.the_case()
    print_letters(turn, case)
    return True


def is_copy(turn: Turn, heard: Heard) -> bool:
    """Tell whether a file is the signed letter: where the signature alone is asked for, or it was announced.

    What stands under it decides, where that is "signed", or "here is my bill". Telegram has that under one file of an
    album alone: the others are looked at, and may be the bill nevertheless.
    """
    case, question = turn.case, open_question(turn)
    if case is None or is_ended(case.phase) or (question is not None and question.document):
        return False
    if not (is_wanted(case) or KNOWN in case.answers):
        return False
    if _says_which(heard):
        return _SAYS.search(heard.text) is not None
    is_asked = question is not None and question.id in SIGNS
    is_looked_for = is_asked or KNOWN in case.answers or COPY in _kinds_of(turn, heard.album)
    return is_looked_for and (heard.album != "" or not _is_bill_owed(turn))


def _says_which(heard: Heard) -> bool:
    return bool(_SAYS.search(heard.text) or _SAYS_BILL.search(heard.text))


def _kinds_of(turn: Turn, album: str) -> set[str]:
    """Return what files of an album were taken for; none where there is no album."""
    return {each.kind for each in turn.papers if album and each.album == album}


def _is_bill_owed(turn: Turn) -> bool:
    return turn.the_case().answer("bill") == ("later",) and not signing.has_bill(turn)


def take(turn: Turn, document: Document, heard: Heard) -> None:
    """Have a file read as a signed copy of the letter."""
    name_company(turn)
    case = turn.the_case()
    name = mask_file_name(document.name)[:120]
    head = (turn.moment.new_id(), case.request.id, COPY, "wanted", document.file_id, name, document.mime)
    is_next_of_album = bool(_kinds_of(turn, heard.album))
    paper = Paper(*head, document.size, heard.message_id, turn.moment.now, album=heard.album)
    turn.put_paper(paper)
    turn.run_errand(READ_EITHER if heard.album and not _says_which(heard) else READ, paper.id)
    if not is_next_of_album:
        turn.say("copy.reading")


def blank_printed(state: State, moment: Moment, errand: Errand, made: Printed, policy: Policy) -> Changes:
    """Send a letter that is to be signed on paper; one that was printed as its request changed is void already."""
    turn, paper = at_errand(state, moment, errand, policy)
    if paper is None:
        return turn.changes()
    blanks.remember(turn, made.code)
    blanks.keep(turn, paper, made)
    letter_seals.follow(turn)
    if any(each.id == paper.id and each.status == "kept" for each in turn.papers):
        turn.say("copy.blank", {"file": made.object_key, "name": paper.name})
    return turn.changes()


def copy_read(state: State, moment: Moment, errand: Errand, read: ReadCopy, policy: Policy) -> Changes:
    """Take a copy in as what its codes say that it is, and what a pen wrote on it."""
    turn, paper = at_errand(state, moment, errand, policy)
    if paper is None:
        return turn.changes()
    case = turn.the_case()
    marks, good = pages_here(case)
    printed = case.answers.get(PRINTED)
    earlier = printed.value if printed is not None else ()
    found = judge_copy(read.pages, Known(read.letters, earlier, marks, good, doubts_here(case)))
    if found.finding == "sealed" and not any(each.kind == LETTER and each.object_key for each in turn.papers):
        found = Found("none")  # none of this request was ever sealed: somebody made that code up
    if found.marks and read.stamp != stamp_of(case):  # what the letters state changed while the copy was read
        found = Found("old")
    turn.note("copy_read", detail=found.finding)
    for sha256 in dict.fromkeys((read.came, read.kept)):
        turn.note(blanks.COPY_CAME, field=LETTER, detail=f"{paper.id} {COPY}", value=sha256)
    judged = judged_as(found.finding, tuple(code for page in read.pages for code in page.codes), found.marks)
    kept = replace(paper, object_key=read.object_key, mime=read.mime, size=read.size, refused=judged)
    is_early = not is_wanted(case)
    is_none = errand.kind == READ_EITHER and found.finding == "none" and not is_ended(case.phase)
    if is_none and (_is_bill_owed(turn) or "bill" in _kinds_of(turn, paper.album)):
        _take_bill(turn, paper)
    elif is_ended(case.phase) or signing.is_signed(case) or (case.phase == "intake" and is_early and not found.marks):
        _take_beside(turn, kept, found)
    else:
        _take_in(turn, kept, found)
    letter_seals.follow(turn)
    return turn.changes()


def _take_in(turn: Turn, paper: Paper, found: Found) -> None:
    """Take a file as the letter: accept it by its ink, or have it looked at, or say what is wrong with it."""
    case = turn.the_case()
    is_early, is_next = not is_wanted(case), pages_here(case)[0] != ()
    is_again = found.finding == "signed" and was_accepted(case)
    if is_again or (found.finding == "signed" and is_early):
        found = dataclasses.replace(found, finding="complete")
    _keep(turn, paper, found, is_next=is_next)
    if found.marks:
        state_now = COMPLETE if found.finding in _WHOLE else PARTLY
        turn.jot(KNOWN, as_kept(state_now, case, found.marks, found.good, found.doubts))
    if is_early and case.phase == "intake":
        ask_open_or_say(turn, "copy.not_yet")  # one step back was gone meanwhile
    elif found.finding == "signed":
        _accept_by_ink(turn)
    else:
        _tell(turn, found, is_again=is_again)


def _take_beside(turn: Turn, paper: Paper, found: Found) -> None:
    """Take a file that came though no letter is to be signed now: another copy, or no letter at all but a bill."""
    if is_ended(turn.the_case().phase):
        turn.put_paper(replace(paper, status=UNSURE))
        ask_open_or_say(turn, "copy.over", {"ref": name_of(turn.the_case().request)})
        return
    if found.finding == "none":
        _take_bill(turn, replace(paper, object_key=None, refused=None))
        return
    turn.put_paper(replace(paper, status=UNSURE))
    is_again = signing.is_signed(turn.the_case()) and found.finding != "other"
    ask_open_or_say(turn, "copy.again" if is_again else f"copy.{found.finding}")


def _take_bill(turn: Turn, paper: Paper) -> None:
    """Take a file that is no letter of ours for the bill, or a page of it.

    Before the letter is signed the check is not asked for again: the letter may come with the bill, and be read next.
    """
    is_next = "bill" in _kinds_of(turn, paper.album)
    turn.put_paper(replace(paper, kind="bill"))
    turn.run_errand("fetch_bill", paper.id)
    if _is_bill_owed(turn) and turn.the_case().phase != "intake":
        answer_with(turn, BY_ID["bill"], Given((paper.name or UNNAMED,)))
    if not is_next:
        ask_open_or_say(turn, "bill.kept_early")


def _keep(turn: Turn, paper: Paper, found: Found, *, is_next: bool) -> None:
    """Keep a copy as the signed letter once all of it is here, with its pages that came before; until then for a look.

    `is_next`: pages of the same letter are here already.
    """
    status = "kept" if found.finding in _WHOLE else PARTLY if found.finding == "missing" else UNSURE
    if status != UNSURE:
        earlier = status if is_next else UNSURE  # what was begun of another letter never gets whole
        for each in turn.papers:
            if each.kind == COPY and each.status == PARTLY:
                turn.put_paper(replace(each, status=earlier))
    turn.put_paper(replace(paper, status=status))


def _accept_by_ink(turn: Turn) -> None:
    """Accept a copy on which everything is there, tell customer and staff, and go on with what comes next."""
    was_with_desk = signing.is_with_desk(turn.the_case())
    accept(turn, "read", "")
    signing.signed(turn)
    case = turn.the_case()
    if was_with_desk:
        turn.post("thread.copy_signed", {"signer": authorized_person(case)}, buttons=TAKEN)
    if is_busy_elsewhere(turn):
        signing.everything_answered(turn)
        turn.say("copy.signed", {"ref": name_of(case.request)})
    else:
        lead = {"ref": name_of(case.request)}
        go_on(turn, BY_ID["signature"], Given((), lead="copy.signed", params=lead))


def copy_refused(state: State, moment: Moment, errand: Errand, reason: str, policy: Policy) -> Changes:
    """Tell the customer of a file that cannot be had or read; `reason` is a wording key's last part."""
    turn, paper = at_errand(state, moment, errand, policy)
    if paper is not None:
        turn.put_paper(replace(paper, status="refused", refused=reason))
        turn.note("copy_refused", detail=reason)
        if reason == LIST_DIFFERS:
            turn.post_to_desk("desk.list_differs", {"ref": turn.the_case().request.ref})
        ask_open_or_say(turn, f"copy.refused.{reason}")
    return turn.changes()


def _tell(turn: Turn, found: Found, *, is_again: bool) -> None:
    """Tell the customer what a copy is, and staff where they have the request; a complete one brings it to them.

    `is_again`: only that one was accepted before keeps it from being accepted.
    """
    case, is_whole = turn.the_case(), found.finding == "complete"
    is_new = is_whole and case.phase == "intake" and not approving.is_waiting(case)
    if is_new:
        signing.finish(turn)
    several = found.finding == "missing" and len(orders_of(case)) > 1
    pages = ", ".join(str(page) for _, page in found.missing)
    if several:
        pages = LINE.join(nested("copy.page_of", page=str(page), letter=str(letter)) for letter, page in found.missing)
    key = "missing_of" if several else found.finding
    turn.jot(COPY_SAID, (stamp_of(case), key, pages))
    if signing.is_with_desk(turn.the_case()) and not is_new:
        why = nested("copy.why.again" if is_again else f"copy.why.{key}", pages=pages, doubts=said_of(found.doubts))
        turn.post("thread.copy_complete" if is_whole else "thread.copy_unsure", {"why": why}, buttons=LOOK)
        turn.refresh_card()
    if not (found.finding == "missing" and _comes_more(turn)):
        old = ["copy.with_old"] if found.has_old else []
        params = {"pages": pages, "ref": name_of(case.request), "doubts": said_of(found.doubts)}
        doubts = {doubt.partition("_")[0] for _, doubt in found.doubts}
        marred = [f"copy.{kind}" for kind in _MARRED if is_whole and kind in doubts]
        turn.say("+".join((f"copy.{key}_marred" if marred else f"copy.{key}", *marred, *old)), params)


def _comes_more(turn: Turn) -> bool:
    """Tell whether another copy came already, which is still to be read."""
    return any(paper.kind == COPY and paper.status == "wanted" for paper in turn.papers)
