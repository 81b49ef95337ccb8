"""What staff read, on the readers' engine."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select, func, select

from domain.carriers import Note
from domain.desk.keeping import Line, Numbers, Sheet
from domain.desk.roles import Grant, Member, Wish
from domain.desk.state import History, Key, OfRef, OfRequest
from domain.numbers.inventory import Ours
from domain.numbers.listing import digest_of
from domain.orders.agreed import agreed_by, agreed_of
from storage import staff
from storage.carriers import notes
from storage.claims import ENDED
from storage.hand import Hand
from storage.loading import find_places, load, ours_of
from storage.ours import INVENTORY
from storage.rows import dump, values_of
from storage.saving import Tools
from storage.tables import TABLES

REQUEST, NUMBER, ORDER, OUTBOX = TABLES["request"], TABLES["number"], TABLES["port_order"], TABLES["outbox"]
HISTORY, WORDS, SECRET, ANSWER = TABLES["history"], TABLES["words"], TABLES["secret"], TABLES["answer"]
LIST_ROW = TABLES["list_row"]
SHOWN_HISTORY = 20
SHOWN_LINES = 10
_DAY = timedelta(days=1)


class BoardDesk:
    """The desk's board; `undelivered` counts messages that ended dead or held within the last day."""

    def __init__(self, hand: Hand, tools: Tools) -> None:
        self._hand = hand
        self._tools = tools

    async def sheet(self, *, ref: str | None = None, request_id: int | None = None) -> Sheet | None:
        """Return one request whole, by reference (folded) or id."""
        key: Key = OfRef(ref) if ref is not None else OfRequest(request_id or 0)
        return await self._hand.read(partial(self._sheet, key))

    def _sheet(self, key: Key, connection: Connection) -> Sheet | None:
        s, t = self._tools.statements, self._tools.tongue
        run = self._hand.run_on(connection)
        place = find_places(run, s, t, [key])[0]
        if place is None or not place.request_id:
            return None
        state = load(run, s, t, [place], [], self._tools.book).states[0]
        if state.case is None:
            return None
        history = self._history(place.request_id, connection)
        wrote = _carriers_words(place.request_id, connection) if any(n.rejection for n in state.case.numbers) else ""
        return Sheet(state.case, state.papers, history, state.chat.blocked, self._tools.now(), state.action, wrote)

    def _history(self, request_id: int, connection: Connection) -> tuple[History, ...]:
        newest = select(HISTORY).where(HISTORY.c.request_id == request_id).order_by(HISTORY.c.id.desc())
        rows = connection.execute(newest.limit(SHOWN_HISTORY)).all()
        return tuple(
            History(r.id, r.request_id, r.chat_id, r.actor, r.what, r.at, r.field, r.detail) for r in rows[::-1]
        )

    async def lines(
        self, *, status: str | None, limit: int, offset: int, assignee: str | None = None, is_snoozed: bool = False
    ) -> tuple[Line, ...]:
        """Return open requests (or those of one status, or of one person), longest unchanged first.

        Those that are snoozed are left out, or with `is_snoozed` the only ones.
        """
        which = REQUEST.c.status.not_in(ENDED) if status is None else REQUEST.c.status == status
        rests = REQUEST.c.snoozed_until > self._tools.now()
        which &= rests if is_snoozed else self._is_awake()
        if assignee is not None:
            which &= REQUEST.c.assignee == assignee
        return await self._hand.read(partial(_lines, which, limit, offset))

    def _is_awake(self) -> ColumnElement[bool]:
        """Tell which requests are not snoozed, or no longer."""
        return REQUEST.c.snoozed_until.is_(None) | (REQUEST.c.snoozed_until <= self._tools.now())

    async def numbers(self, *, today: str, stale_before: datetime) -> Numbers:
        """Return the desk in figures; `today` is the desk's local date, ISO."""
        return await self._hand.read(partial(self._numbers, date.fromisoformat(today), stale_before))

    def _numbers(self, today: date, stale_before: datetime, connection: Connection) -> Numbers:
        counted = select(REQUEST.c.status, func.count().label("many")).group_by(REQUEST.c.status)
        by_status = {row.status: row.many for row in connection.execute(counted)}
        is_open = REQUEST.c.status.not_in(ENDED)
        ports_today = is_open & REQUEST.c.id.in_(select(NUMBER.c.request_id).where(NUMBER.c.port_date == today))
        stale = is_open & (REQUEST.c.changed_at < stale_before) & self._is_awake()
        failed = OUTBOX.c.how.in_(("dead", "held")) & (OUTBOX.c.settled_at > self._tools.now() - _DAY)
        undelivered = connection.execute(select(func.count()).where(failed)).scalar_one()
        dates_today, oldest = (_lines(which, SHOWN_LINES, 0, connection) for which in (ports_today, stale))
        return Numbers(by_status, dates_today, oldest, undelivered)

    async def inventory(self) -> dict[str, int]:
        """Return how many numbers of the inventory there are, by what they do."""
        counted = select(INVENTORY.c.role, func.count().label("many")).group_by(INVENTORY.c.role)
        return await self._hand.read(lambda connection: {r.role: r.many for r in connection.execute(counted)})

    async def ours(self, e164: str) -> Ours | None:
        """Return what a number does here; None where it is not ours."""
        look, t = self._tools.statements.ours_named, self._tools.tongue
        params = (t.listed([e164]), t.listed([dump((e164,))]), t.listed([e164]))
        [rows] = await self._hand.read(lambda connection: self._hand.run_on(connection).reads([(look, params)]))
        return ours_of(rows).get(e164)

    async def is_list_whole(self, ref: str) -> bool:
        """Tell whether the kept numbers of a request's list are those agreed to, by their SHA-256; true without one."""
        sheet = await self.sheet(ref=ref)
        agreed = agreed_of(sheet.case) if sheet is not None else None
        if sheet is None or agreed is None:
            return True
        return await self._hand.read(partial(_digest, sheet.case.request.id, agreed.paper)) == agreed.digest

    async def carrier_notes(self, carrier: str) -> tuple[Note, ...]:
        """Return every correction of a carrier's entry, also withdrawn ones, oldest first."""
        return await self._hand.read(partial(notes, carrier))

    def grants(self) -> tuple[Grant, ...]:
        """Return the roles that were given in Slack, as read at most half a minute ago."""
        return self._tools.grants

    async def read_grants(self) -> None:
        """Read the roles of staff anew: they count from then on, a role that was taken away no more."""
        self._tools.grants = await self._hand.read(staff.grants)

    async def wish(self, wish_id: int) -> Wish | None:
        """Return an act that waits, or waited, for a second person."""
        return await self._hand.read(partial(staff.wish, wish_id))

    async def member(self, user: str) -> Member:
        """Return what is kept of one of the staff; the usual where nothing is."""
        return await self._hand.read(partial(staff.member, user))

    async def members(self) -> tuple[Member, ...]:
        """Return everybody of the staff of whom something is kept."""
        return await self._hand.read(staff.members)

    async def reveal(self, request_id: int, question: str) -> str | None:
        """Return a secret's plain text. Raises Unreadable when it was moved or its key is gone."""
        found = select(SECRET.c.sealed).where(SECRET.c.request_id == request_id, SECRET.c.question == question)
        sealed = await self._hand.read(lambda connection: connection.execute(found).scalar())
        if sealed is None:
            return None
        return self._tools.vault.open(sealed, "secret", "sealed", f"{request_id}:{question}").decode()


