"""The first schema.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# SQLite: a column called INTEGER is the row's own id; moments are microseconds since 1970.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "card",
        sa.Column("request_id", ID, nullable=False, autoincrement=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", name="pk_card"),
    )
    op.create_table(
        "chat",
        sa.Column("id", ID, nullable=False, autoincrement=False),
        sa.Column("focus", ID, nullable=True),
        sa.Column("asked", sa.Text(), nullable=True),
        sa.Column("asking", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column("heard_at", UTC, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_chat"),
    )
    op.create_table(
        "due",
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("subject", ID, nullable=False, autoincrement=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("rule", "subject", name="pk_due"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_due_at", "due", ["at"])
    op.create_table(
        "errand",
        sa.Column("id", ID, nullable=False, autoincrement=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", ID, nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("owner", ID, nullable=True),
        sa.Column("lease_until", UTC, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_errand"),
    )
    op.create_index("ix_errand_at", "errand", ["at"])
    op.create_table(
        "heard",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("event_id", name="pk_heard"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_heard_at", "heard", ["at"])
    op.create_table(
        "history",
        sa.Column("id", ID, nullable=False, autoincrement=False),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("chat_id", ID, nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_history"),
    )
    op.create_index("ix_history_request_id_id", "history", ["request_id", "id"])
    op.create_table(
        "lease",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", ID, nullable=True),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("until", UTC, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", ID, nullable=False, autoincrement=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("once", sa.Text(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("buttons", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("paced", sa.Boolean(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("owner", ID, nullable=True),
        sa.Column("lease_until", UTC, nullable=True),
        sa.Column("until", UTC, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("ambiguous", sa.Integer(), nullable=False),
        sa.Column("how", sa.Text(), nullable=True),
        sa.Column("settled_at", UTC, nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("once", name="uq_outbox_once"),
    )
    op.create_index(
        "ix_outbox_free",
        "outbox",
        ["rank", "id"],
        sqlite_where=sa.text("how IS NULL AND owner IS NULL"),
        postgresql_where=sa.text("how IS NULL AND owner IS NULL"),
    )
    op.create_index(
        "ix_outbox_lane",
        "outbox",
        ["lane", "rank", "id"],
        sqlite_where=sa.text("how IS NULL"),
        postgresql_where=sa.text("how IS NULL"),
    )
    op.create_index(
        "ix_outbox_leased",
        "outbox",
        ["lease_until"],
        sqlite_where=sa.text("how IS NULL AND owner IS NOT NULL"),
        postgresql_where=sa.text("how IS NULL AND owner IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_settled",
        "outbox",
        ["settled_at"],
        sqlite_where=sa.text("how IS NOT NULL"),
        postgresql_where=sa.text("how IS NOT NULL"),
    )
    op.create_table(
        "poison",
        sa.Column("id", ID, nullable=False, autoincrement=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_poison"),
        sa.UniqueConstraint("event_id", name="uq_poison_event_id"),
    )
    op.create_index("ix_poison_at", "poison", ["at"])
    op.create_table(
        "vault_check",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_vault_check"),
    )
    op.create_table(
        "request",
        sa.Column("id", ID, nullable=False, autoincrement=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("chat_id", ID, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTC, nullable=False),
        sa.Column("changed_at", UTC, nullable=False),
        sa.Column("signed_at", UTC, nullable=True),
        sa.Column("repaired", sa.Text(), nullable=True),
        sa.Column("told", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_request"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="fk_request_chat_id"),
        sa.UniqueConstraint("ref", name="uq_request_ref"),
    )
    op.create_index("ix_request_chat_id", "request", ["chat_id"])
    op.create_index("ix_request_status_changed_at", "request", ["status", "changed_at"])
    op.create_table(
        "words",
        sa.Column("history_id", ID, nullable=False, autoincrement=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("history_id", name="pk_words"),
        sa.ForeignKeyConstraint(["history_id"], ["history.id"], name="fk_words_history_id"),
    )
    op.create_table(
        "action",
        sa.Column("id", ID, nullable=False, autoincrement=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.Text(), nullable=False),
        sa.Column("order_before", sa.Text(), nullable=False),
        sa.Column("reopened", sa.Text(), nullable=False),
        sa.Column("repaired", sa.Text(), nullable=True),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name="fk_action_request_id"),
    )
    op.create_index("ix_action_request_id_id", "action", ["request_id", "id"])
    op.create_table(
        "answer",
        sa.Column("request_id", ID, nullable=False, autoincrement=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("reopened", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", "question", name="pk_answer"),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name="fk_answer_request_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "paper",
        sa.Column("id", ID, nullable=False, autoincrement=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("refused", sa.Text(), nullable=True),
        sa.Column("object_key", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_paper"),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name="fk_paper_request_id"),
    )
    op.create_index("ix_paper_object_key", "paper", ["object_key"])
    op.create_index("ix_paper_request_id", "paper", ["request_id"])
    op.create_table(
        "port_order",
        sa.Column("id", ID, nullable=False, autoincrement=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("number_class", sa.Text(), nullable=False),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("carrier_order", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_port_order"),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name="fk_port_order_request_id"),
    )
    op.create_index("ix_port_order_request_id", "port_order", ["request_id"])
    op.create_table(
        "secret",
        sa.Column("request_id", ID, nullable=False, autoincrement=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", "question", name="pk_secret"),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name="fk_secret_request_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "number",
        sa.Column("id", ID, nullable=False, autoincrement=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("e164", sa.Text(), nullable=False),
        sa.Column("number_class", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("since", UTC, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("port_date", sa.Date(), nullable=True),
        sa.Column("window_start", UTC, nullable=True),
        sa.Column("window_end", UTC, nullable=True),
        sa.Column("rejection", sa.Text(), nullable=True),
        sa.Column("came_from", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_number"),
        sa.ForeignKeyConstraint(["order_id"], ["port_order.id"], name="fk_number_order_id"),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name="fk_number_request_id"),
    )
    op.create_index("ix_number_e164", "number", ["e164"])
    op.create_index("ix_number_order_id", "number", ["order_id"])
    op.create_index("ix_number_request_id", "number", ["request_id"])


def downgrade() -> None:
    """Take every table away."""
    for table in (
        "number",
        "secret",
        "port_order",
        "paper",
        "answer",
        "action",
        "words",
        "request",
        "vault_check",
        "poison",
        "outbox",
        "lease",
        "history",
        "heard",
        "errand",
        "due",
        "chat",
        "card",
    ):
        op.drop_table(table)
