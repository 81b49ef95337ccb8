"""Carriers by what people type: what is taken silently, what is asked, what is nobody's."""

import re
import tomllib
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.carriers import (
    BRANDS,
    CARRIERS,
    Brand,
    Carrier,
    CarrierId,
    Fact,
    Found,
    Maybe,
    carrier,
    find_carrier,
    mentions,
)
from domain.carriers.brands import DOUBTFUL, EVERYDAY, kin_of
from domain.carriers.corrections import facts_of
from domain.carriers.facts import UNSEEN
from domain.carriers.naming import company_of
from domain.errors import Unreadable
from domain.readers.pins import Pin, read_pin
from domain.text import bare

FIRST = Path(__file__).with_name("carrier_names_first.toml")

SILENT = {
    # mobile
    "verizon wireless": "verizon", "VERIZON WIRELESS.": "verizon", "it's Verizon Wireless": "verizon",
    "vzw": "verizon", "Verizon cell phone": "verizon", "verizon prepaid": "verizon_prepaid",
    "Verizon Pre-paid": "verizon_prepaid", "Verizon Wireless prepaid": "verizon_prepaid",
    "AT&T wireless": "att", "at&t mobility": "att", "I'm with AT&T Wireless": "att", "AT and T mobile": "att",
    "AT & T Prepaid": "att_prepaid", "tmobile": "tmobile", "T Mobile": "tmobile", "T\u2013Mobile": "tmobile",
    "t-mobile prepaid": "tmobile_prepaid", "Metro": "metro", "metro pcs": "metro", "Metro by T-Mobile": "metro",
    "Xfinity Mobile": "xfinity_mobile", "comcast mobile": "xfinity_mobile", "Spectrum mobile!": "spectrum_mobile",
    "US Cellular": "us_cellular", "U.S. Cellular": "us_cellular", "UScellular": "us_cellular",
    "Cricket": "cricket", "cricket wireless": "cricket", "mint": "mint", "Mint Mobile, thanks": "mint",
    "visible": "visible", "Google Fi": "google_fi", "boost": "boost", "Boost Mobile": "boost",
    "Consumer Cellular": "consumer_cellular", "straighttalk": "straight_talk",
    "my carrier is Straight Talk": "straight_talk", "US Mobile": "us_mobile", "usmobile": "us_mobile",
    "TracFone": "tracfone", "total wireless": "total_wireless", "Total by Verizon": "total_wireless",
    "simple mobile": "simple_mobile", "ting": "ting", "Tello": "tello", "republic wireless": "republic",
    "Cox Mobile": "cox_mobile", "optimum mobile": "optimum_mobile", "TDS mobile": "tds_mobile",
    # home and office
    "Verizon home phone": "verizon_home", "Fios voice": "verizon_home", "Verizon Fios home phone": "verizon_home",
    "fios digital voice": "verizon_home", "verizon business landline": "verizon_business",
    "Verizon office phone": "verizon_business", "AT&T landline": "att_home", "att home phone": "att_home",
    "AT and T office phone": "att_home", "U-verse voice": "att_home", "Xfinity Voice": "xfinity_home",
    "Xfinity home phone": "xfinity_home", "comcast home phone": "xfinity_home", "xfinity landline": "xfinity_home",
    "Comcast Business": "comcast_business", "we have Comcast Business": "comcast_business",
    "comcast business voice": "comcast_business", "Spectrum Voice": "spectrum_voice",
    "spectrum home phone": "spectrum_voice", "Spectrum Business": "spectrum_business",
    "charter business": "spectrum_business", "Cox home phone": "cox_home", "Cox Business": "cox_business",
    "Optimum Voice": "optimum_voice", "frontier": "frontier", "Frontier Communications": "frontier",
    "CenturyLink": "centurylink", "century link": "centurylink", "Quantum Fiber": "centurylink", "lumen": "lumen",
    "Kinetic": "kinetic", "Windstream home phone": "kinetic", "windstream enterprise": "windstream_business",
    "TDS home phone": "tds", "Consolidated Communications": "consolidated", "fidium": "consolidated",
    "Vonage": "vonage", "vonage business": "vonage", "Ooma": "ooma", "ooma office": "ooma", "magicJack": "magicjack",
    "Magic Jack": "magicjack", "RingCentral": "ringcentral", "ring central": "ringcentral", "8x8": "8x8",
    "8 x 8": "8x8", "Grasshopper": "grasshopper", "OpenPhone": "openphone", "Zoom Phone": "zoom_phone",
    "Google Voice for business": "google_voice_workspace", "Twilio": "twilio", "Telnyx": "telnyx",
    "AT&T Business Wireless": "att_business",
    # Canada, in both languages
    "Rogers Wireless": "rogers", "C'est Bell Mobilité": "bell_mobility", "bell mobilite": "bell_mobility",
    "je suis chez Fido": "fido", "Mon fournisseur est Koodo, merci": "koodo", "Telus home phone": "telus_home",
    "ligne fixe Bell": "bell_home", "Vidéotron Mobile": "videotron", "Virgin Mobile Canada": "virgin_plus",
    "estoy con T-Mobile, gracias": "tmobile", "Mint Mobile account": "mint", "Telus Mobility Canada": "telus",
}  # fmt: skip

