"""What is owed to staff gets to Slack exactly once, through every fault that can be looked up."""

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sending import Again, Never, Sent
from bot.slack.desk import SlackSettings, open_client
from bot.slack.sender import SlackSender
from domain.desk.keeping import Waiting
from domain.desk.state import Owed
from domain.intake.choices import Choice
from domain.policy import Policy
from domain.values import replace
from sandbox.faults import Fault, Kind
from tests.bot.slackworld import DESK, MAYA, World, open_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


async def owed_of(world: World, kind: str, ref: str, key: str = "thread.pin_here", **params: str) -> Owed:
    address = str((await world.sheet(ref)).case.request.id)
    return Owed(world.store.new_id(), kind, f"card:{address}", address, key, f"test:{world.store.new_id()}", params)


async def test_a_card_is_posted_once_and_then_edited(world: World) -> None:
    ref = await world.request()
    ts = await world.show_card(ref)
    assert await world.show_card(ref) == ts
    assert not world.record.of("slack", "chat.update")
    await world.slack.command(MAYA, f"submit {ref} 88123")
    assert await world.show_card(ref) == ts
    [post] = world.slack.posts()
    assert "Submitted" in post.text
    assert post.metadata is not None
    assert post.metadata["event_payload"]["card"] == str((await world.sheet(ref)).case.request.id)


async def test_a_card_that_was_deleted_is_posted_anew(world: World) -> None:
    ref = await world.request()
    ts = await world.show_card(ref)
    await world.desk.client.chat_delete(channel=DESK, ts=ts)
    await world.slack.command(MAYA, f"submit {ref} 88123")
    assert await world.show_card(ref) != ts
    assert len(world.slack.posts()) == 1


async def test_a_customer_who_blocks_the_bot_changes_the_card(world: World) -> None:
    ref = await world.request()
    await world.show_card(ref)
    await world.customer("blocked")
    await world.show_card(ref)
    assert "blocked the bot" in repr(world.slack.posts()[0].blocks)


async def test_a_post_goes_into_the_cards_thread_and_makes_the_card_first(world: World) -> None:
    ref = await world.request()
    result = await world.send(await owed_of(world, "post", ref, "thread.wrote", text="<!channel> *hi* `x`"))
    root, post = world.slack.posts()
    assert result == Sent(post.ts)
    assert post.thread_ts == root.ts
    assert "&lt;!channel&gt;" in post.text
    assert await world.show_card(ref) == root.ts


async def test_a_post_with_a_button_carries_the_reference_and_what_is_gone_is_given_up(world: World) -> None:
    ref = await world.request()
    buttons = ((Choice("reply", "staff.button.reply"),),)
    owed = replace(await owed_of(world, "post", ref, "thread.wrote", text="a & b"), buttons=buttons)
    world.faults.add(Fault("slack", "chat.postMessage", "half"))
    await world.send(owed)
    await world.send(owed, 1, 1)
    _root, post = world.slack.posts()
    [button] = post.blocks[-1]["elements"]
    assert (button["action_id"], button["value"]) == ("verb.reply", ref)
    assert await world.send(replace(owed, address="5")) == Never("gone")


async def test_a_post_for_a_deleted_card_comes_with_a_new_card(world: World) -> None:
    ref = await world.request()
    await world.desk.client.chat_delete(channel=DESK, ts=await world.show_card(ref))
    owed = await owed_of(world, "post", ref)
    await world.send(owed, attempts=1)
    root, post = world.slack.posts()
    assert post.thread_ts == root.ts
    assert await world.show_card(ref) == root.ts


async def test_the_digest_goes_to_the_desk_channel(world: World) -> None:
    await world.send(Owed(7, "channel", "desk", "", "digest", "d", {"waiting_desk": "3"}))
    [post] = world.slack.posts()
    assert "Waiting for the desk: 3" in post.text
    assert post.thread_ts is None


async def test_a_whisper_is_for_one_person_alone(world: World) -> None:
    await world.send(Owed(7, "whisper", "w", MAYA, "staff.working", "w", {"ref": "P-22222"}))
    assert "Working on P-22222" in world.said(MAYA)
    assert not world.slack.posts()


async def test_a_whisper_to_somebody_outside_the_channel_is_a_direct_message(world: World) -> None:
    world.slack.channels[DESK].members.discard(MAYA)
    await world.send(Owed(7, "whisper", "w", MAYA, "staff.working", "w", {"ref": "P-22222"}))
    [post] = world.slack.posts("D" + MAYA[1:])
    assert "P-22222" in post.text


