"""The table of the tokens by which letters are signed; `storage.tables` has it among the others."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Text

from storage.columns import Row
from storage.columns import an_id as _id
from storage.columns import some as _some
from storage.times import UtcTime


class SignerTokenRow(Row, table=True):
    """A token that opens a signer's link, by its SHA-256 alone; a link has one for each time that it was sent."""

    __tablename__: ClassVar[str] = "signer_token"
    __table_args__ = ({"sqlite_with_rowid": False},)
    digest: str = _some(Text, primary_key=True)
    request_id: int = _id(foreign_key="request.id", index=True)
    link_id: int = _id()
    until: datetime = _some(UtcTime, index=True)