ASKED = {
    # several lines of business
    "Verizon": "verizon verizon_home verizon_prepaid verizon_business", "it's Verizon": "verizon",
    "VERIZON.": "verizon", "vz": "verizon", "Verizon phone": "verizon", "verizon business": "verizon verizon_business",
    "AT&T": "att att_home att_prepaid", "att": "att", "AT and T": "att", "a t & t": "att",
    "at&t business": "att_business att_home", "AT&T phone": "att", "xfinity": "xfinity_mobile xfinity_home",
    "Xfinity internet": "xfinity_mobile xfinity_home", "xfinity business": "comcast_business",
    "Comcast": "xfinity_mobile xfinity_home comcast_business", "comcast landline": "xfinity_home comcast_business",
    "spectrum": "spectrum_mobile spectrum_voice spectrum_business", "Charter": "spectrum_mobile",
    "spectrum landline": "spectrum_voice spectrum_business", "Cox": "cox_mobile cox_home cox_business",
    "cox cable": "cox_home", "Optimum": "optimum_mobile optimum_voice", "Altice": "optimum_mobile",
    "Windstream": "kinetic windstream_business", "TDS": "tds_mobile tds", "verizon fios": "verizon_home",
    "fios": "verizon_home", "verizon landline": "verizon_home", "fi": "google_fi", "sprint": "tmobile",
    "qwest": "centurylink", "bellsouth": "att_home", "CenturyLink business": "centurylink lumen",
    # misspelt
    "verison": "verizon verizon_home", "verizn": "verizon", "t-mobil": "tmobile", "crickett": "cricket",
    "visable": "visible", "bost mobile": "boost", "consumer celular": "consumer_cellular",
    "spectrun": "spectrum_mobile", "xfinty": "xfinity_mobile", "Verison home phone": "verizon_home",
    "frontir": "frontier", "vonnage": "vonage", "ring centrel": "ringcentral", "centry link": "centurylink",
    "comcast busness": "comcast_business",
    # the same name elsewhere, and everyday words
    "bell": "bell_mobility bell_home altafiber", "Bell Canada": "bell_mobility bell_home",
    "rogers": "rogers rogers_home",
    "freedom": "freedom freedomvoice", "virgin mobile": "virgin_plus boost", "claro": "claro_pr", "zoom": "zoom_phone",
    "google": "google_fi google_voice google_voice_workspace", "google voice": "google_voice google_voice_workspace",
    "google workspace": "google_voice_workspace", "not sure, maybe Telus": "telus telus_home",
    # among other words
    "I think verizon": "verizon", "prepaid verizon": "verizon", "verizon or at&t": "verizon att verizon_home att_home",
    "t-mobile home phone": "tmobile", "maybe Comcast Business": "comcast_business",
}  # fmt: skip

NOBODY = [
    "", "mobile", "wireless", "prepaid", "dunno",
    "landline", "home phone", "business", "the office", "total", "simple", "1234", "not verizon", "no",
    "isn't verizon", "not Comcast Business",
]  # fmt: skip

SHARED = [(name, brand) for brand in (*BRANDS, *DOUBTFUL) for name in brand.names]
SOLD_ALONE = {"tmobile", "tmobile_prepaid"}  # its bare name is postpaid's own, by decision


def carriers_of(found: Found | Maybe | None) -> tuple[str, ...]:
    match found:
        case Found(one):
            return (one.id,)
        case Maybe(several):
            return tuple(each.id for each in several)
        case None:
            return ()


@pytest.mark.parametrize(("text", "expected"), SILENT.items())
def test_an_exact_name_of_one_line_is_taken_silently(text: str, expected: str) -> None:
    assert find_carrier(text) == Found(CARRIERS[CarrierId(expected)])


