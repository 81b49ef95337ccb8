"""Odd turns of a conversation, each of which once led to a wrong place."""

import pytest

from domain.desk.state import Owed
from tests.domain.standing import at, at_phase
from tests.domain.talk import Talk
from tests.domain.ways import LANDLINE, SOMEONE_ELSES, WIRELESS, begun, do, fill, keys, tell, values

OTHER = "415-421-8899"
MOVED = ("complete", "")


def cards(talk: Talk) -> list[Owed]:
    """Return the refreshes of cards that are owed."""
    return [owed for owed in talk.owed if owed.kind == "card"]


def test_a_number_after_all_numbers_were_taken_back_is_a_number_again() -> None:
    talk = Talk()
    tell(talk, "/start", "415-421-8832", "/back", "/name", "415-421-8832", "/back")
    tell(talk, "415-421-8832")
    assert values(talk)["numbers"] == ("+14154218832",)


def test_a_name_that_is_asked_for_by_the_way_does_not_hold_up_the_desk() -> None:
    talk = Talk()
    fill(talk, WIRELESS)
    talk.press("title")
    assert talk.chat.asked == "title"
    assert talk.staff("submit").key == "submit.done"


def test_a_number_added_by_a_button_is_checked_like_any_other() -> None:
    talk = begun(WIRELESS, "review")
    shown = talk.hear("press", form=talk.newest, asking=talk.chat.asking, code="add:+14152000100")
    assert "number.is_destination" in keys(shown)
    assert values(talk)["numbers"] == ("+14154218832",)


def test_numbers_that_were_set_aside_are_offered_also_to_who_had_a_request_before_and_only_once() -> None:
    talk = Talk()
    fill(talk, WIRELESS)
    tell(talk, "/new", "415-421-8840 and 415-421-8841, Comcast Business", "!no", "415-421-8840")
    while talk.chat.asked is not None:
        do(talk, {**LANDLINE, "signature": "Tom Baker"}[talk.chat.asked])
    first = talk.newest
    talk.press("others")
    assert values(talk)["numbers"] == ("+14154218841",)
    begun_now = talk.newest
    assert begun_now != first
    talk.press("others")
    assert talk.newest == begun_now


def test_what_stays_is_shown_without_what_may_be_a_secret_and_its_message_goes() -> None:
    talk = begun(LANDLINE, "stays")
    tell(talk, "the fax 415-421-8840, account with them 99887766 and alarm code 4821")
    kept = values(talk)["stays"][0]
    assert "415-421-8840" in kept
    assert not any(secret in kept for secret in ("99887766", "4821"))
    assert any(owed.kind == "delete" for owed in talk.owed)


def test_who_signed_a_changed_answer_anew_is_seen_by_the_desk() -> None:
    talk = Talk()
    fill(talk, WIRELESS)
    before = len(cards(talk))
    tell(talk, "I typed the wrong number", "415-421-8833", "Maria Alvarez")
    assert len(cards(talk)) > before
    assert any("signed the letter anew" in post for post in talk.posts)


def test_a_change_of_numbers_that_was_begun_after_signing_is_left_with_back() -> None:
    talk = Talk()
    fill(talk, WIRELESS)
    tell(talk, "I typed the wrong number")
    assert talk.staff("submit").error
    assert keys(tell(talk, "/back"))[0] == "back.kept"
    assert talk.staff("submit").key == "submit.done"


def test_never_mind_leaves_a_question_by_the_way_and_not_the_whole_port() -> None:
    talk = at_phase("submitted")
    talk.command("status")
    talk.press("ring")
    assert keys(tell(talk, "never mind"))[0] == "back.kept"
    assert values(talk)["destination"] == ("+14152000100",)


def test_a_bill_that_proves_wrong_after_the_draft_was_thrown_away_wakes_nobody() -> None:
    talk = Talk(does_errands=False)
    tell(talk, "/start", "415-421-8832", "Verizon Wireless", "!yes", "@", "/cancel", "!cancel.yes")
    assert talk.run_errands(refused="gone") == []
    assert talk.chat.focus is None


