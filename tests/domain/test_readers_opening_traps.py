"""Traps for the reader of first messages: what only looks like a number to move, a losing carrier, or where to ring."""

import pytest

from domain.carriers import CarrierId
from domain.intake.opening import read_opening
from domain.numbers import Phone

NUMBERS = [
    "I want to port my number. My work phone is 415-421-8832, reach me there",
    "My number is 415-421-8832. Can you port my mom's number?",
    "My cell is 415-421-8832. I need to move our office line",
    "how do i port? text me 415-421-8832",
    "I want to transfer my number, please call 415-421-8832 for details",
    "415-421-8832 keeps calling me about porting my number, is that you?",
    "I got a text from 415-421-8832 saying I can move my number, is it legit?",
    "I want a new number. Mine is 415-421-8832",
    "can I move my number 415-421-8832 to my new iPhone",
    "My mom wants to port her number. Mine is 415-421-8832",
    "is 415-421-8832 your support line? I want to port",
    "I want to keep my number but change carrier. Can someone call 415-421-8832?",
    "We are moving to Texas, my number is 415-421-8832, will it still work?",
    "I want to switch plans on 415-421-8832",
    "please transfer me to billing, my number is 415-421-8832",
    "please cancel the port of 415-421-8832",
    "stop the transfer of my number 415-421-8832",
    "I don't want to port 415-421-8832 anymore",
    "My number 415-421-8832 was ported to you last week and I can't get calls",
    "port my number. order number 415-421-8832",
    "I want to port out 415-421-8832, what is my transfer pin?",
    "I'm leaving you for Mint. My number is 415-421-8832",
    "what if I wanted to port 415-421-8832",
    "if I decide to port 415-421-8832 what happens",
    "415-421-8832 is my wife's, mine is the one I want to move",
    "I want to port my landline, you can ring my cell 415-421-8832",
    "Port my line please. My emergency contact is 415-421-8832",
    "I want to move my number. I found you via 415-421-8832",
    "Does number 415-421-8832 belong to you? want to port mine",
    "do you have numbers like 415-421-8832 available? i would port mine otherwise",
    "My friend Bob 415-421-8832 told me to port to you",
    "I want to port two numbers, 415-421-8832 is one of my options",
    "my account was moved from 415-421-8832 to another",
    "Hello, port question.\nJohn Smith\n415-421-8832",
    "update my number to 415-421-8832 please, and then port",
    "can u block 415-421-8832? and can i port in later",
    "I want to bring over my phone, get a new number, old is 415-421-8832",
    "the number to call is 415-421-8832. I want to port",
    "I'd rather keep 415-421-8832 where it is and move nothing",
    "Please send the port form by fax to 415-421-8832",
    "My boss at 415-421-8832 wants to port lines",
    "we want to port our numbers, 415-421-8832 is our competitor",
    "I want to port my number. It used to be 415-421-8832",
    "Can you port all my numbers but 415-421-8832?",
    "please move my appointment, my number is 415-421-8832",
    "did you get my request to port 415-421-8832?",
    "I am thinking to port 415-421-8832, what's the price",
    "I have two numbers 415-421-8832 and 650-421-8833 and want to port one",
    "T-Mobile will not let me port 415-421-8832",
    "415-421-8832 and 1234 is my pin, can i port",
    "Someone ported 415-421-8832 away from me, I want it back",
    "I'll take it. my number is 415-421-8832",
    "T-Mobile store 415-421-8832",
    "T-Mobile phone number 415-421-8832",
    "T-Mobile's number 415-421-8832",
    "T-Mobile, called from 415-421-8832",
    "415-421-8832 T-Mobile?",
    "415-421-8832, not T-Mobile",
    "T-Mobile 415-421-8832, call me",
    "T-Mobile 415-421-8832. Is it spam?",
    "T-Mobile 415-421-8832, my new number",
    "T-Mobile 415-421-8832 is my boss",
    "My number is 415-421-8832, I don't know my carrier's PIN",
    "I have a portable phone 415-421-8832",
    "is my number 415-421-8832 portable to T-Mobile?",
    "Port 415-421-8832 when I cancel 650-421-8833",
    "I don't wanna leave, T-Mobile 415-421-8832",
    "can I port 415-421-8832, only 650-421-8833",
    "I want to port out my number from T-Mobile to Mint. It's 415-421-8832",
    "2 lines\n415-421-8832 me\n650-421-8833 my lawyer",
    "3 lines\n415-421-8832 me\n650-421-8833 my husband",
    "My wife came last week, port my number too. mine is 415-421-8832, hers is 650-421-8833",
]
CARRIERS = [
    "I want to port my number to T-Mobile",
    "I want to move my number. Are you cheaper than Mint Mobile?",
    "I bought my phone at T-Mobile, want to port 415-421-8832",
    "I want to port 415-421-8832, T-Mobile told me you can help",
    "can i port 415-421-8832? my wife has T-Mobile",
    "port 415-421-8832. do you run on the T-Mobile network?",
    "I left T-Mobile last year, want to port 415-421-8832",
    "I want to port 415-421-8832 and get T-Mobile internet",
    "port 415-421-8832, I never had T-Mobile",
    "port 415-421-8832, not T-Mobile",
    "my fee is not visible. port 415-421-8832",
    "please make it visible, port 415-421-8832",
    "I'd like to boost my business, port 415-421-8832",
    "I live in the metro area, want to port 415-421-8832",
    "I like to play cricket, port 415-421-8832",
    "porting 415-421-8832. I'm thinking of T-Mobile too",
    "I have T-Mobile and Mint, port 415-421-8832",
    "port 415-421-8832 from either Mint or Cricket",
    "my sister is on Cricket. port my number 415-421-8832",
    "going from T-Mobile to Mint, can you port?",
    "I want to switch to Visible and keep my number 415-421-8832",
    "i work at T-Mobile. port 415-421-8832",
    "I was told by T-Mobile to port 415-421-8832",
    "My kids use Cricket, I want to move 415-421-8832",
    "port 415-421-8832; my carrier used to be T-Mobile",
    "I'm a former Cricket customer, port 415-421-8832",
    "signed up with T-Mobile yesterday, port 415-421-8832",
    "my new carrier is T-Mobile, port 415-421-8832",
    "his is with Mint. port mine 415-421-8832",
    "its visible on my bill, port 415-421-8832",
    "I have a T-Mobile store near me, port 415-421-8832",
    "port 415-421-8832, Verizon",
    "T-Mobile is bad I heard, port 415-421-8832",
    "I hate T-Mobile ads. port 415-421-8832",
    "port 415-421-8832 before T-Mobile buys them",
    "my phone is from T-Mobile, port 415-421-8832",
    "port 415-421-8832, it rings on my Cricket phone",
    "I have mint condition phone, port 415-421-8832",
    "I have Cricket at work, port my home phone 415-421-8832",
    "I have T-Mobile and my husband has Verizon Wireless. Port his: 415-421-8832",
    "My son wants to move his number. I have T-Mobile.",
    "I have Verizon Wireless for my phone but want to port my landline 415-421-8832",
    "my tablet is on T-Mobile. port my phone 415-421-8832",
    "T-Mobile store, 415-421-8832",
    "T-Mobile to you is cheap, 415-421-8832",
    "former T-Mobile customer here, port 415-421-8832",
    "T-Mobile customer since 2010, left in 2020. port 415-421-8832",
    "T-Mobile customer service told me to port 415-421-8832",
    "415-421-8832, T-Mobile tablet",
]
RINGS = [
    "move 415-421-8832, my calls ring at 650-421-8833 already",
    "move 415-421-8832 and call me on 650-421-8833",
    "move 415-421-8832. never forward to 650-421-8833",
    "move 415-421-8832. please ring me at 650-421-8833",
    "move 415-421-8832. let it not ring at 650-421-8833",
    "move 415-421-8832. should it ring at 650-421-8833?",
    "move 415-421-8832. maybe forward calls to 650-421-8833 later",
    "move 415-421-8832. I don't want it forwarded to 650-421-8833",
]
COMPANIES = [
    "my wife's company, Acme Plumbing LLC, wants to port",
    "my company, unlike Acme Plumbing LLC, wants to port",
    "we're a supplier, Acme Plumbing LLC sent us",
    "we are a customer of a shop, Acme Plumbing LLC",
    "our office, Suite Twelve, wants to move",
]
EMAILS = [
    "my email a@b.example is wrong",
    "is my email a@b.example still on file?",
    "Contact: my lawyer bob@b.example",
]
PLAIN = [
    ("my phone number is 415-421-8832 and my carrier is t-mobile", "tmobile"),
    ("T-Mobile customer here. 415-421-8832 is my number, want to switch to you guys!!", "tmobile"),
    ("415-421-8832. Boost Mobile. Want to port.", "boost"),
    ("I hate Xfinity Mobile. Get me out. 415-421-8832", "xfinity_mobile"),
    ("Is it hard to switch? I've got T-Mobile and my number is 415-421-8832", "tmobile"),
    ("Mi compañía es T-Mobile, quiero cambiarme con ustedes con mi numero 415-421-8832", "tmobile"),
    ("Number: 415-421-8832\nCarrier: Tello", "tello"),
    ("AT&T landline 415-421-8832 - can it be ported?", "att_home"),
    ("my number is 415-421-8823, on Mint, port it pls\nsorry I meant 415-421-8832", "mint"),
    ("our main line 415-421-8832 is with Ooma, my wife says we can bring it over", "ooma"),
    ("T-Mobile prepaid 415-421-8832, pin unknown", "tmobile_prepaid"),
    ("metro by tmobile, number 415-421-8832. how fast?", "metro"),
    ("Ting user since 2013, finally leaving. 415-421-8832", "ting"),
    ("I have T-Mobile, 415-421-8832, and want to keep the number when I cancel", "tmobile"),
    ("can I take it to you without any downtime? 415-421-8832 is with T-Mobile", "tmobile"),
    ("I want to port out my number from Mint. It's 415-421-8832", "mint"),
]


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_that_is_not_said_to_move_is_not_taken(text: str) -> None:
    assert read_opening(text).numbers == ()


