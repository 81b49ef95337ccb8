"""The tables that seal history; they join the others in `storage.tables`."""

from typing import ClassVar

from sqlalchemy import LargeBinary, Text

from storage.columns import Row, an_id, some


class SealRow(Row, table=True):
    """A link of the chain over history, never changed: `seq` counts from 1, `key` names which key made `digest`."""

    __tablename__: ClassVar[str] = "seal"
    seq: int = an_id(primary_key=True)
    history_id: int = an_id(unique=True)
    key: str = some(Text)
    digest: bytes = some(LargeBinary)


class UnsealedRow(Row, table=True):
    """A row of history that waits for its link, signed by whoever wrote it."""

    __tablename__: ClassVar[str] = "unsealed"
    history_id: int = an_id(primary_key=True)
    key: str = some(Text)
    digest: bytes = some(LargeBinary)
