"""Runs of the story with a death at one point each, several beside each other."""

import asyncio
import secrets
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psycopg

from tests.chaos.desk import Desk
from tests.chaos.desk_verdict import judge_desk
from tests.chaos.ledger import settled
from tests.chaos.life import Life
from tests.chaos.life_verdict import judge_life
from tests.chaos.office import Office
from tests.chaos.office_verdict import judge_office
from tests.chaos.story import Story
from tests.chaos.verdict import Verdict, judge
from tests.chaos.world import Death, Kind, Nursery, When, World
from tests.house import Platforms
from tests.post_office import PostOffice

AT_ONCE = 5  # stories; most of one's time is waiting, so that two cores carry five
MOST = 400  # points of a kind: a story that is longer has gone astray

Database = Literal["sqlite", "postgresql"]
Tale = Literal["port", "office", "desk", "life"]


@dataclass(frozen=True, slots=True)
class Point:
    """Where the desk dies in one run. `is_real_start`: started as `python app.py run`, imports and all."""

    database: Database
    death: Death
    is_real_start: bool = False
    tale: Tale = "port"

    def __str__(self) -> str:
        return f"{self.tale}-{self.database}-{self.death}{'-real' if self.is_real_start else ''}"


@dataclass(frozen=True, slots=True)
class Run:
    """How a run went."""

    point: Point
    verdict: Verdict
    failed: tuple[str, ...]  # commands whose failure staff saw

    @property
    def is_reached(self) -> bool:
        """Tell whether the desk died at all."""
        return self.verdict.crashes > 0


@dataclass(frozen=True, slots=True)
class Ground:
    """What runs need: the nursery, a folder, and PostgreSQL's URL with `{}` for the database (empty: none)."""

    nursery: Nursery
    folder: Path
    server: str

    @asynccontextmanager
    async def database(self, kind: Database) -> AsyncIterator[str]:
        """Make a fresh database; yields its URL, empty for SQLite in the run's folder."""
        if kind == "sqlite":
            yield ""
            return
        name = f"chaos_{secrets.token_hex(6)}"
        await asyncio.to_thread(self._ask, f"CREATE DATABASE {name} TEMPLATE template_store")
        try:
            yield self.server.format(name)
        finally:
            await asyncio.to_thread(self._ask, f"DROP DATABASE {name} WITH (FORCE)")

    def _ask(self, sql: str) -> None:
        with psycopg.connect(self.server.format("postgres"), autocommit=True) as connection:
            connection.execute(sql.encode())


async def run(ground: Ground, point: Point) -> Run:
    """Live through one story and judge it."""
    folder = Path(tempfile.mkdtemp(prefix=f"{point}-", dir=ground.folder))
    async with (
        ground.database(point.database) as url,
        Platforms().served() as platforms,
        PostOffice(platforms).served() as smtp_url,
    ):
        world = World(platforms, smtp_url, ground.nursery, point.death, folder, url, point.is_real_start)
        verdict, failed = await _TALES[point.tale](world)
        return Run(point, verdict, failed)


async def _tell_port(world: World) -> tuple[Verdict, tuple[str, ...]]:
    story = Story(world)
    async with world.living():
        await story.tell()
        await settled(world)
    return judge(story), tuple(story.failed)


async def _tell_office(world: World) -> tuple[Verdict, tuple[str, ...]]:
    story = Office(world)
    async with world.living():
        await story.tell()
        await settled(world)
    return judge_office(story), tuple(story.failed)


async def _tell_desk(world: World) -> tuple[Verdict, tuple[str, ...]]:
    story = Desk(world)
    async with world.living():
        await story.tell()
        await settled(world)
    return judge_desk(story), tuple(story.failed)


async def _tell_life(world: World) -> tuple[Verdict, tuple[str, ...]]:
    story = Life(world)
    async with world.living(is_armed=False):
        await story.tell()
        await settled(world)
    return judge_life(story), tuple(story.failed)


_TALES = {"port": _tell_port, "office": _tell_office, "desk": _tell_desk, "life": _tell_life}


async def run_all(ground: Ground, points: Sequence[Point]) -> list[Run]:
    """Run some points, in their order."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one(point: Point) -> Run:
        async with room:
            return await run(ground, point)

    return await asyncio.gather(*(one(point) for point in points))


async def sweep(
    ground: Ground, database: Database, kind: Kind, when: When, tale: Tale = "port", *, numbers: Iterator[int]
) -> list[Run]:
    """Die at each of some rising numbers, until a story ends before it reaches one; returns all runs.

    One that did not die ended by itself, or is stuck before its point; its verdict says which.
    """
    runs: list[Run] = []
    is_over = False

    async def work() -> None:
        nonlocal is_over
        while not is_over:
            n = next(numbers)
            assert n <= MOST
            found = await run(ground, Point(database, Death(kind, when, n), tale=tale))
            is_over = is_over or not found.is_reached
            runs.append(found)

    async with asyncio.TaskGroup() as workers:
        for _ in range(AT_ONCE):
            workers.create_task(work())
    return sorted(runs, key=lambda r: r.point.death.n)
