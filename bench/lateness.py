"""The real program on a database that takes its time: `python -m bench.lateness SECONDS run`.

Every batch of statements is held up, as on a database far away: what a turn reads or writes at once is one batch, and
so is each statement of everything else. It is held up in the thread that asked, so that whoever waits behind it waits.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

import app
from storage.postgres import PostgresRun
from storage.sqlite import SqliteRun

_FREE = ("BEGIN", "PRAGMA", "SET ")  # no batches of their own: they go along, or belong to a fresh connection


def hold_up(seconds: float) -> None:
    """Make every batch of statements of this process, on either database, so much later."""
    for run in (SqliteRun, PostgresRun):
        for way in ("reads", "writes"):
            setattr(run, way, _late(getattr(run, way), seconds))

    def before(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(_FREE):
            time.sleep(seconds)

    event.listen(Engine, "before_cursor_execute", before)


def _late(plain: Callable[..., Any], seconds: float) -> Callable[..., Any]:
    def later(run: object, batch: list[object]) -> Any:
        if batch:
            time.sleep(seconds)
        return plain(run, batch)

    return later


if __name__ == "__main__":
    hold_up(float(sys.argv[1]))
    sys.exit(app.main(sys.argv[2:]))
