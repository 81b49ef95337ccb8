"""The sandbox's Socket Mode, with slack_bolt's own handler and with bare websockets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette

from sandbox.faults import Fault, Faults, Kind
from sandbox.record import Record
from sandbox.serve import serve
from sandbox.slack import Slack

MAYA, DESK = "U0STAFF1", "C0DESK"


@dataclass
class World:
    """A served Slack in Socket Mode."""

    slack: Slack
    record: Record
    faults: Faults
    client: AsyncWebClient


@pytest.fixture
async def world() -> AsyncIterator[World]:
    record, faults = Record(), Faults()
    slack = Slack(record, faults)
    slack.wait(ack_within=1, redeliver_after=0.15)
    async with serve(Starlette(routes=slack.routes)) as url:
        slack.base_url = url
        yield World(slack, record, faults, AsyncWebClient("xoxb-sandbox", f"{url}/api/"))
        await slack.stop()


@asynccontextmanager
async def desk(world: World, app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    handler = AsyncSocketModeHandler(app, "xapp-1-sandbox", ping_interval=0.1)
    await handler.connect_async()  # type: ignore[no-untyped-call] # slack_bolt leaves it untyped
    await world.slack.sockets.connected()
    yield handler
    await handler.close_async()  # type: ignore[no-untyped-call] # slack_bolt leaves it untyped


class Wire:
    """A bare websocket, to see envelopes and to be slow or silent on purpose."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def next(self) -> dict[str, Any]:
        message: dict[str, Any] = await self.socket.receive_json(timeout=2)
        return message

    async def ack(self, envelope: dict[str, Any], payload: Any = None) -> None:
        await self.socket.send_json({"envelope_id": envelope["envelope_id"], "payload": payload})

    async def is_silent(self) -> bool:
        try:
            await self.socket.receive(timeout=0.05)
        except TimeoutError:
            return True
        return False


@asynccontextmanager
async def wires(world: World, count: int) -> AsyncIterator[list[Wire]]:
    async with aiohttp.ClientSession() as session:
        opened = []
        for number in range(count):
            url = (await world.client.apps_connections_open(app_token="xapp-1-sandbox"))["url"]
            opened.append(Wire(await session.ws_connect(url)))
            hello = await opened[-1].next()
            assert (hello["type"], hello["num_connections"]) == ("hello", number + 1)
        yield opened
        for wire in opened:
            await wire.socket.close()


def modal() -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": {"type": "plain_text", "text": "Form"},
        "submit": {"type": "plain_text", "text": "Save"},
        "blocks": [
            {
                "type": "input",
                "block_id": "name",
                "label": {"type": "plain_text", "text": "Name"},
                "element": {"type": "plain_text_input", "action_id": "v"},
            }
        ],
    }


def app_of(world: World) -> AsyncApp:
    """A desk: a command that posts a card, its button that opens a form, and the form."""
    app = AsyncApp(client=world.client, signing_secret="unused")
    press = {"type": "button", "action_id": "edit", "text": {"type": "plain_text", "text": "Edit"}}

    @app.command("/port")
    async def port(ack: Any, client: AsyncWebClient) -> None:
        await ack("on it")
        blocks = [{"type": "actions", "elements": [press]}]
        await client.chat_postMessage(channel=DESK, text="card", blocks=blocks)

    @app.action("edit")
    async def edit(ack: Any, body: Any, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal())
        await ack()

    @app.view("form")
    async def form(ack: Any, view: Any) -> None:
        if view["state"]["values"]["name"]["v"]["value"] == "x":
            await ack(response_action="errors", errors={"name": "Who?"})
        else:
            await ack()

    @app.event("message")
    async def message(event: Any, client: AsyncWebClient) -> None:
        await client.chat_postMessage(channel=DESK, text="seen", thread_ts=event["ts"])

    return app


async def posted(world: World, count: int) -> None:
    for _ in range(300):
        if len(world.slack.posts()) >= count:
            return
        await asyncio.sleep(0.01)
    pytest.fail(f"{count} posts did not come")


async def test_a_whole_conversation_with_bolt(world: World) -> None:
    async with desk(world, app_of(world)):
        assert (await world.slack.command(MAYA, "new")).status == 200
        await posted(world, 1)
        assert [p.text for p in world.slack.ephemerals(MAYA)] == ["on it"]
        await world.slack.press(MAYA, "edit", message_ts=world.slack.posts()[0].ts)
        view = world.slack.modals(MAYA)[0]
        await world.slack.submit(MAYA, view.id, {"name": {"v": "x"}})
        assert world.slack.modals(MAYA)[0].errors == {"name": "Who?"}
        await world.slack.submit(MAYA, view.id, {"name": {"v": "Ann"}})
        assert world.slack.modals(MAYA) == []
        await world.slack.message_event(MAYA, "hello")
        await posted(world, 3)
    assert [(c.method, c.status) for c in world.record if c.direction == "out"] == [
        ("command", 200),
        ("action", 200),
        ("view", 200),
        ("view", 200),
        ("event", 200),
    ]


