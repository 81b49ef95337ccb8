"""Which requests have the numbers that a turn names: those with the desk, and those with which they moved here."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Executable, Select, Table, literal_column, select, union_all

from domain.numbers.claims import Claim, strongest_claim
from domain.orders.phases import MOVED, PHASES
from storage.listed import among
from storage.rows import Line
from storage.tables import TABLES

DRAFT = "intake"  # the status of requests that are the customer's alone as yet
OVER = tuple(phase.id for phase in PHASES.values() if phase.terminal)
ENDED = (*OVER, "partial")  # statuses of requests that nobody works on any more
NUMBER, LIST_ROW, REQUEST = TABLES["number"], TABLES["list_row"], TABLES["request"]
_FOUND = (REQUEST.c.id, REQUEST.c.ref, REQUEST.c.chat_id, REQUEST.c.erased_at)


def reads_of_claims(name: str) -> dict[str, Executable]:
    """Return the statement that looks up which requests have numbers; it is given the numbers twice."""
    return {"claims_named": union_all(_in_cases(name), _in_lists(name))}


def _in_cases(name: str) -> Select[Any]:
    has_moved = REQUEST.c.status.in_(_texts(MOVED)) | NUMBER.c.phase.in_(_texts(MOVED))
    is_open = _is_none_of(REQUEST.c.status, (DRAFT, *ENDED)) & _is_none_of(NUMBER.c.phase, OVER)
    return _of(NUMBER, has_moved, is_open, name)


def _in_lists(name: str) -> Select[Any]:
    has_moved = REQUEST.c.status.in_(_texts((*MOVED, "partial")))
    return _of(LIST_ROW, has_moved, _is_none_of(REQUEST.c.status, (DRAFT, *ENDED)), name)


def _of(table: Table, has_moved: ColumnElement[bool], is_open: ColumnElement[bool], name: str) -> Select[Any]:
    joined = select(table.c.e164, has_moved, *_FOUND).join_from(table, REQUEST, REQUEST.c.id == table.c.request_id)
    return joined.where(among(table.c.e164, name), has_moved | is_open)


def _is_none_of(column: ColumnElement[Any], statuses: Iterable[str]) -> ColumnElement[bool]:
    return column.not_in(_texts(statuses))


def _texts(words: Iterable[str]) -> list[Any]:
    return [literal_column(f"'{word}'") for word in words]


def claims_of(rows: Iterable[Line], chat_id: int, request_id: int) -> dict[str, Claim]:
    """Return what a chat may know of numbers apart from one request: of other people's requests not even which.

    Chat 0 is the desk itself, which may know all.
    """
    found: dict[str, Claim] = {}
    for e164, has_moved, other, ref, chat, erased_at in rows:
        if other != request_id:
            is_own = chat_id in (0, chat) and erased_at is None
            claim = Claim(bool(has_moved), ref, other) if is_own else Claim(bool(has_moved))
            found[e164] = strongest_claim(found.get(e164), claim)
    return found
