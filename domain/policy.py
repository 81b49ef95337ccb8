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
    Fees are amounts as written to customers, `wireless_days` and `landline_days` the porting days that a port is
    expected to take, at least and at most. `sources`, `companies`: tracking sources and accounts of ours to choose from
    (none: not asked); `asks_label`: whether a label is asked for. `mails`: whether copies by e-mail can be sent.
    `keep_letters`: years for which a signed letter is kept (47 CFR 64.1120(a)(1)(ii) asks for two; not read again).
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
    port_fee: str = "0.00"  # once for each number
    monthly_fee: str = "0.00"  # for each number, from the day on which it has moved
    currency: str = "$"
    wireless_days: tuple[int, int] = (2, 10)
    landline_days: tuple[int, int] = (10, 20)
    sources: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    asks_label: bool = False
    mails: bool = False
    keep_letters: int = 2

    def wishes(self) -> tuple[str, ...]:
        """Return what a new request is asked beside the usual, each as `question:choice` (no choice: free text)."""
        return (
            *(f"source:{name}" for name in self.sources),
            *(("label:",) if self.asks_label else ()),
            *(f"company:{name}" for name in self.companies),
            *(("email:",) if self.mails else ()),
        )
