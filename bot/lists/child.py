"""The child process that reads one long list and ends: slow to get a turn of the processor, limited in memory and time.

Started as `python -m bot.lists.child`; it talks on its standard streams as `bot.lists.looking` says.
"""

import json
import os
import resource
import sys
from typing import Any

from bot.lists.looking import (
    Look,
    Named,
    known_of_json,
    looked_to_json,
    opened_to_json,
    pages_to_json,
    wish_of_json,
)
from domain.numbers.listing import Entry

NICE = 10
MOST_MEMORY = 2 * 1024**3  # bytes of address space
MOST_SECONDS = 60  # of the processor


def main() -> None:
    """Read a wish and a file, say which numbers to look up, hear what is known of them, and say what came of it."""
    os.nice(NICE)
    if hasattr(os, "SCHED_IDLE"):  # Linux: whoever serves people goes first at once
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    told = json.loads(sys.stdin.buffer.readline())
    look = Look(wish_of_json(told["wish"]))
    opened = look.open(sys.stdin.buffer.read(told["size"]))
    _tell(opened_to_json(opened))
    if not isinstance(opened, Named):
        return
    looked = look.judge(known_of_json(json.loads(sys.stdin.buffer.readline())))
    _tell(looked_to_json(looked))
    for page in pages_to_json(looked):
        _tell(page)
    sys.stdout.buffer.write(looked.report)
    sys.stdout.buffer.flush()


def _tell(what: dict[str, Any] | list[Entry]) -> None:
    sys.stdout.buffer.write(json.dumps(what).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
