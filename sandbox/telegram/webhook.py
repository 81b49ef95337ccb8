"""Deliver updates to the bot's own address: chat by chat in order, tried again until it says 2xx."""

import asyncio
import re
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from sandbox.faults import Fault, Faults
from sandbox.record import Call, Record
from sandbox.telegram.refusals import bad
from sandbox.telegram.updates import Updates

Json = dict[str, Any]

SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name, not a secret
LOCAL = ("127.0.0.1", "localhost", "::1")
PATIENCE = 60  # seconds until a delivery counts as failed
HEARD = ("duplicate", "timeout_after", "half")  # faults whose update the bot did hear, and hears again


@dataclass(frozen=True, slots=True)
class Address:
    """Where to deliver; plain http is taken only for this machine, where Telegram itself demands HTTPS."""

    url: str
    secret: str = field(default="", repr=False)
    max_connections: int = 40

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if not SECRET.fullmatch(self.secret):
            raise bad("secret token contains unallowed characters")


@dataclass(frozen=True, slots=True)
class Backoff:
    """Seconds between attempts: the first, and the longest to which they double."""

    first: float = 0.1
    longest: float = 10.0


class Webhook:
    """Deliveries to one address; each chat has its lane, in which the first update blocks the next."""

    def __init__(self, address: Address, updates: Updates, record: Record, faults: Faults) -> None:
        self.address = address
        self.backoff = Backoff()
        self.last_error: tuple[int, str] | None = None  # unix seconds, words
        self._updates = updates
        self._record = record
        self._faults = faults
        self._lanes: dict[int, deque[Json]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(address.max_connections)
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))

    def take(self, update: Json) -> None:
        """Queue an update in its chat's lane and see that the lane moves."""
        chat = _chat_of(update)
        lane = self._lanes.get(chat)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[chat] = deque([update])
        task = asyncio.create_task(self._run(chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop delivering; what is not settled stays queued."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._session.close()

    async def _run(self, chat: int) -> None:
        lane = self._lanes[chat]
        while lane:
            await self._settle(lane[0])
            lane.popleft()
        del self._lanes[chat]

    async def _settle(self, update: Json) -> None:
        pause = self.backoff.first
        while not await self._deliver(update):
            await asyncio.sleep(pause)
            pause = min(pause * 2, self.backoff.longest)
        self._updates.settle([update["update_id"]])

    async def _deliver(self, update: Json) -> bool:
        call = self._record.open("telegram", "out", "update", {"url": self.address.url, "update": update})
        fault = self._faults.meet("telegram", "update")
        call.fault = fault.kind if fault else None
        if fault and fault.kind not in HEARD:
            return self._lost(call, fault)
        try:
            async with self._slots:
                await self._post(update, call)
        except (aiohttp.ClientError, TimeoutError) as error:
            call.answer = "Read timeout expired" if isinstance(error, TimeoutError) else "Connection refused"
        return self._judge(call) and fault is None

    async def _post(self, update: Json, call: Call) -> None:
        headers = {SECRET_HEADER: self.address.secret} if self.address.secret else {}
        async with self._session.post(self.address.url, json=update, headers=headers) as response:
            call.answer = await response.text()
            call.status = response.status

    def _judge(self, call: Call) -> bool:
        call.took_effect = 200 <= call.status < 300
        if not call.took_effect:
            why = f"Wrong response from the webhook: {call.status}" if call.status else str(call.answer)
            self.last_error = (int(call.at), why)
        return call.took_effect

    def _lost(self, call: Call, fault: Fault) -> bool:
        self.last_error = (int(call.at), f"Connection lost: {fault.kind}")
        return False


def _chat_of(update: Json) -> int:
    pressed = update.get("callback_query") or {}
    for content in (pressed.get("message"), *update.values()):
        if isinstance(content, dict) and isinstance(content.get("chat"), dict):
            return int(content["chat"]["id"])
    return 0
