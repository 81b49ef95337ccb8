"""What Slack tells of a person's doing, read from its payloads in one place."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.desk.roles import Role
from domain.text import clean
from domain.wordkeys import MARKS

Payload = Mapping[str, Any]
_ESCAPED = re.compile(
    r"<(?P<mark>@|#|!subteam\^|(?=https?:|mailto:|tel:))(?P<subject>[^<>|\s]+)(?:\|(?P<label>[^<>|]*))?>"
)


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that a person did. `event_id` is the same when Slack tells of it again.

    `name`: the command, the action id or the form's callback id. `text`: the command's words, the button's value or
    what the form hid for itself. `entered`: what a form holds, by block id, in the form's order.
    `came_at`: by the monotonic clock; Slack waits three seconds from then.
    `role`: of the person, once it is known. `mentions`: whom or what the words name with an @, by that name.
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
    return Heard(user, team, f"slack:act:{event}", trigger, action["action_id"], str(action.get("value") or ""))


def read_submission(body: Payload) -> Heard:
    """Read a form that was submitted. A refused form comes again with another hash, so it is another event."""
    user, team = _person(body)
    view = body["view"]
    entered = {block: _entry(next(iter(fields.values()), {})) for block, fields in view["state"]["values"].items()}
    event = f"slack:view:{view['id']}:{view['hash']}"
    trigger = str(body.get("trigger_id") or "")
    return Heard(user, team, event, trigger, view["callback_id"], str(view.get("private_metadata") or ""), entered)


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
    chosen = (field_.get("selected_option") or {}).get("value")
    single = chosen or field_.get("selected_date") or field_.get("selected_user") or field_.get("value")
    return (str(single).translate(MARKS),) if single else ()
