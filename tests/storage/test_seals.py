"""History is append-only and sealed: whatever somebody changes in it beside the desk is found, on both databases."""

import asyncio
import base64
import itertools
import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, Table, delete, select, text
from sqlalchemy.exc import DBAPIError

from domain.desk.sealing import Audit, Fault, Head
from domain.desk.state import Changes, Decide, History, Moment, OfChat, State
from storage import StorageRefused, Store, audit_history
from storage import seals as sealing
from storage.engine import open_engines, open_to_look
from storage.links import COLUMNS
from storage.postgres import PostgresRun
from storage.seals import HISTORY, SEAL
from storage.sqlite import SqliteRun
from storage.walking import FIRST
from tests.storage.conftest import KEY, Place

OTHER_KEY = base64.b64encode(secrets.token_bytes(32)).decode()
_EVENTS = itertools.count()


def note(detail: str = "what", many: int = 1) -> Decide:
    """Write lines of history, with a person's words."""

    def decide(state: State, moment: Moment) -> Changes:
        rows = (
            History(moment.new_id(), None, state.chat.id, "U1", "said", moment.now, "name", f"{detail}{n}", words="hm")
            for n in range(many)
        )
        return Changes(history=tuple(rows))

    return decide


async def write(store: Store, many: int = 1, chat: int = 7, detail: str = "what") -> None:
    """Write lines of history in one turn."""
    await store.turn(OfChat(chat), f"seals:{next(_EVENTS)}", note(detail, many))


async def look(place: Place, seen: Head | None = None, key: str | None = None) -> Audit:
    """Look at all of it, as the command does."""
    return await asyncio.to_thread(audit_history, place.url, place.folder, key or place.key, seen)


async def tamper(place: Place, *work: Callable[[Connection], Any]) -> None:
    """Do what somebody with the database, but without the key, may do: without triggers, in one transaction."""

    def do() -> None:
        engines = open_engines(place.url)
        with engines.writer.begin() as connection:
            disarm(connection)
            for each in work:
                each(connection)
        engines.close()

    await asyncio.to_thread(do)


