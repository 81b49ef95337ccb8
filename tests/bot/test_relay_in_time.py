"""The relay when time leaps, as on a computer that slept: leases run out at once, and no message is sent twice."""

import asyncio
import itertools
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from telegram import Bot

from bot.clock import utc_now
from bot.relay import Relay
from bot.telegram.request import AiohttpRequest
from bot.telegram.sender import TelegramSender
from domain.desk.state import Owed
from sandbox.faults import Fault
from tests.ground import open_store
from tests.house import Platforms

LEASE = timedelta(seconds=20)
ANNA = 5001


async def test_a_message_that_waits_while_time_leaps_is_sent_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.relay.CLAIM_EVERY", 0.05)
    leapt = timedelta(0)

    def now() -> datetime:
        return utc_now() + leapt

    async def forget(_owed: Owed, _reason: str) -> None:
        raise AssertionError("a message was given up")

    store = await open_store(f"sqlite:///{tmp_path}/desk.sqlite", tmp_path, None, LEASE.total_seconds(), None, now)
    request = AiohttpRequest(timeout=2)
    async with Platforms().served() as platforms:
        bot = Bot(platforms.telegram.token, base_url=f"{platforms.url}/bot", request=request)
        relay = Relay(store, [TelegramSender(bot, request, store, now)], now, LEASE, forget)
        platforms.telegram.state.arrive(ANNA, None)
        # It is to be tried again in half a minute by the clock that leaps, and in 0.6 s by the one that does not.
        platforms.faults.add(Fault("telegram", "sendMessage", "429", retry_after=30))
        monkeypatch.setattr("bot.telegram.sender.seconds", lambda _error: 30.0)
        pauses = itertools.chain((0.6,), itertools.repeat(0.0))
        monkeypatch.setattr(relay, "_pause", lambda _seconds: asyncio.sleep(next(pauses)))
        number = store.new_id()
        await store.owe((Owed(number, "say", "chat:5001", str(ANNA), "text.empty", "o:1", {}),))
        running = asyncio.create_task(relay.run())
        await asyncio.sleep(0.3)
        leapt = LEASE + timedelta(seconds=2)  # its lease is over, and its time has not come
        await asyncio.sleep(0.7)
        leapt += timedelta(minutes=5)
        await asyncio.sleep(0.5)
        running.cancel()
        await relay.drain(1)
        assert len(platforms.telegram.chat(ANNA)) == 1
        assert len(platforms.record.of("telegram", "sendMessage", effective=True)) == 1
    await store.close()
    await request.shutdown()
    with sqlite3.connect(tmp_path / "desk.sqlite") as connection:
        assert connection.execute("SELECT how FROM outbox").fetchall() == [("sent",)]
    connection.close()
