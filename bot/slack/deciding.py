"""An effect of staff's: decided and committed before Slack's three seconds are over, or answered late."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from bot.slack import sure
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.listening import told_for
from bot.slack.modals import working
from bot.slack.reply import ALREADY_DONE, FormReply, Reply
from domain.desk import secrecy, staff
from domain.desk.assigning import person_named
from domain.desk.risks import ChangedSince, Seen, Unsure, carried, changes_since, seen_in, told_by
from domain.desk.roles import Role, require, role_for
from domain.desk.state import Decide, Key, OfRef, Outcome, Told
from domain.errors import Refused
from domain.orders.model import Case

log = logging.getLogger(__name__)
ASSIGN = "assign"
TAKEOVER = "takeover"
T = TypeVar("T")


async def decide(
    desk: SlackDesk,
    heard: Heard,
    reply: Reply,
    ref: str,
    verb: str,
    argument: str,
    seen: Seen | None = None,
    *,
    is_sure: bool = False,
) -> None:
    """Act on a request and tell the person what came of it, once it is committed.

    `seen`: the request as they saw it, where they pressed or handed in something; `is_sure`: they confirmed it on that
    version. What could do harm, or was changed by somebody else meanwhile, is asked about in place of being done.
    """
    require(heard.role, Role.AGENT)
    wish = _wished(desk, heard, (ref, verb, argument), seen, is_sure=is_sure)
    await carry(desk, heard, reply, wish, (ref, verb))


async def _wished(
    desk: SlackDesk, heard: Heard, said: tuple[str, str, str], seen: Seen | None, *, is_sure: bool
) -> Outcome:
    """Look up what has to be known first, and act. `said`: reference, verb, argument."""
    ref, verb, argument = said
    if verb == "submit":
        await _check_submission(desk, ref, argument)
    wish = replace(await wish_of(desk, heard, verb, argument), seen=seen, is_sure=is_sure)
    return await acted(desk, heard, ref, wish)


async def _check_submission(desk: SlackDesk, ref: str, argument: str) -> None:
    """Raise Refused for a list that is not the one agreed to, and for an order number that is a secret of ours."""
    if not await desk.board.is_list_whole(ref):
        raise Refused("submit.list_differs", ref=ref)
    sheet = await desk.board.sheet(ref=ref) if secrecy.has_figures(argument) else None
    if sheet is not None and await gives_a_secret(desk, sheet.case, argument):
        raise Refused("submit.secret", ref=ref)


async def gives_a_secret(desk: SlackDesk, case: Case, words: str) -> bool:
    """Tell whether words hold a secret of the request, which are held against the secrets themselves."""
    if not (secrecy.holds_secret(words, case) or secrecy.is_account_number(words, case)):
        return False
    found = await asyncio.gather(*(desk.board.reveal(case.request.id, question) for question in secrecy.SECRETS))
    return secrecy.gives(words, case, (each for each in found if each is not None))


async def acted(
    desk: SlackDesk, heard: Heard, ref: str, wish: staff.Order, carries: Callable[[Seen], str] | None = None
) -> Outcome:
    """Take the turn; where nothing that matters has changed since, take it on the request as it is now.

    `carries`: what a confirmation of it would carry, if not the act itself. Raises: Changed, with what somebody else
    did; AskFirst; and as `staff.act`.
    """
    try:
        return await desk.turns.turn(OfRef(ref), heard.event_id, partial(staff.act, wish=wish, policy=desk.policy))
    except ChangedSince as since:
        now = await look_again(desk, heard, since, carries or partial(carried, ref, wish.verb, wish.argument))
    anew = replace(wish, seen=now, is_sure=False)
    return await desk.turns.turn(OfRef(ref), heard.event_id, partial(staff.act, wish=anew, policy=desk.policy))


async def look_again(desk: SlackDesk, heard: Heard, since: ChangedSince, carries: Callable[[Seen], str]) -> Seen:
    """Return a request as it is now, where nothing that matters has changed since it was seen.

    Raises: Changed, with what somebody else did, and what a confirmation `carries`.
    """
    sheet = await desk.board.sheet(ref=since.params["ref"])
    if sheet is None:
        raise since
    now = seen_in(sheet)
    changes = await desk.board.changes(sheet.case.request.id, since.seen.newest)
    rows = changes_since(changes, since.seen, heard.user, since.verb)
    if rows:
        raise told_by(since, sheet.case, rows, carries(now), desk.policy) from since
    return now


async def wish_of(desk: SlackDesk, heard: Heard, verb: str, argument: str) -> staff.Order:
    """Return what one of the staff wants. Raises: Refused, for an assignee who could do nothing about a request."""
    if verb == ASSIGN:
        await _check_may_act(desk, heard, argument)
    if verb == TAKEOVER and not argument:
        argument = await desk.authority.first_name(heard.user)
    needed = role_for("cancel_late", desk.policy)
    is_alone = "override" in argument.lower() and await desk.authority.is_alone(heard.user, needed)
    return staff.Order(heard.user, verb, argument, heard.role or Role.VIEWER, is_alone)


async def _check_may_act(desk: SlackDesk, heard: Heard, argument: str) -> None:
    """Raise Refused for an assignee who could do nothing about the request: a viewer, or nobody of the staff."""
    person = person_named(argument, heard.user)
    if person is None:
        return
    role = await desk.authority.certain_role(person)
    if role is None or role < Role.AGENT:
        raise Refused("assign.not_staff", who=person)


async def looked_up(desk: SlackDesk, heard: Heard, reply: Reply, look: Awaitable[T], name: str) -> tuple[T, Heard]:
    """Return what has to be known before an effect, and the effect as heard, whose turn shares the patience of this.

    Nothing is acknowledged in time; where the look is late, that it is in work, under `name`, is told, once for all
    that follows.
    """
    task = asyncio.ensure_future(look)
    await asyncio.wait({task}, timeout=left(desk, heard))
    if task.done():
        return task.result(), heard
    await_at_the_end(desk)
    await reply.tell(Told("staff.working", {"ref": name}))
    return await task, replace(heard, is_promised=True)


def await_at_the_end(desk: SlackDesk) -> None:
    """Let what runs here be ended before the program is: it was promised."""
    mine = asyncio.current_task()
    if mine is not None:
        desk.late.add(mine)
        mine.add_done_callback(desk.late.discard)


def left(desk: SlackDesk, heard: Heard) -> float | None:
    """Return for how many seconds somebody still waits before they are told that it takes longer; None: they were."""
    return None if heard.is_promised else max(0.0, heard.came_at + desk.patience - time.monotonic())


async def carry_out(desk: SlackDesk, heard: Heard, reply: Reply, key: Key, act: Decide, names: tuple[str, str]) -> None:
    """Take a turn for one of the staff, and tell them what came of it. `names`: of its subject, and of the verb.

    Raises Refused for a viewer, whatever the door before this let in.
    """
    require(heard.role, Role.AGENT)
    await carry(desk, heard, reply, desk.turns.turn(key, heard.event_id, act), names)


async def carry(desk: SlackDesk, heard: Heard, reply: Reply, turn: Awaitable[Outcome], names: tuple[str, str]) -> None:
    """Tell what comes of a turn, and of what is looked up for it, in time or as soon as it has ended."""
    ref, verb = names
    task = asyncio.ensure_future(turn)
    await asyncio.wait({task}, timeout=left(desk, heard))
    if task.done():
        error = task.exception()
        if isinstance(error, Unsure):
            await sure.ask(desk, heard.user, reply, error, f"sure:{heard.event_id}")
        else:
            await answer(desk, heard, reply, _told(task, heard, ref, verb))
        return
    late = asyncio.ensure_future(_answer_late(desk, heard, task, ref, verb))
    desk.late.add(late)
    late.add_done_callback(partial(_ended, desk))
    if isinstance(reply, FormReply):
        await reply.put(working(ref))
    else:
        await reply.tell(Told("staff.working", {"ref": ref}))


async def carried_out(desk: SlackDesk, heard: Heard, key: Key, act: Decide, names: tuple[str, str]) -> Told:
    """Take a turn that nobody waits for any more, and return what is told of it. Raises: what the turn raises."""
    require(heard.role, Role.AGENT)
    return _of(await desk.turns.turn(key, heard.event_id, act), heard, *names)


async def answer(desk: SlackDesk, heard: Heard, reply: Reply, told: Told) -> None:
    """Tell the person what came of it: at once where that can reach them, else by a message for them alone."""
    if not await reply.tell(told):
        apart = Told("staff.repeated", told.params) if told.key == ALREADY_DONE else told
        await desk.whisper(heard.user, apart, f"lost:{heard.event_id}")


async def _answer_late(desk: SlackDesk, heard: Heard, task: asyncio.Future[Outcome], ref: str, verb: str) -> None:
    await asyncio.wait({task})
    error = task.exception()
    if isinstance(error, Unsure):
        await sure.ask_late(desk, heard.user, error, f"late:{heard.event_id}")
        return
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
    return _of(task.result(), heard, ref, verb)


def _of(outcome: Outcome, heard: Heard, ref: str, verb: str) -> Told:
    if outcome.missing:
        return Told("staff.not_found", {"ref": ref}, error=True)
    told = outcome.changes.told if outcome.changes else None
    log.info("slack acted verb=%s ref=%s staff=%s repeated=%s", verb, ref, heard.user, outcome.repeated)
    return told or Told(ALREADY_DONE, {"ref": ref})
