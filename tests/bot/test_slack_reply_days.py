"""A reply that states a day is refused while that day can be taken back: by command, by form, and between looks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.slackworld import MAYA, World, open_world

DAY = "2026-12-08"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, staff=MAYA) as opened:
        yield opened


async def dated(world: World) -> str:
    """Return a request that was given its day just now."""
    ref = await world.request()
    for step in (f"submit {ref} 88123", f"advance {ref}", f"advance {ref}"):
        await type_(world, step)
    world.clock.forward(minutes=5)
    assert "Tue 2026-12-08" in await type_(world, f"date {ref} {DAY}")
    return ref


async def type_(world: World, words: str) -> str:
    return str((await world.slack.command(MAYA, words)).body["text"])


def sent(world: World) -> list[str]:
    return [owed.params["text"] for owed in world.owed if owed.key == "reply.text"]


@pytest.mark.parametrize("words", ["#date", f"It moves on {DAY}."])
async def test_a_typed_reply_states_a_new_day_only_once_it_stands(world: World, words: str) -> None:
    ref = await dated(world)
    said = await type_(world, f"reply {ref} {words}")
    assert "can be taken back until 09:06:00" in said
    assert sent(world) == []
    world.clock.forward(seconds=60)
    assert "on their way" in await type_(world, f"reply {ref} {words}")
    assert DAY in sent(world)[0]


async def test_a_reply_of_something_else_or_of_a_day_that_stood_before_goes_at_once(world: World) -> None:
    ref = await dated(world)
    assert "on their way" in await type_(world, f"reply {ref} #received")
    assert "on their way" in await type_(world, f"reply {ref} We wrote to Verizon on 2026-11-20.")
    world.clock.forward(minutes=5)
    await type_(world, f"take {ref}")
    await type_(world, f"advance {ref}")
    assert "on their way" in await type_(world, f"reply {ref} #date")


async def test_a_day_that_was_taken_back_is_in_no_reply(world: World) -> None:
    ref = await dated(world)
    await type_(world, f"undo {ref}")
    assert "needs the date" in await type_(world, f"reply {ref} #date")
    assert sent(world) == []


async def test_the_last_look_says_that_the_day_is_new_and_so_does_the_sending(world: World) -> None:
    ref = await dated(world)
    ts = await world.show_card(ref)
    await world.do(MAYA, "reply", ts)
    words = {"words": {"value": f"It moves on {DAY}."}}
    await world.slack.submit(MAYA, world.slack.modals(MAYA)[-1].id, words)
    [form] = world.slack.modals(MAYA)
    assert "can be taken back until" in form.errors["words"]
    world.clock.forward(minutes=2)
    await world.slack.submit(MAYA, form.id, words)
    look = world.slack.modals(MAYA)[-1]
    assert DAY in repr(look.blocks)
    await type_(world, f"date {ref} 2026-12-09")
    await type_(world, f"undo {ref}")
    await type_(world, f"date {ref} 2026-12-10")
    world.clock.forward(minutes=2)
    await type_(world, f"date {ref} {DAY}")  # new once more, after it was looked at
    await world.slack.submit(MAYA, look.id)
    assert "can be taken back until" in repr(world.slack.modals(MAYA)[-1].blocks)
    assert sent(world) == []
