"""The path of a turn on both databases."""

import asyncio
import secrets
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from itertools import count as counted
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection
from sqlalchemy.sql import compiler

from domain.desk.state import (
    Action,
    Changes,
    Chat,
    Decide,
    History,
    Key,
    Moment,
    OfChat,
    OfRef,
    OfRequest,
    Outcome,
    Owed,
    Paper,
    State,
)  # fmt: skip
from domain.orders.model import Answer, Number, Request
from domain.orders.references import make_reference
from domain.values import replace
from storage import Store, WriteFailed
from storage.postgres import PostgresHand
from storage.rows import Line
from storage.sqlite import SqliteRun
from storage.statements import MOST_BRIEFS, compile_statements
from storage.turns import CLASHES, Decided
from tests.storage.conftest import Place, end_connections
from tests.storage.decisions import PHONE, answer, begin, count, nothing, owe

_EVENTS = counted()


async def look(store: Store, key: OfChat | OfRef | OfRequest) -> State:
    """Return the state as a turn sees it."""
    seen: list[State] = []

    def decide(state: State, moment: Moment) -> Changes:
        seen.append(state)
        return Changes()

    await store.turn(key, f"look:{next(_EVENTS)}", decide)
    return seen[0]


async def begun(store: Store, chat: int = 7) -> Request:
    """Return a fresh request of a chat."""
    outcome = await store.turn(OfChat(chat), f"begin:{next(_EVENTS)}", begin)
    assert outcome.changes is not None
    assert outcome.changes.request is not None
    return outcome.changes.request


async def test_an_unknown_chat_is_met_with_its_defaults(store: Store) -> None:
    assert await look(store, OfChat(7)) == State(Chat(7), None)


async def test_a_request_is_found_by_chat_by_reference_and_by_id(store: Store) -> None:
    request = await begun(store)
    by_chat = await look(store, OfChat(7))
    assert by_chat.case is not None
    assert by_chat.case.request == request
    assert by_chat.briefs[0].e164 == PHONE
    assert await look(store, OfRef(request.ref)) == by_chat
    assert await look(store, OfRequest(request.id)) == by_chat


async def test_a_request_that_does_not_exist_is_missing_and_nothing_is_decided(store: Store) -> None:
    missing = Outcome(None, missing=True)
    assert await store.turn(OfRef("P-22222"), "e1", _never) == missing
    assert await store.turn(OfRequest(12345), "e2", _never) == missing


async def test_the_desk_itself_has_turns_without_a_chat(store: Store) -> None:
    assert await look(store, OfRequest(0)) == State(Chat(0), None)
    assert (await store.turn(OfRequest(0), "digest", owe("digest", lane="slack:C1"))).changes is not None
    assert (await store.turn(OfRequest(0), "digest", _never)).repeated


async def test_everything_that_is_kept_comes_back_as_it_was(store: Store, place: Place) -> None:
    request = await begun(store)
    now = place.clock()
    whole = await look(store, OfRef(request.ref))
    assert whole.case is not None
    number = replace(
        whole.case.numbers[0],
        phase="scheduled", version=3, attempts=2, port_date=date(2026, 12, 1), window_start=now, window_end=now,
        rejection="1P", came_from="submitted",
    )  # fmt: skip
    orders = tuple(replace(order, carrier_order="C-99") for order in whole.case.orders)
    paper = Paper(11, request.id, "bill", "kept", "f", "bill.pdf", "application/pdf", 9, 5, now, None, "key-1")
    given = Answer(request.id, "name", ("Ann", "O'Hara"), "typed", now, 4, reopened=True)
    action = Action(12, request.id, "U1", "reject", now, 5, (number,), orders, ("name",), "corrected")
    chat = Chat(7, request.id, "pin", 9, "es", blocked=True, heard_at=now)
    kept = replace(request, signed_at=now, repaired="corrected", version=5)
    changes = Changes(
        chat=chat, request=kept, orders=orders, numbers=(number,), answers=(given,), papers=(paper,), action=action
    )
    await store.turn(OfRef(request.ref), "e1", lambda state, moment: changes)
    found = await look(store, OfRef(request.ref))
    assert found.case is not None
    assert (found.chat, found.case.request, found.case.orders) == (chat, kept, orders)
    assert (found.case.numbers, found.case.answers) == ((number,), {"name": given})
    assert (found.papers, found.action) == ((paper,), action)


