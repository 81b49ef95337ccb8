"""Few turns: what a customer has to do who follows the prompts, counted; and nothing is asked twice."""

import pytest

from domain.intake.questions import BY_ID
from tests.domain.talk import Talk
from tests.domain.ways import PLACE, do

# What each prompt's own example shows: all that it asks for, in one message.
WIRELESS = (
    "415-421-8832, Verizon Wireless",
    "!yes",
    "@",
    "!holder",
    "Maria Alvarez\n1455 Market Street, San Francisco, CA 94103",
    "415 200 0100",
    "998877665-00001, PIN 482913",
    "!correct",
    "Maria Alvarez",
)
BUSINESS = (
    "415-421-8832, Comcast Business",
    "!yes",
    "@",
    "!holder",
    f"Blue Door Bakery LLC\nTom Baker\n{PLACE}",
    "!nothing.yes",
    "415 200 0100",
    "8155300120012345",
    "!correct",
    "Tom Baker",
)
LONG_WAY = (
    "415-421-8832",
    "Verizon",
    "!is:verizon",
    *WIRELESS[1:4],
    "Maria Alvarez",
    "1455 Market Street, San Francisco, CA 94103",
    "415 200 0100",
    "998877665-00001",
    "!correct",
    "Maria Alvarez",
    "482913",
)
SEVERAL = "415-421-8832, 415-421-8833, 415-421-8834, 415-421-8835"


def _asked(talk: Talk, turns: tuple[str, ...]) -> list[str]:
    """Take the turns after /start; return the questions that were put, one for each turn, the last one's excepted."""
    talk.command("start")
    asked = []
    for turn in turns:
        asked.append(str(talk.chat.asked))
        do(talk, turn)
    return asked


@pytest.mark.parametrize(
    ("turns", "most", "secrets"),
    [(WIRELESS, 9, {"account", "pin"}), (BUSINESS, 11, {"account"})],
    ids=["wireless", "business landline"],
)
def test_a_clean_intake_takes_no_more_turns_than_promised(turns: tuple[str, ...], most: int, secrets: set[str]) -> None:
    talk = Talk()
    asked = _asked(talk, turns)
    assert len(turns) <= most
    assert len(asked) == len(set(asked))
    assert (talk.request.status, talk.chat.asked) == ("staff_review", None)
    assert {question for _, question in talk.secrets} == secrets


def test_a_first_sentence_that_says_it_already_saves_the_turn_that_would_ask_for_it() -> None:
    talk = Talk()
    for turn in WIRELESS:
        do(talk, turn)
    assert talk.request.status == "staff_review"


@pytest.mark.parametrize(
    ("turns", "carrier", "one_bill"),
    [(WIRELESS, "Verizon Wireless", "!yes"), (BUSINESS, "Comcast Business", "!main:+14154218833")],
)
def test_three_further_numbers_on_the_bill_take_one_further_turn(
    turns: tuple[str, ...], carrier: str, one_bill: str
) -> None:
    talk = Talk()
    asked = _asked(talk, (f"{SEVERAL} {carrier}", one_bill, *turns[1:]))
    assert asked.count("one_bill") == 1
    assert len(asked) == len(set(asked)) == len(turns) + 1
    assert [n.phase for n in talk.case().numbers] == ["staff_review"] * 4


def test_who_answers_one_thing_at_a_time_is_asked_each_once_and_the_brand_once_more() -> None:
    talk = Talk()
    asked = _asked(talk, LONG_WAY)
    assert talk.request.status == "staff_review"
    assert [q for q in dict.fromkeys(asked) if asked.count(q) > 1] == ["carrier"]
    assert set(asked) <= BY_ID.keys()


@pytest.mark.parametrize("turns", [WIRELESS, BUSINESS], ids=["wireless", "business landline"])
def test_stages_are_told_one_by_one_and_never_as_a_count_of_questions(turns: tuple[str, ...]) -> None:
    talk = Talk()
    _asked(talk, turns)
    steps = [s.owed.params["step"] for s in talk.screen if "stage.line" in s.owed.key.split("+")]
    assert steps == ["1", "2", "3", "4", "5"]


def test_the_agreements_are_one_screen_and_one_press() -> None:
    talk = Talk()
    _asked(talk, WIRELESS)
    shown = [s for s in talk.screen if "ask.review" in s.owed.key.split("+")]
    assert len(shown) == 1
    assert all(f"\n{n}. " in shown[0].text for n in range(1, 7))
    assert shown[0].choices[0].code == "correct"
