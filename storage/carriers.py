"""Staff's corrections of carriers' entries: a small table, read whole, so that no turn has to ask for it."""

from sqlalchemy import Connection, select

from domain.carriers import Book, Note
from domain.carriers.corrections import book_of
from storage.tables import TABLES

NOTE = TABLES["carrier_note"]


def book(connection: Connection) -> Book:
    """Return the table of carriers with every correction that stands."""
    return book_of(Note(*row) for row in connection.execute(select(NOTE).where(NOTE.c.withdrawn_at.is_(None))))


def notes(carrier: str, connection: Connection) -> tuple[Note, ...]:
    """Return every correction of an entry, also withdrawn ones, oldest first."""
    found = select(NOTE).where(NOTE.c.carrier == carrier).order_by(NOTE.c.id)
    return tuple(Note(*row) for row in connection.execute(found))
