"""The tokens by which somebody else signs a letter, each by its SHA-256 alone.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# SQLite: a column called INTEGER is the row's own id; moments are microseconds since 1970.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "signer_token",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("link_id", ID, nullable=False),
        sa.Column("until", UTC, nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name="fk_signer_token_request_id"),
        sa.PrimaryKeyConstraint("digest", name="pk_signer_token"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_signer_token_request_id", "signer_token", ["request_id"])
    op.create_index("ix_signer_token_until", "signer_token", ["until"])


def downgrade() -> None:
    """Drop the table: its links open nothing any more."""
    op.drop_table("signer_token")
