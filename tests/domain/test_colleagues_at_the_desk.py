"""What one of the staff would do to another's work, or before its day: asked first, with who and what."""

import pytest

from bot.wording import slack_text
from domain.desk.offers import right_step
from domain.desk.risks import AskFirst, ChangedSince, told_by
from domain.orders.rejections import codes_of
from domain.values import replace
from tests.domain.standing import at_phase
from tests.domain.talk import ROSA, SAM, Talk
from tests.domain.test_risks import now_of, press, read, sheet_of

SECRETS = ("PIN 482913", "no pin PIN 482913", "pin: 4829 13", "account number 774411990")


def conflict(talk: Talk, since: ChangedSince) -> str:
    """Return what the later of two reads."""
    return read(told_by(since, talk.case(), tuple(talk.history[-1:]), "again", talk.policy))


# secrets in an order number


@pytest.mark.parametrize("said", SECRETS)
@pytest.mark.parametrize("phase", ["staff_review", "submitted"])
def test_a_secret_is_no_order_number(phase: str, said: str) -> None:
    talk = at_phase(phase)
    before, posts = talk.case(), len(talk.posts)
    assert talk.staff("submit", said).key == "submit.secret"
    assert talk.case() == before
    assert len(talk.posts) == posts


def test_an_order_number_of_an_older_release_is_masked_where_another_takes_its_place() -> None:
    talk = at_phase("submitted")
    [order] = talk.orders.values()
    talk.orders[order.id] = replace(order, carrier_order="PIN 482913")
    talk.staff("submit", "VZ-77")
    assert "VZ-77" in talk.posts[-1]
    assert "482913" not in talk.posts[-1]


# before its day


def test_telling_the_customer_before_the_day_that_it_is_moving_is_asked_about() -> None:
    talk = at_phase("scheduled")
    with pytest.raises(AskFirst) as asked:
        press(talk, "advance", "activating", seen=now_of(talk))
    assert "still to come: Tue 2026-12-01" in read(asked.value)
    assert talk.request.status == "scheduled"
    press(talk, "advance", "activating", seen=now_of(talk), is_sure=True)
    assert talk.request.status == "activating"


def test_on_its_day_the_next_step_is_the_right_one_and_not_asked_about() -> None:
    talk = at_phase("scheduled")
    assert right_step(sheet_of(talk), talk.policy) is None
    talk.forward(days=7, hours=15)
    assert right_step(sheet_of(talk), talk.policy) == "advance"
    press(talk, "advance")
    assert talk.request.status == "activating"


# typed, with nothing before it that says what it comes to


def test_a_typed_cancellation_is_asked_about_and_one_from_the_form_is_not() -> None:
    talk = at_phase("staff_review")
    with pytest.raises(AskFirst) as asked:
        press(talk, "cancel")
    assert "Desk review → Cancelled" in read(asked.value)
    press(talk, "cancel", seen=now_of(talk))
    assert talk.request.status == "cancelled"


def test_an_undo_that_is_too_late_names_no_next_step_where_there_is_none() -> None:
    talk = at_phase("cancelled")
    talk.forward(seconds=61)
    told = talk.staff("undo")
    assert told.key == "undo.too_late_over"
    assert "/port reply" in slack_text(told.key, told.params)


def test_who_cancelled_the_old_service_already_is_not_told_to_keep_it() -> None:
    talk = at_phase("staff_review")
    talk.say("I already cancelled my old service")
    assert "already_cancelled" in talk.case().answers["flags"].value
    talk.staff("cancel")
    [notice] = [shown.text for shown in talk.forward(seconds=61) if "is cancelled" in shown.text]
    assert "keep it in service" not in notice
    assert "reactivate" in notice


# a colleague's rejection


def test_a_rejection_on_top_of_a_colleagues_is_added_to_it_once_both_were_read() -> None:
    talk = at_phase("submitted")
    talk.staff("reject", "account")
    with pytest.raises(AskFirst) as asked:
        press(talk, "reject", "name: 7A", by=SAM)
    said = read(asked.value)
    assert f"<@{ROSA}> noted a rejection" in said
    assert "wrong account number" in said
    assert "name does not match" in said
    press(talk, "reject", "name: 7A", seen=now_of(talk), is_sure=True, by=SAM)
    assert codes_of(talk.number.rejection) == ("NAME_MISMATCH", "ACCOUNT_NUMBER_WRONG")
    assert {q for q, a in talk.case().answers.items() if a.reopened} == {"account", "name"}


def test_who_added_to_a_rejection_can_still_have_their_own_alone() -> None:
    talk = at_phase("submitted")
    talk.staff("reject", "account")
    talk.staff("reject", "name", by=SAM)
    press(talk, "reject", "name", by=SAM)
    assert talk.number.rejection == "NAME_MISMATCH"


