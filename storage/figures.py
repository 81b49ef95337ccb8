"""What staff count across requests: what was done since a moment, and messages that did not get through."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Select, Text, case, cast, func, select

from domain.desk.found import Figures, Moved, Undelivered
from domain.desk.undelivered import FAILED, KEPT, TO_CHATS, TO_REQUESTS
from domain.desk.verbs import EFFECTS
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
_OF_REJECTION = ("rejection", "undone")


def figures(since: datetime, connection: Connection) -> Figures:
    """Return what was done since a moment, in one look."""
    opened = select(func.count()).where(REQUEST.c.created_at >= since, REQUEST.c.status.not_in(_NOT_OPENED))
    ported = select(NUMBER.c.request_id).where(NUMBER.c.phase == "ported", NUMBER.c.since >= since)
    completed = select(func.count()).where(REQUEST.c.id.in_(ported), REQUEST.c.status.in_(("ported", "partial")))
    counts = [connection.execute(each.select_from(REQUEST)).scalar_one() for each in (opened, completed)]
    rest = (_rejected(since, connection), _deeds(since, connection))
    return Figures(counts[0], counts[1], _moved(since, connection), *rest)


def _moved(since: datetime, connection: Connection) -> tuple[Moved, ...]:
    joined = NUMBER.join(REQUEST, REQUEST.c.id == NUMBER.c.request_id).join(ORDER, ORDER.c.id == NUMBER.c.order_id)
    columns = (NUMBER.c.number_class, ORDER.c.carrier, NUMBER.c.attempts, NUMBER.c.since, REQUEST.c.created_at)
    found = select(*columns).select_from(joined).where(NUMBER.c.phase == "ported", NUMBER.c.since >= since)
    rows = connection.execute(found.order_by(NUMBER.c.id.desc()).limit(_MOST_MOVED))
    return tuple(Moved(r.number_class, r.carrier, r.attempts, (r.since - r.created_at) / _DAY) for r in rows)


def _rejected(since: datetime, connection: Connection) -> dict[str, int]:
    """Count rejections by reason; one that was taken back is none."""
    found = select(HISTORY.c.request_id, HISTORY.c.what, HISTORY.c.detail).where(
        HISTORY.c.at >= since, HISTORY.c.what.in_(_OF_REJECTION)
    )
    standing: dict[int, list[str]] = {}
    for row in connection.execute(found.order_by(HISTORY.c.id)):
        if row.what == "rejection":
            standing.setdefault(row.request_id, []).append(row.detail)
        elif row.detail == "reject" and standing.get(row.request_id):
            standing[row.request_id].pop()
    return dict(Counter(code for each in standing.values() for said in each for code in said.split(",")))


def _deeds(since: datetime, connection: Connection) -> dict[tuple[str, str], int]:
    """Count what each of the staff did: a step with several numbers is one deed."""
    whats = [what for what in (*EFFECTS, *DEEDS) if what != "reject"]  # a rejection has a row of its own
    is_deed = (HISTORY.c.at >= since, HISTORY.c.actor.like(f"{STAFF}%"), HISTORY.c.what.in_(whats))
    each = select(HISTORY.c.actor, HISTORY.c.what, HISTORY.c.request_id, HISTORY.c.at).where(*is_deed)
    once = each.distinct().subquery()
    counted = select(once.c.actor, once.c.what, func.count().label("many")).group_by(once.c.actor, once.c.what)
    found: Counter[tuple[str, str]] = Counter()
    for row in connection.execute(counted):
        found[row.actor.removeprefix(STAFF), DEEDS.get(row.what, row.what)] += row.many
    found.subtract(_taken_back(since, connection))
    return {deed: many for deed, many in found.items() if many > 0}


def _taken_back(since: datetime, connection: Connection) -> Counter[tuple[str, str]]:
    """Count what of that was undone again, by who had done it: theirs is the newest such deed before."""
    done, named = HISTORY.alias("done"), {verb: what for what, verb in DEEDS.items()}
    what = case(named, value=HISTORY.c.detail, else_=HISTORY.c.detail)
    before = (done.c.request_id == HISTORY.c.request_id, done.c.what == what, done.c.id < HISTORY.c.id)
    theirs = select(done.c.actor).where(*before, done.c.at >= since, done.c.actor.like(f"{STAFF}%"))
    last = theirs.order_by(done.c.id.desc()).limit(1).correlate(HISTORY).scalar_subquery()
    found = select(last.label("actor"), HISTORY.c.detail).where(HISTORY.c.at >= since, HISTORY.c.what == "undone")
    rows = connection.execute(found).all()
    return Counter((row.actor.removeprefix(STAFF), row.detail) for row in rows if row.actor is not None)


def undelivered(now: datetime, limit: int, connection: Connection) -> tuple[Undelivered, ...]:
    """Return messages that came to nothing and can be sent again, newest first."""
    found = _undelivered(OUTBOX.c.settled_at > now - SHOWN_FOR).order_by(OUTBOX.c.settled_at.desc(), OUTBOX.c.id.desc())
    return tuple(_of(row) for row in connection.execute(found.limit(limit)))


def undelivered_one(owed_id: int, connection: Connection) -> Undelivered | None:
    """Return one of them; None once it was sent again or dropped."""
    row = connection.execute(_undelivered(OUTBOX.c.id == owed_id)).first()
    return None if row is None else _of(row)


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


def _of(row: Any) -> Undelivered:
    return Undelivered(owed_of(tuple(row)), row.settled_at, row.reason, row.ref)
