"""What the page and tests can do as a customer in Telegram, and what the customer's screen shows."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, Literal

from sandbox.page.asked import Asked, AskedWrongError
from sandbox.page.bill import sample_bill
from sandbox.page.photo import sample_photo
from sandbox.telegram import Message, Telegram, Upload
from sandbox.telegram.about import introduction, menu
from sandbox.telegram.others import OTHERS

Json = dict[str, Any]
Act = Callable[[Telegram, Asked], Json]

OWN_PHONE, OTHERS_PHONE = "+14154218832", "+12125550123"
FRIEND = "Maria Torres"  # whose card and words are passed on unless somebody else is named
PAGES = 3  # of the sample album


def screen(telegram: Telegram, chat_id: int) -> Json:
    """Return what a chat shows: its messages, what is under and over them, and whether the bot is blocked."""
    messages = telegram.chat(chat_id)
    chat = telegram.state.chats.get(chat_id)
    toast = telegram.state.toast(chat_id)
    keyboards = [message.keys for message in messages if message.keys is not None]
    return {
        "chat": chat_id,
        "blocked": bool(chat and chat.blocked),
        "keys": keyboards[-1] if keyboards else [],
        "typing": telegram.state.is_typing(chat_id),
        "toast": asdict(toast) if toast else None,
        "commands": menu(telegram.state, chat_id),
        "introduction": introduction(telegram.state),
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
    kind = _file_kind(asked, "document")
    number = telegram.upload(
        asked.number("chat"),
        asked.content("content"),
        name=asked.text("name"),
        mime=asked.text("mime"),
        kind=kind,
        caption=asked.optional_text("caption"),
        media_group_id=asked.optional_text("media_group_id"),
    )
    return {"message_id": number}


def _file_kind(asked: Asked, usual: str) -> Literal["document", "photo"]:
    kind = asked.text("kind", usual)
    if kind not in ("document", "photo"):
        raise AskedWrongError("kind must be document or photo")
    return "photo" if kind == "photo" else "document"


def _bill(telegram: Telegram, asked: Asked) -> Json:
    content = sample_bill(_today(telegram))
    number = telegram.upload(asked.number("chat"), content, name="sample-bill.pdf", mime="application/pdf")
    return {"message_id": number}


def _sample_photo(telegram: Telegram, asked: Asked) -> Json:
    chat, file = asked.number("chat"), _photo(_today(telegram), 1)
    caption = asked.optional_text("caption")
    number = telegram.upload(chat, file.content, name=file.name, mime=file.mime, kind="photo", caption=caption)
    return {"message_id": number}


def _today(telegram: Telegram) -> date:
    return datetime.fromtimestamp(telegram.clock(), UTC).date()


def _photo(day: date, page: int) -> Upload:
    return Upload(f"bill-{page}.jpg", "image/jpeg", sample_photo(day, page))


def _album(telegram: Telegram, asked: Asked) -> Json:
    files = _given(asked) or [_photo(_today(telegram), page) for page in range(1, PAGES + 1)]
    chat, caption = asked.number("chat"), asked.optional_text("caption")
    return {"message_ids": telegram.album(chat, files, kind=_file_kind(asked, "photo"), caption=caption)}


def _given(asked: Asked) -> list[Upload]:
    contents = asked.value("contents") or []
    if not isinstance(contents, list):
        raise AskedWrongError("contents must be a list")
    name, mime = asked.text("name", "photo.jpg"), asked.text("mime", "image/jpeg")
    return [Upload(name, mime, Asked({"contents": content}).content("contents")) for content in contents]


def _contact(telegram: Telegram, asked: Asked) -> Json:
    chat, whose = asked.number("chat"), asked.text("whose", "own")
    if whose not in ("own", "other"):
        raise AskedWrongError("whose must be own or other")
    is_own, user = whose == "own", telegram.state.arrive(chat, None).user
    number = telegram.contact(
        chat,
        asked.text("phone", OWN_PHONE if is_own else OTHERS_PHONE),
        user["id"] if is_own else None,
        name=asked.text("name", user["first_name"] if is_own else FRIEND),
        forwarded_from=FRIEND if asked.flag("forwarded") else None,
    )
    return {"message_id": number}


def _other(telegram: Telegram, asked: Asked, kind: str) -> Json:
    return {"message_id": telegram.send_other(asked.number("chat"), kind, asked.optional_text("caption"))}


def _forward(telegram: Telegram, asked: Asked) -> Json:
    return {"message_id": telegram.forward(asked.number("chat"), asked.text("text"), asked.text("from", FRIEND))}


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
    "sample_photo": _sample_photo,
    "album": _album,
    "contact": _contact,
    "forward": _forward,
    "edit": _edit,
    "block": _block,
    "unblock": _unblock,
    "raw": _raw,
    **{kind: partial(_other, kind=kind) for kind in OTHERS},
}
