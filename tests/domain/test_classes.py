"""Each class of numbers is asked exactly what its row of the table says, in few turns; what we do not move is told."""

import pytest

from domain.intake.about import class_of, kind_of
from domain.intake.classes import CANADIAN, CLASSES, FIELDS
from domain.intake.questions import BY_ID
from domain.papers.authorization import CLAUSES
from domain.policy import CLASSES as SERVED_CLASSES
from domain.policy import Policy
from tests.domain.talk import Talk
from tests.domain.ways import (
    CA_LANDLINE,
    CA_WIRELESS,
    FAX,
    GOOGLE_VOICE,
    LANDLINE,
    PLACE,
    QUEBEC,
    TOLL_FREE,
    VOIP,
    WIRELESS,
    Answers,
    begun,
    fill,
    keys,
    tell,
    values,
)

WAYS: dict[str, Answers] = {
    "wireless": WIRELESS,
    "landline": LANDLINE,
    "voip": VOIP,
    "google_voice": GOOGLE_VOICE,
    "toll_free": TOLL_FREE,
    "fax": FAX,
    "ca_landline": CA_LANDLINE,
    "ca_wireless": CA_WIRELESS,
}
COMPANY = f"Blue Door Bakery LLC\nTom Baker\n{PLACE}"
PERSON = f"Maria Alvarez\n{PLACE}"
RINGS = "415 200 0100"
# What each prompt's own example shows, one number, nothing in the way; beside it how many turns that may take.
SHORT: dict[str, tuple[int, tuple[str, ...]]] = {
    "wireless": (9, (
        "415-421-8832, Verizon Wireless", "!yes", "@", "!holder", PERSON, RINGS, "998877665-00001, PIN 482913",
        "!correct", "Maria Alvarez",
    )),
    "landline": (10, (
        "415-421-8832, Comcast Business", "!yes", "@", "!holder", COMPANY, "!nothing.yes", RINGS, "8155300120012345",
        "!correct", "Tom Baker",
    )),
    "voip": (10, (
        "415-421-8832, RingCentral", "!yes", "@", "!holder", PERSON, "!none", RINGS, "998877665", "!correct",
        "Maria Alvarez",
    )),
    "google_voice": (9, (
        "415-421-8832, Google Voice personal", "!yes", "!yes", "@", "!holder", PERSON, RINGS, "!correct",
        "Maria Alvarez",
    )),
    "toll_free": (8, (
        "800-356-9377, Comcast Business", "!yes", "@", "!holder", COMPANY, RINGS, "!correct", "Tom Baker",
    )),
    "fax": (10, (
        "fax 415-421-8832, Comcast Business", "!yes", "@", "!holder", COMPANY, "!nothing.all", RINGS,
        "8155300120012345", "!correct", "Tom Baker",
    )),
    "ca_landline": (11, (
        "514-861-2345, Bell home phone", "!yes", "!none", "!holder", f"Blue Door Bakery Inc\nTom Baker\n{QUEBEC}",
        "!none", "!nothing.no", RINGS, "998877665", "!correct", "Tom Baker",
    )),
    "ca_wireless": (11, (
        "514-861-2345, Rogers wireless", "!yes", "!none", "!holder", f"Maria Alvarez\n{QUEBEC}", "!none",
        "!nothing.all", RINGS, "998877665", "!correct", "Maria Alvarez",
    )),
}  # fmt: skip


# the table


def test_the_policy_can_serve_exactly_the_classes_of_the_table() -> None:
    assert set(SERVED_CLASSES) == CLASSES.keys()
    assert set(CANADIAN.values()) <= CLASSES.keys()
    assert CLAUSES.keys() <= CLASSES.keys()


def test_a_row_names_questions_that_there_are_and_days_of_the_policy() -> None:
    for row in CLASSES.values():
        assert row.needs.keys() <= set(FIELDS) <= BY_ID.keys()
        assert row.words.keys() <= BY_ID.keys()
        assert Policy().days_of(row.days)[0] > 0
        assert not (row.texts and "texting" in row.needs)  # what is asked is not taken for granted


