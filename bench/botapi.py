"""A loopback Bot API in a process of its own, so that its CPU is not counted with a contestant's.

`python -m bench.botapi --port 0` prints the port. Bots call `/bot<token>/<method>`, `/slack/api/<method>` is
a Slack that says yes, and `/bench/<order>` is how a measurement orders loads and reads verdicts.
"""

import argparse
import asyncio
import contextlib
import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from itertools import count
from typing import Any

import orjson
import uvloop

from bench.customers import Crowd, Customer, Load
from bench.scripts import Keyboard, Press, Script, Wait, keyboard_of
from bench.slackapi import slack_answer
from bench.uploads import Upload, Uploads
from bench.wire import Request, Wire

_TICK = 0.02  # seconds
_SEED = 20_261_122
_BATCH = 100  # the most updates that one getUpdates gives (core.telegram.org/bots/api, 2026-11-21)
_BOT = {"id": 123456, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
_ME = orjson.dumps({"ok": True, "result": {**_BOT, "can_join_groups": True, "supports_inline_queries": False}})
_TRUE = b'{"ok":true,"result":true}'
_NO_UPDATES = b'{"ok":true,"result":[]}'
_WEBHOOK = b'{"ok":true,"result":{"url":"","has_custom_certificate":false,"pending_update_count":0}}'
_FILE = b'{"ok":true,"result":{"file_id":"F","file_unique_id":"U","file_size":1,"file_path":"documents/f.pdf"}}'
_CONFLICT = b'{"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates request"}'


@dataclass(frozen=True, slots=True)
class _Pending:
    update_id: int
    body: bytes
    customer: Customer


class BotApi:
    """One bot's Bot API: its updates, its customers and the record of what it did."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._pending: deque[_Pending] = deque()
        self._update_ids = count(1)
        self._message_ids = count(1)
        self._chats = 1_000
        self._crowd: Crowd | None = None
        self._uploads = Uploads()
        self._dice = random.Random(_SEED)
        self._delay = 0.0
        self._pause = 0.0
        self._poll: Wire | None = None
        self._poll_limit = _BATCH
        self._poll_end: asyncio.TimerHandle | None = None
        self._polls = 0
        self._is_waking = False
        self._waiting: list[Wire] = []
        self._plain = {
            "getMe": _ME,
            "getWebhookInfo": _WEBHOOK,
            "getMyCommands": _NO_UPDATES,
        }
        self._orders: dict[str, Callable[[Wire, Request], None]] = {
            "start": self._start,
            "wait": self._wait,
            "state": self._state,
            "crash": self._crash,
            "finish": self._finish,
            "upload": self._upload,
            "await": lambda wire, request: self._uploads.wait(wire, request.fields()),
        }

    def answer(self, wire: Wire, request: Request) -> None:
        """Answer one HTTP request, at once or when a poll or a delay has ended."""
        kind, _, method = request.path[1:].rpartition("/")
        if kind == "bench":
            self._orders[method](wire, request)
        elif kind == "slack/api":
            wire.reply(slack_answer(method, request.fields()))
        elif kind.startswith("file/"):
            wire.reply(self._uploads.content(method))
        elif method == "getUpdates":
            self._get_updates(wire, request)
        elif method == "sendMessage":
            self._send_message(wire, request.fields())
        else:
            wire.reply(self._generic(method, request))

    def lost(self, wire: Wire) -> None:
        """Forget a connection that was cut: its poll takes no more updates."""
        if wire is self._poll:
            self._end_poll()
        if wire in self._waiting:
            self._waiting.remove(wire)

    def tick(self) -> None:
        """Let time pass for the customers; runs every 20 ms."""
        if self._crowd is not None:
            self._crowd.tick(time.perf_counter())
        self._tell_waiting()
        self._loop.call_later(_TICK, self.tick)

    def _get_updates(self, wire: Wire, request: Request) -> None:
        fields = request.fields()
        self._polls += 1
        self._confirm(int(fields.get("offset") or 0))
        if self._poll is not None:
            self._poll.reply(_CONFLICT, b"409 Conflict")
            self._end_poll()
        timeout = float(fields.get("timeout") or 0)
        self._poll_limit = min(int(fields.get("limit") or _BATCH), _BATCH)
        self._poll = wire
        if self._pending or not timeout:
            self._hand_out()
        else:
            self._poll_end = self._loop.call_later(timeout, self._hand_out)

    def _confirm(self, offset: int) -> None:
        now = time.perf_counter()
        while self._pending and self._pending[0].update_id < offset:
            done = self._pending.popleft()
            if done.customer.update_id == done.update_id:
                done.customer.confirmed_at = now

    def _hand_out(self) -> None:
        """Answer the open poll with what is pending, or with nothing when its time is over."""
        self._is_waking = False
        poll = self._poll
        if poll is None:
            return
        now = time.perf_counter()
        batch = [self._pending[at] for at in range(min(self._poll_limit, len(self._pending)))]
        for one in batch:
            if one.customer.update_id == one.update_id and not one.customer.handed_at:
                one.customer.handed_at = now
        self._end_poll()
        poll.reply(b'{"ok":true,"result":[%b]}' % b",".join([one.body for one in batch]))

    def _end_poll(self) -> None:
        self._poll = None
        if self._poll_end is not None:
            self._poll_end.cancel()
            self._poll_end = None

    def _utter(self, customer: Customer) -> None:
        """Queue a customer's open line as an update, once he has thought it over where the load has a pause."""
        if self._pause:
            self._loop.call_later(self._pause * self._dice.uniform(0.5, 1.5), self._say, customer)
        else:
            self._queue(customer, self._update(customer))

    def _say(self, customer: Customer) -> None:
        """Queue a line said after a pause: its turn is timed from here, however late it is asked for."""
        customer.handed_at = time.perf_counter()
        self._queue(customer, self._update(customer))

    def _queue(self, customer: Customer, update: dict[str, Any]) -> None:
        """Queue an update; what is said in one round of the loop is one batch."""
        customer.update_id = next(self._update_ids)
        body = orjson.dumps(update | {"update_id": customer.update_id})
        self._pending.append(_Pending(customer.update_id, body, customer))
        if self._poll is not None and not self._is_waking:
            self._is_waking = True
            self._loop.call_soon(self._hand_out)

    def _update(self, customer: Customer) -> dict[str, Any]:
        person = _person(customer.chat)
        line = customer.line
        if isinstance(line, Press):
            return {
                "callback_query": {
                    "id": str(next(self._message_ids)),
                    "from": person,
                    "chat_instance": "1",
                    "data": line.choice,
                    "message": self._message(customer.chat, customer.message_id, customer.shown),
                },
            }
        text = line.text if line else ""
        message = self._message(customer.chat, next(self._message_ids), text) | {"from": person}
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        return {"message": message}

    def _send_message(self, wire: Wire, fields: dict[str, Any]) -> None:
        chat, text = int(fields["chat_id"]), str(fields["text"])
        message_id = next(self._message_ids)
        answer = orjson.dumps({"ok": True, "result": self._message(chat, message_id, text)})
        keyboard = keyboard_of(fields.get("reply_markup"))
        now = time.perf_counter()
        if self._delay:
            self._loop.call_later(self._delay, self._land, wire, answer, (chat, text, keyboard, message_id, now))
        else:
            self._land(wire, answer, (chat, text, keyboard, message_id, now))

    def _land(self, wire: Wire, answer: bytes, shown: tuple[int, str, Keyboard, int, float]) -> None:
        wire.reply(answer)
        if self._crowd is not None:
            self._crowd.show(*shown)
        chat, text, _, message_id, _ = shown
        self._uploads.show(chat, "sendMessage", message_id, text)

    def _generic(self, method: str, request: Request) -> bytes:
        if method == "getFile":
            return self._uploads.about(str(request.fields().get("file_id"))) or _FILE
        if method in self._plain:
            return self._plain[method]
        if not method.startswith(("send", "edit", "forward", "copy")) or method == "sendChatAction":
            return _TRUE
        fields = request.fields()
        chat, text = int(fields["chat_id"]), str(fields.get("text", ""))
        message_id = int(fields.get("message_id") or next(self._message_ids))
        self._uploads.show(chat, method, message_id, text)
        return orjson.dumps({"ok": True, "result": self._message(chat, message_id, text)})

    def _message(self, chat: int, message_id: int, text: str) -> dict[str, Any]:
        return {
            "message_id": message_id,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "Maria"},
            "from": _BOT,
            "text": text,
        }

    def _start(self, wire: Wire, request: Request) -> None:
        """Begin the load that the body describes, with chats never seen before."""
        load = Load(**request.fields())
        module, _, name = load.script.partition(":")
        factory: Callable[[], Script] = getattr(import_module(module), name)
        chats = range(self._chats, self._chats + load.users)
        self._chats += load.users
        self._delay, self._pause = load.delay, load.pause
        self._crowd = Crowd(load, chats, factory, self._utter)
        wire.reply(_TRUE)
        self._crowd.begin(time.perf_counter())

    def _upload(self, wire: Wire, request: Request) -> None:
        """Let a customer beside the load's send a file; the answer names the chat."""
        upload = Upload(**request.fields())
        chat = upload.chat or self._chats
        self._chats += not upload.chat
        document = self._uploads.send(upload, chat)
        message = self._message(chat, next(self._message_ids), "") | {"from": _person(chat), "document": document}
        del message["text"]
        self._queue(Customer(chat, _silent), {"message": message})
        wire.reply(orjson.dumps({"chat": chat}))

    def _wait(self, wire: Wire, request: Request) -> None:
        self._waiting.append(wire)
        self._tell_waiting()

    def _tell_waiting(self) -> None:
        if self._crowd is not None and self._crowd.is_over:
            waiting, self._waiting = self._waiting, []
            for wire in waiting:
                wire.reply(self._verdict())

    def _state(self, wire: Wire, request: Request) -> None:
        wire.reply(self._verdict())

    def _crash(self, wire: Wire, request: Request) -> None:
        if self._crowd is not None:
            self._crowd.crash()
        wire.reply(_TRUE)

    def _finish(self, wire: Wire, request: Request) -> None:
        if self._crowd is not None:
            self._crowd.finish()
        wire.reply(_TRUE)

    def _verdict(self) -> bytes:
        """Give one JSON line: `polls` (getUpdates calls so far) and, once a load began, what came of it."""
        crowd = self._crowd
        verdict = crowd.verdict(time.perf_counter()).plain() if crowd else None
        is_settled = crowd is not None and crowd.is_settled()
        return orjson.dumps({"polls": self._polls, "is_settled": is_settled, "verdict": verdict})


def _person(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "Maria", "language_code": "en"}


def _silent(_text: str, _keyboard: Keyboard) -> Wait:
    return Wait()


async def serve(port: int) -> asyncio.Server:
    """Listen on 127.0.0.1; port 0 takes a free one."""
    api = BotApi()
    api.tick()
    return await asyncio.get_running_loop().create_server(
        lambda: Wire(api.answer, api.lost), "127.0.0.1", port, backlog=1024
    )


async def _run(port: int) -> None:
    server = await serve(port)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(prog="python -m bench.botapi")
    parser.add_argument("--port", type=int, default=0)
    with contextlib.suppress(KeyboardInterrupt):
        uvloop.run(_run(parser.parse_args().port))


if __name__ == "__main__":
    main()
