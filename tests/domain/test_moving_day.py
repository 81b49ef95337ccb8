"""The days around a move: each reminder comes once, at its hour, for the day that stands then."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import is_porting_day
from domain.desk import moving_day
from domain.desk.keeping import Numbers
from domain.desk.lines import Line
from domain.desk.state import Chat, Moment, State
from domain.policy import Policy
from domain.values import replace
from tests.domain.standing import at_phase, two_at_desk
from tests.domain.talk import Shown, Talk

PACIFIC = ZoneInfo("America/Los_Angeles")
DAY = "2026-12-01"  # a Tuesday; the Thursday before is a holiday
SAID = ("reminder.ahead", "reminder.eve", "reminder.today")


def reminders(shown: list[Shown]) -> list[tuple[str, str]]:
    """Return which reminders were shown, and of which day."""
    return [(each.owed.key.partition(".")[2], each.owed.params["date"]) for each in shown if each.owed.key in SAID]


def noted(talk: Talk) -> list[tuple[str, str, datetime]]:
    """Return every reminder that was said, of which day, and when by the desk's clock."""
    rows = [row for row in talk.history if row.what == "reminded"]
    return [(stage, day, row.at.astimezone(PACIFIC)) for row in rows for day, stage in [row.detail.split()]]


def to(talk: Talk, at: datetime) -> list[Shown]:
    """Let time pass until then."""
    return talk.forward(seconds=(at - talk.now).total_seconds())


def local(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=PACIFIC)


def test_a_day_is_reminded_of_three_business_days_before_the_day_before_and_that_morning() -> None:
    talk = at_phase("scheduled")
    talk.forward(days=40)
    assert noted(talk) == [
        ("ahead", DAY, local("2026-11-25", "10:00")), ("eve", DAY, local("2026-11-30", "10:00")),
        ("today", DAY, local(DAY, "07:00")),
    ]  # fmt: skip


def test_a_reminder_names_the_day_the_hours_and_where_calls_will_ring() -> None:
    talk = at_phase("scheduled")
    [ahead] = [shown for shown in to(talk, local("2026-11-25", "10:01")) if shown.owed.key == "reminder.ahead"]
    for said in ("Tuesday, 2026-12-01", "08:00 to 08:30 Pacific time", "(415) 421-8832", "(415) 200-0100"):
        assert said in ahead.text
    assert [choice.code for choice in ahead.choices] == ["ring"]
    talk.push(ahead, ahead.choices[0])
    assert talk.chat.asked == "destination"


def test_a_day_that_is_set_at_short_notice_is_only_reminded_of_for_what_is_still_to_come() -> None:
    talk = at_phase("pending_date")
    to(talk, local("2026-11-30", "14:00"))
    assert not talk.staff("date", DAY).error
    assert reminders(talk.forward(days=20)) == [("today", DAY)]


def test_a_day_that_is_set_within_minutes_of_a_reminder_is_told_by_its_notice_alone() -> None:
    talk = at_phase("pending_date")
    to(talk, local("2026-11-30", "09:59") + timedelta(seconds=30))
    assert not talk.staff("date", DAY).error
    shown = to(talk, local("2026-11-30", "23:00"))
    assert [each.owed.key for each in shown] == ["notice.short+notice.scheduled", "calendar.new"]


def test_a_day_that_moves_is_reminded_of_anew_and_the_old_one_no_more() -> None:
    talk = at_phase("scheduled")
    assert reminders(to(talk, local("2026-11-30", "12:00"))) == [("ahead", DAY), ("eve", DAY)]
    assert not talk.staff("date", "2026-12-08").error
    assert reminders(talk.forward(days=30)) == [(stage, "2026-12-08") for stage in ("ahead", "eve", "today")]


@pytest.mark.parametrize("verb", ["complete", "reject", "cancel"])
def test_what_ends_a_day_ends_its_reminders(verb: str) -> None:
    talk = at_phase("scheduled")
    assert not talk.staff(verb, {"reject": "wrong pin: 8C", "cancel": "stopped"}.get(verb, "")).error
    assert reminders(talk.forward(days=30)) == []
    assert (moving_day.RULE, talk.newest) not in talk.dues


