"""What the page and tests can do as staff in Slack, and what a person's Slack shows."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from typing import Any

from sandbox.page.asked import Asked, AskedWrongError
from sandbox.slack import Delivered, NotPossibleError, Post, Slack, View
from sandbox.slack.people import DESK

Json = dict[str, Any]
Act = Callable[[Slack, Asked], Awaitable[Json]]


def channel(slack: Slack, channel_id: str) -> list[Json]:
    """List a channel's messages with all replies, oldest first."""
    return [_post(slack, post) for post in slack.posts(channel_id)]


def ephemerals(slack: Slack, user: str) -> list[Json]:
    """List what only this person sees, oldest first."""
    return [_post(slack, post) for post in slack.ephemerals(user)]


def modals(slack: Slack, user: str) -> list[Json]:
    """List a person's open modals, the top one last."""
    return [_view(view) for view in slack.modals(user)]


def screen(slack: Slack, user: str) -> Json:
    """Return all of a person's Slack that has to do with the desk."""
    home = slack.home(user)
    return {
        "user": user,
        "people": {member.id: _person(member.name, is_bot=member.is_bot) for member in slack.users.values()},
        "channels": {place.id: place.name for place in slack.channels.values() if place.name},
        "posts": channel(slack, DESK),
        "direct": channel(slack, "D" + user[1:]),
        "ephemerals": ephemerals(slack, user),
        "modals": modals(slack, user),
        "home": _view(home) if home else None,
        "files": {file_id: {"name": name} for file_id, name in slack.file_names().items()},
    }


def _person(name: str, *, is_bot: bool) -> Json:
    return {"name": name, "bot": is_bot}


def _post(slack: Slack, post: Post) -> Json:
    member = slack.users.get(post.user)
    return {**asdict(post), "name": member.name if member else "Slackbot"}


def _view(view: View) -> Json:
    return {**asdict(view), "title": view.title}


def _delivered(outcome: Delivered | None) -> Json:
    """Tell what came of a delivery; of none (a modal closed silently), nothing."""
    if outcome is None:
        return {}
    return {"status": outcome.status, "body": outcome.body, "seconds": outcome.seconds, "error": outcome.error}


async def _command(slack: Slack, asked: Asked) -> Json:
    user, place, command = _user(slack, asked), asked.text("channel", DESK), asked.text("command", "/port")
    return _delivered(await slack.command(user, asked.text("text"), channel=place, command=command))


async def _press(slack: Slack, asked: Asked) -> Json:
    outcome = await slack.press(
        _user(slack, asked),
        asked.text("action"),
        message_ts=asked.optional_text("message_ts"),
        channel=asked.text("channel", DESK),
        view_id=asked.optional_text("view_id"),
        value=asked.value("value"),
        values=_values(asked),
    )
    return _delivered(outcome)


def _values(asked: Asked) -> dict[str, Json]:
    values = asked.optional_mapping("values") or {}
    if not all(isinstance(entry, dict) for entry in values.values()):
        raise AskedWrongError("values must be an object of objects")
    return values


async def _submit(slack: Slack, asked: Asked) -> Json:
    return _delivered(await slack.submit(_user(slack, asked), asked.text("view_id"), _values(asked)))


async def _attach(slack: Slack, asked: Asked) -> Json:
    return slack.attach(asked.text("name"), asked.content("content"))


async def _close(slack: Slack, asked: Asked) -> Json:
    return _delivered(await slack.close(_user(slack, asked), asked.text("view_id")))


async def _message(slack: Slack, asked: Asked) -> Json:
    user, thread_ts, place = _user(slack, asked), asked.optional_text("thread_ts"), asked.text("channel", DESK)
    return _delivered(await slack.message_event(user, asked.text("text"), thread_ts, channel=place))


async def _shortcut(slack: Slack, asked: Asked) -> Json:
    user, name, place = _user(slack, asked), asked.text("shortcut"), asked.text("channel", DESK)
    return _delivered(await slack.shortcut(user, name, message_ts=asked.optional_text("message_ts"), channel=place))


async def _open_home(slack: Slack, asked: Asked) -> Json:
    return _delivered(await slack.open_home(_user(slack, asked)))


def _user(slack: Slack, asked: Asked) -> str:
    user = asked.text("user")
    if user not in slack.users:
        raise NotPossibleError(f"there is nobody called {user}")
    return user


ACTS: Mapping[str, Act] = {
    "command": _command,
    "press": _press,
    "submit": _submit,
    "close": _close,
    "message": _message,
    "open_home": _open_home,
    "attach": _attach,
    "shortcut": _shortcut,
}
