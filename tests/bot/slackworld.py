"""A desk whose staff are in the sandbox's Slack: real store, real Bolt over HTTP, real relay-side sender."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette

from bot.sending import Result
from bot.slack.app import build_app
from bot.slack.desk import SlackDesk, SlackSettings, make_desk
from bot.slack.sender import SlackSender
from bot.slack.signing import slack_route
from domain.desk import papers
from domain.desk.customer import hear
from domain.desk.heard import Document, Heard, HeardKind
from domain.desk.keeping import Sheet, Waiting
from domain.desk.state import Changes, Decide, Key, Moment, OfChat, OfRequest, Outcome, Owed, State, Turns
from domain.policy import Policy
from sandbox.faults import Faults
from sandbox.record import Record
from sandbox.serve import serve
from sandbox.slack import Slack
from storage import Store, open_store

MAYA, BEN, GWEN, OTTO, DESK = "U0STAFF1", "U0STAFF2", "U0GUEST", "U0OTHER", "C0DESK"
SECRET = "sandbox-secret"
CANARY_PIN, CANARY_ACCOUNT = "842917", "774411990"
ANSWERS = (
    "628-421-8832",
    "verizon",
    "Maria Jones",
    "742 Market St, San Francisco, CA 94103",
    "628-421-8899",
    CANARY_ACCOUNT,
)


@dataclass
class Clock:
    """A clock that a test turns; a Monday morning at the desk."""

    at: datetime = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **more: float) -> None:
        self.at += timedelta(**more)


@dataclass
class World:
    """Everything a test of staff's side looks at."""

    slack: Slack
    record: Record
    faults: Faults
    store: Store
    desk: SlackDesk
    app: AsyncApp
    sender: SlackSender
    clock: Clock
    policy: Policy
    url: str = ""
    events: "itertools.count[int]" = field(default_factory=itertools.count)
    owed: list[Owed] = field(default_factory=list)
    is_broken: bool = False

    async def break_database(self) -> None:
        """Let every later look into the database fail."""
        self.is_broken = True
        await self.store.close()

    async def customer(self, kind: HeardKind, text: str = "", *, chat: int = 1, code: str = "") -> Outcome:
        """Let a customer do something; a button is the one of the question put last."""
        number = next(self.events)
        document = Document("file", "bill.pdf", "application/pdf", 1000) if kind == "document" else None

        def decide(state: State, moment: Moment) -> Changes:
            form = state.case.request.id if state.case else 0
            heard = Heard(chat, moment.event_id, kind, text, 10 + number, form, state.chat.asking, code, document)
            return hear(state, moment, heard)

        return await self.store.turn(OfChat(chat), f"tg:{number}", decide)

    async def request(self, *, chat: int = 1, pin: str = CANARY_PIN, answers: tuple[str, ...] = ANSWERS) -> str:
        """Bring a request into the desk's review, and return its reference."""
        await self.customer("command", chat=chat, code="start")
        for text in answers:
            await self.customer("text", text, chat=chat)
        sent = await self.customer("document", chat=chat)
        await self.customer("press", chat=chat, code="correct")
        await self.customer("text", " ".join(answers[2].split()), chat=chat)
        await self.customer("text", pin, chat=chat)
        assert sent.changes is not None
        [errand] = sent.changes.errands
        kept: Decide = lambda state, moment: papers.bill_kept(state, moment, errand, "key", "application/pdf", 1000)  # noqa: E731
        await self.store.turn(OfRequest(errand.request_id), f"errand:{errand.id}", kept)
        sheet = await self.store.board.sheet(request_id=errand.request_id)
        assert sheet is not None
        assert sheet.case.phase == "staff_review"
        return sheet.case.request.ref

    async def sheet(self, ref: str) -> Sheet:
        """Return what stands in the store."""
        found = await self.store.board.sheet(ref=ref)
        assert found is not None
        return found

    async def phase(self, ref: str) -> str:
        """Return a request's phase."""
        return (await self.sheet(ref)).case.phase

    async def show_card(self, ref: str) -> str:
        """Have a request's card in the desk channel, and return its ts."""
        owed = Owed(self.store.new_id(), "card", "card", str((await self.sheet(ref)).case.request.id), "card", "x")
        await self.send(owed)
        card = await self.store.card(int(owed.address))
        assert card is not None
        return card.message_id

    async def send(self, owed: Owed, attempts: int = 0, ambiguous: int = 0) -> Result:
        """Let the sender try one message, and note what the relay would."""
        return await self.sender.send(Waiting(owed, attempts, ambiguous))

    def said(self, user: str) -> str:
        """Return what a person was last told alone."""
        return self.slack.ephemerals(user)[-1].text


@dataclass
class SlowTurns:
    """A database that takes its time: each turn waits some seconds first."""

    turns: Turns
    seconds: float

    async def turn(self, key: Key, event_id: str, decide: Decide) -> Outcome:
        await asyncio.sleep(self.seconds)
        return await self.turns.turn(key, event_id, decide)


@asynccontextmanager
async def open_world(
    folder: Path, *, staff: str = f"{MAYA},{BEN}", by_http: bool = True, slow: float = 0.0
) -> AsyncIterator[World]:
    """Open a whole desk; Slack delivers by signed HTTP unless told otherwise."""
    clock, record, faults, policy = Clock(), Record(), Faults(), Policy()
    slack = Slack(record, faults)
    store = await open_store(f"sqlite:///{folder}/desk.sqlite", folder, None, now=clock)
    async with serve(Starlette(routes=slack.routes)) as url:
        slack.base_url = url
        settings = SlackSettings(
            "xoxb-sandbox", DESK, staff, app_token="xapp-1-sandbox", signing_secret=SECRET, api_url=f"{url}/api"
        )
        desk = make_desk(settings, store, store.board, store, policy, store.new_id, clock)
        if slow:
            desk = replace(desk, turns=SlowTurns(store, slow), patience=0.05)
        await desk.identity.learn()
        app = build_app(desk)
        sender = SlackSender(desk.client, DESK, store.board, store, policy)
        world = World(slack, record, faults, store, desk, app, sender, clock, policy)
        store.listen(world.owed.extend)
        async with serve(Starlette(routes=[slack_route(app, SECRET)])) as here:
            world.url = f"{here}/slack/events"
            slack.deliver_to = world.url if by_http else None
            try:
                yield world
            finally:
                await desk.finish(1)
                await slack.stop()
                if not world.is_broken:
                    await store.close()
