"""A letter signed on paper: asked for, sent back, told by its codes, and accepted by its ink or by a person."""

from functools import partial

import pytest

from bot.slack.papers import on_paper
from bot.wording import slack_text
from domain.desk.blanks import BLANK, Printed
from domain.desk.copies import PRINT, READ, READ_EITHER, ReadCopy, blank_printed, copy_read, copy_refused
from domain.desk.copies_named import in_order, named
from domain.desk.heard import Document
from domain.desk.on_paper import COPY, accepted_by, is_accepted, is_complete, stamp_of
from domain.desk.wanted import of_customer, wanted
from domain.orders.model import Case
from domain.papers.copies import Known, Page, judge_copy
from domain.papers.letter import letters_of
from domain.papers.marks import Mark, write_mark
from domain.papers.pens import Ink, Seen, Worn
from domain.papers.verdicts import code_value
from tests.domain.office import Office
from tests.domain.standing import two_at_desk
from tests.domain.talk import POLICY, ROSA, Shown, Talk
from tests.domain.test_companies import with_manager
from tests.domain.test_letter_seals import seal
from tests.domain.test_signers import awaiting

SCAN = Document("file-9", "scan.pdf", "application/pdf", 900)
CODE, OTHER, OLD = "ab" * 16, "cd" * 16, "ef" * 16
PEN, DAY, NOTHING, DOT = Ink(140, 23, 500), Ink(40, 23, 220), Ink(0, 0, 0), Ink(20, 9, 25)
SIGNED, DOUBTFUL = (PEN, DAY), (DOT, DAY)


def page(
    code: str, place: int, of: int = 2, dpi: float = 150, fields: tuple[Ink | None, ...] = (), *worn: Worn
) -> Page:
    """Return a page. `fields`: what is written in those that it has; `worn`: what came of its parts."""
    mark = write_mark(Mark(code, place, of))
    return Page((mark,), (Seen(mark, dpi, 0.95, 1.0, fields, worn),))


def unmeasured(code: str, place: int, of: int = 2) -> Page:
    """Return a page that is known by its code alone."""
    mark = write_mark(Mark(code, place, of))
    return Page((mark,), (Seen(mark, 150),))


@pytest.mark.parametrize(
    ("pages", "finding", "missing"),
    [
        ([page(CODE, 1, fields=SIGNED), page(CODE, 2)], "signed", ()),
        ([page(CODE, 1, fields=DOUBTFUL), page(CODE, 2)], "complete", ()),
        ([page(CODE, 1, fields=(PEN, Ink(9, 9, 9))), page(CODE, 2)], "complete", ()),
        ([page(CODE, 1, fields=(None, DAY)), page(CODE, 2)], "complete", ()),
        ([page(CODE, 1, fields=(Ink(100, 20, 1500), DAY)), page(CODE, 2)], "complete", ()),  # a stain, and no strokes
        ([page(CODE, 1, fields=SIGNED), unmeasured(CODE, 2)], "complete", ()),
        ([page(CODE, 1, fields=(NOTHING, DAY)), page(CODE, 2)], "unsigned", ((1, 1),)),
        ([page(CODE, 1, fields=(PEN, NOTHING)), page(CODE, 2)], "undated", ((1, 1),)),
        ([page(CODE, 1, fields=(NOTHING, NOTHING)), page(CODE, 1, fields=SIGNED), page(CODE, 2)], "signed", ()),
        ([page(CODE, 2)], "missing", ((1, 1),)),
        ([page(CODE, 1, fields=SIGNED), page(CODE, 2, dpi=60)], "small", ((1, 2),)),
        ([page(OTHER, 1), page(OTHER, 2)], "other", ()),
        ([page(OLD, 1), page(OLD, 2)], "old", ()),
        ([page(OLD, 1), page(CODE, 2)], "missing", ((1, 1),)),
        ([Page(())], "none", ()),
        ([Page(("https://example.com",))], "none", ()),
        ([], "none", ()),
        ([page(CODE, 1, fields=SIGNED), page(CODE, 2), page(OTHER, 1)], "signed", ()),
    ],
)
def test_a_copy_is_told_by_the_codes_on_its_pages_and_by_a_pen(
    pages: list[Page], finding: str, missing: tuple[tuple[int, int], ...]
) -> None:
    found = judge_copy(pages, Known((CODE,), (OLD, CODE)))
    assert found.finding == finding
    assert found.missing == missing
    assert found.has_old == any(OLD.upper() in code for each in pages for code in each.codes)


