"""Hears Telegram's updates: confirmed to Telegram only when every one of a batch is committed.

python-telegram-bot's Updater is not used: it confirms a batch when it has fetched it, and a kill then loses what was
in memory (measured: 922 of 1,000).
"""

import asyncio
import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

import orjson
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.handlers.customer.updates import WANTED, event_id, query_id, read_update
from bot.telegram.request import AiohttpRequest, seconds
from domain.desk.customer import hear, unreadable
from domain.desk.keeping import Leases, Poison
from domain.desk.state import OfChat, OfRequest, Turns

log = logging.getLogger(__name__)

LONG_POLL = 25  # seconds for which Telegram holds an empty getUpdates
BATCH = 100  # updates at once, Telegram's limit (Bot API, read 2026-11-21)
TRIES = 3  # after which an update counts as poison
LEASE = 30.0  # seconds that the right to poll lasts unless it is kept
_PAUSE = 1.0

Update = Mapping[str, Any]


class Ingest:
    """Hears updates one by one within a chat, chats beside each other."""

    def __init__(self, bot: Bot, request: AiohttpRequest, turns: Turns, poison: Poison) -> None:
        self._bot = bot
        self._request = request
        self._turns = turns
        self._poison = poison
        self._answers: set[asyncio.Task[None]] = set()
        self.heard = 0

    async def hear_all(self, updates: list[Update]) -> None:
        """Hear a batch; returns when all of it is committed."""
        chats: dict[object, list[Update]] = {}
        for update in updates:
            chats.setdefault(_chat_of(update), []).append(update)
        await asyncio.gather(*(self._in_order(of_chat) for of_chat in chats.values()))

    async def _in_order(self, updates: list[Update]) -> None:
        for update in updates:
            await self.hear(update)

    async def hear(self, update: Update) -> None:
        """Hear one update, thrice if need be; then it is kept as poison, and only if even that fails this raises."""
        for attempt in range(1, TRIES + 1):
            try:
                await self._hear_once(update)
                break
            except Exception as e:  # noqa: BLE001 # one bad update must not stop the others (architecture §3.3)
                log.error("ingest failed attempt=%d error=%s", attempt, type(e).__name__)
                if attempt < TRIES:
                    await asyncio.sleep(_PAUSE * attempt)
        else:
            await self._keep_poison(update)
        self._answer_press(update)

    async def _hear_once(self, update: Update) -> None:
        heard = read_update(update)
        self.heard += 1
        if heard is not None:
            await self._turns.turn(OfChat(heard.chat_id), heard.event_id, partial(hear, heard=heard))

    async def _keep_poison(self, update: Update) -> None:
        event = event_id(update)
        await self._poison.keep_poison(event, orjson.dumps(update))
        await self._turns.turn(OfRequest(0), f"poison:{event}", partial(unreadable, event=event))

    def _answer_press(self, update: Update) -> None:
        """Stop the spinner on a pressed button; best effort, so not owed."""
        query = query_id(update)
        if query is not None:
            task = asyncio.get_running_loop().create_task(self._answer(query))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

    async def _answer(self, query: str) -> None:
        try:
            await self._request.call(f"{self._bot.base_url}/answerCallbackQuery", {"callback_query_id": query})
        except TelegramError as e:
            log.info("ingest press_not_answered error=%s", type(e).__name__)


def _chat_of(update: Update) -> object:
    """Return what keeps an update in order: its chat; itself where it has none."""
    for value in update.values():
        if isinstance(value, Mapping):
            chat = value.get("chat") or value.get("message", {}).get("chat", {})
            if isinstance(chat, Mapping) and "id" in chat:
                return chat["id"]
    return id(update)


class Poller:
    """Asks Telegram for updates while this process has the right to."""

    def __init__(self, ingest: Ingest, bot: Bot, request: AiohttpRequest, leases: Leases) -> None:
        self._ingest = ingest
        self._bot = bot
        self._request = request
        self._leases = leases
        self._offset: int | None = None
        self._keep_lease_at = 0.0
        self.polled_at: float | None = None
        self.conflicts = 0

    async def run(self) -> None:
        """Poll until cancelled; an outage of Telegram or a second poller never ends it."""
        while True:
            if await self._may_poll():
                await self._ingest.hear_all(await self._fetch())
            else:
                await asyncio.sleep(_PAUSE)

    async def _may_poll(self) -> bool:
        now = asyncio.get_running_loop().time()
        if now < self._keep_lease_at:
            return True
        if await self._leases.acquire("poll", LEASE) is None:
            return False
        self._keep_lease_at = now + LEASE / 3
        return True

    async def _fetch(self) -> list[Update]:
        """Return the next updates, confirming all before them; an empty list after any trouble."""
        try:
            updates = await self._ask()
        except RetryAfter as e:
            await asyncio.sleep(seconds(e))
            return []
        except Conflict:
            self.conflicts += 1
            log.error(
                "ingest conflict: another program polls with this token, or a webhook is set; see `app.py doctor`"
            )
            await asyncio.sleep(5 * _PAUSE)
            return []
        except TelegramError as e:
            log.warning("ingest unreachable error=%s", type(e).__name__)
            await asyncio.sleep(5 * _PAUSE if isinstance(e, InvalidToken) else _PAUSE)
            return []
        if updates:
            self._offset = max(int(u["update_id"]) for u in updates) + 1
        return updates

    async def _ask(self) -> list[Update]:
        fields = {"timeout": str(LONG_POLL), "limit": str(BATCH), "allowed_updates": _ALLOWED}
        if self._offset is not None:
            fields["offset"] = str(self._offset)
        found = await self._request.call(f"{self._bot.base_url}/getUpdates", fields, LONG_POLL + 10)
        self.polled_at = asyncio.get_running_loop().time()
        return [u for u in found if isinstance(u, Mapping) and "update_id" in u] if isinstance(found, list) else []

    async def confirm(self) -> None:
        """Tell Telegram at the end what was heard, so that the next start need not hear it again; best effort."""
        if self._offset is not None:
            fields = {"timeout": "0", "limit": "1", "offset": str(self._offset)}
            await self._request.call(f"{self._bot.base_url}/getUpdates", fields, 2)


_ALLOWED = orjson.dumps(list(WANTED)).decode()
