"""Staff's corrections of carriers' entries: a small table, read whole, so that no turn has to ask for it."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection, select

from domain.carriers import Book, Note
from domain.carriers.corrections import book_of
from domain.orders.expected import Kind
from storage.tables import TABLES

NOTE = TABLES["carrier_note"]


def book(connection: Connection, paces: Mapping[Kind, tuple[int, int]]) -> Book:
    """Return the table of carriers with every correction that stands, and with what moves took here."""
    found = book_of(Note(*row) for row in connection.execute(select(NOTE).where(NOTE.c.withdrawn_at.is_(None))))
    return replace(found, paces=paces) if paces else found


def notes(carrier: str, connection: Connection) -> tuple[Note, ...]:
    """Return every correction of an entry, also withdrawn ones, oldest first."""
    found = select(NOTE).where(NOTE.c.carrier == carrier).order_by(NOTE.c.id)
    return tuple(Note(*row) for row in connection.execute(found))
