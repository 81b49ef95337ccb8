"""A letter signed on paper: asked for, sent back, told by its codes, and accepted by a person with one press."""

from functools import partial

import pytest

from domain.desk.copies import BLANK, COPY, PRINT, READ, ReadCopy, blank_printed, copy_read, copy_refused
from domain.desk.heard import Document
from domain.papers.copies import Page, judge_copy
from domain.papers.letter import letters_of
from domain.papers.marks import Mark, write_mark
from tests.domain.talk import POLICY, Shown, Talk

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


def read(talk: Talk, pages: list[Page]) -> list[Shown]:
    """Read every copy that is wanted, as pages with these codes."""
    codes = tuple(letter.code for letter in letters_of(talk.case(), POLICY.company))
    shown: list[Shown] = []
    for errand in [each for each in talk.errands.values() if each.kind == READ]:
        decide = partial(copy_read, errand=errand, read=ReadCopy("k", "image/jpeg", 9, tuple(pages), codes))
        shown += talk._step(errand.request_id, f"errand:{errand.id}", partial(decide, policy=POLICY))
    return shown


def ours(talk: Talk) -> str:
    return letters_of(talk.case(), POLICY.company)[0].code


def test_whoever_wants_to_sign_on_paper_is_sent_the_letter() -> None:
    talk = to_sign()
    shown = talk.say("Can I sign it on paper?")
    assert "Print it" in shown[0].text
    [errand] = [each for each in talk.errands.values() if each.kind == PRINT]
    decide = partial(blank_printed, errand=errand, file=("blank", 900), policy=POLICY)
    [sent] = talk._step(errand.request_id, f"errand:{errand.id}", decide)
    assert (sent.owed.params["file"], [p.status for p in talk.papers.values() if p.kind == BLANK]) == (
        "blank",
        ["kept"],
    )


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
