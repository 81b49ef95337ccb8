"""What is written of rows that a turn found: their step where nothing else changed, else all of them."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from domain.desk.state import Changes, Chat, Decide, OfChat, OfRef
from domain.orders.model import Request
from domain.values import replace
from storage import Store
from storage.rows import SQLITE
from storage.steps import step_of_chat, step_of_request
from storage.times import from_micros, to_micros
from tests.storage.decisions import answer
from tests.storage.test_rows import whole
from tests.storage.test_turns import begun, look

STEPS = {"chat": ["focus", "asked", "asking"], "request": ["status", "version", "changed_at"]}
CHAT, REQUEST = whole(Chat), whole(Request)


def changed(before: Any, names: list[str]) -> Any:
    """Return a value in which these fields are others."""
    other = whole(type(before), **{f.name: getattr(before, f.name) for f in fields(before) if f.name not in names})
    moments = {n: getattr(other, n) + timedelta(days=99) for n in names if isinstance(getattr(other, n), datetime)}
    texts = {n: f"{getattr(other, n)}!" for n in names if isinstance(getattr(other, n), str)}
    counts = {n: getattr(other, n) + 99 for n in names if type(getattr(other, n)) is int}
    flags = {n: not getattr(other, n) for n in names if isinstance(getattr(other, n), bool)}
    return replace(other, **moments, **texts, **counts, **flags)


def made(changes: Changes) -> Decide:
    """Return the decision that makes these changes."""
    return lambda _state, _moment: changes


@given(st.sets(st.sampled_from([f.name for f in fields(CHAT)])))
def test_a_chat_is_a_step_on_where_nothing_but_its_question_changed(names: set[str]) -> None:
    after = changed(CHAT, sorted(names))
    step = step_of_chat(CHAT, after)
    assert (step is not None) == names.issubset(STEPS["chat"])
    assert step in (None, (after.focus, after.asked, after.asking, CHAT.id))


@given(st.sets(st.sampled_from([f.name for f in fields(REQUEST)])))
def test_a_request_is_a_step_on_where_nothing_but_its_status_and_version_changed(names: set[str]) -> None:
    after = changed(REQUEST, sorted(names))
    step = step_of_request(REQUEST, after, SQLITE)
    assert (step is not None) == names.issubset(STEPS["request"])
    assert step in (None, (after.status, after.version, to_micros(after.changed_at), REQUEST.id))


@pytest.mark.parametrize("names", [STEPS["request"], ["status"], ["version", "title"], ["hold"]])
async def test_a_request_that_goes_on_keeps_all_else(store: Store, names: list[str]) -> None:
    request = await begun(store)
    kept = whole(Request, id=request.id, ref=request.ref, chat_id=7)
    for count, each in enumerate((kept, after := changed(kept, names))):
        await store.turn(OfRef(request.ref), f"keep {count}", made(Changes(request=each)))
    found = (await look(store, OfRef(request.ref))).case
    assert found is not None
    assert found.request == after


@pytest.mark.parametrize("names", [STEPS["chat"], ["asking"], ["asked", "blocked"], ["hours_told"]])
async def test_a_chat_that_goes_on_keeps_all_else(store: Store, names: list[str]) -> None:
    kept = whole(Chat, id=7, focus=None, taken_for=None)
    for count, each in enumerate((kept, after := changed(kept, names))):
        await store.turn(OfChat(7), f"keep {count}", made(Changes(chat=each)))
    assert (await look(store, OfChat(7))).chat == after


async def test_an_order_is_kept_when_it_changed(store: Store) -> None:
    request = await begun(store)
    for count, status in enumerate(("submitted", "submitted", "scheduled")):
        found = (await look(store, OfRef(request.ref))).case
        assert found is not None
        orders = tuple(replace(order, status=status) for order in found.orders)
        await store.turn(OfRef(request.ref), f"keep {count}", made(Changes(orders=orders)))
    found = (await look(store, OfRef(request.ref))).case
    assert found is not None
    assert [order.status for order in found.orders] == ["scheduled"]


async def test_answers_come_back_in_the_order_in_which_they_were_given(store: Store) -> None:
    request = await begun(store)
    given = ["name", "authority", "working", "bill", "carrier"]
    for question in given:
        await store.turn(OfRef(request.ref), question, answer(question, "x"))
    found = (await look(store, OfRef(request.ref))).case
    assert found is not None
    assert list(found.answers) == given


@given(st.integers(-(10**15), 10**15), st.integers(-14, 14))
def test_a_moment_is_the_same_whatever_its_zone(micros: int, hours: int) -> None:
    moment = from_micros(micros)
    assert moment.tzinfo is UTC
    assert to_micros(moment) == to_micros(moment.astimezone(timezone(timedelta(hours=hours)))) == micros


def test_a_moment_without_a_zone_is_refused_each_time() -> None:
    for _ in range(2):
        with pytest.raises(TypeError):
            to_micros(datetime(2026, 1, 1))  # noqa: DTZ001 - that is what is refused
