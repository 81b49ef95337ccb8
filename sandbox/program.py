"""The sandbox as a program: both servers and the page in one process, on this machine only, with a memory."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.types import ASGIApp

from sandbox import keep
from sandbox.faults import Faults
from sandbox.page.control import Control
from sandbox.page.director import Director
from sandbox.page.guard import Guard
from sandbox.page.stories import STORIES
from sandbox.page.stories.play import World
from sandbox.page.stories.player import Player
from sandbox.page.switches import Switches
from sandbox.page.time import KEPT_IN as CLOCK_KEPT_IN
from sandbox.page.time import ZONE, Clock
from sandbox.record import Record
from sandbox.serve import serve
from sandbox.slack import Slack
from sandbox.slack.people import DESK, PORTERS
from sandbox.telegram import Telegram
from sandbox.telegram.refusals import Refused

Json = dict[str, Any]

KEPT_IN = "servers.json"
PARENT_EVERY = 0.25  # seconds between two looks at whether the parent is still there
TELEGRAM_TOKEN = "123456:sandbox"  # noqa: S105 - a token of the sandbox, worth nothing
SLACK_TOKEN = "xoxb-sandbox"  # noqa: S105 - a token of the sandbox, worth nothing
SLACK_APP_TOKEN = "xapp-1-sandbox"  # noqa: S105 - a token of the sandbox, worth nothing
SLACK_SECRET = "sandbox-secret"  # noqa: S105 - a secret of the sandbox, worth nothing


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is wished. `app` is the desk's address, `zone` where its wall clock hangs; `parent` the process with
    which the run ends.
    """

    state: Path
    port: int = 8100  # 0: any that is free
    app: str = "http://127.0.0.1:8080"
    telegram_token: str = TELEGRAM_TOKEN
    slack_token: str = SLACK_TOKEN
    slack_app_token: str = SLACK_APP_TOKEN
    slack_secret: str = SLACK_SECRET
    socket_mode: bool = False
    parent: int | None = None
    zone: ZoneInfo = ZONE


class Servers:
    """Telegram and Slack with one record, one plan of faults and one clock between them."""

    def __init__(self, options: Options) -> None:
        self.record = Record()
        self.faults = Faults()
        self.clock = Clock(options.state / CLOCK_KEPT_IN, options.zone)
        self.telegram = Telegram(self.record, self.faults, options.telegram_token, clock=self.clock.now)
        self.slack = Slack(
            self.record,
            self.faults,
            bot_token=options.slack_token,
            app_token=options.slack_app_token,
            signing_secret=options.slack_secret,
            clock=self.clock.now,
        )
        self.switches = Switches(self.faults)
        self.player = Player(World(self.telegram, self.slack, self.clock, self.switches), STORIES)
        self.slack.deliver_to = None if options.socket_mode else f"{options.app.rstrip('/')}/slack/events"

    def app(self, changed: Callable[[], None]) -> ASGIApp:
        """Return everything to serve; `changed` is called around each request that may change something."""
        self.player.changed = changed
        control = Control(self.telegram, self.slack, self.record)
        director = Director(self.clock, self.faults, self.switches, self.player)
        routes = [*control.routes, *director.routes, *self.telegram.routes, *self.slack.routes]
        return Guard(Starlette(routes=routes), changed)

    def snapshot(self) -> Json:
        """Return what both servers know, as JSON."""
        return {"telegram": self.telegram.snapshot(), "slack": self.slack.snapshot()}

    def restore(self, kept: Json) -> None:
        """Go on from a snapshot; needs a running loop. Raises: keep.DamagedError, after which nothing here is fit."""
        try:
            self.slack.restore(kept["slack"])
            self.telegram.restore(kept["telegram"])
        except (LookupError, TypeError, ValueError, AttributeError, Refused) as wrong:
            raise keep.DamagedError(f"{type(wrong).__name__} {wrong}") from wrong

    async def close(self) -> None:
        """Give up what is still played or delivered."""
        await self.player.stop()
        await self.slack.stop()
        await self.telegram.close()


@asynccontextmanager
async def running(options: Options) -> AsyncIterator[tuple[Servers, str]]:
    """Serve both for as long as the block lasts, remembering; yield them and their address.

    Raises: OSError, when the port is taken or the state's folder cannot be made.
    """
    options.state.mkdir(parents=True, exist_ok=True)
    servers = _remembered(options)
    try:
        async with (
            keep.keeping(options.state / KEPT_IN, servers.snapshot) as keeper,
            serve(servers.app(keeper.touch), options.port) as url,
        ):
            servers.slack.base_url = url
            yield servers, url
    finally:
        await servers.close()


async def run(options: Options, out: TextIO = sys.stdout) -> None:
    """Serve until a signal or the parent's end; print one JSON line when ready. Raises: OSError, as `running`."""
    end = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, end.set)
    async with running(options) as (_, url):
        out.write(json.dumps(ready(options, url)) + "\n")
        out.flush()
        watching = asyncio.create_task(_watch(options.parent, end))
        await end.wait()
        watching.cancel()


def ready(options: Options, url: str) -> Json:
    """Return what a desk needs to know in order to use a sandbox that listens at `url`."""
    return {
        "ready": True,
        "url": url,
        "telegram_api": url,
        "telegram_token": options.telegram_token,
        "slack_api": f"{url}/api/",
        "slack_token": options.slack_token,
        "slack_app_token": options.slack_app_token if options.socket_mode else None,
        "slack_signing_secret": options.slack_secret,
        "slack_desk_channel": DESK,
        "slack_staff": PORTERS,
        "clock": str((options.state / CLOCK_KEPT_IN).resolve()),
    }


def _remembered(options: Options) -> Servers:
    path = options.state / KEPT_IN
    servers = Servers(options)
    try:
        kept = keep.read(path)
        if kept:
            servers.restore(kept)
    except keep.DamagedError as wrong:
        aside = keep.set_aside(path)
        sys.stderr.write(f"{path} is damaged ({wrong}); it is now {aside.name}, and the sandbox starts empty.\n")
        return Servers(options)
    return servers


async def _watch(parent: int | None, end: asyncio.Event) -> None:
    """Set `end` when the process that started this one is gone: its orphans get another parent at once.

    Stdin's end would come sooner, but it also comes where nobody ever held it open (services, `&` in scripts).
    """
    while parent is not None:
        if os.getppid() != parent:
            end.set()
            return
        await asyncio.sleep(PARENT_EVERY)
