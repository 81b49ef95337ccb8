"""Conversations written as tables, played by the real clients on one running desk that serves many of them.

A line says what somebody does, and then what is read of it: `does -> the customer reads => the desk reads`.

    415-421-{n4}, Verizon Wireless     the customer types it; ` / ` begins a new line
    [Yes, it works]                    presses the newest button of that label
    @                                  sends a paper
    desk: submit {ref} 88123           staff type `/port …`, and press the button of what asks first
    later: 25 days                     time passes, and what has become due is done
    later: {d10} 08:45                 as much of it as leads to that hour of the desk's clock
    stands: submitted, cancelled       in which phases the numbers of the request are now

`{ref}` is the request's reference; `{n4}`, `{m4}` are the last four digits of two numbers that are the story's own;
`{d10}` is the tenth business day after its beginning, `{w10}` the same with its weekday, as /status has it. A step of
staff's is told to the customer by one message at most.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot.clock import utc_now
from domain.calendar import Days, add_business_days
from domain.desk.risks import SURE
from domain.orders.model import Case
from domain.policy import Policy
from sandbox.slack import Post
from tests.house import CALENDAR, CUSTOMER, SEALED_LETTER, STAFF, Desk, Platforms, open_desk, reference
from tests.waiting import until

MONDAY = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # ten in the morning at the desk
RULES = Policy(undo=timedelta(0), nudge_minutes=0)
SIGNED = """
    415-421-{n4}, Verizon Wireless / Maria Alvarez / 1455 Market Street, San Francisco, CA 94103
    [All of that is true]
    @
    [Mine: I am the account holder]
    415 200 0100
    998877665-00001, PIN 482913
    [All correct, I agree]
    Maria Alvarez -> with our desk
"""
"""How a wireless number comes to the desk, signed and with its PIN."""
_AT_ONCE = SIGNED.split("\n")[1]
TWO = SIGNED.replace(
    _AT_ONCE, "    415-421-{n4} and 415-421-{m4}, Verizon Wireless\n    [Yes, all on one bill]"
).replace("    415 200", "    Maria Alvarez / 1455 Market Street, San Francisco, CA 94103\n    415 200")
"""The same of two numbers on one bill."""

_MARK = re.compile(r"\s+(->|=>)\s+")
_NAMED = re.compile(r"\{(\w+)\}")
_PATIENCE = 20.0  # seconds: a busy machine is ten times slower
_DAYS = Days(("CA", "US"))
_LONGEST = 900  # characters of what was read instead, where a story fails
_UNITS = {"minutes", "hours", "days"}
_LOOKS = 2  # at what is due: what the first finds may owe something at once


@dataclass
class Clock:
    """A clock that begins on a Monday morning, and that stories set forward."""

    by: timedelta = field(default_factory=lambda: MONDAY - utc_now())

    def __call__(self) -> datetime:
        return utc_now() + self.by


@dataclass
class Stage:
    """A running desk on which story after story is played, each by another customer."""

    desk: Desk
    clock: Clock
    told: int = 0

    async def story(self, *acts: str) -> "Story":
        """Begin a story with a customer and a number of its own, and play its first acts."""
        self.told += 1
        story = Story(self, CUSTOMER + self.told, f"{8800 + self.told}", self.today())
        for act in acts:
            await story.play(act)
        return story

    def today(self) -> date:
        """Return the desk's day."""
        return self.clock().astimezone(RULES.desk_zone).date()

    async def pass_time(self, until_when: str) -> None:
        """Set the clock forward, by `25 days` or to `2026-12-08 08:45`, and do what has become due."""
        how_many, what = until_when.split()
        if what in _UNITS:
            self.clock.by += timedelta(**{what: int(how_many)})
        else:
            at = datetime.combine(date.fromisoformat(how_many), time.fromisoformat(what), RULES.desk_zone)
            assert at > self.clock(), until_when
            self.clock.by += at - self.clock()
        for _ in range(_LOOKS):
            await self.desk.house.schedule.tick()
            await self.desk.quiet()


@asynccontextmanager
async def open_stage(folder: Path, policy: Policy = RULES) -> AsyncIterator[Stage]:
    """Run a desk for stories until the block ends."""
    clock = Clock()
    async with Platforms().served() as platforms, open_desk(platforms, folder, policy=policy, now=clock) as desk:
        yield Stage(desk, clock)


