"""What people really do: they ask back, change their minds, offer things unasked, and mean another request."""

import pytest

from domain.desk.state import Owed
from domain.orders.references import check_character, make_reference, read_reference
from tests.domain.standing import at_phase
from tests.domain.talk import ANSWERS, Shown, Talk
from tests.domain.ways import LANDLINE, begun


def keys(shown: list[Shown]) -> str:
    """Return the wording keys of what was shown."""
    return " ".join(each.owed.key for each in shown)


def removed(talk: Talk) -> list[Owed]:
    """Return the deletions that are owed."""
    return [owed for owed in talk.owed if owed.kind == "delete"]


# asking back


@pytest.mark.parametrize("question", [q for q in ANSWERS if q != "review"])
def test_a_question_back_is_answered_with_why_we_ask_and_the_question_stays_open(question: str) -> None:
    talk = Talk()
    talk.until(question)
    shown = talk.say("why on earth do you want to know that?")
    assert f"why.{question}" in keys(shown)
    assert talk.chat.asked == question


def test_a_signed_customer_who_asks_back_is_read_by_the_desk_too() -> None:
    talk = Talk()
    talk.until("pin")
    assert "text.passed_on" in keys(talk.say("can I please talk to a human being?"))
    assert any("human being" in post for post in talk.posts)
    assert talk.chat.asked == "pin"


def test_an_unknown_carrier_is_taken_only_when_confirmed() -> None:
    talk = Talk()
    talk.until("carrier")
    assert "carrier.unknown" in keys(talk.say("Blue Sky Phones"))
    assert "carrier" not in talk.case().answers
    talk.press("as:Blue Sky Phones")
    assert talk.case().answers["carrier"].value == ("other", "Blue Sky Phones")
    assert talk.chat.asked == "line"
    talk.press("landline")
    assert talk.chat.asked == "working"
    assert talk.number.number_class == "landline"


@pytest.mark.parametrize("text", ["what?", "K7Q2X9", "ab", "x" * 40, "mail@example.org"])
def test_what_is_no_carriers_name_is_not_even_offered(text: str) -> None:
    talk = Talk()
    talk.until("carrier")
    assert "as:" not in "".join(choice.code for shown in talk.say(text) for choice in shown.choices)


# changing one's mind


def test_a_change_begun_by_mistake_is_left_with_back_and_the_old_answer_stands() -> None:
    talk = Talk()
    talk.until("review")
    talk.press("change.name")
    talk.command("back")
    assert talk.chat.asked == "review"
    assert talk.case().answer("name") == ("person", "Maria", "Alvarez")


def test_a_bill_may_come_later_and_the_request_goes_on_when_it_comes() -> None:
    talk = Talk(does_errands=False)
    talk.until("bill")
    talk.press("later")
    for question in ("authority", "name", "address", "destination", "account"):
        talk.answer(question)
    talk.press("correct")
    talk.answer("signature")
    assert "done.bill_later" in keys(talk.say("482913"))
    assert talk.request.status == "awaiting_documents"
    talk.document()
    talk.run_errands()
    assert talk.request.status == "staff_review"


# secrets offered unasked


def test_a_pin_that_was_left_for_later_is_taken_whenever_it_comes() -> None:
    talk = Talk()
    talk.until("pin")
    talk.press("later")
    before = len(removed(talk))
    talk.say("482915")
    assert talk.case().answer("pin") == ("••••",)
    assert len(removed(talk)) == before + 1
    assert not any("482915" in post for post in talk.posts)


def test_a_pin_sent_when_none_is_wanted_is_removed_and_goes_nowhere() -> None:
    talk = at_phase("scheduled")
    before, posts = len(removed(talk)), len(talk.posts)
    assert "secret.not_now" in keys(talk.say("482915"))
    assert len(removed(talk)) == before + 1
    assert len(talk.posts) == posts


def test_a_pin_in_pieces_is_masked_whole() -> None:
    talk = at_phase("scheduled")
    talk.say("hello, here is my pin 4829 15, ok?")
    assert not any(digits in talk.posts[-1] for digits in ("4829", "15,"))


def test_a_pin_named_beside_the_account_number_is_taken_with_it_and_both_leave_the_chat() -> None:
    talk = Talk()
    talk.until("account")
    talk.say("287041993, my transfer pin is 482913")
    assert talk.chat.asked == "review"
    kept = talk.request.id
    assert (talk.secrets[kept, "account"], talk.secrets[kept, "pin"]) == ("287041993", "482913")
    assert len(removed(talk)) == 1


def test_a_pin_alone_is_no_account_number() -> None:
    talk = Talk()
    talk.until("account")
    assert "account.with_pin" in keys(talk.say("my pin is 482913"))
    assert "account" not in talk.case().answers


@pytest.mark.parametrize(
    "where",
    ["1455 Market Street 482917, San Francisco, CA 94103", "1455 Market Street, Apt 482917, San Francisco, CA 94103"],
)
def test_a_long_number_inside_an_address_is_not_kept(where: str) -> None:
    talk = Talk()
    talk.until("address")
    talk.say(where)
    assert "address" not in talk.case().answers


# after a rejection