def test_the_status_message_shows_nothing_that_staff_can_still_take_back() -> None:
    talk = at_phase("submitted")
    talk.staff("reject", "wrong pin")
    shown = talk.command("status")[-1]
    assert "refused" not in shown.text
    assert "explain.rejected" not in [choice.code for choice in shown.choices]


def test_an_edited_message_reaches_the_desk_once_it_has_the_request() -> None:
    talk = at_phase("submitted")
    assert "edit.with_desk" in keys(talk.hear("edit", "I meant Tuesday"))
    assert any("I meant Tuesday" in post for post in talk.posts)


def test_a_draft_whose_customer_asked_for_a_person_is_seen_to_end() -> None:
    talk = begun(WIRELESS, "name")
    tell(talk, "talk to a person")
    before = len(cards(talk))
    tell(talk, "/cancel", "!cancel.yes")
    assert len(cards(talk)) == before + 1


def test_an_old_button_for_a_person_begins_nothing() -> None:
    talk = begun(WIRELESS, "working")
    tell(talk, "!off", "/cancel", "!cancel.yes")
    requests = len(talk.requests)
    assert keys(talk.press("person"))[-1] != "person.told"
    assert len(talk.requests) == requests


def test_undo_finds_nothing_of_a_request_that_was_forgotten() -> None:
    talk = at_phase("submitted")
    talk.staff("cancel")
    tell(talk, "/delete_my_data", "!delete.yes")
    talk.forward(minutes=5)
    assert talk.staff("undo").error
    assert "account" not in values(talk)


def test_saying_no_to_deleting_leaves_the_chat_free_for_a_new_wish() -> None:
    talk = begun(WIRELESS, "name")
    tell(talk, "/delete_my_data", "!delete.yes")
    talk.forward(seconds=10)
    tell(talk, "/delete_my_data")
    tell(talk, f"I want to move {OTHER} from Verizon Wireless")
    assert values(talk)["numbers"] == ("+14154218899",)


def test_a_new_wish_after_a_port_is_done_begins_a_request() -> None:
    talk = at_phase("ported")
    tell(talk, f"Please move my number {OTHER} from T-Mobile too")
    assert values(talk)["numbers"] == ("+14154218899",)


@pytest.mark.parametrize("remark", ["it's on the photo i just sent you", "please see the bill that I sent"])
def test_a_remark_is_no_name(remark: str) -> None:
    talk = begun(WIRELESS, "name")
    tell(talk, remark)
    assert talk.chat.asked == "name"


def test_a_role_behind_a_name_does_not_get_into_the_letter() -> None:
    talk = begun(LANDLINE, "contact")
    tell(talk, "Samuel Ortiz, office manager")
    assert values(talk)["contact"] == ("Samuel", "Ortiz")


def test_two_figures_at_the_account_question_are_asked_about() -> None:
    talk = begun(WIRELESS, "account")
    assert "account.two" in keys(tell(talk, "987654321 445566"))
    assert "account" not in values(talk)


def test_a_number_to_forward_to_is_not_taken_for_one_that_moves() -> None:
    talk = Talk()
    assert "numbers.which" in keys(tell(talk, "/start", "617-421-5566 and calls go to 617-421-5577"))
    assert not talk.requests


def test_who_has_no_other_number_goes_on_and_the_desk_is_warned() -> None:
    talk = begun(WIRELESS, "destination")
    talk.press("none")
    assert talk.chat.asked == "account"
    assert "no_destination" in values(talk)["flags"]


def test_a_warning_ends_when_the_line_is_in_order() -> None:
    talk = begun(WIRELESS, "working")
    tell(talk, "!ordered", "!again")
    assert values(talk)["flags"] == ()


def test_the_status_gives_the_ball_to_the_desk_once_a_rejection_is_answered_or_another_has_to_sign() -> None:
    talk = at_phase("rejected")
    tell(talk, "482916")
    assert "our desk sends it" in talk.command("status")[-1].text
    other = Talk()
    fill(other, SOMEONE_ELSES)
    assert "Anna Alvarez signs the letter" in other.command("status")[-1].text


def test_who_asks_after_the_move_whether_to_cancel_is_told_until_when_to_wait() -> None:
    talk = at_phase("ported")
    assert keys(tell(talk, "can I cancel my old service now?")) == ["status.next.ported"]


