"""Letters follow their signature: a new one is sealed; changed, what it states makes it void, and nothing else does."""

import dataclasses
from functools import partial

import pytest

from domain.desk.letter_seals import (
    LETTER,
    SEAL,
    Made,
    is_failing,
    is_for_signer,
    letters_in,
    not_sealed,
    not_sealed_yet,
    sealed,
)
from domain.desk.signer_screens import AGREED, CONFIRMED
from domain.desk.state import Errand, Paper
from domain.intake.questions import BY_ID, QUESTIONS
from domain.orders.rejections import REJECTIONS, WHO_SIGNS
from domain.papers.authorization import facts_digest
from domain.papers.letter import as_signed, letters_of, orders_of
from domain.policy import Policy
from domain.values import replace
from domain.wordkeys import nested
from tests.domain.standing import at_phase, two_at_desk
from tests.domain.talk import POLICY, Talk
from tests.domain.test_signers import awaiting, visit

SHA = "ab" * 32


def letters(talk: Talk) -> list[Paper]:
    return [paper for paper in talk.papers.values() if paper.kind == LETTER]


def errands(talk: Talk) -> list[Errand]:
    return [errand for errand in talk.errands.values() if errand.kind == SEAL]


def seal(talk: Talk, *, is_stamped: bool | None = None, code: str = "") -> None:
    """Seal every letter that waits for it."""
    for errand in errands(talk):
        made = Made(f"letter-{errand.subject}", SHA, 9000, is_stamped, code)
        decide = partial(sealed, errand=errand, made=made, policy=talk.policy)
        talk._step(errand.request_id, f"errand:{errand.id}", decide)


def at_desk() -> Talk:
    talk = Talk()
    talk.until("pin")
    talk.answer("pin")
    return talk


def test_a_signature_has_one_letter_sealed_for_each_order() -> None:
    talk = at_desk()
    [letter] = letters(talk)
    assert (letter.status, letter.file_id, len(errands(talk))) == ("wanted", str(talk.case().orders[0].id), 1)
    version = talk.request.version
    seal(talk)
    [letter] = letters(talk)
    assert letter.status == "kept"
    assert talk.request.version == version  # what staff can still undo stays so
    assert any("Letter sealed" in post and SHA in post for post in talk.posts)
    assert talk.screen[-1].owed.params["file"] == f"letter-{letter.id}"
    [note] = [row for row in talk.history if row.what == "letter_sealed"]
    assert (note.field, note.value, note.detail) == ("letter", SHA, str(letter.id))


def test_the_same_errand_heard_twice_seals_and_tells_once() -> None:
    talk = at_desk()
    [errand] = errands(talk)
    seal(talk)
    told = len(talk.owed)
    decide = partial(sealed, errand=errand, made=Made("other", "cd" * 32, 1), policy=POLICY)
    talk._step(errand.request_id, "again", decide)
    assert [paper.object_key for paper in letters(talk)] == [f"letter-{errand.subject}"]
    assert len(talk.owed) == told


def test_a_letter_without_its_time_stamp_says_so() -> None:
    talk = at_desk()
    seal(talk, is_stamped=False)
    assert any("did not answer" in post for post in talk.posts)
    assert next(row.detail for row in talk.history if row.what == "letter_sealed").endswith(" unstamped")


def test_a_letter_that_cannot_be_made_is_told_to_staff() -> None:
    talk = at_desk()
    [errand] = errands(talk)
    decide = partial(not_sealed, errand=errand, reason="glyph", policy=POLICY, more="ꙮ")
    talk._step(errand.request_id, f"errand:{errand.id}", decide)
    assert [paper.status for paper in letters(talk)] == ["refused"]
    assert any("can print these characters: ꙮ" in post for post in talk.posts)


def test_a_letter_that_fails_again_and_again_is_told_to_staff_once_at_its_submission_too_and_sealed_later() -> None:
    talk = at_desk()
    [errand] = errands(talk)
    for _ in range(2):
        talk._step(errand.request_id, f"trouble:{errand.id}", partial(not_sealed_yet, errand=errand, policy=POLICY))
    assert ([paper.status for paper in letters(talk)], errands(talk)) == (["wanted"], [errand])
    assert len([post for post in talk.posts if "tried again every ten minutes" in post]) == 1
    assert is_failing(talk.case(), tuple(letters(talk)))
    assert talk.staff("submit", "88123").key == "submit.done+submit.unsealed"
    talk.staff("undo")
    seal(talk)
    assert not is_failing(talk.case(), tuple(letters(talk)))
    assert talk.staff("submit", "88123").key == "submit.done"


