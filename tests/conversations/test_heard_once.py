"""What is heard five times, beside other things and late again, is as if it had been heard once."""

import asyncio
import hashlib
import hmac
import json
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import aiohttp
import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.cards import action_of
from bot.telegram import ingest
from domain.calendar import next_porting_day
from sandbox.faults import Fault
from tests.conversations.ears import Customer, Ears, Update
from tests.house import STAFF, Desk, Platforms, fill_in, open_desk, reference, sign

STEPS = (
    "answer", "answer", "answer", "answer", "answer", "button", "back", "status", "cancel", "start", "text", "bill",
    "edit", "new", "name", "privacy", "delete_my_data",
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(STEPS), min_size=3, max_size=14), min_size=3, max_size=3),
    st.randoms(use_true_random=False),
)
def test_updates_delivered_again_and_again_are_as_heard_once(
    ears: Ears, stories: list[list[str]], chance: Random
) -> None:
    once, often = ([Customer(ears) for _ in stories] for _ in range(2))
    for number in range(max(map(len, stories))):
        now = [(story[number], a, b) for story, a, b in zip(stories, once, often, strict=True) if number < len(story)]
        ears.hear([a.update(step) for step, a, _ in now])
        fresh = [b.update(step) for step, _, b in now]
        again = [update for customer in often for update in customer.sent if chance.random() < 0.2]
        _deliver(ears, [*(update for update in fresh for _ in range(chance.randint(1, 5))), *again], chance)
    for a, b in zip(once, often, strict=True):
        assert a.state() == b.state()


def _deliver(ears: Ears, updates: list[Update], chance: Random) -> None:
    """Deliver in any order, in batches, some of them to two ears at once."""
    chance.shuffle(updates)
    cut = chance.randint(0, len(updates))
    for batch in (updates[:cut], updates[cut:]):
        if chance.random() < 0.3:
            ears.runner.run(_at_once(ears, batch))
        else:
            ears.hear(batch)


async def _at_once(ears: Ears, batch: list[Update]) -> None:
    await asyncio.gather(ears.ingest.hear_all(batch), ears.ingest.hear_all(batch))


def test_an_update_heard_before_a_restart_is_not_heard_after_it(ears: Ears) -> None:
    customer = Customer(ears)
    ears.hear([customer.update("start")])
    ears.hear([customer.update("answer")])
    before = customer.state()
    ears.hear([*customer.sent, *customer.sent])
    assert customer.state() == before


MISSHAPEN: tuple[Update, ...] = (
    {"message": None},
    {"message": "hello"},
    {"message": {"message_id": 1, "text": "hello"}},
    {"message": {"message_id": 1, "chat": {"id": [1], "type": "private"}, "text": "hello"}},
    {"message": {"message_id": "x", "chat": {"id": 1, "type": "private"}, "text": "hello"}},
    {"message": {"message_id": 1, "chat": {"id": 2**63, "type": "private"}, "text": "hello"}},
    {"callback_query": {"id": "1", "message": "gone", "data": "1.1.go"}},
    {"callback_query": None},
    {"edited_message": {"chat": None}},
    {"my_chat_member": {"chat": {"id": 1, "type": "private"}}},
)


@pytest.mark.parametrize("content", MISSHAPEN)
def test_an_update_of_no_known_shape_is_kept_and_stops_nothing(
    ears: Ears, content: Update, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest, "_PAUSE", 0)
    customer = Customer(ears)
    ears.last_update += 1
    event = f"tg:{ears.last_update}"
    ears.hear([{"update_id": ears.last_update, **content}, customer.update("start")])
    ears.hear([{"update_id": int(event[3:]), **content}])
    assert ears.rows("SELECT asked FROM chat WHERE id = ?", customer.chat) == [("numbers",)]
    assert ears.rows("SELECT count(*) FROM poison WHERE event_id = ?", event) == [(1,)]
    told = ears.rows("SELECT count(*) FROM outbox WHERE key = 'desk.poison' AND params LIKE ?", f"%{event}%")
    assert told == [(1,)]


@pytest.mark.parametrize(
    "content", [{"callback_query": {"id": "1", "message": None, "data": "x"}}, {"poll": {"id": "1"}}]
)
def test_an_update_that_means_nothing_to_us_is_passed_over(ears: Ears, content: Update) -> None:
    ears.last_update += 1
    ears.hear([{"update_id": ears.last_update, **content}])
    assert ears.rows("SELECT count(*) FROM poison WHERE event_id = ?", f"tg:{ears.last_update}") == [(0,)]


async def test_polls_that_bring_everything_twice_send_nothing_twice(tmp_path: Path) -> None:
    told = []
    for times in (0, 400):
        async with Platforms().served() as platforms, open_desk(platforms, tmp_path / str(times)) as desk:
            if times:
                platforms.faults.add(Fault("telegram", "getUpdates", "duplicate", times=times))
            await fill_in(desk)
            await sign(desk)
            ref = reference(desk)
            if times:
                polls = platforms.record.of("telegram", "getUpdates")
                given_ = [update for poll in polls for update in poll.answer or ()]
                assert len(given_) > len(set(given_))  # some truly came twice
            told.append(_said(platforms, ref))
    assert told[0] == told[1]


