"""One child of the workshop for the desks of a test process, one after the other: its start takes most of a second.

A child knows nothing of who asks: brand, seal and letter come with each job. Tests of its life start their own.
"""

import asyncio
import atexit
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from subprocess import Popen

from bot.letters import workshop as workshops
from bot.letters.workshop import Workshop

_warm: list[tuple[Popen[bytes], socket.socket]] = []


@asynccontextmanager
async def lent(workshop: Workshop) -> AsyncIterator[None]:
    """Let a workshop begin with a child that waits here, if there is one, and keep the one that it has at the end."""
    if _warm:
        process, ours = _warm.pop()
        if process.poll() is None:
            streams = await asyncio.open_connection(sock=ours, limit=workshops._LONGEST_LINE)
            workshop._child = workshops._Child(process, *streams)
        else:
            ours.close()
    try:
        yield
    finally:
        _keep(workshop)


def _keep(workshop: Workshop) -> None:
    """Take an idle child from a workshop; one that is at work stays, and ends with it."""
    workshop._stop_cooling()
    child, workshop._child = workshop._child, None
    if child is not None:
        ours = child._says.get_extra_info("socket").dup()
        ours.setblocking(False)
        child._says.close()
        _warm.append((child._process, ours))


@atexit.register
def _end() -> None:
    for process, ours in _warm:
        ours.close()
        process.kill()
        process.wait()
