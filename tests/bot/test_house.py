"""The house as one process: what its health says, how it ends, and that one platform's outage is not the other's."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import aiohttp
import pytest

from bot.clock import utc_now
from bot.house import DEAF_AFTER, House, HouseError
from bot.settings import Settings
from domain.errors import NotKept
from domain.policy import Policy
from sandbox.faults import Fault
from storage import Store
from tests.ground import open_store
from tests.house import CUSTOMER, STAFF, Desk, Platforms, free_port, settings_for

EVER = 1_000_000  # times that a platform fails: until the test mends it


@dataclass
class Opened(Desk):
    """A house that may not be ready yet, with the task that runs it."""

    store: Store
    running: "asyncio.Task[None]"

    async def health(self) -> tuple[int, dict[str, bool]]:
        """Ask `/healthz`."""
        url = f"http://127.0.0.1:{self.settings.port}/healthz"
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            return answer.status, await answer.json()

    async def until(self, is_so: Callable[[], bool], seconds: float = 8.0) -> None:
        """Wait for something, unless the house ends first."""
        async with asyncio.timeout(seconds):
            while not is_so():
                if self.running.done():
                    self.running.result()
                await asyncio.sleep(0.01)

    async def ready(self) -> None:
        await self.until(lambda: self.house.served and self.house.slack.is_ready())


@asynccontextmanager
async def opened(platforms: Platforms, folder: Path, **more: str) -> AsyncIterator[Opened]:
    """Open a house without waiting for it to be ready; the end is the test's where the house ended by itself."""
    settings: Settings = settings_for(platforms, folder, Policy(undo=timedelta(0)), **more)
    settings = replace(settings, policy=replace(settings.policy, lease=timedelta(seconds=4)))
    store = await open_store(settings.database_url, folder, None, 4.0)
    house = House(settings, store, utc_now, "")
    platforms.slack.deliver_to = f"http://127.0.0.1:{settings.port}/slack/events"
    running = asyncio.create_task(house.run())
    try:
        yield Opened(platforms, house, settings, store, running)
    finally:
        house.stop.set()
        await asyncio.wait({running})
        await store.close()


