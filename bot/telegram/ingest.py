"""Hears Telegram's updates: confirmed to Telegram only when every one of a batch is committed.

python-telegram-bot's Updater is not used: it confirms a batch when it has fetched it, and a kill then loses what was
in memory (measured: 922 of 1,000).
"""

import asyncio
import json
import logging
from collections.abc import Mapping
from functools import partial
from typing import Any, Protocol

import orjson
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.handlers.customer.updates import WANTED, event_id, query_id, read_update
from bot.telegram.inviting import invited_by, phoned_to, token_in
from bot.telegram.request import AiohttpRequest, seconds
from domain.desk.approving import MORE
from domain.desk.customer import hear, unreadable
from domain.desk.heard import Heard
from domain.desk.keeping import Leases, Links, Poison
from domain.desk.state import OfChat, OfRequest, Turns
from domain.desk.tokens import Signing
from domain.desk.turn import DEFAULT
from domain.errors import NotKept
from domain.numbers.inventory import named_numbers
from domain.policy import Policy
from domain.values import replace

log = logging.getLogger(__name__)

LONG_POLL = 25  # seconds for which Telegram holds an empty getUpdates
BATCH = 100  # updates at once, Telegram's limit (Bot API, read 2026-11-21)
TRIES = 3  # of reading and deciding, after which an update counts as poison
PATIENCE = 6  # times, about 20 s in all, that the database may refuse before a try as poison decides
LEASE = 10.0  # seconds that the right to poll lasts unless it is kept
_PAUSE = 1.0

Update = Mapping[str, Any]


class PoisonAndLinks(Poison, Links, Signing, Protocol):
    """Where updates go that nothing can be made of, and whoever reads the links that invite, and those to sign by."""


class Ingest:
    """Hears updates one by one within a chat, chats beside each other."""

    def __init__(
        self, bot: Bot, request: AiohttpRequest, turns: Turns, poison: PoisonAndLinks, policy: Policy = DEFAULT
    ) -> None:
        self._policy = policy
        self._bot = bot
        self._request = request
        self._turns = turns
        self._poison = poison
        self._courtesies: set[asyncio.Task[None]] = set()
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
        """Hear one update, however often that takes; what nothing can be made of is kept as poison.

        Raises `NotKept` when the database keeps nothing for a while: nothing is confirmed then.
        """
        failures, refusals = 0, 0
        while failures < TRIES and refusals < PATIENCE:
            try:
                await self._hear_once(update)
                break
            except NotKept as e:
                refusals += 1
                log.warning("ingest not_kept attempt=%d error=%s", refusals, type(e).__name__)
                await asyncio.sleep(min(_PAUSE * refusals, 5.0))
            except Exception as e:  # noqa: BLE001 # one bad update must not stop the others (architecture §3.3)
                failures += 1
                log.error("ingest failed attempt=%d error=%s", failures, type(e).__name__)
        else:
            await self._keep_poison(update)
        self._answer_press(update)

    async def _hear_once(self, update: Update) -> None:
        heard = read_update(update)
        self.heard += 1
        if heard is None:
            return
        phoned = phoned_to(heard, self._poison)
        if phoned:
            heard = replace(heard, kind="phoned", text="", code=phoned)
        elif token := token_in(heard):
            heard = await self._to_sign(heard, token)
        decide = partial(hear, heard=heard, policy=self._policy)
        named = named_numbers(f"{heard.text} {heard.code}")
        before = heard.form if heard.kind == "press" and heard.code == MORE else 0
        key = OfChat(heard.chat_id, named, invited_by(heard, self._poison), before)
        outcome = await self._turns.turn(key, heard.event_id, decide)
        if heard.kind == "document" and outcome.changes is not None and outcome.changes.errands:
            self._beside("sendChatAction", {"chat_id": str(heard.chat_id), "action": "typing"})

    async def _to_sign(self, heard: Heard, token: str) -> Heard:
        """Return what opening a signer's link means; a word that only looks like a token stays what it is."""
        named = await self._poison.signers.find(token)
        if named is None:
            return heard
        return replace(heard, kind="signing", text="", code=f"{named.request_id}.{named.link_id}")

    async def _keep_poison(self, update: Update) -> None:
        event = event_id(update)
        await self._poison.keep_poison(event, json.dumps(update).encode())  # orjson refuses half a surrogate pair
        await self._turns.turn(OfRequest(0), f"poison:{event}", partial(unreadable, event=event))

    def _answer_press(self, update: Update) -> None:
        """Stop the spinner on a pressed button."""
        query = query_id(update)
        if query is not None:
            self._beside("answerCallbackQuery", {"callback_query_id": query})

    def _beside(self, method: str, fields: dict[str, str]) -> None:
        """Call a method that nobody waits for and that may fail: a courtesy of the moment, so not owed."""
        task = asyncio.get_running_loop().create_task(self._attempt(method, fields))
        self._courtesies.add(task)
        task.add_done_callback(self._courtesies.discard)

    async def _attempt(self, method: str, fields: dict[str, str]) -> None:
        try:
            await self._request.call(f"{self._bot.base_url}/{method}", fields)
        except TelegramError as e:
            log.info("ingest courtesy_failed method=%s error=%s", method, type(e).__name__)


