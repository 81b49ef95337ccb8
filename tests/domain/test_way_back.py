"""After the move: a number wanted back, one that should never have moved, one that another carrier asks for."""

from datetime import timedelta

import pytest

from bot.wording import slack_text
from domain.desk.leaving import ASKED, NO, OFF, YES, lacking, leaving_of, noted
from domain.desk.way_back import BACK, LATE, OPEN, WRONGLY, standing, time_left
from domain.numbers.inventory import Ours
from domain.values import replace
from tests.domain.standing import at_phase
from tests.domain.talk import Talk
from tests.domain.ways import LANDLINE, begun, keys

WHO = "to Verizon: Maria Alvarez, called back at her number"


def posts(talk: Talk, since: int) -> str:
    return "\n".join(talk.posts[since:])


def office() -> Talk:
    """Return three numbers of one request that have moved."""
    talk = begun(LANDLINE)
    for verb, argument in (("submit", "88123"), *[("advance", "")] * 3, ("date", "2026-12-01")):
        talk.staff(verb, argument)
        talk.forward(seconds=61)
    assert not talk.staff("complete").error
    talk.forward(seconds=61)
    return talk


def phases(talk: Talk) -> list[str]:
    return [number.phase for number in talk.case().numbers]


# a customer wants it back


@pytest.mark.parametrize("said", ["I want my number back", "undo the port", "please move it back to Verizon"])
def test_who_wants_the_number_back_reads_how_and_the_desk_is_asked(said: str) -> None:
    talk = at_phase("ported")
    talk.forward(days=2)
    before = len(talk.posts)
    (told,) = talk.say(said)
    assert "asks us for it" in told.text
    assert "I have told our desk" in told.text
    assert "to move on, or back" in posts(talk, before)


def test_cancel_after_the_move_tells_the_way_back_and_its_button_asks_the_desk() -> None:
    talk = at_phase("ported")
    (told,) = talk.command("cancel")
    assert "has moved already" in told.text
    before = len(talk.posts)
    (asked,) = talk.press("port_back")
    assert "I have told our desk" in asked.text
    assert "to move on, or back" in posts(talk, before)


@pytest.mark.parametrize("state", ["nobody", "numbers", "submitted"])
def test_who_has_nothing_that_moved_is_told_how_it_would_be(state: str) -> None:
    talk = at_phase(state) if state == "submitted" else Talk()
    if state == "numbers":
        talk.command("start")
    shown = talk.say("I want my number back")
    assert "asks us for it" in shown[0].text or "said.port_back" in shown[0].owed.key
    assert not any("to move on, or back" in post for post in talk.posts)


def test_a_wish_is_taken_for_the_request_that_has_moved_though_the_chat_is_about_none() -> None:
    talk = at_phase("ported")
    talk.chat = replace(talk.chat, focus=None)
    talk.say("I want my number back")
    talk.forward(seconds=1)
    assert any("to move on, or back" in post for post in talk.posts)


# it should never have moved


@pytest.mark.parametrize("said", [
    "You moved the wrong number!", "I did not authorise this", "I never agreed to this", "this was ported by mistake",
    "my number should never have been moved", "It wasn't supposed to be ported", "the port was a mistake",
])  # fmt: skip
@pytest.mark.parametrize(("hours", "key"), [(1, "thread.wrongly_moved"), (30, "thread.wrongly_moved_late")])
def test_a_wrong_move_is_urgent_at_once(said: str, hours: int, key: str) -> None:
    talk = at_phase("ported")
    talk.forward(hours=hours)
    owed = len(talk.owed)
    shown = talk.say(said)
    assert keys(shown) == ["returning.wrong"]
    assert "as urgent" in shown[0].text
    new = [each.key for each in talk.owed[owed:]]
    assert key in new
    assert "desk.wrongly_moved" in new
    assert WRONGLY in talk.case().answers["flags"].value


@pytest.mark.parametrize("said", [
    "You moved the wrong number, I never asked for 415-421-8832",
    "You moved the wrong number. I never asked for 415-555-0199!",
    "I never asked for 415-421-8832 to be moved",
    "415-421-8832 was moved without my permission",
    "you ported the wrong number, it should have been 415-421-8833",
    "I didn't ask you to port 415-421-8832",
])  # fmt: skip
def test_a_wrong_move_is_heard_with_the_number_beside_it_and_the_desk_reads_the_words(said: str) -> None:
    talk = at_phase("ported")
    before = len(talk.posts)
    assert keys(talk.say(said)) == ["returning.wrong"]
    assert WRONGLY in talk.case().answers["flags"].value
    assert said.partition(".")[0].partition(",")[0] in posts(talk, before)


def test_a_number_in_a_message_that_tells_of_no_wrong_move_is_still_a_number() -> None:
    talk = at_phase("ported")
    talk.say("I never asked why 415-421-8832 is slow")
    assert "flags" not in talk.case().answers


