"""What decisions may know, read for a whole group of turns with one statement for each table."""

from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter
from typing import Any, Protocol

from domain.carriers import TABLE, Book
from domain.desk.asides import aside_of
from domain.desk.state import Chat, Key, OfChat, OfRef, OfRequest, State
from domain.intake.questions import CHECKS
from domain.numbers.claims import Claim
from domain.numbers.inventory import Held, Ours, strongest
from domain.orders.model import Case
from domain.values import Value, replace
from storage.claims import claims_of
from storage.companies import Shared, read_companies, wanted_of
from storage.ours import OURS_GIVEN
from storage.rows import (
    Line,
    Tongue,
    action_of,
    answer_of,
    brief_of,
    chat_of,
    dump,
    is_erased,
    note_of,
    number_of,
    order_of,
    paper_of,
    request_of,
)
from storage.staff import grant_of
from storage.statements import Statements

_FIRST, _SEQ = itemgetter(0), itemgetter(5)  # the id of a row, the turn of an answer among its request's
DESK = 0  # the chat of turns that are about no request


class Run(Protocol):
    """An open transaction that runs the text of statements."""

    def reads(self, asked: list[tuple[str, tuple[object, ...]]]) -> list[list[Line]]:
        """Return the rows of each statement; one round trip where the driver can."""
        ...

    def writes(self, written: list[tuple[str, list[Line]]]) -> set[int] | None:
        """Run each statement for all its rows; returns the ids that RETURNING gave, None where none is asked."""
        ...


class Place(Value, frozen=True):
    """Where a turn happens, and the numbers it names. `request_id` None: the chat's focus; no rivals, no action."""

    chat_id: int
    request_id: int | None
    named: tuple[str, ...] = ()
    invited: int = 0
    note: int = 0
    before: int = 0
    is_apart: bool = False


class Loaded(Value, frozen=True):
    """A group's states in its order; events heard before; chats that have no row yet."""

    states: list[State]
    heard: set[str]
    new_chats: set[int]


def find_places(run: Run, s: Statements, t: Tongue, keys: list[Key]) -> list[Place | None]:
    """Return where each turn happens, in order; None: there is no such request."""
    refs = [key.ref for key in keys if isinstance(key, OfRef)]
    ids = [key.request_id for key in keys if isinstance(key, OfRequest)]
    asked: list[tuple[str, tuple[object, ...]]] = []
    if refs:
        asked.append((s.chat_of_refs, (t.listed(refs),)))
    if ids:
        asked.append((s.chat_of_requests, (t.listed(ids),)))
    found = {row[0]: Place(row[2], row[1]) for rows in run.reads(asked) for row in rows} if asked else {}
    found[0] = Place(0, None)
    return [_place(key, found) for key in keys]


def _place(key: Key, found: dict[int | str, Place]) -> Place | None:
    if isinstance(key, OfChat):
        return Place(key.chat_id, None, key.named, key.invited, before=key.before)
    if isinstance(key, OfRef):
        return found.get(key.ref)
    place = found.get(key.request_id)
    if place is None or not (key.named or key.note or key.is_apart):
        return place
    return replace(place, named=key.named, note=key.note, is_apart=key.is_apart)


def load(run: Run, s: Statements, t: Tongue, places: list[Place], events: list[str], book: Book) -> Loaded:
    """Read the states of a group of turns, each in a chat of its own."""
    chat_ids = t.listed([place.chat_id for place in places])
    asked: list[tuple[str, tuple[object, ...]]] = [
        (s.heard, (t.listed(events),)), (s.chats, (chat_ids,)), (s.requests, (chat_ids,)),
    ]  # fmt: skip
    heard, chat_rows, request_rows, *named = run.reads(asked + _look_up(s, t, places))
    request_rows.sort(key=_FIRST)
    chats = {row[0]: chat_of(row, t) for row in chat_rows}
    of_chat: dict[int, list[Line]] = defaultdict(list)
    for row in request_rows:
        of_chat[row[2]].append(row)
    _add_older(run, s, t, places, chats, of_chat)
    cases = [_case_row(place, chats, of_chat) for place in places]
    ids = [row[0] for row in cases if row is not None]
    named_requests = [place.request_id for place in places if place.request_id is not None and not place.is_apart]
    shared = _shared(run, s, t, places, {row[0]: row for row in chat_rows}, cases)
    parts = _Parts.read(run, s, t, ids, named_requests, _checked(places, cases, chats))
    looked = _Looked(*(_by(0, rows) for rows in named)) if named else _Looked({}, {})
    states = [
        _state(chats.get(place.chat_id) or Chat(place.chat_id), case, of_chat[place.chat_id], parts, looked.of(place))
        for place, case in zip(places, cases, strict=True)
    ]
    states = [shared[at].add_to(state) if at in shared else state for at, state in enumerate(states)]
    states = _with_notes(run, s, t, places, states)
    if any(place.chat_id == DESK for place in places):
        states = _with_grants(run, s, t, places, states)
    if book is not TABLE:
        states = [_with_book(state, book) for state in states]
    new_chats = {place.chat_id for place in places if place.chat_id not in chats}
    return Loaded(states, {row[0] for row in heard}, new_chats)


