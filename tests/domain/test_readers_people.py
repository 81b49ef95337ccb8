"""Names, signatures, yes and no, dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.readers import Unreadable
from domain.readers.dates import read_date
from domain.readers.names import PersonName, read_name
from domain.readers.signature import Signature, read_signature

TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("John Smith", "John", "Smith"),
        ("  john   SMITH ", "john", "SMITH"),
        ("Mary Ann O'Brien-Lee", "Mary Ann", "O'Brien-Lee"),
        ("Smith, John", "John", "Smith"),
        ("John Smith, Jr.", "John", "Smith Jr."),
        ("my name is Maria de la Cruz", "Maria", "de la Cruz"),
        ("nguyen van minh", "nguyen van", "minh"),
        ("राम शर्मा", "राम", "शर्मा"),
        ("Jose\u0301 Núñez", "José", "Núñez"),
        ("John\u200b Smith\u202e\x00", "John", "Smith"),
    ],
)
def test_a_name_is_split_and_its_spelling_kept(text: str, first: str, last: str) -> None:
    name = read_name(text)
    assert isinstance(name, PersonName)
    assert (name.first, name.last) == (first, last)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "name.needs_two_words"),
        ("John", "name.needs_two_words"),
        ("John -", "name.needs_two_words"),
        ("Smith Jr.", "name.needs_two_words"),
        ("Dr. John Smith", "name.has_title"),
        ("mrs Smith Anne", "name.has_title"),
        ("J0hn Smith", "name.has_digits"),
        ("John & Mary Smith", "name.one_person"),
        ("John and Mary Smith", "name.one_person"),
        ("what is this?", "name.odd_character"),
        ("a " * 60, "name.too_long"),
        ("I would like to move my number to you", "name.too_long"),
    ],
)
def test_what_is_no_persons_name_says_why(text: str, code: str) -> None:
    name = read_name(text)
    assert isinstance(name, Unreadable)
    assert name.code == code


@pytest.mark.parametrize(
    ("text", "name"),
    [("王小明", "王小明"), ("山田太郎", "山田太郎"), ("김민수", "김민수"), ("only Plato", "Plato")],
)
def test_a_name_of_one_word_is_whole_in_a_script_without_spaces_and_where_somebody_says_so(
    text: str, name: str
) -> None:
    read = read_name(text)
    assert isinstance(read, PersonName)
    assert (read.parts, read.full) == ((name,), name)


def test_vendor_limits_and_initials_are_only_warned_about() -> None:
    long = read_name("Bartholomew Featherstonehaugh-Cholmondeley")
    assert isinstance(long, PersonName)
    assert long.warnings == ("name.longer_than_vendors_keep",)
    initials = read_name("J. S.")
    assert isinstance(initials, PersonName)
    assert initials.warnings == ("name.first_is_initial", "name.last_is_initial")


@pytest.mark.parametrize(
    "typed", ["José O'Neil", "josé o'neil", "  JOSÉ   O\u2019NEIL. ", "Jose\u0301 O'Neil", "José O'Neil, DDS"]
)
def test_the_account_holders_name_is_a_signature_whatever_its_case_and_punctuation(typed: str) -> None:
    signed = read_signature(typed, PersonName("José", "O'Neil"))
    assert isinstance(signed, Signature)
    assert typed.strip()[:3].lower() == signed.typed[:3].lower()


@pytest.mark.parametrize(
    "typed", ["Maria Alvarez \U0001f600", "\u2714\ufe0f Maria\ue000 Alvarez", "Maria \U0001f3fc\U0001f44d Alvarez"]
)
def test_what_stands_beside_a_name_and_cannot_be_printed_is_left_out(typed: str) -> None:
    assert read_signature(typed, PersonName("Maria", "Alvarez")) == Signature("Maria Alvarez")


def test_letters_of_a_name_that_cannot_be_printed_are_asked_for_anew_unless_they_are_its_own() -> None:
    fancy = "\U0001d4dc\U0001d4ea\U0001d4fb\U0001d4f2\U0001d4ea"
    told = {"expected": "Maria Alvarez", "characters": "\U0001d4dc\U0001d4ea\U0001d4fb\U0001d4f2"}
    found = read_signature(f"{fancy} Alvarez", PersonName("Maria", "Alvarez"))
    assert found == Unreadable("signature.unprinted", told)
    own = PersonName("\U00010380nn", "Lee")
    assert read_signature(own.full, own) == Signature(own.full)


@pytest.mark.parametrize("typed", ["José O'Neill", "O'Neil José", "José", "Dr. O'Neil", "José O'Neil Jr", "yes", ""])
def test_another_name_is_no_signature(typed: str) -> None:
    assert read_signature(typed, PersonName("José", "O'Neil")) == Unreadable(
        "signature.differs", {"expected": "José O'Neil"}
    )


def test_a_signature_is_not_shown_by_accident() -> None:
    assert "Smith" not in repr(read_signature("John Smith", PersonName("John", "Smith")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-03", date(2026, 12, 3)),
        ("12/3", date(2026, 12, 3)),
        ("12/3/2026", date(2026, 12, 3)),
        ("12/3/26", date(2026, 12, 3)),
        ("3 dec", date(2026, 12, 3)),
        ("3rd of December", date(2026, 12, 3)),
        ("Dec 3", date(2026, 12, 3)),
        ("december 3rd, 2026", date(2026, 12, 3)),
        ("today", TODAY),
        ("tomorrow", date(2026, 11, 22)),
        ("tue", date(2026, 11, 24)),
        ("next tue", date(2026, 11, 24)),
        ("Saturday", date(2026, 11, 28)),
        ("1/4", date(2027, 1, 4)),
        ("2/29/2028", date(2028, 2, 29)),
    ],
)
def test_a_date_is_read_in_the_forms_staff_type(text: str, expected: date) -> None:
    assert read_date(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("11/20", "date.past"),
        ("2025-12-03", "date.past"),
        ("2/30", "date.no_such_day"),
        ("32 dec", "date.no_such_day"),
        ("2/29", "date.no_such_day"),
        ("13/3", "date.unclear"),
        ("dec", "date.unclear"),
        ("maybe friday", "date.unclear"),
        ("next week", "date.unclear"),
        ("", "date.unclear"),
    ],
)
def test_a_date_in_doubt_is_refused(text: str, code: str) -> None:
    read = read_date(text, TODAY)
    assert isinstance(read, Unreadable)
    assert read.code == code


def test_a_leap_day_without_a_year_is_the_one_ahead() -> None:
    assert read_date("2/29", date(2027, 12, 1)) == date(2028, 2, 29)


@given(st.text(max_size=120))
def test_no_text_makes_a_reader_of_names_or_answers_fail(text: str) -> None:
    assert isinstance(read_name(text), PersonName | Unreadable)
    assert isinstance(read_signature(text, PersonName("A", "B")), Signature | Unreadable)


@given(st.from_regex(r"\A(\d{1,4}[-/ ]?([a-z]{3}|\d{1,3})([-/ ]\d{1,4})?|[a-z ]{0,12})\Z"), st.dates())
def test_a_date_that_is_read_is_never_past(text: str, today: date) -> None:
    read = read_date(text, today)
    assert isinstance(read, Unreadable) or read >= today
