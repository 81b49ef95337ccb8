"""The tables, declared once; migrations, statements and tests all start from them.

Rows are not domain objects: they carry no rules. Ids are given by us, never by the database.
"""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import BigInteger, Boolean, Date, Index, Integer, LargeBinary, Text, UniqueConstraint

from storage import chat_tables as chat_tables  # its tables join these
from storage import company_tables as company_tables  # and its
from storage import seal_tables as seal_tables  # and its
from storage import signer_tables as signer_tables  # and its
from storage import staff_tables as staff_tables  # and so do these
from storage.columns import METADATA as METADATA
from storage.columns import Row
from storage.columns import an_id as _id
from storage.columns import part as _part
from storage.columns import some as _some
from storage.times import UtcTime


class RequestRow(Row, table=True):
    """A customer's wish to move numbers. `erased_at`: when it was forgotten; only an erasure writes it."""

    __tablename__: ClassVar[str] = "request"
    __table_args__ = (
        Index(None, "status", "changed_at"),
        Index(None, "chat_id", "erased_at"),  # of any chat; by `chat_id` alone, SQLite would walk through erased ones
        _part("ix_request_known", "chat_id", "id", where="erased_at IS NULL"),  # in order, for PostgreSQL
        _part("ix_request_company", "company_id", "id", where="company_id IS NOT NULL AND erased_at IS NULL"),
        _part("ix_request_waiting", "company_id", "id", where="approval = 'waiting'"),
        _part("ix_request_assignee", "assignee", "changed_at", where="assignee IS NOT NULL"),
        _part("ix_request_waits_since", "waits_since", where="waits_since IS NOT NULL"),
    )
    id: int = _id(primary_key=True)
    ref: str = _some(Text, unique=True)
    chat_id: int = _id(foreign_key="chat.id")
    status: str = _some(Text)
    version: int = _some(Integer)
    created_at: datetime = _some(UtcTime)
    changed_at: datetime = _some(UtcTime)
    signed_at: datetime | None = _some(UtcTime)
    repaired: str | None = _some(Text)
    told: str | None = _some(Text)
    note: str | None = _some(Text)
    title: str | None = _some(Text)
    company_id: int | None = _id(nullable=True)
    approval: str | None = _some(Text)
    assignee: str | None = _some(Text)
    snoozed_until: datetime | None = _some(UtcTime)
    hold: str | None = _some(Text)
    waits_since: datetime | None = _some(UtcTime)
    erased_at: datetime | None = _some(UtcTime)


class OrderRow(Row, table=True):
    """Numbers of one request that travel together."""

    __tablename__: ClassVar[str] = "port_order"
    id: int = _id(primary_key=True)
    request_id: int = _id(foreign_key="request.id", index=True)
    number_class: str = _some(Text)
    carrier: str = _some(Text)
    status: str = _some(Text)
    carrier_order: str | None = _some(Text)


class NumberRow(Row, table=True):
    """A telephone number on its way."""

    __tablename__: ClassVar[str] = "number"
    id: int = _id(primary_key=True)
    order_id: int = _id(foreign_key="port_order.id", index=True)
    request_id: int = _id(foreign_key="request.id", index=True)
    e164: str = _some(Text, index=True)
    number_class: str = _some(Text)
    phase: str = _some(Text)
    version: int = _some(Integer)
    since: datetime = _some(UtcTime)
    attempts: int = _some(Integer)
    port_date: date | None = _some(Date)
    window_start: datetime | None = _some(UtcTime)
    window_end: datetime | None = _some(UtcTime)
    rejection: str | None = _some(Text)
    came_from: str | None = _some(Text)


class AnswerRow(Row, table=True):
    """A question's value, as JSON; of a secret only what may be shown."""

    __tablename__: ClassVar[str] = "answer"
    __table_args__ = (
        _part("ix_answer_destination", "value", where="question = 'destination'"),
        {"sqlite_with_rowid": False},
    )
    request_id: int = _id(primary_key=True, foreign_key="request.id")
    question: str = _some(Text, primary_key=True)
    value: str = _some(Text)
    source: str = _some(Text)
    at: datetime = _some(UtcTime)
    seq: int = _some(BigInteger)
    reopened: bool = _some(Boolean)


