"""One act on several requests: typed with their references, or picked in a form; looked at, confirmed, done."""

import asyncio
import logging
from dataclasses import replace
from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.handlers.staff.actions import open_view
from bot.handlers.staff.views import given_back, in_time, place
from bot.slack import several
from bot.slack.again import form_again
from bot.slack.choosing import token_of
from bot.slack.deciding import answer, left, wish_of
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.listening import FORM, PRESS, listener, told_for
from bot.slack.modals import argument_for_several
from bot.slack.reply import ALREADY_DONE, FormReply, PressReply, Reply
from bot.slack.rules import DO, PICK, SURE
from bot.slack.several import Batch, Done, read_batch
from domain.desk import staff
from domain.desk.carrying import carriable
from domain.desk.finding import Search
from domain.desk.keeping import Line, Sheet
from domain.desk.offers import MANIFOLD, offered, open_at
from domain.desk.risks import ChangedSince
from domain.desk.roles import Role, require
from domain.desk.several import MOST, Trial, attempt, sure
from domain.desk.staff import Order
from domain.desk.state import OfRef, Told
from domain.desk.undoing import can_be_taken_back
from domain.desk.verbs import Verb
from domain.errors import Refused
from domain.orders.phases import MOVES

log = logging.getLogger(__name__)


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register the buttons and forms of several requests."""
    app.action(DO)(listener(desk, PRESS, _confirmed))
    app.view(PICK)(listener(desk, FORM, _picked))
    app.view(SURE)(listener(desk, FORM, _submitted))


async def preview(desk: SlackDesk, heard: Heard, reply: Reply, verb: Verb, refs: tuple[str, ...], rest: str) -> None:
    """Show what a verb would do to requests, with a button that does it; nothing is done yet."""
    if len(refs) > MOST:
        raise Refused("several.too_many", most=str(MOST))
    await reply.take()
    batch = Batch(token_of(heard.event_id), verb.name, carriable(verb.name, rest))
    message = several.preview(batch, await _tried(desk, heard, batch, refs))
    await reply.show(message.text, message.blocks)


async def pick(desk: SlackDesk, heard: Heard, reply: Reply, verb: Verb) -> None:
    """Open a form with the requests that a verb may be done to: one's own first, then what changed last."""
    await reply.take()
    view_id = await open_view(desk, heard, reply, several.waiting_view())
    if not view_id:
        return
    batch = Batch(token_of(heard.event_id), verb.name)
    await desk.client.views_update(view_id=view_id, view=several.picker(batch, await _offered(desk, heard, verb)))


async def _offered(desk: SlackDesk, heard: Heard, verb: Verb) -> list[Line]:
    most = several.SHOWN_OPTIONS
    mine = Search(assignee=heard.user, order="newest", limit=most)
    found = await asyncio.gather(desk.board.find(mine), desk.board.find(Search(order="newest", limit=most)))
    rows = {line.ref: line for lines in found for line in lines}
    if verb.name == "undo":
        return await _to_undo(desk, list(rows.values())[:MOST])
    if verb.name == "take":
        return [line for line in rows.values() if line.assignee != heard.user]
    is_step = verb.name in {move.verb for move in MOVES}
    return await _open_to(desk, list(rows.values()), verb.name) if is_step else list(rows.values())


async def _open_to(desk: SlackDesk, lines: list[Line], step: str) -> list[Line]:
    """Return the requests to which a step of the port is open; of those whose status does not tell, the first."""
    unsure = [line.ref for line in lines if line.status in MANIFOLD][:MOST]
    sheets = await asyncio.gather(*(desk.board.sheet(ref=ref) for ref in unsure))
    told = {sheet.case.request.ref: offered(sheet, desk.policy) for sheet in sheets if sheet is not None}
    return [line for line in lines if step in told.get(line.ref, open_at(line.status))]


async def _to_undo(desk: SlackDesk, lines: list[Line]) -> list[Line]:
    """Return those of the requests that changed last of which something can still be taken back."""
    sheets = await asyncio.gather(*(desk.board.sheet(ref=line.ref) for line in lines))
    now, policy = desk.now(), desk.policy
    return [
        line
        for line, sheet in zip(lines, sheets, strict=True)
        if sheet is not None and can_be_taken_back(sheet.case, sheet.action, now, policy)
    ]


