"""From an update's payload to `Heard`, in the first lines; after these nothing knows what Telegram sent.

An update is read by hand because it is read in every turn: python-telegram-bot's own parser takes 70 µs for it, this 3.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bot.wording import labels_like
from domain.desk.heard import OTHER_KINDS, Document, Heard
from domain.wordkeys import MARKS

Payload = Mapping[str, Any]
_NEVER = {**MARKS, 0: None}
LONGEST_TEXT = 4096  # characters taken of one message (Bot API limit, read 2026-11-21)

# An animation carries `document` as well, a venue `location` (Bot API, read 2026-11-21), so they are looked for first.
_OTHERS = ("animation", "venue", *OTHER_KINDS)
# What a chat tells of itself, with nobody having written anything (Bot API 10, "Service message", read 2026-11-21).
_SERVICE = frozenset({
    "new_chat_members", "left_chat_member", "chat_owner_left", "chat_owner_changed", "new_chat_title",
    "new_chat_photo", "delete_chat_photo", "group_chat_created", "supergroup_chat_created", "channel_chat_created",
    "message_auto_delete_timer_changed", "migrate_to_chat_id", "migrate_from_chat_id", "pinned_message",
    "successful_payment", "refunded_payment", "users_shared", "chat_shared", "gift", "unique_gift",
    "gift_upgrade_sent", "connected_website", "write_access_allowed", "proximity_alert_triggered", "boost_added",
    "chat_background_set", "checklist_tasks_done", "checklist_tasks_added", "direct_message_price_changed",
    "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
    "general_forum_topic_hidden", "general_forum_topic_unhidden", "giveaway_created", "giveaway_completed",
    "managed_bot_created", "paid_message_price_changed", "poll_option_added", "poll_option_deleted",
    "suggested_post_approved", "suggested_post_approval_failed", "suggested_post_declined", "suggested_post_paid",
    "suggested_post_refunded", "video_chat_scheduled", "video_chat_started", "video_chat_ended",
    "video_chat_participants_invited", "web_app_data",
})  # fmt: skip
_FORWARDED = ("forward_origin", "forward_date")  # the second from Bot API servers before 7.0


def event_id(update: Payload) -> str:
    """Return the id by which an update is heard once; raises KeyError, TypeError or ValueError for what is none."""
    return f"tg:{_whole(update['update_id'])}"


def read_update(update: Payload) -> Heard | None:
    """Return what an update means; None for what needs no answer (reactions, pinned messages, moving locations …).

    Raises KeyError, TypeError or ValueError for a payload of no known shape.
    """
    event = event_id(update)
    for kind, read in _KINDS.items():
        if kind in update:
            return read(event, update[kind])
    return None


def _message(event: str, message: Payload) -> Heard | None:
    chat = _whole(message["chat"]["id"])
    said = message.get("text")
    text = _plain(said) if isinstance(said, str) else None
    if message["chat"]["type"] != "private":
        is_command = text is not None and text.startswith("/")
        return Heard(chat, event, "group") if is_command else None
    number = _whole(message["message_id"])
    if text is None:
        return _without_text(event, chat, number, message)
    if text.startswith("/") and len(text) > 1:
        return Heard(chat, event, "command", text[:LONGEST_TEXT], number, code=_command_name(text), by=_by(message))
    return Heard(chat, event, "text", text[:LONGEST_TEXT], number, by=_by(message), labels=labels_like(text))


def _by(payload: Payload) -> str:
    """Return the first name of whoever wrote or pressed; empty where Telegram tells none."""
    sender = payload.get("from")
    return _plain(str(sender.get("first_name", ""))) if isinstance(sender, Mapping) else ""


def _whole(value: Any) -> int:
    """Return a whole number; Telegram sends no others, and `int` has an error of its own for an endless one."""
    if isinstance(value, float):
        raise TypeError("a number with a fraction")
    return int(value)


def _plain(text: str) -> str:
    """Return a text without what no database keeps and no message shows: marks of ours, NUL, half a surrogate pair."""
    if text.isprintable():  # none of these is, and nearly every text is
        return text
    plain = text.translate(_NEVER)
    try:
        plain.encode()
    except UnicodeEncodeError:
        return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return plain


def _command_name(text: str) -> str:
    return text[1:].split(maxsplit=1)[0].split("@")[0].lower() if text[1:].strip() else ""


def _without_text(event: str, chat: int, number: int, message: Payload) -> Heard | None:
    if "contact" in message:
        return _contact(event, chat, number, message)
    if not _SERVICE.isdisjoint(message):
        return None
    document, caption = _document(message), _caption(message)
    if document is None:
        return Heard(chat, event, "other", caption, number, code=_other(message))
    return Heard(chat, event, "document", caption, number, document=document, album=_album(message))


def _contact(event: str, chat: int, number: int, message: Payload) -> Heard:
    """Return a card with a phone number: the sender's own, unless it was forwarded or is another person's."""
    card = message["contact"]
    phone = _plain(str(card["phone_number"]))[:LONGEST_TEXT]
    owner, sender = card.get("user_id"), message["from"]["id"]
    is_own = owner is not None and owner == sender and not any(name in message for name in _FORWARDED)
    return Heard(chat, event, "contact", phone, number, code="own" if is_own else "other")


def _other(message: Payload) -> str:
    return next((kind for kind in _OTHERS if kind in message), "unknown")


def _caption(message: Payload) -> str:
    return _plain(str(message.get("caption", "")))[:LONGEST_TEXT]


def _album(message: Payload) -> str:
    return _plain(str(message.get("media_group_id", "")))


def _document(message: Payload) -> Document | None:
    if "photo" in message:  # a live photo has it too
        largest = max(message["photo"], key=lambda size: _whole(size["width"]) * _whole(size["height"]))
        return Document(str(largest["file_id"]), "photo.jpg", "image/jpeg", _whole(largest.get("file_size", 0)))
    if "document" in message and "animation" not in message:
        sent = message["document"]
        return Document(
            str(sent["file_id"]),
            _plain(str(sent.get("file_name", "document"))),
            str(sent.get("mime_type", "")),
            _whole(sent.get("file_size", 0)),
        )
    return None


def _edited(event: str, message: Payload) -> Heard | None:
    """Return what a message is now; a live location is edited every few seconds by nobody's hand."""
    if message["chat"]["type"] != "private" or "location" in message:
        return None
    said = message.get("text")
    text = _plain(said)[:LONGEST_TEXT] if isinstance(said, str) else _caption(message)
    chat, number = _whole(message["chat"]["id"]), _whole(message["message_id"])
    return Heard(chat, event, "edit", text, number, document=_document(message), album=_album(message))


