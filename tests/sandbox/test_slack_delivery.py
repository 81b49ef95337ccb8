"""Commands, buttons and events brought to a real Bolt app over HTTP, and to desks that misbehave."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.faults import Fault, Kind
from sandbox.record import Call
from sandbox.serve import serve
from sandbox.slack import NotPossibleError
from tests.sandbox.slack_scene import (
    BEN,
    DESK,
    MAYA,
    World,
    actions,
    bolt,
    button,
    desk,
    option,
    section,
    select,
    staged,
    until,
)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with staged() as found:
        yield found


async def test_a_commands_answers_are_shown_to_its_user(world: World) -> None:
    app = bolt(world)

    @app.command("/port")
    async def port(ack: Any, command: Any, respond: Any) -> None:
        await ack(f"you said {command['text']}")
        await respond("and later")
        await respond("for all", response_type="in_channel")

    async with desk(world, app):
        delivered = await world.slack.command(MAYA, "list & <all>")
        assert delivered.status == 200
        assert delivered.seconds < 1
        await until(lambda: len(world.record.of("slack", "response_url", effective=True)) == 2)
    assert {p.text for p in world.slack.ephemerals(MAYA)} == {"you said list & <all>", "and later"}
    assert [p.text for p in world.slack.posts()] == ["for all"]
    [call] = world.record.of("slack", "command")
    assert (call.direction, call.status, call.params["text"]) == ("out", 200, "list & <all>")


async def test_a_button_replaces_its_message_and_a_stranger_to_the_message_cannot_press(world: World) -> None:
    app = bolt(world)

    @app.action("approve")
    async def approve(ack: Any, action: Any, body: Any, respond: Any) -> None:
        await respond(text=f"approved {action['value']} by {body['user']['id']}", replace_original=True)
        await ack()

    async with desk(world, app):
        card = [{"type": "actions", "elements": [button(value=ref)]} for ref in ("P-1", "P-2")]
        ts = (await world.client.chat_postMessage(channel=DESK, text="card", blocks=card))["ts"]
        with pytest.raises(NotPossibleError):
            await world.slack.press(MAYA, "reject", message_ts=ts)
        world.slack.channels[DESK].members.discard(BEN)
        with pytest.raises(NotPossibleError):
            await world.slack.press(BEN, "approve", message_ts=ts)
        delivered = await world.slack.press(MAYA, "approve", message_ts=ts, value="P-2")
    assert delivered.status == 200
    [post] = world.slack.posts()
    assert (post.ts, post.text, post.blocks) == (ts, "approved P-2 by U0STAFF1", ())


async def test_an_ephemerals_button_deletes_it(world: World) -> None:
    app = bolt(world)

    @app.action("approve")
    async def approve(ack: Any, body: Any, respond: Any) -> None:
        assert "message" not in body
        await respond(delete_original=True)
        await ack()

    async with desk(world, app):
        blocks = [{"type": "actions", "elements": [button()]}]
        answer = await world.client.chat_postEphemeral(channel=DESK, user=MAYA, text="sure?", blocks=blocks)
        with pytest.raises(NotPossibleError):
            await world.slack.press(BEN, button(), message_ts=answer["message_ts"])
        await world.slack.press(MAYA, button(), message_ts=answer["message_ts"])
    assert world.slack.ephemerals(MAYA) == []


async def test_picking_from_a_menu_tells_the_option(world: World) -> None:
    app = bolt(world)

    @app.action("a")
    async def picked(ack: Any, action: Any) -> None:
        world.opened.append(action["selected_option"]["value"])
        await ack()

    async with desk(world, app):
        blocks = [actions(select(option(value=1), option(value=2)))]
        ts = (await world.client.chat_postMessage(channel=DESK, text="menu", blocks=blocks))["ts"]
        await world.slack.press(MAYA, "a", message_ts=ts, value="vv")
        with pytest.raises(NotPossibleError):
            await world.slack.press(MAYA, "a", message_ts=ts, value="vvv")
    assert world.opened == ["vv"]


async def test_a_response_url_works_five_times_in_half_an_hour(world: World) -> None:
    urls: list[str] = []
    app = bolt(world)

    @app.command("/port")
    async def port(ack: Any, command: Any) -> None:
        urls.append(command["response_url"])
        await ack()

    async with desk(world, app):
        await world.slack.command(MAYA, "a")
        await world.slack.command(MAYA, "b")
    used, late = (AsyncWebhookClient(url) for url in urls)
    for _ in range(5):
        assert (await used.send(text="x")).status_code == 200
    answer = await used.send(text="x")
    assert (answer.status_code, json.loads(answer.body)["error"]) == (404, "used_url")
    world.clock.now += 1801
    answer = await late.send(text="x")
    assert (answer.status_code, json.loads(answer.body)["error"]) == (404, "expired_url")
    assert len(world.slack.ephemerals(MAYA)) == 5


@dataclass
class Rough:
    """A desk that answers as it is told, and keeps what it got."""

    statuses: list[int] = field(default_factory=list)
    wait: float = 0.0
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def handle(self, request: Request) -> Response:
        self.got.append((dict(request.headers), await request.body()))
        await asyncio.sleep(self.wait)
        return Response(status_code=self.statuses.pop(0) if self.statuses else 200)


@asynccontextmanager
async def rough(world: World, **settings: Any) -> AsyncIterator[Rough]:
    it = Rough(**settings)
    async with serve(Starlette(routes=[Route("/", it.handle, methods=["POST"])])) as url:
        world.slack.deliver_to = f"{url}/"
        world.slack.wait(ack_within=0.15, retry_waits=(0.0, 0.0, 0.0))
        yield it
        await world.slack.settled()


async def test_every_delivery_is_signed(world: World) -> None:
    async with rough(world) as it:
        await world.slack.command(MAYA, "é & =")
    headers, body = it.got[0]
    base = b"v0:" + headers["x-slack-request-timestamp"].encode() + b":" + body
    digest = hmac.new(b"sandbox-secret", base, hashlib.sha256).hexdigest()
    assert headers["x-slack-signature"] == f"v0={digest}"
    assert dict(parse_qsl(body.decode()))["text"] == "é & ="


async def test_a_late_ack_is_no_ack_and_the_person_is_told(world: World) -> None:
    async with rough(world, wait=0.4) as it:
        delivered = await world.slack.command(MAYA, "list")
    assert (delivered.status, delivered.error, len(it.got)) == (0, "operation_timeout", 1)
    assert [p.text for p in world.slack.ephemerals(MAYA)] == ["/port failed with the error “operation_timeout”"]
    assert world.record.of("slack", "command")[0].status == 0


async def test_a_refusing_or_absent_desk_is_told_of_too(world: World) -> None:
    async with rough(world, statuses=[500]):
        assert (await world.slack.command(MAYA, "list")).status == 500
    assert (await world.slack.command(MAYA, "list")).error == "dispatch_failed"
    assert {p.text for p in world.slack.ephemerals(MAYA)} == {"/port failed with the error “dispatch_failed”"}


async def test_an_event_is_retried_three_times_with_the_same_id(world: World) -> None:
    async with rough(world, statuses=[500, 500, 500, 500, 500]) as it:
        await world.slack.message_event(MAYA, "hello")
    assert [headers.get("x-slack-retry-num") for headers, _ in it.got] == [None, "1", "2", "3"]
    assert len({json.loads(body)["event_id"] for _, body in it.got}) == 1
    assert [call.status for call in world.record.of("slack", "event")] == [500] * 4


@pytest.mark.parametrize(
    ("kind", "got", "effects"),
    [
        ("duplicate", 2, [True, True]),
        ("timeout_before", 1, [False, True]),
        ("timeout_after", 2, [True, True]),
    ],
)
async def test_an_events_faults(world: World, kind: Kind, got: int, effects: list[bool]) -> None:
    world.faults.add(Fault("slack", "event", kind))
    async with rough(world) as it:
        await world.slack.message_event(MAYA, "hello")
        await world.slack.settled()
    assert len(it.got) == got
    assert len({body for _, body in it.got}) == 1
    assert [call.took_effect for call in world.record.of("slack", "event")] == effects


async def test_a_command_delivered_twice_has_one_trigger(world: World) -> None:
    world.faults.add(Fault("slack", "command", "duplicate"))
    async with rough(world) as it:
        await world.slack.command(MAYA, "list")
    assert len({dict(parse_qsl(body.decode()))["trigger_id"] for _, body in it.got}) == 1
    assert len(it.got) == 2


async def test_a_hook_that_fails_is_not_swallowed(world: World) -> None:
    async def before(_call: Call) -> None:
        raise RuntimeError("the test's own")

    async with rough(world):
        world.faults.before = before
        with pytest.raises(RuntimeError, match="own"):
            await world.slack.command(MAYA, "list")


async def test_a_press_that_fails_is_told_in_its_thread(world: World) -> None:
    root = (await world.client.chat_postMessage(channel=DESK, text="root"))["ts"]
    blocks = [{"type": "actions", "elements": [button()]}]
    reply = await world.client.chat_postMessage(channel=DESK, text="card", blocks=blocks, thread_ts=root)
    async with rough(world, statuses=[503]) as it:
        await world.slack.press(MAYA, "approve", message_ts=reply["ts"])
    payload = json.loads(dict(parse_qsl(it.got[0][1].decode()))["payload"])
    assert payload["container"]["thread_ts"] == root
    [told] = world.slack.ephemerals(MAYA)
    assert (told.thread_ts, "dispatch_failed" in told.text) == (root, True)


async def test_a_press_that_fails_in_a_view_is_told_there(world: World) -> None:
    blocks = [{"type": "actions", "elements": [button()]}]
    home = (await world.client.views_publish(user_id=MAYA, view={"type": "home", "blocks": blocks}))["view"]
    async with rough(world, statuses=[503]):
        await world.slack.press(MAYA, "approve", view_id=home["id"])
    view = world.slack.home(MAYA)
    assert view is not None
    assert view.trouble == "We had some trouble connecting. Try again?"


async def test_an_ack_that_slack_cannot_show_is_told(world: World) -> None:
    app = bolt(world)

    @app.command("/port")
    async def port(ack: Any) -> None:
        await ack(text="x", blocks=[section("x" * 3001)])

    async with desk(world, app):
        await world.slack.command(MAYA, "list")
    assert [p.text for p in world.slack.ephemerals(MAYA)] == ["This failed with the error “invalid_blocks”"]


async def test_hooks_see_a_delivery_before_it_goes_and_after_its_ack(world: World) -> None:
    seen: list[tuple[str, int, int]] = []

    async with rough(world) as it:

        async def before(call: Call) -> None:
            seen.append((call.method, call.status, len(it.got)))

        world.faults.before = world.faults.after = before
        await world.slack.command(MAYA, "list")
    assert seen == [("command", 0, 0), ("command", 200, 1)]


async def test_who_is_not_in_the_channel_writes_nothing_there(world: World) -> None:
    world.slack.channels[DESK].members.discard(MAYA)
    with pytest.raises(NotPossibleError):
        await world.slack.message_event(MAYA, "hello")
    assert world.slack.posts() == []
