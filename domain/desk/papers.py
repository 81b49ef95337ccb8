"""What comes back from an errand for a paper: kept, or refused with a reason."""

from domain.desk import ages, gates, signing
from domain.desk.asking import ask
from domain.desk.state import Changes, Errand, Moment, Paper, State
from domain.desk.turn import Rows, Turn
from domain.intake.choices import Choice
from domain.orders.phases import PAPERS, is_ended
from domain.values import replace

OPEN: Rows = ((Choice("papers.open", "talk.open_file"),),)  # under what tells staff of a file; it gives them a link


def bill_kept(state: State, moment: Moment, errand: Errand, object_key: str, mime: str, size: int) -> Changes:
    """Note that a bill is stored; a request that waited only for it goes to the desk's review."""
    turn = Turn(state, moment, "errand")
    turn.end_errand(errand.id)
    paper = _paper(turn, errand)
    if paper is None:  # forgotten at the customer's wish meanwhile
        return turn.changes()
    turn.put_paper(replace(paper, status="kept", object_key=object_key, mime=mime, size=size))
    turn.note(f"{paper.kind}_kept")
    if paper.kind == "bill":
        _forget_dates(turn, paper)
    if paper.kind == gates.CSR:
        gates.csr_kept(turn, OPEN)
    elif signing.is_with_desk(turn.the_case()):
        _tell_desk_and_customer(turn)
    elif turn.chat.taken_by is not None:
        turn.post("thread.bill_here", buttons=OPEN)
    return turn.changes()


def _forget_dates(turn: Turn, paper: Paper) -> None:
    """Forget the dates of the bill in whose place this one came; what was told with it, or since, is of this one."""
    told = turn.the_case().answers.get(ages.BILL_TOLD)
    turn.drop(ages.BILL_DATE)
    if told is not None and told.at < paper.at:
        turn.drop(ages.BILL_TOLD)


def _tell_desk_and_customer(turn: Turn) -> None:
    waited = turn.the_case().phase in PAPERS
    signing.hand_over_papers(turn)
    turn.post("thread.bill_here", buttons=OPEN)
    turn.refresh_card()
    if waited and turn.the_case().phase == "staff_review":
        signing.mark_moved(turn)
        turn.say("bill.arrived", {"ref": turn.the_case().request.ref})


def bill_refused(state: State, moment: Moment, errand: Errand, reason: str) -> Changes:
    """Note that a bill cannot be used, and ask for another; `reason` is a wording key's last part."""
    turn = Turn(state, moment, "errand")
    turn.end_errand(errand.id)
    paper = _paper(turn, errand)
    if paper is None:
        return turn.changes()
    turn.put_paper(replace(paper, status="refused", refused=reason))
    turn.note(f"{paper.kind}_refused", detail=reason)
    case = turn.the_case()
    if paper.kind == gates.CSR:
        gates.csr_refused(turn, reason)
        return turn.changes()
    if signing.has_bill(turn) or "bill" not in case.answers or is_ended(case.phase):
        return turn.changes()
    if case.answers["bill"].value != ("none",):  # who need not send one is asked for no other
        turn.reopen("bill")
    if signing.is_with_desk(case):
        turn.refresh_card()
    if turn.chat.focus == case.request.id:
        ask(turn, f"bill.refused.{reason}")
    else:
        turn.set_due("resume", case.request.id, moment.new_id(), moment.now)
    return turn.changes()


def _paper(turn: Turn, errand: Errand) -> Paper | None:
    return next((p for p in turn.papers if p.id == errand.subject), None)


def files_away(state: State, moment: Moment) -> Changes:
    """Tell the desk that documents cannot be stored or read now, and that nothing is lost."""
    turn = Turn(state, moment, "errand")
    turn.post_to_desk("desk.files_away", {})
    return turn.changes()
