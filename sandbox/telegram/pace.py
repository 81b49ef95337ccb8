"""Telegram's sending limits: about a message a second into one chat, and thirty a second over all chats."""

import math
from dataclasses import dataclass

from sandbox.telegram.refusals import too_many


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a bot may send: messages per second with a burst, for each chat and over all.

    Telegram publishes "avoid more than one message per second" for a chat and "about 30 messages per second"
    overall (core.telegram.org/bots/faq, read 2026-11); the bursts are this sandbox's choice.
    """

    burst: float = 20
    per_second: float = 1.0
    overall_burst: float = 30
    overall_per_second: float = 30.0


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float

    def wait(self, now: float, burst: float, per_second: float) -> float:
        """Fill up to `now`; return the seconds until the next token."""
        self.tokens = min(burst, self.tokens + max(0.0, now - self.at) * per_second)
        self.at = now
        return max(0.0, (1 - self.tokens) / per_second)


class Buckets:
    """Tokens left to each chat and to all; with no pace nothing is counted."""

    def __init__(self, pace: Pace | None) -> None:
        self.pace = pace
        self._chats: dict[int, _Bucket] = {}
        self._all: _Bucket | None = None

    def spend(self, chat_id: int, now: float) -> None:
        """Take one message's worth at `now`, unix seconds. Raises `Refused` 429 with the seconds to wait."""
        pace = self.pace
        if pace is None:
            return
        chat = self._chats.setdefault(chat_id, _Bucket(pace.burst, now))
        self._all = self._all or _Bucket(pace.overall_burst, now)
        wait = max(
            chat.wait(now, pace.burst, pace.per_second),
            self._all.wait(now, pace.overall_burst, pace.overall_per_second),
        )
        if not math.isclose(wait, 0, abs_tol=1e-9):
            raise too_many(wait)
        chat.tokens -= 1
        self._all.tokens -= 1
