"""The sandbox's Telegram: its routes for a bot, and a customer's thumb for tests and for the page."""

import re
import time
from collections.abc import Callable, Sequence
from typing import Literal

from starlette.routing import Route

from sandbox.faults import Faults
from sandbox.record import Record
from sandbox.telegram.front import Front
from sandbox.telegram.markup import clean, units
from sandbox.telegram.others import CAPTIONED, OTHERS, contact, forwarded
from sandbox.telegram.pace import Buckets, Pace
from sandbox.telegram.params import Upload
from sandbox.telegram.posting import document, photo
from sandbox.telegram.reception import Reception
from sandbox.telegram.screen import Message, shown
from sandbox.telegram.state import Chat, Json, Posted, Query, State
from sandbox.telegram.updates import Updates
from sandbox.telegram.webhook import Address

BOT_NAME = "Port of Call"
USERNAME = "port_of_call_sandbox_bot"
EDITABLE = CAPTIONED | {"text", "document", "photo"}
ALBUM = range(2, 11)  # messages in one (Bot API, sendMediaGroup, read 2026-11-21)
COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,64}(?:@\w+)?")


class Telegram:
    """One bot's Telegram. Mount `routes` in an app that `sandbox.serve.serve` serves; `close` it at the end.

    Every control that acts for the customer makes the update that the bot will receive.
    """

    def __init__(
        self,
        record: Record,
        faults: Faults,
        token: str = "123456:sandbox",  # noqa: S107 - no secret, this is the sandbox's own bot
        first_update_id: int | None = None,
        *,
        pace: Pace | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        bot = {"id": int(token.split(":")[0]), "is_bot": True, "first_name": BOT_NAME, "username": USERNAME}
        self.token = token
        self.state = State(bot, Buckets(pace), clock)
        self.updates = Updates(self._first_id() if first_update_id is None else first_update_id)
        self.reception = Reception(self.state, self.updates, record, faults)
        front = Front(self.state, self.reception, record, faults, token)
        self.routes = [
            Route("/bot{token}/{method}", front.answer, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", front.download, methods=["GET"]),
        ]

    @property
    def clock(self) -> Callable[[], float]:
        """Where unix seconds come from; set another to age messages, updates and buttons."""
        return self.state.clock

    @clock.setter
    def clock(self, clock: Callable[[], float]) -> None:
        self.state.clock = clock

    @property
    def pace(self) -> Pace | None:
        """The sending limits in force; None: none."""
        return self.state.buckets.pace

    @pace.setter
    def pace(self, pace: Pace | None) -> None:
        self.state.buckets = Buckets(pace)

    def say(self, chat_id: int, text: str, *, reply_to: int | None = None, user: Json | None = None) -> int:
        """Send a text as the customer; `user` overrides fields of who that is. Return its number.

        Raises:
            ValueError: the message to reply to is not on the screen.
        """
        content: Json = {"text": text, **_commands(text)}
        if reply_to is not None:
            content["reply_to_message"] = self.state.quoted(chat_id, reply_to)
            if content["reply_to_message"] is None:
                raise ValueError(f"no message {reply_to} to reply to")
        return self._send(chat_id, content, user)

    def press(self, chat_id: int, message_id: int, data: str, *, force: bool = False) -> str:
        """Press a button and return the query's id; only `force` presses one that is no longer shown.

        Raises:
            ValueError: there is no such button on that message.
        """
        posted = self.state.find(chat_id, message_id)
        if not force and (posted is None or data not in shown(posted).data):
            raise ValueError(f"no button {data!r} on message {message_id}")
        chat = self.state.arrive(chat_id, None)
        self.state.last_query += 1
        number = str(4_000_000_000_000_000 + self.state.last_query)
        self.state.queries[number] = Query(self.state.clock(), chat_id=chat_id)
        gone = {"chat": chat.public(), "message_id": message_id, "date": 0}  # an inaccessible message
        query = {
            "id": number,
            "from": chat.user,
            "message": posted.body if posted else gone,
            "chat_instance": str(chat_id),
            "data": data,
        }
        self._push({"callback_query": query})
        return number

    def upload(
        self,
        chat_id: int,
        content: bytes,
        *,
        name: str,
        mime: str,
        kind: Literal["document", "photo"] = "document",
        caption: str | None = None,
        media_group_id: str | None = None,
    ) -> int:
        """Send a file as the customer; parts of an album share `media_group_id`. Return its number."""
        file = self.state.keep(Upload(name, mime, content), f"{kind}s")
        body: Json = {"photo": photo(file)} if kind == "photo" else {"document": document(file)}
        if caption:
            body["caption"] = caption
        if media_group_id:
            body["media_group_id"] = media_group_id
        return self._send(chat_id, body)

    def album(
        self,
        chat_id: int,
        files: Sequence[Upload],
        *,
        kind: Literal["document", "photo"] = "photo",
        caption: str | None = None,
    ) -> list[int]:
        """Send files together, the caption with the first. Return their numbers.

        Raises:
            ValueError: an album has 2 to 10 files.
        """
        if len(files) not in ALBUM:
            raise ValueError("an album has 2 to 10 files")
        group = str(13_000_000_000_000_000 + self.state.last_message)
        captions = [caption, *[None] * (len(files) - 1)]
        return [
            self.upload(
                chat_id, file.content, name=file.name, mime=file.mime, kind=kind, caption=said, media_group_id=group
            )
            for file, said in zip(files, captions, strict=True)
        ]

    def contact(
        self,
        chat_id: int,
        phone: str,
        user_id: int | None,
        *,
        name: str = "Customer",
        forwarded_from: str | None = None,
    ) -> int:
        """Share a contact; the phone's button sends the customer's own, with their `user_id`."""
        card = contact(phone, name, user_id)
        return self._send(chat_id, card if forwarded_from is None else self._forwarded(card, forwarded_from))

    def send_other(self, chat_id: int, kind: str, caption: str | None = None) -> int:
        """Send one of `others.OTHERS`: a sticker, a voice, a location, … Return its number.

        Raises:
            ValueError: that kind has no caption.
        """
        if caption and kind not in CAPTIONED:
            raise ValueError(f"a {kind} has no caption")
        return self._send(chat_id, {**OTHERS[kind], **({"caption": caption} if caption else {})})

    def forward(self, chat_id: int, text: str, name: str) -> int:
        """Forward what somebody else, who shows no more than a name, once wrote. Return its number."""
        return self._send(chat_id, self._forwarded({"text": text, **_commands(text)}, name))

    def edit(self, chat_id: int, message_id: int, text: str) -> None:
        """Change a text that the customer sent, or what stands under a file.

        Raises:
            ValueError: that is no message of the customer's, or one that cannot be changed.
        """
        posted = self.state.find(chat_id, message_id)
        if posted is None or posted.from_bot:
            raise ValueError(f"message {message_id} is not the customer's")
        if "forward_origin" in posted.body or posted.body.keys().isdisjoint(EDITABLE):
            raise ValueError(f"message {message_id} cannot be edited")
        rest = {k: v for k, v in posted.body.items() if k != "entities"}
        changed: Json = {"text": text, **_commands(text)} if "text" in rest else {"caption": text}
        posted.body = {**rest, **changed, "edit_date": self.state.now()}
        self._push({"edited_message": posted.body})

    def block(self, chat_id: int) -> None:
        """Block the bot: calls into the chat answer 403 from now on."""
        self._turn(self.state.arrive(chat_id, None), "member", "kicked")

    def unblock(self, chat_id: int) -> None:
        """Let the bot write again."""
        self._turn(self.state.arrive(chat_id, None), "kicked", "member")

    def raw(self, update: Json) -> None:
        """Queue any update as it is; an `update_id` is filled in where it is missing."""
        self._push(update)

    def chat(self, chat_id: int) -> list[Message]:
        """Return what the customer's screen shows now, oldest first; deleted messages are not on it."""
        return [shown(posted) for posted in self.state.messages.get(chat_id, {}).values()]

    def content(self, file_id: str) -> bytes:
        """Return a file's bytes. Raises `KeyError` for an unknown one."""
        return self.state.files[file_id].content

    def snapshot(self) -> Json:
        """Return all that a later run needs to go on, JSON-able; file bytes are base64."""
        webhook = self.reception.webhook
        address = webhook.address if webhook else None
        return {
            "state": self.state.snapshot(),
            "updates": self.updates.snapshot(),
            "webhook": address and [address.url, address.secret, address.max_connections],
        }

    def restore(self, kept: Json) -> None:
        """Go on from a snapshot; one with a webhook needs a running event loop."""
        self.state.restore(kept["state"])
        self.updates.restore(kept["updates"])
        if kept["webhook"]:
            self.reception.open(Address(*kept["webhook"]))

    async def close(self) -> None:
        """Stop deliveries to a webhook."""
        await self.reception.close()

    def _first_id(self) -> int:
        # Runs of one day count on, so that a bot which remembers updates takes none of them for a repeat.
        return 100_000_000 + int(self.clock() % 86_400) * 1000

    def _send(self, chat_id: int, content: Json, user: Json | None = None) -> int:
        chat = self.state.arrive(chat_id, user)
        posted: Posted = self.state.post(chat, content, from_bot=False)
        self._push({"message": posted.body})
        return int(posted.body["message_id"])

    def _forwarded(self, content: Json, name: str) -> Json:
        return forwarded(content, name, self.state.now())

    def _turn(self, chat: Chat, before: str, after: str) -> None:
        chat.blocked = after == "kicked"
        self._push(
            {
                "my_chat_member": {
                    "chat": chat.public(),
                    "from": chat.user,
                    "date": self.state.now(),
                    "old_chat_member": self._member(before),
                    "new_chat_member": self._member(after),
                }
            }
        )

    def _member(self, status: str) -> Json:
        return {"user": self.state.bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})

    def _push(self, update: Json) -> None:
        self.updates.push(update, self.state.clock())


def _commands(text: str) -> Json:
    found = [
        {"type": "bot_command", "offset": units(text[: match.start()]), "length": units(match.group())}
        for match in COMMAND.finditer(clean(text))
    ]
    return {"entities": found} if found else {}