@pytest.mark.parametrize(("text", "expected"), ASKED.items())
def test_a_name_in_doubt_is_asked_about_with_the_likeliest_first(text: str, expected: str) -> None:
    found = find_carrier(text)
    lines = expected.split()
    assert isinstance(found, Maybe)
    assert list(carriers_of(found)[: len(lines)]) == lines


@pytest.mark.parametrize("text", NOBODY)
def test_what_is_no_carrier_of_ours_is_not_guessed_at(text: str) -> None:
    assert find_carrier(text) is None


# brands


@pytest.mark.parametrize(("name", "brand"), SHARED, ids=[name for name, _ in SHARED])
def test_a_brands_bare_name_is_never_taken_silently(name: str, brand: Brand) -> None:
    for said in (name, name.upper(), f"{name}.", f"I'm with {name}", f"my carrier is {name}, thanks"):
        found = find_carrier(said)
        assert isinstance(found, Maybe), said
        assert carriers_of(found) == brand.lines, said
    assert all(isinstance(mention.found, Maybe) for mention in mentions(f"from {name}"))


def test_a_letter_names_the_company_and_not_the_label_of_a_menu() -> None:
    named = {company_of(row.name) for row in CARRIERS.values()}
    assert {
        "Bell Canada",
        "Verizon Business",
        "Lumen",
        "AT&T",
        "Shaw (now Rogers)",
        "Quo (formerly OpenPhone)",
    } <= named
    assert not [each for each in named if "phone)" in each or each.endswith((" phone", "lines)", " app"))]


def test_a_word_that_begins_the_names_of_two_carriers_finds_neither() -> None:
    starts = [row.name.split()[0] for row in CARRIERS.values() if row.id not in SOLD_ALONE]
    several = {start for start in starts if starts.count(start) > 1}
    assert several >= {"Verizon", "AT&T", "Xfinity", "Spectrum", "Cox", "Optimum", "TDS"}
    assert not [start for start in several if isinstance(find_carrier(start), Found)]


@pytest.mark.parametrize("brand", BRANDS, ids=[brand.names[0] for brand in BRANDS])
def test_a_brand_offers_two_to_four_lines_and_its_wireless_one_first(brand: Brand) -> None:
    rows = [CARRIERS[line] for line in brand.lines]
    assert 2 <= len({row.name for row in rows}) == len(rows) <= 4
    if any(row.number_class == "wireless" for row in rows):
        assert rows[0].number_class == "wireless"


def test_the_kin_of_a_line_are_the_other_lines_of_its_brand() -> None:
    assert kin_of(CarrierId("xfinity_home")) == ("xfinity_home", "xfinity_mobile", "comcast_business")
    assert kin_of(CarrierId("tmobile")) == ("tmobile",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from Comcast Business mobile", ("comcast_business", "xfinity_mobile", "xfinity_home")),
        ("from Verizon Wireless business", ("verizon", "verizon_home", "verizon_prepaid", "verizon_business")),
        ("from Frontier internet", ("frontier",)),
        ("from T-Mobile home internet", ("tmobile",)),
    ],
)
def test_a_name_that_another_lines_word_follows_is_asked_about_with_its_kin(
    text: str, expected: tuple[str, ...]
) -> None:
    (mention,) = mentions(text)
    assert isinstance(mention.found, Maybe)
    assert carriers_of(mention.found) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("port it from Verizon Wireless please", "verizon"),
        ("we leave Comcast Business in May", "comcast_business"),
        ("from AT&T home or office phone, today", "att_home"),
        ("from Spectrum home phone", "spectrum_voice"),
    ],
)
def test_the_longest_name_in_a_sentence_is_the_one_that_counts(text: str, expected: str) -> None:
    assert [mention.found for mention in mentions(text)] == [Found(CARRIERS[CarrierId(expected)])]


def test_carriers_named_together_are_all_offered_before_their_second_lines() -> None:
    assert set(carriers_of(find_carrier("verizon or mint"))[:2]) == {"verizon", "mint"}
    assert carriers_of(find_carrier("at&t, verizon, cox, mint, ting")) == ("att", "verizon", "cox_mobile", "mint")


# the table


def facts(row: Carrier) -> list[Fact]:
    return [fact for fact in facts_of(row).values() if fact is not None]


