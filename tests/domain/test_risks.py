"""No harm done easily: what is asked about first, what somebody else changed meanwhile, what is put right in time."""

import itertools
from datetime import date

import pytest

from bot.wording import plain_text, say, slack_text
from domain.desk import staff
from domain.desk.keeping import Sheet
from domain.desk.rehearsing import rehearse
from domain.desk.risks import (
    MATTERS,
    AskFirst,
    ChangedSince,
    Seen,
    carried,
    changes_since,
    read_carried,
    seen_in,
    split_seen,
)
from domain.desk.roles import Role
from domain.desk.state import Changes, Moment, State
from domain.errors import DeskError, Refused
from domain.intake.questions import QUESTIONS
from domain.orders.rejections import REJECTIONS, codes_of, find_rejection, find_rejections
from domain.text import clean
from domain.values import replace
from tests.domain.standing import at_phase
from tests.domain.talk import ROSA, SAM, Talk


def press(
    talk: Talk, verb: str, argument: str = "", *, seen: Seen | None = None, is_sure: bool = False, by: str = ROSA
) -> None:
    """Do a verb as by a button that carries what was seen. Raises what `staff.act` does."""
    wish = staff.Order(by, verb, argument, Role.ADMIN, seen=seen, is_sure=is_sure)

    def act(state: State, moment: Moment) -> Changes:
        return staff.act(state, moment, wish, talk.policy)

    talk._step(talk.newest, talk._event(), act)


def now_of(talk: Talk) -> Seen:
    """Return what a card shows now."""
    return seen_in(sheet_of(talk))


def sheet_of(talk: Talk) -> Sheet:
    """Return what staff read."""
    action = talk.state(talk.newest).action
    its_own = tuple(row for row in talk.history if row.request_id == talk.newest)
    newest = max((row.id for row in its_own if row.what in MATTERS), default=0)
    head = (talk.case(), tuple(talk.papers.values()), tuple(talk.history), talk.chat.blocked, talk.now)
    return Sheet(*head, action, newest=newest)


def read(asked: DeskError) -> str:
    """Return a question as staff read it."""
    return slack_text(asked.code, asked.params)


# asked first


def test_completing_before_the_date_is_asked_about_and_then_counts_as_today() -> None:
    talk = at_phase("scheduled")
    before, posts = talk.case(), len(talk.posts)
    with pytest.raises(AskFirst) as asked:
        press(talk, "complete")
    assert talk.case() == before
    assert len(talk.posts) == posts
    said = read(asked.value)
    assert "Tue 2026-12-01" in said
    assert "(415) 421-8832: Date set → Moved" in said
    press(talk, "complete", seen=now_of(talk), is_sure=True)
    assert talk.request.status == "ported"
    assert talk.number.port_date == date(2026, 11, 23)


def test_once_its_day_has_come_completing_is_not_asked_about() -> None:
    talk = at_phase("scheduled")
    talk.forward(days=8)
    press(talk, "complete")
    assert talk.number.port_date == date(2026, 12, 1)


def test_a_customer_whose_number_moved_early_reads_one_day_only() -> None:
    """A finding: the status said both the day that was set and the day of the move."""
    talk = at_phase("scheduled")
    talk.staff("complete")
    talk.forward(seconds=61)
    shown = talk.command("status")
    assert "2026-12-01" not in shown[-1].text
    assert "2026-11-23" in shown[-1].text


@pytest.mark.parametrize(
    ("phase", "verb", "argument", "word"),
    [
        ("activating", "date", "2026-12-02", "moving now"),
        ("scheduled", "reject", "wrong pin", "lost with a rejection"),
        ("scheduled", "cancel", "stopped", "may charge"),
    ],
)
def test_going_back_and_cancelling_with_a_date_are_asked_about(phase: str, verb: str, argument: str, word: str) -> None:
    talk = at_phase(phase)
    with pytest.raises(AskFirst) as asked:
        press(talk, verb, argument)
    assert word in read(asked.value)
    assert talk.request.status == phase
    press(talk, verb, argument, seen=now_of(talk), is_sure=True)
    assert talk.request.status != "activating"


