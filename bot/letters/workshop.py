"""Where letters are printed, pictured and looked at: a child process that stays warm for a while, one job at a time.

The loop never waits for such work: it goes out over a socket, and a child that takes too long is killed.
"""

import asyncio
import socket
from asyncio import StreamReader, StreamWriter
from dataclasses import dataclass
from subprocess import Popen
from typing import Any

import orjson

from bot.child import start
from bot.letters.framing import head, pack, sizes_of, unpack
from bot.letters.model import NO_GLYPH, Brand, JobRefused, NoGlyph, payload_of
from domain.papers.letter import Letter, Signature

LIMIT = 40.0  # seconds for one job, the start of a child among them
WARM = 60.0  # seconds for which a child waits for the next job
MOST_PAGES = 10  # pictures: what Telegram takes as one album (Bot API, sendMediaGroup, read 2026-11-22)
_LONGEST_LINE = 1 << 16  # bytes of the line that tells the sizes
_BROKEN = (
    TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError, orjson.JSONDecodeError,
)  # fmt: skip


class JobFailed(Exception):  # noqa: N818 - reads as the answer it is
    """A job came to no end: its child failed, was killed by its limits, or took too long."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """A letter's first pages as PNGs, all of them if it `is_whole`, and its PDF."""

    pages: tuple[bytes, ...]
    pdf: bytes
    is_whole: bool


class Workshop:
    """Does jobs in a child of its own. `brand`: whose letters are printed; `limit`, `warm`: seconds."""

    def __init__(self, brand: Brand, limit: float = LIMIT, warm: float = WARM) -> None:
        self.brand = brand
        self._limit = limit
        self._warm = warm
        self._one_at_a_time = asyncio.Lock()
        self._child: _Child | None = None
        self._cooling: asyncio.TimerHandle | None = None

    async def letter(self, letter: Letter, signature: Signature | None = None) -> bytes:
        """Return a letter as a PDF; raises NoGlyph, JobFailed."""
        pdf: bytes = await self._print("letter", payload_of(letter, self.brand, signature))
        return pdf

    async def pictures(self, letter: Letter, signature: Signature | None = None, most: int = MOST_PAGES) -> Pictures:
        """Return the pages of a letter as pictures; raises NoGlyph, JobFailed."""
        told = await self._print("pictures", payload_of(letter, self.brand, signature, most=most))
        return Pictures(tuple(told["pages"]), told["pdf"], told["is_whole"])

    async def page(self, letter: Letter, place: int) -> tuple[bytes | None, int]:
        """Return one page of a letter as a picture, counted from 1, and how many it has; raises NoGlyph, JobFailed."""
        told = await self._print("page", payload_of(letter, self.brand, None, place=place))
        return told["page"], told["count"]

    async def count(self, letter: Letter) -> int:
        """Return how many pages a letter has; raises NoGlyph, JobFailed."""
        return (await self.page(letter, 0))[1]

    async def _print(self, job: str, payload: dict[str, Any]) -> Any:
        try:
            return await self.run(job, payload)
        except JobRefused as e:
            if e.code == NO_GLYPH:
                raise NoGlyph(e.detail) from e
            raise

    async def run(self, job: str, payload: dict[str, Any]) -> Any:
        """Return what a job of `bot.letters.jobs.JOBS` came to; raises JobRefused, JobFailed."""
        async with self._one_at_a_time:
            answer = await self._ask(job, payload)
        if "refused" in answer:
            raise JobRefused(answer["refused"], answer["detail"])
        if "failed" in answer:
            raise JobFailed(answer["failed"])
        return answer["done"]

    async def _ask(self, job: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Return a child's answer; one that did not answer is not asked again."""
        self._stop_cooling()
        child, self._child = self._child, None
        try:
            async with asyncio.timeout(self._limit):
                child = child or await _Child.start()
                answer: dict[str, Any] = await child.ask({"job": job, "payload": payload})
        except _BROKEN as e:
            await _end(child)
            raise JobFailed(type(e).__name__) from e
        except BaseException:  # whoever asked has gone: the answer must not be the next one's
            await _end(child)
            raise
        self._child = child
        self._cooling = asyncio.get_running_loop().call_later(self._warm, self._cool)
        return answer

    def _cool(self) -> None:
        """Let a child go that nobody has asked for a while; it ends with its streams."""
        child, self._child = self._child, None
        if child is not None:
            child.leave()

    def _stop_cooling(self) -> None:
        if self._cooling is not None:
            self._cooling.cancel()
            self._cooling = None

    async def close(self) -> None:
        """End the child, whatever it does."""
        self._stop_cooling()
        child, self._child = self._child, None
        await _end(child)


class _Child:
    """A child process, and the socket to it."""

    def __init__(self, process: Popen[bytes], hears: StreamReader, says: StreamWriter) -> None:
        self._process = process
        self._hears = hears
        self._says = says

    @classmethod
    async def start(cls) -> "_Child":
        """Start a child; it is ready when it answers."""
        mine, its = socket.socketpair()
        try:
            with its:
                process = await asyncio.to_thread(start, "bot.letters.child", its)
            hears, says = await asyncio.open_connection(sock=mine, limit=_LONGEST_LINE)
        except BaseException:  # whoever asked has gone: the child ends with its streams
            mine.close()
            raise
        return cls(process, hears, says)

    async def ask(self, what: dict[str, Any]) -> Any:
        """Say a message and return the one that answers it."""
        line, parts = pack(what)
        self._says.writelines((head(line, parts), line, *parts))
        await self._says.drain()
        sizes = sizes_of(await self._hears.readuntil())
        line, *parts = [await self._hears.readexactly(size) for size in sizes]
        return unpack(line, parts)

    def leave(self) -> None:
        """Close the streams and kill it; nobody waits for that."""
        self._says.close()
        self._process.kill()
        asyncio.get_running_loop().run_in_executor(None, self._process.wait)

    async def end(self) -> None:
        """Kill it, and wait until it is gone."""
        self._says.close()
        self._process.kill()
        await asyncio.to_thread(self._process.wait)


async def _end(child: _Child | None) -> None:
    if child is not None:
        await asyncio.shield(child.end())
