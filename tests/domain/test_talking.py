"""Staff and customers talking: a person in the intake's place, replies and what became of them, hours and nudges."""

from dataclasses import replace as with_rules
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest

from bot.rules import SAVED_PLACES
from bot.wording import slack_text
from domain.desk import hours, replying
from domain.desk.heard import Document
from domain.desk.roles import Role
from domain.desk.saved import PLACES, filled
from domain.desk.state import Moment, Owed
from domain.errors import Refused
from domain.policy import Policy
from domain.values import replace
from tests.domain.standing import at_phase
from tests.domain.talk import MONDAY, POLICY, ROSA, Talk
from tests.domain.ways import LANDLINE, begun, keys, tell

NINE_TO_FIVE = (time(9, 0), time(17, 0))


def taken(phase: str = "submitted") -> Talk:
    talk = at_phase(phase)
    assert talk.staff("takeover", "Rosa").key == "takeover.done"
    return talk


def posts_since(talk: Talk, before: int) -> list[Owed]:
    return [owed for owed in talk.owed[before:] if owed.kind == "post"]


# a person in the intake's place


def test_whoever_takes_over_is_named_to_the_customer_once() -> None:
    talk = at_phase("submitted")
    before = len(talk.screen)
    talk.staff("takeover", "Rosa")
    assert [shown.owed.key for shown in talk.screen[before:]] == ["talk.here"]
    assert "Rosa" in talk.texts()[-1]
    assert talk.staff("takeover", "Rosa").key == "takeover.yours"
    assert len(talk.screen) == before + 1


def test_what_a_customer_writes_then_goes_to_the_thread_and_the_intake_is_silent() -> None:
    talk = taken()
    before = len(talk.owed)
    assert tell(talk, "Which day suits you?") == []
    (post,) = posts_since(talk, before)
    assert (post.key, post.params["text"]) == ("thread.wrote", "Which day suits you?")


def test_a_draft_is_asked_nothing_while_a_person_answers_and_goes_on_where_it_was() -> None:
    talk = Talk()
    talk.until("name")
    asked = talk.chat.asked
    talk.staff("takeover", "Rosa")
    assert tell(talk, "Maria Alvarez") == []
    assert "name" not in talk.case().answers
    before = len(talk.screen)
    assert talk.staff("resume").key == "takeover.over"
    (shown,) = talk.screen[before:]
    assert shown.owed.key.startswith("talk.gone+")
    assert talk.chat.asked == asked
    tell(talk, "Maria Alvarez")
    assert "name" in talk.case().answers


def test_it_ends_by_itself_and_every_reply_prolongs_it() -> None:
    talk = taken()
    talk.forward(hours=POLICY.takeover_hours - 1)
    talk.staff("reply", "One moment.")
    talk.forward(hours=2)
    assert talk.chat.taken_by == ROSA
    shown = talk.forward(hours=POLICY.takeover_hours)
    assert talk.chat.taken_by is None
    assert keys(shown) == ["talk.gone"]
    assert any("The time is over" in post for post in talk.posts)
    assert tell(talk, "Hello?") != []


@pytest.mark.parametrize("command", ["new", "start", "back", "name"])
def test_commands_that_would_ask_something_are_left_to_the_person(command: str) -> None:
    talk = taken()
    assert keys(talk.command(command)) == ["talk.person_here"]
    assert talk.chat.focus == talk.newest


@pytest.mark.parametrize("command", ["status", "help", "privacy", "cancel", "delete_my_data"])
def test_commands_that_show_or_end_something_work_and_ask_nothing(command: str) -> None:
    talk = Talk()
    talk.until("name")
    talk.staff("takeover", "Rosa")
    shown = talk.command(command)
    assert shown
    assert not [each for each in shown if "ask." in each.owed.key or each.owed.key == "talk.person_here"]


def test_a_button_of_the_open_question_is_left_to_the_person() -> None:
    talk = Talk()
    talk.until("working")
    question = talk.screen[-1]
    talk.staff("takeover", "Rosa")
    assert keys(talk.push(question, question.choices[0])) == ["talk.person_here"]
    assert "working" not in talk.case().answers


