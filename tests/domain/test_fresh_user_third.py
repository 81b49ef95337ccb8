"""What another first-time customer wrote: missed numbers, figures in the wrong place, pieces and half sentences."""

import pytest

from domain.intake.readings.adding import is_adding
from domain.intake.readings.beside import is_stray_account
from domain.numbers.lists import NumberList, read_number_list
from tests.domain.talk import Talk
from tests.domain.ways import LANDLINE, WIRELESS, begun, keys, tell, values

MAIN = "!main:+14154217700"
TWO = {**LANDLINE, "numbers": "415-421-7700, 415-421-7705", "one_bill": MAIN, "btn": MAIN}
THREE = ("+14154217700", "+14154217705", "+14154217701")
BLOCK = ("+14154217700", "+14154217701", "+14154217705")
MISSED = "415-421-7701"


def _deleted(talk: Talk) -> int:
    return sum(owed.kind == "delete" for owed in talk.owed)


# an account number where something else is asked for


@pytest.mark.parametrize(
    ("answers", "question", "said"),
    [
        (WIRELESS, "review", "its 942551087-00001"),
        ({**LANDLINE, "stays": "nothing"}, "texting", "8155 30 012 3456789"),
        ({**LANDLINE, "stays": "nothing"}, "texting", "8351200998877 thanks"),
        ({**LANDLINE, "name": "Blue Door"}, "kind", "8351200998877 thanks"),
        (WIRELESS, "working", "its 942551087-00001"),
        (WIRELESS, "name", "here it is: 8351200998877, thank you!"),
        (WIRELESS, "carrier", "ok 8351200998877"),
        (WIRELESS, "bill", "account 8351200998877 please"),
    ],
)
def test_a_long_figure_amid_small_words_is_wiped_and_changes_nothing(
    answers: dict[str, str], question: str, said: str
) -> None:
    talk = begun(answers, question)
    before = values(talk)
    lead = "secret.have_one" if question == "review" else "secret.not_now"
    assert keys(tell(talk, said))[0] == lead
    assert (_deleted(talk), values(talk), talk.chat.asked) == (1 + (question == "review"), before, question)


@pytest.mark.parametrize("said", ["415-421-8833", "415-421-8833 415-421-8835 thanks", "its fine", "2025-11-02", "ok"])
def test_phone_numbers_and_short_figures_are_no_account_numbers(said: str) -> None:
    assert not is_stray_account(said)


@pytest.mark.parametrize(
    "said", ["ok found it 942 551 087 - 00001", "Here it is: 942551087-00001", "got it, its 942551087-00001 thanks"]
)
def test_an_account_number_is_read_behind_the_words_that_lead_up_to_it(said: str) -> None:
    talk = begun(WIRELESS, "account")
    tell(talk, said)
    assert values(talk)["account"] == ("••••01",)
    assert talk.secrets[talk.newest, "account"].replace(" ", "") == "942551087-00001"


# one bill, and what was missing


@pytest.mark.parametrize(
    "said",
    [
        f"yes all on one bill, but you missed {MISSED}",
        f"Yes, also {MISSED}",
        f"415-421-7700, {MISSED}, 415-421-7705",
        f"the numbers are 415-421-7700, {MISSED} and 415-421-7705",
        f"all on one bill: 415-421-7700, {MISSED}, 415-421-7705",
    ],
)
def test_a_number_that_was_missing_is_added_to_one_bill(said: str) -> None:
    talk = begun(TWO, "one_bill")
    shown = tell(talk, said)
    assert keys(shown) == ["numbers.added", "ask.btn"]
    assert "(415) 421-7701" in shown[-1].text
    assert (values(talk)["numbers"], values(talk)["one_bill"]) == (THREE, ("yes",))


def test_a_whole_list_ends_the_asking_which_are_on_this_bill() -> None:
    talk = begun(TWO, "one_bill")
    assert keys(tell(talk, "no")) == ["one_bill.which"]
    tell(talk, f"415-421-7700, {MISSED}, 415-421-7705")
    assert (values(talk)["numbers"], talk.chat.asked) == (THREE, "btn")


@pytest.mark.parametrize("said", ["yes all true", "they are all on the same bill", "Yep, both", "all on one bill!"])
def test_yes_in_more_words_is_yes(said: str) -> None:
    talk = begun(TWO, "one_bill")
    tell(talk, said)
    assert (talk.chat.asked, values(talk)["one_bill"]) == ("btn", ("yes",))


