"""`/port held`: requests on hold, and messages that did not get through, to be sent again or let go."""

import asyncio
from collections.abc import Callable
from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.slack.deciding import carry_out
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.held import AGAIN, DROP, SHOWN_MESSAGES, SHOWN_REQUESTS
from bot.slack.held import held as message_of
from bot.slack.listening import PRESS, listener
from bot.slack.reply import Reply
from domain.desk.finding import Search
from domain.desk.state import Changes
from domain.desk.undelivered import check_again, drop, key_of, send_again
from domain.errors import Refused


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register the buttons of a message."""
    app.action(AGAIN)(listener(desk, PRESS, partial(_settle, send_again)))
    app.action(DROP)(listener(desk, PRESS, partial(_settle, drop)))


async def held(desk: SlackDesk, _heard: Heard, reply: Reply, _rest: str) -> None:
    """Show both lists."""
    await reply.take()
    search = Search(is_held=True, limit=SHOWN_REQUESTS)
    rows, many, messages = await asyncio.gather(
        desk.board.find(search), desk.board.count(search), desk.board.undelivered(SHOWN_MESSAGES)
    )
    message = message_of(rows, many, messages, desk.now(), desk.policy)
    await reply.show(message.text, message.blocks)


async def _settle(act: Callable[..., Changes], desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Send a message again, or let it go; where somebody was faster, say so. Acknowledged once it is done."""
    found = await desk.board.undelivered_one(int(heard.text)) if heard.text.isdecimal() else None
    if found is None:
        raise Refused("held.gone")
    if act is send_again:
        check_again(found, heard.role, desk.policy)
    decide = partial(act, message=found, staff=heard.user, policy=desk.policy)
    await carry_out(desk, heard, reply, key_of(found), decide, (found.ref or found.owed.kind, act.__name__))
