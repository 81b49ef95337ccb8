"""The statements of a turn, compiled once from the tables for each database; a turn only runs their text.

Parameters are positional. A list is one parameter: JSON on SQLite, an array on PostgreSQL.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Dialect,
    Executable,
    Select,
    Table,
    Text,
    bindparam,
    delete,
    func,
    literal_column,
    select,
    union,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from domain.orders.phases import MOVED, PHASES
from storage.claims import DRAFT, ENDED, reads_of_claims
from storage.companies import belongs, reads_of_companies
from storage.erasing import ERASED, erasures
from storage.listed import among
from storage.ours import reads_of_ours
from storage.settling import settlements
from storage.staff import statements_of_staff
from storage.steps import statements_of_steps
from storage.tables import TABLES
from storage.walking import reads_of_seals

MOST_BRIEFS = 10  # requests of one chat that a turn is given, the newest that are not erased
_FRESH = {  # what is the same of every message newly owed, and so no parameter: each costs 2,000 instructions
    "until": "NULL", "attempts": "0", "ambiguous": "0", "how": "NULL", "settled_at": "NULL", "external_id": "NULL",
    "reason": "''",
}  # fmt: skip
_ERASED_ALONE = "erased_at"  # the column that only an erasure writes: rows that are kept leave it as it is


@dataclass(frozen=True, slots=True)
class Statements:
    """SQL text by what it does; `keep_<table>` inserts a row or replaces the one of its key."""

    heard: str
    chat_of_refs: str
    chat_of_requests: str
    chats: str
    requests: str
    requests_named: str
    orders: str
    numbers: str
    answers: str
    papers: str
    actions: str
    rivals: str
    carrier_notes: str
    ours: str
    circles: str
    ours_named: str
    claims_named: str
    owed_before: str
    open_lanes: str
    lock_chat: str
    make_chat: str
    hear: str
    keep_chat: str
    keep_request: str
    step_chat: str
    step_request: str
    keep_order: str
    drop_order: str
    keep_number: str
    keep_answer: str
    keep_secret: str
    keep_paper: str
    keep_action: str
    keep_held: str
    add_history: str
    add_words: str
    add_unsealed: str
    add_list_row: str
    add_list_ring: str
    add_seal: str
    drop_unsealed: str
    seal_newest: str
    seal_waiting: str
    add_owed: str
    keep_due: str
    add_errand: str
    drop_answer: str
    drop_number: str
    drop_secret: str
    drop_due: str
    drop_errand: str
    drop_held: str
    settle: str
    fail: str
    let_go: str
    postpone: str
    renew: str
    held: str
    keep_card: str
    keep_status_message: str
    keep_company: str
    keep_member: str
    keep_invite: str
    keep_carrier_note: str
    keep_staff_role: str
    keep_staff_wish: str
    keep_focus: str
    keep_preferences: str
    drop_staff_role: str
    staff_roles: str
    members: str
    invites: str
    invites_named: str
    theirs: str
    theirs_waiting: str
    theirs_older: str
    erase_secrets: str
    erase_words: str
    erase_answers: str
    erase_unstated: str
    erase_names: str
    erase_actions: str
    drop_files: str
    erase_files: str
    erase_papers: str
    drop_unsigned: str
    erase_unsigned_files: str
    erase_unsigned: str
    erase_list: str
    blank_list: str
    erase_rings: str
    erase_undelivered: str
    erase_unshown: str
    erase_unposted: str


@cache
def compile_statements(name: str) -> Statements:
    """Compile all of them for `sqlite` or `postgresql`, once in a process: it takes some 30 ms."""
    dialect: Dialect = SQLiteDialect_pysqlite(paramstyle="qmark")
    if name == "postgresql":
        dialect = PGDialect_psycopg(paramstyle="format")  # type: ignore[no-untyped-call]  # SQLAlchemy has no types here
    texts = {
        **_reads(name),
        **reads_of_ours(name),
        **reads_of_claims(name),
        **_owing_reads(name),
        **_keeps(name),
        **statements_of_steps(),
        **_adds(name),
        **_drops(),
        **settlements(name),
        **erasures(name),
        **reads_of_seals(name),
        **statements_of_staff(name),
    }
    return Statements(**{key: _compile(statement, dialect) for key, statement in texts.items()})


def _compile(statement: Executable, dialect: Dialect) -> str:
    return str(statement.compile(dialect=dialect))  # type: ignore[attr-defined]  # every statement has it


def _reads(name: str) -> dict[str, Executable]:
    chat, request, number, action = TABLES["chat"], TABLES["request"], TABLES["number"], TABLES["action"]
    first_number = (
        select(number.c.e164)
        .where(number.c.request_id == request.c.id)
        .order_by(number.c.id)
        .limit(literal_column("1"))
        .offset(literal_column("0"))  # SQLite's dialect would add a parameter of its own
        .scalar_subquery()
    )
    many = select(func.count()).where(number.c.request_id == request.c.id).scalar_subquery()
    of_requests = {"orders": "port_order", "numbers": "number"}
    answer, paper, note = TABLES["answer"], TABLES["paper"], TABLES["carrier_note"]
    is_there = paper.c.status != literal_column(f"'{ERASED}'")
    return {
        "heard": select(TABLES["heard"].c.event_id).where(among(TABLES["heard"].c.event_id, name)),
        "chat_of_refs": select(request.c.ref, request.c.id, request.c.chat_id).where(among(request.c.ref, name)),
        "chat_of_requests": select(request.c.id, request.c.id, request.c.chat_id).where(among(request.c.id, name)),
        "chats": select(chat, belongs(name)).where(among(chat.c.id, name)),
        "requests": _newest_of_chats(request, (first_number, many), name),
        "requests_named": select(request, first_number, many).where(among(request.c.id, name)),
        **{
            key: select(TABLES[table]).where(among(TABLES[table].c.request_id, name))
            for key, table in of_requests.items()
        },
        "papers": select(paper).where(among(paper.c.request_id, name), is_there),
        "answers": select(answer).where(among(answer.c.request_id, name)),
        "actions": _last_actions(action, name),
        "rivals": _rivals(name),
        **reads_of_companies(name, (first_number, many)),
        "carrier_notes": select(note).where(among(note.c.id, name)).with_for_update(),
        "lock_chat": select(chat.c.id).where(chat.c.id == bindparam("chat")).with_for_update(),
    }


def _newest_of_chats(request: Table, of_numbers: tuple[Any, ...], name: str) -> Executable:
    """Select the newest requests of each chat, no erased ones; who made thousands must not slow the others down."""
    if name == "postgresql":
        ids = bindparam("listed", type_=ARRAY(request.c.chat_id.type))
        chats = func.unnest(ids).table_valued("value").render_derived()
    else:
        chats = func.json_each(bindparam("listed", type_=Text)).table_valued("value")
    each = request.alias()
    newest = (
        select(each.c.id)
        .where(each.c.chat_id == chats.c.value, each.c.erased_at.is_(None))
        .order_by(each.c.id.desc())
        .limit(literal_column(str(MOST_BRIEFS)))
        .offset(literal_column("0"))  # as above
        .correlate(chats)
    )
    joined = chats.join(request, request.c.id.in_(newest))
    return select(request, *of_numbers).select_from(joined)


def _last_actions(action: Table, name: str) -> Executable:
    later = action.alias()
    newest = (
        select(func.max(later.c.id))
        .where(later.c.request_id == action.c.request_id, later.c.undone == literal_column("false"))
        .scalar_subquery()
    )
    return select(action).where(among(action.c.request_id, name), action.c.id == newest)


def _rivals(name: str) -> Executable:
    """Select the other requests with a number of a request, be it in the case or in a list; given four times."""
    tables = (TABLES["number"], TABLES["list_row"])
    found = union(*(_rivals_in(mine, other.alias("other"), name) for mine in tables for other in tables))
    return found.order_by(literal_column("1"), literal_column("2"))  # a union knows its columns by their places


def _over() -> list[Any]:
    """Return the phases of numbers that no longer move: what one request let go, another may have."""
    return [literal_column(f"'{phase.id}'") for phase in PHASES.values() if phase.terminal and phase.id not in MOVED]


def _rivals_in(mine: Table, other: Any, name: str) -> Select[Any]:
    request = TABLES["request"]
    return (
        select(mine.c.request_id, request.c.ref)
        .join(other, (other.c.e164 == mine.c.e164) & (other.c.request_id != mine.c.request_id))
        .join(request, request.c.id == other.c.request_id)
        .where(
            among(mine.c.request_id, name),
            *(table.c.phase.not_in(_over()) for table in (mine, other) if "phase" in table.c),
            # Anybody may begin a draft with a stranger's number: only what is with the desk is a rival.
            request.c.status.not_in([literal_column(f"'{status}'") for status in (DRAFT, *ENDED)]),
        )
    )


def _owing_reads(name: str) -> dict[str, Executable]:
    """Read which messages are owed already, and which lanes have open rows that this process does not hold."""
    outbox = TABLES["outbox"]
    not_mine = outbox.c.owner.is_distinct_from(bindparam("owner", type_=BigInteger))
    return {
        "owed_before": select(outbox.c.once).where(among(outbox.c.once, name)),
        "open_lanes": select(outbox.c.lane)
        .distinct()
        .where(among(outbox.c.lane, name), outbox.c.how.is_(None), not_mine),
    }


def _insert(table: Table, name: str) -> Any:
    insert = postgresql.insert(table) if name == "postgresql" else sqlite.insert(table)
    return insert.values({column: bindparam(column) for column in _given(table)})


def _given(table: Table) -> list[str]:
    """Return the columns that a row brings along, in the table's order."""
    return [column.name for column in table.columns if column.name != _ERASED_ALONE]


