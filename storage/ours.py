"""Which numbers are ours: those of the inventory, and those at which calls ring.

Calls ring at the destinations of requests that went to a carrier: one for all their numbers, or one for each of a list.
"""

from typing import Any

from sqlalchemy import ColumnElement, Executable, func, literal_column, select, union_all

from domain.orders.phases import AT_CARRIER, MOVED
from storage.listed import among
from storage.tables import TABLES

NAMES = ("inventory", "number", "answer", "request", "list_row", "list_ring")
INVENTORY, NUMBER, ANSWER, REQUEST, LIST_ROW, LIST_RING = (TABLES[name] for name in NAMES)
# Statuses of requests that staff have sent to a carrier, and that were not given up: their calls ring somewhere.
SENT = (*AT_CARRIER, "rejected", "cancel_requested", "needs_attention", *MOVED, "partial")
_RECEIVING: Any = literal_column("'receiving'")
_TRACKING: Any = literal_column("'tracking'")
_RINGS = ANSWER.c.question == literal_column("'destination'")
_IS_SENT = REQUEST.c.status.in_([literal_column(f"'{status}'") for status in SENT])
_RINGS_AT: ColumnElement[Any] = func.substr(ANSWER.c.value, literal_column("3"), literal_column("12"))  # of ["+1…"]
_OPENS: Any = literal_column("'[\"'")
_CLOSES: Any = literal_column("'\"]'")
_DERIVED: Any = literal_column("''")  # in the place of an entry's source
OURS_GIVEN = 7  # how often the statement of what requests' numbers do here is given the requests
_FOUND = (INVENTORY.c.e164, INVENTORY.c.role, INVENTORY.c.owner, INVENTORY.c.source)


def reads_of_ours(name: str) -> dict[str, Executable]:
    """Return the statements that look numbers up; what requests derive is read from them, so it is never out of date.

    `ours`: of requests, given `OURS_GIVEN` times; `circles`: of requests' lists; `ours_named`: of numbers, given bare,
    as answers keep them, and bare.
    """
    return {"ours": _of_requests(name), "circles": _circles(name), "ours_named": _of_numbers(name)}


def _of_requests(name: str) -> Executable:
    """Select what numbers of requests, and those at which their calls shall ring, do here, apart from themselves."""
    moving = select(NUMBER.c.request_id, *_FOUND).join_from(NUMBER, INVENTORY, INVENTORY.c.e164 == NUMBER.c.e164)
    rings = select(ANSWER.c.request_id, *_FOUND).join_from(ANSWER, INVENTORY, INVENTORY.c.e164 == _RINGS_AT)
    kept_as = _OPENS.op("||")(NUMBER.c.e164).op("||")(_CLOSES)
    is_theirs = _RINGS & (ANSWER.c.value == kept_as) & (ANSWER.c.request_id != NUMBER.c.request_id)
    receiving = (
        select(NUMBER.c.request_id, NUMBER.c.e164, _RECEIVING, REQUEST.c.ref, _DERIVED)
        .join_from(NUMBER, ANSWER, is_theirs)
        .join(REQUEST, REQUEST.c.id == ANSWER.c.request_id)
    )
    of_numbers = among(NUMBER.c.request_id, name)
    return union_all(
        moving.where(of_numbers),
        rings.where(among(ANSWER.c.request_id, name), _RINGS),
        receiving.where(of_numbers, _IS_SENT),
        _of_lists(name),
        _listed_at_answers(name),
        _at_lists(NUMBER, name),
        _at_lists(LIST_ROW.alias("mine"), name),
    )


def _of_lists(name: str) -> Any:
    """Select what numbers of a request's list are of the inventory."""
    listed = select(LIST_ROW.c.request_id, *_FOUND).join_from(LIST_ROW, INVENTORY, INVENTORY.c.e164 == LIST_ROW.c.e164)
    return listed.where(among(LIST_ROW.c.request_id, name))


def _listed_at_answers(name: str) -> Any:
    """Select the numbers of a request's list at which calls of another request ring."""
    kept_as = _OPENS.op("||")(LIST_ROW.c.e164).op("||")(_CLOSES)
    is_theirs = _RINGS & (ANSWER.c.value == kept_as) & (ANSWER.c.request_id != LIST_ROW.c.request_id)
    found = select(LIST_ROW.c.request_id, LIST_ROW.c.e164, _RECEIVING, REQUEST.c.ref, _DERIVED)
    joined = found.join_from(LIST_ROW, ANSWER, is_theirs).join(REQUEST, REQUEST.c.id == ANSWER.c.request_id)
    return joined.where(among(LIST_ROW.c.request_id, name), _IS_SENT)


def _at_lists(mine: Any, name: str) -> Any:
    """Select the numbers of a request at which calls of another one's list ring."""
    theirs = (LIST_RING.c.destination == mine.c.e164) & (LIST_RING.c.request_id != mine.c.request_id)
    found = select(mine.c.request_id, mine.c.e164, _RECEIVING, REQUEST.c.ref, _DERIVED).distinct()
    joined = found.join_from(mine, LIST_RING, theirs).join(REQUEST, REQUEST.c.id == LIST_RING.c.request_id)
    return joined.where(among(mine.c.request_id, name), _IS_SENT)


def _circles(name: str) -> Executable:
    """Select where calls of a request's list shall ring, and cannot: they come in here."""
    found = select(LIST_RING.c.request_id, LIST_RING.c.destination).distinct()
    joined = found.join_from(LIST_RING, INVENTORY, INVENTORY.c.e164 == LIST_RING.c.destination)
    return joined.where(among(LIST_RING.c.request_id, name), INVENTORY.c.role == _TRACKING)


def _of_numbers(name: str) -> Executable:
    receiving = select(_RINGS_AT, _RECEIVING, REQUEST.c.ref, _DERIVED).join_from(
        ANSWER, REQUEST, REQUEST.c.id == ANSWER.c.request_id
    )
    by_list = select(LIST_RING.c.destination, _RECEIVING, REQUEST.c.ref, _DERIVED).distinct()
    joined = by_list.join_from(LIST_RING, REQUEST, REQUEST.c.id == LIST_RING.c.request_id)
    return union_all(
        select(*_FOUND).where(among(INVENTORY.c.e164, name)),
        receiving.where(_RINGS, among(ANSWER.c.value, name), _IS_SENT),
        joined.where(among(LIST_RING.c.destination, name), _IS_SENT),
    )
