"""Letters on paper follow all that they print, at every turn; a new release alone lets none of them fall."""

import dataclasses
import hashlib
from collections.abc import Callable

import pytest

from bot.letters.model import Brand
from domain.desk.blanks import BLANK, stamp_mark
from domain.desk.copies import READ, READ_EITHER
from domain.desk.on_paper import APPOINTED, KNOWN, TAKEN_ONCE, is_accepted, is_complete, stamp_of
from domain.desk.signer_screens import CONFIRMED
from domain.orders.model import Answer, Case
from domain.papers.authorization import facts_digest
from domain.papers.letter import SIGNED_FOR, Letter, letters_of, orders_of
from domain.values import replace
from tests.domain.standing import two_at_desk
from tests.domain.talk import POLICY, Talk
from tests.domain.test_copies import (
    DOUBTFUL,
    SCAN,
    SIGNED,
    accepted,
    blank_of,
    ours,
    page,
    print_all,
    read,
    statuses,
    to_sign,
    waiting,
)
from tests.domain.test_letters_of_orders import split
from tests.domain.test_signers import PAGES, awaiting, keys, visit

RENAMED = dataclasses.replace(POLICY, company="Harbor Telephone")


def given(question: str, *value: str) -> Callable[[Case], Case]:
    """Return what lets a case have another answer."""

    def change(case: Case) -> Case:
        answer = Answer(case.request.id, question, value, "typed", case.request.created_at, 1)
        return replace(case, answers={**case.answers, question: answer})

    return change


def _by_a_contact(case: Case) -> Case:
    return given("authority", "allowed")(given("contact", "Ann", "Lee")(case))


def _toll_free(case: Case) -> Case:
    return replace(case, orders=tuple(replace(order, number_class="toll_free") for order in case.orders))


def _other_numbers(case: Case) -> Case:
    return replace(case, numbers=tuple(replace(n, e164=f"{n.e164[:-4]}9{n.e164[-3:]}") for n in case.numbers))


CHANGES: dict[str, Callable[[Case], Case]] = {
    "part": split,
    "parts": split,
    "holder": given("name", "person", "Maria", "Jones"),
    "signer": _by_a_contact,
    "address": given("address", "1 Main Street", "", "San Francisco", "CA", "94103"),
    "billing": given("billing", "PO Box 12, San Francisco, CA 94103"),
    "carrier": given("carrier", "comcast", "Comcast"),
    "numbers": _other_numbers,
    "clause": _toll_free,
    "company": given(APPOINTED, "Harbor Telephone"),
    "facts": given("name", "person", "Maria", "Jones"),
}
LEFT_OUT = {
    "ref": "a request keeps its reference, and only letters of one request are told apart by their stamp",
    "number_class": "not printed by itself; the sentence that some classes have is `clause`",
}
OF_THE_BRAND = {
    "name": "the company, which is in it",
    "lines": "where we can be reached; who is appointed stays the same",
    "logo": "how the head looks",
    "zone": "of the day beside a signature, which no letter has that is to be signed with a pen",
}


def printed(case: Case) -> list[Letter]:
    return list(letters_of(case, (case.answer(APPOINTED) or (POLICY.company,))[0]))


@pytest.mark.parametrize("field", CHANGES)
def test_a_change_of_anything_printed_makes_other_letters_of_them(field: str) -> None:
    case = given(APPOINTED, POLICY.company)(two_at_desk().case())
    del case.answers[SIGNED_FOR]  # of what is signed on a screen, which stands under another name of ours
    other = CHANGES[field](case)
    assert [getattr(each, field) for each in printed(case)] != [getattr(each, field) for each in printed(other)]
    assert stamp_of(case) != stamp_of(other)
    assert {each.code for each in printed(case)}.isdisjoint(each.code for each in printed(other))


def test_nothing_is_printed_that_is_neither_in_the_stamp_nor_left_out_for_a_reason() -> None:
    assert {each.name for each in dataclasses.fields(Letter)} == CHANGES.keys() | LEFT_OUT.keys()
    assert {each.name for each in dataclasses.fields(Brand)} == OF_THE_BRAND.keys()


