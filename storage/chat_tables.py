"""The tables of customers' chats; `storage.tables` has them among the others."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Boolean, Integer, Text

from storage.columns import Row
from storage.columns import an_id as _id
from storage.columns import part as _part
from storage.columns import some as _some
from storage.times import UtcTime


class ChatRow(Row, table=True):
    """A customer's chat."""

    __tablename__: ClassVar[str] = "chat"
    __table_args__ = (_part("ix_chat_taken_for", "taken_for", where="taken_for IS NOT NULL"),)
    id: int = _id(primary_key=True)
    focus: int | None = _id(nullable=True)
    asked: str | None = _some(Text)
    asking: int = _some(Integer)
    language: str = _some(Text)
    blocked: bool = _some(Boolean)
    heard_at: datetime | None = _some(UtcTime)
    taken_by: str | None = _some(Text)
    taken_for: int | None = _id(nullable=True)
    taken_until: datetime | None = _some(UtcTime)
    hours_told: datetime | None = _some(UtcTime)


class StatusMessageRow(Row, table=True):
    """The newest message that shows a chat where its requests stand."""

    __tablename__: ClassVar[str] = "status_message"
    chat_id: int = _id(primary_key=True)
    message_id: str = _some(Text)
