"""From an update's payload to `Heard`, in the first lines; after these nothing knows what Telegram sent.

An update is read by hand because it is read in every turn: python-telegram-bot's own parser takes 70 µs for it, this 3.
"""

from collections.abc import Callable, Mapping
from typing import Any

from domain.desk.heard import Document, Heard
from domain.wordkeys import MARKS

Payload = Mapping[str, Any]
_NEVER = {**MARKS, 0: None}
LONGEST_TEXT = 4096  # characters taken of one message (Bot API limit, read 2026-11-21)


def event_id(update: Payload) -> str:
    """Return the id by which an update is heard once; raises KeyError or TypeError for what is no update."""
    return f"tg:{int(update['update_id'])}"


def read_update(update: Payload) -> Heard | None:
    """Return what an update means; None for kinds that mean nothing to us (channel posts, reactions, polls …).

    Raises KeyError, TypeError or ValueError for a payload of no known shape.
    """
    event = event_id(update)
    for kind, read in _KINDS.items():
        if kind in update:
            return read(event, update[kind])
    return None


def _message(event: str, message: Payload) -> Heard | None:
    chat = int(message["chat"]["id"])
    said = message.get("text")
    text = _plain(said) if isinstance(said, str) else None
    if message["chat"]["type"] != "private":
        is_command = text is not None and text.startswith("/")
        return Heard(chat, event, "group") if is_command else None
    number = int(message["message_id"])
    if text is None:
        return _without_text(event, chat, number, message)
    if text.startswith("/") and len(text) > 1:
        return Heard(chat, event, "command", text[:LONGEST_TEXT], number, code=_command_name(text))
    return Heard(chat, event, "text", text[:LONGEST_TEXT], number)


def _plain(text: str) -> str:
    """Return a text without what no database keeps and no message shows: marks of ours, NUL, half a surrogate pair."""
    plain = text.translate(_NEVER)
    try:
        plain.encode()
    except UnicodeEncodeError:
        return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return plain


def _command_name(text: str) -> str:
    return text[1:].split(maxsplit=1)[0].split("@")[0].lower() if text[1:].strip() else ""


def _without_text(event: str, chat: int, number: int, message: Payload) -> Heard:
    document = _document(message)
    caption = _plain(str(message.get("caption", "")))[:LONGEST_TEXT]
    if document is None:
        return Heard(chat, event, "other", caption, number)
    return Heard(chat, event, "document", caption, number, document=document)


def _document(message: Payload) -> Document | None:
    if "photo" in message:
        largest = max(message["photo"], key=lambda p: int(p.get("file_size", 0)) or int(p["width"]) * int(p["height"]))
        return Document(str(largest["file_id"]), "photo.jpg", "image/jpeg", int(largest.get("file_size", 0)))
    if "document" in message:
        sent = message["document"]
        return Document(
            str(sent["file_id"]),
            _plain(str(sent.get("file_name", "document"))),
            str(sent.get("mime_type", "")),
            int(sent.get("file_size", 0)),
        )
    return None


def _edited(event: str, message: Payload) -> Heard | None:
    if message["chat"]["type"] != "private":
        return None
    text = _plain(str(message.get("text") or message.get("caption") or ""))
    return Heard(int(message["chat"]["id"]), event, "edit", text[:LONGEST_TEXT], int(message["message_id"]))


def _pressed(event: str, query: Payload) -> Heard | None:
    message = query.get("message")
    if message is None or message["chat"]["type"] != "private":
        return None
    form, asking, code = _callback(str(query.get("data", "")))
    number = int(message["message_id"])
    return Heard(int(message["chat"]["id"]), event, "press", "", number, form, asking, code)


def _callback(data: str) -> tuple[int, int, str]:
    """Return request, asking and choice of callback data; zeros for anything that is not ours."""
    form, _, rest = data.partition(".")
    asking, _, code = rest.partition(".")
    if not (
        form.isascii()
        and form.isdigit()
        and asking.isascii()
        and asking.isdigit()
        and len(form) < 20
        and len(asking) < 10
    ):
        return 0, 0, ""
    return int(form), int(asking), code


def _member(event: str, change: Payload) -> Heard | None:
    if change["chat"]["type"] != "private":
        return None
    gone = change["new_chat_member"]["status"] in ("kicked", "left")
    return Heard(int(change["chat"]["id"]), event, "blocked" if gone else "unblocked")


_KINDS: dict[str, Callable[[str, Payload], Heard | None]] = {
    "message": _message,
    "callback_query": _pressed,
    "edited_message": _edited,
    "my_chat_member": _member,
}

WANTED: tuple[str, ...] = tuple(_KINDS)


def query_id(update: Payload) -> str | None:
    """Return the id of a pressed button's query, which is answered whatever came of it."""
    query = update.get("callback_query")
    return str(query["id"]) if isinstance(query, Mapping) and "id" in query else None
