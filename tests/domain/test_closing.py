"""The old service may be cancelled ten days after the later of date and move, with everything verified."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.wording import slack_text
from domain.desk.closing import kept_until, lacking, stays_there
from domain.policy import Policy
from domain.values import replace
from tests.domain.standing import at_phase
from tests.domain.talk import POLICY, Shown, Talk
from tests.domain.test_after_the_move import PACIFIC, VOICE, keys, moved, posted, two
from tests.domain.ways import CA_LANDLINE, LANDLINE, begun

OVER = "closing.over"


def verified(talk: Talk) -> Talk:
    """Try everything of numbers that have moved, with success; texting is not wanted."""
    assert not talk.staff("texting", "not wanted").error
    for _ in VOICE:
        talk.press("yes")
    assert lacking(talk.case()) == ()
    return talk


def told(shown: list[Shown]) -> list[Shown]:
    return [each for each in shown if each.owed.key.partition("+")[0] in (OVER, f"{OVER}_early")]


def until(talk: Talk, day: str, clock: str = "09:59") -> list[Shown]:
    """Let time pass until a day and hour of the desk's."""
    at = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=PACIFIC)
    return talk.forward(seconds=(at - talk.now).total_seconds())


def test_who_may_cancel_is_told_what_still_needs_the_old_service() -> None:
    """A finding of a conversation talked through: whoever then ended the whole account lost what had stayed there."""
    talk = two()
    for verb, argument in (("cancel", "4154218833 stopped"), ("complete", "4154218832")):
        assert not talk.staff(verb, argument).error
    talk.forward(seconds=61)
    [shown] = told(verified(talk).forward(days=30))
    assert "this stays with Verizon Wireless: (415) 421-8833." in shown.text
    (page,) = talk.command("status")
    assert "this stays with Verizon Wireless: (415) 421-8833." in page.text


def test_lines_that_stay_need_the_old_service_too() -> None:
    assert stays_there(begun(CA_LANDLINE).case())["stays"] == "the alarm line 514-861-2399"
    assert stays_there(begun(LANDLINE).case()) == {}


def test_ten_days_after_the_move_with_everything_verified_the_old_service_may_be_cancelled() -> None:
    talk = verified(moved())  # on 2026-12-01
    assert told(until(talk, "2026-12-11")) == []
    [shown] = told(talk.forward(minutes=2))
    assert "You may cancel your old service now" in shown.text
    assert talk.request.status == "closed"
    assert posted(talk)[-1] == "thread.closed"
    assert keys(talk.forward(days=60)) == []
    assert "sooner" not in talk.command("status")[-1].text


def test_the_days_are_counted_from_the_later_of_date_and_move() -> None:
    talk = at_phase("scheduled")
    until(talk, "2026-12-04", "09:00")
    assert not talk.staff("complete").error
    talk.forward(seconds=61)
    verified(talk)
    assert told(until(talk, "2026-12-14")) == []
    assert len(told(talk.forward(minutes=2))) == 1


def test_a_number_that_moved_early_is_kept_as_long_from_the_day_that_was_set() -> None:
    talk = at_phase("scheduled")
    until(talk, "2026-11-30", "09:00")
    assert not talk.staff("complete").error
    talk.forward(seconds=61)
    verified(talk)
    assert told(until(talk, "2026-12-11")) == []
    assert len(told(talk.forward(minutes=2))) == 1


def test_the_policy_says_how_many_days_and_for_toll_free_numbers_apart() -> None:
    case = moved().case()
    assert kept_until(case, Policy(keep_old_service=3)) == date(2026, 12, 4)
    answers = {**case.answers, "numbers": replace(case.answers["numbers"], value=("+18003569377",))}
    assert kept_until(replace(case, answers=answers), Policy(keep_toll_free=15)) == date(2026, 12, 16)
    assert kept_until(at_phase("submitted").case(), POLICY) is None


def test_what_is_not_verified_is_asked_for_first_once_and_then_it_is_said_at_once() -> None:
    talk = moved()
    assert not talk.staff("texting", "not wanted").error
    talk.press("yes")
    until(talk, "2026-12-11")
    before = len(talk.owed)
    [shown] = talk.forward(minutes=2)
    assert shown.owed.key == "closing.first+ask.trial_out"
    assert "please do not cancel it yet" in shown.text
    [post] = [owed for owed in talk.owed[before:] if owed.key == "thread.keep_waits"]
    assert [choice.code for row in post.buttons for choice in row] == ["works", "close"]
    assert "calls out" in slack_text(post.key, post.params)
    assert keys(talk.forward(days=20)) == []
    assert talk.request.status == "ported"
    talk.press("yes")
    assert len(told(talk.screen)) == 1
    assert talk.request.status == "closed"


