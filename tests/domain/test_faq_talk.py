"""Questions asked in a conversation: answered at any moment, and the open question keeps its place."""

import copy
import functools
import tomllib
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from bot.telegram.sender import keyboard
from domain.intake.faq import FAQ, TOPICS, of_topic
from domain.policy import Policy
from tests.domain.standing import OPEN, RARE, STATES, asked_in, at, at_phase, say_to, until
from tests.domain.talk import Shown, Talk

ANSWERS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("utterances.toml").read_text("utf-8"))["answers"]
AT_DESK = ("staff_review", "submitted", "scheduled")


def keys(shown: list[Shown]) -> list[str]:
    return [each.owed.key for each in shown]


def buttons(shown: Shown) -> list[str]:
    return [choice.code for choice in shown.choices]


@functools.cache
def _standing(state: str) -> Talk:
    return at(state)


def standing(state: str) -> Talk:
    """Return a conversation of its own in a state."""
    return copy.deepcopy(_standing(state))


# asking


@pytest.mark.parametrize("question", [*OPEN, *RARE])
def test_a_question_is_answered_at_every_question_and_then_that_one_is_answered(question: str) -> None:
    talk = standing(question)
    (shown,) = talk.say("What is a customer service record?")
    assert shown.owed.key.split("+")[0] == "faq.csr"
    assert asked_in([shown])
    assert talk.chat.asked == question
    say_to(talk, question)
    assert question in talk.case().answers
    assert talk.chat.asked != question


def test_a_newcomer_who_asks_is_greeted_answered_and_asked_for_the_number() -> None:
    talk = Talk()
    (shown,) = talk.say("What is a Letter of Authorization?")
    assert shown.owed.key == "start.welcome+faq.letter+stage.line+ask.numbers"
    talk.say("415-421-8832")
    assert talk.chat.asked == "carrier"


@pytest.mark.parametrize("phase", AT_DESK)
def test_after_submission_a_question_is_answered_and_people_read_it_too(phase: str) -> None:
    talk = at_phase(phase)
    posts = len(talk.posts)
    (shown,) = talk.say("What is an LSR?")
    assert shown.owed.key == "faq.phases+faq.own.stands+text.passed_on"
    assert talk.ref in shown.text
    assert buttons(shown) == ["topic.all", "talk"]
    assert "What is an LSR?" in talk.posts[posts]


def test_after_submission_the_desk_reads_what_is_not_clear_and_the_likeliest_are_offered() -> None:
    talk = at_phase("submitted")
    (shown,) = talk.say("will all this be the same for my second line at the office?")
    assert shown.owed.key == "text.passed_on+faq.perhaps"
    assert 1 <= len(shown.choices) <= 3
    assert "second line at the office" in talk.posts[-1]


def test_a_question_asked_when_all_is_over_is_answered_and_people_read_it() -> None:
    talk = at_phase("ported")
    (shown,) = talk.say("The number is still listed as pending although it has moved")
    assert shown.owed.key == "faq.pending_after+text.passed_on"
    assert f"filed under {talk.ref}" in shown.text


def test_who_is_not_clear_is_offered_three_and_a_person_and_loses_nothing() -> None:
    talk = until("address")
    (shown,) = talk.say("and what about the letter and who does that")
    assert shown.owed.key == "faq.unsure"
    assert buttons(shown)[-1] == "talk"
    assert {"faq.letter", "faq.who_signs"} <= set(buttons(shown)[:-1])
    assert len(shown.choices) <= 4
    say_to(talk, "address")
    assert talk.chat.asked == "destination"


def test_an_offered_question_is_answered_and_the_open_one_put_again() -> None:
    talk = until("address")
    talk.say("and what about the letter and who does that")
    (shown,) = talk.press("faq.who_signs")
    assert shown.owed.key == "faq.who_signs+ask.address_wireless"
    assert talk.chat.asked == "address"


def test_a_newcomer_who_is_not_clear_is_asked_for_the_number_and_offered_what_it_may_be() -> None:
    talk = Talk()
    welcome, offered = talk.say("and what about the letter and who does that")
    assert welcome.owed.key == "start.welcome+stage.line+ask.numbers"
    assert offered.owed.key == "faq.unsure"
    assert talk.press("faq.letter")[0].owed.key == "faq.letter+ask.numbers"


def test_what_the_table_does_not_know_is_answered_as_before() -> None:
    talk = until("address")
    assert keys(talk.say("do you like music and poems at all?"))[0].startswith("why.address")


@pytest.mark.parametrize("text", ["is 415-200-0100 okay as the receiving number?", "my pin is 482913, is it valid?"])
def test_what_holds_figures_is_left_to_the_readers(text: str) -> None:
    talk = until("address")
    assert not any("faq." in key for key in keys(talk.say(text)))


