"""What the machine of the port found: changes that nobody was told of, or wrongly; an order that nobody is in."""

from domain.desk.closing import CLOSED_BY
from domain.desk.signing import fingerprint
from tests.domain.standing import at_phase
from tests.domain.talk import Shown, Talk
from tests.domain.ways import LANDLINE, WIRELESS, begun, fill, keys


def staff(talk: Talk, verb: str, argument: str = "", *, waits: bool = True) -> list[Shown]:
    """Do a verb; return what the customer is told of it."""
    told = talk.staff(verb, argument)
    assert not told.error, (verb, told)
    return talk.forward(seconds=61) if waits else []


def knows(talk: Talk) -> bool:
    """Tell whether the customer's knowledge is kept as what is so."""
    return talk.request.told == fingerprint(talk.case())


def test_a_draft_that_was_given_up_while_the_bot_was_blocked_is_told_of_when_it_is_let_in() -> None:
    talk = at_phase("intake")
    talk.hear("blocked")
    assert talk.forward(days=40) == []
    assert keys(talk.hear("unblocked")) == ["notice.expired"]
    assert talk.hear("blocked") + talk.hear("unblocked") == []


def test_a_bill_that_arrives_while_the_bot_is_blocked_is_told_of_when_it_is_let_in() -> None:
    talk = begun(WIRELESS, talk=Talk(does_errands=False))
    talk.hear("blocked")
    talk.run_errands()
    assert talk.request.status == "staff_review"
    assert "notice.staff_review" in keys(talk.hear("unblocked"))


def test_who_lets_the_bot_in_is_told_nothing_that_staff_can_still_take_back() -> None:
    talk = at_phase("submitted")
    talk.hear("blocked")
    staff(talk, "reject", "wrong pin", waits=False)
    assert talk.hear("unblocked") == []
    assert not talk.staff("undo").error
    assert talk.forward(seconds=61) == []


def test_numbers_that_travel_together_again_are_no_news_and_nothing_is_told_twice() -> None:
    talk = begun({**LANDLINE, "numbers": "415-421-8832, 415-421-8833"})
    staff(talk, "submit", "88123")
    assert keys(staff(talk, "split", "8833"))[0] == "notice.split"
    assert staff(talk, "split", "off") == []
    assert knows(talk)


def test_a_refused_number_that_was_split_away_and_joined_again_has_no_message_without_words() -> None:
    talk = begun({**LANDLINE, "numbers": "415-421-8832, 415-421-8833"})
    staff(talk, "submit", "88123")
    staff(talk, "reject", "8832 wrong account")
    staff(talk, "reject", "8833 name")
    staff(talk, "split", "8833")
    shown = staff(talk, "split", "off")
    assert not [each for each in shown if "notice.rejected" in each.owed.key or "notice.parts" in each.owed.key]
    assert knows(talk)


def test_numbers_given_anew_leave_no_order_without_numbers() -> None:
    talk = begun({**LANDLINE, "numbers": "415-421-8832, 415-421-8833"})
    staff(talk, "submit", "88123")
    staff(talk, "split", "8833")
    staff(talk, "reject", "8833 number not on the account")
    talk.say("415-421-8840")
    assert {number.order_id for number in talk.case().numbers} == {order.id for order in talk.case().orders}
    assert knows(talk)


def test_a_draft_of_several_numbers_is_cancelled_whole_or_not_at_all() -> None:
    talk = begun({**WIRELESS, "numbers": "415-421-8832, 415-421-8833"}, "destination")
    assert talk.staff("cancel", "8833").key == "cancel.draft_whole"
    fill(talk, {**WIRELESS, "numbers": "415-421-8832, 415-421-8833"})
    assert {number.phase for number in talk.case().numbers} == {"staff_review"}
    assert not talk.staff("cancel", "8833").error


def test_trouble_with_texting_that_was_noted_before_the_move_is_told_after_it() -> None:
    talk = at_phase("scheduled")
    staff(talk, "texting", "trouble")
    shown = keys(staff(talk, "complete") + talk.forward(minutes=2))
    assert "texting.told.trouble" in shown


def test_nobody_is_told_to_cancel_the_old_service_while_the_number_is_to_go_back_to_it() -> None:
    talk = at_phase("ported")
    staff(talk, "close", "tried by phone", waits=False)
    assert "closing.over" not in keys(staff(talk, "snapback", ": another number was meant"))
    assert CLOSED_BY in talk.case().answers
    talk.forward(days=20)
    assert talk.request.status == "closed"  # it was too late for the snapback, and staff had ended it for a reason


def test_what_is_late_for_a_snapback_is_closed_only_by_staff() -> None:
    talk = at_phase("ported")
    staff(talk, "works", "all")
    staff(talk, "texting", "not wanted")
    staff(talk, "snapback", ": another number was meant")
    talk.forward(days=20)
    assert talk.request.status == "ported"
    assert "closing.over" in keys(staff(talk, "close", "it stays with us"))
