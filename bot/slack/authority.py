"""Who is staff. Closed when in doubt: while Slack cannot be asked, nobody becomes staff who was not just before."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

log = logging.getLogger(__name__)

FRESH = 60.0  # seconds for which an answer of Slack's is taken without asking again
KEPT = 600.0  # seconds for which the last answer still counts while Slack cannot be asked
PATIENCE = 0.7  # seconds for one question: the person's three seconds are running

_FAILURES = (SlackApiError, aiohttp.ClientError, TimeoutError, OSError)


@dataclass(frozen=True, slots=True)
class Bot:
    """Who the desk is in Slack."""

    team_id: str
    user_id: str
    bot_id: str


class Identity:
    """The desk's own name in Slack, asked for once; at the start, so that no listener has to wait for it."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._lock = asyncio.Lock()
        self.bot: Bot | None = None

    async def learn(self) -> Bot:
        """Return who we are. Raises what slack_sdk raises while Slack cannot be asked."""
        async with self._lock:
            if self.bot is None:
                told = await self._client.auth_test()
                self.bot = Bot(*(str(told.get(part) or "") for part in ("team_id", "user_id", "bot_id")))
            return self.bot


@dataclass(frozen=True, slots=True)
class _Known:
    """An answer of Slack's and when it was given, by the authority's clock."""

    value: frozenset[str] | bool
    at: float


class Authority:
    """Tells who may act: the people of `staff`, user ids and user groups (S…) separated by commas.

    They must be whole members of the desk's own team: no bots, no guests, nobody deactivated or from elsewhere. A
    person whom the operator named counts as one until Slack says otherwise; a group's member only once Slack says so.
    """

    def __init__(
        self, client: AsyncWebClient, identity: Identity, staff: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        names = [name.strip() for name in staff.split(",") if name.strip()]
        self._people = frozenset(n for n in names if not n.startswith("S"))
        self._groups = [n for n in names if n.startswith("S")]
        self._client = client
        self._identity = identity
        self._clock = clock
        self._known: dict[str, _Known] = {}

    async def is_staff(self, user: str, team: str) -> bool:
        """Tell whether this person may act. Never raises for what Slack or the network does."""
        try:
            ours = (await asyncio.wait_for(self._identity.learn(), PATIENCE)).team_id
        except _FAILURES:
            log.warning("slack authority_closed reason=auth_test")
            return False
        if ours and team and team != ours:
            return False
        if user in self._people:
            return await self._is_whole_member(user) is not False
        return await self._is_in_a_group(user) and await self._is_whole_member(user) is True

    async def _is_in_a_group(self, user: str) -> bool:
        for group in self._groups:
            if user in await self._members(group):
                return True
        return False

    async def _members(self, group: str) -> frozenset[str]:
        found = await self._ask(group, lambda: self._client.usergroups_users_list(usergroup=group), _users_of)
        return found if isinstance(found, frozenset) else frozenset()

    async def _is_whole_member(self, user: str) -> bool | None:
        """Tell what Slack says of a person; None while it says nothing."""
        found = await self._ask(user, lambda: self._client.users_info(user=user), self._is_sound)
        return found if isinstance(found, bool) else None

    def _is_sound(self, answer: Any) -> bool:  # slack_sdk's response, whose items are untyped
        member = answer.get("user") or {}
        odd = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger")
        ours = self._identity.bot
        team = member.get("team_id") or ""
        return ours is not None and team in ("", ours.team_id) and not any(member.get(o) for o in odd)

    async def _ask(
        self, name: str, ask: Callable[[], Any], read: Callable[[Any], frozenset[str] | bool]
    ) -> frozenset[str] | bool | None:
        """Return a fresh answer; the last one while Slack cannot be asked; None when that is too old."""
        known, now = self._known.get(name), self._clock()
        if known is not None and now - known.at < FRESH:
            return known.value
        try:
            value = read(await asyncio.wait_for(ask(), PATIENCE))
        except _FAILURES as e:
            log.warning("slack authority_unsure subject=%s error=%s", name, type(e).__name__)
            return known.value if known is not None and now - known.at < KEPT else None
        self._known[name] = _Known(value, now)
        return value


def _users_of(answer: Any) -> frozenset[str]:  # slack_sdk's response, whose items are untyped
    return frozenset(answer.get("users") or ())