@pytest.mark.parametrize("kind", ["429", "502", "half"])
@pytest.mark.parametrize("what", ["card", "post", "channel"])
async def test_a_message_stands_there_once_whatever_went_wrong_with_the_first_try(
    world: World, kind: Kind, what: str
) -> None:
    ref = await world.request()
    owed = await owed_of(world, what, ref)
    owed = owed if what != "channel" else Owed(owed.id, what, "desk", "", "digest", owed.once)
    world.faults.add(Fault("slack", "chat.postMessage", kind))
    first = await world.send(owed)
    assert isinstance(first, Again)
    assert first.ambiguous == (kind == "half")
    assert isinstance(await world.send(owed, 1, int(first.ambiguous)), Sent)
    assert len(world.slack.posts()) == (2 if what == "post" else 1)


async def test_a_thread_post_whose_answer_was_lost_is_adopted(world: World) -> None:
    ref = await world.request()
    await world.show_card(ref)
    owed = await owed_of(world, "post", ref)
    world.faults.add(Fault("slack", "chat.postMessage", "half"))
    assert isinstance(await world.send(owed), Again)
    posted = world.slack.posts()[-1]
    assert await world.send(owed, 1, 1) == Sent(posted.ts)
    assert len(world.slack.posts()) == 2


async def test_a_call_that_is_never_answered_may_have_arrived(world: World) -> None:
    ref = await world.request()
    world.sender._client.timeout = 0.2  # type: ignore[assignment] # aiohttp takes fractions of a second
    world.faults.add(Fault("slack", "chat.postMessage", "timeout_after"))
    result = await world.send(await owed_of(world, "card", ref))
    assert isinstance(result, Again)
    assert result.ambiguous


async def test_slacks_own_wait_is_kept(world: World) -> None:
    world.faults.add(Fault("slack", "chat.postMessage", "429", retry_after=17))
    result = await world.send(Owed(7, "channel", "desk", "", "digest", "d"))
    assert result == Again(17.0, reason="429")


async def test_what_an_operator_can_mend_waits_for_it(world: World) -> None:
    world.slack.channels[DESK].members.discard("U0BOT")
    result = await world.send(Owed(7, "channel", "desk", "", "digest", "d"))
    assert result == Again(60.0, reason="not_in_channel")


async def test_what_slack_can_never_take_is_given_up(world: World) -> None:
    ref = await world.request()
    assert await world.send(await owed_of(world, "post", ref, "thread.wrote", text="x" * 50_000)) == Never(
        "msg_too_long"
    )
    assert await world.send(Owed(7, "card", "card:5", "5", "card", "c")) == Never("gone")


async def test_a_slack_that_cannot_be_reached_got_nothing(world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port: int = closed.getsockname()[1]
    settings = SlackSettings("xoxb-sandbox", DESK, MAYA, api_url=f"http://127.0.0.1:{port}/api/")
    client = open_client(settings, world.policy)
    sender = SlackSender(client, DESK, world.store.board, world.store, world.policy)
    result = await sender.send(Waiting(Owed(7, "channel", "desk", "", "digest", "d"), 3, 0))
    assert isinstance(result, Again)
    assert (result.ambiguous, result.seconds) == (False, 10.0)


async def test_a_direct_message_that_may_have_arrived_is_looked_up_and_needs_the_scope_for_it(world: World) -> None:
    owed = Owed(7, "channel", "desk", MAYA, "digest", "d")
    world.faults.add(Fault("slack", "chat.postMessage", "half"))
    await world.send(owed)
    world.slack.scopes.remove("im:history")
    assert await world.send(owed, 1, 1) == Again(60.0, reason="missing_scope")
    world.slack.scopes.append("im:history")
    assert isinstance(await world.send(owed, 2, 1), Sent)
    [direct] = [channel for channel in world.slack.channels.values() if channel.im_user == MAYA]
    assert len(world.slack.posts(direct.id)) == 1


async def test_a_first_try_looks_nothing_up(world: World) -> None:
    await world.send(Owed(7, "channel", "desk", "", "digest", "d"))
    assert not world.record.of("slack", "conversations.history")


def test_a_whole_send_fits_into_half_a_lease() -> None:
    policy = Policy()
    client = open_client(SlackSettings("xoxb-1", DESK, MAYA), policy)
    assert 3 * client.timeout < policy.lease.total_seconds() / 2
    assert not client.retry_handlers
    assert client.base_url == "https://slack.com/api/"
