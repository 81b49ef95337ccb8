"""Starts desks for fault runs: forks of one process that has imported the app, so that a start costs no imports.

Run as a program it reads orders from stdin, one JSON object a line, and answers each with the new desk's process id:
`out` (file for stdout and stderr), `env` (its whole environment), `exec` (true: `python app.py run` itself, imports and
all), `verb` (another of the app's commands, in words), and for a death of its own `die` (`before` or `after`), `what`
(`commit`, or `file`: one that is kept or deleted), `at` (counted from 1) and `armed` (they count only once this file
exists).
"""

import asyncio
import ctypes
import json
import os
import signal
import sqlite3
import sys
import tempfile
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import psycopg
from sqlalchemy import Dialect, event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import ConnectionPoolEntry

import app
from domain.calendar import next_porting_day
from storage import open_store
from storage.files import FilesOnDisk

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG (linux/prctl.h, read 2026-11-21): no desk outlives a broken-off test


class Reaper:
    """Kills this process at the n-th commit that wrote something, or the n-th file that is kept or deleted."""

    def __init__(self, when: str, at: int, armed: Path) -> None:
        self._when = when
        self._left = at
        self._armed = armed
        self._lock = threading.Lock()

    def comes_now(self) -> bool:
        """Count one; tell whether it is the one to die at."""
        if not self._armed.exists():
            return False
        with self._lock:
            self._left -= 1
            return self._left == 0

    def before(self, *, is_last: bool) -> None:
        """Die if this is the one, and it shall not happen."""
        if is_last and self._when == "before":
            os.kill(os.getpid(), signal.SIGKILL)

    def after(self, *, is_last: bool) -> None:
        """Die if this was the one."""
        if is_last:
            os.kill(os.getpid(), signal.SIGKILL)


def watch_commits(reaper: Reaper) -> None:
    """See every commit of both databases: the writer's own COMMIT, and those that SQLAlchemy makes."""
    _watch_sqlite(reaper)
    _watch_postgres(reaper)


def _watch_sqlite(reaper: Reaper) -> None:
    def connect(dialect: Dialect, _entry: ConnectionPoolEntry, _args: Any, options: dict[str, Any]) -> None:
        if dialect.name == "sqlite":
            options["factory"] = partial(Watched, reaper)

    event.listen(Engine, "do_connect", connect)


class Watched(sqlite3.Connection):
    """Counts its commits; one that changed no row is none."""

    def __init__(self, reaper: Reaper, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._reaper = reaper
        self._seen = 0

    def execute(self, sql: str, *params: Any) -> sqlite3.Cursor:
        """Run a statement; COMMIT is one way to commit."""
        if sql != "COMMIT":
            return super().execute(sql, *params)
        is_last = self._is_last()
        self._reaper.before(is_last=is_last)
        cursor = super().execute(sql, *params)
        self._reaper.after(is_last=is_last)
        return cursor

    def commit(self) -> None:
        """Commit; the way that SQLAlchemy goes."""
        is_last = self._is_last()
        self._reaper.before(is_last=is_last)
        super().commit()
        self._reaper.after(is_last=is_last)

    def _is_last(self) -> bool:
        if self.total_changes == self._seen:
            return False
        self._seen = self.total_changes
        return self._reaper.comes_now()


def _watch_postgres(reaper: Reaper) -> None:
    plain = psycopg.Connection.commit

    def commit(self: "psycopg.Connection[Any]") -> None:
        is_last = _wrote(self) and reaper.comes_now()
        reaper.before(is_last=is_last)
        plain(self)
        reaper.after(is_last=is_last)

    psycopg.Connection.commit = commit  # type: ignore[method-assign] # the one door of every commit


def watch_files(reaper: Reaper) -> None:
    """See every file that is kept, once it is whole and synced, and every one that is deleted."""
    for name in ("keep", "drop"):
        setattr(FilesOnDisk, name, _watched(getattr(FilesOnDisk, name), reaper))


def _watched(plain: Callable[..., Awaitable[None]], reaper: Reaper) -> Callable[..., Awaitable[None]]:
    async def touch(*args: Any) -> None:
        is_last = reaper.comes_now()
        reaper.before(is_last=is_last)
        await plain(*args)
        reaper.after(is_last=is_last)

    return touch


_WATCHES = {"commit": watch_commits, "file": watch_files}


def _wrote(connection: "psycopg.Connection[Any]") -> bool:
    """Tell whether a transaction has an id, which PostgreSQL gives to those that write only."""
    if connection.info.transaction_status != psycopg.pq.TransactionStatus.INTRANS:
        return False
    found = connection.execute("SELECT pg_current_xact_id_if_assigned()::text").fetchone()
    return found is not None and found[0] is not None


def _become(order: dict[str, Any]) -> NoReturn:
    """Turn this fresh fork into a desk."""
    out = os.open(order["out"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(out, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if order.get("exec"):
        os.execve(sys.executable, [sys.executable, "app.py", "run"], order["env"])  # its imports are part of the test
    os.environ.clear()
    os.environ.update(order["env"])
    if order.get("die"):
        _WATCHES[order["what"]](Reaper(order["die"], order["at"], Path(order["armed"])))
    status = 1
    try:
        status = app.main(order.get("verb", ["run"]))
    finally:
        sys.stderr.flush()
        os._exit(status)


async def _load_what_waits_for_a_first_use() -> None:
    """Make a database, and look at the calendar: the forks find all that takes loaded. No thread is left."""
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(f"sqlite:///{folder}/desk.db", Path(folder), None)
        await store.close()
    next_porting_day(datetime.now(UTC).date())


def main() -> None:
    """Take orders until stdin ends; a desk that dies is reaped by the system."""
    asyncio.run(_load_what_waits_for_a_first_use())
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _become(order)
        print(pid, flush=True)  # noqa: T201 # the answer to the order


if __name__ == "__main__":
    main()
