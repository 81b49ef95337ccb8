"""After a move: does it work? One thing at a time, again only for what is open; what fails is the desk's, at once."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.wording import slack_text
from domain.desk.texting import is_overdue, state_of
from domain.desk.urgent import NOT_WORKING, urgent_of
from domain.desk.wanted import wanted
from domain.intake.questions import BY_ID
from domain.intake.trial import TRIALS, failing, still_to_try, tried_in, unverified
from domain.values import replace
from tests.domain.standing import at_phase, two_at_desk
from tests.domain.talk import POLICY, Shown, Talk

PACIFIC = ZoneInfo("America/Los_Angeles")
VOICE = ("trial_in", "trial_out", "trial_voicemail")


def moved(clock: str = "10:30") -> Talk:
    """Return a conversation whose one number has moved, on its day, at an hour of the desk's, the customer told."""
    talk = at_phase("scheduled")
    hour, minute = map(int, clock.split(":"))
    end = talk.number.window_end
    assert end is not None
    at = end.astimezone(PACIFIC).replace(hour=hour, minute=minute)
    talk.forward(seconds=(at - talk.now).total_seconds())
    assert not talk.staff("complete").error
    talk.forward(seconds=61)
    return talk


def keys(shown: list[Shown]) -> list[str]:
    return [each.owed.key for each in shown]


def posted(talk: Talk, since: int = 0) -> list[str]:
    return [owed.key for owed in talk.owed[since:] if owed.kind == "post"]


# asking


def test_the_customer_is_asked_for_a_test_call_with_the_notice_of_the_move() -> None:
    talk = moved()
    told = talk.screen[-1]
    assert told.owed.key == "notice.ported+ask.trial_in"
    assert "telephone of another company" in told.text
    assert [choice.code for choice in told.choices] == ["yes", "no", "later"]
    assert talk.chat.asked == "trial_in"


def test_nothing_is_asked_before_the_customer_knows_of_the_move() -> None:
    talk = at_phase("scheduled")
    assert not talk.staff("complete").error
    assert "ask." not in "".join(keys(talk.say("thanks!")))
    assert not talk.staff("undo").error
    talk.forward(days=1)
    assert "trial" not in talk.answers[talk.newest]


def test_one_thing_is_asked_after_the_other_and_then_the_customer_is_told_to_keep_the_old_service() -> None:
    talk = moved()
    asked = []
    for _ in VOICE:
        asked.append(talk.chat.asked)
        talk.press("yes")
    assert tuple(asked) == VOICE
    assert keys(talk.screen[-1:]) == ["trial.done"]
    assert "until" not in talk.screen[-1].text
    assert posted(talk)[-1] == "thread.trial_done"
    assert unverified(talk.case()) == ()
    assert "ask." not in "".join(keys(talk.forward(days=9)))


@pytest.mark.parametrize("words", ["yes", "Yes!", "it works", "it does"])
def test_an_answer_can_be_typed(words: str) -> None:
    talk = moved()
    talk.say(words)
    assert talk.chat.asked == "trial_out"
    assert still_to_try(talk.case(), "trial_in") == ()


@pytest.mark.parametrize("words", ["no", "it doesn't work", "Not working"])
def test_a_no_can_be_typed(words: str) -> None:
    talk = moved()
    talk.say(words)
    assert failing(talk.case()) == ("trial_in",)


def test_until_calls_come_in_the_status_is_pending_until_the_first_call() -> None:
    talk = moved()
    assert "Pending until the first call" in talk.command("status")[-1].text
    talk.push(talk.screen[-1], next(c for c in talk.screen[-1].choices if c.code == "go"))
    talk.press("yes")
    text = talk.command("status")[-1].text
    assert "Pending" not in text
    assert "Something is still to be tried" in text


