"""Shortcuts: from anywhere a new request, from a message's menu its words and files to a request."""

from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.handlers.staff.views import given_back, in_time, open_view, place
from bot.slack import attaching
from bot.slack.again import form_again
from bot.slack.deciding import answer, carried_out, carry_out
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard, read_shortcut
from bot.slack.listening import FORM, PRESS, Kind, listener
from bot.slack.reply import FormReply, Reply, sentence_view
from domain.desk.attaching import Attached, attach
from domain.desk.finding import Search
from domain.desk.state import OfRef, Told
from domain.errors import NotFound
from domain.orders.references import read_reference

SHORTCUT = Kind(read_shortcut, PRESS.reply)


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register the shortcuts and their forms."""
    app.message_shortcut(attaching.ATTACH)(listener(desk, SHORTCUT, _ask))
    app.view(attaching.ATTACH)(listener(desk, FORM, _attach))


async def _ask(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Open the form before anything else."""
    await reply.take()
    await open_view(desk, heard, reply, attaching.form(attaching.message_of(heard)))


async def _attach(desk: SlackDesk, heard: Heard, reply: FormReply) -> None:
    """Attach to the one request that is meant; ask which where the words mean several."""
    wish = attaching.kept_in(heard)
    if wish is None:
        await answer(desk, heard, reply, Told("staff.form.stale", error=True))
        return
    said = next((value for block in ("choice", "request") for value in heard.entered.get(block, ())), "")
    async with given_back(desk, heard, reply, partial(form_again, reply.form)):
        ref = read_reference(said) or await _meant(desk, heard, reply, said, wish)
        if ref:
            await _carry_out(desk, heard, reply, ref, wish)


async def _meant(desk: SlackDesk, heard: Heard, reply: FormReply, said: str, wish: Attached) -> str:
    """Return the one request that words mean; empty where they mean several, of which is asked. Raises: NotFound."""
    search = Search(words=said, order="newest", limit=attaching.MOST_FOUND)
    found = await in_time(desk, heard, reply, desk.board.find(search), "attach.title")
    if not found:
        raise NotFound("attach.not_found", given=said[:60])
    if len(found) > 1:
        await place(desk, heard, reply, attaching.choice(wish, found))
        return ""
    return found[0].ref


async def _carry_out(desk: SlackDesk, heard: Heard, reply: FormReply, ref: str, wish: Attached) -> None:
    """Attach it; what comes of it stands in the form's place where that says that it takes longer."""
    decide, names = partial(attach, wish=wish, policy=desk.policy), (ref, attaching.ATTACH)
    if not reply.is_answered:
        await carry_out(desk, heard, reply, OfRef(ref), decide, names)
        return
    told = await carried_out(desk, heard, OfRef(ref), decide, names)
    if not await place(desk, heard, reply, sentence_view(told, "attach.title")):
        await answer(desk, heard, reply, told)