def test_a_day_whose_end_is_taken_back_is_reminded_of_as_if_nothing_had_been() -> None:
    talk = at_phase("scheduled")
    to(talk, local("2026-11-30", "09:59") + timedelta(seconds=40))
    assert not talk.staff("date", "2026-12-08").error
    to(talk, local("2026-11-30", "10:00") + timedelta(seconds=20))  # its reminder would have come meanwhile
    before = len(talk.screen)
    assert not talk.staff("undo").error
    talk.forward(days=30)
    assert reminders(talk.screen[before:]) == [("eve", DAY), ("today", DAY)]


def test_a_reminder_takes_no_undo_away() -> None:
    talk = at_phase("scheduled")
    to(talk, local("2026-11-25", "09:59") + timedelta(seconds=50))
    assert not talk.staff("hold", "the customer travels").error
    assert reminders(talk.forward(seconds=20)) == [("ahead", DAY)]
    assert not talk.staff("undo").error


def test_a_reminder_whose_time_was_slept_through_is_left_out_when_it_would_be_wrong() -> None:
    talk = at_phase("scheduled")
    due = talk.dues.pop((moving_day.RULE, talk.newest))
    to(talk, local(DAY, "07:30"))
    talk.dues[due.rule, due.subject] = due
    assert reminders(talk.forward(days=3)) == [("today", DAY)]


def test_numbers_that_move_on_different_days_are_reminded_of_each_with_its_own() -> None:
    talk = two_days()
    shown = talk.forward(days=30)
    assert Counter(reminders(shown)) == Counter(
        (stage, day) for stage in ("ahead", "eve", "today") for day in (DAY, "2026-12-03")
    )
    for each in shown:
        if each.owed.key in SAID:
            assert ("(415) 421-8832" in each.text) == (each.owed.params["date"] == DAY)


def two_days() -> Talk:
    """Return a request of two numbers, each with a day of its own."""
    talk = two_at_desk()
    for verb in ("submit", "advance", "advance"):
        assert not talk.staff(verb).error
        talk.forward(seconds=61)
    assert not talk.staff("date", DAY).error
    second = max(talk.numbers)
    shift = timedelta(days=2)
    number = talk.numbers[second]
    assert number.port_date is not None
    assert number.window_start is not None
    assert number.window_end is not None
    talk.numbers[second] = replace(
        number, port_date=number.port_date + shift, window_start=number.window_start + shift,
        window_end=number.window_end + shift,
    )  # fmt: skip
    return talk


def test_who_has_blocked_the_bot_is_reminded_of_what_comes_once_it_is_let_in_again() -> None:
    talk = at_phase("scheduled")
    talk.hear("blocked")
    assert reminders(to(talk, local("2026-11-30", "12:00"))) == []
    talk.hear("unblocked")
    assert reminders(talk.forward(days=3)) == [("today", DAY)]


def test_staff_are_asked_what_came_of_it_when_the_window_is_over_and_only_then() -> None:
    talk = at_phase("scheduled")
    to(talk, local(DAY, "08:29"))
    before = len(talk.owed)
    to(talk, local(DAY, "08:31"))
    [post] = [owed for owed in talk.owed[before:] if owed.kind == "post"]
    assert (post.key, [choice.code for row in post.buttons for choice in row]) == (
        "thread.window_over", ["complete", "date"],
    )  # fmt: skip
    assert [owed.kind for owed in talk.owed[before:]].count("card") == 1
    done = at_phase("scheduled")
    to(done, local(DAY, "08:10"))
    assert not done.staff("complete").error
    done.forward(days=2)
    assert "thread.window_over" not in {owed.key for owed in done.owed}


# whatever happens to the day

DAYS = [day for day in (date(2026, 11, 30) + timedelta(days=n) for n in range(20)) if is_porting_day(day)]
steps = st.one_of(
    st.tuples(st.just("date"), st.sampled_from(DAYS)),
    st.tuples(st.just("undo"), st.none()),
    st.tuples(st.just("wait"), st.integers(1, 60 * 60 * 30)),
    st.tuples(st.just("wait"), st.sampled_from([20, 59, 61, 3600, 86400])),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(steps, min_size=1, max_size=14))
