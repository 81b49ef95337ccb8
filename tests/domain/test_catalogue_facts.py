"""The catalogue of rejections held to the research, porting §3, as it was read by hand: a line each.

Where we differ from it on purpose, the line says so.
"""

from dataclasses import dataclass

import pytest

from domain.intake.repairs import asked_for, opens
from domain.orders.rejections import OF_SOURCES, REJECTIONS, likely
from tests.domain.talk import Talk
from tests.domain.test_rejections import asked, refused
from tests.domain.ways import CA_WIRELESS, LANDLINE, Answers, begun


@dataclass(frozen=True, slots=True)
class Fact:
    """What the research says: what is asked again, whether a letter goes with it, who acts, how else it ends.

    `wrote`: how a carrier words it. `codes`: what it is called elsewhere.
    """

    asks: str
    letter: str
    who: str
    ways: str
    wrote: str
    codes: str = ""


FACTS: dict[str, Fact] = {
    # the thirteen of the sources
    "UNSATISFIED_BALANCE": Fact("", "N", "customer", "done contest", "Unpaid balance or port-away fee due"),
    "ALL_DATA_MISMATCH": Fact(
        "name address account btn", "Y", "customer", "fixed", "All data mismatch with CSR", "7408 6C"
    ),
    "NAME_MISMATCH": Fact(
        "name",
        "Y",
        "customer",
        "fixed",
        "Business name differs: ABC Inc is not ABC Incorporated",
        "ENTITY_NAME_MISMATCH INVALID_END_USER_NAME 7429 E10 7404 8G 7414 8E 7422 8F",
    ),
    "ADDRESS_MISMATCH": Fact(
        "address",
        "Y",
        "customer",
        "fixed",
        "Service address differs from record",
        "LOCATION_MISMATCH INVALID_ADDRESS 7402 E1",
    ),
    "NUMBER_INACTIVE": Fact(
        "",
        "N",
        "customer",
        "done fixed",
        "The TN is disconnected, suspended or not active",
        "PHONE_NUMBER_INACTIVE_OR_DISCONNECTED 7409 E27 E30 7426 6D 7378 7518",
    ),
    "UNAUTHORIZED_SIGNER": Fact("authority contact signer", "Y", "customer", "fixed", "Unauthorized signature"),
    "PIN_INVALID": Fact(
        "pin",
        "N",
        "customer",
        "done fixed",
        "Wrong, missing or expired PIN",
        "PASSCODE_PIN_INVALID INVALID_PIN 7435 8C E42PW E42PW1 7512 7513",
    ),
    "ACCOUNT_NUMBER_WRONG": Fact(
        "account",
        "?",
        "customer",
        "fixed",
        "Account number does not match",
        "ACCOUNT_NUMBER_MISMATCH INVALID_ACCOUNT_NUMBER 7401 8A E17A E17B",
    ),
    "ACCOUNT_NUMBER_MISSING": Fact(
        "account", "?", "customer", "fixed", "Account number is required", "ACCOUNT_NUMBER_REQUIRED 7510"
    ),
    "GV_LOCKED": Fact("unlock bill", "N", "customer", "fixed", "Google Voice number not unlocked", "7520"),
    "BTN_INVALID": Fact("btn", "?", "customer", "fixed", "BTN on the order is wrong", "BTN_ATN_MISMATCH 7445 E14 7203"),
    "UNPORTABLE": Fact(
        "",
        "N",
        "customer",
        "other_number forward fixed",
        "TN not portable",
        "PHONE_NUMBER_NOT_PORTABLE RATE_CENTER_NOT_PORTABLE PHONE_NUMBER_WITH_CARRIER_RESTRICTION 22130 22133 7403 6K"
        " 7470 E42O",
    ),
    # the letter states no reseller, nor a reseller's name or address: a name or address is refused by its own reason
    "RESOLD_ACCOUNT": Fact("reseller account pin", "?", "customer", "fixed written", "Number is on a resold account"),
    # the others
    "AUTH_NAME_MISMATCH": Fact(
        "who_signs",
        "T",
        "customer",
        "fixed",
        "Authorized person name differs (middle initial)",
        "AUTH_PERSON_MISMATCH 7473 E10a",
    ),
    # of a mobile number, too, our letter states the address: so a changed code is a changed signed fact
    "ZIP_MISMATCH": Fact(
        "address", "Y", "customer", "fixed", "ZIP does not match", "POSTAL_CODE_MISMATCH 7402 8D 7514 7515"
    ),
    "RESELLER_NAME_INVALID": Fact("reseller", "?", "customer", "fixed", "Missing reseller", "INVALID_RESELLER"),
    "PORT_PROTECTION_ON": Fact(
        "", "N", "customer", "done fixed", "Line has an LSP freeze; Number Lock is on", "7416 E6d 7425 6P"
    ),
    "PENDING_ORDER": Fact(
        "",
        "N",
        "customer",
        "done fixed",
        "There is a pending order on the account",
        "PENDING_ORDER 7407 E19 6M 6N 22137",
    ),
    "MORE_RECENT_AUTHORIZATION": Fact("signature", "Y", "customer", "fixed", "A more recent LOA is on file"),
    "SMS_CONSENT_MISSED": Fact("", "N", "customer", "done", "Subscriber did not answer the SMS in time"),
    "NUMBER_NOT_ON_ACCOUNT": Fact(
        "numbers account", "Y", "customer", "fixed", "TN not on this account", "PHONE_NUMBER_MISMATCH 7427 6A 7516"
    ),
    "DIFFERENT_ACCOUNTS": Fact("numbers", "Y", "customer", "fixed", "TNs are on multiple accounts", "7652"),
    "SPLIT_REQUIRED": Fact(
        "",
        "N",
        "staff",
        "",
        "Order must be split, different rate centers",
        "PORTING_ORDER_SPLIT_REQUIRED DIFFERENT_RATE_CENTERS 7485 E9999 7363",
    ),
    # whatever is said to stay is no line of the letter; numbers that are changed for it are signed anew by themselves
    "PORT_TYPE_INCORRECT": Fact(
        "stays",
        "?",
        "customer",
        "fixed",
        "Port type is incorrect: full port sent as partial",
        "PORT_TYPE_INCORRECT REQUEST_INCORRECT 7434 E24",
    ),
    "MAIN_BTN_PORTING": Fact(
        "new_btn",
        "?",
        "customer",
        "all_numbers fixed",
        "BTN is porting, remaining lines are stranded",
        "MAIN_BTN_PORTING 7434 E6h",
    ),
    "SPECIAL_FEATURE": Fact(
        "",
        "N",
        "customer",
        "done loss fixed",
        "DSL or hunt group on the line",
        "PHONE_NUMBER_HAS_SPECIAL_FEATURE 7411 E25 7419 E6b 7410 E6a 7406 E6c 7421 E6f 7437 E6g 7415 E6e",
    ),
    "LOA_REQUIRED": Fact("signature", "Y", "customer", "", "LOA required", "7424 E8"),
    "LOA_ILLEGIBLE": Fact("signature", "Y", "customer", "", "LOA is unsigned and undated", "LOA_ILLEGIBLE 7420 7B"),
    "BILL_REQUIRED": Fact("bill", "N", "customer", "", "Send a copy of the bill, not older than 30 days"),
    "SSN_TAXID_REQUIRED": Fact("", "N", "customer", "done", "SSN or tax ID required", "7443 8B"),
    "PREPAID_LINE": Fact("account pin", "N", "customer", "done fixed", "Prepaid account", "7436 7C"),
    "DATE_REJECTED": Fact(
        "",
        "N",
        "staff",
        "",
        "Due date is too soon",
        "FOC_REJECTED 7412 1N 6E 6F E35 1L 7439 1M 7207 7208 7209 7210 7315",
    ),
    "DATE_EXPIRED": Fact("", "N", "staff", "", "FOC expired unactivated", "FOC_EXPIRED"),
    "CUSTOMER_NOT_READY": Fact("", "N", "customer", "done", "Customer called to stop it", "7413 1E"),
    "CARRIER_SILENT": Fact(
        "", "N", "wait", "", "No response", "OSP_IRRESPONSIVE LSR_PENDING LOSING_CARRIER_NO_RESPONSE"
    ),
    "CARRIER_OUTAGE": Fact("", "N", "wait", "", "System down, backlog", "7418 6J 7444 6H 7438 6L 7442 1B 7430 1C"),
    "SV_CONFLICT": Fact("", "N", "staff", "", "NPAC subscription conflict", "SV_CONFLICT SV_UNKNOWN_FAILURE"),
    "INTERNAL_NUMBER": Fact("", "?", "staff", "", "Already on our network", "7431 E40 7441 6B 7320"),
    "MULTILINE_UNSUPPORTED": Fact(
        "", "N", "staff", "", "Cannot process multi-line requests", "7405 6R 7428 E23 7490 6173"
    ),
    "OTHER_LINE_FAILED": Fact("", "N", "staff", "", "Related line failed", "7423 7A"),
    # who manages it is pushed by its customer, and the registry decides by a letter that is fresh
    "RESPORG_NOT_RELEASED": Fact("", "T", "customer", "fixed", "Losing RespOrg declined"),
    "TF_STATUS_BAD": Fact("", "N", "staff", "", "Number status is SPARE", "7620 7621 7654 7655"),
    "TF_RESPORG_99": Fact("", "N", "staff", "", "Controlling RespOrg ends in 99", "7627"),
    "TF_SHARED_OR_BUNDLED": Fact("", "N", "customer", "done fixed", "Shared use number"),
    "PROJECT_SIZE": Fact("", "N", "staff", "", "Needs a project port"),
    # nobody knows from the code which field it is: the desk finds out, and asks for that one
    "DATA_MISSING": Fact("", "?", "staff", "", "Required field is missing", "7471 E18"),
    "CANCEL_DENIED": Fact("", "N", "staff", "", "Supp denied", "7432 E34 7433 E33"),
    "OTHER": Fact("", "?", "staff", "", "Contact support", "OTHER CONTACT_SUPPORT_REQUIRED 7417 7484 E1111"),
}

