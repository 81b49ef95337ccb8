"""Buttons that run a command anew: on one of several requests that may be meant, or by the word that was meant.

A button's value is `<token> <the command's words>`. The token is made of the command that brought the buttons, so
that one pressed twice acts once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import blake2s

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from bot.slack import cards
from bot.slack.arguments import Unsure
from bot.slack.heard import Heard
from bot.slack.pieces import section
from bot.slack.rules import RUN
from bot.wording import say, slack_text
from domain.desk.carrying import carriable
from domain.desk.keeping import Line
from domain.desk.state import Told
from domain.errors import Refused
from domain.policy import Policy
from domain.text import clean

LONGEST_WORDS = 100  # characters of what somebody wrote, within a sentence
LONGEST_VALUE = 2000  # characters of a button's value (docs.slack.dev/reference/block-kit, read 2026-11-22)


def token_of(event_id: str) -> str:
    """Return a short name of what somebody did, for the buttons that it brings."""
    return blake2s(event_id.encode(), digest_size=8).hexdigest()


def again(heard: Heard) -> Heard:
    """Return a press on such a button as the command that it runs; a second press is the same event."""
    return replace(heard, event_id=f"run:{token_of(heard.text)}", text=heard.text.partition(" ")[2])


def choices(heard: Heard, verb: str, unsure: Unsure, now: datetime, policy: Policy) -> cards.Message:
    """Return a line with a button for each request that may be meant. Raises: Refused, where the words are too many."""
    key = "choose.slip" if unsure.is_slip else "choose.one" if len(unsure.lines) == 1 else "choose.which"
    head = slack_text(key, {"given": unsure.given[:60], "verb": verb})
    rest = carriable(verb, unsure.rest)
    lines = [_choice(heard, f"{verb} {line.ref} {rest}".strip(), line, now, policy) for line in unsure.lines]
    more = (section(slack_text("choose.more", {})),) if unsure.more else ()
    return cards.Message(head, (section(head), *lines, *more))


def _choice(heard: Heard, words: str, line: Line, now: datetime, policy: Policy) -> SectionBlock:
    button = run_button(heard, words, "choose.this", {"ref": line.ref})
    return SectionBlock(text=MarkdownTextObject(text=cards.line(line, now, policy)), accessory=button)


def run_button(heard: Heard, words: str, key: str, params: dict[str, str]) -> ButtonElement:
    """Return a button that runs a command. Raises: Refused, where it is too long for one."""
    value = f"{token_of(heard.event_id)} {words}"
    if len(value) > LONGEST_VALUE:
        raise Refused("choose.too_long")
    label = PlainTextObject(text=say(key, params, "en", clean)[: cards.LONGEST_LABEL])
    return ButtonElement(text=label, action_id=RUN, value=value)


def with_button(told: Told, button: ButtonElement) -> cards.Message:
    """Return a sentence with a button beside it; what people wrote in it is cut, so that it fits into one block."""
    text = slack_text(told.key, {name: value[:LONGEST_WORDS] for name, value in told.params.items()})
    return cards.Message(text, (SectionBlock(text=MarkdownTextObject(text=text), accessory=button),))


def grouped(head: str, groups: Sequence[Sequence[str]]) -> cards.Message:
    """Return lines in groups, each in blocks of its own."""
    text = "\n".join([head, *(line for group in groups for line in group)])
    return cards.Message(text, (section(head), *_blocks(groups)))


def _blocks(groups: Sequence[Sequence[str]]) -> Iterator[Block]:
    for group in groups:
        yield from cards.sections("\n".join(group))
