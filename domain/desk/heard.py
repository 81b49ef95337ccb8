"""What a customer did, as one value, whatever the platform's payload looked like."""

from typing import Literal

from domain.values import Value

HeardKind = Literal[
    "text", "command", "press", "document", "contact", "edit", "other", "group", "blocked", "unblocked", "phoned",
    "signing",
]  # fmt: skip

OTHER_KINDS = (
    "voice", "audio", "video", "video_note", "sticker", "animation", "location", "venue", "poll", "dice", "story",
    "game", "unknown",
)  # fmt: skip

_HIDDEN = {"text", "by"}


class Document(Value, frozen=True):
    """A file that the customer sent and that is still at Telegram. `size` in bytes, 0 when not told."""

    file_id: str
    name: str
    mime: str
    size: int


class Heard(Value, frozen=True):
    """One event of a customer. `text` may hold a secret: it stays out of every repr.

    `form`, `asking`, `code` come from a pressed button, `message_id` then is that of the button's message. For a
    contact `text` is its number and `code` tells whether it is the sender's `own` or an `other`'s; for `other` things
    `code` names what it was (one of OTHER_KINDS). `album` joins files that were sent together. `by`: the writer's first
    name as Telegram has it, of texts, commands and presses; only who joins a company goes by it. `labels`: wording keys
    of the buttons whose label this very text is, but for case and punctuation. `phoned`: the link into a request
    that staff began on the phone was opened; `code` is the request's id. `signing`: the link of a letter was opened;
    `code` is the request's id and the link's.
    """

    chat_id: int
    event_id: str
    kind: HeardKind
    text: str = ""
    message_id: int = 0
    form: int = 0
    asking: int = 0
    code: str = ""
    document: Document | None = None
    album: str = ""
    by: str = ""
    labels: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        """Show every field but a person's own words and name."""
        shown = (f"{name}={getattr(self, name)!r}" for name in self.__struct_fields__ if name not in _HIDDEN)
        return f"Heard({', '.join(shown)})"
