"""Delivers what is owed: each lane in order, one message at a time, lanes beside each other."""

import asyncio
import contextlib
import logging
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.clock import Now
from bot.gathering import GATHER, GATHERED, card_first, gathered
from bot.sending import Again, Never, Result, Sender, Sent
from domain.desk.keeping import Outbox, Postponed, Settled, Waiting
from domain.desk.replying import POST
from domain.desk.signer_links import SIGNING
from domain.desk.state import Owed
from domain.errors import NotKept
from domain.text import ident

log = logging.getLogger(__name__)

CLAIM_EVERY = 1.0  # seconds between looks for messages that nobody holds
CLAIM_AT_ONCE = 200
PACE = 25.0  # messages a second that nobody asked for just now (Telegram allows about 30 in all; read 2026-11-21)
MOST_AMBIGUOUS = 1  # a message that may have arrived is sent once more, then held for staff

# Kinds of which no platform tells whether they arrived.
_NOT_LOOKED_UP = ("say", "pages", "status", "whisper", "mail", "export")
_LIMITS = {  # that kinds share: Slack counts messages in a channel, and edits in all
    **dict.fromkeys(("post", "reply", "channel"), "desk"), **dict.fromkeys(("card", "mark"), "edits"), "mail": "mail",
}  # fmt: skip
CROWD = 10  # lanes at work from which on a card waits for what else changes, as its posts do: edits are limited, too

OnNever = Callable[[Owed, str], Awaitable[None]]
OnSent = Callable[[Owed], Awaitable[None]]


async def _nobody(_owed: Owed) -> None:
    """Tell nobody that a message has arrived."""


