"""What a person sees of the app's answers: acks with words, and posts to a response_url."""

from dataclasses import replace
from typing import Any

from sandbox.slack.arguments import is_set
from sandbox.slack.methods.chat import content
from sandbox.slack.people import BOT
from sandbox.slack.posts import Post
from sandbox.slack.workspace import ResponseUrl, Workspace

Json = dict[str, Any]


def respond(workspace: Workspace, url: ResponseUrl, arguments: Json) -> None:
    """Carry out a post to a response_url: delete, replace, or say something new. Raises: RefusedError."""
    origin = _origin(workspace, url)
    if is_set(arguments.get("delete_original")):
        if origin:
            workspace.forget(origin)
    elif is_set(arguments.get("replace_original")) and origin:
        workspace.keep(replace(origin, edited=True, **content(workspace, arguments)))
    else:
        say(workspace, url, arguments)


def say(workspace: Workspace, url: ResponseUrl, arguments: Json) -> Post:
    """Show an answer: to the person alone, unless it is meant for the channel. Raises: RefusedError."""
    shown = content(workspace, arguments)
    thread_ts = arguments.get("thread_ts") or url.thread_ts
    if arguments.get("response_type") == "in_channel":
        return workspace.keep(Post(workspace.next_ts(), url.channel, BOT, thread_ts=thread_ts, **shown))
    return workspace.whisper(url.user, url.channel, by=BOT, thread_ts=thread_ts, **shown)


def _origin(workspace: Workspace, url: ResponseUrl) -> Post | None:
    if url.origin is None:
        return None
    return workspace.whispers.get(url.origin) or workspace.post(url.channel, url.origin)
