"""The first half of the conversation: numbers, carrier, whether it can go at all, the bill, and whose account it is."""

import pytest

from tests.domain.talk import BILL, Shown, Talk
from tests.domain.ways import LANDLINE, PLACE, SOMEONE_ELSES, WIRELESS, begun, keys, tell, values

THREE = ("+14154218832", "+14154218833", "+14154218834")


def _codes(shown: list[Shown]) -> list[str]:
    return [choice.code for choice in shown[-1].choices]


# numbers and carrier


@pytest.mark.parametrize(
    "typed",
    [
        "415-421-8832, 415-421-8833, 415-421-8834",
        "415-421-8832 and 415-421-8833 and 415-421-8834",
        "1) (415) 421-8832\n2) (415) 421-8833\n3) (415) 421-8834",
        "main 4154218832; fax 4154218833; shop 4154218834; again 415.421.8832",
    ],
)
def test_several_numbers_are_taken_however_they_are_pasted(typed: str) -> None:
    talk = Talk()
    tell(talk, "/start", typed)
    assert values(talk)["numbers"] == THREE
    assert [n.e164 for n in talk.case().numbers] == list(THREE)
    assert talk.case().order is not None
    assert talk.chat.asked == "carrier"


@pytest.mark.parametrize("bad", ["415-421-88", "1-800-555-0199", "+44 20 7946 0958"])
def test_a_bad_number_among_good_ones_is_told_and_spoils_nothing(bad: str) -> None:
    talk = Talk()
    shown = tell(talk, "/start", f"415-421-8832\n{bad}\n415-421-8833")
    assert values(talk)["numbers"] == THREE[:2]
    assert keys(shown)[0] == "numbers.left_out"
    assert bad.strip("+") in shown[0].text


def test_more_than_a_hundred_numbers_go_into_a_file_which_is_sent_to_be_filled_in() -> None:
    talk = Talk()
    shown = tell(talk, "/start", ", ".join(f"415-421-{n}" for n in range(8800, 8901)))
    assert keys(shown) == ["list.template", "list.template_too", "numbers.too_many", "ask.numbers"]
    assert talk.requests == {}


def test_number_and_carrier_in_one_message_are_both_taken() -> None:
    talk = Talk()
    tell(talk, "/start", "415-421-8832, Verizon Wireless")
    assert values(talk)["carrier"] == ("verizon", "Verizon Wireless")
    assert talk.chat.asked == "working"


@pytest.mark.parametrize("steps", [("415-421-8832 Verizon",), ("415-421-8832", "verizon")])
def test_a_brand_alone_is_never_taken_silently(steps: tuple[str, ...]) -> None:
    talk = Talk()
    shown = tell(talk, "/start", *steps)
    assert keys(shown)[-1] == "carrier.which"
    assert _codes(shown) == ["is:verizon", "is:verizon_home", "is:verizon_prepaid", "is:verizon_business", "another"]
    assert "carrier" not in values(talk)
    tell(talk, "!is:verizon_home")
    order = talk.case().order
    assert order is not None
    assert (order.carrier, order.number_class, talk.number.number_class) == ("verizon_home", "landline", "landline")


def test_the_offered_lines_need_not_be_the_right_ones() -> None:
    talk = Talk()
    shown = tell(talk, "/start", "415-421-8832", "Verizon", "!another")
    assert keys(shown) == ["carrier.type_it", "ask.carrier"]
    tell(talk, "Comcast Business")
    assert values(talk)["carrier"][0] == "comcast_business"


@pytest.mark.parametrize(("line", "wanted"), [("wireless", "destination"), ("landline", "stays")])
def test_a_carrier_that_nobody_knows_is_confirmed_and_its_line_asked_for(line: str, wanted: str) -> None:
    talk = Talk()
    shown = tell(talk, "/start", "415-421-8832", "Blue Sky Phones")
    assert keys(shown) == ["carrier.unknown"]
    assert "carrier" not in values(talk)
    assert keys(tell(talk, "!as:Blue Sky Phones")) == ["ask.line"]
    tell(talk, f"!{line}", "!yes", "@", "!holder", f"Maria Alvarez\n{PLACE}")
    if line == "landline":
        tell(talk, "!private")
    assert values(talk)["carrier"] == ("other", "Blue Sky Phones")
    assert (talk.number.number_class, talk.chat.asked) == (line, wanted)


