"""Numbers of other countries: named, kept with their company, and with the desk when it is asked."""

import pytest

from domain.intake.readings.abroad import company_of
from domain.numbers import read_phone
from domain.numbers.abroad import abroad_of, show_abroad
from domain.numbers.countries import NAMES, country
from domain.numbers.together import together
from domain.numbers.verdicts import Served
from domain.policy import Policy
from tests.domain.talk import Talk

UK, JAMAICA = "+442079460958", "+18769271234"


def begun(*said: str) -> Talk:
    talk = Talk()
    talk.command("start")
    for text in said:
        talk.say(text)
    return talk


@pytest.mark.parametrize(
    ("said", "e164", "region"),
    [
        ("+44 20 7946 0958", UK, "GB"), ("+44 (0)20 7946 0958", UK, "GB"), ("011 44 20 7946 0958", UK, "GB"),
        ("442079460958", UK, "GB"), ("876 927 1234", JAMAICA, "JM"), ("18769271234", JAMAICA, "JM"),
        ("514-861-2345", "+15148612345", "CA"), ("800-356-9377", "+18003569377", "001"), ("+49 30 12", "+493012", ""),
        ("+999 12", "+99912", ""),
    ],
)  # fmt: skip
def test_a_number_is_read_as_its_country_writes_it(said: str, e164: str, region: str) -> None:
    assert abroad_of(said)[:2] == (e164, region)


def test_numbers_and_countries_are_shown_as_people_write_them() -> None:
    assert (show_abroad(UK), show_abroad(JAMAICA), show_abroad("+99912")) == (
        "+44 20 7946 0958", "(876) 927-1234", "+99912",
    )  # fmt: skip
    assert (country("GB"), country("JM"), country("XX")) == ("the United Kingdom", "Jamaica", "XX")
    assert all(len(region) == 2 and name[-1].isprintable() for region, name in NAMES.items())


@pytest.mark.parametrize(
    ("said", "company"),
    [("BT", "BT"), ("it's with digicel", "digicel"), ("Bandwidth", "Bandwidth"), ("yes", ""), ("", ""),
     ("can you take it", ""), ("one two three four", ""), ("A1 2", "")],
)  # fmt: skip
def test_a_company_is_read_from_few_words(said: str, company: str) -> None:
    assert company_of(said) == company


def test_all_that_was_given_is_with_the_desk() -> None:
    talk = begun("+44 20 7946 0958 BT")
    assert "+44 20 7946 0958 is a number of the United Kingdom, which we do not move" in talk.texts()[-1]
    assert "(876) 927-1234 is a number of Jamaica" in talk.say("876 927 1234 digicel")[-1].text
    shown = talk.press("desk.18769271234")
    assert "I have told our desk about +44 20 7946 0958, (876) 927-1234" in shown[-1].text
    assert talk.case().answer("elsewhere") == (UK, JAMAICA)
    status = talk.command("status")[-1].text
    assert "• +44 20 7946 0958, the United Kingdom, BT\n• (876) 927-1234, Jamaica, digicel" in status
    assert "our desk looks at what is possible" in status
    assert "No number yet" not in status


def test_words_go_to_the_desk_that_has_such_a_number_but_another_number_does_not() -> None:
    talk = begun("876 927 1234 digicel")
    talk.press("desk.18769271234")
    assert talk.say("Ian Fleming, 5 Goldeneye Rd")[-1].owed.key == "text.passed_on"
    assert any("Goldeneye" in post for post in talk.posts)
    assert talk.say("876 927 1235")[-1].owed.key.endswith("number.abroad+ask.numbers")


def test_a_company_told_behind_the_number_is_kept_with_it() -> None:
    talk = begun("+44 20 7946 0958")
    assert talk.say("BT")[-1].owed.key == "elsewhere.company_noted+ask.numbers"
    talk.press("desk.442079460958")
    assert "United Kingdom, BT" in talk.command("status")[-1].text


def test_several_at_once_are_all_named_and_kept() -> None:
    talk = begun("+44 20 7946 0958 BT, 876 927 1234 digicel")
    assert "are numbers of the United Kingdom, Jamaica" in talk.texts()[-1]
    talk.press("desk.442079460958")
    assert "Jamaica, digicel" in talk.command("status")[-1].text


def test_beside_numbers_that_move_they_go_to_the_desk_and_the_others_go_on() -> None:
    talk = begun("415-421-8832, +44 20 7946 0958, 876 927 1234")
    assert "• 876 927 1234: a number of Jamaica, which we do not move" in talk.texts()[-1]
    talk.press("desk.442079460958")
    assert talk.case().answer("elsewhere") == (UK, JAMAICA)
    assert talk.case().answer("numbers") == ("+14154218832",)
    assert talk.chat.asked == "carrier"


@pytest.mark.parametrize("number", ["787-421-8832", "939-421-8832", "340-777-8832", "671-646-8832"])
def test_a_territory_is_served_where_policy_says_so_and_travels_with_the_states(number: str) -> None:
    digits = number.replace("-", "")
    assert begun(number).screen[-1].owed.key.endswith("number.abroad+ask.numbers")
    talk = Talk(policy=Policy(countries=("US", "CA", "PR", "VI", "GU")))
    talk.say(f"{number}, 415-421-8832, Verizon Wireless")
    assert talk.case().answer("numbers") == (f"+1{digits}", "+14154218832")
    assert together((f"+1{digits}", "+14154218832"))[1] == ()
    assert getattr(read_phone(number, Served(frozenset({"PR", "VI", "GU"}))), "e164", "") == f"+1{digits}"


@pytest.mark.parametrize("said", ["Ask our desk", "ask our desk!"])
def test_the_button_that_gives_such_a_number_to_the_desk_may_be_typed(said: str) -> None:
    talk = Talk()
    talk.command("start")
    talk.say("+44 20 7946 0958")
    assert "I have told our desk" in talk.say(said)[-1].text
    assert talk.case().answers["elsewhere"].value == ("+442079460958",)


@pytest.mark.parametrize("said", ["ask the desk please", "ask desk", "help me", "what now"])
def test_other_words_behind_such_a_number_are_no_company(said: str) -> None:
    talk = Talk()
    talk.command("start")
    talk.say("+44 20 7946 0958")
    assert "I have noted" not in talk.say(said)[-1].text
