"""Requests that were dated before moves could be overdue are looked at once their day has passed, like all others.

Revision ID: 0015
Revises: 0014
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# Sixteen hours behind the first window that ends; SQLite keeps moments as microseconds since 1970.
AFTER = {"sqlite": "57600000000", "postgresql": "interval '16 hours'"}


def upgrade() -> None:
    """Let what is dated and was never looked for be due; a request's id is no other row's, so it is this one's too."""
    after = AFTER[op.get_context().dialect.name]
    op.execute(
        f"""INSERT INTO due (rule, subject, id, version, at)
        SELECT 'overdue', request.id, request.id, request.version, min(number.window_end) + {after}
        FROM request JOIN number ON number.request_id = request.id
        WHERE number.phase IN ('scheduled', 'activating') AND number.window_end IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM due WHERE rule = 'overdue' AND subject = request.id)
        GROUP BY request.id, request.version"""  # noqa: S608 # of two words of ours
    )


def downgrade() -> None:
    """Leave what is due: it was due before for what was dated since."""
