"""Opening: files, locks, schemas and what an operator is told."""

import asyncio
import random
import re
import sqlite3
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

import storage
from domain.desk.state import Changes, History, OfChat
from storage import SchemaNewer, StorageError, StorageRefused, Store, WriteFailed, check, migrate, open_store
from storage.engine import open_engines, refuse_network_disk
from storage.ids import Ids
from storage.migrate import HEAD
from storage.tables import METADATA
from tests.storage.conftest import Place
from tests.storage.decisions import count
from tests.storage.test_turns import look


async def test_the_sqlite_file_and_its_journals_are_for_their_owner_alone(file_place: Place) -> None:
    store = await open_store(file_place.url, file_place.folder, file_place.key)
    try:
        await store.turn(OfChat(7), "e1", count)
        files = list(file_place.folder.glob("desk.sqlite*"))
        assert {path.name for path in files} >= {"desk.sqlite", "desk.sqlite-wal", "desk.sqlite.lock"}
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    finally:
        await store.close()


async def test_a_database_that_others_may_read_is_refused(file_place: Place) -> None:
    async with file_place.open():
        pass
    (file_place.folder / "desk.sqlite").chmod(0o640)
    with pytest.raises(StorageRefused, match="chmod 600"):
        open_engines(file_place.url)


async def test_every_sqlite_connection_keeps_its_safeguards(file_place: Place) -> None:
    engines = open_engines(file_place.url)
    pragmas = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "secure_delete", "query_only")
    for engine, reads_only in ((engines.writer, 0), (engines.reader, 1)):
        with engine.connect() as one, engine.connect() as two:
            for connection in (one, two):
                found = [connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() for pragma in pragmas]
                assert found == ["wal", 2, 10000, 1, 2, reads_only]
                connection.rollback()
    engines.close()


async def test_a_second_process_on_the_same_file_is_refused_with_a_sentence(file_place: Place) -> None:
    code = f"from storage.engine import open_engines; open_engines({file_place.url!r})"
    async with file_place.open():
        second = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", code], capture_output=True, text=True)
        assert second.returncode == 1
        assert re.search(r"Another process uses .*; stop it first", second.stderr)
    open_engines(file_place.url).close()


@pytest.mark.parametrize(
    "url", ["", "mysql://x/y", "sqlite://", "sqlite:///:memory:", "sqlite+aiosqlite:///x", "nonsense"]
)
def test_a_url_that_cannot_be_served_is_refused(url: str) -> None:
    with pytest.raises(StorageRefused, match="DATABASE_URL"):
        open_engines(url)


async def test_a_postgres_server_that_is_not_there_is_refused_without_its_password(tmp_path: Path) -> None:
    nowhere = Place("postgresql://me:hunter2@127.0.0.1:1/x", tmp_path)
    with pytest.raises(StorageRefused, match="cannot be used") as refused:
        async with nowhere.open():
            pass
    assert "hunter2" not in str(refused.value)


