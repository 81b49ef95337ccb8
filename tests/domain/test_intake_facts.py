"""The second half of the conversation: name, address, what stays, where calls ring, the account, what policy asks."""

import pytest

from domain.policy import Policy
from tests.domain.talk import Talk
from tests.domain.ways import LANDLINE, PLACE, WIRELESS, begun, fill, keys, tell, values

STREET = ("120 Main Street", "Suite 4", "Springfield", "IL", "62701")
ASKING = Policy(sources=("Google", "TV"), companies=("East", "West"), asks_label=True, mails=True)
ASKED = {**WIRELESS, "source": "!source.1", "label": "Front desk", "company": "!company.0"}


# name, contact and address


@pytest.mark.parametrize(
    ("answers", "typed", "name", "asked"),
    [
        (WIRELESS, "Maria Alvarez", ("person", "Maria", "Alvarez"), "address"),
        (WIRELESS, "Blue Door Bakery LLC", ("business", "Blue Door Bakery LLC"), "contact"),
        (LANDLINE, "Blue Door Bakery, Inc.", ("business", "Blue Door Bakery, Inc."), "contact"),
        (LANDLINE, "Blue Door", ("unsure", "Blue Door"), "kind"),
        (LANDLINE, "Maria Alvarez", ("unsure", "Maria Alvarez"), "kind"),
    ],
)
def test_a_name_is_a_companys_by_its_marks_a_persons_on_a_mobile_bill_else_it_is_asked(
    answers: dict[str, str], typed: str, name: tuple[str, ...], asked: str
) -> None:
    talk = begun(answers, "name")
    tell(talk, typed)
    assert (values(talk)["name"], talk.chat.asked) == (name, asked)


@pytest.mark.parametrize(
    ("button", "name", "asked"),
    [("!business", ("business", "Maria Alvarez"), "contact"), ("!private", ("person", "Maria", "Alvarez"), "address")],
)
def test_an_unsure_name_is_settled_by_a_button(button: str, name: tuple[str, ...], asked: str) -> None:
    talk = begun(LANDLINE, "name")
    tell(talk, "Maria Alvarez", button)
    assert (values(talk)["name"], talk.chat.asked) == (name, asked)


@pytest.mark.parametrize(
    "typed",
    [
        f"Blue Door Bakery LLC\nTom Baker\n{PLACE}",
        f"Blue Door Bakery LLC\nAttn: Tom Baker\n{PLACE}",
        "Blue Door Bakery LLC\nTom Baker\n120 Main Street\nSuite 4\nSpringfield, IL 62701",
        f"Blue Door Bakery LLC, Tom Baker, {PLACE}",
    ],
)
def test_name_contact_and_address_in_one_message_are_all_taken(typed: str) -> None:
    talk = begun(LANDLINE, "name")
    tell(talk, typed)
    given = values(talk)
    assert given["name"] == ("business", "Blue Door Bakery LLC")
    assert given["contact"] == ("Tom", "Baker")
    assert given["address"] == STREET
    assert given["billing"] == ("same",)
    assert talk.chat.asked == "stays"


def test_a_po_box_is_kept_for_the_bill_and_the_place_is_asked_for() -> None:
    talk = begun(LANDLINE, "address")
    shown = tell(talk, "PO Box 12, Springfield, IL 62701")
    assert keys(shown) == ["address.po_box", "ask.address"]
    assert "address" not in values(talk)
    tell(talk, PLACE)
    assert values(talk)["billing"] == ("PO Box 12, Springfield, IL 62701",)
    assert values(talk)["address"] == STREET


def test_a_po_box_below_the_name_is_no_lost_name() -> None:
    talk = begun(WIRELESS, "name")
    shown = tell(talk, "Maria Alvarez\nPO Box 12, Springfield, IL 62701")
    assert keys(shown)[0] == "address.po_box"
    assert talk.chat.asked == "address"
    assert values(talk)["name"] == ("person", "Maria", "Alvarez")


