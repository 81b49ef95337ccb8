"""Which requests staff mean: conditions for the readers' engine of each database.

Letter case and accents do not matter: a word becomes a pattern with every way to write each of its letters, which
both databases match by themselves, whatever their locale (SQLite by GLOB, PostgreSQL by a regular expression).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, UnaryExpression, and_, case, func, literal, or_, select, true

from domain.desk.finding import Search, Term, terms_of
from domain.desk.state import History
from domain.desk.urgent import LATE, STOP, URGENT
from domain.intake.trial import FAILS, TRIALS
from domain.orders.phases import AT_CARRIER
from domain.promises.notices import NEVER_STALE, OVERDUE_AFTER
from storage.claims import ENDED
from storage.rows import values_of
from storage.tables import TABLES

NAMES = ("request", "number", "port_order", "answer", "history", "words", "list_row", "company")
REQUEST, NUMBER, ORDER, ANSWER, HISTORY, WORDS, LIST_ROW, COMPANY = (TABLES[name] for name in NAMES)
PEOPLE = (
    "name",
    "contact",
    "signer",
    "second",
    "carrier",
    "reseller",
    "company",
    "label",
)  # answers with names in them
OF_A_KIND = ("name", "carrier", "reseller")  # answers that begin with a code
NOTES = ("noted", "attached", "rejection", "held")  # history whose words staff wrote, or kept, for themselves
_DRAFTS = ("intake", "awaiting_documents")
_WITH_A_DAY = (*AT_CARRIER, "needs_attention", "cancel_requested")  # statuses that a number with a day can be in
_NEVER_TRIED = ("intake", "closed", "cancelled", "expired")  # statuses of requests of which no number is on trial
_LETTERS = (range(0xC0, 0x250), range(0x1E00, 0x1F00))  # Latin letters with accents
_ALIKE = {"'": "'’‘ʼ`", "-": "-‐‑‒–—−", "l": "łŁ", "o": "øØ", "d": "đĐ", "i": "ı"}  # noqa: RUF001 - as phones type them
_FIRST = '["{}",%'  # how an answer begins that has this id

Condition = ColumnElement[bool]


def wanted(search: Search, now: datetime, name: str) -> Condition:
    """Return which requests a search means, for `sqlite` or `postgresql`."""
    return and_(true(), *_filters(search, now), *(_has(term, name) for term in terms_of(search.words)))


def sorted_by(search: Search) -> tuple[UnaryExpression[Any] | ColumnElement[Any], ...]:
    """Return in which order requests are wanted."""
    if search.order == "newest":
        return (REQUEST.c.changed_at.desc(), REQUEST.c.id.desc())
    if search.order == "oldest":
        return (REQUEST.c.id,)
    if search.order == "due":
        first = select(func.min(NUMBER.c.port_date)).where(NUMBER.c.request_id == REQUEST.c.id)
        return (first.correlate(REQUEST).scalar_subquery().asc().nulls_last(), REQUEST.c.changed_at, REQUEST.c.id)
    return (REQUEST.c.changed_at, REQUEST.c.id)


def _filters(search: Search, now: datetime) -> Iterator[Condition]:
    if search.means_open and not search.is_urgent:  # which says itself of what
        yield REQUEST.c.status.not_in(ENDED)
    elif search.is_open is False:
        yield REQUEST.c.status.in_(ENDED)
    statuses = (*search.statuses, *((search.status,) if search.status else ()))
    if statuses:
        yield REQUEST.c.status.in_(statuses)
    yield from _of_staff(search, now)
    yield from _of_facts(search, now)


def _of_staff(search: Search, now: datetime) -> Iterator[Condition]:
    if search.assignee is not None:
        yield REQUEST.c.assignee == search.assignee
    if search.is_unassigned:
        yield REQUEST.c.assignee.is_(None)
    if search.is_held is not None:
        yield REQUEST.c.hold.is_not(None) if search.is_held else REQUEST.c.hold.is_(None)
    if search.is_snoozed:
        yield REQUEST.c.snoozed_until > now
    elif search.is_snoozed is False:
        yield REQUEST.c.snoozed_until.is_(None) | (REQUEST.c.snoozed_until <= now)
    if search.quiet_since is not None:
        yield stale(search.quiet_since, now)


def _of_facts(search: Search, now: datetime) -> Iterator[Condition]:
    if search.carrier:
        begins = ANSWER.c.value.like(_FIRST.format(search.carrier.replace("_", r"\_")), escape="\\")
        yield _answered(ANSWER.c.question == "carrier", begins)
    if search.is_urgent:
        yield urgent(now)
    if search.is_overdue:
        yield overdue(now)
    days = [
        *([NUMBER.c.port_date >= search.due_from] if search.due_from else []),
        *([NUMBER.c.port_date <= search.due_until] if search.due_until else []),
    ]
    if days:
        yield REQUEST.c.id.in_(select(NUMBER.c.request_id).where(*days))


def stale(before: datetime, now: datetime) -> Condition:
    """Tell which requests are stale: the one meaning of it for Home, lists and digests."""
    awake = REQUEST.c.snoozed_until.is_(None) | (REQUEST.c.snoozed_until <= now)
    return and_(REQUEST.c.changed_at < before, REQUEST.c.status.not_in((*ENDED, *NEVER_STALE)), awake)


def overdue(now: datetime) -> Condition:
    """Tell which requests have a move whose day has passed, of which nobody noted what came of it."""
    its_own = (NUMBER.c.request_id == REQUEST.c.id, NUMBER.c.phase.in_(LATE))
    passed = select(literal(1)).where(*its_own, NUMBER.c.window_end <= now - OVERDUE_AFTER)
    return and_(REQUEST.c.status.in_(_WITH_A_DAY), passed.correlate(REQUEST).exists())


def urgent(now: datetime) -> Condition:
    """Tell which requests need a person now: what is overdue, fails, or wants a call; each says of which status."""
    return or_(is_called_for(), overdue(now), _fails())


def _fails() -> Condition:
    """Tell of which requests something does not work on a number that has moved, until they are closed."""
    failed = ANSWER.c.question.in_(TRIALS), ANSWER.c.value.contains(f'"{FAILS} ', autoescape=True)
    on_trial = _has_number(NUMBER.c.phase == "ported")
    return and_(REQUEST.c.status.not_in(_NEVER_TRIED), on_trial, _answered(*failed))


def is_called_for() -> Condition:
    """Tell for which requests somebody has to call: a draft of that kind, a number that we do not move,

    or a wish to cancel when a date is set.
    """
    flagged = or_(*(ANSWER.c.value.contains(f'"{flag}"', autoescape=True) for flag in URGENT))
    with_us = ANSWER.c.question == "elsewhere"
    stops = _answered(ANSWER.c.question == "flags", ANSWER.c.value.contains(f'"{STOP}"', autoescape=True))
    drafts = _answered(or_(and_(ANSWER.c.question == "flags", flagged), with_us))
    dated = and_(REQUEST.c.status.in_(_WITH_A_DAY), _has_number(NUMBER.c.phase.in_(LATE)))
    return or_(and_(REQUEST.c.status.in_(_DRAFTS), drafts), and_(dated, stops))


def _has_number(*which: Condition) -> Condition:
    """Tell which requests have such a number."""
    return select(literal(1)).where(NUMBER.c.request_id == REQUEST.c.id, *which).correlate(REQUEST).exists()


def _answered(*which: Condition) -> Condition:
    """Tell which requests have such an answer: few are looked at, so each by its key."""
    return select(literal(1)).where(ANSWER.c.request_id == REQUEST.c.id, *which).correlate(REQUEST).exists()


def _has(term: Term, name: str) -> Condition:
    """Tell which requests have a word anywhere; each table is looked through once, and none for a reference."""
    if term.ref is not None and term.text[:2].upper() == "P-":
        return REQUEST.c.ref == term.ref
    found = [REQUEST.c.id.in_(each) for each in _mentions(term, name)]
    own = [like(column, term.text, name) for column in (REQUEST.c.ref, REQUEST.c.title)]
    named = select(COMPANY.c.id).where(like(COMPANY.c.name, term.text, name))
    by_ref = [REQUEST.c.ref == term.ref] if term.ref is not None else []
    return or_(*by_ref, *own, REQUEST.c.company_id.in_(named), *found)


def _mentions(term: Term, name: str) -> Iterator[Select[Any]]:
    """Yield the requests of rows that have a word in them."""
    values = like(func.substr(ANSWER.c.value, _after_kind(name)), term.text, name)
    yield select(ANSWER.c.request_id).where(ANSWER.c.question.in_(PEOPLE), values)
    yield select(ORDER.c.request_id).where(like(ORDER.c.carrier_order, term.text, name))
    noted = HISTORY.join(WORDS, WORDS.c.history_id == HISTORY.c.id)
    written = like(WORDS.c.words, term.text, name)
    yield select(HISTORY.c.request_id).select_from(noted).where(HISTORY.c.what.in_(NOTES), written)
    if term.digits:
        for table in (NUMBER, LIST_ROW):
            yield select(table.c.request_id).where(_ends(table.c.e164, term.digits))


def _after_kind(name: str) -> ColumnElement[int]:
    """Return where an answer's words begin: that a name is a person's, or a carrier's id, is none of them."""
    place = func.strpos if name == "postgresql" else func.instr
    return case((ANSWER.c.question.in_(OF_A_KIND), place(ANSWER.c.value, ",") + 1), else_=1)


