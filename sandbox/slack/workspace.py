"""The state of the sandbox's Slack: what is where, and what was promised to whom until when."""

import base64
import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from sandbox.slack.errors import NotPossibleError, RefusedError
from sandbox.slack.people import (
    DESK,
    PORTERS,
    SCOPES,
    Channel,
    User,
    find_channel,
    preset_channels,
    preset_users,
)
from sandbox.slack.posts import File, Post
from sandbox.slack.views import View

Json = dict[str, Any]

TRIGGER_LIVES = 3.0  # seconds
RESPONSE_URL_LIVES = 1800.0  # seconds
RESPONSE_URL_USES = 5
STACK = 3  # modals on one another


@dataclass(slots=True)
class Trigger:
    """The right to open one modal for a person, soon. `view_id` is the modal in which it arose."""

    user: str
    until: float
    view_id: str | None = None
    is_used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """The right to answer an interaction five times in half an hour, in place of `origin` if wished."""

    user: str
    channel: str
    until: float
    origin: str | None = None  # ts of the message that held the button, or of the command's answer
    thread_ts: str | None = None
    uses: int = 0


class Workspace:
    """Everything that Slack would keep. Nothing here talks to anybody."""

    def __init__(self, team_id: str, clock: Callable[[], float]) -> None:
        self.team_id = team_id
        self.clock = clock  # Unix seconds
        self.base_url = ""  # where this Slack is served
        self.scopes: list[str] = list(SCOPES)
        self.users: dict[str, User] = preset_users(team_id)
        self.channels: dict[str, Channel] = preset_channels()
        self.groups: dict[str, list[str]] = {PORTERS: ["U0STAFF1", "U0STAFF2"]}
        self.messages: dict[str, dict[str, Post]] = {DESK: {}}  # channel -> ts -> post
        self.whispers: dict[str, Post] = {}  # ephemeral posts by ts
        self.stacks: dict[str, list[View]] = {}  # user -> open modals, the top one last
        self.homes: dict[str, View] = {}
        self.files: dict[str, File] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self._last_ts = 0  # microseconds
        # Ids start from the time of day: a second run's events must not look like the first run's.
        self._last_id = int(clock() * 1000)

    def next_ts(self) -> str:
        """Give a message's timestamp, later than every one before it."""
        self._last_ts = max(int(self.clock() * 1_000_000), self._last_ts + 100)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def next_id(self, prefix: str) -> str:
        """Give a fresh id such as `V1700000000001`."""
        self._last_id += 1
        return f"{prefix}{self._last_id}"

    def next_hash(self) -> str:
        """Give the mark of a view's version."""
        return f"{self.next_ts()}.{secrets.token_hex(4)}"

    # Channels and messages

    def channel(self, name: str) -> Channel:
        """Find a channel by id or name, or the direct message with a user. Raises: RefusedError."""
        return find_channel(self.channels, self.users, name)

    def keep(self, post: Post) -> Post:
        """Put a message into its channel, or its new version in place of the old one."""
        if post.ephemeral_to is not None:
            self.whispers[post.ts] = post
        else:
            self.messages.setdefault(post.channel, {})[post.ts] = post
        return post

    def forget(self, post: Post) -> None:
        """Take a message away."""
        self.whispers.pop(post.ts, None)
        self.messages.get(post.channel, {}).pop(post.ts, None)

    def post(self, channel: str, ts: str) -> Post | None:
        """Look a message up that everybody in the channel sees."""
        return self.messages.get(channel, {}).get(ts)

    def posts(self, channel: str) -> list[Post]:
        """Give a channel's messages with all replies, oldest first (an edit keeps its place)."""
        return list(self.messages.get(channel, {}).values())

    def whisper(self, user: str, channel: str, text: str, **rest: Any) -> Post:
        """Show a message to one person only."""
        return self.keep(Post(self.next_ts(), channel, rest.pop("by"), text, ephemeral_to=user, **rest))

    # Rights that end soon

    def trigger(self, user: str, view_id: str | None = None) -> str:
        """Hand out a trigger id."""
        trigger_id = f"{self.next_id('')}.{int(self.clock())}.{secrets.token_hex(16)}"
        self.triggers[trigger_id] = Trigger(user, self.clock() + TRIGGER_LIVES, view_id)
        return trigger_id

    def exchange(self, trigger_id: str) -> Trigger:
        """Use a trigger up. Raises: RefusedError with Slack's code when it is unknown, used or late."""
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise RefusedError("invalid_trigger_id")
        if trigger.is_used:
            raise RefusedError("exchanged_trigger_id")
        if self.clock() > trigger.until:
            raise RefusedError("expired_trigger_id")
        trigger.is_used = True
        return trigger

    def response_url(self, user: str, channel: str, **rest: Any) -> str:
        """Hand out the id of a response_url."""
        url_id = secrets.token_urlsafe(18)
        self.response_urls[url_id] = ResponseUrl(user, channel, self.clock() + RESPONSE_URL_LIVES, **rest)
        return url_id

    def redeem(self, url_id: str) -> ResponseUrl:
        """Use a response_url once. Raises: RefusedError `expired_url` or `used_url`."""
        url = self.response_urls.get(url_id)
        if url is None or self.clock() > url.until:
            raise RefusedError("expired_url")
        if url.uses >= RESPONSE_URL_USES:
            raise RefusedError("used_url")
        url.uses += 1
        return url

    # Views

    def new_view(self, user: str, body: Json, *, below: View | None = None) -> View:
        """Make a view that is not shown yet. Raises: RefusedError `duplicate_external_id`."""
        view_id = self.next_id("V")
        body = self._with_ids(body)
        if body.get("external_id") and self.find_view(None, body["external_id"]):
            raise RefusedError("duplicate_external_id")
        return View(
            view_id,
            user,
            self.team_id,
            body,
            self.next_hash(),
            below.root_id if below else view_id,
            below.id if below else None,
        )

    def renew_view(self, view: View, body: Json) -> View:
        """Show other content in an open view; what was entered stays where its inputs stay."""
        body = self._with_ids(body)
        kept = {block["block_id"] for block in body["blocks"]}
        state = {block_id: entry for block_id, entry in view.state.items() if block_id in kept}
        return self.put_view(replace(view, body=body, hash=self.next_hash(), state=state, errors={}, trouble=None))

    def put_view(self, view: View) -> View:
        """Show this version of an open view."""
        if view.body["type"] == "home":
            self.homes[view.user] = view
            return view
        stack = self.stacks.setdefault(view.user, [])
        for place, other in enumerate(stack):
            if other.id == view.id:
                stack[place] = view
        return view

    def push_view(self, view: View) -> View:
        """Lay a modal on top of the others. Raises: RefusedError `push_limit_reached`."""
        stack = self.stacks.setdefault(view.user, [])
        if len(stack) >= STACK:
            raise RefusedError("push_limit_reached")
        stack.append(view)
        return view

    def drop_view(self, view: View) -> None:
        """Close a modal together with those on top of it; the one below shows again."""
        stack = self.stacks.get(view.user, [])
        self.stacks[view.user] = stack[: [v.id for v in stack].index(view.id)]

    def find_view(self, view_id: str | None, external_id: str | None = None) -> View | None:
        """Look up an open modal or a home."""
        shown = [*self.homes.values(), *(view for stack in self.stacks.values() for view in stack)]
        for view in shown:
            if view.id == view_id or (external_id and view.external_id == external_id):
                return view
        return None

    def view_of(self, user: str, view_id: str) -> View:
        """Look up a view on a person's own screen. Raises: NotPossibleError."""
        view = self.find_view(view_id)
        if view is None or view.user != user:
            raise NotPossibleError(f"{user} has no view {view_id} open")
        return view

    def with_block_ids(self, blocks: list[Json]) -> list[Json]:
        """Give each block the id that Slack would make up, and each element its action id."""
        return [self._identified(block) for block in blocks]

    def _with_ids(self, body: Json) -> Json:
        return {**body, "blocks": self.with_block_ids(body["blocks"])}

    def _identified(self, block: Json) -> Json:
        block = {**block, "block_id": block.get("block_id") or secrets.token_urlsafe(4)}
        for name in ("element", "accessory"):
            if isinstance(block.get(name), dict):
                block[name] = _actionable(block[name])
        if block["type"] == "actions":
            block["elements"] = [_actionable(element) for element in block["elements"]]
        return block

    # Keeping

    def snapshot(self) -> Json:
        """Give everything that outlives a restart, as JSON. Triggers and response_urls do not."""
        kept = {
            "last_ts": self._last_ts,
            "users": [asdict(user) for user in self.users.values()],
            "channels": [{**asdict(c), "members": sorted(c.members)} for c in self.channels.values()],
            "groups": {group: list(who) for group, who in self.groups.items()},
            "posts": [asdict(p) for by_ts in self.messages.values() for p in by_ts.values()],
            "whispers": [asdict(post) for post in self.whispers.values()],
            "stacks": {user: [asdict(view) for view in stack] for user, stack in self.stacks.items()},
            "homes": [asdict(view) for view in self.homes.values()],
            "files": [_packed(file) for file in self.files.values()],
        }
        copy: Json = json.loads(json.dumps(kept))
        return copy

    def restore(self, kept: Json) -> None:
        """Take a snapshot back in place of everything that is here."""
        self._last_ts = kept["last_ts"]
        self.users = {u["id"]: User(**u) for u in kept["users"]}
        self.channels = {c["id"]: Channel(**{**c, "members": set(c["members"])}) for c in kept["channels"]}
        self.groups = {group: list(who) for group, who in kept["groups"].items()}
        self.messages, self.whispers = {}, {}
        for post in (*kept["posts"], *kept["whispers"]):
            self.keep(_post(post))
        self.stacks = {user: [View(**view) for view in stack] for user, stack in kept["stacks"].items()}
        self.homes = {view["user"]: View(**view) for view in kept["homes"]}
        self.files = {file["id"]: _unpacked(file) for file in kept["files"]}


def _actionable(element: Json) -> Json:
    if element["type"] == "image" or element.get("action_id"):
        return element
    return {**element, "action_id": secrets.token_urlsafe(4)}


def _post(kept: Json) -> Post:
    reactions = {name: tuple(who) for name, who in kept["reactions"].items()}
    rest = {"blocks": tuple(kept["blocks"]), "files": tuple(kept["files"]), "reactions": reactions}
    return Post(**{**kept, **rest})


def _packed(file: File) -> Json:
    content = None if file.content is None else base64.b64encode(file.content).decode()
    return {**asdict(file), "content": content}


def _unpacked(kept: Json) -> File:
    content = None if kept["content"] is None else base64.b64decode(kept["content"])
    return File(**{**kept, "content": content})
