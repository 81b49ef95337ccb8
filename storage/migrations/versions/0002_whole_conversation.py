"""The whole conversation: titles, albums, status messages, several numbers, people or businesses, erasures.

Revision ID: 0002
Revises: 0001
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# SQLite: a column called INTEGER is the row's own id; moments are microseconds since 1970.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")

# What 0001 did not ask, as it is of every request that it brought to the desk: numbers in use, all of them mobile,
# moved by the holder of the account. The one put in last is the first that is asked.
UNASKED = {"line": "wireless", "authority": "holder", "working": "yes"}
OTHERS = '["other",%'  # the answer that names a carrier which the table lacks; only then is the kind of line asked
NOT_AT_DESK = ("intake", "ported", "cancelled", "expired", "partial")


def upgrade() -> None:
    """Add columns and a table, and give the answers of 0001 their new names and forms."""
    op.add_column("request", sa.Column("title", sa.Text(), nullable=True))
    op.add_column("request", sa.Column("erased_at", UTC, nullable=True))
    op.drop_index("ix_request_chat_id", "request")
    known = sa.text("erased_at IS NULL")
    op.create_index("ix_request_known", "request", ["chat_id", "id"], sqlite_where=known, postgresql_where=known)
    op.add_column("paper", sa.Column("album", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "status_message",
        sa.Column("chat_id", ID, nullable=False, autoincrement=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_status_message"),
    )
    _rename("number", "numbers")
    op.execute(  # values are JSON as orjson writes it, without spaces
        """UPDATE answer SET value = '["person",' || substr(value, 2) WHERE question = 'name' AND value LIKE '["%'"""
    )
    for question, value in UNASKED.items():
        _infer(question, value)


def downgrade() -> None:
    """Take them away again; the name of a business, which 0001 does not know, stays as it is."""
    answer = sa.table("answer", sa.column("question", sa.Text()))
    op.execute(answer.delete().where(answer.c.question.in_(UNASKED)))
    _rename("numbers", "number")
    op.execute(
        """UPDATE answer SET value = '[' || substr(value, 11) WHERE question = 'name' AND value LIKE '["person",%'"""
    )
    op.drop_table("status_message")
    op.drop_column("paper", "album")
    op.drop_index("ix_request_known", "request")
    op.drop_column("request", "erased_at")
    op.drop_column("request", "title")
    op.create_index("ix_request_chat_id", "request", ["chat_id"])


def _rename(old: str, new: str) -> None:
    """Rename a question wherever it is named."""
    question, asked, reopened = (sa.column(name, sa.Text()) for name in ("question", "asked", "reopened"))
    op.execute(sa.table("answer", question).update().where(question == old).values(question=new))
    op.execute(sa.table("chat", asked).update().where(asked == old).values(asked=new))
    renamed = sa.func.replace(reopened, f'"{old}"', f'"{new}"')  # a JSON list of questions
    op.execute(sa.table("action", reopened).update().values(reopened=renamed))


def _infer(question: str, value: str) -> None:
    """Answer a question, before all others, for requests that are with the desk."""
    request = sa.table("request", sa.column("id", ID), sa.column("status", sa.Text()), sa.column("changed_at", UTC))
    words: dict[str, Any] = dict.fromkeys(("question", "value", "source"), sa.Text())
    kinds = {"request_id": ID, **words, "at": UTC, "seq": sa.BigInteger(), "reopened": sa.Boolean()}
    answer = sa.table("answer", *(sa.column(name, kind) for name, kind in kinds.items()))
    mine = answer.c.request_id == request.c.id
    before = sa.select(sa.func.coalesce(sa.func.min(answer.c.seq), 0) - 1).where(mine).scalar_subquery()
    given = [sa.literal(each, sa.Text()) for each in (question, f'["{value}"]', "inferred")]
    found = sa.select(request.c.id, *given, request.c.changed_at, before, sa.false())
    found = found.where(request.c.status.not_in(NOT_AT_DESK))
    if question == "line":
        found = found.where(sa.exists().where(mine, answer.c.question == "carrier", answer.c.value.like(OTHERS)))
    op.execute(answer.insert().from_select(list(kinds), found))