def test_a_pin_written_to_a_person_is_masked_and_taken_out_of_the_chat() -> None:
    talk = taken()
    before = len(talk.owed)
    assert keys(tell(talk, "my PIN is 482913")) == ["secret.passed_on"]
    assert "482913" not in str(talk.owed[before:])
    assert any(owed.kind == "delete" for owed in talk.owed[before:])


def test_a_file_is_kept_and_told_of_in_the_thread_of_a_draft_too() -> None:
    talk = Talk()
    talk.until("bill")
    talk.staff("takeover", "Rosa")
    before = len(talk.owed)
    talk.document(Document("f9", "bill.pdf", "application/pdf", 900), "this one")
    assert {owed.key for owed in posts_since(talk, before)} >= {"thread.sent_file", "thread.wrote"}
    assert [paper.status for paper in talk.papers.values()] == ["kept"]


def test_a_thing_that_nobody_can_read_is_said_to_be_so() -> None:
    talk = taken()
    assert keys(talk.hear("other", "look", code="voice")) == ["other.voice"]


def test_a_notice_comes_while_a_person_answers_but_its_question_waits() -> None:
    talk = taken("staff_review")
    talk.staff("ask", "name: the bill says Maria J.")
    shown = talk.forward(minutes=5)
    assert shown
    assert not [each for each in shown if "ask." in each.owed.key]
    before = len(talk.screen)
    talk.staff("resume")
    assert "ask.name" in talk.screen[before].owed.key


def test_a_draft_is_not_recalled_while_a_person_answers() -> None:
    talk = Talk(policy=with_rules(POLICY, takeover_hours=24, remind_hours=12))
    talk.until("name")
    talk.staff("takeover", "Rosa")
    assert talk.forward(hours=23, minutes=59) == []


def test_nothing_can_be_given_back_that_nobody_took() -> None:
    assert at_phase("submitted").staff("resume").key == "takeover.none"


def test_a_customer_who_blocked_the_bot_cannot_be_taken_over() -> None:
    talk = at_phase("submitted")
    talk.hear("blocked")
    assert talk.staff("takeover", "Rosa").key == "takeover.blocked"


def test_deleting_everything_ends_it() -> None:
    talk = Talk()
    talk.until("name")
    talk.staff("takeover", "Rosa")
    talk.command("delete_my_data")
    talk.press("delete.yes")
    assert (talk.chat.taken_by, talk.request.waits_since) == (None, None)
    assert not [due for due in talk.dues if due[0] in ("takeover", "nudge")]


def test_it_is_no_change_of_the_request_so_undo_still_takes_the_last_step_back() -> None:
    talk = at_phase("staff_review")
    talk.staff("submit", "no pin 88123")
    talk.staff("takeover", "Rosa")
    assert talk.staff("undo").key == "undo.done"
    assert talk.request.status == "staff_review"


# replies


def sent(talk: Talk) -> Owed:
    return next(owed for owed in reversed(talk.owed) if owed.kind == "say" and "post" in owed.params)


def test_a_reply_is_posted_alone_and_marked_when_it_is_there() -> None:
    talk = at_phase("submitted")
    talk.staff("reply", "On Tuesday.")
    say = sent(talk)
    (post,) = [owed for owed in talk.owed if owed.kind == "reply"]
    assert (post.key, say.params["post"]) == ("thread.reply", str(post.id))
    talk._step(talk.newest, "sent", partial(replying.delivered, owed=say, policy=talk.policy))
    mark = talk.owed[-1]
    assert (mark.kind, mark.lane, mark.params["post"]) == ("mark", post.lane, str(post.id))
    assert (mark.params["text"], mark.params["at"]) == ("On Tuesday.", f"{talk.now.astimezone(POLICY.desk_zone):%H:%M}")


def test_a_reply_that_met_a_blocked_bot_is_marked_as_such() -> None:
    talk = at_phase("submitted")
    talk.staff("reply", "On Tuesday.")
    talk.undeliverable(sent(talk), "blocked")
    (mark,) = [owed for owed in talk.owed if owed.kind == "mark"]
    assert mark.key == "thread.reply+talk.undelivered"
    assert talk.chat.blocked
    assert talk.staff("reply", "Hello?").key == "reply.blocked"