async def test_an_undone_action_gives_way_to_the_one_before(store: Store, place: Place) -> None:
    request = await begun(store)
    first = Action(1, request.id, "U1", "ask", place.clock(), 2, (), (), (), None)
    second = replace(first, id=2, undone=True)
    for action in (first, second):
        await store.turn(OfRef(request.ref), f"a{action.id}", lambda s, m, a=action: Changes(action=a))  # type: ignore[misc]  # mypy infers no lambda with a default
    assert (await look(store, OfRequest(request.id))).action == first
    assert (await look(store, OfChat(7))).action is None


async def test_rivals_are_others_requests_for_any_of_the_numbers_that_are_with_the_desk(
    store: Store, place: Place
) -> None:
    mine, *others = [await begun(store, chat) for chat in range(7, 13)]
    statuses = ("staff_review", "needs_attention", "cancelled", "partial")  # the last stays a draft, signed or not
    changed = [replace(request, status=status) for request, status in zip(others, statuses, strict=False)]
    for request in (*changed, replace(others[-1], signed_at=place.clock())):
        await store.turn(OfRef(request.ref), f"e{request.id}", partial(_change, changes=Changes(request=request)))
    for request in (mine, others[0]):  # they have a second number in common
        await store.turn(OfRef(request.ref), f"more:{request.id}", partial(_more_numbers, many=1))
    case = (await look(store, OfRef(mine.ref))).case
    assert case is not None
    assert case.rivals == tuple(sorted(request.ref for request in others[:2]))


def _more_numbers(state: State, moment: Moment, many: int) -> Changes:
    assert state.case is not None
    first = state.case.numbers[0]
    return Changes(numbers=tuple(replace(first, id=moment.new_id(), e164=f"{PHONE}{i}") for i in range(many)))


async def test_a_brief_shows_title_first_number_and_how_many_there_are(store: Store) -> None:
    request = await begun(store)
    await store.turn(OfChat(7), "more", partial(_more_numbers, many=2))
    await store.turn(OfChat(7), "name", partial(_change, changes=Changes(request=replace(request, title="Main line"))))
    empty = replace(request, id=store.new_id(), ref="P-22222")
    await store.turn(OfChat(7), "empty", partial(_change, changes=Changes(request=empty)))
    briefs = (await look(store, OfChat(7))).briefs
    assert [(b.title, b.e164, b.many) for b in briefs] == [("Main line", PHONE, 3), (None, None, 0)]


async def test_a_number_can_be_dropped_from_its_own_request_and_from_no_other(store: Store) -> None:
    mine, theirs = await begun(store, 7), await begun(store, 8)
    await store.turn(OfRef(mine.ref), "more", partial(_more_numbers, many=2))
    case, other = [(await look(store, OfRef(request.ref))).case for request in (mine, theirs)]
    assert case is not None
    assert other is not None
    gone = (case.numbers[0].id, other.numbers[0].id)
    await store.turn(OfChat(7), "drop", partial(_change, changes=Changes(dropped_numbers=gone)))
    left = (await look(store, OfRef(mine.ref))).case
    assert left is not None
    assert left.numbers == case.numbers[1:]
    assert (await look(store, OfRef(theirs.ref))).case == other
    assert (await look(store, OfChat(7))).briefs[0].e164 == case.numbers[1].e164


