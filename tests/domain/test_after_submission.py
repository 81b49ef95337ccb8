"""Once the desk has it: what a customer writes reaches people; several requests, friendly names, things sent in."""

import pytest

from domain.desk.heard import OTHER_KINDS
from tests.domain.standing import at, at_phase
from tests.domain.talk import Talk
from tests.domain.ways import LANDLINE, WIRELESS, begun, fill, keys, tell, values

AT_DESK = ("staff_review", "submitted", "carrier_review", "pending_date", "scheduled", "activating", "cancel_requested")


@pytest.mark.parametrize("phase", AT_DESK)
def test_whatever_is_written_goes_to_the_thread_with_a_reply_button_and_the_customer_is_told(phase: str) -> None:
    talk = at_phase(phase)
    shown = tell(talk, "The shop is closed on Friday, by the way")
    assert keys(shown) == ["text.passed_on"]
    assert talk.ref in shown[0].text
    post = next(owed for owed in reversed(talk.owed) if owed.kind == "post")
    assert "closed on Friday" in post.params["text"]
    assert [choice.code for row in post.buttons for choice in row] == ["reply"]


def test_staff_answer_in_their_own_words_at_once() -> None:
    talk = at_phase("submitted")
    assert talk.staff("reply", "Friday is fine.").key == "reply.done"
    assert "Friday is fine." in talk.texts()[-1]
    assert talk.staff("undo").error


@pytest.mark.parametrize("text", ["my PIN is 482913", "account number 998877665-00001 has changed"])
def test_a_secret_written_to_the_desk_is_masked_and_taken_out_of_the_chat(text: str) -> None:
    talk = at_phase("submitted")
    assert keys(tell(talk, text)) == ["secret.passed_on"]
    assert not any(secret in str(talk.owed) for secret in ("482913 ", "998877665-00001"))
    assert any(owed.kind == "delete" for owed in talk.owed[-4:])


def test_cancel_at_the_carrier_says_that_the_port_runs_on_and_asks_the_desk() -> None:
    talk = at_phase("submitted")
    (asked,) = tell(talk, "/cancel")
    assert "port is running" in asked.text
    (told,) = talk.press("cancel.yes")
    assert "still running" in told.text
    assert "wants to cancel" in talk.posts[-1]
    assert talk.request.status == "cancel_requested"


# friendly names


@pytest.mark.parametrize("how", ["command", "words", "button", "check"])
def test_a_request_gets_a_friendly_name(how: str) -> None:
    talk = begun(WIRELESS, "review" if how == "check" else "")
    if how == "command":
        tell(talk, "/name Main office line")
    else:
        tell(talk, {"words": "/name", "button": "!title", "check": "!change.title"}[how])
        assert talk.chat.asked == "title"
        tell(talk, "Main office line")
    assert talk.request.title == "Main office line"
    talk.command("status")
    assert f"{talk.ref} (Main office line)" in talk.texts()[-1]


def test_a_friendly_name_stands_in_every_notice() -> None:
    talk = begun(WIRELESS)
    tell(talk, "/name Mom")
    talk.staff("submit")
    (notice,) = talk.forward(seconds=61)
    assert f"{talk.ref} (Mom)" in notice.text


@pytest.mark.parametrize("typed", ["x" * 41, "***"])
def test_a_name_that_is_none_is_asked_for_again(typed: str) -> None:
    talk = begun(WIRELESS)
    assert keys(tell(talk, "/name", typed))[0] == "title.length"
    assert talk.request.title is None


@pytest.mark.parametrize("secret", ["482913", "K7T2X9", "AZ-4410-QK31-9"])
def test_a_secret_is_no_friendly_name_and_nothing_that_stays(secret: str) -> None:
    for answers, question, step in ((WIRELESS, "address", f"/name {secret}"), (LANDLINE, "stays", secret)):
        talk = begun(answers, question)
        shown = tell(talk, step)
        assert keys(shown)[0] == "secret.not_now"
        assert talk.owed[-2].kind == "delete"
        assert talk.chat.asked == question
        assert secret not in str((talk.owed, talk.request, values(talk)))


def test_nothing_is_there_to_name() -> None:
    assert keys(tell(Talk(), "/name Mom")) == ["title.no_request"]


# several requests


def test_a_second_request_is_begun_and_the_first_is_kept() -> None:
    talk = begun(WIRELESS, "address")
    first = talk.newest
    assert keys(tell(talk, "/new"))[0] == "start.another"
    fill(talk, {**LANDLINE, "numbers": "415-421-8840", "name": "Blue Door Bakery LLC"})
    assert talk.request.status == "staff_review"
    back = next(c for c in talk.screen[-1].choices if c.code == "go" and c.params["form"].startswith(str(first)))
    shown = talk.push(talk.screen[-1], back)
    assert keys(shown)[0] == "resume.now"
    assert (talk.chat.focus, talk.chat.asked) == (first, "address")


