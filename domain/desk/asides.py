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
SIGN: Final = "sign"  # the letter of the request `subject`, by its link `of`
_ASIDES = (NAME, JOIN, REASON, SIGN)


@dataclass(frozen=True, slots=True)
class Aside:
    """What is asked, about which row, and the question that was put before (empty: none). `of`: which of its parts."""

    what: str
    subject: int
    before: str
    of: int = 0


def aside_of(asked: str | None) -> Aside | None:
    """Return the aside that a chat's `asked` names: `what:subject.of|before`; None where it is a question's id."""
    head, bar, before = (asked or "").partition("|")
    what, _, subject = head.partition(":")
    subject, _, of = subject.partition(".")
    return Aside(what, int(subject), before, int(of or 0)) if bar and what in _ASIDES else None


def put_aside(turn: Turn, what: str, subject: int, of: int = 0) -> None:
    """Let the next word of the chat be about something else than its request."""
    now = aside_of(turn.chat.asked)
    before = now.before if now is not None else turn.chat.asked or ""
    part = f".{of}" if of else ""
    turn.chat = replace(turn.chat, asked=f"{what}:{subject}{part}|{before}", asking=turn.chat.asking + 1)


def come_back(turn: Turn) -> None:
    """Let the question that was put before be the one put last again."""
    aside = aside_of(turn.chat.asked)
    if aside is not None:
        turn.chat = replace(turn.chat, asked=aside.before or None)
