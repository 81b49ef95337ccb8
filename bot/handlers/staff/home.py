"""The app's Home tab: opened, and looked into."""

import asyncio

from slack_bolt.async_app import AsyncApp

from bot.handlers.staff.actions import open_view, reference_of
from bot.handlers.staff.commands import card_for
from bot.slack import home
from bot.slack.deciding import answer
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard, read_opening
from bot.slack.listening import PRESS, Kind, listener
from bot.slack.reply import HomeReply, Reply
from domain.desk.state import Told


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register the Home tab and its buttons."""
    opening = Kind(read_opening, lambda _ack, _respond, body: HomeReply(desk.client, str(body["event"].get("user"))))
    app.event("app_home_opened")(listener(desk, opening, _opened))
    app.action(home.SHOW)(listener(desk, PRESS, _show))


async def _opened(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Show what waits for the desk, longest unchanged first; the tab of messages needs nothing."""
    if heard.text != "home":
        return
    most = home.SHOWN_LINES + 1
    each = await asyncio.gather(*(desk.board.lines(status=s, limit=most, offset=0) for s in home.WAITING))
    rows = sorted((row for rows in each for row in rows), key=lambda row: row.since)
    await reply.show("", home.waiting(rows, desk.now()))


async def _show(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Show a request's card in a form: the Home belongs to no channel."""
    ref = reference_of(heard)
    await reply.take()
    sheet = await desk.board.sheet(ref=ref)
    if sheet is None:
        await answer(desk, heard, reply, Told("staff.not_found", {"ref": ref}, error=True))
        return
    await open_view(desk, heard, reply, home.look(ref, card_for(desk, heard, sheet)))
