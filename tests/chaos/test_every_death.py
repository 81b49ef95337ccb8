"""The desk dies at every point of four stories: each send, acknowledgement, commit, file, letter, before and after.

One story is a whole port, another a company's list of numbers, with what staff do to the inventory and the carriers,
the third a day of staff's at the desk, the last what can go otherwise with a port.
"""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.sweep import Database, Ground, Run, Tale, sweep
from tests.chaos.world import Death, Kind, When, open_nursery

pytestmark = pytest.mark.chaos

DATABASES: tuple[Database, ...] = ("sqlite", "postgresql")
_LONG: tuple[Tale, ...] = ("office", "desk")
KINDS: tuple[tuple[Tale, Kind], ...] = (
    *(("port", kind) for kind in ("send", "confirm", "ack", "commit", "file", "mail")),
    *((tale, kind) for tale in _LONG for kind in ("send", "confirm", "ack", "commit", "file")),
    *(("life", kind) for kind in ("send", "confirm", "ack", "commit")),
)  # of the others no letters are written, and in the last one no file is touched
WHENS: tuple[When, ...] = ("before", "after")
_MANY = {  # kinds of points of which only every second one is died at
    "office": ("send", "confirm", "commit"),
    "desk": ("send", "commit"),  # it has hardly an update of Telegram's to confirm
    "life": ("send", "commit"),  # nor has this one
}
HEAD = (
    "story",
    "kind",
    "database",
    "points",
    "lost",
    "doubled",
    "repeated",
    "most repeats of one",
    "most repeated at once",
)


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

    def by(run: Run) -> tuple[str, str, str]:
        death: Death = run.point.death
        return run.point.tale, f"{death.when} {death.kind}", run.point.database

    for names, group in itertools.groupby(runs, key=by):
        verdicts = [run.verdict for run in group]
        figures = (
            len(verdicts),
            sum(len(v.lost) for v in verdicts),
            sum(len(v.doubled) for v in verdicts),
            sum(sum(v.repeats.values()) for v in verdicts),
            max(v.most_repeats for v in verdicts),
            max(sum(v.repeats.values()) for v in verdicts),
        )
        yield " | ".join((*names, *map(str, figures)))


def spread(database: Database, tale: Tale, kind: Kind, when: When) -> Iterator[int]:
    """Count the points to die at: all of the port's; of the others' many every second one, and the rest the other way.

    So each is died at on both databases: before it on the one, after it on the other.
    """
    if kind not in _MANY.get(tale, ()):
        return itertools.count(1)
    return itertools.count(1 if (database == "sqlite") == (when == "before") else 2, 2)


@pytest.mark.parametrize("when", WHENS)
@pytest.mark.parametrize(("tale", "kind"), KINDS)
@pytest.mark.parametrize("database", DATABASES)
async def test_no_death_loses_or_doubles_anything(
    found: list[Run], server: str, tmp_path: Path, database: Database, tale: Tale, kind: Kind, when: When
) -> None:
    async with open_nursery() as nursery:
        numbers = spread(database, tale, kind, when)
        runs = await sweep(Ground(nursery, tmp_path, server), database, kind, when, tale, numbers=numbers)
    died = [run for run in runs if run.is_reached]
    found += died
    assert died, "no death was reached"
    assert {str(run.point): run.verdict.faults for run in runs if run.verdict.faults} == {}
