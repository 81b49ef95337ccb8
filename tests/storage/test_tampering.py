"""Whatever somebody with the database, but without the key, does to history: an audit names the first bad row."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Table, delete, func, insert, select, text, update

from domain.desk.sealing import Audit, Fault, Head, Wrong
from storage.auditing import audit_within
from storage.engine import Engines, open_engines
from storage.links import COLUMNS
from storage.seals import HISTORY, SEAL, UNSEALED
from storage.vault import Vault, read_keys
from tests.storage.conftest import KEY, Place
from tests.storage.test_seals import disarm, write

SEALED = 8
WAITING = 2
places = st.integers(0, SEALED - 1)
two_places = st.lists(places, min_size=2, max_size=2, unique=True).map(sorted)
many_times = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass
class Chain:
    """A history that is sealed but for two rows; what is done to it within an `attempt` is undone behind it."""

    engines: Engines
    rows: list[dict[str, Any]] = field(default_factory=list)  # in the order of the chain
    links: list[dict[str, Any]] = field(default_factory=list)
    head: Head = field(default_factory=lambda: Head(0, ""))

    def audit(self, connection: Connection, seen: Head | None = None) -> Audit:
        return audit_within(connection, Vault(read_keys(KEY)), seen)

    def attempt(self, *statements: Any, seen: Head | None = None) -> Fault | None:
        """Return what an audit finds after these statements."""
        with self.engines.writer.connect() as connection, connection.begin() as transaction:
            disarm(connection)
            for statement in statements:
                connection.execute(text(statement) if isinstance(statement, str) else statement)
            found = self.audit(connection, seen)
            transaction.rollback()
        return found.fault

    def id(self, place: int) -> int:
        """Return the id of the row of a link, counted from 0."""
        found: int = self.rows[place]["id"]
        return found


@pytest.fixture
async def chain(place: Place) -> AsyncIterator[Chain]:
    async with place.open() as store:
        for n in range(SEALED):
            await write(store, chat=n, detail=f"line {n} ")
        await store.seals.seal()
        head = await store.seals.head()
        for n in range(WAITING):
            await write(store, chat=n)
    opened = Chain(open_engines(place.url), head=head)
    with opened.engines.reader.begin() as connection:
        opened.rows = [dict(row._mapping) for row in connection.execute(select(HISTORY).order_by(HISTORY.c.id))]
        opened.links = [dict(row._mapping) for row in connection.execute(select(SEAL).order_by(SEAL.c.seq))]
    assert opened.attempt(seen=head) is None
    yield opened
    opened.engines.close()


def other(value: Any) -> Any:
    """Return another value of the same kind, as near as can be."""
    if value is None:
        return 1
    if isinstance(value, str):
        return f"{value} " if value else " "
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    return value ^ 1 << 55 if isinstance(value, int) else value + timedelta(microseconds=1)  # no other row's id


def change(table: Table, row: dict[str, Any], column: str) -> Any:
    key = next(iter(table.primary_key))
    return update(table).where(key == row[key.name]).values({column: other(row[column])})


def test_a_change_of_any_column_of_any_row_is_found(chain: Chain) -> None:
    for place in range(SEALED + WAITING):
        link = place + 1 if place < SEALED else None
        for column in COLUMNS:
            found = chain.attempt(change(HISTORY, chain.rows[place], column))
            wrong: Wrong = "missing" if column == "id" else "changed"
            assert found == Fault(wrong, link, chain.id(place)), column


def test_a_change_of_any_column_of_any_link_is_found(chain: Chain) -> None:
    faults = {"seq": "gap", "history_id": "missing", "key": "unknown_key", "digest": "changed"}
    for place, link in enumerate(chain.links[:-1]):
        for column, wrong in faults.items():
            if column == "seq":  # a link's own place is another's
                found = chain.attempt(update(SEAL).where(SEAL.c.seq == link["seq"]).values(seq=99))
            else:
                found = chain.attempt(change(SEAL, link, column))
            assert found is not None
            assert (found.wrong, found.link) == (wrong, place + 1)


@many_times
@given(edits=st.lists(st.tuples(places, st.sampled_from(COLUMNS[1:])), min_size=1, max_size=5))
def test_of_several_changed_rows_the_first_is_named(chain: Chain, edits: list[tuple[int, str]]) -> None:
    done = [change(HISTORY, chain.rows[place], column) for place, column in edits]
    first = min(place for place, _ in edits)
    assert chain.attempt(*done) == Fault("changed", first + 1, chain.id(first))


@many_times
@given(gone=st.sets(places, min_size=1))
def test_deleted_rows_are_missed(chain: Chain, gone: set[int]) -> None:
    ids = [chain.id(place) for place in gone]
    assert chain.attempt(delete(HISTORY).where(HISTORY.c.id.in_(ids))) == Fault("missing", min(gone) + 1, min(ids))


@many_times
@given(place=places, at=st.integers(-(1 << 62), 1 << 62), links=st.booleans())
def test_an_inserted_row_is_foreign(chain: Chain, place: int, at: int, links: bool) -> None:
    row = chain.rows[place] | {"id": at}
    forged = insert(UNSEALED).values(history_id=at, key=chain.links[0]["key"], digest=chain.links[place]["digest"])
    if any(each["id"] == at for each in chain.rows):
        return
    found = chain.attempt(insert(HISTORY).values(row), *([forged] if links else []))
    assert found == Fault("changed" if links else "foreign", None, at)


@many_times
@given(places=two_places)
def test_rows_that_changed_places_are_found(chain: Chain, places: list[int]) -> None:
    first, second = places
    rows = [chain.rows[first] | {"id": chain.id(second)}, chain.rows[second] | {"id": chain.id(first)}]
    swap = [update(HISTORY).where(HISTORY.c.id == row["id"]).values(row) for row in rows]
    assert chain.attempt(*swap) == Fault("changed", first + 1, chain.id(first))


@many_times
@given(places=two_places, whole=st.booleans())
def test_links_that_changed_places_are_out_of_order(chain: Chain, places: list[int], whole: bool) -> None:
    links = [chain.links[place] for place in places]
    names = ("history_id", "digest", "key") if whole else ("history_id",)
    gone = delete(SEAL).where(SEAL.c.seq.in_([link["seq"] for link in links]))
    swapped = [mine | {name: theirs[name] for name in names} for mine, theirs in (links, links[::-1])]
    assert chain.attempt(gone, insert(SEAL).values(swapped)) == Fault("moved", places[0] + 1, chain.id(places[1]))


@many_times
@given(left=places, rows_too=st.booleans())
def test_a_tail_that_was_cut_off_is_found_by_a_head_that_was_seen(chain: Chain, left: int, rows_too: bool) -> None:
    cut = [delete(SEAL).where(SEAL.c.seq > left)]
    if rows_too:
        cut += [delete(HISTORY).where(HISTORY.c.id >= chain.id(left)), delete(UNSEALED)]
    found = chain.attempt(*cut, seen=chain.head)
    assert found == Fault("cut", left + 1, None)
    assert chain.attempt(*cut) == (None if rows_too else Fault("foreign", None, chain.id(left)))


def test_a_chain_that_was_written_anew_is_not_the_one_that_was_seen(chain: Chain) -> None:
    seen = Head(3, "0123456789ab")
    assert chain.attempt(seen=seen) == Fault("replaced", 3, chain.id(2))


def test_a_link_in_the_middle_that_was_taken_out_is_missed_although_the_others_closed_ranks(chain: Chain) -> None:
    assert chain.attempt(delete(SEAL).where(SEAL.c.seq == 4)) == Fault("gap", 4, chain.id(4))
    up = [update(SEAL).where(SEAL.c.seq == seq).values(seq=seq - 1) for seq in range(5, SEALED + 1)]
    assert chain.attempt(delete(SEAL).where(SEAL.c.seq == 4), *up) == Fault("changed", 4, chain.id(4))


def test_a_row_that_waits_cannot_be_changed_or_deleted_either(chain: Chain) -> None:
    waiting = chain.id(SEALED)
    assert chain.attempt(delete(HISTORY).where(HISTORY.c.id == waiting)) == Fault("missing", None, waiting)
    assert chain.attempt(delete(UNSEALED).where(UNSEALED.c.history_id == waiting)) == Fault("foreign", None, waiting)


BROKEN = {
    "sqlite": ("detail = CAST(x'FF' AS TEXT)", "detail = x'FF'", "at = 'soon'", "at = 1e300", "request_id = x'00'"),
    "postgresql": ("at = 'infinity'", "at = '-infinity'", "at = '4000-01-01 BC'", "at = '20000-01-01'"),
}


def test_a_row_that_nobody_here_can_have_written_is_named_and_keeps_nothing_from_being_read(chain: Chain) -> None:
    for place in (2, SEALED):
        link = place + 1 if place < SEALED else None
        for value in BROKEN[chain.engines.name]:
            found = chain.attempt(f"UPDATE history SET {value} WHERE id = {chain.id(place)}")
            assert found is not None
            assert (found.wrong in ("changed", "unreadable"), found.link) == (True, link), value
            assert link is None or found.row in (None, chain.id(place))


# what sealing does with such rows


async def test_a_bad_row_is_never_sealed_and_keeps_no_good_one_waiting(place: Place) -> None:
    async with place.open() as store:
        for n in range(4):
            await write(store, chat=n)
        await store._hand.write(_spoil)
        refused = await store.seals.seal()
        assert len(refused) == 3
        assert (await store.seals.head()).count == 1
        assert await store.seals.waiting() == 3
        assert await store.seals.seal() == refused
        await write(store)
        assert await store.seals.seal() == refused
        assert (await store.seals.head()).count == 2


def _spoil(connection: Connection) -> None:
    disarm(connection)
    first, second, third, _ = connection.execute(select(HISTORY.c.id).order_by(HISTORY.c.id)).scalars().all()
    value = BROKEN[connection.dialect.name][0]
    connection.execute(text(f"UPDATE history SET {value} WHERE id = {first}"))
    connection.execute(text("DELETE FROM words"))
    connection.execute(delete(HISTORY).where(HISTORY.c.id == second))
    connection.execute(update(HISTORY).where(HISTORY.c.id == third).values(actor="U2"))


async def test_a_signed_row_that_is_put_up_again_is_not_sealed_twice(place: Place) -> None:
    async with place.open() as store:
        await write(store)
        [row] = await store._hand.read(lambda c: c.execute(select(UNSEALED)).all())
        await store.seals.seal()
        head = await store.seals.head()
        await store._hand.write(lambda c: c.execute(insert(UNSEALED).values(row._mapping)))
        assert await store.seals.seal() == ()
        assert (await store.seals.head(), await store.seals.waiting()) == (head, 0)
        sealed = await store._hand.read(lambda c: c.execute(select(func.count()).select_from(SEAL)).scalar())
        assert sealed == 1
