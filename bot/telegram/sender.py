"""Sends what is owed to customers: messages, and the deletion of messages that carried a secret."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

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
from bot.telegram.request import AiohttpRequest, LostError, seconds
from bot.wording import telegram_text
from domain.desk.keeping import Waiting
from domain.desk.state import Owed
from domain.intake.choices import Choice

LONGEST_MESSAGE = 4096  # UTF-16 units (Bot API, read 2026-11-21)
DELETABLE_FOR = timedelta(hours=47)  # Telegram deletes for 48 h (Bot API, read 2026-11-21); an hour is kept in hand
_BACKOFF = (0.5, 1, 2, 5, 10, 30, 60)


class TelegramSender:
    """Delivers `say` and `delete`."""

    kinds = frozenset({"say", "delete"})

    def __init__(self, bot: Bot, request: AiohttpRequest, now: Now) -> None:
        self._bot = bot
        self._request = request
        self._now = now

    async def send(self, waiting: Waiting) -> Result:
        """Try once; see `bot.sending.Sender`."""
        try:
            if waiting.owed.kind == "delete":
                return await self._delete(waiting.owed)
            return await self._say(waiting.owed)
        except TelegramError as e:
            return outcome(e, waiting)

    async def _say(self, owed: Owed) -> Result:
        fields = {
            "chat_id": owed.address,
            "text": _cut(telegram_text(owed.key, owed.params, owed.language)),
            "parse_mode": "HTML",
            "link_preview_options": '{"is_disabled":true}',
        }
        if owed.buttons:
            fields["reply_markup"] = keyboard(owed)
        answer = await self._call("sendMessage", fields)
        return Sent(str(answer["message_id"]))

    async def _delete(self, owed: Owed) -> Result:
        sent_at = datetime.fromisoformat(owed.params["sent_at"])
        if self._now() - sent_at > DELETABLE_FOR:
            return Never("too_old")
        await self._call("deleteMessage", {"chat_id": owed.address, "message_id": owed.params["message"]})
        return Sent()

    async def _call(self, method: str, fields: dict[str, str]) -> Any:
        return await self._request.call(f"{self._bot.base_url}/{method}", fields)


def _cut(text: str) -> str:
    """Return a text within Telegram's limit; ours never come near it but for a customer's own long words."""
    return text if len(text.encode("utf-16-le")) <= 2 * LONGEST_MESSAGE else text[: LONGEST_MESSAGE // 2]


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
