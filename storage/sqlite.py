"""Turns on SQLite: one writer thread takes all waiting turns, one commit for each group."""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

from sqlalchemy import Connection, Engine

from domain.desk.state import Decide, Key, Outcome, Owed
from storage.errors import StorageError
from storage.loading import Place, find_places
from storage.noted import End, Noted, end_writes, write_ends
from storage.rows import Line
from storage.saving import Tools
from storage.turns import CLASHES, Decided, Turn, decide_all, is_clash, told, worded

T = TypeVar("T")
FLUSH_SECONDS = 0.25  # until notes are written when no turn took them along; a commit of their own costs a sync
_REFUSALS = (sqlite3.DataError, sqlite3.IntegrityError, ValueError, OverflowError)
GROUP = 256  # turns in one transaction at most, so that the first of them need not wait for ever
CROWD = 4  # jobs taken at once that show a load worth waiting for
LINGER = 0.001  # seconds; it makes groups larger, so that a sync serves more turns


class SqliteRun:
    """The writer's connection within a transaction."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.raw = raw

    def reads(self, asked: list[tuple[str, tuple[object, ...]]]) -> list[list[Line]]:
        """Return the rows of each statement."""
        execute = self.raw.execute
        return [execute(sql, params).fetchall() for sql, params in asked]

    def writes(self, written: list[tuple[str, list[Line]]]) -> set[int] | None:
        """Run each statement for all its rows."""
        for sql, rows in written:
            if len(rows) == 1:
                self.raw.execute(sql, rows[0])
            else:
                self.raw.executemany(sql, rows)
        return None


class SqliteHand:
    """Writes on one thread, reads on two others; everything is asked for on the event loop that made it."""

    def __init__(
        self, writer: Engine, reader: Engine, tools: Tools, on_owed: Callable[[tuple[Owed, ...]], None]
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._tools = tools
        self._on_owed = on_owed
        self._queue: SimpleQueue[Turn | Callable[[], None] | None] = SimpleQueue()
        self.noted = Noted(self._loop, FLUSH_SECONDS, lambda: self._queue.put(_nothing))
        self._is_open = True
        self._reader = reader
        self._readers = ThreadPoolExecutor(2, "reads")
        self._connection = writer.connect()
        self._run = self.run_on(self._connection)
        self._raw = self._run.raw
        self._crowd = 0
        self._thread = Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    async def turn(self, key: Key, event_id: str, decide: Decide) -> Outcome:
        """Decide and commit with whatever else is waiting."""
        turn = Turn(key, event_id, decide, self._loop.create_future())
        self._ask(turn)
        return await turn.future

    async def write(self, work: Callable[[Connection], T], then: Callable[[T], None] | None = None) -> T:
        """Do `work` in a transaction of its own, after what was noted and asked for before."""
        future: asyncio.Future[T] = self._loop.create_future()
        self._ask(lambda: self._write(work, then, future))
        return await future

    def run_on(self, connection: Connection) -> SqliteRun:
        """Return what runs the turns' statements within this connection's transaction."""
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)  # noqa: S101 - only SQLite's engines are handed in
        return SqliteRun(raw)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Do `work` on the query-only engine."""
        return await self._loop.run_in_executor(self._readers, self._read, work)

    async def close(self) -> None:
        """Write what waits, end the threads, and close the writer's connection."""
        self.noted.stop()
        self._is_open = False
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)
        await asyncio.to_thread(self._readers.shutdown)
        self._connection.close()

    def _ask(self, job: Turn | Callable[[], None]) -> None:
        if not self._is_open:
            raise StorageError("storage is closed")
        self._queue.put(job)

    def _read(self, work: Callable[[Connection], T]) -> T:
        with worded(), self._reader.begin() as connection:
            return work(connection)

    def _write(
        self, work: Callable[[Connection], T], then: Callable[[T], None] | None, future: "asyncio.Future[T]"
    ) -> None:
        try:
            with worded(), self._connection.begin():
                done = work(self._connection)
        except Exception as error:  # noqa: BLE001 - it goes to whoever asked for it
            self._loop.call_soon_threadsafe(_fail, future, error)
        else:
            self._loop.call_soon_threadsafe(_resolve, future, done, then)

    def _work(self) -> None:
        """Take what waits, again and again; turns first, then the rest in order."""
        is_open = True
        while is_open:
            taken = self._take()
            turns = [job for job in taken if isinstance(job, Turn)]
            self._run_turns(turns)
            for job in taken:
                if callable(job):
                    job()
            is_open = None not in taken

    def _take(self) -> "list[Turn | Callable[[], None] | None]":
        """Wait for a job, and return it with all others that wait; under load, with those of the next moment too."""
        taken = [self._queue.get()]
        if self._crowd >= CROWD:
            time.sleep(LINGER)
        try:
            while len(taken) < GROUP:
                taken.append(self._queue.get_nowait())
        except Empty:
            pass
        self._crowd = len(taken)
        return taken

    def _run_turns(self, turns: list[Turn]) -> None:
        """Run turns in groups with one for each chat; notes ride along, and are written when there is no turn, too."""
        ends = self.noted.take()
        clashes = 0
        while turns or ends:
            try:
                turns = self._commit_group(turns, ends, clashes)
            except Exception as error:  # noqa: BLE001 - each turn alone meets the same fault, and tells its caller
                clashes += 1
                if is_clash(error) and clashes < CLASHES:  # a fresh reference was taken: all decide anew
                    continue
                self._run_alone(turns, ends)
                return
            self.noted.written(ends)
            ends = []

    def _run_alone(self, turns: list[Turn], ends: list[End]) -> None:
        """Run a refused group one by one, so that one bad row fails one turn."""
        if ends:
            write_ends(self.noted, ends, partial(self._commit_group, []), _REFUSALS)
        for turn in turns:
            self._run_one(turn)

    def _run_one(self, turn: Turn) -> None:
        for clashes in range(CLASHES):
            try:
                self._commit_group([turn], [], clashes)
            except Exception as error:  # noqa: BLE001 - it goes to whoever asked for this turn
                if clashes + 1 < CLASHES and is_clash(error):
                    continue
                self._loop.call_soon_threadsafe(_fail, turn.future, told(error, sqlite3.Error))
            return

    def _commit_group(self, turns: list[Turn], ends: list[End], clashes: int = 0) -> list[Turn]:
        """Run one transaction; returns the turns whose chat already had one in it."""
        self._raw.execute("BEGIN IMMEDIATE")
        try:
            self._run.writes(end_writes(ends, self._tools))
            ready, missing, later = self._split(turns)
            decided = decide_all(self._run, self._tools, ready, clashes) if ready else Decided([], ())
            self._raw.execute("COMMIT")
        except BaseException:
            if self._raw.in_transaction:
                self._raw.execute("ROLLBACK")
            raise
        done = [(turn, end) for (turn, _), end in zip(ready, decided.ends, strict=True)]
        done += [(turn, Outcome(None, missing=True)) for turn in missing]
        if done:
            self._loop.call_soon_threadsafe(self._deliver, done, decided.owed)
        return later

    def _split(self, turns: list[Turn]) -> tuple[list[tuple[Turn, Place]], list[Turn], list[Turn]]:
        """Part turns into the first of each chat, those about no request, and those that must wait for the first."""
        ready: list[tuple[Turn, Place]] = []
        missing: list[Turn] = []
        later: list[Turn] = []
        busy: set[int] = set()
        places = find_places(self._run, self._tools.statements, self._tools.tongue, [turn.key for turn in turns])
        for turn, place in zip(turns, places, strict=True):
            if place is None:
                missing.append(turn)
            elif place.chat_id in busy:
                later.append(turn)
            else:
                busy.add(place.chat_id)
                ready.append((turn, place))
        return ready, missing, later

    def _deliver(self, done: list[tuple[Turn, Outcome | Exception]], owed: tuple[Owed, ...]) -> None:
        for turn, end in done:  # whoever waits goes on only after this call, when the rows have been told, too
            if isinstance(end, Outcome):
                _resolve(turn.future, end)
            else:
                _fail(turn.future, end)
        if owed:
            self._on_owed(owed)


def _resolve(future: "asyncio.Future[T]", value: T, then: Callable[[T], None] | None = None) -> None:
    if then is not None:
        then(value)
    if not future.done():
        future.set_result(value)


def _fail(future: "asyncio.Future[T]", error: Exception) -> None:
    if not future.done():
        future.set_exception(error)


def _nothing() -> None:
    """Wake the writer, so that it writes what was noted."""
