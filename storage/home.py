"""The sections of staff's Home: which open requests each has, counted together and listed one page at a time.

Unanswered: the customer waits for what staff write to them. Undelivered: a message
about it, or to its chat, came to nothing within a month. Urgent: what a person has
to look at now.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, literal, or_, select

from domain.desk.home import NEXT_DAYS, SECTIONS, Glance
from domain.desk.undelivered import TO_CHATS, TO_REQUESTS
from domain.desk.urgent import LATE
from domain.intake.questions import QUESTIONS
from domain.orders.phases import PHASES, with_ball
from storage.claims import DRAFT
from storage.figures import SHOWN_FOR
from storage.finding import is_called_for, stale, urgent
from storage.tables import TABLES

REQUEST, NUMBER, OUTBOX = TABLES["request"], TABLES["number"], TABLES["outbox"]
ANSWER = TABLES["answer"]
_BLOCK_NOTHING = ("pin", *(question.id for question in QUESTIONS if question.late))  # asked for last, or by the way
_WAITS = REQUEST.alias("waits")
_WAITING = select(_WAITS.c.id).where(_WAITS.c.waits_since.is_not(None))
_OF_ANY_STATUS = ("unanswered", "urgent")  # sections that say themselves of which requests they are
_UNANSWERED = REQUEST.c.id.in_(_WAITING)  # may be over; as a column beside `_OPEN`, SQLite would read every request
_OPEN = REQUEST.c.status.in_((*(phase.id for phase in PHASES.values() if not phase.terminal), "needs_attention"))
_MOST_FAILED = 500

Conditions = Mapping[str, ColumnElement[bool]]


def counts(which: Conditions, connection: Connection) -> dict[str, int]:
    """Return how many requests each section has, by one look."""
    columns = [func.count().filter(condition).label(name) for name, condition in which.items()]
    row = connection.execute(select(*columns).select_from(REQUEST).where(or_(_OPEN, _UNANSWERED))).one()
    return {name: int(getattr(row, name)) for name in which}


def refs(which: ColumnElement[bool], glance: Glance, connection: Connection) -> list[str]:
    """Return a page's references in their order."""
    found = _ordered(select(REQUEST.c.ref).where(which), glance.section)
    return [row.ref for row in connection.execute(found.limit(glance.limit).offset(glance.offset))]


def sections(glance: Glance, now: datetime, connection: Connection) -> dict[str, ColumnElement[bool]]:
    """Return what each section's requests have in common; but for customers who wait, they are open."""
    awake = or_(REQUEST.c.snoozed_until.is_(None), REQUEST.c.snoozed_until <= now)
    handed_in = REQUEST.c.status != DRAFT
    found: dict[str, ColumnElement[bool]] = {
        "mine": and_(REQUEST.c.assignee == glance.user, awake),
        "unassigned": and_(REQUEST.c.assignee.is_(None), handed_in, awake),
        "desk": and_(_for_us(), awake),
        "customer": and_(_for_customers(), handed_in, awake),
        "carrier": and_(REQUEST.c.status.in_(_balls("carrier")), awake),
        "today": _moves(glance, 1),
        "week": _moves(glance, NEXT_DAYS),
        "stale": stale(glance.stale_before, now),
        "unanswered": _UNANSWERED,
        "undelivered": _undelivered(now, connection),
        "urgent": urgent(now),
    }
    return {name: found[name] if name in _OF_ANY_STATUS else and_(_OPEN, found[name]) for name in SECTIONS}


def _for_us() -> ColumnElement[bool]:
    """Tell which requests the desk has to go on with: a rejection that is put right among them."""
    status = REQUEST.c.status
    is_ready = and_(status.in_((*_balls("desk"), "needs_attention")), ~_is_short_of_answers())
    return or_(is_ready, and_(status == "rejected", REQUEST.c.repaired.is_not(None)))


def _for_customers() -> ColumnElement[bool]:
    """Tell which requests wait for their customer: in the desk's review too, while an answer of theirs is open."""
    status = REQUEST.c.status
    is_open = and_(status.in_(_balls("customer")), or_(status != "rejected", REQUEST.c.repaired.is_(None)))
    return or_(is_open, _is_short_of_answers())


def _is_short_of_answers() -> ColumnElement[bool]:
    """Tell which requests in the desk's review lack their signature, or an answer that is asked for again."""
    mine = ANSWER.c.request_id == REQUEST.c.id
    is_signed = and_(mine, ANSWER.c.question == "signature")
    is_again = and_(mine, ANSWER.c.reopened.is_(True), ANSWER.c.question.not_in(_BLOCK_NOTHING))
    signed, again = (select(literal(1)).where(which).correlate(REQUEST).exists() for which in (is_signed, is_again))
    was_signed = REQUEST.c.signed_at.is_not(None)
    return and_(REQUEST.c.status == "staff_review", or_(and_(was_signed, ~signed), again))


def _balls(ball: str) -> tuple[str, ...]:
    return with_ball(ball)


def _moves(glance: Glance, days: int) -> ColumnElement[bool]:
    """Tell which requests have a number that moves within some days, today the first of them."""
    day = NUMBER.c.port_date
    soon = and_(day >= glance.today, day < glance.today + timedelta(days=days), NUMBER.c.phase.in_(LATE))
    return REQUEST.c.id.in_(select(NUMBER.c.request_id).where(soon))


def _undelivered(now: datetime, connection: Connection) -> ColumnElement[bool]:
    """Tell which requests have a message that came to nothing, by the chats and requests that such were meant for."""
    failed = and_(OUTBOX.c.how.in_(("dead", "held")), OUTBOX.c.settled_at > now - SHOWN_FOR)
    found = select(OUTBOX.c.kind, OUTBOX.c.address).where(failed, OUTBOX.c.kind.in_((*TO_CHATS, *TO_REQUESTS)))
    rows = connection.execute(found.order_by(OUTBOX.c.settled_at.desc()).limit(_MOST_FAILED)).all()
    chats, requests = ({int(r.address) for r in rows if r.kind in kinds} for kinds in (TO_CHATS, TO_REQUESTS))
    of_chats = REQUEST.c.chat_id.in_(chats) if chats else false()
    return or_(of_chats, REQUEST.c.id.in_(requests) if requests else false())


def _ordered(found: Select[tuple[str]], section: str) -> Select[tuple[str]]:
    """Order a section: by the next date where dates decide, then longest unchanged first.

    Of one's own, drafts that nobody is wanted for come last: it is not the desk's turn.
    """
    if section not in ("mine", "today", "week"):
        return found.order_by(REQUEST.c.changed_at, REQUEST.c.id)
    its_own = NUMBER.c.request_id == REQUEST.c.id
    due = select(func.min(NUMBER.c.port_date)).where(its_own).correlate(REQUEST).scalar_subquery()
    rests = and_(REQUEST.c.status == DRAFT, ~is_called_for())
    return found.order_by(rests, due.is_(None), due, REQUEST.c.changed_at, REQUEST.c.id)
