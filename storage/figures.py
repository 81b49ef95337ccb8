"""What staff count across requests: what was done since a moment, and messages that did not get through."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Connection, Select, Text, cast, func, select

from domain.desk.found import Figures, Moved, Undelivered
from domain.desk.undelivered import FAILED, KEPT, PAGES, TO_CHATS, TO_REQUESTS
from domain.desk.verbs import EFFECTS
from domain.orders.phases import MOVED
from domain.orders.rejections import codes_of
from storage.rows import owed_of
from storage.tables import TABLES

REQUEST, NUMBER, ORDER = TABLES["request"], TABLES["number"], TABLES["port_order"]
HISTORY, OUTBOX, CHAT = TABLES["history"], TABLES["outbox"], TABLES["chat"]
STAFF = "staff:"
SHOWN_FOR = timedelta(days=30)
_NOT_OPENED = ("intake", "expired")  # drafts, and what was given up as one
_DAY = timedelta(days=1)
_MOST_MOVED = 20_000
# What history calls what staff did, beside the moves, which have the names of their verbs.
DEEDS = {
    "asked": "ask",
    "rejection": "reject",
    "replied": "reply",
    "noted": "note",
    "held": "hold",
    "snoozed": "snooze",
}
_WHATS = tuple(what for what in (*EFFECTS, *DEEDS) if what != "reject")  # a rejection has a row of its own
REJECTION, UNDONE, CORRECTION = "rejection", "undone", "rejected>rejected"


class _Deed(NamedTuple):
    actor: str
    verb: str
    detail: str
    at: datetime


def figures(since: datetime, connection: Connection) -> Figures:
    """Return what was done since a moment, in one look."""
    opened = select(func.count()).where(REQUEST.c.created_at >= since, REQUEST.c.status.not_in(_NOT_OPENED))
    ported = select(NUMBER.c.request_id).where(NUMBER.c.phase.in_(MOVED), NUMBER.c.since >= since)
    completed = select(func.count()).where(REQUEST.c.id.in_(ported), REQUEST.c.status.in_((*MOVED, "partial")))
    counts = [connection.execute(each.select_from(REQUEST)).scalar_one() for each in (opened, completed)]
    gone = _gone(since, connection)
    rest = (_rejected(since, gone, connection), _deeds(since, gone, connection))
    return Figures(counts[0], counts[1], _moved(since, connection), *rest)


def _moved(since: datetime, connection: Connection) -> tuple[Moved, ...]:
    joined = NUMBER.join(REQUEST, REQUEST.c.id == NUMBER.c.request_id).join(ORDER, ORDER.c.id == NUMBER.c.order_id)
    columns = (NUMBER.c.number_class, ORDER.c.carrier, NUMBER.c.attempts, NUMBER.c.since, REQUEST.c.created_at)
    found = select(*columns).select_from(joined).where(NUMBER.c.phase.in_(MOVED), NUMBER.c.since >= since)
    rows = connection.execute(found.order_by(NUMBER.c.id.desc()).limit(_MOST_MOVED))
    return tuple(Moved(r.number_class, r.carrier, r.attempts, (r.since - r.created_at) / _DAY) for r in rows)


def _rejected(since: datetime, gone: Sequence[_Deed], connection: Connection) -> dict[str, int]:
    """Count rejections by reason, each of several by itself; one that no longer stands is none."""
    said = select(HISTORY.c.detail).where(HISTORY.c.at >= since, HISTORY.c.what == REJECTION)
    found = Counter(code for row in connection.execute(said) for code in codes_of(row.detail))
    found.subtract(code for deed in gone if deed.verb == DEEDS[REJECTION] for code in codes_of(deed.detail))
    return {code: many for code, many in found.items() if many > 0}


def _deeds(since: datetime, gone: Sequence[_Deed], connection: Connection) -> dict[tuple[str, str], int]:
    """Count what each of the staff did and still stands: a step with several numbers is one deed."""
    is_deed = (HISTORY.c.at >= since, HISTORY.c.actor.like(f"{STAFF}%"), HISTORY.c.what.in_(_WHATS))
    each = select(HISTORY.c.actor, HISTORY.c.what, HISTORY.c.request_id, HISTORY.c.at).where(*is_deed)
    once = each.distinct().subquery()
    counted = select(once.c.actor, once.c.what, func.count().label("many")).group_by(once.c.actor, once.c.what)
    found: Counter[tuple[str, str]] = Counter()
    for row in connection.execute(counted):
        found[row.actor.removeprefix(STAFF), DEEDS.get(row.what, row.what)] += row.many
    found.subtract((deed.actor.removeprefix(STAFF), deed.verb) for deed in gone)
    return {deed: many for deed, many in found.items() if many > 0}


def _gone(since: datetime, connection: Connection) -> list[_Deed]:
    """Return what was done since a moment and undone again, or corrected before anybody was told of it."""
    is_undone = HISTORY.c.what == UNDONE
    is_corrected = (HISTORY.c.what == "reject") & (HISTORY.c.detail == CORRECTION)
    touched = select(HISTORY.c.request_id).where(HISTORY.c.at >= since, is_undone | is_corrected)
    columns = (HISTORY.c.request_id, HISTORY.c.actor, HISTORY.c.what, HISTORY.c.detail, HISTORY.c.at)
    is_told = HISTORY.c.what.in_(_WHATS) | is_undone | is_corrected
    rows = select(*columns).where(HISTORY.c.at >= since, HISTORY.c.request_id.in_(touched), is_told)
    walk = _Walk()
    for row in connection.execute(rows.order_by(HISTORY.c.id)):
        walk.take(row)
    return walk.gone


class _Walk:
    """Goes through history, and takes the newest deed of a kind away where it was undone or corrected."""

    def __init__(self) -> None:
        self.gone: list[_Deed] = []
        self._standing: defaultdict[tuple[int, str], list[_Deed]] = defaultdict(list)
        self._corrected: set[tuple[int, datetime]] = set()

    def take(self, row: Any) -> None:
        if row.what == UNDONE:
            self._take_away(row.request_id, row.detail)
        elif row.what == "reject":  # once, however many numbers it has
            if (row.request_id, row.at) not in self._corrected:
                self._take_away(row.request_id, "reject")
            self._corrected.add((row.request_id, row.at))
        elif row.actor.startswith(STAFF):
            deed = _Deed(row.actor, DEEDS.get(row.what, row.what), row.detail, row.at)
            here = self._standing[row.request_id, deed.verb]
            if not here or (here[-1].actor, here[-1].at) != (deed.actor, deed.at):
                here.append(deed)

    def _take_away(self, request_id: int, verb: str) -> None:
        here = self._standing[request_id, verb]
        if here:
            self.gone.append(here.pop())


def undelivered(now: datetime, limit: int, connection: Connection) -> tuple[Undelivered, ...]:
    """Return messages that came to nothing and can be sent again, newest first."""
    found = _undelivered(OUTBOX.c.settled_at > now - SHOWN_FOR).order_by(OUTBOX.c.settled_at.desc(), OUTBOX.c.id.desc())
    return tuple(_of(row, connection) for row in connection.execute(found.limit(limit)).all())


def undelivered_one(owed_id: int, connection: Connection) -> Undelivered | None:
    """Return one of them; None once it was sent again or dropped."""
    row = connection.execute(_undelivered(OUTBOX.c.id == owed_id)).first()
    return None if row is None else _of(row, connection)


def _undelivered(which: ColumnElement[bool]) -> Select[Any]:
    """Select messages, each with the request that it is about, or that its chat talks about."""
    of_chat = select(CHAT.c.focus).where(cast(CHAT.c.id, Text) == OUTBOX.c.address).correlate(OUTBOX).scalar_subquery()
    about = select(REQUEST.c.ref).correlate(OUTBOX)
    refs = (
        about.where(OUTBOX.c.kind.in_(TO_REQUESTS), cast(REQUEST.c.id, Text) == OUTBOX.c.address).scalar_subquery(),
        about.where(OUTBOX.c.kind.in_(TO_CHATS), REQUEST.c.id == cast(of_chat, BigInteger)).scalar_subquery(),
    )
    kept = (OUTBOX.c.how.in_(FAILED), OUTBOX.c.kind.in_(KEPT))
    return select(OUTBOX, func.coalesce(*refs).label("ref")).where(*kept, which)


def _of(row: Any, connection: Connection) -> Undelivered:
    """Return a message; a letter's pages may be for the chat of somebody else, so they name their request."""
    owed, ref = owed_of(tuple(row)), row.ref
    if owed.kind == PAGES:
        ref = connection.execute(select(REQUEST.c.ref).where(REQUEST.c.id == int(owed.params["request"]))).scalar()
    return Undelivered(owed, row.settled_at, row.reason, ref)