@pytest.mark.parametrize("number_class", CLASSES)
def test_a_class_is_asked_what_its_row_needs_and_none_of_what_it_does_not(number_class: str) -> None:
    talk = Talk()
    asked = set(fill(talk, WAYS[number_class]))
    row = kind_of(talk.case())
    assert class_of(talk.case()) == row.id == number_class
    assert {n.number_class for n in talk.case().numbers} == {number_class}
    told = asked | values(talk).keys()
    needed = {q for q, need in row.needs.items() if need == "asked"}
    assert needed <= told
    assert asked & set(FIELDS) <= row.needs.keys()
    assert not asked & {q for q, need in row.needs.items() if need == "offered"}
    assert talk.request.status == "staff_review"


# few turns


@pytest.mark.parametrize("number_class", SHORT)
def test_one_number_of_a_class_takes_few_turns_and_nothing_is_asked_twice(number_class: str) -> None:
    most, turns = SHORT[number_class]
    talk = Talk()
    talk.command("start")
    asked = []
    for turn in turns:
        asked.append(str(talk.chat.asked))
        tell(talk, turn)
    assert len(turns) == most
    assert len(asked) == len(set(asked))
    assert (talk.request.status, talk.chat.asked, talk.number.number_class) == ("staff_review", None, number_class)


# how the class is told


@pytest.mark.parametrize(
    ("pressed", "number_class"),
    [("wireless", "wireless"), ("landline", "landline"), ("voip", "voip"), ("fax", "fax")],
)
def test_of_an_unknown_company_the_kind_of_phone_is_asked_in_plain_words(pressed: str, number_class: str) -> None:
    talk = Talk()
    shown = tell(talk, "/start", "415-421-8832", "Blue Cow Telephone", "!as:Blue Cow Telephone")
    assert [choice.code for choice in shown[-1].choices] == ["wireless", "landline", "voip", "fax"]
    tell(talk, f"!{pressed}")
    assert class_of(talk.case()) == number_class


@pytest.mark.parametrize(("pressed", "number_class"), [("wireless", "ca_wireless"), ("voip", "ca_landline")])
def test_a_canadian_number_of_an_unknown_company_is_one_of_two_classes(pressed: str, number_class: str) -> None:
    talk = Talk()
    tell(talk, "/start", "514-861-2345", "Blue Cow Telephone", "!as:Blue Cow Telephone", f"!{pressed}")
    assert class_of(talk.case()) == number_class


def test_a_toll_free_number_is_one_whatever_its_company_sells() -> None:
    assert class_of(begun({**WIRELESS, "numbers": "800-356-9377"}, "working").case()) == "toll_free"


def test_a_fax_is_offered_to_who_speaks_of_one_and_taken_only_when_it_is_confirmed() -> None:
    talk = begun({**LANDLINE, "numbers": "415-421-8832"}, "authority")
    assert keys(tell(talk, "it's a fax number")) == ["line.is_it_fax"]
    assert class_of(talk.case()) == "landline"
    assert keys(tell(talk, "!is_fax"))[0] == "line.fax_noted"
    assert talk.number.number_class == "fax"


def test_at_the_check_a_line_can_be_called_a_fax_and_a_landline_again() -> None:
    talk = begun({**LANDLINE, "numbers": "415-421-8832"}, "review")
    tell(talk, "!change.line", "!fax")
    assert (class_of(talk.case()), talk.chat.asked) == ("fax", "review")
    tell(talk, "!change.line", "!no_fax")
    assert (class_of(talk.case()), talk.chat.asked) == ("landline", "texting")


def test_what_another_class_was_asked_is_forgotten_with_it() -> None:
    talk = begun({**LANDLINE, "numbers": "415-421-8832"}, "review")
    tell(talk, "!change.carrier", "Verizon Wireless")
    assert {"stays", "btn"}.isdisjoint(values(talk))
    assert values(talk)["texting"] == ("yes",)


# several numbers


