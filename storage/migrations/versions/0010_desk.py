"""Who of the staff has a request, until when it rests, why it is held; what an action changed beside the numbers.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# SQLite: moments are microseconds since 1970.
UTC = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")
ASSIGNED = sa.text("assignee IS NOT NULL")
ADDED = ("hold", "snoozed_until", "assignee")


def upgrade() -> None:
    """Add columns to requests and actions."""
    op.add_column("request", sa.Column("assignee", sa.Text(), nullable=True))
    op.add_column("request", sa.Column("snoozed_until", UTC, nullable=True))
    op.add_column("request", sa.Column("hold", sa.Text(), nullable=True))
    op.create_index(
        "ix_request_assignee",
        "request",
        ["assignee", "changed_at"],
        sqlite_where=ASSIGNED,
        postgresql_where=ASSIGNED,
    )
    op.add_column("action", sa.Column("before", sa.Text(), nullable=False, server_default="{}"))


def downgrade() -> None:
    """Take them away again."""
    op.drop_column("action", "before")
    op.drop_index("ix_request_assignee", "request")
    for column in ADDED:
        op.drop_column("request", column)