def _chat_of(update: Update) -> object:
    """Return what keeps an update in order: its chat; itself where it has none."""
    for value in update.values():
        chat = _part(value, "chat") or _part(_part(value, "message"), "chat")
        if chat and "id" in chat:
            return str(chat["id"])
    return id(update)


def _part(value: object, name: str) -> Mapping[str, Any]:
    found = value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}


class Poller:
    """Asks Telegram for updates while this process has the right to."""

    def __init__(self, ingest: Ingest, bot: Bot, request: AiohttpRequest, leases: Leases) -> None:
        self._ingest = ingest
        self._bot = bot
        self._request = request
        self._leases = leases
        self._offset: int | None = None
        self.alive_at = 0.0
        self.conflicts = 0

    async def run(self) -> None:
        """Poll until cancelled; an outage of Telegram or a second poller never ends it."""
        while True:
            self.alive_at = asyncio.get_running_loop().time()
            if not await self._may_poll():
                await asyncio.sleep(_PAUSE)
                continue
            polling = asyncio.create_task(self._poll())
            keeping = asyncio.create_task(self._keep_lease())
            try:
                await asyncio.wait({polling, keeping}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                polling.cancel()
                keeping.cancel()
                await asyncio.wait({polling, keeping})
            if not polling.cancelled():
                polling.result()

    async def _poll(self) -> None:
        while True:
            self.alive_at = asyncio.get_running_loop().time()
            updates = await self._fetch()
            await self._ingest.hear_all(updates)
            if updates:  # only now may the next poll confirm them
                self._offset = max(_number(u) for u in updates) + 1

    async def _keep_lease(self) -> None:
        """Return when the lease is lost: a long poll lasts longer than a lease, so it is kept beside it."""
        while True:
            await asyncio.sleep(LEASE / 3)
            if not await self._may_poll():
                log.warning("ingest lease_lost")
                return

    async def _may_poll(self) -> bool:
        """Take or keep the lease; tell whether it is ours. A database that refuses lends nothing."""
        try:
            return await self._leases.acquire("poll", LEASE) is not None
        except NotKept as e:
            log.warning("ingest lease_not_kept error=%s", type(e).__name__)
            return False

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
            await self._take_webhook_away()
            return []
        except TelegramError as e:
            log.warning("ingest unreachable error=%s", type(e).__name__)
            await asyncio.sleep(5 * _PAUSE if isinstance(e, InvalidToken) else _PAUSE)
            return []
        return updates

    async def _take_webhook_away(self) -> None:
        """Delete a webhook that somebody set meanwhile; if it is another poller, this changes nothing."""
        try:
            await self._request.call(f"{self._bot.base_url}/deleteWebhook", {})
        except TelegramError as e:
            log.warning("ingest webhook_not_deleted error=%s", type(e).__name__)

    async def _ask(self) -> list[Update]:
        fields = {"timeout": str(LONG_POLL), "limit": str(BATCH), "allowed_updates": _ALLOWED}
        if self._offset is not None:
            fields["offset"] = str(self._offset)
        found = await self._request.call(f"{self._bot.base_url}/getUpdates", fields, LONG_POLL + 10)
        return [u for u in found if _number(u)] if isinstance(found, list) else []


def _number(update: object) -> int:
    """Return an update's number; 0 for what is none."""
    number = update.get("update_id") if isinstance(update, Mapping) else None
    return number if isinstance(number, int) else 0


_ALLOWED = orjson.dumps(list(WANTED)).decode()
