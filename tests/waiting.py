"""How tests wait for what no event tells of: a screen, a record, a row."""

import asyncio
from collections.abc import Callable


async def until(is_so: Callable[[], bool], seconds: float = 5.0) -> None:
    """Look every 10 ms until it is so. Raises: TimeoutError."""
    async with asyncio.timeout(seconds):
        while not is_so():  # noqa: ASYNC110 # a server tells of it by its screen or its record only
            await asyncio.sleep(0.01)