def test_a_change_of_carrier_asks_again_for_what_only_the_old_one_could_say() -> None:
    talk = begun(WIRELESS, "review")
    tell(talk, "!change.carrier", "Comcast Business")
    assert talk.chat.asked == "stays"
    assert talk.secrets == {}
    tell(talk, "!nothing.no")
    assert talk.chat.asked == "account"
    assert talk.number.number_class == "landline"


# one bill


def test_numbers_on_several_bills_become_several_requests() -> None:
    talk = Talk()
    tell(talk, "/start", LANDLINE["numbers"], LANDLINE["carrier"])
    assert keys(tell(talk, "!no")) == ["one_bill.which"]
    assert keys(tell(talk, "415-421-8899")) == ["one_bill.which"]
    shown = tell(talk, "415-421-8834, 415-421-8832")
    assert keys(shown)[0] == "one_bill.others"
    assert values(talk)["numbers"] == (THREE[0], THREE[2])
    assert [n.e164 for n in talk.case().numbers] == [THREE[0], THREE[2]]
    begun(LANDLINE, talk=talk)
    assert "others" in _codes(talk.screen[-1:])
    first = talk.newest
    assert keys(tell(talk, "!others"))[0] == "others.begun"
    assert talk.newest != first
    assert values(talk)["numbers"] == (THREE[1],)
    assert talk.chat.asked == "carrier"
    assert len(talk.case(first).numbers) == 2


def test_all_on_one_bill_after_all() -> None:
    talk = Talk()
    tell(talk, "/start", LANDLINE["numbers"], LANDLINE["carrier"], "!no", "!yes")
    assert values(talk)["numbers"] == THREE
    assert talk.chat.asked == "btn"


def test_one_number_is_on_one_bill() -> None:
    assert begun(WIRELESS, "working").chat.asked == "working"


# can it go


@pytest.mark.parametrize("trouble", ["cancelled", "off", "ordered"])
def test_trouble_with_the_line_is_answered_and_staff_see_it(trouble: str) -> None:
    talk = begun(WIRELESS, "working")
    shown = tell(talk, f"!{trouble}")
    assert keys(shown) == [f"working.{trouble}"]
    assert _codes(shown) == ["again", "person"]
    assert values(talk)["flags"] == (f"line_{trouble}",)
    assert "working" not in values(talk)
    tell(talk, "!again")
    assert talk.chat.asked == "bill"


def test_who_has_cancelled_already_may_ask_for_a_person_at_once() -> None:
    talk = begun(WIRELESS, "working")
    tell(talk, "!cancelled", "!person")
    assert "asks for a person" in talk.posts[-1]
    assert any(owed.kind == "card" for owed in talk.owed)
    assert talk.chat.asked == "working"


# the bill


def test_a_bill_is_put_off_by_its_button_and_asked_for_at_the_end() -> None:
    talk = begun({**WIRELESS, "bill": "!later"})
    assert talk.request.status == "awaiting_documents"
    assert talk.screen[-1].owed.key.endswith("done.bill_later")
    tell(talk, "@")
    assert talk.request.status == "staff_review"


def test_a_bill_sent_before_it_was_asked_for_is_kept_and_not_asked_for_again() -> None:
    talk = begun(WIRELESS, "working")
    shown = tell(talk, "@")
    assert keys(shown) == ["bill.kept_early", "ask.working_wireless"]
    tell(talk, "!yes")
    assert talk.chat.asked == "authority"


def test_a_file_without_a_request_is_answered() -> None:
    assert keys(Talk().document()) == ["start.welcome", "bill.kept_early", "stage.line", "ask.numbers"]


def test_an_album_is_kept_whole_and_answered_once() -> None:
    talk = begun(WIRELESS, "bill")
    shown = [talk.hear("document", document=BILL, album="a1") for _ in range(3)]
    assert [keys(each)[-1:] for each in shown] == [["ask.authority"], [], []]
    assert [p.status for p in talk.papers.values()] == ["kept"] * 3


# whose account


@pytest.mark.parametrize(("authority", "signer"), [("holder", ("Maria", "Alvarez")), ("allowed", ("Anna", "Berg"))])
def test_the_holder_signs_or_the_one_whom_the_holder_allowed_to(authority: str, signer: tuple[str, str]) -> None:
    talk = begun({**WIRELESS, "authority": f"!{authority}", "contact": "Anna Berg"}, "signature")
    given = values(talk)
    assert given["contact" if authority == "allowed" else "name"][-2:] == signer
    assert " ".join(signer) in talk.screen[-1].text
    tell(talk, " ".join(signer))
    assert values(talk)["signature"][0] == " ".join(signer)


