"""A desk with its staff: the real program in a process of its own, beside the sandbox's Slack and Telegram."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpx
from starlette.applications import Starlette

from bench.measure import StageError, free_port
from bench.ours import APP, ours
from bench.scripts import told
from domain.desk.state import Changes, Moment, OfChat, Paper, State
from domain.desk.turn import Turn
from domain.orders.model import Hidden, Number, Order
from domain.papers.authorization import TEXT_VERSION, facts_digest
from sandbox.faults import Faults
from sandbox.record import Record
from sandbox.serve import serve
from sandbox.slack import Post, Slack
from sandbox.telegram import Telegram
from storage import open_store

MAYA, BEN = "U0STAFF1", "U0STAFF2"
_START = 120.0  # seconds that a start may take: on a slow database it asks for a lot, one after the other
_NAMES = ("Jones", "Alvarez", "Nguyen", "O'Hara", "Müller", "Okafor", "Rossi", "Tanaka")
_FACTS: dict[str, tuple[str, ...]] = {
    "carrier": ("verizon", "Verizon Wireless"),
    "working": ("yes",),
    "authority": ("holder",),
    "address": ("742 Market St", "", "San Francisco", "CA", "94103"),
    "destination": ("+16284218899",),
    "account": ("••••90",),
    "bill": ("bill.pdf",),
    "review": ("correct",),
    "agreements": ("2026-11-22", "$0.00", "$0.00"),
    "pin": ("••••",),
}
_SECRETS = {"account": Hidden("774411990"), "pin": Hidden("842917")}


async def fill(folder: Path, many: int) -> tuple[str, ...]:
    """Keep so many signed requests, which staff have yet to review, in a fresh database; returns their references."""
    store = await open_store(f"sqlite:///{folder}/port.db", folder, None)
    try:
        arriving = (store.turn(OfChat(1 + n), f"bench:{n}", partial(_arrive, serial=n)) for n in range(many))
        outcomes = await asyncio.gather(*arriving)
    finally:
        await store.close()
    changed = (outcome.changes.request for outcome in outcomes if outcome.changes is not None)
    return tuple(request.ref for request in changed if request is not None)


def _arrive(state: State, moment: Moment, *, serial: int) -> Changes:
    """Begin a request that has all its answers, its bill and its signature."""
    turn = Turn(state, moment, "customer")
    request = turn.open_case().request
    e164 = f"+1{told('{number}', serial).replace('-', '')}"
    name = ("person", "Maria", _NAMES[serial % len(_NAMES)])
    for question, value in {"numbers": (e164,), "name": name, **_FACTS}.items():
        turn.answer(question, value, _SECRETS.get(question))
    order = Order(moment.new_id(), request.id, "wireless", "verizon", "staff_review")
    turn.set_order(order)
    turn.set_number(Number(moment.new_id(), order.id, request.id, e164, "wireless", "staff_review", 1, moment.now))
    bill, now = moment.new_id(), moment.now
    head = (bill, request.id, "bill", "kept", "f", "bill.pdf", "application/pdf", 9, 1, now)
    turn.put_paper(Paper(*head, object_key=f"k{bill}"))
    turn.answer("signature", (f"Maria {name[2]}", TEXT_VERSION, facts_digest(turn.the_case())))
    turn.refresh_card()
    return turn.changes()


@dataclass
class Office:
    """The desk's program, its staff's Slack, and what they recorded."""

    folder: Path
    refs: tuple[str, ...]
    record: Record = field(default_factory=Record)
    faults: Faults = field(default_factory=Faults)
    _child: "subprocess.Popen[bytes] | None" = None
    _port: int = 0
    _url: str = ""

    def __post_init__(self) -> None:
        self.slack = Slack(self.record, self.faults)
        self.telegram = Telegram(self.record, self.faults)

    @asynccontextmanager
    async def served(self) -> AsyncIterator["Office"]:
        """Serve both platforms until the block ends, and end the program then."""
        routes = [*self.telegram.routes, *self.slack.routes]
        async with serve(Starlette(routes=routes)) as self._url:
            self.slack.base_url = self._url
            try:
                yield self
            finally:
                await self.stop()
                await self.telegram.close()
                await self.slack.stop()

    async def start(self, late: float = 0.0) -> None:
        """Start the program, each batch of statements `late` seconds later. Raises: StageError, when it serves not."""
        self._port = free_port()
        self._child = self._spawn(late)
        self.slack.deliver_to = f"http://127.0.0.1:{self._port}/slack/events"
        await self._await_health()

    def _spawn(self, late: float) -> "subprocess.Popen[bytes]":
        argv = ["-m", "bench.lateness", str(late), "run"] if late else [str(APP), "run"]
        with (self.folder / "log.txt").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *argv],
                env={**os.environ, "PYTHONPATH": str(APP.parent), **self._settings()},
                cwd=self.folder,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )

    async def stop(self) -> None:
        """End the program with SIGTERM, and with SIGKILL after 15 s."""
        child, self._child = self._child, None
        if child is None:
            return
        child.terminate()
        try:
            await asyncio.to_thread(child.wait, 15)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            await asyncio.to_thread(child.wait)

    def roots(self) -> dict[str, Post]:
        """Give each request's card by its reference, as it stands now."""
        roots = [post for post in self.slack.posts() if post.thread_ts in (None, post.ts)]
        return {ref: post for post in roots if (ref := named(post)) in self.refs}

    def _settings(self) -> dict[str, str]:
        given = {"api": self._url, "data": str(self.folder), "port": str(self._port), "database": ""}
        return {name: value.format(**given) for name, value in ours().env} | {
            "TELEGRAM_BOT_TOKEN": self.telegram.token,
            "SLACK_API_URL": f"{self._url}/api/",
            "SLACK_BOT_TOKEN": "xoxb-sandbox",
            "SLACK_SIGNING_SECRET": "sandbox-secret",
            "SLACK_STAFF": f"{MAYA},{BEN}",
            "UNDO_SECONDS": "3600",  # nobody is behind the chats, so they are told nothing while it is measured
        }

    async def _await_health(self) -> None:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{self._port}", timeout=10) as client:

            async def is_well() -> bool:
                if self._child is None or self._child.poll() is not None:
                    raise StageError(f"the desk ended: {self.last_words()}")
                with suppress(httpx.HTTPError):
                    return (await client.get("/healthz")).status_code == httpx.codes.OK
                return False

            if not await until(is_well, _START):
                raise StageError(f"the desk does not serve: {self.last_words()}")

    def last_words(self) -> str:
        """Give the end of the program's log."""
        return (self.folder / "log.txt").read_text(errors="replace")[-2000:]


def named(card: Post) -> str:
    """Give the reference that a card begins with."""
    return card.text.split(" ", 1)[0].rstrip(":")


async def until(is_so: Callable[[], object], seconds: float, every: float = 0.02) -> bool:
    """Ask again and again, until it is so or the time is over; tell which."""
    loop = asyncio.get_running_loop()
    ends = loop.time() + seconds
    while True:
        found = is_so()
        if await found if asyncio.iscoroutine(found) else found:
            return True
        if loop.time() > ends:
            return False
        await asyncio.sleep(every)


@asynccontextmanager
async def open_office(many: int) -> AsyncIterator[Office]:
    """Open an office with so many requests, whose program is not started yet."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        async with Office(folder, await fill(folder, many)).served() as office:
            yield office