@pytest.mark.parametrize(
    ("phase", "verb"), [("staff_review", "submit"), ("submitted", "reject"), ("scheduled", "date")]
)
def test_usual_steps_are_not_asked_about(phase: str, verb: str) -> None:
    talk = at_phase(phase)
    press(talk, verb, {"reject": "name", "date": "2026-12-02", "submit": "VZ-1"}.get(verb, ""))
    assert talk.staff("undo").key.startswith("undo.da" if verb == "date" else "undo.done")


def test_numbers_in_different_phases_are_named_each_with_its_way() -> None:
    talk = at_phase("submitted")
    first = talk.number
    talk.numbers[first.id + 9000] = replace(first, id=first.id + 9000, e164="+14154218833", phase="carrier_review")
    talk.requests[talk.newest] = replace(talk.request, status="submitted")
    with pytest.raises(AskFirst) as asked:
        press(talk, "advance")
    said = read(asked.value)
    assert "different phases" in said
    assert "(415) 421-8832: Submitted → With the carrier" in said
    assert "(415) 421-8833: With the carrier → Accepted, no date yet" in said


def test_what_cannot_be_done_is_refused_and_not_asked_about() -> None:
    with pytest.raises(Refused):
        press(at_phase("staff_review"), "complete")


# somebody else was faster


def test_who_acts_on_an_older_card_changes_nothing_and_can_be_told_who_was_faster() -> None:
    talk = at_phase("submitted")
    seen = now_of(talk)
    talk.staff("advance", by=SAM)
    before = talk.case()
    with pytest.raises(ChangedSince) as since:
        press(talk, "reject", "name", seen=seen)
    assert talk.case() == before
    assert since.value.why is None
    (row,) = changes_since(tuple(talk.history), since.value.seen, ROSA)
    assert (row.actor, row.what, row.detail) == (f"staff:{SAM}", "advance", "submitted>carrier_review")


def test_what_does_not_fit_any_more_says_so_beside_what_changed() -> None:
    talk = at_phase("submitted")
    seen = now_of(talk)
    talk.staff("reject", "name", by=SAM)
    with pytest.raises(ChangedSince) as since:
        press(talk, "advance", "carrier_review", seen=seen)
    assert since.value.why is not None
    assert since.value.why.code == "staff.impossible"


def test_a_note_and_ones_own_doing_are_no_change_that_matters() -> None:
    talk = at_phase("submitted")
    seen = now_of(talk)
    talk.staff("note", "Called them", by=SAM)
    talk.staff("advance")
    assert changes_since(tuple(talk.history), seen, ROSA) == ()
    assert changes_since(tuple(talk.history), seen, SAM) != ()


def test_a_note_is_kept_whatever_has_changed_meanwhile() -> None:
    talk = at_phase("submitted")
    seen = now_of(talk)
    talk.staff("advance", by=SAM)
    press(talk, "note", "Called them", seen=seen)
    assert talk.history[-1].what == "noted"


def test_a_confirmation_holds_for_the_version_it_was_asked_about_alone() -> None:
    talk = at_phase("scheduled")
    seen = now_of(talk)
    talk.staff("date", "2026-12-02", by=SAM)
    with pytest.raises(ChangedSince) as since:
        press(talk, "complete", seen=seen, is_sure=True)
    assert isinstance(since.value.why, AskFirst)
    with pytest.raises(AskFirst):
        press(talk, "complete", seen=now_of(talk))
    assert talk.request.status == "scheduled"


def test_what_a_confirmation_carries_is_read_back_and_holds_no_pin() -> None:
    seen = Seen(12, 2**62)
    assert read_carried(carried("P-7KQ2M", "date", "2026-12-01", seen)) == ("P-7KQ2M", "date", "2026-12-01", seen)
    assert read_carried(carried("P-7KQ2M", "complete", "", seen)) == ("P-7KQ2M", "complete", "", seen)
    kept = carried("P-7KQ2M", "reject", "wrong pin: the PIN 842917 is wrong", seen)
    assert "842917" not in kept
    for verb in ("hold", "note"):
        assert "842917" not in carried("P-7KQ2M", verb, "the PIN 842917 is wrong", seen)
    with pytest.raises(Refused) as refused:
        carried("P-7KQ2M", "edit", "title the PIN is 842917", seen)
    assert refused.value.code == "choose.secret"
    assert read_carried("P-7KQ2M complete") is None
    assert read_carried("") is None


