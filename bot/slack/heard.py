"""What Slack tells of a person's doing, read from its payloads in one place."""

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from domain.desk.roles import Role
from domain.text import clean
from domain.wordkeys import MARKS

Payload = Mapping[str, Any]
_SINGLE = ("selected_date", "selected_time", "selected_user", "value")  # where the kinds of inputs hold their one value
_ESCAPED = re.compile(
    r"<(?P<mark>@|#|!subteam\^|(?=https?:|mailto:|tel:))(?P<subject>[^<>|\s]+)(?:\|(?P<label>[^<>|]*))?>"
)


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that a person did. `event_id` is the same when Slack tells of it again.

    `name`: the command, the action id or the form's callback id. `text`: the command's words, the value of a button
    or of what was chosen in a menu, or what the form hid for itself. `entered`: what a form holds, by block id, in
    the form's order.
    `came_at`: by the monotonic clock; Slack waits three seconds from then.
    `role`: of the person, once it is known. `mentions`: whom or what the words name with an @, by that name.
    `view`: the id of the form in which they did it; empty elsewhere, in a Home too.
    `is_promised`: they were told already that it takes longer, and nobody waits for an acknowledgement.
    """

    user: str
    team: str
    event_id: str
    trigger_id: str
    name: str
    text: str
    entered: dict[str, tuple[str, ...]] = field(default_factory=dict)
    came_at: float = field(default_factory=time.monotonic)
    role: Role | None = None
    mentions: dict[str, str] = field(default_factory=dict)
    view: str = ""
    is_promised: bool = False


def read_command(body: Payload) -> Heard:
    """Read a slash command."""
    trigger = str(body["trigger_id"])
    said, mentions = _as_typed(str(body.get("text") or ""))
    head = (body["user_id"], str(body.get("team_id") or ""), f"slack:cmd:{trigger}", trigger, body["command"])
    return Heard(*head, clean(_unescaped(said)), mentions=mentions)


def read_opening(body: Payload) -> Heard:
    """Read that somebody opened the app's Home; `text` is the tab they look at."""
    event = body["event"]
    told = f"slack:event:{body['event_id']}"
    return Heard(event["user"], str(body.get("team_id") or ""), told, "", event["type"], str(event.get("tab") or ""))


def read_press(body: Payload) -> Heard:
    """Read a press on a button; of several at once Slack sends one payload each."""
    user, team = _person(body)
    action = body["actions"][0]
    trigger = str(body.get("trigger_id") or "")
    event = trigger or f"{action['action_ts']}:{user}"
    shown = body.get("view") or {}
    view = str(shown.get("id") or "") if shown.get("type") == "modal" else ""
    value = str(action.get("value") or (action.get("selected_option") or {}).get("value") or "")
    return Heard(user, team, f"slack:act:{event}", trigger, action["action_id"], value, view=view)


def read_submission(body: Payload) -> Heard:
    """Read a form that was submitted.

    One that was refused may come again under the same hash: with something else in it, it is another event.
    """
    user, team = _person(body)
    view = body["view"]
    entered = entered_in(view)
    event = f"slack:view:{view['id']}:{view['hash']}:{_digest(entered)}"
    trigger = str(body.get("trigger_id") or "")
    told = str(view.get("private_metadata") or "")
    return Heard(user, team, event, trigger, view["callback_id"], told, entered, view=str(view["id"]))


def _digest(entered: Mapping[str, tuple[str, ...]]) -> str:
    """Return what stands for a form's words where they must not be kept."""
    return sha256(json.dumps(entered, sort_keys=True).encode()).hexdigest()[:16]


def read_shortcut(body: Payload) -> Heard:
    """Read a shortcut; of one on a message also its words, who wrote it, where it stands, and its files.

    `files` are each an id and a name behind it.
    """
    user, team = _person(body)
    trigger = str(body["trigger_id"])
    message = body.get("message") or {}
    files = [file for file in message.get("files") or () if file.get("url_private_download")]
    entered = {
        "by": (str(message.get("user") or ""),),
        "where": (_address(body),),
        "files": tuple(f"{file['id']} {file.get('name') or ''}" for file in files),
    }
    said = _unescaped(_as_typed(str(message.get("text") or ""))[0])
    return Heard(user, team, f"slack:cut:{trigger}", trigger, str(body["callback_id"]), said, entered)


def read_links(body: Payload) -> Heard:
    """Read that links of ours were posted; `text` is the channel, empty for one that is shared with others."""
    event = body["event"]
    told = f"slack:event:{body['event_id']}"
    channel = "" if body.get("is_ext_shared_channel") else str(event.get("channel") or "")
    links = tuple(str(link.get("url") or "") for link in event.get("links") or ())
    entered = {"links": links, "ts": (str(event.get("message_ts") or ""),)}
    return Heard(event["user"], str(body.get("team_id") or ""), told, "", event["type"], channel, entered)


def _address(body: Payload) -> str:
    """Return where the message stands on which a shortcut was used; empty for no message."""
    domain, channel = ((body.get(thing) or {}).get(name) for thing, name in (("team", "domain"), ("channel", "id")))
    ts = str(body.get("message_ts") or "").replace(".", "")
    return f"https://{domain}.slack.com/archives/{channel}/p{ts}" if domain and channel and ts else ""


def entered_in(view: Payload) -> dict[str, tuple[str, ...]]:
    """Return what a form holds, by block id, in the form's order."""
    return {block: _entry(next(iter(fields.values()), {})) for block, fields in view["state"]["values"].items()}


def _as_typed(text: str) -> tuple[str, dict[str, str]]:
    """Return a command's words as they were typed, and the ids of people and groups that Slack found in them.

    Slack escapes these, and addresses, because the manifest asks for it.
    """
    mentions: dict[str, str] = {}

    def shown(found: re.Match[str]) -> str:
        mark, subject, label = found["mark"], found["subject"], found["label"]
        if mark not in ("@", "!subteam^"):
            return ("#" if mark == "#" else "") + (label or subject.removeprefix("mailto:").removeprefix("tel:"))
        name = f"@{(label or subject).removeprefix('@')}"
        mentions[name] = subject
        return name

    return _ESCAPED.sub(shown, text), mentions


def _unescaped(text: str) -> str:
    """Return a text without the three escapes that Slack makes in what people type."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _person(body: Payload) -> tuple[str, str]:
    user = body["user"]
    team = user.get("team_id") or (body.get("team") or {}).get("id")
    return user["id"], str(team or "")


def _entry(field_: Payload) -> tuple[str, ...]:
    """Return what one input holds, whatever its kind; nothing entered is ()."""
    several = field_.get("selected_options")
    if several is not None:
        return tuple(str(option["value"]) for option in several)
    files = field_.get("files")
    if files is not None:
        return tuple(str(file["id"]) for file in files)
    chosen = (field_.get("selected_option") or {}).get("value")
    single = chosen or next((field_[kind] for kind in _SINGLE if field_.get(kind)), None)
    return (str(single).translate(MARKS),) if single else ()
