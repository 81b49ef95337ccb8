"""Socket Mode when it goes wrong: connections that end, go silent or are refreshed, and envelopes that come again."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.slack.cards import action_of
from bot.slack.rules import DO
from domain.desk.state import Decide, Key, Outcome
from sandbox.faults import Fault
from sandbox.slack.delivery import Delivered
from tests.bot.conftest import HTTP_ALONE
from tests.bot.slackdoors import APP_TOKEN, Door, hearing
from tests.bot.slackworld import BEN, MAYA, World, open_world
from tests.bot.test_roles import rows
from tests.bot.test_slack_desk import type_
from tests.house import Platforms, fill_in, open_desk, reference, sign, take_to_moved
from tests.waiting import until


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, door=Door.UNATTENDED) as opened:
        yield opened


@asynccontextmanager
async def connected(world: World) -> AsyncIterator[None]:
    """Hear Slack through one connection, which is watched closely."""
    async with hearing(world.app, ping_every=0.4, quiet_after=2.0) as socket:
        await until(socket.is_alive)
        yield


@dataclass
class Gate:
    """Holds every turn of a desk until it is opened."""

    waiting: int = 0
    is_open: asyncio.Event = field(default_factory=asyncio.Event)

    async def comes(self, count: int = 1) -> None:
        """Wait until so many turns have been asked for."""
        await until(lambda: self.waiting >= count)


@pytest.fixture
def gate(world: World, monkeypatch: pytest.MonkeyPatch) -> Gate:
    return gate_before(world, monkeypatch)


def gate_before(world: World, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Put an open gate before a desk's turns."""
    gate, turn = Gate(), world.store.turn
    gate.is_open.set()

    async def held(key: Key, event_id: str, decide: Decide) -> Outcome:
        gate.waiting += 1
        await gate.is_open.wait()
        return await turn(key, event_id, decide)

    monkeypatch.setattr(world.store, "turn", held)
    return gate


def close(gate: Gate) -> None:
    gate.is_open.clear()
    gate.waiting = 0


async def done(world: World) -> None:
    """Wait until Slack has delivered everything, and Bolt's listeners have ended."""
    await world.slack.settled()
    await until(lambda: not any("slack_bolt" in str(task.get_coro()) for task in asyncio.all_tasks()))
    await world.desk.finish(1)


def steps(world: World) -> list[str]:
    """Return what the desk's staff have done, as the history tells it."""
    return [repr(row) for row in rows(world)["history"] if MAYA in repr(row) or BEN in repr(row)]


def statuses(world: World, method: str = "command") -> list[int]:
    return [call.status for call in world.record.of("slack", method)]


# a connection that ends in the middle


async def asked_to_go(world: World) -> None:
    await world.slack.sockets.disconnect("refresh_requested", grace=0.05)


async def warned(world: World) -> None:
    await world.slack.sockets.disconnect("warning", grace=0.05)


async def dropped(world: World) -> None:
    [connection] = world.slack.sockets.open
    await world.slack.sockets.drop(connection)


@pytest.mark.parametrize("ends", [asked_to_go, warned, dropped])
async def test_a_command_whose_connection_ends_comes_again_and_acts_once(
    world: World, gate: Gate, ends: Callable[[World], Awaitable[None]]
) -> None:
    ref = await world.request()
    async with connected(world):
        close(gate)
        typed = asyncio.create_task(world.slack.command(MAYA, f"submit {ref} 88123"))
        await gate.comes()
        await ends(world)
        await gate.comes(2)
        gate.is_open.set()
        assert (await typed).is_acked
        await done(world)
    assert (statuses(world)[0], statuses(world)[-1]) == (0, 200)
    assert await world.phase(ref) == "submitted"
    assert len(steps(world)) == 1
    assert len(world.slack.ephemerals(MAYA)) == 1
    assert "failed" not in world.said(MAYA)


async def test_a_form_whose_connection_ends_comes_again_and_acts_once(world: World, gate: Gate) -> None:
    ref = await world.request()
    card = await world.show_card(ref)
    async with connected(world):
        await world.do(MAYA, "note", card)
        [form] = world.slack.modals(MAYA)
        close(gate)
        handed_in = asyncio.create_task(world.slack.submit(MAYA, form.id, {"words": {"value": "Called the carrier."}}))
        await gate.comes()
        await dropped(world)
        await gate.comes(2)
        gate.is_open.set()
        assert (await handed_in).is_acked
        await done(world)
    # Whichever of both acks is first counts: the form is closed, or says that this was done already.
    assert all("done twice" in repr(form.errors) for form in world.slack.modals(MAYA))
    assert len(steps(world)) == 1


