"""Documents: each encrypted under a fresh key, complete and synced before any row refers to it; here those on disk.

In a folder or a bucket each lies at its place: two characters, `/`, its key. So either can be copied into the other.
"""

import asyncio
import os
import re
import secrets
import tempfile
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, select

from storage.errors import StorageRefused
from storage.hand import Hand
from storage.tables import TABLES
from storage.vault import Vault, sync_folder

KEPT_UNREFERRED = timedelta(days=1)
LOOKED_UP_AT_ONCE = 500
_KEY = re.compile(r"[A-Za-z0-9_-]{1,80}")
_UNFINISHED = ".new"
_MARK = "desk"  # where it says whose place it is


def place_of(object_key: str) -> str:
    """Return where a document lies. Raises ValueError for an unsafe key."""
    if not _KEY.fullmatch(object_key):
        raise ValueError("an object's key is letters, digits, - and _")
    return f"{object_key[-2:]}/{object_key}"


def is_place(place: str) -> bool:
    """Tell whether a document of ours lies there, or one that was never finished; anything else is a stranger's."""
    folder, _, name = place.partition("/")
    object_key = name.partition(".")[0]
    is_named = name == object_key or name.endswith(_UNFINISHED)
    return is_named and bool(_KEY.fullmatch(object_key)) and object_key[-2:] == folder


class Files(ABC):
    """Seals what is kept, opens what is read, and deletes what nothing refers to, wherever it lies."""

    def __init__(self, vault: Vault, hand: Hand) -> None:
        self._vault = vault
        self._hand = hand

    async def keep(self, object_key: str, content: bytes) -> None:
        """Encrypt, write and sync; a crash leaves the whole file or none. Raises ValueError for an unsafe key."""
        place = place_of(object_key)
        await self._put(place, await asyncio.to_thread(self._vault.seal, content, "files", "content", object_key))

    async def read(self, object_key: str) -> bytes:
        """Return the content. Raises KeyError when there is none, Unreadable when it is not this key's."""
        sealed = await self._get(place_of(object_key))
        return await asyncio.to_thread(self._vault.open, sealed, "files", "content", object_key)

    async def drop(self, object_key: str) -> None:
        """Delete the content, after the commit that gave it up; one that is gone already is no error."""
        await self._delete([place_of(object_key)])

    async def sweep(self, now: datetime) -> int:
        """Delete files older than a day that no paper refers to, and unfinished ones; returns how many."""
        gone = 0
        async for places in self._older_than(now - KEPT_UNREFERRED):
            keys = {place: place.partition("/")[2] for place in places if is_place(place)}
            referred = await self._hand.read(partial(_referred, list(keys.values())))
            lost = [place for place, key in keys.items() if key not in referred]
            await self._delete(lost)
            gone += len(lost)
        return gone

    async def claim(self) -> None:
        """Take the place for this database. Raises StorageRefused where it is another's: a sweep would empty it."""
        mark = self._vault.digest("files", _MARK).encode()
        try:
            found = await self._get(_MARK)
        except KeyError:
            await self._put(_MARK, mark)
            return
        if found != mark:
            raise StorageRefused("FILES_URL is another desk's place: give this one a folder or a prefix of its own.")

    @abstractmethod
    async def _put(self, place: str, sealed: bytes) -> None:
        """Write the whole, or nothing that anybody could read."""

    @abstractmethod
    async def _get(self, place: str) -> bytes:
        """Return what lies there. Raises KeyError."""

    @abstractmethod
    async def _delete(self, places: Sequence[str]) -> None:
        """Delete what lies there; what is gone already is no error."""

    @abstractmethod
    def _older_than(self, before: datetime) -> AsyncIterator[list[str]]:
        """Yield places that were last written before a moment, at most `LOOKED_UP_AT_ONCE` at once."""


class FilesOnDisk(Files):
    """Files in one folder, in folders of two characters below it; everything runs in threads."""

    def __init__(self, folder: Path, vault: Vault, hand: Hand) -> None:
        super().__init__(vault, hand)
        self._folder = folder

    async def _put(self, place: str, sealed: bytes) -> None:
        await asyncio.to_thread(self._write, self._folder / place, sealed)

    async def _get(self, place: str) -> bytes:
        try:
            return await asyncio.to_thread((self._folder / place).read_bytes)
        except FileNotFoundError:
            raise KeyError(place) from None

    async def _delete(self, places: Sequence[str]) -> None:
        await asyncio.to_thread(_unlink_all, [self._folder / place for place in places])

    async def _older_than(self, before: datetime) -> AsyncIterator[list[str]]:
        old = await asyncio.to_thread(lambda: list(self._found_older_than(before)))
        for start in range(0, len(old), LOOKED_UP_AT_ONCE):
            yield old[start : start + LOOKED_UP_AT_ONCE]

    def _write(self, path: Path, sealed: bytes) -> None:
        self._make_folder(path.parent)
        unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}{_UNFINISHED}")
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

    def _found_older_than(self, before: datetime) -> Iterator[str]:
        for path in self._folder.glob("*/*"):
            with suppress(FileNotFoundError):  # deleted meanwhile
                if path.stat().st_mtime < before.timestamp():
                    yield path.relative_to(self._folder).as_posix()


def look_at_folder(folder: Path) -> str:
    """Write a file without a name, which is gone at once, into the folder or into what is there of its path.

    Returns a sentence. Raises StorageRefused with one that says what to do.
    """
    there = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    try:
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(b"x")
            file.flush()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StorageRefused(f"{there} cannot be written to ({reason}): see FILES_URL and DATA_DIR.") from error
    return f"{folder} can be written to." if there == folder else f"{folder} can be made."


def _referred(keys: list[str], connection: Connection) -> set[str]:
    paper = TABLES["paper"]
    return set(connection.execute(select(paper.c.object_key).where(paper.c.object_key.in_(keys))).scalars())


def _unlink_all(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
