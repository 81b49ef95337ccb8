"""`/port export`: the requests that filters name, as a file for who asked."""

from functools import partial

from bot.handlers.staff.finding import asker_of
from bot.slack import filters
from bot.slack.deciding import carry
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.reply import Reply
from domain.desk import exporting
from domain.desk.eyes import Actor, split_override
from domain.desk.finding import Search
from domain.desk.roles import Role, require, role_for
from domain.desk.state import OfRequest, Outcome
from domain.errors import Refused
from domain.values import replace

EXPORT = "export"
_NAMES = (EXPORT, EXPORT)  # of what is worked on, and of the verb


async def export(desk: SlackDesk, heard: Heard, reply: Reply, rest: str) -> None:
    """Take what follows `/port export`: the filters of `/port list`, without them every open request."""
    require(heard.role, role_for(EXPORT, desk.policy))
    said, reason = split_override(rest)
    search = filters.read_list(said, asker_of(desk, heard))
    if search.is_snoozed is False:
        search = replace(search, is_snoozed=None)
    await carry(desk, heard, reply, _owed(desk, heard, search, reason), _NAMES)


async def _owed(desk: SlackDesk, heard: Heard, search: Search, reason: str | None) -> Outcome:
    if not await desk.board.count(search):
        raise Refused("export.none", about=filters.about(search), by=filters.whose(search))
    is_alone = reason is not None and await desk.authority.is_alone(heard.user, role_for(EXPORT, desk.policy))
    actor = Actor(heard.user, heard.role or Role.VIEWER, is_alone)
    typed = filters.typed(search) or "is:open"
    act = partial(exporting.export, actor=actor, filters=typed, reason=reason, policy=desk.policy)
    return await desk.turns.turn(OfRequest(0), heard.event_id, act)