async def test_a_home_whose_connection_ends_before_its_ack_is_shown(world: World) -> None:
    world.slack.wait(redeliver_after=0.2)
    world.faults.add(Fault("slack", "event", "timeout_after"))
    async with connected(world):
        await world.slack.open_home(MAYA)
        await dropped(world)
        await done(world)
        await until(lambda: world.slack.home(MAYA) is not None)
    assert statuses(world, "event")[-1] == 200


async def test_what_is_done_while_nobody_is_connected_is_heard_by_the_next_connection(world: World) -> None:
    ref = await world.request()
    typed = asyncio.create_task(world.slack.command(MAYA, f"submit {ref} 88123"))
    await until(lambda: bool(world.record.of("slack", "command")))
    async with connected(world):
        assert (await typed).is_acked
    assert await world.phase(ref) == "submitted"


async def test_connections_refreshed_all_the_time_lose_nothing_and_do_nothing_twice(world: World) -> None:
    refs = [await world.request(chat=chat, numbers=(f"+1628421{8800 + chat}",)) for chat in range(1, 9)]
    async with connected(world):
        typed = []
        for number, ref in enumerate(refs):
            typed.append(
                asyncio.create_task(world.slack.command((MAYA, BEN)[number % 2], f"submit {ref} 8812{number}"))
            )
            if number % 2:
                await world.slack.sockets.connected()
                await world.slack.sockets.disconnect(grace=0.02)
        assert all(delivered.is_acked for delivered in await asyncio.gather(*typed))
        await done(world)
    assert {await world.phase(ref) for ref in refs} == {"submitted"}
    assert len(steps(world)) == len(refs)
    assert len(world.record.of("slack", "apps.connections.open", effective=True)) >= 5


async def test_a_slack_that_gives_no_new_connection_for_a_while_is_asked_again(world: World) -> None:
    ref = await world.request()
    async with connected(world):
        world.faults.add(Fault("slack", "apps.connections.open", "502", times=2))
        await world.slack.sockets.disconnect("refresh_requested", grace=0.1)
        assert (await world.slack.command(MAYA, f"submit {ref} 88123")).is_acked
    assert await world.phase(ref) == "submitted"


# envelopes that come again


async def by_command(world: World, ref: str) -> Delivered:
    return await world.slack.command(MAYA, f"submit {ref} 88123")


async def by_button(world: World, ref: str) -> Delivered:
    return await world.slack.press(MAYA, action_of("take"), message_ts=await world.show_card(ref))


async def by_menu(world: World, ref: str) -> Delivered:
    return await world.do(MAYA, "takeover", await world.show_card(ref))


async def by_form(world: World, ref: str) -> Delivered:
    await world.do(MAYA, "note", await world.show_card(ref))
    [form] = world.slack.modals(MAYA)
    return await world.slack.submit(MAYA, form.id, {"words": {"value": "Called the carrier."}})


async def on_several(world: World, ref: str) -> Delivered:
    other = await world.request(chat=2, numbers=("+16284218833",))
    await type_(world, f"take {ref} {other}")
    return await world.slack.press(MAYA, DO, message_ts=world.slack.ephemerals(MAYA)[-1].ts)


@pytest.mark.parametrize(
    ("way", "method", "acts"),
    [
        (by_command, "command", 1),
        (by_button, "action", 1),
        (by_menu, "action", 1),
        (by_form, "view", 1),
        (on_several, "action", 2),
    ],
)
async def test_an_envelope_that_comes_again_and_again_acts_once(
    world: World, way: Callable[[World, str], Awaitable[Delivered]], method: str, acts: int
) -> None:
    ref = await world.request()
    async with connected(world):
        world.faults.add(Fault("slack", method, "duplicate", times=2))
        delivered = await way(world, ref)
        await done(world)
        kept = rows(world)
        assert len(steps(world)) == acts
        for _ in range(2):  # and once more in envelopes of their own, as after an ack that Slack has lost
            assert (await world.tell(method, delivered.payload)).is_acked
        await done(world)
    assert rows(world) == kept


# half-open connections: nothing is closed, and nothing comes any more


