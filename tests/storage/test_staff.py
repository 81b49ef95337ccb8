"""The desk's own people on both databases: roles, what is kept of each person, acts that wait for a second one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.desk.roles import Grant, Member, Role, Wish
from domain.desk.state import Changes, OfChat, OfRequest
from storage import Store, WriteFailed
from tests.storage.conftest import Place
from tests.storage.test_turns import look

AT = datetime(2026, 11, 23, 17, 0, 0, 123456, tzinfo=UTC)
BEN = Grant("U2", Role.AGENT, "U1", AT)
PORTERS = Grant("S1", Role.VIEWER, "U1", AT + timedelta(seconds=1))


async def keep(store: Store, event: str, changes: Changes) -> None:
    await store.turn(OfRequest(0), event, lambda _state, _moment: changes)


async def test_roles_are_given_changed_and_taken_away_and_turns_of_the_desk_read_them(store: Store) -> None:
    await keep(store, "first", Changes(grants=(BEN, PORTERS)))
    assert store.board.grants() == (BEN, PORTERS)
    assert (await look(store, OfRequest(0))).grants == (BEN, PORTERS)
    admin = replace(BEN, role=Role.ADMIN, given_by="U3", at=AT + timedelta(days=1))
    await keep(store, "second", Changes(grants=(admin,), revoked=("S1",)))
    assert store.board.grants() == (admin,)
    assert (await look(store, OfRequest(0))).grants == (admin,)


async def test_a_customers_turn_is_told_no_roles(store: Store) -> None:
    await keep(store, "first", Changes(grants=(BEN,)))
    assert (await look(store, OfChat(7))).grants == ()


async def test_roles_are_there_after_a_start(place: Place) -> None:
    async with place.open() as store:
        await keep(store, "first", Changes(grants=(BEN,)))
    async with place.open() as store:
        assert store.board.grants() == (BEN,)


async def test_a_role_is_kept_even_if_it_cannot_be_read_again_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail() -> None:
        raise WriteFailed("OperationalError")

    monkeypatch.setattr(store.board, "read_grants", fail)
    await keep(store, "first", Changes(grants=(BEN,)))
    assert store.board.grants() == ()
    monkeypatch.undo()
    await store.board.read_grants()
    assert store.board.grants() == (BEN,)


async def test_a_persons_focus_and_preferences_are_kept_apart(store: Store) -> None:
    assert await store.board.member("U1") == Member("U1")
    await keep(store, "focus", Changes(focus=(("U1", 11), ("U2", 12))))
    wanted = Member("U1", None, True, "07:30", "America/Chicago")
    await keep(store, "preferences", Changes(preferences=(wanted,)))
    await keep(store, "again", Changes(focus=(("U1", 13),)))
    assert await store.board.member("U1") == replace(wanted, focus=13)
    assert await store.board.members() == (replace(wanted, focus=13), Member("U2", 12))


async def test_a_wish_is_kept_whole_and_so_is_who_confirmed_it(store: Store) -> None:
    wish = Wish(17, "cancel_late", "P-22222", "stopped", "U1", AT, AT + timedelta(hours=1))
    assert await store.board.wish(17) is None
    await keep(store, "asked", Changes(wishes=(wish,)))
    assert await store.board.wish(17) == wish
    done = replace(wish, done_by="U2", done_at=AT + timedelta(minutes=5))
    await keep(store, "done", Changes(wishes=(done,)))
    assert await store.board.wish(17) == done


async def test_a_wish_that_was_done_or_ran_out_goes_a_month_later(store: Store) -> None:
    late = AT + timedelta(days=3)
    done = Wish(17, "cancel_late", "P-22222", "stopped", "U1", AT, AT + timedelta(hours=1), "U2", AT)
    await keep(store, "asked", Changes(wishes=(done, replace(done, id=18, done_by=None, done_at=None))))
    await keep(store, "later", Changes(wishes=(replace(done, id=19, at=late, until=late + timedelta(hours=1)),)))
    await store.sweep(AT + timedelta(days=30))
    assert await store.board.wish(17) == done
    await store.sweep(AT + timedelta(days=31))
    assert [await store.board.wish(each) is None for each in (17, 18, 19)] == [True, True, False]
