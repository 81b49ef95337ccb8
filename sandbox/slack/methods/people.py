"""`auth.test`, `users.*` and `usergroups.*`."""

from typing import Any

from sandbox.slack.arguments import needed
from sandbox.slack.errors import RefusedError
from sandbox.slack.people import BOT, BOT_ID, TEAM_DOMAIN
from sandbox.slack.workspace import Workspace

Json = dict[str, Any]


def test(workspace: Workspace, _arguments: Json) -> Json:
    """Tell whose token it is."""
    return {
        "url": f"https://{TEAM_DOMAIN}.slack.com/",
        "team": TEAM_DOMAIN,
        "user": workspace.users[BOT].name,
        "team_id": workspace.team_id,
        "user_id": BOT,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def info(workspace: Workspace, arguments: Json) -> Json:
    """Tell of one user."""
    user = workspace.users.get(needed(arguments, "user", "user_not_found"))
    if user is None:
        raise RefusedError("user_not_found")
    return {"user": user.as_json()}


def everybody(workspace: Workspace, _arguments: Json) -> Json:
    """Tell of all users, on one page."""
    return {
        "members": [user.as_json() for user in workspace.users.values()],
        "cache_ts": int(workspace.clock()),
        "response_metadata": {"next_cursor": ""},
    }


def group(workspace: Workspace, arguments: Json) -> Json:
    """List a user group's people."""
    users = workspace.groups.get(needed(arguments, "usergroup"))
    if users is None:
        raise RefusedError("no_such_subteam")
    return {"users": list(users)}
