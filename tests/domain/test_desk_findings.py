"""What a fresh user at the desk found: untold reasons, whose turn it is, who waits, and wishes to cancel."""

import pytest

from bot.slack import facts, standing
from bot.wording import slack_text
from domain.desk.keeping import Sheet
from domain.desk.rehearsing import rehearse
from domain.desk.roles import Role
from domain.desk.staff import Order
from domain.desk.urgent import STOP, urgent_of
from domain.desk.wanted import of_customer
from domain.intake.sayings import wants_person
from domain.intake.sayings.no_names import is_no_name
from domain.intake.sayings.stopping import wants_to_stop
from domain.values import replace
from tests.domain.standing import at_phase
from tests.domain.talk import POLICY, Talk
from tests.domain.test_risks import sheet_of
from tests.domain.ways import SOMEONE_ELSES, WIRELESS, begun

WHY = "the bill says Maria J. Alvarez"


def card(talk: Talk) -> str:
    """Return the top of the request's card."""
    return standing.state(talk.case(), talk.policy)


# 3: the reason of `ask`


def waiting_for_bill() -> Talk:
    """Return a conversation whose bill is promised, and whose desk has the request already."""
    talk = begun({**WIRELESS, "bill": "!later"}, "pin")
    talk.press("later")
    assert talk.request.status == "awaiting_documents"
    return talk


def test_the_reason_of_an_ask_is_read_while_papers_are_awaited_too() -> None:
    talk = waiting_for_bill()
    talk.staff("ask", f"name: {WHY}")
    [shown] = talk.forward(seconds=61)
    assert WHY in shown.text
    assert shown.owed.key.startswith("notice.asked_again")
    assert talk.chat.asked == "name"


def test_the_preview_of_an_ask_shows_its_reason_while_papers_are_awaited() -> None:
    talk = waiting_for_bill()
    sheet: Sheet = sheet_of(talk)
    said = rehearse(sheet, Order("U0STAFF1", "ask", f"name: {WHY}", Role.ADMIN), talk.now, lambda: 1, talk.policy)
    assert [WHY in str(owed.params) and owed.key.startswith("notice.asked_again") for owed in said] == [True]


def test_a_new_reason_is_told_though_its_question_was_asked_already() -> None:
    talk = at_phase("changes_requested")
    talk.staff("ask", "name: and its second word, too")
    [shown] = talk.forward(seconds=61)
    assert "and its second word, too" in shown.text
    talk.staff("ask", "name: and its second word, too")
    assert talk.forward(seconds=61) == []


def test_what_was_answered_meanwhile_is_not_asked_again_with_its_reason() -> None:
    talk = at_phase("changes_requested")
    talk.staff("ask", "name: and its second word, too")
    talk.say("Maria J. Alvarez")
    assert not [shown for shown in talk.forward(seconds=61) if "second word" in shown.text]


# 4: the status while a resubmission can be taken back


def test_the_status_does_not_go_back_while_a_resubmission_can_be_taken_back() -> None:
    talk = at_phase("rejected")
    talk.say("482914")
    before = talk.command("status")[-1].text
    assert "our desk" in before
    talk.staff("submit")
    shown = talk.command("status")[-1]
    assert shown.text.splitlines()[-2:] == before.splitlines()[-2:]
    assert "go" not in [choice.code for choice in shown.choices]
    talk.forward(seconds=61)
    assert "sent to Verizon" in talk.command("status")[-1].text


def test_a_rejection_that_nobody_answered_is_still_the_customers_turn() -> None:
    talk = at_phase("rejected")
    shown = talk.command("status")[-1]
    assert "<b>yours</b>" in shown.text
    assert "go" in [choice.code for choice in shown.choices]


# 5: whom a card says it waits for


def test_an_edited_name_makes_a_card_in_review_wait_for_the_customers_signature() -> None:
    talk = at_phase("staff_review")
    assert "Waiting for: the desk" in card(talk)
    talk.staff("edit", "name: Maria Smith")
    assert "Missing from the customer: Signature" in card(talk)
    assert "Waiting for: the customer" in card(talk)


def test_a_letter_of_somebody_else_that_an_edit_took_away_waits_for_who_signs() -> None:
    talk = begun(SOMEONE_ELSES)
    talk.staff("letter")
    assert talk.request.status == "staff_review"
    talk.forward(seconds=61)
    talk.staff("edit", "name: Maria Smith")
    assert "Waiting for: whoever signs the letter" in card(talk)