def _ends(column: Any, digits: str) -> Condition:
    found: Condition = column == f"+1{digits}" if len(digits) == 10 else column.like(f"%{digits}")
    return found


def like(column: Any, word: str, name: str) -> Condition:
    """Tell whether a word stands in a column, whatever its letter case and accents."""
    pattern = "".join(_any_of(char, is_regex=name == "postgresql") for char in word)
    found: Condition = column.op("~")(pattern) if name == "postgresql" else column.op("GLOB")(f"*{pattern}*")
    return found


def _any_of(char: str, *, is_regex: bool) -> str:
    """Return a pattern for every way to write a letter."""
    cases = (each for each in (char, char.lower(), char.upper()) if len(each) == 1)
    ways = _ways().get(_plain(char)) or "".join(dict.fromkeys(cases))
    if len(ways) > 1:
        return f"[{ways}]"
    return re.escape(char) if is_regex else f"[{char}]" if char in "*?[" else char


@lru_cache
def _ways() -> dict[str, str]:
    """Return every way to write a plain letter or mark, by it."""
    ways: dict[str, list[str]] = defaultdict(list)
    for plain in map(chr, range(ord("a"), ord("z") + 1)):
        ways[plain] = [plain, plain.upper()]
    for char in (chr(code) for letters in _LETTERS for code in letters):
        plain = _plain(char)
        if plain in ways and plain != char:
            ways[plain].append(char)
    for plain, alike in _ALIKE.items():
        ways[plain] += [each for each in alike if each not in ways[plain]]
    return {plain: "".join(dict.fromkeys(each)) for plain, each in ways.items()}


