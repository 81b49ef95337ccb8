"""History sealed: each row is signed by whoever writes it, and a tick links signed rows into a chain of keyed digests.

A link is HMAC-SHA256 over the link before it and the row, without people's words, under a key that is derived from the
one of ENCRYPTION_KEYS that the link names. Turns only add a signed row to `unsealed`, so none waits for the end of the
chain; and a row that somebody with the database, but without the key, puts into history is never sealed.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import psycopg
from sqlalchemy import Connection, Select, exists, func, insert, select

from domain.desk.sealing import Head, Wrong
from storage.errors import Unreadable
from storage.hand import Hand
from storage.links import GENESIS, link, signature
from storage.loading import Run
from storage.rows import Line
from storage.saving import Tools
from storage.tables import TABLES
from storage.vault import Vault
from storage.walking import FIRST, PAGE, Found, columns, look, waiting_rows

HISTORY, SEAL, UNSEALED = TABLES["history"], TABLES["seal"], TABLES["unsealed"]
BATCH = 64  # rows in one transaction: on SQLite, turns wait while it is written
MOST_REFUSED = 100
_LOCK = 7_061_942_819  # any number that only sealing uses


def judge(vault: Vault, row: Any) -> Wrong | None:
    """Return what is wrong with a row that waits; None when it is as it was written."""
    if row is None:
        return "unreadable"
    if row[4] is None:
        return "missing"
    try:
        is_ours = signature(vault, row[4:], row[1]) == row[2]
    except Unreadable:
        return "unknown_key"
    return None if is_ours else "changed"


def unknown_rows() -> Select[Any]:
    """Select the ids of rows that are neither sealed nor wait for it."""
    known = (exists().where(table.c.history_id == HISTORY.c.id) for table in (SEAL, UNSEALED))
    return select(HISTORY.c.id).where(*(~each for each in known))


def adopt(connection: Connection, vault: Vault) -> None:
    """Sign what history held before there were seals; once there is a signed row, nothing is taken over any more."""
    if any(connection.execute(select(t.c.history_id).limit(1)).first() for t in (SEAL, UNSEALED)):
        return
    name = connection.dialect.name
    unknown = unknown_rows().with_only_columns(HISTORY.c.id, *columns(name))
    after = FIRST
    while page := look(connection, unknown, HISTORY.c.id, after, PAGE):
        signed = [_signed(vault, row[1:]) for _, row in page if row is not None]
        if signed:
            connection.execute(insert(UNSEALED), signed)
        after = page[-1][0]


def _signed(vault: Vault, row: Sequence[Any]) -> dict[str, Any]:
    return {"history_id": row[0], "key": vault.signer, "digest": signature(vault, row, vault.signer)}


@dataclass(slots=True)
class _Batch:
    """What one transaction did. `last`: the key of the last row looked at; None when there were no more."""

    last: int | None = None
    links: list[Line] = field(default_factory=list)
    done: list[Line] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)


class SealDesk:
    """The chain over history."""

    def __init__(self, hand: Hand, tools: Tools) -> None:
        self._hand = hand
        self._tools = tools

    async def seal(self) -> tuple[int, ...]:
        """Seal what waits, in small batches; returns rows (ids, at most 100) that are not as they were written."""
        refused: list[int] = []
        after: int | None = FIRST
        while after is not None:
            batch = await self._hand.write(partial(self._seal, after))
            refused += batch.refused
            after = batch.last
        return tuple(refused[:MOST_REFUSED])

    def _seal(self, after: int, connection: Connection) -> _Batch:
        if connection.dialect.name == "postgresql":  # a lease may end while its holder is at work
            connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        vault, s, run = self._tools.vault, self._tools.statements, self._hand.run_on(connection)
        (newest,) = run.reads([(s.seal_newest, ())])
        seq, before = newest[0] if newest else (0, GENESIS)
        rows = _waiting(run, s.seal_waiting, connection, after)
        batch = _Batch(rows[-1][0] if len(rows) == BATCH else None)
        for row_id, row in rows:
            if _is_ready(vault, row_id, row, batch):
                before, seq = link(vault, before, row[4:], vault.signer), seq + 1
                batch.links.append((seq, row_id, vault.signer, before))
        run.writes([(s.add_seal, batch.links), (s.drop_unsealed, batch.done)])
        return batch

    async def waiting(self) -> int:
        """Return how many rows wait."""
        return await self._hand.read(count_waiting)

    async def head(self) -> Head:
        """Return how far the chain reaches."""
        count, digest = await self._hand.read(_newest)
        return Head(count, digest.hex())


def count_waiting(connection: Connection) -> int:
    """Return how many rows wait."""
    return connection.execute(select(func.count()).select_from(UNSEALED)).scalar_one()


def _newest(connection: Connection) -> tuple[int, bytes]:
    row = connection.execute(select(SEAL.c.seq, SEAL.c.digest).order_by(SEAL.c.seq.desc()).limit(1)).first()
    return (0, GENESIS) if row is None else (row.seq, row.digest)


def _waiting(run: Run, sql: str, connection: Connection, after: int) -> list[Found]:
    """Return what waits after a key; one by one where the driver cannot read what somebody put there."""
    try:
        (rows,) = run.reads([(sql, (after, BATCH))])
    except (sqlite3.Error, psycopg.Error, ValueError, TypeError, OverflowError):
        return look(connection, waiting_rows(connection.dialect.name), UNSEALED.c.history_id, after, BATCH)
    return [(row[0], row) for row in rows]


def _is_ready(vault: Vault, row_id: int, row: Any, batch: _Batch) -> bool:
    """Tell whether a row can be sealed; one of a key that this process lacks is left to a process that has it."""
    wrong = judge(vault, row)
    if wrong is None:
        batch.done.append((row_id,))
        return row[3] is None  # else somebody put it there again
    if wrong != "unknown_key":
        batch.refused.append(row_id)
    return False
