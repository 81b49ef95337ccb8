"""A whole desk for tests: the real app's parts and both sandbox servers; only clock and network are pretended.

Tests type and press as people do, and judge by what the servers show and recorded.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from starlette.applications import Starlette

from bot.clock import Now, utc_now
from bot.house import House
from bot.settings import Settings, read_settings
from domain.desk.keeping import Keeper
from domain.desk.risks import SURE
from domain.errors import NotKept
from domain.policy import Policy
from sandbox.faults import Faults
from sandbox.page.bill import sample_bill
from sandbox.record import Record
from sandbox.serve import serve
from sandbox.slack import Delivered, Post, Slack
from sandbox.telegram import Message, Telegram
from tests.ground import open_store
from tests.nursery import lent
from tests.waiting import until

CUSTOMER = 5001
STAFF = "U0STAFF1"
SEALED_LETTER = ("Here is your signed letter", "Here is the letter that you signed")  # a customer's, a signer's
CALENDAR = "For your calendar"  # how the message begins that brings a file for it
# What staff type on a request's way from signed to moved, and what the customer is told at each step.
STEPS = (
    ("submit {ref} 88123", "We have sent your request"),
    ("advance {ref}", "is reviewing your request"),
    ("advance {ref}", "waiting for the date"),
    ("date {ref} next tue", "Date set for"),
    ("complete {ref}", "Moved:"),
)
WITH_CSR = (STEPS[0], ("advance {ref}", "compares it with"), *STEPS[1:])
BILL = sample_bill(date(2026, 11, 2), ())


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass
class Platforms:
    """Telegram and Slack as the sandbox serves them, with one record of everything."""

    record: Record = field(default_factory=Record)
    faults: Faults = field(default_factory=Faults)
    url: str = ""

    def __post_init__(self) -> None:
        self.telegram = Telegram(self.record, self.faults)
        self.slack = Slack(self.record, self.faults)

    @asynccontextmanager
    async def served(self) -> AsyncIterator["Platforms"]:
        """Serve both until the block ends."""
        app = Starlette(routes=[*self.telegram.routes, *self.slack.routes])
        async with serve(app) as url:
            self.url = url
            self.slack.base_url = url
            try:
                yield self
            finally:
                await self.telegram.close()
                await self.slack.stop()


def settings_for(platforms: Platforms, data_dir: Path, policy: Policy, **more: str) -> Settings:
    """Return the settings of a desk on these platforms, as the environment would give them."""
    env = {
        "TELEGRAM_BOT_TOKEN": platforms.telegram.token,
        "TELEGRAM_API_URL": platforms.url,
        "SLACK_BOT_TOKEN": "xoxb-sandbox",
        "SLACK_SIGNING_SECRET": "sandbox-secret",
        "SLACK_API_URL": f"{platforms.url}/api/",
        "SLACK_DESK_CHANNEL": "C0DESK",
        "SLACK_STAFF": "U0STAFF1,U0STAFF2",
        "DATA_DIR": str(data_dir),
        "PORT": str(free_port()),
        **more,
    }
    return replace(read_settings(env, data_dir), policy=policy)


@dataclass
class Desk:
    """A running desk, a customer's thumb and a staff member's keyboard."""

    platforms: Platforms
    house: House
    settings: Settings

    async def quiet(self, seconds: float = 10.0) -> None:
        """Wait until nothing is on its way: all heard, all sent, all errands done."""
        calm = 0
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        before = -1
        while calm < 3:
            assert loop.time() < until, "the desk does not come to rest"
            await asyncio.sleep(0.01)
            await self._queue_for_the_database()
            now = len(self.platforms.record) + self.house.relay.sent
            due = self.house.schedule._woken  # what a turn left for another one, as a signer's chat does
            busy = bool(self.house.relay.lanes) or bool(due) or len(self.platforms.telegram.updates)
            calm = calm + 1 if now == before and not busy else 0
            before = now

    async def _queue_for_the_database(self) -> None:
        """Wait behind whatever waits for the writer, so that a slow machine makes a look longer, too."""
        with suppress(NotKept):
            await self.house.keeper.ping()

    async def say(self, text: str, chat: int = CUSTOMER) -> str:
        """Type as the customer; return what the bot's last message shows then."""
        self.platforms.telegram.say(chat, text)
        await self.quiet()
        return self.shown(chat)

    async def press(self, label: str, chat: int = CUSTOMER) -> str:
        """Press the newest button of that label; return what is shown then."""
        for message in reversed(self.screen(chat)):
            for row in message.keyboard:
                for button in row:
                    if button.text == label:
                        self.platforms.telegram.press(chat, message.id, button.data)
                        await self.quiet()
                        return self.shown(chat)
        raise AssertionError(f"no button {label!r} on the screen")

    async def send_bill(self, content: bytes = BILL, chat: int = CUSTOMER, name: str = "bill.pdf") -> str:
        """Attach a bill as the customer."""
        self.platforms.telegram.upload(chat, content, name=name, mime="application/pdf", kind="document")
        await self.quiet()
        return self.shown(chat)

    def screen(self, chat: int = CUSTOMER) -> list[Message]:
        """Return everything that the customer's screen shows."""
        return self.platforms.telegram.chat(chat)

    def shown(self, chat: int = CUSTOMER) -> str:
        """Return the bot's newest message."""
        return next(reversed(self.said(chat)), "")

    def said(self, chat: int = CUSTOMER) -> list[str]:
        """Return all messages of the bot on the customer's screen, but sealed letters, which come in their own time."""
        return [m.text for m in self.screen(chat) if m.from_bot and not m.text.startswith(SEALED_LETTER)]

    async def letter(self, chat: int = CUSTOMER, *, count: int = 1) -> bytes:
        """Wait until so many sealed letters came, and return the newest."""
        await until(lambda: len(self.letters(chat)) >= count, 60)
        document = self.letters(chat)[-1].document
        assert document is not None
        return self.platforms.telegram.content(document.file_id)

    def letters(self, chat: int) -> list[Message]:
        """Return the messages that brought sealed letters."""
        return [m for m in self.screen(chat) if m.from_bot and m.text.startswith(SEALED_LETTER)]

    async def port(self, text: str, user: str = STAFF) -> str:
        """Type `/port …` as staff, and press the button of what asks first; return what they read as the answer."""
        seen = len(self.platforms.slack.ephemerals(user))
        await self.platforms.slack.command(user, text)
        await self.quiet()
        asked = [p for p in self.platforms.slack.ephemerals(user)[seen:] if SURE in repr(p.blocks)]
        if asked:
            await self.platforms.slack.press(user, SURE, message_ts=asked[-1].ts)
            await self.quiet()
        return "\n".join(p.text for p in self.platforms.slack.ephemerals(user)[seen:])

    async def click(self, action: str, message_ts: str, user: str = STAFF) -> Delivered:
        """Click a button of a message in the desk channel."""
        delivered = await self.platforms.slack.press(user, action, message_ts=message_ts)
        await self.quiet()
        return delivered

    def cards(self) -> list[Post]:
        """Return the root messages of the desk channel."""
        return [p for p in self.platforms.slack.posts() if p.thread_ts in (None, p.ts)]

    def thread(self) -> list[str]:
        """Return the texts of everything in threads of the desk channel."""
        return [p.text for p in self.platforms.slack.posts() if p.thread_ts not in (None, p.ts)]


