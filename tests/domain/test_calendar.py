"""Porting days and the next run of a local clock, against brute force."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Window, add_business_days, is_porting_day, local_next, next_porting_day

NEW_YORK = ZoneInfo("America/New_York")
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 21),  # Saturday
        date(2026, 11, 26),  # Thanksgiving
        date(2026, 7, 3),  # Independence Day observed
        date(2027, 12, 31),  # New Year's Day 2028 observed, in the year before
        date(2027, 6, 18),  # Juneteenth observed
        date(2026, 10, 12),  # Columbus Day
    ],
)
def test_no_number_moves_on_weekends_and_federal_holidays(day: date) -> None:
    assert not is_porting_day(day)


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 11, 27), date(2026, 12, 24)])
def test_numbers_move_on_ordinary_weekdays(day: date) -> None:
    assert is_porting_day(day)


def test_thanksgiving_and_a_weekend_are_stepped_over() -> None:
    assert next_porting_day(date(2026, 11, 25)) == date(2026, 11, 27)
    assert next_porting_day(date(2026, 11, 27)) == date(2026, 11, 30)
    assert add_business_days(date(2026, 11, 23), 4) == date(2026, 11, 30)
    assert add_business_days(date(2026, 11, 21), 0) == date(2026, 11, 21)


def test_business_days_are_not_counted_backward() -> None:
    with pytest.raises(ValueError, match="forward"):
        add_business_days(date(2026, 11, 21), -1)


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.integers(0, 30))
def test_adding_business_days_counts_exactly_the_porting_days_between(day: date, n: int) -> None:
    end = add_business_days(day, n)
    between = [day + timedelta(days=i) for i in range(1, (end - day).days + 1)]
    assert sum(map(is_porting_day, between)) == n
    assert n == 0 or is_porting_day(end)


def test_a_window_is_half_past_eleven_eastern_in_summer_and_winter() -> None:
    assert Window(date(2026, 7, 6), time(11, 30), time(12), NEW_YORK).utc() == (
        datetime(2026, 7, 6, 15, 30, tzinfo=UTC),
        datetime(2026, 7, 6, 16, 0, tzinfo=UTC),
    )
    start, _ = Window(date(2026, 12, 7), time(11, 30), time(12), NEW_YORK).utc()
    assert start == datetime(2026, 12, 7, 16, 30, tzinfo=UTC)


def test_a_window_inside_the_spring_gap_keeps_its_length() -> None:
    start, end = Window(date(2026, 3, 8), time(2), time(2, 30), NEW_YORK).utc()
    assert start == datetime(2026, 3, 8, 7, 0, tzinfo=UTC)
    assert end - start == timedelta(minutes=30)


def test_a_window_in_the_repeated_hour_is_the_first_of_the_two() -> None:
    start, _ = Window(date(2026, 11, 1), time(1), time(1, 30), NEW_YORK).utc()
    assert start == datetime(2026, 11, 1, 5, 0, tzinfo=UTC)


def test_a_window_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends after"):
        Window(date(2026, 11, 1), time(2), time(1), NEW_YORK)


def brute_force(now: datetime, at: time, zone: ZoneInfo, weekdays_only: bool) -> datetime:
    """Walk minute by minute: each local day fires the first time its clock shows `at` or later."""
    fired: dict[date, datetime] = {}
    minute = now.replace(second=0, microsecond=0) - timedelta(days=2)
    day = minute.astimezone(zone).date()
    while True:
        shown = minute.astimezone(zone).replace(tzinfo=None)
        if shown >= datetime.combine(day, at):
            fired[day] = minute
            if minute > now and not (weekdays_only and day.weekday() >= 5):
                return minute
            day += timedelta(days=1)
        minute += MINUTE


CHANGES = [
    ("America/New_York", datetime(2026, 3, 8, 7, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 11, 1, 6, tzinfo=UTC)),
    ("America/Los_Angeles", datetime(2026, 3, 8, 10, tzinfo=UTC)),
    ("America/Phoenix", datetime(2026, 3, 8, 9, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    ("America/Nuuk", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ("Asia/Kathmandu", datetime(2026, 3, 29, 1, tzinfo=UTC)),
]


@pytest.mark.parametrize(("name", "change"), CHANGES)
@pytest.mark.parametrize("at", [time(0), time(1, 30), time(2), time(2, 30), time(3), time(9), time(23, 30)])
@pytest.mark.parametrize("before", [timedelta(hours=-1), timedelta(minutes=20), timedelta(hours=7)])
def test_the_next_local_run_is_what_a_minute_by_minute_walk_finds(
    name: str, change: datetime, at: time, before: timedelta
) -> None:
    zone, now = ZoneInfo(name), change - before
    assert local_next(now, at, zone, weekdays_only=False) == brute_force(now, at, zone, False)


def test_a_run_in_the_gap_comes_at_the_next_minute_that_exists() -> None:
    now = datetime(2026, 3, 8, 5, tzinfo=UTC)
    assert local_next(now, time(2, 30), NEW_YORK, weekdays_only=False) == datetime(2026, 3, 8, 7, tzinfo=UTC)


def test_a_run_in_the_repeated_hour_comes_once() -> None:
    first = local_next(datetime(2026, 11, 1, 4, tzinfo=UTC), time(1, 30), NEW_YORK, weekdays_only=False)
    assert first == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert local_next(first, time(1, 30), NEW_YORK, weekdays_only=False) == datetime(2026, 11, 2, 6, 30, tzinfo=UTC)


def test_a_weekday_run_waits_for_monday() -> None:
    friday_noon = datetime(2026, 11, 20, 17, tzinfo=UTC)
    found = local_next(friday_noon, time(9), NEW_YORK, weekdays_only=True)
    assert found == datetime(2026, 11, 23, 14, tzinfo=UTC)
    assert found == brute_force(friday_noon, time(9), NEW_YORK, True)
