"""Tell whether a file is a letter that this desk sealed, untouched: `app.py verify FILE`."""

import asyncio
import hashlib
import sys
from collections.abc import Callable
from pathlib import Path

from bot.letters.judging import told
from bot.letters.model import Brand
from bot.letters.works import fingerprint_of, read_seal
from bot.letters.workshop import JobFailed, Workshop
from bot.settings import Settings
from bot.wording import plain_text
from domain.papers.verdicts import Known, Seal, judge

USAGE = "Usage: app.py verify FILE"

LookUp = Callable[[str, Path, str | None, str], Known | None]  # database, folder of the key file, keys, SHA-256


async def verify(look_up: LookUp, settings: Settings, rest: list[str]) -> int:
    """Judge one file, also while the desk runs; returns the exit status: 0 untouched, 1 anything else, 2 no file."""
    if len(rest) != 1:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        content = await asyncio.to_thread(Path(rest[0]).read_bytes)
    except OSError:
        print(plain_text("verify.command.unreadable", {}, "en"), file=sys.stderr)
        return 2
    database = (settings.database_url, settings.data_dir, settings.encryption_keys or None)
    known = await asyncio.to_thread(look_up, *database, hashlib.sha256(content).hexdigest())
    seal = await _read(content, settings)
    judged = judge(known, seal, await asyncio.to_thread(fingerprint_of, settings))
    print(told(judged, settings.policy))
    return 0 if judged.verdict == "untouched" else 1


async def _read(content: bytes, settings: Settings) -> Seal | None:
    workshop = Workshop(Brand(settings.policy.company))
    try:
        return await read_seal(workshop, content)
    except JobFailed:
        return None
    finally:
        await workshop.close()
