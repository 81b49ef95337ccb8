"""Errands on the real store: what becomes of files that were given up, and of work whose paper is gone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from telegram import Bot

from bot.clock import utc_now
from bot.errands import Errands
from bot.telegram.request import AiohttpRequest
from domain.desk.errands import Pick
from domain.desk.state import Changes, Erase, Errand, Moment, OfChat, Paper, State
from domain.orders.model import Request
from domain.values import replace
from storage import Store
from storage.errors import FilesAway
from storage.files import FilesOnDisk
from storage.tables import TABLES
from tests.ground import open_store
from tests.waiting import until

CHAT = 5001


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await open_store(f"sqlite:///{tmp_path}/desk.sqlite", tmp_path, None)
    yield opened
    await opened.close()


@asynccontextmanager
async def at_work(store: Store) -> AsyncIterator[None]:
    """Run errands within the block; nothing listens where Telegram would be."""
    request = AiohttpRequest(timeout=2)
    bot = Bot("1:sandbox", base_url="http://127.0.0.1:1/bot", request=request)
    running = asyncio.create_task(Errands(store, store.files, store, bot, request, utc_now).run())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.wait({running})
        await request.shutdown()


async def erased(store: Store, *papers: tuple[str, str | None], fetched: bool = False) -> list[int]:
    """Make a request with papers (status, object key), wanted to be fetched or not, and erase it; return their ids."""
    ids = [store.new_id() for _ in papers]

    def begin(_state: State, moment: Moment) -> Changes:
        request = Request(moment.new_id(), moment.new_ref(), CHAT, "cancelled", 1, moment.now, moment.now)
        first = Paper(0, request.id, "bill", "", "tg-1", "bill.pdf", "", 1, 5, moment.now)
        kept = tuple(
            replace(first, id=paper, status=status, object_key=object_key)
            for paper, (status, object_key) in zip(ids, papers, strict=True)
        )
        left = tuple(Errand(moment.new_id(), "fetch_bill", paper, request.id, moment.now) for paper in ids)
        erase = (Erase(request.id, letter=False),)
        return Changes(request=request, papers=kept, errands=left if fetched else (), erase=erase)

    await store.turn(OfChat(CHAT), "begin", begin)
    return ids


async def all_done(store: Store) -> None:
    """Wait until there is no errand left."""
    any_left = select(TABLES["errand"].c.id).limit(1)
    async with asyncio.timeout(5):
        while await store._hand.read(lambda c: c.execute(any_left).first()):  # noqa: ASYNC110 # nothing tells when it is so, nor may callers see it
            await asyncio.sleep(0.01)


async def test_few_slow_errands_are_under_way_each_once_and_requests_take_turns(tmp_path: Path) -> None:
    at = utc_now()
    address = f"sqlite:///{tmp_path}/desk.sqlite"
    store = await open_store(address, tmp_path, None, now=lambda: at)
    begun: list[int] = []
    ends = asyncio.Semaphore(0)

    async def slow(errand: Errand) -> None:
        begun.append(errand.request_id)
        await ends.acquire()
        await store.forget(errand)

    requests = [await wanting(store, chat, copies) for chat, copies in ((1, 4), (2, 1), (3, 1))]
    many, second, third = requests
    errands = Errands(store, store.files, store, None, None, lambda: at)  # type: ignore[arg-type] # it sends nothing
    errands.teach({"read_copy": slow}, hands=2)
    running = asyncio.create_task(errands.run())
    await until(lambda: begun == [many, second])
    for _ in range(4):  # eight minutes, in which leases run out twice a look
        at += timedelta(minutes=2)
        errands.wake()
        await store.ping()
        await asyncio.sleep(0.02)
    assert await store.take(Pick(9, apart=(many, third))) == []  # nor does another process begin it again
    assert begun == [many, second]
    for _ in range(2):
        ends.release()
    await until(lambda: begun == [many, second, third, many])  # who has many waits until the others had theirs
    for _ in range(4):
        ends.release()
    await all_done(store)
    running.cancel()
    await asyncio.wait({running})
    await store.close()
    assert len(begun) == 6


async def wanting(store: Store, chat: int, copies: int) -> int:
    """Make a request with so many copies to be read; return its id."""

    def begin(_state: State, moment: Moment) -> Changes:
        request = Request(moment.new_id(), moment.new_ref(), chat, "staff_review", 1, moment.now, moment.now)
        left = tuple(Errand(moment.new_id(), "read_copy", 0, request.id, moment.now) for _ in range(copies))
        return Changes(request=request, errands=left)

    outcome = await store.turn(OfChat(chat), f"begin:{chat}", begin)
    assert outcome.changes is not None
    assert outcome.changes.request is not None
    return outcome.changes.request.id


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "files").rglob("*") if path.is_file())


async def test_files_of_an_erased_request_are_deleted_and_its_papers_go(store: Store, tmp_path: Path) -> None:
    for key in ("bill-1", "bill-2", "other"):
        await store.files.keep(key, b"%PDF")
    papers = await erased(store, ("kept", "bill-1"), ("kept", "bill-2"), ("kept", "never-written"), ("refused", None))
    async with at_work(store):
        await all_done(store)
    assert files(tmp_path) == ["other"]
    assert [await store.paper(paper) for paper in papers] == [None] * 4


async def test_a_bill_whose_request_was_erased_before_it_was_fetched_is_wanted_no_more(store: Store) -> None:
    await erased(store, ("wanted", None), fetched=True)
    async with at_work(store):
        await all_done(store)


async def test_documents_that_are_away_are_tried_again_and_staff_hear_of_it_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop, away = FilesOnDisk.drop, ["bill-1", "bill-2"]

    async def as_of_a_bucket(files: FilesOnDisk, object_key: str) -> None:
        if object_key in away:
            away.remove(object_key)
            raise FilesAway("no answer")
        await drop(files, object_key)

    monkeypatch.setattr(FilesOnDisk, "drop", as_of_a_bucket)
    for key in ("bill-1", "bill-2"):
        await store.files.keep(key, b"%PDF")
    papers = await erased(store, ("kept", "bill-1"), ("kept", "bill-2"))
    async with at_work(store):
        await all_done(store)
    assert [await store.paper(paper) for paper in papers] == [None, None]
    outbox = TABLES["outbox"]
    told = await store._hand.read(lambda c: c.execute(select(outbox.c.key)).scalars().all())
    assert list(told).count("desk.files_away") == 1
