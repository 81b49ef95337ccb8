"""What Telegram's network may do to a call, and which of the library's errors says so."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.sending import Again
from bot.telegram.request import AiohttpRequest, LostError, NotConnectedError, encode
from bot.telegram.sender import outcome
from domain.desk.keeping import Waiting
from domain.desk.state import Owed
from sandbox.serve import serve

WAITING = Waiting(Owed(1, "say", "chat:1", "1", "help.text", "once"), 0, 0)
HTML = b"<html><body>502 Bad Gateway</body></html>"


@asynccontextmanager
async def asking(limit: float = 2.0) -> AsyncIterator[AiohttpRequest]:
    """Open our network and close it at the end; `limit` in seconds."""
    request = AiohttpRequest(timeout=limit)
    await request.initialize()
    try:
        yield request
    finally:
        await request.shutdown()


async def answered(body: bytes, status: int = 200) -> object:
    """Return what a call makes of an answer."""

    async def endpoint(_request: Request) -> Response:
        return Response(body, status)

    app = Starlette(routes=[Route("/bot1:x/sendMessage", endpoint, methods=["POST"])])
    async with serve(app) as url, asking() as request:
        return await request.call(f"{url}/bot1:x/sendMessage", {"chat_id": "1"})


async def failure(body: bytes, status: int = 200) -> TelegramError:
    """Return the library's error for an answer."""
    with pytest.raises(TelegramError) as raised:
        await answered(body, status)
    return raised.value


def is_ambiguous(error: TelegramError) -> bool:
    """Tell whether the message of a failed call may have arrived."""
    result = outcome(error, WAITING)
    assert isinstance(result, Again)
    return result.ambiguous


@contextmanager
def full_backlog() -> Iterator[str]:
    """Listen where no connection is taken any more: those who come later wait until they give up."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        try:
            for one in waiting:
                one.setblocking(False)
                one.connect_ex(listener.getsockname())
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            for one in waiting:
                one.close()


async def test_a_connection_that_never_comes_about_has_sent_nothing() -> None:
    with full_backlog() as url:
        async with asking(0.4) as request:
            with pytest.raises(NotConnectedError) as raised:
                await request.call(f"{url}/bot1:x/sendMessage", {})
    assert not is_ambiguous(raised.value)


async def test_a_full_pool_has_sent_nothing() -> None:
    async def endpoint(_request: Request) -> Response:
        await asyncio.sleep(5)
        return Response()

    request = AiohttpRequest(connections=1, timeout=0.4)
    async with serve(Starlette(routes=[Route("/slow", endpoint, methods=["POST"])])) as url:
        busy = asyncio.create_task(request.call(f"{url}/slow", {}, 5))
        await asyncio.sleep(0.05)
        with pytest.raises(NotConnectedError):
            await request.call(f"{url}/slow", {})
        busy.cancel()
        await asyncio.wait({busy})
        await request.shutdown()


async def test_a_refused_connection_has_sent_nothing() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    async with asking() as request:
        with pytest.raises(NotConnectedError) as raised:
            await request.call(f"http://127.0.0.1:{port}/bot1:x/sendMessage", {})
    assert not is_ambiguous(raised.value)


async def test_an_answer_that_never_comes_may_stand_for_a_message_that_did() -> None:
    async def endpoint(_request: Request) -> Response:
        await asyncio.sleep(5)
        return Response()

    async with serve(Starlette(routes=[Route("/slow", endpoint, methods=["POST"])])) as url, asking(0.2) as request:
        with pytest.raises(TimedOut) as raised:
            await request.call(f"{url}/slow", {})
    assert is_ambiguous(raised.value)


@pytest.mark.parametrize(
    "body", [b"", b"OK", HTML, b"[]", b'"ok"', b"null", b"7", b'{"ok":true,"resu', b"{}", b'{"ok":1}']
)
async def test_success_without_an_answer_of_the_bot_apis_may_stand_for_a_message_sent(body: bytes) -> None:
    error = await failure(body)
    assert isinstance(error, LostError)
    assert is_ambiguous(error)


@pytest.mark.parametrize("body", [HTML, b"", b"[]", b"null", b'"down"', b"{}", b'{"error":"down"}'])
@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_gateway_that_answers_in_telegrams_place_is_an_outage_of_the_network(body: bytes, status: int) -> None:
    error = await failure(body, status)
    assert isinstance(error, NetworkError)
    assert not isinstance(error, LostError)
    assert not is_ambiguous(error)


async def test_half_a_surrogate_pair_in_somebodys_text_is_survived() -> None:
    found = await answered(b'{"ok":true,"result":[{"update_id":1,"message":{"text":"so \\ud83d half"}}]}')
    assert found == [{"update_id": 1, "message": {"text": "so \ud83d half"}}]


async def test_bytes_that_are_no_utf_8_are_survived() -> None:
    assert await answered(b'{"ok":true,"result":"a\xffb"}') == "a\N{REPLACEMENT CHARACTER}b"


async def test_a_whole_answer_is_given_back() -> None:
    assert await answered(json.dumps({"ok": True, "result": {"message_id": 5}}).encode()) == {"message_id": 5}


@given(st.dictionaries(st.sampled_from(["text", "chat_id", "reply_markup"]), st.text(min_size=1)))
def test_a_call_says_what_was_put_in(fields: dict[str, str]) -> None:
    assert json.loads(encode(fields)) == fields
