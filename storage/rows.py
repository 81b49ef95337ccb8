"""Domain values to rows and back, column by column in the tables' order, for the two databases.

Everything here is positional: it runs some thirty times in a turn, and names would cost more than the database does.
Tests keep whole values and read them back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from msgspec import json

from domain.carriers import Note
from domain.companies import Company, Invite, Member
from domain.desk.before import Before
from domain.desk.state import Action, Brief, Chat, Choice, Due, Errand, History, Owed, Paper
from domain.numbers.inventory import Held
from domain.orders.model import Answer, Number, Order, Request
from domain.values import replace
from storage.times import from_micros, to_micros, to_utc

Line = tuple[Any, ...]

_TEXTS = json.Decoder(tuple[str, ...])
_PARAMS = json.Decoder(dict[str, str])
_BUTTONS = json.Decoder(tuple[tuple[Choice, ...], ...])
_NUMBERS = json.Decoder(tuple[Number, ...])
_ORDERS = json.Decoder(tuple[Order, ...] | Order | None)  # an older release kept one, or none
_BEFORE = json.Decoder(Before)


def _same(value: Any) -> Any:
    return value


def dump(value: object) -> str:
    """Return compact JSON; values become objects, moments and days ISO text."""
    return json.encode(value).decode()


@dataclass(frozen=True, slots=True, eq=False)
class Tongue:
    """How a database's driver takes and gives moments, days and lists."""

    name: str
    put: Callable[[datetime], Any]
    take: Callable[[Any], datetime]
    put_day: Callable[[date], Any]
    take_day: Callable[[Any], date]
    listed: Callable[[list[Any]], Any]

    def put_maybe(self, at: datetime | None) -> Any:
        """Return the moment as the driver takes it, or None."""
        return None if at is None else self.put(at)

    def take_maybe(self, at: Any) -> datetime | None:
        """Return the moment that the driver gave, or None."""
        return None if at is None else self.take(at)


SQLITE = Tongue("sqlite", to_micros, from_micros, date.isoformat, date.fromisoformat, dump)
POSTGRES = Tongue("postgresql", to_utc, to_utc, _same, _same, _same)


def chat_row(c: Chat, t: Tongue) -> Line:
    """Return the row of a chat."""
    head = (c.id, c.focus, c.asked, c.asking, c.language, c.blocked, t.put_maybe(c.heard_at))
    return (*head, c.taken_by, c.taken_for, t.put_maybe(c.taken_until), t.put_maybe(c.hours_told))


def chat_of(r: Line, t: Tongue) -> Chat:
    """Return the chat of a row."""
    head = (r[0], r[1], r[2], r[3], r[4], bool(r[5]), t.take_maybe(r[6]), r[7], r[8], t.take_maybe(r[9]))
    return Chat(*head, t.take_maybe(r[10]))


def request_row(q: Request, t: Tongue) -> Line:
    """Return the row of a request, but for its last column, which says when it was erased."""
    made, changed, signed = t.put(q.created_at), t.put(q.changed_at), t.put_maybe(q.signed_at)
    head = (q.id, q.ref, q.chat_id, q.status, q.version, made, changed, signed, q.repaired, q.told, q.note, q.title)
    rests, waits = t.put_maybe(q.snoozed_until), t.put_maybe(q.waits_since)
    return (*head, q.company_id, q.approval, q.assignee, rests, q.hold, waits)


def request_of(r: Line, t: Tongue) -> Request:
    """Return the request of a row, whatever columns follow."""
    signed = t.take_maybe(r[7])
    changed = t.take(r[6])
    head = (r[0], r[1], r[2], r[3], r[4], t.take(r[5]), changed, signed, r[8], r[9], r[10], r[11], r[12], r[13])
    return Request(*head, r[14], t.take_maybe(r[15]), r[16], t.take_maybe(r[17]))


def is_erased(r: Line) -> bool:
    """Tell whether the request of a row was forgotten."""
    return r[18] is not None


def brief_of(r: Line, t: Tongue) -> Brief:
    """Return the brief of a request's row that is followed by its first number and their count."""
    return Brief(r[0], r[1], r[3], r[19], t.take(r[6]), r[9], r[11], r[20])


def order_row(o: Order, _: Tongue) -> Line:
    """Return the row of an order."""
    return (o.id, o.request_id, o.number_class, o.carrier, o.status, o.carrier_order)


def order_of(r: Line, _: Tongue) -> Order:
    """Return the order of a row."""
    return Order(*r)


def number_row(n: Number, t: Tongue) -> Line:
    """Return the row of a number."""
    day = None if n.port_date is None else t.put_day(n.port_date)
    start, end = t.put_maybe(n.window_start), t.put_maybe(n.window_end)
    head = (
        n.id,
        n.order_id,
        n.request_id,
        n.e164,
        n.number_class,
        n.phase,
        n.version,
        t.put(n.since),
        n.attempts,
    )
    return (*head, day, start, end, n.rejection, n.came_from)


def number_of(r: Line, t: Tongue) -> Number:
    """Return the number of a row."""
    day = None if r[9] is None else t.take_day(r[9])
    start, end = t.take_maybe(r[10]), t.take_maybe(r[11])
    since = t.take(r[7])
    return Number(r[0], r[1], r[2], r[3], r[4], r[5], r[6], since, r[8], day, start, end, r[12], r[13])


def answer_row(a: Answer, t: Tongue) -> Line:
    """Return the row of an answer, without its secret."""
    return (a.request_id, a.question, dump(a.value), a.source, t.put(a.at), a.seq, a.reopened)