class SecretRow(Row, table=True):
    """A secret's sealed bytes, apart from its answer so that they can be destroyed alone."""

    __tablename__: ClassVar[str] = "secret"
    __table_args__ = ({"sqlite_with_rowid": False},)
    request_id: int = _id(primary_key=True, foreign_key="request.id")
    question: str = _some(Text, primary_key=True)
    sealed: bytes = _some(LargeBinary)


class PaperRow(Row, table=True):
    """A document, stored or wanted; `erased` ones are only waiting for their file to be deleted."""

    __tablename__: ClassVar[str] = "paper"
    id: int = _id(primary_key=True)
    request_id: int = _id(foreign_key="request.id", index=True)
    kind: str = _some(Text)
    status: str = _some(Text)
    file_id: str = _some(Text)
    name: str = _some(Text)
    mime: str = _some(Text)
    size: int = _some(BigInteger)
    message_id: int = _some(BigInteger)
    at: datetime = _some(UtcTime)
    refused: str | None = _some(Text)
    object_key: str | None = _some(Text, index=True)
    album: str = _some(Text, sa_column_kwargs={"server_default": ""})


class ActionRow(Row, table=True):
    """A staff action and what it changed, as JSON, so that it can be taken back."""

    __tablename__: ClassVar[str] = "action"
    __table_args__ = (Index(None, "request_id", "id"),)
    id: int = _id(primary_key=True)
    request_id: int = _id(foreign_key="request.id")
    staff: str = _some(Text)
    verb: str = _some(Text)
    at: datetime = _some(UtcTime)
    version: int = _some(Integer)
    numbers: str = _some(Text)
    order_before: str = _some(Text)
    reopened: str = _some(Text)
    repaired: str | None = _some(Text)
    undone: bool = _some(Boolean)
    note: str | None = _some(Text)
    before: str = _some(Text, sa_column_kwargs={"server_default": "{}"})


class HistoryRow(Row, table=True):
    """What happened; never changed, and it outlives what it tells of."""

    __tablename__: ClassVar[str] = "history"
    __table_args__ = (
        Index(None, "request_id", "id"),
        _part("ix_history_letter", "digest", where="field = 'letter'"),  # files of letters, known by their hash
    )
    id: int = _id(primary_key=True)
    request_id: int | None = _id(nullable=True)
    chat_id: int | None = _id(nullable=True)
    actor: str = _some(Text)
    what: str = _some(Text)
    at: datetime = _some(UtcTime)
    field: str = _some(Text)
    digest: str = _some(Text)
    detail: str = _some(Text)


class WordsRow(Row, table=True):
    """A person's own words beside a history row; these can be erased."""

    __tablename__: ClassVar[str] = "words"
    history_id: int = _id(primary_key=True, foreign_key="history.id")
    words: str = _some(Text)


class OutboxRow(Row, table=True):
    """A message owed now. `rank` 0 goes before 1 in its lane; `how` is empty while the row is open."""

    __tablename__: ClassVar[str] = "outbox"
    __table_args__ = (
        _part("ix_outbox_lane", "lane", "rank", "id", where="how IS NULL"),
        _part("ix_outbox_free", "rank", "id", where="how IS NULL AND owner IS NULL"),
        _part("ix_outbox_leased", "lease_until", where="how IS NULL AND owner IS NOT NULL"),
        _part("ix_outbox_settled", "settled_at", where="how IS NOT NULL"),
        _part("ix_outbox_failed", "address", where="how IN ('dead', 'held')"),
    )
    id: int = _id(primary_key=True)
    kind: str = _some(Text)
    lane: str = _some(Text)
    address: str = _some(Text)
    key: str = _some(Text)
    once: str = _some(Text, unique=True)
    params: str = _some(Text)
    buttons: str = _some(Text)
    form: str = _some(Text)
    language: str = _some(Text)
    rank: int = _some(Integer)
    paced: bool = _some(Boolean)
    at: datetime = _some(UtcTime)
    owner: int | None = _id(nullable=True)
    lease_until: datetime | None = _some(UtcTime)
    until: datetime | None = _some(UtcTime)
    attempts: int = _some(Integer)
    ambiguous: int = _some(Integer)
    how: str | None = _some(Text)
    settled_at: datetime | None = _some(UtcTime)
    external_id: str | None = _some(Text)
    reason: str = _some(Text)


