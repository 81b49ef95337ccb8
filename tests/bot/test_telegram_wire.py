"""What servers may answer to a call, and that each call gets its own answer."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import TimedOut

from bot.telegram.request import AiohttpRequest, LostError
from bot.telegram.wire import length_of

BODY = b'{"ok":true,"result":{"message_id":5}}'
PLAIN = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(BODY), BODY)
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n" % (
    BODY[:5],
    len(BODY) - 5,
    BODY[5:],
)
ENDLESS = b"HTTP/1.1 200 OK\r\n\r\n" + BODY  # until the connection ends
TWO_LENGTHS = PLAIN.replace(b"Content-Type", b"Content-Length: %d\r\nContent-Type" % len(BODY))
FOUND = {"message_id": 5}


@dataclass
class Server:
    """Answers the requests of all connections with these bytes, one after the other; b"" answers nothing."""

    answers: list[list[bytes]]
    closes: bool = False
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0
    url: str = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer what comes on one connection."""
        self.connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
                self.requests.append(head + await reader.readexactly(length))
                for piece in self.answers.pop(0):
                    writer.write(piece)
                    await asyncio.sleep(0.01)
                if self.closes:
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()


@asynccontextmanager
async def answering(*answers: list[bytes], closes: bool = False) -> AsyncIterator[tuple[Server, AiohttpRequest]]:
    """Serve these answers on a local port, and open our network for calls to it."""
    known = Server(list(answers), closes)
    server = await asyncio.start_server(known.serve, "127.0.0.1", 0)
    known.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot1:x/sendMessage"
    request = AiohttpRequest(timeout=2)
    try:
        yield known, request
    finally:
        await request.shutdown()
        server.close()


async def asked(*answers: list[bytes], closes: bool = False) -> tuple[Server, object]:
    """Return what one call makes of an answer."""
    async with answering(*answers, closes=closes) as (server, request):
        return server, await request.call(server.url, {"chat_id": "1"})


async def test_calls_go_one_after_the_other_over_one_connection() -> None:
    async with answering([PLAIN], [PLAIN]) as (server, request):
        for _ in range(2):
            assert await request.call(server.url, {"chat_id": "1"}) == FOUND
    assert server.connections == 1


async def test_a_call_is_json_with_its_length_and_the_host_it_is_for() -> None:
    server, _ = await asked([PLAIN])
    host = server.url.split("/")[2].encode()
    assert server.requests == [
        b"POST /bot1:x/sendMessage HTTP/1.1\r\nHost: %b\r\nContent-Type: application/json\r\n"
        b'Content-Length: 15\r\n\r\n{"chat_id":"1"}' % host
    ]


@pytest.mark.parametrize("cut", [1, 9, 12, 40, len(PLAIN) - len(BODY), len(PLAIN) - 1])
async def test_an_answer_may_come_in_pieces(cut: int) -> None:
    assert (await asked([PLAIN[:cut], PLAIN[cut:]]))[1] == FOUND


