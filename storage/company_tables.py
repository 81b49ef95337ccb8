"""The tables of companies that are customers; `storage.tables` has them among the others."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Text

from storage.columns import Row
from storage.columns import an_id as _id
from storage.columns import part as _part
from storage.columns import some as _some
from storage.times import UtcTime


class CompanyRow(Row, table=True):
    """A company that is a customer."""

    __tablename__: ClassVar[str] = "company"
    id: int = _id(primary_key=True)
    name: str = _some(Text)
    created_at: datetime = _some(UtcTime)


class MemberRow(Row, table=True):
    """Somebody's place in a company, also a former one; an invitation brings one member only."""

    __tablename__: ClassVar[str] = "member"
    __table_args__ = (
        _part("ix_member_chat", "chat_id", "company_id", where="left_at IS NULL"),
        {"sqlite_with_rowid": False},
    )
    company_id: int = _id(primary_key=True, foreign_key="company.id")
    chat_id: int = _id(primary_key=True, foreign_key="chat.id")
    role: str = _some(Text)
    name: str = _some(Text)
    joined_at: datetime = _some(UtcTime)
    left_at: datetime | None = _some(UtcTime)
    invite_id: int | None = _id(nullable=True, unique=True)


class InviteRow(Row, table=True):
    """A link that lets one person join a company once; the link itself is kept nowhere."""

    __tablename__: ClassVar[str] = "invite"
    id: int = _id(primary_key=True)
    company_id: int = _id(foreign_key="company.id", index=True)
    role: str = _some(Text)
    made_by: int = _id(foreign_key="chat.id")
    made_at: datetime = _some(UtcTime)
    expires_at: datetime = _some(UtcTime, index=True)
    used_by: int | None = _id(nullable=True)
    used_at: datetime | None = _some(UtcTime)
    revoked_at: datetime | None = _some(UtcTime)
