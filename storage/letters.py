"""Letters as history knows them: by keyed digests of the SHA-256 of a file, and of the code on its pages."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, Select, func, literal_column, select
from sqlalchemy.exc import DBAPIError

from domain.desk.blanks import BLANK_STANDS, BLANK_VOID, CODED, UNSIGNED
from domain.desk.letter_seals import LETTER, STANDS, VOIDED
from domain.desk.on_paper import COPY
from domain.desk.taking_in import COPY_ACCEPTED, COPY_WAITS
from domain.orders.phases import MOVED, is_ended
from domain.papers.verdicts import Known, Made
from storage.auditing import open_as_it_is, vault_of
from storage.errors import StorageRefused, Unreadable
from storage.tables import TABLES

HISTORY, REQUEST, NUMBER, _CHECK = (TABLES[name] for name in ("history", "request", "number", "vault_check"))
FIELD = LETTER
_OF_LETTERS = HISTORY.c.field == literal_column(f"'{FIELD}'")  # as the index has it
_VOIDS, _STANDS = (VOIDED, BLANK_VOID), (STANDS, BLANK_STANDS)
_FELL, _BACK = "copy_void", "copy_stands"
_FATES = (*_VOIDS, *_STANDS, COPY_ACCEPTED, _FELL, _BACK, COPY_WAITS)
_WORTH = ("printed", "accepted", "sealed")  # of several with one code, the last counts most
_MOST = 20  # papers with one code that are looked at: one that was printed again and again


def known(digest: str, connection: Connection) -> Known | None:
    """Return the letter that this digest is of; of several with one code, one that counts, the newest sealed one."""
    found = [each for row in connection.execute(_noted(digest)) if (each := _known(row, connection)) is not None]
    return max(found, key=lambda each: (each.void_at is None, _WORTH.index(each.made)), default=None)


def _known(row: Row[Any], connection: Connection) -> Known | None:
    """Return what history says; the last word on whether it counts stands there, too. None: a copy that never did.

    That of a request which ended without any move counts no more since then, and again if its end is taken back.
    """
    paper, _, behind = row.detail.partition(" ")
    fates = connection.execute(_fates(row.request_id)).all()
    at, void_at = row.at, _void_at(fates, paper)
    made: Made = "printed" if behind == UNSIGNED else "sealed"
    accepted = _accepted(fates, paper) if behind == COPY or row.what == CODED else None
    if accepted is not None:
        made, (at, void_at) = "accepted", accepted
    elif behind == COPY:
        return None
    if void_at is None and is_ended(row.status) and row.status not in (*MOVED, "partial"):
        ended = select(func.max(NUMBER.c.since)).where(NUMBER.c.request_id == row.request_id)
        void_at = connection.execute(ended).scalar_one() or row.changed_at
    return Known(row.request_id, row.ref, int(paper), at, void_at, made)


def _void_at(fates: Sequence[Row[Any]], paper: str) -> datetime | None:
    """Return since when a letter that we made is void; None: it counts."""
    last = next((row for row in reversed(fates) if row.detail == paper and row.what in (*_VOIDS, *_STANDS)), None)
    return last.at if last is not None and last.what in _VOIDS else None


def _accepted(fates: Sequence[Row[Any]], paper: str) -> tuple[datetime, datetime | None] | None:
    """Return when a letter signed on paper was accepted to which a paper belongs, and since when it is void.

    None: it never was, or that was taken back before anybody knew. What befell the letter is told of the one that was
    accepted last.
    """
    found, is_last = None, False
    for row in fates:
        if row.what == COPY_ACCEPTED:
            is_last = paper in row.detail.split()
            found = (row.at, None) if is_last else found
        elif is_last and found is not None and row.what in (_FELL, _BACK, COPY_WAITS):
            found = None if row.what == COPY_WAITS else (found[0], row.at if row.what == _FELL else None)
    return found


def _noted(digest: str) -> Select[Any]:
    of_request = HISTORY.join(REQUEST, REQUEST.c.id == HISTORY.c.request_id)
    noted = (HISTORY.c.request_id, HISTORY.c.what, HISTORY.c.at, HISTORY.c.detail)
    told = select(*noted, REQUEST.c.ref, REQUEST.c.status, REQUEST.c.changed_at).select_from(of_request)
    return told.where(_OF_LETTERS, HISTORY.c.digest == digest).order_by(HISTORY.c.id.desc()).limit(_MOST)


def _fates(request_id: int) -> Select[Any]:
    """Select what became of a request's letters, the oldest first."""
    of_them = (HISTORY.c.request_id == request_id, HISTORY.c.what.in_(_FATES))
    return select(HISTORY.c.what, HISTORY.c.at, HISTORY.c.detail).where(*of_them).order_by(HISTORY.c.id)


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
