"""Messages owed now."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.desk.keeping import Card, Postponed, Settled, StatusMessage, Waiting
from domain.desk.state import Choice, OfChat, OfRequest, Owed
from domain.text import ident
from storage import StorageError, Store, WriteFailed
from storage.noted import End, Noted, write_ends
from storage.sqlite import SqliteHand
from storage.tables import TABLES
from tests.storage.conftest import Place, end_connections
from tests.storage.decisions import count, nothing, owe

OUTBOX = TABLES["outbox"]


async def row(store: Store, key: str) -> dict[str, object]:
    """Return an outbox row as it stands in the database."""
    found = select(OUTBOX).where(OUTBOX.c.key == key)
    return dict(await store._hand.read(lambda c: c.execute(found).mappings().one()))  # what no caller may see


async def until(true: Callable[[], bool]) -> None:
    """Wait shortly until something holds."""
    for _ in range(100):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError


def keys(waiting: list[Waiting]) -> list[str]:
    """Return the wording keys of what was claimed."""
    return [w.owed.key for w in waiting]


def listened(store: Store) -> list[Owed]:
    """Listen, and return the list that grows."""
    told: list[Owed] = []
    store.listen(told.extend)
    return told


async def test_without_a_listener_rows_are_free_and_claimed_in_order(store: Store) -> None:
    await store.turn(OfChat(7), "e1", owe("a", "b"))
    await store.turn(OfChat(8), "e2", owe("c"))
    assert keys(await store.claim(2)) == ["a", "b"]
    assert keys(await store.claim(9)) == ["c"]
    assert await store.claim(9) == []


async def test_a_claimed_row_is_whole(store: Store) -> None:
    owed = Owed(
        store.new_id(), "say", "l", "7", "ask.date", "once", {"a": "b"}, ((Choice("y", "yes", {"n": "1"}),),),
        "9", "es", first=True, paced=True,
    )  # fmt: skip
    await store.owe((owed,))
    assert await store.claim(1) == [Waiting(owed, 0, 0)]


async def test_rows_born_leased_are_not_claimed_until_the_lease_is_over(store: Store, place: Place) -> None:
    assert not listened(store)
    await store.turn(OfChat(7), "e1", owe("a"))
    assert await store.claim(9) == []
    place.clock.forward(seconds=21)
    assert keys(await store.claim(9)) == ["a"]


async def test_renewing_keeps_the_leases_asked_for_and_no_others(
    store: Store, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.outbox.RENEWED_AT_ONCE", 2)
    told = listened(store)
    for chat, key in enumerate("abcde"):
        await store.turn(OfChat(chat), f"e{chat}", owe(key))
    store.settle(Settled(told[3].id, "sent", place.clock()))
    place.clock.forward(seconds=15)
    await store.renew({told[place].id for place in (0, 1, 2, 3)})
    await store.renew(())
    place.clock.forward(seconds=15)
    assert keys(await store.claim(9)) == ["e"]
    place.clock.forward(seconds=6)
    assert keys(await store.claim(9)) == ["a", "b", "c"]


async def test_a_lease_that_another_replica_took_is_not_renewed(shared_place: Place) -> None:
    async with shared_place.open() as one, shared_place.open() as two:
        told = listened(one)
        await one.turn(OfChat(7), "e1", owe("a"))
        shared_place.clock.forward(seconds=21)
        assert keys(await two.claim(9)) == ["a"]
        shared_place.clock.forward(seconds=15)
        await one.renew([told[0].id])
        shared_place.clock.forward(seconds=6)
        assert keys(await one.claim(9)) == ["a"]


async def test_a_released_row_is_claimed_at_once(store: Store) -> None:
    listened(store)
    await store.turn(OfChat(7), "e1", owe("a"))
    await store.release()
    assert keys(await store.claim(9)) == ["a"]


async def test_what_is_first_is_claimed_first(store: Store) -> None:
    await store.turn(OfChat(7), "e1", owe("late"))
    await store.turn(OfChat(7), "e2", owe("delete", first=True))
    assert keys(await store.claim(9)) == ["delete", "late"]


async def test_a_settled_row_is_blank_and_claimed_no_more(store: Store, place: Place) -> None:
    told = listened(store)
    await store.turn(OfChat(7), "e1", owe("a"))
    store.settle(Settled(told[0].id, "sent", place.clock(), "tg:55"))
    await store.release()
    found = await row(store, "a")
    assert (found["how"], found["external_id"], found["params"], found["buttons"]) == ("sent", "tg:55", "{}", "[]")
    assert await store.claim(9) == []


async def test_what_was_noted_rides_on_the_next_commit_or_is_written_by_itself(store: Store, place: Place) -> None:
    told = listened(store)
    await store.turn(OfChat(7), "e1", owe("a", "b"))
    store.settle(Settled(told[0].id, "dead", place.clock(), reason="blocked"))
    await store.turn(OfChat(8), "e2", nothing)
    if place.is_sqlite:
        assert (await row(store, "a"))["how"] == "dead"
    store.settle(Settled(told[1].id, "held", place.clock()))
    await asyncio.sleep(0.4 if place.is_sqlite else 0.2)
    assert [(await row(store, key))["how"] for key in "ab"] == ["dead", "held"]


async def test_what_could_not_be_written_is_noted_still_and_written_later(file_place: Place) -> None:
    async with file_place.open() as store:
        told = listened(store)
        await store.turn(OfChat(7), "e1", owe("a"))
        hand = store._hand
        assert isinstance(hand, SqliteHand)
        hand._raw.execute("PRAGMA query_only=ON")  # the writer is idle
        store.settle(Settled(told[0].id, "sent", file_place.clock(), "tg:1"))
        store.settle(Card(5, "C1", "17.1", 1))
        with pytest.raises(WriteFailed):
            await store.turn(OfChat(7), "e2", nothing)
        assert (await row(store, "a"))["how"] is None
        assert await store.card(5) == Card(5, "C1", "17.1", 1)
        store._hand.noted.note(Card(5, "C1", "17.1", 2))
        hand._raw.execute("PRAGMA query_only=OFF")
        await store.turn(OfChat(7), "e2", nothing)
        assert (await row(store, "a"))["external_id"] == "tg:1"
        assert await store.card(5) == Card(5, "C1", "17.1", 2)


async def test_a_note_that_the_database_refuses_keeps_no_other_from_being_written(
    store: Store, place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    told = listened(store)
    await store.turn(OfChat(7), "e1", owe("a", "b", "c"))
    at = place.clock()
    for end in (
        Settled(told[0].id, "sent", at, "tg:1"),
        Card(5, "C1", "17.1", 2**70),
        Settled(told[1].id, "sent", at, "tg:\ud800"),
        Settled(told[2].id, "sent", at, "tg:3"),
        StatusMessage(5, "18\ud800"),
        Card(6, "C1", "17.2", 1),
    ):
        store.settle(end)
    await store.release()
    assert [(await row(store, key))["external_id"] for key in "abc"] == ["tg:1", None, "tg:3"]
    refused = await row(store, "b")
    assert (refused["how"], refused["reason"]) == ("sent", "refused")
    assert (await store.card(5), await store.card(6)) == (None, Card(6, "C1", "17.2", 1))
    kinds = ("Card", "Settled", "StatusMessage")
    assert [f"kind={kind} " in line for kind, line in zip(kinds, caplog.messages, strict=True)] == [True] * 3
    assert await store.status_message(5) is None
    assert f"id={ident(told[1].id)} kind=Settled error=UnicodeEncodeError" in caplog.messages[1]
    await store.turn(OfChat(8), "e2", nothing)  # the writer goes on


async def test_notes_wait_in_their_order_while_the_database_cannot_write(
    shared_place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    async with shared_place.open() as store:
        told = listened(store)
        await store.turn(OfChat(7), "e1", owe("a"))
        end_connections(shared_place.url)
        for attempts in (1, 2, 3):
            store.settle(Postponed(told[0].id, shared_place.clock(), attempts, 0))
        await until(lambda: "storage notes_wait count=3 error=OperationalError" in caplog.messages)
        await store.ping()
        assert (await row(store, "a"))["attempts"] == 3


async def test_after_a_refusal_the_rest_waits_in_its_order_when_the_database_goes_away() -> None:
    noted = Noted(asyncio.get_running_loop(), 60, lambda: None)
    ends: list[End] = [Card(1, "C1", "1", 2**70), *(Card(2, "C1", "1", version) for version in (1, 2, 3))]

    def write(some: list[End]) -> None:
        if ends[0] in some:
            raise OverflowError
        raise ConnectionError

    write_ends(noted, ends, write, (OverflowError,))
    assert noted.take() == ends[1:]


async def test_a_ping_passes_through_the_writer_and_fails_when_it_cannot(place: Place) -> None:
    async with place.open() as store:
        await store.ping()
        if place.is_sqlite:
            await store._hand.write(lambda c: c.exec_driver_sql("PRAGMA busy_timeout=0").all())
            with closing(sqlite3.connect(place.folder / "desk.sqlite", isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                with pytest.raises(WriteFailed, match="OperationalError"):
                    await store.ping()
        else:
            end_connections(place.url)
            with pytest.raises(WriteFailed, match="AdminShutdown"):
                await store.ping()
        await store.ping()
    with pytest.raises(StorageError, match="closed"):
        await store.ping()


async def test_a_postponed_row_waits_and_its_lane_waits_behind_it(store: Store, place: Place) -> None:
    told = listened(store)
    await store.turn(OfChat(7), "e1", owe("a", "b"))
    store.settle(Postponed(told[0].id, place.clock() + timedelta(seconds=60), 1, 1))
    await store.release()
    assert await store.claim(9) == []
    place.clock.forward(seconds=61)
    claimed = await store.claim(9)
    assert keys(claimed) == ["a", "b"]
    assert (claimed[0].attempts, claimed[0].ambiguous) == (1, 1)


async def test_dead_and_held_rows_leave_their_lane(store: Store, place: Place) -> None:
    told = listened(store)
    await store.turn(OfChat(7), "e1", owe("a", "b", "c"))
    store.settle(Settled(told[0].id, "dead", place.clock()))
    store.settle(Settled(told[1].id, "held", place.clock()))
    await store.release()
    assert keys(await store.claim(9)) == ["c"]


async def test_a_row_in_a_lane_with_free_rows_is_born_free_so_that_it_cannot_overtake(store: Store) -> None:
    await store.turn(OfChat(7), "e1", owe("a"))
    told = listened(store)
    await store.turn(OfChat(7), "e2", owe("b"))
    await store.turn(OfChat(8), "e3", owe("c"))
    assert [owed.key for owed in told] == ["c"]
    assert keys(await store.claim(9)) == ["a", "b"]


async def test_opening_sqlite_again_voids_every_lease(file_place: Place) -> None:
    async with file_place.open() as store:
        listened(store)
        await store.turn(OfChat(7), "e1", owe("a"))
        await store._hand.close()  # as a crash does: nothing is released
        store._engines.close()
        async with file_place.open() as again:
            assert keys(await again.claim(9)) == ["a"]
        store._hand = again._hand  # the crashed one cannot release any more
        store.close = _nothing  # type: ignore[method-assign]  # the place's block would close it once more


async def _nothing() -> None:
    """Close nothing: it is closed."""


async def test_another_replica_takes_only_what_is_free_and_a_late_settling_is_fenced(shared_place: Place) -> None:
    async with shared_place.open() as one, shared_place.open() as two:
        told = listened(one)
        await one.turn(OfChat(7), "e1", owe("a", "b"))
        assert await two.claim(9) == []
        shared_place.clock.forward(seconds=21)
        assert keys(await two.claim(1)) == ["a"]
        assert await one.claim(9) == []  # the head of the lane is another's
        one.settle(Settled(told[0].id, "sent", shared_place.clock(), "late"))
        await one.release()
        assert (await row(two, "a"))["how"] is None
        two.settle(Settled(told[0].id, "sent", shared_place.clock(), "right"))
        await two.release()
        assert (await row(two, "a"))["external_id"] == "right"


async def test_a_row_in_another_replicas_lane_is_born_free(shared_place: Place) -> None:
    async with shared_place.open() as one, shared_place.open() as two:
        listened(one)
        told = listened(two)
        await one.turn(OfChat(7), "e1", owe("a", lane="slack:C1"))
        await two.turn(OfChat(8), "e2", owe("b", lane="slack:C1"))
        assert told == []
        await one.release()
        assert keys(await two.claim(9)) == ["a", "b"]


async def test_two_replicas_hear_an_event_once(shared_place: Place) -> None:
    async with shared_place.open() as one, shared_place.open() as two:
        for key in (OfChat(7), OfRequest(0)):
            decide = count if isinstance(key, OfChat) else nothing
            turns = [store.turn(key, f"e{i}:{key}", decide) for i in range(5) for store in (one, two)]
            outcomes = await asyncio.gather(*turns)
            assert sum(outcome.repeated for outcome in outcomes) == 5


async def test_a_card_is_seen_as_soon_as_it_is_noted_and_after_it_is_written(store: Store) -> None:
    assert await store.card(5) is None
    for version in (1, 2):
        store.settle(Card(5, "C1", "17.1", version))
    assert await store.card(5) == Card(5, "C1", "17.1", 2)
    await store.release()
    assert store._hand.noted.card(5) is None
    assert await store.card(5) == Card(5, "C1", "17.1", 2)


async def test_a_status_message_is_seen_as_soon_as_it_is_noted_and_after_it_is_written(store: Store) -> None:
    assert await store.status_message(7) is None
    for message in ("41", "42"):
        store.settle(StatusMessage(7, message))
    store.settle(StatusMessage(8, "43"))
    assert await store.status_message(7) == StatusMessage(7, "42")
    await store.release()
    assert store._hand.noted.status_message(7) is None
    assert await store.status_message(7) == StatusMessage(7, "42")
    store.settle(StatusMessage(7, "44"))
    await store.release()
    assert [await store.status_message(chat) for chat in (7, 8)] == [StatusMessage(7, "44"), StatusMessage(8, "43")]


async def test_settled_rows_go_after_thirty_days_and_heard_events_after_three(store: Store, place: Place) -> None:
    told = listened(store)
    await store.turn(OfChat(7), "e1", owe("old", "open"))
    store.settle(Settled(told[0].id, "sent", place.clock()))
    await store.release()
    await store.sweep(place.clock() + timedelta(hours=71))
    assert (await store.turn(OfChat(7), "e1", nothing)).repeated
    await store.sweep(place.clock() + timedelta(hours=73))
    assert not (await store.turn(OfChat(7), "e1", nothing)).repeated
    assert await _rows(store) == 2
    await store.sweep(place.clock() + timedelta(days=31))
    assert await _rows(store) == 1


async def _rows(store: Store) -> int:
    counted: int = await store._hand.read(lambda c: c.execute(select(func.count()).select_from(OUTBOX)).scalar_one())
    return counted
