"""Who of the staff answers a customer in person, and since when the customer waits for an answer.

Revision ID: 0011
Revises: 0010
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# SQLite: a column called INTEGER is the row's own id; moments are microseconds since 1970.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")
LOOKED_UP = ("wrote_about", "taken_for")
ADDED: dict[str, Any] = {
    "taken_by": sa.Text(), "taken_for": ID, "taken_until": UTC, "wrote_at": UTC, "wrote_about": ID, "hours_told": UTC,
}  # fmt: skip


def upgrade() -> None:
    """Add columns to chats."""
    for name, kind in ADDED.items():
        op.add_column("chat", sa.Column(name, kind, nullable=True))
    for name in LOOKED_UP:
        some = sa.text(f"{name} IS NOT NULL")
        op.create_index(f"ix_chat_{name}", "chat", [name], sqlite_where=some, postgresql_where=some)


def downgrade() -> None:
    """Take them away again."""
    for name in LOOKED_UP:
        op.drop_index(f"ix_chat_{name}", "chat")
    for name in ADDED:
        op.drop_column("chat", name)
