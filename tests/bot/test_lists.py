"""Lists read by a child: what it says, and what becomes of one that fails, hangs, or whose request is gone."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from functools import partial
from io import BytesIO
from pathlib import Path
from subprocess import Popen

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped] # has no types

from bot.child import start
from bot.clock import utc_now
from bot.lists import reader
from bot.lists.errands import ListErrands
from bot.lists.looking import Named, Wish
from bot.lists.reader import is_short, read_list
from domain.desk.state import Changes, Erase, Errand, Moment, OfChat, OfRequest, Paper, State
from domain.errors import Unreadable
from domain.numbers.columns import Ask, Columns
from domain.numbers.fixes import Fix
from domain.numbers.listing import Looked
from domain.numbers.portability import NOTHING, Known
from domain.numbers.workbooks import sheets_of, write_workbook
from domain.orders.model import Request
from storage import Store
from storage.lists import PUT
from tests.ground import open_store

CHAT = 5001
WISH = Wish(served=("CA", "US"))
ROWS = [["Number", "Calls ring at"], ["4154218832", "6282000100"], ["bad", ""], ["4154218833", ""]]
LONG = "\n".join(["Number", *(f"415421{n:04d}" for n in range(1500))]).encode()


async def look_up(known: Known, _named: Named) -> Known:
    return known


NOBODY = partial(look_up, NOTHING)


@pytest.mark.parametrize("content", [write_workbook(ROWS, "x"), "\n".join(map(",".join, ROWS)).encode()])
async def test_a_child_finds_the_same_as_is_found_here(content: bytes) -> None:
    wish = Wish(Columns(0, 1), (Fix(3, "+14154218834"),), ("CA", "US"))
    looked = await read_list(content, wish, partial(look_up, Known({"+14154218833": "user"})))
    assert isinstance(looked, Looked)
    assert [(entry.line, entry.e164, entry.destination) for entry in looked.entries] == [
        (2, "+14154218832", "+16282000100"), (3, "+14154218834", ""),
    ]  # fmt: skip
    assert looked.why == {"number.ours_user": 1}
    assert b"assigned to a user" in looked.report


async def test_a_child_asks_about_columns_and_says_what_it_cannot_read() -> None:
    asked = await read_list(write_workbook([["a", "b"], ["4154218832", "4154218833"]], "x"), WISH, NOBODY)
    assert isinstance(asked, Ask)
    assert [column.samples for column in asked.columns] == [("4154218832",), ("4154218833",)]
    assert await read_list(b"PK\x03\x04 nothing", WISH, NOBODY) == Unreadable("sheet.broken")


def test_only_what_takes_time_is_worth_a_child() -> None:
    assert is_short(b"Number\n4154218832")
    assert not is_short(LONG)
    assert not is_short(write_workbook(ROWS, "x"))


async def test_a_child_that_hangs_is_ended_and_the_customer_told(monkeypatch: pytest.MonkeyPatch) -> None:
    children: list[int] = []

    def started(module: str, streams: socket.socket) -> Popen[bytes]:
        child = start(module, streams)
        children.append(child.pid)
        return child

    async def never(_named: Named) -> Known:
        await asyncio.sleep(60)
        return NOTHING

    monkeypatch.setattr(reader, "start", started)
    assert await read_list(LONG, WISH, never, limit=1) == Unreadable("list.refused.crashed")
    with pytest.raises(ProcessLookupError):
        os.kill(children[0], 0)


async def test_a_child_that_dies_is_a_clear_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    assert await read_list(LONG, WISH, NOBODY) == Unreadable("list.refused.crashed")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await open_store(f"sqlite:///{tmp_path}/desk.sqlite", tmp_path, None)
    yield opened
    await opened.close()


async def a_list(store: Store) -> Errand:
    """Begin a request with a list that is to be read."""

    def begin(_state: State, moment: Moment) -> Changes:
        request = Request(moment.new_id(), moment.new_ref(), CHAT, "intake", 1, moment.now, moment.now)
        head = (moment.new_id(), request.id, "list", "wanted", "tg-1", "n.csv", "", 1, 5)
        paper = Paper(*head, moment.now)
        return Changes(
            request=request,
            papers=(paper,),
            errands=(Errand(moment.new_id(), "read_list", paper.id, request.id, moment.now),),
        )

    outcome = await store.turn(OfChat(CHAT), "begin", begin)
    assert outcome.changes is not None
    return outcome.changes.errands[0]


class Shows:
    """Notes what is shown of the progress."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    async def __call__(self, chat: int, task: int, key: str, params: dict[str, str], *, is_last: bool = False) -> None:
        assert chat == CHAT
        assert task
        how_far = f" {params['done']}/{params['rows']}" if "done" in params else ""
        self.shown.append("end" if is_last else f"{key}{how_far}")