@pytest.mark.parametrize(
    ("sharp", "found", "finding"),
    [(0.9, 1.0, "signed"), (0.5, 0.4, "blurred"), (0.58, 1.0, "complete"), (0.9, 0.4, "complete")],
)
def test_a_page_that_can_hardly_be_read_is_looked_at_and_one_that_cannot_is_asked_for_again(
    sharp: float, found: float, finding: str
) -> None:
    mark = write_mark(Mark(CODE, 1, 1))
    seen = Page((mark,), (Seen(mark, 150, sharp, found, SIGNED),))
    assert judge_copy([seen], Known((CODE,))).finding == finding


def test_pages_that_came_before_count_and_each_letter_has_to_be_there() -> None:
    both = (CODE, OTHER)
    first = judge_copy([page(CODE, 1, fields=SIGNED)], Known(both))
    assert first.missing == ((1, 2), (2, 1))
    second = judge_copy([page(CODE, 2)], Known(both, (), first.marks, first.good))
    assert (second.finding, second.missing) == ("missing", ((2, 1),))
    third = judge_copy([page(OTHER, 1, 1, fields=SIGNED)], Known(both, (), second.marks, second.good))
    assert third.finding == "signed"
    assert judge_copy([page(CODE, 2)], Known((CODE,), (), (write_mark(Mark(OTHER, 1, 2)),))).missing == ((1, 1),)


def to_sign() -> Talk:
    talk = Talk()
    talk.until("signature")
    return talk


def read(talk: Talk, pages: list[Page], case: Case | None = None, most: int = 9) -> list[Shown]:
    """Read copies that are wanted, the oldest first, as these pages; `case`: as it was when the reading began."""
    case = case or talk.case()
    codes = tuple(letter.code for letter in letters_of(case, talk.policy.company))
    read_now = ReadCopy("k", "image/jpeg", 9, tuple(pages), codes, stamp_of(case), *("cd" * 32,) * 2)
    shown: list[Shown] = []
    for errand in [each for each in talk.errands.values() if each.kind in (READ, READ_EITHER)][:most]:
        decide = partial(copy_read, errand=errand, read=read_now, policy=talk.policy)
        shown += talk._step(errand.request_id, f"errand:{errand.id}", decide)
    return shown


def print_all(talk: Talk) -> list[Shown]:
    """Print every letter that is wanted as it is by now."""
    shown: list[Shown] = []
    for errand in [each for each in talk.errands.values() if each.kind == PRINT]:
        letter = letters_of(talk.case(), talk.policy.company)[0]
        made = Printed(f"blank-{errand.id}", 900, "ab" * 32, letter.code, stamp_of(talk.case()))
        decide = partial(blank_printed, errand=errand, made=made, policy=talk.policy)
        shown += talk._step(errand.request_id, f"errand:{errand.id}", decide)
    return shown


def statuses(talk: Talk) -> list[str]:
    return [paper.status for paper in talk.papers.values() if paper.kind == COPY]


def ours(talk: Talk) -> str:
    return letters_of(talk.case(), talk.policy.company)[0].code


def test_whoever_wants_to_sign_on_paper_is_sent_the_letter() -> None:
    talk = to_sign()
    shown = talk.say("Can I sign it on paper?")
    assert "Print it" in shown[0].text
    [errand] = [each for each in talk.errands.values() if each.kind == PRINT]
    [sent] = print_all(talk)
    assert sent.owed.params["file"].startswith("blank")
    assert blank_of(talk) == "kept"
    noted = {row.what: (row.detail, row.value) for row in talk.history if row.field == "letter"}
    detail = f"{errand.subject} unsigned"
    assert noted == {"blank_printed": (detail, "ab" * 32), "coded": (detail, code_value(ours(talk)))}


def printed(talk: Talk) -> str:
    """Have the letter printed to be signed on paper; return its status."""
    talk.say("Can I sign it on paper?")
    print_all(talk)
    return blank_of(talk)


def blank_of(talk: Talk) -> str:
    return next(p.status for p in talk.papers.values() if p.kind == BLANK)


