"""Messages owed now: claiming, settling and purging. Rows are added by turns (`storage.saving`)."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import ColumnElement, Connection, Table, and_, case, delete, func, literal, or_, select, tuple_, update

from domain.desk.fates import Fate
from domain.desk.keeping import Card, StatusMessage, Waiting
from domain.desk.state import Owed
from storage.callers import purge_callers
from storage.hand import Hand
from storage.noted import End
from storage.rows import Line, owed_of
from storage.saving import Batch, Tools
from storage.signers import TOKEN
from storage.tables import TABLES

OUTBOX = TABLES["outbox"]
KEPT_SETTLED = timedelta(days=30)
KEPT_HEARD = timedelta(hours=72)
KEPT_POISON = timedelta(days=30)
PURGED_AT_ONCE = 500
RENEWED_AT_ONCE = 2000
_CLAIMING = 7_061_942_816  # any number that only claims use


class OutboxDesk:
    """The outbox as the relay sees it."""

    def __init__(self, hand: Hand, tools: Tools) -> None:
        self._hand = hand
        self._tools = tools
        self._listener: Callable[[tuple[Owed, ...]], None] | None = None

    def listen(self, on_owed: Callable[[tuple[Owed, ...]], None]) -> None:
        """Hand rows to `on_owed` on the event loop after each commit; until then rows are born free."""
        self._listener = on_owed
        self._tools.listening = True

    def tell(self, owed: tuple[Owed, ...]) -> None:
        """Hand rows that are leased to this process to whoever listens."""
        if self._listener is not None and owed:
            self._listener(owed)

    def settle(self, end: End) -> None:
        """Note how a send went; written with the next commit or within 250 ms."""
        self._hand.noted.note(end)

    async def claim(self, limit: int) -> list[Waiting]:
        """Lease up to `limit` free rows, in each lane in the order owed; rows that wait hold back their lane."""
        return await self._hand.write(partial(_claim, self._tools, limit))

    async def renew(self, ids: Collection[int]) -> None:
        """Prolong the leases of these rows, of those that this process holds still."""
        s, t, owner = self._tools.statements, self._tools.tongue, self._tools.owner
        until = t.put(self._tools.now() + self._tools.lease)
        ordered = sorted(ids)
        for start in range(0, len(ordered), RENEWED_AT_ONCE):
            row = (until, t.listed(ordered[start : start + RENEWED_AT_ONCE]), owner)
            await self._hand.write(partial(self._write, [(s.renew, [row])]))

    def _write(self, written: list[tuple[str, list[Line]]], connection: Connection) -> None:
        self._hand.run_on(connection).writes(written)

    async def release(self) -> None:
        """Write what was noted and give up every lease of this process."""
        await self._hand.write(lambda connection: free(connection, OUTBOX.c.owner == self._tools.owner))

    async def owe(self, owed: tuple[Owed, ...]) -> None:
        """Owe messages that no decision owed; the same `once` is owed once."""
        await self._hand.write(partial(self._owe, owed), self.tell)

    def _owe(self, owed: tuple[Owed, ...], connection: Connection) -> tuple[Owed, ...]:
        batch = Batch(self._tools, self._tools.now())
        batch.owe(owed)
        return batch.write(self._hand.run_on(connection))

    async def card(self, request_id: int) -> Card | None:
        """Return the card of a request, also one noted and not yet written."""
        return self._hand.noted.card(request_id) or await self._hand.read(partial(_card, request_id))

    async def status_message(self, chat_id: int) -> StatusMessage | None:
        """Return a chat's newest status message, also one noted and not yet written."""
        noted = self._hand.noted.status_message(chat_id)
        return noted or await self._hand.read(partial(_status_message, chat_id))

    async def fate(self, owed_id: int) -> Fate | None:
        """Return what became of a message, as far as it is written; None when its row is gone."""
        return await self._hand.read(partial(_fate, owed_id))

    async def purge(self, now: datetime) -> int:
        """Delete what has had its time, in small batches; returns how many.

        That is: rows settled 30 days ago, events heard 72 hours ago, poison, expired invitations and tokens, acts that
        waited for a second person of 30 days ago, callers' chats whose request another chat took over, or that was
        forgotten then.
        """
        heard, poison, invite, wish = (TABLES[name] for name in ("heard", "poison", "invite", "staff_wish"))
        old = (OUTBOX.c.how.is_not(None), OUTBOX.c.settled_at < now - KEPT_SETTLED)
        gone = await self._purge(OUTBOX, "id", and_(*old))
        gone += await self._purge(poison, "id", poison.c.at < now - KEPT_POISON)
        gone += await self._purge(invite, "id", invite.c.expires_at < now - KEPT_SETTLED)
        gone += await self._purge(wish, "id", wish.c.until < now - KEPT_SETTLED)
        gone += await self._purge(TOKEN, "digest", TOKEN.c.until < now - KEPT_SETTLED)
        while callers := await self._hand.write(partial(purge_callers, now - KEPT_SETTLED)):
            gone += callers
        return gone + await self._purge(heard, "event_id", heard.c.at < now - KEPT_HEARD)

    async def _purge(self, table: Table, key: str, old: ColumnElement[bool]) -> int:
        batch = delete(table).where(table.c[key].in_(select(table.c[key]).where(old).limit(PURGED_AT_ONCE)))
        total = 0
        while gone := await self._hand.write(lambda connection: connection.execute(batch).rowcount):
            total += gone
        return total


