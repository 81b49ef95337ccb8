"""The queue of updates: kept until confirmed, handed to one long poll at a time or to a webhook."""

import asyncio
from collections.abc import Iterable
from typing import Any, Protocol

from sandbox.telegram.refusals import Refused

Json = dict[str, Any]

MOST = 100  # updates in one answer
LONGEST_POLL = 50  # seconds
KEPT = 24 * 3600  # seconds for which an update waits, core.telegram.org/bots/api#getting-updates
ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
BY_WEBHOOK = "Conflict: terminated by setWebhook request"


class Receiver(Protocol):
    """Takes updates as they arrive, in place of polling."""

    def take(self, update: Json) -> None:
        """Queue an update for delivery."""


class Updates:
    """Unconfirmed updates by id, in order; ids count up by one."""

    def __init__(self, first_id: int) -> None:
        self.next_id = first_id
        self.allowed: list[str] = []
        self.receiver: Receiver | None = None
        self.repeat = False  # the next updates handed out shall come once more after they are confirmed
        self._waiting: dict[int, tuple[float, Json]] = {}
        self._again: list[Json] = []
        self._poll: asyncio.Future[None] | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    def push(self, content: Json, now: float) -> Json | None:
        """Queue an update, numbering it unless it has a number; None when the bot does not want its kind."""
        if not self._wanted(content):
            return None
        update = {"update_id": content.get("update_id", self.next_id), **content}
        self.next_id = max(self.next_id, update["update_id"] + 1)
        self._waiting[update["update_id"]] = (now, update)
        if self.receiver:
            self.receiver.take(update)
        self._wake()
        return update

    def confirm(self, offset: int) -> int:
        """Forget updates below an offset, return how many; a negative one keeps that many of the newest."""
        before = len(self._waiting)
        if offset < 0:
            for number in list(self._waiting)[:offset]:
                del self._waiting[number]
        else:
            self.settle(number for number in list(self._waiting) if number < offset)
        return before - len(self._waiting)

    def settle(self, numbers: Iterable[int]) -> None:
        """Forget updates that were delivered."""
        for number in numbers:
            self._waiting.pop(number, None)

    def drop(self) -> None:
        """Forget every update."""
        self._waiting.clear()
        self._again.clear()

    def waiting(self, now: float) -> list[Json]:
        """Return unconfirmed updates, oldest first; those older than a day are gone."""
        self.settle([number for number, (at, _) in self._waiting.items() if now - at > KEPT])
        return [update for _, update in self._waiting.values()]

    async def poll(self, limit: int, timeout_s: float, now: float) -> list[Json]:
        """Return up to `limit` updates, waiting for the first. Raises `Refused` 409: another poll began."""
        self.end_poll(OTHER_POLL)
        if not (self._waiting or self._again) and timeout_s > 0:
            await self._first(min(timeout_s, LONGEST_POLL))
        limit = limit if 1 <= limit <= MOST else MOST
        found = (self._again + self.waiting(now))[:limit]
        self._again = found if self.repeat and found else self._again[limit:]
        self.repeat = self.repeat and not found
        return found

    def end_poll(self, why: str) -> None:
        """Answer a poll that is open with a conflict."""
        if self._poll and not self._poll.done():
            self._poll.set_exception(Refused(why, 409))

    def snapshot(self) -> Json:
        """Return the queue, JSON-able."""
        return {
            "next_id": self.next_id,
            "allowed": self.allowed,
            "waiting": [[at, update] for at, update in self._waiting.values()],
        }

    def restore(self, kept: Json) -> None:
        """Take up what `snapshot` returned."""
        self.next_id = kept["next_id"]
        self.allowed = kept["allowed"]
        self._waiting = {update["update_id"]: (at, update) for at, update in kept["waiting"]}

    async def _first(self, timeout_s: float) -> None:
        self._poll = mine = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(timeout_s):
                await mine
        except TimeoutError:
            return
        finally:
            if self._poll is mine:
                self._poll = None

    def _wake(self) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    def _wanted(self, content: Json) -> bool:
        kinds = set(content) - {"update_id"}
        return bool(kinds & set(self.allowed)) if self.allowed else not kinds & ONLY_ON_REQUEST
