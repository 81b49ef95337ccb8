"""The errors of the Bot API, in the words that Telegram uses for them."""

import math
from typing import Any

BLOCKED = "Forbidden: bot was blocked by the user"


class Refused(Exception):  # noqa: N818 - an answer of the platform, not an error of this program
    """A call without effect, answered with an error; `description` is what the platform says of it."""

    def __init__(self, description: str, code: int = 400, retry_after: float | None = None) -> None:
        super().__init__(description)
        self.description = description
        self.code = code
        self.retry_after = retry_after

    def answer(self) -> dict[str, Any]:
        """Return the answer's body; `retry_after` is whole seconds, at least 1."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": whole(self.retry_after)}
        return body


def bad(description: str) -> Refused:
    """Return a 400, whose description Telegram begins with `Bad Request`."""
    return Refused(f"Bad Request: {description}")


def blocked() -> Refused:
    """Return the 403 of a customer who has blocked the bot."""
    return Refused(BLOCKED, 403)


def too_many(retry_after: float) -> Refused:
    """Return the 429 that asks for `retry_after` seconds of silence."""
    return Refused(f"Too Many Requests: retry after {whole(retry_after)}", 429, retry_after)


def whole(seconds: float) -> int:
    """Round seconds up as the platform does; it never asks for less than one."""
    return max(1, math.ceil(seconds))
