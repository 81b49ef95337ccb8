"""Porting days, business days, windows, zones and the next run of a local clock."""

from domain.calendar.clocks import Hours, Window, local_next
from domain.calendar.days import US, Days, add_business_days, business_days_between, is_porting_day, next_porting_day
from domain.calendar.zones import ZONE_NAMES, name_of_zone, shown_there

__all__ = [
    "US",
    "ZONE_NAMES",
    "Days",
    "Hours",
    "Window",
    "add_business_days",
    "business_days_between",
    "is_porting_day",
    "local_next",
    "name_of_zone",
    "next_porting_day",
    "shown_there",
]
