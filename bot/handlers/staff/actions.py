"""The buttons of a card: a verb that needs nothing more acts at once, the others open their form."""

from dataclasses import replace
from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.handlers.staff.revealing import REVEAL, reveal
from bot.handlers.staff.timeline import timeline_of
from bot.handlers.staff.verifying import press as verify
from bot.handlers.staff.views import open_view as open_view
from bot.handlers.staff.views import reference_of as reference_of
from bot.slack.cards import AT_ONCE, MENU, SOME, TIMELINE, VERIFY, action_of
from bot.slack.deciding import decide
from bot.slack.desk import SlackDesk
from bot.slack.forms import FILLED
from bot.slack.heard import Heard
from bot.slack.listening import PRESS, Handle, listener
from bot.slack.looking import fill
from bot.slack.modals import modal
from bot.slack.reply import Reply, sentence_view
from bot.slack.talking import REPLY, reply_form, who_is_there
from domain.desk.cancel_said import KEPT
from domain.desk.holding import OFF, is_held, standing
from domain.desk.mending import AGAIN
from domain.desk.only import is_only_which
from domain.desk.pins import AT_ONCE as PIN_NOW
from domain.desk.risks import split_seen
from domain.desk.state import Told
from domain.desk.verbs import EFFECTS, VERBS
from domain.errors import Refused


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register a button for every effect, and the menu that has them all."""
    for verb in EFFECTS:
        app.action(action_of(verb))(listener(desk, PRESS, handle_of(verb)))
    app.action(MENU)(listener(desk, PRESS, _chosen))


def handle_of(verb: str) -> Handle:
    """Return what a verb does when it is pressed, as a button and in the menu alike."""
    return partial(_open if VERBS[verb].modal and verb not in AT_ONCE else _act, verb)


async def _chosen(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Do what was chosen in a card's menu as if it were a button; what is no verb any more is on an older card."""
    verb, _, value = heard.text.partition(" ")
    if verb == TIMELINE:
        await reply.take()
        shown = await timeline_of(desk, reference_of(replace(heard, text=value)))
        await reply.show(shown.text, shown.blocks)
        return
    if verb in _LOOKS:
        await _LOOKS[verb](desk, replace(heard, text=value), reply)
        return
    if verb not in EFFECTS:
        raise Refused("staff.form.stale")
    await handle_of(verb)(desk, replace(heard, name=action_of(verb), text=value), reply)


async def _act(verb: str, desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    text, seen = split_seen(heard.text)
    rest = text.partition(" ")[2]
    if rest == SOME:
        await _open(verb, desk, heard, reply)
        return
    await decide(desk, heard, reply, reference_of(heard), verb, rest, seen)


async def _open(verb: str, desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Open the verb's form before anything else; a button that ends something, or tries it again, does so at once."""
    text, seen = split_seen(heard.text)
    ref, rest = reference_of(heard), text.partition(" ")[2]
    if rest in (OFF, KEPT, AGAIN, PIN_NOW):
        await _act(verb, desk, heard, reply)
        return
    await reply.take()
    which = rest if is_only_which(verb, rest) else ""
    chosen = () if rest == SOME or which else tuple(rest.split())
    view = reply_form(desk.policy, ref) if verb == REPLY else modal(verb, ref, chosen, seen)
    view_id = await open_view(desk, heard, reply, view)
    if view_id and verb in FILLED:
        await fill(desk, view_id, verb, ref, seen, rest if verb == "ask" else which)
    elif view_id and verb in _SAID_AFTER:
        await _SAID_AFTER[verb](desk, heard, view_id, ref)


async def _say_it_is_held(desk: SlackDesk, _heard: Heard, view_id: str, ref: str) -> None:
    """Have an open form for a hold say that there is one, why and by whom, in place of asking for it."""
    sheet = await desk.board.sheet(ref=ref)
    if sheet is not None and is_held(sheet.case):
        stands = standing(sheet.case)
        view = sentence_view(Told(stands.code, stands.params, error=True), "form.hold.title")
        await desk.client.views_update(view_id=view_id, view=view)


async def _say_who_is_there(desk: SlackDesk, heard: Heard, view_id: str, ref: str) -> None:
    """Have an open form for a reply say who else answers the customer; Slack keeps what was written meanwhile."""
    sheet = await desk.board.sheet(ref=ref)
    there = who_is_there(sheet, heard.user) if sheet is not None else ""
    if there:
        await desk.client.views_update(view_id=view_id, view=reply_form(desk.policy, ref, there=there))


_LOOKS: dict[str, Handle] = {REVEAL: reveal, VERIFY: verify}
"""What only looks, beside the timeline."""

_SAID_AFTER = {REPLY: _say_who_is_there, "hold": _say_it_is_held}
"""What some forms say of their request as soon as it is looked up."""
