"""The one wrapper of every listener: who acts, whether they may, what they are told when it goes wrong."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard, read_command, read_press, read_submission
from bot.slack.reply import CommandReply, FormReply, PressReply, Reply
from bot.slack.rules import role_needed
from domain.desk.roles import require
from domain.desk.state import Told
from domain.errors import DeskError, Refused

log = logging.getLogger(__name__)

Body = Mapping[str, Any]
Handle = Callable[[SlackDesk, Heard, Reply], Awaitable[None]]
Listener = Callable[..., Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of interaction: how its payload is read and how it is answered."""

    read: Callable[[Body], Heard]
    reply: Callable[[AsyncAck, AsyncRespond, Body], Reply]


COMMAND = Kind(read_command, CommandReply)
PRESS = Kind(read_press, PressReply)
FORM = Kind(read_submission, FormReply)

NOT_STAFF = Told("staff.not_staff", error=True)


def listener(desk: SlackDesk, kind: Kind, handle: Handle) -> Listener:
    """Return a Bolt listener that serves staff whose role is enough, by `bot.slack.rules`, and raises nothing.

    A factory, because Bolt fills every parameter it does not know with None; and nothing may be raised, because a
    listener that raises right after its acknowledgement loses it (bolt 1.30, measured 2026-11-21).
    """

    async def listen(ack: AsyncAck, respond: AsyncRespond, body: Body) -> None:
        reply = kind.reply(ack, respond, body)
        try:
            heard = kind.read(body)
            role = await desk.authority.role_of(heard.user, heard.team)
            if role is None:
                log.warning("slack refused user=%s team=%s name=%s", heard.user, heard.team, heard.name)
                await reply.tell(NOT_STAFF)
                return
            heard = replace(heard, role=role)
            _check(heard)
            await handle(desk, heard, reply)
        except Exception as e:  # noqa: BLE001 # Slack's one catch-all (architecture §9.10)
            await reply.tell(told_for(e))

    return listen


def _check(heard: Heard) -> None:
    """Raise Refused where a person's role is too small; a listener without a rule refuses everybody."""
    needed = role_needed(heard)
    if needed is None:
        log.error("slack no_rule name=%s", heard.name)
        raise Refused("staff.no_rule")
    require(heard.role, needed)


def told_for(error: BaseException) -> Told:
    """Return what staff read of an error: a DeskError's own sentence; of anything else that it went wrong, no more."""
    if isinstance(error, DeskError):
        return Told(error.code, error.params, error=True)
    log.error("slack listener_failed error=%s", type(error).__name__)
    return Told("staff.trouble", error=True)