every_fact = pytest.mark.parametrize("code", FACTS)


def test_every_reason_of_the_research_is_in_the_catalogue_the_sources_thirteen_first() -> None:
    assert FACTS.keys() == REJECTIONS.keys()
    assert tuple(FACTS)[:13] == OF_SOURCES


@every_fact
def test_a_reason_asks_again_and_ends_as_the_research_says(code: str) -> None:
    reason, fact = REJECTIONS[code], FACTS[code]
    assert {*reason.reopens, *reason.also} == set(fact.asks.split())
    assert list(reason.ways) == fact.ways.split()
    assert (reason.letter, reason.who) == (fact.letter, fact.who)


@every_fact
def test_a_reason_is_found_by_how_a_carrier_words_it_and_by_what_it_is_called_elsewhere(code: str) -> None:
    fact = FACTS[code]
    assert likely(fact.wrote)[0].code == code
    for name in fact.codes.split():
        assert code in {reason.code for reason in likely(f"Rejected ({name})")}, name


# what differs by the case


def refused_of(answers: Answers, code: str) -> Talk:
    """Return a request of another class that its carrier refused, its customer told."""
    talk = begun(answers, "")
    for verb, said in (("submit", "88123"), ("reject", code)):
        told = talk.staff(verb, said)
        assert not told.error, told
        talk.forward(seconds=61)
    return talk


