"""The limits that the sandbox's Slack keeps, compared with those of slack_sdk's models."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    HeaderBlock,
    ImageBlock,
    InputBlock,
    MarkdownBlock,
    Option,
    OptionGroup,
    OverflowMenuElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View as SdkView

from sandbox.slack import Channel
from sandbox.slack.elements import ELEMENTS
from sandbox.slack.errors import RefusedError
from sandbox.slack.limits import BLOCKS, check_blocks, check_view
from tests.sandbox.slack_scene import (
    DESK,
    World,
    actions,
    button,
    modal,
    option,
    refused,
    section,
    select,
    staged,
    words,
)

KINDS = [*BLOCKS, *ELEMENTS, "plain_text", "mrkdwn"]


KEYS = ["type", "text", "elements", "fields", "options", "option_groups", "block_id", "element", "confirm", "label"]


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with staged() as found:
        yield found


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": "C0OTHER", "text": "x"}, "not_in_channel"),
        ({"channel": DESK, "text": ""}, "no_text"),
        ({"channel": DESK, "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": DESK, "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ({"channel": DESK, "text": "x", "metadata": {"event_type": "t"}}, "invalid_metadata_format"),
        ({"channel": DESK, "text": "x", "blocks": [section("x")] * 51}, "invalid_blocks"),
        ({"channel": DESK, "text": "x", "blocks": [section("x" * 3001)]}, "invalid_blocks"),
        ({"channel": DESK, "text": "x", "blocks": [section("")]}, "invalid_blocks"),
        ({"channel": DESK, "text": "x", "blocks": [section("x" * 2700)] * 5}, "msg_blocks_too_long"),
        ({"channel": DESK, "text": "x", "blocks": [{"type": "section"}]}, "invalid_blocks"),
        ({"channel": DESK, "text": "x", "blocks": [{"type": "hologram"}]}, "invalid_blocks"),
        (
            {
                "channel": DESK,
                "text": "x",
                "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
            },
            "invalid_blocks",
        ),
        (
            {
                "channel": DESK,
                "text": "x",
                "blocks": [{**section("a"), "block_id": "b"}, {**section("c"), "block_id": "b"}],
            },
            "invalid_blocks",
        ),
        (
            {
                "channel": DESK,
                "text": "x",
                "blocks": [{"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 11}],
            },
            "invalid_blocks",
        ),
        (
            {
                "channel": DESK,
                "text": "x",
                "blocks": [{"type": "actions", "elements": [button(f"a{n}") for n in range(26)]}],
            },
            "invalid_blocks",
        ),
    ],
)
async def test_what_slack_refuses_is_refused(world: World, arguments: dict[str, Any], code: str) -> None:
    world.slack.add_channel(Channel("C0OTHER", "other"))
    assert await refused(world.client.api_call("chat.postMessage", json=arguments)) == code
    assert world.slack.posts() == []
    assert world.record.of("slack", "chat.postMessage", effective=True) == []


@pytest.mark.parametrize(
    "bad",
    [
        button(text="x" * 76),
        button(value="x" * 2001),
        button("x" * 256),
        {**button(), "style": "green"},
        {
            "type": "overflow",
            "action_id": "o",
            "options": [{"text": {"type": "plain_text", "text": "x" * 76}, "value": "1"}],
        },
        {"type": "static_select", "action_id": "o", "options": []},
        {"type": "static_select", "action_id": "o", "options": ["wireless"]},
        {"type": "slider"},
    ],
)
async def test_an_element_outside_the_limits_is_named_with_its_place(world: World, bad: dict[str, Any]) -> None:
    blocks = [section("ok"), {"type": "actions", "elements": [bad]}]
    with pytest.raises(SlackApiError) as caught:
        await world.client.chat_postMessage(channel=DESK, text="x", blocks=blocks)
    [message] = caught.value.response["response_metadata"]["messages"]
    assert "[json-pointer:/blocks/1/elements" in message


def objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.recursive(st.none() | st.sampled_from(KINDS) | st.integers(), objects, max_leaves=15)))
def test_the_limits_take_or_refuse_whatever_they_are_given(blocks: list[Any]) -> None:
    try:
        check_blocks(blocks)
    except RefusedError as refusal:
        assert {message[:8] for message in refusal.messages} == {"[ERROR] "}  # noqa: PT017 - taking it is right too
    else:
        assert all(isinstance(block, dict) for block in blocks)


def confirm(**over: Any) -> dict[str, Any]:
    return actions({**button(), "confirm": {"title": words(1), "text": words(1), **over}})


@pytest.mark.parametrize(
    ("most", "made"),
    [
        (Block.block_id_max_length, lambda n: {**section("x"), "block_id": "x" * n}),
        (HeaderBlock.text_max_length, lambda n: {"type": "header", "text": words(n)}),
        (SectionBlock.text_max_length, lambda n: section("x" * n)),
        (SectionBlock.fields_max_length, lambda n: {"type": "section", "fields": [words(1)] * n}),
        (ContextBlock.elements_max_length, lambda n: {"type": "context", "elements": [words(1)] * n}),
        (
            ActionsBlock.elements_max_length,
            lambda n: {"type": "actions", "elements": [button(f"{i}") for i in range(n)]},
        ),
        (InputBlock.label_max_length, lambda n: {**modal()["blocks"][0], "label": words(n)}),
        (InputBlock.hint_max_length, lambda n: {**modal()["blocks"][0], "hint": words(n)}),
        (MarkdownBlock.text_max_length, lambda n: {"type": "markdown", "text": "x" * n}),
        (ImageBlock.alt_text_max_length, lambda n: {"type": "image", "image_url": "u", "alt_text": "x" * n}),
        (ButtonElement.text_max_length, lambda n: actions(button(text="x" * n))),
        (ButtonElement.value_max_length, lambda n: actions(button(value="x" * n))),
        (ButtonElement.url_max_length, lambda n: actions({**button(), "url": "x" * n})),
        (ButtonElement.action_id_max_length, lambda n: actions(button("x" * n))),
        (Option.label_max_length, lambda n: actions(select(option(text=n)))),
        (Option.value_max_length, lambda n: actions(select(option(value=n)))),
        (StaticSelectElement.options_max_length, lambda n: actions(select(*[option()] * n))),
        (StaticSelectElement.placeholder_max_length, lambda n: actions(select(option(), placeholder=words(n)))),
        (
            OptionGroup.label_max_length,
            lambda n: actions(select(option_groups=[{"label": words(n), "options": [option()]}])),
        ),
        (
            OverflowMenuElement.options_max_length,
            lambda n: actions({"type": "overflow", "action_id": "o", "options": [option()] * n}),
        ),
        (ConfirmObject.title_max_length, lambda n: confirm(title=words(n))),
        (ConfirmObject.text_max_length, lambda n: confirm(text=words(n))),
        (ConfirmObject.confirm_max_length, lambda n: confirm(confirm=words(n))),
    ],
)
def test_the_limits_are_those_of_slack_sdks_models(most: int, made: Callable[[int], dict[str, Any]]) -> None:
    check_blocks([made(most)])
    with pytest.raises(RefusedError, match="invalid_blocks"):
        check_blocks([made(most + 1)])


@pytest.mark.parametrize(
    ("most", "made"),
    [
        (SdkView.title_max_length, lambda n: modal(title=words(n))),
        (SdkView.submit_max_length, lambda n: modal(submit=words(n))),
        (SdkView.close_max_length, lambda n: modal(close=words(n))),
        (SdkView.private_metadata_max_length, lambda n: modal(private_metadata="x" * n)),
        (SdkView.callback_id_max_length, lambda n: modal(callback_id="x" * n)),
        (SdkView.blocks_max_length, lambda n: modal(blocks=[section("x")] * n)),
    ],
)
def test_a_views_limits_are_those_of_slack_sdks_models(most: int, made: Callable[[int], dict[str, Any]]) -> None:
    check_view(made(most), ("modal",))
    with pytest.raises(RefusedError, match="invalid_arguments"):
        check_view(made(most + 1), ("modal",))


@pytest.mark.parametrize(
    "over",
    [
        {"title": {"type": "plain_text", "text": "x" * 25}},
        {"submit": {"type": "plain_text", "text": "x" * 25}},
        {"submit": None},
        {"private_metadata": "x" * 3001},
        {"callback_id": "x" * 256},
        {"blocks": [section("x")] * 101},
        {"type": "home"},
    ],
)
async def test_a_modal_outside_the_limits_is_refused(world: World, over: dict[str, Any]) -> None:
    bad = world.client.views_open(trigger_id="1.2.x", view=modal(**over))
    assert await refused(bad) == "invalid_arguments"
