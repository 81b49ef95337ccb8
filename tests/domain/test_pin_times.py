"""The transfer PIN by appointment: a time is named, moved, dropped, kept and missed, and nothing is told twice."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.desk.pin_times import next_times, set_time, why_not
from domain.errors import Unreadable
from domain.intake.readings.moment import read_moment
from domain.policy import Policy
from tests.domain.talk import MONDAY, POLICY, ROSA, Talk

EASTERN = ZoneInfo("America/New_York")
PACIFIC = ZoneInfo("America/Los_Angeles")
TUESDAY_TEN = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)  # by the desk's clock, and that of the number


def without_pin(policy: Policy = POLICY) -> Talk:
    """Return a request whose PIN comes later, with all else at the desk."""
    talk = Talk(policy)
    talk.until("pin")
    talk.press("later")
    talk.forward(seconds=1)
    return talk


def asked_at_submission() -> Talk:
    talk = without_pin()
    assert talk.staff("submit", "VZ-1").key == "submit.pin_missing"
    talk.forward(seconds=1)
    return talk


def keys(talk: Talk, kind: str, since: int = 0) -> list[str]:
    return [owed.key for owed in talk.owed[since:] if owed.kind == kind]


def named(talk: Talk) -> datetime | None:
    found = set_time(talk.case())
    return found.at if found is not None else None


def happened(talk: Talk) -> list[str]:
    return [row.what for row in talk.history if row.what.startswith("pin_")]


def test_who_is_asked_at_the_submission_gives_the_pin_or_names_a_time() -> None:
    talk = asked_at_submission()
    shown = talk.screen[-1]
    assert shown.owed.key.endswith("ask.pin_again+pin_at.offer")
    assert "from 9:00 AM to 5:00 PM, Pacific time" in shown.text
    labels = [choice.label for choice in shown.choices if choice.code.startswith("at.")]
    assert labels == ["button.pin_at.today"] * 2 + ["button.pin_at.tomorrow"] * 2
    talk.say("771155")
    assert not talk.staff("submit", "VZ-1").error


@pytest.mark.parametrize("text", ["tomorrow at 10", "Tuesday 10am", "let's do tomorrow, 10 a.m.", "nov 24 at 10"])
def test_a_typed_time_is_agreed_and_the_desk_sees_it(text: str) -> None:
    talk = asked_at_submission()
    shown = talk.say(text)
    assert named(talk) == TUESDAY_TEN
    assert "Tuesday, 2026-11-24, at 10:00 AM</b>, Pacific time." in shown[-1].text
    assert "by our clock" not in shown[-1].text
    assert "Tue 2026-11-24 10:00" in talk.posts[-1]
    told = talk.staff("submit", "VZ-1")
    assert (told.key, told.params["at"]) == ("submit.pin_at", "Tue 2026-11-24 10:00")


def test_a_button_does_the_same_and_twice_is_as_once() -> None:
    talk = asked_at_submission()
    slots = [choice.code for choice in talk.screen[-1].choices if choice.code.startswith("at.")]
    talk.press(slots[-1])
    before = len(talk.owed)
    talk.press(slots[-1])
    assert keys(talk, "post", before) == []
    assert happened(talk) == ["pin_set"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("today at 9", "past"),
        ("saturday at 11", "closed_day"),
        ("thursday at 11", "closed_day"),  # Thanksgiving
        ("tomorrow at 8 pm", "outside"),
        ("dec 30 at 10", "too_far"),
        ("tomorrow", "no_time"),
        ("feb 30 at 10", "no_such"),
    ],
)
def test_a_time_that_cannot_be_is_answered_with_why_and_with_others(text: str, why: str) -> None:
    talk = asked_at_submission()
    shown = talk.say(text)[-1]
    assert shown.owed.key == f"pin_at.{why}"
    assert [choice for choice in shown.choices if choice.code.startswith("at.")]
    assert named(talk) is None
    talk.say("tomorrow at 10")
    assert named(talk) == TUESDAY_TEN


def test_at_its_time_the_customer_is_asked_with_how_and_the_desk_told_once() -> None:
    talk = asked_at_submission()
    talk.say("tomorrow at 10")
    before = len(talk.owed)
    talk.forward(days=1)
    assert talk.now >= TUESDAY_TEN
    assert keys(talk, "post", before) == ["thread.pin_time"]
    shown = talk.screen[-1]
    assert shown.owed.key == "pin_at.now+ask.pin_again+pin_at.offer"
    assert "#PORT" in shown.text
    assert talk.staff("submit", "VZ-1").key == "submit.pin_awaited"
    talk.say("771155")
    assert happened(talk) == ["pin_set", "pin_kept"]
    assert "It is good until Tue 2026-12-01 10:0" in talk.posts[-1]
    assert "it can be submitted now" in talk.posts[-1]
    before = len(talk.owed)
    talk.forward(hours=3)
    assert keys(talk, "post", before) == keys(talk, "say", before) == []
    assert not talk.staff("submit", "VZ-1").error


def test_a_pin_that_comes_before_its_time_ends_the_appointment() -> None:
    talk = asked_at_submission()
    talk.say("tomorrow at 10")
    talk.say("771155")
    assert happened(talk) == ["pin_set", "pin_kept"]
    before = len(talk.owed)
    talk.forward(days=1)
    assert "thread.pin_time" not in keys(talk, "post", before)


def test_who_does_not_answer_is_asked_for_another_time_and_the_desk_hears_of_it_once() -> None:
    talk = asked_at_submission()
    talk.say("tomorrow at 10")
    talk.forward(days=1)
    before = len(talk.owed)
    talk.forward(minutes=POLICY.pin_wait_minutes + 1)
    assert keys(talk, "post", before) == ["thread.pin_missed"]
    assert talk.screen[-1].owed.key.startswith("pin_at.missed+")
    before = len(talk.owed)
    talk.forward(hours=3)
    assert keys(talk, "post", before) == keys(talk, "say", before) == []
    talk.press(next(c.code for c in talk.screen[-1].choices if c.label == "button.pin_at.tomorrow"))
    assert happened(talk) == ["pin_set", "pin_missed", "pin_set"]
    assert named(talk) == TUESDAY_TEN + timedelta(hours=23)


def test_a_button_whose_time_is_over_says_so_and_offers_others() -> None:
    talk = asked_at_submission()
    talk.forward(days=3)
    slot = next(choice for choice in talk.screen[-1].choices if choice.code.startswith("at."))
    shown = talk.push(talk.screen[-1], slot)[-1]
    assert shown.owed.key == "pin_at.past"
    assert named(talk) is None


def test_a_time_at_which_nobody_was_there_to_ask_is_owned_and_another_one_asked_for() -> None:
    talk = asked_at_submission()
    talk.say("tomorrow at 10")
    talk.now += timedelta(days=2)  # the program was down
    before = len(talk.owed)
    talk.forward(seconds=1)
    assert keys(talk, "post", before) == ["thread.pin_late"]
    assert talk.screen[-1].owed.key.startswith("pin_at.late+")


def test_a_time_is_named_for_another_request_than_the_chat_is_about() -> None:
    talk = asked_at_submission()
    first, shown = talk.newest, talk.screen[-1]
    slot = next(choice for choice in shown.choices if choice.label == "button.pin_at.tomorrow")
    talk.command("new")
    talk.say("206-555-0188, T-Mobile")
    talk.push(shown, slot)
    talk.forward(seconds=1)
    assert talk.chat.focus != first
    assert set_time(talk.case(first)) is not None
    talk.forward(days=1)
    assert [choice.code for choice in talk.screen[-1].choices] == ["go"] or "pin_at.now" in "".join(keys(talk, "say"))


def test_a_time_is_moved_and_dropped() -> None:
    talk = asked_at_submission()
    talk.say("tomorrow at 10")
    talk.press("at.move")
    assert "pin_at.offer_another" in talk.screen[-1].owed.key
    talk.say("tomorrow at 2pm")
    assert named(talk) == TUESDAY_TEN + timedelta(hours=4)
    assert keys(talk, "post")[-1] == "thread.pin_at_moved"
    talk.press("at.drop")
    assert named(talk) is None
    assert happened(talk) == ["pin_set", "pin_moved", "pin_unset"]
    before = len(talk.owed)
    talk.forward(days=2)
    assert keys(talk, "post", before) == []
    assert talk.staff("submit", "VZ-1").key == "submit.pin_missing"


def test_the_status_tells_of_the_time_and_lets_it_be_moved() -> None:
    talk = asked_at_submission()
    talk.say("tomorrow at 10")
    shown = talk.command("status")[-1]
    assert "we get it together on Tuesday, 2026-11-24, at 10:00 AM, Pacific time." in shown.text
    assert {"at.move", "at.drop"} <= {choice.code for choice in shown.choices}
    talk.forward(days=1)
    assert "Your transfer PIN is waited for now" in talk.command("status")[-1].text


def test_staff_ask_at_once_where_they_do_not_wait_for_the_time() -> None:
    talk = asked_at_submission()
    talk.say("tomorrow at 10")
    assert talk.staff("submit", "pin now").key == "submit.pin_missing"
    talk.forward(seconds=1)
    assert "ask.pin_again" in talk.screen[-1].owed.key
    assert named(talk) is None
    before = len(talk.owed)
    talk.forward(days=1)
    assert "thread.pin_time" not in keys(talk, "post", before)


def test_what_is_on_hold_then_is_not_asked_for_and_both_are_told() -> None:
    talk = asked_at_submission()
    talk.say("tomorrow at 10")
    talk.staff("hold", "the vendor is down")
    before = len(talk.owed)
    talk.forward(days=1)
    assert keys(talk, "post", before) == ["thread.pin_held"]
    assert keys(talk, "say", before) == ["pin_at.held"]
    assert named(talk) is None


@pytest.mark.parametrize("who", ["customer", "staff", "no pin"])
def test_nothing_comes_of_a_time_where_no_pin_is_wanted_any_more(who: str) -> None:
    talk = asked_at_submission()
    talk.say("tomorrow at 10")
    if who == "customer":
        talk.command("cancel")
        talk.press("cancel.yes")
    else:
        talk.staff(*(("submit", "no pin VZ-1") if who == "no pin" else ("cancel", "")), by=ROSA)
    talk.forward(seconds=61)
    assert named(talk) is None
    before = len(talk.owed)
    talk.forward(days=2)
    assert "thread.pin_time" not in keys(talk, "post", before)
    assert "pin_at.now" not in "".join(keys(talk, "say", before))


def test_what_a_carrier_refused_for_its_pin_is_fetched_by_appointment_too() -> None:
    talk = asked_at_submission()
    talk.say("771155")
    talk.staff("submit", "VZ-1")
    talk.forward(seconds=61)
    talk.staff("reject", "wrong pin")
    talk.forward(seconds=61)
    assert "pin_at.offer" in talk.screen[-1].owed.key
    talk.say("tomorrow at 10")
    assert named(talk) == TUESDAY_TEN
    assert talk.request.repaired is None
    talk.forward(days=1)
    assert talk.screen[-1].owed.key.startswith("pin_at.now+")
    talk.say("882266")
    assert talk.request.repaired == "corrected"
    assert happened(talk)[-1] == "pin_kept"
    assert not talk.staff("submit", "VZ-1").error


def test_papers_that_come_last_bring_the_offer() -> None:
    talk = Talk(does_errands=False)
    talk.until("pin")
    talk.press("later")
    assert talk.request.status == "awaiting_documents"
    talk.does_errands = True
    talk.run_errands()
    talk.forward(seconds=1)
    shown = talk.screen[-1]
    assert shown.owed.key == "pin_at.papers_in"
    talk.press(next(c.code for c in shown.choices if c.label == "button.pin_at.tomorrow"))
    assert named(talk) == datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


def test_who_puts_the_pin_off_with_all_else_here_can_name_a_time() -> None:
    talk = without_pin()
    assert next(c.label for c in talk.screen[-1].choices) == "button.pin_at.name"
    talk.press("at.move")
    talk.say("tomorrow at 10")
    assert named(talk) == TUESDAY_TEN


def test_a_customer_reads_their_own_clock_and_ours_beside_it() -> None:
    talk = Talk()
    talk.command("start")
    talk.say("917-421-8832")
    for each in ("carrier", "working", "bill", "authority", "name", "address", "destination", "account", "review"):
        talk.answer(each)
    talk.answer("signature")
    talk.say("tomorrow at 1pm")
    found = named(talk)
    assert found == TUESDAY_TEN
    assert "at 1:00 PM</b>, Eastern time (10:00 AM by our clock, Pacific time)" in talk.screen[-1].text
    assert "(Tue 13:00 for the customer)" in talk.posts[-1]


def test_the_times_offered_are_full_hours_of_the_desk_on_its_days() -> None:
    eve = datetime(2026, 11, 25, 23, 45, tzinfo=UTC)  # Wednesday at 15:45, before Thanksgiving
    policy = Policy(desk_hours=(time(8, 30), time(16, 30)))
    found = [at.astimezone(PACIFIC) for at in next_times(eve, policy)]
    assert [f"{at:%a %H:%M}" for at in found] == ["Fri 09:00", "Fri 12:00", "Mon 09:00", "Mon 12:00"]
    assert all(not why_not(at, eve, policy) for at in found)


def test_every_time_offered_in_a_year_can_be() -> None:
    for hour in range(0, 24 * 366, 5):
        now = MONDAY + timedelta(hours=hour)
        found = next_times(now, POLICY)
        assert len(found) == 4
        assert list(found) == sorted(set(found))
        assert all(not why_not(at, now, POLICY) for at in found)


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("tomorrow at 10", "2026-11-24 10:00"),
        ("Tuesday 2pm", "2026-11-24 14:00"),
        ("monday morning", "2026-11-30 10:00"),
        ("today 3:00 PM", "2026-11-23 15:00"),
        ("at noon tomorrow", "2026-11-24 12:00"),
        ("in two hours", "2026-11-23 15:00"),
        ("in half an hour", "2026-11-23 13:30"),
        ("12/3 9am", "2026-12-03 09:00"),
        ("2026-12-01 10:15", "2026-12-01 10:15"),
        ("the day after tomorrow 9:30", "2026-11-25 09:30"),
        ("how about wed 11 am?", "2026-11-25 11:00"),
        ("tomorrow at 9 in the morning", "2026-11-24 09:00"),
        ("9 am", "2026-11-23 09:00"),
        ("next wednesday at 4", "2026-11-25 16:00"),
    ],
)
def test_days_and_times_are_read_as_they_are_typed(text: str, there: str) -> None:
    found = read_moment(text, MONDAY, EASTERN)
    assert isinstance(found, datetime)
    assert f"{found.astimezone(EASTERN):%Y-%m-%d %H:%M}" == there


@pytest.mark.parametrize(
    "text", ["482913", "771155", "12 34 56", "hello", "later", "1455 Market Street", "call me at 3", "4"]
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_moment(text, MONDAY, EASTERN) == Unreadable("time.unclear")
