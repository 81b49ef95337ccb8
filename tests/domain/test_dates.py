"""The days of a request's numbers: which can be set, and what their customer reads of each: once, and rightly."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.wording import slack_text
from domain.calendar import Hours
from domain.desk.days_told import window_in
from domain.desk.state import Due
from domain.numbers import Phone
from domain.numbers.zones import zones_of
from domain.orders.model import Number
from domain.policy import Policy, country_of
from domain.values import replace
from tests.domain.standing import at_phase
from tests.domain.talk import Shown, Talk

TORONTO = ZoneInfo("America/Toronto")
SUMMER = datetime(2027, 6, 28, 18, 0, tzinfo=UTC)  # a Monday, before Canada Day and Independence Day


def number_of(e164: str, number_class: str = "wireless") -> Number:
    return Number(1, 1, 1, e164, number_class, "scheduled", 1, SUMMER)


def several(*days: str, phase: str = "scheduled") -> Talk:
    """Return a request with a number for each day, with an empty one to wait for it; of none its customer knows."""
    talk = at_phase("pending_date")
    first = talk.number
    for place, day in enumerate(days):
        put(talk, replace(first, id=first.id + place, e164=f"+1415421883{place + 2}"), day, phase)
    request = replace(talk.request, told=";".join("pending_date|||1" for _ in days))
    talk.requests[request.id] = request
    return talk


def put(talk: Talk, number: Number, day: str, phase: str = "scheduled") -> None:
    """Give a number of the newest request another day, or none."""
    if not day:
        talk.numbers[number.id] = replace(number, phase="pending_date", port_date=None, window_start=None)
        return
    start, end = Policy().hours.on(date.fromisoformat(day)).utc()
    talk.numbers[number.id] = replace(
        number, phase=phase, port_date=date.fromisoformat(day), window_start=start, window_end=end
    )


# which day


@pytest.mark.parametrize(
    ("number", "country"),
    [
        (number_of("+14154218832"), "US"),
        (number_of("+15148612345", "ca_landline"), "CA"),
        (number_of("+15148612345", "fax"), "CA"),
        (number_of("+18003569377", "toll_free"), "US"),
    ],
)
def test_a_number_moves_on_the_days_of_its_own_country(number: Number, country: str) -> None:
    assert country_of(number) == country


def canadian(now: datetime = SUMMER) -> Talk:
    """Return a Canadian line that waits for its day."""
    talk = at_phase("pending_date")
    talk.numbers[talk.number.id] = replace(talk.number, e164="+15148612345", number_class="ca_landline")
    talk.now = now
    return talk


@pytest.mark.parametrize(
    ("day", "is_moving"),
    [("2027-07-01", False), ("2027-07-05", True), ("2027-07-02", True)],  # Canada Day; Independence Day observed
)
def test_a_canadian_number_rests_on_canadas_holidays_and_on_no_other(day: str, is_moving: bool) -> None:
    assert canadian().staff("date", day).error is not is_moving


@pytest.mark.parametrize(("day", "is_moving"), [("2027-07-01", True), ("2027-07-05", False)])
def test_an_american_number_rests_on_americas(day: str, is_moving: bool) -> None:
    talk = at_phase("pending_date")
    talk.now = SUMMER
    assert talk.staff("date", day).error is not is_moving


def test_a_refused_day_names_the_next_one_of_that_country() -> None:
    assert canadian().staff("date", "2027-07-01").params["next"] == "Fri 2027-07-02"


def test_nothing_moves_on_a_day_on_which_the_desk_is_closed() -> None:
    talk = at_phase("pending_date")
    talk.policy = Policy(closed=(date(2026, 12, 1),))
    refused = talk.staff("date", "2026-12-01")
    assert (refused.key, refused.params["next"]) == ("date.no_porting_day", "Wed 2026-12-02")


# the window


def test_a_window_is_that_of_the_class_else_of_the_country_else_the_usual_one() -> None:
    of_class, of_country = Hours(time(11, 30), time(12), TORONTO), Hours(time(9), time(9, 30), TORONTO)
    policy = Policy(class_windows=(("ca_wireless", of_class),), country_windows=(("CA", of_country),))
    assert policy.hours_of(number_of("+15148612345", "ca_wireless")) == of_class
    assert policy.hours_of(number_of("+15148612345", "ca_landline")) == of_country
    assert policy.hours_of(number_of("+14154218832")) == policy.hours


def test_a_window_opens_by_the_clocks_of_its_own_zone_wherever_the_desk_is() -> None:
    talk = canadian()
    hours = Hours(time(9), time(9, 30), TORONTO)
    talk.policy = Policy(desk_zone=ZoneInfo("Asia/Tokyo"), country_windows=(("CA", hours),))
    assert not talk.staff("date", "2027-07-06").error
    assert talk.number.window_start == datetime(2027, 7, 6, 13, 0, tzinfo=UTC)


# the customer's clocks


@pytest.mark.parametrize(
    ("e164", "there"),
    [
        ("+14154218832", ""),  # San Francisco: as ours
        ("+12127365002", "11:00"),  # New York
        ("+17095765002", ""),  # Newfoundland or Labrador: nobody knows
        ("+18082345678", "06:00"),  # Honolulu
        ("+16713456789", "2026-12-02 02:00"),  # Guam: the next day
        ("+18003569377", ""),  # toll-free: from nowhere
        ("+12083305678", ""),  # Boise or Coeur d'Alene: nobody knows
    ],
)
def test_a_window_is_told_by_the_clocks_where_the_number_is_from(e164: str, there: str) -> None:
    start, end = Policy().hours.on(date(2026, 12, 1)).utc()
    number = replace(number_of(e164), port_date=date(2026, 12, 1), window_start=start, window_end=end)
    assert window_in((number,), Policy())["there"] == there


def test_a_number_that_was_forgotten_has_no_zone() -> None:
    assert zones_of(Phone("+1")) == ()


def test_numbers_of_several_zones_are_told_by_our_clock_alone() -> None:
    start, end = Policy().hours.on(date(2026, 12, 1)).utc()
    both = tuple(
        replace(number_of(e164), port_date=date(2026, 12, 1), window_start=start, window_end=end)
        for e164 in ("+12127365002", "+13127365002")
    )
    assert window_in(both, Policy())["there"] == ""


def test_notice_and_status_say_the_window_by_both_clocks() -> None:
    talk = at_phase("pending_date")
    talk.numbers[talk.number.id] = replace(talk.number, e164="+12127365002")
    talk.staff("date", "2026-12-01")
    notice, _file = talk.forward(seconds=61)
    both = "08:00 to 08:30 Pacific time (11:00 where the number is from)"
    assert both in notice.text
    assert both in talk.command("status")[-1].text


# several days


def announced(talk: Talk) -> Shown:
    """Have the customer told of how numbers stand now; return the notice."""
    before, request = len(talk.screen), talk.newest
    talk.dues["tell", request] = Due(0, "tell", request, 0, talk.now)
    talk.forward(seconds=1)
    return next(shown for shown in talk.screen[before:] if shown.owed.key.startswith("notice"))


def test_each_number_of_a_request_reads_its_own_day() -> None:
    talk = several("2026-12-01", "2026-12-03", "2026-12-01")
    notice = announced(talk)
    assert notice.owed.key.startswith("notice.parts")
    assert "(415) 421-8832, (415) 421-8834</b>: date set, <b>Tuesday, 2026-12-01</b>" in notice.text
    assert "(415) 421-8833</b>: date set, <b>Thursday, 2026-12-03</b>" in notice.text


def test_a_day_of_only_some_numbers_says_of_which() -> None:
    talk = several("2026-12-01", "")
    notice = announced(talk)
    assert "421-8832</b>: date set, <b>Tuesday, 2026-12-01</b>" in notice.text
    assert "421-8833" not in notice.text


def test_what_is_set_moved_and_lost_at_once_is_told_in_one_message() -> None:
    talk = several("2026-12-01", "2026-12-01", "")
    announced(talk)
    first, second, third = talk.case().numbers
    put(talk, first, "2026-12-04")
    put(talk, second, "")
    put(talk, third, "2026-12-03")
    lines = announced(talk).text
    assert "421-8832</b>: the date has moved from 2026-12-01 to <b>Friday, 2026-12-04</b>" in lines
    assert "421-8833</b>: 2026-12-01 no longer stands, and a new date is not named yet" in lines
    assert "421-8834</b>: date set, <b>Thursday, 2026-12-03</b>" in lines


def test_numbers_that_come_to_one_day_from_different_ones_are_told_so() -> None:
    talk = several("2026-12-01", "")
    announced(talk)
    for number in talk.case().numbers:
        put(talk, number, "2026-12-04")
    lines = announced(talk).text
    assert "421-8832</b>: the date has moved from 2026-12-01 to" in lines
    assert "421-8833</b>: date set, <b>Friday, 2026-12-04</b>" in lines


def test_a_day_of_some_numbers_that_staff_name_is_theirs_alone() -> None:
    talk = several("", "")
    assert not talk.staff("date", "8833 2026-12-03").error
    assert "421-8833</b>: date set, <b>Thursday, 2026-12-03</b>" in talk.forward(seconds=61)[0].text
    assert not talk.staff("date", "8832 2026-12-01").error
    notice, file = talk.forward(seconds=61)
    assert "421-8832</b>: date set, <b>Tuesday, 2026-12-01</b>" in notice.text
    assert "421-8833" not in notice.text
    assert "20261201T1600" in file.owed.params["calendar"]
    assert not talk.staff("lost", "8833").error
    assert "421-8833</b>: 2026-12-03 no longer stands" in talk.forward(seconds=61)[0].text
    talk.forward(days=10)
    posts = [owed.params["days"] for owed in talk.owed if owed.key == "thread.overdue"]
    assert posts == ["Tue 2026-12-01"]


def test_a_day_that_did_not_change_is_not_told_again() -> None:
    talk = several("2026-12-01", "2026-12-03")
    announced(talk)
    put(talk, talk.case().numbers[1], "2026-12-04")
    lines = announced(talk).text
    assert "2026-12-04" in lines
    assert "421-8832" not in lines


def test_status_says_each_numbers_own_day() -> None:
    talk = several("2026-12-01", "2026-12-03", "")
    announced(talk)
    text = re.sub("<[^>]+>", "", talk.command("status")[-1].text)
    assert "(415) 421-8832: date set for Tuesday, 2026-12-01, 08:00 to 08:30 Pacific time" in text
    assert "(415) 421-8833: date set for Thursday, 2026-12-03, 08:00 to 08:30 Pacific time" in text
    assert "(415) 421-8834: accepted, waiting for a date" in text


def test_the_first_day_that_passes_is_noted_although_another_was_set_since() -> None:
    talk = several("2026-12-01", "2026-12-03")
    announced(talk)
    talk.staff("date", "2026-12-08")  # of both; the second is put back
    talk.staff("undo")
    put(talk, talk.case().numbers[1], "2026-12-03")
    talk.forward(days=12)
    posts = [owed.params["days"] for owed in talk.owed if owed.key == "thread.overdue"]
    assert posts[0] == "Tue 2026-12-01"


# lost, early, passed


def told_of_days(shown: list[Shown]) -> list[str]:
    """Return the notices among what was shown; what recalls a day that is still to come is none."""
    return [each.owed.key for each in shown if each.owed.key.startswith("notice.")]


@pytest.mark.parametrize("phase", ["scheduled", "activating"])
def test_a_date_that_the_carrier_takes_back_is_told_once_and_waits_for_another(phase: str) -> None:
    talk = at_phase(phase)
    assert talk.staff("lost").key == "lost.done"
    assert (talk.request.status, talk.number.port_date, talk.number.window_start) == ("pending_date", None, None)
    notices = [s for s in talk.forward(days=3) if s.owed.key.startswith("notice")]
    assert [s.owed.key for s in notices] == ["notice.date_lost"]
    assert "2026-12-01" in notices[0].text
    later = {s.owed.key for s in talk.forward(days=20)}
    assert later <= {"notice.longer", "silence.told"}  # a day that was taken back does not pass


def test_a_lost_date_can_be_taken_back_and_its_day_still_passes() -> None:
    talk = at_phase("scheduled")
    before = talk.number.port_date
    talk.staff("lost")
    assert not talk.staff("undo").error
    assert talk.number.port_date == before
    assert told_of_days(talk.forward(days=10)) == ["notice.overdue"]


def test_a_date_after_a_lost_one_is_told_as_a_new_one() -> None:
    talk = at_phase("scheduled")
    talk.staff("lost")
    talk.forward(seconds=61)
    talk.staff("date", "2026-12-04")
    assert talk.forward(seconds=61)[0].owed.key == "notice.scheduled"


def test_a_date_that_is_lost_and_set_anew_before_anybody_reads_it_has_moved() -> None:
    talk = at_phase("scheduled")
    talk.staff("lost")
    talk.staff("date", "2026-12-04")
    notice, _file = talk.forward(seconds=61)
    assert notice.owed.key == "notice.date_moved"
    assert "from 2026-12-01 to" in notice.text


def test_who_takes_a_date_back_is_asked_first() -> None:
    talk = at_phase("scheduled")
    told = talk.staff("lost", is_sure=False)
    assert told.key == "risk.ask"
    assert "the customer reads that it no longer stands" in slack_text(told.key, told.params)


def test_a_number_that_moved_before_its_day_is_told_as_early() -> None:
    talk = at_phase("scheduled")
    talk.staff("complete")
    notice = next(s for s in talk.forward(seconds=61) if s.owed.key.startswith("notice"))
    assert notice.owed.key.startswith("notice.ported_early")
    assert "was to move on 2026-12-01" in notice.text


def test_a_number_that_moved_on_its_day_is_not() -> None:
    talk = at_phase("scheduled")
    talk.now = datetime(2026, 12, 1, 17, tzinfo=UTC)
    talk.staff("complete")
    assert talk.forward(seconds=61)[0].owed.key.startswith("notice.ported+")


def test_a_day_that_passes_without_a_move_is_told_once_for_each_day() -> None:
    talk = at_phase("scheduled")
    assert told_of_days(talk.forward(days=12)) == ["notice.overdue"]
    talk.staff("date", "2026-12-08")
    keys = [s.owed.key for s in talk.forward(days=12)]
    assert keys.count("notice.overdue") == 1
    days = [s.owed.params["days"] for s in talk.screen if s.owed.key == "notice.overdue"]
    assert days == ["2026-12-01", "2026-12-08"]


# short notice


def soon() -> Talk:
    """Return a request whose day is 46 hours away, its customer told of it."""
    talk = at_phase("pending_date")
    told = talk.staff("date", "2026-11-25")
    assert "only 45 hours away" in slack_text(told.key, told.params)
    notice, _file = talk.forward(seconds=61)
    assert notice.owed.key == "notice.short+notice.scheduled"
    assert not notice.owed.paced
    return talk


def test_a_day_at_short_notice_is_told_urgently_and_acknowledged_by_a_press() -> None:
    talk = soon()
    [shown] = talk.press("seen.2026-11-25")
    assert shown.owed.key == "notice.seen"
    assert "confirmed that they have read the date 2026-11-25" in talk.posts[-1]
    talk.press("seen.2026-11-25")
    assert sum("confirmed that" in post for post in talk.posts) == 1
    talk.forward(hours=5)
    assert not any("has not confirmed" in post for post in talk.posts)


def test_status_asks_for_it_until_it_is_read() -> None:
    talk = soon()
    shown = talk.command("status")[-1]
    assert "Wednesday, 2026-11-25 is soon" in shown.text
    assert shown.choices[0].code == "seen.2026-11-25"
    talk.push(shown, shown.choices[0])
    after = talk.command("status")[-1]
    assert "is soon" not in after.text
    assert not any(choice.code.startswith("seen") for choice in after.choices)


def test_staff_are_told_once_when_nobody_has_read_it() -> None:
    talk = soon()
    talk.forward(hours=5)
    assert sum("has not confirmed the date 2026-11-25" in post for post in talk.posts) == 1


def test_a_press_for_a_day_that_has_moved_since_shows_what_is_so_now() -> None:
    talk = soon()
    talk.staff("date", "2026-12-04")
    talk.forward(seconds=61)
    shown = talk.press("seen.2026-11-25")
    assert shown[-1].owed.kind == "status"
    assert "2026-12-04" in shown[-1].text
    talk.forward(hours=5)
    assert not any("confirm" in post for post in talk.posts[-3:])


def test_a_button_with_no_day_shows_what_is_so() -> None:
    talk = soon()
    assert talk.hear("press", form=talk.newest, code="seen.soon")[-1].owed.kind == "status"


def test_a_day_far_away_asks_for_no_acknowledgement() -> None:
    talk = at_phase("pending_date")
    told = talk.staff("date", "2026-12-01")
    assert told.params["short"] == ""
    notice, _file = talk.forward(seconds=61)
    assert all(not choice.code.startswith("seen") for choice in notice.choices)


@pytest.mark.parametrize(("hours", "is_short"), [(0, False), (24, False), (72, True)])
def test_what_is_short_notice_is_the_companys_to_say(hours: int, is_short: bool) -> None:
    talk = at_phase("pending_date")
    talk.policy = Policy(short_notice=hours)
    assert bool(talk.staff("date", "2026-11-25").params["short"]) is is_short


# the calendar file


def files(talk: Talk) -> list[Shown]:
    return [shown for shown in talk.screen if "calendar" in shown.owed.params]


def test_a_date_comes_with_a_calendar_file_that_follows_it() -> None:
    talk = at_phase("scheduled")
    [first] = files(talk)
    talk.staff("date", "2026-12-04")
    talk.forward(seconds=61)
    talk.staff("lost")
    talk.forward(seconds=61)
    talk.staff("date", "2026-12-08")
    talk.forward(seconds=61)
    kept = [(each.owed.params["method"], each.owed.params["calendar"].split("|")[:3]) for each in files(talk)]
    uid = str(talk.number.id)
    assert kept == [
        ("PUBLISH", [uid, "0", "20261201T1600"]),
        ("PUBLISH", [uid, "1", "20261204T1600"]),
        ("CANCEL", [uid, "2", "20261204T1600"]),
        ("PUBLISH", [uid, "3", "20261208T1600"]),
    ]
    assert [each.owed.key for each in files(talk)] == [
        "calendar.new", "calendar.changed", "calendar.gone", "calendar.new"
    ]  # fmt: skip
    assert first.owed.kind == "say"


@pytest.mark.parametrize(("verb", "argument"), [("cancel", "stopped"), ("complete", ""), ("reject", "wrong pin")])
def test_a_day_to_come_that_is_over_before_it_came_is_taken_out_of_the_calendar(verb: str, argument: str) -> None:
    talk = at_phase("scheduled")
    assert not talk.staff(verb, argument).error
    talk.forward(seconds=61)
    assert files(talk)[-1].owed.params["method"] == "CANCEL"


def test_a_day_on_which_it_moved_stays_in_the_calendar() -> None:
    talk = at_phase("scheduled")
    talk.now = datetime(2026, 12, 1, 17, tzinfo=UTC)
    talk.staff("complete")
    talk.forward(seconds=61)
    assert len(files(talk)) == 1


def test_a_date_that_was_taken_back_in_time_brings_no_file() -> None:
    talk = at_phase("pending_date")
    talk.staff("date", "2026-12-01")
    talk.staff("undo")
    talk.forward(days=1)
    assert files(talk) == []


def test_numbers_of_one_day_share_an_event_and_a_number_that_leaves_it_has_its_own() -> None:
    talk = several("2026-12-01", "2026-12-01")
    announced(talk)
    first, second = talk.case().numbers
    put(talk, second, "2026-12-03")
    announced(talk)
    lines = [each.owed.params["calendar"].split("\n") for each in files(talk)]
    assert [line.split("|")[0] for line in lines[0]] == [f"{first.id} {second.id}"]
    assert [line.split("|")[:2] for line in lines[1]] == [[str(first.id), "1"], [str(second.id), "0"]]


def test_a_file_names_the_numbers_and_how_many_more() -> None:
    talk = several(*["2026-12-01"] * 7)
    announced(talk)
    assert files(talk)[-1].owed.params["calendar"].endswith("(415) 421-8836 +2")


def test_after_months_a_window_is_told_as_it_was_set() -> None:
    talk = at_phase("scheduled")
    talk.policy = Policy(window_start=time(10), window_end=time(11))
    assert "08:00 to 08:30 Pacific time" in talk.command("status")[-1].text
