"""The file of a sealed letter is found by its hash, in history.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

LETTERS = sa.text("field = 'letter'")


def upgrade() -> None:
    """Index the digests of letters alone; no row has that field before this release."""
    op.create_index("ix_history_letter", "history", ["digest"], sqlite_where=LETTERS, postgresql_where=LETTERS)


def downgrade() -> None:
    """Take the index away."""
    op.drop_index("ix_history_letter", "history")
