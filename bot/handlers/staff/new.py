"""A new request for a caller on the phone: one form, and the link by which the caller takes it over and signs."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.handlers.staff.views import open_view, place, reference_of
from bot.slack import phoning
from bot.slack.arguments import Meant, Unsure, read_arguments
from bot.slack.choosing import choices
from bot.slack.deciding import answer, left, looked_up
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard, read_shortcut
from bot.slack.listening import FORM, PRESS, Kind, listener, told_for
from bot.slack.modals import working
from bot.slack.reply import FormReply, Reply
from bot.slack.rules import NEW_REQUEST
from domain.desk.finding import Search
from domain.desk.phoning import ASKED, FIRST, NEW_LINK, TAKEN, Caller, Misread, begin, check_open, link_of, renew
from domain.desk.roles import Role, require
from domain.desk.state import OfChat, OfRef, Outcome, Told
from domain.desk.verbs import VERBS
from domain.errors import NotFound, Refused
from domain.numbers.inventory import named_numbers
from domain.orders.model import Case

log = logging.getLogger(__name__)
VERB = VERBS["new"]
RENEWS = replace(VERB, effect=True)  # with a request behind it: the link before ends, so nothing is acknowledged early


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register the form, the shortcut that opens it, and the button for a new link."""
    app.action(NEW_LINK[0][0].code)(listener(desk, PRESS, _press_link))
    app.global_shortcut(NEW_REQUEST)(listener(desk, Kind(read_shortcut, PRESS.reply), open_new))
    app.view(phoning.NEW)(listener(desk, FORM, _begin))


async def new(desk: SlackDesk, heard: Heard, reply: Reply, rest: str) -> None:
    """Take what follows `/port new`: nothing opens the form; a request, however it is named, gets a new link."""
    if not rest.strip():
        await open_new(desk, heard, reply)
        return
    require(heard.role, Role.AGENT)
    found, heard = await looked_up(desk, heard, reply, _meant(desk, heard, reply, rest), VERB.name)
    if isinstance(found, Unsure):
        message = choices(heard, VERB.name, found, desk.now(), desk.policy)
        await reply.show(message.text, message.blocks)
        return
    await _give_link(desk, heard, reply, found.refs[0])


