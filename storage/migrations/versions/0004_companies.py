"""Companies that are customers: their members, invitations, and requests that wait for an administrator.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# SQLite: a column called INTEGER is the row's own id; moments are microseconds since 1970.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")
OF_COMPANY = sa.text("company_id IS NOT NULL AND erased_at IS NULL")
WAITING = sa.text("approval = 'waiting'")
IS_IN = sa.text("left_at IS NULL")


def upgrade() -> None:
    """Add three tables, and to a request its company and how it stands with the administrators there."""
    op.create_table(
        "company",
        sa.Column("id", ID, nullable=False, autoincrement=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_company"),
    )
    op.create_table(
        "member",
        sa.Column("company_id", ID, nullable=False, autoincrement=False),
        sa.Column("chat_id", ID, nullable=False, autoincrement=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("joined_at", UTC, nullable=False),
        sa.Column("left_at", UTC, nullable=True),
        sa.Column("invite_id", ID, nullable=True, autoincrement=False),
        sa.PrimaryKeyConstraint("company_id", "chat_id", name="pk_member"),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name="fk_member_company_id"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="fk_member_chat_id"),
        sa.UniqueConstraint("invite_id", name="uq_member_invite_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_member_chat", "member", ["chat_id", "company_id"], sqlite_where=IS_IN, postgresql_where=IS_IN)
    op.create_table(
        "invite",
        sa.Column("id", ID, nullable=False, autoincrement=False),
        sa.Column("company_id", ID, nullable=False, autoincrement=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("made_by", ID, nullable=False, autoincrement=False),
        sa.Column("made_at", UTC, nullable=False),
        sa.Column("expires_at", UTC, nullable=False),
        sa.Column("used_by", ID, nullable=True, autoincrement=False),
        sa.Column("used_at", UTC, nullable=True),
        sa.Column("revoked_at", UTC, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_invite"),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name="fk_invite_company_id"),
        sa.ForeignKeyConstraint(["made_by"], ["chat.id"], name="fk_invite_made_by"),
    )
    op.create_index("ix_invite_company_id", "invite", ["company_id"])
    op.create_index("ix_invite_expires_at", "invite", ["expires_at"])
    op.add_column("request", sa.Column("company_id", ID, nullable=True))
    op.add_column("request", sa.Column("approval", sa.Text(), nullable=True))
    of_company = ["company_id", "id"]
    op.create_index("ix_request_company", "request", of_company, sqlite_where=OF_COMPANY, postgresql_where=OF_COMPANY)
    op.create_index("ix_request_waiting", "request", of_company, sqlite_where=WAITING, postgresql_where=WAITING)


def downgrade() -> None:
    """Take them away again."""
    op.drop_index("ix_request_waiting", "request")
    op.drop_index("ix_request_company", "request")
    op.drop_column("request", "approval")
    op.drop_column("request", "company_id")
    op.drop_table("invite")
    op.drop_table("member")
    op.drop_table("company")