def test_a_carrier_named_in_a_question_is_taken_as_the_answer() -> None:
    talk = until("carrier")
    talk.say("is it a problem that I am with Verizon Wireless prepaid?")
    assert "carrier" in talk.case().answers


@pytest.mark.parametrize("asked", [asked for asked in ANSWERS if asked in STATES])
def test_an_answer_is_never_taken_for_a_question(asked: str) -> None:
    taken = []
    for text in ANSWERS[asked]:
        shown = standing(asked).say(text)
        taken += [text for key in keys(shown) if "faq." in key]
    assert taken == []


# buttons


def test_a_button_of_a_question_works_at_any_time() -> None:
    talk = until("address")
    talk.command("help")
    talk.press("topic.costs")
    offered = talk.screen[-1]
    choice = next(each for each in offered.choices if each.code == "faq.how_much")
    for each in OPEN[OPEN.index("address") :]:
        say_to(talk, each)
    (shown,) = talk.push(offered, choice)
    assert shown.owed.key == "faq.how_much"
    assert "$0.00" in shown.text


@pytest.mark.parametrize("code", ["faq.nothing", "faq", "topic.nothing", "topic"])
def test_a_button_that_we_no_longer_have_is_old(code: str) -> None:
    talk = until("address")
    assert keys(talk.hear("press", code=code)) == ["press.stale+ask.address_wireless"]


VARIANTS = (
    "status.next.ported",
    "status.next.closed",
    "faq.variant.unpaid_canada",
    "faq.variant.when_dated",
)  # of where a request stands


@pytest.mark.parametrize("state", STATES)
def test_help_leads_to_every_answer_in_every_state(state: str) -> None:
    talk = standing(state)
    asked, case = talk.chat.asked, talk.requests.keys()
    topics = talk.command("help")[0]
    seen = set()
    for topic in TOPICS:
        choice = next(each for each in topics.choices if each.code == f"topic.{topic}")
        (page,) = talk.push(topics, choice)
        assert buttons(page) == [*(f"faq.{each.id}" for each in of_topic(topic)), "topic.all", "talk"]
        for each in page.choices[:-2]:
            *files, answer = talk.push(page, each)
            assert len(files) == (2 if each.code == "faq.many_numbers" else 0)  # the list to fill in, both ways
            assert answer.owed.key.split("+")[0] in (each.code, *VARIANTS)
            assert "{" not in answer.text
            assert len(answer.text) < 4000
            seen.add(each.code.removeprefix("faq."))
    assert seen == FAQ.keys()
    assert (talk.chat.asked, talk.requests.keys()) == (asked, case)


def test_all_topics_are_one_tap_from_a_topic() -> None:
    talk = Talk()
    topics = buttons(talk.command("help")[0])
    talk.press("topic.papers")
    assert [buttons(shown) for shown in talk.press("topic.all")] == [topics]


def test_what_is_shown_under_help_fits_into_callback_data() -> None:
    talk = until("address")
    for shown in (*talk.command("help"), *talk.press("topic.service"), *talk.press("faq.texting")):
        assert '"callback_data":"' in keyboard(shown.owed) or not shown.choices


# a person


def test_who_wants_a_person_before_there_is_a_number_is_asked_for_it() -> None:
    talk = Talk()
    talk.command("help")
    assert keys(talk.press("talk")) == ["person.first"]


def test_who_taps_for_a_person_reaches_the_desk_and_keeps_the_place() -> None:
    talk = until("address")
    talk.command("help")
    assert keys(talk.press("talk")) == ["person.told+ask.address_wireless"]
    assert "wants_person" in talk.case().answers["flags"].value
    assert talk.posts


def test_who_taps_for_a_person_when_all_is_over_is_told_to_write() -> None:
    talk = at_phase("cancelled")
    talk.command("help")
    assert keys(talk.press("talk")) == ["said.person"]


# what is filled in


def tapped(talk: Talk, name: str) -> Shown:
    """Return the answer to a question that is tapped under /help."""
    topics = talk.command("help")[0]
    (page,) = talk.push(topics, next(each for each in topics.choices if each.code == f"topic.{FAQ[name].topic}"))
    return talk.push(page, next(each for each in page.choices if each.code == f"faq.{name}"))[-1]


def test_the_companys_own_figures_stand_in_the_answers() -> None:
    talk = Talk(
        replace(Policy(), window_start=time(10, 15), port_fee="7.50", keep_old_service=21, wireless_days=(3, 6))
    )
    talk.command("start")
    assert "10:15 to 08:30 Pacific time" in talk.say("Can I choose the day of the port?")[0].text
    assert "$7.50" in talk.say("how much does it cost")[0].text
    assert "21 days" in talk.say("should I cancel my old service?")[0].text
    assert "mobile phones: 3 to 6\n" in talk.say("how long does it take?")[0].text