class Relay:
    """Owed messages in memory, by lane. The outbox stays the truth: what is here is leased to this process."""

    def __init__(
        self,
        outbox: Outbox,
        senders: list[Sender],
        now: Now,
        lease: timedelta,
        on_never: OnNever,
        on_sent: OnSent = _nobody,
        gather: timedelta = GATHER,
    ) -> None:
        self._outbox = outbox
        self._senders = {kind: sender for sender in senders for kind in sender.kinds}
        self._now = now
        self._renew_every = lease / 3
        self._on_never = on_never
        self._on_sent = on_sent
        self._gather = gather.total_seconds()
        self.lanes: dict[str, deque[Waiting]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._here: dict[int, float] = {}  # the rows that are here, and since when by the loop's clock
        self._alone: set[int] = set()  # posts that could not go with others
        self._held_until: dict[str, float] = {}
        self._gates: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)  # a shared limit lets one through at a time
        self._next_slot = 0.0
        self._handed: list[Owed] | None = None  # what is handed while rows that nobody held are being taken
        self._closing = asyncio.Event()
        self.sent = 0
        self.failed = 0
        outbox.listen(self.hand)

    def hand(self, owed: tuple[Owed, ...]) -> None:
        """Take rows that this process has just committed, in their order.

        While others are being claimed they wait: an earlier row of their lane may be among those, committed already and
        not here yet.
        """
        if self._handed is not None:
            self._handed += owed
            return
        for row in owed:
            self._enter(Waiting(row, 0, 0))

    def _enter(self, waiting: Waiting) -> None:
        if waiting.owed.id in self._here or self._closing.is_set():
            return
        self._here[waiting.owed.id] = asyncio.get_running_loop().time()
        lane = self.lanes.get(waiting.owed.lane)
        if lane is not None:
            lane.append(waiting)
            return
        self.lanes[waiting.owed.lane] = deque((waiting,))
        task = asyncio.get_running_loop().create_task(self._work(waiting.owed.lane))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("relay lane_failed error=%s", type(task.exception()).__name__)

    async def _work(self, name: str) -> None:
        """Send a lane's messages one after the other until it is empty."""
        lane = self.lanes[name]
        try:
            while lane and not self._closing.is_set():
                await self._next(lane)
        finally:
            del self.lanes[name]
            for left in lane:
                self._here.pop(left.owed.id, None)

    async def _next(self, lane: deque[Waiting]) -> None:
        await self._wait_for_turn(lane[0].owed)
        if card_first(lane):
            return
        async with self._gate(lane[0].owed):
            await self._wait_while_held(lane[0].owed)
            if self._closing.is_set():
                return
            waiting = gathered(lane, self._alone)
            result = await self._try(waiting)
            if isinstance(result, Again) and result.reason == "429":
                self._hold(waiting.owed, result.seconds)
        if isinstance(result, Again) and not self._is_too_doubtful(waiting, result):
            await self._again(lane, waiting, result)
        elif isinstance(result, Never) and waiting.more:  # one of them may be at fault: each is tried by itself
            self._alone |= {owed.id for owed in (waiting.owed, *waiting.more)}
        else:
            await self._end(lane, waiting, result)

    async def _end(self, lane: deque[Waiting], waiting: Waiting, result: Result) -> None:
        """Take out of a lane what has come to its end, and note how; of what went together, each by itself."""
        more = result.more if isinstance(result, Sent) else ()
        went = {owed.id: ts for owed, ts in zip(waiting.more, more, strict=False)}
        left = [each for each in lane if each.owed.id not in went][1:]
        lane.clear()
        lane.extend(left)
        for gone in (waiting.owed.id, *went):
            self._here.pop(gone, None)
            self._alone.discard(gone)
        await self._settle(waiting.owed, result)
        for number, external_id in went.items():
            self._outbox.settle(Settled(number, "sent", self._now(), external_id))

    async def _try(self, waiting: Waiting) -> Result:
        sender = self._senders.get(waiting.owed.kind)
        if sender is None:
            log.error("relay unwired id=%s kind=%s", ident(waiting.owed.id), waiting.owed.kind)
            return Never("broken")  # written by a release, or with settings, that this process does not have
        try:
            return await sender.send(waiting)
        except Exception as e:  # noqa: BLE001 # the relay is where every failure becomes another try (architecture §9.10)
            log.error(
                "relay sender_failed id=%s kind=%s error=%s",
                ident(waiting.owed.id),
                waiting.owed.kind,
                type(e).__name__,
            )
            return Never("broken") if waiting.attempts >= 5 else Again(1.0 + waiting.attempts, reason="broken")

    def _is_too_doubtful(self, waiting: Waiting, result: Again) -> bool:
        return result.ambiguous and waiting.ambiguous >= MOST_AMBIGUOUS and waiting.owed.kind in _NOT_LOOKED_UP

    async def _wait_for_turn(self, owed: Owed) -> None:
        """Wait while the platform asked us to, and for a slot if nobody asked for this message just now."""
        loop = asyncio.get_running_loop()
        if owed.paced:
            self._next_slot = max(self._next_slot + 1 / PACE, loop.time())
            await self._pause(max(0.0, self._next_slot - loop.time()))
        if owed.kind == GATHERED or (owed.kind == "card" and len(self.lanes) > CROWD):
            await self._pause(max(0.0, self._here[owed.id] + self._gather - loop.time()))

    async def _wait_while_held(self, owed: Owed) -> None:
        """Wait while the platform asked us to, and again where it asked anew meanwhile."""
        limit, waited = _limit_of(owed), 0.0
        while (until := self._held_until.get(limit, 0.0)) > waited and not self._closing.is_set():
            waited = until
            await self._pause(max(0.0, until - asyncio.get_running_loop().time()))

    def _gate(self, owed: Owed) -> contextlib.AbstractAsyncContextManager[object]:
        """Return what lets the messages of a shared limit through one at a time: each refusal holds the others back."""
        return self._gates[_LIMITS[owed.kind]] if owed.kind in _LIMITS else contextlib.nullcontext()

    def _hold(self, owed: Owed, seconds: float) -> None:
        self._forget_past_holds()
        self._held_until[_limit_of(owed)] = asyncio.get_running_loop().time() + seconds

    async def _again(self, lane: deque[Waiting], waiting: Waiting, result: Again) -> None:
        until = self._now() + timedelta(seconds=result.seconds)
        tried = {owed.id for owed in (waiting.owed, *waiting.more)}
        for place, each in enumerate(lane):
            if each.owed.id in tried:
                attempts, ambiguous = each.attempts + 1, each.ambiguous + result.ambiguous
                lane[place] = Waiting(each.owed, attempts, ambiguous)
                self._outbox.settle(Postponed(each.owed.id, until, attempts, ambiguous))
        head = lane[0]
        log.info(
            "relay again id=%s kind=%s attempts=%d reason=%s",
            ident(head.owed.id),
            head.owed.kind,
            head.attempts,
            result.reason,
        )
        await self._pause(result.seconds)

    def _forget_past_holds(self) -> None:
        now = asyncio.get_running_loop().time()
        self._held_until = {limit: until for limit, until in self._held_until.items() if until > now}

    async def _pause(self, seconds: float) -> None:
        """Wait, but not past the end of the house."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), seconds)

    async def _settle(self, owed: Owed, result: Result) -> None:
        """Note how a send ended, after those who wait for it have learned it: a death between tells it once more."""
        now = self._now()
        if isinstance(result, Sent):
            self.sent += 1
            for shown in (result.card, result.status):
                if shown is not None:
                    self._outbox.settle(shown)
            if _is_awaited(owed) and result.external_id is not None:
                await self._told(owed, self._on_sent(owed))
            self._outbox.settle(Settled(owed.id, "sent", now, result.external_id))
            return
        self.failed += 1
        reason = result.reason if isinstance(result, Never) else "doubtful"
        how = "dead" if isinstance(result, Never) else "held"
        log.warning("relay %s id=%s kind=%s reason=%s", how, ident(owed.id), owed.kind, reason)
        await self._told(owed, self._on_never(owed, reason))
        self._outbox.settle(Settled(owed.id, "dead" if how == "dead" else "held", now, None, reason))

    async def _told(self, owed: Owed, telling: Awaitable[None]) -> None:
        """Have staff or customer learn of it; should even that fail, the rest of the lane still goes on."""
        try:
            await telling
        except Exception as e:  # noqa: BLE001 # the row itself says it: the digest counts it as undelivered
            log.error("relay not_told id=%s error=%s", ident(owed.id), type(e).__name__)

    async def run(self) -> None:
        """Look for messages that nobody holds, and keep the leases of those held here, until cancelled.

        Leases end by the time of day, which may leap (a computer that slept): they are renewed by it too, and before
        the look, which frees what has run out. A message under way would be freed, taken and sent twice.
        """
        renew_at = self._now() + self._renew_every
        while True:
            try:
                if self._now() >= renew_at:
                    await self._outbox.renew(tuple(self._here))
                    renew_at = self._now() + self._renew_every
                await self._claim()
            except NotKept as e:
                log.warning("relay not_kept error=%s", type(e).__name__)
            await asyncio.sleep(CLAIM_EVERY)

    async def _claim(self) -> None:
        """Take rows that nobody holds, and behind them what was handed meanwhile."""
        self._handed = []
        try:
            for waiting in await self._outbox.claim(CLAIM_AT_ONCE):
                self._enter(waiting)
        finally:
            handed, self._handed = self._handed, None
            self.hand(tuple(handed))

    async def drain(self, seconds: float) -> None:
        """Let sends under way end, start no new ones, and give every lease back."""
        self._closing.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in self._tasks:
            task.cancel()
        await self._outbox.release()


def _is_awaited(owed: Owed) -> bool:
    """Tell whether somebody has to know that a message arrived: staff's words, and the e-mail with a signer's link."""
    return (owed.kind == "say" and POST in owed.params) or (owed.kind == "mail" and SIGNING in owed.params)


def _limit_of(owed: Owed) -> str:
    """Return the name of the platform's rate limit that a message falls under: a chat, the desk's channel, mail."""
    return _LIMITS.get(owed.kind) or f"{owed.kind == 'whisper'}:{owed.address}"
