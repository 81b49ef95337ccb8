"""How updates leave the sandbox's Telegram: polls and webhooks."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import (
    Update,
)
from telegram.error import BadRequest, Conflict

from sandbox.faults import Fault, Faults
from sandbox.record import Record
from sandbox.telegram import Telegram
from tests.sandbox.telegram_scene import CHAT, DAY, FIRST, Scene, receiving, staged


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with staged() as found:
        yield found


@pytest.fixture(autouse=True)
def _waits_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else python-telegram-bot warns at every RetryAfter


async def test_an_update_comes_again_until_an_offset_confirms_it(scene: Scene) -> None:
    for text in ("one", "two", "three"):
        scene.telegram.say(CHAT, text)
    assert [u.update_id for u in await scene.updates()] == [FIRST, FIRST + 1, FIRST + 2]
    assert [u.update_id for u in await scene.updates(offset=FIRST)] == [FIRST, FIRST + 1, FIRST + 2]
    assert [u.update_id for u in await scene.updates(offset=FIRST + 2)] == [FIRST + 2]
    assert [u.update_id for u in await scene.updates()] == [FIRST + 2]


async def test_a_limit_bounds_an_answer(scene: Scene) -> None:
    for text in ("one", "two"):
        scene.telegram.say(CHAT, text)
    assert len(await scene.bot.get_updates(limit=1)) == 1


async def test_a_negative_offset_keeps_only_the_newest(scene: Scene) -> None:
    for text in ("one", "two", "three"):
        scene.telegram.say(CHAT, text)
    assert [u.update_id for u in await scene.updates(offset=-1)] == [FIRST + 2]
    assert [u.update_id for u in await scene.updates()] == [FIRST + 2]


async def test_a_long_poll_answers_as_soon_as_someone_writes(scene: Scene) -> None:
    poll = asyncio.create_task(scene.updates(timeout_s=10))
    await asyncio.sleep(0.05)
    assert not poll.done()
    scene.telegram.say(CHAT, "hello")
    (update,) = await asyncio.wait_for(poll, 1)
    assert update.message is not None
    assert update.message.text == "hello"


async def test_a_long_poll_that_hears_nothing_ends_empty(scene: Scene) -> None:
    status, answer = await scene.call("getUpdates", timeout=0.0)
    assert (status, answer) == (200, {"ok": True, "result": []})
    assert await scene.telegram.updates.poll(limit=100, timeout_s=0.05, now=0) == []


async def test_a_second_poller_ends_the_first_with_a_conflict(scene: Scene) -> None:
    first = asyncio.create_task(scene.updates(timeout_s=10))
    await asyncio.sleep(0.05)
    await scene.updates()
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first


async def test_kinds_that_were_not_asked_for_are_not_kept(scene: Scene) -> None:
    await scene.bot.get_updates(allowed_updates=["callback_query"])
    scene.telegram.say(CHAT, "hello")
    await scene.bot.get_updates(allowed_updates=[])
    scene.telegram.say(CHAT, "again")
    scene.telegram.raw({"chat_member": {}})
    (update,) = await scene.updates()
    assert update.message is not None
    assert update.message.text == "again"


async def test_an_update_waits_a_day_and_no_longer(scene: Scene) -> None:
    now = 1_800_000_000.0
    scene.telegram.clock = lambda: now
    scene.telegram.say(CHAT, "hello")
    scene.telegram.clock = lambda: now + DAY
    assert len(await scene.updates()) == 1
    scene.telegram.clock = lambda: now + DAY + 1
    assert await scene.updates() == ()


async def test_idle_polls_are_one_call_in_the_record(scene: Scene) -> None:
    for _ in range(5):
        await scene.updates(offset=FIRST)
    polls = scene.record.of("telegram", "getUpdates")
    assert [(p.params, p.answer) for p in polls] == [({"offset": FIRST}, [])]
    scene.telegram.say(CHAT, "hello")
    await scene.updates(offset=FIRST)
    await scene.updates(offset=FIRST + 1)
    assert [p.answer for p in scene.record.of("telegram", "getUpdates")] == [[FIRST], []]


async def test_a_webhook_gets_what_waits_and_what_comes_with_the_secret(scene: Scene) -> None:
    scene.telegram.say(CHAT, "waiting")
    async with receiving() as (receiver, url):
        await scene.bot.set_webhook(url, secret_token="s3cr3t-_")
        scene.telegram.say(CHAT, "coming")
        await receiver.until(2)
        assert [Update.de_json(b, scene.bot).effective_message.text for b in receiver.bodies] == [  # type: ignore[union-attr] # a text is always a message
            "waiting",
            "coming",
        ]
        assert receiver.secrets == ["s3cr3t-_"] * 2
        await scene.bot.delete_webhook()
    deliveries = scene.record.of("telegram", "update", effective=True)
    assert [(d.direction, d.status, d.params["update"]["update_id"]) for d in deliveries] == [
        ("out", 200, FIRST),
        ("out", 200, FIRST + 1),
    ]
    assert await scene.updates() == ()


async def test_a_delivery_that_fails_is_tried_again_before_the_chats_next(scene: Scene) -> None:
    async with receiving(failures=1) as (receiver, url):
        await scene.bot.set_webhook(url)
        scene.telegram.say(CHAT, "one")
        scene.telegram.say(CHAT, "two")
        await receiver.until(3)
        assert [b["message"]["text"] for b in receiver.bodies] == ["one", "one", "two"]
        info = await scene.bot.get_webhook_info()
        assert (info.url, info.last_error_message) == (url, "Wrong response from the webhook: 500")
        await scene.bot.delete_webhook()


async def test_a_webhook_that_nobody_serves_keeps_its_updates(scene: Scene) -> None:
    async with receiving() as (_, url):
        pass
    await scene.bot.set_webhook(url, allowed_updates=["message"])
    scene.telegram.say(CHAT, "one")
    await scene.until_tried()
    info = await scene.bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_message) == (1, "Connection refused")
    assert info.allowed_updates == ("message",)
    await scene.bot.delete_webhook()
    assert len(await scene.updates()) == 1


async def test_polling_and_a_webhook_exclude_each_other(scene: Scene) -> None:
    poll = asyncio.create_task(scene.updates(timeout_s=10))
    await asyncio.sleep(0.05)
    async with receiving() as (_, url):
        await scene.bot.set_webhook(url)
        with pytest.raises(Conflict, match="terminated by setWebhook request"):
            await poll
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await scene.updates()
        await scene.bot.set_webhook("")
    assert await scene.updates() == ()


async def test_waiting_updates_can_be_dropped(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    await scene.bot.delete_webhook(drop_pending_updates=True)
    assert await scene.updates() == ()


async def test_a_webhook_that_telegram_refuses(scene: Scene) -> None:
    with pytest.raises(BadRequest, match=r"(?i)an https url must be provided"):
        await scene.bot.set_webhook("http://example.com/hook")
    with pytest.raises(BadRequest, match="unallowed characters"):
        await scene.bot.set_webhook("https://example.com/hook", secret_token="no spaces")
    assert (await scene.bot.get_webhook_info()).url == ""


@pytest.mark.parametrize("kind", ["duplicate", "timeout_before"])
async def test_a_delivery_may_come_twice_or_get_lost_once(scene: Scene, kind: Any) -> None:
    scene.faults.add(Fault("telegram", "update", kind))
    async with receiving() as (receiver, url):
        await scene.bot.set_webhook(url)
        scene.telegram.say(CHAT, "one")
        scene.telegram.say(CHAT, "two")
        heard = ["one", "one", "two"] if kind == "duplicate" else ["one", "two"]
        await receiver.until(len(heard))
        assert [b["message"]["text"] for b in receiver.bodies] == heard
        await scene.bot.delete_webhook()
    assert len(scene.record.of("telegram", "update")) == 3


async def test_a_poll_may_bring_updates_twice(scene: Scene) -> None:
    scene.faults.add(Fault("telegram", "getUpdates", "duplicate"))
    assert await scene.updates() == ()
    scene.telegram.say(CHAT, "one")
    assert [u.update_id for u in await scene.updates()] == [FIRST]
    scene.telegram.say(CHAT, "two")
    assert [u.update_id for u in await scene.updates(offset=FIRST + 1)] == [FIRST, FIRST + 1]
    assert [u.update_id for u in await scene.updates(offset=FIRST + 1)] == [FIRST + 1]


def test_update_ids_begin_with_the_time_of_day() -> None:
    def first(now: float) -> int:
        return Telegram(Record(), Faults(), clock=lambda: now).updates.next_id

    assert first(1_800_000_002.0) > first(1_800_000_001.0) > 0


async def test_an_update_of_no_chat_is_delivered_too(scene: Scene) -> None:
    async with receiving() as (receiver, url):
        await scene.bot.set_webhook(url)
        scene.telegram.raw({"poll": {"id": "1"}})
        await receiver.until(1)
        assert receiver.bodies == [{"update_id": FIRST, "poll": {"id": "1"}}]
        await scene.bot.delete_webhook()