@pytest.mark.parametrize(
    ("text", "taken", "aside", "why"),
    [
        ("415-421-8832, 800-356-9377", "+14154218832", "+18003569377", "numbers.apart_toll_free"),
        ("800-356-9377, 514-861-2345", "+18003569377", "+15148612345", "numbers.apart_toll_free"),
        ("514-861-2345 and 415-421-8832 please", "+15148612345", "+14154218832", "numbers.apart_country"),
    ],
)
@pytest.mark.parametrize("begins", [True, False])
def test_numbers_that_travel_alone_are_set_aside_and_offered_at_the_end(
    text: str, taken: str, aside: str, why: str, *, begins: bool
) -> None:
    talk = Talk()
    if begins:
        talk.command("start")
    shown = tell(talk, text)
    assert why in keys(shown)
    assert values(talk)["numbers"] == (taken,)
    assert values(talk)["set_aside"] == (aside,)
    way = {"+18003569377": TOLL_FREE, "+15148612345": CA_LANDLINE}.get(taken, WIRELESS)
    fill(talk, {**way, "stays": "!nothing.no"})
    assert "others.begun" in keys(tell(talk, "!others"))
    assert values(talk)["numbers"] == (aside,)


def test_a_number_of_another_kind_that_is_added_later_is_set_aside_too() -> None:
    talk = begun(WIRELESS, "working")
    tell(talk, "800-356-9377", "!add:+18003569377")
    assert values(talk)["numbers"] == ("+14154218832",)
    assert values(talk)["set_aside"] == ("+18003569377",)
    assert len(talk.case().numbers) == 1


def test_of_one_number_the_bills_main_number_is_itself_and_can_be_changed_at_the_check() -> None:
    talk = begun({**LANDLINE, "numbers": "415-421-8832"}, "review")
    assert values(talk)["btn"] == ("+14154218832",)
    tell(talk, "!change.btn", "415-421-8800")
    assert (values(talk)["btn"], talk.chat.asked) == (("+14154218800",), "review")


def test_who_only_says_yes_is_asked_for_the_main_number_by_itself() -> None:
    talk = begun(LANDLINE, "one_bill")
    assert keys(tell(talk, "yes"))[-1] == "ask.btn"
    assert keys(tell(talk, "!other"))[-1] == "btn.type_it"
    tell(talk, "415-421-8800")
    assert values(talk)["btn"] == ("+14154218800",)


def test_what_stays_needs_a_new_main_number_when_the_old_one_leaves() -> None:
    talk = begun({**LANDLINE, "stays": "the office line 415-421-8840", "texting": "!no"}, "new_btn")
    assert keys(tell(talk, "415-421-8833"))[0] == "new_btn.moves"
    assert keys(tell(talk, "415-421-8840"))[-1] == "ask.destination"
    talk = begun({**LANDLINE, "one_bill": "!yes", "btn": "415-421-8800", "stays": "!nothing.no"}, "review")
    assert "new_btn" not in values(talk)


# what may be in the way


def test_a_lock_is_asked_for_where_there_may_be_one_with_the_companys_way_to_open_it() -> None:
    talk = begun(WIRELESS, "working")
    assert "Number Lock" in talk.texts()[-1]
    shown = tell(talk, "!locked")
    assert keys(shown) == ["working.locked"]
    assert "Number Lock" in shown[-1].text
    assert values(talk)["flags"] == ("line_locked",)
    tell(talk, "!again")
    assert values(talk)["flags"] == ()
    assert "locked" not in [c.code for c in begun(LANDLINE, "working").screen[-1].choices]


def test_a_canadian_mobile_is_told_to_keep_its_sim_and_to_answer_the_text() -> None:
    assert "YES within 90 minutes" in begun(CA_WIRELESS, "working").texts()[-1]


def test_a_google_voice_number_is_unlocked_before_its_screenshot() -> None:
    talk = begun(GOOGLE_VOICE, "unlock")
    assert "google.com/voice/unlock" in talk.texts()[-1]
    assert keys(tell(talk, "!trouble")) == ["unlock.trouble"]
    assert values(talk)["flags"] == ("not_unlocked",)
    shown = tell(talk, "it is unlocked")
    assert "ask.bill_google_voice" in keys(shown)


