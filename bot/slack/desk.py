"""What the listeners of Slack need, and how to reach Slack."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Now, utc_now
from bot.slack.authority import Authority, Identity
from bot.slack.places import Homes
from domain.desk.keeping import Board, Outbox
from domain.desk.state import Owed, Paper, Told, Turns
from domain.papers.verdicts import Judged
from domain.policy import Policy

SLACK = "https://slack.com/api/"
PATIENCE = 2.0  # seconds for a commit before the person is told that it takes longer; Slack gives up after 3
CALLS_IN_A_SEND = 6  # a send makes at most three calls and takes at most half a lease


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """How Slack is wired. `channel`: the desk's. `staff`: user ids and user groups, comma-separated.

    `app_token` for Socket Mode, `signing_secret` for HTTP: one of them is needed.
    """

    bot_token: str = field(repr=False)
    channel: str
    staff: str
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    api_url: str = SLACK
    public_url: str = ""  # where links to requests lead, without a slash at the end; empty: there are none


def open_client(settings: SlackSettings, policy: Policy, *, token: str | None = None) -> AsyncWebClient:
    """Return a client that tries once: the relay is the one retry layer. Its timeout fits a send into half a lease."""
    seconds = max(1, int(policy.lease.total_seconds() / CALLS_IN_A_SEND))
    url = settings.api_url.rstrip("/") + "/"
    return AsyncWebClient(settings.bot_token if token is None else token, url, timeout=seconds, retry_handlers=[])


@dataclass(frozen=True, slots=True)
class SlackDesk:
    """What listeners build on.

    `late` holds answers that are still being made when their three seconds are over. `link_to` gives the one-time
    address at which one of the staff sees a request's secrets and papers. `chat_link` gives the address by which a
    caller's chat takes over the request that was begun for them on the phone. `judge_paper` tells whether a letter's
    file is as it was sealed; None: it is not there.
    """

    settings: SlackSettings
    client: AsyncWebClient
    identity: Identity
    authority: Authority
    turns: Turns
    board: Board
    outbox: Outbox
    policy: Policy
    new_id: Callable[[], int]
    now: Now = utc_now
    patience: float = PATIENCE
    late: set[asyncio.Task[None]] = field(default_factory=set)
    link_to: Callable[[int, str], str] | None = None
    chat_link: Callable[[int, int], Awaitable[str]] | None = None
    homes: Homes = field(default_factory=Homes)
    judge_paper: Callable[[Paper], Awaitable[Judged | None]] | None = None

    def link_of(self, ref: str) -> str:
        """Return the address that names a request, which says nothing of it; empty where there are none."""
        return f"{self.settings.public_url}/r/{ref}" if self.settings.public_url and ref else ""

    async def whisper(self, user: str, told: Told, once: str) -> None:
        """Owe one of the staff a message for them alone."""
        lane = f"whisper:{user}"
        await self.outbox.owe((Owed(self.new_id(), "whisper", lane, user, told.key, once, told.params),))

    async def finish(self, seconds: float) -> None:
        """Wait for late answers before the end."""
        if self.late:
            await asyncio.wait(self.late, timeout=seconds)


def make_desk(
    settings: SlackSettings,
    turns: Turns,
    board: Board,
    outbox: Outbox,
    policy: Policy,
    new_id: Callable[[], int],
    now: Now = utc_now,
    link_to: Callable[[int, str], str] | None = None,
) -> SlackDesk:
    """Put a desk together; nothing is asked of Slack yet."""
    client = open_client(settings, policy)
    identity = Identity(client)
    authority = Authority(client, identity, settings.staff, grants=board.grants)
    return SlackDesk(settings, client, identity, authority, turns, board, outbox, policy, new_id, now, link_to=link_to)
