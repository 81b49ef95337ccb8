"""Errands of lists after a review: agreed rows stay, what always fails is refused, the loop is not taken for long."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import utc_now
from bot.lists.errands import MOST_TRIES, ListErrands
from bot.lists.looking import Look, Named, Wish
from bot.lists.reader import SHORT_BYTES, SHORT_ROWS, is_short
from domain.companies import WAITING
from domain.desk.errands import Pick
from domain.desk.state import Changes, Errand, Moment, OfRequest, Paper, State
from domain.errors import NotKept
from domain.intake.lists import found_of
from domain.numbers.portability import NOTHING, Known
from domain.orders.model import Answer, Case
from domain.values import replace
from storage import Store
from tests.bot.test_lists import Shows, a_list, at_work
from tests.ground import open_store

FIRST = "+14154210000"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await open_store(f"sqlite:///{tmp_path}/desk.sqlite", tmp_path, None)
    yield opened
    await opened.close()


async def case_of(store: Store, errand: Errand) -> Case:
    sheet = await store.board.sheet(request_id=errand.request_id)
    assert sheet is not None
    return sheet.case


async def answered(store: Store, errand: Errand, **answers: tuple[str, ...]) -> None:
    def decide(_state: State, moment: Moment) -> Changes:
        rows = (Answer(errand.request_id, q, v, "typed", moment.now, moment.new_id()) for q, v in answers.items())
        return Changes(answers=tuple(rows))

    await store.turn(OfRequest(errand.request_id), f"answered:{sorted(answers)}", decide)


async def test_rows_that_were_agreed_to_are_replaced_by_no_reading(store: Store) -> None:
    errand = await a_list(store)
    lists = at_work(store, Shows())
    await lists.read(errand)
    before = await store.lists.entries(errand.request_id, errand.subject)
    agreed = ("1500", str(errand.subject), "ab" * 32, "2026-11-22", FIRST)
    await answered(store, errand, numbers=(FIRST,), list=agreed, list_fixes=("0=+14154230123",))
    await lists.read(errand)
    assert await store.lists.entries(errand.request_id, errand.subject) == before


async def test_rows_of_a_request_that_somebody_is_to_approve_are_replaced_by_no_reading(store: Store) -> None:
    errand = await a_list(store)
    lists = at_work(store, Shows())
    await lists.read(errand)
    case = await case_of(store, errand)
    signed = replace(case.request, approval=WAITING)
    await store.turn(OfRequest(errand.request_id), "signed", lambda _s, _m: Changes(request=signed))
    await answered(store, errand, list_fixes=("0=+14154230123",))
    before = await store.lists.entries(errand.request_id, errand.subject)
    await lists.read(errand)
    assert await store.lists.entries(errand.request_id, errand.subject) == before


def failing(store: Store, error: Exception, shows: Shows | None = None) -> ListErrands:
    async def fetch(_paper: Paper) -> bytes:
        raise error

    return ListErrands(store, store, fetch, shows or Shows(), utc_now)


async def test_a_list_that_fails_time_after_time_is_refused(store: Store) -> None:
    errand = await a_list(store)
    shows = Shows()
    lists = failing(store, ZeroDivisionError(), shows)
    for _ in range(MOST_TRIES - 1):
        with pytest.raises(ZeroDivisionError):
            await lists.read(errand)
    await lists.read(errand)
    assert shows.shown == [*["list.again"] * (MOST_TRIES - 1), "end"]
    paper = await store.paper(errand.subject)
    assert paper is not None
    assert (paper.status, paper.refused) == ("refused", "list.refused.crashed_text")
    assert await store.take(Pick(9)) == []


async def test_the_database_s_own_trouble_refuses_no_list(store: Store) -> None:
    errand = await a_list(store)
    lists = failing(store, NotKept())
    for _ in range(MOST_TRIES + 1):
        with pytest.raises(NotKept):
            await lists.read(errand)


async def test_a_list_that_is_read_at_last_was_never_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    errand = await a_list(store)
    lists = at_work(store, Shows())
    known = store.lists.known
    fails = [ZeroDivisionError()] * (MOST_TRIES - 1)

    async def sometimes(numbers: list[str], request_id: int) -> Known:
        if fails:
            raise fails.pop()
        return await known(numbers, request_id)

    monkeypatch.setattr(store.lists, "known", sometimes)
    for _ in range(MOST_TRIES - 1):
        with pytest.raises(ZeroDivisionError):
            await lists.read(errand)
    await lists.read(errand)
    assert found_of(await case_of(store, errand)) is not None


@pytest.mark.parametrize("sign", [b"\n", b"\r", b"\r\n", b",", b";", b"\t", b"|"])
def test_a_file_of_many_lines_or_cells_is_not_short(sign: bytes) -> None:
    assert not is_short(b"Number" + sign * (SHORT_BYTES // 2 - 9))


def test_rows_count_however_their_lines_end() -> None:
    assert is_short(b"4154218832\r" * SHORT_ROWS)
    assert not is_short(b"4154218832\r" * (SHORT_ROWS + 1))
    assert is_short(b"4154218832\r\n" * SHORT_ROWS)


@pytest.mark.parametrize("row", [
    "{n},6282000100,Google Ads,acct 998877665 PIN 4829,Acme", "call {n} or {n} ext 5,a", '{n},"', "{n} " + "-+(" * 15,
])  # fmt: skip
def test_what_is_read_in_the_loop_takes_it_for_a_moment_only(row: str) -> None:
    rows = [row.format(n=4154210000 + n) for n in range(SHORT_ROWS - 1)]
    content = "\n".join(["Number,Calls ring at,Source,Label,Account", *rows]).encode()[:SHORT_BYTES]
    assert is_short(content)
    assert min(taken(content) for _ in range(3)) < 0.05


def taken(content: bytes) -> float:
    """Return the seconds that the longer of the two steps takes."""
    look = Look(Wish(served=("CA", "US")))
    begun = time.process_time()
    opened = look.open(content)
    between = time.process_time()
    if isinstance(opened, Named):
        look.judge(NOTHING)
    return max(between - begun, time.process_time() - between)
