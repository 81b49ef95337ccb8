"""A doubtful address in the conversation: asked about, never refused, and taken when its sender means it."""

import pytest

from tests.domain.talk import Shown, Talk

BESIDE = "120 Main St, PO Box 12, Springfield, IL 62701"
PLACE = ("120 Main St", "", "Springfield", "IL", "62701")


def asked(text: str) -> tuple[Talk, Shown]:
    """Return a conversation that came to the address and was given this one."""
    talk = Talk()
    talk.until("address")
    return talk, talk.say(text)[-1]


def given(talk: Talk, question: str) -> tuple[str, ...] | None:
    return talk.case().answer(question)


def test_a_box_beside_a_street_is_asked_about_with_what_would_be_taken() -> None:
    talk, shown = asked(BESIDE)
    assert given(talk, "address") is None
    assert "“PO Box 12”" in shown.text
    assert "120 Main St, Springfield, IL, 62701" in shown.text
    assert [choice.code for choice in shown.choices] == ["there", "ask"]


@pytest.mark.parametrize("yes", ["yes", "Yes!", "correct"])
def test_a_typed_yes_takes_the_doubtful_address(yes: str) -> None:
    talk, _ = asked(BESIDE)
    talk.say(yes)
    assert given(talk, "address") == PLACE


def test_a_press_takes_the_doubtful_address_and_keeps_the_box_for_the_bills() -> None:
    talk, _ = asked(BESIDE)
    talk.press("there")
    assert given(talk, "address") == PLACE
    assert given(talk, "billing") == ("PO Box 12, Springfield, IL 62701",)


def test_the_same_address_sent_once_more_is_meant() -> None:
    talk, _ = asked("120 Main St, Chicago, IL 62701")
    talk.say("120 Main St, Chicago, IL 62701")
    assert given(talk, "address") == ("120 Main St", "", "Chicago", "IL", "62701")
    assert given(talk, "billing") == ("same",)


def test_another_address_takes_the_place_of_the_doubtful_one() -> None:
    talk, _ = asked("120 Main St, Chicago, IL 62701")
    assert "address on your" in talk.press("ask")[-1].text
    talk.say("14 Oak St, Springfield, IL 62701")
    assert given(talk, "address") == ("14 Oak St", "", "Springfield", "IL", "62701")


def test_a_yes_long_after_the_doubt_takes_nothing() -> None:
    talk, _ = asked("120 Main St, Chicago, IL 62701")
    talk.say("14 Oak St, Springfield, IL 62701")
    assert not given(talk, "doubted_address")


def test_every_doubt_about_an_address_is_told_at_once() -> None:
    _, shown = asked("120 Main St PMB 5, Chicago, IL 62701")
    assert "mail store" in shown.text
    assert "belongs to Springfield, not to Chicago" in shown.text


def test_a_doubtful_address_below_the_name_is_asked_about_next() -> None:
    talk = Talk()
    talk.until("name")
    shown = talk.say("Maria Alvarez\n120 Main St, Chicago, IL 62701")[-1]
    assert "belongs to Springfield, not to Chicago" in shown.text
    talk.press("there")
    assert given(talk, "address") == ("120 Main St", "", "Chicago", "IL", "62701")


def test_a_yes_without_a_doubt_is_no_address() -> None:
    talk, shown = asked("yes")
    assert given(talk, "address") is None
    assert "missing the street" in shown.text
