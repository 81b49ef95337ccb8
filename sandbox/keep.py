"""Keep what the servers know in one file: written whole or not at all, soon after a change and at the end."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

Json = dict[str, Any]

SOON = 0.2  # seconds between a change and its writing


class DamagedError(Exception):
    """The kept file is not what `write` wrote; the message says what is wrong with it."""


def read(path: Path) -> Json | None:
    """Return what was kept; None when nothing was yet. Raises: DamagedError."""
    try:
        kept = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as wrong:
        raise DamagedError(str(wrong)) from wrong
    if not isinstance(kept, dict):
        raise DamagedError("it holds no object")
    return kept


def write(path: Path, content: bytes) -> None:
    """Put `content` in the file's place, safe from a power cut once this returns; only its owner may read it."""
    fresh = path.with_name(f"{path.name}.new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def set_aside(path: Path) -> Path:
    """Rename a damaged file so that somebody can look at it, and return its new name."""
    return path.replace(path.with_name(f"{path.name}.damaged"))


class Keeper:
    """Writes a snapshot a moment after each change, many changes at once; one that is as before is not written."""

    def __init__(self, path: Path, snapshot: Callable[[], Json], soon: float = SOON) -> None:
        self._path = path
        self._snapshot = snapshot
        self._soon = soon
        self._changed = asyncio.Event()
        self._over = asyncio.Event()
        self._written = b""

    def touch(self) -> None:
        """Say that something may have changed."""
        self._changed.set()

    async def run(self) -> None:
        """Keep until `finish`, and then once more."""
        while not self._over.is_set():
            await self._changed.wait()
            await self._pause()
            self._changed.clear()
            await self._save()

    def finish(self) -> None:
        """Let `run` end after a last writing."""
        self._over.set()
        self._changed.set()

    async def _pause(self) -> None:
        try:
            await asyncio.wait_for(self._over.wait(), self._soon)
        except TimeoutError:
            return

    async def _save(self) -> None:
        # The servers' state is alive, so it is put into words on the loop; only the disk is waited for elsewhere.
        content = json.dumps(self._snapshot()).encode()
        if content == self._written:
            return
        try:
            await asyncio.to_thread(write, self._path, content)
        except OSError as wrong:
            sys.stderr.write(f"The sandbox's state could not be kept in {self._path}: {wrong.strerror}.\n")
        else:
            self._written = content


@asynccontextmanager
async def keeping(path: Path, snapshot: Callable[[], Json], soon: float = SOON) -> AsyncIterator[Keeper]:
    """Keep a snapshot up to date in `path` while the block lasts, and write it a last time at its end."""
    keeper = Keeper(path, snapshot, soon)
    running = asyncio.create_task(keeper.run())
    try:
        yield keeper
    finally:
        keeper.finish()
        await running
