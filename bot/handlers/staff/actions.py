"""The buttons of a card: a verb that needs nothing more acts at once, the others open their form."""

from functools import partial

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from bot.slack.cards import action_of
from bot.slack.deciding import answer, decide
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.listening import PRESS, listener
from bot.slack.modals import modal
from bot.slack.reply import Reply
from bot.slack.trouble import code_of
from domain.desk.holding import OFF
from domain.desk.state import Told
from domain.desk.verbs import EFFECTS, VERBS
from domain.errors import Refused
from domain.orders.references import read_reference


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register a button for every effect."""
    for verb in EFFECTS:
        handle = _open if VERBS[verb].modal else _act
        app.action(action_of(verb))(listener(desk, PRESS, partial(handle, verb)))


async def _act(verb: str, desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    await decide(desk, heard, reply, reference_of(heard), verb, heard.text.partition(" ")[2])


async def _open(verb: str, desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Open the verb's form before anything else; a button that ends something ends it at once."""
    ref, rest = reference_of(heard), heard.text.partition(" ")[2]
    if rest == OFF:
        await _act(verb, desk, heard, reply)
        return
    await reply.take()
    await open_view(desk, heard, reply, modal(verb, ref, tuple(rest.split())))


async def open_view(desk: SlackDesk, heard: Heard, reply: Reply, view: View) -> None:
    """Open a view for who pressed; the right to it ends after three seconds, and they are told when it has."""
    try:
        await desk.client.views_open(trigger_id=heard.trigger_id, view=view)
    except SlackApiError as e:
        if code_of(e) not in ("expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged"):
            raise
        await answer(desk, heard, reply, Told("staff.form.late", error=True))


def reference_of(heard: Heard) -> str:
    """Return the reference that a button or a form carries. Raises: Refused, when it carries none."""
    ref = read_reference(heard.text.partition(" ")[0])
    if ref is None:
        raise Refused("staff.form.stale")
    return ref