@pytest.mark.parametrize("edit", ["name: Maria Jones", "address: 12 Pine Street, San Francisco, CA 94103"])
def test_a_signed_fact_that_staff_change_voids_the_letter_and_asks_for_a_new_one(edit: str) -> None:
    talk = at_desk()
    seal(talk)
    assert not talk.staff("edit", edit).error
    [letter] = letters(talk)
    assert letter.status == "void"
    assert letters_in(tuple(letters(talk))) == ()
    assert [post for post in talk.posts if "sealed letter is void" in post]
    told = [shown.text for shown in talk.forward(seconds=61)]
    assert sum("you signed is void" in text for text in told) == 1
    talk.say("Maria Jones" if edit.startswith("name") else "Maria Alvarez")
    seal(talk)
    assert sorted(paper.status for paper in letters(talk)) == ["kept", "void"]
    stem = f"{talk.request.ref}-letter-1"
    assert [paper.name for paper in letters(talk)] == [f"{stem}.pdf", f"{stem}-v2.pdf"]


def test_a_customers_own_change_says_once_that_the_letter_is_void() -> None:
    talk = at_desk()
    seal(talk)
    talk.staff("ask", "name: the bill says Jones")
    talk.forward(seconds=61)
    assert [paper.status for paper in letters(talk)] == ["kept"]  # asked for, and not yet changed
    shown = [each.text for each in talk.say("Maria Jones")]
    assert sum("you signed is void" in text for text in shown) == 1
    assert [paper.status for paper in letters(talk)] == ["void"]


UNSIGNED = ("destination: 628 421 8877", "texting: yes", "bill_date: 2026-11-20")


@pytest.mark.parametrize("edit", UNSIGNED)
def test_what_the_letter_does_not_state_leaves_it_as_it_is(edit: str) -> None:
    talk = at_desk()
    seal(talk)
    talk.staff("edit", edit)
    talk.forward(seconds=61)
    assert [paper.status for paper in letters(talk)] == ["kept"]


def test_the_letter_lives_through_the_whole_way_of_a_number() -> None:
    talk = at_desk()
    seal(talk)
    for verb, argument in (("submit", "88123"), ("reject", "wrong pin: 8C")):
        assert not talk.staff(verb, argument).error
        talk.forward(seconds=61)
    talk.say("482914")
    assert [paper.status for paper in letters(talk)] == ["kept"]


def test_fewer_numbers_and_numbers_that_travel_apart_need_no_new_letter() -> None:
    talk = two_at_desk()
    seal(talk)
    assert not talk.staff("split", "8833: another rate center").error
    talk.say("cancel 8833")
    talk.press("cancel.yes.4154218833")
    talk.forward(seconds=61)
    assert sorted(number.phase for number in talk.case().numbers) == ["cancelled", "staff_review"]
    assert [paper.status for paper in letters(talk)] == ["kept"]


@pytest.mark.parametrize("reason", ["loa required", "loa illegible", "newer loa"])
def test_a_carrier_that_wants_a_new_letter_has_it_signed_and_sealed_by_itself(reason: str) -> None:
    talk = at_desk()
    seal(talk)
    talk.staff("submit", "88123")
    talk.staff("reject", f"{reason}: they say so")
    talk.forward(seconds=61)
    assert talk.chat.asked == "signature"
    talk.say("Maria Alvarez")
    assert sorted(paper.status for paper in letters(talk)) == ["void", "wanted"]
    seal(talk)
    assert sorted(paper.status for paper in letters(talk)) == ["kept", "void"]


CORRECTED = {
    "name": "Maria Jones", "address": "12 Pine Street, San Francisco, CA 94103", "account": "123456789-00002",
    "numbers": "415-421-8839", "authority": "My wife Anna Alvarez", "signer": "Anna Alvarez, anna@example.com",
}  # fmt: skip