def test_a_lock_that_was_on_leaves_the_pin_as_it_was() -> None:
    talk = refused("PIN_INVALID")
    pin = talk.case().answers["pin"].seq
    assert "look first whether a number lock is on" in talk.screen[-1].text
    assert "as it was" in talk.press("done")[-1].text
    assert talk.case().answers["pin"].seq == pin
    assert not talk.staff("submit", "again").error


def test_the_code_of_an_address_alone_puts_a_code_right() -> None:
    talk = refused("ZIP_MISMATCH")
    before = talk.case().answers["address"].value
    talk.say("94107")
    assert talk.case().answers["address"].value == (*before[:4], "94107")
    assert asked(talk) == "signature"


def test_a_code_of_another_state_is_still_doubted() -> None:
    talk = refused("ZIP_MISMATCH")
    talk.say("the zip is 10001")
    assert asked(talk) == "address"


@pytest.mark.parametrize(("code", "words"), [
    ("RESOLD_ACCOUNT", "Which company is behind Verizon Wireless?"),
    ("RESELLER_NAME_INVALID", "exact legal name"),
])  # fmt: skip
@pytest.mark.parametrize("said", ["none", "Verizon Wireless"])
def test_who_is_told_that_another_company_is_behind_cannot_say_that_there_is_none(
    code: str, words: str, said: str
) -> None:
    talk = refused(code)
    assert words in talk.screen[-1].text
    assert "none" not in {choice.code for choice in talk.screen[-1].choices}
    assert "says that there is one" in talk.say(said)[-1].text
    assert asked(talk) == "reseller"
    talk.say("Onvoy LLC")
    assert talk.case().answers["reseller"].value == ("Onvoy LLC",)