@pytest.mark.parametrize(
    "said",
    [
        "not all on one bill",
        "are they all on one bill?",
        "one is on the bill",
        "415-421-7705 is not on it",
        f"415-421-7700, 415-421-7705 and {MISSED} are not on one bill",
        f"415-421-7700 and {MISSED}",
    ],
)
def test_what_does_not_say_yes_sets_nothing_aside_and_adds_nothing(said: str) -> None:
    talk = begun(TWO, "one_bill")
    tell(talk, said)
    assert (talk.chat.asked, values(talk)["numbers"]) == ("one_bill", ("+14154217700", "+14154217705"))


# one more number, anywhere before the signature


@pytest.mark.parametrize("question", ["carrier", "working", "bill", "authority", "name", "address", "review"])
@pytest.mark.parametrize(
    "said",
    [f"also {MISSED}", f"add the number {MISSED} please", f"you forgot {MISSED}", f"{MISSED} too"],
)
def test_one_more_number_is_added_and_the_question_put_again(question: str, said: str) -> None:
    talk = begun(TWO, question)
    shown = tell(talk, said)
    assert keys(shown)[0] == "numbers.added"
    assert values(talk)["numbers"] == THREE
    assert talk.chat.asked == ("carrier" if question == "carrier" else "one_bill")  # which is to be said of it too


def test_a_full_list_at_the_carrier_question_is_read_with_the_company() -> None:
    talk = begun(TWO, "carrier")
    shown = tell(talk, f"415-421-7700, {MISSED} and 415-421-7705 Comcast Business")
    assert keys(shown) == ["numbers.added", "ask.one_bill_main"]
    assert values(talk)["numbers"] == THREE
    assert values(talk)["carrier"][0] == "comcast_business"


@pytest.mark.parametrize("question", ["destination", "account", "signature"])
def test_where_other_figures_are_due_or_the_letter_lies_open_nothing_is_added(question: str) -> None:
    talk = begun(WIRELESS, question)
    tell(talk, "add 415-421-8832 please" if question == "destination" else f"also {MISSED}")
    added = question == "signature"  # still a draft: the letter is shown anew
    assert (len(values(talk)["numbers"]) == 2) == added


def test_the_number_where_calls_ring_cannot_be_added() -> None:
    talk = begun(WIRELESS, "review")
    assert keys(tell(talk, "also 415 200 0100"))[0] == "number.is_destination"
    assert values(talk)["numbers"] == ("+14154218832",)


@pytest.mark.parametrize("words", ["", "call me at", "also call", "please do not add", "and call", "my wife's is"])
def test_other_words_beside_a_number_add_nothing(words: str) -> None:
    assert not is_adding(words)


# last four digits between whole numbers


def test_last_four_digits_between_numbers_of_one_block_are_read() -> None:
    talk = Talk()
    tell(talk, "/start", "three landlines with Comcast Business: 415 421 7700, 7701 and 415-421-7705")
    assert values(talk)["numbers"] == BLOCK


@pytest.mark.parametrize("said", ["415 421 7700, 4821 and 602-955-3301", "415 421 7700, 482913 and 415-421-7705"])
def test_figures_between_numbers_of_two_blocks_are_no_numbers(said: str) -> None:
    found = read_number_list(said)
    assert isinstance(found, NumberList)
    assert len(found.phones) == 2


# which company


@pytest.mark.parametrize(
    ("brand", "said", "carrier"),
    [
        ("verizon like i said", "my cell", "verizon"),
        ("verizon", "its a mobile", "verizon"),
        ("verizon", "prepaid", "verizon_prepaid"),
        ("at&t", "the first one", "att"),
        ("comcast", "the home one", "xfinity_home"),
        ("comcast", "business", "comcast_business"),
    ],
)
def test_a_word_chooses_among_the_companies_that_were_offered(brand: str, said: str, carrier: str) -> None:
    talk = begun(WIRELESS, "carrier")
    assert keys(tell(talk, brand)) == ["carrier.which"]
    tell(talk, said)
    assert values(talk)["carrier"][0] == carrier


@pytest.mark.parametrize("said", ["yes", "no", "my cell or home", "the fifth", "the ninth one"])
def test_what_means_none_or_several_of_them_chooses_nothing(said: str) -> None:
    talk = begun(WIRELESS, "carrier")
    tell(talk, "verizon", said)
    assert "carrier" not in values(talk)


def test_no_before_an_exact_name_corrects() -> None:
    talk = begun(WIRELESS, "carrier")
    tell(talk, "no. verizon cell phone")
    assert values(talk)["carrier"][0] == "verizon"
    talk = begun(WIRELESS, "carrier")
    tell(talk, "AT&T", "no verizon wireless")
    assert values(talk)["carrier"][0] == "verizon"


def test_no_before_a_name_where_nothing_was_asked_is_asked_back() -> None:
    talk = begun(WIRELESS, "carrier")
    assert keys(tell(talk, "no verizon wireless")) == ["carrier.is_it"]
    tell(talk, "not verizon wireless")
    assert "carrier" not in values(talk)


