"""Rows of lists by their numbers, so that keeping them changes few pages; where their calls ring apart, once each.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# SQLite: a column called INTEGER is the row's own id.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COLUMNS = 'request_id, paper_id, "row", e164, destination, source, label, company'


def upgrade() -> None:
    """Key rows by number, and keep the places where a list's calls ring."""
    _rebuild("e164")
    op.create_table(
        "list_ring",
        sa.Column("request_id", ID, nullable=False, autoincrement=False),
        sa.Column("paper_id", ID, nullable=False, autoincrement=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", "paper_id", "destination", name="pk_list_ring"),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name="fk_list_ring_request_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_list_ring_destination", "list_ring", ["destination"])
    op.execute(
        """INSERT INTO list_ring (request_id, paper_id, destination)
        SELECT DISTINCT request_id, paper_id, destination FROM list_row WHERE destination <> ''"""
    )


def downgrade() -> None:
    """Key rows by their places in the file."""
    op.drop_table("list_ring")
    _rebuild("row")
    op.create_index("ix_list_row_destination", "list_row", ["destination"])


def _rebuild(key: str) -> None:
    """Copy the rows: on PostgreSQL a renamed table would keep the name of its key for itself."""
    op.execute("CREATE TABLE old_list_row AS SELECT * FROM list_row")
    op.drop_table("list_row")
    op.create_table(
        "list_row",
        sa.Column("request_id", ID, nullable=False, autoincrement=False),
        sa.Column("paper_id", ID, nullable=False, autoincrement=False),
        sa.Column("row", sa.Integer(), nullable=False, autoincrement=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("e164", "destination", "source", "label", "company")),
        sa.PrimaryKeyConstraint("request_id", "paper_id", key, name="pk_list_row"),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name="fk_list_row_request_id"),
        sqlite_with_rowid=False,
    )
    op.execute(
        f"""INSERT INTO list_row ({COLUMNS}) SELECT {COLUMNS} FROM old_list_row
        WHERE true ON CONFLICT DO NOTHING"""  # noqa: S608 - constants of this file
    )
    op.drop_table("old_list_row")
    op.create_index("ix_list_row_e164", "list_row", ["e164"])