def test_a_pin_that_comes_later_keeps_a_review_with_the_desk() -> None:
    talk = begun(WIRELESS, "pin")
    talk.press("later")
    assert talk.request.status == "staff_review"
    assert "Missing from the customer: Transfer PIN" in card(talk)
    assert "Waiting for: the desk" in card(talk)


# 6: who waits for an answer


def test_a_nudge_about_a_request_that_is_over_offers_no_take() -> None:
    talk = at_phase("cancelled")
    talk.chat = replace(talk.chat, focus=talk.newest)
    talk.say("what?! I did not ask for that")
    talk.forward(hours=9)
    [nudge] = [post for post in talk.posts if "has waited" in post]
    assert "is over" in nudge
    assert "take it" not in nudge


# 15: what answers a customer


@pytest.mark.parametrize(("verb", "argument"), [("submit", "VZ-881"), ("hold", "the carrier is slow")])
def test_a_step_is_no_answer_to_a_customers_question(verb: str, argument: str) -> None:
    talk = at_phase("staff_review")
    talk.say("so whose turn is it with all of this")
    assert talk.request.waits_since is not None
    assert not talk.staff(verb, argument).error
    assert talk.request.waits_since is not None


@pytest.mark.parametrize(("verb", "argument"), [("reply", "Ours, you need do nothing."), ("ask", f"name: {WHY}")])
def test_words_to_the_customer_answer_their_question(verb: str, argument: str) -> None:
    talk = at_phase("staff_review")
    talk.say("so whose turn is it with all of this")
    assert not talk.staff(verb, argument).error
    assert talk.request.waits_since is None


@pytest.mark.parametrize(("verb", "argument"), [("cancel", ""), ("reject", "wrong pin: 8C"), ("ask", "name")])
def test_what_brings_a_customer_no_words_of_staffs_leaves_their_call_for_help_waiting(verb: str, argument: str) -> None:
    talk = at_phase("staff_review" if verb == "ask" else "submitted")
    talk.say("have somebody call me at once")
    assert not talk.staff(verb, argument).error
    assert talk.request.waits_since is not None
    assert not talk.staff("undo").error
    assert talk.request.waits_since is not None
    assert not talk.staff(verb, argument).error
    talk.forward(seconds=61)
    assert talk.request.waits_since is not None
    talk.staff("reply", "Now.")
    assert talk.request.waits_since is None


def test_who_was_to_be_answered_by_words_that_were_taken_back_waits_as_before_and_is_brought_up() -> None:
    talk = at_phase("staff_review")
    talk.say("have somebody call me at once")
    since = talk.request.waits_since
    talk.forward(minutes=5)
    talk.staff("ask", f"name: {WHY}")
    assert talk.request.waits_since is None
    talk.staff("undo")
    assert talk.request.waits_since == since is not None
    talk.forward(minutes=POLICY.nudge_minutes - 5)
    assert sum("has waited" in post for post in talk.posts) == 1


def test_who_has_had_other_words_since_is_answered_though_the_first_are_taken_back() -> None:
    talk = at_phase("staff_review")
    talk.say("have somebody call me at once")
    talk.staff("ask", f"name: {WHY}")
    talk.staff("reply", "I call you now.")
    assert talk.staff("undo").key == "undo.done"
    assert talk.request.waits_since is None


# 19: a bill that was promised


def test_a_promised_bill_is_missing_from_the_customer_until_it_is_here() -> None:
    talk = waiting_for_bill()
    assert of_customer(talk.case()) == ("bill", "pin")
    assert "Missing from the customer: Bill" in card(talk)
    talk.document()
    assert of_customer(talk.case()) == ("pin",)


# 8: small talk where a name is asked for


@pytest.mark.parametrize(
    "said",
    ["im back", "I'm back!", "hi again", "Hello there", "good morning", "ok im here", "here I am", "brb", "one sec",
     "sorry for the delay", "was away", "thanks", "lol", "ok cool", "hold on", "let's go", "back again", "Ready now"],
)  # fmt: skip
def test_small_talk_is_no_name(said: str) -> None:
    talk = begun(WIRELESS, "name")
    talk.say(said)
    assert is_no_name(said)
    assert "name" not in talk.case().answers


@pytest.mark.parametrize(
    "said", ["Im Backes", "Maria Back", "Morgan Good", "Ok Kim", "Hi Lo", "Thank Nguyen", "Will Here"]
)
def test_names_that_look_like_small_talk_are_names(said: str) -> None:
    talk = begun(WIRELESS, "name")
    talk.say(said)
    assert talk.case().answers["name"].value == ("person", *said.split())


