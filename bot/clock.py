"""The time, as everything here asks for it; tests give their own."""

from collections.abc import Callable
from datetime import UTC, datetime

Now = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time, aware and in UTC."""
    return datetime.now(UTC)