@pytest.mark.parametrize("row", CARRIERS.values(), ids=CARRIERS)
def test_every_fact_has_a_source_and_a_date_and_a_doubtful_one_only_advises(row: Carrier) -> None:
    for fact in facts(row):
        assert fact.source
        assert date(2026, 1, 1) <= fact.checked
        assert fact is row.life or not fact.doubtful or "ask" in fact.text.lower() or "look" in fact.text.lower()


@pytest.mark.parametrize("row", CARRIERS.values(), ids=CARRIERS)
def test_every_source_names_a_page_that_can_be_looked_up(row: Carrier) -> None:
    for fact in facts(row):
        assert fact.source == UNSEEN or re.search(
            r"[a-z0-9]\.(?:com|org|net|ca|io|in|app|ms|name)\b|source documents", fact.source
        )


@pytest.mark.parametrize("row", CARRIERS.values(), ids=CARRIERS)
def test_nobody_is_asked_for_a_password_or_a_token(row: Carrier) -> None:
    for fact in facts(row):
        asks = re.sub(r"never send a password or token", "", fact.text, flags=re.I)
        assert not re.search(r"\b(?:auth )?tokens?\b|\bapi keys?\b|\bsecret\b", asks, re.I), fact.text


@pytest.mark.parametrize("row", CARRIERS.values(), ids=CARRIERS)
def test_the_life_of_a_pin_is_no_surer_than_the_pin(row: Carrier) -> None:
    doubts = row.pin_hint is not None and row.pin_hint.doubtful
    assert row.life is None or not doubts or row.life.doubtful


@pytest.mark.parametrize(
    ("key", "rule"),
    [("ms_teams", {"usual": 10}), ("voip_ms", {"usual": 4}), ("numberbarn", {"longest": 8, "never": ("0000", "1234")})],
)
def test_a_pin_whose_form_is_documented_is_held_to_it(key: str, rule: dict[str, object]) -> None:
    found = CARRIERS[CarrierId(key)].pin_rule
    assert {name: getattr(found, name) for name in rule} == rule


def test_a_pin_that_a_carrier_gives_nobody_is_refused() -> None:
    rule = CARRIERS[CarrierId("numberbarn")].pin_rule
    found = read_pin("1234", rule)
    assert isinstance(found, Unreadable)
    assert found.code == "pin.never"
    assert isinstance(read_pin("4821", rule), Pin)


@pytest.mark.parametrize("row", CARRIERS.values(), ids=CARRIERS)
def test_every_carrier_is_found_by_the_name_on_its_button(row: Carrier) -> None:
    assert find_carrier(row.name) == Found(row)


def test_no_two_carriers_have_one_name() -> None:
    assert len({row.name for row in CARRIERS.values()}) == len(CARRIERS)


def test_no_name_means_two_things() -> None:
    owners: dict[str, set[str]] = {}
    for row in CARRIERS.values():
        for alias in (*row.aliases, row.name):
            owners.setdefault(bare(alias), set()).add(row.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}
    assert owners.keys() & {bare(name) for name, _ in SHARED} == set()
    assert len({bare(name) for name, _ in SHARED}) == len(SHARED)


def test_no_landlines_pin_has_a_life_or_a_usual_length() -> None:
    landlines = [row for row in CARRIERS.values() if row.number_class == "landline"]
    assert len(landlines) >= 20
    assert all(row.pin_life is None and row.pin_rule.usual is None for row in landlines)


def test_a_phone_number_as_account_number_is_fine_where_bills_are_numbered_so() -> None:
    allowed = {row.id for row in CARRIERS.values() if row.number_as_account_ok}
    assert {"verizon_prepaid", "tmobile_prepaid", "verizon_home", "att_home", "ringcentral"} <= allowed
    assert allowed & {"verizon", "att", "tmobile", "xfinity_home", "spectrum_voice"} == set()


def test_a_carrier_is_kept_by_its_id_and_other_is_none() -> None:
    assert all(carrier(key) is row for key, row in CARRIERS.items())
    assert carrier("other") is None


def test_the_table_has_every_class_and_both_countries() -> None:
    rows = Counter((row.country, row.number_class) for row in CARRIERS.values())
    assert rows.keys() == {
        ("US", "wireless"), ("US", "landline"), ("US", "voip"), ("US", "google_voice"),
        ("CA", "wireless"), ("CA", "landline"), ("CA", "voip"),
    }  # fmt: skip
    assert min(rows[key] for key in rows if key != ("US", "google_voice")) >= 5
    assert len(CARRIERS) >= 40


