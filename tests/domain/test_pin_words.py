"""What customers say around the time for the PIN: that it no longer counts, times in words, a PIN after all."""

from datetime import timedelta

import pytest

from domain.desk.pin_age import left
from domain.desk.pin_times import set_time
from tests.domain.standing import at, at_phase
from tests.domain.talk import MONDAY, Talk
from tests.domain.test_pin_times import TUESDAY_TEN, asked_at_submission, keys, named, without_pin


def refused_twice() -> Talk:
    """Return a request whose PIN was refused, given anew, and refused again."""
    talk = asked_at_submission()
    for pin in ("771155", "882266"):
        talk.say(pin)
        assert not talk.staff("submit", "VZ-1").error
        talk.forward(seconds=61)
        assert not talk.staff("reject", "wrong pin").error
        talk.forward(seconds=61)
    return talk


def test_a_new_pin_after_the_carrier_corrected_it_goes_out_with_the_request() -> None:
    talk = refused_twice()
    talk.press("fixed")
    assert talk.request.repaired == "carrier_fixed"
    before = len(talk.posts)
    (shown,) = talk.say("993377")
    assert "the new PIN is here" in shown.text
    assert "again with what is new" in shown.text
    assert talk.request.repaired == "corrected"
    assert "given anew" in "".join(talk.posts[before:])
    assert "has corrected it" not in "".join(talk.posts[before:])


def test_who_is_asked_before_the_agreed_time_reads_that_it_no_longer_counts() -> None:
    talk = asked_at_submission()
    talk.say("tomorrow at 10")
    before = len(talk.screen)
    talk.staff("submit", "pin now")
    talk.forward(seconds=1)
    told, asked = talk.screen[before:]
    assert "Tuesday, 2026-11-24, at 10:00 AM, Pacific time), so that time no longer counts" in told.text
    assert "ask.pin_again" in asked.owed.key


@pytest.mark.parametrize("is_rejected", [False, True])
@pytest.mark.parametrize("how", ["pressed", "typed"])
def test_later_after_a_time_was_named_drops_it_for_everybody(how: str, *, is_rejected: bool) -> None:
    talk = refused_twice() if is_rejected else asked_at_submission()
    talk.say("tomorrow at 10")
    assert named(talk) == TUESDAY_TEN
    talk.press("at.move")
    before = len(talk.owed)
    shown = talk.press("later") if how == "pressed" and not is_rejected else talk.say("later")
    assert named(talk) is None
    assert "no longer counts" in shown[-1].text or "no time is set any more" in shown[-1].text
    assert "thread.pin_at_dropped" in keys(talk, "post", before)
    before = len(talk.owed)
    talk.forward(days=2)
    assert "thread.pin_time" not in keys(talk, "post", before)


@pytest.mark.parametrize("said", ["later", "I don't want an appointment any more", "no appointment please"])
def test_a_time_is_dropped_in_words_while_nothing_is_asked(said: str) -> None:
    talk = asked_at_submission()
    talk.say("tomorrow at 10")
    assert talk.chat.asked is None
    shown = talk.say(said)
    assert shown[-1].owed.key == "pin_at.dropped"
    assert named(talk) is None


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("yesterday 3pm", "pin_at.past"),
        ("thanksgiving at 10am", "pin_at.closed_day"),
        ("at night", "pin_at.outside"),
        ("tonight", "pin_at.outside"),
        ("next week", "pin_at.no_day"),
        ("some time next week", "pin_at.no_day"),
        ("christmas at 10", "pin_at.too_far"),
    ],
)
def test_a_time_in_words_that_cannot_be_is_answered_with_slots_and_is_no_secret(said: str, key: str) -> None:
    talk = asked_at_submission()
    before = len(talk.owed)
    (shown,) = talk.say(said)
    assert shown.owed.key == key
    assert [choice for choice in shown.choices if choice.code.startswith("at.")]
    assert not any(owed.kind == "delete" for owed in talk.owed[before:])


@pytest.mark.parametrize("is_set", [True, False])
def test_another_time_is_asked_for_in_a_sentence(*, is_set: bool) -> None:
    talk = asked_at_submission()
    if is_set:
        talk.say("tomorrow at 10")
    talk.say("can we do the PIN at 2pm tomorrow instead?")
    found = set_time(talk.case())
    assert found is not None
    assert found.at.hour == 22


def test_who_wants_no_appointment_where_none_is_reads_that_there_is_none() -> None:
    talk = asked_at_submission()
    (shown,) = talk.say("I don\u2019t want an appointment any more")
    assert shown.owed.key == "pin_at.none"


@pytest.mark.parametrize(
    ("has_pin", "said"),
    [
        (True, "is cancelled, and I have destroyed the PIN and the account number."),
        (False, "is cancelled, and I have destroyed the account number."),
    ],
)
def test_who_cancels_reads_that_only_what_was_here_is_destroyed(said: str, *, has_pin: bool) -> None:
    talk = at_phase("staff_review") if has_pin else without_pin()
    talk.command("cancel")
    (shown,) = talk.press("cancel.yes")
    assert said.replace("is cancelled", "</b> is cancelled") in shown.text


@pytest.mark.parametrize(("passed", "days"), [(0, "7"), (2, "7"), (14, "6")])
def test_a_card_drawn_soon_after_the_thread_was_told_has_as_many_days(passed: int, days: str) -> None:
    key, params = left(MONDAY + timedelta(days=7), MONDAY + timedelta(hours=passed))
    assert (key, params) == ("pins.days_left", {"days": days})


@pytest.mark.parametrize("said", ["482913 is what they said I think", "they gave me 482913 for the transfer"])
def test_what_may_be_the_awaited_pin_among_words_is_removed_and_wanted_alone(said: str) -> None:
    talk = without_pin()
    before = len(talk.owed)
    (shown,) = talk.say(said)
    assert "please send them alone" in shown.text
    assert "delete" in {owed.kind for owed in talk.owed[before:]}
    assert "482913" not in talk.posts[-1]
    assert talk.say("482913")[-1].owed.key == "done.with_desk"


@pytest.mark.parametrize("said", ["please ring 415-421-8832 before 5", "it was 2026 or 12345 then"])
def test_figures_that_cannot_be_the_pin_stay_in_the_chat(said: str) -> None:
    talk = without_pin()
    before = len(talk.owed)
    talk.say(said)
    assert "delete" not in {owed.kind for owed in talk.owed[before:]}


@pytest.mark.parametrize("said", ["287041993-00001, PIN later", "287041993-00001"])
def test_an_account_number_where_calls_ring_is_removed(said: str) -> None:
    talk = at("destination")
    before = len(talk.owed)
    (shown,) = talk.say(said)
    assert shown.owed.key == "secret.not_now+ask.destination_wireless"
    assert "delete" in {owed.kind for owed in talk.owed[before:]}


@pytest.mark.parametrize("said", ["4154218832 4154218840", "+44 20 7946 0958", "415 200 0100, PIN later"])
def test_phone_numbers_where_calls_ring_stay_in_the_chat(said: str) -> None:
    talk = at("destination")
    before = len(talk.owed)
    talk.say(said)
    assert "delete" not in {owed.kind for owed in talk.owed[before:]}
