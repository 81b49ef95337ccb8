"""What a chat is asked beside its request: the open question is put aside, and comes back afterwards.

No table and no step: the chat's `asked` names the aside, what it is about, and the question that was put before it.
Buttons of that question grow old, so that nothing is answered while the chat is asked something else.
"""

from dataclasses import dataclass
from typing import Final

from domain.desk.turn import Turn
from domain.values import replace

NAME: Final = "company_name"  # how a company is called that begins now
JOIN: Final = "join"  # whether to accept the invitation `subject`
REASON: Final = "reason"  # why the request `subject` is sent back
_ASIDES = (NAME, JOIN, REASON)


@dataclass(frozen=True, slots=True)
class Aside:
    """What is asked, about which row, and the question that was put before (empty: none)."""

    what: str
    subject: int
    before: str


def aside_of(asked: str | None) -> Aside | None:
    """Return the aside that a chat's `asked` names: `what:subject|before`; None where it is a question's id."""
    head, bar, before = (asked or "").partition("|")
    what, _, subject = head.partition(":")
    return Aside(what, int(subject), before) if bar and what in _ASIDES else None


def put_aside(turn: Turn, what: str, subject: int) -> None:
    """Let the next word of the chat be about something else than its request."""
    now = aside_of(turn.chat.asked)
    before = now.before if now is not None else turn.chat.asked or ""
    turn.chat = replace(turn.chat, asked=f"{what}:{subject}|{before}", asking=turn.chat.asking + 1)


def come_back(turn: Turn) -> None:
    """Let the question that was put before be the one put last again."""
    aside = aside_of(turn.chat.asked)
    if aside is not None:
        turn.chat = replace(turn.chat, asked=aside.before or None)
