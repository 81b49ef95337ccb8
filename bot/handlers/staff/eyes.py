"""Two people for one act: a wish confirmed by its button, a link to a request's secrets asked for."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.handlers.staff import people
from bot.handlers.staff.actions import reference_of
from bot.slack.deciding import acted, carry, look_again
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.listening import PRESS, listener
from bot.slack.reply import Reply
from bot.slack.rules import ASK_TO_SEE
from domain.desk import eyes, staff
from domain.desk.exporting import export
from domain.desk.risks import ChangedSince, Seen, Unsure, carried
from domain.desk.roles import Role, Wish, require, role_for
from domain.desk.state import Changes, Decide, Moment, OfRef, OfRequest, Outcome, State
from domain.desk.turn import Turn
from domain.errors import DeskError, NotFound, Refused

_NO_VERSION = 0  # of a request as a post showed it: it may not be the version of today


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
    """Confirm what the post asks for."""
    await confirm(desk, heard, reply, heard.text)


async def confirm(desk: SlackDesk, heard: Heard, reply: Reply, wish_id: str, seen: Seen | None = None) -> None:
    """Do what somebody else asked for, once; theirs is the name under it, and the right to it is asked for again.

    Acknowledged once it is done. `seen`: the request as the second person saw it; None: as the post showed it, and what
    anybody else changed since is shown before it is done.
    """
    wish = await desk.board.wish(int(wish_id)) if wish_id.isdecimal() else None
    if wish is None:
        raise Refused("staff.form.stale")
    require(heard.role, Role.AGENT)
    once = replace(heard, event_id=f"eyes:{wish.id}")
    work = _done(desk, once, wish, seen or Seen(_NO_VERSION, wish.id))  # ids follow time: what came later has more
    await carry(desk, once, reply, work, (wish.ref or wish.what, "confirm"))


async def _done(desk: SlackDesk, heard: Heard, wish: Wish, seen: Seen) -> Outcome:
    eyes.check(wish, heard.user, heard.role, desk.now(), desk.policy)
    role = await desk.authority.certain_role(wish.asked_by)
    if role is None or role < role_for(wish.what, desk.policy):
        raise Refused("eyes.asker_gone", who=wish.asked_by)
    done = eyes.confirmed(wish, heard.user, desk.now())
    try:
        return await WAYS[wish.what](desk, heard, _Confirmed(done, role, seen))
    except DeskError as why:
        if not (isinstance(why, Unsure) and why.again):  # else there is something to be looked at once more
            act = partial(eyes.give_up, wish=done, why=why, policy=desk.policy)
            await desk.turns.turn(OfRequest(0), f"{heard.event_id}:over", act)
        raise


@dataclass(frozen=True, slots=True)
class _Confirmed:
    """A wish that somebody confirmed. `role`: the asker's today; `seen`: its request as the second person saw it."""

    wish: Wish
    role: Role
    seen: Seen

    def carried(self, now: Seen) -> str:
        """Return what the button carries that confirms it all the same, on the request as it is now."""
        return carried(self.wish.ref, eyes.CONFIRM, str(self.wish.id), now)

    @property
    def actor(self) -> eyes.Actor:
        """Return in whose name it is done."""
        return eyes.Actor(self.wish.asked_by, self.role, confirmed=self.wish)


async def _cancel(desk: SlackDesk, heard: Heard, done: _Confirmed) -> Outcome:
    wish = done.wish
    order = staff.Order(wish.asked_by, "cancel", wish.argument, done.role, confirmed=wish, seen=done.seen, is_sure=True)
    return await acted(desk, heard, wish.ref, order, done.carried)


async def _see(desk: SlackDesk, heard: Heard, done: _Confirmed) -> Outcome:
    ref = done.wish.ref
    await look_again(desk, heard, ChangedSince(ref, done.seen, "reveal", None), done.carried)
    return await desk.turns.turn(OfRef(ref), heard.event_id, _reveal(desk, done.actor, None))


async def _change(desk: SlackDesk, heard: Heard, done: _Confirmed) -> Outcome:
    act = await people.confirmed(desk, done.wish, done.role)
    return await desk.turns.turn(OfRequest(0), heard.event_id, act)


async def _export(desk: SlackDesk, heard: Heard, done: _Confirmed) -> Outcome:
    act = partial(export, actor=done.actor, filters=done.wish.argument, reason=None, policy=desk.policy)
    return await desk.turns.turn(OfRequest(0), heard.event_id, act)


WAYS: dict[str, Callable[[SlackDesk, Heard, _Confirmed], Awaitable[Outcome]]] = {
    "cancel_late": _cancel,
    "reveal": _see,
    "staff": _change,
    "export": _export,
}


def _reveal(desk: SlackDesk, actor: eyes.Actor, reason: str | None) -> Decide:
    def act(state: State, moment: Moment) -> Changes:
        turn = Turn(state, moment, f"staff:{actor.user}", desk.policy)
        if desk.link_to is None:
            raise NotFound("eyes.no_link")
        eyes.reveal(turn, actor, reason)
        return turn.changes()

    return act
