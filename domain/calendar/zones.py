"""What people call time zones, and what their clocks show."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

_CALLED = {
    "pacific": "Los_Angeles Vancouver",
    "mountain": "Denver Boise Edmonton",
    "arizona": "Phoenix",
    "central": "Chicago Winnipeg Menominee",
    "saskatchewan": "Regina",
    "eastern": "New_York Toronto Detroit Montreal",
    "atlantic": "Halifax Moncton",
    "puerto_rico": "Puerto_Rico",
    "newfoundland": "St_Johns",
    "alaska": "Anchorage Juneau",
}
_NAMES = {
    **{f"America/{city}": name for name, cities in _CALLED.items() for city in cities.split()},
    "Pacific/Honolulu": "hawaii",
    "Pacific/Guam": "guam",
    "UTC": "utc",
}
ZONE_NAMES = tuple(dict.fromkeys(_NAMES.values()))
"""The zones that have a name which everybody knows."""


def name_of_zone(zone: ZoneInfo) -> str:
    """Return what a zone is called, as the ending of a wording key; empty: it has no name but its city's."""
    return _NAMES.get(zone.key, "")


def shown_there(instant: datetime, zones: Iterable[str]) -> datetime | None:
    """Return what the clocks of some zones show at an instant, without a zone; None where they differ, or for none."""
    shown = {instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for zone in zones}
    return shown.pop() if len(shown) == 1 else None