@lru_cache(4096)  # a conversation reads the same answers in every turn; a fifth of a turn's time went here
def answer_of(r: Line, t: Tongue) -> Answer:
    """Return the answer of a row; a secret stays where it is."""
    return Answer(r[0], r[1], _TEXTS.decode(r[2]), r[3], t.take(r[4]), r[5], bool(r[6]))


def values_of(text: str) -> tuple[str, ...]:
    """Return the parts of an answer as it is kept."""
    return _TEXTS.decode(text)


def paper_row(p: Paper, t: Tongue) -> Line:
    """Return the row of a paper."""
    head = (p.id, p.request_id, p.kind, p.status, p.file_id, p.name, p.mime, p.size, p.message_id)
    return (*head, t.put(p.at), p.refused, p.object_key, p.album)


def paper_of(r: Line, t: Tongue) -> Paper:
    """Return the paper of a row."""
    return Paper(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], t.take(r[9]), r[10], r[11], r[12])


def action_row(a: Action, t: Tongue) -> Line:
    """Return the row of an action; what it changed is JSON."""
    head = (a.id, a.request_id, a.staff, a.verb, t.put(a.at), a.version)
    changed = (dump(a.numbers), dump(a.orders), dump(a.reopened))
    return (*head, *changed, a.repaired, a.undone, a.note, _before_json(a.before))


def _before_json(before: Before) -> str:
    """Return what stood before an action as JSON; a secret never stands there."""
    return dump(replace(before, answers=tuple(replace(a, secret=None) for a in before.answers)))


def _orders_in(kept: str) -> tuple[Order, ...]:
    found = _ORDERS.decode(kept)
    return found if isinstance(found, tuple) else () if found is None else (found,)


def action_of(r: Line, t: Tongue) -> Action:
    """Return the action of a row."""
    head = (r[0], r[1], r[2], r[3], t.take(r[4]), r[5])
    before = (_NUMBERS.decode(r[6]), _orders_in(r[7]), _TEXTS.decode(r[8]))
    return Action(*head, *before, r[9], bool(r[10]), r[11], _BEFORE.decode(r[12]))


def history_row(h: History, digest: str, t: Tongue) -> Line:
    """Return the row of a history entry, without a person's words."""
    return (h.id, h.request_id, h.chat_id, h.actor, h.what, t.put(h.at), h.field, digest, h.detail)


def held_row(h: Held, at: Any) -> Line:
    """Return the row of a number of the inventory."""
    return (h.e164, h.role, h.owner, at, h.source)


def company_row(c: Company, t: Tongue) -> Line:
    """Return the row of a company, without its members."""
    return (c.id, c.name, t.put(c.created_at))


def member_row(m: Member, t: Tongue) -> Line:
    """Return the row of a member."""
    return (m.company_id, m.chat_id, m.role, m.name, t.put(m.joined_at), t.put_maybe(m.left_at), m.invite_id)


def invite_row(i: Invite, t: Tongue) -> Line:
    """Return the row of an invitation."""
    head = (i.id, i.company_id, i.role, i.made_by, t.put(i.made_at), t.put(i.expires_at))
    return (*head, i.used_by, t.put_maybe(i.used_at), t.put_maybe(i.revoked_at))


def invite_of(r: Line, t: Tongue) -> Invite:
    """Return the invitation of a row."""
    head = (r[0], r[1], r[2], r[3], t.take(r[4]), t.take(r[5]), r[6])
    return Invite(*head, t.take_maybe(r[7]), t.take_maybe(r[8]))


def note_row(n: Note, t: Tongue) -> Line:
    """Return the row of a correction of a carrier's entry."""
    head = (n.id, n.carrier, n.field, n.text, n.source, t.put_day(n.checked), n.doubtful, n.staff, t.put(n.at))
    return (*head, t.put_maybe(n.withdrawn_at), n.withdrawn_by)


def note_of(r: Line, t: Tongue) -> Note:
    """Return the correction of a row."""
    head = (r[0], r[1], r[2], r[3], r[4], t.take_day(r[5]), bool(r[6]), r[7], t.take(r[8]))
    return Note(*head, t.take_maybe(r[9]), r[10])


def due_row(d: Due, t: Tongue) -> Line:
    """Return the row of something due."""
    return (d.rule, d.subject, d.id, d.version, t.put(d.at))


def errand_row(e: Errand, t: Tongue) -> Line:
    """Return the row of an errand that nobody works on."""
    return (e.id, e.kind, e.subject, e.request_id, t.put(e.at), 0, None, None)


def owed_row(o: Owed, at: Any, owner: int | None, lease_until: Any) -> Line:
    """Return the row of a message newly owed, leased to `owner` when there is one, but for what it has only later."""
    params = dump(o.params) if o.params else "{}"
    buttons = dump(o.buttons) if o.buttons else "[]"
    head = (o.id, o.kind, o.lane, o.address, o.key, o.once, params, buttons, o.form, o.language)
    lease = lease_until if owner is not None else None
    return (*head, 0 if o.first else 1, o.paced, at, owner, lease)


def owed_of(r: Line) -> Owed:
    """Return the owed message of a row's first twelve columns."""
    params, buttons, is_first = _PARAMS.decode(r[6]), _BUTTONS.decode(r[7]), r[10] == 0
    return Owed(r[0], r[1], r[2], r[3], r[4], r[5], params, buttons, r[8], r[9], is_first, bool(r[11]))
