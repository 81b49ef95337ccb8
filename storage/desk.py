"""The store: opened once, it keeps everything."""

import asyncio
import base64
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from secrets import token_bytes
from typing import Any

from sqlalchemy import Connection, func, insert, select, true, update
from sqlalchemy.exc import DBAPIError

from domain.desk.state import Decide, Key, Outcome, Owed
from domain.orders.expected import Kind
from storage import carriers, paces, staff
from storage.board import BoardDesk
from storage.engine import Engines, open_engines
from storage.errors import StorageRefused, Unreadable, WriteFailed
from storage.filing import look_at_files, open_files
from storage.future import ERRAND, FutureDesk, free_errands
from storage.hand import Hand
from storage.ids import Ids
from storage.inventory import InventoryDesk
from storage.leases import LEASE, LeaseDesk
from storage.lists import ListDesk
from storage.migrate import migrate
from storage.outbox import OUTBOX, OutboxDesk, free
from storage.places import Place, read_place
from storage.rows import POSTGRES, SQLITE
from storage.saving import Tools
from storage.seals import SealDesk, adopt
from storage.signers import SignerDesk
from storage.sqlite import SqliteHand
from storage.statements import compile_statements
from storage.tables import TABLES
from storage.vault import Vault, find_key_file, make_key_file, read_keys

_CHECK = TABLES["vault_check"]
_POISON = TABLES["poison"]
_COUNTED_ANEW = timedelta(hours=1)  # after which it is counted again what moves took
_LOCK = 7_061_942_818  # any number that only the first start uses


class Store(OutboxDesk, FutureDesk):
    """Turns, outbox, due table, errands; `files`, `board`, `lists`, `leases`, `seals` beside it. On one event loop."""

    def __init__(self, engines: Engines, tools: Tools, files: Place) -> None:
        hand = _hand(engines, tools, self.tell)
        OutboxDesk.__init__(self, hand, tools)
        self._engines = engines
        self.vault = tools.vault
        self.new_id = tools.ids
        self.files = open_files(files, tools.vault, hand)
        self.board = BoardDesk(hand, tools)
        self.leases = LeaseDesk(hand, tools)
        self.inventory = InventoryDesk(hand, tools)
        self.lists = ListDesk(hand, tools)
        self.seals = SealDesk(hand, tools)
        self.signers = SignerDesk(hand)
        self._counted: dict[Kind, tuple[int, int]] = {}

    async def turn(self, key: Key, event_id: str, decide: Decide) -> Outcome:
        """Decide and commit, once for each `event_id`; returns after the commit.

        Raises whatever `decide` raised, and WriteFailed when the database refuses; nothing is written then.
        """
        outcome = await self._hand.turn(key, event_id, decide)
        if outcome.changes is not None and outcome.changes.carrier_notes:
            with suppress(WriteFailed):  # it is kept all the same, and read at the next look
                await self.read_carriers()
        if outcome.changes is not None and (outcome.changes.grants or outcome.changes.revoked):
            with suppress(WriteFailed):
                await self.board.read_grants()
        return outcome

    async def read_carriers(self) -> None:
        """Read staff's corrections of carriers' entries anew: turns have them from then on."""
        self._tools.book = await self._hand.read(partial(carriers.book, paces=await self._paces()))

    async def _paces(self) -> dict[Kind, tuple[int, int]]:
        """Return what moves took here, counted anew once an hour."""
        tools, now = self._tools, self._tools.now()
        if tools.paced_at is None or now - tools.paced_at >= _COUNTED_ANEW:
            tools.paced_at = now
            self._counted = await self._hand.read(partial(paces.paces, now))
        return self._counted

    async def keep_poison(self, event_id: str, raw: bytes) -> None:
        """Keep an update that cannot be digested, encrypted; once for each event."""
        sealed = self.vault.seal(raw, "poison", "sealed", event_id)
        row = {"id": self.new_id(), "event_id": event_id, "at": self._tools.now(), "sealed": sealed}
        await self._hand.write(partial(_keep_once, row))

    async def poison(self, event_id: str) -> bytes | None:
        """Return an update that could not be digested."""
        found = select(_POISON.c.sealed).where(_POISON.c.event_id == event_id)
        sealed = await self._hand.read(lambda connection: connection.execute(found).scalar())
        return None if sealed is None else self.vault.open(sealed, "poison", "sealed", event_id)

    def seal_link(self, text: str) -> str:
        """Return a text as a token for an address: nobody can read, change or make one."""
        return base64.urlsafe_b64encode(self.vault.seal(text.encode(), "link", "text", "")).decode().rstrip("=")

    def open_link(self, token: str) -> str | None:
        """Return the text of a token; None for anything that this house did not seal."""
        try:
            sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
            return self.vault.open(sealed, "link", "text", "").decode()
        except (ValueError, Unreadable):
            return None

    async def ping(self) -> None:
        """Pass through the writer without writing. Raises StorageError when the database does not let it."""
        await self._hand.write(lambda connection: connection.execute(select(1)))

    async def sweep(self, now: datetime) -> None:
        """Delete what is kept no longer: settled messages, keys of events, files that nothing refers to."""
        await self.purge(now)
        await self.files.sweep(now)

    async def close(self) -> None:
        """Write what was noted, give leases up, and close everything."""
        try:
            await self._hand.write(self._give_up)
        finally:
            await self._hand.close()
            await asyncio.to_thread(self._engines.close)

    def _give_up(self, connection: Connection) -> None:
        free(connection, OUTBOX.c.owner == self._tools.owner)
        free_errands(connection, ERRAND.c.owner == self._tools.owner)


