"""A request's secrets, asked for from its card: a form with what may be shown here, and the link to the rest."""

from functools import partial

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.handlers.staff.views import open_view, reference_of
from bot.slack import cards
from bot.slack.cards import REVEAL as REVEAL
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.pieces import plain
from bot.slack.reply import Reply, sentence_view
from bot.slack.rules import ASK_TO_SEE
from bot.wording import slack_text
from domain.desk import eyes, secrecy
from domain.desk.keeping import Sheet
from domain.desk.roles import Role, require, role_for
from domain.desk.state import Changes, Moment, OfRef, State, Told
from domain.desk.turn import Turn
from domain.policy import Policy
from domain.wordkeys import nested


async def reveal(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Open a form with masked values and a one-time link, once history has that it was asked for.

    Raises: Refused, for whom the policy does not let see them.
    """
    ref = reference_of(heard)
    require(heard.role, role_for("reveal", desk.policy))
    await reply.take()
    view_id = await open_view(desk, heard, reply, sentence_view(Told("form.reveal.wait", {"ref": ref})))
    if view_id:
        await desk.client.views_update(view_id=view_id, view=await _shown(desk, heard, ref))


async def _shown(desk: SlackDesk, heard: Heard, ref: str) -> View:
    """Return the form as it may be shown: with the link, or with the button that asks somebody else for it."""
    sheet = await desk.board.sheet(ref=ref)
    if sheet is None:
        return sentence_view(Told("staff.not_found", {"ref": ref}))
    if desk.link_to is None:
        return sentence_view(Told("eyes.no_link"))
    if "reveal" in desk.policy.four_eyes:
        return _form(sheet, cards.ask_block(ASK_TO_SEE, ref))
    actor = eyes.Actor(heard.user, heard.role or Role.VIEWER)
    await desk.turns.turn(OfRef(ref), heard.event_id, partial(_note, actor=actor, policy=desk.policy))
    return _form(sheet, cards.link_block(desk.link_to(sheet.case.request.id, heard.user)))


def _note(state: State, moment: Moment, actor: eyes.Actor, policy: Policy) -> Changes:
    turn = Turn(state, moment, f"staff:{actor.user}", policy)
    eyes.reveal_here(turn, actor)
    return turn.changes()


def _form(sheet: Sheet, last: Block) -> View:
    """Return what may stand in Slack: of each secret whether it is here, and its last figures at most."""
    lines = "\n".join(_line(sheet, question) for question in secrecy.SECRETS)
    about = slack_text("form.reveal.about", {"ref": sheet.case.request.ref})
    title, close = plain("form.reveal.title"), plain("form.close")
    return View(type="modal", title=title, close=close, blocks=[*cards.sections(f"{about}\n{lines}"), last])


def _line(sheet: Sheet, question: str) -> str:
    given = sheet.case.answers.get(question)
    masked = given.value[0] if given is not None and "\u2022" in given.value[0] else ""
    name = nested(f"staff.answer.{question}")
    return slack_text("form.reveal.line" if masked else "form.reveal.none", {"name": name, "value": masked})
