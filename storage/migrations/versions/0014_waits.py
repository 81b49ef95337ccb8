"""Since when a customer waits for an answer, of each request; those of any chat are easy to find, forgotten ones too.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# SQLite: a column called INTEGER is the row's own id; moments are microseconds since 1970.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")
WAITS = sa.text("waits_since IS NOT NULL")
ABOUT = sa.text("wrote_about IS NOT NULL")


def upgrade() -> None:
    """Let the request of which a chat wrote wait, and take the columns of chats away."""
    op.add_column("request", sa.Column("waits_since", UTC, nullable=True))
    op.execute(
        """UPDATE request SET waits_since = (SELECT min(wrote_at) FROM chat WHERE wrote_about = request.id)
        WHERE id IN (SELECT wrote_about FROM chat WHERE wrote_about IS NOT NULL)"""
    )
    op.create_index("ix_request_waits_since", "request", ["waits_since"], sqlite_where=WAITS, postgresql_where=WAITS)
    op.create_index("ix_request_chat_id_erased_at", "request", ["chat_id", "erased_at"])
    op.drop_index("ix_chat_wrote_about", "chat")
    op.drop_column("chat", "wrote_about")
    op.drop_column("chat", "wrote_at")


def downgrade() -> None:
    """Let each chat wait for the newest of its requests that does."""
    op.add_column("chat", sa.Column("wrote_at", UTC, nullable=True))
    op.add_column("chat", sa.Column("wrote_about", ID, nullable=True))
    op.execute(
        """UPDATE chat SET
        wrote_at = (SELECT max(waits_since) FROM request WHERE chat_id = chat.id),
        wrote_about = (SELECT id FROM request WHERE chat_id = chat.id AND waits_since IS NOT NULL
            ORDER BY waits_since DESC, id DESC LIMIT 1)
        WHERE id IN (SELECT chat_id FROM request WHERE waits_since IS NOT NULL)"""
    )
    op.create_index("ix_chat_wrote_about", "chat", ["wrote_about"], sqlite_where=ABOUT, postgresql_where=ABOUT)
    op.drop_index("ix_request_chat_id_erased_at", "request")
    op.drop_index("ix_request_waits_since", "request")
    op.drop_column("request", "waits_since")
