"""Messages that did not get through are kept, so that staff can send them again, and are looked up.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

FAILED = sa.text("how IN ('dead', 'held')")


def upgrade() -> None:
    """Let go of the blank ones of earlier releases, and make the others easy to find."""
    op.execute("UPDATE outbox SET how = 'dropped' WHERE how IN ('dead', 'held')")
    op.create_index("ix_outbox_failed", "outbox", ["address"], sqlite_where=FAILED, postgresql_where=FAILED)


def downgrade() -> None:
    """Take the index away; earlier releases read the rows as they are."""
    op.drop_index("ix_outbox_failed", "outbox")
