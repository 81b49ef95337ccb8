"""What staff type is said again without the secrets in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.readers.secrets import mask_given
from tests.bot.slackworld import CANARY_PIN, MAYA, World, open_world
from tests.bot.test_slack_desk import type_


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("wish", ["list", "stats", "find", "date {ref}", "assign {ref}", "rply {ref}", "carrier"])
async def test_no_answer_says_a_pin_again(world: World, wish: str) -> None:
    ref = await world.request()
    await type_(world, f"{wish.format(ref=ref)} their pin is {CANARY_PIN}")
    assert CANARY_PIN not in repr(world.slack.ephemerals(MAYA))


async def test_nobody_is_introduced_to_a_customer_by_a_pin(world: World) -> None:
    ref = await world.request()
    assert "Nothing was done" in await type_(world, f"takeover {ref} their pin is {CANARY_PIN}")
    assert not [owed for owed in world.owed if owed.kind == "say"]


@pytest.mark.parametrize("said", ["415-421-8832", "8832", "88123", "Jones", "P-7KQ2M", "742 Market St", "VZ-77123"])
def test_what_is_looked_for_stays_as_it_is(said: str) -> None:
    assert mask_given(said) == said