@dataclass
class Wire:
    """What lies between the desk and Slack at `slack`; the connections through it can be frozen."""

    slack: str
    url: str = ""
    flowing: set[asyncio.Event] = field(default_factory=set)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def freeze(self) -> int:
        """Let nothing through the connections of now any more; return how many there are."""
        for flows in self.flowing:
            flows.clear()
        return len(self.flowing)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection's bytes both ways until an end of it closes."""
        flows = asyncio.Event()
        flows.set()
        self.flowing.add(flows)
        try:
            address = urlsplit(self.slack)
            far_reader, far_writer = await asyncio.open_connection(address.hostname, address.port)
            there = asyncio.create_task(_pass(reader, far_writer, flows))
            back = asyncio.create_task(_pass(far_reader, writer, flows))
            self.tasks |= {there, back}
            await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.flowing.discard(flows)

    async def cut(self) -> None:
        """End everything."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, flows: asyncio.Event) -> None:
    try:
        while part := await reader.read(65_536):
            await flows.wait()
            writer.write(part)
            await writer.drain()
    except OSError:
        return
    finally:
        writer.close()


@pytest.fixture
async def wire(world: World) -> AsyncIterator[Wire]:
    """Lay a wire of our own between the desk's websockets and Slack, which waits long enough to see it mended."""
    world.slack.wait(ack_within=10.0, redeliver_after=1.5)
    wire = Wire(world.slack.base_url)
    server = await asyncio.start_server(wire.carry, "127.0.0.1", 0)
    world.slack.base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield wire
    await wire.cut()
    server.close()


async def test_what_is_sent_into_a_half_open_connection_comes_again_through_its_successor(
    world: World, wire: Wire
) -> None:
    ref = await world.request()
    async with connected(world):
        assert wire.freeze() == 1
        assert (await world.slack.command(MAYA, f"submit {ref} 88123")).is_acked
        await done(world)
    assert statuses(world)[0] == 0
    assert await world.phase(ref) == "submitted"
    assert len(steps(world)) == 1
    assert len(world.record.of("slack", "apps.connections.open")) == 2


async def test_a_command_whose_ack_is_lost_in_a_half_open_connection_acts_once(
    world: World, wire: Wire, gate: Gate
) -> None:
    ref = await world.request()
    async with connected(world):
        close(gate)
        typed = asyncio.create_task(world.slack.command(MAYA, f"submit {ref} 88123"))
        await gate.comes()
        wire.freeze()
        gate.is_open.set()
        assert (await typed).is_acked
        await done(world)
    assert await world.phase(ref) == "submitted"
    assert len(steps(world)) == 1
    assert len(world.slack.ephemerals(MAYA)) == 1


async def test_without_pings_the_desks_own_watch_replaces_a_half_open_connection(world: World, wire: Wire) -> None:
    world.slack.wait(redeliver_after=0.3)
    async with hearing(world.app, ping_every=60.0, quiet_after=0.5) as socket:
        await until(socket.is_alive)
        wire.freeze()
        await until(lambda: len(world.slack.sockets.open) == 2)
        assert socket.reconnects == 2
        assert (await world.slack.command(MAYA, "help")).is_acked


# acks


@pytest.mark.parametrize("way", [by_command, by_button, by_menu, by_form])
async def test_an_ack_does_not_wait_for_work_that_takes_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: Callable[[World, str], Awaitable[Delivered]]
) -> None:
    async with open_world(tmp_path, door=Door.UNATTENDED, slow=0.01) as world, connected(world):
        ref = await world.request()
        gate = gate_before(world, monkeypatch)
        close(gate)
        assert (await way(world, ref)).is_acked
        await gate.comes()
        assert not steps(world)
        gate.is_open.set()
        await done(world)
        assert len(steps(world)) == 1


# the whole house


@asynccontextmanager
async def refreshed(platforms: Platforms, every: float = 0.5) -> AsyncIterator[None]:
    """Ask the desk's connection to go again and again, as Slack does every few hours."""

    async def refresh() -> None:
        while True:
            await platforms.slack.sockets.connected(within=30.0)
            await platforms.slack.sockets.disconnect(grace=0.02)
            await asyncio.sleep(every)

    task = asyncio.create_task(refresh())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_a_whole_port_through_connections_that_never_last_and_envelopes_that_all_come_twice(
    tmp_path: Path,
) -> None:
    async with (
        Platforms().served() as platforms,
        open_desk(platforms, tmp_path, SLACK_APP_TOKEN=APP_TOKEN) as desk,
        refreshed(platforms),
    ):
        platforms.faults.add(Fault("slack", "command", "duplicate", lasting=True))
        await fill_in(desk)
        await sign(desk)
        await take_to_moved(desk, reference(desk))
        assert len(desk.cards()) == 1
        assert len(platforms.record.of("slack", "apps.connections.open", effective=True)) >= 3


def test_whoever_is_let_off_the_second_door_is_there_and_opens_a_desk() -> None:
    for name in HTTP_ALONE:
        assert "open_world(" in Path(__file__).with_name(f"{name}.py").read_text(), name
