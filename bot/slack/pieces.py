"""The smallest pieces of every view: a sentence of ours, alone, as a label and as a section; and made text as one."""

from slack_sdk.models.blocks import MarkdownTextObject, PlainTextObject, SectionBlock

from bot.wording import say, slack_text
from domain.text import clean

LONGEST_SECTION = 3000  # characters (docs.slack.dev/reference/block-kit, read 2026-11-22)


def text(key: str, **params: str) -> str:
    """Return a sentence as plain text."""
    return say(key, params, "en", clean)


def plain(key: str, **params: str) -> PlainTextObject:
    """Return a sentence as a label."""
    return PlainTextObject(text=text(key, **params))


def said(key: str, **params: str) -> SectionBlock:
    """Return a sentence as a section, cut where it is longer than Slack takes."""
    return section(slack_text(key, params)[:LONGEST_SECTION])


def section(made: str) -> SectionBlock:
    """Return a section of text whose values are escaped already."""
    return SectionBlock(text=MarkdownTextObject(text=made))
