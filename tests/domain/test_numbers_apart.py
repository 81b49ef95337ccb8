"""Numbers of one request that part: what becomes of one holds up, hides or repeats nothing of the others."""

import pytest

from domain.desk.mending import AGAIN
from domain.intake.questions import next_question
from domain.values import replace
from tests.domain.talk import Shown, Talk
from tests.domain.test_after_the_move import two
from tests.domain.ways import LANDLINE, WIRELESS, fill, keys

A, B = "415-421-8832", "415-421-8833"
TWO = {**WIRELESS, "numbers": f"{A}, {B}"}


def at_desk() -> Talk:
    """Return a request for two numbers that the desk has."""
    talk = Talk()
    fill(talk, TWO)
    assert talk.request.status == "staff_review"
    return talk


def do(talk: Talk, *steps: tuple[str, str]) -> list[Shown]:
    """Do verbs of staff's, each told to the customer; return what is shown for the last."""
    shown: list[Shown] = []
    for verb, said in steps:
        told = talk.staff(verb, said)
        assert not told.error, told
        shown = talk.forward(seconds=61)
    return shown


def sent() -> Talk:
    """Return the same at the carrier, both numbers in one order."""
    talk = at_desk()
    do(talk, ("submit", "VZ-1"))
    return talk


def one_sent() -> Talk:
    """Return the same split in two, the first order at the carrier and the second still at the desk."""
    talk = at_desk()
    do(talk, ("split", f"{B}: another rate center"), ("submit", "#1 VZ-1"))
    return talk


MOVED = (("advance", "#1"), ("advance", "#1"), ("date", "#1 2026-12-01"), ("complete", "#1"))


def call_off(talk: Talk, number: str) -> list[Shown]:
    """Call one number off, as its customer."""
    [*_, asked] = talk.hear("command", f"/cancel {number}", code="cancel")
    return talk.push(asked, next(choice for choice in asked.choices if choice.code.startswith("cancel.yes")))


def phases(talk: Talk) -> list[str]:
    return [number.phase for number in talk.case().numbers]


# called off one by one


def test_an_answer_is_kept_though_a_number_was_called_off_meanwhile() -> None:
    talk = at_desk()
    do(talk, ("ask", "name: the bill says Maria J."))
    shown = call_off(talk, A)
    assert keys(shown)[:2] == ["cancel.some", "ask.name_wireless"]
    fill(talk, {**TWO, "name": "Maria J. Alvarez", "signature": "Maria J. Alvarez"})
    assert phases(talk) == ["cancelled", "staff_review"]


def test_a_corrected_answer_lets_the_rest_go_on_though_a_number_was_called_off() -> None:
    talk = at_desk()
    do(talk, ("ask", "destination: it does not ring"))
    call_off(talk, A)
    do(talk, ("edit", "destination: 415 200 0111"))
    assert phases(talk) == ["cancelled", "staff_review"]


@pytest.mark.parametrize("said", [f"/cancel {A}", "/cancel"])
def test_a_draft_is_thrown_away_whole(said: str) -> None:
    talk = Talk()
    fill(talk, TWO, "account")
    shown = talk.hear("command", said, code="cancel")
    assert "421-8833" in shown[-1].text
    talk.press("cancel.yes")
    assert phases(talk) == ["cancelled", "cancelled"]
    assert talk.posts == []


def with_one_cancelled(question: str) -> Talk:
    """Return a draft of which an earlier release let a number be cancelled."""
    talk = Talk()
    fill(talk, TWO, question)
    talk.numbers[talk.number.id] = replace(talk.number, phase="cancelled")
    return talk


def test_a_draft_with_a_cancelled_number_can_be_signed() -> None:
    talk = with_one_cancelled("signature")
    fill(talk, TWO)
    assert phases(talk) == ["cancelled", "staff_review"]


def test_a_draft_with_a_cancelled_number_expires() -> None:
    talk = with_one_cancelled("account")
    talk.forward(days=40)
    assert phases(talk) == ["cancelled", "expired"]


