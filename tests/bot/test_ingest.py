"""Whatever Telegram sends, and whatever the database does meanwhile, customers are heard."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot

from bot.telegram.ingest import Ingest, Poller
from bot.telegram.request import AiohttpRequest
from domain.desk.keeping import Leases
from domain.desk.state import Decide, Key, OfChat, Outcome, Owed
from domain.errors import NotKept
from sandbox.faults import Fault
from sandbox.telegram.webhook import Address
from storage import Store
from storage.leases import LeaseDesk
from tests.ground import open_store
from tests.house import Platforms
from tests.waiting import until

Update = Mapping[str, Any]
PRIVATE = {"id": 77, "type": "private"}
REFUSE = "CREATE TRIGGER full BEFORE INSERT ON {} BEGIN SELECT RAISE(ABORT, 'disk full'); END"

STRANGE: dict[str, Update] = {
    "a press on no message": {"callback_query": {"id": "1", "message": None}},
    "a press that is nothing": {"callback_query": None},
    "a press on a message of no chat": {"callback_query": {"id": "1", "message": {"chat": None}}},
    "a press on a list": {"callback_query": [1, 2]},
    "a message that is nothing": {"message": None},
    "a message that is a list": {"message": []},
    "a message of no chat": {"message": {"text": "hi"}},
    "a chat that is a number": {"message": {"chat": 5}},
    "a chat whose id is a word": {"message": {"chat": {"id": "abc", "type": "private"}, "message_id": 1, "text": "hi"}},
    "a chat whose id is nothing": {"message": {"chat": {"id": None, "type": "private"}, "message_id": 1, "text": "hi"}},
    "a chat whose id is too long": {
        "message": {"chat": {"id": 10**30, "type": "private"}, "message_id": 1, "text": "hi"}
    },
    "a chat whose id is a list": {"message": {"chat": {"id": [1], "type": "private"}, "message_id": 1, "text": "hi"}},
    "a message whose number is a word": {"message": {"chat": PRIVATE, "message_id": "x", "text": "hi"}},
    "a photo of no sizes": {"message": {"chat": PRIVATE, "message_id": 1, "photo": []}},
    "an edit that is a word": {"edited_message": "x"},
    "a member of no status": {"my_chat_member": {"chat": PRIVATE}},
    "half a surrogate pair where nothing can be made of it": {"message": {"caption": "\ud83d"}},
    "a kind that nobody knows": {"moon_phase": {"chat": {"id": 1}}},
    "nothing at all": {},
}


def said(number: int, text: str = "/help", chat: int = 5001) -> Update:
    """Return a customer's message as an update."""
    message = {"message_id": number, "chat": {"id": chat, "type": "private"}, "text": text}
    return {"update_id": number, "message": message}


class Counting(AiohttpRequest):
    """The network, counting polls."""

    polls = 0

    async def call(self, url: str, fields: dict[str, str], limit: float | None = None) -> Any:
        self.polls += url.endswith("/getUpdates")
        return await super().call(url, fields, limit)


@dataclass
class Ear:
    """One process that polls: its network and its poller."""

    request: Counting
    poller: Poller


@dataclass
class Refusing:
    """Leases in a database that refuses so many times from now on."""

    leases: Leases
    left: int = 0

    async def acquire(self, name: str, seconds: float) -> int | None:
        if self.left:
            self.left -= 1
            raise NotKept
        return await self.leases.acquire(name, seconds)

    async def give_up(self, name: str) -> None:
        await self.leases.give_up(name)


@dataclass
class Scene:
    """A real store, Telegram's sandbox, and everything owed so far."""

    platforms: Platforms
    store: Store
    file: Path
    ingest: Ingest
    ears: list[Ear] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)

    def ear(self, leases: Leases | None = None) -> Ear:
        """Make a process that polls; with leases of another one it counts as another one."""
        request = Counting(timeout=2)
        poller = Poller(self.ingest, make_bot(self.platforms, request), request, leases or self.store.leases)
        self.ears.append(Ear(request, poller))
        return self.ears[-1]

    def another_process(self) -> LeaseDesk:
        """Return the leases of this database as another process has them."""
        return LeaseDesk(self.store._hand, replace(self.store._tools, owner=self.store.new_id()))

    def answers(self, chat: int = 5001) -> int:
        """Count the messages owed to a chat."""
        return sum(o.kind == "say" and o.address == str(chat) for o in self.owed)

    def told_of_poison(self) -> list[str]:
        """Return the events that staff are told of as poison."""
        return [o.params["event"] for o in self.owed if o.key == "desk.poison"]

    def change(self, sql: str) -> None:
        """Change the database behind the store's back."""
        with sqlite3.connect(self.file, timeout=1) as connection:
            connection.execute(sql)
        connection.close()


