"""Ten years of dates in every zone of the US and Canada, against an oracle that shares no code with the calendar."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from domain.calendar import Days, Hours, add_business_days, is_porting_day, shown_there
from domain.policy import Policy
from tests.domain import oracle

FIRST, LAST = 2026, 2035
DAYS = [date(FIRST, 1, 1) + timedelta(days=n) for n in range((date(LAST + 1, 1, 1) - date(FIRST, 1, 1)).days)]
AMERICAN = """
Adak Anchorage Boise Chicago Denver Detroit Indiana/Indianapolis Indiana/Knox Indiana/Marengo Indiana/Petersburg
Indiana/Tell_City Indiana/Vevay Indiana/Vincennes Indiana/Winamac Juneau Kentucky/Louisville Kentucky/Monticello
Los_Angeles Menominee Metlakatla New_York Nome North_Dakota/Beulah North_Dakota/Center North_Dakota/New_Salem Phoenix
Puerto_Rico Sitka St_Thomas Yakutat
"""
CANADIAN = """
Cambridge_Bay Creston Dawson Dawson_Creek Edmonton Fort_Nelson Glace_Bay Goose_Bay Halifax Inuvik Iqaluit Moncton
Rankin_Inlet Regina Resolute St_Johns Swift_Current Toronto Vancouver Whitehorse Winnipeg Atikokan Blanc-Sablon
"""
ZONES = [f"America/{city}" for city in f"{AMERICAN} {CANADIAN}".split()] + ["Pacific/Honolulu", "Pacific/Guam"]
ODD = [(time(0), time(0, 30)), (time(1, 15), time(1, 45)), (time(2), time(2, 30)), (time(2, 15), time(3, 15))]
WHERE = {"US": ("US",), "Canada": ("CA",), "both": ("CA", "US")}


@pytest.mark.parametrize("where", WHERE)
def test_on_every_day_of_ten_years_numbers_move_or_rest_as_the_laws_say(where: str) -> None:
    countries = WHERE[where]
    days = Days(countries)
    assert [day for day in DAYS if is_porting_day(day, days) != oracle.moves_on(day, *countries)] == []


@pytest.mark.parametrize("where", WHERE)
def test_business_days_of_ten_years_are_counted_as_by_hand(where: str) -> None:
    countries = WHERE[where]
    for day in DAYS[::3]:
        for n in (1, 2, 10, 30):
            assert add_business_days(day, n, Days(countries)) == oracle.nth_day_after(day, n, *countries), (day, n)


@pytest.mark.parametrize("name", ZONES)
def test_a_window_of_every_day_opens_and_closes_when_the_clocks_there_say_so(name: str) -> None:
    zone, hours = ZoneInfo(name), Policy().hours
    own = Hours(hours.start, hours.end, zone)
    for day in DAYS:
        start, end = own.on(day).utc()
        wall = datetime.combine(day, own.start)
        assert start.replace(tzinfo=None) == oracle.first_instant(name, wall, FIRST, LAST), day
        assert end - start == timedelta(minutes=30)


@pytest.mark.parametrize("name", ZONES)
def test_a_window_in_the_night_in_which_clocks_change_is_the_first_that_they_show(name: str) -> None:
    changes = [begin.date() for begin, _ in oracle.spans(name, FIRST, LAST)[1:]]
    for day in (each + timedelta(days=n) for each in changes for n in (-1, 0, 1)):
        for start, end in ODD:
            opens, closes = Hours(start, end, ZoneInfo(name)).on(day).utc()
            wall = datetime.combine(day, start)
            assert opens.replace(tzinfo=None) == oracle.first_instant(name, wall, FIRST, LAST), (day, start)
            assert closes > opens


@pytest.mark.parametrize("name", ZONES)
def test_the_customers_clocks_are_told_as_their_offset_on_that_very_day(name: str) -> None:
    """The desk's window by the clocks of every zone, also in the weeks in which only one of them has changed."""
    spans = [*oracle.spans(name, FIRST, LAST), (oracle.midnight(LAST + 2, 1), timedelta(0))]
    starts = [Policy().hours.on(day).utc()[0] for day in DAYS]
    for (begin, offset), (end, _) in pairwise(spans):
        for start in (each for each in starts if begin <= each.replace(tzinfo=None) < end):
            assert shown_there(start, (name,)) == start.replace(tzinfo=None) + offset


def test_clocks_that_differ_are_told_by_none() -> None:
    noon = datetime(2026, 12, 1, 20, tzinfo=UTC)
    assert shown_there(noon, ("America/Boise", "America/Los_Angeles")) is None
    assert shown_there(noon, ()) is None
    assert shown_there(noon, ("America/Toronto", "America/New_York")) == datetime(2026, 12, 1, 15, tzinfo=UTC).replace(
        tzinfo=None
    )
