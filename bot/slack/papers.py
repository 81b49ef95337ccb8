"""What a card says of a request's papers: the bill and until when carriers take it, the CSR, the letter's seal."""

from datetime import timedelta

from domain.desk.ages import BILL_DATE, bill_age
from domain.desk.blanks import VOID
from domain.desk.keeping import Sheet
from domain.desk.letter_seals import is_failing
from domain.desk.on_paper import accepted_by, is_unseen, lies
from domain.orders.model import Case
from domain.papers.letter import LETTER
from domain.policy import Policy
from domain.wordkeys import nested


def bill(sheet: Sheet, policy: Policy) -> str:
    """Return how it stands with the bill, and of one that is here until when carriers take it."""
    age = bill_age(sheet.case, sheet.papers, policy)
    if age is None:
        return nested(f"staff.bill.{_without_bill(sheet)}")
    key = (
        "staff.bill.kept_latest" if age.is_latest else "staff.bill.kept" if _is_read(sheet) else "staff.bill.kept_told"
    )
    return nested(key, until=age.until.isoformat(), dated=(age.until - timedelta(days=policy.bill_days)).isoformat())


def _is_read(sheet: Sheet) -> bool:
    """Tell whether staff have noted the date on the bill themselves."""
    return BILL_DATE in sheet.case.answers


def _without_bill(sheet: Sheet) -> str:
    found = {p.status for p in sheet.papers if p.kind == "bill"}
    none = "none" if sheet.case.answer("bill") == ("none",) else "missing"
    return next((status for status in ("wanted", "refused") if status in found), none)


def csr(case: Case) -> str:
    """Return how it stands with the carrier's record, where the customer was asked for it."""
    given = case.answers.get("csr")
    if given is None:
        return ""
    return nested(
        "staff.csr.asked" if given.reopened else "staff.csr.none" if given.value == ("none",) else "staff.csr.here"
    )


def on_paper(case: Case) -> str:
    """Return who accepted the letter that is signed on paper, and where it lies where that was said."""
    who, where = accepted_by(case), lies(case)
    if not who:
        return nested("staff.letter.by_ink")
    key = "unseen" if is_unseen(case) else "by_staff_at" if where else "by_staff"
    return nested(f"staff.letter.{key}", staff=who, lies=where)


def seal(sheet: Sheet) -> str:
    """Return how it stands with the seals of the letters that are signed now, or that one is void; else nothing."""
    given = sheet.case.answers.get("signature")
    letters = [paper for paper in sheet.papers if paper.kind == LETTER]
    found = {paper.status for paper in letters if given is not None and paper.message_id == given.seq}
    if given is None and any(paper.status == VOID for paper in letters):
        return nested("staff.letter.void")
    if is_failing(sheet.case, sheet.papers):
        return nested("staff.letter.not_sealed")
    words = (("wanted", "sealing"), ("kept", "sealed"))
    return next((nested(f"staff.letter.{word}") for status, word in words if status in found), "")