def test_a_letter_on_paper_is_void_once_it_is_signed_in_another_way() -> None:
    talk = to_sign()
    assert printed(talk) == "kept"
    talk.say("Maria Alvarez")
    assert blank_of(talk) == "void"
    assert [row.what for row in talk.history if row.what.startswith("blank_")] == ["blank_printed", "blank_void"]


def test_a_letter_that_a_pen_signed_is_the_one_that_was_printed_and_stands() -> None:
    talk = to_sign()
    assert printed(talk) == "kept"
    talk.document(SCAN)
    read(talk, [page(ours(talk), 1, fields=SIGNED), page(ours(talk), 2)])
    assert is_accepted(talk.case())
    talk.say("hello")
    assert blank_of(talk) == "kept"


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
    [shown] = read(talk, [page(ours(talk), 1, fields=DOUBTFUL), page(ours(talk), 2)])
    assert "every page is there" in shown.text
    assert talk.request.status == "awaiting_documents"
    post = next(each for each in talk.owed if each.key == "thread.new_to_look")
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
    [shown] = read(talk, [page(ours(talk), 1, fields=DOUBTFUL), page(ours(talk), 2)])
    assert "something else has to be answered before" in shown.text
    assert (talk.request.status, talk.chat.asked) == ("intake", "review")
    talk.press("correct")
    talk.document(SCAN)
    read(talk, [page(ours(talk), 1, fields=DOUBTFUL)])
    assert talk.request.status == "awaiting_documents"


def test_a_second_whole_copy_asks_no_administrator_again() -> None:
    _, ben = with_manager(Office())
    ben.until("signature")
    ben.document(SCAN)
    ben.document(SCAN)
    read(ben, [page(ours(ben), 1, fields=DOUBTFUL), page(ours(ben), 2)])
    assert (ben.request.status, ben.request.approval) == ("intake", "waiting")
    assert [owed.key for owed in ben.owed].count("approval.ask") == 1


# what is kept as a letter


@pytest.mark.parametrize("pages", [[Page(())], [page(OTHER, 1), page(OTHER, 2)], []])
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
    read(talk, [page(ours(talk), 1, fields=DOUBTFUL), page(ours(talk), 2)])
    assert statuses(talk) == ["void", "kept"]


def test_what_staff_accept_as_the_letter_of_somebody_else_is_kept() -> None:
    talk = awaiting(POLICY)
    talk.document(SCAN, "the signed letter")
    read(talk, [Page(())])
    assert statuses(talk) == ["unsure"]
    assert not talk.staff("letter").error
    assert statuses(talk) == ["kept"]


def test_a_letter_of_which_no_copy_is_here_is_accepted_only_with_where_it_lies_and_after_a_second_look() -> None:
    """A finding of a review: one typed command, and a letter counted that nobody had seen, for ever."""
    talk = awaiting(POLICY)
    assert talk.staff("letter", "").key == "letter.nowhere"
    assert "signature" not in talk.case().answers
    asked = talk.staff("letter", "by mail, folder of 11-23, box 48291", is_sure=False)
    assert asked.error
    risk = slack_text(asked.key, asked.params)
    assert "No copy of it is held here" in risk
    assert "by mail, folder of 11-23, box •••••" in risk  # figures may be a secret, a day is none
    assert talk.staff("letter", "by mail, in the folder of 11-23").key == "letter.done_unseen"
    card = slack_text("staff.card.fact", {"name": "", "value": on_paper(talk.case())})
    assert "no copy held here: by mail, in the folder of 11-23" in card
    post = next(each for each in talk.owed if each.key == "thread.letter_unseen")
    assert [choice.params for row in post.buttons for choice in row] == [{"argument": "signature"}]
    assert any("We note that the letter of Ann Lee is signed on paper." in s.text for s in talk.forward(seconds=61))
    assert talk.staff("undo").error
    assert not talk.staff("ask", "signature: page 2 is missing").error  # what *Not good…* does
    assert not is_accepted(talk.case())
    told = [shown.text for shown in talk.forward(seconds=61)]
    assert any("Ann Lee has to sign it once more" in each and "page 2 is missing" in each for each in told)
    assert any("Please forward the next message to Ann Lee" in each for each in told)
    assert talk.staff("letter", "").key == "letter.nowhere"
    assert not talk.staff("letter").error
    assert talk.request.status == "staff_review"