def test_only_what_has_moved_is_meant_when_it_should_not_have_or_is_wanted_back() -> None:
    talk, both = begun(LANDLINE), "8832, 8833"
    steps = (("submit", "88123"), ("cancel", "8834"), *[("advance", both)] * 3, ("date", f"{both} 2026-12-01"))
    for verb, argument in steps:
        assert not talk.staff(verb, argument).error
        talk.forward(seconds=61)
    before = len(talk.posts)
    assert "complete.last" in talk.staff("complete", both).key
    assert "nothing else of this is under way" in posts(talk, before)
    talk.forward(seconds=61)
    for said in ("you moved the wrong number", "I want my number back"):
        told = talk.say(said)[0].text
        assert "(415) 421-8833" in told
        assert "8834" not in f"{told}{posts(talk, before)}"


@pytest.mark.parametrize("phase", ["submitted", "carrier_review", "pending_date", "scheduled"])
def test_words_of_a_wrong_move_that_is_under_way_ask_whether_to_stop_it(phase: str) -> None:
    talk = at_phase(phase)
    talk.say("you ported the wrong number")
    assert [choice.code for choice in talk.screen[-1].choices] == ["cancel.yes", "cancel.no"]
    assert any("seems to want to stop this" in post for post in talk.posts)


def test_a_snapback_within_a_day_has_its_script_and_countdown_and_goes_back() -> None:
    talk = at_phase("ported")
    talk.forward(hours=3)
    told = talk.staff("snapback", ": the customer meant another number")
    assert told.key == "snapback.begun"
    script = slack_text(talk.owed[-1].key, talk.owed[-1].params)
    assert "inadvertent port" in script
    assert "the customer meant another number" in script
    assert standing(talk.case()) == OPEN
    left = time_left(talk.case(), talk.now)
    assert left is not None
    assert timedelta(hours=20) < left < timedelta(hours=21)
    assert any(each.key == "desk.snapback" for each in talk.owed)
    before = len(talk.posts)
    talk.forward(hours=17)
    assert "can be had only until" in posts(talk, before)
    assert not talk.staff("snapback", "done").error
    assert standing(talk.case()) == BACK
    shown = talk.forward(days=2)
    assert talk.request.status == "returned"
    [notice] = [each.text for each in shown if each.owed.key == "notice.gone_back"]
    assert "has gone back to Verizon" in notice
    assert "keep that service" in notice
    assert "test call" in notice
    status = talk.command("status")[-1].text
    assert "It is with Verizon" in status
    assert "test call" in status
    assert "24 hours of the snapback are over" not in posts(talk, before)


def test_after_a_day_its_old_company_has_to_win_it_back() -> None:
    talk = at_phase("ported")
    talk.forward(hours=25)
    assert talk.staff("snapback").key == "snapback.late"
    assert "win-back order" in slack_text(talk.owed[-1].key, talk.owed[-1].params)
    assert (standing(talk.case()), time_left(talk.case(), talk.now)) == (LATE, None)
    assert not talk.staff("snapback", "done").error
    assert talk.request.status == "returned"


def test_a_snapback_that_nobody_ends_in_time_becomes_a_win_back() -> None:
    talk = at_phase("ported")
    talk.staff("snapback")
    before = len(talk.posts)
    talk.forward(hours=30)
    assert "24 hours of the snapback are over" in posts(talk, before)
    assert standing(talk.case()) == LATE
    assert talk.request.status == "ported"


def test_a_snapback_is_begun_once_and_ended_only_once_begun() -> None:
    talk = at_phase("ported")
    assert talk.staff("snapback", "done").key == "snapback.none"
    talk.staff("snapback")
    assert talk.staff("snapback").key == "snapback.open"


def test_what_went_back_can_be_taken_back_in_time() -> None:
    talk = at_phase("ported")
    talk.staff("snapback")
    talk.forward(seconds=61)
    talk.staff("snapback", "done")
    assert not talk.staff("undo").error
    assert (talk.request.status, standing(talk.case())) == ("ported", OPEN)
    assert not any(each.owed.key.startswith("notice.gone_back") for each in talk.forward(days=1))
    assert talk.inventory[talk.number.e164].role == "tracking"


@pytest.mark.parametrize("phase", ["intake", "staff_review", "submitted", "scheduled", "cancelled"])
@pytest.mark.parametrize("verb", ["snapback", "out"])
def test_what_has_not_moved_neither_goes_back_nor_leaves(phase: str, verb: str) -> None:
    talk = at_phase(phase)
    assert talk.staff(verb, WHO).key.startswith("staff.impossible")


def test_one_number_of_several_goes_back_and_the_others_stay() -> None:
    talk = office()
    talk.staff("snapback", "415-421-8833: it was not on the list")
    talk.forward(seconds=61)
    assert not talk.staff("snapback", "done").error
    assert phases(talk) == ["ported", "returned", "ported"]
    assert any("gone back to Comcast" in shown.text for shown in talk.forward(days=1))


