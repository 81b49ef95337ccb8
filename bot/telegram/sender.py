"""Sends what is owed to customers: messages, status messages edited in place, deletions of what carried a secret."""

import asyncio
import contextlib
import html
import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

import orjson
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.clock import Now
from bot.sending import Again, Never, Result, Sent
from bot.telegram.calendars import calendar_file
from bot.telegram.inviting import link_into, link_to
from bot.telegram.request import AiohttpRequest, LostError, seconds
from bot.tokens import SignerLinks
from bot.wording import telegram_text
from domain.desk.keeping import Files, Links, Outbox, StatusMessage, Waiting
from domain.desk.state import Owed
from domain.desk.tokens import Signing
from domain.errors import Away
from domain.intake.choices import Choice
from domain.numbers.sheets import make_template
from domain.values import replace

LONGEST_MESSAGE = 4096  # UTF-16 units of what is read, after entities parsing (Bot API, read 2026-11-21)
_CUT = "…"  # the end of a message that is not whole
_TAG = re.compile(r"<(/?)([a-z]+)[^>]*>")
_PIECE = re.compile(rf"(?P<tag>{_TAG.pattern})|&#?\w+;|.", re.DOTALL)  # what must not be cut within
DELETABLE_FOR = timedelta(hours=47)  # Telegram deletes for 48 h (Bot API, read 2026-11-21); an hour is kept in hand
_FILES = frozenset({"file", "template", "calendar"})  # parameters of a message that is a document under its words
LAST = "last"  # a status that changes a chat's newest status message, whichever that is
_BACKOFF = (0.5, 1, 2, 5, 10, 30, 60)
# What Telegram says of a message that cannot be edited any more (answers of its Bot API, read 2026-11-21).
_NOT_EDITABLE = ("message to edit not found", "message can't be edited", "message_id_invalid")


class Desk(Outbox, Links, Signing, Protocol):
    """Whoever owes messages, makes the links that invite, and keeps the files that are sent."""

    @property
    def files(self) -> Files:
        """Return where documents are."""
        ...


class TelegramSender:
    """Delivers `say`, `status` and `delete`."""

    kinds = frozenset({"say", "status", "delete"})

    def __init__(self, bot: Bot, request: AiohttpRequest, outbox: Desk, now: Now, public_url: str = "") -> None:
        self._bot = bot
        self._request = request
        self._outbox = outbox
        self._now = now
        self._username = ""
        self.links = SignerLinks(outbox.signers, self._own_name, public_url)
        self._shown: dict[int, str] = {}  # messages that show how far a task is
        self._ways: dict[str, Callable[[Waiting], Awaitable[Result]]] = {
            "say": self._say,
            "status": self._status,
            "delete": self._delete,
        }

    async def send(self, waiting: Waiting) -> Result:
        """Try once; see `bot.sending.Sender`."""
        try:
            return await self._ways[waiting.owed.kind](waiting)
        except TelegramError as e:
            return outcome(e, waiting)
        except Away:
            return Again(_pause(waiting), reason="away")

    async def _say(self, waiting: Waiting) -> Sent:
        owed = await self.links.put_in(waiting.owed)
        if "invite" in owed.params:
            link = link_to(await self._own_name(), self._outbox, int(owed.params["invite"]))
            owed = replace(owed, params={**owed.params, "link": link})
        if not _FILES.isdisjoint(owed.params):
            return await self._send_file(owed)
        answer = await self._call("sendMessage", _fields(owed))
        return Sent(str(answer["message_id"]))

    async def _send_file(self, owed: Owed) -> Sent:
        """Send a document under its caption: a kept file, the template, a calendar; none that was erased meanwhile."""
        try:
            file = calendar_file(owed) if "calendar" in owed.params else await self._file(owed.params)
        except KeyError:
            return Sent()
        fields = {"chat_id": owed.address, "caption": telegram_text(owed.key, owed.params, owed.language)}
        url = f"{self._bot.base_url}/sendDocument"
        answer = await self._request.upload(url, {**fields, "parse_mode": "HTML"}, file)
        return Sent(str(answer["message_id"]))

    async def _file(self, params: dict[str, str]) -> tuple[str, bytes]:
        if "template" in params:
            kind: Literal["csv", "xlsx"] = "xlsx" if params["template"] == "xlsx" else "csv"
            return f"numbers.{kind}", await asyncio.to_thread(make_template, kind)
        return params["name"], await self._outbox.files.read(params["file"])

    async def progress(self, chat: int, task: int, key: str, params: dict[str, str], *, is_last: bool = False) -> None:
        """Send or edit the message that shows how far a task is; see `bot.sending.Progress`."""
        fields = {"chat_id": str(chat), "text": telegram_text(key, params, "en")}
        message = self._shown.get(task)
        if message is None and is_last:
            return
        with contextlib.suppress(TelegramError):  # the next second shows more
            if message is not None:
                await self._call("editMessageText", {**fields, "message_id": message})
            else:
                self._shown[task] = str((await self._call("sendMessage", fields))["message_id"])
        if is_last:
            del self._shown[task]

    async def link_into(self, request_id: int, count: int) -> str:
        """Return the address by which a chat takes over a request that was begun on the phone, by the link's count."""
        return link_into(await self._own_name(), self._outbox, request_id, count)

    async def _own_name(self) -> str:
        """Return the bot's user name, asked of Telegram once."""
        if not self._username:
            self._username = str((await self._call("getMe", {}))["username"])
        return self._username

    async def _status(self, waiting: Waiting) -> Result:
        """Edit the status message that is named; send a fresh one if none is, or if the one pressed is gone."""
        named = waiting.owed.params["message"]
        is_last = named == LAST
        message = await self._newest(waiting.owed) if is_last else named
        edited = await self._edit(waiting, message) if message else None
        if edited is not None:
            return edited
        return Sent() if is_last else await self._fresh_status(waiting)

    async def _newest(self, owed: Owed) -> str:
        shown = await self._outbox.status_message(int(owed.address))
        return "" if shown is None else shown.message_id

    async def _fresh_status(self, waiting: Waiting) -> Result:
        sent = await self._say(waiting)
        return replace(sent, status=StatusMessage(int(waiting.owed.address), str(sent.external_id)))

    async def _edit(self, waiting: Waiting, message: str) -> Result | None:
        """Edit a message; None if it cannot be edited any more. Edits may be repeated: no failure leaves a doubt."""
        try:
            await self._call("editMessageText", {**_fields(waiting.owed), "message_id": message})
        except TelegramError as e:
            said = e.message.lower()
            if any(words in said for words in _NOT_EDITABLE):
                return None
            result = Sent(message) if "not modified" in said else outcome(e, waiting)
            return replace(result, ambiguous=False) if isinstance(result, Again) else result
        return Sent(message)

    async def _delete(self, waiting: Waiting) -> Result:
        owed = waiting.owed
        sent_at = datetime.fromisoformat(owed.params["sent_at"])
        if self._now() - sent_at > DELETABLE_FOR:
            return Never("too_old")
        await self._call("deleteMessage", {"chat_id": owed.address, "message_id": owed.params["message"]})
        return Sent()

    async def _call(self, method: str, fields: dict[str, str]) -> Any:
        return await self._request.call(f"{self._bot.base_url}/{method}", fields)


