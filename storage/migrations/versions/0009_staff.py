"""Who of the staff may what, what is kept of each of them, and acts that wait for a second person.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# SQLite: a column called INTEGER is the row's own id; moments are microseconds since 1970.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")
ADDED = ("staff_wish", "staff_member", "staff_role")


def upgrade() -> None:
    """Add three tables."""
    op.create_table(
        "staff_role",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("role", sa.Integer(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_staff_role"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "staff_member",
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("focus", ID, nullable=True),
        sa.Column("digest_dm", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("digest_at", sa.Text(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("user", name="pk_staff_member"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "staff_wish",
        sa.Column("id", ID, nullable=False, autoincrement=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("argument", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("until", UTC, nullable=False),
        sa.Column("done_by", sa.Text(), nullable=True),
        sa.Column("done_at", UTC, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_staff_wish"),
    )


def downgrade() -> None:
    """Take them away again."""
    for table in ADDED:
        op.drop_table(table)
