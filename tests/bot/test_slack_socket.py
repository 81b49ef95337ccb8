"""Socket Mode: heard through a websocket, and a quiet one is replaced."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.slack.socket import Socket
from sandbox.faults import Fault
from tests.bot.slackworld import MAYA, World, open_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, by_http=False) as opened:
        yield opened


@asynccontextmanager
async def listening(world: World, **settings: float) -> AsyncIterator[Socket]:
    hearing = Socket(world.app, "xapp-1-sandbox", **settings)  # type: ignore[arg-type] # numbers only, no clock
    task = asyncio.create_task(hearing.run())
    try:
        yield hearing
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(is_so: Callable[[], bool]) -> None:
    for _ in range(300):
        if is_so():
            return
        await asyncio.sleep(0.01)
    pytest.fail("it did not come about within three seconds")


async def test_a_command_is_heard_and_acts_through_the_socket(world: World) -> None:
    ref = await world.request()
    async with listening(world) as hearing:
        await until(hearing.is_alive)
        assert (await world.slack.command(MAYA, f"submit {ref}")).is_acked
        assert await world.phase(ref) == "submitted"


async def test_a_command_delivered_twice_acts_once(world: World) -> None:
    ref = await world.request()
    async with listening(world) as hearing:
        await until(hearing.is_alive)
        await world.slack.command(MAYA, f"submit {ref}")
        world.faults.add(Fault("slack", "command", "duplicate"))
        await world.slack.command(MAYA, f"advance {ref}")
        await world.slack.settled()
        assert [c.status for c in world.record.of("slack", "command")] == [200, 200, 200]
        assert await world.phase(ref) == "carrier_review"


async def test_a_connection_that_goes_quiet_is_replaced(world: World) -> None:
    async with listening(world, quiet_after=0.3, ping_every=30.0) as hearing:
        await until(lambda: hearing.reconnects >= 2)
        await until(hearing.is_alive)


async def test_a_slack_that_is_away_at_the_start_is_tried_again(world: World) -> None:
    world.faults.add(Fault("slack", "apps.connections.open", "502"))
    async with listening(world, ping_every=0.05) as hearing:
        assert not hearing.is_alive()
        await until(hearing.is_alive)
        assert hearing.reconnects >= 2
