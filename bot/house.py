"""The whole desk as one asyncio process: web server, ears, relay, clockwork. A part that dies ends it."""

import asyncio
import contextlib
import gc
import logging
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime
from functools import partial
from typing import Any

import uvicorn
from prometheus_client import CollectorRegistry, Counter, Gauge
from starlette.applications import Starlette

from bot.clock import Now
from bot.errands import Errands
from bot.gathering import wait_of
from bot.handlers.web.health import health_routes
from bot.handlers.web.opening import Opening
from bot.handlers.web.reference import reference_route
from bot.handlers.web.signing import SigningPage
from bot.handlers.web.telegram import telegram_route
from bot.handlers.web.verifying import Verifying
from bot.hearing import Hearing
from bot.letters.brand import brand_of
from bot.letters.copies import CopyErrands
from bot.letters.errands import LetterErrands
from bot.letters.judging import Judging
from bot.letters.shelf import Shelf
from bot.letters.unsigned import Unsigned
from bot.letters.works import Reads, Works
from bot.letters.workshop import Workshop
from bot.lists.errands import ListErrands
from bot.mail.sender import MailSender
from bot.relay import Relay
from bot.schedule import Schedule
from bot.sealing import Sealing
from bot.sending import Sender
from bot.settings import Settings
from bot.slack.digests import Digests
from bot.slack.exporting import ExportSender
from bot.slack.files import ATTACHED, REPLIES, FileErrands, SlackFiles
from bot.slack.side import SlackSide
from bot.telegram.bot import introduce, make_bot
from bot.telegram.ingest import Ingest, Poller
from bot.telegram.pages import PagesSender
from bot.telegram.request import AiohttpRequest
from bot.telegram.sender import TelegramSender
from bot.wording import introduce as introduce_company
from domain.calendar import next_porting_day
from domain.desk.copies import LIST_DIFFERS
from domain.desk.customer import could_not_deliver
from domain.desk.keeping import Keeper
from domain.desk.replying import REQUEST, delivered
from domain.desk.signers import mailed
from domain.desk.state import OfChat, OfRequest, Owed
from domain.errors import NotKept
from domain.readers.zips import prepare as prepare_zips
from domain.text import ident

log = logging.getLogger(__name__)

DEAF_AFTER = 120.0  # seconds; a poll lasts at most 35, and its batch seconds
SWITCH = 0.0005  # seconds that a thread at work may keep the loop waiting; Python's own 5 ms are felt by everybody
DRAIN = 5.0  # seconds that sends under way get when the house closes


class HouseError(Exception):
    """A part of the house ended; the message is one sentence for the operator."""


