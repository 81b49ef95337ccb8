"""What fresh customers stumbled on the fifth time: name and address, signatures, secrets, and what is said anew."""

import pytest

from tests.domain.talk import Talk
from tests.domain.ways import (
    CA_WIRELESS,
    LANDLINE,
    SOMEONE_ELSES,
    TOLL_FREE,
    WIRELESS,
    Answers,
    begun,
    keys,
    tell,
    values,
)

CANADIAN: Answers = {**CA_WIRELESS, "name": "Luc Bélanger"}
STAYING: Answers = {**LANDLINE, "stays": "512 474 2214", "texting": "!no", "new_btn": "512 474 2214"}
DENTAL = ("business", "Mallory Dental PLLC")


def wiped(talk: Talk) -> int:
    """Return how many deletions are owed."""
    return sum(owed.kind == "delete" for owed in talk.owed)


# 3: name and address in one line


@pytest.mark.parametrize(
    ("said", "name", "address"),
    [
        (
            "Mallory Dental PLLC 88 Boylston st Boston MA 02116",
            DENTAL,
            ("88 Boylston st", "", "Boston", "MA", "02116"),
        ),
        ("Ann Lee 120 Main St Boise ID 83702", ("person", "Ann", "Lee"), ("120 Main St", "", "Boise", "ID", "83702")),
        (
            "sam okafor 900 Jackson st apt 12 san francisco ca 94133",
            ("person", "sam", "okafor"),
            ("900 Jackson st", "apt 12", "san francisco", "CA", "94133"),
        ),
    ],
)
def test_name_and_address_in_one_line_part_at_the_house_number(
    said: str, name: tuple[str, ...], address: tuple[str, ...]
) -> None:
    talk = begun(WIRELESS, "name")
    shown = tell(talk, said)
    assert (values(talk)["name"], values(talk)["address"]) == (name, address)
    assert keys(shown)[0] == "name.taken"


def test_of_half_an_address_behind_the_name_only_the_rest_is_asked_for() -> None:
    talk = begun(WIRELESS, "name")
    tell(talk, "Mallory Dental PLLC 88 Boylston st Boston")
    assert values(talk)["name"] == DENTAL
    shown = tell(talk, "Frank Mallory")
    assert keys(shown)[:2] == ["address.begun", "address.needs_state_zip"]
    assert "88 Boylston st Boston" in shown[0].text
    tell(talk, "MA 02116")
    assert values(talk)["address"] == ("88 Boylston st", "", "Boston", "MA", "02116")


@pytest.mark.parametrize(
    "company", ["Studio 54 LLC", "Pier 39 Bakery LLC", "21 Main Street LLC", "1st Street Bakery LLC"]
)
def test_a_figure_in_a_companys_name_begins_no_address(company: str) -> None:
    talk = begun(LANDLINE, "name")
    tell(talk, company)
    assert values(talk)["name"] == ("business", company)


@pytest.mark.parametrize("way", [CA_WIRELESS, {**CA_WIRELESS, "carrier": "Bell home phone", "one_bill": "!yes"}])
def test_an_address_alone_is_kept_and_the_name_is_asked_for_again(way: Answers) -> None:
    talk = begun({**way, "btn": "!yes"}, "name")
    assert keys(tell(talk, "1250 rue Guy, Montréal QC H3H 2T4"))[0] == "name.is_address"
    assert values(talk)["address"] == ("1250 rue Guy", "", "Montréal", "QC", "H3H 2T4")
    assert talk.chat.asked == "name"
    tell(talk, "no thats the address!! name is Luc Bélanger")
    assert values(talk)["name"][1:] in (("Luc", "Bélanger"), ("Luc Bélanger",))


def test_a_mailbox_before_the_address_is_no_name_and_is_asked_about() -> None:
    talk = begun(WIRELESS, "name")
    assert keys(tell(talk, "PMB 45, 120 Main St, Boise ID 83702"))[0] == "name.is_address"
    assert "address.private_mailbox" in keys(tell(talk, "Ann Lee"))
    assert values(talk)["name"] == ("person", "Ann", "Lee")
    talk.press("there")
    assert values(talk)["address"] == ("120 Main St", "PMB 45", "Boise", "ID", "83702")


def test_a_name_is_put_right_where_the_address_was_taken_for_it() -> None:
    talk = begun(LANDLINE, "name")
    tell(talk, "Guy Rue")
    assert talk.chat.asked == "kind"
    tell(talk, "no thats the address!! name is Luc Bélanger")
    assert values(talk)["name"] == ("unsure", "Luc Bélanger")


# 4: what is no name


@pytest.mark.parametrize(
    "said",
    ["whats a CSR", "whats an LOA", "what name", "as on the bill", "see bill", "my mom", "ask my boss", "same as bill"],
)
@pytest.mark.parametrize("way", [WIRELESS, LANDLINE])
def test_questions_and_evasions_are_no_name(way: Answers, said: str) -> None:
    talk = begun(way, "name")
    tell(talk, said)
    assert "name" not in values(talk)
    assert talk.chat.asked == "name"


