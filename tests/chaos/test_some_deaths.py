"""The desk dies at a few points of a whole port, spread over kinds and databases; `make chaos` goes through them all.

Judged by the platforms' records alone. With the nursery and PostgreSQL these are 24 process starts.
"""

import asyncio
from pathlib import Path

import pytest

from tests.chaos.sweep import Ground, Point, Run, run_all
from tests.chaos.world import Death, open_nursery

POINTS = (
    Point("sqlite", Death("send", "after", 7), is_real_start=True),
    Point("sqlite", Death("send", "before", 22)),
    Point("sqlite", Death("commit", "after", 25)),
    Point("sqlite", Death("commit", "before", 12)),
    Point("sqlite", Death("confirm", "after", 5)),
    Point("sqlite", Death("ack", "before", 2)),
    Point("postgresql", Death("send", "after", 24)),
    Point("postgresql", Death("send", "before", 38)),
    Point("postgresql", Death("commit", "after", 9)),
    Point("postgresql", Death("confirm", "before", 9)),
    Point("postgresql", Death("ack", "after", 4)),
)


@pytest.fixture(scope="module")
def runs(server: str, tmp_path_factory: pytest.TempPathFactory) -> dict[Point, Run]:
    """Run all of them beside each other."""
    return asyncio.run(_run(server, tmp_path_factory.mktemp("chaos")))


async def _run(server: str, folder: Path) -> dict[Point, Run]:
    async with open_nursery() as nursery:
        found = await run_all(Ground(nursery, folder, server), POINTS)
        assert nursery.starts <= 22
        return {run.point: run for run in found}


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_a_death_loses_nothing_and_doubles_nothing(runs: dict[Point, Run], point: Point) -> None:
    run = runs[point]
    assert run.is_reached
    assert run.verdict.faults == ()