def test_each_file_that_was_sent_as_the_letter_is_named_by_what_it_is_and_the_accepted_one_stands_first() -> None:
    talk = to_sign()
    print_all(talk)
    for pages in (
        [Page(())],
        [page(OTHER, 1, 1)],
        [page(ours(talk), 1, fields=(NOTHING, NOTHING))],
        [page(ours(talk), 1, fields=SIGNED)],
        [page(ours(talk), 2)],
    ):
        talk.document(SCAN, "the signed letter")
        read(talk, pages)
    papers = in_order([each for each in talk.papers.values() if each.kind == COPY], talk.case())
    names = [named(each, talk.case())[0] for each in papers]
    assert names == ["accepted", "accepted", "none", "other", "unsigned"]
    talk.staff("ask", "signature: no good")
    papers = in_order([each for each in talk.papers.values() if each.kind == COPY], talk.case())
    assert [named(each, talk.case())[0] for each in papers] == ["none", "other", "unsigned", "void", "void"]


def test_pages_of_a_letter_whose_others_are_missing_are_named() -> None:
    talk = to_sign()
    talk.document(SCAN)
    read(talk, [page(ours(talk), 1, fields=SIGNED)])
    [copy] = [each for each in talk.papers.values() if each.kind == COPY]
    assert named(copy, talk.case()) == ("pages", {"pages": "1"})


def owing_the_bill() -> Talk:
    """Return a talk whose letter is to be signed on paper, and whose bill comes later."""
    talk = Talk()
    talk.until("bill")
    talk.press("later")
    for question in ("authority", "name", "address", "destination", "account", "review"):
        talk.answer(question)
    talk.say("Can I sign it on paper?")
    return talk


def test_a_bill_that_is_owed_is_no_copy_though_the_letter_is_to_be_signed_on_paper() -> None:
    talk = owing_the_bill()
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


# what is hidden or written on it


HIDDEN, STRUCK = Worn("numbers", hidden=1), Worn("numbers", struck=4.7)


@pytest.mark.parametrize(
    ("worn", "doubts"),
    [
        ((HIDDEN,), ["hidden_numbers"]),
        ((STRUCK,), ["inked_numbers"]),
        ((Worn("head", added=9.0), HIDDEN), ["hidden_numbers", "inked_head"]),
        ((Worn("states", struck=1.6, added=2.5),), []),  # dust
        ((Worn("foot", hidden=4), Worn("states", hidden=9, struck=8.0)), ["hidden_states"]),  # a sheet that was bent
    ],
)
def test_a_part_on_which_something_is_hidden_or_written_is_looked_at(worn: tuple[Worn, ...], doubts: list[str]) -> None:
    found = judge_copy([page(CODE, 1, 1, 150, SIGNED, *worn)], Known((CODE,)))
    assert found.finding == ("complete" if doubts else "signed")
    assert [doubt for _, doubt in found.doubts] == doubts


def test_a_hidden_part_is_told_to_both_sides_until_the_page_is_sent_again_and_can_be_read() -> None:
    talk = to_sign()
    talk.document(SCAN)
    [shown] = read(talk, [page(ours(talk), 1, 2, 150, SIGNED, HIDDEN)])
    assert "pages are missing: 2" in shown.text
    talk.document(SCAN)
    [shown] = read(talk, [page(ours(talk), 2)])
    assert "the telephone numbers cannot all be read" in shown.text
    assert "send that page again" in shown.text
    [post] = [each for each in talk.owed if each.key == "thread.new_to_look"]
    assert "the telephone numbers cannot all be read" in slack_text(post.key, post.params)
    talk.document(SCAN)
    read(talk, [page(ours(talk), 1, 2, 150, SIGNED)])
    assert is_accepted(talk.case())


def test_ink_on_what_is_printed_is_looked_at_and_told() -> None:
    talk = waiting()
    talk.document(SCAN)
    [shown] = read(talk, [page(ours(talk), 1, 2, 150, SIGNED, STRUCK), page(ours(talk), 2)])
    assert "nothing is changed by hand" in shown.text
    assert "something is written or struck out at the telephone numbers" in talk.posts[-1]
    assert not is_accepted(talk.case())


# a print of what was signed on a screen


