"""What an undo puts back, step by step, and how timeline, figures and second people tell of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.desk.risks import SURE
from tests.bot.slackworld import BEN, MAYA, World, open_world
from tests.bot.test_roles import answered, confirm, scheduled, type_, with_eyes
from tests.bot.test_slack_facts import pass_time, said_to_customer, told_request


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    policy = with_eyes("cancel_late", "export")
    async with open_world(tmp_path, staff=f"{MAYA},{BEN}", policy=policy) as opened:
        yield opened


async def number_of(world: World, ref: str) -> str | None:
    order = (await world.sheet(ref)).case.order
    assert order is not None
    return order.carrier_order


async def timeline(world: World, ref: str) -> str:
    """Return the whole timeline of a request."""
    await type_(world, MAYA, f"show {ref} timeline")
    return repr(world.slack.ephemerals(MAYA)[-1].blocks)


async def test_each_order_number_is_taken_back_in_turn_and_the_one_that_stands_is_named(world: World) -> None:
    ref = await told_request(world)
    for number in ("5001", "5002", "5003"):
        await type_(world, MAYA, f"submit {ref} {number}")
    said = await type_(world, MAYA, f"undo {ref}")
    assert "“submit” is taken back. It is again: Submitted, order number 5002." in said
    assert "*Mark submitted*: *Undo* once more takes that back too" in said
    assert "Submitted, order number 5001." in await type_(world, MAYA, f"undo {ref}")
    assert await number_of(world, ref) == "5001"
    said = await type_(world, MAYA, f"undo {ref}")
    assert "It is again: Desk review." in said
    assert "once more" not in said
    assert "nothing to take back" in await type_(world, MAYA, f"undo {ref}")
    await pass_time(world, seconds=61)
    assert said_to_customer(world) == []


async def test_each_date_is_taken_back_in_turn(world: World) -> None:
    ref = await scheduled(world)
    await pass_time(world, seconds=61)
    for day in ("2026-12-09", "2026-12-10"):
        await type_(world, MAYA, f"date {ref} {day}")
    assert "It moves again on Wed 2026-12-09." in await type_(world, MAYA, f"undo {ref}")
    said = await type_(world, MAYA, f"undo {ref}")
    assert "It moves again on Tue 2026-12-08." in said
    assert "once more" not in said  # the customer knows of that day
    assert "has been told" in await type_(world, MAYA, f"undo {ref}")


async def test_what_stands_again_can_be_taken_back_until_the_customer_is_told_of_it(world: World) -> None:
    ref = await world.request()
    await type_(world, MAYA, f"submit {ref} 5001")
    await pass_time(world, seconds=50)
    await type_(world, MAYA, f"submit {ref} 5002")
    await pass_time(world, seconds=50)
    await type_(world, MAYA, f"undo {ref}")
    await pass_time(world, seconds=50)
    assert said_to_customer(world) == []
    assert "Desk review" in await type_(world, MAYA, f"undo {ref}")


async def test_the_same_order_number_again_changes_nothing_and_leaves_undo_as_it_was(world: World) -> None:
    ref = await world.request()
    await type_(world, MAYA, f"submit {ref} 4711")
    version = (await world.sheet(ref)).case.request.version
    assert "is 4711 already. Nothing was changed" in await type_(world, MAYA, f"submit {ref} 4711")
    assert (await world.sheet(ref)).case.request.version == version
    assert "It is again: Desk review" in await type_(world, MAYA, f"undo {ref}")


async def test_a_timeline_knows_an_undone_order_number_from_an_undone_submission(world: World) -> None:
    ref = await world.request()
    await type_(world, MAYA, f"submit {ref} 5001")
    await type_(world, MAYA, f"submit {ref} 5002")
    await type_(world, MAYA, f"undo {ref}")
    told = await timeline(world, ref)
    assert told.count("so far") == 1
    assert "*Submitted* since" in told
    assert "Order number changed" in told


async def test_a_timeline_tells_a_step_of_several_numbers_once(world: World) -> None:
    ref = await world.request(numbers=("+16284218832", "+16284218833"))
    await type_(world, MAYA, f"submit {ref} 5001")
    assert (await timeline(world, ref)).count("Desk review → Submitted") == 1


async def test_figures_count_joined_reasons_one_by_one_and_only_what_stands(world: World) -> None:
    ref, other = await world.request(), await world.request(chat=2, numbers=("+14154218899",))
    await type_(world, MAYA, f"submit {ref} 5001")
    await type_(world, MAYA, f"submit {ref} 5002")
    await type_(world, MAYA, f"undo {ref}")
    await type_(world, MAYA, f"submit {other} 6001")
    await type_(world, MAYA, f"reject {ref} account number")
    world.clock.forward(seconds=1)
    await type_(world, MAYA, f"reject {ref} wrong pin, name")
    told = await type_(world, MAYA, "stats")
    assert "wrong transfer PIN: 1" in told
    assert "name does not match: 1" in told
    assert "account number: 1" not in told
    assert "submit 2" in told
    assert "reject 1" in told
    await type_(world, MAYA, f"undo {ref}")
    told = await type_(world, MAYA, "stats")
    assert "does not match" not in told
    assert "reject" not in told
    assert (await timeline(world, ref)).count("so far") == 1


async def test_two_rejections_are_told_apart_each_list_whole(world: World) -> None:
    ref = await world.request()
    await type_(world, MAYA, f"submit {ref} 5001")
    await type_(world, MAYA, f"reject {ref} wrong pin, name")
    async with answered(world, BEN):
        await world.slack.command(BEN, f"reject {ref} name, address")
    lines = world.said(BEN).split("\n")
    assert "They: name does not match, wrong transfer PIN" in lines
    assert "You: name does not match, address does not match" in lines


async def test_who_confirms_an_export_reads_to_whom_the_file_goes(world: World) -> None:
    await world.request()
    await type_(world, MAYA, "export")
    assert f"The file is on its way to <@{MAYA}>" in await confirm(world, BEN)


async def test_a_timeline_names_who_confirmed_and_whose_wish_it_was(world: World) -> None:
    ref = await scheduled(world)
    await type_(world, MAYA, f"cancel {ref}")
    assert "is cancelled" in await confirm(world, BEN)
    assert f"Confirmed by a second person · <@{BEN}> · cancel with a date, as <@{MAYA}> had asked for" in (
        await timeline(world, ref)
    )


async def test_a_wish_that_could_not_be_done_is_over_and_its_asker_is_told(world: World) -> None:
    ref = await scheduled(world)
    await type_(world, MAYA, f"cancel {ref}")
    await type_(world, BEN, f"complete {ref}")
    await confirm(world, BEN)
    told = next(owed for owed in world.owed if owed.kind == "whisper" and owed.address == MAYA)
    await world.send(told)
    assert f"<@{BEN}> wanted to confirm what you asked for, to cancel {ref}" in world.said(MAYA)
    await type_(world, BEN, f"undo {ref}")
    assert "can be confirmed no more" in await confirm(world, BEN)
    assert SURE not in repr(world.slack.ephemerals(BEN)[-1].blocks)
    assert await world.phase(ref) == "scheduled"
