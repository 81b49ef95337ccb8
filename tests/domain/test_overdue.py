"""A move whose day has passed is late for everybody, and nothing promises then that the number stays where it was."""

from datetime import timedelta

import pytest

from bot.wording import slack_text
from domain.desk.overdue import overdue_days
from domain.desk.submitting import hindrance
from domain.desk.urgent import LATE
from domain.policy import Policy
from tests.domain.standing import at_phase
from tests.domain.talk import Talk
from tests.domain.test_desk_findings import waiting_for_bill

DAY = "Tue 2026-12-01"


def past(talk: Talk, hours: int) -> Talk:
    """Bring a conversation to some hours after its window, everything that was due done."""
    end = talk.number.window_end
    assert end is not None
    talk.forward(seconds=int((end + timedelta(hours=hours) - talk.now).total_seconds()))
    return talk


@pytest.mark.parametrize("phase", LATE)
def test_a_move_is_overdue_from_the_day_after_it_until_somebody_says_what_came_of_it(phase: str) -> None:
    talk = past(at_phase(phase), 2)
    assert overdue_days(talk.case(), talk.now) == ""
    before = len(talk.owed)
    past(talk, 17)
    assert overdue_days(talk.case(), talk.now) == DAY
    told = [(owed.kind, owed.key) for owed in talk.owed[before:]]
    assert ("card", "card") in told
    assert told.count(("post", "thread.overdue")) == 1
    assert DAY in talk.posts[-1]
    assert not talk.staff("complete").error
    assert overdue_days(talk.case(), talk.now) == ""


def test_a_move_that_is_dated_anew_is_overdue_only_after_its_new_day() -> None:
    talk = at_phase("scheduled")
    assert not talk.staff("date", "2026-12-04").error
    talk.forward(days=12)
    posts = [owed for owed in talk.owed if owed.key == "thread.overdue"]
    assert [owed.params["days"] for owed in posts] == ["Fri 2026-12-04"]
    assert not talk.staff("date", "2026-12-08").error
    assert overdue_days(talk.case(), talk.now) == ""


def test_the_customer_is_told_that_the_day_has_passed_and_that_the_desk_asks() -> None:
    talk = past(at_phase("scheduled"), 40)
    for shown in (talk.command("status")[-1], talk.say("when will my number be ported?")[-1]):
        text = shown.text
        assert "has passed" in text
        assert "our desk is asking" in text
        assert "one to three days early" not in text
        assert "as soon as Verizon Wireless has named the day" not in text


def test_who_asks_for_a_day_that_is_named_is_not_told_to_wait_for_it() -> None:
    talk = at_phase("scheduled")
    [shown] = talk.say("when will my number be ported?")
    assert "The day is named" in shown.text


# cancelling


@pytest.mark.parametrize("hours", [-12, 1, 17, 24 * 30])
def test_from_the_cutoff_on_a_cancellation_needs_the_carriers_word_however_long_after(hours: int) -> None:
    talk = past(at_phase("scheduled"), hours)
    told = talk.staff("cancel")
    assert (told.key, told.error) == ("cancel.too_close" if hours < 0 else "cancel.begun", True)
    assert f"/port cancel {talk.request.ref} stopped" in slack_text(told.key, told.params)
    assert talk.staff("cancel", "stopped").key == "cancel.done_at_carrier"
    [shown] = [shown for shown in talk.forward(seconds=61) if shown.owed.key.startswith("notice.")]
    assert shown.owed.key == "notice.cancelled_late"
    assert "stays with" not in shown.text


def test_a_move_that_is_dated_anew_is_cancelled_by_a_word_again() -> None:
    talk = past(at_phase("scheduled"), 17)
    assert not talk.staff("date", "2026-12-10").error
    assert talk.staff("cancel").key == "cancel.done_at_carrier"
    assert [shown.owed.key for shown in talk.forward(seconds=61)][:1] == ["notice.cancelled"]


def test_a_move_that_has_begun_is_cancelled_only_when_its_carrier_has_stopped_it() -> None:
    """The card said to press Cancel if the carrier had stopped it, and nothing could be pressed."""
    talk = at_phase("activating")
    assert talk.staff("cancel").key == "cancel.begun"
    assert talk.request.status == "activating"
    assert talk.staff("cancel", "stopped").key == "cancel.done_at_carrier"
    assert talk.request.status == "cancelled"


# refusals


@pytest.mark.parametrize(
    ("talk", "owes", "possible"),
    [
        (at_phase("intake"), "Account number and 2 more", "reply, note, cancel"),
        (waiting_for_bill(), "Bill and 1 more", "ask, edit, reply, note, cancel, end"),
        (at_phase("submitted"), "", "advance, reject, reply, note, cancel, end"),
    ],
)
def test_a_refusal_names_what_is_missing_and_what_leads_on_and_what_ends_it_last(
    talk: Talk, owes: str, possible: str
) -> None:
    told = talk.staff("complete")
    text = slack_text(told.key, told.params)
    assert (f"(missing from the customer: {owes})" in text) is bool(owes)
    assert told.params["possible"] == possible
    assert not talk.staff("reply", "Can you send it today?").error


@pytest.mark.parametrize("phase", ["intake", "awaiting_documents", "changes_requested", "rejected"])
def test_what_keeps_a_request_from_going_out_is_known_before_its_order_number(phase: str) -> None:
    case = at_phase(phase).case()
    assert hindrance(case, Policy()) is not None


@pytest.mark.parametrize("phase", ["staff_review", "submitted"])
def test_nothing_keeps_back_what_can_go_out_or_gets_another_order_number(phase: str) -> None:
    assert hindrance(at_phase(phase).case(), Policy()) is None


def test_what_the_policy_wants_ticked_is_said_before_the_order_number() -> None:
    why = hindrance(at_phase("staff_review").case(), Policy(good_standing=True))
    assert why is not None
    assert why.code == "submit.not_eligible"


def test_an_answer_that_went_out_is_not_said_to_be_asked_for_where_nobody_can_ask() -> None:
    told = at_phase("carrier_review").staff("edit", "name: Maria Jones")
    text = slack_text(told.key, told.params)
    assert told.error
    assert "“name” can't be corrected there" in text
    assert "/port ask" not in text
