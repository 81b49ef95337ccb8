"""Letters that are printed to be signed on paper: known by file and code, and void once they are not to be signed.

Such a letter is a paper of the kind `blank_letter`, one for each order, whose `message_id` tells of which letters of
its request it is one (`stamp_mark`).
"""

from domain.desk.on_paper import KNOWN, is_accepted, stamp_of
from domain.desk.on_paper import PRINTED as CODES
from domain.desk.state import Paper
from domain.desk.turn import Turn
from domain.papers.letter import LETTER
from domain.papers.verdicts import code_value
from domain.values import Value, replace

BLANK = "blank_letter"
VOID = "void"  # a status of letters
PRINTED, CODED = "blank_printed", "coded"  # how history calls it: a file, and the code on its pages
BLANK_VOID, BLANK_STANDS = "blank_void", "blank_stands"
UNSIGNED = "unsigned"  # behind the paper's id in history, as `COPY` is behind that of a copy that came signed
COPY_CAME = "copy_came"  # how history calls a copy's file; which of them counted, it tells apart


class Printed(Value, frozen=True):
    """A letter as it was printed to be signed. `sha256`: of the file, hex; `size` in bytes; `code`: of its pages.

    `stamp`: what tells the letters of a request from its earlier ones.
    """

    object_key: str
    size: int
    sha256: str
    code: str
    stamp: str


def stamp_mark(stamp: str) -> int:
    """Return a number for what tells letters apart (hex), by which a paper knows its own; 0 for none."""
    return int(stamp[:12] or "0", 16)


def keep(turn: Turn, paper: Paper, made: Printed) -> None:
    """Keep a letter that was printed, and note by what it is known."""
    mark = stamp_mark(made.stamp)
    turn.put_paper(replace(paper, status="kept", message_id=mark, object_key=made.object_key, size=made.size))
    turn.note(PRINTED, field=LETTER, detail=f"{paper.id} {UNSIGNED}", value=made.sha256)
    note_code(turn, f"{paper.id} {UNSIGNED}", made.code)


def remember(turn: Turn, code: str) -> None:
    """Remember a letter's code, by which a copy of it is known as one of this request whatever it states by then."""
    known = turn.the_case().answers.get(CODES)
    turn.jot(CODES, tuple(dict.fromkeys((*(known.value if known is not None else ()), code))))


def note_code(turn: Turn, detail: str, code: str) -> None:
    """Note the code of a letter. `detail`: the paper's id, and behind it what is no sealed letter (`UNSIGNED`)."""
    turn.note(CODED, field=LETTER, detail=detail, value=code_value(code))


def current(turn: Turn, stamp: str) -> list[Paper]:
    """Return the printed letters that a pen may sign now."""
    mark = stamp_mark(stamp)
    return [each for each in turn.papers if each.kind == BLANK and each.status == "kept" and each.message_id == mark]


def follow(turn: Turn) -> None:
    """At the end of a turn, let letters be void that are not to be signed any more, and count that are so again.

    What a pen signed is the very letter that was printed: it stands by its stamp of then, whatever tells letters apart
    in this release, and however orders were parted since.
    """
    case = turn.case
    blanks = [paper for paper in turn.papers if paper.kind == BLANK and paper.object_key]
    if case is None or not blanks:
        return
    signed, accepted = case.answers.get("signature"), is_accepted(case)
    is_signed = signed is not None and not signed.reopened
    stamp = case.answers[KNOWN].value[1] if accepted else stamp_of(case)
    if not (stamp or is_signed):  # something is being given anew: it may become what it was
        return
    is_open = not is_signed or accepted
    for paper in blanks:
        is_wanted = is_open and paper.message_id == stamp_mark(stamp)
        if is_wanted != (paper.status == "kept"):
            turn.put_paper(replace(paper, status="kept" if is_wanted else VOID))
            turn.note(BLANK_STANDS if is_wanted else BLANK_VOID, detail=str(paper.id))
