"""One request out of those that were found: its card, to one person alone."""

from slack_bolt.async_app import AsyncApp

from bot.handlers.staff.actions import reference_of
from bot.handlers.staff.commands import card_for
from bot.slack import finding
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.listening import PRESS, listener
from bot.slack.reply import Reply
from domain.errors import NotFound


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register the button of a line."""
    app.action(finding.SHOW)(listener(desk, PRESS, _show))


async def _show(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Show a card: over the form that was pressed in, which belongs to no channel, or else as an answer."""
    ref = reference_of(heard)
    await reply.take()
    sheet = await desk.board.sheet(ref=ref)
    if sheet is None:
        raise NotFound("staff.not_found", ref=ref)
    message = card_for(desk, heard, sheet)
    if heard.view:
        await desk.client.views_push(trigger_id=heard.trigger_id, view=finding.look(ref, message))
    else:
        await reply.show(message.text, message.blocks)