async def test_a_turn_writes_only_to_what_it_changes(file_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    s = compile_statements("sqlite")
    async with file_place.open() as store:
        await begun(store)
        written: list[str] = []
        write = SqliteRun.writes

        def watched(run: SqliteRun, statements: list[tuple[str, list[Line]]]) -> set[int] | None:
            written.extend(sql for sql, _ in statements)
            return write(run, statements)

        monkeypatch.setattr(SqliteRun, "writes", watched)
        await store.turn(OfChat(7), "e1", nothing)
        await store.turn(OfChat(7), "e2", answer("pin", "••42", secret="1142"))
        assert written == [s.hear, s.hear, s.keep_answer, s.keep_secret, s.add_history, s.add_unsealed]


async def test_a_focus_on_another_chats_request_is_no_focus(store: Store) -> None:
    theirs = await begun(store, 8)
    await store.turn(OfChat(7), "steal", lambda s, m: Changes(chat=Chat(7, focus=theirs.id)))
    found = await look(store, OfChat(7))
    assert (found.case, found.briefs) == (None, ())


async def test_moments_come_back_in_utc_to_the_microsecond(store: Store) -> None:
    there = datetime(2026, 7, 1, 12, 0, 0, 123457, tzinfo=timezone(timedelta(hours=-7)))
    await store.turn(OfChat(7), "e1", lambda s, m: Changes(chat=Chat(7, heard_at=there)))
    heard_at = (await look(store, OfChat(7))).chat.heard_at
    assert heard_at == there
    assert heard_at is not None
    assert heard_at.utcoffset() == timedelta(0)


async def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    bare = datetime(2026, 7, 1, 12)  # noqa: DTZ001 - that is what is refused
    with pytest.raises(TypeError):
        await store.turn(OfChat(7), "e1", lambda s, m: Changes(chat=Chat(7, heard_at=bare)))
    assert (await look(store, OfChat(7))).chat == Chat(7)


async def test_twenty_turns_of_one_chat_at_once_keep_their_order_and_lose_nothing(store: Store) -> None:
    order: list[int] = []

    def numbered(place: int) -> Decide:
        def decide(state: State, moment: Moment) -> Changes:
            order.append(place)
            return count(state, moment)

        return decide

    await asyncio.gather(*(store.turn(OfChat(7), f"e{i}", numbered(i)) for i in range(20)))
    assert order == list(range(20))
    assert (await look(store, OfChat(7))).chat.asking == 20


async def test_turns_of_one_chat_by_any_key_see_each_other(store: Store) -> None:
    request = await begun(store)
    keys: list[Key] = [OfChat(7), OfRef(request.ref), OfRequest(request.id)] * 5
    await asyncio.gather(*(store.turn(key, f"e{i}", count) for i, key in enumerate(keys)))
    assert (await look(store, OfChat(7))).chat.asking == 15


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=st.lists(st.integers(0, 3), min_size=5, max_size=15), chat=st.integers(1, 2**52))
async def test_an_event_is_heard_once_however_often_it_comes(events: list[int], chat: int, store: Store) -> None:
    run = next(_EVENTS)
    before = (await look(store, OfChat(chat))).chat.asking
    names = [f"{run}:{event}" for event in events for _ in range(5)]
    outcomes = await asyncio.gather(*(store.turn(OfChat(chat), name, count) for name in names))
    assert sum(not outcome.repeated for outcome in outcomes) == len(set(events))
    assert (await look(store, OfChat(chat))).chat.asking - before == len(set(events))


async def test_a_decision_that_raises_writes_nothing_and_its_event_can_come_again(store: Store) -> None:
    def broken(state: State, moment: Moment) -> Changes:
        raise LookupError("no such word")

    turns = [store.turn(OfChat(i), f"e{i}", broken if i == 3 else count) for i in range(1, 6)]
    ends = await asyncio.gather(*turns, return_exceptions=True)
    assert [isinstance(end, LookupError) for end in ends] == [False, False, True, False, False]
    assert (await look(store, OfChat(3))).chat.asking == 0
    assert (await look(store, OfChat(4))).chat.asking == 1
    assert not (await store.turn(OfChat(3), "e3", count)).repeated