@pytest.mark.parametrize("what", VOICE)
def test_what_does_not_work_is_with_the_desk_at_once_and_the_customer_is_told_what_to_try(what: str) -> None:
    talk = moved()
    before = len(talk.owed)
    for question in VOICE:
        shown = talk.press("no" if question == what else "yes")
        if question == what:
            assert f"trial.failed_{what.removeprefix('trial_')}" in shown[-1].owed.key.split("+")
            assert "told our desk" in shown[-1].text
    [post] = [owed for owed in talk.owed[before:] if owed.key == "thread.trial_failed"]
    assert [choice.code for row in post.buttons for choice in row] == ["reply", "works"]
    assert talk.request.waits_since is not None
    assert urgent_of(talk.case()) == (NOT_WORKING,)
    assert unverified(talk.case()) == (what,)
    assert talk.screen[-1].owed.key.split("+")[-1] == "trial.with_desk"


def test_what_works_after_all_is_no_longer_urgent() -> None:
    talk = moved()
    talk.press("no")
    assert not talk.staff("works", "calls in").error
    assert urgent_of(talk.case()) == ()
    assert talk.case().answers["trial_in"].source == "staff"


def test_staff_name_what_works_and_the_customer_is_not_asked_for_it() -> None:
    talk = moved()
    told = talk.staff("works", "calls in, calls out")
    assert "Voicemail" in slack_text(told.key, told.params)
    assert keys(talk.forward(days=2))[-1] == "trial.again+ask.trial_voicemail"
    assert talk.staff("works", "banana").key == "works.which"
    assert talk.staff("works", "calls in").key == "works.already"
    assert at_phase("scheduled").staff("works", "all").key == "works.too_early"


def test_what_is_put_off_is_asked_for_after_a_day_and_after_three_then_no_more() -> None:
    talk = moved()
    since = talk.now
    for _ in VOICE:
        talk.press("later")
    assert keys(talk.screen[-1:]) == ["trial.later"]
    for hours in (24, 72):
        shown = talk.forward(seconds=(since + timedelta(hours=hours) - talk.now).total_seconds() - 90)
        assert not [each for each in keys(shown) if "trial" in each]
        shown = talk.forward(seconds=180)
        assert keys(shown) == ["trial.again+ask.trial_in"]
    shown = talk.forward(days=6)
    assert not [each for each in keys(shown) if "trial" in each]


def test_only_what_is_open_is_asked_for_again() -> None:
    talk = moved()
    talk.press("yes")
    talk.press("later")
    talk.press("no")
    shown = talk.forward(hours=25)
    assert [each for each in keys(shown) if "trial" in each] == ["trial.again+ask.trial_out"]
    talk.press("yes")
    shown = talk.forward(days=4)
    assert not [each for each in keys(shown) if each.startswith("trial.again")]


def test_nobody_is_asked_at_night() -> None:
    talk = moved("23:30")
    shown = talk.forward(hours=33)
    assert [each for each in keys(shown) if "again" in each] == []
    shown = talk.forward(hours=1)
    assert [each for each in keys(shown) if "again" in each] == ["trial.again+ask.trial_in"]
    assert talk.now.astimezone(PACIFIC).hour == 9


def test_a_customer_who_speaks_of_something_else_is_heard_as_ever() -> None:
    talk = moved()
    shown = talk.say("By the way, my cousin has an office in Reno and loves your service")
    assert "text.passed_on" in keys(shown)
    assert "start.anew" in keys(talk.say("I want to move 415-421-9944"))[0]
    assert talk.chat.asked == "carrier"
    assert talk.request.status == "intake"


def test_a_chat_that_is_busy_with_another_request_gets_a_button_and_keeps_its_question() -> None:
    talk = at_phase("scheduled")
    first = talk.newest
    talk.command("new")
    talk.say("415-421-9944")
    assert talk.chat.asked == "carrier"
    assert not talk.staff("complete", of=first).error
    shown = talk.forward(seconds=61)
    assert talk.chat.asked == "carrier"
    told = next(each for each in shown if each.owed.key == "notice.ported_early")
    talk.push(told, told.choices[0])
    assert talk.chat.asked == "trial_in"
    talk.press("yes")
    assert still_to_try(talk.case(first), "trial_in") == ()


