"""What staff read, on the readers' engine."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select, func, select

from domain.carriers import Note
from domain.desk.finding import Search
from domain.desk.found import Exported, Figures, Story, Undelivered
from domain.desk.home import Glance, Seen
from domain.desk.keeping import Line, Numbers, Sheet
from domain.desk.risks import MATTERS
from domain.desk.roles import Grant, Member, Wish
from domain.desk.state import History, Key, OfRef, OfRequest
from domain.desk.urgent import LATE
from domain.numbers.inventory import Ours
from domain.numbers.listing import digest_of
from domain.orders.agreed import agreed_by, agreed_of
from domain.papers.verdicts import Known
from domain.values import replace
from storage import figures, finding, home, letters, staff
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
        chat = state.chat
        person = chat.taken_by if chat.taken_for == place.request_id else None
        head = (state.case, state.papers, history, chat.blocked, self._tools.now())
        return Sheet(*head, state.action, wrote, person, _newest(place.request_id, connection))

    def _history(self, request_id: int, connection: Connection) -> tuple[History, ...]:
        newest = select(HISTORY).where(HISTORY.c.request_id == request_id).order_by(HISTORY.c.id.desc())
        return tuple(map(_told, connection.execute(newest.limit(SHOWN_HISTORY)).all()[::-1]))

    async def changes(self, request_id: int, after: int) -> tuple[History, ...]:
        """Return what of a whole history came after a row and makes a decision another one, oldest first, no words."""
        came = _what_matters(request_id).where(HISTORY.c.id > after).order_by(HISTORY.c.id)
        return await self._hand.read(lambda connection: tuple(map(_told, connection.execute(came))))

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
        return await self._hand.read(lambda connection: _lines(which, limit, offset, connection, self._tools.now()))

    async def find(self, search: Search) -> tuple[Line, ...]:
        """Return the requests that a search means, a page of them in its order."""
        which = finding.wanted(search, self._tools.now(), self._tools.tongue.name)
        listed = _listed(which, self._tools.now())
        in_order = listed.order_by(None).order_by(*finding.sorted_by(search))
        return await self._hand.read(partial(_lines_of, in_order.limit(search.limit).offset(search.offset)))

    async def count(self, search: Search) -> int:
        """Return how many requests a search means, on all its pages."""
        which = finding.wanted(search, self._tools.now(), self._tools.tongue.name)
        counted = select(func.count()).select_from(REQUEST).where(which)
        return await self._hand.read(lambda connection: connection.execute(counted).scalar_one())

    async def story(self, ref: str) -> Story | None:
        """Return all that happened to a request; None where there is none of that reference."""
        rows = await self._hand.read(partial(finding.story, ref))
        return None if rows is None else Story(ref, rows)

    async def exported(self, search: Search, after: int) -> tuple[Exported, ...]:
        """Return the first requests with a greater id as rows of an export, in the order of ids."""
        which = finding.wanted(search, self._tools.now(), self._tools.tongue.name) & (REQUEST.c.id > after)
        listed = _listed(which, self._tools.now())
        wanted = finding.with_more(listed.order_by(None).order_by(REQUEST.c.id))
        return await self._hand.read(partial(_exported, wanted.limit(search.limit)))

    async def figures(self, since: datetime) -> Figures:
        """Return what was done since a moment."""
        return await self._hand.read(partial(figures.figures, since))

    async def undelivered(self, limit: int) -> tuple[Undelivered, ...]:
        """Return messages that ended dead or held within a month and can be sent again, newest first."""
        return await self._hand.read(partial(figures.undelivered, self._tools.now(), limit))

    async def undelivered_one(self, owed_id: int) -> Undelivered | None:
        """Return one of them; None once it was sent again or dropped."""
        return await self._hand.read(partial(figures.undelivered_one, owed_id))

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
        moving = select(NUMBER.c.request_id).where(NUMBER.c.port_date == today, NUMBER.c.phase.in_(LATE))
        ports_today = is_open & REQUEST.c.id.in_(moving)
        now = self._tools.now()
        which = (ports_today, finding.stale(stale_before, now), finding.overdue(now))
        failed = OUTBOX.c.how.in_(("dead", "held")) & (OUTBOX.c.settled_at > now - _DAY)
        undelivered = connection.execute(select(func.count()).where(failed)).scalar_one()
        dates_today, oldest, overdue = (_lines(each, SHOWN_LINES, 0, connection, now) for each in which)
        return Numbers(by_status, dates_today, oldest, undelivered, overdue)

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

    async def letter(self, value: str) -> Known | None:
        """Return what history says of a file's SHA-256 (hex), or of a `code_value`; None: it is no letter of ours."""
        digest = self._tools.vault.digest(letters.FIELD, value)
        return await self._hand.read(partial(letters.known, digest))

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

    async def home(self, glance: Glance) -> Seen:
        """Return the sections' counts and the open one's lines: mine by what is due first, else longest unchanged."""
        return await self._hand.read(partial(_home, glance, self._tools.now()))

    async def reveal(self, request_id: int, question: str) -> str | None:
        """Return a secret's plain text. Raises Unreadable when it was moved or its key is gone."""
        found = select(SECRET.c.sealed).where(SECRET.c.request_id == request_id, SECRET.c.question == question)
        sealed = await self._hand.read(lambda connection: connection.execute(found).scalar())
        if sealed is None:
            return None
        return self._tools.vault.open(sealed, "secret", "sealed", f"{request_id}:{question}").decode()