@pytest.mark.parametrize("said", ["filed", "trouble"])
def test_as_long_as_wanted_texts_do_not_work_the_old_service_is_kept(said: str) -> None:
    talk = moved()
    for _ in VOICE:
        talk.press("yes")
    assert not talk.staff("texting", said).error
    until(talk, "2026-12-11")
    [shown] = [each for each in talk.forward(minutes=2) if each.owed.key.startswith("closing")]
    assert shown.owed.key == "closing.first"
    assert "texting has not come yet" in shown.text
    assert not talk.staff("texting", "working").error
    assert keys(talk.forward(seconds=61)) == ["texting.told.working+ask.trial_texts"]
    talk.press("yes")
    assert len(told(talk.screen)) == 1


def test_what_fails_keeps_the_old_service_until_staff_have_mended_it() -> None:
    talk = moved()
    assert not talk.staff("texting", "not wanted").error
    for answer in ("yes", "yes", "no"):
        talk.press(answer)
    until(talk, "2026-12-11")
    assert told(talk.forward(days=3)) == []
    assert not talk.staff("works", "voicemail").error
    assert talk.forward(seconds=30) == []  # staff may be mistaken
    assert keys(talk.forward(seconds=31)) == ["trial.mended+ask.trial_voicemail"]
    assert told(talk.forward(hours=1)) == []
    talk.press("yes")
    assert len(told(talk.screen)) == 1


def test_who_does_not_try_again_what_was_mended_has_three_days_for_it() -> None:
    talk = moved()
    assert not talk.staff("texting", "not wanted").error
    for answer in ("yes", "yes", "no"):
        talk.press(answer)
    until(talk, "2026-12-14")
    assert not talk.staff("works", "voicemail").error
    assert told(talk.forward(hours=71)) == []
    assert len(told(talk.forward(hours=2))) == 1


def test_what_fails_again_after_it_was_mended_is_the_desks_again_and_ends_nothing() -> None:
    talk = moved()
    talk.press("no")
    assert not talk.staff("works", "calls in").error
    told_of_it = talk.forward(seconds=61)[-1]
    assert "calls come in on (415) 421-8832" in told_of_it.text
    assert "keep your old service on" in told_of_it.text
    before = len(talk.owed)
    talk.press("no")
    assert "thread.trial_failed" in posted(talk, before)
    assert lacking(talk.case())[0] == "trial_in"
    refused = talk.staff("close", "tried by us")
    assert refused.key == "close.fails"
    assert "calls in on (415) 421-8832" in slack_text(refused.key, refused.params)


def test_an_end_against_what_the_customer_was_asked_to_try_again_is_looked_at_twice_and_told() -> None:
    talk = moved()
    talk.press("no")
    assert not talk.staff("works", "all").error
    assert "keep your old service on" in talk.forward(seconds=61)[-1].text
    asked = talk.staff("close", "tried together", is_sure=False)
    assert asked.key == "risk.ask_plain"
    assert "asked to try it once more" in slack_text(asked.key, asked.params)
    assert "closed_by" not in talk.case().answers
    assert not talk.staff("close", "tried together").error
    [over] = told(talk.forward(seconds=61))
    assert "Please try this before you cancel" in over.text
    assert "• calls come in\n• texting" in over.text
    assert "I wait for no answer of yours" in over.text


def test_a_no_after_staff_have_closed_it_for_a_reason_keeps_the_old_service() -> None:
    talk = moved()
    assert not talk.staff("close", "tried by us").error
    talk.press("no")
    before = len(talk.owed)
    assert told(talk.forward(seconds=61)) == []
    assert "thread.close_fails" in posted(talk, before)
    assert talk.request.status == "ported"


def test_one_number_of_two_is_closed_and_the_other_keeps_its_old_service() -> None:
    talk = two()
    assert not talk.staff("complete", "8832").error
    talk.forward(seconds=61)
    assert talk.staff("close", "tried by us").key == "close.too_early"
    assert not talk.staff("close", "8832 tried by us").error
    [shown] = [each for each in talk.forward(seconds=61) if each.owed.key.startswith("closing")]
    assert shown.owed.key == "closing.over_some+closing.untried"
    assert "<b>(415) 421-8833</b> still is" in shown.text
    assert [number.phase for number in talk.case().numbers] == ["closed", "scheduled"]
    assert not talk.staff("complete", "8833").error
    talk.forward(seconds=61)
    verified(talk)
    [over] = told(talk.forward(days=20))
    assert "8832" not in over.text
    assert {number.phase for number in talk.case().numbers} == {"closed"}


def test_while_a_wrong_move_is_not_decided_nobody_is_told_to_cancel_the_old_service_and_staff_hear_it_once() -> None:
    talk = verified(moved())
    talk.say("this was ported by mistake")
    assert told(talk.forward(days=14)) == []
    assert posted(talk).count("thread.close_disputed") == 1
    assert talk.request.status == "ported"
    assert not talk.staff("close", "they meant another number, and keep this one").error
    assert len(told(talk.forward(days=2))) == 1
    assert talk.request.status == "closed"