def test_who_had_blocked_the_bot_is_asked_once_it_is_let_in_again() -> None:
    talk = at_phase("scheduled")
    talk.hear("blocked")
    assert not talk.staff("complete").error
    talk.forward(days=2)
    assert "trial" not in talk.answers[talk.newest]
    assert keys(talk.hear("unblocked")) == ["notice.ported_early+ask.trial_in", "calendar.gone"]
    talk.hear("blocked")
    assert not talk.staff("texting", "filed").error
    assert keys(talk.forward(days=4)) == []
    shown = keys(talk.hear("unblocked"))
    assert sorted(shown) == ["texting.told.filed", "trial.again+ask.trial_in"]


def test_a_held_request_or_a_person_in_the_chat_is_not_talked_over() -> None:
    talk = moved()
    assert not talk.staff("reply", "Shall we try it together?").error
    before = len(talk.screen)
    talk.requests[talk.newest] = replace(talk.request, hold="the customer travels")
    talk.forward(days=3)
    assert not [each for each in keys(talk.screen[before:]) if "again" in each]


def test_a_fax_is_tried_by_a_fax_and_a_toll_free_number_makes_no_calls() -> None:
    assert tried_of("fax") == ("trial_in",)
    assert tried_of("toll_free") == ("trial_in", "trial_voicemail")
    assert tried_of("landline") == VOICE


def tried_of(number_class: str) -> tuple[str, ...]:
    """Return what is tried of a number of a class."""
    case = moved().case()
    first = case.numbers[0]
    if number_class == "toll_free":
        first = replace(first, e164="+18003569377")
        trial = replace(case.answers["trial"], value=("+18003569377",))
        numbers = replace(case.answers["numbers"], value=("+18003569377",))
        case = replace(case, numbers=(first,), answers={**case.answers, "trial": trial, "numbers": numbers})
    else:
        line = replace(case.answers["carrier"], question="line", value=(number_class,))
        carrier = replace(case.answers["carrier"], value=("other", "Blue Cow"))
        case = replace(case, answers={**case.answers, "line": line, "carrier": carrier})
    return tried_in(case)


# several numbers


def two() -> Talk:
    """Return two numbers of one request, of which a day is set."""
    talk = two_at_desk()
    for verb, argument in (("submit", "881"), ("advance", ""), ("advance", ""), ("date", "2026-12-01")):
        assert not talk.staff(verb, argument).error
        talk.forward(seconds=61)
    return talk


def test_numbers_that_move_apart_are_each_tried_and_what_works_is_not_asked_for_again() -> None:
    talk = two()
    assert not talk.staff("complete", "415-421-8832").error
    shown = [each for each in talk.forward(seconds=61) if not each.owed.key.startswith("calendar")]
    assert shown[-1].owed.key.endswith("ask.trial_in")
    assert "421-8833" not in shown[-1].text.partition("Do calls come in")[2].partition("?")[0]
    for _ in VOICE:
        talk.press("yes")
    assert not talk.staff("complete", "415-421-8833").error
    shown = [each for each in talk.forward(seconds=61) if not each.owed.key.startswith("calendar")]
    asked = shown[-1].text.partition("Do calls come in")[2].partition("?")[0]
    assert "421-8833" in asked
    assert "421-8832" not in asked
    talk.press("no")
    assert still_to_try(talk.case(), "trial_in") == ("+14154218833",)
    assert failing(talk.case()) == ("trial_in",)


# texting


def test_texting_is_a_task_of_the_desk_from_the_move_on_and_staff_are_reminded_of_it() -> None:
    talk = moved()
    assert state_of(talk.case()) == "pending"
    assert [each.what for each in wanted(talk.case(), POLICY) if each.who == "desk"] == [("texting_is",)]
    assert "thread.texting_pending" in posted(talk)
    before = len(talk.owed)
    talk.forward(hours=25)
    assert posted(talk, before).count("thread.texting_pending") == 1


