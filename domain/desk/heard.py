"""What a customer did, as one value, whatever the platform's payload looked like."""

from dataclasses import dataclass, field
from typing import Literal

HeardKind = Literal["text", "command", "press", "document", "contact", "edit", "other", "group", "blocked", "unblocked"]

OTHER_KINDS = (
    "voice", "audio", "video", "video_note", "sticker", "animation", "location", "venue", "poll", "dice", "story",
    "game", "unknown",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """A file that the customer sent and that is still at Telegram. `size` in bytes, 0 when not told."""

    file_id: str
    name: str
    mime: str
    size: int


@dataclass(frozen=True, slots=True)
class Heard:
    """One event of a customer. `text` may hold a secret: it stays out of every repr.

    `form`, `asking`, `code` come from a pressed button, `message_id` then is that of the button's message. For a
    contact `text` is its number and `code` tells whether it is the sender's `own` or an `other`'s; for `other` things
    `code` names what it was (one of OTHER_KINDS). `album` joins files that were sent together. `labels`:
    wording keys of the buttons whose label this very text is, but for case and punctuation.
    """

    chat_id: int
    event_id: str
    kind: HeardKind
    text: str = field(default="", repr=False)
    message_id: int = 0
    form: int = 0
    asking: int = 0
    code: str = ""
    document: Document | None = None
    album: str = ""
    labels: frozenset[str] = frozenset()
