"""The sandbox with its page, served, and a desk's two clients: for tests that use the page's endpoints."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.routing import Route
from telegram import Bot

from sandbox.program import Options, Servers, running
from sandbox.serve import serve

CHAT = 1001
STATIC = Path(__file__).parents[2] / "sandbox" / "page" / "static"


@dataclass
class Stage:
    """A served sandbox, hands to use over HTTP, and a client of either platform."""

    servers: Servers
    url: str
    session: aiohttp.ClientSession
    bot: Bot
    client: AsyncWebClient

    async def do(self, path: str, verb: str = "POST", **body: Any) -> tuple[int, dict[str, Any]]:
        """Ask a control endpoint for something."""
        async with self.session.request(verb, f"{self.url}/control/{path}", json=body) as response:
            return response.status, await response.json()

    async def see(self, path: str) -> dict[str, Any]:
        """Look at something."""
        async with self.session.get(f"{self.url}/control/{path}") as response:
            assert response.status == 200
            return dict(await response.json())


@asynccontextmanager
async def stage(state: Path, app: AsyncApp | None = None) -> AsyncIterator[Stage]:
    """Serve a sandbox and a desk's Slack side."""
    handler = AsyncSlackRequestHandler(app or desk_app())
    desk = Starlette(routes=[Route("/slack/events", handler.handle, methods=["POST"])])
    async with (
        serve(desk) as desk_url,
        running(Options(state, port=0, app=desk_url)) as (servers, url),
        aiohttp.ClientSession() as session,
        Bot("123456:sandbox", base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as bot,
    ):
        client = AsyncWebClient("xoxb-sandbox", f"{url}/api/", timeout=2, retry_handlers=[])
        yield Stage(servers, url, session, bot, client)


def desk_app() -> AsyncApp:
    """Make a desk that takes the sandbox's deliveries and has no client of its own to call Slack with."""
    return AsyncApp(signing_secret="sandbox-secret", authorize=_authorized)


async def _authorized(**_: Any) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T0SANDBOX", bot_token="xoxb-sandbox", bot_user_id="U0BOT")
