"""Looks at all of history and its seals, beside a running desk, in one snapshot and in constant memory."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, select
from sqlalchemy.exc import DBAPIError

from domain.desk.sealing import Audit, Fault, Head, Wrong
from storage.engine import open_to_look
from storage.errors import StorageRefused, Unreadable
from storage.links import GENESIS, link
from storage.migrate import check
from storage.seals import HISTORY, SEAL, UNSEALED, count_waiting, judge, unknown_rows
from storage.vault import Vault, find_key_file, read_keys
from storage.walking import columns, raw, waiting_rows, walk


def open_as_it_is(url: str) -> Engine:
    """Open a database to read it beside whoever uses it. Raises StorageRefused for one of another schema."""
    current, newest = check(url)
    engine = open_to_look(url)
    if engine is None or current != newest:
        raise StorageRefused(f"The schema is {current}, this release wants {newest}: run `app.py migrate`.")
    return engine


def audit_history(url: str, data_dir: Path, keys: str | None, seen: Head | None) -> Audit:
    """Look at every row; changes nothing. `seen`: a head that an earlier digest showed.

    Raises StorageRefused when database or keys cannot be read.
    """
    vault, engine = vault_of(data_dir, keys), open_as_it_is(url)
    try:
        return _look(engine, vault, seen)
    except DBAPIError as error:
        raise StorageRefused(f"The database cannot be read: {type(error.orig).__name__}; see DATABASE_URL.") from error
    finally:
        engine.dispose()


def vault_of(data_dir: Path, text: str | None) -> Vault:
    """Return the vault of the keys given, or of the key file. Raises StorageRefused where there is none."""
    keys = read_keys(text) if text else find_key_file(data_dir)
    if keys is None:
        raise StorageRefused(f"There is no key in {data_dir}: put the key file back, or set ENCRYPTION_KEYS.")
    return Vault(keys)


def _look(engine: Engine, vault: Vault, seen: Head | None) -> Audit:
    """Look at one snapshot, whatever the desk writes meanwhile."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")  # the driver begins by itself for writes alone
        return audit_within(connection, vault, seen)


def audit_within(connection: Connection, vault: Vault, seen: Head | None) -> Audit:
    """Look at what one transaction sees."""
    head, fault = _walk_chain(connection, vault, seen)
    fault = fault or _cut(head, seen) or _bad_waiting(connection, vault) or _stranger(connection)
    return Audit(head, count_waiting(connection), fault)


def _walk_chain(connection: Connection, vault: Vault, seen: Head | None) -> tuple[Head, Fault | None]:
    """Return the last good link, and what is wrong with the one that follows."""
    count, last = 0, GENESIS
    for seq, row in walk(connection, _links(connection.dialect.name), SEAL.c.seq):
        wrong = "gap" if seq != count + 1 else _wrong(connection, vault, last, row, seq)
        if wrong is None and seen is not None and seq == seen.count and not row.link.hex().startswith(seen.digest):
            wrong = "replaced"
        if wrong is not None:
            return _head(count, last), Fault(wrong, count + 1, row.history_id if row is not None else None)
        count, last = seq, row.link
    return _head(count, last), None


def _head(count: int, last: bytes) -> Head:
    return Head(count, last.hex())


def _links(name: str) -> Select[Any]:
    """Select links: number, key, digest, the id of their row, and its columns if it is there."""
    of_link = (SEAL.c.seq, raw(SEAL.c.key), raw(SEAL.c.digest).label("link"), raw(SEAL.c.history_id))
    return select(*of_link, *columns(name)).select_from(SEAL.outerjoin(HISTORY, HISTORY.c.id == SEAL.c.history_id))


def _wrong(connection: Connection, vault: Vault, last: bytes, row: Any, seq: int) -> Wrong | None:
    if row is None:
        return "unreadable"
    if row.id is None:
        return "missing"
    try:
        digest = link(vault, last, row[4:], row.key)
    except Unreadable:
        return "unknown_key"
    if digest == row.link:
        return None
    return "moved" if _is_elsewhere(connection, vault, last, row, seq) else "changed"


def _is_elsewhere(connection: Connection, vault: Vault, last: bytes, row: Any, seq: int) -> bool:
    """Tell whether a later row, or a later link, belongs in this place."""
    for _, other in walk(connection, _links(connection.dialect.name), SEAL.c.seq, seq):
        if other is None or other.id is None:
            continue
        with suppress(Unreadable):
            fitting = ((row.key, row.link), (other.key, other.link))
            if any(link(vault, last, other[4:], key) == digest for key, digest in fitting):
                return True
    return False


def _cut(head: Head, seen: Head | None) -> Fault | None:
    return Fault("cut", head.count + 1, None) if seen is not None and head.count < seen.count else None


def _bad_waiting(connection: Connection, vault: Vault) -> Fault | None:
    for row_id, row in walk(connection, waiting_rows(connection.dialect.name), UNSEALED.c.history_id):
        if row is not None and row.seq is not None:
            continue  # its link was looked at
        wrong = judge(vault, row)
        if wrong is not None:
            return Fault(wrong, None, row_id)
    return None


def _stranger(connection: Connection) -> Fault | None:
    """Find a row that is neither sealed nor signed."""
    found = connection.execute(unknown_rows().order_by(HISTORY.c.id).limit(1)).scalar()
    return None if found is None else Fault("foreign", None, found)