@pytest.mark.parametrize("text", ["P-7KQ2M", "P-7KQ2M ~x.y", "P-7KQ2M carrier_review"])
def test_a_button_of_an_older_release_carries_nothing_that_was_seen(text: str) -> None:
    assert split_seen(text) == (text, None)


# rejections


def test_a_rejection_is_found_by_the_label_of_its_form() -> None:
    for code in REJECTIONS:
        found = find_rejection(say(f"rejection.short.{code}", {}, "en", clean))
        assert found is REJECTIONS[code]


@pytest.mark.parametrize("said", ["wrong pin, name", "name and wrong pin", "PIN_INVALID;NAME_MISMATCH", "pin + name"])
def test_several_reasons_are_read_however_they_are_joined(said: str) -> None:
    assert {r.code for r in find_rejections(said)} == {"PIN_INVALID", "NAME_MISMATCH"}


def test_one_unclear_reason_among_several_is_asked_about() -> None:
    assert at_phase("submitted").staff("reject", "wrong pin, weather").key == "reject.looks_like"
    assert at_phase("submitted").staff("reject", "wet, weather").key == "reject.reason"


def test_several_reasons_are_told_and_asked_for_all() -> None:
    talk = at_phase("submitted")
    told = talk.staff("reject", "wrong pin, name: 8C and 7A")
    assert "name does not match\nwrong transfer PIN" in slack_text(told.key, told.params)
    assert codes_of(talk.number.rejection) == ("NAME_MISMATCH", "PIN_INVALID")
    (shown, *_) = talk.forward(seconds=61)
    assert "the PIN is wrong" in shown.text
    assert "the name does not match" in shown.text
    assert {q for q, a in talk.case().answers.items() if a.reopened} == {"pin", "name"}


def test_a_wrong_reason_is_replaced_before_the_customer_knows_of_it() -> None:
    talk = at_phase("submitted")
    before = talk.case().answers
    talk.staff("reject", "name")
    assert talk.staff("reject", "wrong pin: 8C").key == "reject.corrected"
    assert {q for q, a in talk.case().answers.items() if a.reopened} == {"pin"}
    (shown, *_) = talk.forward(seconds=61)
    assert "the PIN is wrong" in shown.text
    assert "name" not in shown.text.split("PIN")[0].lower()
    assert talk.case().answers.keys() == before.keys()


def test_undo_takes_a_rejection_back_with_its_correction() -> None:
    talk = at_phase("submitted")
    talk.staff("reject", "name")
    talk.staff("reject", "address")
    assert talk.staff("undo").key == "undo.done"
    assert talk.request.status == "submitted"
    assert not [q for q, a in talk.case().answers.items() if a.reopened]


def test_a_reason_that_the_customer_knows_is_not_replaced() -> None:
    talk = at_phase("rejected")
    told = talk.staff("reject", "name")
    assert told.key == "reject.told"
    assert "/port ask" in slack_text(told.key, told.params)


def test_the_same_reason_again_changes_nothing() -> None:
    talk = at_phase("submitted")
    talk.staff("reject", "name")
    assert talk.staff("reject", "name").key == "reject.same"


# asking


def test_what_is_asked_for_is_named_in_the_order_of_the_questions() -> None:
    talk = at_phase("staff_review")
    told = talk.staff("ask", "name, bill: one page is missing")
    order = [q.id for q in QUESTIONS]
    named = told.params["answers"].split(", ")
    assert named == sorted(named, key=order.index)
    talk.forward(seconds=61)
    assert talk.chat.asked == named[0]


def test_asking_more_after_a_rejection_keeps_its_reason_and_says_why() -> None:
    """A finding: the customer read that the desk is ready to go on, and not why anything was asked."""
    talk = at_phase("submitted")
    talk.staff("reject", "wrong pin")
    talk.staff("ask", "name: they have Maria J.")
    (shown, *_) = talk.forward(seconds=61)
    assert "did not accept" in shown.text
    assert "the PIN is wrong" in shown.text
    assert "they have Maria J." in shown.text