@pytest.mark.parametrize("words", ["bills to", "billing address:", "mail goes to"])
def test_an_address_may_say_where_the_bill_goes(words: str) -> None:
    talk = begun(LANDLINE, "address")
    tell(talk, f"{PLACE}, {words} PO Box 88, Chicago, IL 60601")
    assert values(talk)["address"] == STREET
    assert values(talk)["billing"] == ("PO Box 88, Chicago, IL 60601",)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Main Street, Springfield, IL 62701", "address.needs_house_number"),
        ("120 Main Street, Springfield, IL", "address.needs_zip"),
        ("120 Main Street, Springfield, IL 94103", "address.zip_not_in_state"),
        ("PSC 1234 Box 12, APO AE 09012", "address.military"),
    ],
)
def test_an_address_that_carriers_cannot_use_is_asked_for_again(typed: str, key: str) -> None:
    talk = begun(WIRELESS, "address")
    assert keys(tell(talk, typed)) == [key, "ask.address_wireless"]
    assert "address" not in values(talk)


def test_an_address_below_the_name_may_say_it_too() -> None:
    talk = begun(WIRELESS, "name")
    tell(talk, f"Maria Alvarez\n{PLACE}\nbills to PO Box 88, Chicago, IL 60601")
    assert values(talk)["address"] == STREET
    assert values(talk)["billing"] == ("PO Box 88, Chicago, IL 60601",)


# what stays, texting, and where calls ring


@pytest.mark.parametrize(("button", "texting"), [("!nothing.no", ("no",)), ("!nothing.yes", ("yes",))])
def test_one_press_says_that_nothing_stays_and_whether_texts_matter(button: str, texting: tuple[str]) -> None:
    talk = begun(LANDLINE, "stays")
    tell(talk, button)
    assert (values(talk)["stays"], values(talk)["texting"]) == (("nothing",), texting)
    assert talk.chat.asked == "destination"


def test_what_stays_is_kept_as_typed_and_a_tied_line_is_warned_about() -> None:
    talk = begun(LANDLINE, "stays")
    assert keys(tell(talk, "!some")) == ["stays.what"]
    shown = tell(talk, "the alarm line, and internet")
    assert keys(shown) == ["stays.may_go_dsl", "stays.may_go_alarm", "ask.texting"]
    assert values(talk)["stays"] == ("the alarm line, and internet",)
    tell(talk, "!yes")
    assert (values(talk)["texting"], talk.chat.asked) == (("yes",), "new_btn")


def test_a_mobile_customer_is_not_asked_what_stays() -> None:
    talk = begun(WIRELESS)
    assert values(talk)["texting"] == ("yes",)
    assert not any("ask.stays" in s.owed.key or "ask.texting" in s.owed.key for s in talk.screen)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("415-421-8833", "destination.is_moving"),
        ("1-800-555-0100", "destination.not_usable"),
        ("+44 20 7946 0958", "destination.not_usable"),
        ("415", "number.too_short"),
        ("415 200 0100 or 415 200 0101", "number.several"),
    ],
)
def test_calls_ring_at_one_ordinary_number_that_is_not_moving(typed: str, key: str) -> None:
    talk = begun(LANDLINE, "destination")
    assert keys(tell(talk, typed))[0] == key
    tell(talk, "415 200 0100")
    assert values(talk)["destination"] == ("+14152000100",)


def test_a_number_that_calls_ring_at_cannot_come_to_move_as_well() -> None:
    talk = begun(WIRELESS, "review")
    shown = tell(talk, "!change.numbers", "415-421-8832, 415 200 0100")
    assert keys(shown) == ["number.is_destination", "ask.numbers"]
    assert [n.e164 for n in talk.case().numbers] == ["+14154218832"]


@pytest.mark.parametrize("question", ["working", "address", "review"])
def test_another_number_typed_later_is_offered(question: str) -> None:
    talk = begun(WIRELESS, question)
    shown = tell(talk, "415-421-8833")
    assert keys(shown) == ["numbers.another"]
    tell(talk, "!add:+14154218833")
    assert values(talk)["numbers"] == ("+14154218832", "+14154218833")
    assert talk.chat.asked == "one_bill"


