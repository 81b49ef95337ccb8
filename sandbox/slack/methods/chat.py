"""`chat.*` and `reactions.add`."""

import re
from dataclasses import replace
from typing import Any

from sandbox.slack.arguments import is_set, needed
from sandbox.slack.errors import RefusedError
from sandbox.slack.limits import MESSAGE_TEXT, check_blocks
from sandbox.slack.people import BOT, TEAM_DOMAIN, Channel
from sandbox.slack.posts import Post
from sandbox.slack.workspace import Workspace

Json = dict[str, Any]


def post(workspace: Workspace, arguments: Json) -> Json:
    """Post a message; without a text, which notices and screen readers want, it warns."""
    channel = _own_channel(workspace, arguments)
    made = Post(
        workspace.next_ts(),
        channel.id,
        BOT,
        thread_ts=_thread(workspace, channel, arguments),
        metadata=_metadata(arguments),
        broadcast=is_set(arguments.get("reply_broadcast")),
        **content(workspace, arguments),
    )
    workspace.keep(made)
    return {"channel": channel.id, "ts": made.ts, "message": _full(made), **_warning(arguments)}


def whisper(workspace: Workspace, arguments: Json) -> Json:
    """Show a message to one member of the channel."""
    channel = _own_channel(workspace, arguments)
    user = needed(arguments, "user")
    if user not in channel.members:
        raise RefusedError("user_not_in_channel")
    thread_ts = _thread(workspace, channel, arguments)
    shown = content(workspace, arguments)
    made = workspace.whisper(user, channel.id, by=BOT, thread_ts=thread_ts, **shown)
    return {"message_ts": made.ts, **_warning(arguments)}


def update(workspace: Workspace, arguments: Json) -> Json:
    """Edit a message of the bot's own.

    With a text and no blocks the old blocks go (Slack's reference of chat.update, checked 2026-11-21).
    Metadata stays unless it is given.
    """
    old = _own_post(workspace, arguments, "cant_update_message")
    shown = content(workspace, arguments)
    metadata = _metadata(arguments) if "metadata" in arguments else old.metadata
    made = workspace.keep(replace(old, edited=True, metadata=metadata, **shown))
    answer = {"channel": made.channel, "ts": made.ts, "text": made.text, "message": _full(made)}
    return {**answer, **_warning(arguments)}


def delete(workspace: Workspace, arguments: Json) -> Json:
    """Take a message of the bot's own away."""
    old = _own_post(workspace, arguments, "cant_delete_message")
    workspace.forget(old)
    return {"channel": old.channel, "ts": old.ts}


def unfurl(workspace: Workspace, arguments: Json) -> Json:
    """Show blocks below links of a message; each must be a link that stands in it."""
    channel = workspace.channel(needed(arguments, "channel", "channel_not_found"))
    found = workspace.post(channel.id, needed(arguments, "ts", "cannot_find_message"))
    if found is None:
        raise RefusedError("cannot_find_message")
    asked = arguments.get("unfurls")
    if not isinstance(asked, dict) or not asked:
        raise RefusedError("missing_unfurls")
    if any(link not in found.text for link in asked):
        raise RefusedError("cannot_unfurl_url")
    for shown in asked.values():
        check_blocks(shown.get("blocks") if isinstance(shown, dict) else None)
    workspace.keep(replace(found, unfurls={**found.unfurls, **asked}))
    return {}


def permalink(workspace: Workspace, arguments: Json) -> Json:
    """Give a message's address."""
    channel = workspace.channel(needed(arguments, "channel", "channel_not_found"))
    found = workspace.post(channel.id, str(arguments.get("message_ts")))
    if found is None:
        raise RefusedError("message_not_found")
    place = f"https://{TEAM_DOMAIN}.slack.com/archives/{channel.id}/p{found.ts.replace('.', '')}"
    thread = f"?thread_ts={found.thread_ts}&cid={channel.id}" if found.thread_ts else ""
    return {"channel": channel.id, "permalink": place + thread}


def react(workspace: Workspace, arguments: Json) -> Json:
    """Put the bot's emoji on a message."""
    name = needed(arguments, "name", "no_reaction").strip(":")
    if not re.fullmatch(r"[a-z0-9_+'-]{1,100}", name):
        raise RefusedError("invalid_name")
    channel = _own_channel(workspace, arguments)
    found = workspace.post(channel.id, str(arguments.get("timestamp")))
    if found is None:
        raise RefusedError("message_not_found")
    who = found.reactions.get(name, ())
    if BOT in who:
        raise RefusedError("already_reacted")
    workspace.keep(replace(found, reactions={**found.reactions, name: (*who, BOT)}))
    return {}


def content(workspace: Workspace, arguments: Json) -> Json:
    """Read and check a message's text and blocks. Raises: RefusedError."""
    text, blocks = str(arguments.get("text") or ""), arguments.get("blocks") or []
    if len(text) > MESSAGE_TEXT:
        raise RefusedError("msg_too_long")
    check_blocks(blocks)
    if not text and not blocks and not arguments.get("attachments"):
        raise RefusedError("no_text")
    return {"text": text, "blocks": tuple(workspace.with_block_ids(blocks))}


def _own_channel(workspace: Workspace, arguments: Json) -> Channel:
    channel = workspace.channel(needed(arguments, "channel", "channel_not_found"))
    if BOT not in channel.members:
        raise RefusedError("not_in_channel")
    if channel.is_archived:
        raise RefusedError("is_archived")
    return channel


def _own_post(workspace: Workspace, arguments: Json, code: str) -> Post:
    # Unlike chat.postMessage, these take a direct message's id only, never its user's.
    channel = workspace.channels.get(needed(arguments, "channel", "channel_not_found"))
    if channel is None:
        raise RefusedError("channel_not_found")
    found = workspace.post(channel.id, str(arguments.get("ts")))
    if found is None:
        raise RefusedError("message_not_found")
    if found.user != BOT:
        raise RefusedError(code)
    return found


def _thread(workspace: Workspace, channel: Channel, arguments: Json) -> str | None:
    if not arguments.get("thread_ts"):
        return None
    root = workspace.post(channel.id, str(arguments["thread_ts"]))
    if root is None:
        raise RefusedError("thread_not_found")
    return root.thread_ts or root.ts


def _metadata(arguments: Json) -> Json | None:
    metadata = arguments.get("metadata")
    if not metadata:
        return None
    if not isinstance(metadata, dict):
        raise RefusedError("metadata_must_be_sent_as_json")
    if not isinstance(metadata.get("event_type"), str) or not isinstance(metadata.get("event_payload"), dict):
        raise RefusedError("invalid_metadata_format")
    return metadata


def _full(made: Post) -> Json:
    return {**made.as_json(), **({"metadata": made.metadata} if made.metadata else {})}


def _warning(arguments: Json) -> Json:
    if arguments.get("text"):
        return {}
    code = "missing_text_in_message"
    return {"warning": code, "response_metadata": {"warnings": [code]}}
