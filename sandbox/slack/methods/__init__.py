"""THE table of Web API methods that the sandbox serves: what each does, and whether it changes anything."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.slack.methods import chat, conversations, files, people, views
from sandbox.slack.workspace import Workspace

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Method:
    """A method: arguments in, answer out (without `ok`); it raises RefusedError."""

    answer: Callable[[Workspace, Json], Json]
    changes: bool = False
    with_app_token: bool = False


METHODS = {
    "auth.test": Method(people.test),
    "users.info": Method(people.info),
    "users.list": Method(people.everybody),
    "usergroups.users.list": Method(people.group),
    "chat.postMessage": Method(chat.post, changes=True),
    "chat.postEphemeral": Method(chat.whisper, changes=True),
    "chat.update": Method(chat.update, changes=True),
    "chat.delete": Method(chat.delete, changes=True),
    "chat.unfurl": Method(chat.unfurl, changes=True),
    "chat.getPermalink": Method(chat.permalink),
    "reactions.add": Method(chat.react, changes=True),
    "conversations.history": Method(conversations.history),
    "conversations.replies": Method(conversations.replies),
    "conversations.info": Method(conversations.info),
    "conversations.members": Method(conversations.members),
    "conversations.open": Method(conversations.open_im, changes=True),
    "views.open": Method(views.open_modal, changes=True),
    "views.push": Method(views.push, changes=True),
    "views.update": Method(views.update, changes=True),
    "views.publish": Method(views.publish, changes=True),
    "files.getUploadURLExternal": Method(files.announce, changes=True),
    "files.completeUploadExternal": Method(files.complete, changes=True),
    "files.info": Method(files.info),
}
