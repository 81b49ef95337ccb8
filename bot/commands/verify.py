"""Tell whether a file is a letter of this desk, untouched: `app.py verify FILE`."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from bot.letters.judging import judge_file, told
from bot.letters.model import Brand
from bot.letters.works import Reads
from bot.letters.workshop import JobFailed, Workshop
from bot.settings import Settings
from bot.wording import plain_text
from domain.papers.verdicts import UNTOUCHED, Judged, Known
from domain.text import clean

USAGE = "Usage: app.py verify FILE"

LookUp = Callable[[str, Path, str | None, str], Known | None]  # database, folder of the key file, keys, what of it


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
    try:
        judged = await _judged(look_up, settings, content)
    except JobFailed:
        print(plain_text("verify.command.trouble", {}, "en"), file=sys.stderr)
        return 1
    verdict = told(judged, settings.policy)
    print(plain_text("verify.file", {"name": clean(Path(rest[0]).name), "verdict": verdict}, "en"))
    return 0 if judged.verdict in UNTOUCHED else 1


async def _judged(look_up: LookUp, settings: Settings, content: bytes) -> Judged:
    database = (settings.database_url, settings.data_dir, settings.encryption_keys or None)
    workshop = Workshop(Brand(settings.policy.company))

    async def find(value: str) -> Known | None:
        return await asyncio.to_thread(look_up, *database, value)

    try:
        return await judge_file(content, find, Reads(workshop, settings))
    finally:
        await workshop.close()
