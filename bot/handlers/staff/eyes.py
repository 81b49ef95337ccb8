"""Two people for one act: a wish confirmed by its button, a link to a request's secrets asked for."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.handlers.staff import people
from bot.handlers.staff.actions import reference_of
from bot.slack.deciding import carry_out
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.listening import PRESS, listener
from bot.slack.reply import Reply
from bot.slack.rules import ASK_TO_SEE
from domain.desk import eyes, staff
from domain.desk.roles import Role, Wish, role_for
from domain.desk.state import Changes, Decide, Key, Moment, OfRef, OfRequest, State
from domain.desk.turn import Turn
from domain.errors import NotFound, Refused


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register the buttons."""
    app.action(eyes.CONFIRM)(listener(desk, PRESS, _confirm))
    app.action(ASK_TO_SEE)(listener(desk, PRESS, _ask_to_see))


async def ask_to_see(desk: SlackDesk, heard: Heard, reply: Reply, ref: str, reason: str | None = None) -> None:
    """Have one of the staff sent a link to a request's secrets, once a second person has confirmed it."""
    is_alone = reason is not None and await desk.authority.is_alone(heard.user, role_for("reveal", desk.policy))
    actor = eyes.Actor(heard.user, heard.role or Role.VIEWER, is_alone)
    await carry_out(desk, heard, reply, OfRef(ref), _reveal(desk, actor, reason), (ref, "reveal"))


async def _ask_to_see(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    await ask_to_see(desk, heard, reply, reference_of(heard))


async def _confirm(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Do what somebody else asked for, once; theirs is the name under it, and the right to it is asked for again."""
    await reply.take()
    wish = await desk.board.wish(int(heard.text)) if heard.text.isdecimal() else None
    if wish is None:
        raise Refused("staff.form.stale")
    eyes.check(wish, heard.user, heard.role, desk.now(), desk.policy)
    role = await desk.authority.role_of(wish.asked_by, "")
    if role is None or role < role_for(wish.what, desk.policy):
        raise Refused("eyes.asker_gone", who=wish.asked_by)
    once = replace(heard, event_id=f"eyes:{wish.id}")
    done = eyes.confirmed(wish, heard.user, desk.now())
    key, act = await WAYS[wish.what](desk, done, role)
    await carry_out(desk, once, reply, key, act, (wish.ref or wish.what, "confirm"))


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
        eyes.reveal(turn, actor, reason, desk.link_to(turn.the_case().request.id, actor.user))
        return turn.changes()

    return act


WAYS: dict[str, Callable[[SlackDesk, Wish, Role], Awaitable[tuple[Key, Decide]]]] = {
    "cancel_late": _cancel,
    "reveal": _see,
    "staff": _change,
}
