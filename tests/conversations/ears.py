"""Updates heard into a real store without any network: quick enough for property tests."""

import asyncio
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from telegram import Bot

from bot.telegram.ingest import Ingest
from bot.telegram.request import AiohttpRequest
from storage import Store
from tests.domain.talk import ANSWERS
from tests.ground import open_store

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
Update = Mapping[str, Any]


class NoNetwork:
    """Stands where Telegram is called: nothing of what is tested here depends on an answer."""

    base_url = "http://nowhere"

    async def call(self, *_: object) -> bool:
        """Take any call."""
        return True


@dataclass
class Ears:
    """A store, and what hears updates into it, on a loop of their own."""

    runner: asyncio.Runner
    store: Store
    ingest: Ingest
    file: Path
    last_chat: int = 10_000
    last_update: int = 1_000

    def hear(self, updates: list[Update]) -> None:
        """Hear a batch."""
        self.runner.run(self.ingest.hear_all(updates))

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Read the database as it stands."""
        connection = sqlite3.connect(self.file)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def ears(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ears]:
    folder = tmp_path_factory.mktemp("heard")
    file = folder / "desk.sqlite"
    with asyncio.Runner() as runner:
        store = runner.run(open_store(f"sqlite:///{file}", folder, None, now=lambda: NOW))

        async def build() -> Ingest:
            nobody = NoNetwork()
            return Ingest(cast("Bot", nobody), cast("AiohttpRequest", nobody), store, store)

        yield Ears(runner, store, runner.run(build()), file)
        runner.run(store.close())


@dataclass
class Customer:
    """A chat that makes its next update from what it was asked, as a person would."""

    ears: Ears
    chat: int = 0
    sent: list[Update] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ears.last_chat += 1
        self.chat = self.ears.last_chat

    def update(self, step: str) -> Update:
        """Return the update of a step."""
        self.ears.last_update += 1
        content = self._content(step)
        self.sent.append({"update_id": self.ears.last_update, **content})
        return self.sent[-1]

    def _content(self, step: str) -> Update:
        message: Update = {"message_id": 100 + len(self.sent), "chat": {"id": self.chat, "type": "private"}}
        if step == "button":
            data = self._button()
            return {"callback_query": {"id": "1", "message": message, "data": data}}
        if step == "edit":
            return {"edited_message": {**message, "text": "my pin is 482913"}}
        asked = self._asked()
        if step == "bill" or (step == "answer" and asked == "bill"):
            document = {"file_id": f"f{len(self.sent)}", "file_name": "bill.pdf", "mime_type": "application/pdf"}
            return {"message": {**message, "document": document}}
        if step == "answer" and asked == "review":
            return {"callback_query": {"id": "1", "message": message, "data": self._button(first=True)}}
        told = {**ANSWERS, "numbers": "-".join(self._number())}.get(asked, "hello")
        text = {"answer": told, "text": "what now?"}.get(step, f"/{step}")
        return {"message": {**message, "text": text}}

    def _number(self) -> tuple[str, str, str]:
        """Return the number that this customer moves, in its three parts: nobody else asks for it."""
        return "415", str(422 + self.chat % 80), str(1000 + self.chat % 8999)

    def _asked(self) -> str:
        found = self.ears.rows("SELECT asked FROM chat WHERE id = ?", self.chat)
        return (found[0][0] or "") if found else ""

    def _button(self, *, first: bool = False) -> str:
        """Return what a button of the newest message with buttons would send."""
        sql = "SELECT form, buttons FROM outbox WHERE lane = ? AND buttons != '[]' ORDER BY id DESC LIMIT 1"
        for form, buttons in self.ears.rows(sql, f"chat:{self.chat}"):
            choices = [choice for row in json.loads(buttons) for choice in row]
            chosen = choices[0 if first else len(self.sent) % len(choices)]
            return f"{chosen['params'].get('form', form)}.{chosen['code']}"
        return "0.0.nothing"

    def state(self) -> object:
        """Return all that there is of this chat, without what no two chats have in common: ids and references."""
        requests = self.ears.rows("SELECT id, ref FROM request WHERE chat_id = ? ORDER BY id", self.chat)
        area, exchange, line = self._number()
        known = {str(self.chat): "CHAT", f"1{area}{exchange}{line}": "NUMBER", f"{exchange}-{line}": "NUMBER"}
        known |= {
            str(each): name for n, (i, ref) in enumerate(requests) for each, name in ((i, f"R{n}"), (ref, f"P{n}"))
        }
        ids = [str(request) for request, _ in requests]
        of_mine = f"request_id IN ({','.join(ids) or 'NULL'})"
        lanes = [f"chat:{self.chat}", f"wipe:{self.chat}", *(f"card:{request}" for request in ids)]
        asked = (
            f"SELECT focus, asked, asking, blocked FROM chat WHERE id = {self.chat}",
            f"SELECT id, ref, status, version, signed_at FROM request WHERE chat_id = {self.chat} ORDER BY id",
            f"SELECT request_id, number_class, carrier, status FROM port_order WHERE {of_mine} ORDER BY id",
            f"SELECT request_id, e164, phase, version, attempts FROM number WHERE {of_mine} ORDER BY id",
            f"SELECT request_id, question, value, reopened FROM answer WHERE {of_mine} ORDER BY request_id, question",
            f"SELECT request_id, question FROM secret WHERE {of_mine} ORDER BY request_id, question",
            "SELECT request_id, status, file_id, name, message_id FROM paper "
            f"WHERE {of_mine} AND kind != 'letter' ORDER BY id",  # whose ids are its order's and its signature's
            f"SELECT request_id, actor, what, field, detail FROM history WHERE chat_id = {self.chat} ORDER BY id",
            f"SELECT rule, subject, at FROM due WHERE {of_mine.replace('request_id', 'subject')}",
            f"SELECT kind, request_id FROM errand WHERE {of_mine} ORDER BY id",
            "SELECT kind, lane, address, key, params, buttons, form, rank, how FROM outbox "
            f"WHERE lane IN ({','.join(map(repr, lanes))}) ORDER BY id",
        )
        found = [sorted(self.ears.rows(sql), key=repr) if " due " in sql else self.ears.rows(sql) for sql in asked]
        plain = re.sub(r"[0-9a-f]{64}", "DIGEST", repr(found))  # of facts, among which are the chat's numbers
        return re.sub(r"\d{3}-\d{4}|\d{4,}|P-\w{5}", lambda hit: known.get(hit[0], hit[0]), plain)