@pytest.mark.parametrize(("wish", "yes"), [("delete_my_data", "delete.yes"), ("cancel", "cancel.yes")])
def test_a_draft_with_a_cancelled_number_is_thrown_away(wish: str, yes: str) -> None:
    talk = with_one_cancelled("account")
    talk.command(wish)
    talk.press(yes)
    talk.forward(seconds=61)
    assert phases(talk) == ["cancelled", "cancelled"]


def test_a_number_given_later_is_not_born_cancelled_and_the_cancelled_one_stays_in_sight() -> None:
    talk = at_desk()
    call_off(talk, A)
    do(talk, ("ask", "numbers: one is missing"))
    fill(talk, {**TWO, "numbers": f"{B}, 415-421-8840"})
    assert phases(talk) == ["cancelled", "staff_review", "staff_review"]


# repaired one by one


def test_a_reason_of_the_desks_after_a_repair_leaves_nothing_to_be_repaired() -> None:
    talk = sent()
    do(talk, ("reject", "8833 wrong pin"))
    talk.say("771155")
    assert talk.request.repaired == "corrected"
    do(talk, ("reject", "8832 CARRIER_SILENT"))
    assert next_question(talk.case()) is None
    assert not talk.staff("submit", AGAIN).error


def test_a_repair_outlasts_the_end_of_another_refused_number_and_its_undo() -> None:
    talk = sent()
    do(talk, ("reject", "wrong pin"))
    talk.say("771155")
    assert not talk.staff("end", "8833 not portable").error
    assert not talk.staff("undo", "").error
    assert talk.request.repaired == "corrected"
    do(talk, ("end", "8833 not portable"))
    assert talk.request.repaired == "corrected"
    assert not talk.staff("submit", f"{A} VZ-1").error


def half_repaired() -> Talk:
    """Return two refused numbers, of which the first is put right and the second waits for another name."""
    talk = sent()
    do(talk, ("reject", "8832 wrong pin"), ("reject", "8833 NAME_MISMATCH"))
    for _ in range(9):
        question = next_question(talk.case())
        if question is None or question.id != "pin":
            break
        talk.say("771155")
    if talk.case().answers["pin"].reopened:
        talk.chat = replace(talk.chat, asked="pin")
        talk.say("771155")
    return talk


def test_what_only_a_number_that_is_called_off_had_asked_holds_the_others_up_no_more() -> None:
    talk = half_repaired()
    assert talk.request.repaired is None
    call_off(talk, B)
    assert phases(talk) == ["rejected", "cancel_requested"]
    assert not talk.case().answers["name"].reopened
    assert talk.request.repaired == "corrected"
    assert not talk.staff("submit", f"{A} VZ-1").error


def test_what_was_closed_so_is_asked_again_where_the_number_is_not_cancelled_after_all() -> None:
    talk = half_repaired()
    call_off(talk, B)
    do(talk, ("cancel", "8833 denied: they do not stop it"))
    assert phases(talk) == ["rejected", "rejected"]
    assert talk.case().answers["name"].reopened
    assert talk.request.repaired is None


def test_a_customer_who_does_not_want_it_at_that_price_is_asked_again_what_was_wrong() -> None:
    talk = half_repaired()
    call_off(talk, B)
    do(talk, ("cancel", "8833 fee 25"))
    shown = next(each for each in reversed(talk.screen) if any(c.code.startswith("stop.no") for c in each.choices))
    talk.push(shown, next(choice for choice in shown.choices if choice.code.startswith("stop.no")))
    assert phases(talk) == ["rejected", "rejected"]
    assert talk.case().answers["name"].reopened
    assert talk.request.repaired is None


@pytest.mark.parametrize("step", [("end", "8833 not portable"), ("cancel", "8833")])
def test_staff_who_end_a_refused_number_leave_nothing_of_it_to_be_asked(step: tuple[str, str]) -> None:
    talk = sent()
    do(talk, ("reject", "8833 NAME_MISMATCH"))
    verb, said = step
    assert not talk.staff(verb, said).error
    assert next_question(talk.case()) is None
    assert not talk.case().answers["name"].reopened
    assert not talk.staff("undo", "").error
    assert talk.case().answers["name"].reopened


