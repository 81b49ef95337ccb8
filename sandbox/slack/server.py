"""The sandbox's Slack as one thing: routes to serve, hands to use, settings to turn."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from starlette.routing import BaseRoute, WebSocketRoute

from sandbox.faults import Faults
from sandbox.record import Record
from sandbox.slack.api import Api
from sandbox.slack.delivery import Delivery
from sandbox.slack.hands import Hands
from sandbox.slack.pace import Pace
from sandbox.slack.people import APP_ID, Channel, User
from sandbox.slack.sockets import Sockets
from sandbox.slack.workspace import Workspace

Json = dict[str, Any]


class Slack(Hands):
    """A workspace with one app, the desk, in it. Serve `routes`, then set `base_url` to their address."""

    def __init__(
        self,
        record: Record,
        faults: Faults,
        *,
        bot_token: str = "xoxb-sandbox",  # noqa: S107 - a token of the sandbox, worth nothing
        app_token: str = "xapp-1-sandbox",  # noqa: S107 - a token of the sandbox, worth nothing
        signing_secret: str = "sandbox-secret",  # noqa: S107 - a secret of the sandbox, worth nothing
        team_id: str = "T0SANDBOX",
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(Workspace(team_id, clock), Delivery(record, faults, signing_secret))
        self.pace = Pace(clock)
        self._api = Api(self._workspace, record, faults, self.pace, (bot_token, app_token))
        self._api.link_url = self._link_url

    @property
    def routes(self) -> list[BaseRoute]:
        """Everything to serve."""
        return [*self._api.routes, WebSocketRoute("/link", self.sockets.link)]

    @property
    def sockets(self) -> Sockets:
        """The open websockets of Socket Mode, to be waited for, dropped or told to reconnect."""
        return self._delivery.sockets

    @property
    def base_url(self) -> str:
        """Where this Slack is served, without a slash at the end; whoever serves it sets this."""
        return self._workspace.base_url

    @base_url.setter
    def base_url(self, url: str) -> None:
        self._workspace.base_url = url.rstrip("/")

    @property
    def deliver_to(self) -> str | None:
        """The desk's address for signed HTTP delivery; None: Socket Mode."""
        return self._delivery.deliver_to

    @deliver_to.setter
    def deliver_to(self, url: str | None) -> None:
        self._delivery.deliver_to = url

    @property
    def users(self) -> dict[str, User]:
        """Everybody, by id."""
        return self._workspace.users

    @property
    def channels(self) -> dict[str, Channel]:
        """Every conversation, by id."""
        return self._workspace.channels

    @property
    def groups(self) -> dict[str, list[str]]:
        """The user groups and who is in them."""
        return self._workspace.groups

    @property
    def scopes(self) -> list[str]:
        """What the app may do; calls are not refused for the lack of one, only told of it."""
        return self._workspace.scopes

    def add_channel(self, channel: Channel) -> None:
        """Make a channel."""
        self.channels[channel.id] = channel

    def wait(
        self,
        *,
        ack_within: float | None = None,
        redeliver_after: float | None = None,
        retry_waits: Sequence[float] | None = None,
    ) -> None:
        """Set how many seconds Slack waits: for an ack, before redelivering, before retries of an event."""
        delivery = self._delivery
        delivery.ack_within = delivery.ack_within if ack_within is None else ack_within
        delivery.redeliver_after = delivery.redeliver_after if redeliver_after is None else redeliver_after
        delivery.retry_waits = delivery.retry_waits if retry_waits is None else retry_waits

    async def settled(self) -> None:
        """Wait until every retry of a delivery is over."""
        await self._delivery.settled()

    async def stop(self) -> None:
        """Give up deliveries that are still retried."""
        await self._delivery.stop()

    def file_names(self) -> dict[str, str]:
        """Tell the title, or else the name, of each file that was uploaded, by its id."""
        files = self._workspace.files.values()
        return {file.id: file.title or file.name for file in files if file.content is not None}

    def file_content(self, file_id: str) -> bytes | None:
        """Give an uploaded file's bytes."""
        file = self._workspace.files.get(file_id)
        return file.content if file else None

    def snapshot(self) -> Json:
        """Give what outlives a restart, as JSON."""
        return self._workspace.snapshot()

    def restore(self, kept: Json) -> None:
        """Take a snapshot back."""
        self._workspace.restore(kept)

    def _link_url(self) -> str:
        ticket = self.sockets.ticket()
        return f"{self.base_url.replace('http', 'ws', 1)}/link?ticket={ticket}&app_id={APP_ID}"