def test_asking_more_after_a_rejection_was_told_says_why_and_holds_the_next_submission() -> None:
    talk = at_phase("rejected")
    talk.say("482914")
    assert talk.request.repaired == "corrected"
    talk.staff("ask", "name: they have Maria J.")
    assert talk.staff("submit").key == "submit.not_repaired"
    (shown, *_) = talk.forward(seconds=61)
    assert "they have Maria J." in shown.text
    assert "ready to go on" not in shown.text
    talk.say("Maria J Alvarez")
    assert talk.chat.asked == "signature"
    talk.say("Maria J Alvarez")
    assert talk.request.repaired == "corrected"


# dates


def test_a_moved_date_names_both_days_to_staff_and_customer() -> None:
    talk = at_phase("scheduled")
    told = talk.staff("date", "2026-12-03")
    assert told.key == "date.moved"
    assert "Thu 2026-12-03, no longer on Tue 2026-12-01" in slack_text(told.key, told.params)
    assert "from Tue 2026-12-01 to Thu 2026-12-03" in talk.posts[-1]
    shown, _file = talk.forward(seconds=61)
    assert "has moved from 2026-12-01 to" in shown.text


def test_a_date_moved_twice_before_it_is_told_is_told_from_the_day_the_customer_knows() -> None:
    talk = at_phase("scheduled")
    talk.staff("date", "2026-12-03")
    talk.staff("date", "2026-12-04")
    shown, _file = talk.forward(seconds=61)
    assert "has moved from 2026-12-01 to" in shown.text
    assert "2026-12-04" in shown.text


def test_taking_a_date_back_names_it() -> None:
    talk = at_phase("pending_date")
    talk.staff("date", "2026-12-01")
    told = talk.staff("undo")
    assert "the date Tue 2026-12-01 is taken back" in slack_text(told.key, told.params)
    talk = at_phase("scheduled")
    talk.staff("date", "2026-12-03")
    told = talk.staff("undo")
    assert "It moves again on Tue 2026-12-01" in slack_text(told.key, told.params)
    assert "2026-12-03" in talk.posts[-1]


# what staff could not do


def test_staff_cancel_a_request_that_is_still_being_filled_in() -> None:
    talk = at_phase("intake")
    assert talk.staff("cancel").key == "cancel.done"
    (shown, *_) = talk.forward(seconds=61)
    assert "is cancelled" in shown.text
    talk.forward(days=40)
    assert talk.request.status == "cancelled"


def test_nothing_is_submitted_without_the_carriers_order_number() -> None:
    talk = at_phase("staff_review")
    told = talk.staff("submit", "")
    assert told.key == "submit.order_needed"
    assert talk.request.status == "staff_review"
    assert talk.staff("submit", "VZ-77").key == "submit.done"
    assert talk.case().order.carrier_order == "VZ-77"  # type: ignore[union-attr] # it has an order by now


# tried without a trace


@pytest.mark.parametrize(
    ("phase", "verb", "argument", "words"),
    [
        ("submitted", "reject", "wrong pin, name: 8C", "the PIN is wrong"),
        ("staff_review", "ask", "name: the bill says Maria J.", "the bill says Maria J."),
        ("pending_date", "date", "2026-12-01", "Date set for"),
        ("scheduled", "complete", "", "Keep your old service until"),
    ],
)
def test_a_rehearsal_says_what_the_customer_will_read_and_keeps_nothing(
    phase: str, verb: str, argument: str, words: str
) -> None:
    talk = at_phase(phase)
    before, ids = talk.case(), itertools.count(10**6)
    wish = staff.Order(ROSA, verb, argument, Role.ADMIN)
    said = rehearse(sheet_of(talk), wish, talk.now, lambda: next(ids), talk.policy)
    assert words in "\n".join(plain_text(owed.key, owed.params, "en") for owed in said)
    assert talk.case() == before
    talk.staff(verb, argument)
    shown = [each for each in talk.forward(seconds=61) if each.owed.kind == "say"]
    assert [each.owed.key for each in shown] == [owed.key for owed in said]