def _with_grants(run: Run, s: Statements, t: Tongue, places: list[Place], states: list[State]) -> list[State]:
    """Return the states, those of the desk itself with the roles that were given."""
    grants = tuple(grant_of(row, t) for row in run.reads([(s.staff_roles, ())])[0])
    pairs = zip(places, states, strict=True)
    return [replace(state, grants=grants) if place.chat_id == DESK else state for place, state in pairs]


def _with_notes(run: Run, s: Statements, t: Tongue, places: list[Place], states: list[State]) -> list[State]:
    """Return states with the corrections of carriers' entries that turns name; hardly any does."""
    named = [place.note for place in places if place.note]
    if not named:
        return states
    found = {row[0]: note_of(row, t) for row in run.reads([(s.carrier_notes, (t.listed(named),))])[0]}
    return [replace(state, carrier_note=found.get(place.note)) for place, state in zip(places, states, strict=True)]


def _with_book(state: State, book: Book) -> State:
    return replace(state, book=book, case=None if state.case is None else replace(state.case, book=book))


def _shared(
    run: Run, s: Statements, t: Tongue, places: list[Place], chats: dict[int, Line], cases: list[Line | None]
) -> dict[int, Shared]:
    """Return what each turn may know of companies, by its place in the group; most have nothing to do with any."""
    wanted = {
        at: found
        for at, (place, case) in enumerate(zip(places, cases, strict=True))
        if (found := wanted_of(place.chat_id, chats.get(place.chat_id), case, place.invited, place.before)) is not None
    }
    return read_companies(run, s, t, wanted) if wanted else {}


def _checked(places: list[Place], cases: list[Line | None], chats: dict[int, Chat]) -> list[int]:
    """Return the requests whose numbers are looked up: those that turns name, and those whose answers are checked."""
    pairs = zip(places, cases, strict=True)
    asked = [(place, row[0]) for place, row in pairs if row and not place.is_apart]
    return [at for place, at in asked if place.request_id or _is_checking(chats[place.chat_id].asked)]


def _is_checking(asked: str | None) -> bool:
    """Tell whether the answers are checked now, or as soon as the chat comes back from something asked beside them."""
    aside = aside_of(asked)
    return (asked if aside is None else aside.before) in CHECKS


def _look_up(s: Statements, t: Tongue, places: list[Place]) -> list[tuple[str, tuple[object, ...]]]:
    """Return the statements that look up the numbers which turns name; none where they name none."""
    named = [e164 for place in places for e164 in place.named]
    if not named:
        return []
    listed, rings = t.listed(named), t.listed([dump((e164,)) for e164 in named])  # as the answer of where calls ring
    return [(s.ours_named, (listed, rings, listed)), (s.claims_named, (listed, listed))]


class _Named(Value, frozen=True):
    """Rows of the numbers that one turn names: what each does here, and which requests have it."""

    ours: tuple[Line, ...]
    claims: tuple[Line, ...]


class _Looked(Value, frozen=True):
    """Rows of all numbers that a group of turns names, by number."""

    ours: dict[str, list[Line]]
    claims: dict[str, list[Line]]

    def of(self, place: Place) -> _Named:
        """Return those of one turn."""
        ours = tuple([row for e164 in place.named for row in self.ours.get(e164, ())])
        return _Named(ours, tuple([row for e164 in place.named for row in self.claims.get(e164, ())]))


def _wanted(place: Place, chats: dict[int, Chat]) -> int | None:
    """Return the id of the request in question: the one named, or the one that the chat is about."""
    if place.request_id is None and place.chat_id in chats:
        return chats[place.chat_id].about
    return place.request_id


def _add_older(
    run: Run, s: Statements, t: Tongue, places: list[Place], chats: dict[int, Chat], of_chat: dict[int, list[Line]]
) -> None:
    """Read the requests in question that are none of their chats' newest."""
    wanted = {place.chat_id: _wanted(place, chats) for place in places}
    older = [w for chat, w in wanted.items() if w and all(row[0] != w for row in of_chat[chat])]
    if older:
        for row in run.reads([(s.requests_named, (t.listed(older),))])[0]:
            of_chat[row[2]].insert(0, row)


