"""The one wrapper of every listener: who acts, whether they may, what they are told when it goes wrong."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from bot.slack.at_home import HomePress, press_at_home, show_home
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard, read_command, read_press, read_submission
from bot.slack.reply import CommandReply, FormReply, PressReply, Reply
from bot.slack.rules import COMMAND as COMMAND_NAME
from bot.slack.rules import role_needed
from domain.desk.roles import Role, require
from domain.desk.state import Told
from domain.errors import GIVEN, DeskError, Refused
from domain.readers.secrets import mask_given

log = logging.getLogger(__name__)

Body = Mapping[str, Any]
Handle = Callable[[SlackDesk, Heard, Reply], Awaitable[None]]
R = TypeVar("R", bound=Reply)
Listener = Callable[..., Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Kind(Generic[R]):
    """A kind of interaction: how its payload is read and how it is answered."""

    read: Callable[[Body], Heard]
    reply: Callable[[SlackDesk, AsyncAck, AsyncRespond, Body], R]


def _pressed(desk: SlackDesk, ack: AsyncAck, respond: AsyncRespond, body: Body) -> PressReply:
    return press_at_home(desk, ack, respond, body) or PressReply(ack, respond, body)


COMMAND = Kind(read_command, lambda _desk, ack, respond, body: CommandReply(ack, respond, body))
PRESS = Kind(read_press, _pressed)
FORM = Kind(read_submission, lambda _desk, ack, respond, body: FormReply(ack, respond, body))

NOT_STAFF = Told("staff.not_staff", error=True)


def listener(desk: SlackDesk, kind: Kind[R], handle: Callable[[SlackDesk, Heard, R], Awaitable[None]]) -> Listener:
    """Return a Bolt listener that serves staff whose role is enough, by `bot.slack.rules`, and raises nothing.

    A factory, because Bolt fills every parameter it does not know with None; and nothing may be raised, because a
    listener that raises right after its acknowledgement loses it (bolt 1.30, measured 2026-11-21).
    """

    async def listen(ack: AsyncAck, respond: AsyncRespond, body: Body) -> None:
        reply = kind.reply(desk, ack, respond, body)
        heard: Heard | None = None
        try:
            heard = kind.read(body)
            role = await _role(desk, heard, reply)
            if role is None:
                return
            heard = replace(heard, role=role)
            _is_let_in(desk, heard, reply, body)
            _check(heard)
            await handle(desk, heard, reply)
        except Exception as e:  # noqa: BLE001 # Slack's one catch-all (architecture §9.10)
            await _tell(desk, heard, reply, told_for(e))
        finally:
            await _renew_home(desk, reply, body)

    return listen


async def _role(desk: SlackDesk, heard: Heard, reply: Reply) -> Role | None:
    """Return the role of who acts; who has none, or is in doubt, is told so, and has left their Home.

    They are told where they acted or not at all: nothing is kept of who is not let in.
    """
    role, told = None, NOT_STAFF
    try:
        role = await desk.authority.judge(heard.user, heard.team)
    except Refused as e:
        told = told_for(e)
    if role is None:
        desk.homes.leave(heard.user)
        log.warning("slack refused user=%s team=%s name=%s", heard.user, heard.team, heard.name)
        await reply.tell(told)
    return role


async def _tell(desk: SlackDesk, heard: Heard | None, reply: Reply, told: Told) -> None:
    """Tell what went wrong, by a message for the person alone where what they did can be answered no more."""
    if await reply.tell(told) or heard is None:
        return
    try:
        await desk.whisper(heard.user, told, f"lost:{heard.event_id}")
    except Exception as e:  # noqa: BLE001 # a part of the one catch-all above
        log.error("slack answer_lost error=%s", type(e).__name__)


def _is_let_in(desk: SlackDesk, heard: Heard, reply: Reply, body: Body) -> None:
    """Note that one of the staff is at their Home, or has left it for a message or a command."""
    if isinstance(reply, HomePress):
        reply.let_in()
    elif heard.name == COMMAND_NAME or (body.get("container") or {}).get("type") == "message":
        desk.homes.leave(heard.user)


async def _renew_home(desk: SlackDesk, reply: Reply, body: Body) -> None:
    """Renew the Home in which something was pressed, or from which a form was opened that is handed in now."""
    user = body.get("user")
    place = desk.homes.of(str(user.get("id"))) if isinstance(user, Mapping) and isinstance(reply, FormReply) else None
    try:
        if isinstance(reply, HomePress):
            await reply.finish()
        elif place is not None and isinstance(user, Mapping):
            await show_home(desk, str(user["id"]), place)
    except Exception as e:  # noqa: BLE001 # a part of the one catch-all above
        told = told_for(e)
        if isinstance(reply, HomePress):
            await reply.alone(told)


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
        params = {name: mask_given(value) if name == GIVEN else value for name, value in error.params.items()}
        return Told(error.code, params, error=True)
    log.error("slack listener_failed error=%s", type(error).__name__)
    return Told("staff.trouble", error=True)
