"""What the page and tests can do as a customer in Telegram, and what the customer's screen shows."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sandbox.page.asked import Asked, AskedWrongError
from sandbox.page.bill import sample_bill
from sandbox.telegram import Message, Telegram

Json = dict[str, Any]
Act = Callable[[Telegram, Asked], Json]


def screen(telegram: Telegram, chat_id: int) -> Json:
    """Return what a chat shows: its messages, the keyboard under them, and whether the bot is blocked."""
    messages = telegram.chat(chat_id)
    chat = telegram.state.chats.get(chat_id)
    keyboards = [message.keys for message in messages if message.keys is not None]
    return {
        "chat": chat_id,
        "blocked": bool(chat and chat.blocked),
        "keys": keyboards[-1] if keyboards else [],
        "messages": [_message(message) for message in messages],
    }


def _message(message: Message) -> Json:
    buttons = [[button._asdict() for button in row] for row in message.keyboard]
    return {**asdict(message), "keyboard": buttons, "html": message.html}


def _say(telegram: Telegram, asked: Asked) -> Json:
    user, reply_to = asked.optional_mapping("user"), asked.optional_number("reply_to")
    number = telegram.say(asked.number("chat"), asked.text("text"), reply_to=reply_to, user=user)
    return {"message_id": number}


def _press(telegram: Telegram, asked: Asked) -> Json:
    chat, message = asked.number("chat"), asked.number("message_id")
    return {"query_id": telegram.press(chat, message, asked.text("data"), force=asked.flag("force"))}


def _upload(telegram: Telegram, asked: Asked) -> Json:
    if asked.text("kind", "document") not in ("document", "photo"):
        raise AskedWrongError("kind must be document or photo")
    number = telegram.upload(
        asked.number("chat"),
        asked.content("content"),
        name=asked.text("name"),
        mime=asked.text("mime"),
        kind="photo" if asked.value("kind") == "photo" else "document",
        caption=asked.optional_text("caption"),
        media_group_id=asked.optional_text("media_group_id"),
    )
    return {"message_id": number}


def _bill(telegram: Telegram, asked: Asked) -> Json:
    day = datetime.fromtimestamp(telegram.clock(), UTC).date()
    number = telegram.upload(asked.number("chat"), sample_bill(day), name="sample-bill.pdf", mime="application/pdf")
    return {"message_id": number}


def _edit(telegram: Telegram, asked: Asked) -> Json:
    telegram.edit(asked.number("chat"), asked.number("message_id"), asked.text("text"))
    return {}


def _block(telegram: Telegram, asked: Asked) -> Json:
    telegram.block(asked.number("chat"))
    return {}


def _unblock(telegram: Telegram, asked: Asked) -> Json:
    telegram.unblock(asked.number("chat"))
    return {}


def _raw(telegram: Telegram, asked: Asked) -> Json:
    telegram.raw(asked.mapping("update"))
    return {}


ACTS: Mapping[str, Act] = {
    "say": _say,
    "press": _press,
    "upload": _upload,
    "bill": _bill,
    "edit": _edit,
    "block": _block,
    "unblock": _unblock,
    "raw": _raw,
}
