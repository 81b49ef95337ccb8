"""What people say instead of answering is recognised, and what is an answer never is taken for it."""

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.wording import sentences, telegram_text
from domain.desk.advising import ANSWERED_HERE
from domain.intake.sayings import SAYINGS, Effect, Saying, recognise

ASKED = (
    "numbers", "carrier", "line", "one_bill", "working", "bill", "authority", "signer", "name", "contact", "address",
    "billing", "stays", "texting", "destination", "source", "label", "company", "account", "email", "second", "title",
    "review", "signature", "pin",
)  # fmt: skip
SPOKEN = tomllib.loads((Path(__file__).parent / "utterances.toml").read_text("utf-8"))
UTTERANCES = SPOKEN["utterance"]

ANSWERS = [(asked, text) for asked, texts in SPOKEN["answers"].items() for text in texts]


@pytest.mark.parametrize("each", UTTERANCES, ids=lambda each: each["text"])
def test_an_utterance_is_recognised_at_every_question_to_which_it_is_no_answer(each: dict[str, str]) -> None:
    wrong = {}
    for asked in (None, *ASKED):
        expected = None if asked in each.get("not_at", ()) else SAYINGS[each["saying"]]
        if (found := recognise(each["text"], asked)) != expected:
            wrong[asked] = found
    assert wrong == {}


def test_every_saying_has_an_utterance_and_every_utterance_names_questions_that_there_are() -> None:
    assert {each["saying"] for each in UTTERANCES} == SAYINGS.keys()
    assert {asked for each in UTTERANCES for asked in each.get("not_at", ())} <= set(ASKED)
    assert len(UTTERANCES) >= 90


@pytest.mark.parametrize(("asked", "text"), ANSWERS)
def test_an_answer_is_no_saying(asked: str, text: str) -> None:
    assert recognise(text, asked) is None


def test_answers_to_every_question_are_tried() -> None:
    assert {asked for asked, _ in ANSWERS} == set(ASKED)
    assert len(ANSWERS) >= 250


@pytest.mark.parametrize(
    "text",
    ["Already cancelled 415-421-8832", "I canceled my number 415-421-8832 yesterday", "it is suspended: 4154218832"],
)
def test_an_emergency_is_heard_beside_a_number_where_no_number_was_asked_for(text: str) -> None:
    found = recognise(text, "working")
    assert found is not None
    assert found.effect == "flag"


def test_a_corrected_number_is_heard_as_a_slip_only_where_no_number_was_asked_for() -> None:
    text = "Sorry, wrong number. It should be 415-421-8833"
    assert recognise(text, "name") == Saying("number_typo", "numbers")
    assert recognise(text, "numbers") is None


@pytest.mark.parametrize(
    ("text", "saying"),
    [
        ("Hi! Is this a scam? I don't want to lose anything.", "scam"),
        ("ok but how long does this take, I am in a hurry", "rush"),
        ("Thanks. I already cancelled Verizon. How long does it take?", "already_cancelled"),
        ("no\nwhy do you need my pin", "why_pin"),
        ("Sorry, I can't find my bill, can I send it later?", "no_bill"),
    ],
)
def test_of_several_things_said_the_most_pressing_is_taken(text: str, saying: str) -> None:
    assert recognise(text, "name") == SAYINGS[saying]


@pytest.mark.parametrize("text", ["", " ", "\u200b", "x" * 4000, "is this a scam? " * 60])
def test_nothing_and_a_whole_letter_are_no_saying(text: str) -> None:
    assert recognise(text, "carrier") is None


@pytest.mark.parametrize(
    ("text", "saying"),
    [
        ("how long" + " for the" * 24, "how_long"),
        ("how long is it for the number right now", "how_long"),
        ("i am prepaid" + " phone line" * 14, "prepaid"),
        ("just wondering just wondering is this a scam" + " right now" * 20, "scam"),
        ("i will send you this bill this weekend", "later"),
        ("i already cancelled it last week 3 days ago by mistake", "already_cancelled"),
    ],
)
def test_fillers_said_again_and_again_change_nothing_but_a_wrong_end_does(text: str, saying: str) -> None:
    assert recognise(text, "name") == SAYINGS[saying]
    assert recognise(f"{text} zebra", "name") != SAYINGS[saying]


def test_every_effect_is_used() -> None:
    assert {each.effect for each in SAYINGS.values()} == set(get_args(Effect))
    assert all(name == each.id for name, each in SAYINGS.items())
    assert len(SAYINGS) >= 45


def test_every_saying_has_words_and_they_ask_nothing_themselves() -> None:
    words = {key.removeprefix("said."): text for key, text in sentences("en").items() if key.startswith("said.")}
    assert words.keys() == SAYINGS.keys() - ANSWERED_HERE
    for name, text in words.items():
        assert "?" not in text, name
        assert len(re.findall(r"[.!](?= |$)", text)) <= 4, name
        assert "{" not in telegram_text(f"said.{name}", {}, "en"), name


_WORDS = st.sampled_from(sorted({word for each in UTTERANCES for word in each["text"].split()}))


@given(st.text() | st.lists(_WORDS, max_size=40).map(" ".join), st.none() | st.sampled_from(ASKED) | st.text())
@example("\ud800 is this a scam", "name")
@example("¿¿ \u02bc \ufb01 ½ \u0663", None)
def test_whatever_is_typed_is_a_saying_of_the_table_or_none(text: str, asked: str | None) -> None:
    found = recognise(text, asked)
    assert found is None or SAYINGS[found.id] == found