def print_of_sealed(code: str) -> list[Page]:
    return [Page((), (), (write_mark(Mark(code, place, 3)),)) for place in (1, 2, 3)]


def test_a_print_of_the_letter_as_it_was_signed_on_a_screen_is_here_already() -> None:
    talk = to_sign()
    talk.say("Can I sign it on paper?")
    talk.answer("signature")
    seal(talk)
    talk.document(SCAN)
    [shown] = read(talk, print_of_sealed(ours(talk)))
    assert "here already" in shown.text
    assert COPY in [paper.kind for paper in talk.papers.values()]


def test_a_print_of_a_letter_whose_signature_on_a_screen_fell_is_no_letter_signed_with_a_pen() -> None:
    talk = to_sign()
    talk.answer("signature")
    seal(talk)
    talk.staff("ask", "signature: the carrier wants ink")
    talk.forward(seconds=61)
    talk.document(SCAN)
    [shown] = read(talk, print_of_sealed(ours(talk)))
    assert "as it was signed on a screen" in shown.text
    assert "as it was signed on a screen" in talk.posts[-1]
    assert [paper.status for paper in talk.papers.values() if paper.kind == COPY] == ["unsure"]
    assert not is_complete(talk.case())


def test_a_code_with_more_pages_is_nothing_where_no_letter_was_sealed() -> None:
    talk = to_sign()
    talk.document(SCAN)
    [shown] = read(talk, print_of_sealed(ours(talk)))
    assert "no code of our letter" in shown.text


def test_a_print_of_a_sealed_letter_that_stated_something_else_is_an_older_one() -> None:
    talk = to_sign()
    before = ours(talk)
    talk.answer("signature")
    seal(talk, code=before)
    talk.staff("edit", "name: Maria Jones")
    talk.forward(seconds=61)
    talk.document(SCAN)
    [shown] = read(talk, [page(before, 1, 2)])
    assert "an older letter of this request" in shown.text


# accepted by its ink


def accepted() -> Talk:
    """Return a talk in which the letter came signed on paper, and was taken in at once."""
    talk = to_sign()
    talk.say("Can I sign it on paper?")
    print_all(talk)
    talk.document(SCAN)
    read(talk, [page(ours(talk), 1, fields=SIGNED), page(ours(talk), 2)])
    return talk


def test_a_copy_on_which_a_pen_is_seen_is_accepted_at_once_and_told_to_both_sides() -> None:
    talk = to_sign()
    talk.document(SCAN)
    [shown] = read(talk, [page(ours(talk), 1, fields=SIGNED), page(ours(talk), 2)])
    assert "It is taken in" in shown.text
    assert (talk.case().answers["signature"].source, talk.chat.asked) == ("read", "pin")
    assert is_accepted(talk.case())
    assert talk.request.status == "staff_review"
    post = next(each for each in talk.owed if each.key == "thread.new_on_paper")
    assert [choice.code for row in post.buttons for choice in row] == ["papers.open", "ask"]
    assert "thread.new" not in [each.key for each in talk.owed]


def ids(talk: Talk, *kinds: str) -> list[str]:
    return [str(paper.id) for kind in kinds for paper in talk.papers.values() if paper.kind == kind]


def noted(talk: Talk, *whats: str) -> list[tuple[str, str, str]]:
    return [(row.what, row.detail, row.value) for row in talk.history if row.what in whats]


def test_history_knows_which_file_was_accepted_and_the_codes_that_are_on_it() -> None:
    talk = accepted()
    [copy], [blank] = ids(talk, COPY), ids(talk, BLANK)
    assert noted(talk, "copy_came", "copy_accepted", "coded") == [
        ("coded", f"{blank} unsigned", code_value(ours(talk))),
        ("copy_came", f"{copy} {COPY}", "cd" * 32),
        ("copy_accepted", f"{copy} {blank}", ""),
        ("coded", f"{copy} {COPY}", code_value(ours(talk))),
    ]


def test_history_knows_what_staff_accept_though_no_code_is_read_and_that_they_take_it_back() -> None:
    talk = awaiting(POLICY)
    talk.say("Can I sign it on paper?")
    print_all(talk)
    talk.document(SCAN, "the signed letter")
    read(talk, [Page(())])
    talk.staff("letter")
    talk.staff("undo")
    told = noted(talk, "copy_accepted", "copy_waits")
    assert told == [("copy_accepted", " ".join(ids(talk, COPY, BLANK)), ""), ("copy_waits", "", "")]


