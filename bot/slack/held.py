"""What is held up, as staff read it: requests on hold, and messages that did not get through."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
)

from bot.slack import finding
from bot.slack.cards import Message
from bot.slack.pieces import plain, section
from bot.wording import for_slack, say, sentences, slack_text
from domain.desk.found import Undelivered
from domain.desk.keeping import Line
from domain.policy import Policy
from domain.text import clean
from domain.wordkeys import nested

AGAIN, DROP = "stuck.again", "stuck.drop"  # action ids
SHOWN_REQUESTS = 15
SHOWN_MESSAGES = 10
LONGEST_WORDS = 200  # characters of a message that are shown
_REASONS = frozenset(key for key in sentences("en") if key.startswith("undelivered."))


def held(rows: Sequence[Line], many: int, messages: Sequence[Undelivered], now: datetime, policy: Policy) -> Message:
    """Return both lists. `many`: how many requests are on hold in all."""
    head = slack_text("held.requests" if many else "held.no_requests", {"count": f"{many:,}"})
    failed = slack_text("held.messages" if messages else "held.no_messages", {})
    blocks = [section(head), *finding.lines(rows, now, policy)]
    if many > len(rows):
        blocks.append(section(slack_text("held.more", {"count": f"{many - len(rows):,}"})))
    blocks += [section(failed), *(block for each in messages for block in _message(each, policy))]
    return Message("\n".join([head, *(finding.line(row, now, policy) for row in rows), failed]), tuple(blocks))


def _message(message: Undelivered, policy: Policy) -> Iterator[Block]:
    reason = f"undelivered.{message.reason}"
    params = {
        "kind": nested(f"held.kind.{message.owed.kind}"),
        "ref": message.ref or "—",
        "at": f"{message.at.astimezone(policy.desk_zone):%Y-%m-%d %H:%M}",
        "reason": nested(reason) if reason in _REASONS else message.reason,
    }
    about = slack_text("held.message", params)
    yield section(f"{about}\n>{_words(message)}")
    again = ButtonElement(text=plain("held.again_button"), action_id=AGAIN, value=str(message.owed.id))
    drop = ButtonElement(text=plain("held.drop_button"), action_id=DROP, value=str(message.owed.id))
    yield ActionsBlock(elements=[again, drop])


def _words(message: Undelivered) -> str:
    """Return the beginning of what it says, on one line."""
    try:
        said = clean(say(message.owed.key, message.owed.params, message.owed.language, clean))
    except KeyError:  # a sentence of another release
        said = message.owed.key
    room = LONGEST_WORDS
    while len(for_slack(said[:room])) > 2 * LONGEST_WORDS:  # signs that Slack has written longer
        room //= 2
    return for_slack(said if len(said) <= room else f"{said[:room]}…")
