"""Bill and letter are counted on the day on which they go out, and who can help it is warned five days before."""

from datetime import date

import pytest

from bot.wording import slack_text
from domain.desk.state import Told
from domain.errors import Unreadable
from domain.policy import Policy
from domain.readers.dates import read_past_date
from tests.domain.standing import at_phase
from tests.domain.talk import Talk

YOUNG = Policy(bill_days=40)  # the letter gets old first


def keys(talk: Talk, what: str) -> list[str]:
    """Return what the customer was told of papers that get old."""
    return [shown.owed.key for shown in talk.screen if shown.owed.key.startswith(f"ages.{what}")]


def note(talk: Talk, day: str) -> str:
    told = talk.staff("edit", f"bill date: {day}")
    return slack_text(told.key, told.params)


def submitted(talk: Talk) -> Told:
    """Submit; a PIN that has grown too old meanwhile is made anew."""
    told = talk.staff("submit")
    if told.key == "submit.pin_expired":
        talk.say("771155")
        told = talk.staff("submit")
    return told


@pytest.mark.parametrize(("days", "goes_out"), [(29, True), (31, False)])
def test_a_bill_whose_date_nobody_noted_counts_from_the_day_it_came(days: int, goes_out: bool) -> None:
    talk = at_phase("staff_review")
    talk.policy = Policy(letter_days=99)
    talk.forward(days=days)
    told = submitted(talk)
    assert told.key == ("submit.done" if goes_out else "submit.old_bill_received")
    assert ("at the latest" in slack_text(told.key, told.params)) is not goes_out


@pytest.mark.parametrize(("days", "goes_out"), [(10, True), (11, False)])
def test_a_bill_counts_from_its_own_date_once_staff_noted_it(days: int, goes_out: bool) -> None:
    talk = at_phase("staff_review")  # on November 23
    assert "carriers take it until 2026-12-03" in note(talk, "11/3")
    talk.forward(days=days)
    assert submitted(talk).key == ("submit.done" if goes_out else "submit.old_bill")


def test_the_age_is_the_companys_to_say() -> None:
    talk = at_phase("staff_review")
    talk.policy = Policy(bill_days=5)
    talk.forward(days=6)
    assert talk.staff("submit").key == "submit.old_bill_received"


def test_a_newer_bill_counts_by_itself() -> None:
    talk = at_phase("staff_review")
    note(talk, "2026-10-01")
    assert talk.staff("submit").key == "submit.old_bill"
    talk.document()
    assert talk.staff("submit").key == "submit.done"


def test_the_customer_is_told_nothing_of_a_date_that_staff_read() -> None:
    talk = at_phase("staff_review")
    note(talk, "2026-11-20")
    assert talk.forward(minutes=5) == []


def test_a_noted_date_can_be_taken_back() -> None:
    talk = at_phase("staff_review")
    note(talk, "2026-10-01")
    assert not talk.staff("undo").error
    assert talk.staff("submit").key == "submit.done"


@pytest.mark.parametrize(
    ("said", "key"),
    [("soon", "edit.bill_date"), ("2027-01-01", "edit.bill_date"), ("", "edit.bill_date"), ("2/30", "edit.bill_date")],
)
def test_what_is_no_day_that_is_over_is_no_date_of_a_bill(said: str, key: str) -> None:
    assert at_phase("staff_review").staff("edit", f"bill date: {said}").key == key


def test_the_same_date_again_and_one_without_a_bill_or_a_time_for_it_are_refused() -> None:
    talk = at_phase("staff_review")
    note(talk, "2026-11-20")
    assert talk.staff("edit", "bill date: 2026-11-20").key == "edit.same"
    assert at_phase("awaiting_documents").staff("edit", "bill date: 11/2").key == "edit.no_bill"
    assert at_phase("submitted").staff("edit", "bill date: 11/2").key == "edit.not_now"


# warned before


@pytest.mark.parametrize("phase", ["staff_review", "changes_requested"])
def test_staff_and_customer_are_warned_once_five_days_before_the_bill_is_too_old(phase: str) -> None:
    talk = at_phase(phase)
    talk.policy = Policy(letter_days=99)
    talk.forward(days=24)
    assert keys(talk, "bill") == []
    talk.forward(days=1)
    assert keys(talk, "bill") == ["ages.bill_soon"]
    talk.forward(days=20)
    assert keys(talk, "bill") == ["ages.bill_soon"]
    assert sum("take the bill of this request until 2026-12-23 at the latest" in post for post in talk.posts) == 1


def test_the_letter_is_warned_of_by_its_own_age() -> None:
    talk = at_phase("staff_review")
    talk.policy = YOUNG
    talk.forward(days=25)
    assert (keys(talk, "letter"), keys(talk, "bill")) == (["ages.letter_soon"], [])
    talk.forward(days=10)
    assert (keys(talk, "letter"), keys(talk, "bill")) == (["ages.letter_soon"], ["ages.bill_soon"])


def test_a_date_that_shows_the_bill_to_be_too_old_is_told_once_it_cannot_be_taken_back() -> None:
    talk = at_phase("staff_review")
    note(talk, "2026-10-01")
    talk.forward(minutes=1)
    assert keys(talk, "bill") == []
    talk.forward(minutes=2)
    assert keys(talk, "bill") == ["ages.bill_over"]
    assert "it was good until 2026-10-31" in talk.screen[-1].text


def test_nobody_is_warned_while_the_carrier_has_the_order_and_a_rejection_brings_it_back() -> None:
    talk = at_phase("submitted")
    talk.forward(days=28)
    assert keys(talk, "") == []
    talk.staff("reject", "wrong pin: 8C")
    talk.forward(minutes=5)
    assert sorted(keys(talk, "")) == ["ages.bill_soon", "ages.letter_soon"]


def test_a_new_signature_is_warned_of_anew() -> None:
    talk = at_phase("staff_review")
    talk.policy = YOUNG
    talk.forward(days=25)
    talk.staff("ask", "signature")
    talk.forward(minutes=2)
    talk.say("Maria Alvarez")
    talk.forward(days=25)
    assert keys(talk, "letter") == ["ages.letter_soon"] * 2


# a date that is over


TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("11/2", date(2026, 11, 2)),
        ("Dec 30", date(2025, 12, 30)),
        ("today", TODAY),
        ("yesterday", date(2026, 11, 22)),
        ("October 28, 2026", date(2026, 10, 28)),
        ("28 Oct", date(2026, 10, 28)),
        ("2026-10-28", date(2026, 10, 28)),
        ("2/29/2024", date(2024, 2, 29)),
    ],
)
def test_a_day_that_is_over_is_read_as_the_last_one(said: str, day: date) -> None:
    assert read_past_date(said, TODAY) == day


@pytest.mark.parametrize(
    ("said", "code"), [("2/29", "no_such_day"), ("12/24/2026", "no_such_day"), ("a while", "unclear")]
)
def test_what_is_no_day_that_is_over_is_said_to_be_none(said: str, code: str) -> None:
    found = read_past_date(said, TODAY)
    assert isinstance(found, Unreadable)
    assert found.code == f"date.{code}"
