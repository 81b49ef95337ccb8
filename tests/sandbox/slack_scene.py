"""A served sandbox with slack_sdk talking to it: what the tests of the sandbox's Slack share."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.routing import Route

from sandbox.faults import Faults
from sandbox.record import Record
from sandbox.serve import serve
from sandbox.slack import Slack

START = 1_790_000_000.0


MAYA, BEN, DESK = "U0STAFF1", "U0STAFF2", "C0DESK"


@dataclass
class Clock:
    """A clock that a test turns."""

    now: float = START

    def __call__(self) -> float:
        return self.now


@dataclass
class World:
    """A served Slack, its record and faults, and a client with the bot's token."""

    slack: Slack
    record: Record
    faults: Faults
    clock: Clock
    client: AsyncWebClient
    url: str
    opened: list[Any] = field(default_factory=list)


@asynccontextmanager
async def staged() -> AsyncIterator[World]:
    """Serve a Slack of our own."""
    clock, record, faults = Clock(), Record(), Faults()
    slack = Slack(record, faults, clock=clock)
    async with serve(Starlette(routes=slack.routes)) as url:
        slack.base_url = url
        # Left to itself, slack_sdk repeats a call whose connection was cut: its effect would be there twice.
        client = AsyncWebClient("xoxb-sandbox", f"{url}/api/", timeout=2, retry_handlers=[])
        yield World(slack, record, faults, clock, client, url)
        await slack.stop()


def bolt(world: World) -> AsyncApp:
    """Make an empty desk."""
    return AsyncApp(client=world.client, signing_secret="sandbox-secret")


@asynccontextmanager
async def desk(world: World, app: AsyncApp) -> AsyncIterator[None]:
    """Serve a desk and have Slack deliver to it."""
    handler = AsyncSlackRequestHandler(app)
    route = Route("/slack/events", handler.handle, methods=["POST"])
    async with serve(Starlette(routes=[route])) as url:
        world.slack.deliver_to = f"{url}/slack/events"
        yield
        await world.slack.stop()


async def refused(call: Any) -> str:
    """Give the error code of a call that Slack refuses."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so, for three seconds at most."""
    for _ in range(300):
        if is_so():
            return
        await asyncio.sleep(0.01)
    pytest.fail("waited three seconds in vain")


def button(action_id: str = "approve", value: str = "P-1", text: str = "Approve") -> dict[str, Any]:
    """Make a button."""
    return {
        "type": "button",
        "action_id": action_id,
        "value": value,
        "text": {"type": "plain_text", "text": text},
    }


def section(text: str) -> dict[str, Any]:
    """Make a section of text."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def modal(**over: Any) -> dict[str, Any]:
    """Make a form with a name and a kind."""
    named = {
        "type": "input",
        "block_id": "name",
        "label": {"type": "plain_text", "text": "Name"},
        "element": {"type": "plain_text_input", "action_id": "v"},
    }
    kind = {
        "type": "input",
        "block_id": "kind",
        "optional": True,
        "label": {"type": "plain_text", "text": "Kind"},
        "element": {
            "type": "static_select",
            "action_id": "v",
            "options": [{"text": {"type": "plain_text", "text": t}, "value": t} for t in ("wireless", "landline")],
        },
    }
    return {
        "type": "modal",
        "callback_id": "form",
        "title": {"type": "plain_text", "text": "Form"},
        "submit": {"type": "plain_text", "text": "Save"},
        "blocks": [named, kind],
        **over,
    }


def words(length: int, kind: str = "plain_text") -> dict[str, Any]:
    """Make a text object of that many characters."""
    return {"type": kind, "text": "x" * length}


def actions(element: dict[str, Any]) -> dict[str, Any]:
    """Make a block around one element."""
    return {"type": "actions", "elements": [element]}


def select(*options: dict[str, Any], **over: Any) -> dict[str, Any]:
    """Make a menu."""
    return {"type": "static_select", "action_id": "a", "options": list(options), **over}


def option(text: int = 1, value: int = 1) -> dict[str, Any]:
    """Make an option with so many characters in its text and value."""
    return {"text": words(text), "value": "v" * value}
