"""Reads a list here when it is short; a long one, or a workbook, in a child that may be slow, fail or hang."""

import asyncio
import socket
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from typing import Any

import msgspec
import orjson

from bot.child import start
from bot.lists.looking import (
    Look,
    Named,
    Wish,
    known_to_json,
    looked_of_json,
    opened_of_json,
    page_of_json,
    wish_to_json,
)
from domain.errors import Unreadable
from domain.numbers.columns import Ask
from domain.numbers.listing import Entry, Looked
from domain.numbers.portability import Known
from domain.numbers.workbooks import is_workbook

SHORT_ROWS = 300
SHORT_CELLS = 3000
SHORT_BYTES = 20_000  # of such a file the worst, line ends and quotes without end, takes 40 ms (2 cores, 2026-11-22)
TIME_LIMIT = 60.0  # seconds from the start of a child to its end
_LONGEST_LINE = 1 << 26  # bytes of one message of a child's: 100,000 numbers with all that belongs to them
_DELIMITERS = (b",", b";", b"\t", b"|")
_CRASHED = Unreadable("list.refused.crashed")

LookUp = Callable[[Named], Awaitable[Known]]
CameTo = Looked | Ask | Unreadable


def is_short(content: bytes) -> bool:
    """Tell whether a file is read within some milliseconds, so that no child is worth its start."""
    if len(content) > SHORT_BYTES or is_workbook(content):
        return False
    ends = max(content.count(b"\n"), content.count(b"\r"))
    return ends <= SHORT_ROWS and ends + sum(map(content.count, _DELIMITERS)) <= SHORT_CELLS


async def read_list(content: bytes, wish: Wish, look_up: LookUp, limit: float = TIME_LIMIT) -> CameTo:
    """Look through a list; `look_up` tells what is known of its numbers. A child that fails is a clear sentence.

    `limit`: seconds that a child may take in all.
    """
    if is_short(content):
        look = Look(wish)
        opened = look.open(content)
        return look.judge(await look_up(opened)) if isinstance(opened, Named) else opened
    try:
        async with asyncio.timeout(limit), _child() as child:
            return await _talk(child, content, wish, look_up)
    except (TimeoutError, asyncio.IncompleteReadError, ConnectionError, orjson.JSONDecodeError, msgspec.DecodeError):
        return _CRASHED


@dataclass(frozen=True, slots=True)
class Child:
    """What is said to the child that reads, and what is heard of it."""

    says: StreamWriter
    hears: StreamReader


async def _talk(child: Child, content: bytes, wish: Wish, look_up: LookUp) -> CameTo:
    await _tell(child, {"wish": wish_to_json(wish), "size": len(content)}, content)
    opened = opened_of_json(await _hear(child))
    if not isinstance(opened, Named):
        return opened
    known = await look_up(opened)
    await _tell(child, known_to_json(known))
    return await _hear_all(child, await _hear(child))


async def _hear_all(child: Child, told: dict[str, Any]) -> Looked:
    """Hear what a list came to, page by page; what has come already is no reason to keep others waiting."""
    entries: list[Entry] = []
    for _ in range(told["pages"]):
        entries += page_of_json(await child.hears.readuntil())
        await asyncio.sleep(0)
    return looked_of_json(told, entries, await child.hears.readexactly(told["report"]))


@asynccontextmanager
async def _child() -> AsyncIterator[Child]:
    """Start a child of our own, and leave none behind."""
    mine, its = socket.socketpair()
    with its:
        child = await asyncio.to_thread(start, "bot.lists.child", its)
    try:
        hears, says = await asyncio.open_connection(sock=mine, limit=_LONGEST_LINE)
        with closing(says):
            yield Child(says, hears)
    finally:
        child.kill()
        await asyncio.to_thread(child.wait)


async def _tell(child: Child, what: dict[str, Any], behind: bytes = b"") -> None:
    child.says.write(orjson.dumps(what) + b"\n" + behind)
    await child.says.drain()


async def _hear(child: Child) -> dict[str, Any]:
    line = await child.hears.readuntil()
    told: dict[str, Any] = orjson.loads(line)
    return told
