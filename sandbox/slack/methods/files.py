"""`files.*`: the upload in three steps. The second, sending the bytes, is an endpoint of its own."""

from dataclasses import replace
from typing import Any

from sandbox.slack.arguments import needed
from sandbox.slack.errors import RefusedError
from sandbox.slack.people import BOT, Channel
from sandbox.slack.posts import File, Post
from sandbox.slack.workspace import Workspace

Json = dict[str, Any]


def announce(workspace: Workspace, arguments: Json) -> Json:
    """Give a place to send a file's bytes to."""
    name = needed(arguments, "filename")
    try:
        length = int(arguments.get("length") or 0)
    except ValueError as error:
        raise RefusedError("invalid_arguments") from error
    if length <= 0:
        raise RefusedError("invalid_arguments", ["[ERROR] length must be more than 0"])
    file = File(workspace.next_id("F"), name, length, created=int(workspace.clock()))
    workspace.files[file.id] = file
    return {"upload_url": f"{workspace.base_url}/upload/{file.id}", "file_id": file.id}


def receive(workspace: Workspace, file_id: str, content: bytes) -> str:
    """Take an announced file's bytes. Raises: RefusedError."""
    file = workspace.files.get(file_id)
    if file is None or file.content is not None:
        raise RefusedError("file_not_found")
    if len(content) != file.length:
        raise RefusedError("length_mismatch")
    workspace.files[file_id] = replace(file, content=content)
    return f"OK - {len(content)}"


def complete(workspace: Workspace, arguments: Json) -> Json:
    """Share uploaded files, with a comment, in a channel or a thread; without a channel they stay private."""
    asked = arguments.get("files")
    if not isinstance(asked, list) or not asked:
        raise RefusedError("invalid_arguments", ["[ERROR] missing required field: files"])
    done = [_uploaded(workspace, each) for each in asked]
    place = arguments.get("channel_id") or arguments.get("channels")
    if place:
        channel = _channel(workspace, str(place))
        done = [replace(file, shared_in=channel.id) for file in done]
        _share(workspace, channel, done, arguments)
    workspace.files |= {file.id: file for file in done}
    return {"files": [file.as_json(workspace.base_url) for file in done]}


def info(workspace: Workspace, arguments: Json) -> Json:
    """Tell of one uploaded file."""
    file = workspace.files.get(needed(arguments, "file", "file_not_found"))
    if file is None or file.content is None:
        raise RefusedError("file_not_found")
    return {
        "file": file.as_json(workspace.base_url),
        "comments": [],
        "response_metadata": {"next_cursor": ""},
    }


def _uploaded(workspace: Workspace, asked: Any) -> File:
    file = workspace.files.get(str(asked.get("id"))) if isinstance(asked, dict) else None
    if file is None or file.content is None or file.shared_in:
        raise RefusedError("file_not_found")
    return replace(file, title=str(asked.get("title") or file.name))


def _channel(workspace: Workspace, place: str) -> Channel:
    channel = workspace.channels.get(place)
    if channel is None:
        raise RefusedError("channel_not_found")
    if BOT not in channel.members:
        raise RefusedError("not_in_channel")
    return channel


def _share(workspace: Workspace, channel: Channel, files: list[File], arguments: Json) -> None:
    thread_ts = str(arguments.get("thread_ts") or "") or None
    if thread_ts and workspace.post(channel.id, thread_ts) is None:
        raise RefusedError("thread_not_found")
    workspace.keep(
        Post(
            workspace.next_ts(),
            channel.id,
            BOT,
            str(arguments.get("initial_comment") or ""),
            thread_ts=thread_ts,
            files=tuple(file.id for file in files),
        )
    )