def at_work(store: Store, shows: Shows) -> ListErrands:
    async def fetch(_paper: Paper) -> bytes:
        return LONG

    return ListErrands(store, store, fetch, shows, utc_now)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "files").rglob("*") if path.is_file())


async def test_a_list_that_is_read_twice_is_told_of_once(store: Store) -> None:
    errand = await a_list(store)
    lists = at_work(store, Shows())
    await lists.read(errand)
    await lists.read(errand)  # as after a crash behind the commit
    sheet = await store.board.sheet(request_id=errand.request_id)
    assert sheet is not None
    assert len(sheet.case.answers["list_found"].value) > 10
    assert len(await store.lists.entries(errand.request_id, errand.subject)) == 1500
    assert sum(entry.what == "list_read" for entry in sheet.history) == 1


async def test_of_a_list_that_is_forgotten_while_it_is_read_nothing_is_left(store: Store, tmp_path: Path) -> None:
    errand = await a_list(store)
    lists = at_work(store, Shows())
    known = store.lists.known
    erase = (Erase(errand.request_id, letter=False),)

    async def forgotten(numbers: list[str], request_id: int) -> Known:
        await store.turn(OfRequest(request_id), "forget", lambda _s, _m: Changes(erase=erase))
        return await known(numbers, request_id)

    store.lists.known = forgotten  # type: ignore[method-assign,assignment] # a moment that nobody could hit otherwise
    await lists.read(errand)
    assert files(tmp_path) == []
    assert await store.lists.entries(errand.request_id, errand.subject) == []


async def test_how_far_it_is_is_shown_about_once_a_second(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.lists.errands.SHOW_EVERY", 0.0)
    shows = Shows()
    await at_work(store, shows).read(await a_list(store))
    assert shows.shown == [
        *(f"list.looking {n}/1,500" for n in ("500", "1,000", "1,500")),
        *(f"list.keeping {n:,}/1,500" for n in range(PUT, 1501, PUT)),
        "end",
    ]


async def test_what_was_given_up_is_deleted_with_its_rows_and_its_file(store: Store, tmp_path: Path) -> None:
    errand = await a_list(store)
    lists = at_work(store, Shows())
    await lists.read(errand)
    assert len(files(tmp_path)) == 1
    await lists.drop(errand)
    assert files(tmp_path) == []
    assert await store.lists.entries(errand.request_id, errand.subject) == []


def a_book(**sheets: list[list[str]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


async def test_of_a_workbook_the_sheet_with_numbers_is_read_and_the_others_are_named() -> None:
    numbers = [["Number"], ["4154218832"]]
    looked = await read_list(
        a_book(Notes=[["Please move these", "12"]], North=numbers, South=[["Number"], ["(415) 421-8833"]]), WISH, NOBODY
    )
    assert isinstance(looked, Looked)
    assert [entry.e164 for entry in looked.entries] == ["+14154218832"]
    assert looked.sheets == ("North", "South")
    asked = await read_list(
        a_book(A=[["4154218832", "4154218833"], ["4154218834", "4154218835"]], B=numbers), WISH, NOBODY
    )
    assert isinstance(asked, Ask)
    assert asked.sheets == ("A", "B")


async def test_a_workbook_without_any_number_is_told_by_its_first_sheet() -> None:
    assert await read_list(a_book(A=[["x", "y"], ["1", "2"]], B=[["z"]]), WISH, NOBODY) == Unreadable(
        "sheet.no_numbers"
    )
    assert sheets_of(b"PK\x03\x04 nothing") == ()
