"""Name and address beside number and carrier in one opening message; and a carrier that a number is "at"."""

import pytest

from domain.intake.opening import read_opening
from tests.domain.talk import Talk

PLACE = "1455 Market Street, San Francisco, CA 94103"
MARIA, BAKERY = ("person", "Maria", "Alvarez"), ("business", "Blue Door Bakery LLC")
WORDINGS = (
    f"Hi, I want to move 415-421-8832 from Verizon Wireless. Maria Alvarez, {PLACE}",
    f"Please port 415-421-8832, Verizon Wireless, Maria Alvarez, {PLACE}",
    f"415-421-8832, Verizon Wireless, account holder Maria Alvarez, {PLACE}",
    f"Move my number 415-421-8832 from Verizon Wireless, name Maria Alvarez, address {PLACE}",
    f"Move my number 415-421-8832 from Verizon Wireless. The account is in the name of Maria Alvarez, {PLACE}.",
    f"I'm Maria Alvarez at {PLACE}. Please transfer 415-421-8832 from Verizon Wireless.",
    f"Number: 415-421-8832\nCarrier: Verizon Wireless\nName: Maria Alvarez\nAddress: {PLACE}",
    "415-421-8832\nVerizon Wireless\nMaria Alvarez\n1455 Market Street\nSan Francisco, CA 94103",
    f"Verizon Wireless 415-421-8832\nMaria Alvarez\n{PLACE}",
    f"I'd like to port 415-421-8832. Carrier is Verizon Wireless, account under Maria Alvarez, {PLACE}.",
    f"Can you move 415-421-8832 (Verizon Wireless)? Bill is in the name of Maria Alvarez, service address {PLACE}.",
    f"Please move 415-421-8832, it's with Verizon Wireless. Name on the bill: Maria Alvarez. Service address: {PLACE}",
    f"Hi there, this is Maria Alvarez. Moving 415-421-8832 from Verizon Wireless, my address is {PLACE}.",
    f"Transfer 415-421-8832 from Verizon Wireless; name: Maria Alvarez; address: {PLACE}",
    f"Name Maria Alvarez, number 415-421-8832, carrier Verizon Wireless, address {PLACE}",
    f"Maria Alvarez\n{PLACE}\n415-421-8832 Verizon Wireless",
    f"Maria Alvarez, {PLACE}, 415-421-8832, Verizon Wireless",
    f"I want to port 415-421-8832 from Verizon Wireless. Account name is Maria Alvarez and the address is {PLACE}.",
    f"My Verizon Wireless number 415-421-8832 should move to you. It is under the name Maria Alvarez at {PLACE}.",
    f"Please port in 415-421-8832. Losing carrier: Verizon Wireless. Account holder: Maria Alvarez. Address: {PLACE}.",
    f"Porting 415-421-8832 away from Verizon Wireless. Customer: Maria Alvarez, {PLACE}",
    f"Want to keep my number 415-421-8832, Verizon Wireless now. Billing name Maria Alvarez, service at {PLACE}",
)
OF_A_COMPANY = (
    f"We want to move 415-421-8832 from Comcast Business. Blue Door Bakery LLC, {PLACE}",
    f"Please move 415-421-8832 from Comcast Business, company Blue Door Bakery LLC, address {PLACE}",
    f"415-421-8832, Comcast Business, Blue Door Bakery LLC, {PLACE}",
)
MOVE = "Move 415-421-8832 from Verizon Wireless"
SOMEBODY_ELSES = (
    f"{MOVE}. Send the paperwork to Maria Alvarez, {PLACE}",
    f"{MOVE}. My lawyer is John Smith, {PLACE}",
    f"{MOVE}. Maria Alvarez, {PLACE} is my old address",
    f"{MOVE}. Front Desk, {PLACE}",
    f"{MOVE}. Golden Gate Park, {PLACE}",
    f"{MOVE}. Service Address, {PLACE}",
    f"{MOVE}. Thanks\nMaria Alvarez\n{PLACE}",
    f"{MOVE} for my mom. Maria Alvarez, {PLACE}",
    f"{MOVE}. Not Maria Alvarez, {PLACE}",
    f"{MOVE}. Shipping address:\nMaria Alvarez\n{PLACE}",
    f"{MOVE}. Ship the phone to:\nMaria Alvarez\n{PLACE}",
    f"{MOVE}. The notary was\nJohn Smith\n{PLACE}",
    f"{MOVE}. Maria Alvarez, {PLACE}. John Smith, 99 Elm St, Reno, NV 89501",
    f"Calls to 650-421-8833, Maria Alvarez, {PLACE}",
    f"{MOVE}. It was under the name Maria Alvarez, {PLACE}",
    f"{MOVE}. It is under contract until May",
)


def facts(said: str) -> dict[str, tuple[str, ...]]:
    talk = Talk()
    talk.say(said)
    return {question: given.value for answers in talk.answers.values() for question, given in answers.items()}


@pytest.mark.parametrize(
    ("said", "name"), [*((each, MARIA) for each in WORDINGS), *((each, BAKERY) for each in OF_A_COMPANY)]
)
def test_name_and_address_beside_number_and_carrier_are_not_asked_again(said: str, name: tuple[str, ...]) -> None:
    found = facts(said)
    assert (found["name"], found["address"][0], found["address"][-1]) == (name, "1455 Market Street", "94103")
    assert {"numbers", "carrier"} <= set(found)


@pytest.mark.parametrize("said", SOMEBODY_ELSES)
def test_a_name_over_an_address_that_may_be_somebody_elses_is_not_taken(said: str) -> None:
    found = read_opening(said)
    assert (found.name, found.company, found.address) == (None, None, None)


@pytest.mark.parametrize(
    "said",
    [
        "415-421-8832 at Comcast Business",
        "415-421-8832 with Comcast Business",
        "I want to move 415-421-8832 at Comcast Business",
        "my number is 415-421-8832 at Comcast Business",
        "I have 415-421-8832 with Comcast Business",
        "415-421-8832 is at Comcast Business",
        "Move our office line 415-421-8832, at Comcast Business",
        "Our numbers 415-421-8832 and 415-421-8833 are at Comcast Business",
    ],
)
def test_a_carrier_that_says_its_line_of_business_is_taken_wherever_the_number_is(said: str) -> None:
    assert facts(said)["carrier"] == ("comcast_business", "Comcast Business")


@pytest.mark.parametrize("said", ["at Comcast Business", "with Comcast Business", "It's at Comcast Business"])
def test_so_it_is_as_the_answer(said: str) -> None:
    talk = Talk()
    talk.say("415-421-8832")
    talk.say(said)
    assert talk.case().answers["carrier"].value == ("comcast_business", "Comcast Business")


@pytest.mark.parametrize(
    "said",
    ["I work at Comcast Business, move 415-421-8832", "415-421-8832 at Verizon", "415-421-8832, bought at Verizon"],
)
def test_where_somebody_works_or_what_a_brand_leaves_open_is_asked_about(said: str) -> None:
    assert "carrier" not in facts(said)
