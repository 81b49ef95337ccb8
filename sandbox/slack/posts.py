"""What stands in a channel: messages, and the files that hang on them."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.slack.people import APP_ID, BOT, BOT_ID

Json = dict[str, Any]


def ts_micros(ts: str) -> int:
    """Read a timestamp as microseconds. Raises: ValueError."""
    seconds, _, rest = ts.partition(".")
    return int(seconds) * 1_000_000 + int((rest + "000000")[:6])


@dataclass(frozen=True, slots=True)
class Post:
    """A message as it stands now. `ephemeral_to` alone sees an ephemeral one; no method finds it."""

    ts: str
    channel: str
    user: str
    text: str
    thread_ts: str | None = None  # a root with replies keeps None here
    blocks: tuple[Json, ...] = ()
    metadata: Json | None = None
    edited: bool = False
    ephemeral_to: str | None = None
    broadcast: bool = False  # a reply that is shown in the channel too
    files: tuple[str, ...] = ()
    reactions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unfurls: dict[str, Json] = field(default_factory=dict)  # what is shown below a link, by the link

    def as_json(self) -> Json:
        """Give the message object of Slack's API, without what a look-up adds: metadata, replies, files."""
        message: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts}
        if self.user == BOT:
            message |= {"bot_id": BOT_ID, "app_id": APP_ID}
        if self.blocks:
            message["blocks"] = list(self.blocks)
        if self.thread_ts:
            message["thread_ts"] = self.thread_ts
        if self.edited:
            message["edited"] = {"user": self.user, "ts": self.ts}
        if self.reactions:
            message["reactions"] = [
                {"name": name, "users": list(who), "count": len(who)} for name, who in self.reactions.items()
            ]
        return message


@dataclass(frozen=True, slots=True)
class File:
    """A file on its way up (`content` None), uploaded, or shared in a channel."""

    id: str
    name: str
    length: int  # bytes, as announced
    content: bytes | None = None
    title: str = ""
    shared_in: str | None = None
    created: int = 0  # Unix seconds

    def as_json(self, base_url: str) -> Json:
        """Give the file object of Slack's API; its private URLs want the bot's token."""
        url = f"{base_url}/files/{self.id}"
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title or self.name,
            "size": len(self.content or b""),
            "created": self.created,
            "user": BOT,
            "mode": "hosted",
            "url_private": url,
            "url_private_download": url,
            "permalink": url,
            "channels": [self.shared_in] if self.shared_in else [],
        }