def test_a_kind_of_phone_is_no_company() -> None:
    assert keys(tell(begun(WIRELESS, "carrier"), "its a mobile"))[0] == "carrier.unreadable"


def test_the_company_beside_a_number_is_asked_about_and_not_asked_for() -> None:
    talk = Talk()
    shown = tell(talk, "/start", "my moms landline 415-421-6610 spectrum home phone, its her account not mine")
    assert keys(shown) == ["carrier.is_it"]
    assert "Spectrum home phone" in shown[-1].text
    assert "carrier" not in values(talk)


def test_a_company_that_is_denied_is_not_asked_about() -> None:
    assert "carrier.is_it" not in keys(tell(Talk(), "/start", "415-421-6610 not spectrum home phone"))


# all on one bill, said with the company


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("carrier", "Comcast Business, all on one bill"),
        (
            "",
            "We want to move three landlines 415-421-8832, 415-421-8833 and 415-421-8834 to you."
            " Comcast Business, all on one bill",
        ),
    ],
)
def test_all_on_one_bill_said_with_the_company_is_not_asked(until: str, said: str) -> None:
    talk = begun(LANDLINE, until) if until else Talk()
    tell(talk, *([] if until else ["/start"]), said)
    assert values(talk)["carrier"][0] == "comcast_business"
    assert (values(talk)["one_bill"], talk.chat.asked) == (("yes",), "btn")


@pytest.mark.parametrize("said", ["Comcast Business, not all on one bill", "Comcast Business, all on one bill?"])
def test_a_doubt_about_one_bill_is_no_yes(said: str) -> None:
    talk = begun(LANDLINE, "carrier")
    tell(talk, said)
    assert "one_bill" not in values(talk)


# an address in pieces


@pytest.mark.parametrize(
    "pieces",
    [
        ("same place 22 oak st apt 3 san francisco", "CA 94102 duh"),
        ("22 oak st apt 3, san francisco", "CA", "94102"),
        ("22 oak st apt 3", "san francisco, ca 94102"),
        ("22 oak st apt 3, san francisco, 94102", "California"),
        ("22 oak st apt 3, san francisco", "where is that on the bill?", "CA 94102"),
    ],
)
def test_a_piece_that_completes_an_address_is_joined_to_it(pieces: tuple[str, ...]) -> None:
    talk = begun(WIRELESS, "address")
    shown = tell(talk, *pieces)
    assert keys(shown)[0] == "address.joined"
    assert values(talk)["address"][0].lower() == "22 oak st"
    assert values(talk)["address"][3:] == ("CA", "94102")
    assert "address_begun" not in values(talk)


def test_what_is_missing_of_an_address_is_named() -> None:
    talk = begun(WIRELESS, "address")
    shown = tell(talk, "same place 22 oak st apt 3 san francisco")
    assert keys(shown)[0] == "address.needs_state_zip"
    assert "the state and the ZIP code" in shown[-1].text


def test_another_whole_address_takes_the_place_of_what_was_begun() -> None:
    talk = begun(WIRELESS, "address")
    tell(talk, "22 oak st, San Francisco", "98 Pine Street, Oakland, CA 94601")
    assert values(talk)["address"] == ("98 Pine Street", "", "Oakland", "CA", "94601")
    assert "address_begun" not in values(talk)


# two whole numbers, the second meant


def test_the_second_of_two_numbers_replaces_ours_only_when_that_is_confirmed() -> None:
    talk = begun(WIRELESS, "carrier")
    said = "sorry 2 at the end not 1. 415 555 2672 wait, no i mean 415 421 8833"
    assert keys(tell(talk, said)) == ["numbers.replace"]
    assert values(talk)["numbers"] == ("+14154218832",)
    tell(talk, "!swap:+14154218832:+14154218833")
    assert (values(talk)["numbers"], talk.chat.asked) == (("+14154218833",), "carrier")


def test_the_first_of_them_being_ours_it_is_replaced() -> None:
    talk = begun(WIRELESS, "working")
    assert keys(tell(talk, "415 421 8832 wait, no i mean 415 421 8899"))[0] == "numbers.corrected"
    assert values(talk)["numbers"] == ("+14154218899",)


def test_two_numbers_of_which_one_is_taken_back_are_not_both_taken() -> None:
    talk = Talk()
    assert keys(tell(talk, "/start", "415 421 2672 wait, no i mean 415 421 8833"))[0] == "numbers.which"
    assert not talk.requests


def test_where_calls_ring_such_a_slip_is_not_the_number_to_move() -> None:
    talk = begun(WIRELESS, "destination")
    tell(talk, "415 421 2672 wait, no i mean 415 421 8833")
    assert (values(talk)["numbers"], talk.chat.asked) == (("+14154218832",), "destination")
