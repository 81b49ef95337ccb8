"""The database that a desk works on, looked at and changed beside it."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from storage.times import to_micros
from tests.chaos.telling import PATIENCE
from tests.chaos.world import World

OPEN = "SELECT kind FROM outbox WHERE how IS NULL"
LOOK_EVERY = 0.1  # seconds
_BUSY = 10.0  # seconds that SQLite waits for the desk
_SOON = (
    "UPDATE request SET snoozed_until = {at} WHERE snoozed_until > {at}",
    "UPDATE due SET at = {at} WHERE rule LIKE {rule}",
)


async def settled(world: World) -> None:
    """Wait until what was said is written down as said: a busy machine may be late with it; the verdict tells."""
    loop = asyncio.get_running_loop()
    until = loop.time() + PATIENCE
    while rows_in(world, OPEN) and loop.time() < until:  # noqa: ASYNC110 # nothing tells
        await asyncio.sleep(LOOK_EVERY)


def rows_in(world: World, question: str) -> list[tuple[Any, ...]]:
    """Ask the database of a story's desk."""
    return rows_of(world.folder, world.database_url, question)


def rows_of(folder: Path, url: str, question: str) -> list[tuple[Any, ...]]:
    """Ask a desk's database. `url`: PostgreSQL's, empty for SQLite in the folder."""
    if url:
        with psycopg.connect(url) as connection:
            return connection.execute(question.encode()).fetchall()
    file = sqlite3.connect(folder / "port.db", timeout=_BUSY)
    try:
        return file.execute(question).fetchall()
    finally:
        file.close()


def wrong_in(
    world: World, controls: Mapping[tuple[str, str], int], answers: Mapping[str, list[tuple[Any, ...]]]
) -> Iterator[str]:
    """Tell of what history has another number of times, and of questions that other rows answer."""
    found = Counter((row[0], row[1]) for row in rows_in(world, "SELECT actor, what FROM history"))
    yield from (f"noted {found[c]} times of {n}: {c}" for c, n in controls.items() if found[c] != n)
    for question, expected in answers.items():
        rows = rows_in(world, question)
        if rows != expected:
            yield f"{question}: {rows}"


def hurry(world: World, rule: str) -> None:
    """Let the time come at which a rule, of those that begin so, is due; what rests until then rests no longer."""
    now = datetime.now(UTC)
    if world.database_url:
        with psycopg.connect(world.database_url, autocommit=True) as connection:
            for change in _SOON:
                connection.execute(
                    change.format(at="%(at)s", rule="%(rule)s").encode(), {"at": now, "rule": f"{rule}%"}
                )
        return
    file = sqlite3.connect(world.folder / "port.db", timeout=_BUSY)
    try:
        with file:
            for change in _SOON:
                file.execute(change.format(at=":at", rule=":rule"), {"at": to_micros(now), "rule": f"{rule}%"})
    finally:
        file.close()
