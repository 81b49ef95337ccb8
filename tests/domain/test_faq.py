"""Questions of customers: the table is complete, and what is asked is found, or honestly not."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.wording import sentences, telegram_text
from domain.desk.advising import ANSWERED_HERE
from domain.intake.faq import FAQ, TOPICS, Entry, find, is_question, of_topic
from domain.intake.sayings import SAYINGS

ENGLISH = sentences("en")
ASKED: dict[str, dict[str, list[str]]] = tomllib.loads(Path(__file__).with_name("faq_first.toml").read_text("utf-8"))
QUESTIONS = [
    (frozenset(names.split(" or ")) - {"none"}, said)
    for part in ASKED.values()
    for names, texts in part.items()
    for said in texts
]
LONGEST_ANSWER = 700  # characters
LONGEST_BUTTON = 40  # characters that a phone shows in one row
LONGEST_CALLBACK = 64  # bytes of callback data (Bot API limit, read 2026-11-21)

each_entry = pytest.mark.parametrize("entry", FAQ.values(), ids=lambda entry: entry.id)


def plain(said: str) -> str:
    return " ".join(said.lower().split()).rstrip("?.!")


# the table


def test_the_table_has_some_fifty_entries_and_each_topic_no_more_than_a_screen() -> None:
    assert len(FAQ) >= 30
    for topic in TOPICS:
        assert 3 <= len(of_topic(topic)) <= 9, topic


@each_entry
def test_an_entry_has_an_answer_and_a_button(entry: Entry) -> None:
    answer = ENGLISH[f"faq.{entry.id}"]
    assert len(answer) <= LONGEST_ANSWER
    assert answer.rstrip()[-1] in ".”"
    assert len(ENGLISH[f"button.faq.{entry.id}"]) <= LONGEST_BUTTON
    assert entry.topic in TOPICS


@each_entry
def test_an_entry_knows_several_ways_of_asking(entry: Entry) -> None:
    assert len({plain(said) for said in entry.asked}) == len(entry.asked) >= 6


def test_no_way_of_asking_stands_in_two_entries() -> None:
    said = [plain(each) for entry in FAQ.values() for each in entry.asked]
    assert sorted(said) == sorted(set(said))


@each_entry
def test_an_entry_is_found_by_its_own_ways_of_asking_and_no_other_is_answered(entry: Entry) -> None:
    found = {said: find(said) for said in entry.asked}
    assert {said: got.sure for said, got in found.items() if got and got.sure not in ("", entry.id)} == {}
    missed = [said for said, got in found.items() if got is None or entry.id not in got.likely]
    assert len(missed) <= 1 + len(entry.asked) // 20, missed


def test_every_word_about_questions_belongs_to_an_entry_or_a_topic() -> None:
    rooms = {"unsure", "unsure_alone", "perhaps", "topics"}
    answers = {key.split(".")[1] for key in ENGLISH if key.startswith("faq.") and key.count(".") == 1}
    assert answers == FAQ.keys() | rooms
    assert {key.split(".")[2] for key in ENGLISH if key.startswith("button.faq.")} == FAQ.keys()
    assert {key.split(".")[2] for key in ENGLISH if key.startswith("faq.topic.")} == set(TOPICS)


def test_the_code_of_a_button_fits_into_what_telegram_carries() -> None:
    codes = [f"0.0.faq.{name}" for name in FAQ] + [f"0.0.topic.{topic}" for topic in TOPICS]
    assert max(len(code.encode()) for code in codes) <= LONGEST_CALLBACK


def test_a_saying_that_is_a_question_of_the_table_is_answered_by_the_table_alone() -> None:
    assert FAQ.keys() >= ANSWERED_HERE
    assert SAYINGS.keys() >= ANSWERED_HERE
    assert {f"said.{name}" for name in ANSWERED_HERE}.isdisjoint(ENGLISH)


def test_an_answer_asks_nothing_outside_of_what_is_quoted() -> None:
    for name in FAQ:
        said = telegram_text(f"faq.{name}", {}, "en")
        outside = "".join(part.split("“")[0] for part in said.split("”"))
        assert "?" not in outside, name


# what is asked


def wrong() -> dict[str, str]:
    """Return what was answered for sure and wrongly."""
    found = ((names, said, find(said)) for names, said in QUESTIONS)
    return {said: got.sure for names, said, got in found if got is not None and got.sure and got.sure not in names}


def test_questions_of_every_entry_and_of_none_are_tried() -> None:
    named = {name for names, _ in QUESTIONS for name in names}
    assert named == FAQ.keys()
    assert len(QUESTIONS) >= 350
    assert len([said for names, said in QUESTIONS if not names]) >= 40
    assert len({plain(said) for _, said in QUESTIONS}) == len(QUESTIONS)


def test_half_of_the_questions_are_in_words_that_the_table_does_not_have() -> None:
    known = {plain(said) for entry in FAQ.values() for said in entry.asked}
    assert sum(plain(said) not in known for _, said in QUESTIONS) >= len(QUESTIONS) / 2


def test_a_wrong_answer_is_said_for_sure_to_two_in_a_hundred_at_most() -> None:
    assert len(wrong()) <= 0.02 * len(QUESTIONS), wrong()


def test_the_right_answer_is_said_or_offered_to_more_than_85_in_a_hundred() -> None:
    missed = []
    on_topic = [(names, said) for names, said in QUESTIONS if names]
    for names, said in on_topic:
        got = find(said)
        if got is None or names.isdisjoint((got.sure,) if got.sure else got.likely):
            missed.append(said)
    assert len(missed) <= 0.15 * len(on_topic), missed


def test_half_of_the_questions_are_answered_at_once() -> None:
    sure = [said for names, said in QUESTIONS if names and (got := find(said)) is not None and got.sure]
    assert len(sure) >= len([names for names, _ in QUESTIONS if names]) / 2


def test_what_has_nothing_to_do_with_us_is_never_answered_and_rarely_offered_anything() -> None:
    found = {said: find(said) for names, said in QUESTIONS if not names}
    assert {said for said, got in found.items() if got is not None and got.sure} == set()
    assert sum(got is None for got in found.values()) >= 0.6 * len(found)


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("what is a resprog", "resporg"),
        ("what is a custmer service record", "csr"),
        ("can i expedit my request", "rush"),
        ("who has to sigh the leter of authorization", "who_signs"),
    ],
)
def test_a_slip_of_the_finger_in_a_longer_word_changes_nothing(slip: str, meant: str) -> None:
    found = find(slip)
    assert found is not None
    assert meant in found.likely


def test_the_question_is_found_beside_other_sentences() -> None:
    found = find("Hi there! We are a small bakery and love your service. What is a CSR? Greetings, Maria")
    assert found is not None
    assert found.likely[0] == "csr"


@pytest.mark.parametrize("text", ["", " ", "???", "x" * 4000, "what is a CSR? " * 60, "the of and", "\ud800"])
def test_nothing_and_a_whole_letter_are_no_question_of_the_table(text: str) -> None:
    assert find(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "how do I do that",
        "My carrier is slow; can I hurry them",
        "Is it free?",
        "Hi, what\u2019s an LOA",
        "tell me about fax",
    ],
)
def test_what_looks_like_a_question_is_told_from_what_does_not(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize("text", ["Maria Alvarez", "1455 Market Street, San Francisco, CA 94103", "yes", "Whatley", ""])
def test_an_answer_does_not_look_like_a_question(text: str) -> None:
    assert not is_question(text)


_WORDS = st.sampled_from(sorted({word for _, said in QUESTIONS for word in said.split()}))


@given(st.text() | st.lists(_WORDS, max_size=40).map(" ".join))
@example("what\u2019s the \ufb01 LOA \u00bd?")
def test_whatever_is_typed_is_found_in_the_table_or_not_at_all(text: str) -> None:
    found = find(text)
    if found is not None:
        assert FAQ.keys() >= {*found.likely}
        assert 1 <= len(found.likely) <= 3
        assert found.sure in ("", found.likely[0])
