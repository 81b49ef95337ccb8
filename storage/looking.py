"""What the doctor asks of storage: each look changes nothing, and needs no lock."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, inspect, select
from sqlalchemy.exc import DBAPIError

from storage.engine import open_to_look
from storage.errors import StorageRefused, Unreadable
from storage.filing import look_at_files
from storage.migrate import check
from storage.places import read_place
from storage.tables import TABLES
from storage.vault import Vault, find_key_file, read_keys

_CHECK = TABLES["vault_check"]


def looks(url: str, data_dir: Path, keys: str | None, files_url: str | None) -> dict[str, Callable[[], str]]:
    """Return looks by what they look at; each returns a sentence, or raises StorageRefused with one that says more."""
    return {
        "database": partial(_look_at_schema, url),
        "keys": partial(_look_at_keys, url, data_dir, keys),
        "files": partial(_look_at_files, files_url, data_dir),
    }


def _look_at_schema(url: str) -> str:
    current, newest = check(url)
    if current is None:
        raise StorageRefused("There is no schema yet: run `app.py migrate`, or just `make run`.")
    if current != newest:
        raise StorageRefused(f"The schema is {current}, this release wants {newest}: run `app.py migrate`.")
    return "It answers, and its schema is current."


def _look_at_keys(url: str, data_dir: Path, text: str | None) -> str:
    engine = open_to_look(url)
    sealed = None if engine is None else _check_value(engine)
    if text is None and engine is not None and engine.dialect.name == "postgresql":
        raise StorageRefused("PostgreSQL needs ENCRYPTION_KEYS: make one with `openssl rand -base64 32`, and keep it.")
    keys = read_keys(text) if text else find_key_file(data_dir)
    if sealed is None:
        return "Nothing is sealed yet; the first start does it." + ("" if keys else " It makes a key file: back it up.")
    if keys is None:
        raise StorageRefused(f"The key file is missing from {data_dir}: put it back, or set ENCRYPTION_KEYS.")
    try:
        Vault(keys).open(sealed, "vault_check", "sealed", "digest")
    except Unreadable:
        raise StorageRefused("The encryption key is not this database's: set the one it was made with.") from None
    return "They open what this database keeps."


def _check_value(engine: Engine) -> bytes | None:
    """Return what tells the right key; None where nothing was ever sealed."""
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table(_CHECK.name):
                return None
            return connection.execute(select(_CHECK.c.sealed).where(_CHECK.c.name == "digest")).scalar()
    except DBAPIError as error:
        raise StorageRefused(f"The database cannot be read: {type(error.orig).__name__}; see DATABASE_URL.") from error
    finally:
        engine.dispose()


def _look_at_files(files_url: str | None, data_dir: Path) -> str:
    return look_at_files(read_place(files_url, data_dir))
