"""The stories of the page before the real desk, and a day that is skipped while much is on its way."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.clock import moved_clock
from sandbox.page.stories import STORIES
from sandbox.page.stories.play import World
from sandbox.page.stories.player import Player, Tempo
from sandbox.page.stories.script import Story
from sandbox.page.switches import Switches
from sandbox.page.time import KEPT_IN, Clock
from sandbox.record import Call
from sandbox.slack import Slack
from sandbox.telegram import Telegram
from tests.house import CUSTOMER, Desk, Platforms, open_desk

TEMPO = Tempo(step=0, calm=0.04, patience=10, look=0.01)
DAY = 86_400.0
WRITES = (("telegram", "sendMessage"), ("slack", "chat.postMessage"))


@dataclass
class MovedPlatforms(Platforms):
    """Both platforms, by a clock that is moved."""

    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.telegram = Telegram(self.record, self.faults, clock=self.clock.now)
        self.slack = Slack(self.record, self.faults, clock=self.clock.now)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the desk look at its clock and at its messages more often than it does."""
    monkeypatch.setattr("bot.schedule.TICK", 0.1)
    monkeypatch.setattr("bot.relay.CLAIM_EVERY", 0.05)
    monkeypatch.setattr("bot.telegram.ingest._PAUSE", 0.05)
    monkeypatch.setattr("bot.telegram.sender._BACKOFF", (0.1,))
    monkeypatch.setattr("sandbox.page.stories.acts.FOLLOWS_WITHIN", 0.12)


@asynccontextmanager
async def moved_desk(state: Path) -> AsyncIterator[tuple[Desk, Clock]]:
    """Run a desk whose time is the sandbox's."""
    clock = Clock(state / KEPT_IN)
    async with (
        MovedPlatforms(clock=clock).served() as platforms,
        open_desk(platforms, state, now=moved_clock(state / KEPT_IN)) as desk,
    ):
        yield desk, clock


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
async def test_a_story_plays_to_its_good_end(tmp_path: Path, story: Story) -> None:
    async with moved_desk(tmp_path) as (desk, clock):
        platforms = desk.platforms
        world = World(platforms.telegram, platforms.slack, clock, Switches(platforms.faults))
        player = Player(world, STORIES, TEMPO)
        player.start(story.id)
        await player.over()
        last = player.tell()["last"]
        assert (last["ended"], last["why"]) == ("done", "")
        await desk.quiet()
        said = [message.text for message in desk.screen(last["chat"]) if message.from_bot]
        assert sum("Moved: " in text for text in said) == 1
        assert [card for card in desk.cards() if "[Mark submitted]" in str(card.blocks)] == []
        assert desk.house.relay.failed == 0


@pytest.mark.usefixtures("quick")
async def test_a_day_skipped_while_messages_are_on_their_way_doubles_none(tmp_path: Path) -> None:
    async with moved_desk(tmp_path) as (desk, clock):
        skipped = asyncio.Event()

        async def hold(call: Call) -> None:
            if call.method in ("sendMessage", "chat.postMessage"):
                await skipped.wait()

        desk.platforms.faults.before = hold
        for text in ("hello", "415-421-8832, Verizon Wireless", "talk to a person"):
            desk.platforms.telegram.say(CUSTOMER, text)
        await asyncio.sleep(0.3)
        clock.forward(DAY)
        await asyncio.sleep(0.5)  # several looks at leases that have run out
        skipped.set()
        await desk.quiet()
        clock.forward(DAY)
        await asyncio.sleep(0.3)
        await desk.quiet()
        await asyncio.sleep(0.3)  # until what was sent is written
        sent = [call for method in WRITES for call in desk.platforms.record.of(*method, effective=True)]
        ends = _outbox(tmp_path)
        assert len(ends) == len(sent) > 4
        assert {how for how, _ in ends} == {"sent"}
        assert desk.house.relay.failed == 0


def _outbox(state: Path) -> list[tuple[str | None, object]]:
    """Read how each message ended that was ever owed; posts that went as one count as one."""
    with sqlite3.connect(state / "port.db") as connection:
        rows = connection.execute("SELECT how, kind, external_id, id FROM outbox").fetchall()
    connection.close()
    return [*{(how, external if kind == "post" else key) for how, kind, external, key in rows}]
