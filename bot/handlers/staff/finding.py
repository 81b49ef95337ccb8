"""`/port list` and `/port find`: pages of requests, their buttons, and the form that narrows them down."""

import asyncio

from slack_bolt.async_app import AsyncApp
from slack_sdk.models.views import View

from bot.handlers.staff.actions import open_view
from bot.slack import cards, filters, finding
from bot.slack.desk import SlackDesk
from bot.slack.filters import Asker
from bot.slack.heard import Heard
from bot.slack.listening import PRESS, listener
from bot.slack.reply import FormReply, PressReply, Reply
from domain.desk.finding import Search, page


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register the buttons of a page; those of a line stand with what they show."""
    for action in (finding.NEXT, finding.BACK):
        app.action(action)(listener(desk, PRESS, _turn))
    app.action(finding.FILTER)(listener(desk, PRESS, _filter))


async def listed(desk: SlackDesk, heard: Heard, reply: Reply, rest: str) -> None:
    """Show the requests of `/port list`, whose words are filters."""
    await _show(desk, heard, reply, filters.read_list(rest, asker_of(desk, heard)))


async def found(desk: SlackDesk, heard: Heard, reply: Reply, rest: str) -> None:
    """Show what `/port find` finds; without a word open the form."""
    if not rest.strip():
        await reply.take()
        await open_view(desk, heard, reply, finding.form(Search(), heard.user))
        return
    await _show(desk, heard, reply, filters.read_find(rest, asker_of(desk, heard)))


async def searched(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Take the form: what is found stands in its place, also where looking takes longer than Slack waits."""
    search = filters.read_find(finding.read_form(heard.entered, heard.user), asker_of(desk, heard))
    looking = asyncio.ensure_future(look_for(desk, search))
    await asyncio.wait({looking}, timeout=desk.patience)
    if looking.done() and isinstance(reply, FormReply):
        await reply.put(finding.results(looking.result()))
        return
    if isinstance(reply, FormReply):
        await reply.put(finding.searching())
    await _put(desk, heard, finding.results(await looking))


async def look_for(desk: SlackDesk, search: Search) -> cards.Message:
    """Return a page of what is found."""
    rows, many = await asyncio.gather(desk.board.find(search), desk.board.count(search))
    return finding.message(finding.Page(search, rows, many), desk.now(), desk.policy)


def asker_of(desk: SlackDesk, heard: Heard) -> Asker:
    """Return who looks, when and by which rules."""
    return Asker(heard.user, desk.now(), desk.policy, heard.mentions)


async def _show(desk: SlackDesk, heard: Heard, reply: Reply, search: Search) -> None:
    await reply.take()
    message = await look_for(desk, search)
    await reply.show(message.text, message.blocks)


async def _turn(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Put another page in the place of the one that was pressed in, be it a message or a form."""
    offset, said = finding.read_button(heard.text)
    search = page(filters.read_find(said, asker_of(desk, heard)), offset)
    await reply.take()
    message = await look_for(desk, search)
    if heard.view:
        await _put(desk, heard, finding.results(message))
    elif isinstance(reply, PressReply):
        await reply.replace(message.text, message.blocks)


async def _filter(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Open the form filled in, or put it in the place of the page where that is a form itself."""
    search = filters.read_find(finding.read_button(heard.text)[1], asker_of(desk, heard))
    view = finding.form(search, heard.user)
    await reply.take()
    if heard.view:
        await _put(desk, heard, view)
    else:
        await open_view(desk, heard, reply, view)


async def _put(desk: SlackDesk, heard: Heard, view: View) -> None:
    await desk.client.views_update(view_id=heard.view, view=view)