def test_later_after_a_rejection_repairs_nothing_and_loses_nothing() -> None:
    talk = at_phase("rejected")
    assert "repair.later" in keys(talk.say("later"))
    assert talk.request.repaired is None
    assert talk.staff("submit").key == "submit.not_repaired"
    talk.press("fixed")
    assert talk.case().answer("pin") == ("••••",)
    assert not talk.staff("submit").error


@pytest.mark.parametrize(
    ("reason", "question"), [("wrong account", "account"), ("name mismatch", "name"), ("address", "address")]
)
def test_each_reason_reopens_its_own_answer(reason: str, question: str) -> None:
    talk = at_phase("submitted")
    assert not talk.staff("reject", reason).error
    talk.forward(seconds=61)
    assert talk.chat.asked == question
    assert [q for q, a in talk.case().answers.items() if a.reopened] == [question]


def test_who_signed_for_a_company_and_may_not_is_asked_for_anew() -> None:
    """A finding of a conversation talked through: the same person had to sign again, who had just been refused."""
    talk = begun(LANDLINE)
    talk.staff("submit")
    talk.staff("reject", "signer not authorized")
    talk.forward(seconds=61)
    assert talk.chat.asked == "authority"
    talk.press("allowed")
    assert talk.chat.asked == "contact"
    talk.say("Ben Baker")
    assert talk.chat.asked == "signature"
    talk.say("Ben Baker")
    assert talk.request.repaired == "corrected"


def test_somebody_else_who_signs_leaves_nobody_to_be_named_beside() -> None:
    talk = begun(LANDLINE)
    talk.staff("submit")
    talk.staff("reject", "signer not authorized")
    talk.forward(seconds=61)
    talk.press("someone_else")
    assert talk.chat.asked == "signer"
    talk.say("Ann Lee, ann@example.com")
    assert talk.request.repaired == "corrected"


def test_an_account_number_that_comes_before_it_is_asked_for_again_is_not_said_to_stay() -> None:
    """A finding of a conversation talked through: a button of a check was named, and there was none."""
    talk = begun(LANDLINE)
    talk.staff("submit")
    talk.staff("reject", "nothing matches")
    talk.forward(seconds=61)
    talk.say("415-421-8832")
    talk.say("Blue Door Bakery Inc\nTom Baker")
    assert talk.chat.asked == "address"
    assert keys(talk.say("8155300120012399")) == "secret.not_now+ask.address"


def test_a_changed_name_is_signed_again_before_it_goes_out_again() -> None:
    talk = at_phase("submitted")
    talk.staff("reject", "name mismatch")
    talk.forward(seconds=61)
    talk.say("Maria Jane Alvarez")
    assert talk.chat.asked == "signature"
    talk.say("Maria Jane Alvarez")
    assert talk.request.repaired == "corrected"
    assert not talk.staff("submit").error


# what the customer knows


def test_status_shows_what_the_customer_was_told_and_not_what_staff_can_still_take_back() -> None:
    talk = at_phase("scheduled")
    talk.staff("complete")
    assert "status.phase.scheduled" in talk.command("status")[-1].owed.params["lines"]
    talk.forward(seconds=61)
    assert "status.phase.ported" in talk.command("status")[-1].owed.params["lines"]


def test_cancel_with_another_requests_reference_offers_that_one() -> None:
    talk = at_phase("staff_review")
    first = talk.ref
    talk.until("name")
    shown = talk.hear("command", f"/cancel {first.lower()}", code="cancel")
    assert "cancel.other" in keys(shown)
    assert shown[-1].choices[0].params["ref"] == first


# staff


def test_the_carriers_order_number_can_be_noted_after_submitting() -> None:
    talk = at_phase("carrier_review")
    talk.staff("submit", "88123-A")
    changed = talk.staff("submit", "99999")
    assert (changed.key, changed.params["before"]) == ("submit.order_changed", "88123-A")
    assert "changed the carrier's order number from 88123-A to 99999" in talk.posts[-1]
    order = talk.case().order
    assert order is not None
    assert order.carrier_order == "99999"
    assert talk.request.status == "carrier_review"


def test_no_date_is_set_whose_window_is_over() -> None:
    talk = at_phase("pending_date")
    assert talk.staff("date", "today").key == "date.window_over"  # it is past ten
    assert talk.request.status == "pending_date"


def test_a_named_phase_is_reached_once() -> None:
    talk = at_phase("submitted")
    assert not talk.staff("advance", "carrier").error
    assert talk.staff("advance", "carrier").key == "advance.there"
    assert talk.staff("advance", "scheduled").key == "advance.not_next"
    assert talk.request.status == "carrier_review"


def test_the_same_date_again_is_no_new_date() -> None:
    talk = at_phase("scheduled")
    assert talk.staff("date", "2026-12-01").key == "date.same"


def test_a_reference_is_read_with_and_without_its_letter() -> None:
    ref = make_reference(lambda alphabet: alphabet[7])
    assert read_reference(ref[2:].lower()) == read_reference(ref.lower()) == read_reference(ref.replace("-", "")) == ref
    wrong = ref[:-1] + ("2" if ref[-1] != "2" else "3")
    assert read_reference(wrong) is None
    assert check_character(ref[2:-1]) == ref[-1]