@pytest.mark.parametrize("said", ["nothing stays", "none", "everything moves"])
def test_a_main_number_refused_alone_is_put_right_by_another_one_or_by_all_that_move(said: str) -> None:
    talk = refused_of(LANDLINE, "MAIN_BTN_PORTING")
    assert "no_line_stays" not in {choice.code for choice in talk.screen[-1].choices}
    assert "name one of them" in talk.say(said)[-1].text
    assert asked(talk) == "new_btn"
    talk.press("all_numbers")
    assert asked(talk) == "numbers"
    talk.say("415-421-8832, 415-421-8833, 415-421-8834, 415-421-8835")
    assert [n.e164[-4:] for n in talk.case().numbers] == ["8832", "8833", "8834", "8835"]


def test_what_hangs_on_a_number_may_end_by_its_customers_word_and_the_desk_tells_the_carrier() -> None:
    talk = refused("SPECIAL_FEATURE")
    assert "as it was" in talk.press("loss")[-1].text
    assert any("Tell the carrier so" in post for post in talk.posts)
    assert not talk.staff("submit", "again").error


def test_a_debt_is_contested_where_the_rule_holds_and_paid_elsewhere() -> None:
    at_home, in_canada = refused("UNSATISFIED_BALANCE"), refused_of(CA_WIRELESS, "UNSATISFIED_BALANCE")
    for talk, may in ((at_home, True), (in_canada, False)):
        shown = talk.screen[-1]
        assert ("contest" in {choice.code for choice in shown.choices}) == may
        assert ("FCC" in shown.text) == may
        assert "Please pay it to" in shown.text
    assert "tap what is so" in in_canada.say("contest")[-1].text


def test_a_prepaid_line_that_is_topped_up_keeps_its_account_number() -> None:
    talk = refused("PREPAID_LINE")
    account = talk.case().answers["account"].seq
    assert opens(REJECTIONS["PREPAID_LINE"], talk.case()) == ("account", "pin")
    assert asked_for("account", talk.case()) is REJECTIONS["PREPAID_LINE"]
    talk.press("done")
    assert talk.case().answers["account"].seq == account
    assert talk.request.repaired == "carrier_fixed"
