"""Whether a number can be moved, from chat, from a file or from the command line: one check for all."""

import itertools
import random

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.numbers import is_movable
from domain.numbers.portability import Known, Verdict, check
from domain.numbers.verdicts import Served, served_by

E164 = "+14154218832"
SHOWN = {"number": "(415) 421-8832"}


@pytest.mark.parametrize(
    ("text", "e164"),
    [
        ("4154218832", E164),
        ("(415) 421-8832", E164),
        ("+1 415.421.8832", E164),
        ("4154218832.0", E164),
        ("４１５４２１８８３２", E164),  # noqa: RUF001 - full-width digits are the case
        ("my number is 415 421 8832", E164),
        ("416-421-8832", "+14164218832"),
        ("800 356 9377", "+18003569377"),
        ("1-800-FLOWERS", "+18003569377"),
        ("888-411-7246", "+18884117246"),
    ],
)
def test_a_us_canadian_or_toll_free_number_is_accepted(text: str, e164: str) -> None:
    assert check(text) == Verdict("accepted", None, e164)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "number.none"),
        ("call me", "number.none"),
        ("421-8832", "number.too_short"),
        ("415421883212", "number.too_long"),
        ("115-421-8832", "number.not_valid"),
        ("415-121-8832", "number.not_valid"),
        ("876-121-8832", "number.not_valid"),
        ("911", "number.special"),
        ("415-411-1234", "number.special"),
        ("415-555-1212", "number.special"),
        ("416-555-0123", "number.special"),
        ("900-421-8832", "number.special"),
        ("500-421-8832", "number.special"),
        ("600-421-8832", "number.special"),
        ("416-976-1234", "number.special"),
        ("415-421-8832 and 415-421-8833", "number.several"),
    ],
)
def test_a_number_that_cannot_be_moved_is_refused_with_why(text: str, code: str) -> None:
    found = check(text)
    assert (found.verdict, found.code, found.value) == ("refused", code, "")


@pytest.mark.parametrize(
    ("text", "region"),
    [("876-421-8832", "JM"), ("787-421-8832", "PR"), ("+44 20 7946 0958", "GB"), ("011 49 30 901820", "DE")],
)
def test_a_region_that_is_not_served_is_named(text: str, region: str) -> None:
    assert check(text) == Verdict("refused", "number.not_served", "", {"region": region})


def test_a_policy_narrows_what_is_served() -> None:
    only_us = served_by(["US"], ["wireless", "landline"])
    assert check("416-421-8832", served=only_us).code == "number.not_served"
    assert check("800-421-8832", served=only_us).code == "number.not_served"
    assert check("415-421-8832", served=only_us).verdict == "accepted"
    assert check("787-421-8832", served=Served(frozenset({"PR"}))).value == "+17874218832"


def test_a_number_with_an_extension_is_doubtful_as_only_the_whole_line_can_move() -> None:
    assert check("415-421-8832 ext. 12") == Verdict("doubtful", "number.extension", E164)


@pytest.mark.parametrize("role", ["receiving", "failsafe", "user", "tracking"])
def test_a_number_of_ours_is_refused_by_what_it_does_here(role: str) -> None:
    known = Known(roles={E164: role})
    assert check("415-421-8832", known) == Verdict("refused", f"number.ours_{role}", E164, SHOWN)
    assert check("415-421-8833", known).verdict == "accepted"


def test_a_number_in_another_request_is_refused_and_so_is_one_that_has_moved() -> None:
    assert check("415-421-8832", Known(moving={E164})) == Verdict("refused", "number.in_request", E164, SHOWN)
    assert check("(415)421 8832 x9", Known(moved={E164})) == Verdict("refused", "number.completed", E164, SHOWN)


def test_twenty_thousand_drawn_numbers_are_judged_as_phonenumbers_does() -> None:
    dice = random.Random(20261122)
    drawn = [f"{dice.randrange(10**10):010}" for _ in range(20_000)]
    assert [ten for ten in drawn if (check(ten).verdict == "accepted") is not is_movable(ten)] == []


def test_every_area_code_and_the_edges_of_exchanges_are_judged_as_phonenumbers_does() -> None:
    tens = [f"{area}{rest}" for area in range(200, 1000) for rest in ("2004567", "1994567", "9994567", "5551212")]
    assert [ten for ten in tens if (check(ten).verdict == "accepted") is not is_movable(ten)] == []


def test_regions_beside_the_us_and_canada_are_those_of_phonenumbers() -> None:
    dice = random.Random(7)
    areas = (242, 246, 264, 268, 284, 340, 345, 441, 473, 649, 658, 664, 670, 671, 684, 721, 758, 767, 784, 787, 809,
             829, 849, 868, 869, 876, 939)  # fmt: skip
    for area, _ in itertools.product(areas, range(150)):
        ten = f"{area}{dice.randrange(10**7):07}"
        library = phonenumbers.PhoneNumber(country_code=1, national_number=int(ten))
        found = check(ten)
        assert found.verdict == "refused"
        if found.code == "number.not_served":
            assert found.params["region"] == phonenumbers.region_code_for_number(library)
        assert found.code == "number.special" or phonenumbers.is_valid_number(library) is (
            found.code == "number.not_served"
        )


@given(st.text(alphabet=st.one_of(st.sampled_from("0123456789+-(). xE/"), st.characters()), max_size=60))
def test_no_text_makes_the_check_fail(text: str) -> None:
    found = check(text)
    assert (found.code is None) is (found.verdict == "accepted")
    assert found.value == "" or check(found.value).value == found.value
