"""Turns on PostgreSQL: a pool of threads, one transaction a turn, the chat's row locked."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from domain.desk.state import Chat, Decide, Key, OfChat, Outcome, Owed
from storage.engine import THREADS
from storage.errors import StorageError
from storage.loading import Place, find_places
from storage.noted import End, Noted, end_writes, write_ends
from storage.rows import Line, chat_row
from storage.saving import Tools
from storage.turns import CLASHES, Decided, Turn, decide_all, is_clash, told, worded

T = TypeVar("T")
FLUSH_SECONDS = 0.02  # until notes are written: what was sent and is not written is sent again after a crash
_LOCK_DESK = "SELECT pg_advisory_xact_lock(7061942820)"  # any number that only turns of the desk itself use
_REFUSALS = (psycopg.DataError, psycopg.IntegrityError, ValueError, OverflowError)


class PostgresRun:
    """A pooled connection within a transaction; several statements go in one round trip."""

    def __init__(self, raw: "psycopg.Connection[Any]") -> None:
        self.raw = raw

    def reads(self, asked: list[tuple[str, tuple[object, ...]]]) -> list[list[Line]]:
        """Return the rows of each statement."""
        with self.raw.pipeline():
            cursors = [self.raw.execute(sql.encode(), params) for sql, params in asked]
        return [cursor.fetchall() for cursor in cursors]

    def writes(self, written: list[tuple[str, list[Line]]]) -> set[int] | None:
        """Run each statement for all its rows, and return the ids of rows that RETURNING tells of."""
        with self.raw.pipeline():
            cursors = [self.raw.execute(sql.encode(), row) for sql, rows in written for row in rows]
        return {row[0] for cursor in cursors if cursor.description for row in cursor.fetchall()}


class PostgresHand:
    """Turns of one chat one after the other in the order asked, chats beside each other."""

    def __init__(self, engine: Engine, tools: Tools, on_owed: Callable[[tuple[Owed, ...]], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._engine = engine
        self._tools = tools
        self._on_owed = on_owed
        self._threads = ThreadPoolExecutor(THREADS, "postgres")
        self._lanes: dict[Key, _Lane] = {}
        self._ending = asyncio.Lock()
        self._flushes: set[asyncio.Task[None]] = set()
        self.noted = Noted(self._loop, FLUSH_SECONDS, self._flush_soon)
        self._is_open = True

    async def turn(self, key: Key, event_id: str, decide: Decide) -> Outcome:
        """Decide and commit, after the turns of the same key asked for before."""
        turn = Turn(key, event_id, decide, self._loop.create_future())
        async with _in_order(self._lanes, key):
            end = await self._run(self._try_turn, turn)
        if isinstance(end, Outcome):
            return end
        raise end

    async def write(self, work: Callable[[Connection], T], then: Callable[[T], None] | None = None) -> T:
        """Do `work` in a transaction of its own, after what was noted before."""
        await self._flush()
        async with self._ending:  # rows of the outbox are written by one thread at a time: no deadlocks among our own
            return await self._run(self._write, work, then)

    def run_on(self, connection: Connection) -> PostgresRun:
        """Return what runs the turns' statements within this connection's transaction."""
        raw = connection.connection.driver_connection
        assert isinstance(raw, psycopg.Connection)  # noqa: S101 - only PostgreSQL's engine is handed in
        return PostgresRun(raw)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Do `work` on a connection of the pool."""
        return await self._run(self._read, work)

    async def close(self) -> None:
        """Write what was noted and end the threads."""
        self.noted.stop()
        await self._flush()
        self._is_open = False
        await asyncio.to_thread(self._threads.shutdown)

    async def _run(self, work: Callable[..., T], *args: object) -> T:
        if not self._is_open:
            raise StorageError("storage is closed")
        return await self._loop.run_in_executor(self._threads, work, *args)

    def _flush_soon(self) -> None:
        task = self._loop.create_task(self._flush())
        self._flushes.add(task)
        task.add_done_callback(self._flushes.discard)

    async def _flush(self) -> None:
        async with self._ending:
            if self.noted:
                await self._run(self._write_noted)

    def _write_noted(self) -> None:
        """Write what was noted; all of it here, so that nobody's cancelled wait can lose it."""
        write_ends(self.noted, self.noted.take(), self._write_ends, _REFUSALS)

    def _write_ends(self, ends: list[End]) -> None:
        self._commit(lambda run: run.writes(end_writes(ends, self._tools)))

    def _write(self, work: Callable[[Connection], T], then: Callable[[T], None] | None) -> T:
        with worded(), self._engine.begin() as connection:
            done = work(connection)
        if then is not None:
            self._loop.call_soon_threadsafe(then, done)
        return done

    def _read(self, work: Callable[[Connection], T]) -> T:
        with worded(), self._engine.begin() as connection:
            return work(connection)

    def _try_turn(self, turn: Turn) -> Outcome | Exception:
        """Run one turn; anew after a clash, a deadlock or a lost connection, which wrote nothing or were heard."""
        clashes = 0
        tries: list[Decided] = []
        while True:
            try:
                decided = self._commit(partial(self._one, turn, clashes, tries))
            except Exception as error:  # noqa: BLE001 - it goes to whoever asked for this turn
                clashes += 1
                if clashes < CLASHES and _may_pass(error):
                    continue
                return told(_plain(error), psycopg.Error)
            if decided.owed:  # told from here, so that nobody's cancelled wait can lose them
                self._loop.call_soon_threadsafe(self._on_owed, decided.owed)
            return decided.ends[0]

    def _one(self, turn: Turn, clashes: int, tries: list[Decided], run: PostgresRun) -> Decided:
        place = self._locked(turn.key, run)
        if place is None:
            return Decided([Outcome(None, missing=True)], ())
        decided = decide_all(run, self._tools, [(turn, place)], clashes)
        tries.append(decided)
        return self._committed(run, tries) or decided

    def _committed(self, run: PostgresRun, tries: list[Decided]) -> Decided | None:
        """Return the earlier try that was committed although its COMMIT got no answer.

        Its rows are leased to this process, and nobody has told of them. One that owes nothing cannot be told apart
        from an event that another process heard.
        """
        s, t = self._tools.statements, self._tools.tongue
        for decided in tries[:-1]:
            ids = [owed.id for owed in decided.owed]
            if ids and run.reads([(s.held, (t.listed(ids), self._tools.owner))])[0]:
                return decided
        return None

    def _locked(self, key: Key, run: PostgresRun) -> Place | None:
        """Return where a turn happens, once that is locked; a request may go to another chat while it is waited for."""
        found, locked = self._place(key, run), None
        while found is not None and found.chat_id != locked:
            self._lock(run, key, found)
            locked = found.chat_id
            found = found if isinstance(key, OfChat) else self._place(key, run)
        return found

    def _place(self, key: Key, run: PostgresRun) -> Place | None:
        return find_places(run, self._tools.statements, self._tools.tongue, [key])[0]

    def _lock(self, run: PostgresRun, key: Key, place: Place) -> None:
        """Lock the chat's row, which is made first: nothing can lock a row that is not there. The desk has none."""
        if not place.chat_id:
            run.reads([(_LOCK_DESK, ())])
            return
        s, t = self._tools.statements, self._tools.tongue
        lock = (s.lock_chat, [(place.chat_id,)])
        make = (s.make_chat, [chat_row(Chat(place.chat_id), t)])
        run.writes([make, lock] if isinstance(key, OfChat) else [lock])

    def _commit(self, work: Callable[[PostgresRun], T]) -> T:
        with self._engine.connect() as connection:
            run = self.run_on(connection)
            try:
                done = work(run)
                run.raw.commit()
            except BaseException:
                _give_back(connection, run.raw)
                raise
            return done


def _give_back(connection: Connection, raw: "psycopg.Connection[Any]") -> None:
    """Roll back, or throw a broken connection away with all others, which broke with it."""
    if raw.broken or raw.closed:
        connection.invalidate()
        connection.engine.dispose()
    else:
        raw.rollback()


def _plain(error: Exception) -> Exception:
    return error.orig if isinstance(error, DBAPIError) and isinstance(error.orig, Exception) else error


def _may_pass(error: Exception) -> bool:
    """Tell whether deciding anew may succeed: turns are heard once, so a second try is harmless."""
    found = _plain(error)
    return is_clash(found) or isinstance(found, psycopg.OperationalError)


@dataclass(slots=True)
class _Lane:
    """A lock for the turns of one key, there only while somebody holds or awaits it; first come, first served."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


@asynccontextmanager
async def _in_order(lanes: dict[Key, _Lane], key: Key) -> AsyncIterator[None]:
    lane = lanes.setdefault(key, _Lane())
    lane.users += 1
    try:
        async with lane.lock:
            yield
    finally:
        lane.users -= 1
        if not lane.users:
            del lanes[key]
