"""`conversations.*`: looking up what was posted, and opening direct messages."""

from typing import Any

from sandbox.slack import people
from sandbox.slack.arguments import is_set, needed
from sandbox.slack.errors import RefusedError
from sandbox.slack.people import BOT, Channel
from sandbox.slack.posts import Post, ts_micros
from sandbox.slack.workspace import Workspace

Json = dict[str, Any]

LIMIT = 999  # the most that one page may hold


def info(workspace: Workspace, arguments: Json) -> Json:
    """Tell of one conversation."""
    return {"channel": _channel(workspace, arguments).as_json()}


def members(workspace: Workspace, arguments: Json) -> Json:
    """List who is in a conversation."""
    names = sorted(_channel(workspace, arguments).members)
    start, size = _page(arguments, 100)
    return {"members": names[start : start + size], **_cursor(len(names), start + size)}


def open_im(workspace: Workspace, arguments: Json) -> Json:
    """Open the direct message with one user."""
    if arguments.get("channel"):
        return {"channel": {"id": _channel(workspace, arguments).id}}
    users = needed(arguments, "users", "users_list_not_supplied").split(",")
    if any(user not in workspace.users for user in users):
        raise RefusedError("user_not_found")
    if len(users) > 1:
        raise RefusedError("method_not_supported_for_channel_type")
    return {"channel": {"id": people.open_im(workspace.channels, users[0]).id}}


def history(workspace: Workspace, arguments: Json) -> Json:
    """Give what stands in a channel itself, newest first; of replies only those sent to the channel too."""
    channel = _read_channel(workspace, arguments)
    shown = [p for p in workspace.posts(channel.id) if p.thread_ts is None or p.broadcast]
    return _listed(workspace, list(reversed(_between(shown, arguments))), arguments, 100)


def replies(workspace: Workspace, arguments: Json) -> Json:
    """Give a thread, its root first."""
    channel = _read_channel(workspace, arguments)
    asked = workspace.post(channel.id, needed(arguments, "ts", "thread_not_found"))
    if asked is None:
        raise RefusedError("thread_not_found")
    ts = asked.thread_ts or asked.ts
    thread = [p for p in workspace.posts(channel.id) if p.thread_ts == ts]
    root = workspace.post(channel.id, ts)
    # Slack gives the root on every page, whatever the time asked for.
    answer = _listed(workspace, _between(thread, arguments), arguments, LIMIT)
    roots = [_told(workspace, root, [post.ts for post in thread], arguments)] if root else []
    return {**answer, "messages": [*roots, *answer["messages"]]}


def _channel(workspace: Workspace, arguments: Json) -> Channel:
    channel = workspace.channels.get(needed(arguments, "channel", "channel_not_found"))
    if channel is None:
        raise RefusedError("channel_not_found")
    return channel


def _read_channel(workspace: Workspace, arguments: Json) -> Channel:
    channel = _channel(workspace, arguments)
    if BOT not in channel.members:
        raise RefusedError("not_in_channel")
    if _scope_to_read(channel) not in workspace.scopes:
        raise RefusedError("missing_scope")
    return channel


def _scope_to_read(channel: Channel) -> str:
    """Return what an app needs to read a conversation of that kind (docs.slack.dev/reference/scopes)."""
    if channel.im_user is not None:
        return "im:history"
    return "groups:history" if channel.is_private else "channels:history"


def _between(posts: list[Post], arguments: Json) -> list[Post]:
    oldest, latest = _micros(arguments, "oldest") or 0, _micros(arguments, "latest")
    reach = int(is_set(arguments.get("inclusive")))
    lower, upper = oldest - reach, None if latest is None else latest + reach
    return [p for p in posts if (at := ts_micros(p.ts)) > lower and (upper is None or at < upper)]


def _micros(arguments: Json, name: str) -> int | None:
    """Read a timestamp exactly: floats of today's seconds lose the last digit. Raises: RefusedError."""
    if not arguments.get(name):
        return None
    try:
        return ts_micros(str(arguments[name]))
    except ValueError as error:
        raise RefusedError(f"invalid_ts_{name}") from error


def _listed(workspace: Workspace, posts: list[Post], arguments: Json, usual: int) -> Json:
    start, size = _page(arguments, usual)
    page = posts[start : start + size]
    threads: dict[str, list[str]] = {}
    for reply in workspace.posts(page[0].channel) if page else ():
        threads.setdefault(reply.thread_ts or "", []).append(reply.ts)
    return {
        "messages": [_told(workspace, post, threads.get(post.ts, []), arguments) for post in page],
        "has_more": start + size < len(posts),
        **_cursor(len(posts), start + size),
    }


def _page(arguments: Json, usual: int) -> tuple[int, int]:
    try:
        size = int(arguments.get("limit") or usual)
        start = int(str(arguments.get("cursor") or "next:0").removeprefix("next:"))
    except ValueError as error:
        raise RefusedError("invalid_cursor" if arguments.get("cursor") else "invalid_limit") from error
    if not 1 <= size <= LIMIT:
        raise RefusedError("invalid_limit")
    return start, size


def _cursor(count: int, reached: int) -> Json:
    return {"response_metadata": {"next_cursor": f"next:{reached}" if reached < count else ""}}


def _told(workspace: Workspace, post: Post, thread: list[str], arguments: Json) -> Json:
    message = post.as_json()
    if thread:
        message |= {"thread_ts": post.ts, "reply_count": len(thread), "latest_reply": thread[-1]}
    if post.metadata and is_set(arguments.get("include_all_metadata")):
        message["metadata"] = post.metadata
    if post.files:
        message["files"] = [{"id": file, "name": workspace.files[file].name} for file in post.files]
    return message
