"""Brings a database to this release's schema, or refuses one that a newer release wrote."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from storage.engine import open_engines
from storage.errors import SchemaNewer

HEAD = "0001"  # a test keeps it equal to the newest migration; a start that has nothing to do need not load Alembic
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
    """Return the database's revision and this release's. Raises SchemaNewer."""
    engines = open_engines(url)
    try:
        with engines.reader.connect() as connection:
            current = _current(connection)
    finally:
        engines.close()
    _refuse_newer(current)
    return current, HEAD


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