def test_a_network_disk_is_refused(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/x {tmp_path} nfs4 rw 0 0\n")
    with pytest.raises(StorageRefused, match="network disk"):
        refuse_network_disk(tmp_path / "sub", mounts)
    refuse_network_disk(Path("/usr"), mounts)
    refuse_network_disk(tmp_path, tmp_path / "no such list")


async def test_a_place_for_files_that_is_not_served_is_refused(file_place: Place) -> None:
    with pytest.raises(StorageRefused, match="FILES_URL"):
        await open_store(file_place.url, file_place.folder, None, files_url="s3://bucket")
    folder = file_place.folder / "elsewhere"
    store = await open_store(file_place.url, file_place.folder, None, files_url=f"file://{folder}")
    await store.files.keep("k1", b"x")
    await store.close()
    assert (folder / "k1" / "k1").is_file()


def test_the_newest_migration_is_the_one_that_this_release_wants() -> None:
    scripts = ScriptDirectory(str(Path(storage.__file__).parent / "migrations"))
    assert scripts.get_heads() == [HEAD]
    assert all(Path(s.path).name.startswith(f"{s.revision}_") for s in scripts.walk_revisions())


def test_models_match_migrations(place: Place) -> None:
    engines = open_engines(place.url)
    migrate(engines.writer)
    with engines.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    engines.close()


def test_migrating_twice_changes_nothing_and_check_tells_both_revisions(file_place: Place) -> None:
    assert check(file_place.url) == (None, HEAD)
    engines = open_engines(file_place.url)
    migrate(engines.writer)
    migrate(engines.writer)
    engines.close()
    assert check(file_place.url) == (HEAD, HEAD)


async def test_a_check_looks_beside_a_running_desk(place: Place) -> None:
    async with place.open() as store:
        assert await asyncio.to_thread(check, place.url) == (HEAD, HEAD)
        await store.turn(OfChat(7), "e1", count)


def test_a_check_makes_no_file_and_no_folder(tmp_path: Path) -> None:
    assert check(f"sqlite:///{tmp_path}/new/desk.sqlite") == (None, HEAD)
    assert list(tmp_path.iterdir()) == []


def test_a_check_of_what_is_no_database_or_not_there_is_refused_with_a_sentence(file_place: Place) -> None:
    path = file_place.folder / "desk.sqlite"
    path.write_bytes(b"no database at all" * 100)
    path.chmod(0o600)
    for url in (file_place.url, "postgresql://me:hunter2@127.0.0.1:1/x"):
        with pytest.raises(StorageRefused, match=r"^The database cannot be read: .*see DATABASE_URL$") as refused:
            check(url)
        assert "hunter2" not in str(refused.value)
    path.chmod(0o644)
    with pytest.raises(StorageRefused, match="chmod 600"):
        check(file_place.url)


async def test_a_newer_schema_is_refused(place: Place) -> None:
    async with place.open():
        pass
    engines = open_engines(place.url)
    with engines.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engines.close()
    with pytest.raises(SchemaNewer, match="9999"):
        async with place.open():
            pass
    with pytest.raises(SchemaNewer):
        check(place.url)


def test_a_migration_that_breaks_leaves_the_schema_as_it_was(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    engines = open_engines(place.url)
    with engines.writer.begin() as connection:
        METADATA.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        connection.execute(text("CREATE TABLE number (id INTEGER)"))  # in the way of the last table
    with pytest.raises(Exception, match="number"):
        migrate(engines.writer)
    with engines.writer.begin() as connection:
        connection.execute(text("DROP TABLE number"))
    migrate(engines.writer)
    engines.close()


async def test_a_full_disk_fails_the_turn_and_nothing_of_it_is_confirmed(file_place: Place) -> None:
    async with file_place.open() as store:
        await store.turn(OfChat(7), "e1", count)
        await store._hand.write(lambda c: c.exec_driver_sql("PRAGMA max_page_count=1").all())
        big = "x" * 100_000
        with pytest.raises(WriteFailed) as failed:
            await store.turn(OfChat(7), "e2", lambda s, m: _shouted(big))
        assert isinstance(failed.value.__cause__, sqlite3.OperationalError)
        assert "full" in str(failed.value.__cause__)
        await store._hand.write(lambda c: c.exec_driver_sql("PRAGMA max_page_count=100000").all())
        assert not (await store.turn(OfChat(7), "e2", count)).repeated
        assert (await look(store, OfChat(7))).chat.asking == 2


def _shouted(words: str) -> Changes:
    return Changes(history=(History(1, None, 7, "customer", "said", datetime(2026, 1, 1, tzinfo=UTC), words=words),))


async def test_a_closed_store_takes_nothing(place: Place) -> None:
    async with place.open() as store:
        pass
    with pytest.raises(StorageError, match="closed"):
        await store.turn(OfChat(7), "e1", count)


async def test_what_was_committed_survives_closing(place: Place) -> None:
    async with place.open() as store:
        await store.turn(OfChat(7), "e1", count)
    async with place.open() as store:
        assert (await look(store, OfChat(7))).chat.asking == 1
        assert (await store.turn(OfChat(7), "e1", count)).repeated


def test_ids_only_grow_whatever_the_clock_does_and_fit_into_63_bits() -> None:
    moments = [1_800_000_000_000_000_000 + random.Random(7).randint(-(10**10), 10**10) for _ in range(500)]
    clock = iter(moments)
    ids = Ids(lambda: next(clock))
    made = [ids() for _ in moments]
    assert made == sorted(set(made))
    assert Ids(lambda: 2_800_000_000_000_000_000)() < 2**63


def test_ids_of_many_threads_never_meet() -> None:
    ids = Ids(lambda: 1_800_000_000_000_000_000)
    made: list[int] = []
    threads = [threading.Thread(target=lambda: made.extend(ids() for _ in range(2000))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 8000


async def test_a_refused_write_or_read_is_told_in_our_own_words_like_a_refused_turn(store: Store) -> None:
    def wrong(connection: Connection) -> None:
        connection.execute(text("SELECT * FROM no_such_table"))

    for do in (store._hand.write, store._hand.read):
        with pytest.raises(WriteFailed):
            await do(wrong)