def test_sign_it_yourself_is_nobody_who_may_make_changes() -> None:
    talk = begun(LANDLINE, "contact")
    tell(talk, "sign it yourself")
    assert "contact" not in values(talk)


@pytest.mark.parametrize("name", ["Bill Marks", "My Le", "Will Howe", "Mark Whitman", "See Vang"])
def test_names_that_look_like_such_words_are_names(name: str) -> None:
    talk = begun(WIRELESS, "name")
    tell(talk, name)
    assert values(talk)["name"] == ("person", *name.split())


# 16: the billing address as French speakers write it


@pytest.mark.parametrize("lead", ["bills to", "facture à", "adresse de facturation:"])
@pytest.mark.parametrize("box", ["C.P. 456", "PO Box 456", "case postale 456"])
def test_a_canadian_box_is_where_the_bill_goes(lead: str, box: str) -> None:
    talk = begun(CANADIAN, "address")
    tell(talk, f"1250 rue Guy, Montréal QC H3H 2T4, {lead} {box}, Montréal QC H3C 2T6")
    assert values(talk)["address"] == ("1250 rue Guy", "", "Montréal", "QC", "H3H 2T4")
    assert values(talk)["billing"] == (f"{box}, Montréal QC H3C 2T6",)


def test_a_street_behind_a_box_is_seen_and_the_box_is_asked_about() -> None:
    talk = begun(WIRELESS, "address")
    shown = tell(talk, "we get the mail at po box 88 but the shop is 2200 n clark st chicago il")
    assert keys(shown)[0] == "address.needs_zip"
    assert "billing" not in values(talk)
    assert keys(tell(talk, "60614"))[0] == "address.box_beside"
    talk.press("there")
    assert values(talk)["address"] == ("2200 n clark st", "", "chicago", "IL", "60614")
    assert values(talk)["billing"] == ("po box 88, chicago, IL 60614",)


# 17, 18: what is missing


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("i said 88 Boylston st Boston", "address.needs_state_zip"),
        ("Tia Morales 1442 w 36th pl los angeles 90018", "address.needs_state"),
    ],
)
def test_a_house_number_amid_words_is_not_missing(said: str, missing: str) -> None:
    assert keys(tell(begun(WIRELESS, "address"), said))[0] == missing


@pytest.mark.parametrize(
    "rest", [("M5J 0A6", "ontario"), ("ontario", "M5J 0A6"), ("M5J 0A6, ontario",), ("ON M5J0A6",)]
)
def test_the_pieces_of_a_canadian_address_are_put_together(rest: tuple[str, ...]) -> None:
    talk = begun(CANADIAN, "address")
    shown = tell(talk, "55 bremner blvd toronto")
    assert keys(shown)[0] == "address.needs_province_postal_code"
    assert "ZIP" not in shown[0].text.partition("\n")[0]
    tell(talk, *rest)
    assert values(talk)["address"] == ("55 bremner blvd", "", "toronto", "ON", "M5J 0A6")


def test_a_lone_zip_is_no_pin() -> None:
    talk = begun(WIRELESS, "address")
    tell(talk, "60614")
    assert wiped(talk) == 0


# 30: signing


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Luc Bélanger", "Luc Belanger"),
        ("Frank Mallory", "Dr. Frank Mallory DDS"),
        ("Søren Łuk", "Soren Luk"),
        ("Frank Mallory", "FRANK MALLORY, MD"),
    ],
)
def test_a_name_without_accents_or_with_a_title_signs(name: str, typed: str) -> None:
    talk = begun({**WIRELESS, "name": name}, "signature")
    tell(talk, typed)
    assert values(talk)["signature"][0] == typed


# 11: another PIN


@pytest.mark.parametrize("said", ["wait the pin is 447122", "sorry, new pin: 447122", "the pin is 44 71 22 now"])
def test_another_pin_said_as_such_takes_the_place_of_the_first(said: str) -> None:
    talk = begun(WIRELESS, "pin")
    tell(talk, "4471")
    before, posts = wiped(talk), len(talk.posts)
    assert keys(tell(talk, said)) == ["pin.replaced"]
    assert talk.secrets[talk.newest, "pin"] == "447122"
    assert wiped(talk) == before + 1
    assert not any("447122" in post for post in talk.posts[posts:])


def test_another_pin_is_no_longer_taken_once_the_request_is_sent() -> None:
    talk = begun(WIRELESS)
    talk.staff("submit")
    tell(talk, "wait the pin is 447122")
    assert talk.secrets[talk.newest, "pin"] == "482913"


def test_the_pin_of_a_voicemail_takes_no_ones_place() -> None:
    talk = begun(WIRELESS)
    tell(talk, "my voicemail pin is 4 4 7 1")
    assert talk.secrets[talk.newest, "pin"] == "482913"


