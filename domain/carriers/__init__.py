"""Losing carriers: who they are, what their customers need, and finding one by what people type."""

from domain.carriers.brands import BRANDS, Brand
from domain.carriers.carriers import CARRIERS, carrier
from domain.carriers.corrections import TABLE, Book, Note
from domain.carriers.facts import Carrier, CarrierId, Fact, NumberClass
from domain.carriers.finding import Found, Maybe, Mention, find_carrier, mentions

__all__ = [
    "BRANDS",
    "CARRIERS",
    "TABLE",
    "Book",
    "Brand",
    "Carrier",
    "CarrierId",
    "Fact",
    "Found",
    "Maybe",
    "Mention",
    "Note",
    "NumberClass",
    "carrier",
    "find_carrier",
    "mentions",
]