def _hand(engines: Engines, tools: Tools, tell: Callable[[tuple[Owed, ...]], None]) -> Hand:
    if engines.name == "sqlite":
        return SqliteHand(engines.writer, engines.reader, tools, tell)
    from storage.postgres import PostgresHand  # imported here: a start on SQLite need not load psycopg

    return PostgresHand(engines.writer, tools, tell)


def _keep_once(row: dict[str, Any], connection: Connection) -> None:
    kept = connection.execute(select(_POISON.c.id).where(_POISON.c.event_id == row["event_id"])).scalar()
    if kept is None:
        connection.execute(insert(_POISON).values(row))


def utc_now() -> datetime:
    """Return the time of day, aware UTC."""
    return datetime.now(UTC)


async def open_store(
    url: str,
    data_dir: Path,
    keys: str | None,
    lease_seconds: float = 20.0,
    files_url: str | None = None,
    now: Callable[[], datetime] = utc_now,
) -> Store:
    """Open, migrate and check a database and the place of documents. `keys`: ENCRYPTION_KEYS; `files_url`: FILES_URL.

    Raises StorageRefused with one sentence for the operator, and leaves nothing open then.
    """
    files = read_place(files_url, data_dir)
    await asyncio.to_thread(look_at_files, files)
    engines = await asyncio.to_thread(open_engines, url)
    try:
        tools = await asyncio.to_thread(_prepare, engines, data_dir, keys, lease_seconds, now)
        store = Store(engines, tools, files)
    except BaseException:
        engines.close()
        raise
    if files_url is not None:
        await _claim(store)
    return store


async def _claim(store: Store) -> None:
    try:
        await store.files.claim()
    except BaseException:
        await store.close()
        raise


def _prepare(
    engines: Engines, data_dir: Path, keys: str | None, lease_seconds: float, now: Callable[[], datetime]
) -> Tools:
    try:
        migrate(engines.writer)
        ids = Ids()
        with engines.writer.begin() as connection:
            vault = _open_vault(connection, data_dir, keys)
            adopt(connection, vault)
            book, grants = carriers.book(connection, {}), staff.grants(connection)
            if engines.name == "sqlite":
                _void_leases(connection)
    except DBAPIError as error:
        raise StorageRefused(f"The database cannot be used: {type(error.orig).__name__}; see DATABASE_URL") from error
    tongue = SQLITE if engines.name == "sqlite" else POSTGRES
    lease = timedelta(seconds=lease_seconds)
    tools = Tools(compile_statements(engines.name), tongue, vault, ids, now, owner=ids(), lease=lease, book=book)
    tools.grants = grants
    return tools


def _void_leases(connection: Connection) -> None:
    """End every lease: the file's lock shows that whoever held them is gone."""
    free(connection, true())
    free_errands(connection, true())
    connection.execute(update(LEASE).values(owner=None))


def _open_vault(connection: Connection, data_dir: Path, keys: str | None) -> Vault:
    """Open the vault with the right key, or make the first one. Raises StorageRefused for a missing or wrong key."""
    if connection.dialect.name == "postgresql":  # two first starts at once would each keep a check of their own
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    sealed = connection.execute(select(_CHECK.c.sealed).where(_CHECK.c.name == "digest")).scalar()
    vault = Vault(_keys(connection.dialect.name, data_dir, keys, is_fresh=sealed is None))
    if sealed is None:
        sealed = vault.seal(token_bytes(32), "vault_check", "sealed", "digest")
        connection.execute(insert(_CHECK).values(name="digest", sealed=sealed))
    try:
        vault.tell_apart_by(vault.open(sealed, "vault_check", "sealed", "digest"))
    except Unreadable as error:
        raise StorageRefused("The encryption key is not this database's; give the one it was made with") from error
    return vault


def _keys(name: str, data_dir: Path, keys: str | None, *, is_fresh: bool) -> tuple[bytes, ...]:
    if keys:
        return read_keys(keys)
    if name == "postgresql":
        raise StorageRefused("PostgreSQL needs ENCRYPTION_KEYS; make one with: openssl rand -base64 32")
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = find_key_file(data_dir)
    if found is None and not is_fresh:
        raise StorageRefused(f"The key file is missing from {data_dir}; put it back, or give ENCRYPTION_KEYS")
    return found or make_key_file(data_dir)