# under another name of ours


def on_paper() -> Talk:
    """Return a talk whose letter was printed to be signed."""
    talk = to_sign()
    talk.say("Can I sign it on paper?")
    print_all(talk)
    return talk


def test_a_letter_that_names_the_company_as_it_was_called_is_printed_anew_before_it_is_signed() -> None:
    talk = on_paper()
    before = ours(talk)
    talk.policy = RENAMED
    talk.document(SCAN)
    assert "copy.renewed" in keys(talk)
    blanks = [paper for paper in talk.papers.values() if paper.kind == BLANK]
    assert [paper.status for paper in blanks] == ["void", "wanted"]
    print_all(talk)
    assert "older letter" in read(talk, [page(before, 1, fields=SIGNED), page(before, 2)])[-1].text
    talk.document(SCAN)
    read(talk, [page(ours(talk), 1, fields=SIGNED), page(ours(talk), 2)])
    assert is_accepted(talk.case())


def test_what_is_signed_stands_under_another_name_of_ours() -> None:
    talk = accepted()
    talk.policy = RENAMED
    talk.say("hello")
    assert is_accepted(talk.case())
    assert (blank_of(talk), statuses(talk)) == ("kept", ["kept"])
    assert talk.case().answer(APPOINTED) == (POLICY.company,)


def test_a_copy_that_waits_to_be_looked_at_gives_way_to_the_letter_of_another_name_of_ours() -> None:
    talk = waiting()
    talk.policy = RENAMED
    talk.say("hello")
    assert not is_complete(talk.case())
    assert statuses(talk) == ["void"]
    assert "copy.renewed" in keys(talk)


def test_a_sheet_that_was_refused_is_looked_at_also_under_another_name_of_ours() -> None:
    talk = accepted()
    talk.staff("ask", "signature: not the name on the bill")
    talk.forward(seconds=61)
    talk.policy = RENAMED
    talk.document(SCAN)
    read(talk, [page(ours(talk), 1, fields=SIGNED), page(ours(talk), 2)])
    assert (is_accepted(talk.case()), is_complete(talk.case())) == (False, True)


# at every turn


def test_letters_follow_when_a_copy_was_read() -> None:
    talk = on_paper()
    talk.document(SCAN)
    before = ours(talk)
    talk.policy = RENAMED
    read(talk, [page(before, 1, fields=SIGNED), page(before, 2)])
    assert keys(talk)[-1] == "copy.renewed"


def test_letters_follow_when_somebody_visits_the_page_to_sign_on() -> None:
    talk = awaiting(PAGES)
    visit(talk, "word", "8832")
    visit(talk, "paper", step=CONFIRMED)
    talk.say("Can I sign it on paper?")
    print_all(talk)
    assert blank_of(talk) == "kept"
    talk.policy = dataclasses.replace(PAGES, company="Harbor Telephone")
    visit(talk, "look", step=CONFIRMED)
    assert blank_of(talk) == "void"
    assert "copy.renewed" in keys(talk)


# of another release


def as_released(talk: Talk, stamp: str) -> None:
    """Keep all about paper as a release kept it that told letters apart by another stamp, and named no company."""
    answers = talk.answers[talk.newest]
    answers.pop(APPOINTED, None)
    for name, place in ((KNOWN, 1), (TAKEN_ONCE, 0)):
        if name in answers:
            value = answers[name].value
            answers[name] = replace(answers[name], value=(*value[:place], stamp, *value[place + 1 :]))
    for paper in [each for each in talk.papers.values() if each.kind == BLANK]:
        talk.papers[paper.id] = replace(paper, message_id=stamp_mark(stamp))


