"""What can go wrong in storage.

StorageError
├── StorageRefused     an operator has to act; the message is one sentence that says what to do
│   └── SchemaNewer    the database was written by a newer release
├── WriteFailed        the database refused this turn; nothing of it was written
├── FilesAway          where documents are kept does not answer as it should; the same may be tried later
└── Unreadable         sealed bytes that no key opens, or that belong to another row
"""

from domain.errors import Away, NotKept


class StorageError(NotKept):
    """Anything that storage raises by itself."""


class StorageRefused(StorageError):  # noqa: N818 - it names what happened, as the glossary does
    """Storage does not start, and says in one sentence what an operator has to do."""


class SchemaNewer(StorageRefused):
    """The database has a revision that this release does not know."""


class WriteFailed(StorageError):  # noqa: N818 - it names what happened
    """The database refused a write (full disk, broken rule); nothing of it was kept."""


class FilesAway(StorageError, Away):  # noqa: N818 - it names what happened
    """Where documents are kept does not answer as it should; the message is a short code."""


class Unreadable(StorageError):  # noqa: N818 - it names what happened
    """Sealed bytes were made with an unknown key, damaged, or moved here from another row."""