@pytest.fixture
async def platforms() -> AsyncIterator[Platforms]:
    async with Platforms().served() as served:
        yield served


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every wait for a platform to come back be short."""
    quick = SimpleNamespace(sleep=lambda _seconds: asyncio.sleep(0.02))
    monkeypatch.setattr("bot.telegram.bot.asyncio", quick)
    monkeypatch.setattr("bot.telegram.ingest._PAUSE", 0.02)
    monkeypatch.setattr("bot.slack.side._ASK_AGAIN", 0.02)


# health


async def test_a_house_that_serves_is_well(platforms: Platforms, tmp_path: Path) -> None:
    async with opened(platforms, tmp_path) as desk:
        await desk.ready()
        assert await desk.health() == (200, {"database": True, "customers": True, "staff": True})


@pytest.mark.parametrize("trouble", [NotKept, TimeoutError])
async def test_a_database_that_does_not_let_a_writer_through_is_not_well(
    platforms: Platforms, tmp_path: Path, trouble: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(_store: Store) -> None:
        raise trouble

    async with opened(platforms, tmp_path) as desk:
        await desk.ready()
        monkeypatch.setattr(Store, "ping", refused)
        assert await desk.health() == (503, {"database": False, "customers": True, "staff": True})
        monkeypatch.undo()


async def test_a_poller_that_has_not_moved_for_long_is_not_well(platforms: Platforms, tmp_path: Path) -> None:
    async with opened(platforms, tmp_path) as desk:
        await desk.ready()
        await desk.until(lambda: bool(platforms.record.of("telegram", "getUpdates")))  # a long poll is under way
        desk.house.poller.alive_at -= DEAF_AFTER - 10
        assert (await desk.health())[0] == 200
        desk.house.poller.alive_at -= 20
        assert await desk.health() == (503, {"database": True, "customers": False, "staff": True})
        await desk.say("/help")
        assert (await desk.health())[0] == 200


# the end


async def test_a_quiet_house_ends_within_a_second(platforms: Platforms, tmp_path: Path) -> None:
    async with opened(platforms, tmp_path) as desk:
        await desk.ready()
        await desk.say("/start")
        loop = asyncio.get_running_loop()
        began = loop.time()
        desk.house.stop.set()
        await desk.running
        assert loop.time() - began < 1.0


async def test_a_house_that_ends_lets_another_poll_at_once(platforms: Platforms, tmp_path: Path) -> None:
    async with opened(platforms, tmp_path) as desk:
        await desk.ready()
        await desk.until(lambda: bool(platforms.record.of("telegram", "getUpdates")))
    async with opened(platforms, tmp_path) as desk:
        await desk.ready()
        assert "number" in await desk.say("/start")


@pytest.mark.parametrize("part", ["relay", "errands", "poller", "slack"])
async def test_a_part_that_dies_ends_the_house_with_one_sentence(
    platforms: Platforms, tmp_path: Path, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(_self: object) -> None:
        await asyncio.sleep(0.05)
        raise ValueError("a customer's words")

    owner = {
        "relay": "bot.relay.Relay",
        "errands": "bot.errands.Errands",
        "poller": "bot.telegram.ingest.Poller",
        "slack": "bot.slack.side.SlackSide",
    }
    monkeypatch.setattr(f"{owner[part]}.run", dies)
    async with opened(platforms, tmp_path) as desk:
        await asyncio.wait({desk.running}, timeout=5)
        with pytest.raises(HouseError) as raised:
            await desk.running
    assert part in str(raised.value)
    assert "words" not in str(raised.value)
    assert raised.value.__cause__ is None


# outages at the start


async def test_telegram_down_at_the_start_keeps_no_staff_waiting(platforms: Platforms, tmp_path: Path) -> None:
    platforms.faults.add(Fault("telegram", "*", "502", times=EVER))
    async with opened(platforms, tmp_path) as desk:
        await desk.ready()
        assert await port(desk, "list")
        platforms.faults.clear()
        assert "number" in await desk.say("/start")


async def test_a_webhook_is_registered_when_telegram_is_back(platforms: Platforms, tmp_path: Path) -> None:
    platforms.faults.add(Fault("telegram", "*", "502", times=EVER))
    number = free_port()
    hook = {"TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{number}/telegram/webhook", "TELEGRAM_WEBHOOK_SECRET": "s-1"}
    async with opened(platforms, tmp_path, PORT=str(number), **hook) as desk:
        await desk.ready()
        await desk.until(lambda: len(platforms.record.of("telegram", "setWebhook")) > 4)
        assert await desk.health() == (503, {"database": True, "customers": False, "staff": True})
        assert await port(desk, "list")
        platforms.faults.clear()
        await desk.until(lambda: desk.house.introduced)
        assert await desk.health() == (200, {"database": True, "customers": True, "staff": True})
        assert "number" in await desk.say("/start")
        assert not platforms.record.of("telegram", "getUpdates")
    await platforms.telegram.reception.close()


async def test_slack_down_at_the_start_keeps_no_customer_waiting(platforms: Platforms, tmp_path: Path) -> None:
    platforms.faults.add(Fault("slack", "*", "502", times=EVER))
    async with opened(platforms, tmp_path) as desk:
        await desk.until(lambda: desk.house.served)
        platforms.telegram.say(CUSTOMER, "/start")
        await desk.until(lambda: "number" in desk.shown())
        assert await desk.health() == (503, {"database": True, "customers": True, "staff": False})
        platforms.faults.clear()
        await desk.ready()
        assert (await desk.health())[0] == 200
        assert await port(desk, "list")


async def port(desk: Opened, text: str) -> str:
    """Type `/port …` while Telegram may be down; return what staff read."""
    seen = len(desk.platforms.slack.ephemerals(STAFF))
    await desk.platforms.slack.command(STAFF, text)
    await desk.until(lambda: len(desk.platforms.slack.ephemerals(STAFF)) > seen)
    return desk.platforms.slack.ephemerals(STAFF)[-1].text


@pytest.mark.parametrize("refused", ["claim", "take", "due"])
async def test_a_database_that_refuses_for_a_while_ends_no_part(
    platforms: Platforms, tmp_path: Path, refused: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = 3
    kept: Callable[..., Awaitable[object]] = getattr(Store, refused)

    async def refuses(store: Store, *given: object) -> object:
        nonlocal left
        if left:
            left -= 1
            raise NotKept
        return await kept(store, *given)

    monkeypatch.setattr(Store, refused, refuses)
    monkeypatch.setattr("bot.relay.CLAIM_EVERY", 0.02)
    monkeypatch.setattr("bot.errands.LOOK_EVERY", 0.02)
    monkeypatch.setattr("bot.schedule.TICK", 0.02)
    async with opened(platforms, tmp_path) as desk:
        await desk.ready()
        await desk.until(lambda: left == 0)
        assert "number" in await desk.say("/start")
        assert not desk.running.done()
