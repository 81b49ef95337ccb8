"""What happens to a request stands in its card's thread, several changes at once as one post: order kept, none lost."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.gathering import GATHER, MOST, gathered, wait_of
from bot.relay import Relay
from bot.sending import Never, Result, Sent
from bot.slack.cards import Message
from bot.slack.threads import MOST_BLOCKS, fitting, joined
from domain.desk.keeping import Waiting
from domain.desk.passing import REPLY
from domain.desk.state import Owed
from domain.policy import Policy
from domain.values import replace
from sandbox.faults import Fault
from sandbox.slack.posts import Post
from storage.outbox import OutboxDesk
from tests.bot.slackworld import BEN, DESK, MAYA, World, open_world

SHORTLY = timedelta(seconds=0.3)
FLUSH = 0.02  # seconds until what was sent is written down


@dataclass
class Desk:
    """A desk whose messages are delivered by the real relay."""

    world: World
    relay: Relay
    given_up: list[tuple[int, str]] = field(default_factory=list)

    def thread(self) -> list[Post]:
        """Return the posts of the one thread there is, without its card."""
        return [post for post in self.world.slack.posts(DESK) if post.thread_ts and post.thread_ts != post.ts]

    def rows(self) -> list[tuple[Any, ...]]:
        """Return how each owed post ended, in the order owed."""
        with sqlite3.connect(self.world.folder / "desk.sqlite") as connection:
            shown = "SELECT how, external_id FROM outbox WHERE kind = 'post' ORDER BY id"
            found = list(connection.execute(shown))
        connection.close()
        return found

    async def settled(self) -> list[tuple[Any, ...]]:
        """Wait until everything owed is sent, and written down."""
        async with asyncio.timeout(10):
            while self.relay.lanes:  # noqa: ASYNC110 # the relay tells nobody when it is done
                await asyncio.sleep(0.02)
        await asyncio.sleep(5 * FLUSH)
        return self.rows()


@pytest.fixture
async def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    monkeypatch.setattr("bot.slack.trouble.BACKOFF", (0.05,))
    monkeypatch.setattr("storage.sqlite.FLUSH_SECONDS", FLUSH)
    async with open_world(tmp_path) as world:
        given_up: list[tuple[int, str]] = []

        async def on_never(owed: Owed, reason: str) -> None:
            given_up.append((owed.id, reason))

        relay = Relay(world.store, [world.sender], world.clock, timedelta(seconds=20), on_never, gather=SHORTLY)
        world.store.listen(relay.hand)
        opened = Desk(world, relay, given_up)
        try:
            yield opened
        finally:
            await relay.drain(0.5)


async def post_of(desk: Desk, ref: str, words: str, **more: Any) -> Owed:
    """Return a post for a request's thread."""
    request = (await desk.world.sheet(ref)).case.request.id
    number = desk.world.store.new_id()
    params = {"text": words, "staff": MAYA}
    return Owed(number, "post", f"card:{request}", str(request), "thread.note", f"o:{number}", params, **more)


async def test_several_turns_within_a_second_are_one_post_in_their_order(desk: Desk) -> None:
    world = desk.world
    ref = await world.request()
    await desk.settled()
    await world.slack.command(MAYA, f"take {ref}")
    await world.slack.command(MAYA, f"note {ref} Called Verizon.")
    await world.slack.command(BEN, f"hold {ref} the bill is old")
    ends = await desk.settled()
    [post] = desk.thread()
    places = [post.text.index(words) for words in ("took this", "Called Verizon.", "on hold")]
    assert places == sorted(places)
    assert ends == [("sent", post.ts)] * 3


async def test_what_happens_later_is_a_post_of_its_own_and_requests_do_not_mix(desk: Desk) -> None:
    world = desk.world
    ref, other = await world.request(), await world.request(chat=2, numbers=("+16284218840",))
    await world.slack.command(MAYA, f"note {ref} One.")
    await world.slack.command(MAYA, f"note {other} Two.")
    await desk.settled()
    await world.slack.command(MAYA, f"note {ref} Three.")
    await desk.settled()
    texts = [post.text for post in desk.thread()]
    assert [("One" in t, "Two" in t, "Three" in t) for t in texts].count((True, False, False)) == 1
    assert len(texts) == 3
    assert len({post.thread_ts for post in desk.thread()}) == 2


async def test_a_button_that_several_have_stands_once_under_the_last(desk: Desk) -> None:
    ref = await desk.world.request()
    posts = [await post_of(desk, ref, words, buttons=REPLY) for words in ("Hello?", "Is anybody there?")]
    await desk.world.store.owe(tuple(posts))
    await desk.settled()
    [post] = desk.thread()
    assert [block["type"] for block in post.blocks] == ["section", "section", "actions"]
    [button] = post.blocks[-1]["elements"]
    assert (button["action_id"], button["value"]) == ("verb.reply", ref)


@pytest.mark.parametrize("kind", ["half", "500", "429"])
async def test_posts_whose_first_try_went_wrong_stand_there_once(desk: Desk, kind: Any) -> None:
    ref = await desk.world.request()
    await desk.settled()
    desk.world.faults.add(Fault("slack", "chat.postMessage", kind))
    await desk.world.store.owe(tuple([await post_of(desk, ref, words) for words in ("One.", "Two.", "Three.")]))
    ends = await desk.settled()
    shown = " ".join(post.text for post in desk.thread())
    assert [shown.count(words) for words in ("One.", "Two.", "Three.")] == [1, 1, 1]
    assert shown.index("One.") < shown.index("Two.") < shown.index("Three.")
    assert [how for how, _ in ends] == ["sent"] * 3