def test_a_saved_reply_is_sent_with_the_requests_facts() -> None:
    talk = at_phase("submitted")
    talk.staff("reply", "#received")
    assert talk.ref in sent(talk).params["text"]
    assert "{" not in sent(talk).params["text"]


def test_a_saved_reply_that_needs_a_fact_which_is_not_there_is_not_sent() -> None:
    talk = at_phase("submitted")
    told = talk.staff("reply", "#date")
    assert (told.key, told.params["place"]) == ("reply.saved_lacks", "date")
    assert talk.staff("reply", "#nothing-like-it").key == "reply.saved_unknown"


@pytest.mark.parametrize("phase", ["staff_review", "changes_requested", "rejected", "pending_date", "scheduled"])
def test_a_saved_reply_that_says_the_carrier_has_not_answered_is_sent_only_where_that_is_so(phase: str) -> None:
    talk = at_phase(phase)
    told = talk.staff("reply", "#waiting")
    assert (told.key, told.error) == ("reply.saved_untrue", True)
    assert "Submitted, With the carrier" in slack_text(told.key, told.params)
    for other in ("submitted", "carrier_review"):
        assert not at_phase(other).staff("reply", "#waiting").error


@pytest.mark.parametrize("phase", ["ported", "cancelled"])
def test_a_saved_reply_with_the_day_is_sent_only_while_that_day_stands(phase: str) -> None:
    talk = at_phase(phase)
    assert talk.staff("reply", "#date").error
    assert not at_phase("scheduled").staff("reply", "#date").error


def test_a_saved_reply_with_the_day_fits_several_numbers_that_share_it_and_no_others() -> None:
    talk = begun({**LANDLINE, "numbers": "415-421-8832, 415-421-8833"})
    for verb, argument in (("submit", "88123"), *[("advance", "")] * 3, ("date", "2026-12-01")):
        assert not talk.staff(verb, argument).error
        talk.forward(seconds=61)
    assert not talk.staff("reply", "#date").error
    assert "The day set for (415) 421-8832, (415) 421-8833 is Tuesday, 2026-12-01." in sent(talk).params["text"]
    case = talk.case()
    first = replace(case.numbers[0], port_date=date(2026, 12, 2))
    with pytest.raises(Refused):
        filled("date", replace(case, numbers=(first, case.numbers[1])), POLICY)


def test_policy_and_desk_know_the_same_places() -> None:
    assert set(SAVED_PLACES) == PLACES.keys()


def test_a_file_is_fetched_sent_marked_and_dropped() -> None:
    talk = at_phase("submitted")
    written = replying.Written(ROSA, Role.AGENT, "See the form.", ("F1",))
    talk._step(talk.newest, "written", partial(replying.write, written=written, policy=POLICY))
    (errand,) = [e for e in talk.errands.values() if e.kind == replying.FETCH]
    file = ("form 482913.pdf", "application/pdf", 900)
    kept = partial(replying.file_fetched, errand=errand, file=file, object_key="k1", policy=POLICY)
    talk._step(talk.newest, "fetched", kept)
    say = sent(talk)
    assert (say.key, say.params["file"]) == ("reply.file", "k1")
    assert "482913" not in str(talk.papers) + str(talk.owed)
    talk._step(talk.newest, "sent", partial(replying.delivered, owed=say, policy=POLICY))
    assert [e.kind for e in talk.errands.values() if e.kind != "seal_letter"] == ["drop_file"]
    assert talk.papers[errand.subject].status == "erased"


def test_a_file_that_slack_does_not_give_is_told_of_in_the_thread() -> None:
    talk = at_phase("submitted")
    written = replying.Written(ROSA, Role.AGENT, "", ("F1",))
    talk._step(talk.newest, "written", partial(replying.write, written=written, policy=POLICY))
    (errand,) = [e for e in talk.errands.values() if e.kind == replying.FETCH]
    refused = partial(replying.file_refused, errand=errand, reason="too_large", policy=POLICY)
    talk._step(talk.newest, "refused", refused)
    assert "20 MB" in talk.posts[-1]
    assert not [owed for owed in talk.owed if owed.key == "reply.file"]


