"""Customers of the loopback Bot API who send files beside a load's: what they sent, and all that they were shown."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from bench.wire import Wire


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a customer sends. `chat` 0 is a customer never seen before."""

    path: str
    name: str
    mime: str
    chat: int = 0


@dataclass(frozen=True, slots=True)
class Await:
    """What a customer waits for: a message sent since the last file in which `text`, a regular expression, is found."""

    chat: int
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One message shown or edited: seconds since the file was sent, and the method that did it."""

    after: float
    method: str
    message_id: int
    text: str


@dataclass(slots=True)
class _Sender:
    sent_at: float = 0.0
    shown: list[Shown] = field(default_factory=list)
    awaited: str = ""
    waiting: Wire | None = None


class Uploads:
    """The files of all senders by their ids, and the record of what each sender was shown."""

    def __init__(self) -> None:
        self._files: dict[str, Path] = {}
        self._senders: dict[int, _Sender] = {}

    def send(self, upload: Upload, chat: int) -> dict[str, Any]:
        """Keep a file, and give the document that an update about it holds."""
        file_id = f"L{len(self._files) + 1}"
        path = self._files[file_id] = Path(upload.path)
        self._senders[chat] = _Sender(time.perf_counter())
        about = {"file_id": file_id, "file_unique_id": file_id, "file_size": path.stat().st_size}
        return about | {"file_name": upload.name, "mime_type": upload.mime}

    def about(self, file_id: str) -> bytes | None:
        """Answer getFile; None for a file that nobody sent."""
        if file_id not in self._files:
            return None
        size = self._files[file_id].stat().st_size
        told = {"file_id": file_id, "file_unique_id": file_id, "file_size": size, "file_path": f"lists/{file_id}"}
        return orjson.dumps({"ok": True, "result": told})

    def content(self, file_id: str) -> bytes:
        """Return a file's bytes."""
        return self._files[file_id].read_bytes()

    def show(self, chat: int, method: str, message_id: int, text: str) -> None:
        """Note what a sender is shown, and answer who waits for it."""
        sender = self._senders.get(chat)
        if sender is not None:
            sender.shown.append(Shown(time.perf_counter() - sender.sent_at, method, message_id, text))
            self._tell(sender)

    def wait(self, wire: Wire, fields: Mapping[str, Any]) -> None:
        """Answer with the whole record once what is waited for has been shown."""
        sender = self._senders[fields["chat"]]
        sender.waiting, sender.awaited = wire, fields["text"]
        self._tell(sender)

    def _tell(self, sender: _Sender) -> None:
        if sender.waiting is not None and any(re.search(sender.awaited, each.text) for each in sender.shown):
            waiting, sender.waiting = sender.waiting, None
            waiting.reply(orjson.dumps({"shown": sender.shown}))
