"""A move whose day has passed, in Slack: on its card, in Home, in lists and the digest; and forms that say so first."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.slack.inputs import INPUT
from tests.bot.slackworld import BEN, MAYA, World, open_world
from tests.bot.test_slack_home import opened, pressed, shown
from tests.bot.test_slack_risks import confirm, dated, open_form, type_

DAY = "Tue 2026-12-01"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, staff=f"{MAYA},{BEN}") as opened:
        yield opened


async def late(world: World) -> str:
    """Return a request whose day has passed two days ago."""
    ref = await dated(world)
    world.clock.forward(days=10)
    return ref


async def test_a_move_whose_day_has_passed_is_late_wherever_staff_look(world: World) -> None:
    ref = await late(world)
    ts = await world.show_card(ref)
    [card] = [post for post in world.slack.posts() if post.ts == ts]
    assert f"*Overdue:* the day, {DAY}, has passed. Is it moved?" in repr(card.blocks)
    assert "Urgent: 1" in shown(await opened(world))
    assert f"{ref}* :rotating_light: *urgent*" in shown(await pressed(world, "section.urgent"))
    for words in ("list late", "list overdue", "list urgent", "find is:overdue"):
        assert f"{ref}* :rotating_light: *urgent*" in await type_(world, words)
    digest = await type_(world, "digest")
    assert f"Overdue, their day has passed: {ref}\n" in digest
    assert digest.index("Overdue") < digest.index("Numbers that move today")
    await type_(world, f"complete {ref}")
    assert ref not in await type_(world, "list late")
    assert "Urgent: 0" in shown(await opened(world))


async def test_before_its_day_is_over_a_move_is_not_late(world: World) -> None:
    ref = await dated(world)
    assert ref not in await type_(world, "list late")
    assert "Overdue, their day has passed: —" in await type_(world, "digest")
    assert "Urgent: 0" in shown(await opened(world))


async def test_the_cancel_form_after_the_day_warns_and_promises_nothing(world: World) -> None:
    ref = await late(world)
    form = await open_form(world, ref, "cancel")
    said = repr(world.slack.modals(MAYA)[-1].blocks)
    assert "the number has probably moved already" in said
    assert "stays with your present company" not in said
    await world.slack.submit(MAYA, form.id, {"told": {INPUT: ["told"]}})
    assert await world.phase(ref) == "scheduled"


async def test_a_cancellation_after_the_day_is_asked_about_with_that_it_has_probably_moved(world: World) -> None:
    ref = await late(world)
    assert "probably moved already" in await type_(world, f"cancel {ref} stopped")
    assert await world.phase(ref) == "scheduled"


async def test_what_is_moving_now_has_the_button_that_its_card_speaks_of(world: World) -> None:
    ref = await world.request(phase="activating", facts={"flags": ("wants_cancel",)})
    form = await open_form(world, ref, "cancel")
    assert "probably moved already" in repr(world.slack.modals(MAYA)[-1].blocks)
    await world.slack.submit(MAYA, form.id)
    assert await world.phase(ref) == "activating"
    assert "carrier has confirmed that it stopped it" in await type_(world, f"cancel {ref} stopped")
    await confirm(world)
    assert await world.phase(ref) == "cancelled"


async def test_the_submit_form_says_what_is_missing_before_an_order_number_is_typed(world: World) -> None:
    ref = await world.request()
    ts = await world.show_card(ref)  # which goes on showing the button
    await type_(world, f"ask {ref} name: the bill says Maria J.")
    await world.do(MAYA, "submit", ts)
    async with asyncio.timeout(5):
        while "does not fit there" not in repr(world.slack.modals(MAYA)[-1].blocks):  # noqa: ASYNC110 # by the screen only
            await asyncio.sleep(0.01)
    said = repr(world.slack.modals(MAYA)[-1].blocks)
    assert "(missing from the customer: Name on the bill" in said
    assert "Order number" not in said


async def test_what_is_stale_is_the_same_in_home_lists_and_digest(world: World) -> None:
    ref = await world.request()
    rests = await world.request(chat=2, numbers=("+16284218855",))
    draft = await world.request(chat=3, numbers=("+16284218856",), phase="intake", facts={"flags": ("wants_person",)})
    await type_(world, f"snooze {rests} 2w")
    world.clock.forward(days=4)
    assert "Stale: 1" in shown(await opened(world))
    listed, digest = await type_(world, "list stale"), await type_(world, "digest")
    found = await type_(world, "find is:stale")
    assert f"No change for days: {ref}\n" in digest
    for text in (listed, found):
        assert ref in text
        assert draft not in text
        assert rests not in text
