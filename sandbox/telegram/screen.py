"""What a customer's screen shows of a chat."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sandbox.telegram.markup import render
from sandbox.telegram.state import Posted

Json = dict[str, Any]


class Button(NamedTuple):
    """A button under a message; `data` is what pressing it sends, or the address it opens."""

    text: str
    data: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file shown in a message; fetch its bytes with `Telegram.content`."""

    name: str
    mime: str
    size: int  # bytes
    file_id: str
    is_photo: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it stands now; `text` is a file's caption where there is a file.

    `keys` is the reply keyboard that came with it, row by row: None leaves the phone's keyboard as it was, an
    empty one takes it away. `about` says in a line what has no text. Messages of the same `album` came together.
    """

    id: int
    from_bot: bool
    text: str
    date: int  # unix seconds
    kind: str = "text"  # text, document, photo, contact, sticker, …
    entities: tuple[Json, ...] = ()
    keyboard: tuple[tuple[Button, ...], ...] = ()
    keys: tuple[tuple[str, ...], ...] | None = None
    document: Document | None = None
    edited: bool = False
    reply_to: int | None = None
    about: str = ""
    album: str = ""
    forwarded_from: str = ""  # a name

    @property
    def html(self) -> str:
        """The text with its entities as HTML, fit to stand in a page."""
        return render(self.text, self.entities)

    @property
    def data(self) -> tuple[str, ...]:
        """What each button of the keyboard sends, in order."""
        return tuple(button.data for row in self.keyboard for button in row)


def shown(posted: Posted) -> Message:
    """Return a message as the screen shows it."""
    body = posted.body
    rows = body.get("reply_markup", {}).get("inline_keyboard", [])
    return Message(
        id=body["message_id"],
        from_bot=posted.from_bot,
        text=body.get("text") or body.get("caption") or "",
        date=body["date"],
        kind=_kind(body),
        entities=tuple(body.get("entities") or body.get("caption_entities") or ()),
        keyboard=tuple(tuple(_button(button) for button in row) for row in rows),
        keys=_keys(posted.keys),
        document=_document(body),
        edited="edit_date" in body,
        reply_to=body.get("reply_to_message", {}).get("message_id"),
        about=_about(body),
        album=body.get("media_group_id", ""),
        forwarded_from=body.get("forward_origin", {}).get("sender_user_name", ""),
    )


COMMON = frozenset({
    "message_id", "from", "chat", "date", "edit_date", "entities", "caption", "caption_entities",
    "reply_markup", "reply_to_message", "media_group_id", "forward_origin",
})  # fmt: skip


def _kind(body: Json) -> str:
    return next(name for name in body if name not in COMMON)


def _about(body: Json) -> str:
    kind = _kind(body)
    return ABOUT[kind](body[kind]) if kind in ABOUT else ""


def _lasting(content: Json) -> str:
    return f"{content['duration'] // 60}:{content['duration'] % 60:02}"


def _card(content: Json) -> str:
    return " · ".join(
        (" ".join(content[n] for n in ("first_name", "last_name") if n in content), content["phone_number"])
    )


ABOUT: Mapping[str, Callable[[Json], str]] = {
    "contact": _card,
    "voice": _lasting,
    "audio": _lasting,
    "video": _lasting,
    "video_note": _lasting,
    "animation": _lasting,
    "sticker": lambda content: str(content["emoji"]),
    "dice": lambda content: f"{content['emoji']} {content['value']}",
    "location": lambda content: f"{content['latitude']:.4f}, {content['longitude']:.4f}",
    "venue": lambda content: f"{content['title']}, {content['address']}",
    "poll": lambda content: f"{content['question']} " + " / ".join(option["text"] for option in content["options"]),
    "story": lambda content: str(content["chat"]["title"]),
    "game": lambda content: str(content["title"]),
}


def _button(button: Json) -> Button:
    return Button(button["text"], str(button.get("callback_data") or button.get("url") or ""))


def _keys(keys: Json | None) -> tuple[tuple[str, ...], ...] | None:
    if keys is None or keys.get("force_reply"):
        return None
    return tuple(tuple(_label(key) for key in row) for row in keys.get("keyboard", []))


def _label(key: Json | str) -> str:
    return key if isinstance(key, str) else str(key["text"])


def _document(body: Json) -> Document | None:
    kind = _kind(body)
    if kind == "document":
        found = body["document"]
        return Document(found["file_name"], found["mime_type"], found["file_size"], found["file_id"])
    if kind == "photo":
        found = body["photo"][-1]
        return Document("photo", "image/jpeg", found["file_size"], found["file_id"], is_photo=True)
    return None
