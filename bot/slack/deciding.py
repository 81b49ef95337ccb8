"""An effect of staff's: decided and committed before Slack's three seconds are over, or answered late."""

import asyncio
import logging
import time
from functools import partial

from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.listening import told_for
from bot.slack.modals import working
from bot.slack.reply import FormReply, Reply
from domain.desk import staff
from domain.desk.assigning import person_named
from domain.desk.roles import Role, require, role_for
from domain.desk.state import Decide, Key, OfRef, Outcome, Told
from domain.errors import Refused

log = logging.getLogger(__name__)
ASSIGN = "assign"


async def decide(desk: SlackDesk, heard: Heard, reply: Reply, ref: str, verb: str, argument: str) -> None:
    """Act on a request and tell the person what came of it, once it is committed."""
    if verb == "submit" and not await desk.board.is_list_whole(ref):
        await answer(desk, heard, reply, Told("submit.list_differs", {"ref": ref}, error=True))
        return
    role = heard.role or Role.VIEWER
    if verb == ASSIGN:
        await _check_may_act(desk, heard, argument)
    needed = role_for("cancel_late", desk.policy)
    is_alone = "override" in argument.lower() and await desk.authority.is_alone(heard.user, needed)
    wish = staff.Order(heard.user, verb, argument, role, is_alone)
    act = partial(staff.act, wish=wish, policy=desk.policy)
    await carry_out(desk, heard, reply, OfRef(ref), act, (ref, verb))


async def _check_may_act(desk: SlackDesk, heard: Heard, argument: str) -> None:
    """Raise Refused for an assignee who could do nothing about the request: a viewer, or nobody of the staff."""
    person = person_named(argument, heard.user)
    if person is None:
        return
    role = await desk.authority.role_of(person, heard.team)
    if role is None or role < Role.AGENT:
        raise Refused("assign.not_staff", who=person)


async def carry_out(desk: SlackDesk, heard: Heard, reply: Reply, key: Key, act: Decide, names: tuple[str, str]) -> None:
    """Take a turn for one of the staff, and tell them what came of it. `names`: of its subject, and of the verb.

    Raises Refused for a viewer, whatever the door before this let in.
    """
    require(heard.role, Role.AGENT)
    ref, verb = names
    task = asyncio.ensure_future(desk.turns.turn(key, heard.event_id, act))
    await asyncio.wait({task}, timeout=max(0.0, heard.came_at + desk.patience - time.monotonic()))
    if task.done():
        await answer(desk, heard, reply, _told(task, heard, ref, verb))
        return
    late = asyncio.ensure_future(_answer_late(desk, heard, task, ref, verb))
    desk.late.add(late)
    late.add_done_callback(partial(_ended, desk))
    if isinstance(reply, FormReply):
        await reply.put(working(ref))
    else:
        await reply.tell(Told("staff.working", {"ref": ref}))


async def answer(desk: SlackDesk, heard: Heard, reply: Reply, told: Told) -> None:
    """Tell the person what came of it: at once where that can reach them, else by a message for them alone."""
    if not await reply.tell(told):
        await desk.whisper(heard.user, told, f"lost:{heard.event_id}")


async def _answer_late(desk: SlackDesk, heard: Heard, task: asyncio.Future[Outcome], ref: str, verb: str) -> None:
    await asyncio.wait({task})
    await desk.whisper(heard.user, _told(task, heard, ref, verb), f"late:{heard.event_id}")


def _ended(desk: SlackDesk, late: asyncio.Task[None]) -> None:
    desk.late.discard(late)
    if not late.cancelled() and late.exception() is not None:
        log.error("slack late_answer_lost error=%s", type(late.exception()).__name__)


def _told(task: asyncio.Future[Outcome], heard: Heard, ref: str, verb: str) -> Told:
    """Return what the person is told of a turn that has ended, however it ended."""
    error = task.exception()
    if error is not None:
        return told_for(error)
    outcome = task.result()
    if outcome.missing:
        return Told("staff.not_found", {"ref": ref}, error=True)
    told = outcome.changes.told if outcome.changes else None
    log.info("slack acted verb=%s ref=%s staff=%s repeated=%s", verb, ref, heard.user, outcome.repeated)
    return told or Told("staff.already_done", {"ref": ref})
