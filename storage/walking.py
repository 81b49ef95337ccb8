"""Reads history as the database has it, in pages: what was put there by a stranger's hand must come out as it is."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Executable,
    Select,
    bindparam,
    case,
    cast,
    extract,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import NullType

from storage.links import COLUMNS
from storage.tables import TABLES

HISTORY, SEAL, UNSEALED = TABLES["history"], TABLES["seal"], TABLES["unsealed"]
PAGE = 1000  # rows in memory at once
FIRST = -(1 << 63)
_UNREAD = (DBAPIError, ValueError, TypeError, OverflowError)

Found = tuple[int, Any]  # the key of a row, and the row, or None where no such row can have been written here


def columns(name: str) -> list[Any]:
    """Return history's columns as the database has them: whatever was put there must come out as it is."""
    at: Any = HISTORY.c.at
    if name == "postgresql":
        micros = cast(extract("epoch", at) * 1_000_000, BigInteger)
        found: Any = case((func.isfinite(at), micros))
    else:
        found = type_coerce(at, NullType())
    return [found.label("at") if each == "at" else raw(HISTORY.c[each]) for each in COLUMNS]


def waiting_rows(name: str) -> Select[Any]:
    """Select what waits: id, key, signature, its link if it has one all the same, and the columns of its row."""
    head = (UNSEALED.c.history_id, raw(UNSEALED.c.key), raw(UNSEALED.c.digest), SEAL.c.seq)
    joined = UNSEALED.outerjoin(SEAL, SEAL.c.history_id == UNSEALED.c.history_id).outerjoin(
        HISTORY, HISTORY.c.id == UNSEALED.c.history_id
    )
    return select(*head, *columns(name)).select_from(joined)


def reads_of_seals(name: str) -> dict[str, Executable]:
    """Return the statements of sealing: the newest link, and what waits after a key, so many at most."""
    newest = select(SEAL.c.seq, raw(SEAL.c.digest)).order_by(SEAL.c.seq.desc())
    after = UNSEALED.c.history_id > bindparam("after", type_=BigInteger)
    waiting = waiting_rows(name).where(after).order_by(UNSEALED.c.history_id)
    most: Any = bindparam("most", type_=BigInteger)
    return {"seal_newest": _first(newest, literal_column("1")), "seal_waiting": _first(waiting, most)}


def _first(wanted: Select[Any], many: Any) -> Executable:
    """Select the first of them; the offset is said because SQLite's dialect would add a parameter of its own."""
    return wanted.limit(many).offset(literal_column("0"))


def raw(column: Any) -> Any:
    """Return a column without what SQLAlchemy makes of its values."""
    return type_coerce(column, NullType()).label(column.name)


def look(connection: Connection, wanted: Select[Any], key: Any, after: int, limit: int) -> list[Found]:
    """Return rows whose key, their first column, is greater than `after`; one by one where the driver cannot read."""
    try:
        rows = connection.execute(wanted.where(key > after).order_by(key).limit(limit)).all()
    except _UNREAD:
        return _look_closely(connection, wanted, key, after, limit)
    return [(row[0], row) for row in rows]


def _look_closely(connection: Connection, wanted: Select[Any], key: Any, after: int, limit: int) -> list[Found]:
    if limit == 1:
        found = connection.execute(select(key).where(key > after).order_by(key).limit(1)).scalar_one()
        return [(found, None)]
    rows: list[Found] = []
    while len(rows) < limit and (one := look(connection, wanted, key, rows[-1][0] if rows else after, 1)):
        rows += one
    return rows


def walk(connection: Connection, wanted: Select[Any], key: Any, after: int = FIRST) -> Iterator[Found]:
    """Yield all rows after a key in the order of their keys, a page in memory at a time."""
    while page := look(connection, wanted, key, after, PAGE):
        yield from page
        after = page[-1][0]
