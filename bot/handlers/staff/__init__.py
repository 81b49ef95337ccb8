"""What staff do in Slack: `/port`, the buttons of a card, the forms behind them, and the app's Home."""

from slack_bolt.async_app import AsyncApp

from bot.handlers.staff import (
    actions,
    carriers,
    commands,
    eyes,
    finding,
    held,
    home,
    links,
    modals,
    new,
    several,
    shortcuts,
    showing,
    talk,
    verifying,
)
from bot.slack.desk import SlackDesk


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register every listener of staff's."""
    commands.register(app, desk)
    actions.register(app, desk)
    modals.register(app, desk)
    new.register(app, desk)
    home.register(app, desk)
    shortcuts.register(app, desk)
    links.register(app, desk)
    finding.register(app, desk)
    showing.register(app, desk)
    held.register(app, desk)
    talk.register(app, desk)
    carriers.register(app, desk)
    eyes.register(app, desk)
    several.register(app, desk)
    verifying.register(app, desk)
