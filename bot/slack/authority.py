"""Who is staff, and in which role. Closed when in doubt, for those of SLACK_STAFF too.

While Slack cannot be asked, nobody becomes staff, or gets a greater role, who had it not in the minutes before (KEPT).
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.trouble import code_of
from domain.desk.roles import Grant, Role
from domain.desk.staffing import named
from domain.errors import Refused

log = logging.getLogger(__name__)

FRESH = 60.0  # seconds for which an answer of Slack's is taken without asking again
KEPT = 300.0  # seconds for which the last answer still counts while Slack cannot be asked
PATIENCE = 0.9  # seconds for one question, of at most three: the person's three seconds are running
IN_DOUBT = "staff.in_doubt"

_UNKNOWN = ("user_not_found", "user_not_visible", "no_such_subteam", "subteam_not_found")  # an answer, too
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
    """Tells who may what: the first admins are those of `staff`, user ids and user groups (S…) separated by commas.

    `grants`: the roles that were given in Slack. Of several roles, by groups too, the greatest counts. Whoever acts
    must be a whole member of the desk's own team, and Slack must have said so: no bots, no guests, nobody deactivated
    or from elsewhere.
    """

    def __init__(
        self,
        client: AsyncWebClient,
        identity: Identity,
        staff: str,
        clock: Callable[[], float] = time.monotonic,
        *,
        grants: Callable[[], Iterable[Grant]] = tuple,
    ) -> None:
        self.first = frozenset(name.strip() for name in staff.split(",") if name.strip())
        self._grants = grants
        self._client = client
        self._identity = identity
        self._clock = clock
        self._known: dict[str, _Known] = {}

    async def is_staff(self, user: str) -> bool:
        """Tell whether this person may at least look. Never raises for what Slack or the network does."""
        return await self.role_of(user) is not None

    async def role_of(self, user: str) -> Role | None:
        """Return a person's role; None: not staff, or in doubt. Never raises for what Slack or the network does."""
        try:
            return await self.certain_role(user)
        except Refused:
            return None

    async def judge(self, user: str, team: str) -> Role | None:
        """Return the role of who acts; None: not staff. `team`: from where they act, as Slack tells it.

        Raises: Refused, with the sentence for them, while it is in doubt who they are, or who we are.
        """
        ours = await self._our_team()
        if ours and team and team != ours:
            return None
        if not team:
            log.warning("slack authority_closed reason=no_team")
            raise Refused(IN_DOUBT)
        try:
            return await self.certain_role(user)
        except Refused as e:
            raise Refused(IN_DOUBT) from e

    async def certain_role(self, user: str) -> Role | None:
        """Return the role of somebody else; None: not staff. Raises: Refused, while that is in doubt."""
        role, is_certain = await self._named_role(user)
        if role is None and is_certain:
            return None
        is_whole = await self._is_whole_member(user) if role is not None and await self._our_team() else None
        if is_whole is None:
            raise Refused("people.unsure", who=named(user))
        return role if is_whole else None

    async def first_name(self, user: str) -> str:
        """Return by which name a person is shown to customers; empty while Slack does not say."""
        try:
            answer = await asyncio.wait_for(self._client.users_info(user=user), PATIENCE)
        except (SlackApiError, *_FAILURES) as e:
            log.warning("slack name_unknown error=%s", type(e).__name__)
            return ""
        member: Any = answer.get("user") or {}
        profile = member.get("profile") or {}
        full = profile.get("first_name") or profile.get("real_name") or member.get("real_name") or member.get("name")
        return str(full or "").split(" ")[0]

    async def admins(self) -> dict[str, frozenset[str]]:
        """Return who may act as admin now, each with the subjects that make them one; who is in doubt is left out."""
        found: dict[str, set[str]] = {}
        subjects = [subject for subject, role in self._roles().items() if role is Role.ADMIN]
        several = await asyncio.gather(*map(self._people_of, subjects))
        for subject, people in zip(subjects, several, strict=True):
            for person in people:
                found.setdefault(person, set()).add(subject)
        whole = await asyncio.gather(*map(self._is_whole_member, found))
        return {each: frozenset(by) for (each, by), sound in zip(found.items(), whole, strict=True) if sound is True}

    async def is_alone(self, user: str, needed: Role) -> bool:
        """Tell whether nobody else has a role, or more; while Slack cannot be asked, somebody may have it."""
        subjects = [subject for subject, role in self._roles().items() if role >= needed]
        others: set[str] = {subject for subject in subjects if not _is_group(subject)}
        for people in await asyncio.gather(*(self._members(subject) for subject in subjects if _is_group(subject))):
            if people is None:
                return False
            others |= people
        whole = await asyncio.gather(*map(self._is_whole_member, others - {user}))
        return all(sound is False for sound in whole)

    async def exists(self, subject: str) -> bool | None:
        """Tell whether a person can be staff, or a group has somebody in it; None while Slack cannot be asked."""
        if not _is_group(subject):
            return await self._is_whole_member(subject)
        people = await self._members(subject)
        return None if people is None else bool(people)

    def _roles(self) -> dict[str, Role]:
        """Return the role of each subject; those of SLACK_STAFF are admins whatever else was given."""
        return {grant.subject: grant.role for grant in self._grants()} | dict.fromkeys(self.first, Role.ADMIN)

    async def _our_team(self) -> str:
        """Return the id of the desk's own team; empty while Slack does not say."""
        try:
            return (await asyncio.wait_for(self._identity.learn(), PATIENCE)).team_id
        except _FAILURES:
            log.warning("slack authority_closed reason=auth_test")
            return ""

    async def _named_role(self, user: str) -> tuple[Role | None, bool]:
        """Return the greatest role that names a person, and whether no group was left out that may give a greater one.

        Groups are asked only where they could.
        """
        roles = self._roles()
        best, is_certain = roles.get(user), True
        for subject, role in sorted(roles.items(), key=lambda each: -each[1]):
            if not _is_group(subject) or (best is not None and role <= best):
                continue
            people = await self._members(subject)
            is_certain = is_certain and people is not None
            best = role if user in (people or ()) else best
        return best, is_certain

    async def _people_of(self, subject: str) -> frozenset[str]:
        if not _is_group(subject):
            return frozenset({subject})
        return await self._members(subject) or frozenset()

    async def _members(self, group: str) -> frozenset[str] | None:
        """Return who is in a user group; None while Slack does not say."""
        found = await self._ask(group, lambda: self._client.usergroups_users_list(usergroup=group), _users_of)
        return found if isinstance(found, frozenset) else None

    async def _is_whole_member(self, user: str) -> bool | None:
        """Tell what Slack says of a person; None while it says nothing."""
        found = await self._ask(user, lambda: self._client.users_info(user=user), self._is_sound)
        return found if isinstance(found, bool) else None

    def _is_sound(self, answer: Any) -> bool:  # slack_sdk's response, whose items are untyped
        member = answer.get("user") or {}
        odd = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger")
        ours = self._identity.bot
        team = member.get("team_id") or ""
        return ours is not None and bool(team) and team == ours.team_id and not any(member.get(o) for o in odd)

    async def _ask(
        self, name: str, ask: Callable[[], Any], read: Callable[[Any], frozenset[str] | bool]
    ) -> frozenset[str] | bool | None:
        """Return a fresh answer; the last one while Slack cannot be asked; None when that is too old."""
        known, now = self._known.get(name), self._clock()
        if known is not None and now - known.at < FRESH:
            return known.value
        try:
            value = read(await asyncio.wait_for(ask(), PATIENCE))
        except SlackApiError as e:
            if code_of(e) not in _UNKNOWN:
                return self._unsure(name, e)
            value = read({})
        except _FAILURES as e:
            return self._unsure(name, e)
        self._known[name] = _Known(value, now)
        return value

    def _unsure(self, name: str, error: Exception) -> frozenset[str] | bool | None:
        """Return the last answer while it is not too old."""
        known, now = self._known.get(name), self._clock()
        log.warning("slack authority_unsure subject=%s error=%s", name, type(error).__name__)
        return known.value if known is not None and now - known.at < KEPT else None


def _users_of(answer: Any) -> frozenset[str]:  # slack_sdk's response, whose items are untyped
    return frozenset(answer.get("users") or ())


def _is_group(subject: str) -> bool:
    return subject.startswith("S")