@pytest.mark.parametrize("code", [code for code, each in REJECTIONS.items() if each.letter == "Y"])
def test_every_rejection_that_needs_a_new_letter_voids_the_old_one_with_the_corrected_answer(code: str) -> None:
    talk = at_desk()
    seal(talk)
    talk.staff("submit", "88123")
    assert not talk.staff("reject", f"{code}: they say so").error
    talk.forward(seconds=61)
    for _ in range(6):
        if talk.chat.asked not in CORRECTED:
            break
        talk.say(CORRECTED[talk.chat.asked])
    assert [paper.status for paper in letters(talk)] == ["void"]
    assert talk.case().answer("signature") is None


def test_every_rejection_that_needs_a_new_letter_asks_again_what_it_states_or_for_the_signature() -> None:
    signs = {"signature", WHO_SIGNS, *(question.id for question in QUESTIONS if question.signed)}
    assert [code for code, each in REJECTIONS.items() if each.letter == "Y" and signs.isdisjoint(each.reopens)] == []


def test_whatever_changes_the_stated_facts_is_a_question_whose_change_voids_the_signature() -> None:
    case = two_at_desk().case()
    for question, answer in case.answers.items():
        other = replace(answer, value=tuple(f"{part}X" for part in answer.value))
        changed = replace(case, answers={**case.answers, question: other})
        if facts_digest(changed) != facts_digest(case):
            assert BY_ID[question].signed, question


def test_a_letter_counts_again_when_staff_take_their_change_back() -> None:
    talk = at_desk()
    seal(talk)
    talk.staff("edit", "name: Maria Jones")
    talk.staff("undo")
    [letter] = letters(talk)
    assert letter.status == "kept"
    assert [row.what for row in talk.history if row.what.startswith("letter_")] == [
        "letter_sealed", "letter_void", "letter_stands",
    ]  # fmt: skip
    assert errands(talk) == []


def test_a_change_before_the_letter_was_sealed_leaves_nothing_to_seal() -> None:
    talk = at_desk()
    [errand] = errands(talk)
    talk.staff("edit", "name: Maria Jones")
    decide = partial(sealed, errand=errand, made=Made("late", SHA, 1), policy=POLICY)
    told = len(talk.owed)
    talk._step(errand.request_id, f"errand:{errand.id}", decide)
    assert [paper.status for paper in letters(talk)] == ["void"]
    assert len(talk.owed) == told


def test_a_submission_offers_the_sealed_letter_where_there_is_one() -> None:
    for is_sealed in (False, True):
        talk = at_desk()
        if is_sealed:
            seal(talk)
        talk.staff("submit", "88123")
        post = next(each for each in reversed(talk.owed) if each.kind == "post" and "submit" in each.key)
        assert [choice.code for row in post.buttons for choice in row] == ["papers.open"] * is_sealed


def printed(talk: Talk) -> dict[str, tuple[str, ...]]:
    """Return the numbers on each letter that is printed now, by its order, if it is what was signed."""
    case = as_signed(talk.case())
    assert facts_digest(case) == talk.case().answers["signature"].value[2]
    return {str(order.id): each.numbers for order, each in zip(orders_of(case), letters_of(case, "us"), strict=True)}


def test_a_split_or_a_number_called_off_before_the_sealing_leaves_the_letter_as_it_was_signed() -> None:
    talk = two_at_desk()
    [letter] = letters(talk)
    assert not talk.staff("split", "8833: another rate center").error
    assert printed(talk) == {letter.file_id: ("+14154218832", "+14154218833")}
    talk.staff("cancel", "8832")  # the order that the letter was for has no number under way any more
    assert facts_digest(talk.case()) != facts_digest(as_signed(talk.case()))
    assert printed(talk) == {letter.file_id: ("+14154218832", "+14154218833")}


def test_a_new_name_of_ours_before_the_sealing_leaves_the_letter_as_it_was_signed() -> None:
    talk = at_desk()
    [letter] = letters_of(talk.case(), "Another Name of Ours")
    assert letter.company == POLICY.company
    talk.staff("ask", "signature: the carrier wants a new one")
    talk.forward(seconds=61)
    [letter] = letters_of(talk.case(), "Another Name of Ours")
    assert letter.company == "Another Name of Ours"  # as it is shown to be signed anew
    talk.policy = dataclasses.replace(talk.policy, company="Another Name of Ours")
    talk.say("Maria Alvarez")
    [letter] = letters_of(talk.case(), talk.policy.company)
    assert letter.company == "Another Name of Ours"


