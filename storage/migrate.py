"""Brings a database to this release's schema, or refuses one that a newer release wrote."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from storage.engine import open_to_look
from storage.errors import SchemaNewer, StorageRefused

HEAD = "0017"  # a test keeps it equal to the newest migration; a start that has nothing to do need not load Alembic
_LOCK = 7_061_942_815  # any number that only migrations use


def migrate(engine: Engine) -> None:
    """Upgrade to head in one transaction, one process at a time. Raises SchemaNewer, and changes nothing then."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # SQLite's file is locked already
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        current = _current(connection)
        if current != HEAD:
            _upgrade(connection, current)


def check(url: str) -> tuple[str | None, str]:
    """Return the database's revision (None: not made yet) and this release's; changes nothing, and needs no lock.

    Raises SchemaNewer, and StorageRefused when the database cannot be read.
    """
    engine = open_to_look(url)
    current = None if engine is None else _look(engine)
    _refuse_newer(current)
    return current, HEAD


def _look(engine: Engine) -> str | None:
    try:
        with engine.connect() as connection:
            return _current(connection)
    except DBAPIError as error:
        raise StorageRefused(f"The database cannot be read: {type(error.orig).__name__}; see DATABASE_URL") from error
    finally:
        engine.dispose()


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    current: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return current


def _refuse_newer(current: str | None) -> None:
    names = {path.name.partition("_")[0] for path in (_folder() / "versions").glob("[0-9]*.py")}
    if current is not None and current not in names:
        raise SchemaNewer(f"The database has schema {current}, newer than this release; install the newer release")


def _upgrade(connection: Connection, current: str | None) -> None:
    from alembic import command  # imported here: see HEAD
    from alembic.config import Config

    _refuse_newer(current)
    config = Config()
    config.set_main_option("script_location", str(_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)


def _folder() -> Path:
    return Path(__file__).parent / "migrations"