def test_a_rejection_handed_in_after_a_colleagues_names_both_and_what_it_would_do() -> None:
    talk = at_phase("submitted")
    seen = now_of(talk)
    talk.staff("reject", "account")
    with pytest.raises(ChangedSince) as since:
        press(talk, "reject", "name", seen=seen, by=SAM)
    said = conflict(talk, since.value)
    assert "You want to do this: Mark rejected" in said
    assert "wrong account number" in said
    assert "name does not match" in said


# changed meanwhile


def test_what_was_changed_meanwhile_says_what_is_about_to_be_done_with_its_fee() -> None:
    talk = at_phase("scheduled")
    seen = now_of(talk)
    talk.staff("date", "2026-12-03", by=SAM)
    with pytest.raises(ChangedSince) as since:
        press(talk, "cancel", "stopped", seen=seen, is_sure=True)
    said = conflict(talk, since.value)
    assert "You want to do this: Cancel" in said
    assert "may charge" in said
    assert "Date set → Cancelled" in said
    assert "moved its day" in said
    assert "moved it to" not in said
    assert "Thu 2026-12-03" in said


def test_a_harmless_step_on_what_was_changed_says_where_it_leads() -> None:
    talk = at_phase("scheduled")
    seen = now_of(talk)
    talk.staff("date", "2026-12-03", by=SAM)
    with pytest.raises(ChangedSince) as since:
        press(talk, "date", "2026-12-04", seen=seen)
    said = conflict(talk, since.value)
    assert "Set date" in said
    assert "Thu 2026-12-03 → Fri 2026-12-04" in said


def test_what_moves_no_number_is_named_all_the_same() -> None:
    talk = at_phase("submitted")
    seen = now_of(talk)
    talk.staff("advance", by=SAM)
    with pytest.raises(ChangedSince) as since:
        press(talk, "take", seen=seen)
    said = conflict(talk, since.value)
    assert "press the button: *Take*." in said


# whoever answers in person


@pytest.mark.parametrize("verb", ["takeover", "resume"])
def test_a_chat_that_a_colleague_answers_is_taken_or_given_back_only_once_that_was_read(verb: str) -> None:
    talk = at_phase("staff_review")
    talk.staff("takeover", "Sam", by=SAM)
    with pytest.raises(AskFirst) as asked:
        press(talk, verb)
    said = read(asked.value)
    assert f"<@{SAM}> answers this customer in person" in said
    assert "What will happen" not in said
    assert talk.chat.taken_by == SAM
    press(talk, verb, seen=now_of(talk), is_sure=True)
    assert talk.chat.taken_by == (ROSA if verb == "takeover" else None)


def test_ones_own_chat_is_given_back_at_once() -> None:
    talk = at_phase("staff_review")
    press(talk, "takeover", "Rosa")
    press(talk, "resume")
    assert talk.chat.taken_by is None


def test_who_replies_beside_a_colleague_is_told_who_is_there() -> None:
    talk = at_phase("staff_review")
    talk.staff("takeover", "Sam", by=SAM)
    told = talk.staff("reply", "We are on it.")
    assert f"<@{SAM}> answers this customer in person" in slack_text(told.key, told.params)
    assert talk.staff("reply", "So am I.", by=SAM).key == "reply.done"


# another's step


def test_taking_back_what_a_colleague_did_is_asked_about_with_who_and_what() -> None:
    talk = at_phase("staff_review")
    talk.staff("submit", "VZ-77")
    with pytest.raises(AskFirst) as asked:
        press(talk, "undo", by=SAM)
    said = read(asked.value)
    assert f"<@{ROSA}>" in said
    assert "Mark submitted" in said
    assert talk.request.status == "submitted"
    press(talk, "undo", seen=now_of(talk), is_sure=True, by=SAM)
    assert talk.request.status == "staff_review"


def test_what_was_settled_beside_a_step_is_its_own_doers() -> None:
    talk = at_phase("staff_review")
    talk.staff("submit", "VZ-77")
    talk.staff("take", by=SAM)
    press(talk, "undo", by=SAM)
    assert talk.request.assignee is None
    with pytest.raises(AskFirst):
        press(talk, "undo", by=SAM)
    press(talk, "undo")
    assert talk.request.status == "staff_review"


# what can be done


def test_a_refusal_on_an_urgent_draft_names_how_to_speak_with_who_waits() -> None:
    talk = at_phase("intake")
    assert talk.staff("submit").params["possible"] == "reply, note, cancel"
    talk.say("I want to talk to a person")
    assert talk.staff("submit").params["possible"] == "reply, take, takeover, note, cancel"


@pytest.mark.parametrize("phase", ["staff_review", "rejected"])
def test_after_an_edit_that_voids_the_signature_submitting_is_not_the_right_step(phase: str) -> None:
    talk = at_phase(phase)
    if phase == "rejected":
        talk.say("482914")
    assert right_step(sheet_of(talk), talk.policy) == "submit"
    talk.staff("edit", "name: Marta Alvarez")
    assert talk.staff("submit").key in ("submit.incomplete", "submit.not_repaired")
    assert right_step(sheet_of(talk), talk.policy) != "submit"
