"""What a turn is told of other requests for the numbers that it names, on both databases."""

from functools import partial

import pytest

from domain.desk.state import Changes, Erase, Moment, OfChat, OfRef, OfRequest, State
from domain.numbers.claims import Claim
from domain.numbers.inventory import Held
from domain.numbers.listing import Entry
from domain.values import replace
from storage import Store
from storage.loading import Run
from storage.postgres import PostgresRun
from storage.sqlite import SqliteRun
from tests.storage.decisions import PHONE, count
from tests.storage.test_lists import PAPER, a_request, nobody
from tests.storage.test_turns import begun, look

LISTED = "+14154210001"


def _set(state: State, _moment: Moment, status: str, phase: str = "") -> Changes:
    assert state.case is not None
    numbers = tuple(replace(n, phase=phase or n.phase) for n in state.case.numbers)
    return Changes(request=replace(state.case.request, status=status), numbers=numbers)


async def claims(store: Store, chat: int, *numbers: str) -> dict[str, Claim]:
    return dict((await look(store, OfChat(chat, numbers))).claims)


async def test_an_open_request_claims_its_number_and_only_its_own_chat_is_told_which(store: Store) -> None:
    request = await begun(store, chat=10)
    assert await claims(store, 77, PHONE) == {}  # a draft claims nothing
    await store.turn(OfRef(request.ref), "submit", partial(_set, status="submitted"))
    assert await claims(store, 77, PHONE) == {PHONE: Claim(has_moved=False)}
    assert await claims(store, 77, "+14155550143") == {}
    assert await claims(store, 77) == {}
    await store.turn(OfChat(10), "another", lambda s, _m: Changes(chat=replace(s.chat, focus=None)))
    assert await claims(store, 10, PHONE) == {PHONE: Claim(False, request.ref, request.id)}
    assert (await look(store, OfRequest(request.id, (PHONE,)))).claims == {}  # its own is no rival
    state = await look(store, OfChat(77, (PHONE,)))
    assert state.case is None


@pytest.mark.parametrize(
    ("status", "phase", "found"),
    [
        ("ported", "ported", {PHONE: Claim(has_moved=True)}),
        ("partial", "ported", {PHONE: Claim(has_moved=True)}),
        ("partial", "cancelled", {}),
        ("needs_attention", "cancelled", {}),
        ("cancelled", "cancelled", {}),
    ],
)
async def test_what_has_moved_is_told_and_what_was_given_up_is_free(
    store: Store, status: str, phase: str, found: dict[str, Claim]
) -> None:
    request = await begun(store, chat=10)
    await store.turn(OfRef(request.ref), "end", partial(_set, status=status, phase=phase))
    assert await claims(store, 77, PHONE) == found


async def test_numbers_of_lists_are_claimed_too(store: Store) -> None:
    for chat, status in ((8, "submitted"), (9, "intake")):
        request = await a_request(store, chat, status)
        await store.lists.put(request.id, PAPER, [Entry(2, f"+1415421000{chat - 7}", "", "", "", "")], nobody)
    assert await claims(store, 77, LISTED, "+14154210002") == {LISTED: Claim(has_moved=False)}


async def test_of_a_forgotten_request_not_even_its_own_chat_is_told_which(store: Store) -> None:
    request = await begun(store, chat=10)
    await store.turn(OfRef(request.ref), "moved", partial(_set, status="ported", phase="ported"))
    await store.turn(OfRef(request.ref), "erase", lambda _s, _m: Changes(erase=(Erase(request.id, letter=False),)))
    await store.turn(OfChat(10), "another", lambda s, _m: Changes(chat=replace(s.chat, focus=None)))
    assert await claims(store, 10, PHONE) == {PHONE: Claim(has_moved=True)}


async def test_it_takes_no_more_round_trips_than_before_and_none_where_no_number_is_named(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begun(store)
    asked: list[int] = []
    for kind in (SqliteRun, PostgresRun):
        reads = kind.reads

        def noted(run: Run, wanted: list[tuple[str, tuple[object, ...]]], reads: object = reads) -> object:
            asked.append(len(wanted))
            assert callable(reads)
            return reads(run, wanted)

        monkeypatch.setattr(kind, "reads", noted)
    await store.turn(OfChat(7), "plain", count)
    plain, asked[:] = list(asked), []
    await store.turn(OfChat(7, (PHONE,)), "named", count)
    assert len(asked) == len(plain)
    assert [more - fewer for more, fewer in zip(asked, plain, strict=True)] == [2, *[0] * (len(plain) - 1)]


async def test_entries_are_told_apart_from_what_is_derived(store: Store) -> None:
    request = await begun(store)
    held = Held(PHONE, "user", "Ann", "port")
    await store.turn(OfRequest(0), "held", lambda _s, _m: Changes(held=(held,)))
    assert (await look(store, OfRef(request.ref))).entries == {PHONE: held}
