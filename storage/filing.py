"""What keeps documents where FILES_URL says, and whether it can."""

from pathlib import Path

from storage.files import Files, FilesOnDisk, look_at_folder
from storage.hand import Hand
from storage.places import Place
from storage.vault import Vault


def look_at_files(place: Place) -> str:
    """Return a sentence about a place that can be used. Raises StorageRefused with one that says what to do."""
    if isinstance(place, Path):
        return look_at_folder(place)
    from storage.bucket import look_at_bucket  # imported here: a desk that keeps them on disk need not load it

    return look_at_bucket(place)


def open_files(place: Place, vault: Vault, hand: Hand) -> Files:
    """Return what keeps documents there."""
    if isinstance(place, Path):
        return FilesOnDisk(place, vault, hand)
    from storage.bucket import FilesInBucket

    return FilesInBucket(place, vault, hand)
