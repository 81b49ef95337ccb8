"""Letters on paper follow their request: printed for each order, anew as it changes, and void with their signature."""

from domain.desk import signing
from domain.desk.awaiting_copies import is_wanted, name_company
from domain.desk.blanks import BLANK, VOID, stamp_mark
from domain.desk.on_paper import (
    ACCEPTED,
    COPY,
    KNOWN,
    PARTLY,
    WANTED,
    as_kept,
    is_accepted,
    papers_accepted,
    stamp_of,
)
from domain.desk.state import Paper
from domain.desk.turn import Turn
from domain.orders.model import Case
from domain.orders.phases import is_ended
from domain.papers.letter import file_name, orders_of
from domain.values import replace

PRINT = "print_blank"  # the errand that prints one


def print_letters(turn: Turn, case: Case) -> None:
    """Have a letter printed for each order; those that were printed before it carry another name."""
    taken = [paper.name for paper in turn.papers if paper.kind == BLANK]
    for place, order in enumerate(orders_of(case), 1):
        name = file_name(f"{case.request.ref}-to-sign-{place}", taken)
        head = (turn.moment.new_id(), case.request.id, BLANK, "wanted", str(order.id), name, "application/pdf", 0)
        paper = Paper(*head, stamp_mark(stamp_of(case)), turn.moment.now)
        turn.put_paper(paper)
        turn.run_errand(PRINT, paper.id)


def follow(turn: Turn) -> None:
    """Let letters on paper follow their request at the end of a turn: what no longer counts is void, and told so."""
    case = turn.case
    if case is None or KNOWN not in case.answers or is_ended(case.phase):
        return
    _follow_accepted(turn, case)
    name_company(turn)
    case = turn.the_case()
    if stamp_of(case) and case.answers[KNOWN].value[1] != stamp_of(case):
        _let_go(turn, case)
        if is_wanted(case):
            _print_anew(turn, case)


def _let_go(turn: Turn, case: Case) -> None:
    """Let copies of letters be void that are not to be signed any more: they are no part of what is signed later."""
    gone = [
        paper
        for paper in turn.papers
        if paper.kind == COPY and paper.status in ("kept", PARTLY) and str(paper.id) not in papers_accepted(case)
    ]
    for paper in gone:
        turn.put_paper(replace(paper, status=VOID))
    known = case.answers[KNOWN].value
    if gone and known[0] != ACCEPTED:
        turn.jot(KNOWN, (WANTED, known[1]))


def _follow_accepted(turn: Turn, case: Case) -> None:
    """Let copies be void whose signature fell, and count again where it was put back."""
    ids, stands = papers_accepted(case), is_accepted(case)
    was, now = ("void", "kept") if stands else ("kept", "void")
    turned = [paper for paper in turn.papers if str(paper.id) in ids and paper.status == was]
    for paper in turned:
        turn.put_paper(replace(paper, status=now))
    if turned:
        turn.note("copy_stands" if stands else "copy_void")
        if signing.is_with_desk(case):
            turn.post("thread.copy_stands" if stands else "thread.copy_void")
            turn.refresh_card()


def _print_anew(turn: Turn, case: Case) -> None:
    """Send the letters as they are now in place of those that were printed before their request changed."""
    for paper in [each for each in turn.papers if each.kind == BLANK and each.status == "wanted"]:
        turn.put_paper(replace(paper, status=VOID))  # it is not printed yet
    turn.jot(KNOWN, as_kept(WANTED, case, (), ()))
    print_letters(turn, case)
    turn.say("copy.renewed")