class House:
    """Everything that runs, wired; `run` serves until `stop` is set or a part dies."""

    def __init__(self, settings: Settings, keeper: Keeper, now: Now, greeting: str) -> None:
        self._greeting = greeting
        self.settings = settings
        self.keeper = keeper
        self.stop = asyncio.Event()
        self.hearing = Hearing(keeper, now)
        introduce_company(settings.policy)
        timeout = settings.policy.lease.total_seconds() / 2
        self._requests = (AiohttpRequest(timeout=timeout), AiohttpRequest(connections=4, timeout=timeout))
        sending, polling = self._requests
        self.bot = make_bot(settings, sending, polling)
        telegram = TelegramSender(self.bot, sending, keeper, now, settings.public_url)
        self.workshop = Workshop(brand_of(settings.policy))
        self.reading = Workshop(brand_of(settings.policy))  # files of others: no signer's pages wait for them
        works = Works(self.workshop, settings, keeper)
        reads = Reads(self.reading, settings)
        judging = Judging(keeper.board, keeper.files, reads)
        self.opening = Opening(
            keeper, now, settings.public_url or f"http://{settings.host}:{settings.port}", reads.look_over
        )
        self.verifying = Verifying(judging, now, settings.policy.desk_zone)
        self.slack = SlackSide(
            settings, self.hearing, keeper, now, self.opening.link, telegram.link_into, judging.judge_paper
        )
        unsigned = Unsigned(keeper, self.workshop, settings.policy.company)
        self.signing = SigningPage(keeper, self.hearing, settings.policy, now, unsigned)
        pages = PagesSender(self.bot, sending, unsigned, self.workshop)
        senders: list[Sender] = [telegram, pages, self.slack.sender, ExportSender(self.slack.desk)]
        if settings.mail is not None:
            senders.append(MailSender(settings.mail, keeper.board, settings.policy, now, telegram.links, keeper.files))
        together = wait_of(settings.policy.undo)
        self.relay = Relay(keeper, senders, now, settings.policy.lease, self._never, self._sent, together)
        self.ingest = Ingest(self.bot, sending, self.hearing, keeper, settings.policy)
        self.poller = Poller(self.ingest, self.bot, polling, keeper.leases)
        self.errands = Errands(keeper, keeper.files, self.hearing, self.bot, sending, now)
        lists = ListErrands(keeper, self.hearing, self.errands.fetch, telegram.progress, now)
        self.errands.teach(lists.ways, hands=1)
        fetch = SlackFiles(self.slack.desk.client, settings.policy).fetched
        of_replies, attached = (
            FileErrands(keeper, self.hearing, fetch, settings.policy, filing) for filing in (REPLIES, ATTACHED)
        )
        self.errands.teach(of_replies.ways, hands=2)
        self.errands.teach(attached.ways, hands=2)
        shelf = Shelf(keeper, self.hearing, settings.policy)
        self.errands.teach(LetterErrands(shelf, works).ways, hands=2)
        copies = CopyErrands(shelf, works, reads, self.errands.fetch)
        self.errands.teach(copies.ways, hands=2)  # one is fetched while the child reads another
        sweep = partial(self._sweep, now)
        self.sealing = Sealing(keeper.seals, keeper.leases)
        self.schedule = Schedule(
            keeper, keeper.board, self.hearing, settings.policy, now, sweep, self._look, self.sealing,
            Digests(self.slack.desk).decision,
        )  # fmt: skip
        self.hearing.on_errand = self.errands.wake
        self.hearing.on_due = self.schedule.wake
        self.served = False
        self.introduced = False
        self._registry = self._metrics()

    async def _sweep(self, now: Now) -> None:
        await self.keeper.sweep(now())

    async def _look(self) -> None:
        """Read anew what other processes may have changed of what all of them know."""
        await self.keeper.read_carriers()
        await self.keeper.board.read_grants()

    async def _never(self, owed: Owed, reason: str) -> None:
        """Hear that a message cannot be delivered, so that staff and customer learn of it."""
        log.warning("undelivered id=%s kind=%s reason=%s", ident(owed.id), owed.kind, reason)
        decide = partial(could_not_deliver, owed=owed, reason=reason)
        if owed.kind == "pages" and reason == LIST_DIFFERS:  # whoever was to sign: staff have to hear of it
            await self.hearing.turn(OfRequest(int(owed.params["request"])), f"never:{owed.id}", decide)
        elif owed.kind == "pages":  # perhaps of somebody else who signs: the chat that it was for hears of it
            await self.hearing.turn(OfChat(int(owed.address)), f"never:{owed.id}", decide)
        elif REQUEST in owed.params:  # staff's words: their request hears of it, whatever the chat is about now
            await self.hearing.turn(OfRequest(int(owed.params[REQUEST])), f"never:{owed.id}", decide)
        elif owed.kind in ("say", "status", "delete"):
            await self.hearing.turn(OfChat(int(owed.address)), f"never:{owed.id}", decide)
        elif owed.kind == "mail":
            await self.hearing.turn(OfRequest(int(owed.address)), f"never:{owed.id}", decide)

    async def _sent(self, owed: Owed) -> None:
        """Hear that the customer has what staff wrote, so that staff see it, or that a signer's link went by e-mail."""
        if owed.kind == "mail":
            went = partial(mailed, owed=owed, policy=self.settings.policy)
            await self.hearing.turn(OfRequest(int(owed.address)), f"sent:{owed.id}", went)
            return
        decide = partial(delivered, owed=owed, policy=self.settings.policy)
        await self.hearing.turn(OfRequest(int(owed.params[REQUEST])), f"sent:{owed.id}", decide)

    def web(self) -> Starlette:
        """Return what the web server serves."""
        routes = [*health_routes(self._checks, self._registry), *self.slack.routes(), *self.opening.routes()]
        routes += [reference_route(), *self.verifying.routes()]
        if self.settings.policy.pages:
            routes += self.signing.routes()
        if self.settings.telegram_webhook_url:
            routes.append(telegram_route(self.settings.telegram_webhook_secret, self.ingest.hear))
        return Starlette(routes=routes)

    async def _checks(self) -> dict[str, bool]:
        """Return what must hold for customers and staff to be served; a platform's outage is none of it."""
        try:
            async with asyncio.timeout(2):
                await self.keeper.ping()
            database = True
        except (NotKept, TimeoutError) as e:
            log.error("health database error=%s", type(e).__name__)
            database = False
        customers = self.served and self._hears_customers()
        return {"database": database, "customers": customers, "staff": self.slack.is_ready()}

    def _hears_customers(self) -> bool:
        if self.settings.telegram_webhook_url:
            return self.introduced
        return asyncio.get_running_loop().time() - self.poller.alive_at < DEAF_AFTER

    def _metrics(self) -> CollectorRegistry:
        registry = CollectorRegistry()
        Gauge("port_messages_sent", "Owed messages delivered", registry=registry).set_function(lambda: self.relay.sent)
        Gauge("port_messages_failed", "Owed messages dead or held", registry=registry).set_function(
            lambda: self.relay.failed
        )
        Gauge("port_updates_heard", "Telegram updates heard", registry=registry).set_function(lambda: self.ingest.heard)
        Gauge("port_poll_conflicts", "Times another poller was met", registry=registry).set_function(
            lambda: self.poller.conflicts
        )
        Gauge("port_history_unsealed", "Rows of history that wait for their seal", registry=registry).set_function(
            lambda: self.sealing.waiting
        )
        Counter("port_starts", "Starts of this process", registry=registry).inc()
        return registry

    async def run(self) -> None:
        """Serve until told to stop; raises HouseError when a part ends by itself."""
        for request in self._requests:
            await request.initialize()
        server = _server(self.web(), self.settings)
        async with contextlib.AsyncExitStack() as stack:
            stack.push_async_callback(self._close)
            await asyncio.to_thread(_prepare)  # before anybody is heard: for a part of a second nothing else runs
            parts = self._parts(server)
            try:
                await self._watch(parts)
            finally:
                server.should_exit = True
                await _end(parts)

    def _parts(self, server: uvicorn.Server) -> dict[str, asyncio.Task[Any]]:
        coroutines: dict[str, Coroutine[Any, Any, Any]] = {
            "web": server.serve(),
            "relay": self.relay.run(),
            "errands": self.errands.run(),
            "slack": self.slack.run(),
            "ready": self._ready(server),
            "introduction": self._introduce(),
        }
        if not self.settings.telegram_webhook_url:
            coroutines["poller"] = self.poller.run()
        return {name: asyncio.create_task(work, name=name) for name, work in coroutines.items()}

    async def _ready(self, server: uvicorn.Server) -> None:
        """Start the clockwork, and say that all is served once the web server listens."""
        await self.schedule.start()
        while not server.started:  # noqa: ASYNC110 # uvicorn tells it by a flag only
            await asyncio.sleep(0.01)
        gc.collect()
        gc.freeze()  # what is here now stays: the collector need not look at it again
        gc.set_threshold(20_000, 20, 50)
        sys.setswitchinterval(SWITCH)
        self.served = True
        while not self.slack.is_ready():  # noqa: ASYNC110 # Slack's side has no event for it
            await asyncio.sleep(0.01)
        sys.stdout.write(f"{self._greeting}\n")
        sys.stdout.flush()  # whoever started us waits for this line
        await self.stop.wait()

    async def _introduce(self) -> None:
        """Tell Telegram about ourselves, beside everything else: an outage there must not keep staff waiting."""
        await introduce(self.bot, self.settings)
        self.introduced = True
        await self.stop.wait()

    async def _watch(self, parts: dict[str, asyncio.Task[Any]]) -> None:
        stopping = asyncio.create_task(self.stop.wait(), name="stop")
        done, _ = await asyncio.wait({stopping, *parts.values()}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        for task in done:
            if task is not stopping and not self.stop.is_set():
                error = task.exception()
                log.error("part_ended name=%s error=%s", task.get_name(), type(error).__name__)
                raise HouseError(
                    f"The desk stopped, because its part “{task.get_name()}” failed; the log says more."
                ) from None

    async def _close(self) -> None:
        """Stop the clock, drain the relay, settle, let go of leases and connections."""
        self.served = False
        self.schedule.stop()
        await self.relay.drain(DRAIN)
        await self.workshop.close()
        await self.reading.close()
        await self.keeper.leases.give_up("poll")
        await self.sealing.close()
        await self.slack.close()
        for request in self._requests:
            await request.shutdown()


def _server(app: Starlette, settings: Settings) -> uvicorn.Server:
    config = uvicorn.Config(
        app, host=settings.host, port=settings.port, log_config=None, access_log=False, lifespan="off",
        server_header=False, timeout_graceful_shutdown=3, forwarded_allow_ips=settings.trusted_proxies or None,
    )  # fmt: skip
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign, assignment] # app.py has the signals
    return server


def _prepare() -> None:
    """Take the first look at what takes a while: the calendar, and the ZIPs."""
    next_porting_day(datetime.now(UTC).date())
    prepare_zips()


async def _end(parts: dict[str, asyncio.Task[Any]]) -> None:
    """End every part: the web server by itself, the others by cancelling them."""
    for name, task in parts.items():
        if name != "web":
            task.cancel()
    await asyncio.wait(parts.values(), timeout=DRAIN)
    for task in parts.values():
        task.cancel()