OWN = replace(
    Policy(), toll_free_days=(40, 60), fax_days=(31, 41), canada_days=(60, 90), keep_toll_free=25, good_standing=True
)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("toll_free", "40 to 60 business days"),
        ("fax", "31 to 41 business days"),
        ("canada", "60 to 90 business days"),
        ("how_long", "Canadian mobile phones: 60 to 90"),
        ("resporg", "for 25 days"),
        ("eligible", "the account is in good standing"),
    ],
)
def test_what_the_policy_decides_stands_in_every_answer_about_it(name: str, told: str) -> None:
    said = tapped(Talk(OWN), name).text
    assert told in said
    assert "week" not in said
    assert "payment card" not in said


def test_nothing_is_asked_of_an_account_where_the_policy_asks_nothing() -> None:
    assert "payment card need not be on file" in tapped(Talk(), "eligible").text


@pytest.mark.parametrize("name", ["google_voice", "voip", "toll_free", "resporg", "fax", "canada"])
def test_a_kind_that_the_company_does_not_move_is_not_promised(name: str) -> None:
    talk = Talk(replace(Policy(), classes=("wireless",), countries=("US",)))
    shown = tapped(talk, name)
    assert shown.owed.key == "faq.variant.unserved"
    assert "are not among those that Port of Call moves" in shown.text


def test_only_kinds_that_the_company_moves_are_named() -> None:
    talk = Talk(replace(Policy(), classes=("wireless",), countries=("US",)))
    for name in ("which_numbers", "how_long"):
        said = tapped(talk, name).text
        assert "mobile phones" in said
        assert not [kind for kind in ("toll-free", "fax", "Canadian", "Google", "office") if kind in said]


def test_the_rule_about_debts_is_not_told_of_canadian_numbers() -> None:
    talk = Talk()
    talk.command("start")
    talk.say("514-861-2345, Rogers wireless")
    assert "FCC" not in tapped(talk, "unpaid").text
    assert "FCC" in tapped(until("address"), "unpaid").text


@pytest.mark.parametrize(
    ("name", "promise"),
    [
        ("no_pin", "desk enters"), ("resold", "puts it into"), ("cancel", "we tell you before"),
        ("different_days", "own state"), ("leave", "charge nothing"), ("no_service", "set up here beforehand"),
        ("set_up", "usually in your account"), ("pending_after", "until the first call"),
    ],
)  # fmt: skip
def test_nothing_is_promised_that_nobody_keeps(name: str, promise: str) -> None:
    assert promise not in tapped(Talk(), name).text


def test_the_present_company_is_called_by_its_name_once_it_is_known() -> None:
    talk = until("carrier")
    assert "your present company compares" in talk.say("What is porting?")[0].text
    talk.say("Verizon Wireless")
    assert "Verizon Wireless compares" in talk.say("What is porting?")[0].text


@pytest.mark.parametrize(("name", "own"), [("pin", "#PORT"), ("account_number", "account")])
def test_the_hint_of_the_own_carrier_follows_the_answer_about_pin_and_account_number(name: str, own: str) -> None:
    talk = until("address")
    talk.command("help")
    talk.press("topic.account")
    (shown,) = talk.press(f"faq.{name}")
    assert shown.owed.key.startswith(f"faq.{name}+faq.own.")
    assert own in shown.text


@pytest.mark.parametrize(
    ("phase", "own"),
    [
        ("intake", "faq.own.cancel_draft"),
        ("staff_review", "faq.own.cancel_desk"),
        ("submitted", "faq.own.cancel_running"),
        ("scheduled", "faq.own.cancel_late"),
        ("ported", "faq.own.cancel_over"),
    ],
)
def test_who_asks_about_stopping_is_told_what_holds_for_the_own_request(phase: str, own: str) -> None:
    talk = at_phase(phase)
    assert keys(talk.say("Is it possible to cancel my port request?"))[0].split("+")[:2] == ["faq.cancel", own]


def test_what_staff_can_still_take_back_is_not_told() -> None:
    talk = at_phase("pending_date")
    talk.staff("date", "2026-12-01")
    assert "faq.own.cancel_running" in keys(talk.say("Is it possible to cancel my port request?"))[0]
    talk.forward(seconds=61)
    assert "faq.own.cancel_late" in keys(talk.say("Is it possible to cancel my port request?"))[0]


def test_who_asks_when_is_told_the_own_date() -> None:
    talk = at_phase("scheduled")
    (shown,) = talk.say("when does my number move?")
    assert shown.owed.key == "faq.variant.when_dated+faq.own.stands+text.passed_on"
    assert "2026-12-01" in shown.text


def test_who_asks_where_calls_ring_is_told_the_own_choice() -> None:
    talk = until("account")
    talk.command("help")
    talk.press("topic.service")
    assert "(415) 200-0100" in talk.press("faq.destination")[0].text
