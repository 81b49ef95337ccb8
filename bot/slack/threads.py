"""Several posts of one thread as one message: in their order, each button once, no more than Slack takes."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.slack.cards import Message, sections

MOST_BLOCKS = 50
MOST_TEXT = 9000  # characters in all, of about 13,000 (slackapi/bolt-js issue 2509, read 2026-11-21)


def fitting(messages: Sequence[Message]) -> int:
    """Return how many of these fit into one message, from the first on; at least one."""
    blocks = length = 0
    for place, message in enumerate(messages):
        blocks += len(_blocks(message))
        length += len(message.text)
        if place and (blocks > MOST_BLOCKS or length > MOST_TEXT):
            return place
    return len(messages)


def joined(messages: Sequence[Message]) -> Message:
    """Return posts as one message; one alone stays as it is. A button that several have stands under the last."""
    if len(messages) == 1:
        return messages[0]
    seen: set[tuple[str, str]] = set()
    kept: list[Block] = []
    for message in reversed(messages):
        kept[:0] = _with_new_buttons(message, seen)
    return Message("\n".join(message.text for message in messages), tuple(kept))


def _blocks(message: Message) -> tuple[Block, ...]:
    """Return a post's blocks; mere words are sections."""
    return message.blocks or tuple(sections(message.text))


def _with_new_buttons(message: Message, seen: set[tuple[str, str]]) -> Iterator[Block]:
    for block in _blocks(message):
        if not isinstance(block, ActionsBlock):
            yield block
            continue
        buttons = [each for each in block.elements if isinstance(each, ButtonElement)]
        new = [each for each in buttons if _mark(each) not in seen]
        seen.update(map(_mark, buttons))
        if new:
            yield ActionsBlock(elements=new)


def _mark(button: ButtonElement) -> tuple[str, str]:
    """Return what makes a button another one."""
    return str(button.action_id), str(button.value)