@pytest.mark.parametrize("text", CARRIERS)
def test_a_carrier_that_is_not_said_to_be_left_is_not_taken(text: str) -> None:
    assert read_opening(text).carrier is None


@pytest.mark.parametrize("text", RINGS)
def test_where_calls_shall_not_ring_is_not_taken(text: str) -> None:
    assert read_opening(text).ring_at is None


@pytest.mark.parametrize("text", COMPANIES)
def test_a_company_named_behind_what_is_not_the_writers_is_not_taken(text: str) -> None:
    assert read_opening(text).company is None


@pytest.mark.parametrize("text", EMAILS)
def test_an_email_that_is_asked_after_denied_or_anothers_is_not_taken(text: str) -> None:
    assert read_opening(text).email is None


@pytest.mark.parametrize(("text", "carrier"), PLAIN)
def test_a_number_and_its_carrier_are_taken_however_they_are_said(text: str, carrier: str) -> None:
    opening = read_opening(text)
    assert (opening.numbers, opening.carrier) == ((Phone("+14154218832"),), CarrierId(carrier))


def test_a_person_named_beside_the_writer_is_not_the_holder() -> None:
    assert read_opening("port 415-421-8832, cc my lawyer, bob@law.example").email is None
    assert read_opening("I spoke to John Smith here and he said port 415-421-8832").name is None
    assert read_opening("I used to work for Acme Plumbing LLC. port 415-421-8832").company is None
    assert read_opening("my friend's company is Acme Plumbing LLC, port 415-421-8832").company is None


def test_numbers_of_which_only_the_end_is_said_again_are_taken_whole() -> None:
    opening = read_opening("We need 415-421-8832, 8833 and 8834 moved")
    assert opening.numbers == tuple(Phone(f"+1415421883{last}") for last in "234")


def test_a_list_is_taken_with_whose_each_number_is_where_its_count_is_right() -> None:
    lines = "lines, family plan\n415-421-8832 me\n415-421-8833 my husband"
    assert len(read_opening(f"2 {lines}").numbers) == 2
    assert read_opening(f"4 {lines}").numbers == ()


def test_the_number_that_alone_shall_move_is_taken_and_not_the_one_denied() -> None:
    opening = read_opening("i dont want to port 650-421-8833, only 415-421-8832")
    assert opening.numbers == (Phone("+14154218832"),)


def test_a_company_named_behind_what_it_is_is_taken_with_its_legal_form() -> None:
    assert read_opening("We're a law firm, Blue & Vale LLP, and want to port").company == "Blue & Vale LLP"
    assert read_opening("I run a bakery (Blue Door Bakery LLC), may I port?").company == "Blue Door Bakery LLC"