def _case_row(place: Place, chats: dict[int, Chat], of_chat: dict[int, list[Line]]) -> Line | None:
    """Return the row of the request in question; a focus on another chat's request counts as none."""
    wanted = _wanted(place, chats)
    return next((row for row in of_chat[place.chat_id] if row[0] == wanted), None) if wanted else None


class _Parts(Value, frozen=True):
    """Rows of the cases of a group, by request id."""

    tongue: Tongue
    orders: dict[int, list[Line]]
    numbers: dict[int, list[Line]]
    answers: dict[int, list[Line]]
    papers: dict[int, list[Line]]
    actions: dict[int, list[Line]]
    ours: dict[int, list[Line]]
    circles: dict[int, list[Line]]
    rivals: dict[int, list[Line]]

    @classmethod
    def read(cls, run: Run, s: Statements, t: Tongue, ids: list[int], named: list[int], checked: list[int]) -> "_Parts":
        """Read the parts of cases; actions and rivals only of those that turns name, what is ours of those checked."""
        if not ids:
            return cls(t, {}, {}, {}, {}, {}, {}, {}, {})
        listed = (t.listed(ids),)
        asked: list[tuple[str, tuple[object, ...]]] = [
            (s.orders, listed), (s.numbers, listed), (s.answers, listed), (s.papers, listed),
        ]  # fmt: skip
        if checked:
            asked += [(s.ours, (t.listed(checked),) * OURS_GIVEN), (s.circles, (t.listed(checked),))]
        if named:
            asked += [(s.actions, (t.listed(named),)), (s.rivals, (t.listed(named),) * 4)]
        orders, numbers, answers, papers, *more = run.reads(asked)
        for rows, order in ((orders, _FIRST), (numbers, _FIRST), (answers, _SEQ), (papers, _FIRST)):
            rows.sort(key=order)  # some rows at a time: SQLite takes 20 times as long to sort them
        ours, circles = (more.pop(0), more.pop(0)) if checked else ([], [])
        actions, rivals = more or ([], [])
        by_request = (_by(0, answers), _by(1, papers), _by(1, actions), _by(0, ours), _by(0, circles), _by(0, rivals))
        return cls(t, _by(1, orders), _by(2, numbers), *by_request)


def _by(place: int, rows: list[Line]) -> dict[Any, list[Line]]:
    found: dict[Any, list[Line]] = {}
    for row in rows:
        found.setdefault(row[place], []).append(row)
    return found


def _state(chat: Chat, row: Line | None, requests: list[Line], parts: _Parts, named: _Named) -> State:
    t = parts.tongue
    briefs = tuple([brief_of(request, t) for request in requests if not is_erased(request)])
    if row is None:
        return State(chat, None, briefs, ours=ours_of(named.ours), claims=claims_of(named.claims, chat.id, 0))
    found = [*named.ours, *[each[1:] for each in parts.ours.get(row[0], ())]]
    ours, claims = ours_of(found), claims_of(named.claims, chat.id, row[0])
    action = parts.actions.get(row[0])
    papers = tuple([paper_of(paper, t) for paper in parts.papers.get(row[0], ())])
    head = (chat, _case(row, parts, ours, claims), briefs, papers, action_of(action[0], t) if action else None, ours)
    return State(*head, claims=claims, entries=_entries_of(found))


def ours_of(rows: Iterable[Line]) -> dict[str, Ours]:
    """Return what numbers do here, by rows of number, role, owner and source; of several things what counts most."""
    found: dict[str, Ours] = {}
    for e164, role, owner, _ in rows:
        found[e164] = strongest(found.get(e164), Ours(role, owner))
    return found


def _entries_of(rows: Iterable[Line]) -> dict[str, Held]:
    """Return the entries of the inventory among such rows: what is derived from requests has no source."""
    return {row[0]: Held(*row) for row in rows if row[3]}


def _case(row: Line, parts: _Parts, ours: dict[str, Ours], claims: dict[str, Claim]) -> Case:
    t, at = parts.tongue, row[0]
    return Case(
        request_of(row, t),
        tuple([order_of(order, t) for order in parts.orders.get(at, ())]),
        tuple([number_of(number, t) for number in parts.numbers.get(at, ())]),
        {answer[1]: answer_of(answer, t) for answer in parts.answers.get(at, ())},
        tuple([rival[1] for rival in parts.rivals.get(at, ())]),
        ours,
        claims=claims,
        circles=tuple([circle[1] for circle in parts.circles.get(at, ())]),
    )
