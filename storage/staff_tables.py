"""The tables of the desk's own people; `storage.tables` has them among the others."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Boolean, Integer, Text, false

from storage.columns import Row
from storage.columns import an_id as _id
from storage.columns import some as _some
from storage.times import UtcTime


class StaffRoleRow(Row, table=True):
    """A role given in Slack to a person or a user group; those of SLACK_STAFF stand in no table."""

    __tablename__: ClassVar[str] = "staff_role"
    __table_args__ = ({"sqlite_with_rowid": False},)
    subject: str = _some(Text, primary_key=True)
    role: int = _some(Integer)
    given_by: str = _some(Text)
    at: datetime = _some(UtcTime)


class StaffMemberRow(Row, table=True):
    """What is kept of one of the staff: the request of their last act, and how they want their digest."""

    __tablename__: ClassVar[str] = "staff_member"
    __table_args__ = ({"sqlite_with_rowid": False},)
    user: str = _some(Text, primary_key=True)
    focus: int | None = _id(nullable=True)
    digest_dm: bool = _some(Boolean, sa_column_kwargs={"server_default": false()})
    digest_at: str | None = _some(Text)
    zone: str | None = _some(Text)


class StaffWishRow(Row, table=True):
    """An act that waits, or waited, for a second person."""

    __tablename__: ClassVar[str] = "staff_wish"
    id: int = _id(primary_key=True)
    what: str = _some(Text)
    ref: str = _some(Text)
    argument: str = _some(Text)
    asked_by: str = _some(Text)
    at: datetime = _some(UtcTime)
    until: datetime = _some(UtcTime)
    done_by: str | None = _some(Text)
    done_at: datetime | None = _some(UtcTime)
