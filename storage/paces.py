"""What moves took that are over: read now and then for all classes, so that customers are told an honest time."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from domain.calendar import Days, business_days_between
from domain.orders.expected import Kind, Moved, paces_of
from domain.orders.phases import MOVED
from storage.tables import TABLES

NUMBER, HISTORY = TABLES["number"], TABLES["history"]
BACK = timedelta(days=240)  # how far back moves are looked at, by the day on which they were first sent
RIPE = timedelta(days=60)  # sooner after it was sent a slow move is not over yet: only quick ones would count
_MOST = 20_000
_CANADIAN = "ca_"


def paces(now: datetime, connection: Connection) -> dict[Kind, tuple[int, int]]:
    """Return how many business days moves took, by class and size; nothing for kinds of which there were few."""
    sent = (
        select(HISTORY.c.request_id, func.min(HISTORY.c.at).label("sent"))
        .where(HISTORY.c.what == "submit", HISTORY.c.at >= now - BACK)
        .group_by(HISTORY.c.request_id)
        .subquery()
    )
    wanted = (
        select(NUMBER.c.number_class, func.count().label("many"), sent.c.sent, func.max(NUMBER.c.since).label("moved"))
        .join(sent, sent.c.request_id == NUMBER.c.request_id)
        .where(NUMBER.c.phase.in_(MOVED), sent.c.sent <= now - RIPE)
        .group_by(NUMBER.c.request_id, NUMBER.c.number_class, sent.c.sent)
    )
    return paces_of([_moved(row) for row in connection.execute(wanted.limit(_MOST))])


def _moved(row: Any) -> Moved:  # SQLAlchemy's row, whose columns are untyped
    days = Days(("CA",) if row.number_class.startswith(_CANADIAN) else ("US",))
    return Moved(row.number_class, row.many, business_days_between(_day(row.sent), _day(row.moved), days))


def _day(at: datetime) -> date:
    return at.date()
