"""What Slack tells the app when a person does something: one shape for HTTP and Socket Mode."""

import secrets
from typing import Any

from sandbox.slack.people import APP_ID, BOT, TEAM_DOMAIN
from sandbox.slack.posts import Post
from sandbox.slack.views import View
from sandbox.slack.workspace import Workspace

Json = dict[str, Any]

TOKEN = "sandbox-verification-token"  # noqa: S105 - Slack's deprecated field, which nothing trusts


def command(workspace: Workspace, user: str, channel: str, name: str, text: str, url_id: str) -> Json:
    """A slash command."""
    return {
        "token": TOKEN,
        "team_id": workspace.team_id,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel,
        "channel_name": workspace.channel(channel).name or "directmessage",
        "user_id": user,
        "user_name": workspace.users[user].name.lower(),
        "command": name,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": f"{workspace.base_url}/response/{url_id}",
        "trigger_id": workspace.trigger(user),
    }


def message_action(workspace: Workspace, user: str, post: Post, action: Json) -> Json:
    """A press on something in a message; an ephemeral message is not told again."""
    channel = workspace.channel(post.channel)
    url_id = workspace.response_url(user, post.channel, origin=post.ts, thread_ts=post.thread_ts)
    is_ephemeral = post.ephemeral_to is not None
    container: Json = {
        "type": "message",
        "message_ts": post.ts,
        "channel_id": channel.id,
        "is_ephemeral": is_ephemeral,
    }
    if post.thread_ts:
        container["thread_ts"] = post.thread_ts
    return {
        **_interaction(workspace, user, "block_actions"),
        "trigger_id": workspace.trigger(user),
        "container": container,
        "channel": {"id": channel.id, "name": channel.name or "directmessage"},
        **({} if is_ephemeral else {"message": post.as_json()}),
        "state": {"values": {}},
        "response_url": f"{workspace.base_url}/response/{url_id}",
        "actions": [action],
    }


def view_action(workspace: Workspace, view: View, action: Json) -> Json:
    """A press on something in a modal or an App Home."""
    return {
        **_interaction(workspace, view.user, "block_actions"),
        "trigger_id": workspace.trigger(view.user, view.id if view.body["type"] == "modal" else None),
        "container": {"type": "view", "view_id": view.id},
        "view": view.as_json(),
        "actions": [action],
    }


def submission(workspace: Workspace, view: View) -> Json:
    """A modal's submit."""
    return {
        **_interaction(workspace, view.user, "view_submission"),
        "trigger_id": workspace.trigger(view.user, view.id),
        "view": view.as_json(),
        "response_urls": [],
    }


def closing(workspace: Workspace, view: View, *, is_cleared: bool) -> Json:
    """A modal's cancel."""
    return {
        **_interaction(workspace, view.user, "view_closed"),
        "view": view.as_json(),
        "is_cleared": is_cleared,
    }


def shortcut(workspace: Workspace, user: str, callback_id: str) -> Json:
    """A global shortcut, from the lightning bolt or the search."""
    return {
        **_interaction(workspace, user, "shortcut"),
        "callback_id": callback_id,
        "trigger_id": workspace.trigger(user),
        "action_ts": workspace.next_ts(),
    }


def message_shortcut(workspace: Workspace, user: str, callback_id: str, post: Post) -> Json:
    """A shortcut from a message's menu."""
    channel = workspace.channel(post.channel)
    url_id = workspace.response_url(user, post.channel, thread_ts=post.thread_ts)
    return {
        **shortcut(workspace, user, callback_id),
        "type": "message_action",
        "message_ts": post.ts,
        "channel": {"id": channel.id, "name": channel.name or "directmessage"},
        "message": {**post.as_json(), **_files(workspace, post)},
        "response_url": f"{workspace.base_url}/response/{url_id}",
    }


def links(post: Post, addresses: list[str]) -> Json:
    """The event of links of the app's domains that stand in a message."""
    return {
        "type": "link_shared",
        "user": post.user,
        "channel": post.channel,
        "message_ts": post.ts,
        "event_ts": post.ts,
        "unfurl_id": f"C.{post.ts}",
        "source": "conversations_history",
        "links": [{"url": each, "domain": each.split("/")[2]} for each in addresses],
    }


def _files(workspace: Workspace, post: Post) -> Json:
    found = [workspace.files[file].as_json(workspace.base_url) for file in post.files]
    return {"files": found} if found else {}


def event(workspace: Workspace, content: Json) -> Json:
    """An event's wrapper, with an id of its own."""
    return {
        "token": TOKEN,
        "team_id": workspace.team_id,
        "api_app_id": APP_ID,
        "type": "event_callback",
        "event_id": workspace.next_id("Ev"),
        "event_time": int(workspace.clock()),
        "event": content,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team_id,
                "user_id": BOT,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{secrets.token_hex(8)}",
    }


def message(workspace: Workspace, post: Post) -> Json:
    """The event of a message that a person wrote."""
    channel = workspace.channel(post.channel)
    private = "group" if channel.is_private else "channel"
    return {
        **post.as_json(),
        "client_msg_id": secrets.token_hex(16),
        "team": workspace.team_id,
        "channel": post.channel,
        "channel_type": "im" if channel.im_user else private,
        "event_ts": post.ts,
    }


def _interaction(workspace: Workspace, user: str, kind: str) -> Json:
    member = workspace.users[user]
    name = member.name.lower()
    return {
        "type": kind,
        "user": {"id": user, "username": name, "name": name, "team_id": member.team_id},
        "api_app_id": APP_ID,
        "token": TOKEN,
        "team": {"id": workspace.team_id, "domain": TEAM_DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }
