"""Runs migrations on the connection that `storage.migrate` hands in; there is no alembic.ini."""

from alembic import context

from storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,  # SQLite can, when the driver does not begin transactions by itself
)
context.run_migrations()
