"""Rows of lists by the paper that they came with, found by where calls ring; those that moved are in the inventory.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# SQLite: a column called INTEGER is the row's own id.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# Before, the rows of a paper stood in a range that was made from its id.
BASE = "(paper.id / 64 % 20000 * 100000)"
REST = "e164, destination, source, label, company"


def upgrade() -> None:
    """Give each row its paper; one whose paper is gone, as after an erasure, keeps none."""
    _set_aside()
    _create(with_paper=True)
    op.execute(
        f"""INSERT INTO list_row (request_id, paper_id, "row", {REST})
        SELECT o.request_id, coalesce(paper.id, 0), o."row" - coalesce({BASE}, 0),
        o.e164, o.destination, o.source, o.label, o.company
        FROM old_list_row AS o LEFT JOIN paper ON paper.request_id = o.request_id AND paper.kind = 'list'
        AND o."row" > {BASE} AND o."row" < {BASE} + 100000"""  # noqa: S608 - constants of this file
    )
    op.drop_table("old_list_row")
    op.create_index("ix_list_row_e164", "list_row", ["e164"])
    op.create_index("ix_list_row_destination", "list_row", ["destination"])
    op.execute(
        """INSERT INTO inventory (e164, role, owner, added_at, source)
        SELECT list_row.e164, 'tracking', min(request.ref), min(request.changed_at), 'port'
        FROM list_row JOIN request ON request.id = list_row.request_id
        WHERE request.status = 'ported' AND list_row.e164 NOT IN (SELECT e164 FROM inventory)
        GROUP BY list_row.e164"""
    )


def downgrade() -> None:
    """Put the rows back into ranges."""
    _set_aside()
    _create(with_paper=False)
    base = BASE.replace("paper.id", "paper_id")
    op.execute(
        f"""INSERT INTO list_row (request_id, "row", {REST})
        SELECT request_id, "row" + {base}, {REST} FROM old_list_row"""  # noqa: S608 - constants of this file
    )
    op.drop_table("old_list_row")
    op.create_index("ix_list_row_e164", "list_row", ["e164"])


def _set_aside() -> None:
    """Copy the rows: on PostgreSQL a renamed table would keep the name of its key for itself."""
    op.execute("CREATE TABLE old_list_row AS SELECT * FROM list_row")
    op.drop_table("list_row")


def _create(*, with_paper: bool) -> None:
    papers = (sa.Column("paper_id", ID, nullable=False, autoincrement=False),) if with_paper else ()
    keys = ("request_id", "paper_id", "row") if with_paper else ("request_id", "row")
    texts = (sa.Column(name, sa.Text(), nullable=False) for name in REST.split(", "))
    op.create_table(
        "list_row",
        sa.Column("request_id", ID, nullable=False, autoincrement=False),
        *papers,
        sa.Column("row", sa.Integer(), nullable=False, autoincrement=False),
        *texts,
        sa.PrimaryKeyConstraint(*keys, name="pk_list_row"),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name="fk_list_row_request_id"),
        sqlite_with_rowid=False,
    )