def _plain(char: str) -> str:
    """Return a letter in lower case without its accents, a mark as it is typed on a keyboard."""
    known = next((plain for plain, alike in _ALIKE.items() if char in alike), None)
    return known or unicodedata.normalize("NFKD", char)[0].lower()


def story(ref: str, connection: Connection) -> tuple[History, ...] | None:
    """Return a request's history, oldest first; None where there is no such request."""
    request_id = connection.execute(select(REQUEST.c.id).where(REQUEST.c.ref == ref)).scalar()
    if request_id is None:
        return None
    rows = connection.execute(select(HISTORY).where(HISTORY.c.request_id == request_id).order_by(HISTORY.c.id))
    return tuple(History(r.id, r.request_id, r.chat_id, r.actor, r.what, r.at, r.field, r.detail) for r in rows)


def with_more(listed: Select[Any]) -> Select[Any]:
    """Add to lines of a list what an export has beside them."""
    carrier = _value("carrier").label("said_carrier")
    company = select(COMPANY.c.name).where(COMPANY.c.id == REQUEST.c.company_id).correlate(REQUEST).scalar_subquery()
    return listed.add_columns(REQUEST.c.created_at, carrier, company.label("company_name"))


def _value(question: str) -> Any:
    its_own = (ANSWER.c.request_id == REQUEST.c.id, ANSWER.c.question == question)
    return select(ANSWER.c.value).where(*its_own).correlate(REQUEST).scalar_subquery()


def more_of(row: Any, orders: str | None) -> tuple[Any, ...]:  # SQLAlchemy's row, whose columns are untyped
    """Return what an export has of a row beside its line. `orders`: the carriers' order numbers."""
    return (row.company_name or "", named(row.said_carrier), orders, row.created_at, row.changed_at)


def named(said: str | None) -> str:
    """Return the words of an answer that begins with a code: a name, a company; empty where there is none."""
    return " ".join(part for part in values_of(said)[1:] if part) if said else ""
