"""A local server that keeps the rules of Slack's Web API and of its delivery to apps.

Not here: scopes but those to read by, several workspaces, scheduled messages, unfurling, and events of what the bot
itself posts.
"""

from sandbox.slack.delivery import Delivered
from sandbox.slack.errors import NotPossibleError
from sandbox.slack.people import Channel, User
from sandbox.slack.posts import Post
from sandbox.slack.server import Slack
from sandbox.slack.views import View

__all__ = ["Channel", "Delivered", "NotPossibleError", "Post", "Slack", "User", "View"]
