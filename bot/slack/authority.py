"""Who is staff, and in which role. Closed when in doubt, for those of SLACK_STAFF too.

What Slack says counts for a minute (FRESH); while it says nothing anew, whoever's role hangs on it is in doubt.
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

FRESH = 60.0  # seconds for which an answer of Slack's counts, and not one more
AGEING = 45.0  # seconds after which an answer that is used is asked for anew, while nobody has to wait for it
SILENT = 5.0  # seconds for which a Slack that left a question unanswered is not asked it again
PATIENCE = 0.9  # seconds for all questions about who acts, asked at once: the person's three seconds are running
IN_DOUBT = "staff.in_doubt"

_OURSELVES = "auth.test"
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
class _Member:
    """What Slack says of a person. `team`: whose whole member they are; empty: nobody's."""

    team: str
    first_name: str


_Value = frozenset[str] | _Member | Bot


@dataclass(frozen=True, slots=True)
class _Known:
    """An answer of Slack's and when it was asked for, by the authority's clock; None: its silence, and since when."""

    value: _Value | None
    at: float

    def counts(self, now: float) -> bool:
        """Tell whether Slack need not be asked."""
        return now - self.at < (SILENT if self.value is None else FRESH)


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
        self._asking: dict[str, asyncio.Task[_Value | None]] = {}

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
        if self._is_elsewhere(team):
            return None
        if not team:
            log.warning("slack authority_closed reason=no_team")
            raise Refused(IN_DOUBT)
        try:
            role = await self.certain_role(user)
        except Refused as e:
            raise Refused(IN_DOUBT) from e
        return None if self._is_elsewhere(team) else role  # who we are may be known only now

    async def certain_role(self, user: str) -> Role | None:
        """Return somebody's role; None: not staff. Takes PATIENCE at most. Raises: Refused, while it is in doubt.

        Groups are asked only where they could give a greater role than the person's own.
        """
        given = self._roles()
        own = given.get(user)
        groups = [subject for subject, role in given.items() if _is_group(subject) and (own is None or role > own)]
        if own is None and not groups:
            return None
        asked = asyncio.gather(*map(self._members, groups))
        several, is_whole = await asyncio.gather(asked, self._is_whole_member(user))
        by_groups = (given[group] for group, people in zip(groups, several, strict=True) if user in (people or ()))
        role = max(by_groups, default=own)
        if is_whole is False or (role is None and None not in several):
            return None
        if is_whole is None or role is None:
            raise Refused("people.unsure", who=named(user))
        return role

    async def first_name(self, user: str) -> str:
        """Return by which name a person is shown to customers; empty while Slack does not say."""
        member = await self._member(user)
        return member.first_name if member is not None else ""

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

    def _is_elsewhere(self, team: str) -> bool:
        """Tell whether a team is certainly not ours."""
        ours = self._identity.bot
        return ours is not None and ours.team_id != "" and team not in ("", ours.team_id)

    async def _our_team(self) -> str:
        """Return the id of the desk's own team; empty while Slack does not say."""
        ours = self._identity.bot or await self._ask(_OURSELVES, self._identity.learn, _as_it_is)
        return ours.team_id if isinstance(ours, Bot) else ""

    async def _people_of(self, subject: str) -> frozenset[str]:
        if not _is_group(subject):
            return frozenset({subject})
        return await self._members(subject) or frozenset()

    async def _members(self, group: str) -> frozenset[str] | None:
        """Return who is in a user group; None while Slack does not say."""
        found = await self._ask(group, lambda: self._client.usergroups_users_list(usergroup=group), _users_of)
        return found if isinstance(found, frozenset) else None

    async def _is_whole_member(self, user: str) -> bool | None:
        """Tell whether a person is one of our team's whole members; None while Slack does not say."""
        ours, member = await asyncio.gather(self._our_team(), self._member(user))
        return member.team == ours if ours and member is not None else None

    async def _member(self, user: str) -> _Member | None:
        """Return what Slack says of a person; None while it says nothing."""
        found = await self._ask(user, lambda: self._client.users_info(user=user), _member_of)
        return found if isinstance(found, _Member) else None

    async def _ask(self, name: str, ask: Callable[[], Any], read: Callable[[Any], _Value]) -> _Value | None:
        """Return what Slack says; None while it says nothing. Whoever asks the same meanwhile shares the question."""
        known, now = self._known.get(name), self._clock()
        is_known = known is not None and known.counts(now)
        if name not in self._asking and (known is None or not is_known or now - known.at > AGEING):
            self._asking[name] = asyncio.create_task(self._learn(name, ask, read))
            self._asking[name].add_done_callback(lambda _: self._asking.pop(name))
        if known is not None and is_known:
            return known.value
        return await asyncio.shield(self._asking[name])

    async def _learn(self, name: str, ask: Callable[[], Any], read: Callable[[Any], _Value]) -> _Value | None:
        """Ask Slack, and keep the answer, or its silence; what fails at once is asked again at once."""
        began = self._clock()
        try:
            value = read(await asyncio.wait_for(ask(), PATIENCE))
        except SlackApiError as e:
            if code_of(e) not in _UNKNOWN:
                self._fail(name, e)
                return None
            value = read({})
        except _FAILURES as e:
            self._fail(name, e)
            return None
        self._keep(name, _Known(value, began))
        return value

    def _fail(self, name: str, error: Exception) -> None:
        """Note a failure, and keep a silence, but for one that met a question asked before there was need to."""
        log.warning("slack authority_unsure subject=%s error=%s", name, type(error).__name__)
        now = self._clock()
        known = self._known.get(name)
        if isinstance(error, TimeoutError) and (known is None or not known.counts(now)):
            self._keep(name, _Known(None, now))

    def _keep(self, name: str, known: _Known) -> None:
        """Keep this, and forget what counts no more."""
        now = self._clock()
        for old in [each for each, was in self._known.items() if not was.counts(now)]:
            del self._known[old]
        self._known[name] = known


def _users_of(answer: Any) -> frozenset[str]:  # slack_sdk's response, whose items are untyped
    return frozenset(answer.get("users") or ())


def _member_of(answer: Any) -> _Member:  # slack_sdk's response, whose items are untyped
    member: Any = answer.get("user") or {}
    profile = member.get("profile") or {}
    is_odd = any(member.get(o) for o in ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger"))
    name = profile.get("first_name") or profile.get("real_name") or member.get("real_name") or member.get("name")
    return _Member("" if is_odd else str(member.get("team_id") or ""), str(name or "").split(" ")[0])


def _as_it_is(bot: Bot) -> Bot:
    return bot


def _is_group(subject: str) -> bool:
    return subject.startswith("S")
