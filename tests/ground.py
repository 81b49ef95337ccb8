"""The ground that a test's desk stands on: an empty database, whose migrations are run once in a test process.

They take ten times as long as all else that opening a store takes. What they do is tested where the store is.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import storage
from bot.clock import utc_now
from storage import Store, migrate
from storage.engine import open_engines

_SQLITE = "sqlite:///"
_empty: list[bytes] = []  # the file, once it was made


def lay(url: str) -> None:
    """Put an empty database of this release where SQLite's file is not there yet."""
    path = Path(url.removeprefix(_SQLITE))
    if not url.startswith(_SQLITE) or path.exists():
        return
    if not _empty:
        _empty.append(_made())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(0o600)
    path.write_bytes(_empty[0])


def _made() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        engines = open_engines(f"{_SQLITE}{path}")
        try:
            migrate(engines.writer)
        finally:
            engines.close()
        return path.read_bytes()


async def open_store(
    url: str,
    data_dir: Path,
    keys: str | None,
    lease_seconds: float = 20.0,
    files_url: str | None = None,
    now: Callable[[], datetime] = utc_now,
) -> Store:
    """Open a store, as `storage.open_store` does, on such a ground."""
    await asyncio.to_thread(lay, url)
    return await storage.open_store(url, data_dir, keys, lease_seconds, files_url, now)