def test_staff_refuse_an_accepted_copy_which_is_void_then_and_the_customer_reads_why() -> None:
    talk = accepted()
    assert not talk.staff("ask", "signature: the name is not the one on the bill").error
    assert statuses(talk) == ["void"]
    assert "thread.copy_void" in [each.key for each in talk.owed]
    shown = talk.forward(seconds=61)
    assert any("the name is not the one on the bill" in each.text for each in shown)
    assert talk.chat.asked == "signature"
    talk.document(SCAN)
    [told] = read(talk, [page(ours(talk), 1, fields=SIGNED), page(ours(talk), 2)])  # the very same sheet
    assert "Our desk looks at the signature" in told.text
    assert not is_accepted(talk.case())
    post = next(each for each in talk.owed if each.key == "thread.copy_complete")
    assert "copy.why.again" in post.params["why"]
    assert not talk.staff("letter").error
    assert statuses(talk) == ["void", "kept"]


def test_a_copy_that_fell_is_not_accepted_by_its_ink_after_the_name_was_changed_there_and_back() -> None:
    talk = accepted()
    for name in ("Maria Jones", "Maria Alvarez"):
        talk.staff("edit", f"name: {name}")
        talk.forward(seconds=61)
    assert talk.chat.asked == "signature"
    talk.document(SCAN)
    read(talk, [page(ours(talk), 1, fields=SIGNED), page(ours(talk), 2)])
    assert not is_accepted(talk.case())
    assert is_complete(talk.case())


def test_a_copy_that_is_read_after_its_request_ended_signs_nothing() -> None:
    talk = to_sign()
    talk.document(SCAN)
    talk.command("cancel")
    talk.press("cancel.yes")
    assert talk.request.status == "cancelled"
    [shown] = read(talk, [page(ours(talk), 1, fields=SIGNED), page(ours(talk), 2)])
    assert "has ended" in shown.text
    assert "signature" not in talk.case().answers
    assert statuses(talk) == ["unsure"]


def test_a_whole_copy_is_none_of_the_letter_that_takes_its_place() -> None:
    talk = waiting()
    talk.staff("edit", "name: Maria Jones")
    talk.forward(seconds=61)
    assert statuses(talk) == ["void"]
    talk.document(SCAN)
    read(talk, [page(ours(talk), 1, fields=SIGNED), page(ours(talk), 2)])
    assert is_accepted(talk.case())
    assert statuses(talk) == ["void", "kept"]


def test_a_whole_copy_goes_on_waiting_when_paper_is_asked_for_again() -> None:
    talk = waiting()
    talk.say("Can I sign it on paper?")
    assert is_complete(talk.case())
    assert not talk.staff("letter").error


def test_a_sheet_of_an_ended_request_is_no_letter_of_the_next_one_that_says_the_same() -> None:
    """A finding of a review: the old sheet was taken at once, with an old date and another reference on it."""
    talk = to_sign()
    print_all(talk)
    old = ours(talk)
    talk.document(SCAN)
    read(talk, [page(old, 1, 1, fields=SIGNED)])
    assert is_accepted(talk.case())
    [asked] = talk.command("cancel")
    talk.push(asked, asked.choices[0])
    talk.forward(days=70)
    talk.command("start")
    talk.until("signature")
    assert ours(talk) != old
    talk.document(SCAN)
    [shown] = read(talk, [page(old, 1, 1, fields=SIGNED)])[-1:]
    assert "is signed" not in shown.text
    assert not is_accepted(talk.case())


def test_an_accepted_copy_counts_again_when_its_refusal_is_taken_back() -> None:
    talk = accepted()
    talk.staff("ask", "signature: by mistake")
    talk.staff("undo")
    assert statuses(talk) == ["kept"]
    assert is_accepted(talk.case())


def test_the_same_copy_sent_twice_is_told_to_be_here_already() -> None:
    talk = accepted()
    talk.document(SCAN)
    [shown] = read(talk, [page(ours(talk), 1, fields=SIGNED), page(ours(talk), 2)])
    assert "here already" in shown.text
    assert statuses(talk) == ["kept", "unsure"]
    assert [each.key for each in talk.owed].count("thread.new_on_paper") == 1


