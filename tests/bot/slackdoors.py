"""The two ways by which Slack reaches a desk under test.

`conftest.py` says which test runs through both, and which through one; what it does and asserts is the same.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from enum import StrEnum

from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette

from bot.slack.signing import slack_route
from bot.slack.socket import Socket
from sandbox.serve import serve
from sandbox.slack import Slack

SECRET, APP_TOKEN = "sandbox-secret", "xapp-1-sandbox"


class Door(StrEnum):
    """How Slack reaches the desk. `UNATTENDED`: through websockets, which the test itself opens."""

    HTTP = "http"
    SOCKET = "socket"
    UNATTENDED = "unattended"


standing = Door.HTTP  # what a desk gets whose test does not say; `conftest.py` sets it


@asynccontextmanager
async def open_door(door: Door, slack: Slack, app: AsyncApp) -> AsyncIterator[str]:
    """Let Slack reach an app until the block ends; yield the address for signed HTTP, empty when there is none."""
    if door is Door.HTTP:
        async with serve(Starlette(routes=[slack_route(app, SECRET)])) as here:
            slack.deliver_to = f"{here}/slack/events"
            yield slack.deliver_to
    elif door is Door.SOCKET:
        async with hearing(app):
            await slack.sockets.connected(within=10.0)
            yield ""
    else:
        yield ""


@asynccontextmanager
async def hearing(app: AsyncApp, **settings: float) -> AsyncIterator[Socket]:
    """Run the desk's own socket, which is Bolt's with a watch on it, until the block ends."""
    socket = Socket(app, APP_TOKEN, **settings)  # type: ignore[arg-type] # numbers only, no clock
    task = asyncio.create_task(socket.run())
    try:
        yield socket
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
