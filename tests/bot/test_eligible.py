"""What the policy wants checked of a customer's account, ticked in Slack before a request can be submitted."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.slack.cards import card
from domain.desk import staff
from domain.desk.offers import offered
from domain.desk.state import OfRef
from domain.orders.phases import AT_CARRIER
from domain.policy import Policy
from tests.bot.slackworld import GWEN, MAYA, World, open_world
from tests.bot.test_slack_desk import type_

STRICT = replace(Policy(), good_standing=True, payment_card=True)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_strict(tmp_path) as opened:
        yield opened


def open_strict(folder: Path) -> AbstractAsyncContextManager[World]:
    return open_world(folder, policy=STRICT)


async def history(world: World, ref: str) -> list[tuple[str, str, str]]:
    rows = (await world.sheet(ref)).history
    return [(row.actor, row.what, row.detail) for row in rows if row.what in ("ticked", "unticked")]


async def test_a_submission_waits_for_what_is_not_ticked_and_names_it(world: World) -> None:
    ref = await world.request()
    told = await type_(world, f"submit {ref} 88123")
    assert "account in good standing" in told
    assert "payment card on file" in told
    assert "not on trial" not in told
    told = await type_(world, f"eligible {ref} good standing")
    assert "Still needed before it is submitted: payment card on file" in told
    assert "account in good standing" not in await type_(world, f"submit {ref} 88123")
    assert await world.phase(ref) == "staff_review"
    assert "submitted: nothing" in await type_(world, f"eligible {ref} card, not on trial")
    await type_(world, f"submit {ref} 88123")
    assert await world.phase(ref) in AT_CARRIER
    who = f"staff:{MAYA}"
    assert await history(world, ref) == [
        (who, "ticked", "good_standing"), (who, "ticked", "payment_card"), (who, "ticked", "not_on_trial"),
    ]  # fmt: skip


async def test_ticks_are_made_and_taken_away_by_the_form_of_the_card(world: World) -> None:
    ref = await world.request()
    await type_(world, f"eligible {ref} good standing")
    ts = await world.show_card(ref)
    assert "account in good standing: yes" in str(world.slack.posts()[-1].blocks)
    assert "payment card on file: not ticked yet" in str(world.slack.posts()[-1].blocks)
    await world.do(MAYA, "eligible", ts)
    [view] = world.slack.modals(MAYA)
    assert "'initial_options'" in str(view.blocks)
    await world.slack.submit(MAYA, view.id, {"checks": {"value": ["payment_card"]}})
    assert [(what, detail) for _, what, detail in await history(world, ref)][1:] == [
        ("unticked", "good_standing"), ("ticked", "payment_card"),
    ]  # fmt: skip
    [post] = [owed for owed in world.owed if owed.key == "thread.eligible"][-1:]
    await world.send(post)
    assert f"<@{MAYA}> checked the customer's account" in world.slack.posts()[-1].text


async def test_none_takes_every_tick_away_and_nothing_is_told_to_the_customer(world: World) -> None:
    ref = await world.request()
    await type_(world, f"eligible {ref} good standing, card")
    assert "Ticked: nothing" in await type_(world, f"eligible {ref} none")
    assert not [owed for owed in world.owed if owed.kind in ("say", "status", "mail")]


@pytest.mark.parametrize(
    "words", ["rich", "good looking", "and", "not in good standing", "on trial", "trial", "card not good"]
)
async def test_what_is_no_check_is_answered_with_those_there_are(world: World, words: str) -> None:
    ref = await world.request()
    assert "good standing, card, not on trial" in await type_(world, f"eligible {ref} {words}")
    assert await history(world, ref) == []


async def test_ticks_take_nothing_away_from_undo_and_are_not_undone_by_it(world: World) -> None:
    ref = await world.request()
    await type_(world, f"ask {ref} name")
    await type_(world, f"eligible {ref} card")
    assert "took" in (await type_(world, f"undo {ref}")).lower() or await world.phase(ref) == "staff_review"
    assert await world.phase(ref) == "staff_review"
    assert (await world.sheet(ref)).case.answers["eligible"].value == ("payment_card",)
    assert "Nothing" in await type_(world, f"undo {ref}") or len(await history(world, ref)) == 1


async def test_what_is_over_is_not_checked_any_more(world: World) -> None:
    ref = await world.request()
    await world.do(MAYA, "cancel", await world.show_card(ref))
    [view] = world.slack.modals(MAYA)
    await world.slack.submit(MAYA, view.id, {})
    assert "nothing to tick any more" in await type_(world, f"eligible {ref} card")


async def test_only_staff_tick(world: World) -> None:
    ref = await world.request()
    assert "porting desk's staff" in await type_(world, f"eligible {ref} card", GWEN)
    assert await history(world, ref) == []


async def test_a_policy_that_asks_for_nothing_shows_no_button_and_holds_nothing_back(world: World) -> None:
    ref = await world.request()
    sheet = await world.sheet(ref)
    assert "eligible" in offered(sheet, STRICT)
    assert "eligible" not in offered(sheet, Policy())
    assert "Eligible" not in str([block.to_dict() for block in card(sheet, Policy()).blocks])
    wish = staff.Order(MAYA, "submit", "88123")
    await world.store.turn(OfRef(ref), "strict", partial(staff.act, wish=wish, policy=STRICT))
    assert await world.phase(ref) == "staff_review"
    await world.store.turn(OfRef(ref), "lax", partial(staff.act, wish=wish, policy=Policy()))
    assert await world.phase(ref) in AT_CARRIER


async def test_a_card_from_before_the_policy_asked_has_the_row_and_the_button_once_a_submission_was_refused(
    world: World,
) -> None:
    ref = await world.request()
    world.owed.clear()
    assert "not ticked yet" in await type_(world, f"submit {ref} 88123")
    [card_owed] = [owed for owed in world.owed if owed.kind == "card"]
    await world.send(card_owed)
    shown = str(world.slack.posts()[-1].blocks)
    assert "payment card on file: not ticked yet" in shown
    assert "verb.eligible" in shown
    assert not [owed for owed in world.owed if owed.kind == "post"]


@pytest.mark.parametrize("phase", ["submitted", "scheduled", "cancel_requested", "ported"])
async def test_once_it_went_out_nothing_is_ticked_or_taken_away_and_nothing_is_missing(
    world: World, phase: str
) -> None:
    ref = await world.request(phase=phase)
    assert "nothing to tick any more" in await type_(world, f"eligible {ref} none")
    sheet = await world.sheet(ref)
    assert "eligible" not in offered(sheet, STRICT)
    assert "not ticked yet" not in str([block.to_dict() for block in card(sheet, STRICT).blocks])


async def test_what_was_ticked_stays_on_the_card_and_is_looked_at_again_after_a_rejection(world: World) -> None:
    ref = await world.request()
    await type_(world, f"eligible {ref} good standing, card")
    await type_(world, f"submit {ref} 88123")
    assert "nothing to tick any more" in await type_(world, f"eligible {ref} none")
    assert "payment card on file: yes" in str([b.to_dict() for b in card(await world.sheet(ref), STRICT).blocks])
    await type_(world, f"reject {ref} wrong name")
    assert "Ticked: account in good standing" in await type_(world, f"eligible {ref} only good standing")
