"""A letter signed on paper: asked for, sent back, told by its codes, and accepted by a person with one press."""

from functools import partial

import pytest

from domain.desk.blanks import BLANK, Printed
from domain.desk.copies import COPY, PRINT, READ, ReadCopy, blank_printed, copy_read, copy_refused, is_complete
from domain.desk.heard import Document
from domain.orders.model import Case
from domain.papers.authorization import facts_digest
from domain.papers.copies import Page, judge_copy
from domain.papers.letter import letters_of
from domain.papers.marks import Mark, write_mark
from domain.papers.verdicts import code_value
from tests.domain.office import Office
from tests.domain.talk import POLICY, Shown, Talk
from tests.domain.test_companies import with_manager
from tests.domain.test_signers import awaiting

SCAN = Document("file-9", "scan.pdf", "application/pdf", 900)
CODE, OTHER = "ab" * 16, "cd" * 16


def page(code: str, place: int, of: int = 2, side: int = 1200) -> Page:
    return Page((write_mark(Mark(code, place, of)),), side)


@pytest.mark.parametrize(
    ("pages", "finding", "missing"),
    [
        ([page(CODE, 1), page(CODE, 2)], "complete", ()),
        ([page(CODE, 2)], "missing", (1,)),
        ([page(CODE, 1), page(CODE, 2, side=500)], "small", ()),
        ([page(OTHER, 1), page(OTHER, 2)], "other", ()),
        ([Page((), 1200)], "none", ()),
        ([Page(("https://example.com",), 1200)], "none", ()),
        ([], "none", ()),
        ([page(CODE, 1), page(CODE, 2), page(OTHER, 1)], "complete", ()),
    ],
)
def test_a_copy_is_told_by_the_codes_on_its_pages(pages: list[Page], finding: str, missing: tuple[int, ...]) -> None:
    found = judge_copy(pages, [CODE])
    assert (found.finding, found.missing) == (finding, missing)


def test_pages_that_came_before_count_and_each_letter_has_to_be_there() -> None:
    first = judge_copy([page(CODE, 1)], [CODE, OTHER])
    assert judge_copy([page(CODE, 2)], [CODE, OTHER], first.marks).finding == "missing"
    both = judge_copy([page(CODE, 2), page(OTHER, 1, 1)], [CODE, OTHER], first.marks)
    assert both.finding == "complete"
    assert judge_copy([page(CODE, 2)], [CODE], [write_mark(Mark(OTHER, 1, 2))]).missing == (1,)


def to_sign() -> Talk:
    talk = Talk()
    talk.until("signature")
    return talk


def read(talk: Talk, pages: list[Page], case: Case | None = None) -> list[Shown]:
    """Read every copy that is wanted, as pages with these codes; `case`: as it was when the reading began."""
    case = case or talk.case()
    codes, facts = tuple(letter.code for letter in letters_of(case, POLICY.company)), facts_digest(case)
    shown: list[Shown] = []
    for errand in [each for each in talk.errands.values() if each.kind == READ]:
        decide = partial(copy_read, errand=errand, read=ReadCopy("k", "image/jpeg", 9, tuple(pages), codes, facts))
        shown += talk._step(errand.request_id, f"errand:{errand.id}", partial(decide, policy=POLICY))
    return shown


def statuses(talk: Talk) -> list[str]:
    return [paper.status for paper in talk.papers.values() if paper.kind == COPY]


def ours(talk: Talk) -> str:
    return letters_of(talk.case(), POLICY.company)[0].code


def test_whoever_wants_to_sign_on_paper_is_sent_the_letter() -> None:
    talk = to_sign()
    shown = talk.say("Can I sign it on paper?")
    assert "Print it" in shown[0].text
    [errand] = [each for each in talk.errands.values() if each.kind == PRINT]
    decide = partial(blank_printed, errand=errand, made=Printed("blank", 900, "ab" * 32, "cd" * 16), policy=POLICY)
    [sent] = talk._step(errand.request_id, f"errand:{errand.id}", decide)
    assert (sent.owed.params["file"], [p.status for p in talk.papers.values() if p.kind == BLANK]) == (
        "blank",
        ["kept"],
    )
    noted = {row.what: (row.detail, row.value) for row in talk.history if row.field == "letter"}
    detail = f"{errand.subject} unsigned"
    assert noted == {"blank_printed": (detail, "ab" * 32), "coded": (detail, code_value("cd" * 16))}