# another carrier asks for it


def test_a_number_leaves_by_its_checklist() -> None:
    talk = at_phase("ported")
    talk.inventory[talk.number.e164] = Ours("tracking", talk.ref)
    assert talk.staff("out", WHO).key == "out.asked"
    assert "silence counts as yes" in slack_text(talk.owed[-1].key, talk.owed[-1].params)
    assert talk.staff("out", "yes").key == "out.unchecked"
    assert talk.staff("out", "name, account and pin; yes").key == "out.yes"
    talk.forward(seconds=61)
    assert talk.staff("out", "routing").key == "out.not_left"
    told = talk.staff("out", "left")
    assert told.key == "out.left"
    assert "billing" in slack_text(told.key, told.params)
    assert talk.request.status == "returned"
    assert talk.number.e164 not in talk.inventory
    assert lacking(talk.case()) == OFF
    talk.forward(seconds=61)
    assert not talk.staff("out", "routing, texting, billing").error
    assert lacking(talk.case()) == ()
    assert talk.staff("out", "left").key.startswith("staff.impossible")


def test_yes_needs_somebody_who_is_known_to_ask() -> None:
    talk = at_phase("ported")
    talk.staff("out", "to Verizon; name")
    assert talk.staff("out", "yes").key == "out.who"
    assert not talk.staff("out", "to Verizon: Maria Alvarez by a code to the number; yes").error


def test_the_answer_is_due_in_time_and_reminded_of() -> None:
    talk = at_phase("ported")
    talk.staff("out", WHO)
    before = len(talk.posts)
    talk.forward(hours=19)
    assert "waits for an answer" not in posts(talk, before)
    talk.forward(hours=2)
    assert "Silence counts as yes: if it must not leave, say no now" in posts(talk, before)
    talk.forward(hours=5)
    assert "by silence we agreed" in posts(talk, before)


@pytest.mark.parametrize("answer", ["name; yes", "no: the PIN is wrong"])
def test_who_has_answered_is_reminded_of_nothing(answer: str) -> None:
    talk = at_phase("ported")
    talk.staff("out", WHO)
    assert not talk.staff("out", answer).error
    before = len(talk.posts)
    talk.forward(days=3)
    assert "Silence" not in posts(talk, before)
    leaving = leaving_of(talk.case())
    assert leaving is not None
    assert leaving.stands == (NO if answer.startswith("no:") else YES)


def test_after_a_no_the_next_order_has_its_own_time() -> None:
    talk = at_phase("ported")
    talk.staff("out", WHO)
    talk.staff("out", "no: wrong name")
    talk.forward(days=3)
    talk.staff("out", "to Bandwidth: Maria Alvarez, called back")
    leaving = leaving_of(talk.case())
    assert leaving is not None
    assert (leaving.stands, leaving.to, leaving.ticked) == (ASKED, "Bandwidth", ())


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("", "out.nothing"), ("name", "out.first"), ("yes", "out.first"), ("left", "out.first"),
        (f"{WHO}; rich", "out.which"), (f"{WHO}; name; yes; to Sprint: Bob", "out.decided"),
    ],
)  # fmt: skip
def test_what_cannot_be_noted_says_what_can(said: str, key: str) -> None:
    talk = at_phase("ported")
    told = talk.staff("out", said)
    assert (told.key, told.error) == (key, True)
    assert leaving_of(talk.case()) is None


def test_what_has_left_can_be_taken_back_in_time() -> None:
    talk = at_phase("ported")
    talk.staff("out", f"{WHO}; name; yes")
    talk.forward(seconds=61)
    talk.staff("out", "left")
    assert not talk.staff("undo").error
    leaving = leaving_of(talk.case())
    assert leaving is not None
    assert (talk.request.status, leaving.stands) == ("ported", YES)
    assert talk.inventory[talk.number.e164].role == "tracking"


def test_one_number_of_several_leaves_and_the_others_stay() -> None:
    talk = office()
    assert not talk.staff("out", "415-421-8833 to Verizon: Tom Baker, called back; name; yes").error
    talk.forward(seconds=61)
    assert not talk.staff("out", "left").error
    assert phases(talk) == ["ported", "returned", "ported"]
    assert "+14154218833" not in talk.inventory


def test_a_form_says_the_same_as_is_typed() -> None:
    assert noted("Verizon", "Tom; called: back", ("name", "pin"), "yes") == (
        "to Verizon: Tom, called  back; only name, pin; yes"
    )
    talk = at_phase("ported")
    assert not talk.staff("out", noted("Verizon", "Tom; called: back", ("name", "pin"), "")).error
    talk.staff("out", noted("", "", ("name",), "yes"))
    leaving = leaving_of(talk.case())
    assert leaving is not None
    assert (leaving.stands, leaving.ticked) == (YES, ("name",))
