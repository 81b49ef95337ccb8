"""Engines for DATABASE_URL: SQLite with its safeguards, or PostgreSQL."""

import fcntl
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from storage.errors import StorageRefused

THREADS = 8  # at work on PostgreSQL at once, each with a connection
_NETWORK_DISKS = ("nfs", "cifs", "smb", "9p", "fuse.sshfs", "afs", "ceph", "glusterfs")
_STATEMENTS = 512  # prepared statements kept for a connection; a turn uses some thirty texts


@dataclass(frozen=True, slots=True)
class Engines:
    """The writer's engine, the readers' (the same on PostgreSQL), and the lock that keeps other processes out."""

    writer: Engine
    reader: Engine
    lock: int | None

    @property
    def name(self) -> str:
        """Return `sqlite` or `postgresql`."""
        return self.writer.dialect.name

    def close(self) -> None:
        """Close every connection, then let other processes in."""
        self.writer.dispose()
        self.reader.dispose()
        if self.lock is not None:
            os.close(self.lock)


def open_engines(url: str) -> Engines:
    """Open sqlite:///path or postgresql://…. Raises StorageRefused for anything else, and for an unsafe SQLite file."""
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed)
    engine = _postgres_engine(parsed)
    return Engines(engine, engine, None)


def _postgres_engine(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"), pool_size=THREADS, max_overflow=2, hide_parameters=True
    )
    event.listen(engine, "connect", _speak_utc)
    return engine


def open_to_look(url: str) -> Engine | None:
    """Open a database to read it beside whoever uses it; None where SQLite's file is not made yet."""
    parsed = _parse(url)
    if parsed.get_backend_name() != "sqlite":
        return _postgres_engine(parsed)
    path = Path(str(parsed.database)).absolute()
    if not path.exists():
        return None
    _refuse_shared(path)
    return create_engine("sqlite://", creator=lambda: sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True))


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    except ArgumentError:
        raise StorageRefused("DATABASE_URL is no URL; use sqlite:///path or postgresql://user@host/name") from None
    if parsed.drivername not in ("sqlite", "postgresql", "postgresql+psycopg"):
        raise StorageRefused(
            f"DATABASE_URL names {parsed.drivername}; use sqlite:///path or postgresql://user@host/name"
        )
    if parsed.drivername == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise StorageRefused("DATABASE_URL names no file; what is only in memory cannot be kept")
    return parsed


def _speak_utc(raw: Any, _: object) -> None:
    raw.execute("SET TIME ZONE 'UTC'")
    raw.commit()


def _open_sqlite(url: URL) -> Engines:
    path = Path(str(url.database)).absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    refuse_network_disk(path.parent)
    lock = _lock(path)
    try:
        _make_file(path)
        return Engines(_sqlite_engine(path, reads_only=False), _sqlite_engine(path, reads_only=True), lock)
    except BaseException:
        os.close(lock)
        raise


def refuse_network_disk(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> None:
    """Raise StorageRefused on a network disk: its locks cannot be trusted with a database."""
    try:
        lines = [line.split() for line in mounts.read_text().splitlines()]
    except OSError:
        return  # no such list on this system
    real = folder.resolve()
    holding = [(len(line[1]), line[2]) for line in lines if real.is_relative_to(line[1].replace("\\040", " "))]
    kind = max(holding)[1] if holding else ""
    if kind.startswith(_NETWORK_DISKS):
        raise StorageRefused(
            f"{folder} is a network disk ({kind}); keep the SQLite file on a local one, or use PostgreSQL"
        )


def _lock(path: Path) -> int:
    handle = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise StorageRefused(f"Another process uses {path}; stop it first, or use PostgreSQL for several") from None
    return handle


def _make_file(path: Path) -> None:
    """Make a fresh file that only its owner can read; its journals get the same mode from SQLite."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        _refuse_shared(path)


def _refuse_shared(path: Path) -> None:
    if path.stat().st_mode & 0o077:
        raise StorageRefused(f"{path} can be read by others; run: chmod 600 {path}")


def _sqlite_engine(path: Path, *, reads_only: bool) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"cached_statements": _STATEMENTS, "check_same_thread": False},
        pool_size=2,
        hide_parameters=True,  # an error must not tell what people wrote
    )
    begin = (
        "BEGIN" if reads_only else "BEGIN IMMEDIATE"
    )  # deferred, a write after a read fails at once when another wrote

    @event.listens_for(engine, "connect")
    def _connect(raw: sqlite3.Connection, _: object) -> None:
        raw.isolation_level = None  # the driver must not begin transactions by itself
        _set_pragmas(raw, reads_only=reads_only)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _set_pragmas(raw: sqlite3.Connection, *, reads_only: bool) -> None:
    raw.execute("PRAGMA busy_timeout=10000")
    mode = raw.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    if mode != "wal":
        raise StorageRefused(f"SQLite cannot keep a write-ahead log here (journal mode {mode}); use a local disk")
    for pragma in (
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=FAST",
        f"query_only={'ON' if reads_only else 'OFF'}",
    ):
        raw.execute(f"PRAGMA {pragma}")