def test_google_voice_of_a_company_gives_the_pin_of_its_administrator_and_needs_no_unlocking() -> None:
    talk = Talk()
    asked = fill(talk, {**GOOGLE_VOICE, "carrier": "Google Voice for business", "pin": "482913"})
    assert "unlock" not in asked
    assert asked[-1] == "pin"
    assert "account" not in values(talk)


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("the DSL stays", ("dsl",)),
        ("an alarm and the elevator phone", ("alarm", "elevator")),
        ("the fax 415-421-8840", ("fax",)),
        ("two lines of the hunt group", ("hunt",)),
    ],
)
def test_whatever_hangs_on_a_line_gets_advice_of_its_own_and_a_flag(said: str, kinds: tuple[str, ...]) -> None:
    talk = begun(LANDLINE, "stays")
    shown = keys(tell(talk, said))
    assert [key for key in shown if key.startswith("stays.may_go")] == [f"stays.may_go_{kind}" for kind in kinds]
    assert values(talk)["flags"] == tuple(f"tied_{kind}" for kind in kinds)


# PIN and account


def test_a_pin_of_short_life_is_not_asked_for_before_the_desk_is_ready() -> None:
    talk = Talk()
    asked = fill(talk, {**WIRELESS, "carrier": "Xfinity Mobile", "account": "998877665"})
    assert "pin" not in asked
    assert any("works for only 24 hours" in text for text in talk.texts())
    assert "pin" in talk.staff("submit").key
    talk.forward(seconds=1)
    tell(talk, "482913")
    assert "submit.done" in talk.staff("submit").key


def test_a_line_without_a_pin_says_so_where_its_carrier_may_have_one() -> None:
    talk = begun({**VOIP, "carrier": "Zoom Phone", "numbers": "415-421-8832"}, "review")
    assert "pin" not in values(talk)
    talk = Talk()
    fill(talk, {**VOIP, "carrier": "NumberBarn", "pin": "!none"})
    assert values(talk)["pin"] == ("none",)
    assert "submit.done" in talk.staff("submit").key


def test_doubts_about_an_account_are_told_at_the_check_and_refuse_nothing() -> None:
    talk = begun({**WIRELESS, "carrier": "Xfinity Mobile", "account": "8155 3001 2001 2345"}, "review")
    assert "internet account" in talk.texts()[-1]
    tell(talk, "!change.account", "998877665")
    assert "internet account" not in talk.texts()[-1]


def test_names_that_vendors_cut_are_noted_and_taken_whole() -> None:
    long = f"Bartholomew Featherstonehaugh\n{PLACE}"
    talk = begun({**WIRELESS, "name": long}, "review")
    assert "15 letters" in talk.texts()[-1]
    assert "Bartholomew Featherstonehaugh" in talk.texts()[-1]


# addresses, resellers, papers


@pytest.mark.parametrize(
    ("way", "place", "doubt"),
    [(CA_WIRELESS, PLACE, "address.not_in_ca"), (WIRELESS, QUEBEC, "address.not_in_us")],
)
def test_an_address_in_another_country_than_the_number_is_doubted(way: Answers, place: str, doubt: str) -> None:
    talk = begun({**way, "name": "Maria Alvarez"}, "address")
    assert keys(tell(talk, place))[0] == doubt
    tell(talk, "!there")
    assert "address" in values(talk)


def test_a_toll_free_number_may_be_billed_anywhere() -> None:
    talk = begun(TOLL_FREE, "name")
    assert "ask.destination_toll_free" in keys(tell(talk, f"Blue Door Bakery Inc\nTom Baker\n{QUEBEC}"))


def test_a_toll_free_number_is_ordered_in_a_companys_name() -> None:
    talk = begun(TOLL_FREE, "name")
    tell(talk, f"Maria Alvarez\n{PLACE}")
    assert values(talk)["name"] == ("business", "Maria Alvarez")


@pytest.mark.parametrize(
    ("said", "kept"),
    [("Distributel Communications Limited", "Distributel Communications Limited"), ("no", "none"), ("Bell", "Bell")],
)
def test_the_reseller_is_kept_as_typed(said: str, kept: str) -> None:
    talk = begun(CA_LANDLINE, "reseller")
    tell(talk, said)
    assert values(talk)["reseller"] == (kept,)


def test_companies_that_are_known_to_stand_behind_another_are_offered() -> None:
    talk = begun(VOIP, "reseller")
    tell(talk, "!behind.0")
    assert values(talk)["reseller"][0] in ("Twilio", "twilio")


