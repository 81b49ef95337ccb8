"""The smallest pieces of every view: a sentence of ours, alone and as a label, and a section of text that is made."""

from slack_sdk.models.blocks import MarkdownTextObject, PlainTextObject, SectionBlock

from bot.wording import say
from domain.text import clean


def text(key: str, **params: str) -> str:
    """Return a sentence as plain text."""
    return say(key, params, "en", clean)


def plain(key: str, **params: str) -> PlainTextObject:
    """Return a sentence as a label."""
    return PlainTextObject(text=text(key, **params))


def section(made: str) -> SectionBlock:
    """Return a section of text whose values are escaped already."""
    return SectionBlock(text=MarkdownTextObject(text=made))
