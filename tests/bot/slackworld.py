"""A desk whose staff are in the sandbox's Slack: real store, real Bolt behind a door, real relay-side sender."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette

from bot.sending import Result
from bot.slack.app import build_app
from bot.slack.cards import MENU, action_of
from bot.slack.desk import SlackDesk, SlackSettings, make_desk
from bot.slack.sender import SlackSender
from domain.desk.customer import hear
from domain.desk.heard import Heard, HeardKind
from domain.desk.keeping import Sheet, Waiting
from domain.desk.state import Changes, Decide, Key, Moment, OfChat, Outcome, Owed, Paper, State, Turns
from domain.desk.turn import DEFAULT, Turn
from domain.orders.model import Hidden, Number, Order
from domain.papers.authorization import CONSENT_VERSION, TEXT_VERSION, facts_digest
from domain.policy import Policy
from sandbox.faults import Faults
from sandbox.record import Record
from sandbox.serve import serve
from sandbox.slack import Slack
from sandbox.slack.delivery import Delivered, Parcel
from sandbox.slack.errors import NotPossibleError
from sandbox.slack.words import Json
from storage import Store
from tests.bot import slackdoors
from tests.bot.slackdoors import APP_TOKEN, SECRET, Door, open_door
from tests.ground import open_store

MAYA, BEN, GWEN, OTTO, DESK = "U0STAFF1", "U0STAFF2", "U0GUEST", "U0OTHER", "C0DESK"
CANARY_PIN, CANARY_ACCOUNT = "842917", "774411990"
MOVING = "+16284218832"
FACTS: dict[str, tuple[str, ...]] = {
    "carrier": ("verizon", "Verizon Wireless"),
    "working": ("yes",),
    "authority": ("holder",),
    "name": ("person", "Maria", "Jones"),
    "address": ("742 Market St", "", "San Francisco", "CA", "94103"),
    "destination": ("+16284218899",),
    "account": ("••••90",),
    "bill": ("bill.pdf",),
    "review": ("correct",),
    "agreements": ("2026-11-22", "$0.00", "$0.00"),
}
SOMEBODY_ELSES = {"authority": ("someone_else",), "signer": ("Maria Jones", "maria@example.com")}


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
    folder: Path = Path()
    url: str = ""
    events: "itertools.count[int]" = field(default_factory=itertools.count)
    owed: list[Owed] = field(default_factory=list)
    is_broken: bool = False

    async def break_database(self) -> None:
        """Let every later look into the database fail."""
        self.is_broken = True
        await self.store.close()

    async def customer(self, kind: HeardKind, text: str = "", *, chat: int = 1) -> Outcome:
        """Let a customer do something."""
        number = next(self.events)

        def decide(state: State, moment: Moment) -> Changes:
            return hear(state, moment, Heard(chat, moment.event_id, kind, text, 10 + number), self.policy)

        return await self.store.turn(OfChat(chat), f"tg:{number}", decide)

    async def request(
        self,
        *,
        chat: int = 1,
        pin: str = CANARY_PIN,
        numbers: tuple[str, ...] = (MOVING,),
        phase: str = "staff_review",
        facts: dict[str, tuple[str, ...]] | None = None,
    ) -> str:
        """Put a request where the desk finds it, signed unless somebody else has to, and return its reference."""
        given = {"numbers": numbers, **FACTS, **({"one_bill": ("yes",)} if len(numbers) > 1 else {}), **(facts or {})}
        decide = partial(_arrive, given=given, pin=pin, phase=phase)
        outcome = await self.store.turn(OfChat(chat), f"tg:{next(self.events)}", decide)
        assert outcome.changes is not None
        assert outcome.changes.request is not None
        assert outcome.changes.request.status == phase
        return outcome.changes.request.ref

    async def sheet(self, ref: str) -> Sheet:
        """Return what stands in the store."""
        found = await self.store.board.sheet(ref=ref)
        assert found is not None
        return found

    async def phase(self, ref: str) -> str:
        """Return a request's phase, once all is done that a busy machine acknowledged before it was."""
        await self.desk.finish(5)
        return (await self.sheet(ref)).case.phase

    async def show_card(self, ref: str) -> str:
        """Have a request's card in the desk channel, and return its ts."""
        owed = Owed(self.store.new_id(), "card", "card", str((await self.sheet(ref)).case.request.id), "card", "x")
        await self.send(owed)
        card = await self.store.card(int(owed.address))
        assert card is not None
        return card.message_id

    async def do(self, user: str, verb: str, message_ts: str, *, channel: str = DESK) -> Delivered:
        """Press a verb's button on a card, or choose the verb in its menu where it has none."""
        try:
            return await self.slack.press(user, action_of(verb), message_ts=message_ts, channel=channel)
        except NotPossibleError:
            seen = [*self.slack.posts(channel), *self.slack.ephemerals(user)]
            [blocks] = [post.blocks for post in seen if post.ts == message_ts]
            chosen = [option for option in menu_of(blocks) if option.split()[0] == verb]
            if not chosen:
                raise
            return await self.slack.press(user, MENU, message_ts=message_ts, channel=channel, value=chosen[0])

    async def tell(self, method: str, payload: Json) -> Delivered:
        """Deliver, as Slack would, what nobody brings about by hand; `method`: command, action, view, event."""
        return await self.slack._delivery.deliver(Parcel(method, payload))

    async def send(self, owed: Owed, attempts: int = 0, ambiguous: int = 0) -> Result:
        """Let the sender try one message, and note what the relay would."""
        return await self.sender.send(Waiting(owed, attempts, ambiguous))

    def said(self, user: str) -> str:
        """Return what a person was last told alone."""
        return self.slack.ephemerals(user)[-1].text


