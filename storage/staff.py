"""The desk's own people: roles given in Slack, what is kept of each person, acts that wait for a second one."""

from typing import Any

from sqlalchemy import Connection, Executable, bindparam, literal_column, select
from sqlalchemy.dialects import postgresql, sqlite

from domain.desk.roles import Grant, Member, Role, Wish
from storage.rows import Line, Tongue
from storage.tables import TABLES

ROLE, MEMBER, WISH = TABLES["staff_role"], TABLES["staff_member"], TABLES["staff_wish"]
_PREFERENCES = ("digest_dm", "digest_at", "zone")


def grant_row(g: Grant, t: Tongue) -> Line:
    """Return the row of a role that was given."""
    return (g.subject, int(g.role), g.given_by, t.put(g.at))


def grant_of(r: Line, t: Tongue) -> Grant:
    """Return the grant of a row."""
    return Grant(r[0], Role(r[1]), r[2], t.take(r[3]))


def wish_row(w: Wish, t: Tongue) -> Line:
    """Return the row of an act that waits."""
    head = (w.id, w.what, w.ref, w.argument, w.asked_by, t.put(w.at), t.put(w.until))
    return (*head, w.done_by, t.put_maybe(w.done_at))


def preference_row(m: Member) -> Line:
    """Return the row of a person's preferences, which leaves the rest of theirs as it is."""
    return (m.user, m.digest_dm, m.digest_at, m.zone)


def grants(connection: Connection) -> tuple[Grant, ...]:
    """Return every role that was given, the earliest first."""
    rows = connection.execute(select(ROLE).order_by(ROLE.c.at, ROLE.c.subject))
    return tuple(Grant(r.subject, Role(r.role), r.given_by, r.at) for r in rows)


def wish(wish_id: int, connection: Connection) -> Wish | None:
    """Return an act that waits, or waited, by its id."""
    row = connection.execute(select(WISH).where(WISH.c.id == wish_id)).first()
    return None if row is None else Wish(*row)


def member(user: str, connection: Connection) -> Member:
    """Return what is kept of a person; the usual where nothing is."""
    row = connection.execute(select(MEMBER).where(MEMBER.c.user == user)).first()
    return Member(user) if row is None else Member(*row)


def members(connection: Connection) -> tuple[Member, ...]:
    """Return everybody of whom something is kept."""
    return tuple(Member(*row) for row in connection.execute(select(MEMBER).order_by(MEMBER.c.user)))


def statements_of_staff(name: str) -> dict[str, Executable]:
    """Return the statements of turns: roles read, and of a person either their focus or their preferences kept."""
    return {
        "staff_roles": select(ROLE).order_by(ROLE.c.at, ROLE.c.subject),
        "keep_focus": _keep_some(("focus",), name),
        "keep_preferences": _keep_some(_PREFERENCES, name),
    }


def _keep_some(columns: tuple[str, ...], name: str) -> Executable:
    """Insert a person's row with some columns, or replace these of theirs."""
    insert = postgresql.insert(MEMBER) if name == "postgresql" else sqlite.insert(MEMBER)
    given: dict[str, Any] = {column: bindparam(column) for column in ("user", *columns)}
    unset: dict[str, Any] = {} if "digest_dm" in columns else {"digest_dm": literal_column("false")}
    made = insert.values(given | unset)
    kept: Executable = made.on_conflict_do_update(
        index_elements=["user"], set_={column: made.excluded[column] for column in columns}
    )
    return kept
