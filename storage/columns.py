"""What every table is made of: names of indexes and keys, the id that we give, columns, partial indexes."""

from typing import Any

from sqlalchemy import BigInteger, Index, Integer, MetaData, text
from sqlmodel import Field, SQLModel

# SQLite takes only a column called INTEGER as the row's own id; BIGINT would cost a second tree for each table.
ID = BigInteger().with_variant(Integer, "sqlite")

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Row(SQLModel):
    """The base of all tables."""

    metadata = METADATA


def an_id(**more: Any) -> Any:
    """Return a column of ids."""
    return Field(sa_type=ID, sa_column_kwargs={"autoincrement": False}, **more)


def some(kind: Any, **more: Any) -> Any:
    """Return a column of a kind."""
    return Field(sa_type=kind, **more)


def part(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Return an index of only the rows that a condition names."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))
