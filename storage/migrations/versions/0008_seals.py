"""History is sealed: a chain of keyed digests, a list of rows that wait for theirs, and triggers that refuse changes.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# SQLite: a column called INTEGER is the row's own id.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = {"history": "id = NEW.id", "seal": "seq = NEW.seq OR history_id = NEW.history_id"}
WAYS = ("unchanged", "undeleted", "unreplaced")
FUNCTION = """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$"""


def upgrade() -> None:
    """Add two tables, and let nobody change or delete what history or the chain holds."""
    op.create_table(
        "seal",
        sa.Column("seq", ID, nullable=False, autoincrement=False),
        sa.Column("history_id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_seal"),
        sa.UniqueConstraint("history_id", name="uq_seal_history_id"),
    )
    op.create_table(
        "unsealed",
        sa.Column("history_id", ID, nullable=False, autoincrement=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("history_id", name="pk_unsealed"),
    )
    for statement in _triggers(op.get_context().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Take them away again."""
    for statement in _no_triggers(op.get_context().dialect.name):
        op.execute(statement)
    op.drop_table("unsealed")
    op.drop_table("seal")


def _triggers(dialect: str) -> list[str]:
    if dialect == "postgresql":
        refuse = "EXECUTE FUNCTION refuse_change()"
        rows = [f"CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON {t} FOR EACH ROW {refuse}" for t in APPEND_ONLY]
        whole = [f"CREATE TRIGGER whole BEFORE TRUNCATE ON {t} FOR EACH STATEMENT {refuse}" for t in APPEND_ONLY]
        return [FUNCTION, *rows, *whole]
    # REPLACE takes a row away without a word to any trigger on DELETE, so what comes is looked at, too.
    return [
        f"CREATE TRIGGER {table}_{way} BEFORE {what} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table, same in APPEND_ONLY.items()
        for way, what in zip(WAYS, (f"UPDATE ON {table}", f"DELETE ON {table}", _again(table, same)), strict=True)
    ]


def _again(table: str, same: str) -> str:
    return f"INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - names from above


def _no_triggers(dialect: str) -> list[str]:
    if dialect == "postgresql":
        names = [(name, table) for table in APPEND_ONLY for name in ("kept", "whole")]
        return [*(f"DROP TRIGGER {name} ON {table}" for name, table in names), "DROP FUNCTION refuse_change()"]
    return [f"DROP TRIGGER {table}_{way}" for table in APPEND_ONLY for way in WAYS]
