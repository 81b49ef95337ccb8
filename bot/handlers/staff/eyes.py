"""Two people for one act: a wish confirmed by its button, a link to a request's secrets asked for."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.handlers.staff import people
from bot.handlers.staff.actions import reference_of
from bot.slack.deciding import carry
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.listening import PRESS, listener
from bot.slack.reply import Reply
from bot.slack.rules import ASK_TO_SEE
from domain.desk import eyes, staff
from domain.desk.exporting import export
from domain.desk.roles import Role, Wish, require, role_for
from domain.desk.state import Changes, Decide, Key, Moment, OfRef, OfRequest, Outcome, State
from domain.desk.turn import Turn
from domain.errors import NotFound, Refused


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register the buttons."""
    app.action(eyes.CONFIRM)(listener(desk, PRESS, _confirm))
    app.action(ASK_TO_SEE)(listener(desk, PRESS, _ask_to_see))


async def ask_to_see(desk: SlackDesk, heard: Heard, reply: Reply, ref: str, reason: str | None = None) -> None:
    """Have one of the staff sent a link to a request's secrets, once a second person has confirmed it."""
    require(heard.role, Role.AGENT)
    await carry(desk, heard, reply, _asked(desk, heard, ref, reason), (ref, "reveal"))


async def _asked(desk: SlackDesk, heard: Heard, ref: str, reason: str | None) -> Outcome:
    is_alone = reason is not None and await desk.authority.is_alone(heard.user, role_for("reveal", desk.policy))
    actor = eyes.Actor(heard.user, heard.role or Role.VIEWER, is_alone)
    return await desk.turns.turn(OfRef(ref), heard.event_id, _reveal(desk, actor, reason))


async def _ask_to_see(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    await ask_to_see(desk, heard, reply, reference_of(heard))


async def _confirm(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Do what somebody else asked for, once; theirs is the name under it, and the right to it is asked for again.

    Acknowledged once it is done.
    """
    wish = await desk.board.wish(int(heard.text)) if heard.text.isdecimal() else None
    if wish is None:
        raise Refused("staff.form.stale")
    require(heard.role, Role.AGENT)
    once = replace(heard, event_id=f"eyes:{wish.id}")
    await carry(desk, once, reply, _done(desk, once, wish), (wish.ref or wish.what, "confirm"))


async def _done(desk: SlackDesk, heard: Heard, wish: Wish) -> Outcome:
    eyes.check(wish, heard.user, heard.role, desk.now(), desk.policy)
    role = await desk.authority.role_of(wish.asked_by, "")
    if role is None or role < role_for(wish.what, desk.policy):
        raise Refused("eyes.asker_gone", who=wish.asked_by)
    done = eyes.confirmed(wish, heard.user, desk.now())
    key, act = await WAYS[wish.what](desk, done, role)
    return await desk.turns.turn(key, heard.event_id, act)


async def _cancel(desk: SlackDesk, wish: Wish, role: Role) -> tuple[Key, Decide]:
    order = staff.Order(wish.asked_by, "cancel", wish.argument, role, confirmed=wish)
    return OfRef(wish.ref), partial(staff.act, wish=order, policy=desk.policy)


async def _see(desk: SlackDesk, wish: Wish, role: Role) -> tuple[Key, Decide]:
    return OfRef(wish.ref), _reveal(desk, eyes.Actor(wish.asked_by, role, confirmed=wish), None)


async def _change(desk: SlackDesk, wish: Wish, role: Role) -> tuple[Key, Decide]:
    return OfRequest(0), await people.confirmed(desk, wish, role)


def _reveal(desk: SlackDesk, actor: eyes.Actor, reason: str | None) -> Decide:
    def act(state: State, moment: Moment) -> Changes:
        turn = Turn(state, moment, f"staff:{actor.user}", desk.policy)
        if desk.link_to is None:
            raise NotFound("eyes.no_link")
        eyes.reveal(turn, actor, reason)
        return turn.changes()

    return act


async def _export(desk: SlackDesk, wish: Wish, role: Role) -> tuple[Key, Decide]:
    actor = eyes.Actor(wish.asked_by, role, confirmed=wish)
    return OfRequest(0), partial(export, actor=actor, filters=wish.argument, reason=None, policy=desk.policy)


WAYS: dict[str, Callable[[SlackDesk, Wish, Role], Awaitable[tuple[Key, Decide]]]] = {
    "cancel_late": _cancel,
    "reveal": _see,
    "staff": _change,
    "export": _export,
}
