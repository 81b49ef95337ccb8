"""Faults, limits and a second run of the sandbox's Telegram."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import Forbidden, NetworkError, RetryAfter, TimedOut

from sandbox.faults import Fault
from sandbox.record import Call
from sandbox.telegram import Pace
from tests.sandbox.telegram_scene import CHAT, OTHER_CHAT, Scene, keyboard, receiving, staged


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with staged() as found:
        yield found


@pytest.fixture(autouse=True)
def _waits_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else python-telegram-bot warns at every RetryAfter


async def test_the_pace_holds_a_chat_back_and_says_for_how_long(scene: Scene) -> None:
    now = 1_800_000_000.0
    scene.telegram.clock = lambda: now
    scene.telegram.say(CHAT, "hello")
    scene.telegram.say(OTHER_CHAT, "hello")
    scene.telegram.pace = Pace(burst=2, per_second=0.5)
    await scene.bot.send_message(CHAT, "1")
    await scene.bot.send_message(CHAT, "2")
    with pytest.raises(RetryAfter) as caught:
        await scene.bot.send_message(CHAT, "3")
    assert caught.value.retry_after == timedelta(seconds=2)
    await scene.bot.send_message(OTHER_CHAT, "1")
    scene.telegram.clock = lambda: now + 2
    await scene.bot.send_message(CHAT, "3")
    refused = scene.record.of("telegram", "sendMessage")[2]
    assert refused.answer["parameters"] == {"retry_after": 2}
    assert refused.answer["description"] == "Too Many Requests: retry after 2"
    assert (refused.status, refused.took_effect) == (429, False)


async def test_the_pace_holds_all_chats_back_together(scene: Scene) -> None:
    scene.telegram.clock = lambda: 1_800_000_000.0
    scene.telegram.pace = Pace(overall_burst=3)
    for chat in range(1, 5):
        scene.telegram.say(chat, "hello")
    for chat in range(1, 4):
        await scene.bot.send_message(chat, "x")
    with pytest.raises(RetryAfter):
        await scene.bot.send_message(4, "x")
    scene.telegram.pace = None
    assert scene.telegram.pace is None
    await scene.bot.send_message(4, "x")


@pytest.mark.parametrize(
    ("kind", "error", "status", "effective"),
    [
        ("429", RetryAfter, 429, False),
        ("403", Forbidden, 403, False),
        ("502", NetworkError, 502, False),
        ("timeout_before", TimedOut, 0, False),
        ("timeout_after", TimedOut, 0, True),
        ("half", NetworkError, 200, True),
    ],
)
async def test_a_fault_is_met_once(kind: Any, error: type[Exception], status: int, effective: bool) -> None:
    async with staged(read_timeout=0.2) as scene:
        scene.telegram.say(CHAT, "hello")
        scene.faults.add(Fault("telegram", "sendMessage", kind, retry_after=1.5))
        with pytest.raises(error) as caught:
            await scene.bot.send_message(CHAT, "x")
        if isinstance(caught.value, RetryAfter):
            assert caught.value.retry_after == timedelta(seconds=2)
        (call,) = scene.record.of("telegram", "sendMessage")
        assert (call.fault, call.status, call.took_effect) == (kind, status, effective)
        assert len(scene.telegram.chat(CHAT)) == 1 + effective
        await scene.bot.send_message(CHAT, "x")
        assert len(scene.telegram.chat(CHAT)) == 2 + effective


async def test_a_call_that_times_out_is_cut_in_the_end(scene: Scene) -> None:
    scene.faults.add(Fault("telegram", "getMe", "timeout_before", hang=0.05))
    with pytest.raises(NetworkError):
        await scene.bot.get_me()


async def test_a_download_meets_faults_too(scene: Scene) -> None:
    scene.telegram.upload(CHAT, b"0123456789", name="x.txt", mime="text/plain")
    (update,) = await scene.updates()
    assert update.message is not None
    assert update.message.document is not None
    file = await update.message.document.get_file()
    for kind in ("502", "half"):
        scene.faults.add(Fault("telegram", "download", kind))
        with pytest.raises(NetworkError):
            await file.download_as_bytearray()
    assert await file.download_as_bytearray() == b"0123456789"


async def test_hooks_see_a_call_before_and_after_its_effect(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    seen: list[tuple[str, str, int]] = []

    async def note(when: str, call: Call) -> None:
        seen.append((when, call.method, len(scene.telegram.chat(CHAT))))

    scene.faults.before = lambda call: note("before", call)
    scene.faults.after = lambda call: note("after", call)
    await scene.bot.send_message(CHAT, "x")
    assert seen == [("before", "sendMessage", 1), ("after", "sendMessage", 2)]


async def test_a_second_run_goes_on_where_the_first_ended(scene: Scene) -> None:
    scene.telegram.upload(CHAT, b"%PDF", name="bill.pdf", mime="application/pdf")
    sent = await scene.bot.send_message(CHAT, "choose", reply_markup=keyboard("go"))
    number = scene.telegram.press(CHAT, sent.id, "go")
    scene.telegram.block(OTHER_CHAT)
    kept = json.loads(json.dumps(scene.telegram.snapshot()))
    async with staged() as second:
        second.telegram.restore(kept)
        assert second.telegram.chat(CHAT) == scene.telegram.chat(CHAT)
        assert [u.to_dict() for u in await second.updates()] == [u.to_dict() for u in await scene.updates()]
        assert await second.bot.answer_callback_query(number)
        with pytest.raises(Forbidden):
            await second.bot.send_message(OTHER_CHAT, "x")
        assert second.telegram.say(CHAT, "hello") == sent.id + 1
        found = second.telegram.chat(CHAT)[0].document
        assert found is not None
        assert second.telegram.content(found.file_id) == b"%PDF"


async def test_a_second_run_still_delivers_to_the_webhook(scene: Scene) -> None:
    async with receiving() as (receiver, url), staged() as second:
        await scene.bot.set_webhook(url, secret_token="s")
        kept = scene.telegram.snapshot()
        await scene.bot.delete_webhook()
        second.telegram.restore(kept)
        second.telegram.say(CHAT, "hello")
        await receiver.until(1)
        assert receiver.secrets == ["s"]
