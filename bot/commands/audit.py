"""Tell whether history is as it was written: `app.py audit verify [--head COUNT:DIGEST]`."""

import asyncio
import re
import sys
from collections.abc import Callable
from pathlib import Path

from bot.settings import Settings
from bot.wording import plain_text
from domain.desk.sealing import Audit, Fault, Head
from domain.wordkeys import nested

USAGE = "Usage: app.py audit verify [--head COUNT:DIGEST]"
_HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{12,64})")


Look = Callable[[str, Path, str | None, Head | None], Audit]  # database, folder of the key file, keys, head to find


async def audit(look: Look, settings: Settings, rest: list[str]) -> int:
    """Do what the command line asks; returns the exit status, 1 when a row is not as it was sealed."""
    match rest:
        case ["verify"]:
            seen = None
        case ["verify", "--head", text] if given := _HEAD.fullmatch(text.lower()):
            seen = Head(int(given[1]), given[2])
        case _:
            print(USAGE, file=sys.stderr)
            return 2
    found = await asyncio.to_thread(
        look, settings.database_url, settings.data_dir, settings.encryption_keys or None, seen
    )
    for line in told(found, seen):
        print(line)
    return 0 if found.fault is None else 1


def told(found: Audit, seen: Head | None) -> list[str]:
    """Return what an audit found in lines: how far the chain is good, what waits, and the first bad row or none."""
    count = str(found.head.count)
    lines = [plain_text("audit.sealed", {"count": count, "head": f"{count}:{found.head.digest}"}, "en")]
    if found.waiting:
        lines.append(plain_text("audit.waiting", {"count": str(found.waiting)}, "en"))
    if found.fault is not None:
        lines.append(_worded(found.fault))
    elif seen is not None:
        lines.append(plain_text("audit.good_and_seen", {"head": str(seen)}, "en"))
    else:
        lines.append(plain_text("audit.good", {}, "en"))
    return lines


def _worded(fault: Fault) -> str:
    """Return the sentence that names a bad row; `?` stands for a row that cannot be told."""
    place = nested("audit.unsealed") if fault.link is None else nested("audit.link", link=str(fault.link))
    row = "?" if fault.row is None else str(fault.row)
    return plain_text(f"audit.wrong.{fault.wrong}", {"row": row, "place": place}, "en")