def test_numbers_that_travel_together_again_before_the_sealing_leave_each_letter_its_own() -> None:
    talk = two_at_desk()
    talk.staff("split", "8833: another rate center")
    talk.staff("edit", "name: Maria Jones")
    talk.forward(seconds=61)
    talk.say("Maria Jones")
    first, second = (letter.file_id for letter in letters(talk) if letter.status == "wanted")
    assert not talk.staff("split", "off").error
    assert len(talk.case().orders) == 1
    assert printed(talk) == {first: ("+14154218832",), second: ("+14154218833",)}


def test_what_else_the_letter_states_is_printed_as_it_is_by_now_and_told_apart_by_the_digest() -> None:
    talk = two_at_desk()
    signed = talk.case().answers["signature"].value[2]
    name = replace(talk.case().answers["name"], value=("person", "Maria", "Jones"))
    changed = replace(talk.case(), answers={**talk.case().answers, "name": name})
    assert facts_digest(as_signed(changed)) != signed
    another = replace(talk.case().answers["signature"], seq=1)
    assert as_signed(replace(talk.case(), answers={**talk.case().answers, "signature": another})).orders == (
        talk.case().orders
    )


def test_a_letter_whose_signature_a_rejection_asks_anew_counts_no_more_until_that_is_taken_back() -> None:
    talk = at_desk()
    seal(talk)
    talk.staff("submit", "88123")
    talk.forward(seconds=61)
    talk.staff("reject", "loa required: they say so")
    assert [letter.status for letter in letters(talk)] == ["void"]
    talk.staff("undo")
    assert [letter.status for letter in letters(talk)] == ["kept"]


@pytest.mark.parametrize(("mails", "copy"), [(True, "sign.copy.page_mailed"), (False, "sign.copy.page")])
def test_a_signer_is_promised_the_copy_that_comes(mails: bool, copy: str) -> None:
    talk = awaiting(Policy(pages=True, mails=mails))
    visit(talk, "word", "8832")
    visit(talk, "agree", step=CONFIRMED)
    assert visit(talk, "word", "ann lee", AGREED).params["copy"] == nested(copy)
    seal(talk)
    assert any(owed.key == "mail.signed_copy" for owed in talk.owed) == mails


def test_a_signer_in_a_chat_has_the_copy_there() -> None:
    talk = awaiting(Policy(pages=True))
    for act, word in (("word", "8832"), ("agree", "")):
        visit(talk, act, word, chat=7001)
    assert "sign.copy.here" in visit(talk, "word", "ann lee", chat=7001).params["copy"]
    seal(talk)
    assert talk.screen[-1].owed.key == "letter.sealed_signer"


def test_a_copy_is_mailed_to_nobody_but_the_signer_of_a_letter_that_counts() -> None:
    talk = awaiting()
    visit(talk, "word", "ann lee", AGREED)
    seal(talk)
    [letter] = letters(talk)
    mail = next(owed for owed in talk.owed if owed.key == "mail.signed_copy")
    assert mail.params["paper"] == str(letter.id)
    case = talk.case()
    assert is_for_signer(case, (letter,), letter.id)
    assert not is_for_signer(case, (letter,), letter.id + 1)
    assert not is_for_signer(case, (replace(letter, status="void"),), letter.id)
    later = replace(case.answers["signer"], value=("Tom Poe", "tom@example.com"), seq=case.answers["signature"].seq + 1)
    asked = replace(case.answers["signer"], reopened=True)
    for signer in (later, asked):
        assert not is_for_signer(replace(case, answers={**case.answers, "signer": signer}), (letter,), letter.id)
    talk.staff("edit", "signer: Tom Poe, tom@example.com")
    assert not is_for_signer(talk.case(), tuple(letters(talk)), letter.id)


def test_who_signs_anew_because_the_carrier_refused_the_letter_is_shown_it_again() -> None:
    talk = at_phase("submitted")
    assert not talk.staff("reject", "letter not accepted").error
    keys = [each.owed.key for each in talk.forward(seconds=61)]
    assert "letter.text" in keys
    assert "letter.text" not in [each.owed.key for each in talk.say("Maria Alvares")]  # not a second time
