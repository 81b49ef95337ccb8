"""What staff correct of carriers' entries, in versions.

Revision ID: 0006
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None

# SQLite: a column called INTEGER is the row's own id; moments are microseconds since 1970.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Add a table."""
    op.create_table(
        "carrier_note",
        sa.Column("id", ID, nullable=False, autoincrement=False),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("checked", sa.Date(), nullable=False),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("withdrawn_at", UTC, nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_carrier_note"),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("carrier_note")
