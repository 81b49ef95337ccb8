"""The desk dies at every point of a whole port: each send, acknowledgement, commit and letter, before and after."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.sweep import Database, Ground, Run, sweep
from tests.chaos.world import Death, Kind, When, open_nursery

pytestmark = pytest.mark.chaos

DATABASES: tuple[Database, ...] = ("sqlite", "postgresql")
KINDS: tuple[Kind, ...] = ("send", "confirm", "ack", "commit", "mail")
WHENS: tuple[When, ...] = ("before", "after")
HEAD = ("kind", "database", "points", "lost", "doubled", "repeated", "most repeats of one", "most repeated at once")


@pytest.fixture(scope="module")
def found(request: pytest.FixtureRequest) -> Iterator[list[Run]]:
    """Collect all runs; at the end print a table of them."""
    runs: list[Run] = []
    yield runs
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    capture = request.config.pluginmanager.get_plugin("capturemanager")
    assert reporter is not None
    assert capture is not None
    with capture.global_and_fixture_disabled():
        for line in ("", *table(runs)):
            reporter.write_line(line)


def table(runs: list[Run]) -> Iterator[str]:
    """Return the figures of runs by kind of death and database."""
    yield " | ".join(HEAD)

    def by(run: Run) -> tuple[str, str]:
        death: Death = run.point.death
        return f"{death.when} {death.kind}", run.point.database

    for (kind, database), group in itertools.groupby(runs, key=by):
        verdicts = [run.verdict for run in group]
        figures = (
            len(verdicts),
            sum(len(v.lost) for v in verdicts),
            sum(len(v.doubled) for v in verdicts),
            sum(sum(v.repeats.values()) for v in verdicts),
            max(v.most_repeats for v in verdicts),
            max(sum(v.repeats.values()) for v in verdicts),
        )
        yield " | ".join((kind, database, *map(str, figures)))


@pytest.mark.parametrize("when", WHENS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("database", DATABASES)
async def test_no_death_loses_or_doubles_anything(
    found: list[Run], server: str, tmp_path: Path, database: Database, kind: Kind, when: When
) -> None:
    async with open_nursery() as nursery:
        runs = await sweep(Ground(nursery, tmp_path, server), database, kind, when)
    found += runs
    assert runs, "no death was reached"
    assert {str(run.point): run.verdict.faults for run in runs if run.verdict.faults} == {}