def printed(talk: Talk) -> str:
    """Have the letter printed to be signed on paper; return its status."""
    talk.say("Can I sign it on paper?")
    for errand in [each for each in talk.errands.values() if each.kind == PRINT]:
        made = Printed(f"blank-{errand.subject}", 900, "ab" * 32, "cd" * 16)
        talk._step(
            errand.request_id, f"errand:{errand.id}", partial(blank_printed, errand=errand, made=made, policy=POLICY)
        )
    return blank_of(talk)


def blank_of(talk: Talk) -> str:
    return next(p.status for p in talk.papers.values() if p.kind == BLANK)


def test_a_letter_on_paper_is_void_once_it_is_signed_in_another_way() -> None:
    talk = to_sign()
    assert printed(talk) == "kept"
    talk.say("Maria Alvarez")
    assert blank_of(talk) == "void"
    assert [row.what for row in talk.history if row.what.startswith("blank_")] == ["blank_printed", "blank_void"]


def test_a_letter_on_paper_is_void_when_what_it_states_changes_and_stands_again_with_it() -> None:
    talk = to_sign()
    assert printed(talk) == "kept"
    talk.command("back")
    for name, status in (("Maria Jones", "void"), ("Maria Alvarez", "kept")):
        talk.press("change.name")
        talk.say(name)
        assert blank_of(talk) == status


def test_a_whole_copy_goes_to_staff_who_accept_it_with_one_press() -> None:
    talk = to_sign()
    talk.document(SCAN)
    [shown] = read(talk, [page(ours(talk), 1), page(ours(talk), 2)])
    assert "every page is there" in shown.text
    assert talk.request.status == "awaiting_documents"
    post = next(each for each in talk.owed if each.key == "thread.copy_complete")
    assert [choice.code for row in post.buttons for choice in row] == ["papers.open", "letter"]
    assert not talk.staff("letter").error
    assert talk.case().answers["signature"].source == "staff"
    assert talk.request.status == "staff_review"
    assert [paper.kind for paper in talk.papers.values() if paper.kind == "letter"] == []  # no seal of ours on it


def test_a_letter_of_ones_own_is_not_accepted_without_a_whole_copy() -> None:
    talk = to_sign()
    talk.document(SCAN)
    read(talk, [page(ours(talk), 1)])
    assert talk.request.status == "intake"
    assert talk.staff("letter").error


def test_a_missing_page_may_follow() -> None:
    talk = to_sign()
    talk.document(SCAN)
    [shown] = read(talk, [page(ours(talk), 1)])
    assert "pages are missing: 2" in shown.text
    talk.document(SCAN)
    [shown] = read(talk, [page(ours(talk), 2)])
    assert "every page is there" in shown.text


def test_a_copy_of_what_the_letter_said_before_is_none_of_what_it_says_now() -> None:
    talk = to_sign()
    before = ours(talk)
    talk.say("the name on the bill is Maria Jones")
    assert ours(talk) != before
    talk.press("correct")
    talk.document(SCAN)
    [shown] = read(talk, [page(before, 1), page(before, 2)])
    assert "not the one that is to be signed now" in shown.text


@pytest.mark.parametrize("question", ["address", "name"])
def test_a_copy_that_is_read_while_its_letter_changes_is_none_of_the_new_one(question: str) -> None:
    talk = to_sign()
    talk.document(SCAN)
    before, code = talk.case(), ours(talk)
    while question in talk.case().answers:
        talk.command("back")
    [shown] = read(talk, [page(code, 1), page(code, 2)], before)
    assert "not the one that is to be signed now" in shown.text
    assert talk.request.status == "intake"
    assert not is_complete(talk.case())
    assert statuses(talk) == ["unsure"]


