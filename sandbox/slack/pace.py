"""Slack's limit of about one message a second in a channel, with a short burst."""

from collections.abc import Callable

from sandbox.slack.errors import SlowedError


class Pace:
    """A bucket of tokens for each channel. Off while `per_second` is None.

    Fact: one a second a channel, short bursts allowed (docs.slack.dev/apis/web-api/rate-limits, 2026-11-21).
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.per_second: float | None = None
        self.burst = 3.0  # messages
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}  # channel -> tokens, and when that was so

    def count(self, channel: str) -> None:
        """Count a message. Raises: SlowedError, when the channel has had enough for now."""
        if self.per_second is None:
            return
        now = self._clock()
        tokens, at = self._left.get(channel, (self.burst, now))
        tokens = min(self.burst, tokens + (now - at) * self.per_second)
        if tokens < 1:
            raise SlowedError((1 - tokens) / self.per_second)
        self._left[channel] = (tokens - 1, now)
