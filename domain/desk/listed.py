"""What comes of a list: what its reading came to, and what a press about it does."""

from dataclasses import dataclass

from domain.desk.answering import answer
from domain.desk.asking import ask, ask_open_or_say, open_question
from domain.desk.heard import Heard
from domain.desk.listing import (
    CRASHED,
    ERASED,
    KIND,
    PENDING,
    REPORT,
    give_up,
    is_open,
    is_text,
    let_go,
    newest_list,
    offer_template,
    send_report,
    settle,
)
from domain.desk.state import Changes, Errand, Moment, Paper, State
from domain.desk.turn import Turn
from domain.errors import Unreadable
from domain.intake.lists import COLUMN, DROP, GO, OTHER_FILE, TEMPLATE, Found, write_ask, write_found
from domain.intake.lists import REPORT as ROW_BY_ROW
from domain.numbers.columns import Ask
from domain.orders.agreed import agreed_of
from domain.values import replace

_MOST_SHEETS = 6  # of a workbook that are named


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a file is kept, and how large it is."""

    object_key: str
    size: int


def list_looked(
    state: State, moment: Moment, errand: Errand, kept: Kept | None, came_to: Found | Ask | Unreadable,
    report: Kept | None = None, sheets: tuple[str, ...] = (),
) -> Changes:  # fmt: skip
    """Note what a list came to, and ask about it; one that was replaced or signed over meanwhile is given up.

    `kept` is None for a file that could not be fetched. `sheets`: of a workbook the one that was read, then the others
    with numbers.
    """
    turn = Turn(state, moment, "errand")
    turn.end_errand(errand.id)
    paper = next((p for p in turn.papers if p.id == errand.subject and p.status != ERASED), None)
    if paper is None:  # forgotten at the customer's wish meanwhile
        return turn.changes()
    if kept is not None:
        paper = replace(paper, status="kept", object_key=kept.object_key, size=kept.size)
        turn.put_paper(paper)
    if newest_list(turn) != paper or not is_open(turn.the_case()):
        _too_late(turn, paper)
        return turn.changes()
    let_go(turn, REPORT)
    if report is not None:
        turn.put_paper(_report_of(turn, paper, report))
    _tell(turn, paper, came_to, sheets)
    settle(turn)
    return turn.changes()


def _too_late(turn: Turn, paper: Paper) -> None:
    """Give a reading up, unless it is what was agreed to; where none is still to come, say that it came too late."""
    agreed = agreed_of(turn.the_case())
    if agreed is not None and agreed.paper == paper.id:
        return
    give_up(turn, paper)
    is_last = not any(each.kind == KIND and each.status == "wanted" for each in turn.papers)
    if is_last and not is_open(turn.the_case()):
        turn.say("list.too_late")


def _report_of(turn: Turn, paper: Paper, report: Kept) -> Paper:
    head = (turn.moment.new_id(), paper.request_id, REPORT, "kept", "", "row-by-row.csv", "text/csv", report.size)
    return Paper(*head, 0, turn.moment.now, object_key=report.object_key)


def _tell(turn: Turn, paper: Paper, came_to: Found | Ask | Unreadable, sheets: tuple[str, ...]) -> None:
    if isinstance(came_to, Unreadable):
        came_to = _of_its_kind(turn, paper, came_to)
        turn.put_paper(replace(paper, status="refused", refused=came_to.code))
        turn.note("list_refused", detail=came_to.code)
        for answered in ("list_ask", "list_columns"):
            turn.drop(answered)
        _ask(turn, came_to.code, came_to.params)
        return
    turn.drop("list_found")
    if isinstance(came_to, Ask):
        turn.answer("list_ask", write_ask(came_to), source="read")
    else:
        turn.answer("list_found", write_found(came_to), source="read")
        turn.note("list_read", detail=f"rows={came_to.rows} fine={came_to.fine}")
    if "numbers" in turn.the_case().answers:
        turn.reopen("numbers")
    known = {"sheet": sheets[0], "others": ", ".join(sheets[1:_MOST_SHEETS])} if len(sheets) > 1 else {}
    _ask(turn, "list.read_sheet" if known else "", known)


def _of_its_kind(turn: Turn, paper: Paper, why: Unreadable) -> Unreadable:
    """Word a failure of ours by the kind of file, and tell the desk of it; any other refusal is the file's own."""
    if why.code != CRASHED:
        return why
    kind = "CSV" if is_text(paper) else "XLSX"
    turn.post_to_desk("desk.list_crashed", {"ref": turn.the_case().request.ref, "kind": kind})
    return Unreadable("list.refused.crashed_text") if is_text(paper) else why


def _ask(turn: Turn, lead: str, params: dict[str, str]) -> None:
    """Ask what is open now; in a chat that has turned to another request, with the next word about this one."""
    case = turn.the_case()
    if turn.chat.focus == case.request.id:
        ask(turn, lead, params)
    else:
        turn.set_due("resume", case.request.id, turn.moment.new_id(), turn.moment.now)


def press_list(turn: Turn, heard: Heard) -> None:
    """Do what a button about a list says."""
    code, case = heard.code, turn.case
    if code == TEMPLATE:
        offer_template(turn)
    elif case is None or heard.form != case.request.id or case.phase != "intake":
        ask_open_or_say(turn, "press.stale")
    elif code == ROW_BY_ROW:
        send_report(turn)
    elif code == OTHER_FILE:
        turn.say("list.send_other")
    else:
        _choose(turn, heard)


def _choose(turn: Turn, heard: Heard) -> None:
    """Do what only a button of the newest asking may do."""
    question = open_question(turn)
    if question is None or question.id != "numbers" or heard.asking != turn.chat.asking:
        ask_open_or_say(turn, "press.stale")
    elif heard.code == DROP:
        _drop(turn)
    elif heard.code == GO or heard.code.startswith(COLUMN):
        answer(turn, question, heard.code)
    else:
        ask_open_or_say(turn, "press.stale")


def _drop(turn: Turn) -> None:
    """Put every list of the request away, so that its numbers are typed."""
    if agreed_of(turn.the_case()) is not None:
        turn.drop("numbers")
    for answered in (*PENDING, "list"):
        turn.drop(answered)
    let_go(turn)
    ask(turn, "list.dropped")
