"""Lists of numbers as customers paste them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Unreadable
from domain.numbers import NumberList, Phone, read_number_list

FIRST, SECOND, THIRD = (Phone(f"+1415421883{last}") for last in (2, 3, 4))


def listed(text: str) -> NumberList:
    read = read_number_list(text)
    assert isinstance(read, NumberList)
    return read


@pytest.mark.parametrize(
    "text",
    [
        "415-421-8832, 415-421-8833 and 415 421 8834",
        "4154218832\n4154218833\n4154218834",
        "4154218832; 4154218833; 4154218834",
        "415-421-8832 / 415-421-8833 / 415-421-8834",
        "415.421.8832 415.421.8833 415.421.8834",
        "+14154218832 +14154218833 +1 (415) 421-8834",
        "1) 415-421-8832\n2) (415) 421-8833\n3) +1 415.421.8834",
        "1. 415-421-8832 2. 415-421-8833 3. 415-421-8834",
        "- 415-421-8832\n\u2022 415-421-8833\n* 415-421-8834",
        "main: 415-421-8832\nfax: 415-421-8833\nline 3: 415-421-8834",
        "415-421-8832 (main), 415-421-8833 - fax, and 415-421-8834.",
        "my numbers are 415-421-8832 & 415-421-8833, also 415-421-8834 thanks",
    ],
)
def test_every_number_of_a_mess_is_read_once_and_nothing_remains(text: str) -> None:
    assert listed(text) == NumberList((FIRST, SECOND, THIRD))


def test_a_number_that_stands_there_twice_is_read_once_and_told() -> None:
    found = listed("415-421-8832, 415-421-8833, 415-421-8832, 415-421-8834")
    assert found == NumberList((FIRST, SECOND, THIRD), repeated=(FIRST,))


def test_a_service_code_among_numbers_is_left_out() -> None:
    assert [said for said, _ in listed("415-421-8832, 911").left_out] == ["911"]


@pytest.mark.parametrize(
    ("text", "bad", "code"),
    [
        ("415-421-8832, 421-8833", "421-8833", "number.too_short"),
        ("415-421-8832, 415421883", "415421883", "number.too_short"),
        ("415-421-8832, 41542188334", "41542188334", "number.too_long"),
        ("415-421-8832, 800-421-8833", "800-421-8833", "number.toll_free"),
        ("415-421-8832, 1-800-FLOWERS", "1-800-FLOWERS", "number.toll_free"),
        ("415-421-8832, +44 20 7946 0958", "+44 20 7946 0958", "number.not_us"),
        ("415-421-8832, 416-421-8833", "416-421-8833", "number.not_us"),
        ("415-421-8832, 415-911-1234", "415-911-1234", "number.special"),
        ("415-421-8832, 415-121-8833", "415-121-8833", "number.not_valid"),
        ("415-421-8832, 415-421-8833 ext. 12", "415-421-8833 ext. 12", "number.extension"),
        ("415-421-8832, 415-421-8833x4", "415-421-8833x4", "number.extension"),
        ("415-421-8832, 415-421-8833/34/35", "415-421-8833/34/35", "number.shortened"),
    ],
)
def test_a_bad_number_is_left_out_with_why_and_spoils_nothing(text: str, bad: str, code: str) -> None:
    read = listed(text)
    assert read.phones == (FIRST,)
    assert [(said, why.code) for said, why in read.left_out] == [(bad, code)]
    assert read.rest == ""


def test_what_is_left_out_is_shown_in_forty_characters() -> None:
    ((said, _),) = listed("415-421-8832 " + "1234 " * 12).left_out
    assert said == "415-421-8832 1234 1234 1234 1234 1234 12"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("415-421-8832, Verizon Wireless", "Verizon Wireless"),
        ("Verizon Wireless 415-421-8832 and 415-421-8833", "Verizon Wireless"),
        ("415-421-8832\n415-421-8833\nAT&T U-verse", "AT&T U-verse"),
        ("415-421-8832", ""),
        ("  415-421-8832 ", ""),
        ("hello", ""),
        ("415-421-8832 or 415-421-8833", "or"),
        ("415-421-8832. 2 lines", "2 lines"),
    ],
)
def test_the_words_beside_the_numbers_remain(text: str, rest: str) -> None:
    assert listed(text).rest == rest


@pytest.mark.parametrize(
    "text",
    [
        "my account number is 4154218832",
        "PIN: 4154218",
        "acct # 415 421 8832",
        "SSN 123-45-6789",
        "12 Main St, Oakland, CA 94607-1234",
        "since 2019-05-11",
    ],
)
def test_a_pin_an_account_a_date_and_a_zip_are_no_numbers(text: str) -> None:
    read = listed(text)
    assert (read.phones, read.left_out) == ((), ())


def test_a_hundred_numbers_are_read_and_one_more_is_too_many() -> None:
    numbers = [f"415-421-{last}" for last in range(8800, 8901)]
    assert len(listed("\n".join(numbers[:100])).phones) == 100
    assert read_number_list("\n".join(numbers)) == Unreadable("numbers.too_many", {"most": "100"})


@given(st.text(alphabet=st.one_of(st.sampled_from("0123456789+-(). x/,\n#"), st.characters()), max_size=120))
def test_no_text_makes_the_reader_of_lists_fail(text: str) -> None:
    read = read_number_list(text)
    assert isinstance(read, Unreadable) or len(set(read.phones)) == len(read.phones)