def test_canada_goes_on_without_a_paper_and_the_desk_gets_it_at_once() -> None:
    talk = Talk()
    fill(talk, {**CA_WIRELESS, "bill": "!none"})
    assert talk.request.status == "staff_review"
    assert {paper.kind for paper in talk.papers.values()} == {"letter"}  # our own, which is being sealed


# the letter


@pytest.mark.parametrize(
    ("way", "clause"), [(TOLL_FREE, "RespOrg"), (FAX, "fax lines"), (CA_LANDLINE, "reseller"), (LANDLINE, "")]
)
def test_the_letter_says_what_its_class_needs(way: Answers, clause: str) -> None:
    letter = next(t for t in begun(way, "signature").texts() if "Letter of Authorization" in t)
    named = [word for word in ("RespOrg", "fax lines", "reseller") if word in letter]
    assert named == ([clause] if clause else [])


# what we do not move


@pytest.mark.parametrize(
    ("text", "digits"), [("+44 20 7946 0958", "442079460958"), ("+52 55 5555 1234", "525555551234")]
)
def test_a_number_of_another_country_goes_to_the_desk_with_all_that_was_said(text: str, digits: str) -> None:
    talk = Talk()
    talk.command("start")
    shown = tell(talk, text)
    assert keys(shown)[0] == "number.abroad"
    assert keys(tell(talk, f"!desk.{digits}"))[0] == "elsewhere.with_desk"
    assert values(talk)["elsewhere"] == (f"+{digits}",)
    assert set(values(talk)["flags"]) == {"not_served", "wants_person"}
    assert [owed.kind for owed in talk.owed].count("card") > 0
    tell(talk, "it is our London office, the carrier is BT")
    assert any("London office" in post for post in talk.posts)
    tell(talk, "415-421-8832, Verizon Wireless")
    assert values(talk)["numbers"] == ("+14154218832",)


def test_who_begins_with_a_number_of_another_country_is_offered_the_desk_at_once() -> None:
    talk = Talk()
    shown = tell(talk, "Hello, can you take +44 20 7946 0958 please")
    assert {"start.welcome", "number.abroad"} <= set(keys(shown))
    tell(talk, "!desk.442079460958")
    assert "not_served" in values(talk)["flags"]


@pytest.mark.parametrize(
    ("policy", "text", "digits"),
    [
        (Policy(countries=("US",), classes=("wireless", "landline")), "514-861-2345", "15148612345"),
        (Policy(classes=tuple(c for c in SERVED_CLASSES if c != "toll_free")), "800-356-9377", "18003569377"),
    ],
)
def test_a_number_that_policy_does_not_serve_is_offered_to_the_desk(policy: Policy, text: str, digits: str) -> None:
    talk = Talk(policy=policy)
    shown = tell(talk, "/start", text)
    assert "new number" in shown[-1].text
    tell(talk, f"!desk.{digits}")
    assert "not_served" in values(talk)["flags"]


def test_a_class_that_policy_does_not_serve_stops_at_its_company() -> None:
    talk = Talk(policy=Policy(classes=tuple(c for c in SERVED_CLASSES if c != "voip")))
    shown = tell(talk, "/start", "415-421-8832, RingCentral")
    assert keys(shown)[-1] == "ask.served"
    tell(talk, "!person")
    assert "wants_person" in values(talk)["flags"]
    tell(talk, "!anew", "415-421-8833, Verizon Wireless")
    assert (values(talk)["carrier"][0], talk.chat.asked) == ("verizon", "working")
    assert talk.number.number_class == "wireless"


def test_what_a_class_can_do_without_is_offered_at_the_check() -> None:
    talk = begun(VOIP, "review")
    tell(talk, "!change.btn", "415-421-8800", "!change.stays", "two lines and the DSL")
    assert (values(talk)["btn"], values(talk)["stays"]) == (("+14154218800",), ("two lines and the DSL",))
    assert talk.chat.asked == "review"
    talk = begun(TOLL_FREE, "review")
    tell(talk, "!change.account", "998877665")
    assert {q for _, q in talk.secrets} == {"account"}