def test_another_number_need_not_be_one_to_move() -> None:
    talk = begun(WIRELESS, "address")
    tell(talk, "415-421-8833", "!ask")
    assert (values(talk)["numbers"], talk.chat.asked) == (("+14154218832",), "address")


# what policy asks


def test_what_policy_wants_is_asked_once_and_in_order() -> None:
    talk = Talk(policy=ASKING)
    answered = fill(talk, ASKED)
    assert [q for q in answered if q in ("destination", "source", "label", "company", "account")] == [
        "destination",
        "source",
        "label",
        "company",
        "account",
    ]
    assert len(answered) == len(set(answered))
    given = values(talk)
    assert (given["source"], given["label"], given["company"]) == (("TV",), ("Front desk",), ("East",))


def test_the_choices_of_policy_are_buttons_and_may_be_typed() -> None:
    talk = begun(ASKED, "source", Talk(policy=ASKING))
    assert [c.params["name"] for c in talk.screen[-1].choices] == ["Google", "TV"]
    assert keys(tell(talk, "a billboard"))[0] == "source.press"
    tell(talk, "google")
    assert values(talk)["source"] == ("Google",)


def test_a_later_policy_asks_nothing_new_of_a_request_that_was_begun() -> None:
    talk = begun(WIRELESS, "destination")
    talk.policy = ASKING
    fill(talk, ASKED)
    assert "source" not in values(talk)


# account number and PIN


def test_account_number_and_pin_in_one_message_are_both_kept_and_taken_out_of_the_chat() -> None:
    talk = begun(WIRELESS, "account")
    tell(talk, "998877665-00001, PIN 482913")
    assert talk.secrets == {(talk.newest, "account"): "998877665-00001", (talk.newest, "pin"): "482913"}
    assert values(talk)["account"] == ("••••01",)
    assert any(owed.kind == "delete" for owed in talk.owed)
    fill(talk, WIRELESS)
    assert not any("ask.pin" in s.owed.key for s in talk.screen)


def test_a_wrong_pin_beside_the_account_number_is_said_and_the_account_number_kept() -> None:
    talk = begun(WIRELESS, "account")
    shown = tell(talk, "998877665-00001, PIN 9876543210123")
    assert keys(shown)[:2] == ["answer.noted", "pin.wrong_length"]
    assert set(talk.secrets.values()) == {"998877665-00001"}


@pytest.mark.parametrize("typed", ["I don't know", "where do I find my account number?"])
def test_who_does_not_know_the_account_number_gets_help(typed: str) -> None:
    talk = begun(WIRELESS, "account")
    assert keys(tell(talk, typed)) == ["help_with.account", "ask.account_wireless"]


def test_a_landline_is_not_asked_for_a_pin_but_may_give_one_that_its_owner_has() -> None:
    talk = begun(LANDLINE, "account")
    fill(talk, LANDLINE)
    assert {question for _, question in talk.secrets} == {"account"}
    talk = begun(LANDLINE, "account")
    tell(talk, "8155300120012345, PIN 4829")
    fill(talk, LANDLINE)
    assert {question: plain for (_, question), plain in talk.secrets.items()} == {
        "account": "8155300120012345",
        "pin": "4829",
    }


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("Yes, it is mine", "holder"), ("I am the account holder", "holder"), ("it's under my name", "holder"),
        ("me", "holder"), ("no but I am authorized", "allowed"), ("under my wife's name but I'm authorized", "allowed"),
        ("no, it's my wife's", "someone_else"), ("not mine", "someone_else"), ("my dad's account", "someone_else"),
        ("not in my name", "someone_else"), ("yes I'm not sure", ""), ("Maria Alvarez", ""), ("I'm not allowed", ""),
    ],
)  # fmt: skip
def test_whose_account_it_is_may_be_said_in_words(said: str, value: str) -> None:
    talk = begun(WIRELESS, "authority")
    tell(talk, said)
    assert values(talk).get("authority", ("",)) == (value,)
