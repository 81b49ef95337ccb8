"""Documents on disk: each an encrypted file under a fresh key, complete and synced before any row refers to it."""

import asyncio
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, select

from storage.hand import Hand
from storage.tables import TABLES
from storage.vault import Vault, sync_folder

KEPT_UNREFERRED = timedelta(days=1)
_KEY = re.compile(r"[A-Za-z0-9_-]{1,80}")
_UNFINISHED = ".new"
_LOOKED_UP_AT_ONCE = 500


class FilesOnDisk:
    """Files in one folder, in 256 folders below it; everything runs in threads."""

    def __init__(self, folder: Path, vault: Vault, hand: Hand) -> None:
        self._folder = folder
        self._vault = vault
        self._hand = hand

    async def keep(self, object_key: str, content: bytes) -> None:
        """Encrypt, write and sync; a crash leaves the whole file or none. Raises ValueError for an unsafe key."""
        await asyncio.to_thread(self._keep, object_key, content)

    async def read(self, object_key: str) -> bytes:
        """Return the content. Raises KeyError when there is none, Unreadable when it is not this key's."""
        return await asyncio.to_thread(self._read, object_key)

    async def drop(self, object_key: str) -> None:
        """Delete the content, after the commit that gave it up; one that is gone already is no error."""
        await asyncio.to_thread(self._path(object_key).unlink, missing_ok=True)

    async def sweep(self, now: datetime) -> int:
        """Delete files older than a day that no paper refers to, and unfinished ones; returns how many."""
        old = await asyncio.to_thread(lambda: list(self._older_than(now - KEPT_UNREFERRED)))
        gone = 0
        for start in range(0, len(old), _LOOKED_UP_AT_ONCE):
            paths = old[start : start + _LOOKED_UP_AT_ONCE]
            referred = await self._hand.read(partial(_referred, [path.name for path in paths]))
            lost = [path for path in paths if path.name not in referred]
            await asyncio.to_thread(_unlink_all, lost)
            gone += len(lost)
        return gone

    def _path(self, object_key: str) -> Path:
        if not _KEY.fullmatch(object_key):
            raise ValueError("an object's key is letters, digits, - and _")
        return self._folder / object_key[-2:] / object_key

    def _keep(self, object_key: str, content: bytes) -> None:
        path = self._path(object_key)
        sealed = self._vault.seal(content, "files", "content", object_key)
        self._make_folder(path.parent)
        unfinished = path.with_name(f"{object_key}.{secrets.token_hex(4)}{_UNFINISHED}")
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
        sync_folder(path.parent)

    def _make_folder(self, folder: Path) -> None:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            sync_folder(folder.parent)

    def _read(self, object_key: str) -> bytes:
        try:
            sealed = self._path(object_key).read_bytes()
        except FileNotFoundError:
            raise KeyError(object_key) from None
        return self._vault.open(sealed, "files", "content", object_key)

    def _older_than(self, before: datetime) -> Iterator[Path]:
        for path in self._folder.glob("*/*"):
            with suppress(FileNotFoundError):  # deleted meanwhile
                if path.stat().st_mtime < before.timestamp():
                    yield path


def _referred(keys: list[str], connection: Connection) -> set[str]:
    paper = TABLES["paper"]
    return set(connection.execute(select(paper.c.object_key).where(paper.c.object_key.in_(keys))).scalars())


def _unlink_all(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