@pytest.mark.parametrize("row", CARRIERS.values(), ids=CARRIERS)
def test_what_nobody_has_read_is_only_advised(row: Carrier) -> None:
    assert all(fact.doubtful for fact in facts(row) if fact.source == UNSEEN)
    assert row.pin_life is None or timedelta(hours=1) <= row.pin_life <= timedelta(days=30)


def test_canadian_mobile_customers_are_told_of_the_text_that_asks_for_yes() -> None:
    mobile = [row for row in CARRIERS.values() if (row.country, row.number_class) == ("CA", "wireless")]
    assert all(row.oddity is not None and "text" in row.oddity.text for row in mobile)


def test_a_resellers_customers_are_sent_to_the_carrier_behind_it() -> None:
    resold = [row for row in CARRIERS.values() if row.reseller and row.number_class == "voip" and row.country == "US"]
    assert len(resold) >= 4
    assert CARRIERS[CarrierId("aircall")].underlying == ("Twilio", "Bandwidth", "Inteliquent")
    assert "its own carrier" in CARRIERS[CarrierId("grasshopper")].account_hint.text


# everyday words


@pytest.mark.parametrize(
    "text",
    [
        "my name is Tom Rogers, port 416-555-0199", "ring the bell twice", "my dog Fido ate the bill",
        "line 2 is a fax",
        "the union hall", "what a lucky day", "let's talk on a zoom call", "we love freedom", "Sarah Bell signs",
    ],
)  # fmt: skip
def test_an_everyday_word_within_a_text_is_no_carrier(text: str) -> None:
    assert mentions(text) == ()


@pytest.mark.parametrize(
    "text", ["I'm with Rogers", "leaving Bell today", "my carrier is Fido", "from Virgin", "Shaw, 403-555-0142"]
)
def test_an_everyday_word_led_in_as_a_company_is_a_carrier(text: str) -> None:
    assert len(mentions(text)) == 1


def test_a_country_behind_a_name_must_be_the_carriers_own() -> None:
    assert find_carrier("Koodo Canada") == Found(CARRIERS[CarrierId("koodo")])
    assert isinstance(find_carrier("Boost Canada"), Maybe)


def test_every_everyday_word_is_a_name() -> None:
    assert not [word for word in EVERYDAY if find_carrier(word) is None]


# a labelled set


def verdict(text: str, want: str | list[str]) -> str:
    """Say how a text of the set went; a brand of several lines has to be asked about, so it has no "right"."""
    found = find_carrier(text)
    wanted = {want} if isinstance(want, str) else set(want)
    got = set(carriers_of(found))
    match found:
        case Found():
            return "right" if isinstance(want, str) and got == wanted else "wrong"
        case Maybe():
            return "asked" if got & wanted else "misled"
        case None:
            return "left alone" if want == "none" else "unknown"


def test_of_names_that_the_reader_was_not_made_for_none_is_taken_silently_for_another() -> None:
    names = tomllib.loads(FIRST.with_name("carrier_names_second.toml").read_text("utf-8"))["name"]
    went = Counter(verdict(each["text"], each["want"]) for each in names)
    assert len(names) >= 150
    assert went["wrong"] == 0
    assert went["misled"] + went["unknown"] <= 0.08 * len(names)


def test_of_names_as_people_type_them_none_is_taken_silently_for_another() -> None:
    names = tomllib.loads(FIRST.read_text("utf-8"))["name"]
    assert len({each["text"] for each in names}) == len(names) >= 150
    went = {each["text"]: verdict(each["text"], each["want"]) for each in names}
    shares = {kind: round(count / len(names), 3) for kind, count in Counter(went.values()).items()}
    print(f"{len(names)} names: {shares}")  # noqa: T201 - the figure of the closing note
    assert [text for text, how in went.items() if how == "wrong"] == []
    assert shares["right"] >= 0.45
    assert shares["asked"] <= 0.45
    assert shares.get("misled", 0) <= 0.01
    assert shares.get("unknown", 0) <= 0.02


@given(st.text(max_size=80))
def test_no_text_makes_the_search_for_a_carrier_fail(text: str) -> None:
    assert len(carriers_of(find_carrier(text))) <= 4


@given(st.sampled_from([alias for row in CARRIERS.values() for alias in row.aliases if len(alias) > 4]), st.data())
def test_a_name_with_a_letter_missing_is_never_taken_silently_for_another(alias: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(alias) - 1))
    found = find_carrier(alias[:cut] + alias[cut + 1 :])
    exact = find_carrier(alias)
    assert not isinstance(found, Found) or found == exact