def test_who_is_not_sure_is_told_what_it_means_and_asked_again() -> None:
    talk = begun(WIRELESS, "authority")
    shown = tell(talk, "!unsure")
    assert keys(shown) == ["authority.help"]
    assert _codes(shown) == ["holder", "allowed", "someone_else"]
    tell(talk, "!allowed")
    assert values(talk)["authority"] == ("allowed",)


def test_an_account_of_somebody_elses_goes_to_the_desk_unsigned() -> None:
    talk = begun(SOMEONE_ELSES, "pin")
    assert values(talk)["signer"] == ("Anna Alvarez", "anna@example.com")
    assert not any("letter.text" in s.owed.key or "ask.signature" in s.owed.key for s in talk.screen)
    assert talk.request.signed_at is None
    assert "Anna Alvarez" in next(p for p in talk.posts if p.startswith("New request"))
    shown = tell(talk, "482913")
    assert keys(shown) == ["done.unsigned"]
    assert talk.request.status == "awaiting_documents"
    assert talk.staff("submit").error


def test_the_letter_of_somebody_else_is_noted_by_staff_and_only_then_it_may_go_out() -> None:
    talk = begun(SOMEONE_ELSES)
    assert talk.staff("letter").params["signer"] == "Anna Alvarez"
    assert talk.request.status == "staff_review"
    assert talk.request.signed_at is not None
    assert talk.staff("letter").key == "letter.here"
    assert talk.staff("submit").key == "submit.done"


def test_of_a_letter_that_came_the_customer_reads_that_the_desk_has_the_request_and_not_again() -> None:
    talk = begun(SOMEONE_ELSES)
    talk.staff("letter")
    [told] = [shown.text for shown in talk.forward(seconds=61) if shown.owed.key.startswith("notice.")]
    assert "is with our desk." in told
    assert "We note that the letter of Anna Alvarez is signed on paper." in told


def test_whoever_has_a_name_in_one_word_signs_with_it() -> None:
    talk = begun(WIRELESS, "name")
    tell(talk, "王小明")
    while question := talk.chat.asked if talk.chat.asked != "signature" else "":
        talk.answer(question)
    tell(talk, "王小明")
    assert values(talk)["name"] == ("person", "王小明")
    assert talk.request.signed_at is not None


def test_the_whole_name_of_a_company_is_taken_up_to_120_characters_and_what_is_longer_is_said_so() -> None:
    long = "Board of Trustees of the Leland Stanford Junior University and Affiliated Hospitals of California Inc"
    talk = begun(WIRELESS, "name")
    [told] = tell(talk, f"{long} and all of its Affiliated Clinics")
    assert "name can be here: 120 characters" in told.text
    tell(talk, long)
    assert values(talk)["name"] == ("business", long)


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("416-421-8832, Bell", ["is:bell_mobility", "is:bell_home", "another"]),
        ("415-421-8832, Bell", ["is:altafiber", "another"]),
        ("800-421-8832, Verizon", ["is:verizon_home", "is:verizon_business", "another"]),
    ],
)
def test_of_a_brand_with_several_lines_those_are_offered_that_can_have_the_number(
    said: str, offered: list[str]
) -> None:
    talk = Talk()
    tell(talk, said)
    assert [choice.code for choice in talk.screen[-1].choices] == offered


def test_a_letter_noted_by_mistake_is_taken_back() -> None:
    talk = begun(SOMEONE_ELSES)
    talk.staff("letter")
    talk.staff("undo")
    assert (talk.request.status, talk.request.signed_at) == ("awaiting_documents", None)
    assert "signature" not in values(talk)


def test_staff_cannot_note_a_letter_where_the_customer_signs() -> None:
    assert begun(WIRELESS).staff("letter").key == "letter.not_needed"


@pytest.mark.parametrize(
    ("typed", "key"), [("Anna Alvarez", "signer.needs_email"), ("anna@example.com", "signer.needs_name")]
)
def test_a_signer_has_a_name_and_an_address(typed: str, key: str) -> None:
    assert keys(tell(begun(SOMEONE_ELSES, "signer"), typed))[0] == key
