"""Status messages on Telegram's sandbox and the real store: one message, edited in place, whatever becomes of it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from telegram import Bot

from bot.clock import utc_now
from bot.relay import Relay
from bot.telegram.request import AiohttpRequest
from bot.telegram.sender import TelegramSender
from bot.wording import sentences
from domain.desk.keeping import StatusMessage
from domain.desk.state import Owed
from domain.intake.choices import Choice
from sandbox.faults import Fault, Faults
from sandbox.record import Record
from sandbox.serve import serve
from sandbox.telegram import Message, Telegram
from storage import Store
from tests.ground import open_store

ANNA = 5001
BUTTONS = ((Choice("status", "test.button", {"form": "17.0"}),),)


@dataclass
class Scene:
    """A relay between a real store and Telegram's sandbox."""

    telegram: Telegram
    faults: Faults
    record: Record
    store: Store
    sender: TelegramSender
    relay: Relay = field(init=False)
    given_up: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.relay = Relay(self.store, [self.sender], utc_now, timedelta(seconds=20), self.on_never)

    async def on_never(self, _owed: Owed, reason: str) -> None:
        self.given_up.append(reason)

    async def show(self, phase: str, message: str, chat: int = ANNA, kind: str = "status") -> None:
        """Owe a chat its status, and wait until it went out."""
        self.telegram.state.arrive(chat, None)
        number = self.store.new_id()
        params = {"phase": phase, "message": message}
        owed = Owed(number, kind, f"chat:{chat}", str(chat), "test.status", f"o:{number}", params, BUTTONS)
        await self.store.owe((owed,))
        async with asyncio.timeout(5):
            while self.relay.lanes:  # noqa: ASYNC110 # nothing here tells when it is so
                await asyncio.sleep(0.01)

    def shown(self, chat: int = ANNA) -> list[Message]:
        """Return a chat's screen, oldest first."""
        return self.telegram.chat(chat)

    def texts(self, chat: int = ANNA) -> list[str]:
        """Return what a chat's screen says, oldest first."""
        return [message.text for message in self.shown(chat)]

    async def take_away(self, message: int) -> None:
        """Delete a message, as a customer does who clears the chat."""
        await self.sender._call("deleteMessage", {"chat_id": str(ANNA), "message_id": str(message)})

    def calls(self, method: str) -> int:
        """Count calls that reached Telegram."""
        return len(self.record.of("telegram", method))


@pytest.fixture
async def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    monkeypatch.setattr("bot.telegram.sender._BACKOFF", (0.02,))
    monkeypatch.setitem(sentences("en"), "test.status", "Your port is {phase}{message}.")
    monkeypatch.setitem(sentences("en"), "test.button", "Again")
    store = await open_store(f"sqlite:///{tmp_path}/desk.sqlite", tmp_path, None)
    request, record, faults = AiohttpRequest(timeout=2), Record(), Faults()
    telegram = Telegram(record, faults)
    async with serve(Starlette(routes=[*telegram.routes])) as url:
        bot = Bot(telegram.token, base_url=f"{url}/bot", request=request)
        opened = Scene(telegram, faults, record, store, TelegramSender(bot, request, store, utc_now))
        try:
            yield opened
        finally:
            await opened.relay.drain(0.1)
            await request.shutdown()
            await store.close()
            await telegram.close()


async def test_a_first_status_is_a_message_with_buttons_that_is_remembered(scene: Scene) -> None:
    await scene.show("under way", "")
    (message,) = scene.shown()
    assert message.text == "Your port is under way."
    assert [[(b.text, b.data) for b in row] for row in message.keyboard] == [[("Again", "17.0.status")]]
    assert await scene.store.status_message(ANNA) == StatusMessage(ANNA, str(message.id))


async def test_the_last_status_is_edited_in_place_even_before_its_place_is_written(scene: Scene) -> None:
    for phase, message in (("new", ""), ("under way", "last"), ("scheduled", "last")):
        await scene.show(phase, message)
    assert scene.texts() == ["Your port is scheduled."]
    assert scene.shown()[0].keyboard
    assert scene.calls("sendMessage") == 1


async def test_of_two_status_messages_the_one_pressed_or_the_newest_is_edited(scene: Scene) -> None:
    await scene.show("a", "")
    await scene.show("b", "")
    old, new = scene.shown()
    await scene.show("c", str(old.id))
    await scene.show("d", "last")
    assert scene.texts() == ["Your port is c.", "Your port is d."]
    assert await scene.store.status_message(ANNA) == StatusMessage(ANNA, str(new.id))


async def test_a_chat_that_was_never_shown_a_status_gets_none_for_the_last(scene: Scene) -> None:
    await scene.show("under way", "last")
    assert (scene.texts(), scene.given_up, scene.relay.sent) == ([], [], 1)
    assert scene.calls("*") == 0


async def test_an_edit_that_changes_nothing_is_done(scene: Scene) -> None:
    await scene.show("new", "")
    await scene.show("new", "last")
    assert (scene.texts(), scene.given_up, scene.relay.sent) == (["Your port is new."], [], 2)


async def test_a_status_that_was_pressed_and_is_gone_comes_fresh_and_is_the_newest_then(scene: Scene) -> None:
    await scene.show("old", "")
    (gone,) = scene.shown()
    await scene.take_away(gone.id)
    await scene.show("fresh", str(gone.id))
    await scene.show("newer", "last")
    assert scene.texts() == ["Your port is newer."]


async def test_what_cannot_be_edited_is_shown_in_a_fresh_message(scene: Scene) -> None:
    mine = scene.telegram.say(ANNA, "hello")
    await scene.show("new", str(mine))
    assert scene.texts() == ["hello", "Your port is new."]


async def test_the_last_status_that_is_gone_stays_gone_without_a_word(scene: Scene) -> None:
    await scene.show("old", "")
    await scene.take_away(scene.shown()[0].id)
    await scene.show("new", "last")
    assert (scene.texts(), scene.given_up, scene.relay.sent) == ([], [], 2)


async def test_an_edit_that_may_have_arrived_is_repeated_as_often_as_it_takes(scene: Scene) -> None:
    await scene.show("old", "")
    scene.faults.add(Fault("telegram", "editMessageText", "half", times=4))
    await scene.show("new", "last")
    assert (scene.texts(), scene.given_up) == (["Your port is new."], [])
    assert scene.calls("editMessageText") == 5


async def test_a_fresh_status_that_may_have_arrived_twice_is_not_sent_again(scene: Scene) -> None:
    scene.faults.add(Fault("telegram", "sendMessage", "half", times=5))
    await scene.show("new", "")
    assert scene.given_up == ["doubtful"]
    assert scene.calls("sendMessage") == 2


@pytest.mark.parametrize("message", ["", "last"])
async def test_a_chat_that_blocked_us_gets_no_status(scene: Scene, message: str) -> None:
    await scene.show("old", "")
    scene.telegram.block(ANNA)
    await scene.show("new", message)
    assert scene.given_up == ["blocked"]


async def test_a_kind_that_nobody_sends_is_dead_at_once_and_its_lane_goes_on(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    await scene.show("lost", "", kind="pigeon")
    await scene.show("new", "")
    assert scene.given_up == ["broken"]
    assert scene.texts() == ["Your port is new."]
    assert [line for line in caplog.messages if line.startswith("relay unwired ") and line.endswith("kind=pigeon")]