@asynccontextmanager
async def open_desk(
    platforms: Platforms,
    data_dir: Path,
    *,
    policy: Policy | None = None,
    now: Now = utc_now,
    url: str | None = None,
    **more: str,
) -> AsyncIterator[Desk]:
    """Run a desk in this process until the block ends, on SQLite or the database at `url`."""
    rules = policy or Policy(undo=timedelta(0))
    settings = settings_for(platforms, data_dir, rules, **more)
    if url is not None:
        settings = replace(settings, database_url=url, encryption_keys="0" * 64)
    keeper = await open_store(
        settings.database_url, data_dir, settings.encryption_keys or None, rules.lease.total_seconds(), None, now
    )
    if not settings.slack_app_token:
        platforms.slack.deliver_to = f"http://127.0.0.1:{settings.port}/slack/events"
    async with running_house(settings, keeper, now) as house:
        yield Desk(platforms, house, settings)


@asynccontextmanager
async def running_house(settings: Settings, keeper: Keeper, now: Now) -> AsyncIterator[House]:
    """Run a house until the block ends, then close its keeper; yield it once it serves customers and staff."""
    house = House(settings, keeper, now, "")
    running = asyncio.create_task(house.run())
    try:
        async with lent(house.workshop), lent(house.reading):
            await _until(lambda: house.slack.is_ready() and house.served, running)
            yield house
    finally:
        house.stop.set()
        await running
        await keeper.close()


async def _until(is_so: Callable[[], bool], running: asyncio.Task[None], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not is_so():
            if running.done():
                running.result()
            await asyncio.sleep(0.01)


async def fill_in(desk: Desk, number: str = "415-421-8832", chat: int = CUSTOMER) -> str:
    """Answer everything up to the review; return the answers as they are shown for it."""
    await desk.say("/start", chat)
    await desk.say(f"{number}, Verizon Wireless", chat)
    await desk.press("All of that is true", chat)
    await desk.send_bill(chat=chat)
    await desk.press("Mine: I am the account holder", chat)
    await desk.say("Maria Alvarez\n1455 Market Street, San Francisco, CA 94103", chat)
    await desk.say("415 200 0100", chat)
    await desk.say("998877665-00001", chat)
    return next(m.text for m in reversed(desk.screen(chat)) if "Please look it over" in m.text)


async def sign(desk: Desk, chat: int = CUSTOMER, *, pin: str = "482913") -> str:
    """Agree, sign and give the PIN; return what is shown then, once the sealed letter has come, too."""
    await desk.press("All correct, I agree", chat)
    before = len(desk.letters(chat))
    await desk.say("Maria Alvarez", chat)
    shown = await desk.say(pin, chat)
    await desk.letter(chat, count=before + 1)
    await desk.quiet()
    return shown


async def take_to_moved(desk: Desk, ref: str, steps: tuple[tuple[str, str], ...] = STEPS) -> list[str]:
    """Have staff take a signed request on its way; each step is told of by one notice. Return the notices."""
    notices: list[str] = []
    for step, told in steps:
        before = len(desk.said())
        assert ref in await desk.port(step.format(ref=ref)), step
        (notice,) = (said for said in desk.said()[before:] if not said.startswith(CALENDAR))
        assert told in notice, step
        notices.append(notice)
    return notices


def reference(desk: Desk, chat: int = CUSTOMER) -> str:
    """Return the reference that the customer was told."""
    for message in reversed(desk.screen(chat)):
        at = message.text.find("P-")
        if message.from_bot and at >= 0:
            return message.text[at : at + 7]
    raise AssertionError("no reference on the screen")
