"""The body of what somebody sends to the web server, read no further than it may be large."""

from collections.abc import Callable

from starlette.requests import Request


def _hold(_size: int) -> None:
    """Have room for whatever comes."""


async def body_of(request: Request, most: int, hold: Callable[[int], None] = _hold) -> bytes | None:
    """Return a body as it came; None when it is larger than `most` bytes, at once where it says so itself.

    `hold` is told of each part before it is kept, and may raise.
    """
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told) > most:
        return None
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            return None
        hold(len(part))
        parts.append(part)
    return b"".join(parts)