def _pressed(event: str, query: Payload) -> Heard | None:
    """Return a press; of a message that Telegram no longer shows us, chat and number are still told."""
    if "message" not in query:
        return None
    message = query["message"]
    if message is None or message["chat"]["type"] != "private":
        return None
    form, asking, code = _callback(str(query.get("data", "")))
    chat, number = _whole(message["chat"]["id"]), _whole(message["message_id"])
    return Heard(chat, event, "press", "", number, form, asking, code, by=_by(query))


def _callback(data: str) -> tuple[int, int, str]:
    """Return request, asking and choice of callback data; zeros for anything that is not ours.

    An asking is a small count, or a moment in ms since 1970, as an administrator's buttons have it.
    """
    form, _, rest = data.partition(".")
    asking, _, code = rest.partition(".")
    if not (
        form.isascii()
        and form.isdigit()
        and asking.isascii()
        and asking.isdigit()
        and len(form) < 20
        and len(asking) < 16
    ):
        return 0, 0, ""
    return int(form), int(asking), code


def _member(event: str, change: Payload) -> Heard | None:
    if change["chat"]["type"] != "private":
        return None
    gone = change["new_chat_member"]["status"] in ("kicked", "left")
    return Heard(_whole(change["chat"]["id"]), event, "blocked" if gone else "unblocked")


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
