"""What will be owed at a time to come, and slow work left behind."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, or_, select, update

from domain.desk.errands import Pick
from domain.desk.state import Due, Errand, Paper
from storage.erasing import ERASED
from storage.hand import Hand
from storage.saving import Tools
from storage.tables import TABLES

DUE, ERRAND, PAPER = TABLES["due"], TABLES["errand"], TABLES["paper"]
ERRAND_LEASE = timedelta(seconds=120)  # longer than Telegram's getFile and a download of 60 s take together


class FutureDesk:
    """The due table and the list of errands."""

    def __init__(self, hand: Hand, tools: Tools) -> None:
        self._hand = hand
        self._tools = tools

    async def due(self, now: datetime, limit: int) -> list[Due]:
        """Return what is due, earliest first."""
        found = select(DUE).where(DUE.c.at <= now).order_by(DUE.c.at, DUE.c.id).limit(limit)
        rows = await self._hand.read(lambda connection: connection.execute(found).all())
        return [Due(row.id, row.rule, row.subject, row.version, row.at) for row in rows]

    async def next_due(self) -> datetime | None:
        """Return when the next is due."""
        first = select(func.min(DUE.c.at))
        at: datetime | None = await self._hand.read(lambda connection: connection.execute(first).scalar())
        return at

    async def drop_due(self, rule: str, subject: int, version: int) -> None:
        """Delete what is due by this rule for this subject, unless another version has taken its place."""
        same = (DUE.c.rule == rule, DUE.c.subject == subject, DUE.c.version == version)
        await self._hand.write(lambda connection: connection.execute(delete(DUE).where(*same)))

    async def take(self, *picks: Pick) -> list[tuple[Errand, int]]:
        """Lease errands that nobody works on for two minutes, with the number of attempts before this one."""
        return await self._hand.write(partial(_take, self._tools, picks))

    async def prolong(self, errands: Collection[int]) -> None:
        """Begin the leases of these errands anew, as far as this process still has them."""
        mine = update(ERRAND).where(ERRAND.c.id.in_(errands), ERRAND.c.owner == self._tools.owner)
        until = self._tools.now() + ERRAND_LEASE
        await self._hand.write(lambda connection: connection.execute(mine.values(lease_until=until)))

    async def retry(self, errand: Errand, at: datetime) -> None:
        """Give an errand of this process back, to be tried again at `at`."""
        mine = update(ERRAND).where(ERRAND.c.id == errand.id, ERRAND.c.owner == self._tools.owner)
        given_back = mine.values(at=at, owner=None, lease_until=None)
        await self._hand.write(lambda connection: connection.execute(given_back))

    async def paper(self, paper_id: int) -> Paper | None:
        """Return a paper as it was committed last."""
        row = await self._hand.read(lambda c: c.execute(select(PAPER).where(PAPER.c.id == paper_id)).first())
        return None if row is None else Paper(*row)

    async def forget(self, errand: Errand) -> None:
        """End an errand of which nothing is to be heard: with it goes its paper, if that is erased."""
        done = delete(ERRAND).where(ERRAND.c.id == errand.id)
        gone = delete(PAPER).where(PAPER.c.id == errand.subject, PAPER.c.status == ERASED)
        await self._hand.write(lambda connection: [connection.execute(each) for each in (done, gone)])


def free_errands(connection: Connection, whose: ColumnElement[bool]) -> None:
    """Take leases of errands away."""
    connection.execute(update(ERRAND).where(whose).values(owner=None, lease_until=None))


def _take(tools: Tools, picks: Sequence[Pick], connection: Connection) -> list[tuple[Errand, int]]:
    now = tools.now()
    rows = [row for pick in picks for row in connection.execute(_open(pick, now))]
    if rows:
        taken = update(ERRAND).where(ERRAND.c.id.in_([row.id for row in rows]))
        lease = {"owner": tools.owner, "lease_until": now + ERRAND_LEASE}
        connection.execute(taken.values(attempts=ERRAND.c.attempts + 1, **lease))
    return [(Errand(*tuple(row)[:5]), row.attempts) for row in rows]


def _open(pick: Pick, now: datetime) -> Select[Any]:
    """Return the query of what a pick may have; the rows are asked twice whether nobody has them, once locked."""
    is_open = [ERRAND.c.at <= now, or_(ERRAND.c.owner.is_(None), ERRAND.c.lease_until < now)]
    if pick.kinds:
        is_open.append(ERRAND.c.kind.in_(pick.kinds))
    if pick.apart:
        is_open.append(ERRAND.c.request_id.not_in(pick.apart))
    first = select(func.min(ERRAND.c.id)).where(*is_open).group_by(ERRAND.c.request_id)
    found = select(ERRAND).where(ERRAND.c.id.in_(first), *is_open)
    return found.order_by(ERRAND.c.at, ERRAND.c.id).limit(pick.limit).with_for_update(skip_locked=True)
