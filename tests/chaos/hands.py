"""The hands of staff: whoever sees that something failed looks first, and does it again only if it was not done."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from sandbox.slack import Delivered, Post
from tests.chaos.telling import Telling
from tests.chaos.world import LOOK
from tests.house import STAFF

TRIES = 8
_WHILE = 4.0  # seconds that somebody waits for what may never come: its maker may have died


@dataclass
class Hands(Telling):
    """A telling with staff who work from Slack alone."""

    def __post_init__(self) -> None:
        self.slack, self.telegram = self.world.platforms.slack, self.world.platforms.telegram

    async def command(self, wish: str, is_done: Callable[[], bool]) -> None:
        """Type a command that does something."""
        await self.see_to(wish, partial(self.slack.command, STAFF, wish), is_done, STAFF)

    async def push(self, action: str, ts: str, is_done: Callable[[], bool], by: str = STAFF) -> None:
        """Press a button of a message."""
        await self.see_to(action, partial(self.slack.press, by, action, message_ts=ts), is_done, by)

    async def see_to(
        self, what: str, act: Callable[[], Awaitable[Delivered]], is_done: Callable[[], bool], by: str
    ) -> None:
        """Act, and wait until it is seen; after a visible failure look first, and act again only if it was not done."""
        while True:
            seen = len(self.slack.ephemerals(by))
            if (await act()).is_acked:
                await self.until(partial(self._is_over, is_done, by, seen), f"not seen after: {what}")
                if is_done():
                    return
            self.failed.append(what)
            await self.come_to_rest()
            if is_done():
                return

    def _is_over(self, is_done: Callable[[], bool], by: str, seen: int) -> bool:
        return is_done() or self.is_put_off(by, seen)

    async def shown(self, wish: str, *words: str) -> Post:
        """Type what only shows something, until any of these words is shown: who sees nothing types it again."""
        for _ in range(TRIES):
            await self.world.served.wait()
            seen = len(self.slack.ephemerals(STAFF))
            await self.slack.command(STAFF, wish)
            await self.wait_a_while(partial(self._is_shown_since, seen, *words))
            found = self._newest(seen, *words)
            if found is not None:
                return found
        raise TimeoutError(f"never shown after: {wish}")

    def _is_shown_since(self, seen: int, *words: str) -> bool:
        return self._newest(seen, *words) is not None

    def _newest(self, seen: int, *words: str) -> Post | None:
        shown = ((post, str(post.blocks)) for post in self.slack.ephemerals(STAFF)[seen:])
        return next((post for post, text in shown if any(each in text for each in words)), None)

    # what is seen

    def posted(self, words: str) -> int:
        """Return how many posts of the desk channel have these words."""
        return sum(words in text for text in (*(p.text for p in self.roots()), *self.thread()))

    async def wait_a_while(self, is_so: Callable[[], bool]) -> None:
        """Wait for what may never come."""
        until = asyncio.get_running_loop().time() + _WHILE
        while not is_so() and asyncio.get_running_loop().time() < until:  # noqa: ASYNC110 # nothing tells
            await asyncio.sleep(LOOK)
