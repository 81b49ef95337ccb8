"""How sends went, and whose they are meanwhile: the statements that turns and the relay write with."""

from typing import Any

from sqlalchemy import ColumnElement, Executable, bindparam, case, literal_column, select, update

from domain.desk.undelivered import FAILED, KEPT
from storage.listed import among
from storage.tables import TABLES


def settlements(name: str) -> dict[str, Executable]:
    """Return what writes how sends went and keeps leases; only the holder's word counts, for a row that is open."""
    outbox = TABLES["outbox"]
    mine = (outbox.c.owner == bindparam("the_owner"), outbox.c.how.is_(None))
    held = (outbox.c.id == bindparam("the_id"), *mine)
    listed = (among(outbox.c.id, name), *mine)
    blank: dict[str, ColumnElement[Any]] = {"params": literal_column("'{}'"), "buttons": literal_column("'[]'")}
    ended = ("how", "settled_at", "external_id", "reason")
    waiting = ("until", "attempts", "ambiguous")
    return {
        "settle": update(outbox).where(*held).values(blank | {name: bindparam(name) for name in ended}),
        "fail": update(outbox).where(*held).values(_unless_kept(blank) | {name: bindparam(name) for name in ended}),
        "let_go": update(outbox)
        .where(outbox.c.id == bindparam("the_id"), outbox.c.how.in_(_literals(FAILED)))
        .values(blank | {"how": literal_column("'dropped'")}),
        "postpone": update(outbox).where(*held).values({name: bindparam(name) for name in waiting}),
        "renew": update(outbox).where(*listed).values(lease_until=bindparam("lease_until")),
        "held": select(outbox.c.id).where(*listed),
    }


def _unless_kept(blank: dict[str, ColumnElement[Any]]) -> dict[str, ColumnElement[Any]]:
    """Leave what staff can have sent again as it is."""
    outbox = TABLES["outbox"]
    is_kept = outbox.c.kind.in_(_literals(KEPT))
    return {name: case((is_kept, outbox.c[name]), else_=nothing) for name, nothing in blank.items()}


def _literals(words: tuple[str, ...]) -> list[Any]:
    return [literal_column(f"'{word}'") for word in words]
