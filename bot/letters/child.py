"""The workshop's child: one job after the other, slow to get a turn of the processor, limited in memory and time.

Started as `python -m bot.letters.child`; it talks on its standard streams as `bot.letters.framing` says, and ends with
them.
"""

import os
import resource
import sys
from typing import Any

from bot.letters.framing import head, pack, sizes_of, unpack
from bot.letters.jobs import JOBS
from bot.letters.model import JobRefused

NICE = 10
MOST_MEMORY = 2 * 1024**3  # bytes of address space
MOST_SECONDS = 30  # of the processor, for one job


def main() -> None:
    """Do what is asked until nobody asks any more."""
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while first := sys.stdin.buffer.readline():
        line, *parts = [sys.stdin.buffer.read(size) for size in sizes_of(first)]
        asked = unpack(line, parts)
        _limit()
        _tell(_answer(asked["job"], asked["payload"]))


def _limit() -> None:
    """Give the next job its time, beside what the others took."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + MOST_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def _answer(job: str, payload: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"done": JOBS[job](payload)}
    except JobRefused as e:
        return {"refused": e.code, "detail": e.detail}
    except Exception as e:  # noqa: BLE001 # whatever it is, whoever asked is told instead of waiting
        return {"failed": type(e).__name__}


def _tell(what: dict[str, Any]) -> None:
    line, parts = pack(what)
    out = sys.stdout.buffer
    out.writelines((head(line, parts), line, *parts))
    out.flush()


if __name__ == "__main__":
    main()
