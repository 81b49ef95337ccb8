"""What Telegram knows of one bot: its chats, their messages, files, pressed buttons and settings."""

import base64
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from sandbox.telegram.pace import Buckets
from sandbox.telegram.params import Upload
from sandbox.telegram.refusals import bad, blocked

Json = dict[str, Any]

FIRST_MESSAGE = 101
GROUP_USER = 5_000_000_001  # who writes in a group when a test does not say
ON_SCREEN = 5  # seconds of "typing…" (Bot API, sendChatAction, read 2026-11-21); of a note the sandbox's choice


@dataclass(slots=True)
class Chat:
    """A chat that the bot may write to, because someone wrote there first; `user` wrote last."""

    id: int
    user: Json
    blocked: bool = False

    def public(self) -> Json:
        """Return the chat as it stands in messages; numbers below zero are groups."""
        if self.id < 0:
            return {"id": self.id, "type": "group", "title": f"Group {-self.id}"}
        names: Json = {name: self.user[name] for name in ("first_name", "last_name", "username") if name in self.user}
        return {"id": self.id, "type": "private", **names}


@dataclass(slots=True)
class Posted:
    """A message on the screen: its body as the API shows it, and the reply keyboard that came with it."""

    body: Json
    from_bot: bool
    keys: Json | None = None


@dataclass(slots=True)
class File:
    """A stored file; `path` is where the file server has it."""

    id: str
    name: str
    mime: str
    path: str
    content: bytes


@dataclass(slots=True)
class Query:
    """A pressed button; unix seconds."""

    at: float
    answered: bool = False
    chat_id: int = 0  # 0 in snapshots of older versions


@dataclass(frozen=True, slots=True)
class Toast:
    """What the bot answered to a pressed button: a note that passes, or an `alert` with an OK. Unix seconds."""

    id: str
    text: str
    alert: bool
    at: float


@dataclass(slots=True)
class State:
    """All of it. Message bodies are replaced, never changed, for the record and old updates share them."""

    bot: Json
    buckets: Buckets
    clock: Callable[[], float] = time.time
    chats: dict[int, Chat] = field(default_factory=dict)
    messages: dict[int, dict[int, Posted]] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    typing: dict[int, float] = field(default_factory=dict)  # since when, by chat
    toasts: dict[int, Toast] = field(default_factory=dict)  # the last one of each chat
    last_message: int = FIRST_MESSAGE - 1
    last_query: int = 0

    def now(self) -> int:
        """Return unix seconds, whole as everywhere in the Bot API."""
        return int(self.clock())

    def arrive(self, chat_id: int, user: Json | None) -> Chat:
        """Return the chat someone writes in, opening it at first; `user` overrides what is known."""
        chat = self.chats.get(chat_id)
        if chat is None:
            number = chat_id if chat_id > 0 else GROUP_USER
            known: Json = {"id": number, "is_bot": False, "first_name": "Customer", "language_code": "en"}
            chat = self.chats[chat_id] = Chat(chat_id, known)
        if user:
            chat.user = {**chat.user, **user}
        return chat

    def writable(self, chat_id: int) -> Chat:
        """Return a chat the bot calls on. Raises `Refused`: nobody wrote there, or the bot is blocked."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad("chat not found")
        if chat.blocked:
            raise blocked()
        return chat

    def post(self, chat: Chat, content: Json, *, from_bot: bool, keys: Json | None = None) -> Posted:
        """Put a message on the screen; `content` is all but its number, sender, chat and date."""
        self.last_message += 1
        if from_bot:
            self.typing.pop(chat.id, None)
        body = {
            "message_id": self.last_message,
            "from": self.bot if from_bot else chat.user,
            "chat": chat.public(),
            "date": self.now(),
            **content,
        }
        posted = Posted(body, from_bot, keys)
        self.messages.setdefault(chat.id, {})[self.last_message] = posted
        return posted

    def find(self, chat_id: int, message_id: int) -> Posted | None:
        """Return a message that is still on the screen."""
        return self.messages.get(chat_id, {}).get(message_id)

    def quoted(self, chat_id: int, message_id: int) -> Json | None:
        """Return a message as it stands in an answer to it, which shows one level only."""
        found = self.find(chat_id, message_id)
        if found is None:
            return None
        return {k: v for k, v in found.body.items() if k != "reply_to_message"}

    def keep(self, upload: Upload, folder: str) -> File:
        """Store a file; ids count up, and the path keeps the ending of its name."""
        number = len(self.files) + 1
        ending = upload.name.rpartition(".")[2] if "." in upload.name else "bin"
        path = f"{folder}/file_{number}.{ending}"
        file = File(f"BQACAgSandbox{number:06d}", upload.name, upload.mime, path, upload.content)
        self.files[file.id] = file
        return file

    def is_typing(self, chat_id: int) -> bool:
        """Tell whether the bot seems to be typing: for five seconds, or until it has written."""
        return self._is_on_screen(self.typing.get(chat_id))

    def toast(self, chat_id: int) -> Toast | None:
        """Return the note that a pressed button was answered with, while it can be read."""
        found = self.toasts.get(chat_id)
        return found if found and self._is_on_screen(found.at) else None

    def _is_on_screen(self, since: float | None) -> bool:
        return since is not None and self.clock() - since < ON_SCREEN

    def snapshot(self) -> Json:
        """Return everything but the clock, the pace and what passes in seconds, JSON-able; file bytes are base64."""
        return {
            "chats": [asdict(chat) for chat in self.chats.values()],
            "messages": [
                {"chat_id": chat_id, **asdict(posted)}
                for chat_id, chat in self.messages.items()
                for posted in chat.values()
            ],
            "files": [_packed(file) for file in self.files.values()],
            "queries": {number: asdict(query) for number, query in self.queries.items()},
            "settings": dict(self.settings),
            "last_message": self.last_message,
            "last_query": self.last_query,
        }

    def restore(self, kept: Json) -> None:
        """Take up what `snapshot` returned, in place of everything known."""
        self.chats = {chat["id"]: Chat(**chat) for chat in kept["chats"]}
        self.messages = {}
        for row in kept["messages"]:
            posted = Posted(row["body"], row["from_bot"], row["keys"])
            self.messages.setdefault(row["chat_id"], {})[posted.body["message_id"]] = posted
        files = [File(**{**file, "content": base64.b64decode(file["content"])}) for file in kept["files"]]
        self.files = {file.id: file for file in files}
        self.queries = {number: Query(**query) for number, query in kept["queries"].items()}
        self.settings = dict(kept["settings"])
        self.last_message = kept["last_message"]
        self.last_query = kept["last_query"]


def _packed(file: File) -> Json:
    return {
        "id": file.id,
        "name": file.name,
        "mime": file.mime,
        "path": file.path,
        "content": base64.b64encode(file.content).decode(),
    }
