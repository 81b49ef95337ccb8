"""Files that a customer sends: a list of numbers, else kept as the bill, whether it was asked for or not."""

from domain.desk import bill_told, copies, signing
from domain.desk.answering import go_on, keep, take
from domain.desk.asking import ask_open_or_say, open_question
from domain.desk.gates import CSR
from domain.desk.heard import Document, Heard
from domain.desk.listing import hear_list, is_list
from domain.desk.passing import pass_on, speaks_of_a_secret
from domain.desk.speaking import take_opening
from domain.desk.state import Paper
from domain.desk.turn import Turn
from domain.intake.facts import facts_of
from domain.intake.given import Given
from domain.intake.opening import read_opening
from domain.intake.questions import BY_ID
from domain.intake.showing import UNNAMED
from domain.intake.trial import on_trial
from domain.orders.model import Case
from domain.orders.phases import is_ended
from domain.papers.sniff import LARGEST_PAPER
from domain.readers.secrets import mask_file_name

PAPER_TYPES = ("application/pdf", "image/jpeg", "image/png", "")


def hear_document(turn: Turn, heard: Heard) -> None:
    """Take a file as the bill, whether it was asked for or not, or as a list of numbers; say why if it is neither.

    The first thing that somebody sends may be the bill: a request begins with it.
    """
    document = heard.document
    _hear_caption(turn, heard)
    bill_told.hear_caption(turn, heard)
    if document is not None and is_list(document):
        hear_list(turn, document, heard)
        _take_beside(turn, heard)
    elif document is None or document.mime not in PAPER_TYPES:
        ask_open_or_say(turn, "bill.wrong_type")
    elif document.size > LARGEST_PAPER:
        ask_open_or_say(turn, "bill.too_large")
    elif copies.is_copy(turn, heard):
        copies.take(turn, document, heard)
    elif turn.case is not None and is_ended(turn.case.phase):
        ask_open_or_say(turn, "bill.after_the_move" if on_trial(turn.case) else "bill.request_over")
    else:
        _keep_paper(turn, turn.open_case(), document, heard)


def _hear_caption(turn: Turn, heard: Heard) -> None:
    """Let the desk read what stands under a file; a secret in it is taken out of the chat."""
    case = turn.case
    if not heard.text.strip():
        return
    if case is not None and signing.is_with_desk(case):
        pass_on(turn, heard)
    elif speaks_of_a_secret(heard.text):
        turn.delete_message(heard.message_id)


def _take_beside(turn: Turn, heard: Heard) -> None:
    """Take what the words under a list certainly say of anything but its numbers: "these leave Verizon Wireless"."""
    case = turn.case
    if case is None or case.phase != "intake":
        return
    said = facts_of(read_opening(heard.text, turn.policy.served), turn.state.ours)
    for question, got in said:
        is_asked = question in BY_ID and question not in ("numbers", "destination") and question not in case.answers
        if is_asked and BY_ID[question].needed(turn.the_case()):
            keep(turn, question, got)


def _keep_paper(turn: Turn, case: Case, document: Document, heard: Heard) -> None:
    """Keep a file as the bill: it answers the open question, or an earlier one than was asked; else it is one more."""
    question = open_question(turn)
    name = mask_file_name(document.name)[:120]
    album = [p.kind for p in turn.papers if heard.album and p.album == heard.album]
    kind = album[0] if album else question.id if question is not None and question.id == CSR else "bill"
    is_next_of_album = heard.album != "" and any(p.album == heard.album for p in turn.papers)
    paper = Paper(
        turn.moment.new_id(), case.request.id, kind, "wanted", document.file_id, name, document.mime,
        document.size, heard.message_id, turn.moment.now, album=heard.album,
    )  # fmt: skip
    turn.put_paper(paper)
    turn.run_errand("fetch_bill", paper.id)
    if is_next_of_album:
        return
    if signing.is_with_desk(case):
        turn.post("thread.sent_file")
    if question is not None and question.id == kind:
        paper_given = Given((name or UNNAMED,))
        take(turn, question, paper_given)
        go_on(turn, question, paper_given)
        return
    if case.answer("bill") in (None, ("later",)):
        take(turn, BY_ID["bill"], Given((name or UNNAMED,)))
    is_new = turn.state.case is None and turn.chat.asked is None and not turn.state.briefs
    lead = "start.welcome+bill.kept_early" if is_new else "bill.kept_early"
    if "numbers" in case.answers or not take_opening(turn, heard, lead):
        ask_open_or_say(turn, lead)
