"""The inventory of our own numbers, taken in from long lists without keeping anybody waiting."""

from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection, select

from domain.numbers.inventory import Counted, Held, LeftOut, Ours, sort_out
from domain.values import replace as changed
from storage.hand import Hand
from storage.ours import INVENTORY
from storage.rows import held_row
from storage.saving import Tools

BATCH = 500  # numbers in one transaction: some milliseconds of the writer, then whoever else waits has their turn


class InventoryDesk:
    """Takes lists in; what turns know of the inventory is loaded with their states."""

    def __init__(self, hand: Hand, tools: Tools) -> None:
        self._hand = hand
        self._tools = tools

    async def take_in(self, rows: Sequence[Held], *, replace: bool) -> Counted:
        """Keep a list batch by batch; a list that broke off half way is simply given again."""
        done = Counted()
        for start in range(0, len(rows), BATCH):
            done += await self._hand.write(partial(self._take_batch, rows[start : start + BATCH]))
        if replace:
            done += Counted(removed=await self._drop_others({row.e164 for row in rows}))
        return done

    async def left_out(self, rows: Sequence[Held]) -> LeftOut:
        """Return what of earlier files a list does not name."""
        wanted = {row.e164 for row in rows}
        gone, of = 0, 0
        async for page in self._pages():
            gone, of = gone + sum(e164 not in wanted for e164 in page), of + len(page)
        return LeftOut(gone, of)

    async def take_out(self, ref: str) -> None:
        """Remove what moved here with a request, page by page."""
        while page := await self._hand.read(partial(_moved_with, ref)):
            await self._hand.write(partial(self._write, keep=[], gone=page))

    def _take_batch(self, rows: Sequence[Held], connection: Connection) -> Counted:
        listed = [row.e164 for row in rows]
        there = connection.execute(select(INVENTORY).where(INVENTORY.c.e164.in_(listed))).all()
        found = sort_out(rows, {row.e164: Ours(row.role, row.owner) for row in there})
        at = self._tools.tongue.put(self._tools.now())
        sources = {row.e164: row.source for row in there}  # a file that names a number has not brought it again
        keep = [held_row(changed(held, source=sources.get(held.e164, held.source)), at) for held in found.keep]
        self._write(connection, keep, list(found.free))
        return found.counted

    async def _drop_others(self, wanted: set[str]) -> int:
        """Remove what earlier files brought and this one does not name, page by page."""
        removed = 0
        async for page in self._pages():
            gone = [e164 for e164 in page if e164 not in wanted]
            await self._hand.write(partial(self._write, keep=[], gone=gone))
            removed += len(gone)
        return removed

    async def _pages(self) -> AsyncIterator[list[str]]:
        """Yield the numbers that files brought, in their order."""
        last = ""
        while page := await self._hand.read(partial(_imported_after, last)):
            yield page
            last = page[-1]

    def _write(self, connection: Connection, keep: list[tuple[Any, ...]], gone: list[str]) -> None:
        s = self._tools.statements
        written = [(s.keep_held, keep), (s.drop_held, [(e164,) for e164 in gone])]
        self._hand.run_on(connection).writes([(sql, rows) for sql, rows in written if rows])


def _imported_after(last: str, connection: Connection) -> list[str]:
    found = select(INVENTORY.c.e164).where(INVENTORY.c.e164 > last, INVENTORY.c.source == "import")
    return list(connection.execute(found.order_by(INVENTORY.c.e164).limit(BATCH)).scalars())


def _moved_with(ref: str, connection: Connection) -> list[str]:
    found = select(INVENTORY.c.e164).where(INVENTORY.c.owner == ref, INVENTORY.c.source == "port")
    return list(connection.execute(found.limit(BATCH)).scalars())