def _said(platforms: Platforms, ref: str) -> list[str]:
    """Return what the bot sent customers and staff, chat by chat, without references and ids."""
    sent = [
        f"{call.params.get('chat_id', call.params.get('channel'))} {call.method} {call.params.get('text')}".replace(
            ref, "P"
        )
        for method in ("sendMessage", "deleteMessage", "chat.postMessage")
        for service in ("telegram", "slack")
        for call in platforms.record.of(service, method, effective=True)
    ]
    return sorted(re.sub(r"SHA-256 [0-9a-f]{64}", "SHA-256", text) for text in sent)  # no two seals are alike


# staff, heard by two processes that share a database


@dataclass
class Two:
    """Two desks on one PostgreSQL, and a request that waits for staff."""

    desks: tuple[Desk, Desk]
    ref: str
    url: str

    async def again(self, method: str, payload: dict[str, Any]) -> list[int]:
        """Deliver four times more what staff did once, to both desks and all at once; return the answers' statuses."""
        posts = [self._post(self.desks[number % 2], method, payload, 10 * number) for number in range(1, 5)]
        statuses = await asyncio.gather(*posts)
        for desk in self.desks:
            await desk.quiet()
        return list(statuses)

    async def _post(self, desk: Desk, method: str, payload: dict[str, Any], age: int) -> int:
        """Deliver with a signature of its own, for one that was seen before is refused at the door."""
        body = urlencode(payload if method == "command" else {"payload": json.dumps(payload)}).encode()
        stamp = str(int(time.time()) - age)
        digest = hmac.new(b"sandbox-secret", f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Signature": f"v0={digest}",
            "X-Slack-Request-Timestamp": stamp,
        }
        url = f"http://127.0.0.1:{desk.settings.port}/slack/events"
        async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
            return answer.status

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for what may take a second: a message is first left to whichever process holds its lane."""
        async with asyncio.timeout(10):
            while not is_so():  # noqa: ASYNC110 # a database and a screen tell it
                await asyncio.sleep(0.05)

    def card_offers(self, button: str) -> bool:
        """Tell whether the card has a button that begins with this."""
        return f"'{button}" in str(self.desks[0].cards()[0].blocks)

    def count(self, sql: str) -> int:
        """Count rows."""
        with psycopg.connect(self.url) as connection:
            return int(connection.execute(sql.encode()).fetchall()[0][0])

    def kept(self) -> tuple[list[tuple[Any, ...]], int]:
        """Return how the number stands, and how many actions of staff's there were."""
        with psycopg.connect(self.url) as connection:
            numbers = connection.execute("SELECT phase, attempts, port_date FROM number").fetchall()
        return numbers, self.count("SELECT count(*) FROM action")


@asynccontextmanager
async def two_desks(server: str, folder: Path) -> AsyncIterator[Two]:
    """Open two desks that share a fresh database; one request waits for staff."""
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(b"CREATE DATABASE heard_once TEMPLATE template_store")
    url = server.format("heard_once")
    async with (
        Platforms().served() as platforms,
        open_desk(platforms, folder / "a", url=url) as first,
        open_desk(platforms, folder / "b", url=url) as second,
    ):
        await fill_in(first)
        await sign(first)
        yield Two((first, second), reference(first), url)


async def test_what_staff_did_once_is_done_once_however_often_two_processes_hear_of_it(
    server: str, tmp_path: Path
) -> None:
    async with two_desks(server, tmp_path) as two:
        slack = two.desks[0].platforms.slack
        card = two.desks[0].cards()[0].ts
        done = await slack.command(STAFF, f"submit {two.ref} VZ-881")
        assert await two.again("command", done.payload) == [200] * 4
        assert two.kept() == ([("submitted", 1, None)], 1)
        for phase in ("carrier_review", "pending_date"):
            await two.until(partial(two.card_offers, f"{two.ref} {phase}"))
            done = await slack.press(STAFF, action_of("advance"), message_ts=card)
            assert await two.again("action", done.payload) == [200] * 4
            assert two.kept()[0] == [(phase, 1, None)]
        await two.until(partial(two.card_offers, action_of("date")))
        await slack.press(STAFF, action_of("date"), message_ts=card)
        day = next_porting_day(datetime.now(UTC).date() + timedelta(days=4))
        done = await slack.submit(STAFF, slack.modals(STAFF)[0].id, {"day": {"value": day.isoformat()}})
        assert await two.again("view", done.payload) == [200] * 4
        assert two.kept() == ([("scheduled", 1, day)], 4)
        await two.until(lambda: two.count("SELECT count(*) FROM outbox WHERE how IS NULL") == 0)
        thread = "\n".join(two.desks[0].thread())
        told = [message.text for message in two.desks[0].screen() if message.from_bot]
        for words in ("submitted this to the carrier", "set the date"):
            assert thread.count(words) == 1
        assert thread.count("moved this on") == 2
        for words in ("We have sent your request", "is reviewing", "has accepted", "Date set for"):
            assert sum(words in text for text in told) == 1
        assert len(two.desks[0].cards()) == 1