def _fields(owed: Owed) -> dict[str, str]:
    """Return what a message shows: text and buttons. Which message a status edits is no part of its text."""
    shown = owed.params
    if owed.kind == "status":
        shown = {name: value for name, value in shown.items() if name != "message"}
    fields = {
        "chat_id": owed.address,
        "text": fit(telegram_text(owed.key, shown, owed.language)),
        "parse_mode": "HTML",
        "link_preview_options": '{"is_disabled":true}',
    }
    if owed.buttons:
        fields["reply_markup"] = keyboard(owed)
    return fields


def fit(text: str) -> str:
    """Return Telegram's HTML within Telegram's limit; what had to be cut ends with "…", and its tags are closed."""
    if 2 * len(text) <= LONGEST_MESSAGE or _units(_TAG.sub("", text)) <= LONGEST_MESSAGE:
        return text
    room, end = LONGEST_MESSAGE - _units(_CUT), 0
    opened: list[str] = []
    for piece in _PIECE.finditer(text):
        if piece["tag"]:
            _open_or_close(opened, piece)
        else:
            room -= _units(piece[0])
        if room < 0:
            break
        end = piece.end()
    return text[:end] + _CUT + "".join(f"</{tag}>" for tag in reversed(opened))


def _open_or_close(opened: list[str], tag: re.Match[str]) -> None:
    if tag[2]:
        opened.pop()
    else:
        opened.append(tag[3])


def _units(text: str) -> int:
    """Count the UTF-16 units of what is read of a text without tags."""
    return len(html.unescape(text).encode("utf-16-le")) // 2


def keyboard(owed: Owed) -> str:
    """Return the inline keyboard as JSON; callback data is `<request>.<asking>.<code>`, at most 64 bytes."""
    rows = [[_button(choice, owed) for choice in row] for row in owed.buttons]
    return orjson.dumps({"inline_keyboard": rows}).decode()


def _button(choice: Choice, owed: Owed) -> dict[str, str]:
    form = choice.params.get("form", owed.form)
    label = telegram_text(choice.label, choice.params, owed.language)
    return {
        "text": label.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"),
        "callback_data": f"{form}.{choice.code}",
    }


def outcome(error: TelegramError, waiting: Waiting) -> Result:
    """Return what Telegram's answer means for an owed message."""
    if isinstance(error, RetryAfter):
        return Again(seconds(error), reason="429")
    if isinstance(error, BadRequest):
        return _refused(error, waiting)
    found = next((result for kind, result in _OUTCOMES.items() if isinstance(error, kind)), _UNKNOWN)
    return replace(found, seconds=_pause(waiting)) if isinstance(found, Again) and not found.seconds else found


# Ordered: an error is met by the first kind that it is an instance of. `seconds` 0: the usual backoff.
_UNKNOWN = Again(0, reason="unknown")
_OUTCOMES: dict[type[TelegramError], Again | Never] = {
    Forbidden: Never("blocked"),
    ChatMigrated: Never("moved"),
    InvalidToken: Again(60.0, reason="token"),
    TimedOut: Again(0, ambiguous=True, reason="unanswered"),
    LostError: Again(0, ambiguous=True, reason="unanswered"),
    NetworkError: Again(0, reason="network"),
}


def _refused(error: BadRequest, waiting: Waiting) -> Result:
    text = error.message.lower()
    if waiting.owed.kind == "delete" and "not found" in text:
        return Sent()
    return Never("chat_gone" if "chat not found" in text else "refused")


def _pause(waiting: Waiting) -> float:
    return _BACKOFF[min(waiting.attempts, len(_BACKOFF) - 1)]
