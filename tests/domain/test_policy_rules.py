"""The company's own ages, cut-offs and deadlines decide, whatever they are set to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.wording import introduce, telegram_text
from domain.desk.asking import figures
from domain.policy import Policy
from domain.promises.notices import DEADLINES
from tests.domain.standing import at_phase
from tests.domain.talk import Talk
from tests.domain.ways import LANDLINE, SOMEONE_ELSES, TOLL_FREE, Answers, fill

OWN = replace(
    Policy(), remind_hours=6, close_days=4, bill_days=45, keep_old_service=21, keep_toll_free=12, cancel_cutoff=72
)


@pytest.fixture
def own_words() -> Iterator[None]:
    introduce(OWN)
    yield
    introduce(Policy())


def test_a_draft_is_recalled_and_closed_when_the_policy_says(own_words: None) -> None:
    assert DEADLINES["draft"](Policy()) == timedelta(hours=24)
    assert DEADLINES["expire"](Policy()) == timedelta(days=30)
    talk = Talk(OWN)
    talk.until("account")
    recalled = [each for _ in range(3) for each in talk.forward(hours=6, seconds=1)]
    assert len(recalled) == 3
    assert talk.forward(days=3, hours=23) == []
    [closed] = talk.forward(hours=2)
    assert talk.request.status == "expired"
    assert "4 days" in closed.text


def test_customers_are_told_how_old_a_bill_may_be_and_when_drafts_are_closed(own_words: None) -> None:
    for key in ("faq.bill", "said.bill_too_old"):
        assert "older than 45 days" in telegram_text(key, {}, "en")
    assert "closed after 4 days" in telegram_text("privacy.text", {}, "en")
    shown = Talk(OWN).until("bill")
    assert "older than 45 days" in shown[-1].text


def test_how_long_the_old_service_is_kept_depends_on_the_class() -> None:
    assert (OWN.keep_days("wireless"), OWN.keep_days("toll_free")) == (21, 12)
    talk = Talk(OWN)
    talk.until("account")
    assert figures(OWN, talk.case())["keep_days"] == "21"


def test_a_letter_for_a_toll_free_number_ages_faster() -> None:
    assert (Policy().letter_age("landline"), Policy().letter_age("toll_free")) == (30, 15)


def test_a_move_that_is_close_is_cancelled_only_when_the_carrier_has_stopped_it() -> None:
    talk = at_phase("scheduled")
    assert talk.number.window_start is not None
    talk.now = talk.number.window_start - timedelta(hours=47)
    told = talk.staff("cancel")
    assert (told.key, told.params["hours"], told.error) == ("cancel.too_close", "48", True)
    assert talk.request.status == "scheduled"
    assert talk.staff("cancel", "stopped").key == "cancel.done_at_carrier"


@pytest.mark.parametrize(("hours", "cutoff"), [(49, 48), (1, 0)])
def test_a_move_that_is_far_enough_is_cancelled_by_a_word(hours: int, cutoff: int) -> None:
    talk = at_phase("scheduled")
    talk.policy = replace(talk.policy, cancel_cutoff=cutoff)
    assert talk.number.window_start is not None
    talk.now = talk.number.window_start - timedelta(hours=hours)
    assert talk.staff("cancel").key == "cancel.done_at_carrier"


def signed_before(days: int, answers: Answers = LANDLINE) -> Talk:
    talk = Talk()
    fill(talk, answers)
    talk.now += timedelta(days=days)
    return talk


def test_a_letter_is_submitted_up_to_the_day_that_the_policy_gives_it() -> None:
    assert signed_before(30).staff("submit").key == "submit.done"
    talk = signed_before(31)
    told = talk.staff("submit")
    assert (told.key, told.error, talk.request.status) == ("submit.old_letter", True, "staff_review")
    assert (told.params["days"], told.params["until"]) == ("30", "2026-12-23")


def test_a_toll_free_letter_is_too_old_sooner() -> None:
    assert signed_before(15, TOLL_FREE).staff("submit").key == "submit.done"
    assert signed_before(16, TOLL_FREE).staff("submit").key == "submit.old_letter"


def test_an_old_letter_is_signed_anew_and_then_submitted() -> None:
    talk = signed_before(31)
    talk.policy = Policy(bill_days=99)
    assert talk.staff("submit").key == "submit.old_letter"
    assert talk.staff("ask", "signature").key == "ask.done_silent"
    talk.forward(seconds=61)
    talk.say(LANDLINE["signature"])
    assert talk.staff("submit").key == "submit.done"


def test_an_old_letter_of_somebody_else_gives_way_to_a_new_one() -> None:
    talk = Talk(Policy(bill_days=99))
    fill(talk, SOMEONE_ELSES)
    assert talk.staff("letter").key == "letter.done_unseen"
    talk.forward(days=31)
    told = talk.staff("submit")
    assert (told.key, told.params["signer"]) == ("submit.old_letter_of_another", "Anna Alvarez")
    assert talk.staff("letter").key == "letter.done_unseen"
    assert talk.staff("letter").key == "letter.here"
    assert talk.staff("ask", "pin").key == "ask.done_silent"  # its carrier's are good for a week
    talk.forward(seconds=61)
    talk.say("482913")
    assert talk.staff("submit").key == "submit.done"