def _what_matters(request_id: int) -> Select[Any]:
    return select(HISTORY).where(HISTORY.c.request_id == request_id, HISTORY.c.what.in_(sorted(MATTERS)))


def _newest(request_id: int, connection: Connection) -> int:
    newest = _what_matters(request_id).order_by(HISTORY.c.id.desc()).limit(1)
    row = connection.execute(newest).first()
    return row.id if row is not None else 0


def _told(row: Any) -> History:  # SQLAlchemy's row, whose columns are untyped
    return History(row.id, row.request_id, row.chat_id, row.actor, row.what, row.at, row.field, row.detail)


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


def _home(glance: Glance, now: datetime, connection: Connection) -> Seen:
    which = home.sections(glance, now, connection)
    counts = home.counts(which, connection)
    section = glance.section or next((name for name, count in counts.items() if count), "mine")
    page = home.refs(which[section], replace(glance, section=section), connection)
    lines = {line.ref: line for line in _lines(REQUEST.c.ref.in_(page), len(page), 0, connection, now)}
    return Seen(counts, section, tuple(lines[ref] for ref in page))


def _lines(
    which: ColumnElement[bool], limit: int, offset: int, connection: Connection, now: datetime
) -> tuple[Line, ...]:
    return _lines_of(_listed(which, now).limit(limit).offset(offset), connection)


def _lines_of(listed: Select[Any], connection: Connection) -> tuple[Line, ...]:
    rows = connection.execute(listed).all()
    several = [row.id for row in rows if row.many > 1]
    stand = _stand(several, connection) if several else {}
    return tuple([replace(_line(row), stand=stand.get(row.id, ())) for row in rows])


def _stand(requests: list[int], connection: Connection) -> dict[int, tuple[tuple[str, int], ...]]:
    """Return the phases in which numbers of requests stand, and how many, of those whose numbers differ."""
    wanted = select(NUMBER.c.request_id, NUMBER.c.phase, func.count()).where(NUMBER.c.request_id.in_(requests))
    found: dict[int, list[tuple[str, int]]] = {}
    for request, phase, many in connection.execute(wanted.group_by(NUMBER.c.request_id, NUMBER.c.phase)):
        found.setdefault(request, []).append((phase, many))
    return {request: tuple(sorted(stand)) for request, stand in found.items() if len(stand) > 1}


def _exported(listed: Select[Any], connection: Connection) -> tuple[Exported, ...]:
    rows = connection.execute(listed).all()
    numbers = _order_numbers([row.id for row in rows], connection)
    return tuple([Exported(row.id, _line(row), *finding.more_of(row, numbers.get(row.id))) for row in rows])


def _order_numbers(requests: list[int], connection: Connection) -> dict[int, str]:
    """Return the carriers' order numbers of requests, of several orders all that there are."""
    found: dict[int, list[str]] = {}
    its_own = (ORDER.c.request_id.in_(requests), ORDER.c.carrier_order.is_not(None))
    for request, number in connection.execute(select(ORDER.c.request_id, ORDER.c.carrier_order).where(*its_own)):
        found.setdefault(request, []).append(number)
    return {request: ", ".join(numbers) for request, numbers in found.items()}


def _line(row: Any) -> Line:  # SQLAlchemy's row, whose columns are untyped
    return Line(*(row.ref, row.status, row.e164, row.carrier, row.since or row.changed_at), *_rest_of(row))


def _rest_of(row: Any) -> tuple[Any, ...]:
    shown = (_day(row.port_date), row.title, _many(row), row.assignee, row.snoozed_until, row.hold)
    return (*shown, finding.named(row.name), bool(row.is_urgent))


def _many(row: Any) -> int:
    """Return how many numbers a request moves: those of its list, whose first alone is in the case, or its own."""
    agreed = agreed_by(values_of(row.list), values_of(row.numbers)) if row.list and row.numbers else None
    return agreed.count if agreed is not None else row.many


def _answered(question: str) -> ScalarSelect[Any]:
    its_own = (ANSWER.c.request_id == REQUEST.c.id) & (ANSWER.c.question == question)
    return select(ANSWER.c.value).where(its_own).correlate(REQUEST).scalar_subquery()


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _listed(which: ColumnElement[bool], now: datetime) -> Select[Any]:
    """Select requests with their first number and order, and how many numbers there are; longest unchanged first."""
    first_number, first_order = (
        select(func.min(table.c.id)).where(table.c.request_id == REQUEST.c.id).correlate(REQUEST).scalar_subquery()
        for table in (NUMBER, ORDER)
    )
    every = NUMBER.alias()
    many = select(func.count()).where(every.c.request_id == REQUEST.c.id).correlate(REQUEST).scalar_subquery()
    answers = [_answered(question).label(question) for question in ("list", "numbers", "name")]
    of_request = (
        *(REQUEST.c.id, REQUEST.c.ref, REQUEST.c.status, REQUEST.c.changed_at, REQUEST.c.title),
        *(REQUEST.c.assignee, REQUEST.c.snoozed_until, REQUEST.c.hold),
    )
    shown = (*of_request, NUMBER.c.e164, NUMBER.c.since, NUMBER.c.port_date, many.label("many"), *answers)
    joined = REQUEST.outerjoin(NUMBER, NUMBER.c.id == first_number).outerjoin(ORDER, ORDER.c.id == first_order)
    listed = select(*shown, ORDER.c.carrier, finding.urgent(now).label("is_urgent")).select_from(joined).where(which)
    return listed.order_by(REQUEST.c.changed_at, REQUEST.c.id)