@pytest.mark.parametrize(
    "answer",
    [
        [CHUNKED],
        [CHUNKED[:30], CHUNKED[30:60], CHUNKED[60:]],
        [b"HTTP/1.1 100 Continue\r\n\r\n" + PLAIN],
        [b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", PLAIN],
        [PLAIN.replace(b"HTTP/1.1", b"HTTP/1.0")],
    ],
)
async def test_an_answer_that_is_not_plain_is_read_as_well(answer: list[bytes]) -> None:
    async with answering(answer, [PLAIN]) as (server, request):
        assert await request.call(server.url, {"chat_id": "1"}) == FOUND
        assert await request.call(server.url, {"chat_id": "1"}) == FOUND


async def test_an_answer_without_a_length_ends_with_its_connection() -> None:
    assert (await asked([ENDLESS], closes=True))[1] == FOUND


async def test_what_a_server_closes_is_not_used_again() -> None:
    closing = PLAIN.replace(b"Content-Type", b"Connection: close\r\nContent-Type")
    async with answering([closing], [PLAIN]) as (server, request):
        for _ in range(2):
            assert await request.call(server.url, {"chat_id": "1"}) == FOUND
    assert server.connections == 2


@pytest.mark.parametrize("answer", [[], [PLAIN[:30]], [PLAIN[:-1]], [CHUNKED[:-7]]])
async def test_an_answer_that_is_cut_off_may_stand_for_a_message_sent(answer: list[bytes]) -> None:
    with pytest.raises(LostError):
        await asked(answer, closes=True)


@pytest.mark.parametrize("answer", [[b"SSH-2.0-OpenSSH_9.2\r\n\r\n"], [b"x" * 20_000], [TWO_LENGTHS]])
async def test_what_is_no_http_may_stand_for_a_message_sent(answer: list[bytes]) -> None:
    with pytest.raises(LostError):
        await asked(answer)


@pytest.mark.parametrize("answer", [[], [PLAIN[:-1]], [CHUNKED[:-7]], [b"HTTP/1.1 100 Continue\r\n\r\n"]])
async def test_an_answer_that_stays_away_is_waited_for_no_longer_than_the_limit(answer: list[bytes]) -> None:
    async with answering(answer) as (server, request):
        with pytest.raises(TimedOut):
            await request.call(server.url, {"chat_id": "1"}, 0.2)


async def test_the_answer_of_a_call_that_was_given_up_is_nobody_elses() -> None:
    late = PLAIN.replace(b'"message_id":5', b'"message_id":4')
    async with answering([b"", b"", b"", late], [PLAIN]) as (server, request):
        given_up = asyncio.create_task(request.call(server.url, {"chat_id": "1"}))
        await asyncio.sleep(0.02)
        given_up.cancel()
        assert await request.call(server.url, {"chat_id": "2"}) == FOUND
    assert server.connections == 2


async def test_more_than_an_answer_is_not_the_next_ones() -> None:
    more = PLAIN + PLAIN.replace(b'"message_id":5', b'"message_id":4')
    async with answering([more], [PLAIN]) as (server, request):
        for _ in range(2):
            assert await request.call(server.url, {"chat_id": "1"}) == FOUND
    assert server.connections == 2


async def test_a_call_is_sent_whole_however_long_it_is() -> None:
    async with answering([PLAIN]) as (server, request):
        assert await request.call(server.url, {"text": "x" * 3_000_000}) == FOUND
    assert server.requests[0].endswith(b'"%b"}' % (b"x" * 3_000_000))


async def test_a_call_goes_where_a_redirection_points() -> None:
    async with answering([PLAIN]) as (there, _):
        moved = b"HTTP/1.1 307 Moved\r\nLocation: %b\r\nContent-Length: 0\r\n\r\n" % there.url.encode()
        assert (await asked([moved], [moved]))[1] == FOUND
    assert there.requests[0].endswith(b'{"chat_id":"1"}')


async def test_a_name_and_a_password_in_the_address_are_shown_to_the_server() -> None:
    async with answering([PLAIN]) as (server, request):
        assert await request.call(server.url.replace("//", "//desk:word@"), {"chat_id": "1"}) == FOUND
    assert b"\r\nAuthorization: Basic ZGVzazp3b3Jk\r\n" in server.requests[0]


HEADERS = st.sampled_from([
    b"Server: nginx", b"Content-Length: 7", b"content-length:7", b"Content-Length: x", b"Content-Length: -7",
    b"Connection: keep-alive", b"Connection: close", b"Transfer-Encoding: chunked", b"Content-Encoding: gzip",
])  # fmt: skip
WAYS: list[Callable[[bytes], bytes]] = [bytes.lower, bytes.upper, bytes.title]


@given(st.sampled_from([b"200", b"204", b"304", b"100", b"400", b"502"]), st.lists(HEADERS), st.sampled_from(WAYS))
def test_only_what_keeps_the_connection_and_says_its_length_once_is_plain(
    status: bytes, headers: list[bytes], write: Callable[[bytes], bytes]
) -> None:
    head = write(b"\r\n".join((b"HTTP/1.1 %b OK" % status, *headers, b"\r\n")))
    lengths = [h for h in headers if h.lower().startswith(b"content-length")]
    is_plain = status in (b"200", b"400", b"502") and len(lengths) == 1 and lengths[0].endswith(b"7")
    is_plain = is_plain and b"-7" not in lengths[0] and not any(b"-Encoding" in h for h in headers)
    is_plain = is_plain and b"Connection: close" not in headers
    assert length_of(head) == (len(head) + 7 if is_plain else -1)
    assert length_of(head[:-1]) == 0
