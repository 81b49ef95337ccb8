"""Some lines of an account move and others stay: told by their endings, by words, or not at all."""

import pytest

from domain.intake.readings.staying import mask_but_phones
from tests.domain.talk import Talk
from tests.domain.ways import FAX, LANDLINE, begun, keys, tell, values

MAIN = "+14154218832"
BOYLSTON = "88 Boylston St, Boston MA 02116"
PARTIAL = {**LANDLINE, "numbers": "415-421-8832, 415-421-8833", "one_bill": f"!main:{MAIN}", "btn": f"!main:{MAIN}"}
FAXES = {**FAX, "numbers": "fax 415-421-8832, 415-421-8833", "one_bill": f"!main:{MAIN}", "btn": f"!main:{MAIN}"}


def _deleted(talk: Talk) -> int:
    return sum(owed.kind == "delete" for owed in talk.owed)


def test_endings_in_a_first_message_are_the_numbers_that_move() -> None:
    talk = Talk()
    talk.say(
        "we want to move 3: 512-474-2210, -2211, -2212. 2213 is the alarm and 2214 has the dsl, those stay."
        " main number 2210 moves too"
    )
    assert values(talk)["numbers"] == ("+15124742210", "+15124742211", "+15124742212")
    assert _deleted(talk) == 0


def test_endings_of_lines_that_stay_are_no_secrets() -> None:
    talk = begun(PARTIAL, "stays")
    tell(talk, "8834 alarm, 8835 dsl")
    assert values(talk)["stays"] == ("8834 alarm, 8835 dsl",)
    assert _deleted(talk) == 0


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("the alarm line 7713 stays", "the alarm line 7713 stays"),
        ("dsl on 7714", "dsl on 7714"),
        ("the alarm code is 7713", "the alarm code is ••••"),
        ("alarm, pin 7713", "alarm, pin ••••"),
        ("it was 7713", "it was ••••"),
        ("it was 8840", "it was 8840"),
        ("415-421-8840 and alarm 7713", "415-421-8840 and alarm 7713"),
    ],
)
def test_only_what_is_called_a_line_or_close_to_the_block_is_left_readable(said: str, shown: str) -> None:
    assert mask_but_phones(said, (MAIN,)) == shown


@pytest.mark.parametrize("way", [PARTIAL, FAXES])
@pytest.mark.parametrize(
    "said", ["8834 alarm", "the alarm", "two lines", "dsl stays and the alarm", "8834 and 8835", "a burglar alarm"]
)
def test_the_main_number_of_what_stays_is_asked_by_whatever_words(way: dict[str, str], said: str) -> None:
    talk = begun(way, "stays")
    tell(talk, said)
    if talk.chat.asked == "texting":
        tell(talk, "!no")
    assert talk.chat.asked == "new_btn"


@pytest.mark.parametrize("said", ["internet", "the internet stays", "cable tv and wi-fi"])
def test_what_has_no_number_needs_no_main_number(said: str) -> None:
    talk = begun(PARTIAL, "stays")
    tell(talk, said)
    tell(talk, "!no")
    assert talk.chat.asked == "destination"


def _at_new_main(stays: str = "the alarm") -> Talk:
    talk = begun(PARTIAL, "stays")
    tell(talk, stays)
    tell(talk, "!no")
    return talk


@pytest.mark.parametrize("said", ["no other number", "none", "!no_line_stays"])
def test_what_stays_may_have_no_number(said: str) -> None:
    talk = _at_new_main()
    tell(talk, said)
    assert (talk.chat.asked, values(talk)["stays"]) == ("destination", ("the alarm",))


def test_other_words_for_what_stays_ask_for_its_main_number_again() -> None:
    talk = _at_new_main()
    tell(talk, "none")
    talk.command("back")
    while talk.chat.asked != "stays":
        talk.command("back")
    tell(talk, "two lines")
    if talk.chat.asked == "texting":
        tell(talk, "!no")
    assert talk.chat.asked == "new_btn"


def test_nothing_stays_after_all() -> None:
    talk = _at_new_main()
    assert keys(tell(talk, "nothing stays!!"))[0] == "stays.nothing_noted"
    assert (talk.chat.asked, values(talk)["stays"]) == ("destination", ("nothing",))


def test_the_main_number_of_what_stays_may_be_told_by_its_ending() -> None:
    talk = _at_new_main()
    tell(talk, "8840")
    assert values(talk)["new_btn"] == ("+14154218840",)


@pytest.mark.parametrize(("said", "number"), [("415-421-8840", "(415) 421-8840"), ("8840", "(415) 421-8840")])
def test_a_number_alone_is_said_back_as_a_line_that_stays(said: str, number: str) -> None:
    talk = begun(PARTIAL, "stays")
    shown = tell(talk, said)
    assert (keys(shown)[0], values(talk)["stays"]) == ("stays.understood", (number,))
    assert number in shown[0].text
    assert _deleted(talk) == 0
    talk.press("notso.stays")
    assert talk.chat.asked == "stays"
    tell(talk, "!nothing.no")
    assert values(talk)["stays"] == ("nothing",)


def test_the_button_that_puts_it_right_is_old_once_the_request_is_on_its_way() -> None:
    talk = begun(PARTIAL, "stays")
    tell(talk, "415-421-8840")
    talk.command("cancel")
    talk.press("cancel.yes")
    assert keys(talk.press("notso.stays")) == ["press.stale"]


def test_a_number_that_moves_does_not_stay() -> None:
    talk = begun(PARTIAL, "stays")
    assert keys(tell(talk, "415-421-8833"))[0] == "stays.it_moves"
    assert "stays" not in values(talk)