def _keep(table: Table, name: str) -> Executable:
    insert = _insert(table, name)
    keys = [column.name for column in table.primary_key]
    rest = {column: insert.excluded[column] for column in _given(table) if column not in keys}
    kept: Executable = insert.on_conflict_do_update(index_elements=keys, set_=rest)
    return kept


def _keeps(name: str) -> dict[str, Executable]:
    kept = (
        "chat", "request", "number", "answer", "secret", "paper", "action", "due", "card", "status_message",
        "company", "member", "invite", "carrier_note", "staff_role", "staff_wish",
    )  # fmt: skip
    others = {"keep_order": _keep(TABLES["port_order"], name), "keep_held": _keep(TABLES["inventory"], name)}
    return others | {f"keep_{t}": _keep(TABLES[t], name) for t in kept}


def _adds(name: str) -> dict[str, Executable]:
    tables = {
        "hear": "heard",
        "add_history": "history",
        "add_words": "words",
        "add_unsealed": "unsealed",
        "add_list_row": "list_row",
        "add_list_ring": "list_ring",
        "add_seal": "seal",
    }
    added = tables | {"add_errand": "errand"}
    fresh: dict[str, Any] = {column: literal_column(sql) for column, sql in _FRESH.items()}
    outbox = _insert(TABLES["outbox"], name).values(fresh).on_conflict_do_nothing(index_elements=["once"])
    if name == "postgresql":
        outbox = outbox.returning(TABLES["outbox"].c.id)
    return {key: _insert(TABLES[table], name) for key, table in added.items()} | {
        "add_owed": outbox,
        "make_chat": _insert(TABLES["chat"], name).on_conflict_do_nothing(index_elements=["id"]),
    }


def _drops() -> dict[str, Executable]:
    dropped = {
        "answer": ("request_id", "question"),
        "secret": ("request_id", "question"),
        "due": ("rule", "subject"),
        "number": ("id", "request_id"),
    }
    drops: dict[str, Executable] = {
        "drop_errand": _drop(TABLES["errand"], ("id",)),
        "drop_order": _drop(TABLES["port_order"], ("id", "request_id")),
        "drop_held": _drop(TABLES["inventory"], ("e164",)),
        "drop_unsealed": _drop(TABLES["unsealed"], ("history_id",)),
        "drop_staff_role": _drop(TABLES["staff_role"], ("subject",)),
    }
    return drops | {f"drop_{table}": _drop(TABLES[table], keys) for table, keys in dropped.items()}


def _drop(table: Table, keys: tuple[str, ...]) -> Executable:
    return delete(table).where(*(table.c[key] == bindparam(f"the_{key}", type_=table.c[key].type) for key in keys))
