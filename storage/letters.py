"""Letters as history knows them: by keyed digests of the SHA-256 of a file, and of the code on its pages."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, Select, func, literal_column, select
from sqlalchemy.exc import DBAPIError

from domain.desk.blanks import BLANK_STANDS, BLANK_VOID, UNSIGNED
from domain.desk.letter_seals import LETTER, STANDS, VOIDED
from domain.orders.phases import MOVED, is_ended
from domain.papers.verdicts import Known
from storage.auditing import open_as_it_is, vault_of
from storage.errors import StorageRefused, Unreadable
from storage.tables import TABLES

HISTORY, REQUEST, NUMBER, _CHECK = (TABLES[name] for name in ("history", "request", "number", "vault_check"))
FIELD = LETTER
_OF_LETTERS = HISTORY.c.field == literal_column(f"'{FIELD}'")  # as the index has it
_VOIDS = (VOIDED, BLANK_VOID)
_FATES = (*_VOIDS, STANDS, BLANK_STANDS)
_MOST = 20  # papers with one code that are looked at: one that was printed again and again


def known(digest: str, connection: Connection) -> Known | None:
    """Return the letter that this digest is of; of several with one code, one that counts, the newest sealed one."""
    found = [_known(row, connection) for row in connection.execute(_noted(digest))]
    return max(found, key=lambda each: (each.void_at is None, each.is_signed), default=None)


def _known(row: Row[Any], connection: Connection) -> Known:
    """Return what history says; the last word on whether it counts stands there, too.

    That of a request which ended without any move counts no more since then, and again if its end is taken back.
    """
    paper, _, behind = row.detail.partition(" ")
    last = connection.execute(_fates(row.request_id, paper)).first()
    void_at = last.at if last is not None and last.what in _VOIDS else None
    if void_at is None and is_ended(row.status) and row.status not in (*MOVED, "partial"):
        ended = select(func.max(NUMBER.c.since)).where(NUMBER.c.request_id == row.request_id)
        void_at = connection.execute(ended).scalar_one() or row.changed_at
    return Known(row.request_id, row.ref, int(paper), row.at, void_at, is_signed=behind != UNSIGNED)


def _noted(digest: str) -> Select[Any]:
    of_request = HISTORY.join(REQUEST, REQUEST.c.id == HISTORY.c.request_id)
    told = select(HISTORY.c.request_id, HISTORY.c.at, HISTORY.c.detail, REQUEST.c.ref, REQUEST.c.status)
    told = told.add_columns(REQUEST.c.changed_at).select_from(of_request)
    return told.where(_OF_LETTERS, HISTORY.c.digest == digest).order_by(HISTORY.c.id.desc()).limit(_MOST)


def _fates(request_id: int, paper: str) -> Select[Any]:
    """Select what became of a letter since, the newest first."""
    of_it = (HISTORY.c.request_id == request_id, HISTORY.c.what.in_(_FATES), HISTORY.c.detail == paper)
    return select(HISTORY.c.what, HISTORY.c.at).where(*of_it).order_by(HISTORY.c.id.desc()).limit(1)


def look_up_letter(url: str, data_dir: Path, keys: str | None, value: str) -> Known | None:
    """Return the letter of a file's SHA-256 (hex) or of a `code_value`, also while the desk runs; changes nothing.

    Raises StorageRefused when database or keys cannot be read.
    """
    vault, engine = vault_of(data_dir, keys), open_as_it_is(url)
    try:
        with engine.connect() as connection:
            sealed = connection.execute(select(_CHECK.c.sealed).where(_CHECK.c.name == "digest")).scalar_one()
            vault.tell_apart_by(vault.open(sealed, "vault_check", "sealed", "digest"))
            return known(vault.digest(FIELD, value), connection)
    except Unreadable as error:
        raise StorageRefused("The encryption key is not this database's: set the one it was made with.") from error
    except DBAPIError as error:
        raise StorageRefused(f"The database cannot be read: {type(error.orig).__name__}; see DATABASE_URL.") from error
    finally:
        engine.dispose()