def test_four_figures_far_from_the_block_may_be_a_pin() -> None:
    talk = begun(PARTIAL, "stays")
    tell(talk, "4821")
    assert "stays" not in values(talk)
    assert _deleted(talk) == 1


@pytest.mark.parametrize(
    "said", ["nothing stays!!", "no other number", "Nothing else.", "everything moves", "no other lines"]
)
def test_nothing_stays_in_many_words(said: str) -> None:
    talk = begun(PARTIAL, "stays")
    tell(talk, said)
    assert values(talk)["stays"] == ("nothing",)


# whether all numbers are on one bill


@pytest.mark.parametrize(
    "said",
    [
        "wait 7713 is on a different thing, same bill",
        "hm",
        "what is that 8833 thing",
        "it's complicated",
        "Priya",
        "calls go to 415-200-0100 please",
        "415-421-8833 has the alarm on it",
    ],
)
def test_what_is_no_clear_no_is_none(said: str) -> None:
    talk = begun(PARTIAL, "one_bill")
    shown = tell(talk, said)
    assert "one_bill.which" not in keys(shown)
    assert {"yes", "no"} <= {choice.code for choice in shown[-1].choices}
    assert "one_bill" not in values(talk)


@pytest.mark.parametrize("said", ["no", "nope, two bills", "they are on different bills", "not all of them", "!no"])
def test_a_clear_no_parts_the_bills(said: str) -> None:
    assert keys(tell(begun(PARTIAL, "one_bill"), said)) == ["one_bill.which"]


@pytest.mark.parametrize(
    ("said", "question", "value"),
    [
        ("wait 8834 and 8835 are on the same bill too but stay", "stays", ("8834 and 8835 stay",)),
        ("authorized, im ops manager", "authority", ("allowed",)),
        (f"Vale Dental LLC, {BOYLSTON}", "name", ("business", "Vale Dental LLC")),
        (
            f"Vale Dental LLC, {BOYLSTON}",
            "address",
            ("88 Boylston St", "", "Boston", "MA", "02116"),
        ),
    ],
)
def test_what_answers_another_question_is_kept_where_one_bill_is_asked(
    said: str, question: str, value: tuple[str, ...]
) -> None:
    talk = begun(PARTIAL, "one_bill")
    shown = tell(talk, said)
    assert keys(shown)[0] == "text.also_noted"
    assert (talk.chat.asked, values(talk)[question]) == ("one_bill", value)


# whose account it is

TOLL_FREE = ("/start", "800-421-8832", "RingCentral")


def test_a_company_and_who_speaks_for_it_are_both_kept_for_a_toll_free_number() -> None:
    talk = Talk()
    for said in TOLL_FREE:
        tell(talk, said)
    tell(talk, "it's for the shop. Dolores Flower Shop LLC. im Dolores Quintana, owner")
    assert values(talk)["name"] == ("business", "Dolores Flower Shop LLC")
    assert values(talk)["contact"] == ("Dolores", "Quintana")


def test_a_person_alone_is_not_the_name_on_a_toll_free_bill() -> None:
    talk = Talk()
    for said in TOLL_FREE:
        tell(talk, said)
    tell(talk, "it is for the shop, and my name is Dolores Quintana")
    assert "name" not in values(talk)
    assert values(talk)["contact"] == ("Dolores", "Quintana")


@pytest.mark.parametrize(
    "said", ["no the bill says Dolores Flower Shop LLC", "name on the bill is Dolores Flower Shop LLC"]
)
def test_the_name_is_put_right_at_the_check(said: str) -> None:
    talk = begun(PARTIAL, "review")
    shown = tell(talk, said)
    assert values(talk)["name"] == ("business", "Dolores Flower Shop LLC")
    assert keys(shown)[0] == "name.taken"


@pytest.mark.parametrize("said", ["it should be Verizon Wireless", "the bill says 12 Main Street", "the bill says so"])
def test_other_things_at_the_check_do_not_change_the_name(said: str) -> None:
    talk = begun(PARTIAL, "review")
    before = values(talk)["name"]
    tell(talk, said)
    assert values(talk)["name"] == before


def _raj(*then: str) -> Talk:
    talk = Talk()
    for said in ("name is Raj Patel, want to move 415-421-8832 from verizon wireless", "!yes"):
        tell(talk, said)
    talk.document()
    for said in then:
        tell(talk, said)
    return talk


def test_the_own_name_falls_when_the_account_is_somebody_elses() -> None:
    talk = _raj("!someone_else")
    assert "name" not in values(talk)


def test_the_name_beside_somebody_elses_account_is_its_holders() -> None:
    talk = _raj("no its my wifes account, Priya Patel")
    assert values(talk)["authority"] == ("someone_else",)
    assert values(talk)["name"] == ("person", "Priya", "Patel")
    tell(talk, "priya@example.com")
    assert values(talk)["signer"] == ("Priya Patel", "priya@example.com")


def test_a_name_given_for_the_bill_stays_when_it_turns_out_that_another_signs() -> None:
    talk = _raj("!holder")
    tell(talk, "1455 Market Street, San Francisco, CA 94103")
    assert values(talk)["name"] == ("person", "Raj", "Patel")


def test_words_about_a_request_that_has_no_number_are_masked_too() -> None:
    """A finding of the machine: what ended before a number was given has a blank one."""
    assert mask_but_phones("1250 Rue Guy, Suite 400", ("",)) == "•••• Rue Guy, Suite 400"
