"""Numbers as customers type them."""

import random

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Unreadable
from domain.numbers import NumberList, Phone, last4, read_number_list, read_phone, show
from domain.numbers.verdicts import ONLY_US, SERVED, region_of, served_by, verdict

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
        is_valid = phonenumbers.is_valid_number(library) and digits[0] != "0"
        region = phonenumbers.region_code_for_number(library)
        ours = verdict(digits)
        if isinstance(ours, Phone):
            assert is_valid
            assert region == "US"
            assert phonenumbers.number_type(library) == phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE
        elif ours.code == "number.not_us":
            assert is_valid
            assert region == ours.params["region"] != "US"
        elif ours.code == "number.not_valid":
            assert not is_valid
        else:
            assert ours.code in {"number.special", "number.toll_free"}


@pytest.mark.parametrize(
    ("text", "e164"),
    [
        ("416-421-8832", "+14164218832"),
        ("800-421-8832", "+18004218832"),
        ("1-800-FLOWERS", "+18003569377"),
        ("1-800-GOT-JUNK", "+18004685865"),
        ("888 411 7246", "+18884117246"),
    ],
)
def test_canadian_and_toll_free_numbers_are_read_where_they_are_served(text: str, e164: str) -> None:
    assert read_phone(text, SERVED) == Phone(e164)
    found = read_number_list(f"415-421-8832\n{text}", SERVED)
    assert found == NumberList((MOVING, Phone(e164)))
    assert isinstance(read_phone(text), Unreadable)


@pytest.mark.parametrize(
    ("text", "region"),
    [("+44 20 7946 0958", "GB"), ("011 49 30 901820", "DE"), ("+47 22 12 34 56", "NO"), ("+99 1234567", "")],
)
def test_the_country_of_a_number_abroad_is_told(text: str, region: str) -> None:
    assert read_phone(text) == Unreadable("number.not_us", {"region": region})
    assert read_phone(text, SERVED) == Unreadable("number.not_us", {"region": region})


def test_a_plus_before_ten_digits_that_are_no_number_abroad_is_a_slip() -> None:
    assert read_phone("+415-421-8832") == MOVING


@pytest.mark.parametrize(
    ("e164", "region"),
    [("+14154218832", "US"), ("+14164218832", "CA"), ("+18004218832", "001"), ("+17874218832", "PR"), ("+1", "")],
)
def test_the_region_of_a_number_is_known_from_its_digits(e164: str, region: str) -> None:
    assert region_of(Phone(e164)) == region


def test_a_policy_says_which_regions_are_served() -> None:
    assert served_by(["US", "CA"], ["wireless", "toll_free", "ca_wireless"]) == SERVED
    assert served_by(["US", "CA"], ["wireless"]) == ONLY_US
    assert served_by(["US", "PR"], []).regions == {"US", "PR"}
    assert verdict("7874218832", served_by(["US", "PR"], [])) == Phone("+17874218832")


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