async def test_a_row_that_the_database_refuses_fails_its_own_turn_alone(store: Store) -> None:
    orphan = Number(1, 99, 98, PHONE, "wireless", "intake", 1, datetime(2026, 1, 1, tzinfo=UTC))

    def refused(state: State, moment: Moment) -> Changes:
        return Changes(chat=replace(state.chat, asking=1), numbers=(orphan,))

    turns = [store.turn(OfChat(i), f"e{i}", refused if i == 3 else count) for i in range(1, 6)]
    ends = await asyncio.gather(*turns, return_exceptions=True)
    assert [isinstance(end, WriteFailed) for end in ends] == [False, False, True, False, False]
    assert [(await look(store, OfChat(i))).chat.asking for i in range(1, 6)] == [1, 1, 0, 1, 1]


async def test_a_reference_that_is_taken_is_drawn_again(store: Store) -> None:
    taken = (await begun(store)).ref
    tried: list[str] = []

    def unlucky(state: State, moment: Moment) -> Changes:
        ref = moment.new_ref() if tried else taken
        tried.append(ref)
        return replace(begin(state, replace(moment, new_ref=lambda: ref)))

    outcome = await store.turn(OfChat(8), "e1", unlucky)
    assert outcome.changes is not None
    assert outcome.changes.request is not None
    assert outcome.changes.request.ref == tried[-1] != taken


async def test_an_answer_can_be_replaced_and_dropped(store: Store) -> None:
    await begun(store)
    await store.turn(OfChat(7), "e1", answer("name", "Ann", "Lee"))
    await store.turn(OfChat(7), "e2", answer("name", "Anna", "Lee"))
    case = (await look(store, OfChat(7))).case
    assert case is not None
    assert case.answer("name") == ("Anna", "Lee")
    await store.turn(OfChat(7), "e3", lambda s, m: Changes(dropped=("name",)))
    case = (await look(store, OfChat(7))).case
    assert case is not None
    assert case.answers == {}


async def test_answers_come_in_the_order_given(store: Store) -> None:
    await begun(store)
    for question in ("zip", "name", "account"):
        await store.turn(OfChat(7), f"e:{question}", answer(question, "x"))
    case = (await look(store, OfChat(7))).case
    assert case is not None
    assert list(case.answers) == ["zip", "name", "account"]


