"""Shortcuts: from anywhere a new request, from a message's menu its words and files to a request."""

from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.handlers.staff.views import in_time, open_view, place
from bot.slack import attaching
from bot.slack.deciding import answer, carry_out
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard, read_shortcut
from bot.slack.listening import FORM, PRESS, Kind, listener
from bot.slack.reply import FormReply, Reply
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
    ref = read_reference(said)
    if ref is None:
        search = Search(words=said, order="newest", limit=attaching.MOST_FOUND)
        found = await in_time(desk, heard, reply, desk.board.find(search))
        if not found:
            raise NotFound("attach.not_found", given=said[:60])
        if len(found) > 1:
            await place(desk, heard, reply, attaching.choice(wish, found))
            return
        ref = found[0].ref
    await _carry_out(desk, heard, reply, ref, wish)


async def _carry_out(desk: SlackDesk, heard: Heard, reply: Reply, ref: str, wish: Attached) -> None:
    decide = partial(attach, wish=wish, policy=desk.policy)
    await carry_out(desk, heard, reply, OfRef(ref), decide, (ref, attaching.ATTACH))