@dataclass
class Story:
    """One customer's conversation, with what the desk does about it."""

    stage: Stage
    chat: int
    n4: str
    begun: date
    card: str = ""  # the ts of its card in the desk channel
    names: dict[str, str] = field(default_factory=dict)  # what else can stand in braces

    @property
    def desk(self) -> Desk:
        return self.stage.desk

    @property
    def ref(self) -> str:
        return reference(self.desk, self.chat)

    async def case(self) -> Case:
        """Return the request as it is kept."""
        sheet = await self.desk.house.keeper.board.sheet(ref=self.ref)
        assert sheet is not None
        return sheet.case

    def card_now(self) -> str:
        """Return what the card in the desk channel shows."""
        return self._room()[self.card]

    async def play(self, act: str) -> None:
        """Play line after line; judge of each what is read of it."""
        for line in filter(None, map(str.strip, act.splitlines())):
            await self._take(line)

    async def _take(self, line: str) -> None:
        does, *reads = _MARK.split(line)
        screen, room = self._screen(), self._room()
        answer = await self._do(self.filled(does))

        def unread() -> list[str]:
            news = {"->": self._said_since(screen), "=>": [*answer, *self._posted_since(room)]}
            wanted = zip(reads[::2], map(self.filled, reads[1::2]), strict=True)
            return [words for mark, words in wanted if not any(words in text for text in news[mark])]

        try:
            await until(lambda: not unread(), _PATIENCE)
        except TimeoutError:
            shown = [*self._said_since(screen), "the desk:", *answer, *self._posted_since(room)]
            cut = "\n---\n".join(text[:_LONGEST] for text in shown)
            raise AssertionError(f"{line}\nnobody reads {unread()} but:\n{cut}") from None
        if does.startswith("desk:"):
            new = self._said_since(screen, edited=False)
            told = [text for text in new if not text.startswith((CALENDAR, *SEALED_LETTER))]
            assert len(told) <= 1, (line, told)

    async def _do(self, does: str) -> list[str]:
        """Do what a line says; return what staff read as the answer to what they typed."""
        kind, _, rest = does.partition(": ")
        if kind == "desk":
            return await self._typed(rest)
        if kind == "stands":
            assert ", ".join(number.phase for number in (await self.case()).numbers) == rest
        elif kind == "later":
            await self.stage.pass_time(rest)
        elif does == "@":
            await self.desk.send_bill(chat=self.chat)
        elif does.startswith("["):
            await until(lambda: self._has_button(does[1:-1]), _PATIENCE)
            await self.desk.press(does[1:-1], self.chat)
        else:
            await self.desk.say(does.replace(" / ", "\n"), self.chat)
        return []

    def _has_button(self, label: str) -> bool:
        shown = (button for message in self.desk.screen(self.chat) for row in message.keyboard for button in row)
        return any(button.text == label for button in shown)

    async def _typed(self, text: str) -> list[str]:
        """Type `/port …` as staff, and press the button of what asks first; return what they read."""
        slack = self.desk.platforms.slack
        before = self._whispers()
        await slack.command(STAFF, text)
        await until(lambda: self._whispers() != before, _PATIENCE)
        asked = [post for post in slack.ephemerals(STAFF)[len(before) :] if SURE in repr(post.blocks)]
        if asked:
            known = self._whispers()
            await slack.press(STAFF, SURE, message_ts=asked[-1].ts)
            await until(lambda: self._whispers() != known, _PATIENCE)
        await self.desk.quiet()
        return self._whispers()[len(before) :]

    def _whispers(self) -> list[str]:
        return [post.text for post in self.desk.platforms.slack.ephemerals(STAFF)]

    def filled(self, text: str) -> str:
        """Return words with what is this story's own."""
        return _NAMED.sub(lambda found: self._named(found[1]), text)

    def _named(self, name: str) -> str:
        if name[0] in "dw" and name[1:].isdecimal():
            day = add_business_days(self.begun, int(name[1:]), _DAYS)
            return f"{day:%A, %Y-%m-%d}" if name[0] == "w" else day.isoformat()
        if name == "ref":
            return self.ref
        return {"n4": self.n4, "m4": f"{int(self.n4) + 500}", **self.names}[name]

    def _screen(self) -> dict[int, str]:
        return {message.id: message.text for message in self.desk.screen(self.chat) if message.from_bot}

    def _said_since(self, before: dict[int, str], *, edited: bool = True) -> list[str]:
        now = self._screen().items()
        return [text for number, text in now if number not in before or (edited and text != before[number])]

    def _room(self) -> dict[str, str]:
        """Return the card of the request and what stands in its thread, by ts."""
        posts = self.desk.platforms.slack.posts()
        if not self.card:
            roots = (post for post in posts if post.thread_ts in (None, post.ts))
            self.card = next((post.ts for post in roots if self._is_card(post)), "")
        mine = (post for post in posts if self.card and self.card in (post.ts, post.thread_ts))
        return {post.ts: f"{post.text}\n{post.blocks if post.ts == self.card else ''}" for post in mine}

    def _is_card(self, post: Post) -> bool:
        """Tell whether a post is the card of this story's request, which names its number."""
        return re.search(rf"[- ]{self.n4}\b", repr(post.blocks)) is not None

    def _posted_since(self, before: dict[str, str]) -> list[str]:
        return [text for ts, text in self._room().items() if text != before.get(ts)]
