"""A list as one parameter of a statement: JSON on SQLite, an array on PostgreSQL."""

from typing import Any

from sqlalchemy import ARRAY, Column, ColumnElement, Text, any_, bindparam, func, select


def among(column: Column[Any], name: str) -> ColumnElement[bool]:
    """Return whether a column's value is in the list given, for `sqlite` or `postgresql`."""
    if name == "postgresql":
        return column == any_(bindparam("listed", type_=ARRAY(column.type)))
    values = func.json_each(bindparam("listed", type_=Text)).table_valued("value")
    return column.in_(select(values.c.value))