def make_bot(platforms: Platforms, request: AiohttpRequest) -> Bot:
    return Bot(platforms.telegram.token, base_url=f"{platforms.url}/bot", request=request)


@pytest.fixture
async def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    monkeypatch.setattr("bot.telegram.ingest._PAUSE", 0.02)
    file = tmp_path / "desk.sqlite"
    store = await open_store(f"sqlite:///{file}", tmp_path, None)
    async with Platforms().served() as platforms:
        request = AiohttpRequest(timeout=2)
        opened = Scene(platforms, store, file, Ingest(make_bot(platforms, request), request, store, store))
        store.listen(opened.owed.extend)
        try:
            yield opened
        finally:
            for each in (request, *(ear.request for ear in opened.ears)):
                await each.shutdown()
            await store.close()


@asynccontextmanager
async def polling(ear: Ear) -> AsyncIterator["asyncio.Task[None]"]:
    """Run a poller until the block ends."""
    task = asyncio.create_task(ear.poller.run())
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


# shapes


@pytest.mark.parametrize("strange", STRANGE.values(), ids=STRANGE)
async def test_a_strange_update_keeps_nobody_from_being_heard(scene: Scene, strange: Update) -> None:
    await scene.ingest.hear_all([{"update_id": 1, **strange}, said(2)])
    assert scene.answers() == 1


async def test_strange_updates_neither_end_the_poller_nor_come_again(scene: Scene) -> None:
    for update in STRANGE.values():
        if "half" not in json.dumps(update) and update:
            scene.platforms.telegram.updates.push(_sendable(update), 0)
    ear = scene.ear()
    async with polling(ear) as task:
        scene.platforms.telegram.say(5001, "/help")
        await until(lambda: scene.answers() == 1 and not len(scene.platforms.telegram.updates))
        assert not task.done()


def _sendable(update: Update) -> dict[str, Any]:
    """Return an update as the sandbox can write it: without what only Telegram itself could."""
    return {
        kind: json.loads(json.dumps(content).replace("\\ud83d", "").replace(str(10**30), "1e30"))
        for kind, content in update.items()
    }


async def test_updates_of_one_chat_stay_in_order_whether_its_id_is_a_number_or_a_text(scene: Scene) -> None:
    second = said(2, "/cancel")
    second["message"]["chat"]["id"] = "5001"
    await scene.ingest.hear_all([said(1, "/start"), second])
    assert [o.key.split("+")[0] for o in scene.owed] == ["start.welcome", "cancel.nothing"]


# poison


@pytest.mark.parametrize("name", ["a chat whose id is a word", "a chat whose id is too long", "a message of no chat"])
async def test_what_nothing_can_be_made_of_is_kept_and_staff_told_once(scene: Scene, name: str) -> None:
    update = {"update_id": 1, **STRANGE[name]}
    await scene.ingest.hear_all([update, said(2)])
    await scene.ingest.hear(update)  # Telegram sends it again
    kept = await scene.store.poison("tg:1")
    assert kept is not None
    assert json.loads(kept) == update
    assert scene.told_of_poison() == ["tg:1"]
    assert scene.answers() == 1


async def test_poison_with_half_a_surrogate_pair_is_kept_as_well(scene: Scene) -> None:
    update = {"update_id": 1, "message": {"text": "\ud83d"}}
    await scene.ingest.hear(update)
    kept = await scene.store.poison("tg:1")
    assert kept is not None
    assert json.loads(kept) == update


