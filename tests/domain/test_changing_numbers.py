"""Numbers added to a request, or taken out of it, when the order stands with the carrier."""

import pytest

from tests.domain.standing import at_phase, two_at_desk
from tests.domain.talk import Talk
from tests.domain.test_after_apart import do


def at_carrier() -> Talk:
    """Return a request for two numbers that its carrier has."""
    talk = two_at_desk()
    do(talk, ("submit", "V1"), ("advance", ""))
    return talk


@pytest.mark.parametrize(
    "words",
    [
        "please add 415-421-8840", "can you also move 415-421-8840?", "I forgot a number: 415-421-8840",
        "I want to move 415-421-8840 too", "add 415-421-8840 to my request please",
    ],
)  # fmt: skip
def test_a_number_added_to_an_order_that_is_out_goes_by_itself_at_the_press_of_a_button(words: str) -> None:
    talk = at_carrier()
    first = talk.newest
    shown = talk.say(words)[-1]
    assert "can't join your request" in shown.text
    assert "(415) 421-8840" in shown.text
    assert "thread.wrote" in [owed.key for owed in talk.owed if owed.kind == "post"]
    talk.push(shown, shown.choices[0])
    assert talk.newest != first
    assert talk.case().answers["numbers"].value == ("+14154218840",)
    assert [number.phase for number in talk.case(first).numbers] == ["carrier_review"] * 2


def test_a_number_that_is_in_the_request_is_not_added_to_it() -> None:
    talk = at_carrier()
    assert "added_later" not in talk.say("please add 415-421-8833")[-1].owed.key


def test_without_a_number_it_is_said_how_another_one_goes() -> None:
    assert "/new" in at_carrier().say("can I add another number?")[-1].text


@pytest.mark.parametrize("words", ["please remove 8833", "take 415-421-8833 out", "8833 should stay with Verizon"])
def test_a_number_that_shall_leave_the_request_is_asked_about_as_one_to_be_stopped(words: str) -> None:
    talk = at_carrier()
    [shown] = talk.say(words)
    assert shown.owed.key == "cancel.sure_some_running"
    talk.say("yes")
    assert [number.phase for number in talk.case().numbers] == ["carrier_review", "cancel_requested"]


@pytest.mark.parametrize("phase", ["submitted", "carrier_review"])
def test_a_day_for_what_the_carrier_has_not_accepted_is_refused_with_what_is_possible(phase: str) -> None:
    told = at_phase(phase).staff("date", "2026-12-01")
    assert told.key == "staff.impossible"
    assert told.params["possible"].startswith("advance, reject")
