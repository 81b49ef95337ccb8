"""First messages: facts are taken only where no second reading is possible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.carriers import CarrierId
from domain.intake.opening import Opening, read_opening
from domain.numbers import Phone
from domain.readers.names import PersonName

MOVING = Phone("+14154218832")
RINGING = Phone("+16504218833")


@pytest.mark.parametrize(
    "text",
    [
        "Hi, I want to move 415-421-8832",
        "port my number (415) 421-8832 please",
        "transfer 415.421.8832 to you",
        "bring over my cell number: +1 415 421 8832",
        "My number is 415-421-8832 and I want to port it",
    ],
)
def test_the_one_number_that_is_to_move_is_taken(text: str) -> None:
    assert read_opening(text) == Opening((MOVING,))


@pytest.mark.parametrize(
    "text",
    [
        "415-421-8832",
        "hello",
        "call me at 415-421-8832 about porting my number",
        "don't move 415-421-8832",
        "move 415-421-8832, not 650-421-8833",
        "move 415-421-8832 and 650-421-8833",
        "My PIN is 4154218832, port my number",
        "my account number is 4154218832, I want to port",
        "move 800-421-8832",
        "move 415-421-8832 1234",
    ],
)
def test_a_number_whose_part_is_open_is_not_taken(text: str) -> None:
    assert read_opening(text).numbers == ()


def test_two_numbers_are_taken_when_each_has_its_part() -> None:
    read = read_opening("Port 415-421-8832 please, forward it to 650-421-8833")
    assert read == Opening((MOVING,), ring_at=RINGING)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I want to move 415-421-8832 from Verizon", "verizon"),
        ("move my number, I'm with Mint Mobile", "mint"),
        ("Moving from T-Mobile", "tmobile"),
        ("I\u2019m on Cricket and want to leave", "cricket"),
        ("carrier: US Cellular", "us_cellular"),
    ],
)
def test_a_carrier_one_leaves_is_taken(text: str, expected: str) -> None:
    assert read_opening(text).carrier == CarrierId(expected)


@pytest.mark.parametrize(
    "text",
    [
        "I'm not with Verizon",
        "from AT&T",
        "from Xfinity",
        "from Verizon Fios",
        "from verison",
        "from T-Mobile to Verizon",
        "I was with Verizon, can you help",
        "move me to Verizon",
        "is my order visible yet?",
        "give it a boost",
        "from Google Voice",
    ],
)
def test_a_carrier_in_doubt_is_not_taken(text: str) -> None:
    assert read_opening(text).carrier is None


def test_a_name_is_taken_when_it_is_given_as_one() -> None:
    assert read_opening("My name is Maria de la Cruz, hi").name == PersonName("Maria", "de la Cruz")
    assert read_opening("my name is Jo").name is None
    assert read_opening("Maria Cruz here").name is None


def test_a_story_is_not_read_for_facts() -> None:
    assert read_opening("move 415-421-8832 " + "and so on " * 60) == Opening()


@given(st.text(max_size=200))
def test_no_text_makes_the_opening_fail(text: str) -> None:
    assert len(read_opening(text).numbers) <= 1
