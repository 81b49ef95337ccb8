"""The page in a headless Chromium, with a scripted bot and desk at the sandbox's other ends: what its tests share."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, Page, async_playwright
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.routing import Route

from sandbox.program import Options, Servers, running
from sandbox.serve import serve
from tests.sandbox.slack_scene import DESK, modal

Json = dict[str, Any]

CHAT = 1001
CHROMIUM = shutil.which("chromium")
# The page looks for news three times a second; a test need not wait that long.
IMPATIENT = """const later = setTimeout;
window.setTimeout = (act, wait, ...more) => later(act, wait === 300 ? 80 : wait, ...more);"""
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip
IN_BROWSER = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: install Debian's package chromium to run these"),
]
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
COMMANDS = [
    {"command": "status", "description": "Where my number is"},
    {"command": "help", "description": "What I can do"},
]


class Bot:
    """The bot's end of Telegram: calls as any bot makes them."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = f"{url}/bot123456:sandbox"
        self._offset = 0

    async def call(self, method: str, **arguments: Any) -> Any:
        """Call a method and return its result; it must succeed."""
        async with self._session.post(f"{self._url}/{method}", json=arguments) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def send(self, text: str, *rows: list[str], chat: int = CHAT, **more: Any) -> int:
        """Send a text with buttons whose data are their words; return its number."""
        keyboard = [[{"text": words, "callback_data": words} for words in row] for row in rows]
        markup = {"reply_markup": {"inline_keyboard": keyboard}} if rows else {}
        sent = await self.call("sendMessage", chat_id=chat, text=text, parse_mode="HTML", **{**markup, **more})
        return int(sent["message_id"])

    async def heard(self) -> Json:
        """Wait for the next update, at most five seconds, and confirm those before it."""
        async with asyncio.timeout(5):
            while True:
                updates = await self.call("getUpdates", offset=self._offset, timeout=1, limit=1)
                if updates:
                    self._offset = updates[0]["update_id"] + 1
                    return dict(updates[0])


@dataclass
class Stage:
    """A served sandbox, the bot's and the desk's ends of it, and the page's address."""

    servers: Servers
    url: str
    bot: Bot
    client: AsyncWebClient
    app: AsyncApp

    async def card(self, *blocks: Json, text: str = "P-7KQ2M: a card", **more: Any) -> str:
        """Post to the desk's channel; return the ts."""
        posted = await self.client.chat_postMessage(channel=DESK, text=text, blocks=list(blocks), **more)
        return str(posted["ts"])

    async def control(self, path: str, **body: Any) -> Json:
        """Use the page's own controls."""
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.url}/control/{path}", json=body) as response,
        ):
            return dict(await response.json())


@asynccontextmanager
async def staged(state: Path) -> AsyncIterator[Stage]:
    """Serve a sandbox and a desk's Slack side to which listeners can be added."""
    app = AsyncApp(signing_secret="sandbox-secret", authorize=_authorized)
    handler = AsyncSlackRequestHandler(app)
    desk = Starlette(routes=[Route("/slack/events", handler.handle, methods=["POST"])])
    async with (
        serve(desk) as desk_url,
        running(Options(state, port=0, app=desk_url)) as (servers, url),
        aiohttp.ClientSession() as session,
    ):
        client = AsyncWebClient("xoxb-sandbox", f"{url}/api/", timeout=2, retry_handlers=[])
        yield Stage(servers, url, Bot(session, url), client, app)


async def _authorized(**_: Any) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T0SANDBOX", bot_token="xoxb-sandbox", bot_user_id="U0BOT")


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """Run a headless Chromium."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@asynccontextmanager
async def opened(browser: Browser, stage: Stage, **context: Any) -> AsyncIterator[Page]:
    """Open the stage's page, as `visited` does."""
    async with visited(browser, stage.url, **context) as page:
        yield page


@asynccontextmanager
async def visited(browser: Browser, url: str, **context: Any) -> AsyncIterator[Page]:
    """Open a page at desktop width; yield it once it shows something. A script error fails the test."""
    settings = {"viewport": {"width": 1280, "height": 860}, "reduced_motion": "reduce", **context}
    made = await browser.new_context(**settings)
    page = await made.new_page()
    await page.add_init_script(IMPATIENT)
    page.set_default_timeout(5_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    await page.goto(url)
    await page.locator(".customer").first.wait_for()
    yield page
    assert wrong == []
    await made.close()


async def say(page: Page, words: str) -> None:
    """Write to the bot as the customer."""
    await page.get_by_label("Message to the bot").fill(words)
    await page.keyboard.press("Enter")


def ask_form(stage: Stage) -> None:
    """Let the desk open a form from its card, and refuse every name but Ana's."""

    @stage.app.action("approve")
    async def approve(ack: Any, body: Json) -> None:
        await ack()
        await stage.client.views_open(trigger_id=body["trigger_id"], view=modal())

    @stage.app.view("form")
    async def save(ack: Any, view: Json) -> None:
        name = view["state"]["values"]["name"]["v"]["value"]
        await (ack() if name == "Ana" else ack(response_action="errors", errors={"name": "Who is that?"}))
