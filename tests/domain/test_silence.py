"""Carriers that do not answer, and the YES to a Canadian carrier's text: who is told what, when, and how often."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.orders.phases import WAYS
from domain.promises.notices import SILENT_AFTER, SILENT_IN
from tests.domain.standing import at_phase
from tests.domain.talk import Talk
from tests.domain.ways import CA_LANDLINE, LANDLINE, WIRELESS, begun, keys, tell


def silences(talk: Talk) -> list[str]:
    """Return the posts about silent carriers, in order."""
    wanted = ("thread.silent", "thread.silent_release", "thread.release_ran_out")
    return [owed.key for owed in talk.owed if owed.key in wanted]


def told(talk: Talk) -> list[str]:
    """Return what the customer was told of them."""
    return [shown.text for shown in talk.screen if shown.owed.key == "silence.told"]


def submitted(answers: dict[str, str]) -> Talk:
    talk = begun(answers)
    assert not talk.staff("submit").error
    talk.forward(seconds=61)
    return talk


def test_every_class_has_its_days_and_every_phase_of_a_carriers_is_one_of_a_way() -> None:
    assert SILENT_AFTER.keys() == WAYS.keys()
    assert SILENT_IN.keys() <= {phase for way in WAYS.values() for phase in way.steps}


@pytest.mark.parametrize(("answers", "days"), [(WIRELESS, 1), (LANDLINE, 3), (CA_LANDLINE, 2)])
def test_a_silent_carrier_is_noticed_after_the_business_days_of_its_class(answers: dict[str, str], days: int) -> None:
    talk = submitted(answers)  # on a Monday; Thursday is a holiday
    talk.forward(days=days if days < 3 else 4, hours=-1)
    assert (silences(talk), told(talk)) == ([], [])
    talk.forward(hours=2)
    assert silences(talk) == ["thread.silent"]
    assert f"{days} business days" in talk.posts[-1]
    assert "88123" in talk.posts[-1]
    (said,) = told(talk)
    assert said.startswith("Nothing for you to do")


def test_a_silence_is_told_once_and_the_next_phase_has_one_of_its_own() -> None:
    talk = submitted(WIRELESS)
    talk.forward(days=9)
    assert len(silences(talk)) == len(told(talk)) == 1
    talk.staff("advance")
    talk.forward(days=9)
    assert len(silences(talk)) == len(told(talk)) == 2


def test_a_carrier_that_answers_in_time_is_not_silent() -> None:
    talk = submitted(WIRELESS)
    talk.forward(hours=20)
    talk.staff("reject", "wrong pin")
    talk.forward(days=9)
    assert (silences(talk), told(talk)) == ([], [])


def test_what_was_taken_back_is_no_answer() -> None:
    talk = submitted(WIRELESS)
    talk.staff("advance")
    talk.staff("undo")
    talk.forward(days=2)
    assert silences(talk) == ["thread.silent"]


def test_a_request_on_hold_hears_nothing_of_it_until_the_hold_ends() -> None:
    talk = submitted(WIRELESS)
    talk.staff("hold", "the customer is abroad")
    talk.forward(days=8)
    assert silences(talk) == []
    talk.staff("hold", "off")
    talk.forward(days=2)
    assert silences(talk) == ["thread.silent"]


def test_a_release_is_overdue_after_two_business_days_and_runs_out_after_ten() -> None:
    talk = at_phase("resporg_release")
    talk.forward(days=3)
    assert silences(talk)[-1:] == ["thread.silent_release"]
    assert "Somos" in talk.posts[-1]
    before = len(told(talk))
    talk.forward(days=20)
    assert silences(talk)[-1:] == ["thread.release_ran_out"]
    assert len(told(talk)) == before == 1


# the YES to a Canadian carrier's text


def test_the_customer_is_told_until_when_to_answer_and_reminded_half_an_hour_before() -> None:
    talk = at_phase("awaiting_sms_consent")
    end = talk.number.since + timedelta(minutes=90)
    until = f"{end.astimezone(ZoneInfo('America/Toronto')):%H:%M}"  # where the number is from
    notice = next(shown for shown in talk.screen if shown.owed.key.startswith("notice.awaiting_sms_consent"))
    assert f"with YES by {until}" in notice.text
    assert f"with YES by {until}" in talk.command("status")[-1].text
    assert talk.forward(minutes=55) == []
    (shown,) = talk.forward(minutes=10)
    assert shown.owed.key == "consent.soon"
    assert f"by {until}" in shown.text


def test_no_answer_in_time_is_a_rejection_that_the_customer_can_put_right() -> None:
    talk = at_phase("awaiting_sms_consent")
    shown = talk.forward(minutes=91)
    assert (talk.number.phase, talk.number.rejection) == ("rejected", "SMS_CONSENT_MISSED")
    assert "notice.rejected" in keys(shown)
    assert "thread.consent_missed" in [owed.key for owed in talk.owed]
    talk.press("done")
    assert talk.request.repaired == "carrier_fixed"
    assert not talk.staff("submit").error
    assert talk.request.status == "awaiting_sms_consent"
    assert "consent.soon" in keys(talk.forward(minutes=65))


def test_who_says_that_they_answered_is_believed_until_the_carrier_says_otherwise() -> None:
    talk = at_phase("awaiting_sms_consent")
    assert keys(talk.press("consented")) == ["consent.thanks"]
    posts = [owed.key for owed in talk.owed if owed.key.startswith("thread.consent")]
    assert posts == ["thread.consented"]
    talk.press("consented")
    talk.forward(minutes=100)
    posts = [owed.key for owed in talk.owed if owed.key.startswith("thread.consent")]
    assert posts == ["thread.consented", "thread.consent_unclear"]
    assert talk.request.status == "awaiting_sms_consent"
    assert not talk.staff("advance").error
    assert talk.request.status == "carrier_review"


def test_a_given_answer_ends_the_countdown() -> None:
    talk = at_phase("awaiting_sms_consent")
    assert not talk.staff("advance").error
    shown = talk.forward(minutes=100)
    assert "consent.soon" not in keys(shown)
    assert talk.request.status == "carrier_review"
    assert keys(talk.press("consented")) == ["press.stale"]


def test_a_text_that_is_answered_is_told_of_by_an_old_button_no_more() -> None:
    talk = at_phase("awaiting_sms_consent")
    talk.forward(minutes=91)
    assert "press.stale" in keys(tell(talk, "!consented"))