def disarm(connection: Connection) -> None:
    """Take the triggers away, and put off what foreign keys refuse."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        return
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    found = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
    for name in found:
        connection.execute(text(f"DROP TRIGGER {name}"))


async def sealed(place: Place, many: int = 8) -> Head:
    """Make history of so many rows, sealed."""
    async with place.open() as store:
        for n in range(many):
            await write(store, chat=n)
        assert await store.seals.seal() == ()
        return await store.seals.head()


async def ids(place: Place, table: Table = SEAL) -> list[int]:
    """Return the ids of history in the order of the chain, or of another table."""
    column = table.c.history_id if table is SEAL else table.c.id

    def do() -> list[int]:
        engine = open_to_look(place.url)
        assert engine is not None
        with engine.connect() as connection:
            found = list(connection.execute(select(column).order_by(*table.primary_key)).scalars())
        engine.dispose()
        return found

    return await asyncio.to_thread(do)


# what is good


async def test_rows_wait_until_they_are_sealed_and_all_of_it_is_good(store: Store, place: Place) -> None:
    assert await look(place) == Audit(Head(0, "0" * 64), 0)
    await write(store, 3)
    assert await store.seals.waiting() == 3
    assert await look(place) == Audit(Head(0, "0" * 64), 3)
    assert await store.seals.seal() == ()
    head = await store.seals.head()
    assert (head.count, await store.seals.waiting()) == (3, 0)
    assert await look(place, head) == Audit(head, 0)


async def test_a_head_stays_good_while_history_grows(store: Store, place: Place) -> None:
    heads = []
    for _ in range(3):
        await write(store, 2)
        await store.seals.seal()
        heads.append(await store.seals.head())
    assert [head.count for head in heads] == [2, 4, 6]
    for head in heads:
        shown = Head(head.count, str(head).partition(":")[2])
        assert await look(place, shown) == Audit(heads[-1], 0)


async def test_more_rows_than_one_transaction_or_page_takes_are_sealed_and_read(
    store: Store, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "BATCH", 4)
    monkeypatch.setattr("storage.walking.PAGE", 3)
    await write(store, 8)
    await write(store, 5)
    await store.seals.seal()
    assert await look(place) == Audit(await store.seals.head(), 0)
    assert (await store.seals.head()).count == 13


async def test_a_row_that_was_committed_late_with_a_smaller_id_is_sealed_too(store: Store, place: Place) -> None:
    early = store.new_id()
    await write(store)
    await store.seals.seal()

    def late(state: State, moment: Moment) -> Changes:
        return Changes(history=(History(early, None, 1, "U1", "said", moment.now),))

    await store.turn(OfChat(1), "late", late)
    await store.seals.seal()
    assert (await look(place)).fault is None
    assert (await ids(place)) == sorted(await ids(place), reverse=True)


async def test_forgetting_peoples_words_leaves_the_chain_good(place: Place) -> None:
    head = await sealed(place)
    await tamper(place, lambda connection: connection.execute(text("DELETE FROM words")))
    assert await look(place, head) == Audit(head, 0)


async def test_a_sealing_that_dies_before_its_commit_is_done_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise RuntimeError

    async with place.open() as store:
        await write(store, 5)
        with monkeypatch.context() as patched:
            patched.setattr(SqliteRun, "writes", die)
            patched.setattr(PostgresRun, "writes", die)
            with pytest.raises(RuntimeError):
                await store.seals.seal()
        assert (await store.seals.head()).count == 0
    async with place.open() as store:
        assert await store.seals.seal() == ()
        assert await look(place) == Audit(await store.seals.head(), 0)


async def test_two_processes_at_once_seal_each_row_once(shared_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "BATCH", 3)
    async with shared_place.open() as one, shared_place.open() as two:

        async def keep_writing(store: Store, chat: int) -> None:
            for _ in range(15):
                await write(store, 2, chat)

        async def keep_sealing(store: Store) -> None:
            for _ in range(12):
                assert await store.seals.seal() == ()

        await asyncio.gather(*(keep_writing(s, n) for n, s in enumerate((one, two))), *map(keep_sealing, (one, two)))
        await one.seals.seal()
        assert await look(shared_place) == Audit(await two.seals.head(), 0)
        assert (await two.seals.head()).count == 60


async def test_a_turn_on_postgresql_does_not_wait_while_a_seal_is_written(shared_place: Place) -> None:
    async with shared_place.open() as store:
        await write(store, 3)
        engines = open_engines(shared_place.url)
        with engines.writer.begin() as connection:  # a sealing that hangs before its commit
            store.seals._seal(FIRST, connection)
            await asyncio.wait_for(write(store, 2), 5)
        await store.seals.seal()
        assert await look(shared_place) == Audit(await store.seals.head(), 0)
        await asyncio.to_thread(engines.close)


# keys


async def test_after_a_new_key_old_links_are_good_and_new_ones_name_it(place: Place) -> None:
    await sealed(place, 3)
    newer = replace(place, key=f"{OTHER_KEY},{KEY}")
    async with newer.open() as store:
        await write(store)
        await store.seals.seal()
        head = await store.seals.head()
    assert await look(newer, head) == Audit(head, 0)
    found = await look(newer, key=OTHER_KEY)
    assert found.fault == Fault("unknown_key", 1, (await ids(place))[0])


async def test_a_row_signed_with_a_key_that_this_process_lacks_is_left_to_another(shared_place: Place) -> None:
    async with shared_place.open() as old, replace(shared_place, key=f"{OTHER_KEY},{KEY}").open() as new:
        await write(new)
        await write(old)
        assert await old.seals.seal() == ()
        assert await old.seals.waiting() == 1
        assert await new.seals.seal() == ()
        assert await new.seals.waiting() == 0


def test_without_a_key_or_with_an_older_schema_nothing_is_said_of_history(file_place: Place) -> None:
    with pytest.raises(StorageRefused, match="There is no key"):
        audit_history(file_place.url, file_place.folder, None, None)
    with pytest.raises(StorageRefused, match="this release wants"):
        audit_history(file_place.url, file_place.folder, KEY, None)


def test_a_database_that_is_away_is_refused(place: Place) -> None:
    with pytest.raises(StorageRefused, match="cannot be read"):
        audit_history("postgresql://me@127.0.0.1:1/x", place.folder, KEY, None)


async def test_history_from_before_there_were_seals_is_taken_over_at_the_first_start_alone(place: Place) -> None:
    await sealed(place, 4)
    await tamper(place, lambda c: c.execute(delete(SEAL)))
    assert (await look(place)).fault is not None
    async with place.open() as store:
        assert await store.seals.waiting() == 4
        await store.seals.seal()
        assert await look(place) == Audit(await store.seals.head(), 0)
    await tamper(place, lambda c: c.execute(delete(SEAL).where(SEAL.c.seq > 2)))
    async with place.open() as store:
        await store.seals.seal()
    assert (await look(place)).fault == Fault("foreign", None, (await ids(place, HISTORY))[2])


# append-only


CHANGES = ("UPDATE {table} SET {column} = {column}", "DELETE FROM {table}")


@pytest.mark.parametrize(("table", "column"), [("history", "detail"), ("seal", "key")])
async def test_the_database_itself_refuses_to_change_or_delete(place: Place, table: str, column: str) -> None:
    await sealed(place, 2)
    ways = [each.format(table=table, column=column) for each in CHANGES]
    if place.is_sqlite:
        ways.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    else:
        ways.append(f"TRUNCATE {table} CASCADE")
    engines = open_engines(place.url)
    for way in ways:
        with pytest.raises(DBAPIError, match="append-only"), engines.writer.begin() as connection:
            connection.execute(text(way))
    engines.close()
    assert (await look(place)).fault is None


def test_a_link_speaks_for_every_column_of_history() -> None:
    assert tuple(column.name for column in HISTORY.columns) == COLUMNS
