"""Who may do what only one process may do."""

from datetime import timedelta
from functools import partial

from sqlalchemy import Connection, func, insert, select, update

from storage.hand import Hand
from storage.saving import Tools
from storage.tables import TABLES

LEASE = TABLES["lease"]
_LOCK = 7_061_942_817  # any number that only leases use


class LeaseDesk:
    """Leases with epochs, by the database's clock on PostgreSQL; on SQLite there is one machine and its clock."""

    def __init__(self, hand: Hand, tools: Tools) -> None:
        self._hand = hand
        self._tools = tools

    async def acquire(self, name: str, seconds: float) -> int | None:
        """Take or keep the lease; returns its epoch, None while another process holds it."""
        return await self._hand.write(partial(_acquire, self._tools, name, timedelta(seconds=seconds)))

    async def give_up(self, name: str) -> None:
        """End this process's lease at once."""
        mine = update(LEASE).where(LEASE.c.name == name, LEASE.c.owner == self._tools.owner)
        await self._hand.write(lambda connection: connection.execute(mine.values(owner=None)))


def _acquire(tools: Tools, name: str, length: timedelta, connection: Connection) -> int | None:
    now = tools.now()
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        now = connection.execute(select(func.clock_timestamp())).scalar_one()
    row = connection.execute(select(LEASE).where(LEASE.c.name == name)).first()
    if row is None:
        connection.execute(insert(LEASE).values(name=name, owner=tools.owner, epoch=1, until=now + length))
        return 1
    if row.owner not in (None, tools.owner) and row.until >= now:
        return None
    epoch: int = row.epoch if row.owner == tools.owner else row.epoch + 1
    kept = update(LEASE).where(LEASE.c.name == name)
    connection.execute(kept.values(owner=tools.owner, epoch=epoch, until=now + length))
    return epoch