async def test_after_a_crash_between_sending_and_settling_nothing_is_lost_or_said_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message is there and nothing of it is noted; whoever comes next finds both in it and sends only the third."""
    world = desk.world
    ref = await world.request()
    await desk.settled()
    with monkeypatch.context() as dying:
        dying.setattr(OutboxDesk, "settle", lambda _self, _end: None)
        await world.store.owe(tuple([await post_of(desk, ref, words) for words in ("One.", "Two.")]))
        assert [how for how, _ in await desk.settled()] == [None, None]
    [before] = desk.thread()
    await desk.relay.drain(0.1)
    await world.store.owe((await post_of(desk, ref, "Three."),))
    relay = Relay(world.store, [world.sender], world.clock, timedelta(seconds=20), lambda _o, _r: asyncio.sleep(0))
    world.clock.forward(seconds=60)
    for waiting in await world.store.claim(50):
        relay._enter(waiting)
    desk.relay = relay
    ends = await desk.settled()
    shown = " ".join(post.text for post in desk.thread())
    assert [shown.count(words) for words in ("One.", "Two.", "Three.")] == [1, 1, 1]
    assert ends[:2] == [("sent", before.ts)] * 2
    assert ends[2][0] == "sent"
    assert ends[2][1] != before.ts


async def test_posts_that_are_too_long_for_one_message_are_sent_as_several(desk: Desk) -> None:
    ref = await desk.world.request()
    words = [f"{place}. " + "x" * 1900 for place in range(8)]
    await desk.world.store.owe(tuple([await post_of(desk, ref, each) for each in words]))
    ends = await desk.settled()
    posts = desk.thread()
    assert 1 < len(posts) < 8
    assert "".join(post.text for post in posts).count("x" * 1900) == 8
    assert [ts for _, ts in ends] == sorted(ts for _, ts in ends)
    assert [how for how, _ in ends] == ["sent"] * 8


class Picky:
    """A sender that takes no message in which one post stands."""

    kinds = frozenset({"post"})

    def __init__(self, bad: int) -> None:
        self.bad = bad
        self.sent: list[tuple[int, ...]] = []

    async def send(self, waiting: Waiting) -> Result:
        together = tuple(owed.id for owed in (waiting.owed, *waiting.more))
        if self.bad in together:
            return Never("refused_400")
        self.sent.append(together)
        return Sent(f"{len(self.sent)}", more=tuple(f"{len(self.sent)}" for _ in waiting.more))


async def test_a_post_that_is_never_taken_takes_no_other_with_it(desk: Desk) -> None:
    world = desk.world
    await desk.relay.drain(0.1)
    ref = await world.request()
    posts = [await post_of(desk, ref, words) for words in ("One.", "Two.", "Three.")]
    picky = Picky(posts[1].id)
    given_up: list[int] = []

    async def on_never(owed: Owed, _reason: str) -> None:
        given_up.append(owed.id)

    desk.relay = Relay(world.store, [picky], world.clock, timedelta(seconds=20), on_never, gather=SHORTLY)
    await world.store.owe(tuple(posts))
    ends = await desk.settled()
    assert [how for how, _ in ends] == ["sent", "dead", "sent"]
    assert given_up == [posts[1].id]
    assert sorted(each for sent in picky.sent for each in sent) == [posts[0].id, posts[2].id]
    await desk.relay.drain(0.1)


# what may go together


def waiting_of(*kinds: str) -> list[Waiting]:
    owed = [Owed(place, kind, "card:1", "1", "k", f"o:{place}") for place, kind in enumerate(kinds)]
    return [Waiting(each, 0, 0) for each in owed]


def test_posts_pass_a_card_and_nothing_else_and_keep_to_a_number() -> None:
    lane = waiting_of("post", "card", "post", "reply", "post")
    assert [owed.id for owed in gathered(lane, ()).more] == [2]
    assert gathered(waiting_of("card", "post"), ()).more == ()
    assert len(gathered(waiting_of(*["post"] * 3 * MOST), ()).more) == MOST - 1
    assert gathered(lane, {0}).more == ()
    assert gathered(lane, {2}).more == ()


def test_posts_of_which_one_may_have_arrived_are_all_looked_up() -> None:
    lane = waiting_of("post", "post")
    lane[1] = replace(lane[1], attempts=2, ambiguous=1)
    head = gathered(lane, ())
    assert (head.attempts, head.ambiguous) == (2, 1)


def test_posts_wait_a_moment_and_never_near_as_long_as_a_step_can_be_undone() -> None:
    assert wait_of(Policy().undo) == GATHER
    assert wait_of(timedelta(seconds=2)) == timedelta(seconds=0.05)
    assert wait_of(timedelta(0)) == timedelta(0)


def test_one_post_alone_stays_as_it_is_and_at_least_one_always_fits() -> None:
    alone = Message("x" * 20_000, ())
    assert joined([alone]) is alone
    assert fitting([alone, alone]) == 1
    assert fitting([Message("x", ())] * (MOST_BLOCKS + 3)) == MOST_BLOCKS