def test_a_notice_does_not_take_the_question_of_another_request_away() -> None:
    talk = begun(WIRELESS)
    tell(talk, "/new", "415-421-8840, Verizon Wireless", "!yes", "@")
    first, second = sorted(talk.requests)
    talk.staff("ask", "name: as on the bill", of=first)
    (notice,) = talk.forward(seconds=61)
    assert "as on the bill" in notice.text
    assert [choice.code for choice in notice.choices] == ["go"]
    assert (talk.chat.focus, talk.chat.asked) == (second, "authority")
    tell(talk, "!holder")
    assert values(talk)["authority"] == ("holder",)
    talk.push(notice, notice.choices[0])
    assert (talk.chat.focus, talk.chat.asked) == (first, "name")


def test_a_cancel_that_names_another_request_leads_there_first() -> None:
    talk = begun(WIRELESS)
    ref = talk.ref
    tell(talk, "/new", "415-421-8840, Verizon Wireless")
    shown = talk.hear("command", f"/cancel {ref.lower()}", code="cancel")
    assert keys(shown) == ["cancel.other"]
    assert [choice.code for choice in shown[0].choices] == ["go"]
    assert talk.request.status == "intake"


# what else people send


def test_ones_own_contact_is_taken_where_a_number_is_asked_for() -> None:
    talk = begun(WIRELESS, "destination")
    talk.hear("contact", "+1 415 200 0100", code="own")
    assert values(talk)["destination"] == ("+14152000100",)
    first = Talk()
    first.hear("contact", "+1 415 421 8832", code="own")
    assert values(first)["numbers"] == ("+14154218832",)


@pytest.mark.parametrize("state", ["nobody", "numbers", "address", "destination", "submitted"])
def test_anybody_elses_contact_is_not_taken(state: str) -> None:
    talk = at(state)
    before = talk.requests and values(talk)
    shown = talk.hear("contact", "+1 415 200 0199", code="other")
    assert "contact.not_own" in keys(shown)
    assert (talk.requests and values(talk)) == before


def test_ones_own_contact_is_not_needed_just_now() -> None:
    talk = begun(WIRELESS, "address")
    assert keys(talk.hear("contact", "+1 415 200 0100", code="own")) == ["contact.not_now", "ask.address_wireless"]


@pytest.mark.parametrize("kind", [*OTHER_KINDS, "something new"])
def test_every_other_thing_is_answered_and_the_question_put_again(kind: str) -> None:
    talk = begun(WIRELESS, "address")
    shown = talk.hear("other", code=kind)
    assert keys(shown) == [f"other.{kind if kind in OTHER_KINDS else 'unknown'}", "ask.address_wireless"]
    assert talk.chat.asked == "address"


def test_what_stands_under_a_thing_reaches_the_desk() -> None:
    talk = at_phase("submitted")
    talk.hear("other", "this is where the shop is", code="location")
    assert "this is where the shop is" in talk.posts[-1]


def test_an_edit_changes_nothing_and_says_how_to() -> None:
    talk = begun(WIRELESS, "destination")
    before = values(talk)
    assert keys(talk.hear("edit", "Mario Alvarez")) == ["edit.seen", "ask.destination_wireless"]
    assert values(talk) == before


def test_ten_messages_in_a_second_are_all_answered() -> None:
    talk = begun(WIRELESS, "address")
    shown = [talk.say(text) for text in ("hi", "hello?", "are you there?", "why?", "ok thx") * 2]
    assert all(shown)
    assert talk.chat.asked == "address"


def test_who_blocks_and_comes_back_after_a_request_was_given_up_is_not_told_twice() -> None:
    talk = at_phase("expired")
    tell(talk, "/delete_my_data")
    talk.hear("blocked")
    assert keys(talk.hear("unblocked")) == []


def test_a_group_is_told_to_write_in_private() -> None:
    talk = Talk()
    assert keys(talk.hear("group", "415-421-8832")) == ["group.private_only"]
    assert talk.requests == {}


@pytest.mark.parametrize("text", [" ", "\u200b", "x" * 4096, "😀" * 2000])
def test_nothing_and_far_too_much_are_answered(text: str) -> None:
    talk = begun(WIRELESS, "name")
    before = values(talk)
    shown = talk.say(text)
    assert "ask.name_wireless" in keys(shown)
    assert values(talk) == before
