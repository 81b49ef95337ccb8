"""The transfer PIN just in time: asked for at the submission, good as long as its carrier says, destroyed after use."""

from datetime import timedelta

import pytest

from bot.wording import slack_text
from domain.desk.pin_age import EXPIRED, USED, good_until, over
from domain.desk.pins import lacks_the_pin
from tests.domain.standing import at_phase, two_at_desk
from tests.domain.talk import Talk
from tests.domain.test_after_apart import do
from tests.domain.test_cancelling import press_quote

SECRET = "pin"


def held(talk: Talk) -> bool:
    """Tell whether the PIN is still kept."""
    return (talk.newest, SECRET) in talk.secrets


def posted(talk: Talk, since: int) -> list[str]:
    return [owed.key for owed in talk.owed[since:] if owed.kind == "post"]


def test_a_pin_is_good_for_as_long_as_its_carrier_says_from_when_it_was_given() -> None:
    talk = at_phase("staff_review")  # of Verizon, whose PINs are good for seven days
    given = talk.case().answers["pin"].at
    assert good_until(talk.case()) == given + timedelta(days=7)
    assert not lacks_the_pin(talk.case(), given + timedelta(days=6, hours=23))
    assert lacks_the_pin(talk.case(), given + timedelta(days=7))


def test_staff_are_warned_once_before_it_is_too_old_and_then_it_is_destroyed() -> None:
    talk = at_phase("staff_review")
    before = len(talk.owed)
    talk.forward(days=5)
    assert "thread.pin_soon" not in posted(talk, before)
    talk.forward(hours=7)
    assert posted(talk, before).count("thread.pin_soon") == 1
    assert "42 hours left" in talk.posts[-1]
    assert held(talk)
    talk.forward(days=2)
    assert posted(talk, before).count("thread.pin_expired") == 1
    assert not held(talk)
    assert over(talk.case(), talk.now) == EXPIRED


def test_one_that_is_too_old_is_refused_at_the_submission_and_the_customer_is_asked_for_a_new_one() -> None:
    talk = at_phase("staff_review")
    talk.forward(days=8)
    assert talk.staff("submit", "VZ-1").key == "submit.pin_expired"
    assert talk.request.status == "staff_review"
    shown = talk.screen[-1]
    assert "ask.pin_over" in shown.owed.key
    assert "make a new transfer PIN" in shown.text
    assert talk.staff("submit", "VZ-1").key == "submit.pin_awaited"
    talk.say("771155")
    assert held(talk)
    assert not talk.staff("submit", "VZ-1").error


def test_it_is_destroyed_once_the_carrier_has_accepted_the_order_and_that_cannot_be_taken_back() -> None:
    talk = at_phase("carrier_review")
    assert held(talk)
    assert not talk.staff("advance", "").error
    assert held(talk)
    talk.forward(seconds=61)
    assert not held(talk)
    assert over(talk.case(), talk.now) == USED


def test_an_order_that_goes_out_anew_after_it_was_accepted_needs_a_new_one() -> None:
    talk = at_phase("pending_date")
    do(talk, ("reject", "CARRIER_SILENT"))
    told = talk.staff("submit", "VZ-2")
    assert told.key == "submit.pin_used"
    assert "asking the customer for a new one" in slack_text(told.key, told.params)
    talk.forward(seconds=61)
    talk.say("771155")
    assert not talk.staff("submit", "VZ-2").error


def test_a_refusal_before_that_leaves_it_to_be_sent_again() -> None:
    talk = at_phase("carrier_review")
    do(talk, ("reject", "CARRIER_SILENT"))
    assert held(talk)
    assert not talk.staff("submit", "VZ-2").error


def test_it_is_kept_until_every_order_of_the_request_was_accepted() -> None:
    talk = two_at_desk()
    do(talk, ("split", "8833: late"), ("submit", "#1 VZ-1"), ("advance", "#1"), ("advance", "#1"))
    assert held(talk)
    do(talk, ("submit", "#2 VZ-2"), ("advance", "#2"), ("advance", "#2"))
    assert not held(talk)


@pytest.mark.parametrize("verb", ["cancel", "end"])
def test_it_is_destroyed_when_the_last_order_that_needed_it_ends(verb: str) -> None:
    talk = two_at_desk()
    do(talk, ("split", "8833: late"), ("submit", "#1 VZ-1"), ("advance", "#1"), ("advance", "#1"))
    do(talk, (verb, "8833" if verb == "cancel" else "8833 not portable"))
    assert not held(talk)


def test_what_was_accepted_while_it_was_to_be_stopped_and_goes_on_after_all_keeps_no_pin() -> None:
    """A finding of the machine: the wish to stop came before staff's step could no longer be taken back."""
    talk = at_phase("carrier_review")
    assert not talk.staff("advance").error
    talk.command("cancel")
    talk.press("cancel.yes")
    talk.forward(seconds=61)
    assert not talk.staff("cancel", "fee 25").error
    talk.forward(seconds=61)
    assert held(talk)
    press_quote(talk, "no")
    assert talk.number.phase == "pending_date"
    assert not held(talk)
