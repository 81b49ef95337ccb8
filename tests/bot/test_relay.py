"""The relay on the real store and both sandboxes: order, pace, doubt, and an end that comes quickly."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot

from bot.clock import utc_now
from bot.relay import Relay
from bot.sending import Sender
from bot.telegram.request import AiohttpRequest
from bot.telegram.sender import TelegramSender
from domain.desk.state import Owed
from sandbox.faults import Fault, Kind
from storage import Store
from storage.outbox import OutboxDesk
from tests.bot.slackworld import MAYA, open_world
from tests.ground import open_store
from tests.house import Platforms
from tests.waiting import until

LEASE = 0.3  # seconds; for the test of renewal alone
ANNA, BERT = 5001, 5002


@dataclass
class Scene:
    """A relay for customers between a real store and Telegram's sandbox."""

    platforms: Platforms
    store: Store
    file: Path
    sender: Sender
    relay: Relay = field(init=False)
    given_up: list[tuple[int, str]] = field(default_factory=list)
    telling_fails: bool = False

    def __post_init__(self) -> None:
        self.relay = self.new_relay()

    def new_relay(self) -> Relay:
        """Return a relay, which takes what is committed from now on."""
        return Relay(self.store, [self.sender], utc_now, timedelta(seconds=LEASE), self.on_never)

    async def on_never(self, owed: Owed, reason: str) -> None:
        self.given_up.append((owed.id, reason))
        if self.telling_fails:
            raise RuntimeError

    async def owe(self, chat: int, *refs: str, paced: bool = False) -> list[int]:
        """Owe a chat messages that show these references; return their ids."""
        self.platforms.telegram.state.arrive(chat, None)
        ids = [self.store.new_id() for _ in refs]
        rows = (
            Owed(number, "say", f"chat:{chat}", str(chat), "notice.expired", f"o:{number}", {"ref": ref}, paced=paced)
            for number, ref in zip(ids, refs, strict=True)
        )
        await self.store.owe(tuple(rows))
        return ids

    def shown(self, chat: int) -> list[str]:
        """Return the references on a chat's screen, oldest first."""
        texts = [message.text for message in self.platforms.telegram.chat(chat)]
        return [word for text in texts for word in text.split() if word.startswith("P-")]

    def rows(self, column: str) -> list[Any]:
        """Read a column of the outbox as it stands, in the order owed."""
        with sqlite3.connect(self.file) as connection:
            found = [row[0] for row in connection.execute(f"SELECT {column} FROM outbox ORDER BY id")]
        connection.close()
        return found

    def tries(self) -> int:
        """Count the messages that reached Telegram."""
        return len(self.platforms.record.of("telegram", "sendMessage"))

    async def settled(self) -> list[str | None]:
        """Wait until what was noted is written, and return how each row ended."""
        await until(lambda: not self.relay.lanes)
        await asyncio.sleep(0.3)
        return self.rows("how")


@pytest.fixture
async def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    monkeypatch.setattr("bot.telegram.sender._BACKOFF", (0.05,))
    monkeypatch.setattr("storage.sqlite.FLUSH_SECONDS", 0.02)
    file = tmp_path / "desk.sqlite"
    store = await open_store(f"sqlite:///{file}", tmp_path, None, LEASE)
    request = AiohttpRequest(timeout=2)
    async with Platforms().served() as platforms:
        bot = Bot(platforms.telegram.token, base_url=f"{platforms.url}/bot", request=request)
        opened = Scene(platforms, store, file, TelegramSender(bot, request, store, utc_now))
        try:
            yield opened
        finally:
            await opened.relay.drain(0.1)
            await request.shutdown()
            await store.close()


# lanes


