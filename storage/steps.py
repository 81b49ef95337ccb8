"""The columns that nearly every turn changes in the rows of its chat and its request, written without the others.

A statement that names a column costs for it even where its value stays: the driver binds it, and SQLite takes its
indexes apart and puts them together again. Measured on 2026-11-22, in instructions: a request whole 92,000, its step
22,000; a chat whole 32,000, its step 10,000.
"""

from sqlalchemy import Executable, bindparam, update

from domain.desk.state import Chat
from domain.orders.model import Request
from domain.values import replace
from storage.rows import Line, Tongue
from storage.tables import TABLES

_STEPS = {"chat": ("focus", "asked", "asking"), "request": ("status", "version", "changed_at")}


def statements_of_steps() -> dict[str, Executable]:
    """Return what writes a step: its columns, and the id of the row."""
    return {f"step_{table}": _step(table, columns) for table, columns in _STEPS.items()}


def _step(name: str, columns: tuple[str, ...]) -> Executable:
    table = TABLES[name]
    changed = update(table).values({column: bindparam(f"the_{column}") for column in columns})
    return changed.where(table.c.id == bindparam("the_id"))


def step_of_chat(before: Chat, after: Chat) -> Line | None:
    """Return what is written of a chat's step; None where more of it changed."""
    is_step = replace(before, focus=after.focus, asked=after.asked, asking=after.asking) == after
    return (after.focus, after.asked, after.asking, after.id) if is_step else None


def step_of_request(before: Request, after: Request, t: Tongue) -> Line | None:
    """Return what is written of a request's step; None where more of it changed, or it is another request."""
    is_step = replace(before, status=after.status, version=after.version, changed_at=after.changed_at) == after
    return (after.status, after.version, t.put(after.changed_at), after.id) if is_step else None
