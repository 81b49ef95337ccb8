"""Orders of one request at the desk: split by a form, each submitted and dated by itself, seen on card and lists."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.slack.cards import card
from bot.slack.inputs import INPUT
from domain.desk.stopping import KEEP
from domain.intake.texts import notes_of
from domain.intake.trial import still_to_verify
from domain.policy import Policy
from tests.bot.slackworld import MAYA, World, open_world
from tests.bot.test_roles import answered, type_
from tests.bot.test_slack_facts import pass_time, said_to_customer
from tests.bot.test_slack_risks import filled, open_form, shown
from tests.waiting import until

THREE = ("+14154218832", "+14154218833", "+14154218834")
LAST = "4154218834"
PATIENCE = 30  # seconds


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


async def split(world: World) -> str:
    """Return a request of which the last number travels apart."""
    ref = await world.request(numbers=THREE)
    form = await open_form(world, ref, "split")
    await world.slack.submit(MAYA, form.id, {"which": {INPUT: [LAST]}, "words": {INPUT: "another rate center"}})
    assert not world.slack.modals(MAYA)
    return ref


async def places(world: World, ref: str) -> list[tuple[str, str | None]]:
    """Return phase and order number of each number."""
    case = (await world.sheet(ref)).case
    orders = {order.id: order.carrier_order for order in case.orders}
    return [(number.phase, orders[number.order_id]) for number in case.numbers]


async def test_a_form_splits_a_request_and_shows_what_the_customer_will_read(world: World) -> None:
    ref = await world.request(numbers=THREE)
    form = await open_form(world, ref, "split")
    await world.slack.press(MAYA, INPUT, view_id=form.id, value=[LAST])
    assert "Order 2: (415) 421-8834" in shown(world)
    assert "Your numbers" not in shown(world)
    await world.slack.submit(MAYA, form.id, {"which": {INPUT: [LAST]}, "words": {INPUT: "another rate center"}})
    assert len((await world.sheet(ref)).case.orders) == 2
    await pass_time(world, seconds=61)
    told, *_ = said_to_customer(world)
    assert told.startswith("notice.split")


async def test_each_order_goes_out_under_its_own_number_and_is_dated_by_itself(world: World) -> None:
    ref = await split(world)
    assert "several orders" in await type_(world, MAYA, f"submit {ref} 5001")
    await type_(world, MAYA, f"submit {ref} #1 5001")
    form = await open_form(world, ref, "submit")
    assert "#1" not in shown(world).partition("Leave it empty")[0]  # it went out already
    await world.slack.submit(MAYA, form.id, {"which": {INPUT: [LAST]}, "order": {INPUT: "5002"}})
    assert await places(world, ref) == [("submitted", "5001"), ("submitted", "5001"), ("submitted", "5002")]
    for _ in range(2):
        await type_(world, MAYA, f"advance {ref} 415-421-8834")
    await type_(world, MAYA, f"date {ref} #2 2026-12-08")
    assert [phase for phase, _ in await places(world, ref)] == ["submitted", "submitted", "scheduled"]
    assert ref in await type_(world, MAYA, "find 5002")
    assert "Date set: 1 of 3, Submitted: 2" in await type_(world, MAYA, "list")


async def test_a_card_shows_the_orders_and_its_button_asks_which_numbers_go_on(world: World) -> None:
    ref = await split(world)
    await type_(world, MAYA, f"submit {ref} #1 5001")
    card = await world.show_card(ref)
    [blocks] = [repr(post.blocks) for post in world.slack.posts("C0DESK") if post.ts == card]
    assert "*Order #1* · 5001" in blocks
    assert "*Order #2* · no order number yet" in blocks
    assert "Submitted: 2 of 3, Desk review: 1" in blocks
    assert "Next step for some…" in blocks
    await world.do(MAYA, "advance", card)
    form = await filled(world, ref)
    assert f"'value': '{LAST}'" not in shown(world)  # it is not out yet
    await world.slack.submit(MAYA, form.id, {"which": {INPUT: ["4154218832"]}})
    assert [phase for phase, _ in await places(world, ref)] == ["carrier_review", "submitted", "staff_review"]


async def test_a_number_named_behind_its_request_is_not_the_whole_request(world: World) -> None:
    """A finding while building: both names meant the same request, and all of it went on."""
    ref = await world.request(numbers=THREE)
    await type_(world, MAYA, f"submit {ref} 5001")
    said = await type_(world, MAYA, f"advance {ref} 415-421-8833")
    assert "For (415) 421-8833 alone" in said
    assert [phase for phase, _ in await places(world, ref)] == ["submitted", "carrier_review", "submitted"]
    await type_(world, MAYA, f"undo {ref}")
    assert [phase for phase, _ in await places(world, ref)] == ["submitted"] * 3


async def moved(world: World) -> str:
    """Return a request whose three numbers have moved, its customer told of it."""
    ref = await world.request(numbers=THREE)
    for step in ("submit {} 5001", "advance {}", "advance {}", "date {} 2026-12-01", "complete {}"):
        await type_(world, MAYA, step.format(ref))
        await pass_time(world, seconds=61)
    return ref


async def test_what_works_and_how_texts_stand_is_noted_of_chosen_numbers_by_form_and_by_words(world: World) -> None:
    ref = await moved(world)
    form = await open_form(world, ref, "works")
    await world.slack.submit(MAYA, form.id, {"which": {INPUT: [LAST]}, "checks": {INPUT: ["trial_in", "trial_out"]}})
    case = (await world.sheet(ref)).case
    assert still_to_verify(case, "trial_in") == THREE[:2]
    form = await open_form(world, ref, "texting")
    await until(lambda: "'block_id': 'which'" in shown(world))
    await world.slack.submit(MAYA, form.id, {"which": {INPUT: [LAST]}, "state": {INPUT: "filed"}})
    assert "For (415) 421-8833 alone" in await type_(world, MAYA, f"texting {ref} 8833 working")
    notes = notes_of((await world.sheet(ref)).case)
    assert {e164: note.state for e164, note in notes.items()} == {THREE[2]: "filed", THREE[1]: "working"}
    blocks = repr([block.to_dict() for block in card((await world.sheet(ref)), Policy()).blocks])
    assert "(415) 421-8834: asked for, since" in blocks
    assert "(415) 421-8832: to be asked for" in blocks
    assert "Calls in ((415) 421-8832, (415) 421-8833): pending until the first call" in blocks
    form = await open_form(world, ref, "close")
    await world.slack.submit(MAYA, form.id, {"which": {INPUT: [LAST]}, "words": {INPUT: "tried together"}})
    await pass_time(world, seconds=61)
    assert [phase for phase, _ in await places(world, ref)] == ["ported", "ported", "closed"]


async def test_a_verb_with_nothing_but_an_order_behind_it_opens_its_form_for_that_order(world: World) -> None:
    ref = await split(world)
    for place in ("#1", "#2"):
        await type_(world, MAYA, f"submit {ref} {place} 50{place[1]}")
    async with asyncio.timeout(PATIENCE):
        while [phase for phase, _ in await places(world, ref)] != ["submitted"] * 3:  # noqa: ASYNC110 # a busy desk
            await asyncio.sleep(0.02)
    await world.slack.command(MAYA, f"reject {ref} #2")
    form = await filled(world, ref)
    [which] = [block["element"] for block in form.blocks if block.get("block_id") == "which"]
    assert [each["value"] for each in which["initial_options"]] == [LAST]
    await world.slack.submit(MAYA, form.id, {"reason": {INPUT: ["PIN_INVALID"]}})
    assert [phase for phase, _ in await places(world, ref)] == ["submitted", "submitted", "rejected"]


async def test_digits_that_are_of_no_number_are_refused_with_those_there_are_and_an_example(world: World) -> None:
    ref = await world.request(numbers=THREE)
    for said in (f"cancel {ref} 8832 4444", f"date {ref} 4444 12/20", f"end {ref} 4444 failed"):
        told = await type_(world, MAYA, said)
        assert "4444 is no number of" in told
        assert "(415) 421-8832, (415) 421-8833, (415) 421-8834" in told
        assert f"/port {said.partition(' ')[0]} {ref} 8832" in told


async def test_where_one_of_several_was_cancelled_a_button_notes_that_its_old_service_is_kept(world: World) -> None:
    ref = await world.request(numbers=THREE)
    await type_(world, MAYA, f"submit {ref} 5001")
    await type_(world, MAYA, f"cancel {ref} 8834")
    [post] = [owed for owed in world.owed if owed.key.endswith("thread.cancel_at_carrier")]
    assert [choice.label for row in post.buttons for choice in row] == ["staff.button.cancel_kept"]
    ts = await world.show_card(ref)
    [blocks] = [message.blocks for message in world.slack.posts("C0DESK") if message.ts == ts]
    [menu] = [each for block in blocks for each in block.get("elements", ()) if each.get("action_id") == "menu"]
    [kept] = [each["value"] for each in menu["options"] if " kept " in each["value"]]
    async with answered(world, MAYA):
        await world.slack.press(MAYA, "menu", message_ts=ts, value=kept)
    assert KEEP not in (await world.sheet(ref)).case.answers
    assert [phase for phase, _ in await places(world, ref)] == ["submitted", "submitted", "cancelled"]


async def test_a_form_for_an_order_to_which_its_verb_is_not_open_is_refused_and_not_for_all(world: World) -> None:
    ref = await split(world)
    await type_(world, MAYA, f"submit {ref} #1 5001")
    await world.slack.command(MAYA, f"reject {ref} #2")
    await until(lambda: "does not fit there" in shown(world))
