"""What a form says at its fields and of colleagues: in a form's words, and before anything is sent."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.slack.inputs import INPUT
from tests.bot.slackworld import BEN, MAYA, World, open_world
from tests.bot.test_slack_risks import open_form, shown, type_
from tests.waiting import until


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, staff=f"{MAYA},{BEN}") as opened:
        yield opened


async def test_an_order_number_that_is_needed_after_all_is_asked_for_in_a_forms_words(world: World) -> None:
    ref = await world.request(pin="later")
    form = await open_form(world, ref, "submit")
    assert "needed where the carrier uses none" in shown(world)
    await world.slack.submit(MAYA, form.id, {"pin": {INPUT: ["none"]}})
    error = world.slack.modals(MAYA)[-1].errors["order"]
    assert "/port" not in error
    assert "order number here" in error
    await world.slack.submit(MAYA, form.id, {"order": {INPUT: "PIN 482913"}, "pin": {INPUT: ["none"]}})
    assert "holds a PIN" in world.slack.modals(MAYA)[-1].errors["order"]
    assert await world.phase(ref) == "staff_review"


async def test_an_empty_reply_is_refused_in_a_forms_words_and_says_who_else_is_there(world: World) -> None:
    ref = await world.request()
    ts = await world.show_card(ref)
    await type_(world, f"takeover {ref} Ben", BEN)
    await world.do(MAYA, "reply", ts)
    await until(lambda: f"<@{BEN}> answers this customer in person" in shown(world))
    [form] = world.slack.modals(MAYA)
    await world.slack.submit(MAYA, form.id)
    assert "/port" not in repr(world.slack.modals(MAYA)[-1].errors)
    assert "write here" in repr(world.slack.modals(MAYA)[-1].errors)