def test_who_comes_back_after_an_edit_is_not_called_so() -> None:
    """The finding itself: staff asked for the name again, and “im back” became it."""
    talk = at_phase("changes_requested")
    talk.say("im back")
    assert talk.case().answers["name"].reopened
    assert talk.chat.asked == "name"
    talk.say("Maria J. Alvarez")
    assert "J" in " ".join(talk.case().answers["name"].value)


# 9: wishes to cancel


@pytest.mark.parametrize("phase", ["scheduled", "activating"])
def test_cancel_with_a_date_tells_the_desk_at_once_as_urgent_and_the_customer_that_it_was_told(phase: str) -> None:
    talk = at_phase(phase)
    posts = len(talk.posts)
    shown = talk.command("cancel")
    assert "I have told our desk" in shown[-1].text
    assert ["Urgent: the customer wants to cancel" in post for post in talk.posts[posts:]] == [True]
    assert urgent_of(talk.case()) == (STOP,)
    assert "The customer wants to cancel" in "".join(standing.urgent(talk.case()))
    assert talk.owed[-1].kind == "say"
    assert "card" in [owed.kind for owed in talk.owed]
    assert talk.request.waits_since is not None
    assert "wants_cancel" in [row.what for row in talk.history]


def test_the_second_cancel_says_that_the_desk_knows_and_posts_nothing() -> None:
    talk = at_phase("scheduled")
    talk.command("cancel")
    posts = len(talk.posts)
    assert "Our desk knows already" in talk.command("cancel")[-1].text
    assert len(talk.posts) == posts


def test_the_wish_is_no_urgent_matter_any_more_once_the_desk_has_cancelled() -> None:
    talk = at_phase("scheduled")
    talk.command("cancel")
    assert not talk.staff("cancel", "stopped").error
    assert urgent_of(talk.case()) == ()
    assert not list(facts._flags(talk.case()))


@pytest.mark.parametrize("phase", ["submitted", "pending_date", "scheduled", "rejected", "changes_requested"])
def test_clear_words_to_stop_reach_the_desk_as_urgent_and_get_the_button(phase: str) -> None:
    talk = at_phase(phase)
    posts = len(talk.posts)
    shown = talk.say("STOP this port now, cancel everything")
    assert [choice.code for choice in shown[-1].choices] == ["cancel.yes", "cancel.no"]
    [post] = talk.posts[posts:]
    assert "seems to want to stop this" in post
    assert "STOP this port now" in post
    talk.press("cancel.yes")
    expected = {"scheduled": "scheduled", "changes_requested": "cancelled"}.get(phase, "cancel_requested")
    assert talk.request.status == expected
    assert (urgent_of(talk.case()) == (STOP,)) == (phase == "scheduled")


def test_who_did_not_mean_it_keeps_the_port() -> None:
    talk = at_phase("scheduled")
    talk.say("please stop the transfer")
    talk.press("cancel.no")
    assert talk.request.status == "scheduled"
    assert urgent_of(talk.case()) == ()


@pytest.mark.parametrize(
    ("said", "is_wish"),
    [
        ("STOP this port now, cancel everything", True),
        ("please cancel my port immediately", True),
        ("I want to stop the whole transfer!", True),
        ("Wait. Do not move my number", True),
        ("we have decided to cancel this order", True),
        ("can I stop the port?", False),
        ("please do not stop the port", False),
        ("my carrier wants to cancel my internet", False),
        ("stop by the office when you can", False),
        ("the alarm company must cancel its line first", False),
    ],
)
def test_only_clear_words_are_a_wish_to_stop(said: str, *, is_wish: bool) -> None:
    assert wants_to_stop(said) == is_wish


# of 30: a person, beside a number in the first message


def test_who_wants_a_person_in_a_first_message_with_a_number_is_heard() -> None:
    talk = Talk()
    shown = talk.say("I want to talk to a person NOW. My number is 415-421-8832, Verizon Wireless")
    assert urgent_of(talk.case()) == ("wants_person",)
    assert "person.told" in shown[-1].owed.key
    assert [number.e164 for number in talk.case().numbers] == ["+14154218832"]
    assert slack_text("thread.wants_person", {}) in talk.posts


@pytest.mark.parametrize(
    ("said", "is_wish"),
    [
        ("I want to talk to a person NOW about 415-421-8832", True),
        ("415-421-8832 Verizon, please let me speak to a human", True),
        ("415-421-8832, I need to speak to somebody about my number", True),
        ("my number is 415-421-8832, Verizon, in person", False),
        ("415-421-8832 Human Mobile", False),
    ],
)
def test_a_wish_for_a_person_is_a_sentence(said: str, *, is_wish: bool) -> None:
    assert wants_person(said) == is_wish
