"""One play of a story: its customer, its request, what both of them see, and what is filled in for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sandbox.page.switches import Switches
from sandbox.page.time import Clock
from sandbox.slack import Post, Slack, View
from sandbox.slack.people import DESK
from sandbox.telegram import Message, Telegram

Json = dict[str, Any]
Sign = tuple[object, ...]

FIRST_CHAT = 2001
STAFF = "U0STAFF1"
REFERENCE = re.compile(r"\bP-[0-9A-Z]{5,8}\b")


class NoWayError(Exception):
    """What a story wants done cannot be; the message is a sentence for those who watch."""


@dataclass(frozen=True, slots=True)
class World:
    """Where stories play."""

    telegram: Telegram
    slack: Slack
    clock: Clock
    switches: Switches


@dataclass(slots=True)
class Play:
    """A story that runs. `marked` and `heard` are what both people had seen when they did something last."""

    world: World
    chat: int
    name: str
    bill: tuple[str, ...] = ()
    user: str = STAFF
    marked: frozenset[Sign] = frozenset()
    heard: frozenset[Sign] = frozenset()
    switched: set[str] = field(default_factory=set)

    # What is filled in

    def fill(self, text: str) -> str:
        """Fill in the places `{…}` of a text. Raises: NoWayError, when a reference is wanted and none was told."""
        return re.sub(r"\{(\w+)\}", lambda found: self._value(found[1]), text)

    def _value(self, name: str) -> str:
        if name == "ref":
            return self.reference()
        if name in NUMBERS:  # each play has numbers of its own, so that no two requests are about the same one
            return NUMBERS[name].format((self.chat - FIRST_CHAT) % 900 + 100)
        if name == "today":
            return f"{self.world.clock.local():%B %d, %Y}"
        if name.startswith("day"):
            return self.world.clock.porting_day(int(name[3:])).isoformat()
        raise NoWayError(f"nothing is known of {name}")

    def reference(self) -> str:
        """Return the reference that the customer was told last. Raises: NoWayError."""
        for message in reversed(self.world.telegram.chat(self.chat)):
            found = REFERENCE.search(message.text) if message.from_bot else None
            if found:
                return found[0]
        raise NoWayError("the customer was told no reference")

    # What the customer sees

    def messages(self) -> list[Message]:
        """List the bot's messages in the customer's chat, newest first."""
        return [message for message in reversed(self.world.telegram.chat(self.chat)) if message.from_bot]

    def mark(self) -> None:
        """Note that the customer has seen everything and does something now."""
        self.marked = frozenset(map(_sign, self.messages()))

    def news(self) -> list[str]:
        """List what the bot wrote or changed since then, newest first."""
        return [_said(message) for message in self.messages() if _sign(message) not in self.marked]

    # What staff see

    def card(self) -> Post | None:
        """Return the request's card, once there is one."""
        try:
            reference = self.reference()
        except NoWayError:
            return None
        roots = (post for post in self.world.slack.posts(DESK) if post.thread_ts in (None, post.ts))
        return next((post for post in roots if reference in words_of(post.blocks)), None)

    def thread(self) -> list[str]:
        """List what stands under the card, newest first."""
        card = self.card()
        posts = self.world.slack.posts(DESK, card.ts) if card else []
        return [post.text for post in reversed(posts) if card and post.ts != card.ts]

    def whispers(self) -> list[str]:
        """List what this member of the staff alone was told since they did something last, newest first."""
        posts = self.world.slack.ephemerals(self.user)
        return [post.text for post in reversed(posts) if (post.ts, post.text) not in self.heard]

    def listen(self) -> None:
        """Note that staff have seen everything and do something now."""
        self.heard = frozenset((post.ts, post.text) for post in self.world.slack.ephemerals(self.user))

    def form(self) -> View | None:
        """Return the form that this member of the staff has before them."""
        forms = self.world.slack.modals(self.user)
        return forms[-1] if forms else None

    # What is shown, as texts

    def look(self, place: str) -> list[str]:
        """List the texts at a place of `Sight`."""
        if place == "chat":
            return self.news()
        if place == "thread":
            return self.thread()
        if place == "whisper":
            return self.whispers()
        if place == "card":
            card = self.card()
            return [f"{card.text}\n{words_of(card.blocks)}"] if card else []
        if place == "form":
            form = self.form()
            return [f"{form.title}\n{words_of(form.blocks)}"] if form else []
        return [""]

    def sign(self) -> Sign:
        """Return something that is another thing whenever the chat shows something else."""
        return tuple(map(_sign, self.messages()))


def words_of(blocks: object) -> str:
    """Return all words in blocks, one piece a line, the labels of buttons as `[label]`."""
    return "\n".join(_words(blocks))


def _words(thing: object) -> Iterator[str]:
    if isinstance(thing, list | tuple):
        for each in thing:
            yield from _words(each)
    elif isinstance(thing, dict):
        label = thing["text"]["text"] if thing.get("type") == "button" else None
        if label is not None:
            yield f"[{label}]"
            return
        for name, value in thing.items():
            if name == "text" and isinstance(value, str):
                yield value
            else:
                yield from _words(value)


def _sign(message: Message) -> Sign:
    return (message.id, message.text, message.keyboard)


def _said(message: Message) -> str:
    labels = "".join(f"[{button.text}]" for row in message.keyboard for button in row)
    return f"{message.text}\n{labels}"


NUMBERS = {
    "wireless": "415-421-8{:03d}",
    "office": "213-488-1{:03d}",
    "office2": "213-488-2{:03d}",
    "office3": "213-488-3{:03d}",
    "rings": "415-200-4{:03d}",
    "rings2": "213-516-5{:03d}",
}