def test_a_file_after_an_accepted_copy_that_is_none_of_ours_is_a_bill() -> None:
    talk = accepted()
    talk.document(SCAN)
    read(talk, [Page(())])
    assert statuses(talk) == ["kept"]
    assert [paper.kind for paper in talk.papers.values()] == ["bill", BLANK, COPY, "bill"]


@pytest.mark.parametrize(
    ("fields", "said"), [((NOTHING, DAY), "no signature in its field"), ((PEN, NOTHING), "no date beside")]
)
def test_an_empty_field_is_told_and_that_page_alone_is_sent_again(fields: tuple[Ink, Ink], said: str) -> None:
    talk = to_sign()
    talk.document(SCAN)
    [shown] = read(talk, [page(ours(talk), 1, fields=fields), page(ours(talk), 2)])
    assert said in shown.text
    assert talk.request.status == "intake"
    talk.document(SCAN)
    read(talk, [page(ours(talk), 1, fields=SIGNED)])
    assert is_accepted(talk.case())


def test_pictures_of_one_album_are_judged_together() -> None:
    talk = to_sign()
    talk.document(SCAN)
    talk.document(SCAN)
    _, second = [each for each in talk.errands.values() if each.kind == READ]
    del talk.errands[second.id]
    assert read(talk, [page(ours(talk), 1, fields=SIGNED)]) == []  # the other one is still to be read
    talk.errands[second.id] = second
    [shown] = read(talk, [page(ours(talk), 2)])
    assert "It is taken in" in shown.text


def album(talk: Talk, *captions: str) -> None:
    """Send an album, each file with what stands under it."""
    for caption in captions:
        talk.hear("document", caption, document=SCAN, album="album-1")


def test_every_page_of_an_album_is_looked_at_though_one_of_them_says_what_it_is() -> None:
    talk = owing_the_bill()
    album(talk, "my signed letter", "")
    read(talk, [page(ours(talk), 1, fields=SIGNED)], most=1)
    assert "It is taken in" in read(talk, [page(ours(talk), 2)])[0].text
    assert statuses(talk) == ["kept", "kept"]
    assert talk.case().answer("bill") == ("later",)


@pytest.mark.parametrize("captions", [("my signed letter", ""), ("", "my signed letter"), ("", "")])
def test_the_bill_that_is_owed_may_come_in_an_album_with_the_letter(captions: tuple[str, str]) -> None:
    talk = owing_the_bill()
    album(talk, *captions)
    is_second = captions[0] == ""
    shown = read(talk, [Page(())] if is_second else [page(ours(talk), 1, 1, fields=SIGNED)], most=1)
    shown += read(talk, [page(ours(talk), 1, 1, fields=SIGNED)] if is_second else [Page(())])
    assert sum("I keep the file" in each.text for each in shown) == 1
    assert (statuses(talk), is_accepted(talk.case())) == (["kept"], True)
    assert [paper.status for paper in talk.papers.values() if paper.kind == "bill"] == ["kept"]
    assert talk.case().answer("bill") == ("scan.pdf",)


def test_a_page_of_the_bills_album_is_the_bill_unless_it_is_the_letter() -> None:
    talk = owing_the_bill()
    album(talk, "my bill", "", "")
    assert read(talk, [Page(())], most=1) == []
    [shown] = read(talk, [page(ours(talk), 1, 1, fields=SIGNED)])
    assert [paper.kind for paper in talk.papers.values() if paper.kind != BLANK] == ["bill", "bill", COPY]
    assert "That is our letter, and every page is there" in shown.text  # a bill was given: the check comes first


def test_whoever_has_to_sign_anew_after_a_rejection_may_do_so_on_paper_again() -> None:
    talk = accepted()
    talk.answer("pin")
    talk.staff("submit", "88123")
    talk.staff("reject", "LOA_ILLEGIBLE")
    talk.forward(seconds=61)
    assert (talk.chat.asked, statuses(talk)) == ("signature", ["void"])
    shown = talk.say("on paper again")
    assert "Print it" in shown[0].text
    print_all(talk)
    talk.document(SCAN)
    read(talk, [page(ours(talk), 1, fields=SIGNED), page(ours(talk), 2)])
    assert talk.request.repaired is None  # it may be the sheet that the carrier could not read
    assert not talk.staff("letter").error
    assert talk.request.repaired is not None
    assert statuses(talk) == ["void", "kept"]


