"""What decisions may know, read for a whole group of turns with one statement for each table."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Protocol

from domain.desk.state import Chat, Key, OfChat, OfRef, OfRequest, State
from domain.orders.model import Case
from storage.rows import (
    Line,
    Tongue,
    action_of,
    answer_of,
    brief_of,
    chat_of,
    is_erased,
    number_of,
    order_of,
    paper_of,
    request_of,
)
from storage.statements import Statements


class Run(Protocol):
    """An open transaction that runs the text of statements."""

    def reads(self, asked: list[tuple[str, tuple[object, ...]]]) -> list[list[Line]]:
        """Return the rows of each statement; one round trip where the driver can."""
        ...

    def writes(self, written: list[tuple[str, list[Line]]]) -> set[int] | None:
        """Run each statement for all its rows; returns the ids that RETURNING gave, None where none is asked."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where a turn happens. `request_id` None: the chat's focus, and no rivals or action are read."""

    chat_id: int
    request_id: int | None


@dataclass(frozen=True, slots=True)
class Loaded:
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
        return Place(key.chat_id, None)
    return found.get(key.ref if isinstance(key, OfRef) else key.request_id)


def load(run: Run, s: Statements, t: Tongue, places: list[Place], events: list[str]) -> Loaded:
    """Read the states of a group of turns, each in a chat of its own."""
    chat_ids = t.listed([place.chat_id for place in places])
    heard, chat_rows, request_rows = run.reads(
        [(s.heard, (t.listed(events),)), (s.chats, (chat_ids,)), (s.requests, (chat_ids,))]
    )
    chats = {row[0]: chat_of(row, t) for row in chat_rows}
    of_chat: dict[int, list[Line]] = defaultdict(list)
    for row in request_rows:
        of_chat[row[2]].append(row)
    _add_older(run, s, t, places, chats, of_chat)
    cases = [_case_row(place, chats, of_chat) for place in places]
    parts = _Parts.read(run, s, t, places, cases)
    states = [
        _state(chats.get(place.chat_id) or Chat(place.chat_id), case, of_chat[place.chat_id], parts)
        for place, case in zip(places, cases, strict=True)
    ]
    new_chats = {place.chat_id for place in places if place.chat_id not in chats}
    return Loaded(states, {row[0] for row in heard}, new_chats)


def _wanted(place: Place, chats: dict[int, Chat]) -> int | None:
    """Return the id of the request in question: the one named, or the chat's focus."""
    if place.request_id is None and place.chat_id in chats:
        return chats[place.chat_id].focus
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


@dataclass(frozen=True, slots=True)
class _Parts:
    """Rows of the cases of a group, by request id."""

    tongue: Tongue
    orders: dict[int, list[Line]]
    numbers: dict[int, list[Line]]
    answers: dict[int, list[Line]]
    papers: dict[int, list[Line]]
    actions: dict[int, list[Line]]
    rivals: dict[int, list[Line]]

    @classmethod
    def read(cls, run: Run, s: Statements, t: Tongue, places: list[Place], cases: list[Line | None]) -> "_Parts":
        """Read the parts of all cases; actions and rivals only for turns that name their request."""
        ids = [row[0] for row in cases if row is not None]
        named = [p.request_id for p in places if p.request_id is not None]
        if not ids:
            return cls(t, {}, {}, {}, {}, {}, {})
        listed = (t.listed(ids),)
        asked: list[tuple[str, tuple[object, ...]]] = [
            (s.orders, listed), (s.numbers, listed), (s.answers, listed), (s.papers, listed),
        ]  # fmt: skip
        if named:
            asked += [(s.actions, (t.listed(named),)), (s.rivals, (t.listed(named),))]
        rows = run.reads(asked) + ([] if named else [[], []])
        places_of_id = (1, 2, 0, 1, 1, 0)
        return cls(t, *(_by(place, part) for place, part in zip(places_of_id, rows, strict=True)))


def _by(place: int, rows: list[Line]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = {}
    for row in rows:
        found.setdefault(row[place], []).append(row)
    return found


def _state(chat: Chat, row: Line | None, requests: list[Line], parts: _Parts) -> State:
    t = parts.tongue
    briefs = tuple([brief_of(request, t) for request in requests if not is_erased(request)])
    if row is None:
        return State(chat, None, briefs)
    action = parts.actions.get(row[0])
    papers = tuple([paper_of(paper, t) for paper in parts.papers.get(row[0], ())])
    return State(chat, _case(row, parts), briefs, papers, action_of(action[0], t) if action else None)


def _case(row: Line, parts: _Parts) -> Case:
    t, at = parts.tongue, row[0]
    orders = parts.orders.get(at)
    return Case(
        request_of(row, t),
        order_of(orders[0], t) if orders else None,
        tuple([number_of(number, t) for number in parts.numbers.get(at, ())]),
        {answer[1]: answer_of(answer, t) for answer in parts.answers.get(at, ())},
        tuple([rival[1] for rival in parts.rivals.get(at, ())]),
    )