def test_staff_may_end_it_for_a_reason_and_take_that_back_until_the_customer_is_told() -> None:
    talk = moved()
    assert talk.staff("close", "").key == "close.why"
    assert talk.staff("close", "off").key == "close.none"
    done = talk.staff("close", "tried together on the phone")
    assert "calls in" in slack_text(done.key, done.params)
    assert not talk.staff("close", "off").error
    assert told(talk.forward(days=1)) == []
    assert not talk.staff("close", "tried together on the phone").error
    assert keys(talk.forward(seconds=61)) == ["closing.over_early+closing.untried"]
    assert talk.request.status == "closed"
    assert talk.staff("close", "again").key == "close.too_early"


@pytest.mark.parametrize("phase", ["submitted", "scheduled", "cancelled"])
def test_what_has_not_moved_is_not_closed(phase: str) -> None:
    assert at_phase(phase).staff("close", "why not").key == "close.too_early"


def test_secrets_are_destroyed_when_the_customer_is_told_of_the_move_and_not_later() -> None:
    talk = at_phase("scheduled")
    assert talk.secrets
    assert not talk.staff("complete").error
    talk.forward(seconds=61)
    assert not talk.secrets


def test_a_move_that_is_taken_back_in_time_leaves_nothing_to_be_closed() -> None:
    talk = at_phase("scheduled")
    assert not talk.staff("complete").error
    assert not talk.staff("undo").error
    shown = talk.forward(days=40)
    assert not [each for each in keys(shown) if "closing" in each or "trial" in each]


def test_the_old_service_is_kept_until_the_last_number_has_its_days() -> None:
    talk = two()
    until(talk, "2026-12-01", "09:00")
    assert not talk.staff("complete", "415-421-8832").error
    talk.forward(seconds=61)
    verified(talk)
    until(talk, "2026-12-07", "12:00")
    assert not talk.staff("complete", "415-421-8833").error
    talk.forward(seconds=61)
    for _ in VOICE:
        talk.press("yes")
    assert told(until(talk, "2026-12-17")) == []
    [shown] = told(talk.forward(minutes=2))
    assert "421-8832" in shown.text
    assert "421-8833" in shown.text
    assert {n.phase for n in talk.numbers.values()} == {"closed"}


def test_who_has_blocked_the_bot_hears_it_when_it_is_let_in_again() -> None:
    talk = verified(moved())
    talk.hear("blocked")
    assert talk.forward(days=20) == []
    assert talk.request.status == "closed"
    [shown] = talk.hear("unblocked")
    assert shown.owed.key == "notice.closed"


def test_a_request_on_hold_is_closed_when_the_hold_is_over() -> None:
    talk = verified(moved())
    talk.requests[talk.newest] = replace(talk.request, hold="asked to wait")
    assert told(talk.forward(days=13)) == []
    talk.requests[talk.newest] = replace(talk.request, hold=None)
    assert len(told(talk.forward(days=2))) == 1


# whatever happens

deeds = st.one_of(
    st.tuples(st.just("press"), st.sampled_from(["yes", "no", "later"])),
    st.tuples(st.just("wait"), st.sampled_from(["30", "61", "90000", "300000"])),
    st.tuples(st.just("texting"), st.sampled_from(["filed", "working", "trouble", "not wanted"])),
    st.tuples(st.just("works"), st.sampled_from(["calls in", "all", "texts"])),
    st.tuples(st.just("close"), st.sampled_from(["off", "tried on the phone"])),
    st.tuples(st.just("blocked"), st.just("")),
    st.tuples(st.just("unblocked"), st.just("")),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(deeds, max_size=14))
def test_whatever_happens_it_is_said_once_never_too_early_and_never_with_something_unverified(
    done: list[tuple[str, str]],
) -> None:
    talk = moved()
    opens = datetime(2026, 12, 11, 10, 0, tzinfo=PACIFIC)
    start = len(talk.screen)
    overridden = False
    for what, said in (
        *done,
        ("unblocked", ""),
        ("wait", "2000000"),
        ("texting", "not wanted"),
        ("works", "all"),
        ("wait", "400000"),
    ):
        before = len(told(talk.screen))
        lacked = lacking(talk.case())
        if what == "press":
            if talk.chat.asked in (*VOICE, "trial_texts"):
                talk.press(said)
        elif what == "wait":
            talk.forward(seconds=int(said))
        elif what in ("blocked", "unblocked"):
            talk.hear(what)  # type: ignore[arg-type] # of the kinds that are drawn above
        else:
            overridden |= not talk.staff(what, said).error and (what, said) == ("close", "tried on the phone")
        if len(told(talk.screen)) > before:
            assert overridden or (talk.now >= opens and (what != "wait" or not lacked))
    ends = [
        each
        for each in talk.screen[start:]
        if each.owed.key.partition("+")[0] in (OVER, f"{OVER}_early", "notice.closed")
    ]
    assert len(ends) == 1
    assert talk.request.status == "closed"
    failed = [each for each in talk.screen[start:] if each.owed.key == "closing.first"]
    assert len(failed) <= 1
    assert talk.now - opens > timedelta(days=1)
