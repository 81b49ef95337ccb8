"""Lists of numbers that are too long for a case: looked up, kept and read in batches, so that nobody waits for them.

A list's rows belong to the paper that it came with, so that one that is being read replaces none that was agreed to.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from sqlalchemy import ColumnElement, Connection, Executable, and_, delete, or_, select

from domain.numbers.inventory import Ours
from domain.numbers.listing import Entry
from domain.numbers.portability import Known
from storage.claims import DRAFT, ENDED
from storage.hand import Hand
from storage.loading import ours_of
from storage.rows import Line, dump
from storage.saving import Tools
from storage.tables import TABLES

BATCH = 500  # numbers looked up at once
PUT = 50  # rows in one transaction: a millisecond of the writer, then whoever else waits has their turn
PAUSE = 0.004  # seconds between two of them
SORTED = 2000  # rows put in the order of their numbers, so that rows which go together change the same pages
LIST_ROW, NUMBER, REQUEST = TABLES["list_row"], TABLES["number"], TABLES["request"]


class ListDesk:
    """Looks numbers up, and keeps the rows of lists by the paper that they came with."""

    def __init__(self, hand: Hand, tools: Tools) -> None:
        self._hand = hand
        self._tools = tools

    async def known(self, numbers: Sequence[str], request_id: int) -> Known:
        """Return what is known of numbers apart from one request, read page by page."""
        roles: dict[str, Ours] = {}
        moving: set[str] = set()
        moved: set[str] = set()
        for start in range(0, len(numbers), BATCH):
            page = list(numbers[start : start + BATCH])
            roles |= ours_of(await self._hand.read(partial(self._ours, page)))
            for e164, status in await self._hand.read(partial(_elsewhere, page, request_id)):
                (moved if status in ENDED else moving).add(e164)
        return Known({e164: ours.role for e164, ours in roles.items()}, moving, moved)

    def _ours(self, page: list[str], connection: Connection) -> list[tuple[str, str, str, str]]:
        s, t = self._tools.statements, self._tools.tongue
        listed = (t.listed(page), t.listed([dump((e164,)) for e164 in page]), t.listed(page))
        (rows,) = self._hand.run_on(connection).reads([(s.ours_named, listed)])
        return [(row[0], row[1], row[2], row[3]) for row in rows]

    async def put(
        self, request_id: int, paper_id: int, entries: Sequence[Entry], told: Callable[[int], Awaitable[None]]
    ) -> None:
        """Keep a list's rows in place of what an earlier try left of them; the same again changes nothing."""
        await self.drop(request_id, paper_id)
        for start in range(0, len(entries), SORTED):
            some = sorted(enumerate(entries[start : start + SORTED], start + 1), key=_by_number)
            for first in range(0, len(some), PUT):
                page = some[first : first + PUT]
                rows: list[Line] = [(request_id, paper_id, row, *entry[1:]) for row, entry in page]
                await self._hand.write(partial(self._insert, rows))
                await told(start + first + len(page))
                await asyncio.sleep(PAUSE)

    def _insert(self, rows: list[Line], connection: Connection) -> None:
        self._hand.run_on(connection).writes([(self._tools.statements.add_list_row, rows)])

    async def entries(self, request_id: int, paper_id: int) -> list[Entry]:
        """Return a list's rows in their order; `line` counts from 1."""
        found = select(LIST_ROW).where(_of_paper(request_id, paper_id)).order_by(LIST_ROW.c.row)
        rows = await self._hand.read(lambda connection: connection.execute(found).all())
        return [Entry(*tuple(row)[2:]) for row in rows]

    async def drop(self, request_id: int, paper_id: int) -> None:
        """Delete a list's rows, a batch at a time."""
        of_paper = _of_paper(request_id, paper_id)
        page = select(LIST_ROW.c.row).where(of_paper).limit(BATCH)
        while True:
            rows = list(await self._hand.read(lambda connection: connection.execute(page).scalars().all()))
            if not rows:
                return
            gone = delete(LIST_ROW).where(of_paper, LIST_ROW.c.row.in_(rows))
            await self._hand.write(partial(_execute, gone))


def _by_number(each: tuple[int, Entry]) -> str:
    return each[1].e164


def _of_paper(request_id: int, paper_id: int) -> ColumnElement[bool]:
    return and_(LIST_ROW.c.request_id == request_id, LIST_ROW.c.paper_id == paper_id)


def _execute(statement: Executable, connection: Connection) -> None:
    connection.execute(statement)


def _elsewhere(page: list[str], request_id: int, connection: Connection) -> list[tuple[str, str]]:
    """Return those of the numbers that other requests have which are with the desk, or have moved."""
    found: list[tuple[str, str]] = []
    for table in (NUMBER, LIST_ROW):
        open_or_moved = or_(REQUEST.c.status.not_in((DRAFT, *ENDED)), REQUEST.c.status.in_(("ported", "partial")))
        joined = select(table.c.e164, REQUEST.c.status).join(REQUEST, REQUEST.c.id == table.c.request_id)
        theirs = joined.where(table.c.e164.in_(page), table.c.request_id != request_id, open_or_moved)
        found += [(row[0], row[1]) for row in connection.execute(theirs)]
    return found
