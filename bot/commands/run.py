"""Serve customers and staff until a signal ends it."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.clock import Now, utc_now
from bot.commands.sandbox import sandbox
from bot.house import House
from bot.settings import Settings
from domain.desk.keeping import Keeper

Open = Callable[[Settings, Now], Awaitable[Keeper]]


async def run(settings: Settings, open_keeper: Open, root: Path) -> None:
    """Serve with the tokens given, or with the sandbox where there are none."""
    if settings.has_tokens:
        await _serve(settings, open_keeper, utc_now, f"Serving at http://{settings.host}:{settings.port}")
        return
    await run_sandbox(settings, open_keeper, root)


async def run_sandbox(settings: Settings, open_keeper: Open, root: Path) -> None:
    """Serve the sandbox: both platforms on this machine, with a page for both sides at one address."""
    async with sandbox(settings, root) as pretended:
        greeting = f"Port of Call is open at {pretended.page} (sandbox). Say hello there; Ctrl-C ends it."
        await _serve(pretended.settings, open_keeper, pretended.now, greeting)


async def _serve(settings: Settings, open_keeper: Open, now: Now, greeting: str) -> None:
    keeper = await open_keeper(settings, now)
    try:
        house = House(settings, keeper, now, greeting)
        loop = asyncio.get_running_loop()
        for ending in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(ending, house.stop.set)
        await house.run()
    finally:
        await keeper.close()