def test_a_file_of_a_request_that_was_forgotten_meanwhile_is_none() -> None:
    talk = at_phase("submitted")
    written = replying.Written(ROSA, Role.AGENT, "", ("F1",))
    talk._step(talk.newest, "written", partial(replying.write, written=written, policy=POLICY))
    (errand,) = [e for e in talk.errands.values() if e.kind == replying.FETCH]
    talk.papers.clear()
    kept = partial(replying.file_fetched, errand=errand, file=("a", "", 1), object_key="k", policy=POLICY)
    before = len(talk.owed)
    talk._step(talk.newest, "fetched", kept)
    assert len(talk.owed) == before


def test_too_many_files_are_refused_and_viewers_send_none() -> None:
    talk = at_phase("submitted")
    many = replying.Written(ROSA, Role.AGENT, "", tuple(f"F{n}" for n in range(6)))
    state = talk.state(talk.newest)
    moment = Moment(talk.now, "e", lambda: 1, lambda: "P-22222")
    with pytest.raises(Refused) as refused:
        replying.write(state, moment, many, POLICY)
    assert refused.value.code == "reply.too_many_files"
    with pytest.raises(Refused):
        replying.write(state, moment, replace(many, role=Role.VIEWER, files=()), POLICY)


# hours and nudges


def test_who_waits_too_long_is_nudged_for_once() -> None:
    talk = at_phase("submitted")
    tell(talk, "When?")
    talk.forward(minutes=POLICY.nudge_minutes)
    assert sum("has waited" in post for post in talk.posts) == 1
    tell(talk, "Hello?")
    talk.forward(minutes=10 * POLICY.nudge_minutes)
    assert sum("has waited" in post for post in talk.posts) == 1


def two_waiting() -> tuple[Talk, int, int]:
    """Return a conversation whose customer waits about a request at the carrier and about a draft, and both."""
    talk = at_phase("submitted")
    first = talk.newest
    tell(talk, "When?")
    talk.forward(minutes=5)
    tell(talk, "/new", "415-421-8840, Verizon Wireless", "I want to talk to a person")
    assert talk.newest != first
    return talk, first, talk.newest


def nudged(talk: Talk) -> list[str]:
    """Return the addresses of the nudges that staff were given, in order."""
    return [owed.address for owed in talk.owed if owed.kind == "post" and owed.key.startswith("talk.nudge")]


def test_a_customer_with_two_requests_is_nudged_for_each_in_its_own_time() -> None:
    talk, first, second = two_waiting()
    talk.forward(minutes=POLICY.nudge_minutes - 5)
    assert nudged(talk) == [str(first)]
    talk.forward(minutes=10)
    assert nudged(talk) == [str(first), str(second)]


def test_an_answer_about_one_request_leaves_the_other_waiting() -> None:
    talk, first, second = two_waiting()
    assert not talk.staff("reply", "Soon.", of=second).error
    assert [talk.requests[each].waits_since is None for each in (first, second)] == [False, True]
    talk.forward(minutes=POLICY.nudge_minutes)
    assert nudged(talk) == [str(first)]


def test_what_is_forgotten_waits_no_more_and_what_runs_still_does() -> None:
    talk, first, second = two_waiting()
    talk.command("delete_my_data")
    talk.press("delete.yes")
    talk.forward(minutes=2 * POLICY.nudge_minutes)
    assert second in talk.erased
    assert [talk.requests[each].waits_since is None for each in (first, second)] == [False, True]
    assert nudged(talk) == [str(first)]


def test_that_a_customer_waits_is_no_change_of_the_request_so_undo_still_takes_the_last_step_back() -> None:
    talk = at_phase("staff_review")
    talk.staff("submit", "no pin 88123")
    before = talk.request
    tell(talk, "When?")
    assert talk.request.waits_since is not None
    assert (talk.request.version, talk.request.changed_at) == (before.version, before.changed_at)
    assert talk.staff("undo").key == "undo.done"
    assert talk.request.waits_since is not None


