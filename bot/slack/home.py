"""The app's Home tab: what waits for the desk, and a look at each of it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.views import View

from bot.slack import cards
from bot.wording import say, slack_text
from domain.desk.keeping import Line
from domain.orders.phases import PHASES
from domain.text import clean

SHOW = "home.show"  # the action id of each line's button
SHOWN_LINES = 40  # a view takes 100 blocks (docs.slack.dev/reference/views, read 2026-11-21)
WAITING = (*(phase.id for phase in PHASES.values() if phase.ball == "desk"), "needs_attention")


def waiting(rows: Sequence[Line], now: datetime) -> tuple[Block, ...]:
    """Return the Home of one of the staff: the lines of what waits for the desk, as many as fit."""
    head = HeaderBlock(text=_plain("home.head"))
    return (head, _section("home.none"), _section("home.hint")) if not rows else (head, *_lines(rows, now))


def _lines(rows: Sequence[Line], now: datetime) -> Iterator[Block]:
    for row in rows[:SHOWN_LINES]:
        button = ButtonElement(text=_plain("home.show"), action_id=SHOW, value=row.ref)
        yield SectionBlock(text=MarkdownTextObject(text=cards.line(row, now)), accessory=button)
    if len(rows) > SHOWN_LINES:
        yield _section("home.more", count=str(SHOWN_LINES))
    yield _section("home.hint")


def look(ref: str, message: cards.Message) -> View:
    """Return a card as a form that is only looked at: what is done to a request is done where others see it."""
    shown = [block for block in message.blocks if not isinstance(block, ActionsBlock)]
    return View(
        type="modal", title=PlainTextObject(text=ref), close=_plain("form.close"), blocks=[*shown, _section("home.act")]
    )


def _section(key: str, **params: str) -> SectionBlock:
    return SectionBlock(text=MarkdownTextObject(text=slack_text(key, params)))


def _plain(key: str) -> PlainTextObject:
    return PlainTextObject(text=say(key, {}, "en", clean))