# what one does is told beside what the other does


def test_a_date_of_one_number_is_told_though_another_was_called_off_before() -> None:
    talk = sent()
    do(talk, ("advance", ""), ("advance", ""))
    assert not talk.staff("date", "8832 2026-12-03").error
    call_off(talk, B)
    told = " ".join(shown.text for shown in talk.forward(seconds=61))
    assert "<b>(415) 421-8832</b>: date set, <b>Thursday, 2026-12-03</b>" in told
    assert "(415) 421-8833" not in told


def test_a_move_is_told_and_tried_though_the_last_other_number_was_called_off_before() -> None:
    talk = one_sent()
    do(talk, *MOVED[:-1])
    assert not talk.staff("complete", "#1").error
    call_off(talk, B)
    assert phases(talk) == ["ported", "cancelled"]
    shown = talk.forward(seconds=61)
    assert "notice.part_moved" in keys(shown)
    assert talk.chat.asked == "trial_in"


def test_what_the_customer_did_alone_is_not_told_again() -> None:
    talk = at_desk()
    call_off(talk, A)
    call = talk.staff("note", "they rang")
    assert not call.error
    assert talk.forward(days=1) == []


# repaired while another is tried


def test_a_repair_is_done_though_another_number_is_still_to_be_tried() -> None:
    talk = one_sent()
    do(talk, *MOVED, ("submit", "#2 VZ-2"), ("reject", "#2 wrong pin"))
    shown = talk.say("771155")
    assert talk.request.repaired == "corrected"
    assert keys(shown)[0] == "repair.corrected"
    assert talk.chat.asked == "trial_in"


def test_an_answer_is_back_though_another_number_is_still_to_be_tried() -> None:
    talk = one_sent()
    do(talk, *MOVED, ("ask", "destination: it does not ring"))
    talk.say("415 200 0111")
    assert phases(talk) == ["ported", "staff_review"]


def test_an_answer_that_staff_correct_is_back_though_another_number_is_still_to_be_tried() -> None:
    talk = one_sent()
    do(talk, *MOVED, ("ask", "destination: it does not ring"), ("edit", "destination: 415 200 0111"))
    assert phases(talk) == ["ported", "staff_review"]


# asked, and papers looked at, of what is still here


def test_an_answer_is_asked_for_again_of_what_is_still_here() -> None:
    talk = one_sent()
    shown = do(talk, ("ask", "name: the bill says Maria J."))
    assert phases(talk) == ["submitted", "changes_requested"]
    assert any("the bill says Maria J." in each.text for each in shown)
    fill(talk, {**TWO, "name": "Maria J. Alvarez", "signature": "Maria J. Alvarez"})
    assert phases(talk) == ["submitted", "staff_review"]


def test_papers_of_what_is_still_here_are_dated_and_warned_of() -> None:
    talk = one_sent()
    do(talk, ("edit", "bill_date: 2026-11-20"))
    keys_shown = keys(talk.forward(days=talk.policy.bill_days))
    assert "ages.bill_soon" in keys_shown


def test_only_the_record_can_be_asked_for_where_all_that_is_left_is_compared_with_it() -> None:
    talk = Talk()
    fill(talk, LANDLINE)
    do(talk, ("submit", "CC-1"), ("advance", ""), ("cancel", "8834"), ("ask", "csr"))
    assert phases(talk) == ["csr_needed", "csr_needed", "cancelled"]


def test_what_goes_out_again_is_named_by_its_last_four_digits() -> None:
    """A finding of a conversation talked through: they were taken for the order number."""
    talk = two()
    do(talk, ("complete", "8832"), ("reject", "8833 number not active"))
    talk.press("done")
    assert talk.staff("submit", "8833 again").key == "submit.pin_used"  # it was destroyed when the carrier accepted
    talk.say("482913")
    do(talk, ("submit", "8833 again"))
    assert phases(talk) == ["ported", "submitted"]
    assert {order.carrier_order for order in talk.case().orders} == {"881"}
