"""Lists of numbers that are too long for a case: looked up, kept and read in batches, so that nobody waits for them.

A list's rows belong to the paper that it came with, so that one that is being read replaces none that was agreed to.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from functools import partial
from heapq import merge
from itertools import islice
from operator import itemgetter

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, select

from domain.numbers.inventory import Ours
from domain.numbers.listing import Entry
from domain.numbers.portability import Known
from storage.hand import Hand
from storage.loading import ours_of
from storage.rows import Line, dump
from storage.saving import Tools
from storage.tables import TABLES

BATCH = 500  # numbers looked up at once
PUT = 50  # rows in one transaction: a millisecond of the writer, then whoever else waits has their turn
PAUSE = 0.006  # seconds between two of them
SORTED = 2000  # rows put in order in one go: two milliseconds of the loop
LIST_ROW, LIST_RING = TABLES["list_row"], TABLES["list_ring"]


class ListDesk:
    """Looks numbers up, and keeps the rows of lists by the paper that they came with."""

    def __init__(self, hand: Hand, tools: Tools) -> None:
        self._hand = hand
        self._tools = tools

    async def known(self, numbers: Sequence[str], request_id: int) -> Known:
        """Return what is known of numbers apart from one request, read page by page."""
        roles: dict[str, Ours] = {}
        has_moved: dict[str, bool] = {}
        for start in range(0, len(numbers), BATCH):
            named, claimed = await self._hand.read(partial(self._named, list(numbers[start : start + BATCH])))
            roles |= ours_of(named)
            for e164, moved, other, *_ in claimed:
                if other != request_id:
                    has_moved[e164] = has_moved.get(e164, False) or bool(moved)
        moved = {e164 for e164, has in has_moved.items() if has}
        return Known({e164: ours.role for e164, ours in roles.items()}, set(has_moved) - moved, moved)

    def _named(self, page: list[str], connection: Connection) -> Sequence[Sequence[Line]]:
        """Return what numbers do here, and who else has them."""
        s, t = self._tools.statements, self._tools.tongue
        bare, kept = t.listed(page), t.listed([dump((e164,)) for e164 in page])
        reads = [(s.ours_named, (bare, kept, bare)), (s.claims_named, (bare, bare))]
        return self._hand.run_on(connection).reads(reads)

    async def put(
        self, request_id: int, paper_id: int, entries: Sequence[Entry], told: Callable[[int], Awaitable[None]]
    ) -> None:
        """Keep a list's rows in place of what an earlier try left of them; the same again changes nothing.

        They go in in the order of their numbers: rows that go together change the same few pages.
        """
        await self.drop(request_id, paper_id)
        rows = ((request_id, paper_id, row, *entry[1:]) for row, entry in enumerate(entries, 1))
        s, done = self._tools.statements, 0
        async for page in _in_order(rows, by=3):
            await self._hand.write(partial(self._insert, s.add_list_row, page))
            done += len(page)
            await told(done)
        places = {entry.destination for entry in entries} - {""}
        async for page in _in_order(((request_id, paper_id, place) for place in places), by=2):
            await self._hand.write(partial(self._insert, s.add_list_ring, page))

    def _insert(self, statement: str, rows: list[Line], connection: Connection) -> None:
        self._hand.run_on(connection).writes([(statement, rows)])

    async def entries(self, request_id: int, paper_id: int) -> list[Entry]:
        """Return a list's rows in their order; `line` counts from 1."""
        found = select(LIST_ROW).where(_of_paper(LIST_ROW, request_id, paper_id)).order_by(LIST_ROW.c.row)
        rows = await self._hand.read(lambda connection: connection.execute(found).all())
        return [Entry(*tuple(row)[2:]) for row in rows]

    async def drop(self, request_id: int, paper_id: int) -> None:
        """Delete a list's rows, a batch at a time."""
        for table, key in ((LIST_ROW, "e164"), (LIST_RING, "destination")):
            of_paper = _of_paper(table, request_id, paper_id)
            while await self._hand.write(partial(_drop_some, table, key, of_paper)) == BATCH:
                pass  # there may be more


async def _in_order(rows: Iterable[Line], by: int) -> AsyncIterator[list[Line]]:
    """Give rows by `PUT` in the order of a column, at a pace that leaves the writer and the loop to others."""
    key, left = itemgetter(by), iter(rows)
    runs: list[list[Line]] = []
    while run := sorted(islice(left, SORTED), key=key):
        runs.append(run)
        await asyncio.sleep(0)
    ordered = merge(*runs, key=key)
    while page := list(islice(ordered, PUT)):
        yield page
        await asyncio.sleep(PAUSE)


def _of_paper(table: Table, request_id: int, paper_id: int) -> ColumnElement[bool]:
    return and_(table.c.request_id == request_id, table.c.paper_id == paper_id)


def _drop_some(table: Table, key: str, of_paper: ColumnElement[bool], connection: Connection) -> int:
    """Delete the first of a list's rows by their key, and return how many."""
    first = select(table.c[key]).where(of_paper).order_by(table.c[key]).limit(BATCH)
    keys = connection.execute(first).scalars().all()
    if keys:
        connection.execute(delete(table).where(of_paper, table.c[key] <= keys[-1]))
    return len(keys)
