"""Porting days, business days, windows and the next run of a local clock."""

from domain.calendar.clocks import Window, local_next
from domain.calendar.days import add_business_days, is_porting_day, next_porting_day

__all__ = ["Window", "add_business_days", "is_porting_day", "local_next", "next_porting_day"]
