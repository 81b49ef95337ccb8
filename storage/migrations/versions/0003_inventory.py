"""The inventory of our own numbers, the rows of long lists, and where calls ring, to be found by number.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# SQLite: a column called INTEGER is the row's own id; moments are microseconds since 1970.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Add two tables and an index; what was moved here before is in the inventory from now on."""
    op.create_table(
        "inventory",
        sa.Column("e164", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("added_at", UTC, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("e164", name="pk_inventory"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "list_row",
        sa.Column("request_id", ID, nullable=False, autoincrement=False),
        sa.Column("row", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("e164", sa.Text(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", "row", name="pk_list_row"),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name="fk_list_row_request_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_list_row_e164", "list_row", ["e164"])
    rings = sa.text("question = 'destination'")
    op.create_index("ix_answer_destination", "answer", ["value"], sqlite_where=rings, postgresql_where=rings)
    op.execute(  # a number that was moved here twice is there once; one that was forgotten has no digits left
        """INSERT INTO inventory (e164, role, owner, added_at, source)
        SELECT number.e164, 'tracking', min(request.ref), min(number.since), 'port'
        FROM number JOIN request ON request.id = number.request_id
        WHERE number.phase = 'ported' AND number.e164 <> '' GROUP BY number.e164"""
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_index("ix_answer_destination", "answer")
    op.drop_table("list_row")
    op.drop_table("inventory")
