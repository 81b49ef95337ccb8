"""The files of sealed letters, as history knows them: by a keyed digest of their SHA-256."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, func, literal_column, select
from sqlalchemy.exc import DBAPIError

from domain.orders.phases import MOVED, is_ended
from domain.papers.verdicts import Known
from storage.auditing import open_as_it_is, vault_of
from storage.errors import StorageRefused, Unreadable
from storage.tables import TABLES

HISTORY, REQUEST, NUMBER, _CHECK = (TABLES[name] for name in ("history", "request", "number", "vault_check"))
FIELD = "letter"
_OF_LETTERS = HISTORY.c.field == literal_column(f"'{FIELD}'")  # as the index has it
_ENDS = ("letter_void", "letter_stands")


def known(digest: str, connection: Connection) -> Known | None:
    """Return the letter whose file has this digest; the last word on whether it counts stands in history, too.

    That of a request which ended without any move counts no more since then, and again if its end is taken back.
    """
    row = connection.execute(_sealed(digest)).first()
    if row is None:
        return None
    paper = row.detail.partition(" ")[0]
    last = connection.execute(_fates(row.request_id, paper)).first()
    void_at = last.at if last is not None and last.what == "letter_void" else None
    if void_at is None and is_ended(row.status) and row.status not in (*MOVED, "partial"):
        ended = select(func.max(NUMBER.c.since)).where(NUMBER.c.request_id == row.request_id)
        void_at = connection.execute(ended).scalar_one() or row.changed_at
    return Known(row.request_id, row.ref, int(paper), row.at, void_at)


def _sealed(digest: str) -> Select[Any]:
    of_request = HISTORY.join(REQUEST, REQUEST.c.id == HISTORY.c.request_id)
    told = select(HISTORY.c.request_id, HISTORY.c.at, HISTORY.c.detail, REQUEST.c.ref, REQUEST.c.status)
    told = told.add_columns(REQUEST.c.changed_at).select_from(of_request)
    return told.where(_OF_LETTERS, HISTORY.c.digest == digest).order_by(HISTORY.c.id).limit(1)


def _fates(request_id: int, paper: str) -> Select[Any]:
    """Select what became of a letter since, the newest first."""
    of_it = (HISTORY.c.request_id == request_id, HISTORY.c.what.in_(_ENDS), HISTORY.c.detail == paper)
    return select(HISTORY.c.what, HISTORY.c.at).where(*of_it).order_by(HISTORY.c.id.desc()).limit(1)


def look_up_letter(url: str, data_dir: Path, keys: str | None, sha256: str) -> Known | None:
    """Return the letter whose file has this SHA-256 (hex), also while the desk runs; changes nothing.

    Raises StorageRefused when database or keys cannot be read.
    """
    vault, engine = vault_of(data_dir, keys), open_as_it_is(url)
    try:
        with engine.connect() as connection:
            sealed = connection.execute(select(_CHECK.c.sealed).where(_CHECK.c.name == "digest")).scalar_one()
            vault.tell_apart_by(vault.open(sealed, "vault_check", "sealed", "digest"))
            return known(vault.digest(FIELD, sha256), connection)
    except Unreadable as error:
        raise StorageRefused("The encryption key is not this database's: set the one it was made with.") from error
    except DBAPIError as error:
        raise StorageRefused(f"The database cannot be read: {type(error.orig).__name__}; see DATABASE_URL.") from error
    finally:
        engine.dispose()