def _digest(request_id: int, paper_id: int, connection: Connection) -> str:
    found = select(LIST_ROW.c.e164).where(LIST_ROW.c.request_id == request_id, LIST_ROW.c.paper_id == paper_id)
    return digest_of(connection.execute(found.order_by(LIST_ROW.c.row)).scalars())


def _carriers_words(request_id: int, connection: Connection) -> str:
    """Return what staff noted that the carrier wrote with the newest rejection; empty where they noted nothing."""
    newest = (
        select(HISTORY.c.id, WORDS.c.words)
        .outerjoin(WORDS, WORDS.c.history_id == HISTORY.c.id)
        .where(HISTORY.c.request_id == request_id, HISTORY.c.what == "rejection")
        .order_by(HISTORY.c.id.desc())
    )
    row = connection.execute(newest.limit(1)).first()
    return row.words or "" if row is not None else ""


def _lines(which: ColumnElement[bool], limit: int, offset: int, connection: Connection) -> tuple[Line, ...]:
    rows = connection.execute(_listed(which).limit(limit).offset(offset)).all()
    return tuple(Line(*(r.ref, r.status, r.e164, r.carrier, r.since or r.changed_at), *_rest_of(r)) for r in rows)


def _rest_of(row: Any) -> tuple[Any, ...]:  # SQLAlchemy's row, whose columns are untyped
    return (_day(row.port_date), row.title, _many(row), row.assignee, row.snoozed_until)


def _many(row: Any) -> int:
    """Return how many numbers a request moves: those of its list, whose first alone is in the case, or its own."""
    agreed = agreed_by(values_of(row.list), values_of(row.numbers)) if row.list and row.numbers else None
    return agreed.count if agreed is not None else row.many


def _answered(question: str) -> ScalarSelect[Any]:
    its_own = (ANSWER.c.request_id == REQUEST.c.id) & (ANSWER.c.question == question)
    return select(ANSWER.c.value).where(its_own).correlate(REQUEST).scalar_subquery()


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _listed(which: ColumnElement[bool]) -> Select[Any]:
    """Select requests with their first number and order, and how many numbers there are; longest unchanged first."""
    first_number, first_order = (
        select(func.min(table.c.id)).where(table.c.request_id == REQUEST.c.id).correlate(REQUEST).scalar_subquery()
        for table in (NUMBER, ORDER)
    )
    every = NUMBER.alias()
    many = select(func.count()).where(every.c.request_id == REQUEST.c.id).correlate(REQUEST).scalar_subquery()
    of_list = [_answered(question).label(question) for question in ("list", "numbers")]
    of_request = (
        *(REQUEST.c.ref, REQUEST.c.status, REQUEST.c.changed_at, REQUEST.c.title),
        *(REQUEST.c.assignee, REQUEST.c.snoozed_until),
    )
    shown = (*of_request, NUMBER.c.e164, NUMBER.c.since, NUMBER.c.port_date, many.label("many"), *of_list)
    joined = REQUEST.outerjoin(NUMBER, NUMBER.c.id == first_number).outerjoin(ORDER, ORDER.c.id == first_order)
    return select(*shown, ORDER.c.carrier).select_from(joined).where(which).order_by(REQUEST.c.changed_at, REQUEST.c.id)
