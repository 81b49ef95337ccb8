"""`views.*`: modals and App Homes."""

from typing import Any

from sandbox.slack.arguments import needed
from sandbox.slack.errors import RefusedError
from sandbox.slack.limits import check_view
from sandbox.slack.views import View
from sandbox.slack.workspace import STACK, Workspace

Json = dict[str, Any]


def open_modal(workspace: Workspace, arguments: Json) -> Json:
    """Open a modal for the person whose trigger this is; what they had open goes."""
    trigger_id, body = needed(arguments, "trigger_id"), _modal(arguments)
    trigger = workspace.exchange(trigger_id)
    view = workspace.new_view(trigger.user, body)
    workspace.stacks[trigger.user] = []
    return {"view": workspace.push_view(view).as_json()}


def push(workspace: Workspace, arguments: Json) -> Json:
    """Lay a modal on the one in which the trigger arose; without one, it opens as the first."""
    trigger_id, body = needed(arguments, "trigger_id"), _modal(arguments)
    trigger = workspace.exchange(trigger_id)
    stack = workspace.stacks.get(trigger.user, [])
    if trigger.view_id and trigger.view_id not in [view.id for view in stack]:
        raise RefusedError("not_found")
    if len(stack) >= STACK:
        raise RefusedError("push_limit_reached")
    view = workspace.new_view(trigger.user, body, below=stack[-1] if stack else None)
    return {"view": workspace.push_view(view).as_json()}


def update(workspace: Workspace, arguments: Json) -> Json:
    """Show other content in a view that is still open."""
    check_view(arguments.get("view"), ("modal", "home"))
    view = workspace.find_view(arguments.get("view_id"), arguments.get("external_id"))
    if view is None:
        raise RefusedError("not_found")
    _check_hash(view, arguments)
    return {"view": workspace.renew_view(view, arguments["view"]).as_json()}


def publish(workspace: Workspace, arguments: Json) -> Json:
    """Show a person's App Home, the same whether they look or not."""
    user = needed(arguments, "user_id")
    if user not in workspace.users:
        raise RefusedError("user_not_found")
    check_view(arguments.get("view"), ("home",))
    old = workspace.homes.get(user)
    if old is None:
        made = workspace.put_view(workspace.new_view(user, arguments["view"]))
    else:
        _check_hash(old, arguments)
        made = workspace.renew_view(old, arguments["view"])
    return {"view": made.as_json()}


def _modal(arguments: Json) -> Json:
    check_view(arguments.get("view"), ("modal",))
    body: Json = arguments["view"]
    return body


def _check_hash(view: View, arguments: Json) -> None:
    if arguments.get("hash") and arguments["hash"] != view.hash:
        raise RefusedError("hash_conflict")