def test_whatever_happens_to_the_day_no_reminder_is_doubled_missing_or_wrong(
    done: list[tuple[str, date | int | None]],
) -> None:
    """What must be said is reckoned by a table of its own: which day stood at each hour, and since when."""
    talk = at_phase("pending_date")
    stood = [(talk.now, "")]
    for what, value in (*done, ("wait", 60 * 60 * 24 * 30)):
        if isinstance(value, int):
            talk.forward(seconds=value)
        else:
            talk.staff(what, value.isoformat() if value is not None else "")
        stands = talk.number.port_date if talk.number.phase == "scheduled" else None
        stood.append((talk.now, stands.isoformat() if stands is not None else ""))
    said = noted(talk)
    assert len({(stage, day) for stage, day, _ in said}) == len(said)
    for stage, day, at in said:
        assert day_at(stood, at) == day
        assert hours(day)[stage] <= at
        assert at.date() <= date.fromisoformat(day)
    since, day = stood_since(stood)
    for stage, at in hours(day).items() if day else ():
        if at > since + timedelta(seconds=60):
            assert (stage, day, at) in said


def stood_since(stood: list[tuple[datetime, str]]) -> tuple[datetime, str]:
    """Return the day that stands at last, and since when it does without a break."""
    last = stood[-1][1]
    first = len(stood) - 1
    while first and stood[first - 1][1] == last:
        first -= 1
    return stood[first]


def day_at(stood: list[tuple[datetime, str]], at: datetime) -> str:
    return [day for since, day in stood if since <= at][-1]


def hours(day: str) -> dict[str, datetime]:
    """Return at which hour each reminder of a day must come, reckoned anew."""
    that = date.fromisoformat(day)
    working = [that - timedelta(days=n) for n in range(1, 15) if is_porting_day(that - timedelta(days=n))]
    eve = that - timedelta(days=1)
    return {
        "ahead": datetime.combine(working[2], time(10), PACIFIC),
        "eve": datetime.combine(eve, time(10), PACIFIC),
        "today": datetime.combine(that, time(7), PACIFIC),
    }


# what the desk reads in the morning


def morning(policy: Policy, at: datetime, refs: tuple[str, ...] = ("P-7KQ2M",)) -> tuple[list[str], datetime]:
    """Return what the desk is told at an hour, and when it is told next."""
    lines = tuple(Line(ref, "scheduled", None, None, at, None) for ref in refs)
    moment = Moment(at, "event", lambda: 1, str)
    changes = moving_day.tell_desk(State(Chat(0), None), moment, Numbers({}, lines, (), 0), policy)
    [due] = changes.due
    return [owed.params["today"] for owed in changes.owed], due.at


def test_the_desk_reads_in_the_morning_what_moves_today_where_its_digest_comes_too_late() -> None:
    seven = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
    assert morning(Policy(), seven) == (["P-7KQ2M"], seven + timedelta(days=1))
    assert morning(Policy(), seven, ())[0] == []
    assert morning(Policy(digest_at=time(7, 30)), seven)[0] == []
    assert morning(Policy(), seven + timedelta(hours=5))[0] == []  # the house was down meanwhile


@pytest.mark.parametrize(
    ("window", "clock"), [((8, 0), "07:00"), ((11, 30), "10:30"), ((6, 0), "06:00"), ((0, 30), "00:30")]
)
def test_the_morning_is_an_hour_before_the_window_and_wakes_nobody(window: tuple[int, int], clock: str) -> None:
    policy = Policy(window_start=time(*window), window_end=time(window[0] + 1, window[1]))
    _, at = morning(policy, datetime(2026, 12, 4, 23, 0, tzinfo=UTC))
    assert f"{at.astimezone(PACIFIC):%a %H:%M}" == f"Mon {clock}"


def test_a_desk_east_of_the_window_reads_of_it_an_hour_before_by_its_own_clock() -> None:
    east = ZoneInfo("America/New_York")
    late, early = Policy(desk_zone=east, digest_at=time(11, 30)), Policy(desk_zone=east, digest_at=time(8, 45))
    seven = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)  # ten in New York; the window opens at eleven
    assert morning(late, seven) == (["P-7KQ2M"], seven + timedelta(days=1))
    assert morning(early, seven)[0] == []  # the digest has said it
    state, lines = State(Chat(0), None), (Line("P-7KQ2M", "scheduled", None, None, seven, None),)
    moment = Moment(seven, "event", lambda: 1, str)
    [post] = moving_day.tell_desk(state, moment, Numbers({}, lines, (), 0), late).owed
    assert post.params["start"] == "11:00"
