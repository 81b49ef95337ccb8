"""The forms behind a card's buttons, submitted: the same decisions as the typed verbs."""

from dataclasses import replace
from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.handlers.staff.actions import reference_of
from bot.handlers.staff.carriers import CARRIER, corrected
from bot.handlers.staff.eyes import confirm
from bot.handlers.staff.finding import searched
from bot.handlers.staff.inventory import INVENTORY, loaded
from bot.handlers.staff.talk import looked
from bot.slack.deciding import decide
from bot.slack.desk import SlackDesk
from bot.slack.finding import FIND
from bot.slack.heard import Heard
from bot.slack.inputs import INPUT, LOOK
from bot.slack.listening import FORM, PRESS, Kind, listener
from bot.slack.looking import look, read_look
from bot.slack.modals import argument_of, callback_of, is_confirmed
from bot.slack.reply import Reply
from bot.slack.talking import REPLY
from domain.desk.eyes import CONFIRM
from domain.desk.risks import SURE, read_carried, split_seen
from domain.desk.verbs import EFFECTS, VERBS
from domain.errors import Refused


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register a form for every verb that has one, and what confirms what was asked about."""
    app.action(SURE)(listener(desk, PRESS, _confirmed))
    app.view(SURE)(listener(desk, FORM, _confirmed))
    for each in (LOOK, INPUT):
        app.action(each)(listener(desk, Kind(read_look, PRESS.reply), _looked))
    for verb in VERBS.values():
        if verb.modal:
            handle = _OF_THE_DESK.get(verb.name) or partial(_submitted, verb.name)
            app.view(callback_of(verb.name))(listener(desk, FORM, handle))


async def _submitted(verb: str, desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Do what a form says; a box in it that was ticked after reading what it means is a confirmation."""
    _, seen = split_seen(heard.text)
    argument, is_sure = argument_of(verb, heard.entered), is_confirmed(verb, heard.entered)
    await decide(desk, heard, reply, reference_of(heard), verb, argument, seen, is_sure=is_sure)


async def _looked(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Show an open form anew, with what the customer would read of what stands in it."""
    await reply.take()
    verb, _, carried = heard.text.partition(" ")
    text, seen = split_seen(carried)
    await look(desk, heard, verb, reference_of(replace(heard, text=text)), seen)


async def _confirmed(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Do what was asked about, on the version that was asked about, once however often it is pressed."""
    asked = read_carried(heard.text)
    if asked is None or asked[1] not in (*EFFECTS, CONFIRM):
        raise Refused("risk.gone")
    ref, verb, argument, seen = asked
    if verb == CONFIRM:
        await confirm(desk, heard, reply, argument, seen)
        return
    once = replace(heard, event_id=f"sure:{heard.user}:{ref}:{verb}:{seen.mark}")
    await decide(desk, once, reply, ref, verb, argument, seen, is_sure=True)


_OF_THE_DESK = {REPLY: looked, INVENTORY: loaded, CARRIER: corrected, FIND: searched}  # forms that are about no request