def test_the_customer_hears_once_that_texting_is_asked_for_and_once_that_it_works_and_then_tries_it() -> None:
    talk = moved()
    for _ in VOICE:
        talk.press("yes")
    assert not talk.staff("texting", "filed").error
    assert keys(talk.forward(seconds=61)) == ["texting.told.filed"]
    assert "72 to 96 hours" in talk.screen[-1].text
    assert talk.staff("texting", "filed").key == "texting.same"
    assert not talk.staff("texting", "working").error
    assert keys(talk.forward(seconds=61)) == ["texting.told.working+ask.trial_texts"]
    talk.press("yes")
    assert keys(talk.screen[-1:]) == ["trial.done"]
    assert [each for each in keys(talk.forward(days=5)) if "texting" in each] == []


def test_what_staff_correct_in_time_is_not_told_twice() -> None:
    talk = moved()
    assert not talk.staff("texting", "working").error
    assert not talk.staff("texting", "trouble: no messaging profile").error
    shown = talk.forward(seconds=61)
    assert keys(shown) == ["texting.told.trouble"]
    assert "profile" not in shown[0].text


def test_texting_that_takes_too_long_is_brought_before_the_desk() -> None:
    talk = moved()
    assert not talk.staff("texting", "filed").error
    before = len(talk.owed)
    talk.forward(hours=95)
    assert not is_overdue(talk.case(), talk.now)
    assert "thread.texting_overdue" not in posted(talk, before)
    talk.forward(hours=2)
    assert is_overdue(talk.case(), talk.now)
    assert posted(talk, before).count("thread.texting_overdue") == 1


def test_texting_asked_for_before_the_move_is_told_when_it_has_moved() -> None:
    talk = at_phase("scheduled")
    assert not talk.staff("texting", "filed").error
    assert talk.staff("texting", "working").key == "texting.not_moved"
    assert [each for each in keys(talk.forward(hours=1)) if "texting" in each] == []
    assert not talk.staff("complete").error
    assert "texting.told.filed" in keys(talk.forward(seconds=61))


@pytest.mark.parametrize(
    ("said", "key"),
    [("soon", "texting.which"), ("", "texting.which"), ("filed", "texting.too_early")],
)
def test_what_cannot_be_said_of_texting_is_refused(said: str, key: str) -> None:
    talk = at_phase("submitted") if key == "texting.too_early" else moved()
    assert talk.staff("texting", said).key == key


def test_who_wants_no_texts_is_not_asked_for_them_and_staff_have_nothing_to_do() -> None:
    talk = moved()
    assert not talk.staff("texting", "not wanted").error
    assert state_of(talk.case()) == "unwanted"
    assert wanted(talk.case(), POLICY)[0].who == "customer"
    assert [each for each in wanted(talk.case(), POLICY) if each.who == "desk"] == []
    assert [each for each in keys(talk.forward(days=3)) if "texting" in each] == []


# what is set up


def test_what_is_set_up_with_us_is_ticked_on_the_card_and_missing_from_the_desk_until_then() -> None:
    talk = at_phase("scheduled")
    assert ("routing",) in [each.what for each in wanted(talk.case(), POLICY) if each.who == "desk"]
    told = talk.staff("routing", "description, dial routing")
    assert "text routing" in slack_text(told.key, told.params)
    assert not talk.staff("routing", "text enabled and text and account level and assigned").error
    assert [each for each in wanted(talk.case(), POLICY) if each.who == "desk"] == []
    assert not talk.staff("routing", "only description").error
    assert talk.case().answers["routing"].value == ("description",)
    assert talk.staff("routing", "banana").key == "routing.which"
    assert at_phase("staff_review").staff("routing", "all").key == "routing.not_now"


@pytest.mark.parametrize(("verb", "said"), [("routing", "dial"), ("texting", "filed")])
def test_a_note_of_what_comes_after_takes_no_undo_away(verb: str, said: str) -> None:
    talk = at_phase("scheduled")
    assert not talk.staff("complete").error
    assert not talk.staff(verb, said).error
    assert not talk.staff("undo").error
    assert talk.request.status == "scheduled"


def test_every_trial_has_a_question_of_its_own() -> None:
    assert all(BY_ID[each].after for each in TRIALS)
