"""Numbers as customers type them."""

import random

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Unreadable
from domain.numbers import Phone, last4, read_phone, show
from domain.numbers.verdicts import verdict

MOVING = Phone("+14154218832")


@pytest.mark.parametrize(
    "text",
    [
        "4154218832",
        "415-421-8832",
        "(415) 421-8832",
        "(415)421-8832",
        "415.421.8832",
        "415 421 8832 thanks",
        "+14154218832",
        "+1 (415) 421-8832",
        "1-415-421-8832",
        "1 415 421 8832",
        "my number is 415 421 8832.",
        "\u202a+1 415-421-8832\u202c",
        "415\u2013421\u20138832",
        "\u0664\u0661\u0665\u0664\u0662\u0661\u0668\u0668\u0663\u0662",
        "４１５４２１８８３２",  # noqa: RUF001 - full-width digits are the case
        "415-421-8832 415-421-8832",
        "415-421-8832 x12",
    ],
)
def test_a_us_number_is_read_in_every_form_people_type(text: str) -> None:
    assert read_phone(text) == MOVING


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "number.too_short"),
        ("hello", "number.too_short"),
        ("421-8832", "number.too_short"),
        ("415421883", "number.too_short"),
        ("41542188321", "number.too_long"),
        ("4154218832 12", "number.too_long"),
        ("442079460958", "number.too_long"),
        ("015-421-8832", "number.not_valid"),
        ("155-421-8832", "number.not_valid"),
        ("415-121-8832", "number.not_valid"),
        ("+44 20 7946 0958", "number.not_us"),
        ("011 44 20 7946 0958", "number.not_us"),
        ("416-421-8832", "number.not_us"),
        ("876-421-8832", "number.not_us"),
        ("787-421-8832", "number.not_us"),
        ("800-421-8832", "number.toll_free"),
        ("1-800-FLOWERS", "number.toll_free"),
        ("415-555-0123", "number.special"),
        ("415-555-1212", "number.special"),
        ("415-911-1234", "number.special"),
        ("911", "number.special"),
        ("900-421-8832", "number.special"),
        ("500-421-8832", "number.special"),
        ("415-976-1234", "number.special"),
        ("415-421-8832 or 650-421-8832", "number.several"),
        ("3122220142 3123330143", "number.several"),
        ("415-421-8832, account 123456789", "number.several"),
    ],
)
def test_a_number_that_cannot_be_moved_says_why(text: str, code: str) -> None:
    read = read_phone(text)
    assert isinstance(read, Unreadable)
    assert read.code == code


def test_the_region_of_a_foreign_area_code_is_named() -> None:
    assert read_phone("416-421-8832") == Unreadable("number.not_us", {"region": "CA"})


def test_the_fast_path_agrees_with_phonenumbers_on_20000_numbers() -> None:
    dice = random.Random(20261121)
    for _ in range(20_000):
        digits = f"{dice.randrange(10**10):010}"
        library = phonenumbers.PhoneNumber(country_code=1, national_number=int(digits))
        region = phonenumbers.region_code_for_number(library) if digits[0] != "0" else None
        ours = verdict(digits)
        if isinstance(ours, Phone):
            assert region == "US"
            assert phonenumbers.number_type(library) == phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE
        elif ours.code == "number.not_us":
            assert region == ours.params["region"] != "US"
        elif ours.code == "number.not_valid":
            assert region is None
        else:
            assert ours.code in {"number.special", "number.toll_free"}


def test_a_number_is_shown_as_it_is_read_aloud() -> None:
    assert show(MOVING) == "(415) 421-8832"
    assert last4(MOVING) == "8832"


@given(st.integers(min_value=2, max_value=9), st.integers(min_value=0, max_value=999_999_999))
def test_a_number_that_is_shown_reads_back_as_itself(first: int, rest: int) -> None:
    read = read_phone(f"{first}{rest:09}")
    if isinstance(read, Phone):
        assert read_phone(show(read)) == read_phone(read.e164) == read


@given(st.text(alphabet=st.one_of(st.sampled_from("0123456789+-(). x/"), st.characters()), max_size=60))
def test_no_text_makes_the_reader_of_numbers_fail(text: str) -> None:
    assert isinstance(read_phone(text), Phone | Unreadable)
