"""The forms of cancelling, of a number that leaves and of the snapback, in Slack: filled, previewed, handed in."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.slack.inputs import INPUT, LOOK
from domain.desk.leaving import YES, leaving_of
from domain.desk.quoting import QUOTE
from domain.desk.stopping import KEEP
from domain.desk.way_back import OPEN, standing
from tests.bot.slackworld import MAYA, MOVING, World, open_world
from tests.bot.test_slack_risks import dated, open_form, shown, type_
from tests.waiting import until


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


async def card(world: World, ref: str) -> str:
    """Return the whole card of a request as it is now."""
    await world.show_card(ref)
    return repr(world.slack.posts()[-1].blocks)


async def answers(world: World, ref: str) -> dict[str, tuple[str, ...]]:
    return {name: given.value for name, given in (await world.sheet(ref)).case.answers.items()}


async def moved(world: World) -> str:
    """Return a request that has moved."""
    ref = await world.request(phase="scheduled")
    await type_(world, f"complete {ref}")
    assert await world.phase(ref) == "ported"
    return ref


async def test_the_form_asks_at_what_price_and_shows_what_the_customer_reads(world: World) -> None:
    ref = await world.request(phase="carrier_review")
    form = await open_form(world, ref, "cancel")
    entered = {"fee": {INPUT: "$25"}, "words": {INPUT: "Your line can be dead for a day."}}
    await world.slack.press(MAYA, LOOK, view_id=form.id, values=entered)
    await until(lambda: "charges us" in shown(world))
    assert "Your line can be dead for a day." in shown(world)
    assert await world.phase(ref) == "carrier_review"
    await world.slack.submit(MAYA, form.id, entered)
    assert await world.phase(ref) == "carrier_review"
    assert (await answers(world, ref))[QUOTE] == ("set", "25.00", "Your line can be dead for a day.", MOVING)
    assert any(owed.key == "thread.cancel_quoted" for owed in world.owed)


async def test_a_refusal_of_the_carrier_is_a_tick_with_its_words(world: World) -> None:
    ref = await world.request(phase="carrier_review")
    await type_(world, f"cancel {ref} fee 25")
    form = await open_form(world, ref, "cancel")
    await world.slack.submit(MAYA, form.id, {"told": {INPUT: ["denied"]}, "words": {INPUT: "It is in its last step."}})
    given = await answers(world, ref)
    assert QUOTE not in given
    assert given["cancel_denied"] == ("It is in its last step.", MOVING)


async def test_what_is_not_at_a_carrier_has_no_price_in_its_form(world: World) -> None:
    ref = await world.request()
    await open_form(world, ref, "cancel")
    assert "charges us" not in shown(world)


async def test_after_a_cancellation_the_card_has_the_step_at_the_old_carrier_and_its_button(world: World) -> None:
    ref = await world.request(phase="carrier_review")
    form = await open_form(world, ref, "cancel")
    await world.slack.submit(MAYA, form.id, {})
    assert await world.phase(ref) == "cancelled"
    assert "has still to be told not to disconnect" in await card(world, ref)
    ts = await world.show_card(ref)
    await world.do(MAYA, "cancel", ts)
    assert "was told not to disconnect" in world.said(MAYA)
    assert KEEP not in await answers(world, ref)
    assert "has still to be told" not in await card(world, ref)


async def test_a_dated_one_has_both_what_it_costs_and_what_the_carrier_said(world: World) -> None:
    ref = await dated(world)
    await open_form(world, ref, "cancel")
    for words in ("The carrier has confirmed", "The carrier does not stop it", "if the customer shall decide"):
        assert words in shown(world)


async def test_a_number_that_leaves_has_its_checklist_in_a_form_and_on_the_card(world: World) -> None:
    ref = await moved(world)
    form = await open_form(world, ref, "out")
    first: dict[str, dict[str, Any]] = {
        "to": {INPUT: "Verizon"},
        "who": {INPUT: "Maria Jones, called back"},
        "checks": {INPUT: ["name", "pin"]},
    }
    await world.slack.submit(MAYA, form.id, first)
    assert "asks for it; an answer is due until" in await card(world, ref)
    form = await open_form(world, ref, "out")
    assert "silence counts as yes" in shown(world)
    assert "'initial_value': 'Verizon'" in shown(world)
    values: dict[str, dict[str, Any]] = {**first, "answer": {INPUT: YES}}
    await world.slack.submit(MAYA, form.id, values)
    leaving = leaving_of((await world.sheet(ref)).case)
    assert leaving is not None
    assert (leaving.stands, leaving.ticked) == (YES, ("name", "pin"))
    form = await open_form(world, ref, "out")
    await world.slack.submit(MAYA, form.id, {"checks": first["checks"], "answer": {INPUT: "left"}})
    assert await world.phase(ref) == "returned"
    assert await world.store.board.ours(MOVING) is None
    form = await open_form(world, ref, "out")
    await world.slack.submit(MAYA, form.id, {"off": {INPUT: ["routing", "texting", "billing"]}})
    assert "has left for Verizon" in await card(world, ref)
    assert "• billing" not in await card(world, ref)


async def test_a_snapback_counts_its_hours_on_the_card_and_ends_by_a_tick(world: World) -> None:
    ref = await moved(world)
    form = await open_form(world, ref, "snapback")
    assert "24 hours from the move" in shown(world)
    await world.slack.submit(MAYA, form.id, {"words": {INPUT: "It was another number."}})
    assert standing((await world.sheet(ref)).case) == OPEN
    world.clock.forward(hours=1)
    assert "for 23 h" in await card(world, ref)
    form = await open_form(world, ref, "snapback")
    await world.slack.submit(MAYA, form.id, {"done": {INPUT: ["done"]}})
    assert await world.phase(ref) == "returned"


@pytest.mark.parametrize("verb", ["out", "snapback"])
async def test_neither_has_a_form_before_the_move(world: World, verb: str) -> None:
    ref = await world.request()
    assert "does not fit there" in await type_(world, f"{verb} {ref} to Verizon")


async def test_a_number_of_ours_without_a_request_is_answered_with_the_steps(world: World) -> None:
    ref = await moved(world)
    told = await type_(world, "out 628-421-8899 to Verizon")
    assert "No request fits" in told
    form = await world.slack.command(MAYA, "inventory load")
    assert form.is_acked
    await until(lambda: bool(world.slack.modals(MAYA)))
    await world.slack.submit(MAYA, world.slack.modals(MAYA)[-1].id, {"lines": {"value": "415-555-2671, tracking"}})
    told = await type_(world, "out 415-555-2671")
    assert "inventory free (415) 555-2671" in told
    assert "within 24 hours" in told
    assert ref not in told
