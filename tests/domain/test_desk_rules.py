"""What staff may do when, what can be taken back, and what the customer is told of it: once, and only the newest."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.desk import digesting
from domain.desk.keeping import Line, Numbers
from domain.desk.sealing import Head
from domain.desk.signing import fingerprint
from domain.desk.state import Chat, Moment, State
from domain.orders.phases import PHASES
from domain.orders.rejections import find_rejection
from domain.policy import PACIFIC, Policy
from domain.promises.notices import NOTICES
from domain.values import replace
from tests.domain.standing import asked_in, at, at_phase
from tests.domain.talk import MONDAY, ROSA, SAM, Talk

VERBS = {
    "ask": "name: the bill says Maria J.",
    "submit": "",
    "advance": "",
    "reject": "wrong pin: 8C",
    "date": "next wed",
    "lost": "",
    "complete": "",
    "cancel": "",
}
_NO = "staff.impossible"
UNDONE = ("undo.done", "undo.date", "undo.date_moved")
# Of each phase, what is not simply impossible there.
POSSIBLE: dict[str, dict[str, str]] = {
    "intake": {"cancel": "cancel.done"},
    "awaiting_documents": {"ask": "ask.done", "cancel": "cancel.done"},
    "staff_review": {"ask": "ask.done", "submit": "submit.done", "cancel": "cancel.done"},
    "changes_requested": {"ask": "ask.done", "cancel": "cancel.done"},
    "submitted": {"advance": "advance.done", "reject": "reject.done", "cancel": "cancel.done_at_carrier"},
    "carrier_review": {"advance": "advance.done", "reject": "reject.done", "cancel": "cancel.done_at_carrier"},
    "rejected": {
        "ask": "ask.done",
        "submit": "submit.not_repaired",
        "reject": "reject.told",
        "cancel": "cancel.done_at_carrier",
    },
    "pending_date": {
        "advance": "advance.needs_date",
        "reject": "reject.done",
        "date": "date.done",
        "cancel": "cancel.done_at_carrier",
    },
    "scheduled": {
        "advance": "advance.done",
        "reject": "reject.done",
        "date": "date.moved",
        "lost": "lost.done",
        "complete": "complete.done",
        "cancel": "cancel.done_at_carrier",
    },
    "activating": {"date": "date.moved", "lost": "lost.done", "complete": "complete.done", "cancel": "cancel.begun"},
    "cancel_requested": {"advance": "advance.done", "cancel": "cancel.done_at_carrier"},
    "awaiting_unlock": {"ask": "ask.done", "cancel": "cancel.done"},
    "awaiting_sms_consent": {"advance": "advance.done", "reject": "reject.done", "cancel": "cancel.done_at_carrier"},
    "csr_check": {
        "ask": "ask.which",
        "advance": "advance.done",
        "reject": "reject.done",
        "cancel": "cancel.done_at_carrier",
    },
    "csr_needed": {"advance": "advance.done", "cancel": "cancel.done_at_carrier"},
    "resporg_release": {"advance": "advance.done", "reject": "reject.done", "cancel": "cancel.done_at_carrier"},
    "rerouting": {"date": "date.done", "complete": "complete.done"},
    "ported": {"cancel": "cancel.has_moved"},
    "closed": {"cancel": "cancel.has_moved"},
    **{key: {} for key in ("returned", "not_portable", "failed", "cancelled", "expired")},
}
AFTER = {
    ("staff_review", "ask"): "changes_requested",
    ("staff_review", "submit"): "submitted",
    ("submitted", "advance"): "carrier_review",
    ("carrier_review", "advance"): "pending_date",
    ("pending_date", "date"): "scheduled",
    ("scheduled", "date"): "scheduled",
    ("scheduled", "lost"): "pending_date",
    ("activating", "lost"): "pending_date",
    ("activating", "date"): "scheduled",
    ("scheduled", "advance"): "activating",
    ("cancel_requested", "advance"): "submitted",
    ("awaiting_sms_consent", "advance"): "carrier_review",
    ("csr_check", "advance"): "carrier_review",
    ("csr_needed", "advance"): "csr_check",
    ("resporg_release", "advance"): "rerouting",
    ("rerouting", "date"): "scheduled",
}
STEPS = [(phase, verb) for phase in POSSIBLE for verb in VERBS]


def _argument(talk: Talk, verb: str) -> str:
    """Return what a verb is done with; an order number only where something goes out, elsewhere it would be noted."""
    goes_out = verb == "submit" and talk.request.status in ("staff_review", "rejected")
    return "88123" if goes_out else VERBS.get(verb, "")


def _after(phase: str, verb: str) -> str:
    usual = {"reject": "rejected", "complete": "ported", "cancel": "cancelled"}.get(verb, phase)
    return AFTER.get((phase, verb), usual)


def test_the_table_knows_every_phase_a_request_rests_in() -> None:
    assert set(POSSIBLE) == set(PHASES) - {"screening"}


@pytest.mark.parametrize(("phase", "verb"), STEPS)
def test_a_verb_does_what_the_table_says_or_nothing_at_all(phase: str, verb: str) -> None:
    talk = at_phase(phase)
    before, owed = talk.case(), len(talk.owed)
    told = talk.staff(verb, _argument(talk, verb))
    assert told.key in (POSSIBLE[phase].get(verb, _NO), POSSIBLE[phase].get(verb, f"{_NO}_none"))
    if told.error:
        assert talk.case() == before
        assert len(talk.owed) == owed
    else:
        assert talk.request.status == _after(phase, verb)
        assert talk.request.version > before.request.version
        assert {o.kind for o in talk.owed[owed:]} == {"card", "post"}


@pytest.mark.parametrize(("phase", "verb"), STEPS)
def test_a_refusal_names_what_is_possible(phase: str, verb: str) -> None:
    told = (talk := at_phase(phase)).staff(verb, _argument(talk, verb))
    if told.key == _NO:
        offered = told.params["possible"]
        assert set(offered.split(", ")) <= {*VERBS, "end", "edit", "reply", "note"}
        assert verb not in offered.split(", ")


def _rests(talk: Talk) -> tuple[object, ...]:
    """Return what undo must restore exactly."""
    case = talk.case()
    numbers = tuple(replace(number, version=0) for number in case.numbers)
    reopened = tuple(sorted(q for q, a in case.answers.items() if a.reopened))
    values = {q: a.value for q, a in case.answers.items()}
    return numbers, case.orders, reopened, values, case.request.repaired, case.request.status, dict(talk.secrets)


DOABLE = [
    (phase, verb)
    for phase, verbs in POSSIBLE.items()
    for verb, code in verbs.items()
    if code.endswith((".done", ".done_at_carrier", ".moved"))
]


@pytest.mark.parametrize(("phase", "verb"), DOABLE)
def test_undo_in_time_restores_everything_and_nobody_is_told(phase: str, verb: str) -> None:
    talk = at_phase(phase)
    before = _rests(talk)
    told = fingerprint(talk.case())
    talk.staff(verb, _argument(talk, verb))
    shown = talk.forward(seconds=59)
    assert talk.staff("undo", by=SAM).key in UNDONE
    assert _rests(talk) == before
    assert fingerprint(talk.case()) == told
    shown += talk.forward(hours=1)
    assert [s.owed.key for s in shown if s.owed.key.startswith("notice")] == []


@pytest.mark.parametrize(("phase", "verb"), DOABLE)
def test_after_its_time_an_action_cannot_be_taken_back(phase: str, verb: str) -> None:
    talk = at_phase(phase)
    talk.staff(verb, _argument(talk, verb))
    after = _rests(talk)
    talk.forward(seconds=60)
    refused = talk.staff("undo")
    assert refused.key in ("undo.too_late", "undo.too_late_over", "undo.changed_since")
    assert _rests(talk)[:3] == after[:3]


@pytest.mark.parametrize(("phase", "verb"), DOABLE)
def test_an_action_is_taken_back_once_only(phase: str, verb: str) -> None:
    talk = at_phase(phase)
    talk.staff(verb, _argument(talk, verb))
    talk.staff("undo")
    assert talk.staff("undo").key in ("undo.nothing", "undo.changed_since", "undo.too_late", "undo.too_late_over")


def test_what_the_customer_did_meanwhile_keeps_an_action_from_being_taken_back() -> None:
    talk = at_phase("staff_review")
    talk.staff("submit")
    talk.command("cancel")
    talk.press("cancel.yes")
    assert talk.staff("undo").key == "undo.changed_since"
    assert talk.request.status == "cancel_requested"


Step = st.sampled_from([*VERBS, "undo", "wait", "pin"])


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["staff_review", "submitted", "pending_date", "scheduled"]), st.lists(Step, max_size=12))
def test_the_customer_hears_the_newest_state_once_and_nothing_of_what_was_taken_back(
    phase: str, steps: list[str]
) -> None:
    talk = at_phase(phase)
    for burst in _bursts(steps):
        before, asked, why = _rests(talk), talk.chat.asked, talk.request.note
        shown = len(talk.screen)
        for step in burst:
            _do(talk, step)
        after = talk.case()
        heard = [s for s in talk.screen[shown:] + talk.forward(seconds=61) if s.owed.key.startswith("notice")]
        assert len(heard) <= 1
        if (_rests(talk)[:3], talk.chat.asked, talk.request.note) == (before[:3], asked, why):
            assert heard == []
        if heard and not heard[0].owed.key.startswith("notice.question"):
            told = heard[0].owed.key.removeprefix("notice.short+").split("+")[0]
            of_days = ("notice.date_moved", "notice.date_lost", "notice.ported_early")
            assert told in (NOTICES[after.phase], "notice.asked_again", *of_days)
        assert talk.request.told == fingerprint(talk.case())


def _bursts(steps: list[str]) -> list[list[str]]:
    """Part steps where staff wait for so long that the customer is told."""
    bursts: list[list[str]] = [[]]
    for step in steps:
        if step == "wait":
            bursts.append([])
        else:
            bursts[-1].append(step)
    return bursts


def _do(talk: Talk, step: str) -> None:
    if step != "pin":
        talk.staff(step, _argument(talk, step))
    elif talk.chat.asked == "pin":
        talk.say("482913")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([*VERBS]), st.booleans()), max_size=10))
def test_undo_restores_exactly_whatever_came_before(steps: list[tuple[str, bool]]) -> None:
    talk = at_phase("staff_review")
    for verb, is_kept in steps:
        before = _rests(talk)
        told = talk.staff(verb, _argument(talk, verb))
        if told.error:
            assert _rests(talk) == before or told.key.startswith("submit.pin")
        elif is_kept:
            talk.forward(seconds=61)
        else:
            assert talk.staff("undo").key in UNDONE
            assert _rests(talk) == before
            talk.forward(seconds=61)
            assert _rests(talk) == before


def test_two_steps_within_the_time_are_told_as_the_last_one_alone() -> None:
    talk = at_phase("staff_review")
    talk.staff("submit")
    talk.forward(seconds=30)
    talk.staff("advance", by=SAM)
    assert [s.owed.key for s in talk.forward(seconds=61)] == ["notice.carrier_review"]


def test_a_date_moved_twice_is_told_twice() -> None:
    talk = at_phase("scheduled")
    days = []
    for day in ("2026-12-02", "2026-12-03"):
        talk.staff("date", day)
        shown, _file = talk.forward(seconds=61)
        assert day in shown.text
        days.append(talk.number.port_date)
    assert days == [date(2026, 12, 2), date(2026, 12, 3)]


def test_the_same_date_again_is_refused_and_not_told() -> None:
    talk = at_phase("scheduled")
    assert talk.staff("date", "2026-12-01").key == "date.same"
    assert talk.forward(seconds=61) == []


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ("", "date.nothing"),
        ("gibberish", "date.unclear"),
        ("2026-02-30", "date.no_such_day"),
        ("2026-11-20", "date.past"),
        ("2026-11-28", "date.no_porting_day"),
        ("2026-11-26", "date.no_porting_day"),
        ("2027-02-16", "date.too_far"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_a_reason(given_: str, code: str) -> None:
    talk = at_phase("pending_date")
    before = talk.case()
    assert talk.staff("date", given_).key == code
    assert talk.case() == before


def test_a_date_keeps_the_window_of_the_desk() -> None:
    talk = at_phase("scheduled")
    assert talk.number.window_start == datetime(2026, 12, 1, 16, 0, tzinfo=UTC)
    assert talk.number.window_end == datetime(2026, 12, 1, 16, 30, tzinfo=UTC)


# the PIN


def test_a_pin_for_later_is_asked_for_when_staff_submit() -> None:
    talk = at("later")
    told = talk.staff("submit")
    assert (told.key, talk.request.status) == ("submit.pin_missing", "staff_review")
    assert asked_in(talk.screen[-1:])
    assert talk.staff("submit").key == "submit.pin_awaited"
    talk.say("482913")
    assert any(post.startswith("The transfer PIN is here.") for post in talk.posts)
    assert talk.staff("submit").key == "submit.done"
    assert talk.number.attempts == 1


def test_asking_for_the_pin_tells_nothing_before_the_undo_time_of_what_was_done_before() -> None:
    talk = at("later")
    talk.staff("edit", "name: Maria Alvarez Gomez")
    shown = len(talk.screen)
    talk.forward(seconds=5)
    assert talk.staff("submit").key == "submit.pin_missing"
    talk.forward(seconds=30)
    assert len(talk.screen) == shown
    talk.forward(seconds=60)
    assert len(talk.screen) > shown


def test_a_pin_not_given_yet_is_awaited() -> None:
    talk = at("pin")
    assert talk.staff("submit").key == "submit.pin_awaited"
    talk.say("482913")
    assert talk.staff("submit").key == "submit.done"


@pytest.mark.parametrize("argument", ["no pin 881", "No PIN, 88123", "nopin 88123"])
def test_a_request_whose_carrier_has_no_pin_goes_out_without_one(argument: str) -> None:
    talk = at("later")
    assert talk.staff("submit").key == "submit.pin_missing"
    assert talk.staff("submit", argument).key == "submit.done"
    assert talk.case().answers["pin"].value == ("none",)
    order = talk.case().order
    assert order is not None
    assert order.carrier_order == argument.split()[-1]


def test_a_pin_that_is_here_is_not_thrown_away_by_saying_that_there_is_none() -> None:
    talk = at_phase("staff_review")
    assert talk.staff("submit", "no pin 881").key == "submit.done"
    assert talk.case().answers["pin"].value == ("••••",)


def test_a_rejection_reopens_the_pin_alone() -> None:
    talk = at_phase("rejected")
    assert [q for q, a in talk.case().answers.items() if a.reopened] == ["pin"]
    assert talk.chat.asked == "pin"
    assert {c.code for c in talk.screen[-1].choices if not c.code.startswith("at.")} == {"done", "fixed"}


def test_a_new_pin_repairs_a_rejection() -> None:
    talk = at_phase("rejected")
    shown = talk.say("771155")
    assert "again with what is new" in shown[-1].text
    assert talk.secrets[talk.newest, "pin"] == "771155"
    assert talk.request.repaired == "corrected"
    assert talk.staff("submit").key == "submit.done"
    assert talk.number.attempts == 2
    assert talk.number.rejection is None


def test_a_carrier_that_fixed_its_record_repairs_a_rejection_too() -> None:
    talk = at_phase("rejected")
    shown = talk.press("fixed")
    assert "again as it was" in shown[-1].text
    assert talk.secrets[talk.newest, "pin"] == "482913"
    assert talk.staff("submit").key == "submit.done"


def test_a_second_rejection_is_told_though_it_is_the_same_one() -> None:
    talk = at_phase("rejected")
    talk.say("771155")
    talk.staff("submit")
    talk.forward(seconds=61)
    talk.staff("reject", "PIN_INVALID")
    shown = talk.forward(seconds=61)
    assert [s.owed.key for s in shown] == [
        "notice.rejected+rejection.twice+rejection.meanwhile.ready+rejection.do.PIN_INVALID+ask.pin_again+pin_at.offer"
    ]


def test_an_unknown_reason_is_refused_and_known_ones_are_named() -> None:
    talk = at_phase("submitted")
    refused = talk.staff("reject", "blue moon")
    assert refused.key == "reject.reason"
    assert find_rejection(refused.params["known"].split(", ")[0]) is not None
    assert talk.request.status == "submitted"


def test_what_the_carrier_wrote_is_kept_without_its_digits() -> None:
    talk = at_phase("submitted")
    talk.staff("reject", "wrong pin: PIN 482913 does not match")
    assert "482913" not in " ".join(talk.posts)
    assert "482913" not in str([h.words for h in talk.history])


def test_staff_asking_for_what_there_is_not_get_the_names_there_are() -> None:
    talk = at_phase("staff_review")
    assert talk.staff("ask", "").key == "ask.none"
    for argument in ("shoe size", "a", "review"):
        assert talk.staff("ask", argument).key == "ask.which"
    assert talk.request.status == "staff_review"


def test_several_answers_asked_for_are_asked_one_after_the_other() -> None:
    talk = at_phase("staff_review")
    assert talk.staff("ask", "acc, dest: please check both").key == "ask.done"
    (shown,) = talk.forward(seconds=61)
    assert "please check both" in shown.text
    assert talk.chat.asked == "destination"
    talk.say("415 200 0101")
    assert talk.chat.asked == "account"
    talk.say("1122334455")
    assert talk.request.status == "staff_review"
    assert talk.secrets[talk.newest, "account"] == "1122334455"


# cancelling


def test_a_customer_cancels_alone_before_it_is_sent() -> None:
    talk = at_phase("staff_review")
    talk.command("cancel")
    talk.press("cancel.yes")
    assert talk.request.status == "cancelled"
    assert not talk.secrets
    assert "The customer has cancelled this request." in talk.posts
    assert talk.forward(days=60) == []


@pytest.mark.parametrize("phase", ["submitted", "carrier_review", "pending_date", "rejected"])
def test_after_it_is_sent_the_desk_decides_a_cancellation(phase: str) -> None:
    for verb, after in (("cancel", "cancelled"), ("advance", phase)):
        talk = at_phase(phase)
        talk.command("cancel")
        talk.press("cancel.yes")
        assert talk.request.status == "cancel_requested"
        assert talk.number.came_from == phase
        assert not talk.staff(verb).error
        shown = talk.forward(seconds=61)
        assert talk.request.status == after
        assert [s.owed.key.split("+")[0] for s in shown] == [NOTICES[after]]
        assert bool(talk.secrets) == (after != "cancelled")


def test_an_ended_request_keeps_no_secret() -> None:
    for phase in ("ported", "cancelled", "expired"):
        assert not at_phase(phase).secrets


def test_secrets_outlive_an_end_that_is_taken_back() -> None:
    talk = at_phase("scheduled")
    talk.staff("complete")
    talk.staff("undo")
    talk.forward(days=1)
    assert set(talk.secrets.values()) == {"998877665-00001"}  # the PIN was used up when the carrier accepted it


# what comes of time


def test_a_draft_is_recalled_three_times_and_given_up_after_a_month() -> None:
    talk = Talk()
    talk.until("account")
    days = [(day, shown.owed.key.split("+")[0]) for day in range(1, 50) for shown in talk.forward(days=1)]
    reminders = [key for _, key in days]
    assert reminders == ["reminder.draft"] * 3 + ["notice.expired"]
    assert [day for day, _ in days[:3]] == [1, 2, 3]
    assert 30 <= days[3][0] <= 34
    assert talk.request.status == "expired"
    assert not talk.secrets
    assert not talk.dues
    assert asked_in(talk.command("start"))


def test_a_customer_who_goes_on_is_not_recalled_on_the_old_day() -> None:
    talk = Talk()
    talk.until("name")
    talk.forward(hours=20)
    talk.answer("name")
    assert talk.forward(hours=20) == []
    assert [s.owed.key.split("+")[0] for s in talk.forward(hours=5)] == ["reminder.draft"]
    assert talk.chat.asked == "address"
    talk.answer("address")
    assert talk.chat.asked == "destination"


def test_a_request_at_the_desk_is_never_recalled_or_given_up() -> None:
    for state in ("staff_review", "changes_requested", "rejected", "submitted"):
        shown = at_phase(state).forward(days=90)
        spoken = {each.owed.key for each in shown}  # papers get old, and carriers are silent
        assert all(key.startswith(("ages.", "silence.")) or key == "notice.longer" for key in spoken)


@pytest.mark.parametrize("begin", [datetime(2026, 10, 20, tzinfo=UTC), datetime(2027, 3, 2, tzinfo=UTC)])
def test_the_digest_comes_on_every_working_day_at_one_local_time_across_the_clock_change(begin: datetime) -> None:
    policy, now, days = Policy(), begin, []
    for _ in range(20):
        moment = Moment(now, "event", lambda: 1, str)
        numbers = Numbers({"staff_review": 2, "rejected": 1}, (), (), 0)
        changes = digesting.digest(State(Chat(0), None), moment, numbers, Head(7, "a1" * 32), policy)
        (owed,), (due,) = changes.owed, changes.due
        assert (owed.kind, owed.params["waiting_desk"], owed.params["waiting_customer"]) == ("channel", "2", "1")
        assert due.at > now
        now = due.at
        local = now.astimezone(PACIFIC)
        assert (local.time(), local.weekday() < 5) == (time(8, 45), True)
        days.append(local.date())
    working = [begin.astimezone(PACIFIC).date() + timedelta(days=n) for n in range(60)]
    assert days == [day for day in working if day.weekday() < 5 and day >= days[0]][: len(days)]


def test_the_digest_names_requests_and_no_customers() -> None:
    line = Line("P-7KQ2M", "scheduled", "+14154218832", "verizon", MONDAY, "2026-11-23")
    params = digesting.digest_params(Numbers({"scheduled": 1}, (line,), (line,), 3), Head(7, "a1" * 32))
    assert (params["today"], params["stale"], params["undelivered"]) == ("P-7KQ2M", "P-7KQ2M", "3")
    assert params["sealed"] == "7:a1a1a1a1a1a1"
    assert "4154218832" not in str(params)


# who cannot be reached


def test_a_blocked_customer_gets_nothing_and_staff_see_it() -> None:
    talk = at_phase("submitted")
    talk.hear("blocked")
    assert "blocked the bot" in talk.posts[-1]
    talk.staff("advance")
    assert talk.forward(seconds=61) == []
    missed = talk.hear("unblocked")
    assert [shown.owed.key for shown in missed] == ["notice.carrier_review"]
    assert "can be reached again" in talk.posts[-1]
    assert talk.command("status")


def test_blocking_twice_is_told_staff_once() -> None:
    talk = at_phase("submitted")
    talk.hear("blocked")
    posts = len(talk.posts)
    talk.hear("blocked")
    assert len(talk.posts) == posts


@pytest.mark.parametrize("reason", ["blocked", "chat_gone", "refused", "moved", "broken", "doubtful"])
def test_staff_learn_of_a_message_that_cannot_arrive(reason: str) -> None:
    talk = at_phase("submitted")
    posts = len(talk.posts)
    talk.undeliverable(talk.screen[-1].owed, reason)
    assert len(talk.posts) == posts + 1
    assert talk.chat.blocked == (reason in ("blocked", "chat_gone"))


def test_a_secret_that_cannot_be_deleted_is_left_to_the_customer() -> None:
    talk = at("pin")
    talk.say("482913")
    deletion = next(o for o in reversed(talk.owed) if o.kind == "delete")
    shown = talk.undeliverable(deletion, "too_old")
    assert "delete it yourself" in shown[0].text


# bills


def test_a_bill_that_is_none_is_asked_for_again() -> None:
    talk = Talk(does_errands=False)
    talk.until("review")
    shown = talk.run_errands(refused="wrong_type")
    assert shown[0].owed.key.startswith("bill.refused.wrong_type")
    assert talk.chat.asked == "bill"
    talk.document()
    talk.run_errands()
    assert talk.chat.asked == "review"


def test_a_bill_refused_after_the_signature_is_asked_for_again_and_then_goes_to_the_desk() -> None:
    talk = Talk(does_errands=False)
    talk.until("end")
    assert talk.request.status == "awaiting_documents"
    talk.run_errands(refused="gone")
    assert talk.chat.asked == "bill"
    talk.document()
    shown = talk.run_errands()
    assert talk.request.status == "staff_review"
    assert shown
    assert ROSA not in " ".join(talk.texts())
