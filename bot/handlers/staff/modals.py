"""The forms behind a card's buttons, submitted: the same decisions as the typed verbs."""

from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.handlers.staff.actions import reference_of
from bot.handlers.staff.carriers import CARRIER, corrected
from bot.handlers.staff.inventory import INVENTORY, loaded
from bot.slack.deciding import decide
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.listening import FORM, listener
from bot.slack.modals import argument_of, callback_of
from bot.slack.reply import Reply
from domain.desk.verbs import VERBS


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register a form for every verb that has one."""
    for verb in VERBS.values():
        if verb.modal:
            handle = _OF_THE_DESK.get(verb.name) or partial(_submitted, verb.name)
            app.view(callback_of(verb.name))(listener(desk, FORM, handle))


async def _submitted(verb: str, desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    await decide(desk, heard, reply, reference_of(heard), verb, argument_of(verb, heard.entered))


_OF_THE_DESK = {INVENTORY: loaded, CARRIER: corrected}  # forms that are about no request
