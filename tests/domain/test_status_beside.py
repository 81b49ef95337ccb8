"""What /status tells beside the phases: a number that is to go back, one that is to be stopped, a PIN that is owed."""

from itertools import pairwise

import pytest

from tests.domain.standing import at_phase
from tests.domain.talk import Shown, Talk
from tests.domain.test_pin_times import asked_at_submission, without_pin
from tests.domain.ways import LANDLINE, begun


def status(talk: Talk) -> Shown:
    return talk.command("status")[-1]


def codes(shown: Shown) -> set[str]:
    return {choice.code for choice in shown.choices}


def closed_after_all_works() -> Talk:
    talk = at_phase("ported")
    for verb, argument in (("works", "all"), ("texting", "not wanted"), ("close", "it works")):
        assert not talk.staff(verb, argument).error
        talk.forward(seconds=61)
    assert talk.request.status == "closed"
    return talk


def moved(how: str) -> Talk:
    return closed_after_all_works() if how == "closed" else at_phase("ported")


@pytest.mark.parametrize("how", ["closed", "ported"])
@pytest.mark.parametrize("is_begun", [True, False])
def test_what_is_to_go_back_is_the_desks_and_nothing_is_to_be_cancelled(how: str, is_begun: bool) -> None:
    talk = moved(how)
    talk.forward(minutes=1)
    talk.say("you moved the wrong number")
    if is_begun:
        assert not talk.staff("snapback", ": another was meant").error
        talk.forward(seconds=61)
    shown = status(talk)
    assert "You may cancel" not in shown.text
    assert "turn it is: our desk" in shown.text
    assert "It is to go back to your old company" in shown.text
    assert "Please cancel nothing until then" in shown.text
    assert "go" not in codes(shown)


def test_what_staff_close_after_the_complaint_stays() -> None:
    talk = at_phase("ported")
    talk.say("you moved the wrong number")
    talk.forward(hours=1)
    for verb, argument in (("works", "all"), ("texting", "not wanted"), ("close", "it was the right one")):
        talk.staff(verb, argument)
        talk.forward(seconds=61)
    assert talk.request.status == "closed"
    assert "You may cancel your old service" in status(talk).text


def test_what_has_gone_back_is_no_longer_to_go_back() -> None:
    talk = at_phase("ported")
    talk.say("you moved the wrong number")
    for argument in (": another was meant", "done"):
        assert not talk.staff("snapback", argument).error
        talk.forward(seconds=61)
    assert "It is to go back" not in status(talk).text


def test_a_dated_number_that_its_customer_wants_to_stop_says_so_until_they_take_it_back() -> None:
    talk = at_phase("scheduled")
    assert "You asked to stop it" not in status(talk).text
    talk.command("cancel")
    shown = status(talk)
    assert "You asked to stop it: our desk is asking Verizon Wireless. Until that is decided, it goes on" in shown.text
    assert "turn it is: our desk" in shown.text
    assert "Keep your old service on" in shown.text
    assert "Nothing for you to do" not in shown.text
    talk.say("never mind, please go on")
    assert "You asked to stop it" not in status(talk).text


def test_of_several_dated_numbers_only_the_one_that_is_to_be_stopped_says_so() -> None:
    talk = begun(LANDLINE)
    for verb, argument in (("submit", "88123"), *[("advance", "")] * 3, ("date", "2026-12-01")):
        assert not talk.staff(verb, argument).error
        talk.forward(seconds=61)
    talk.hear("command", "/cancel 415-421-8833", code="cancel")
    talk.press("cancel.yes.4154218833")
    lines = status(talk).text.split("\n")
    below = [after for line, after in pairwise(lines) if "You asked to stop it" in after and line]
    assert len(below) == 1
    assert "421-8833" in lines[lines.index(below[0]) - 1]


def test_who_put_the_pin_off_reads_that_it_will_be_asked_for() -> None:
    shown = status(without_pin())
    assert "asks you for your transfer PIN when it is ready" in shown.text
    assert "turn it is: our desk" in shown.text
    assert "at.move" in codes(shown)


def test_who_was_asked_for_the_pin_at_the_submission_has_the_turn() -> None:
    talk = asked_at_submission()
    shown = status(talk)
    assert "turn it is: <b>yours</b>" in shown.text
    assert "Next: your transfer PIN." in shown.text
    assert {"go", "at.move"} <= codes(shown)
    talk.press("go")
    assert talk.chat.asked == "pin"
    talk.say("771155")
    assert "turn it is: our desk" in status(talk).text


def test_who_has_named_a_time_waits_for_it_and_has_the_turn_when_it_comes_and_after_it() -> None:
    talk = asked_at_submission()
    talk.say("tomorrow at 10")
    assert "turn it is: our desk" in status(talk).text
    talk.forward(days=1)
    for minutes in (0, talk.policy.pin_wait_minutes + 1):
        talk.forward(minutes=minutes)
        shown = status(talk)
        assert "turn it is: <b>yours</b>" in shown.text
        assert {"go", "at.move"} <= codes(shown)
