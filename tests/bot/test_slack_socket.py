"""Socket Mode: heard through a websocket, and a quiet one is replaced."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.faults import Fault
from tests.bot.slackdoors import Door, hearing
from tests.bot.slackworld import MAYA, World, open_world
from tests.waiting import until


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, door=Door.UNATTENDED) as opened:
        yield opened


async def test_a_command_is_heard_and_acts_through_the_socket(world: World) -> None:
    ref = await world.request()
    async with hearing(world.app) as socket:
        await until(socket.is_alive)
        assert (await world.slack.command(MAYA, f"submit {ref} 88123")).is_acked
        assert await world.phase(ref) == "submitted"


async def test_a_command_delivered_twice_acts_once(world: World) -> None:
    ref = await world.request()
    async with hearing(world.app) as socket:
        await until(socket.is_alive)
        await world.slack.command(MAYA, f"submit {ref} 88123")
        world.faults.add(Fault("slack", "command", "duplicate"))
        await world.slack.command(MAYA, f"advance {ref}")
        await world.slack.settled()
        assert [c.status for c in world.record.of("slack", "command")] == [200, 200, 200]
        assert await world.phase(ref) == "carrier_review"


async def test_a_connection_that_goes_quiet_is_replaced(world: World) -> None:
    async with hearing(world.app, quiet_after=0.3, ping_every=30.0) as socket:
        await until(lambda: socket.reconnects >= 2)
        await until(socket.is_alive)


async def test_a_slack_that_is_away_at_the_start_is_tried_again(world: World) -> None:
    world.faults.add(Fault("slack", "apps.connections.open", "502"))
    async with hearing(world.app, ping_every=0.05) as socket:
        assert not socket.is_alive()
        await until(socket.is_alive)
        assert socket.reconnects >= 2