def test_a_pin_put_right_that_cannot_be_one_says_why_and_changes_nothing() -> None:
    talk = begun(WIRELESS)
    assert keys(tell(talk, "wait the pin is 44")) == ["pin.wrong_length"]
    assert talk.secrets[talk.newest, "pin"] == "482913"


# 10: account numbers that are never asked for


def test_an_account_number_called_so_is_kept_where_the_class_may_have_one() -> None:
    talk = begun(TOLL_FREE, "name")
    assert keys(tell(talk, "my account number is 998877665"))[0] == "answer.noted"
    assert talk.secrets[talk.newest, "account"] == "998877665"
    assert wiped(talk) == 1


@pytest.mark.parametrize("said", ["998877665", "my pin is 4471"])
def test_what_is_never_needed_is_not_promised_to_be_asked_for(said: str) -> None:
    talk = begun(TOLL_FREE, "name")
    assert keys(tell(talk, said))[0] == "secret.not_needed"
    assert not talk.secrets


@pytest.mark.parametrize("said", ["998877665", "my account number is 998877665"])
def test_an_account_number_that_staff_have_just_asked_for_is_kept(said: str) -> None:
    talk = begun(TOLL_FREE)
    talk.staff("ask", "account")
    assert "secret.not_now" not in keys(tell(talk, said))
    assert talk.secrets[talk.newest, "account"] == "998877665"
    assert not talk.case().answers["account"].reopened


# 12: a signer's e-mail


@pytest.mark.parametrize(
    ("said", "email"),
    [
        ("no sorry gmail.com not gmial", "priya.patel@gmail.com"),
        ("not gmial but gmail", "priya.patel@gmail.com"),
        ("sorry its priya@patel.org", "priya@patel.org"),
        ("Priya's email is priya@patel.org, not priya.patel@gmial.com", "priya@patel.org"),
    ],
)
@pytest.mark.parametrize("question", ["name", "review"])
def test_a_signers_e_mail_is_put_right_in_words(question: str, said: str, email: str) -> None:
    talk = begun({**SOMEONE_ELSES, "signer": "Priya Patel, priya.patel@gmial.com"}, question)
    shown = tell(talk, said)
    assert keys(shown)[0] == "signer.email_now"
    assert values(talk)["signer"] == ("Priya Patel", email)
    assert talk.chat.asked == question


def test_a_signers_e_mail_is_shown_at_the_check_and_can_be_changed_there() -> None:
    talk = begun({**SOMEONE_ELSES, "signer": "Priya Patel, priya.patel@gmial.com"}, "review")
    assert "priya.patel@gmial.com" in talk.screen[-1].text
    talk.press("change.signer")
    tell(talk, "Priya Patel, priya.patel@gmail.com")
    assert values(talk)["signer"] == ("Priya Patel", "priya.patel@gmail.com")


def test_another_persons_e_mail_does_not_become_the_signers() -> None:
    talk = begun(SOMEONE_ELSES, "name")
    tell(talk, "you can also ask bob@example.com about that")
    assert values(talk)["signer"] == ("Anna Alvarez", "anna@example.com")


# 14: what the desk reads, and what stays in the chat


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("pin= one two three four", "two"),
        ("my voicemail pin is 4 4 7 1", "4 4"),
        ("ssn is 123-45-6789", "6789"),
        ("55 44 33 is the code google sent", "33"),
    ],
)
def test_a_secret_is_masked_for_the_desk_and_removed_from_the_chat(said: str, secret: str) -> None:
    talk = begun(WIRELESS)
    before = wiped(talk)
    tell(talk, said)
    assert secret not in talk.posts[-1]
    assert wiped(talk) == before + 1


@pytest.mark.parametrize(
    "said",
    [
        "the last bill was 123.45",
        "the bill on my account was $1,234.56",
        "we have three or four lines in area code 415",
    ],
)
def test_an_amount_stays_readable_and_in_the_chat(said: str) -> None:
    talk = begun(WIRELESS)
    before = wiped(talk)
    tell(talk, said)
    assert said in talk.posts[-1]
    assert wiped(talk) == before


# 23: phone numbers of the request


@pytest.mark.parametrize(("way", "said"), [(STAYING, "512 474 2214"), (WIRELESS, "415 200 0100")])
def test_a_phone_number_of_the_request_is_asked_about_before_it_is_an_account_number(way: Answers, said: str) -> None:
    talk = begun(way, "account")
    assert keys(tell(talk, said)) == ["account.is_a_phone"]
    assert "account" not in values(talk)
    talk.press("ask")
    assert "account" not in values(talk)
    tell(talk, said)
    assert talk.secrets[talk.newest, "account"] == said


def test_a_press_takes_a_phone_number_for_the_account_number_too() -> None:
    talk = begun(WIRELESS, "account")
    tell(talk, "415 200 0100", "!too")
    assert talk.secrets[talk.newest, "account"] == "4152000100"
