"""The company's own rules, as read from policy.toml; defaults are the trade's usual ones."""

from dataclasses import dataclass
from datetime import time, timedelta
from zoneinfo import ZoneInfo

PACIFIC = ZoneInfo("America/Los_Angeles")


@dataclass(frozen=True, slots=True)
class Policy:
    """Rules that differ from company to company.

    `undo`: how long a staff action can be taken back before the customer is told. Window: local times of `desk_zone` in
    which numbers move on a porting day. `shortest_lead`, `longest_lead`: porting days from today to a date.
    `lease`: how long a process may hold a message before another may send it; a send takes at most half of it.
    """

    company: str = "Port of Call"
    undo: timedelta = timedelta(seconds=60)
    desk_zone: ZoneInfo = PACIFIC
    window_start: time = time(8, 0)
    window_end: time = time(8, 30)
    shortest_lead: int = 0
    longest_lead: int = 30
    digest_at: time = time(8, 45)
    lease: timedelta = timedelta(seconds=20)
    keep_old_service: int = 10  # days after the later of date and completion