async def test_no_statement_is_built_in_a_turn(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    request = await begun(store)
    built: list[object] = []
    build = compiler.Compiled.__init__

    def watched(self: compiler.Compiled, *args: Any, **more: Any) -> None:
        built.append(self)
        build(self, *args, **more)

    monkeypatch.setattr(compiler.Compiled, "__init__", watched)
    everything = [
        store.turn(OfChat(7), "e1", answer("pin", "••42", secret="1142")),
        store.turn(OfChat(7), "e2", owe("hello")),
        store.turn(OfRef(request.ref), "e3", nothing),
        store.turn(OfRequest(0), "e4", nothing),
    ]
    outcomes = await asyncio.gather(*everything)
    assert all(outcome.changes is not None for outcome in outcomes)
    assert built == []
    await store.board.lines(status="intake", limit=1, offset=0)
    assert built  # so the watch works


async def test_no_read_of_a_turn_walks_through_a_whole_table(file_place: Place) -> None:
    statements = asdict(compile_statements("sqlite"))
    del statements["staff_roles"]  # a row for each of the staff, read whole by the desk's own rare turns
    del statements["seal_newest"]  # the last row of the key, and no other
    async with file_place.open() as store:
        for name, sql in statements.items():
            plan = await store._hand.read(partial(_plan, sql))
            walked = [line for line in plan if line.startswith("SCAN") and "VIRTUAL TABLE" not in line]
            assert walked == [], name
        plan = await store._hand.read(partial(_plan, statements["requests"]))
        newest = [line for line in plan if line.startswith("SEARCH request_1")]
        is_narrow = any(each in line for line in newest for each in ("ix_request_known", "(chat_id=? AND erased_at=?)"))
        assert is_narrow, "who erased thousands of requests must not slow the others down"


def _plan(sql: str, connection: Connection) -> list[str]:
    explained = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", ("[]",) * sql.count("?"))
    return [row[3] for row in explained]


async def test_a_lost_connection_to_postgres_is_made_anew_and_the_turn_decided_once(shared_place: Place) -> None:
    async with shared_place.open() as store:
        await store.turn(OfChat(7), "e1", count)
        end_connections(shared_place.url)
        turns = [store.turn(OfChat(7), f"n{i}", count) for i in range(5)]
        assert all(outcome.changes for outcome in await asyncio.gather(*turns))
        assert (await look(store, OfChat(7))).chat.asking == 6


def lose_commits(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Let so many commits reach PostgreSQL whose answer never comes back."""
    commit, left = psycopg.Connection.commit, iter(range(times))

    def committed(self: psycopg.Connection[Any]) -> None:
        commit(self)
        if next(left, None) is not None:
            self.close()
            raise psycopg.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(psycopg.Connection, "commit", committed)


async def test_a_turn_whose_commit_got_no_answer_ends_as_decided_and_its_rows_are_told(
    shared_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with shared_place.open() as store:
        told: list[Owed] = []
        store.listen(told.extend)
        await store.turn(OfChat(7), "e0", nothing)
        lose_commits(monkeypatch, 1)
        outcome = await store.turn(OfChat(7), "e1", owe("a"))
        assert outcome.changes is not None
        assert outcome.changes.owed == tuple(told)
        assert [row.key for row in told] == ["a"]
        assert (await store.turn(OfChat(7), "e1", _never)).repeated


async def test_a_try_that_was_rolled_back_is_not_taken_for_the_one_that_another_process_committed(
    shared_place: Place,
) -> None:
    async with shared_place.open() as one, shared_place.open() as two:
        await two.turn(OfChat(7), "e1", owe("a"))
        lost = Decided([Outcome(Changes())], (Owed(5, "say", "l", "7", "a", "event:e1:a"),))
        hand = one._hand
        assert isinstance(hand, PostgresHand)
        assert hand._commit(partial(hand._committed, tries=[lost, lost])) is None


async def test_rows_of_a_turn_that_never_got_an_answer_are_claimed_when_their_lease_is_over(
    shared_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with shared_place.open() as store:
        told: list[Owed] = []
        store.listen(told.extend)
        await store.turn(OfChat(8), "e0", owe("held"))
        lose_commits(monkeypatch, CLASHES)
        with pytest.raises(WriteFailed):
            await store.turn(OfChat(7), "e1", owe("a"))
        assert (await store.turn(OfChat(7), "e1", _never)).repeated
        shared_place.clock.forward(seconds=15)
        await store.renew([row.id for row in told])  # as a busy relay does with what it knows of
        shared_place.clock.forward(seconds=6)
        assert [waiting.owed.key for waiting in await store.claim(9)] == ["a"]


async def test_owed_rows_are_told_in_the_order_of_commits_before_the_turn_returns(store: Store) -> None:
    told: list[str] = []
    store.listen(lambda rows: told.extend(row.key for row in rows))
    await store.turn(OfChat(7), "e1", owe("a", "b"))
    assert told == ["a", "b"]
    await asyncio.gather(*(store.turn(OfChat(7), f"n{i}", owe(str(i))) for i in range(10)))
    assert told == ["a", "b", *map(str, range(10))]


async def test_the_same_once_is_owed_once(store: Store) -> None:
    told: list[Owed] = []
    store.listen(told.extend)
    turns = (store.turn(OfChat(chat), f"e{chat}", owe("moved", once="due:moved:1:1")) for chat in range(5))
    await asyncio.gather(*turns)
    await store.owe(tuple(replace(row, id=row.id + 1) for row in told))
    assert len(told) == 1


async def test_history_is_only_added_to_and_words_stand_apart(store: Store, place: Place) -> None:
    request = await begun(store)
    await store.turn(OfChat(7), "e1", answer("zip", "94103"))
    row = History(
        store.new_id(), request.id, 7, "customer", "asked", place.clock(), detail="help", words="where is it?"
    )
    await store.turn(OfChat(7), "e2", lambda s, m: Changes(history=(row,)))
    sheet = await store.board.sheet(ref=request.ref)
    assert sheet is not None
    assert [entry.what for entry in sheet.history] == ["answered", "asked"]
    assert sheet.history[-1] == replace(row, words=None)


async def test_what_matters_is_found_behind_any_number_of_rows_that_do_not(store: Store, place: Place) -> None:
    request = await begun(store)
    await store.turn(OfChat(7), "e1", answer("zip", "94103"))
    whats = ["held", *["noted"] * 30]
    rows = [History(store.new_id(), request.id, 7, "staff:U1", what, place.clock(), words="w") for what in whats]
    await store.turn(OfChat(7), "e2", lambda s, m: Changes(history=tuple(rows)))
    sheet = await store.board.sheet(ref=request.ref)
    assert sheet is not None
    assert {row.what for row in sheet.history} == {"noted"}
    assert sheet.newest == rows[0].id
    assert [row.what for row in await store.board.changes(request.id, 0)] == ["answered", "held"]
    assert await store.board.changes(request.id, rows[0].id - 1) == (replace(rows[0], words=None),)
    assert await store.board.changes(request.id, rows[0].id) == ()


async def test_a_turn_whose_caller_went_away_is_committed_and_told_all_the_same(store: Store) -> None:
    told: list[Owed] = []
    store.listen(told.extend)
    task = asyncio.create_task(store.turn(OfChat(7), "e1", owe("a")))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    for _ in range(100):
        if told:
            break
        await asyncio.sleep(0.01)
    assert [row.key for row in told] == ["a"]
    assert (await store.turn(OfChat(7), "e1", _never)).repeated


def _never(state: State, moment: Moment) -> Changes:
    raise AssertionError("must not be decided")


async def test_a_turn_is_given_the_newest_requests_of_a_chat_and_always_the_one_in_question(store: Store) -> None:
    refs = [make_reference(secrets.choice) for _ in range(MOST_BRIEFS + 5)]
    ids = [store.new_id() for _ in refs]
    at = datetime(2026, 11, 23, tzinfo=UTC)
    for number, (ref, request_id) in enumerate(zip(refs, ids, strict=True)):
        request = Request(request_id, ref, 77, "cancelled", 1, at, at)
        await store.turn(OfChat(77), f"begin:{number}", partial(_change, changes=Changes(request=request)))
    oldest = Chat(77, focus=ids[0])
    await store.turn(OfChat(77), "focus", partial(_change, changes=Changes(chat=oldest)))
    seen: list[State] = []

    def look_at(state: State, _moment: Moment) -> Changes:
        seen.append(state)
        return Changes()

    await store.turn(OfChat(77), "look", look_at)
    await store.turn(OfRef(refs[1]), "look by ref", look_at)
    assert [len(state.briefs) for state in seen] == [MOST_BRIEFS + 1, MOST_BRIEFS + 1]
    assert [state.case.request.id for state in seen if state.case] == ids[:2]
    assert {b.id for b in seen[0].briefs} == {ids[0], *ids[5:]}


def _change(_state: State, _moment: Moment, changes: Changes) -> Changes:
    return changes