async def test_what_is_decided_thrice_in_vain_is_poison_and_the_next_is_heard(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    from domain.desk.customer import hear

    tries = []

    def broken(state: Any, moment: Any, heard: Any, policy: Any) -> Any:
        tries.append(heard.text)
        if heard.text == "boom":
            raise RuntimeError
        return hear(state, moment, heard, policy)

    monkeypatch.setattr("bot.telegram.ingest.hear", broken)
    await scene.ingest.hear_all([said(1, "boom"), said(2)])
    assert tries == ["boom"] * 3 + ["/help"]
    assert scene.told_of_poison() == ["tg:1"]
    assert scene.answers() == 1


# the database


async def test_a_database_that_refuses_for_a_while_makes_no_poison(scene: Scene) -> None:
    scene.change(REFUSE.format("heard"))
    hearing = asyncio.create_task(scene.ingest.hear(said(1)))
    await asyncio.sleep(0.2)
    assert not hearing.done()
    assert scene.answers() == 0
    scene.change("DROP TRIGGER full")
    await asyncio.wait_for(hearing, 3)
    assert scene.answers() == 1
    assert await scene.store.poison("tg:1") is None


async def test_a_database_that_keeps_refusing_confirms_nothing_to_telegram(scene: Scene) -> None:
    scene.change(REFUSE.format("heard"))
    with pytest.raises(NotKept):
        await scene.ingest.hear_all([said(1)])
    scene.change("DROP TRIGGER full")
    await scene.ingest.hear_all([said(1)])
    assert scene.answers() == 1


async def test_a_lease_that_cannot_be_kept_for_a_while_does_not_end_the_poller(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.ingest.LEASE", 0.15)
    refusing = Refusing(scene.store.leases)
    ear = scene.ear(refusing)
    async with polling(ear) as task:
        await until(lambda: ear.request.polls == 1)
        refusing.left = 3
        await until(lambda: task.done() or not refusing.left)
        scene.platforms.telegram.say(5001, "/help")
        await until(lambda: task.done() or scene.answers() == 1)
        assert not task.done()


# who polls


async def test_the_right_to_poll_is_kept_through_a_long_poll_and_passes_on_afterwards(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.ingest.LEASE", 0.24)
    first, second = scene.ear(), scene.ear(scene.another_process())
    async with polling(first):
        await until(lambda: first.request.polls == 1)
        async with polling(second):
            await asyncio.sleep(0.5)  # two leases long, in one long poll
            assert (first.request.polls, second.request.polls) == (1, 0)
            scene.platforms.telegram.say(5001, "/help")
            await until(lambda: scene.answers() == 1)
            assert (first.poller.conflicts, second.poller.conflicts) == (0, 0)
    async with polling(second):
        await until(lambda: second.request.polls > 0)
        scene.platforms.telegram.say(5001, "/help")
        await until(lambda: scene.answers() == 2)


async def test_the_second_takes_over_from_one_that_was_killed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.ingest.LEASE", 0.15)
    first, second = scene.ear(), scene.ear(scene.another_process())
    async with polling(first) as killed, polling(second):
        await until(lambda: first.request.polls == 1)
        await asyncio.sleep(0.1)
        assert second.request.polls == 0
        killed.cancel()
        await until(lambda: second.request.polls > 0)
        scene.platforms.telegram.say(5001, "/help")
        await until(lambda: scene.answers() == 1)


async def test_a_lease_that_was_lost_ends_the_poll_under_way(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.ingest.LEASE", 0.15)
    ear = scene.ear()
    async with polling(ear) as task:
        await until(lambda: ear.request.polls == 1)
        scene.change("UPDATE lease SET owner = 1, until = 9000000000000000")
        await asyncio.sleep(0.2)
        scene.platforms.telegram.say(5001, "/help")
        await asyncio.sleep(0.1)
        assert (ear.request.polls, scene.answers(), task.done()) == (1, 0, False)


async def test_a_webhook_that_somebody_set_is_taken_away(scene: Scene) -> None:
    scene.platforms.telegram.reception.open(Address("http://127.0.0.1:9/nobody"))
    ear = scene.ear()
    async with polling(ear):
        scene.platforms.telegram.say(5001, "/help")
        await until(lambda: scene.answers() == 1)
    assert ear.poller.conflicts == 1
    assert scene.platforms.telegram.reception.webhook is None
    assert len(scene.platforms.record.of("telegram", "deleteWebhook")) == 1


@pytest.mark.parametrize("kind", ["502", "half", "403"])
async def test_an_outage_of_telegram_does_not_end_the_poller(scene: Scene, kind: Any) -> None:
    scene.platforms.faults.add(Fault("telegram", "getUpdates", kind, times=3))
    scene.platforms.telegram.say(5001, "/help")
    async with polling(scene.ear()) as task:
        await until(lambda: scene.answers() == 1)
        assert not task.done()


async def test_what_was_heard_is_confirmed_only_after_it_was_kept(scene: Scene) -> None:
    scene.change(REFUSE.format("heard"))
    scene.platforms.telegram.say(5001, "/help")
    ear = scene.ear()
    async with polling(ear):
        await until(lambda: ear.request.polls == 1)
        await asyncio.sleep(0.15)
        assert len(scene.platforms.telegram.updates) == 1
        scene.change("DROP TRIGGER full")
        await until(lambda: not len(scene.platforms.telegram.updates))
    assert scene.answers() == 1


async def test_a_press_is_answered_whatever_came_of_it(scene: Scene) -> None:
    scene.platforms.telegram.state.arrive(5001, None)
    await scene.ingest.hear({"update_id": 1, "callback_query": {"id": "9", "message": None}})
    await until(lambda: bool(scene.platforms.record.of("telegram", "answerCallbackQuery")))


async def test_older_requests_of_colleagues_are_looked_up_for_the_button_that_wants_them(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted: list[int] = []
    turn = scene.store.turn

    async def noted(key: Key, event_id: str, decide: Decide) -> Outcome:
        assert isinstance(key, OfChat)
        wanted.append(key.before)
        return await turn(key, event_id, decide)

    monkeypatch.setattr(scene.store, "turn", noted)
    chat = {"id": 5001, "type": "private"}
    message = {"message_id": 7, "date": 1, "chat": chat}
    sender = {"id": 5001, "is_bot": False, "first_name": "Ann"}
    for number, data in enumerate(("12345.0.co.more", "12345.0.co.look"), 1):
        query = {"id": str(number), "from": sender, "chat_instance": "1", "data": data, "message": message}
        await scene.ingest.hear({"update_id": number, "callback_query": query})
    assert wanted == [12345, 0]


# what is not owed


def paper(number: int, mime: str = "application/pdf") -> Update:
    """Return a customer's file as an update."""
    document = {"file_id": f"F{number}", "file_name": "bill.pdf", "mime_type": mime, "file_size": 900}
    message = {"message_id": number, "chat": {"id": 5001, "type": "private"}, "document": document}
    return {"update_id": number, "message": message}


async def begun(scene: Scene) -> None:
    """Let a customer begin a request."""
    scene.platforms.telegram.state.arrive(5001, None)
    await scene.ingest.hear(said(1, "move my number 415 421 8832 from Verizon"))


async def test_a_file_that_is_being_fetched_shows_as_typing(scene: Scene) -> None:
    await begun(scene)
    await scene.ingest.hear(paper(2))
    await until(lambda: scene.platforms.telegram.state.is_typing(5001))
    await scene.ingest.hear(paper(2))  # Telegram sends it again
    await scene.ingest.hear(said(3))
    await asyncio.sleep(0.05)
    assert len(scene.platforms.record.of("telegram", "sendChatAction")) == 1


async def test_a_file_that_nobody_fetches_shows_nothing(scene: Scene) -> None:
    await begun(scene)
    await scene.ingest.hear(paper(2, "video/mp4"))
    await asyncio.sleep(0.05)
    assert not scene.platforms.record.of("telegram", "sendChatAction")


@pytest.mark.parametrize("kind", ["429", "403", "502", "timeout_before", "half"])
async def test_a_turn_neither_waits_for_typing_nor_fails_with_it(scene: Scene, kind: Any) -> None:
    scene.platforms.faults.add(Fault("telegram", "sendChatAction", kind, hang=0.3))
    await begun(scene)
    answers = scene.answers()
    await asyncio.wait_for(scene.ingest.hear_all([paper(2), said(3)]), 0.25)
    assert scene.answers() > answers
    await until(lambda: bool(scene.platforms.record.of("telegram", "sendChatAction")))
    assert not scene.told_of_poison()
