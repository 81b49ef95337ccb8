"""Whether the letters of a request are as they were sealed, or printed to sign: by a word, in a menu, under a post."""

from slack_bolt.async_app import AsyncApp
from slack_sdk.models.blocks import Block

from bot.handlers.staff.views import reference_of
from bot.letters.judging import told
from bot.slack.arguments import Unsure, read_arguments
from bot.slack.cards import VERIFY, action_of, sections
from bot.slack.choosing import choices
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.listening import PRESS, listener
from bot.slack.reply import Reply
from bot.wording import slack_text
from domain.desk.blanks import BLANK, VOID
from domain.desk.letter_seals import LETTER
from domain.desk.on_paper import COPY
from domain.desk.state import Paper
from domain.desk.verbs import VERBS
from domain.errors import NotFound


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register the button under the post that tells of a sealed letter."""
    app.action(action_of(VERIFY))(listener(desk, PRESS, press))


async def verify(desk: SlackDesk, heard: Heard, reply: Reply, rest: str) -> None:
    """Judge the letters of the request that is meant, or let it be chosen."""
    said = await read_arguments(desk, heard, reply, VERBS[VERIFY], rest)
    if isinstance(said, Unsure):
        message = choices(heard, VERIFY, said, desk.now(), desk.policy)
        await reply.show(message.text, message.blocks)
        return
    await _tell(desk, reply, said.refs[0])


async def press(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Judge the letters of the request that a button names."""
    await _tell(desk, reply, reference_of(heard))


async def _tell(desk: SlackDesk, reply: Reply, ref: str) -> None:
    """Tell of each letter as it is kept; void ones too, as somebody may have them still."""
    await reply.take()
    sheet = await desk.board.sheet(ref=ref)
    if sheet is None:
        raise NotFound("staff.not_found", ref=ref)
    letters = [paper for paper in sheet.papers if _is_letter(paper)]
    lines = [await _line(desk, paper) for paper in letters]
    head = slack_text("verify.list" if lines else "verify.none", {"ref": ref})
    text = "\n".join((head, *lines))
    blocks: tuple[Block, ...] = tuple(sections(text))
    await reply.show(text, blocks)


def _is_letter(paper: Paper) -> bool:
    """Tell whether a paper is a letter of ours, or was taken for one that came back signed."""
    is_taken = paper.kind == COPY and paper.status in ("kept", VOID)
    return bool(paper.object_key) and (paper.kind in (LETTER, BLANK) or is_taken)


async def _line(desk: SlackDesk, paper: Paper) -> str:
    judged = await desk.judge_paper(paper) if desk.judge_paper is not None else None
    if judged is None:
        return slack_text("verify.missing", {"name": paper.name})
    return slack_text("verify.line", {"name": paper.name, "verdict": told(judged, desk.policy)})
