"""The doctor's looks at what is kept: on both databases, beside a running desk, changing nothing."""

import asyncio

import pytest

from storage import StorageRefused, looks
from tests.storage.conftest import Place


async def test_what_is_right_is_said_to_be_right_beside_a_running_desk(place: Place) -> None:
    async with place.open():
        kept = looks(place.url, place.folder, place.key, None)
        said = [await asyncio.to_thread(look) for look in kept.values()]
    assert list(kept) == ["database", "keys", "files"]
    assert "current" in said[0]
    assert "open what this database keeps" in said[1]


async def test_the_wrong_key_is_refused(place: Place) -> None:
    async with place.open():
        pass
    with pytest.raises(StorageRefused, match="not this database's"):
        looks(place.url, place.folder, "0" * 64, None)["keys"]()


def test_postgresql_without_keys_is_refused(shared_place: Place) -> None:
    with pytest.raises(StorageRefused, match="ENCRYPTION_KEYS"):
        looks(shared_place.url, shared_place.folder, None, None)["keys"]()


def test_before_anything_is_sealed_any_good_key_will_do(place: Place) -> None:
    assert "Nothing is sealed yet" in looks(place.url, place.folder, place.key, None)["keys"]()
    with pytest.raises(StorageRefused, match="32 bytes"):
        looks(place.url, place.folder, "short", None)["keys"]()


def test_a_database_that_is_away_is_refused_without_its_password(place: Place) -> None:
    kept = looks("postgresql://me:hunter2@127.0.0.1:1/x", place.folder, place.key, None)
    for name in ("database", "keys"):
        with pytest.raises(StorageRefused, match="cannot be read") as refused:
            kept[name]()
        assert "hunter2" not in str(refused.value)
