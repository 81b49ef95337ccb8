"""`/port <verb> …`: help, the list, a request's card, and every effect."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.handlers.staff import several
from bot.handlers.staff.actions import handle_of
from bot.handlers.staff.carriers import CARRIER, look_up
from bot.handlers.staff.export import export
from bot.handlers.staff.eyes import ask_to_see
from bot.handlers.staff.figures import digest, stats
from bot.handlers.staff.finding import found, listed
from bot.handlers.staff.held import held
from bot.handlers.staff.helping import guess, help_
from bot.handlers.staff.inventory import inventory
from bot.handlers.staff.leaving import without_request
from bot.handlers.staff.new import new
from bot.handlers.staff.people import STAFF, people, with_ids
from bot.handlers.staff.timeline import WORD, timeline_of
from bot.handlers.staff.verifying import verify
from bot.slack import cards
from bot.slack.arguments import Unsure, begins_with_a_request, is_a_request, read_arguments
from bot.slack.cards import action_of
from bot.slack.choosing import again, choices
from bot.slack.deciding import ASSIGN, decide, looked_up
from bot.slack.desk import SlackDesk
from bot.slack.filters import meant_status
from bot.slack.heard import Heard
from bot.slack.listening import COMMAND, PRESS, listener
from bot.slack.naming import with_ids_of_answers
from bot.slack.reply import Reply
from bot.slack.rules import ASK_TO_SEE, RUN
from domain.desk.eyes import split_override
from domain.desk.keeping import Sheet
from domain.desk.leaving import OUT
from domain.desk.only import is_only_which
from domain.desk.roles import Role, role_for
from domain.desk.several import look
from domain.desk.state import OfRef
from domain.desk.verbs import VERBS, Verb, verb_of
from domain.errors import NotFound, Refused

NAME = "/port"


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register `/port`."""
    app.command(NAME)(listener(desk, COMMAND, port))
    app.action(RUN)(listener(desk, PRESS, _run))


async def port(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Take one `/port` command: a verb or a short form of one, or a request alone, which is shown."""
    word, _, rest = heard.text.partition(" ")
    verb = verb_of(word or "help")
    if verb is None and (begins_with_a_request(word) or await is_a_request(desk, reply, word)):
        verb, rest = VERBS["show"], heard.text
    if verb is None:
        await guess(heard, reply, word, rest.strip())
    elif verb.effect:
        await _act(desk, heard, reply, verb, with_ids(rest, heard) if verb.name == ASSIGN else rest)
    else:
        await _READS[verb.name](desk, heard, reply, rest.strip())


async def _run(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Run the command that a button carries."""
    await port(desk, again(heard), reply)


async def _act(desk: SlackDesk, heard: Heard, reply: Reply, verb: Verb, rest: str) -> None:
    """Act on the request that is meant, or on several once they are looked at; or let it be chosen."""
    if not rest.strip() and verb.several:
        await several.pick(desk, heard, reply, verb)
        return
    try:
        found, heard = await looked_up(desk, heard, reply, read_arguments(desk, heard, reply, verb, rest), verb.name)
    except NotFound:
        told = await without_request(desk, rest) if verb.name == OUT else None
        if told is None:
            raise
        await reply.tell(told)
        return
    if isinstance(found, Unsure):
        await _let_choose(desk, heard, reply, verb, found)
        return
    argument = _READ_AS[verb.name](found.rest) if verb.name in _READ_AS else found.rest
    if verb.needs and (not argument or is_only_which(verb.name, argument)):
        await _ask_for_more(desk, heard, reply, verb, found.refs, argument)
    elif len(found.refs) > 1:
        await several.preview(desk, heard, reply, verb, found.refs, argument)
    else:
        await decide(desk, heard, reply, found.refs[0], verb.name, argument)


async def _ask_for_more(
    desk: SlackDesk, heard: Heard, reply: Reply, verb: Verb, refs: tuple[str, ...], which: str
) -> None:
    """Open the form of a verb that was typed without its argument, or with nothing but for which numbers it shall be.

    Raises: Refused, where there is no form for it.
    """
    if verb.modal and len(refs) == 1:
        await handle_of(verb.name)(
            desk, replace(heard, name=action_of(verb.name), text=f"{refs[0]} {which}".strip()), reply
        )
        return
    usage = f"{verb.name} {verb.usage}"
    raise Refused("argument.needed", ref=", ".join(refs), usage=usage, example=verb.example)


async def _let_choose(desk: SlackDesk, heard: Heard, reply: Reply, verb: Verb, unsure: Unsure) -> None:
    message = choices(heard, verb.name, unsure, desk.now(), desk.policy)
    await reply.show(message.text, message.blocks)


def _phase_of(argument: str) -> str:
    """Return the id of the phase that staff call by its label; anything else as it is written."""
    return (meant_status(argument) if argument else None) or argument


_READ_AS: dict[str, Callable[[str], str]] = {
    "advance": _phase_of,
    "ask": with_ids_of_answers,
    "edit": with_ids_of_answers,
}
"""How what stands behind a request is read where staff may say it in a card's words."""


async def _show(desk: SlackDesk, heard: Heard, reply: Reply, rest: str) -> None:
    said = await read_arguments(desk, heard, reply, VERBS["show"], rest)
    if isinstance(said, Unsure):
        await _let_choose(desk, heard, reply, VERBS["show"], said)
        return
    ref, reason = said.refs[0], split_override(said.rest)[1]
    if reason is not None:
        await ask_to_see(desk, heard, reply, ref, reason)
        return
    await reply.take()
    if said.rest.lower() == WORD:
        story = await timeline_of(desk, ref)
        await reply.show(story.text, story.blocks)
        return
    sheet = await desk.board.sheet(ref=ref)
    if sheet is None:
        raise NotFound("staff.not_found", ref=ref)
    message = card_for(desk, heard, sheet)
    await reply.show(message.text, message.blocks)
    if heard.role is not None and heard.role >= Role.AGENT:
        await desk.turns.turn(OfRef(ref), f"look:{heard.event_id}", partial(look, user=heard.user))


def card_for(desk: SlackDesk, heard: Heard, sheet: Sheet) -> cards.Message:
    """Return a request's card for one person, with their own link to what Slack is never told."""
    message = cards.card(sheet, desk.policy, may_act=heard.role is not None and heard.role >= Role.AGENT)
    if heard.role is None or heard.role < role_for("reveal", desk.policy) or desk.link_to is None:
        return message
    if "reveal" in desk.policy.four_eyes:
        return replace(message, blocks=(*message.blocks, cards.ask_block(ASK_TO_SEE, sheet.case.request.ref)))
    link = cards.link_block(desk.link_to(sheet.case.request.id, heard.user))
    return replace(message, blocks=(*message.blocks, link))


_READS: dict[str, Callable[[SlackDesk, Heard, Reply, str], Awaitable[None]]] = {
    "help": help_,
    "new": new,
    "list": listed,
    "find": found,
    "digest": digest,
    "stats": stats,
    "held": held,
    "export": export,
    "show": _show,
    "inventory": inventory,
    CARRIER: look_up,
    STAFF: people,
    cards.VERIFY: verify,
}