def free(connection: Connection, whose: ColumnElement[bool]) -> None:
    """Take leases of open rows away; such a row was tried before, for whoever held it may have sent the message."""
    leased = (OUTBOX.c.how.is_(None), OUTBOX.c.owner.is_not(None))
    taken = {"owner": None, "lease_until": None, "attempts": case((OUTBOX.c.attempts == 0, 1), else_=OUTBOX.c.attempts)}
    connection.execute(update(OUTBOX).where(*leased, whose).values(taken))


def _claim(tools: Tools, limit: int, connection: Connection) -> list[Waiting]:
    if connection.dialect.name == "postgresql":  # two claims at once could part a lane between them
        connection.execute(select(func.pg_advisory_xact_lock(_CLAIMING)))
    now = tools.now()
    free(connection, OUTBOX.c.lease_until < now)
    rows = connection.execute(_claimable(tools, now, limit)).all()
    lease = update(OUTBOX).where(OUTBOX.c.id.in_([row.id for row in rows]))
    connection.execute(lease.values(owner=tools.owner, lease_until=now + tools.lease))
    return [Waiting(owed_of(tuple(row)), row.attempts, row.ambiguous) for row in rows]


def _claimable(tools: Tools, now: datetime, limit: int):  # type: ignore[no-untyped-def]  # a Select of every column
    earlier = OUTBOX.alias("earlier")
    held_by_another = and_(earlier.c.owner.is_not(None), earlier.c.owner != tools.owner)
    blocker = (
        select(literal(1))
        .where(
            earlier.c.how.is_(None),
            earlier.c.lane == OUTBOX.c.lane,
            tuple_(earlier.c.rank, earlier.c.id) < tuple_(OUTBOX.c.rank, OUTBOX.c.id),
            or_(held_by_another, and_(earlier.c.owner.is_(None), earlier.c.until > now)),
        )
        .exists()
    )
    is_free = (OUTBOX.c.how.is_(None), OUTBOX.c.owner.is_(None), or_(OUTBOX.c.until.is_(None), OUTBOX.c.until <= now))
    ordered = select(OUTBOX).where(*is_free, ~blocker).order_by(OUTBOX.c.rank, OUTBOX.c.id).limit(limit)
    return ordered.with_for_update(of=OUTBOX)


def _card(request_id: int, connection: Connection) -> Card | None:
    card = TABLES["card"]
    row = connection.execute(select(card).where(card.c.request_id == request_id)).first()
    return None if row is None else Card(*row)


def _fate(owed_id: int, connection: Connection) -> Fate | None:
    row = connection.execute(select(OUTBOX.c.how, OUTBOX.c.external_id).where(OUTBOX.c.id == owed_id)).first()
    return None if row is None else Fate(*row)


def _status_message(chat_id: int, connection: Connection) -> StatusMessage | None:
    status = TABLES["status_message"]
    row = connection.execute(select(status).where(status.c.chat_id == chat_id)).first()
    return None if row is None else StatusMessage(*row)
