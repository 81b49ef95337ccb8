"""What is held up, and the desk in figures: requests on hold, undelivered messages, digest and statistics."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import pytest

from domain.desk.keeping import Settled
from domain.desk.roles import Grant, Role
from domain.desk.state import Changes, OfChat, OfRequest, Owed
from domain.desk.turn import DEFAULT
from domain.values import replace
from tests.bot.slackworld import BEN, MAYA, OTTO, World, open_world
from tests.bot.test_roles import rows
from tests.bot.test_slack_desk import type_
from tests.bot.test_slack_finding import values

ONCE = count()


async def give(world: World, subject: str, role: Role) -> None:
    """Give a role as if an admin had."""
    grant = Grant(subject, role, MAYA, world.clock())
    await world.store.turn(OfRequest(0), f"give:{next(ONCE)}", lambda _s, _m: Changes(grants=(grant,)))


@asynccontextmanager
async def answered(world: World, user: str) -> AsyncIterator[None]:
    """Wait until a person has been told something more."""
    before = len(world.slack.ephemerals(user))
    yield
    async with asyncio.timeout(5):
        while len(world.slack.ephemerals(user)) == before:  # noqa: ASYNC110 # the server tells of it by its screen only
            await asyncio.sleep(0.01)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, staff=MAYA) as opened:
        await give(opened, BEN, Role.AGENT)
        await give(opened, OTTO, Role.VIEWER)
        yield opened


async def fail(world: World, kind: str, address: str, text: str = "<!channel> we have your bill") -> Owed:
    """Let a message come to nothing."""
    owed = Owed(world.store.new_id(), kind, f"test:{address}", address, "thread.note", f"test:{kind}", {"text": text})
    await world.store.owe((owed,))
    world.store.settle(Settled(owed.id, "dead", world.clock(), None, "refused"))
    await world.store.ping()
    return owed


async def press(world: World, action: str, user: str = MAYA) -> str:
    """Press a button of the newest list, and return what came of it."""
    post = [each for each in world.slack.ephemerals(user) if action in repr(each.blocks)][-1]
    async with answered(world, user):
        await world.slack.press(user, action, message_ts=post.ts)
    return world.said(user)


def again(world: World, owed: Owed) -> list[Owed]:
    return [each for each in world.owed if each.once == f"again:{owed.id}"]


async def test_requests_on_hold_and_messages_that_failed_are_listed(world: World) -> None:
    told = await type_(world, "held")
    assert "nothing" in told
    assert "All is delivered" in told
    ref = await world.request()
    await type_(world, f"hold {ref} the bill")
    owed = await fail(world, "say", "1")
    told = await type_(world, "held")
    assert "On hold: 1" in told
    blocks = world.slack.ephemerals(MAYA)[-1].blocks
    assert values(blocks, "find.show") == [ref]
    assert values(blocks, "stuck.again") == [str(owed.id)]
    shown = repr(blocks)
    assert f"to the customer · {ref}" in shown
    assert "Telegram would not take it" in shown
    assert "we have your bill" in shown
    assert "<!channel>" not in shown


@pytest.mark.parametrize("kind", ["say", "post", "channel"])
async def test_a_message_is_sent_again_once(world: World, kind: str) -> None:
    ref = await world.request()
    address = {"say": "1", "post": str((await world.sheet(ref)).case.request.id), "channel": "C0DESK"}[kind]
    owed = await fail(world, kind, address)
    await type_(world, "held")
    assert "on its way again" in await press(world, "stuck.again")
    [anew] = again(world, owed)
    assert replace(anew, id=owed.id, once=owed.once) == owed
    assert "already" in await press(world, "stuck.again")
    assert len(again(world, owed)) == 1
    kept = [row for row in rows(world)["history"] if row[4] == "sent_again"]
    assert [row[3] for row in kept] == [f"staff:{MAYA}"]


async def test_pages_that_did_not_get_to_a_signer_are_listed_with_their_request_and_sent_again(world: World) -> None:
    ref = await world.request()
    params = {"request": str((await world.sheet(ref)).case.request.id), "facts": "3f" * 32}
    owed = Owed(world.store.new_id(), "pages", "chat:77", "77", "letter.pages", "test:pages", params)
    await world.store.owe((owed,))
    world.store.settle(Settled(owed.id, "dead", world.clock(), None, "unprinted"))
    await world.store.ping()
    await type_(world, "held")
    shown = repr(world.slack.ephemerals(MAYA)[-1].blocks)
    assert f"the pages of the letter · {ref}" in shown
    assert "could not be made into pictures" in shown
    assert "on its way again" in await press(world, "stuck.again")
    [anew] = again(world, owed)
    assert (anew.kind, anew.address, anew.params) == ("pages", "77", params)


async def test_a_message_is_dropped_and_listed_no_more(world: World) -> None:
    await world.request()
    owed = await fail(world, "say", "1")
    await type_(world, "held")
    assert "dropped" in await press(world, "stuck.drop")
    assert "All is delivered" in await type_(world, "held")
    assert not again(world, owed)
    assert [row[3] for row in rows(world)["history"] if row[4] == "let_go"] == [f"staff:{MAYA}"]
    assert "we have your bill" not in repr(rows(world)["outbox"])


async def test_an_export_is_sent_again_only_by_who_may_have_one(world: World) -> None:
    owed = await fail(world, "export", MAYA)
    await type_(world, "held", user=BEN)
    assert "needs the role admin" in await press(world, "stuck.again", BEN)
    assert not again(world, owed)
    await type_(world, "held")
    assert "on its way again" in await press(world, "stuck.again")
    assert len(again(world, owed)) == 1


async def test_an_export_that_needs_two_people_is_asked_for_anew(tmp_path: Path) -> None:
    async with open_world(tmp_path, policy=dataclasses.replace(DEFAULT, four_eyes=("export",))) as careful:
        owed = await fail(careful, "export", MAYA)
        await type_(careful, "held")
        assert "ask for it anew" in await press(careful, "stuck.again")
        assert not again(careful, owed)


async def test_nothing_is_sent_again_to_who_has_blocked_the_bot(world: World) -> None:
    await world.request()
    owed = await fail(world, "say", "1")
    await world.store.turn(OfChat(1), "blocked", lambda s, m: Changes(chat=replace(s.chat, blocked=True)))
    await type_(world, "held")
    assert "has blocked the bot" in await press(world, "stuck.again")
    assert not again(world, owed)
    assert len(await world.store.board.undelivered(9)) == 1


async def test_a_viewer_sees_the_list_and_sends_nothing(world: World) -> None:
    await world.request()
    owed = await fail(world, "say", "1")
    await type_(world, "held", user=OTTO)
    for action in ("stuck.again", "stuck.drop"):
        assert "needs the role agent" in await press(world, action, OTTO)
    assert not again(world, owed)
    assert len(await world.store.board.undelivered(9)) == 1


# figures


async def test_the_digest_comes_at_once_with_a_button_for_each_of_ones_own(world: World) -> None:
    assert "Your open requests (0)" in await type_(world, "digest")
    ref = await world.request()
    await type_(world, f"take {ref}")
    told = await type_(world, "digest")
    assert "Your open requests (1)" in told
    assert ref in told
    assert values(world.slack.ephemerals(MAYA)[-1].blocks, "find.show") == [ref]


async def test_figures_tell_what_was_done_by_whom_and_how_long_it_took(world: World) -> None:
    assert "nothing yet" in await type_(world, "stats")
    ref = await world.request()
    await type_(world, f"submit {ref} 88123")
    await type_(world, f"reject {ref} wrong pin: 8C")
    world.clock.forward(days=10)
    told = await type_(world, "stats 7")
    assert "Requests opened: 0 / 1 / 1" in told
    assert "wrong transfer PIN" not in told
    told = await type_(world, "stats")
    assert "wrong transfer PIN: 1" in told
    assert f"<@{MAYA}>: submit 1, reject 1" in told


async def test_first_tries_and_medians_are_told_by_class_and_carrier(world: World) -> None:
    ref = await world.request(phase="scheduled")
    number = (await world.sheet(ref)).case.numbers[0]
    moved = replace(number, phase="ported", attempts=1, since=world.clock.at.replace(day=28))
    world.clock.forward(days=6)
    await world.store.turn(OfChat(1), "moved", lambda s, m: Changes(numbers=(moved,)))
    told = await type_(world, "stats")
    assert "Moved at the first try: 100 % / 100 % / 100 %" in told
    assert "Mobile: 5.0 d (numbers: 1)" in told
    assert "Verizon Wireless: 5.0 d (numbers: 1)" in told


@pytest.mark.parametrize("words", ["stats never", "stats 0", "stats 9999", "stats -1"])
async def test_days_that_cannot_be_read_say_how_they_are_written(world: World, words: str) -> None:
    assert "/port stats 30" in await type_(world, words)
