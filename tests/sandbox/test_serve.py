"""Serving an app inside this process."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from sandbox.serve import cut, serve


class Broken(Response):
    """Begins an answer and drops the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the first byte of two."""
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"x", "more_body": True})
        await cut(scope)


def app(answer: Callable[[Request], Awaitable[Response]]) -> Starlette:
    return Starlette(routes=[Route("/", answer), WebSocketRoute("/ws", listen)])


async def listen(socket: WebSocket) -> None:
    await socket.accept()
    async for text in socket.iter_text():
        await socket.send_text(text)


async def greet(_: Request) -> Response:
    return PlainTextResponse("hello")


async def linger(_: Request) -> Response:
    await asyncio.sleep(30)
    return PlainTextResponse("late")


async def test_answers_do_not_wait_for_delayed_acknowledgements() -> None:
    async with serve(app(greet)) as url, aiohttp.ClientSession() as session:
        began = time.monotonic()
        for _ in range(20):
            async with session.get(url) as response:
                assert await response.text() == "hello"
        assert time.monotonic() - began < 0.6


async def test_open_requests_and_sockets_end_with_the_block(caplog: pytest.LogCaptureFixture) -> None:
    async with aiohttp.ClientSession() as session:
        async with serve(app(linger)) as url:
            late = asyncio.create_task(session.post(url))
            asked = asyncio.create_task(session.get(url))
            socket = await session.ws_connect(f"{url}/ws")
            await socket.send_str("x")
            assert (await socket.receive()).data == "x"
            assert (await late).status == 405
            began = time.monotonic()
        assert time.monotonic() - began < 0.5
        with pytest.raises(aiohttp.ClientError):
            await asked
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
    assert not caplog.records


async def test_a_cut_connection_is_cut_silently(caplog: pytest.LogCaptureFixture) -> None:
    async def answer(_: Request) -> Response:
        return Broken()

    async with serve(app(answer)) as url, aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientPayloadError):
            async with session.get(url) as response:
                await response.read()
    assert not caplog.records


async def test_a_port_that_is_taken_is_an_os_error() -> None:
    async with serve(app(greet)) as url:
        with pytest.raises(OSError, match="in use"):
            async with serve(app(greet), port=int(url.rpartition(":")[2])):
                pass