def first_stamp(case: Case) -> str:
    """Return the stamp by the rule that was there first: what is stated, and the numbers of each order."""
    lines = [[str(o.id), *(n.e164 for n in case.numbers if n.order_id == o.id)] for o in orders_of(case)]
    parts = (facts_digest(case), *(" ".join(line) for line in lines))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def test_what_was_accepted_on_paper_stands_whatever_told_letters_apart_in_its_release() -> None:
    for stamp_by in (first_stamp, lambda _case: "ef" * 32):  # the text of the letter may be another one, too
        talk = accepted()
        as_released(talk, stamp_by(talk.case()))
        told = len(talk.owed)
        talk.say("hello")
        assert is_accepted(talk.case())
        assert (blank_of(talk), statuses(talk)) == ("kept", ["kept"])
        assert [owed.key for owed in talk.owed[told:] if owed.key.startswith(("copy.", "thread.copy"))] == []


def test_a_letter_that_was_printed_by_the_first_rule_is_taken_in_when_it_comes_signed() -> None:
    talk = on_paper()
    as_released(talk, first_stamp(talk.case()))
    talk.document(SCAN)
    read(talk, [page(ours(talk), 1, fields=SIGNED), page(ours(talk), 2)])
    assert is_accepted(talk.case())
    assert (blank_of(talk), statuses(talk)) == ("kept", ["kept"])
    assert "copy.renewed" not in keys(talk)


def test_a_sheet_that_was_refused_by_the_first_rule_is_looked_at() -> None:
    talk = accepted()
    as_released(talk, first_stamp(talk.case()))
    talk.staff("ask", "signature: not the name on the bill")
    talk.forward(seconds=61)
    talk.say("Can I sign it on paper?")
    talk.document(SCAN)
    read(talk, [page(ours(talk), 1, fields=SIGNED), page(ours(talk), 2)])
    assert (is_accepted(talk.case()), is_complete(talk.case())) == (False, True)


# pages of two letters, and letters that come early


def test_pages_of_two_letters_are_taken_in_mixed_as_they_come() -> None:
    talk = two_at_desk()
    assert not talk.staff("split", "8833: another rate center").error
    talk.staff("ask", "signature: the carrier wants ink")
    talk.forward(seconds=61)
    first, second = (each.code for each in letters_of(talk.case(), POLICY.company))
    talk.document(SCAN)
    [shown] = read(talk, [page(first, 1, fields=SIGNED), page(second, 2)])
    assert "page 2 of letter 1" in shown.text
    assert "page 1 of letter 2" in shown.text
    talk.hear("document", document=SCAN, album="a")
    talk.hear("document", document=SCAN, album="a")
    one, other = [each for each in talk.errands.values() if each.kind in (READ, READ_EITHER)]
    del talk.errands[other.id]
    assert read(talk, [page(second, 1, fields=SIGNED)]) == []
    assert not is_accepted(talk.case())
    talk.errands = {other.id: other}
    [shown] = read(talk, [page(first, 2)])
    assert "It is taken in" in shown.text
    assert is_accepted(talk.case())
    assert set(statuses(talk)) == {"kept"}
    assert one.id not in talk.errands


@pytest.mark.parametrize("fields", [SIGNED, DOUBTFUL])
def test_a_signed_copy_accepts_nothing_while_something_else_is_asked_at_the_desk(fields: tuple[None, None]) -> None:
    talk = two_at_desk()
    talk.staff("ask", "signature: the carrier wants ink")
    talk.forward(seconds=61)
    talk.say("Can I sign it on paper?")
    talk.staff("ask", "destination: where shall it ring?")
    talk.forward(seconds=61)
    assert talk.chat.asked == "destination"
    talk.document(SCAN, "the signed letter")
    read(talk, [page(ours(talk), 1, 1, fields=fields)])
    assert (is_accepted(talk.case()), is_complete(talk.case())) == (False, True)
    assert "signature" in [each for each, answer in talk.case().answers.items() if answer.reopened]
    assert "thread.copy_complete" in keys(talk)


def test_a_signed_copy_brings_no_request_to_the_desk_before_its_check() -> None:
    talk = to_sign()
    talk.document(SCAN)
    talk.command("back")
    [shown] = read(talk, [page(ours(talk), 1, fields=SIGNED), page(ours(talk), 2)])
    assert "something else has to be answered before" in shown.text
    assert (talk.request.status, is_accepted(talk.case())) == ("intake", False)