def test_a_phone_number_in_a_customers_words_reaches_the_desk_and_an_account_number_does_not() -> None:
    talk = at_phase("submitted")
    tell(talk, "please call me at 415-421-9900")
    assert "415-421-9900" in talk.posts[-1]
    tell(talk, "by the way the account is 4154219900")
    assert "4154219900" not in talk.posts[-1]


def test_what_staff_ask_for_names_no_secret() -> None:
    talk = Talk()
    fill(talk, WIRELESS)
    assert talk.staff("ask", "name: your pin is 202711").key == "reply.secret"


# buttons of an earlier copy of the same question


def test_a_question_put_again_leaves_the_buttons_of_its_earlier_copy_good() -> None:
    talk = begun(WIRELESS, "working")
    first = talk.screen[-1]
    tell(talk, "hmm", "/help")
    assert talk.chat.asked == "working"
    yes = next(choice for choice in first.choices if choice.code == "yes")
    assert "press.stale" not in keys(talk.push(first, yes))
    assert values(talk)["working"] == ("yes",)


def test_a_second_tap_does_not_answer_the_next_question() -> None:
    talk = begun(WIRELESS, "working")
    shown = talk.screen[-1]
    yes = next(choice for choice in shown.choices if choice.code == "yes")
    talk.push(shown, yes)
    assert "press.stale" in keys(talk.push(shown, yes))
    assert talk.chat.asked == "bill"


def test_an_earlier_check_agrees_to_nothing_that_was_changed_since() -> None:
    talk = begun(WIRELESS, "review")
    earlier = talk.screen[-1]
    tell(talk, "!change.destination", "415 200 0177")
    agree = next(choice for choice in earlier.choices if choice.code == "correct")
    assert "press.stale" in keys(talk.push(earlier, agree))
    assert "agreements" not in values(talk)


@pytest.mark.parametrize(("command", "sure"), [("cancel", "cancel"), ("delete_my_data", "delete")])
def test_after_a_no_the_yes_beside_it_is_over(command: str, sure: str) -> None:
    talk = begun(WIRELESS, "address")
    shown = talk.command(command)[-1]
    yes, no = (next(c for c in shown.choices if c.code == f"{sure}.{word}") for word in ("yes", "no"))
    talk.push(shown, no)
    assert "press.stale" in keys(talk.push(shown, yes))
    assert talk.chat.asked == "address"


def second_moved() -> tuple[Talk, int]:
    """Return a chat that was asked whether its second request's number works, and its first request, at the desk."""
    talk = at_phase("staff_review")
    first = talk.newest
    talk.command("new")
    fill(talk, {**WIRELESS, "numbers": OTHER})
    for verb, argument in (("submit", "VZ-882"), ("advance", ""), ("advance", ""), ("date", "2026-12-01"), MOVED):
        assert not talk.staff(verb, argument, of=talk.newest).error
        talk.forward(seconds=61)
    assert talk.chat.asked == "trial_in"
    return talk, first


def test_what_is_tried_of_a_moved_number_is_not_taken_away_by_another_requests_question() -> None:
    talk, first = second_moved()
    assert not talk.staff("ask", "name: the bill says Maria J.", of=first).error
    shown = talk.forward(seconds=61)[-1]
    assert [choice.code for choice in shown.choices] == ["go"]
    assert talk.chat.asked == "trial_in"


def test_what_was_tried_of_a_number_that_is_gone_again_stands_in_no_other_requests_way() -> None:
    talk, first = second_moved()
    assert not talk.staff("end", "returned", of=talk.newest).error
    talk.forward(seconds=61)
    assert not talk.staff("ask", "name: the bill says Maria J.", of=first).error
    shown = talk.forward(seconds=61)[-1]
    assert "ask.name_wireless" in shown.owed.key
    assert (talk.chat.focus, talk.chat.asked) == (first, "name")


def test_a_file_after_the_move_is_not_told_that_the_request_is_over_while_the_number_is_tried() -> None:
    shown = at("ported").document()[-1]
    assert "in words" in shown.text
    assert "is over" not in shown.text
    assert "is over" in at("closed").document()[-1].text
