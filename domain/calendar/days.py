"""Days on which numbers are moved: Monday to Friday, no federal holiday, its observed day counted."""

from datetime import date, timedelta
from functools import lru_cache

_SATURDAY = 5
_DAY = timedelta(days=1)


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[date]:
    """Give a year's US federal holidays and their observed days.

    The first call imports `holidays`, a third of a second or more: call `is_porting_day` once at start.
    """
    from holidays import country_holidays

    return frozenset(country_holidays("US", years=year, observed=True))


def is_porting_day(day: date) -> bool:
    """Say whether carriers complete ports on this day (47 CFR 52.35: Monday to Friday, holidays excluded)."""
    return day.weekday() < _SATURDAY and day not in _holidays(day.year)


def next_porting_day(day: date) -> date:
    """Give the first porting day strictly after `day`."""
    return add_business_days(day, 1)


def add_business_days(day: date, n: int) -> date:
    """Count `n` porting days on from `day`, itself not counted; 0 gives `day`. Raises: ValueError below 0."""
    if n < 0:
        raise ValueError("business days are counted forward")
    while n:
        day += _DAY
        n -= is_porting_day(day)
    return day
