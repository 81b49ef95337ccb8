"""Taking the letter as signed on paper, letting it wait again, and telling staff of a request that is signed so."""

from domain.desk import blanks
from domain.desk.on_paper import (
    ACCEPTED,
    COMPLETE,
    COPY,
    KNOWN,
    LOOK,
    LOOKED_AT,
    TAKEN,
    TAKEN_ONCE,
    WANTED,
    as_kept,
    doubts_here,
    is_accepted,
    is_complete,
    pages_here,
    said_of,
    stamp_of,
    stated_in,
)
from domain.desk.signer_links import link_of, take_back
from domain.desk.turn import Turn
from domain.intake.about import is_someone_elses
from domain.orders.model import Case
from domain.papers.authorization import TEXT_VERSION, authorized_person, facts_digest
from domain.papers.marks import read_mark
from domain.values import replace

COPY_ACCEPTED, COPY_WAITS = "copy_accepted", "copy_waits"  # how history calls it; `copy_void` and `copy_stands` too


def accept(turn: Turn, source: str, who: str) -> None:
    """Take the letter as signed on paper, by whoever is to sign it. `who`: of the staff; empty: its ink was enough.

    The copies that are here are kept as the letter, also where none of them was known to be it.
    """
    case, link = turn.the_case(), link_of(turn.the_case())
    copies = [paper for paper in turn.papers if paper.kind == COPY]
    if not (is_complete(case) or any(paper.status == "kept" for paper in copies)):
        copies = [replace(paper, status="kept") if paper.status in LOOKED_AT else paper for paper in copies]
        for paper in copies:
            turn.put_paper(paper)
    if link is not None and link.is_open:
        take_back(turn, link, "by_hand")
    turn.answer("signature", (authorized_person(case), TEXT_VERSION, facts_digest(case)), source=source)
    signed = str(turn.the_case().answers["signature"].seq)
    kept = tuple(str(paper.id) for paper in copies if paper.status == "kept")
    _note_accepted(turn, case, kept)
    turn.jot(KNOWN, (ACCEPTED, stamp_of(case), signed, who, *kept))
    before = case.answers.get(TAKEN_ONCE)
    turn.jot(TAKEN_ONCE, (*(before.value if before is not None else ()), stated_in(case)))


def _note_accepted(turn: Turn, case: Case, kept: tuple[str, ...]) -> None:
    """Note which files are the letter now, so that each is known again, and so is another scan by its code.

    The sheets that it may have been signed on are noted with them: staff accept one whose code nothing could read, too.
    A letter that came without a file leaves nothing to compare with.
    """
    if not kept:
        return
    blank = (str(paper.id) for paper in blanks.current(turn, stamp_of(case)))
    turn.note(COPY_ACCEPTED, detail=" ".join((*kept, *blank)))
    marks = (read_mark(text) for text in pages_here(case)[0])
    for code in sorted({mark.code for mark in marks if mark is not None}):
        blanks.note_code(turn, f"{kept[0]} {COPY}", code)


def give_back(turn: Turn) -> None:
    """Let a letter wait to be looked at again that staff had accepted."""
    case = turn.the_case()
    if is_accepted(case):
        turn.note(COPY_WAITS)
        turn.jot(KNOWN, as_kept(WANTED if is_someone_elses(case) else COMPLETE, case, (), ()))


def post_new(turn: Turn) -> None:
    """Tell staff of a new request that its customer signs: here, or on paper, which they may have to look at."""
    case = turn.the_case()
    ref = {"ref": case.request.ref}
    if is_accepted(case):
        turn.post("thread.new_on_paper", ref, buttons=TAKEN)
    elif is_complete(case):
        turn.post("thread.new_to_look", {**ref, "doubts": said_of(doubts_here(case))}, buttons=LOOK)
    else:
        turn.post("thread.new", ref)
