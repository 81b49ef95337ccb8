"""The customer's YES to the text message of a Canadian mobile carrier, without which it refuses the order."""

from datetime import datetime, timedelta

from domain.orders.model import Number

ANSWER_WITHIN = timedelta(minutes=90)
"""How long the carrier waits (iphoneincanada.ca, 2020-10-29, read 2026-11-21)."""


def until(number: Number) -> datetime:
    """Return when the carrier stops waiting: it asks as soon as the order is there."""
    return number.since + ANSWER_WITHIN