async def test_a_head_that_waits_keeps_its_lane_in_order_and_no_other_lane_back(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.sender.seconds", lambda _error: 0.3)  # Telegram's seconds are whole ones
    scene.platforms.faults.add(Fault("telegram", "sendMessage", "429"))
    await scene.owe(ANNA, "P-1", "P-2", "P-3")
    await until(lambda: scene.tries() == 1)
    await scene.owe(BERT, "P-8", "P-9")
    await until(lambda: len(scene.shown(BERT)) == 2)
    assert scene.shown(ANNA) == []
    await until(lambda: not scene.relay.lanes)
    assert scene.shown(ANNA) == ["P-1", "P-2", "P-3"]
    assert scene.shown(BERT) == ["P-8", "P-9"]


async def test_a_chat_that_must_be_left_alone_is_left_alone_by_what_is_owed_meanwhile(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.sender.seconds", lambda _error: 0.3)
    scene.platforms.faults.add(Fault("telegram", "sendMessage", "429"))
    began = time.monotonic()
    await scene.owe(ANNA, "P-1")
    await until(lambda: scene.tries() == 1)
    await scene.owe(ANNA, "P-2")
    await until(lambda: not scene.relay.lanes)
    assert time.monotonic() - began >= 0.3
    assert scene.tries() == 3


async def test_what_nobody_asked_for_just_now_keeps_a_pace(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.relay.PACE", 20.0)
    for chat in range(1, 8):
        await scene.owe(chat, "P-1", paced=True)
    await until(lambda: scene.tries() == 4)
    await scene.owe(BERT, "P-2")
    await until(lambda: scene.shown(BERT) == ["P-2"])
    assert scene.tries() < 8  # an answer does not stand in that line
    await until(lambda: not scene.relay.lanes)
    paced = [c.at for c in scene.platforms.record.of("telegram", "sendMessage") if c.params["chat_id"] != BERT]
    assert paced[-1] - paced[0] >= 6 / 20 - 0.04


# doubt


async def test_a_message_that_may_have_arrived_twice_is_held_for_staff(scene: Scene) -> None:
    scene.platforms.faults.add(Fault("telegram", "sendMessage", "half", times=5))
    (doubtful,) = await scene.owe(ANNA, "P-1")
    assert await scene.settled() == ["held"]
    assert scene.given_up == [(doubtful, "doubtful")]
    assert len(scene.platforms.record.of("telegram", "sendMessage", effective=True)) == 2


async def test_the_lane_goes_on_behind_a_message_that_is_held(scene: Scene) -> None:
    scene.platforms.faults.add(Fault("telegram", "sendMessage", "half", times=2))
    await scene.owe(ANNA, "P-1", "P-2")
    assert await scene.settled() == ["held", "sent"]
    assert scene.shown(ANNA)[-1] == "P-2"


async def test_one_doubt_is_worth_one_more_try(scene: Scene) -> None:
    scene.platforms.faults.add(Fault("telegram", "sendMessage", "half"))
    await scene.owe(ANNA, "P-1")
    assert await scene.settled() == ["sent"]
    assert scene.given_up == []
    assert scene.tries() == 2


@pytest.mark.parametrize("kind", ["502", "429"])
async def test_what_surely_did_not_arrive_is_tried_as_often_as_it_takes(
    scene: Scene, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.sender.seconds", lambda _error: 0.02)
    scene.platforms.faults.add(Fault("telegram", "sendMessage", kind, times=6))
    await scene.owe(ANNA, "P-1")
    assert await scene.settled() == ["sent"]
    assert scene.shown(ANNA) == ["P-1"]


async def test_a_whisper_that_may_have_arrived_twice_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.slack.trouble.BACKOFF", (0.05,))
    given_up: list[str] = []

    async def on_never(_owed: Owed, reason: str) -> None:
        given_up.append(reason)

    async with open_world(tmp_path) as world:
        relay = Relay(world.store, [world.sender], world.clock, timedelta(seconds=20), on_never)
        world.faults.add(Fault("slack", "chat.postEphemeral", "half", times=5))
        number = world.store.new_id()
        whisper = Owed(number, "whisper", f"staff:{MAYA}", MAYA, "staff.working", f"o:{number}", {"ref": "P-22222"})
        await world.store.owe((whisper,))
        await until(lambda: bool(given_up))
        assert given_up == ["doubtful"]
        assert len(world.record.of("slack", "chat.postEphemeral", effective=True)) == 2
        await relay.drain(0.5)


# never


async def test_what_can_never_arrive_is_told_and_the_lane_goes_on_even_if_telling_fails(scene: Scene) -> None:
    scene.telling_fails = True
    scene.platforms.faults.add(Fault("telegram", "sendMessage", "403"))
    first, _ = await scene.owe(ANNA, "P-1", "P-2")
    assert await scene.settled() == ["dead", "sent"]
    assert scene.given_up == [(first, "blocked")]
    assert scene.shown(ANNA) == ["P-2"]


# the end, and leases


async def test_the_end_does_not_wait_for_a_lane_that_waits_and_gives_its_leases_back(scene: Scene) -> None:
    scene.platforms.faults.add(Fault("telegram", "sendMessage", "429", retry_after=30))
    await scene.owe(ANNA, "P-1", "P-2")
    await until(lambda: scene.tries() == 1)
    assert None not in scene.rows("owner")
    began = time.monotonic()
    await scene.relay.drain(5)
    assert time.monotonic() - began < 0.2
    assert scene.rows("owner") == [None, None]
    assert scene.rows("how") == [None, None]
    assert not scene.relay.lanes


async def test_the_end_does_not_wait_for_the_pace(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.relay.PACE", 0.1)
    await scene.owe(ANNA, "P-1", paced=True)
    await scene.owe(BERT, "P-2", paced=True)
    await until(lambda: scene.relay.sent == 1)
    began = time.monotonic()
    await scene.relay.drain(5)
    assert time.monotonic() - began < 0.2
    assert scene.shown(BERT) == []
    assert scene.rows("owner")[1] is None


async def test_a_send_under_way_ends_before_the_house_does(scene: Scene) -> None:
    async def slow(_call: object) -> None:
        await asyncio.sleep(0.15)

    scene.platforms.faults.before = slow
    await scene.owe(ANNA, "P-1", "P-2")
    await until(lambda: scene.tries() == 1)
    await scene.relay.drain(5)
    assert scene.rows("how") == ["sent", None]
    assert scene.rows("owner")[1] is None


async def test_leases_of_what_is_here_are_kept_for_as_long_as_it_is(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.relay.CLAIM_EVERY", 0.05)
    scene.platforms.faults.add(Fault("telegram", "sendMessage", "timeout_before", hang=0.7))
    await scene.owe(ANNA, "P-1", "P-2")
    another = OutboxDesk(scene.store._hand, replace(scene.store._tools, owner=scene.store.new_id()))
    running = asyncio.create_task(scene.relay.run())
    await asyncio.sleep(LEASE + 0.2)  # the send takes longer than a lease
    assert await another.claim(10) == []
    running.cancel()
    await asyncio.wait({running})


async def test_a_row_that_is_owed_by_nobodys_hand_is_claimed_and_sent_once(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.relay.CLAIM_EVERY", 0.02)
    await scene.relay.drain(0)  # whatever is handed over now is given back
    await scene.owe(ANNA, "P-1")
    await scene.store.release()
    assert scene.tries() == 0
    next_relay = scene.new_relay()
    running = asyncio.create_task(next_relay.run())
    await until(lambda: scene.shown(ANNA) == ["P-1"])
    await asyncio.sleep(LEASE)
    assert scene.tries() == 1
    running.cancel()
    await asyncio.wait({running})
    await next_relay.drain(0.5)


async def test_what_is_owed_while_an_earlier_row_of_its_lane_is_claimed_is_sent_behind_it(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await scene.relay.drain(0)
    await scene.owe(ANNA, "P-1")
    await scene.store.release()
    claim = OutboxDesk.claim

    async def claim_slowly(outbox: OutboxDesk, limit: int) -> Any:
        rows = await claim(outbox, limit)  # committed: the lane is this process's from here on
        if rows:
            await scene.owe(ANNA, "P-2")
            await asyncio.sleep(0.1)
        return rows

    monkeypatch.setattr(OutboxDesk, "claim", claim_slowly)
    next_relay = scene.new_relay()
    running = asyncio.create_task(next_relay.run())
    await until(lambda: len(scene.shown(ANNA)) == 2)
    assert scene.shown(ANNA) == ["P-1", "P-2"]
    running.cancel()
    await asyncio.wait({running})
    await next_relay.drain(0.5)
