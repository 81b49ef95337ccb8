"""What reads the rules of policy.toml that are about time: zones, times of a day, days, windows."""

from collections.abc import Callable
from datetime import date, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.calendar import Hours


class SettingsError(Exception):
    """A setting cannot be used; the message is one sentence that says which, and what to do."""


def read_zone(value: object, name: str) -> ZoneInfo:
    """Read a zone by its name in the tz database. Raises SettingsError."""
    try:
        return ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError) as e:  # OSError: it names a folder of zones
        raise SettingsError(f"{name} must be a time zone's name, like America/Los_Angeles.") from e


def read_time(value: object, name: str) -> time:
    """Read a time of day without a zone of its own. Raises SettingsError."""
    try:
        found = time.fromisoformat(str(value))
    except ValueError:
        found = None
    if found is None or found.tzinfo is not None:
        raise SettingsError(f"{name} must be a time of day at the desk, without an offset, like 08:45.")
    return found


def read_opening(value: object, name: str) -> tuple[time, time] | None:
    """Read from when to when the desk is there on a day; an empty text: it has no hours."""
    if value == "":
        return None
    opens, _, closes = (value if isinstance(value, str) else "").partition("-")
    found = (read_time(opens.strip(), name), read_time(closes.strip(), name))
    if found[1] <= found[0]:
        raise SettingsError(f'{name} must be two times of a day, the later one last, like "09:00-17:00", or "".')
    return found


def read_closed(value: object, name: str) -> tuple[date, ...]:
    """Read days on which the desk moves nothing, each as a date of TOML's own or in quotes."""
    try:
        found = tuple(_day(each) for each in value) if isinstance(value, list) else None
    except ValueError:
        found = None
    if found is None:
        raise SettingsError(f'{name} must be a list of days like ["2026-12-24"].')
    return found


def _day(value: object) -> date:
    return date.fromisoformat(str(value))


def windows_by(is_known: Callable[[str], bool], keys: str) -> Callable[[object, str], tuple[tuple[str, Hours], ...]]:
    """Return a reader of a table from something known to a window with a zone. `keys`: what its keys are, in words."""

    def read(value: object, name: str) -> tuple[tuple[str, Hours], ...]:
        found = value if isinstance(value, dict) else {"": ""}
        if not all(map(is_known, found)):
            raise SettingsError(f"{name} must name windows by {keys}.")
        return tuple((key, _hours_in_zone(each, f"{name}.{key}")) for key, each in found.items())

    return read


def _hours_in_zone(value: object, name: str) -> Hours:
    hours, _, zone = (value if isinstance(value, str) else "").strip().partition(" ")
    found = read_opening(hours or "-", name)
    if found is None or not zone:
        raise SettingsError(f'{name} must be two times of a day and a zone, like "11:30-12:00 America/New_York".')
    return Hours(*found, read_zone(zone.strip(), name))
