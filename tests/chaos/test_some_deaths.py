"""The desk dies at a few points of each story, spread over kinds and databases; `make chaos` goes through them all.

With the nursery and PostgreSQL these are 30 process starts.
"""

import asyncio
from pathlib import Path

import pytest

from tests.chaos.sweep import Ground, Point, Run, run_all
from tests.chaos.world import Death, open_nursery

POINTS = (
    Point("sqlite", Death("send", "after", 9), is_real_start=True),
    Point("sqlite", Death("send", "before", 26)),
    Point("sqlite", Death("commit", "after", 12)),
    Point("sqlite", Death("ack", "after", 5)),
    Point("sqlite", Death("mail", "before", 10)),
    Point("postgresql", Death("send", "after", 44)),
    Point("postgresql", Death("commit", "before", 17)),
    Point("postgresql", Death("confirm", "before", 9)),
    Point("sqlite", Death("file", "after", 2), tale="office"),
    Point("postgresql", Death("ack", "after", 3), tale="office"),
    Point("sqlite", Death("commit", "before", 14), tale="desk"),
    Point("postgresql", Death("commit", "after", 15), tale="desk"),
    Point("sqlite", Death("send", "after", 31), tale="life"),
    Point("postgresql", Death("commit", "before", 21), tale="life"),
)


@pytest.fixture(scope="module")
def runs(server: str, tmp_path_factory: pytest.TempPathFactory) -> dict[Point, Run]:
    """Run all of them beside each other."""
    return asyncio.run(_run(server, tmp_path_factory.mktemp("chaos")))


async def _run(server: str, folder: Path) -> dict[Point, Run]:
    async with open_nursery() as nursery:
        found = await run_all(Ground(nursery, folder, server), POINTS)
        assert nursery.starts <= 2 * len(POINTS)
        return {run.point: run for run in found}


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_a_death_loses_nothing_and_doubles_nothing(runs: dict[Point, Run], point: Point) -> None:
    run = runs[point]
    assert run.is_reached
    assert run.verdict.faults == ()
