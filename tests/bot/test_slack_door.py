"""The front door: what Slack signed, lately, once; everything else is turned away without a word."""

import time
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier

from tests.bot.slackdoors import SECRET
from tests.bot.slackworld import MAYA, World, open_world

Headers = list[tuple[str, str]]
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


def command(text: str = "help") -> bytes:
    fields = {"command": "/port", "text": text, "user_id": MAYA, "team_id": "T0SANDBOX", "trigger_id": "1.2"}
    return urlencode(fields).encode()


def signed(body: bytes, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(time.time() if at is None else at))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body) or ""
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature, "Content-Type": FORM}


async def post(world: World, body: bytes, headers: dict[str, str] | Headers) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.post(world.url, data=body, headers=headers) as answer:
        return answer.status, await answer.text()


async def test_what_slack_signed_is_let_in(world: World) -> None:
    status, text = await post(world, command(), signed(command()))
    assert status == 200
    assert "/port list" in text


async def test_the_same_delivery_is_not_let_in_twice(world: World) -> None:
    headers = signed(command())
    assert (await post(world, command(), headers))[0] == 200
    assert await post(world, command(), headers) == (401, "")


@pytest.mark.parametrize("off", [-301, 301, -86_400, 10**9])
async def test_a_delivery_from_another_time_is_turned_away(world: World, off: int) -> None:
    assert await post(world, command(), signed(command(), time.time() + off)) == (401, "")


async def test_a_changed_byte_turns_a_delivery_away(world: World) -> None:
    body, headers = command(), signed(command())
    for place in range(0, len(body), 7):
        changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        assert await post(world, changed, headers) == (401, "")


async def test_another_secret_turns_a_delivery_away(world: World) -> None:
    assert await post(world, command(), signed(command(), secret="another")) == (401, "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Slack-Request-Timestamp", "soon"),
        ("X-Slack-Request-Timestamp", ""),
        ("X-Slack-Request-Timestamp", "1e9"),
        ("X-Slack-Request-Timestamp", "-1790000000"),
        ("X-Slack-Request-Timestamp", "9" * 400),
        ("X-Slack-Signature", ""),
        ("X-Slack-Signature", "v0="),
        ("X-Slack-Signature", "v1=" + "0" * 64),
        ("X-Slack-Signature", "v0=" + "é" * 64),
    ],
)
async def test_a_malformed_header_is_turned_away(world: World, name: str, value: str) -> None:
    assert await post(world, command(), {**signed(command()), name: value}) == (401, "")


@pytest.mark.parametrize("name", ["X-Slack-Request-Timestamp", "X-Slack-Signature"])
async def test_a_missing_or_doubled_header_is_turned_away(world: World, name: str) -> None:
    headers = signed(command())
    missing = {key: value for key, value in headers.items() if key != name}
    assert await post(world, command(), missing) == (401, "")
    doubled = [*headers.items(), (name, headers[name])]
    assert await post(world, command(), doubled) == (401, "")


async def test_a_body_over_a_megabyte_is_turned_away(world: World) -> None:
    body = b"text=" + b"x" * 1_000_001
    assert await post(world, body, signed(body)) == (413, "")


@pytest.mark.parametrize("body", [b"{", b"[1]", b"payload=%7B", b"payload=1", b""])
async def test_a_signed_body_that_nobody_can_read_is_no_error_of_ours(world: World, body: bytes) -> None:
    assert await post(world, body, signed(body)) == (400, "")


async def test_a_json_body_that_is_no_object_is_no_error_of_ours(world: World) -> None:
    body = b'"a=b"'
    assert await post(world, body, {**signed(body), "Content-Type": "application/json"}) == (400, "")


async def test_a_body_that_is_no_text_is_turned_away(world: World) -> None:
    assert await post(world, b"\xff\xfe=1", signed(b"x")) == (401, "")


async def test_an_interaction_that_no_listener_knows_is_answered_without_an_error(world: World) -> None:
    body = urlencode({"command": "/another", "text": "", "user_id": MAYA, "team_id": "T0SANDBOX"}).encode()
    assert await post(world, body, signed(body)) == (404, "")
