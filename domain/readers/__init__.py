"""Words into values: a reader gives its value or `Unreadable`, and never raises on a text."""

from domain.errors import Unreadable

__all__ = ["Unreadable"]