def menu_of(blocks: Sequence[Json]) -> list[str]:
    """Return what can be chosen in a card's menu: the verb, then what its button would carry."""
    elements = [each for block in blocks for each in block.get("elements", ()) if each.get("action_id") == MENU]
    return [option["value"] for each in elements for option in each["options"]]


def _arrive(state: State, moment: Moment, *, given: dict[str, tuple[str, ...]], pin: str, phase: str) -> Changes:
    """Begin a request that has all its answers and its bill."""
    turn = Turn(state, moment, "customer")
    request = turn.open_case().request
    for question, value in given.items():
        turn.answer(question, value, Hidden(CANARY_ACCOUNT) if question == "account" else None)
    turn.answer("pin", (pin,) if pin == "later" else ("••••",), None if pin == "later" else Hidden(pin))
    order = Order(moment.new_id(), request.id, "wireless", given["carrier"][0], phase)
    turn.set_order(order)
    for e164 in given["numbers"]:
        turn.set_number(Number(moment.new_id(), order.id, request.id, e164, "wireless", phase, 1, moment.now))
    bill, now = moment.new_id(), moment.now
    head = (bill, request.id, "bill", "kept", "f", "b.pdf", "application/pdf", 9, 1, now)
    turn.put_paper(Paper(*head, object_key=f"k{bill}"))
    if "signer" not in given:
        turn.answer("consent", (CONSENT_VERSION,))
        turn.answer("signature", ("Maria Jones", TEXT_VERSION, facts_digest(turn.the_case())))
    turn.refresh_card()
    return turn.changes()


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
    folder: Path,
    *,
    staff: str = f"{MAYA},{BEN}",
    door: Door | None = None,
    slow: float = 0.0,
    policy: Policy = DEFAULT,
    link_to: Callable[[int, str], str] | None = None,
    chat_link: Callable[[int, int], Awaitable[str]] | None = None,
) -> AsyncIterator[World]:
    """Open a whole desk; Slack delivers to the given door, or to the one that stands open for the test."""
    clock, record, faults = Clock(), Record(), Faults()
    slack = Slack(record, faults)
    store = await open_store(f"sqlite:///{folder}/desk.sqlite", folder, None, now=clock)
    async with serve(Starlette(routes=slack.routes)) as url:
        slack.base_url = url
        settings = SlackSettings(
            "xoxb-sandbox", DESK, staff, APP_TOKEN, SECRET, f"{url}/api", public_url="https://desk.example.com"
        )
        desk = make_desk(settings, store, store.board, store, policy, store.new_id, clock, link_to)
        desk = replace(desk, chat_link=chat_link)
        if slow:
            desk = replace(desk, turns=SlowTurns(store, slow), patience=0.05)
        await desk.identity.learn()
        app = build_app(desk)
        sender = SlackSender(desk.client, DESK, store.board, store, policy, link_to=link_to)
        world = World(slack, record, faults, store, desk, app, sender, clock, policy, folder)
        store.listen(world.owed.extend)
        async with open_door(door or slackdoors.standing, slack, app) as world.url:
            try:
                yield world
            finally:
                await desk.finish(1)
                await slack.stop()
                if not world.is_broken:
                    await store.close()