async def test_bolt_comes_back_after_a_disconnect(world: World) -> None:
    async with desk(world, app_of(world)):
        await world.slack.sockets.disconnect(grace=0.2)
        await world.slack.sockets.connected()
        assert (await world.slack.command(MAYA, "new")).status == 200
    assert len(world.record.of("slack", "apps.connections.open", effective=True)) >= 2


async def test_a_dropped_connection_is_noticed_and_opened_anew(world: World) -> None:
    async with desk(world, app_of(world)):
        [connection] = world.slack.sockets.open
        await world.slack.sockets.drop(connection)
        delivered = await world.slack.command(MAYA, "new")
    assert delivered.status == 200


async def test_an_envelope_goes_to_one_of_several_connections(world: World) -> None:
    async with wires(world, 2) as (first, second):
        sent = asyncio.create_task(world.slack.command(MAYA, "list"))
        envelope = await first.next()
        await first.ack(envelope, {"text": "here"})
        assert (await sent).body == {"text": "here"}
        assert await second.is_silent()
    assert (envelope["type"], envelope["payload"]["text"]) == ("slash_commands", "list")
    assert envelope["accepts_response_payload"] is True


async def test_an_unacked_envelope_goes_to_another_connection(world: World) -> None:
    async with wires(world, 2) as (first, second):
        sent = asyncio.create_task(world.slack.command(MAYA, "list"))
        unheard = await first.next()
        envelope = await second.next()
        assert envelope == unheard
        await second.ack(envelope)
        assert (await sent).status == 200
        assert await first.is_silent()
    assert [call.status for call in world.record.of("slack", "command")] == [0, 200]


async def test_a_connection_that_dies_before_its_ack_hands_the_envelope_on_at_once(world: World) -> None:
    world.slack.wait(redeliver_after=5)
    async with wires(world, 2) as (first, second):
        sent = asyncio.create_task(world.slack.command(MAYA, "list"))
        await first.next()
        await first.socket.close()
        await second.ack(await second.next())
        assert (await sent).seconds < 1


async def test_an_event_comes_again_to_the_only_connection(world: World) -> None:
    async with wires(world, 1) as [wire]:
        sent = asyncio.create_task(world.slack.message_event(MAYA, "hello"))
        once, again = await wire.next(), await wire.next()
        await wire.ack(again)
        assert (await sent).status == 200
    assert once["payload"]["event_id"] == again["payload"]["event_id"]
    assert (once["retry_attempt"], again["retry_attempt"]) == (0, 1)


async def test_a_command_does_not_come_twice_to_one_connection(world: World) -> None:
    world.slack.wait(ack_within=0.3, redeliver_after=0.05)
    async with wires(world, 1) as [wire]:
        delivered = await world.slack.command(MAYA, "list")
        await wire.next()
        assert await wire.is_silent()
    assert (delivered.status, delivered.error) == (0, "operation_timeout")
    assert [p.text for p in world.slack.ephemerals(MAYA)] == ["/port failed with the error “operation_timeout”"]


async def test_without_a_connection_the_person_is_told(world: World) -> None:
    world.slack.wait(ack_within=0.1, redeliver_after=0.05)
    assert (await world.slack.command(MAYA, "list")).error == "operation_timeout"
    assert len(world.slack.ephemerals(MAYA)) == 1


@pytest.mark.parametrize(("kind", "copies"), [("duplicate", 2), ("timeout_after", 2), ("timeout_before", 1)])
async def test_a_deliverys_faults(world: World, kind: Kind, copies: int) -> None:
    world.faults.add(Fault("slack", "event", kind))
    async with wires(world, 1) as [wire]:
        sent = asyncio.create_task(world.slack.message_event(MAYA, "hello"))
        ids = []
        for _ in range(copies):
            envelope = await wire.next()
            ids.append(envelope["payload"]["event_id"])
            await wire.ack(envelope)
        assert (await sent).status == 200
        assert await wire.is_silent()
    assert len(set(ids)) == 1


async def test_a_ticket_lets_one_connection_in_and_ten_are_the_most(world: World) -> None:
    async with aiohttp.ClientSession() as session, wires(world, 10):
        url = (await world.client.apps_connections_open(app_token="xapp-1-sandbox"))["url"]
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)
        assert len(world.slack.sockets.open) == 10
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url.replace("ticket=", "ticket=x"))
