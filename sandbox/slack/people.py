"""Who is in the sandbox's Slack workspace, and the channels that they share."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.slack.errors import RefusedError

BOT = "U0BOT"
BOT_ID = "B0BOT"
APP_ID = "A0SANDBOX"
TEAM_DOMAIN = "sandbox"
DESK = "C0DESK"
PORTERS = "S0PORTERS"
# What the app was given when it was installed, as the desk's manifest asks for it.
SCOPES = (
    "commands",
    "chat:write",
    "channels:history",
    "groups:history",
    "im:history",
    "usergroups:read",
    "users:read",
    "im:write",
    "files:read",
    "files:write",
    "links:read",
    "links:write",
)


@dataclass(slots=True)
class User:
    """A member as `users.info` tells of them; tests may change a field, as an admin would."""

    id: str
    name: str
    team_id: str
    is_bot: bool = False
    is_restricted: bool = False  # a guest of several channels
    is_ultra_restricted: bool = False  # a guest of one channel
    is_stranger: bool = False  # of another workspace, seen through a shared channel
    deleted: bool = False
    tz: str = "America/New_York"

    def as_json(self) -> dict[str, Any]:
        """Give the user object of Slack's API."""
        return {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name.lower(),
            "real_name": self.name,
            "deleted": self.deleted,
            "tz": self.tz,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "is_admin": False,
            "is_owner": False,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            "is_stranger": self.is_stranger,
            "profile": {
                "real_name": self.name,
                "display_name": self.name.lower(),
                "team": self.team_id,
            },
        }


@dataclass(slots=True)
class Channel:
    """A conversation; a direct message has `im_user`, the person at its other end."""

    id: str
    name: str
    members: set[str] = field(default_factory=set)
    is_private: bool = False
    is_archived: bool = False
    im_user: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Give the conversation object of Slack's API, as the bot sees it."""
        return {
            "id": self.id,
            "name": self.name,
            "is_channel": self.im_user is None,
            "is_im": self.im_user is not None,
            "is_private": self.is_private or self.im_user is not None,
            "is_archived": self.is_archived,
            "is_member": BOT in self.members,
            "num_members": len(self.members),
            **({"user": self.im_user} if self.im_user else {}),
        }


def preset_users(team_id: str) -> dict[str, User]:
    """Give two staff, a guest, somebody who is not staff, and the bot."""
    people = (
        User("U0STAFF1", "Maya", team_id),
        User("U0STAFF2", "Ben", team_id, tz="America/Chicago"),
        User("U0GUEST", "Gwen", team_id, is_restricted=True),
        User("U0OTHER", "Otto", team_id),
        User(BOT, "Port of Call", team_id, is_bot=True),
    )
    return {user.id: user for user in people}


def preset_channels() -> dict[str, Channel]:
    """Give the desk's channel, where everybody of the preset is a member."""
    return {DESK: Channel(DESK, "port-desk", {"U0STAFF1", "U0STAFF2", "U0GUEST", "U0OTHER", BOT})}


def find_channel(channels: dict[str, Channel], users: dict[str, User], name: str) -> Channel:
    """Find a channel by id, by `#name`, or as the direct message with a user's id.

    Raises: RefusedError `channel_not_found`.
    """
    if name in channels:
        return channels[name]
    if name in users:
        return open_im(channels, name)
    for channel in channels.values():
        if channel.name and channel.name == name.removeprefix("#"):
            return channel
    raise RefusedError("channel_not_found")


def open_im(channels: dict[str, Channel], user: str) -> Channel:
    """Give the direct message between the bot and a user, opened when it is not there yet."""
    im_id = "D" + user[1:]
    return channels.setdefault(im_id, Channel(im_id, "", {user, BOT}, im_user=user))
