"""What `/port new` leaves behind: the place of a caller who has no chat of their own, under a negative id.

It goes once a chat has taken the request over; and with the request, some time after that was forgotten. History stays.
"""

from datetime import datetime

from sqlalchemy import Connection, Select, delete, select

from storage.columns import METADATA
from storage.tables import TABLES

CHAT, REQUEST, PAPER, HISTORY, WORDS = (TABLES[name] for name in ("chat", "request", "paper", "history", "words"))
AT_ONCE = 20  # in one transaction, so that the turns of others wait for few
_NOBODYS = 0  # the desk's own place; callers' are below it
# Children before their parents: numbers before their orders.
_PARTS = [table for table in reversed(METADATA.sorted_tables) if table is not PAPER and "request_id" in table.c]
_OWN = [table for table in _PARTS if table is not HISTORY]


def purge_callers(before: datetime, connection: Connection) -> int:
    """Delete some callers' chats, with requests that were forgotten before a moment; returns how many chats."""
    forgotten = connection.execute(_forgotten(before)).scalars().all()
    for table in _OWN:
        connection.execute(delete(table).where(table.c.request_id.in_(forgotten)))
    told = select(HISTORY.c.id).where(HISTORY.c.request_id.in_(forgotten))
    connection.execute(delete(WORDS).where(WORDS.c.history_id.in_(told)))
    connection.execute(delete(REQUEST).where(REQUEST.c.id.in_(forgotten)))
    theirs = select(REQUEST.c.chat_id).where(REQUEST.c.chat_id < _NOBODYS)
    left = select(CHAT.c.id).where(CHAT.c.id < _NOBODYS, CHAT.c.id.not_in(theirs)).limit(AT_ONCE)
    return connection.execute(delete(CHAT).where(CHAT.c.id.in_(left))).rowcount


def _forgotten(before: datetime) -> Select[tuple[int]]:
    """Select callers' requests of which nothing is waited for any more: the files of their papers are gone too."""
    with_papers = select(PAPER.c.request_id).where(PAPER.c.request_id == REQUEST.c.id).exists()
    which = (REQUEST.c.chat_id < _NOBODYS, REQUEST.c.erased_at < before, ~with_papers)
    return select(REQUEST.c.id).where(*which).limit(AT_ONCE)
