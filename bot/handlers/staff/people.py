"""`/port staff`: who may what, given and taken away."""

from datetime import datetime
from functools import partial

from bot.slack.deciding import carry
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.reply import Reply
from bot.wording import slack_text
from domain.desk.eyes import Actor, split_override
from domain.desk.roles import Role, Wish
from domain.desk.staffing import Known, Wanted, change, named, read_wanted, subject_of
from domain.desk.state import Decide, OfRequest, Outcome
from domain.errors import Refused

STAFF = "staff"
NAMES = (STAFF, STAFF)  # of what is worked on, and of the verb
SHOWN = 50


async def people(desk: SlackDesk, heard: Heard, reply: Reply, rest: str) -> None:
    """Take what follows `/port staff`; nothing: who may what."""
    if not rest:
        await reply.show(_listed(desk), ())
        return
    typed, reason = split_override(rest)
    wanted = read_wanted(with_ids(typed, heard))
    await carry(desk, heard, reply, _changed(desk, heard, wanted, reason), NAMES)


async def _changed(desk: SlackDesk, heard: Heard, wanted: Wanted, reason: str | None) -> Outcome:
    """Ask Slack what has to be known of people, and change a role."""
    await _check_exists(desk, wanted)
    is_alone = reason is not None and await desk.authority.is_alone(heard.user, Role.ADMIN)
    actor = Actor(heard.user, heard.role or Role.VIEWER, is_alone)
    return await desk.turns.turn(OfRequest(0), heard.event_id, await decision(desk, actor, wanted, reason))


async def decision(desk: SlackDesk, actor: Actor, wanted: Wanted, reason: str | None = None) -> Decide:
    """Return the change of a role as a decision, with what Slack says of the admins there are."""
    known = Known(desk.authority.first, await desk.authority.admins())
    return partial(change, actor=actor, wanted=wanted, reason=reason, known=known, policy=desk.policy)


async def confirmed(desk: SlackDesk, wish: Wish, role: Role) -> Decide:
    """Return what a confirmed wish does, in the name of who asked for it. `role`: theirs today."""
    return await decision(desk, Actor(wish.asked_by, role, confirmed=wish), read_wanted(wish.argument))


def with_ids(typed: str, heard: Heard) -> str:
    """Return the words with the ids of those whom Slack found in them."""
    return " ".join(heard.mentions.get(word, word) for word in typed.split())


async def _check_exists(desk: SlackDesk, wanted: Wanted) -> None:
    """Raise Refused for somebody who can't be staff; whoever is gone can always be taken away."""
    if wanted.role is None or subject_of(wanted.subject) is None:
        return
    is_there = await desk.authority.exists(wanted.subject)
    if not is_there:
        raise Refused("people.unsure" if is_there is None else "people.nobody", who=named(wanted.subject))


def _listed(desk: SlackDesk) -> str:
    """Return everybody who was given a role, the first admins before them."""
    first = [slack_text("people.line_first", {"who": named(subject)}) for subject in sorted(desk.authority.first)]
    given = [
        slack_text(
            "people.line",
            {"who": named(g.subject), "role": g.role.word, "by": g.given_by, "at": _local(g.at, desk)},
        )
        for g in desk.board.grants()
        if g.subject not in desk.authority.first
    ]
    lines = [*first, *given]
    more = [slack_text("people.more", {"count": str(len(lines) - SHOWN)})] if len(lines) > SHOWN else []
    return "\n".join([slack_text("people.head", {}), *lines[:SHOWN], *more, slack_text("people.hint", {})])


def _local(at: datetime, desk: SlackDesk) -> str:
    return f"{at.astimezone(desk.policy.desk_zone):%Y-%m-%d %H:%M}"
