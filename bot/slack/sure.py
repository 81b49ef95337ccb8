"""A second look before something that could do harm: the same words and the same way on, as a message and as a form."""

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement
from slack_sdk.models.views import View

from bot.slack.cards import Message, sections
from bot.slack.desk import SlackDesk
from bot.slack.pieces import plain
from bot.slack.reply import FormReply, Reply
from bot.wording import slack_text
from domain.desk.risks import SURE, AskFirst, Unsure
from domain.desk.state import Owed
from domain.intake.choices import Choice


def message(unsure: Unsure) -> Message:
    """Return what is asked, with the button that does it all the same, where it can be done."""
    text = slack_text(unsure.code, unsure.params)
    return Message(text, (*sections(text), *_buttons(unsure)))


def view(unsure: Unsure) -> View:
    """Return the same as a form; handing it in does it."""
    blocks = list(sections(slack_text(unsure.code, unsure.params)))
    title, close = plain("risk.title"), plain("risk.no")
    if not unsure.again:
        return View(type="modal", title=title, close=plain("form.close"), blocks=blocks)
    submit = plain(_label(unsure))
    return View(
        type="modal", callback_id=SURE, private_metadata=unsure.again, title=title, submit=submit, close=close,
        blocks=blocks,
    )  # fmt: skip


async def ask(desk: SlackDesk, user: str, reply: Reply, unsure: Unsure, once: str) -> None:
    """Ask who acts: on top of their form, beside their message, or by a message of its own where neither is left."""
    if isinstance(reply, FormReply) and await reply.push(view(unsure)):
        return
    if not isinstance(reply, FormReply):
        asked = message(unsure)
        if await reply.show(asked.text, asked.blocks):
            return
    await ask_late(desk, user, unsure, once)


async def ask_late(desk: SlackDesk, user: str, unsure: Unsure, once: str) -> None:
    """Owe one of the staff the question as a message for them alone."""
    choice = Choice(SURE, _label(unsure), {"value": unsure.again})
    rows = ((choice,),) if unsure.again else ()
    owed = Owed(desk.new_id(), "whisper", f"whisper:{user}", user, unsure.code, once, unsure.params, rows)
    await desk.outbox.owe((owed,))


def _buttons(unsure: Unsure) -> tuple[Block, ...]:
    if not unsure.again:
        return ()
    button = ButtonElement(text=plain(_label(unsure)), action_id=SURE, value=unsure.again, style="danger")
    return (ActionsBlock(elements=[button]),)


def _label(unsure: Unsure) -> str:
    return "risk.sure" if isinstance(unsure, AskFirst) else "risk.anyway"