async def _press_link(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Give whoever pressed a new link for the caller, for them alone."""
    require(heard.role, Role.AGENT)
    await _give_link(desk, heard, reply, reference_of(heard))


async def _give_link(desk: SlackDesk, heard: Heard, reply: Reply, ref: str) -> None:
    link, heard = await looked_up(desk, heard, reply, _renewed(desk, heard, ref), ref)
    message = phoning.link_message(ref, link, desk.policy.invite_hours, "phone.new_link")
    if not await reply.show(message.text, message.blocks):
        await desk.whisper(heard.user, Told("phone.link_lost", {"ref": ref}), f"lost:{heard.event_id}")


async def _renewed(desk: SlackDesk, heard: Heard, ref: str) -> str:
    """Return a new link into a request. Raises: Refused, where there can be none: then the one before goes on.

    Telegram may not tell our name, so it is asked before anything ends.
    """
    case = await _case(desk, ref)
    check_open(case)
    if not await _link(desk, case.request.id, link_of(case)):
        raise Refused("phone.nameless", ref=ref)
    act = partial(renew, staff=heard.user, role=heard.role or Role.VIEWER, policy=desk.policy)
    await desk.turns.turn(OfRef(ref), heard.event_id, act)
    return await _link(desk, case.request.id, link_of(await _case(desk, ref)))


async def _case(desk: SlackDesk, ref: str) -> Case:
    sheet = await desk.board.sheet(ref=ref)
    if sheet is None:
        raise NotFound("staff.not_found", ref=ref)
    return sheet.case


async def _meant(desk: SlackDesk, heard: Heard, reply: Reply, rest: str) -> Meant | Unsure:
    """Return the request that is meant. Raises: Refused, with how it is written, where it is none."""
    try:
        return await read_arguments(desk, heard, reply, RENEWS, rest)
    except NotFound:
        raise Refused("phone.usage") from None


async def open_new(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Open the form, before anything else."""
    require(heard.role, Role.AGENT)
    await reply.take()
    await open_view(desk, heard, reply, phoning.form())


async def _begin(desk: SlackDesk, heard: Heard, reply: FormReply) -> None:
    """Begin the request; what cannot be read is said at its own field, and the link stands in the form's place."""
    require(heard.role, Role.AGENT)
    said = {question: " ".join(heard.entered.get(question, ())) for question in ASKED}
    caller = Caller(heard.user, heard.role or Role.VIEWER, said, " ".join(heard.entered.get("note", ())))
    key = OfChat(-desk.new_id(), named_numbers(said["numbers"]))
    act = partial(begin, caller=caller, policy=desk.policy)
    task = asyncio.ensure_future(desk.turns.turn(key, heard.event_id, act))
    await asyncio.wait({task}, timeout=left(desk, heard))
    if task.done():
        await _answer(desk, heard, reply, task)
        return
    late = asyncio.ensure_future(_answer_late(desk, heard, task))
    desk.late.add(late)
    late.add_done_callback(desk.late.discard)
    await reply.put(working(""))


async def _answer(desk: SlackDesk, heard: Heard, reply: FormReply, task: "asyncio.Future[Outcome]") -> None:
    error = task.exception()
    if isinstance(error, Misread):
        await reply.correct(await _with_refs(desk, error.fields))
        return
    request = _request_of(task)
    if request is None:
        await answer(desk, heard, reply, _told(task))
        return
    await _begun(desk, heard, reply, *request)


async def _begun(desk: SlackDesk, heard: Heard, reply: FormReply, request_id: int, ref: str) -> None:
    """Show that a request is there, at once; its link, which Telegram may be asked for, is filled in as it comes."""
    hours = desk.policy.invite_hours
    link = asyncio.ensure_future(_link(desk, request_id, FIRST))
    await asyncio.wait({link}, timeout=left(desk, heard))
    is_here = link.done()
    await reply.put(phoning.done(ref, link.result() if is_here else "", hours))
    if not is_here and await link:
        await place(desk, heard, reply, phoning.done(ref, link.result(), hours))


async def _with_refs(desk: SlackDesk, fields: Mapping[str, Told]) -> dict[str, Told]:
    """Return what is said at each field, of numbers in other requests with which those are."""
    return {question: await _with_ref(desk, told) if told.key == TAKEN else told for question, told in fields.items()}


async def _with_ref(desk: SlackDesk, told: Told) -> Told:
    numbers = told.params["number"].split(", ")
    found = await asyncio.gather(*(desk.board.find(Search(words=number, is_all=True, limit=1)) for number in numbers))
    refs = ", ".join(dict.fromkeys(line.ref for lines in found for line in lines))
    return Told("phone.taken_in", {**told.params, "ref": refs}, error=True) if refs else told


async def _answer_late(desk: SlackDesk, heard: Heard, task: "asyncio.Future[Outcome]") -> None:
    await asyncio.wait({task})
    error = task.exception()
    told = next(iter(error.fields.values())) if isinstance(error, Misread) else _told(task)
    await desk.whisper(heard.user, told, f"late:{heard.event_id}")


def _told(task: "asyncio.Future[Outcome]") -> Told:
    error = task.exception()
    if error is not None:
        return told_for(error)
    changes = task.result().changes
    return changes.told if changes is not None and changes.told is not None else Told("phone.again", error=True)


def _request_of(task: "asyncio.Future[Outcome]") -> tuple[int, str] | None:
    """Return id and reference of the request that was begun; None where none was, or it was before."""
    if task.exception() is not None:
        return None
    changes = task.result().changes
    request = changes.request if changes is not None else None
    return (request.id, request.ref) if request is not None else None


async def _link(desk: SlackDesk, request_id: int, count: int) -> str:
    """Return the address by which the caller takes the request over; empty where Telegram does not say our name."""
    try:
        return await desk.chat_link(request_id, count) if desk.chat_link is not None else ""
    except Exception as e:  # noqa: BLE001 # Telegram's; the request is there all the same, which has to be said
        log.warning("slack no_chat_link error=%s", type(e).__name__)
        return ""
