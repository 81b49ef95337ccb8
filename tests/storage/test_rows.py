"""Every field of every kind of row comes back: values are made from the fields, so a field without a column fails."""

import types
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import pytest
from msgspec.structs import fields

from domain.desk.errands import Pick
from domain.desk.state import Action, Changes, Chat, Due, Errand, OfRef, Owed, Paper, State
from domain.orders.model import Answer, Number, Order, Request
from domain.values import Value, replace
from storage import Store
from tests.storage.test_turns import begun, look

V = TypeVar("V")
LONG_AGO = datetime(2026, 1, 1, 12, 30, tzinfo=UTC)


def whole(kind: type[V], /, **given: Any) -> V:
    """Return a value whose every field differs from its default and from the other fields."""
    made: V = _made(kind, "", count(2), given)
    return made


def _made(kind: Any, name: str, counts: Iterator[int], given: dict[str, Any]) -> Any:
    if isinstance(kind, type) and issubclass(kind, Value):
        hints = get_type_hints(kind)
        rest = (f.name for f in fields(kind) if f.name not in given)
        return kind(**given, **{name: _made(hints[name], name, counts, {}) for name in rest})
    if get_origin(kind) in (Union, types.UnionType):
        return _made(get_args(kind)[0], name, counts, {})
    if get_origin(kind) is tuple:
        return (_made(get_args(kind)[0], name, counts, {}),)
    if get_origin(kind) is dict:
        return {f"{name}-key": f"{name}-value"}
    return _plain(kind, name, next(counts))


def _plain(kind: Any, name: str, number: int) -> object:
    moment = LONG_AGO + timedelta(days=number, microseconds=number)
    plain: dict[Any, object] = {
        int: number, str: f"{name}-{number}", bool: True, datetime: moment, date: date(2026, 3, 1 + number % 28),
    }  # fmt: skip
    return plain[kind]


async def _kept(store: Store, changes: Changes, request: Request) -> State:
    await store.turn(OfRef(request.ref), "keep", lambda s, m: changes)
    return await look(store, OfRef(changes.request.ref if changes.request else request.ref))


@pytest.mark.parametrize("kind", [Request, Order, Number, Answer, Chat, Paper, Action, Due, Errand, Owed])
def test_a_whole_value_leaves_no_field_at_its_default(kind: type[Any]) -> None:
    value = whole(kind)
    assert [f.name for f in fields(kind) if getattr(value, f.name) in (None, 0, "", False, (), {}, f.default)] == []


async def test_a_request_comes_back_whole(store: Store) -> None:
    request = await begun(store)
    kept = whole(Request, id=request.id, chat_id=7)
    found = await _kept(store, Changes(request=kept), request)
    assert found.case is not None
    assert found.case.request == kept
    assert (found.briefs[0].ref, found.briefs[0].e164) == (kept.ref, found.case.numbers[0].e164)


async def test_an_order_and_its_number_come_back_whole(store: Store) -> None:
    request = await begun(store)
    case = (await look(store, OfRef(request.ref))).case
    assert case is not None
    assert case.order is not None
    order = whole(Order, id=case.order.id, request_id=request.id)
    number = whole(Number, id=case.numbers[0].id, order_id=order.id, request_id=request.id)
    found = (await _kept(store, Changes(orders=(order,), numbers=(number,)), request)).case
    assert found is not None
    assert (found.orders, found.numbers) == ((order,), (number,))


async def test_an_answer_comes_back_whole_but_for_its_secret_which_the_vault_has(store: Store) -> None:
    request = await begun(store)
    answer = whole(Answer, request_id=request.id)
    found = (await _kept(store, Changes(answers=(answer,)), request)).case
    assert found is not None
    assert answer.secret is not None
    assert found.answers == {answer.question: replace(answer, secret=None)}
    assert await store.board.reveal(request.id, answer.question) == answer.secret.plain


async def test_a_chat_comes_back_whole(store: Store) -> None:
    request = await begun(store)
    chat = whole(Chat, id=7)
    assert (await _kept(store, Changes(chat=chat), request)).chat == chat


async def test_a_paper_comes_back_whole_wherever_it_is_read(store: Store) -> None:
    request = await begun(store)
    paper = whole(Paper, request_id=request.id)
    assert (await _kept(store, Changes(papers=(paper,)), request)).papers == (paper,)
    assert await store.paper(paper.id) == paper


async def test_an_action_comes_back_whole_but_for_secrets(store: Store) -> None:
    request = await begun(store)
    action = whole(Action, request_id=request.id, undone=False)  # one taken back is not read any more
    answers = tuple(replace(answer, secret=None) for answer in action.before.answers)
    kept = replace(action, before=replace(action.before, answers=answers))
    assert (await _kept(store, Changes(action=action), request)).action == kept


async def test_what_is_due_comes_back_whole(store: Store) -> None:
    due = whole(Due)
    await _kept(store, Changes(due=(due,)), await begun(store))
    assert await store.due(due.at, 9) == [due]


async def test_an_errand_comes_back_whole(store: Store) -> None:
    errand = whole(Errand)
    await _kept(store, Changes(errands=(errand,)), await begun(store))
    assert await store.take(Pick(9)) == [(errand, 0)]


async def test_an_owed_message_comes_back_whole(store: Store) -> None:
    owed = whole(Owed)
    await _kept(store, Changes(owed=(owed,)), await begun(store))
    assert [waiting.owed for waiting in await store.claim(9)] == [owed]