@pytest.mark.parametrize(("verb", "argument"), [("reply", "Soon."), ("ask", "name: what does the bill say?")])
def test_who_was_answered_is_not(verb: str, argument: str) -> None:
    talk = at_phase("staff_review")
    tell(talk, "When?")
    assert talk.request.waits_since is not None
    talk.staff(verb, argument)
    assert talk.request.waits_since is None
    talk.forward(minutes=POLICY.nudge_minutes)
    assert not [post for post in talk.posts if "has waited" in post]


def test_a_note_is_no_answer_and_whoever_has_the_request_is_nudged_directly() -> None:
    talk = at_phase("submitted")
    talk.staff("take")
    tell(talk, "When?")
    talk.staff("note", "Called them.")
    talk.forward(minutes=POLICY.nudge_minutes)
    (whisper,) = [owed for owed in talk.owed if owed.kind == "whisper"]
    assert (whisper.address, whisper.key) == (ROSA, "talk.nudge_whisper")


def with_hours(nudge_minutes: int = POLICY.nudge_minutes) -> Policy:
    return with_rules(POLICY, desk_hours=NINE_TO_FIVE, nudge_minutes=nudge_minutes)


def at_local(talk: Talk, hour: int, minute: int = 0, days: int = 0) -> None:
    talk.now = datetime.combine(MONDAY.astimezone(POLICY.desk_zone).date(), time(hour, minute), POLICY.desk_zone)
    talk.now = talk.now.astimezone(UTC) + timedelta(days=days)


def test_outside_the_desks_hours_customers_are_told_once_when_somebody_is_there() -> None:
    talk = at_phase("submitted")
    talk.policy = with_hours()
    at_local(talk, 20)
    shown = tell(talk, "The shop is closed on Friday, by the way")
    assert keys(shown) == ["text.passed_on", "talk.closed"]
    assert "Tuesday" in shown[1].text
    assert "09:00" in shown[1].text
    assert keys(tell(talk, "The shop is closed on Friday, by the way")) == ["text.passed_on"]
    at_local(talk, 20, days=1)
    shown = tell(talk, "The shop is open again now, by the way")
    assert [key for key in keys(shown) if key != "silence.told"] == ["text.passed_on", "talk.closed"]


def test_within_them_nothing_is_said_of_hours() -> None:
    talk = at_phase("submitted")
    talk.policy = with_hours()
    at_local(talk, 11)
    assert keys(tell(talk, "The shop is closed on Friday, by the way")) == ["text.passed_on"]


@pytest.mark.parametrize(
    ("wrote", "nudged"),
    [
        ("2026-11-24 10:00", "2026-11-24 10:30"),
        ("2026-11-24 16:45", "2026-11-25 09:15"),
        ("2026-11-24 20:00", "2026-11-25 09:30"),
        ("2026-11-25 16:50", "2026-11-27 09:20"),  # Thanksgiving between
        ("2026-11-28 12:00", "2026-11-30 09:30"),  # a Saturday
    ],
)
def test_only_the_desks_hours_count_for_a_nudge(wrote: str, nudged: str) -> None:
    zone = POLICY.desk_zone
    at = hours.working(datetime.fromisoformat(wrote).replace(tzinfo=zone), timedelta(minutes=30), with_hours())
    assert f"{at.astimezone(zone):%Y-%m-%d %H:%M}" == nudged


def test_a_desk_without_hours_is_always_there() -> None:
    assert hours.opening(MONDAY, POLICY) is None
    assert hours.working(MONDAY, timedelta(hours=1), POLICY) == MONDAY + timedelta(hours=1)


def test_no_nudges_are_given_where_the_policy_wants_none() -> None:
    talk = at_phase("submitted")
    talk.policy = with_hours(nudge_minutes=0)
    tell(talk, "When?")
    assert ("nudge", talk.newest) not in talk.dues
    assert talk.request.waits_since is not None
