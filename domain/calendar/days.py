"""Days on which numbers are moved: Monday to Friday, by the holidays of their country, its observed days counted."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_SATURDAY = 5
_DAY = timedelta(days=1)
_MOST_DAYS = 3660  # that are looked at one by one


@dataclass(frozen=True, slots=True)
class Days:
    """Whose holidays keep numbers where they are. `countries`: US, CA or both; `closed`: the desk's own."""

    countries: tuple[str, ...] = ("US",)
    closed: tuple[date, ...] = ()


US = Days()


@lru_cache(maxsize=32)
def _holidays(country: str, year: int) -> frozenset[date]:
    """Give a year's holidays and their observed days: federal ones of the US, of Canada those of its labour code.

    Canadian carriers are federal workplaces, so the ten general holidays of the Canada Labour Code s. 166 count, not
    a province's own (laws-lois.justice.gc.ca/eng/acts/L-2, read 2026-11-22); one on a weekend is observed on the next
    working day. The first call imports `holidays`, a third of a second or more: call `is_porting_day` once at start.
    """
    from holidays import country_holidays

    kinds = ("government",) if country == "CA" else ("public",)
    return frozenset(country_holidays(country, years=year, observed=True, categories=kinds))


def is_porting_day(day: date, days: Days = US) -> bool:
    """Say whether carriers complete ports on this day (47 CFR 52.35: Monday to Friday, holidays excluded)."""
    if day.weekday() >= _SATURDAY or day in days.closed:
        return False
    return not any(day in _holidays(country, day.year) for country in days.countries)


def next_porting_day(day: date, days: Days = US) -> date:
    """Give the first porting day strictly after `day`."""
    return add_business_days(day, 1, days)


def business_days_between(day: date, end: date, days: Days = US) -> int:
    """Count the porting days after one day, up to another; of ten years at most."""
    return sum(is_porting_day(day + _DAY * n, days) for n in range(1, min((end - day).days, _MOST_DAYS) + 1))


def add_business_days(day: date, n: int, days: Days = US) -> date:
    """Count `n` porting days on from `day`, itself not counted; 0 gives `day`. Raises: ValueError below 0."""
    if n < 0:
        raise ValueError("business days are counted forward")
    while n:
        day += _DAY
        n -= is_porting_day(day, days)
    return day
