"""First messages that hold a number and more: companies of several kinds, blocks of numbers, numbers that are none."""

import pytest

from domain.intake.opening import read_opening
from domain.numbers.inventory import named_numbers
from domain.numbers.lists import NumberList, read_number_list
from domain.numbers.portability import check
from domain.numbers.spans import read_spans
from tests.domain.talk import Talk
from tests.domain.ways import keys, values

FAX = "fax line 617-266-4411"
NINE = tuple(f"+1415421{four}" for four in range(8832, 8841))


@pytest.mark.parametrize(
    ("said", "number", "offered"),
    [
        ("650-253-7741 google voice", "+16502537741", "is:google_voice"),
        ("617-536-4499, Comcast", "+16175364499", "is:comcast_business"),
        ("212-421-7744 AT&T", "+12124217744", "is:att"),
        ("514-931-2250 bell", "+15149312250", "is:bell_home"),
        ("514-931-2250 Telus", "+15149312250", "is:telus_home"),
        ("514-931-2250 Videotron", "+15149312250", "is:videotron"),
        ("mint mobile 213 487 9921 i dont know the pin", "+12134879921", "is:mint"),
        (
            "fax line 617-266-4411, comcast. Dr Frank Mallory DDS, 88 Boylston st Boston",
            "+16172664411",
            "is:xfinity_home",
        ),
    ],
)
def test_a_company_of_several_kinds_in_a_first_message_is_asked_about(said: str, number: str, offered: str) -> None:
    talk = Talk()
    shown = talk.say(said)
    assert keys(shown)[0] == "start.welcome"
    assert keys(shown)[-1] in ("carrier.which", "carrier.is_it")
    assert offered in [choice.code for choice in shown[-1].choices]
    assert values(talk)["numbers"] == (number,)


@pytest.mark.parametrize(
    "said",
    [
        "call me at 415-421-8832 about comcast",
        "i get spam calls from 415-421-8832, comcast",
        "my husbands number is 415-421-8832, comcast",
        "dont move 415-421-8832, comcast",
        "is 415-421-8832 comcast ok?",
    ],
)
def test_a_number_that_is_to_be_called_or_somebody_elses_is_not_taken(said: str) -> None:
    talk = Talk()
    talk.say(said)
    assert not any("numbers" in kept for kept in talk.answers.values())


def test_a_number_that_is_none_gets_a_word_in_a_first_message() -> None:
    talk = Talk()
    shown = talk.say("office number (312) 555-0142 and its ringcentral")
    assert keys(shown)[:2] == ["start.welcome", "number.special"]
    assert talk.chat.asked == "numbers"


@pytest.mark.parametrize(
    ("said", "fours"),
    [
        ("415-421-8832, 8833, 8834 ringcentral", ["8832", "8833", "8834"]),
        ("415-421-8832, 8833 comcast", ["8832", "8833"]),
        ("512-474-2210, -2211, -2212. 2213 is the alarm", ["2210", "2211", "2212"]),
        ("415-421-8832, 4821", ["8832"]),
        ("415-421-8832, 8833 is my pin", ["8832"]),
        ("415-421-8832, 8840 Market Street, Boston", ["8832"]),
    ],
)
def test_last_four_digits_behind_a_comma_are_numbers_of_the_block(said: str, fours: list[str]) -> None:
    found = read_number_list(said)
    assert isinstance(found, NumberList)
    assert [phone.e164[-4:] for phone in found.phones] == fours


@pytest.mark.parametrize(
    "said",
    [
        "415-421-8832 thru 8840 ringcentral",
        "415-421-8832 through 415-421-8840, ringcentral",
        "415-421-8832-8840 ringcentral",
        "415-421-8832 - 8840 ringcentral",
        "415-421-8840 thru 8832 ringcentral",
    ],
)
@pytest.mark.parametrize("before", [(), ("start",)])
@pytest.mark.parametrize("answer", ["yes", ""])
def test_a_block_is_asked_about_and_taken_whole(said: str, before: tuple[str, ...], answer: str) -> None:
    talk = Talk()
    for command in before:
        talk.command(command)
    shown = talk.say(said)
    assert "Do you mean all 9 numbers from (415) 421-8832 to (415) 421-8840?" in shown[-1].text
    assert "numbers" not in values(talk)
    if answer:
        talk.say(answer)
    else:
        talk.press("all_of_it")
    assert values(talk)["numbers"] == NINE
    assert values(talk)["carrier"][0] == "ringcentral"
    assert "span" not in values(talk)


def test_the_company_of_a_block_amid_words_is_asked_about_narrowly() -> None:
    talk = Talk()
    talk.say("please move 415-421-8832 to 8840 from comcast")
    assert keys(talk.press("all_of_it")) == ["carrier.which"]
    assert values(talk)["numbers"] == NINE


def test_a_block_that_is_not_meant_is_sent_number_by_number() -> None:
    talk = Talk()
    talk.say("415-421-8832 thru 8840 ringcentral")
    assert keys(talk.press("not_the_span"))[0] == "numbers.one_by_one"
    talk.say("yes")
    assert "numbers" not in values(talk)
    talk.say("415-421-8832, 415-421-8840")
    assert values(talk)["numbers"] == ("+14154218832", "+14154218840")


def test_two_blocks_are_asked_about_together() -> None:
    talk = Talk()
    shown = talk.say("415-421-8832 to 8833, 8850 to 8852 ringcentral")
    assert "5 numbers together" in shown[-1].text
    talk.press("all_of_it")
    assert [e164[-4:] for e164 in values(talk)["numbers"]] == ["8832", "8833", "8850", "8851", "8852"]


@pytest.mark.parametrize("before", [(), ("start",)])
def test_a_block_of_more_than_a_hundred_goes_into_a_file(before: tuple[str, ...]) -> None:
    talk = Talk()
    for command in before:
        talk.command(command)
    assert "numbers.too_many" in keys(talk.say("415-421-8832 thru 9999 ringcentral"))
    assert not any("numbers" in kept for kept in talk.answers.values())


@pytest.mark.parametrize(
    "said", ["415-421-8832 to 1455 Market Street", "415-421-8832 - 8840 Market Street", "415-421-8832 to 415-421-8840"]
)
def test_what_stands_behind_a_number_is_not_always_the_end_of_a_block(said: str) -> None:
    assert read_spans(said) is None


def test_a_block_with_an_end_that_can_be_no_number_is_none() -> None:
    assert read_spans("415-555-0140 to 0150") is None


def test_nothing_is_taken_for_certain_of_a_block() -> None:
    assert read_opening("please move 415-421-8832 - 8840 from comcast business").numbers == ()
    assert read_opening("415-421-8832-8840").numbers == ()


def test_all_numbers_of_a_block_are_looked_up() -> None:
    assert named_numbers("415-421-8832 thru 8840") == NINE


@pytest.mark.parametrize(
    "line", ["415-421-8832, 8833, 8834 ringcentral", "415-421-8832 thru 8840 ringcentral", "415-421-8832 and 8833"]
)
def test_a_line_with_several_numbers_is_refused_as_several(line: str) -> None:
    found = check(line)
    assert (found.verdict, found.code) == ("refused", "number.several")
