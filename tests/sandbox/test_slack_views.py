"""Modals, App Homes and shortcuts of the sandbox's Slack, served to a real Bolt app."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View as SdkView
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.faults import Faults
from sandbox.record import Record
from sandbox.slack import NotPossibleError, Slack
from tests.sandbox.slack_scene import (
    BEN,
    DESK,
    MAYA,
    World,
    actions,
    bolt,
    button,
    desk,
    modal,
    option,
    refused,
    section,
    staged,
    until,
    words,
)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with staged() as found:
        yield found


def form_app(world: World, *answers: dict[str, Any], view: dict[str, Any] | None = None) -> AsyncApp:
    """A desk whose `/port` opens a form, and whose submits are answered in turn."""
    app, left = bolt(world), list(answers)

    @app.command("/port")
    async def port(ack: Any, command: Any, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=command["trigger_id"], view=view or modal())
        await ack()

    @app.view("form")
    async def form(ack: Any, view: Any) -> None:
        SdkView(**view).validate_json()
        world.opened.append(view["state"]["values"])
        await (ack(**left.pop(0)) if left else ack())

    return app


async def test_a_form_shows_inline_errors_then_closes(world: World) -> None:
    errors = {"response_action": "errors", "errors": {"name": "Who?"}}
    async with desk(world, form_app(world, errors)):
        await world.slack.command(MAYA, "new")
        [view] = world.slack.modals(MAYA)
        await world.slack.submit(MAYA, view.id, {"name": {"v": "x"}, "kind": {"v": "wireless"}})
        [view] = world.slack.modals(MAYA)
        assert view.errors == {"name": "Who?"}
        await world.slack.submit(MAYA, view.id, {"name": {"v": "Ann"}})
    assert world.slack.modals(MAYA) == []
    assert world.opened[1]["name"]["v"] == {"type": "plain_text_input", "value": "Ann"}
    assert world.opened[1]["kind"]["v"]["selected_option"]["value"] == "wireless"  # stayed from the first try


async def test_what_slacks_client_would_stop_is_not_submitted(world: World) -> None:
    async with desk(world, form_app(world)):
        await world.slack.command(MAYA, "new")
        [view] = world.slack.modals(MAYA)
        for values in (
            {},
            {"name": {"v": ""}},
            {"name": {"v": "x" * 3001}},
            {"name": {"v": "x"}, "kind": {"v": "satellite"}},
            {"name": {"v": "x"}, "age": {"v": "7"}},
        ):
            with pytest.raises(NotPossibleError):
                await world.slack.submit(MAYA, view.id, values)
        with pytest.raises(NotPossibleError):
            await world.slack.submit(BEN, view.id, {"name": {"v": "x"}})
    assert world.record.of("slack", "view") == []


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        ({"response_action": "update", "view": modal(title={"type": "plain_text", "text": "B"})}, ["B"]),
        (
            {"response_action": "push", "view": modal(title={"type": "plain_text", "text": "B"})},
            ["Form", "B"],
        ),
        ({"response_action": "clear"}, []),
    ],
)
async def test_a_submit_can_update_push_and_clear(world: World, answer: dict[str, Any], titles: list[str]) -> None:
    async with desk(world, form_app(world, answer)):
        await world.slack.command(MAYA, "new")
        await world.slack.submit(MAYA, world.slack.modals(MAYA)[0].id, {"name": {"v": "x"}})
        assert [view.title for view in world.slack.modals(MAYA)] == titles
        for view in reversed(world.slack.modals(MAYA)):
            await world.slack.close(MAYA, view.id)
    assert world.slack.modals(MAYA) == []


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "update", "view": modal(title={"type": "plain_text", "text": "x" * 25})},
    ],
)
async def test_a_bad_answer_to_a_submit_leaves_the_form_with_a_warning(world: World, answer: dict[str, Any]) -> None:
    async with desk(world, form_app(world, answer)):
        await world.slack.command(MAYA, "new")
        await world.slack.submit(MAYA, world.slack.modals(MAYA)[0].id, {"name": {"v": "x"}})
    [view] = world.slack.modals(MAYA)
    assert view.trouble == "We had some trouble connecting. Try again?"
    assert view.state["name"]["v"]["value"] == "x"


async def test_a_trigger_opens_one_modal_within_three_seconds(world: World) -> None:
    triggers: list[str] = []
    app = bolt(world)

    @app.command("/port")
    async def port(ack: Any, command: Any) -> None:
        triggers.append(command["trigger_id"])
        await ack()

    def opened() -> Any:
        return world.client.views_open(trigger_id=triggers[-1], view=modal())

    async with desk(world, app):
        await world.slack.command(MAYA, "a")
        await opened()
        assert await refused(opened()) == "exchanged_trigger_id"
        await world.slack.command(MAYA, "b")
        world.clock.now += 3.1
        assert await refused(opened()) == "expired_trigger_id"
    bad = world.client.views_open(trigger_id="1.2.x", view=modal())
    assert await refused(bad) == "invalid_trigger_id"
    assert len(world.slack.modals(MAYA)) == 1


async def test_a_view_changed_meanwhile_is_not_updated_by_an_old_hash(world: World) -> None:
    home = {"type": "home", "blocks": [section("one")]}
    first = (await world.client.views_publish(user_id=MAYA, view=home))["view"]
    SdkView(**first).validate_json()
    second = (await world.client.views_publish(user_id=MAYA, view=home, hash=first["hash"]))["view"]
    assert second["id"] == first["id"]
    update = world.client.views_update(view_id=first["id"], hash=first["hash"], view=home)
    assert await refused(update) == "hash_conflict"
    assert await refused(world.client.views_update(view_id="V0", view=home)) == "not_found"


async def test_modals_lie_three_deep_and_close_one_by_one(world: World) -> None:
    app, codes = bolt(world), list[str]()
    more = modal(blocks=[actions(button("more", "m")), {**modal()["blocks"][1], "block_id": "kind"}])

    @app.command("/port")
    async def port(ack: Any, command: Any, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=command["trigger_id"], view=more)
        await ack()

    @app.action("more")
    async def push(ack: Any, body: Any, client: AsyncWebClient) -> None:
        await ack()
        try:
            await client.views_push(trigger_id=body["trigger_id"], view=more)
        except SlackApiError as error:
            codes.append(error.response["error"])

    async with desk(world, app):
        await world.slack.command(MAYA, "new")
        for depth in (2, 3):
            await world.slack.press(MAYA, "more", view_id=world.slack.modals(MAYA)[-1].id)
            await until(lambda depth=depth: len(world.slack.modals(MAYA)) == depth)  # type: ignore[misc] # mypy cannot infer a lambda with a default
        await world.slack.press(MAYA, "more", view_id=world.slack.modals(MAYA)[-1].id)
        await until(lambda: codes == ["push_limit_reached"])
        root, middle, top = world.slack.modals(MAYA)
        assert (middle.previous_id, top.root_id) == (root.id, root.id)
        with pytest.raises(NotPossibleError):
            await world.slack.close(MAYA, root.id)
        await world.slack.submit(MAYA, top.id)
        assert world.slack.modals(MAYA)[-1].trouble is not None  # nobody listens to this form: 404
        await world.slack.close(MAYA, top.id)
    assert world.slack.modals(MAYA) == [root, middle]


async def test_a_home_is_opened_and_its_buttons_pressed(world: World) -> None:
    app = bolt(world)

    @app.event("app_home_opened")
    async def opened(event: Any, client: AsyncWebClient) -> None:
        blocks = [{"type": "actions", "elements": [button("new", "n")]}]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.action("new")
    async def new(ack: Any, body: Any, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal(notify_on_close=True))
        await ack()

    @app.view_closed("form")
    async def closed(ack: Any, view: Any) -> None:
        world.opened.append(view["id"])
        await ack()

    async with desk(world, app):
        await world.slack.open_home(MAYA)
        await until(lambda: world.slack.home(MAYA) is not None)
        [home] = [view for view in [world.slack.home(MAYA)] if view]
        await world.slack.press(MAYA, "new", view_id=home.id)
        [view] = world.slack.modals(MAYA)
        await world.slack.close(MAYA, view.id)
    assert world.opened == [view.id]


async def test_shortcuts_reach_the_app(world: World) -> None:
    app = bolt(world)

    @app.shortcut("new_port")
    async def new_port(ack: Any, body: Any, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal())
        await ack()

    @app.message_shortcut("attach")
    async def attach(ack: Any, body: Any) -> None:
        world.opened.append(body["message"]["text"])
        await ack()

    async with desk(world, app):
        await world.slack.shortcut(MAYA, "new_port")
        ts = (await world.client.chat_postMessage(channel=DESK, text="this one"))["ts"]
        await world.slack.shortcut(MAYA, "attach", message_ts=ts)
    assert len(world.slack.modals(MAYA)) == 1
    assert world.opened == ["this one"]


async def test_a_snapshot_is_json_and_comes_back_whole(world: World) -> None:
    async with desk(world, form_app(world)):
        await world.slack.command(MAYA, "new")
    ts = (await world.client.chat_postMessage(channel=DESK, text="x", blocks=[section("y")]))["ts"]
    await world.client.reactions_add(channel=DESK, timestamp=ts, name="eyes")
    await world.client.chat_postEphemeral(channel=DESK, user=MAYA, text="psst")
    await world.client.files_upload_v2(channel=DESK, filename="f", content="abc")
    await world.client.views_publish(user_id=MAYA, view={"type": "home", "blocks": [section("z")]})
    kept = json.loads(json.dumps(world.slack.snapshot()))
    other = Slack(Record(), Faults(), clock=world.clock)
    other.restore(kept)
    assert other.posts() == world.slack.posts()
    assert other.ephemerals(MAYA) == world.slack.ephemerals(MAYA)
    assert other.modals(MAYA) == world.slack.modals(MAYA)
    assert other.home(MAYA) == world.slack.home(MAYA)
    assert other.channels == world.slack.channels
    assert other.file_content(world.slack.posts()[-1].files[0]) == b"abc"
    assert other.snapshot() == kept


async def test_a_loading_view_is_updated_and_keeps_what_was_typed(world: World) -> None:
    loading = modal(blocks=[section("one moment")], submit=None, external_id="port:1", clear_on_close=True)
    app = bolt(world)

    @app.command("/port")
    async def port(ack: Any, command: Any, client: AsyncWebClient) -> None:
        await ack()
        view = (await client.views_open(trigger_id=command["trigger_id"], view=loading))["view"]
        await client.views_update(external_id="port:1", hash=view["hash"], view=modal())

    async with desk(world, app):
        await world.slack.command(MAYA, "new")
        await until(lambda: world.slack.modals(MAYA)[-1:] != [] and world.slack.modals(MAYA)[0].title == "Form")
        await until(lambda: world.slack.modals(MAYA)[0].blocks[0]["type"] == "input")
        [view] = world.slack.modals(MAYA)
        await world.slack.submit(MAYA, view.id, {"name": {"v": "Ann"}})  # nobody listens: it stays
        await world.client.views_update(view_id=view.id, view=modal(title=words(3)))
    [view] = world.slack.modals(MAYA)
    assert (view.title, view.state["name"]["v"]["value"], view.trouble) == ("xxx", "Ann", None)


async def test_an_external_id_is_given_once(world: World) -> None:
    app = bolt(world)

    @app.command("/port")
    async def port(ack: Any, command: Any, client: AsyncWebClient) -> None:
        try:
            await client.views_open(trigger_id=command["trigger_id"], view=modal(external_id="one"))
        except SlackApiError as error:
            world.opened.append(error.response["error"])
        await ack()

    async with desk(world, app):
        await world.slack.command(MAYA, "new")
        await world.slack.command(BEN, "new")
    assert (world.opened, world.slack.modals(BEN)) == (["duplicate_external_id"], [])


async def test_every_kind_of_input_is_sent_as_slack_sends_it(world: World) -> None:
    named, _ = modal()["blocks"]
    boxes = {"type": "checkboxes", "action_id": "v", "options": [option(1, 1), option(1, 2)]}
    kinds: dict[str, tuple[dict[str, Any], Any, str, Any]] = {
        "boxes": (boxes, ["vv"], "selected_options", [option(1, 2)]),
        "date": ({"type": "datepicker", "action_id": "v"}, "2026-12-01", "selected_date", "2026-12-01"),
        "who": ({"type": "users_select", "action_id": "v"}, BEN, "selected_user", BEN),
        "count": ({"type": "number_input", "action_id": "v"}, "7", "value", "7"),
    }
    blocks = [{**named, "block_id": name, "element": kind[0]} for name, kind in kinds.items()]
    untouched = {**named, "block_id": "untouched", "optional": True, "element": boxes}

    async with desk(world, form_app(world, view=modal(blocks=[*blocks, untouched]))):
        await world.slack.command(MAYA, "new")
        values = {name: {"v": kind[1]} for name, kind in kinds.items()}
        await world.slack.submit(MAYA, world.slack.modals(MAYA)[0].id, values)
    [state] = world.opened
    assert {name: state[name]["v"][kind[2]] for name, kind in kinds.items()} == {n: k[3] for n, k in kinds.items()}
    assert state["untouched"]["v"]["selected_options"] == []


async def test_closing_all_at_once(world: World) -> None:
    async with desk(world, form_app(world, view=modal(clear_on_close=True))):
        await world.slack.command(MAYA, "new")
        assert await world.slack.close(MAYA, world.slack.modals(MAYA)[0].id) is None
    assert world.slack.modals(MAYA) == []
    assert world.record.of("slack", "view") == []
