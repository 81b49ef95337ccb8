"""The clockwork: APScheduler ticks in memory; what is due is kept in the database, so a late tick loses nothing.

Two processes on one of APScheduler's job stores run every job twice and a late one-shot job is dropped (measured), so
it keeps none: a tick only looks.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Now
from bot.sealing import SEAL, Sealing
from domain.desk import clock, digesting, moving_day, phoning, signing_chat
from domain.desk.keeping import Board, DueTable, due_event
from domain.desk.preferring import RULE
from domain.desk.state import Decide, Due, Key, OfChat, OfRequest, Turns
from domain.errors import NotKept
from domain.policy import Policy
from domain.promises.notices import STALE_AFTER
from domain.text import ident

log = logging.getLogger(__name__)

TICK = 1.0  # seconds between looks at what is due
LOOK = 30.0  # seconds between looks at what other processes changed of what all of them know
AT_ONCE = 100


class Schedule:
    """Fires what is due, each rule once, and keeps the house in order; `look` reads anew what all processes share.

    `own_digest` makes the decision of somebody's own digest.
    """

    def __init__(
        self,
        due: DueTable,
        board: Board,
        turns: Turns,
        policy: Policy,
        now: Now,
        sweep: Callable[[], Awaitable[None]],
        look: Callable[[], Awaitable[None]],
        sealing: Sealing,
        own_digest: Callable[[Due], Awaitable[Decide]] | None = None,
    ) -> None:
        self._due = due
        self._board = board
        self._turns = turns
        self._policy = policy
        self._now = now
        self._sweep = sweep
        self._look = look
        self._sealing = sealing
        self._own_digest = own_digest
        self._ticking = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._woken: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Fire what became due while nobody looked, arrange for the digest, and tick from now on."""
        await self.tick()
        decide = partial(digesting.first_digest, policy=self._policy)
        await self._turns.turn(OfRequest(0), f"arm:digest:{self._now().isoformat()}", decide)
        options = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        self._scheduler.add_job(self.tick, "interval", seconds=TICK, **options)
        self._scheduler.add_job(self._sweep, "interval", minutes=10, **options)
        self._scheduler.add_job(self._sealing.tick, "interval", seconds=SEAL, **options)
        self._scheduler.add_job(self._look_around, "interval", seconds=LOOK, **options)
        self._scheduler.start()

    async def _look_around(self) -> None:
        try:
            await self._look()
        except NotKept as e:
            log.warning("schedule not_read error=%s", type(e).__name__)

    def stop(self) -> None:
        """Tick no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def wake(self) -> None:
        """Look at once: something is due already."""
        task = asyncio.get_running_loop().create_task(self.tick())
        self._woken.add(task)
        task.add_done_callback(self._woken.discard)

    async def tick(self) -> None:
        """Fire what is due by now, earliest first; what becomes due meanwhile waits for the next look."""
        async with self._ticking:
            try:
                for due in await self._due.due(self._now(), AT_ONCE):
                    await self._fire(due)
            except NotKept as e:
                log.warning("schedule not_kept error=%s", type(e).__name__)

    async def _fire(self, due: Due) -> None:
        try:
            outcome = await self._turns.turn(_place_of(due), due_event(due), await self._decision(due))
            if outcome.missing:
                await self._tell_gone(due)
            if outcome.repeated or outcome.missing:  # decided before, or about nothing: the row itself was left over
                await self._due.drop_due(due.rule, due.subject, due.version)
        except NotKept:
            raise
        except Exception as e:  # noqa: BLE001 # one rule that fails must not keep the others from firing
            log.error("schedule failed rule=%s subject=%s error=%s", due.rule, ident(due.subject), type(e).__name__)

    async def _tell_gone(self, due: Due) -> None:
        """Answer who waits for a request that is not there any more."""
        chat = phoning.adopter(due)
        if chat is not None:
            await self._turns.turn(OfChat(chat), f"{due_event(due)}:gone", phoning.tell_gone)

    async def _decision(self, due: Due) -> Decide:
        if due.rule.startswith(RULE) and self._own_digest is not None:
            return await self._own_digest(due)
        if signing_chat.leaver(due) is not None:
            return partial(signing_chat.left, due=due)
        if due.rule not in ("digest", moving_day.MORNING):
            return partial(clock.fire, due=due, policy=self._policy)
        now = self._now()
        today = now.astimezone(self._policy.desk_zone).date()
        numbers = await self._board.numbers(today=today.isoformat(), stale_before=now - STALE_AFTER)
        if due.rule == moving_day.MORNING:
            return partial(moving_day.tell_desk, numbers=numbers, policy=self._policy)
        head = await self._sealing.seals.head()
        return partial(digesting.digest, numbers=numbers, head=head, policy=self._policy)


def _place_of(due: Due) -> Key:
    """Return where a rule is decided: its request, or the chat that is done with one."""
    chat = signing_chat.leaver(due)
    return OfRequest(due.subject) if chat is None else OfChat(chat)
