"""Carriers by what people type: what is taken silently, what is asked, what is nobody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.carriers import CARRIERS, Carrier, Fact, Found, Maybe, carrier, find_carrier

SILENT = {
    "Verizon": "verizon", "verizon wireless": "verizon", "VERIZON.": "verizon", "it's Verizon": "verizon",
    "vzw": "verizon", "I'm with Verizon": "verizon", "verizon prepaid": "verizon_prepaid",
    "Verizon Pre-paid": "verizon_prepaid", "AT&T wireless": "att", "at&t mobility": "att",
    "AT & T Prepaid": "att_prepaid", "tmobile": "tmobile", "T Mobile": "tmobile",
    "T\u2013Mobile": "tmobile", "t-mobile prepaid": "tmobile_prepaid", "Metro": "metro",
    "metro pcs": "metro", "Metro by T-Mobile": "metro", "Xfinity Mobile": "xfinity_mobile",
    "comcast mobile": "xfinity_mobile", "Spectrum mobile!": "spectrum_mobile", "US Cellular": "us_cellular",
    "U.S. Cellular": "us_cellular", "UScellular": "us_cellular", "Cricket": "cricket",
    "cricket wireless": "cricket", "mint": "mint", "Mint Mobile, thanks": "mint", "visible": "visible",
    "Google Fi": "google_fi", "boost": "boost", "Boost Mobile": "boost",
    "Consumer Cellular": "consumer_cellular", "straighttalk": "straight_talk",
    "my carrier is Straight Talk": "straight_talk",
}  # fmt: skip

ASKED = {
    "verison": "verizon", "verizn": "verizon", "verizon fios": "verizon", "verizon home phone": "verizon",
    "verizon business": "verizon", "I think verizon": "verizon", "prepaid verizon": "verizon",
    "AT&T": "att", "att": "att", "AT and T": "att", "at&t business": "att", "t-mobil": "tmobile",
    "xfinity": "xfinity_mobile", "Xfinity internet": "xfinity_mobile", "Comcast": "xfinity_mobile",
    "spectrum": "spectrum_mobile", "spectrum voice": "spectrum_mobile", "crickett": "cricket",
    "visable": "visible", "bost mobile": "boost", "fi": "google_fi", "sprint": "tmobile",
    "consumer celular": "consumer_cellular", "verizon or at&t": "verizon",
}  # fmt: skip

NOBODY = [
    "", "ooma", "cox", "rogers", "bell", "tracfone", "total wireless", "us mobile", "simple mobile",
    "red pocket", "ting", "google voice", "google workspace", "mobile", "wireless", "prepaid", "dunno",
    "1234", "not verizon", "no", "isn't verizon",
]  # fmt: skip


def carriers_of(found: Found | Maybe | None) -> tuple[str, ...]:
    match found:
        case Found(one):
            return (one.id,)
        case Maybe(several):
            return tuple(each.id for each in several)
        case None:
            return ()


@pytest.mark.parametrize(("text", "expected"), SILENT.items())
def test_an_exact_name_is_taken_silently(text: str, expected: str) -> None:
    found = find_carrier(text)
    assert isinstance(found, Found)
    assert found.carrier.id == expected


@pytest.mark.parametrize(("text", "expected"), ASKED.items())
def test_a_name_in_doubt_is_asked_about(text: str, expected: str) -> None:
    found = find_carrier(text)
    assert isinstance(found, Maybe)
    assert carriers_of(found)[0] == expected


@pytest.mark.parametrize("text", NOBODY)
def test_what_is_no_carrier_of_ours_is_not_guessed_at(text: str) -> None:
    assert find_carrier(text) is None


def test_two_carriers_in_one_answer_are_both_offered() -> None:
    assert set(carriers_of(find_carrier("verizon or mint"))) == {"verizon", "mint"}


def facts(row: Carrier) -> list[Fact]:
    return [fact for fact in (row.account_hint, row.pin_hint, row.lock_hint) if fact]


@pytest.mark.parametrize("row", CARRIERS.values(), ids=CARRIERS)
def test_every_fact_has_a_source_and_a_doubtful_one_only_advises(row: Carrier) -> None:
    for fact in facts(row):
        assert fact.source
        assert fact.checked.year == 2026
        assert not fact.doubtful or "ask" in fact.text.lower() or "look" in fact.text.lower()
    assert (row.pin_life is None) == (not row.pin_life_source)


def test_no_two_carriers_share_an_alias() -> None:
    folded = ["".join(c for c in alias.lower() if c.isalnum()) for row in CARRIERS.values() for alias in row.aliases]
    per_carrier = [{"".join(c for c in a.lower() if c.isalnum()) for a in row.aliases} for row in CARRIERS.values()]
    assert sum(map(len, per_carrier)) == len(set(folded))


def test_a_carrier_is_kept_by_its_id_and_other_is_none() -> None:
    assert all(carrier(key) is row for key, row in CARRIERS.items())
    assert carrier("other") is None


@given(st.text(max_size=80))
def test_no_text_makes_the_search_for_a_carrier_fail(text: str) -> None:
    assert len(carriers_of(find_carrier(text))) >= 0
