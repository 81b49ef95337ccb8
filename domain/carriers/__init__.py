"""Losing carriers: who they are, what their customers need, and finding one by what people type."""

from domain.carriers.carriers import CARRIERS, Carrier, CarrierId, Fact, carrier
from domain.carriers.finding import Found, Maybe, Mention, find_carrier, mentions

__all__ = [
    "CARRIERS",
    "Carrier",
    "CarrierId",
    "Fact",
    "Found",
    "Maybe",
    "Mention",
    "carrier",
    "find_carrier",
    "mentions",
]