class DueRow(Row, table=True):
    """What is to be decided at a time to come, once for each rule and subject."""

    __tablename__: ClassVar[str] = "due"
    __table_args__ = ({"sqlite_with_rowid": False},)
    rule: str = _some(Text, primary_key=True)
    subject: int = _id(primary_key=True)
    id: int = _id()
    version: int = _some(BigInteger)
    at: datetime = _some(UtcTime, index=True)


class ErrandRow(Row, table=True):
    """Slow work left behind; `at` is when it may be tried next."""

    __tablename__: ClassVar[str] = "errand"
    id: int = _id(primary_key=True)
    kind: str = _some(Text)
    subject: int = _id()
    request_id: int = _id()
    at: datetime = _some(UtcTime, index=True)
    attempts: int = _some(Integer)
    owner: int | None = _id(nullable=True)
    lease_until: datetime | None = _some(UtcTime)


class HeardRow(Row, table=True):
    """The key of an event that was heard."""

    __tablename__: ClassVar[str] = "heard"
    __table_args__ = ({"sqlite_with_rowid": False},)
    event_id: str = _some(Text, primary_key=True)
    at: datetime = _some(UtcTime, index=True)


class InventoryRow(Row, table=True):
    """A number that is ours already, and what it does here."""

    __tablename__: ClassVar[str] = "inventory"
    __table_args__ = ({"sqlite_with_rowid": False},)
    e164: str = _some(Text, primary_key=True)
    role: str = _some(Text)
    owner: str = _some(Text)
    added_at: datetime = _some(UtcTime)
    source: str = _some(Text)


class ListRow(Row, table=True):
    """A number of a list that is too long for a case; `row` counts from 1 in the order of its paper's file."""

    __tablename__: ClassVar[str] = "list_row"
    __table_args__ = ({"sqlite_with_rowid": False},)
    request_id: int = _id(primary_key=True, foreign_key="request.id")
    paper_id: int = _id(primary_key=True)
    row: int = _some(Integer)
    e164: str = _some(Text, primary_key=True, index=True)
    destination: str = _some(Text)
    source: str = _some(Text)
    label: str = _some(Text)
    company: str = _some(Text)


class ListRingRow(Row, table=True):
    """A place at which calls of a list's numbers ring, once however many of them do."""

    __tablename__: ClassVar[str] = "list_ring"
    __table_args__ = ({"sqlite_with_rowid": False},)
    request_id: int = _id(primary_key=True, foreign_key="request.id")
    paper_id: int = _id(primary_key=True)
    destination: str = _some(Text, primary_key=True, index=True)


class CarrierNoteRow(Row, table=True):
    """What staff corrected of a carrier's entry; never changed but to be withdrawn."""

    __tablename__: ClassVar[str] = "carrier_note"
    id: int = _id(primary_key=True)
    carrier: str = _some(Text)
    field: str = _some(Text)
    text: str = _some(Text)
    source: str = _some(Text)
    checked: date = _some(Date)
    doubtful: bool = _some(Boolean)
    staff: str = _some(Text)
    at: datetime = _some(UtcTime)
    withdrawn_at: datetime | None = _some(UtcTime)
    withdrawn_by: str | None = _some(Text)


class CardRow(Row, table=True):
    """The message that shows a request to staff."""

    __tablename__: ClassVar[str] = "card"
    request_id: int = _id(primary_key=True)
    channel: str = _some(Text)
    message_id: str = _some(Text)
    version: int = _some(Integer)


class LeaseRow(Row, table=True):
    """Who may do what only one process may do; `epoch` grows with every new holder."""

    __tablename__: ClassVar[str] = "lease"
    name: str = _some(Text, primary_key=True)
    owner: int | None = _id(nullable=True)
    epoch: int = _some(BigInteger)
    until: datetime = _some(UtcTime)


class VaultCheckRow(Row, table=True):
    """A sealed value that only the right key opens: the key of history's digests."""

    __tablename__: ClassVar[str] = "vault_check"
    name: str = _some(Text, primary_key=True)
    sealed: bytes = _some(LargeBinary)


class PoisonRow(Row, table=True):
    """An update that could not be digested, sealed."""

    __tablename__: ClassVar[str] = "poison"
    __table_args__ = (UniqueConstraint("event_id"),)
    id: int = _id(primary_key=True)
    event_id: str = _some(Text)
    at: datetime = _some(UtcTime, index=True)
    sealed: bytes = _some(LargeBinary)


TABLES = METADATA.tables
