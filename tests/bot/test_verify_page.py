"""The page that judges letters, under files that strangers send: what it holds of them, and whom it answers."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.types import Message

from bot.clock import utc_now
from bot.handlers.web.presses import Presses
from bot.handlers.web.verifying import AT_ONCE, Verifying
from bot.letters.judging import Judging
from bot.letters.works import Reads
from domain.desk.keeping import Board, Files
from domain.papers.sniff import LARGEST_PAPER

PART = 4 << 20
FORM = (b"content-type", b"multipart/form-data; boundary=b")
LETTER = b'--b\r\nContent-Disposition: form-data; name="letter"; filename="l.pdf"\r\n\r\n%PDF-\r\n--b--\r\n'


class Away:
    """A database that does not answer."""

    async def letter(self, _value: str) -> None:
        await asyncio.Event().wait()


class Web:
    """The page, and those who send something to it."""

    def __init__(self) -> None:
        judging = Judging(cast("Board", Away()), cast("Files", None), cast("Reads", None))
        self._app = Starlette(routes=Verifying(judging, utc_now, ZoneInfo("America/Los_Angeles")).routes())

    async def send(
        self, host: str, *parts: bytes, ends: bool = True, headers: tuple[tuple[bytes, bytes], ...] = ()
    ) -> int:
        """Send parts of a file, and more that never comes unless it `ends`; return the status of the answer."""
        told: list[Message] = []
        left = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
        if ends:
            left.append({"type": "http.request", "body": b"", "more_body": False})

        async def receive() -> Message:
            if not left:
                await asyncio.Event().wait()
            return left.pop(0)

        async def send(message: Message) -> None:
            told.append(message)

        scope = {
            "type": "http", "method": "POST", "path": "/verify", "query_string": b"", "headers": [FORM, *headers],
            "client": (host, 1),
        }  # fmt: skip
        await self._app(scope, receive, send)
        return int(told[0]["status"])

    @contextmanager
    def sending(self, *sent: tuple[str, bytes, int, bool]) -> Iterator[None]:
        """Have strangers send files: from where, a part, how often, and whether the file ends."""
        tasks = [asyncio.create_task(self.send(host, *[part] * often, ends=ends)) for host, part, often, ends in sent]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()


async def settled() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


async def test_strangers_cannot_fill_the_memory() -> None:
    web = Web()
    full = LARGEST_PAPER // PART
    with web.sending(*((f"2001:db8:{place}::1", bytes(PART), full, False) for place in range(AT_ONCE))):
        await settled()
        assert await web.send("192.0.2.1", bytes(PART)) == 503
        assert await web.send("2001:db8:0:0:ffff::2", bytes(PART)) == 429  # the first one's own network
    await settled()
    assert await web.send("192.0.2.1", bytes(PART)) == 400  # no letter is in it, but it was read


async def test_a_file_that_says_it_is_too_large_is_refused_before_it_comes() -> None:
    length = (b"content-length", str(LARGEST_PAPER * 2).encode())
    assert await asyncio.wait_for(Web().send("192.0.2.1", ends=False, headers=(length,)), 5) == 413


async def test_a_few_files_are_judged_at_once_and_no_more() -> None:
    web = Web()
    with web.sending(*((f"192.0.2.{place}", LETTER, 1, True) for place in range(AT_ONCE))):
        await settled()
        assert await asyncio.wait_for(web.send("192.0.2.9", LETTER), 5) == 503


def test_all_addresses_of_one_network_press_as_one() -> None:
    presses = Presses(3, utc_now)
    assert sum(presses.may(f"2001:db8::{n:x}") for n in range(9)) == 3
    assert sum(presses.may(f"::ffff:192.0.2.{n}") for n in range(9)) == 9
    assert not presses.may("2001:db8::ffff:1")
    assert presses.may("2001:db8:0:1::1")
    assert sum(presses.may("—") for _ in range(4)) == 3
