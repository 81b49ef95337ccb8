"""The transfer PIN on a request's card: until when it is good, and what became of it; never what it is."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.slack.cards import card
from domain.policy import Policy
from tests.bot.slackworld import MAYA, World, open_world
from tests.bot.test_roles import type_
from tests.bot.test_slack_facts import pass_time


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


async def shown(world: World, ref: str) -> str:
    return repr([block.to_dict() for block in card(await world.sheet(ref), Policy()).blocks])


async def test_the_card_counts_down_to_the_end_of_a_pin_and_says_when_it_is_too_old(world: World) -> None:
    ref = await world.request()
    assert "here, good until Mon 2026-11-30" in await shown(world, ref)
    assert "7 days left" in await shown(world, ref)
    assert "PIN good until <!date^" in await shown(world, ref)
    world.clock.forward(days=7)
    assert "too old; a new one is asked for when you submit" in await shown(world, ref)
    told = await type_(world, MAYA, f"submit {ref} 88123")
    assert "is too old by now, and is destroyed" in told
    assert await world.phase(ref) == "staff_review"


async def test_the_card_says_when_the_customer_fetches_a_pin(world: World) -> None:
    ref = await world.request(pin="later")
    await type_(world, MAYA, f"submit {ref} 88123")
    await pass_time(world, seconds=61)
    await world.customer("text", "tomorrow at 10")
    assert "the customer fetches it on Tue 2026-11-24 10:00" in await shown(world, ref)
    told = await type_(world, MAYA, f"submit {ref} 88123")
    assert "the customer fetches the transfer PIN at Tue 2026-11-24 10:00, and I ask for it then" in told


async def test_a_pin_that_was_used_says_so(world: World) -> None:
    ref = await world.request(phase="carrier_review")
    await type_(world, MAYA, f"advance {ref}")
    await pass_time(world, seconds=61)
    assert "used and destroyed" in await shown(world, ref)