def test_a_copy_brings_no_request_to_the_desk_that_went_back_before_its_check() -> None:
    talk = to_sign()
    talk.document(SCAN)
    talk.command("back")
    [shown] = read(talk, [page(ours(talk), 1), page(ours(talk), 2)])
    assert "something else has to be answered before" in shown.text
    assert (talk.request.status, talk.chat.asked) == ("intake", "review")
    talk.press("correct")
    talk.document(SCAN)
    read(talk, [page(ours(talk), 1)])
    assert talk.request.status == "awaiting_documents"


def test_a_second_whole_copy_asks_no_administrator_again() -> None:
    _, ben = with_manager(Office())
    ben.until("signature")
    ben.document(SCAN)
    ben.document(SCAN)
    read(ben, [page(ours(ben), 1), page(ours(ben), 2)])
    assert (ben.request.status, ben.request.approval) == ("intake", "waiting")
    assert [owed.key for owed in ben.owed].count("approval.ask") == 1


# what is kept as a letter


@pytest.mark.parametrize("pages", [[Page((), 1200)], [page(OTHER, 1), page(OTHER, 2)], []])
def test_a_file_that_is_not_known_as_the_letter_is_not_kept_for_years(pages: list[Page]) -> None:
    talk = to_sign()
    talk.document(SCAN)
    read(talk, pages)
    talk.answer("signature")
    talk.answer("pin")
    talk.document()
    talk.run_errands()
    assert statuses(talk) == ["unsure"]
    for verb in ("submit", "advance", "advance", "date", "complete"):
        talk.staff(verb, "2026-12-01" if verb == "date" else None)
        talk.forward(seconds=61)
    talk.command("delete_my_data")
    talk.press("delete.yes")
    assert "signature" in talk.case().answers  # the letter itself is kept
    assert statuses(talk) == []


def test_pages_that_come_one_by_one_are_the_letter_once_all_are_here() -> None:
    talk = to_sign()
    for place, status in ((1, "partly"), (2, "kept")):
        talk.document(SCAN)
        read(talk, [page(ours(talk), place)])
        assert set(statuses(talk)) == {status}


def test_a_page_of_what_the_letter_said_before_is_not_kept_with_the_new_one() -> None:
    talk = to_sign()
    talk.document(SCAN)
    read(talk, [page(ours(talk), 1)])
    talk.say("the name on the bill is Maria Jones")
    talk.press("correct")
    talk.document(SCAN)
    read(talk, [page(ours(talk), 1), page(ours(talk), 2)])
    assert statuses(talk) == ["unsure", "kept"]


def test_what_staff_accept_as_the_letter_of_somebody_else_is_kept() -> None:
    talk = awaiting(POLICY)
    talk.document(SCAN, "the signed letter")
    read(talk, [Page((), 1200)])
    assert statuses(talk) == ["unsure"]
    assert not talk.staff("letter").error
    assert statuses(talk) == ["kept"]


def test_a_bill_that_is_owed_is_no_copy_though_the_letter_is_to_be_signed_on_paper() -> None:
    talk = Talk()
    talk.until("bill")
    talk.press("later")
    for question in ("authority", "name", "address", "destination", "account", "review"):
        talk.answer(question)
    talk.say("Can I sign it on paper?")
    talk.document(SCAN, "signed letter")
    talk.document()
    assert [paper.kind for paper in talk.papers.values() if paper.kind != BLANK] == [COPY, "bill"]


@pytest.mark.parametrize("reason", ["too_large", "gone", "wrong_type", "unreadable", "not_printed"])
def test_a_copy_that_cannot_be_read_is_told_with_what_to_do(reason: str) -> None:
    talk = to_sign()
    talk.document(SCAN)
    [errand] = [each for each in talk.errands.values() if each.kind == READ]
    decide = partial(copy_refused, errand=errand, reason=reason, policy=POLICY)
    shown = talk._step(errand.request_id, f"errand:{errand.id}", decide)
    assert shown
    assert [paper.status for paper in talk.papers.values() if paper.kind == COPY] == ["refused"]


def test_a_file_at_any_other_question_is_still_the_bill() -> None:
    talk = Talk()
    talk.until("bill")
    talk.document()
    assert {paper.kind for paper in talk.papers.values()} == {"bill"}
