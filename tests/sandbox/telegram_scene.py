"""A served sandbox with python-telegram-bot talking to it: what the tests of the sandbox's Telegram share."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Update,
)
from telegram.request import HTTPXRequest

from sandbox.faults import Faults
from sandbox.record import Record
from sandbox.serve import serve
from sandbox.telegram import Telegram

CHAT = 1001
OTHER_CHAT = 1002
FIRST = 500
DAY = 86_400


@dataclass
class Scene:
    """A sandbox that is being served, and a bot that talks to it."""

    telegram: Telegram
    record: Record
    faults: Faults
    bot: Bot
    url: str

    async def updates(self, offset: int | None = None, timeout_s: int = 0) -> tuple[Update, ...]:
        """Poll once."""
        return await self.bot.get_updates(offset=offset, timeout=timeout_s, allowed_updates=None)

    async def until_tried(self) -> None:
        """Wait until a first delivery to the webhook has ended."""
        for _ in range(200):
            if any(call.answer for call in self.record.of("telegram", "update")):
                return
            await asyncio.sleep(0.01)

    async def call(self, method: str, **params: Any) -> tuple[int, dict[str, Any]]:
        """Call a method with no library between."""
        url = f"{self.url}/bot{self.telegram.token}/{method}"
        async with aiohttp.ClientSession() as session, session.post(url, json=params) as response:
            return response.status, await response.json()


@asynccontextmanager
async def staged(read_timeout: float = 5.0) -> AsyncIterator[Scene]:
    record, faults = Record(), Faults()
    platform = Telegram(record, faults, first_update_id=FIRST)
    async with serve(Starlette(routes=list(platform.routes))) as url:
        bot = Bot(
            platform.token,
            base_url=f"{url}/bot",
            base_file_url=f"{url}/file/bot",
            request=HTTPXRequest(read_timeout=read_timeout, connection_pool_size=4),
            get_updates_request=HTTPXRequest(read_timeout=read_timeout, connection_pool_size=4),
        )
        async with bot:
            yield Scene(platform, record, faults, bot, url)
        await platform.close()


def keyboard(*data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text=d.upper(), callback_data=d)] for d in data])


@dataclass
class Receiver:
    """A bot's own web server: fails as often as it is told, then takes updates."""

    failures: int = 0
    bodies: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: Request) -> Response:
        """Answer one delivery."""
        self.secrets.append(request.headers.get("x-telegram-bot-api-secret-token"))
        self.bodies.append(await request.json())
        self.heard.set()
        if self.failures:
            self.failures -= 1
            return Response(status_code=500)
        return Response()

    async def until(self, count: int) -> None:
        """Wait for that many deliveries."""
        async with asyncio.timeout(2):
            while len(self.bodies) < count:
                self.heard.clear()
                await self.heard.wait()


@asynccontextmanager
async def receiving(failures: int = 0) -> AsyncIterator[tuple[Receiver, str]]:
    receiver = Receiver(failures)
    async with serve(Starlette(routes=[Route("/hook", receiver.take, methods=["POST"])])) as url:
        yield receiver, f"{url}/hook"
