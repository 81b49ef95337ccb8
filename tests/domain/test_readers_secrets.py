"""Account numbers, PINs, and keeping both from sight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.readers import Unreadable
from domain.readers.accounts import AccountNumber, read_account_number
from domain.readers.pins import LATER, Later, Pin, PinRule, read_pin
from domain.readers.secrets import looks_secret, mask, mask_digits, mask_file_name, mask_words, names_secret

PHONE = "+14154218832"


def account(text: str, *, ok: bool = False) -> AccountNumber | Unreadable:
    return read_account_number(text, phone=PHONE, number_as_account_ok=ok)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0001234567", "0001234567"),
        ("123456789-00001", "123456789-00001"),
        ("account number is 123456789", "123456789"),
        ("acct# 000123", "000123"),
        ("No. 998877", "998877"),
        ("Account: 8155-1000 2233.", "8155-1000 2233"),
        ("ID123456", "ID123456"),
        ("A12345", "A12345"),
    ],
)
def test_an_account_number_keeps_its_zeros_and_dashes(text: str, value: str) -> None:
    read = account(text)
    assert isinstance(read, AccountNumber)
    assert read == AccountNumber(value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "account.no_digits"),
        ("I don't know", "account.no_digits"),
        ("123-45-6789", "account.looks_like_ssn"),
        ("123 45 6789", "account.looks_like_ssn"),
        ("12", "account.too_short"),
        ("1" * 41, "account.too_long"),
        ("my bill says 12345678", "account.only_the_number"),
        ("12345678 <b>", "account.only_the_number"),
    ],
)
def test_what_is_no_account_number_says_why(text: str, code: str) -> None:
    read = account(text)
    assert isinstance(read, Unreadable)
    assert read.code == code


@pytest.mark.parametrize("text", ["4154218832", "+1 (415) 421-8832", "1-415-421-8832"])
def test_the_phone_number_as_account_number_is_warned_about_unless_the_carrier_does_so(text: str) -> None:
    assert account(text) == AccountNumber("4154218832", ("account.same_as_number",))
    assert account(text, ok=True) == AccountNumber("4154218832")


def test_four_digits_alone_are_warned_about() -> None:
    assert account("1234") == AccountNumber("1234", ("account.only_four_digits",))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("123456", "123456"),
        ("12-34-56", "123456"),
        ("1 2 3 4 5 6", "123456"),
        ("pin is 123456", "123456"),
        ("my transfer PIN is 123456 thanks", "123456"),
        ("here it is 123456.", "123456"),
        ("AB12cd", "AB12cd"),
        ("\u0661\u0662\u0663\u0664\u0665\u0666", "123456"),
    ],
)
def test_a_pin_is_read_without_what_stands_around_it(text: str, value: str) -> None:
    assert read_pin(text) == Pin(value)


@pytest.mark.parametrize(
    "text",
    ["later", "Skip", "not yet", "don't have it yet", "I don\u2019t have it yet", "i'll send it later"],
)
def test_a_pin_may_come_later(text: str) -> None:
    assert read_pin(text) is LATER


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("none", "pin.wireless_needs_one"),
        ("no pin", "pin.wireless_needs_one"),
        ("N/A", "pin.wireless_needs_one"),
        ("123456 or 654321", "pin.several"),
        ("123-45-6789", "pin.looks_like_ssn"),
        ("123456789", "pin.looks_like_ssn"),
        ("415-421-8832", "pin.is_the_number"),
        ("12", "pin.wrong_length"),
        ("12345678901", "pin.wrong_length"),
        ("hello", "pin.only_the_pin"),
        ("", "pin.only_the_pin"),
    ],
)
def test_what_is_no_pin_says_why(text: str, code: str) -> None:
    read = read_pin(text, phone=PHONE)
    assert isinstance(read, Unreadable)
    assert read.code == code


def test_an_unusual_length_and_a_placeholder_are_only_warned_about() -> None:
    assert read_pin("0000", PinRule(usual=6)) == Pin("0000", ("pin.unusual_length", "pin.placeholder"))


def test_secrets_are_not_in_a_repr() -> None:
    assert "123456" not in repr(read_pin("123456"))
    assert "987654" not in repr(account("987654"))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("my number is 415-421-8832, pin 123456", "my number is •••-•••-8832, pin ••••••"),
        ("+1 (415) 421-8832", "+• (•••) •••-8832"),
        ("pin: 4154218832", "pin: ••••••••••"),
        ("account 4154218832", "account ••••••••••"),
        ("1234 5678 9012", "•••• •••• ••••"),
        ("1-2-3-4", "•-•-•-•"),
        ("pin is ab12cd", "pin is ••••••"),
        ("xoxb-123-abc", "•••"),
        ("/bot123456:AAAAAAAAAAAAAAAAAAAAAAAA/getMe", "/•••/getMe"),
        ("call 12 people by 555", "call 12 people by 555"),
    ],
)
def test_secrets_are_masked_and_a_numbers_last_four_stay(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize("text", ["pin 123456", "123-45-6789", "my pin is ab12", "xoxb-1-a", "9876 5432"])
def test_a_text_with_a_secret_looks_secret(text: str) -> None:
    assert looks_secret(text)


@pytest.mark.parametrize("text", ["415-421-8832", "(415) 421-8832", "hello", "apt 12", ""])
def test_a_phone_number_alone_is_no_secret(text: str) -> None:
    assert not looks_secret(text)


@given(st.text(alphabet="0123456789 -.()•pin:x", max_size=60))
def test_masking_twice_is_masking_once(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(
    st.text(alphabet="abc .,!", max_size=20),
    st.from_regex(r"[01]\d{3,9}", fullmatch=True),
    st.sampled_from(["", " ", "-"]),
)
def test_no_long_run_of_digits_survives_however_it_is_spaced(before: str, secret: str, gap: str) -> None:
    assert not any(c.isdigit() for c in mask_digits(f"{before}{gap.join(secret)}"))


@given(st.text(max_size=120))
def test_no_text_makes_a_reader_of_secrets_fail(text: str) -> None:
    assert isinstance(account(text), AccountNumber | Unreadable)
    assert isinstance(read_pin(text, phone=PHONE), Pin | Later | Unreadable)
    assert len(mask(text)) <= max(len(text), 3 * len(text))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("bill.pdf", "bill.pdf"),
        ("my verizon bill 482913.pdf", "my verizon bill ••••••.pdf"),
        ("bill_pin_K7Q2X9.pdf", "bill_pin_••••••.pdf"),
        ("AZ-4417-QK82-9.pdf", "AZ-••••-••••-9.pdf"),
        ("IMG_0042.jpg", "IMG_••••.jpg"),
        ("", ""),
    ],
)
def test_a_file_name_keeps_its_words_and_loses_its_digits(name: str, shown: str) -> None:
    assert mask_file_name(name) == shown


@pytest.mark.parametrize("text", ["482913", "K7Q2X9", " K7Q2X9. ", "AZ-4417-QK82-9", "QWX7Z4!"])
def test_a_message_that_is_one_word_with_digits_is_masked_whole(text: str) -> None:
    assert set(mask_words(text)) == {"•"}


def test_words_to_the_desk_are_masked_like_any_others() -> None:
    assert mask_words("Is 5G ok? my account number is Q7-K21-X93") == "Is 5G ok? my account number is ••••••••••"
    assert mask_words("hello") == "hello"


@pytest.mark.parametrize("text", ["my pin is K7Q2X9", "PIN: QWX7Z4", "account number is AZ-44-QK-9", "acct. no. 12345"])
def test_a_named_secret_is_known_by_its_name(text: str) -> None:
    assert names_secret(text)


@pytest.mark.parametrize(
    "text", ["1455 Market Street", "pin it to the wall", "what is my account number", "pinball 2000"]
)
def test_what_names_no_secret_is_let_pass(text: str) -> None:
    assert not names_secret(text)


@pytest.mark.parametrize(
    "text", ["Seattle, WA 98101", "Tulsa, OK 74101-1234", "my zip code is New York, NY 10001", "San Francisco CA 94103"]
)
def test_a_zip_behind_the_letters_of_its_state_is_no_secret(text: str) -> None:
    assert mask_words(f"12 Elm St, {text}") == f"12 Elm St, {text}"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Seattle, WA 12345", "Seattle, WA •••••"),
        ("yes, OK 71234", "yes, OK •••••"),
        ("my PIN is WA 98101", "my PIN is WA •••••"),
        ("98101", "•••••"),
        ("Seattle, WA 981012", "Seattle, WA ••••••"),
    ],
)
def test_other_figures_behind_two_letters_stay_masked(text: str, masked: str) -> None:
    assert mask(text) == masked