async def _picked(desk: SlackDesk, heard: Heard, reply: FormReply) -> None:
    """Put the preview of what was picked in the form's place."""
    batch = read_batch(heard.text)
    batch = replace(batch, argument=carriable(batch.verb, argument_for_several(batch.verb, heard.entered)))
    refs = heard.entered.get("refs", ())
    async with given_back(desk, heard, reply, partial(form_again, reply.form)):
        trials = await in_time(desk, heard, reply, _tried(desk, heard, batch, refs), "several.title")
        await place(desk, heard, reply, several.preview_view(batch, trials))


async def _submitted(desk: SlackDesk, heard: Heard, reply: FormReply) -> None:
    """Do what a form's preview showed, and put the result in its place; who has closed it is told in short."""
    batch = read_batch(heard.text)
    async with given_back(desk, heard, reply, partial(form_again, reply.form)):
        done = await in_time(desk, heard, reply, _done(desk, heard, batch), "several.title")
        if not await place(desk, heard, reply, several.result_view(several.result(done))):
            await answer(desk, heard, reply, _in_short(done))


async def _confirmed(desk: SlackDesk, heard: Heard, reply: PressReply) -> None:
    """Do what a preview showed, and put the result in its place. Acknowledged once it is done."""
    work = asyncio.ensure_future(_done(desk, heard, read_batch(heard.text)))
    await asyncio.wait({work}, timeout=left(desk, heard))
    if not work.done():
        await reply.tell(Told("several.working"))
    done = await work
    text = several.result(done)
    if not await reply.replace(text, several.blocks_of(text)):
        await answer(desk, heard, reply, _in_short(done))


def _in_short(done: list[Done]) -> Told:
    """Return how many acts were done."""
    fine = sum(1 for each in done if not each.told.error)
    return Told("several.lost", {"done": str(fine), "count": str(len(done))})


async def _tried(desk: SlackDesk, heard: Heard, batch: Batch, refs: tuple[str, ...]) -> list[Trial]:
    """Return what would come of an act on each of the requests."""
    require(heard.role, Role.AGENT)
    wish = await wish_of(desk, heard, batch.verb, batch.argument)
    sheets = await asyncio.gather(*(desk.board.sheet(ref=ref) for ref in refs))
    return [_try(desk, ref, sheet, wish) for ref, sheet in zip(refs, sheets, strict=True)]


def _try(desk: SlackDesk, ref: str, sheet: Sheet | None, wish: Order) -> Trial:
    if sheet is None:
        return Trial(ref, why=Told("staff.not_found", {"ref": ref}, error=True))
    return attempt(sheet, wish, desk.now(), desk.new_id, desk.policy)


async def _done(desk: SlackDesk, heard: Heard, batch: Batch) -> list[Done]:
    """Act on each request by a turn of its own; an act that was done already is not done again."""
    require(heard.role, Role.AGENT)
    wish = await wish_of(desk, heard, batch.verb, batch.argument)
    done = await asyncio.gather(*(_do(desk, batch, ref, version, wish) for ref, version in batch.seen))
    fine = sum(1 for each in done if not each.told.error)
    log.info("slack acted_on_several verb=%s staff=%s done=%d of=%d", batch.verb, heard.user, fine, len(done))
    return list(done)


async def _do(desk: SlackDesk, batch: Batch, ref: str, version: int, wish: Order) -> Done:
    act = partial(staff.act, wish=sure(wish, version), policy=desk.policy)
    try:
        outcome = await desk.turns.turn(OfRef(ref), f"many:{batch.token}:{ref}", act)
    except ChangedSince:
        return Done(ref, Told("several.changed", {"ref": ref}, error=True))
    except Exception as e:  # noqa: BLE001 - one that fails is told in its line, and holds none of the others up
        return Done(ref, told_for(e))
    if outcome.missing:
        return Done(ref, Told("staff.not_found", {"ref": ref}, error=True))
    told = outcome.changes.told if outcome.changes is not None else None
    return Done(ref, told or Told(ALREADY_DONE, {"ref": ref}))
