"""What errands of letters put back: a try that comes second takes nothing away from the first one."""

from pathlib import Path

from bot.letters.shelf import Shelf
from domain.desk.state import Changes, Errand, Moment, OfChat, Paper, State
from domain.orders.model import Request
from domain.policy import Policy
from domain.values import replace
from storage import Store
from tests.ground import open_store

CHAT, KEY = 5001, "copy-1-1"


def _begin(_state: State, moment: Moment) -> Changes:
    request = Request(moment.new_id(), moment.new_ref(), CHAT, "staff_review", 1, moment.now, moment.now)
    paper = Paper(moment.new_id(), request.id, "signed_copy", "wanted", "tg", "scan.pdf", "", 1, 5, moment.now)
    return Changes(request=request, papers=(paper,))


def _take(state: State, _moment: Moment) -> Changes:
    return Changes(papers=tuple(replace(paper, status="kept", object_key=KEY) for paper in state.papers))


async def _begun(store: Store) -> Errand:
    changes = (await store.turn(OfChat(CHAT), "begin", _begin)).changes
    assert changes is not None
    (paper,) = changes.papers
    return Errand(7, "read_copy", paper.id, paper.request_id, paper.at)


async def _stored_twice(folder: Path) -> bytes:
    """Have one errand tried twice, as it is when a lease runs out meanwhile; return the file."""
    store = await open_store(f"sqlite:///{folder}/desk.sqlite", folder, None)
    try:
        errand = await _begun(store)
        for _ in range(2):
            await Shelf(store, store, Policy()).store(errand, KEY, b"signed", _take)
        return await store.files.read(KEY)
    finally:
        await store.close()


async def test_a_file_that_is_referred_to_stays_when_its_errand_is_tried_once_more(tmp_path: Path) -> None:
    assert await _stored_twice(tmp_path) == b"signed"