# while it waits for staff


def waiting() -> Talk:
    """Return a talk in which staff have to look at a whole copy."""
    talk = to_sign()
    talk.document(SCAN)
    read(talk, [page(ours(talk), 1, fields=DOUBTFUL), page(ours(talk), 2)])
    return talk


def test_it_is_the_desks_turn_while_a_copy_waits_to_be_looked_at() -> None:
    talk = waiting()
    shown = talk.command("status")
    assert "our desk looks at the letter" in shown[0].text
    assert shown[0].owed.params["ball"].endswith("status.ball.desk")
    assert [each.what for each in wanted(talk.case(), POLICY) if each.who == "desk"] == [("letter",)]
    assert "signature" not in of_customer(talk.case())
    talk.staff("letter")
    assert accepted_by(talk.case()) == ROSA


def test_an_acceptance_that_staff_take_back_lets_the_copy_wait_again() -> None:
    talk = waiting()
    talk.staff("letter")
    talk.staff("undo")
    assert is_complete(talk.case())
    assert statuses(talk) == ["kept"]
    assert not talk.staff("letter").error


def test_an_administrator_approves_a_request_that_is_signed_on_paper() -> None:
    anna, ben = with_manager(Office())
    ben.until("signature")
    ben.document(SCAN)
    read(ben, [page(ours(ben), 1, fields=DOUBTFUL), page(ours(ben), 2)])
    anna.press("co.approve")
    assert (ben.request.approval, ben.request.status) == ("approved", "awaiting_documents")
    assert "thread.new_to_look" in [each.key for each in ben.owed]


# letters that were printed before something changed


def test_letters_to_be_signed_on_paper_follow_what_they_state() -> None:
    talk = to_sign()
    talk.say("Can I sign it on paper?")
    print_all(talk)
    before = ours(talk)
    talk.say("the name on the bill is Maria Jones")
    shown = talk.press("correct")
    assert any("counts no more" in each.text for each in shown)
    blanks = [paper for paper in talk.papers.values() if paper.kind == BLANK]
    assert [paper.status for paper in blanks] == ["void", "wanted"]
    assert [paper.name for paper in blanks] == [
        f"{talk.request.ref}-to-sign-1.pdf",
        f"{talk.request.ref}-to-sign-1-v2.pdf",
    ]
    print_all(talk)
    talk.document(SCAN)
    [old] = read(talk, [page(before, 1, fields=SIGNED), page(before, 2)])
    assert "an older letter of this request" in old.text


def test_a_letter_that_was_printed_as_its_request_changed_is_not_sent() -> None:
    talk = to_sign()
    talk.say("Can I sign it on paper?")
    [errand] = [each for each in talk.errands.values() if each.kind == PRINT]
    late = Printed("blank", 900, "ab" * 32, ours(talk), "ef" * 32)
    shown = talk._step(errand.request_id, "late", partial(blank_printed, errand=errand, made=late, policy=POLICY))
    assert shown == []
    assert [paper.status for paper in talk.papers.values() if paper.kind == BLANK] == ["void"]


def test_letters_to_be_signed_on_paper_follow_the_orders() -> None:
    talk = two_at_desk()
    talk.staff("ask", "signature: the carrier wants ink")
    talk.forward(seconds=61)
    talk.say("Can I sign it on paper?")
    print_all(talk)
    before = ours(talk)
    assert not talk.staff("split", "8833: another rate center").error
    assert any(owed.key == "copy.renewed" for owed in talk.owed)
    blanks = [(paper.status, paper.name) for paper in talk.papers.values() if paper.kind == BLANK]
    stem = f"{talk.request.ref}-to-sign"
    assert [status for status, _ in blanks] == ["void", "wanted", "wanted"]
    assert len({name for _, name in blanks}) == 3
    assert all(name.startswith(stem) for _, name in blanks)
    talk.document(SCAN)
    [shown] = read(talk, [page(before, 1, 1, fields=SIGNED)])
    assert "an older letter of this request" in shown.text
    talk.document(SCAN)
    [shown] = read(talk, [page(ours(talk), 1, 1, fields=SIGNED)])
    assert "page 1 of letter 2" in shown.text
