"""What staff do in Slack: `/port`, the buttons of a card, and the forms behind them."""

from slack_bolt.async_app import AsyncApp

from bot.handlers.staff import actions, commands, modals
from bot.slack.desk import SlackDesk


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register every listener of staff's."""
    commands.register(app, desk)
    actions.register(app, desk)
    modals.register(app, desk)
