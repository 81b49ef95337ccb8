"""The date of a bill told by its customer: taken where it is certain, until staff have read it themselves."""

from datetime import date

import pytest

from domain.desk.ages import BILL_DATE, BILL_TOLD, bill_age
from domain.errors import Unreadable
from domain.intake.readings.dated import bill_dated
from tests.domain.standing import at_phase
from tests.domain.talk import POLICY, Talk

TODAY = date(2026, 11, 23)


def told(talk: Talk) -> tuple[str, ...] | None:
    given = talk.case().answers.get(BILL_TOLD)
    return given.value if given is not None else None


@pytest.mark.parametrize(
    "words",
    [
        "The bill is from November 2", "my bill is dated 11/2/2026.", "bill date: 2026-11-02",
        "The bill's date is Nov 2nd", "the statement is from 2 November", "Here is my latest bill of 11/2",
    ],
)  # fmt: skip
def test_a_date_told_of_the_bill_is_read(words: str) -> None:
    assert bill_dated(words, TODAY) == date(2026, 11, 2)


@pytest.mark.parametrize(
    "words",
    [
        "is my bill of 11/2 ok?", "the bill is from last month", "the bill is from 3 weeks ago",
        "the bill is from Verizon", "my bill is $120", "the bill is from 12/24/2026", "11/2", "the bill has 3 pages",
    ],
)  # fmt: skip
def test_what_is_no_day_for_certain_is_none(words: str) -> None:
    assert isinstance(bill_dated(words, TODAY), Unreadable)


def test_the_day_counts_for_the_age_and_the_desk_reads_who_says_so() -> None:
    talk = at_phase("staff_review")
    [shown] = talk.say("The bill is from November 2")
    assert shown.owed.key == "bill.dated"
    assert "until 2026-12-02" in shown.text
    assert "says that the bill is dated 2026-11-02" in talk.posts[-1]
    age = bill_age(talk.case(), tuple(talk.papers.values()), POLICY)
    assert age is not None
    assert (age.until, age.is_latest) == (date(2026, 12, 2), False)
    assert not talk.staff("edit", "bill date: 2026-11-04").error
    age = bill_age(talk.case(), tuple(talk.papers.values()), POLICY)
    assert age is not None
    assert age.until == date(2026, 12, 4)
    talk.say("The bill is from November 1")
    assert told(talk) == ("2026-11-02",)


def test_a_bill_that_is_too_old_is_told_at_once() -> None:
    talk = Talk()
    talk.until("bill")
    [shown] = talk.say("My bill is from September 3")
    assert shown.owed.key.startswith("bill.dated_old")
    assert talk.chat.asked == "bill"


def test_a_date_under_the_file_is_of_that_file_and_falls_with_the_next_one() -> None:
    talk = at_phase("staff_review")
    talk.document(caption="bill of 11/2")
    assert told(talk) == ("2026-11-02",)
    assert BILL_DATE not in talk.case().answers
    talk.document()
    assert told(talk) is None
