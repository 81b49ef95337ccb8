"""What staff note of the days after a move, in Slack: ticks of what is set up, texting, what works, the end."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.slack.cards import card
from domain.desk.offers import offered, usual
from domain.policy import Policy
from tests.bot.slackworld import BEN, MAYA, World, open_world
from tests.bot.test_slack_risks import dated, type_

POLICY = Policy()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, staff=f"{MAYA},{BEN}") as opened:
        yield opened


async def shown(world: World, ref: str) -> str:
    return repr([block.to_dict() for block in card(await world.sheet(ref), POLICY).blocks])


async def test_what_is_set_up_is_ticked_by_words_and_by_the_form_which_shows_what_is_ticked(world: World) -> None:
    ref = await dated(world)
    assert "dial routing: not yet" in await shown(world, ref)
    told = await type_(world, f"routing {ref} description, dial")
    assert "Still to be set up:" in told
    assert "assigned to an account" in told
    ts = await world.show_card(ref)
    await world.do(MAYA, "routing", ts)
    [form] = world.slack.modals(MAYA)
    assert "'initial_options'" in str(form.blocks)
    await world.slack.submit(MAYA, form.id, {"checks": {"value": ["dial", "account"]}})
    case = (await world.sheet(ref)).case
    assert case.answers["routing"].value == ("dial", "account")
    assert "dial routing: yes" in await shown(world, ref)
    rows = [(row.what, row.detail) for row in (await world.sheet(ref)).history if row.what.startswith("set_")]
    assert rows == [("set_up", "description"), ("set_up", "dial"), ("set_down", "description"), ("set_up", "account")]


async def test_texting_is_noted_by_words_and_by_its_form_and_stands_on_the_card(world: World) -> None:
    ref = await dated(world)
    assert "texting" in offered(await world.sheet(ref), POLICY)
    assert "to be asked for" in await shown(world, ref)
    assert "*asked for*" in await type_(world, f"texting {ref} filed: by the portal")
    assert "asked for, since 2026-11-23" in await shown(world, ref)
    world.clock.forward(days=5)
    assert "should work by now" in await shown(world, ref)
    await world.do(MAYA, "texting", await world.show_card(ref))
    [form] = world.slack.modals(MAYA)
    await world.slack.submit(MAYA, form.id, {"state": {"value": "trouble"}, "words": {"value": "no messaging profile"}})
    assert "in trouble" in await shown(world, ref)
    [post] = [owed for owed in world.owed if owed.key == "thread.texting_why"][-1:]
    await world.send(post)
    assert "no messaging profile" in world.slack.posts()[-1].text
    assert not [owed for owed in world.owed if owed.kind in ("say", "mail")]


async def test_before_a_day_is_set_texting_is_no_task_yet(world: World) -> None:
    ref = await world.request(phase="submitted")
    assert "texting" not in offered(await world.sheet(ref), POLICY)
    assert "is asked for from the day on that is set" in await type_(world, f"texting {ref} filed")


async def test_who_wants_no_texts_has_none_on_the_card(world: World) -> None:
    ref = await world.request(phase="scheduled", facts={"texting": ("no",)})
    assert "texting" not in offered(await world.sheet(ref), POLICY)
    assert "to be asked for" not in await shown(world, ref)
    assert "text routing" not in await shown(world, ref)


async def test_what_has_moved_offers_what_works_and_the_end_and_lists_it_on_the_card(world: World) -> None:
    ref = await world.request(phase="ported", facts={"trial": ("+16284218832",), "texting": ("yes",)})
    sheet = await world.sheet(ref)
    assert {"works", "close", "texting"} <= set(offered(sheet, POLICY))
    assert usual(sheet, POLICY)[:2] == ("works", "texting")
    text = await shown(world, ref)
    assert "Calls in: pending until the first call" in text
    assert "Old service kept until" in text
    assert "Calls out" in await type_(world, f"works {ref} calls out")
    assert "Calls out: works" in await shown(world, ref)
    await world.do(MAYA, "close", await world.show_card(ref))
    [form] = world.slack.modals(MAYA)
    await world.slack.submit(MAYA, form.id, {"words": {"value": "tried together on the phone"}})
    [due] = [due for due in await world.store.due(world.clock() + timedelta(days=1), 50) if due.rule == "keep"]
    assert due.at == world.clock() + POLICY.undo


async def test_a_customer_for_whom_it_does_not_work_is_urgent_on_the_card_in_home_and_in_lists(world: World) -> None:
    facts: dict[str, tuple[str, ...]] = {"trial": ("+16284218832",), "trial_in": ("no +16284218832",)}
    ref = await world.request(phase="ported", facts=facts)
    assert "*Urgent:* Something does not work" in await shown(world, ref)
    assert ref in await type_(world, "list urgent")
    await type_(world, f"works {ref} calls in")
    assert "*Urgent:*" not in await shown(world, ref)
    assert ref not in await type_(world, "list urgent")
