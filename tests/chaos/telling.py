"""What every story has: people who look at their screens, and the time that they wait. Nobody knows of deaths."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.slack import Post
from sandbox.telegram import Message
from tests.chaos.world import LOOK, World
from tests.house import STAFF

PATIENCE = 15.0  # seconds that nothing may happen, starts of the desk aside
QUIET = 0.45  # seconds without a call after which all is said: more than a note of the relay waits to be written
PUT_OFF = "Nothing was done: Slack can't be asked"  # who reads that does it again
SEALING = 60.0  # seconds for a letter, which is printed and sealed in a process that lets every other go before
SENT = "Here is your signed letter"
TAKEN_OVER = 1.3  # seconds after a start within which the relay has looked for what nobody holds


@dataclass
class Telling:
    """One telling of a story. `stuck` says where it went no further, `failed` which commands staff saw fail."""

    world: World
    failed: list[str] = field(default_factory=list)
    stuck: str = ""

    def screen(self, chat: int) -> list[Message]:
        """Return what a customer's screen shows."""
        return self.world.platforms.telegram.chat(chat)

    def is_shown(self, words: str, chat: int) -> bool:
        """Tell whether the desk has written words to a customer."""
        return any(words in m.text for m in self.screen(chat) if m.from_bot)

    def newest(self, chat: int) -> Message | None:
        """Return the desk's newest message to a customer."""
        return next((m for m in reversed(self.screen(chat)) if m.from_bot), None)

    def press(self, chat: int, label: str) -> None:
        """Press the newest button of that label."""
        shown = (m for m in reversed(self.screen(chat)) if any(b.text == label for row in m.keyboard for b in row))
        message = next(shown)
        self.world.platforms.telegram.press(chat, message.id, button(message, label))

    def roots(self) -> list[Post]:
        """Return what stands in the desk channel itself."""
        return [p for p in self.world.platforms.slack.posts() if p.thread_ts in (None, p.ts)]

    def thread(self) -> list[str]:
        """Return the texts of all posts in threads of the desk channel; of several in one message each by itself."""
        messages = [p for p in self.world.platforms.slack.posts() if p.thread_ts not in (None, p.ts)]
        return [text for message in messages for text in _posts_in(message)]

    async def type(self, wish: str) -> bool:
        """Type a command; tell whether it was taken, and not put off because nobody could say who staff are."""
        slack = self.world.platforms.slack
        seen = len(slack.ephemerals(STAFF))
        return (await slack.command(STAFF, wish)).is_acked and not self.is_put_off(STAFF, seen)

    def is_put_off(self, staff: str, seen: int) -> bool:
        """Tell whether one of the staff has read, behind so many answers, that nothing was done."""
        return any(PUT_OFF in post.text for post in self.world.platforms.slack.ephemerals(staff)[seen:])

    async def ask(self, wish: str) -> Post:
        """Type a command that only shows something until it is shown; returns the answer.

        What is only read is not owed: whoever sees nothing because the desk died meanwhile asks again.
        """
        crashes = self.world.crashes
        try:
            return await self._asked(wish)
        except TimeoutError:
            if self.world.crashes == crashes:
                raise
        return await self._asked(wish)

    async def _asked(self, wish: str) -> Post:
        slack = self.world.platforms.slack
        seen = len(slack.ephemerals(STAFF))
        while not await self.type(wish):
            await self.world.served.wait()  # the world itself gives up on a desk that never serves
            seen = len(slack.ephemerals(STAFF))
        await self.until(lambda: len(slack.ephemerals(STAFF)) > seen, f"`/port {wish}` showed nothing")
        return slack.ephemerals(STAFF)[-1]

    async def until(self, is_so: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
        """Wait for something to be seen. Raises TimeoutError when the desk served and nothing happened for long."""
        seen, looks = -1, 0  # looks are counted, not time: a machine that stood still meanwhile made nobody wait
        while not is_so():
            now = len(self.world.platforms.record)
            looks = looks + 1 if now == seen and self.world.served.is_set() else 0
            seen = now
            if looks > patience / LOOK:
                raise TimeoutError(what)
            await asyncio.sleep(LOOK)

    async def letter(self, chat: int) -> None:
        """Wait until a customer has the sealed letter."""
        await self.until(lambda: self.is_shown(SENT, chat), "the sealed letter never came", SEALING)

    async def come_to_rest(self) -> None:
        """Wait until a desk that serves has nothing more to say, late deaths and what they bring back included."""
        loop = asyncio.get_running_loop()
        seen, since = (-1, 0), loop.time()
        while loop.time() - since < (TAKEN_OVER if self.world.crashes else QUIET):
            now = (len(self.world.platforms.record), self.world.crashes)
            if now != seen or not self.world.served.is_set():
                seen, since = now, loop.time()
            await asyncio.sleep(LOOK)

    def papers(self, kind: str = "") -> int:
        """Return how many files are stored, of one kind (`bill`, `letter`) or of all."""
        stored = (path.name for path in self.world.folder.glob("files/*/*"))
        return sum(1 for name in stored if name.startswith(kind) and not name.endswith(".new"))


def button(message: Message, label: str) -> str:
    """Return what a button of a message sends."""
    return next(b.data for row in message.keyboard for b in row if b.text == label)


def look(post: Post) -> str:
    """Return all words of a card."""
    found: list[str] = []
    for block in post.blocks:
        texts = [block.get("text"), *block.get("fields", ()), *block.get("elements", ())]
        found += [str(t["text"]) for t in texts if isinstance(t, dict) and isinstance(t.get("text"), str)]
    return "\n".join(found)


def _posts_in(message: Post) -> list[str]:
    """Return the texts of what was owed apart and went as one message: a section each."""
    payload = (message.metadata or {}).get("event_payload") or {}
    if " " not in str(payload.get("owed")):
        return [message.text]
    return [block["text"]["text"] for block in message.blocks if block["type"] == "section"]
