"""What is left of a request that is forgotten, and that nothing else goes with it."""

from typing import Any

import pytest
from sqlalchemy import select

from domain.desk.errands import Pick
from domain.desk.keeping import Settled
from domain.desk.state import (
    Action,
    Changes,
    Decide,
    Erase,
    History,
    Moment,
    OfChat,
    OfRef,
    OfRequest,
    Owed,
    Paper,
    State,
)  # fmt: skip
from domain.orders.model import Answer, Hidden, Request
from domain.papers.authorization import facts_digest, stated_facts
from domain.values import replace
from storage import Store
from storage.statements import MOST_BRIEFS
from storage.tables import TABLES
from tests.storage.conftest import Place
from tests.storage.decisions import PHONE, begin, fetch
from tests.storage.test_outbox import listened
from tests.storage.test_turns import begun, look

ANSWERS: dict[str, tuple[str, ...]] = {
    "numbers": ("+14155550142",),
    "carrier": ("verizon", "Verizon"),
    "bill": ("kept",),
    "authority": ("someone_else",),
    "signer": ("Ann Lee", "ann@example.com"),
    "name": ("business", "Acme Plumbing"),
    "contact": ("Maria", "Alvarez"),
    "address": ("1455 Market Street", "", "San Francisco", "CA", "94103"),
    "billing": ("PO Box 12, Oakland, CA 94601",),
    "destination": ("+14152000100",),
    "account": ("••••01",),
    "email": ("maria@example.com",),
    "agreements": ("2026-11-22", "$0.00"),
    "signature": ("Ann Lee", "2026-11-22", "digest"),
    "pin": ("••••13",),
}
UNSTATED = {"bill", "destination", "account", "email", "pin"}


def everything(state: State, moment: Moment) -> Changes:
    """Give a request everything that can be kept of it."""
    assert state.case is not None
    request, now = state.case.request, moment.now
    answers = tuple(
        Answer(request.id, question, value, "typed", now, seq, secret=_secret(question))
        for seq, (question, value) in enumerate(ANSWERS.items())
    )
    told = History(moment.new_id(), request.id, state.chat.id, "customer", "said", now, words="I owe them money")
    wanted = Paper(moment.new_id(), request.id, "bill", "wanted", "tg-1", "mine.pdf", "", 1, 5, now, album="a")
    kept = replace(wanted, id=moment.new_id(), status="kept", object_key=f"bill-{request.id}")
    action = Action(moment.new_id(), request.id, "U1", "ask", now, 2, (), (), (), None, note="your mother's name?")
    named = replace(request, title="Mother's flat", note="your father's?", version=2)
    return Changes(request=named, answers=answers, history=(told,), papers=(wanted, kept), action=action)


def _secret(question: str) -> Hidden | None:
    return Hidden("482913") if question in ("account", "pin") else None


def forget(*erase: Erase) -> Decide:
    """Erase requests."""
    return lambda _state, _moment: Changes(erase=erase)


async def full(store: Store, chat: int = 7) -> Request:
    """Return a fresh request of a chat of which everything is kept."""
    request = await begun(store, chat)
    await store.turn(OfRef(request.ref), f"fill:{request.id}", everything)
    return request


async def rows(store: Store, table: str) -> list[Any]:
    """Return the rows of a table."""
    return list(await store._hand.read(lambda c: c.execute(select(TABLES[table])).all()))


async def words_of(store: Store, request: Request) -> list[str]:
    """Return people's words beside a request's history."""
    mine = {row.id for row in await rows(store, "history") if row.request_id == request.id}
    return [row.words for row in await rows(store, "words") if row.history_id in mine]


@pytest.mark.parametrize("letter", [True, False])
async def test_of_a_forgotten_request_only_what_a_letter_states_is_left(store: Store, letter: bool) -> None:
    request = await full(store)
    before = await look(store, OfRef(request.ref))
    await store.turn(OfChat(7), "erase", forget(Erase(request.id, letter)))
    state = await look(store, OfRef(request.ref))
    assert before.case is not None
    assert state.case is not None
    assert state.case.answers.keys() == (ANSWERS.keys() - UNSTATED if letter else set())
    assert state.case.request == replace(before.case.request, title=None, note=None)
    assert (state.case.order, state.case.numbers) == (before.case.order, before.case.numbers)
    assert (state.chat, state.papers) == (before.chat, ())
    assert (before.action is not None, state.action) == (True, None)
    assert [await store.board.reveal(request.id, question) for question in ("account", "pin")] == [None, None]
    assert await words_of(store, request) == []
    assert [row.what for row in await rows(store, "history") if row.request_id == request.id] == ["said"]
    sheet = await store.board.sheet(ref=request.ref)
    assert sheet is not None
    assert sheet.papers == ()


async def test_a_letter_reads_the_same_after_everything_else_is_forgotten(store: Store) -> None:
    request = await full(store)
    before = (await look(store, OfRef(request.ref))).case
    await store.turn(OfChat(7), "erase", forget(Erase(request.id, letter=True)))
    after = (await look(store, OfRef(request.ref))).case
    assert before is not None
    assert after is not None
    assert stated_facts(after) == stated_facts(before)
    assert facts_digest(after) == facts_digest(before)


async def test_requests_that_are_not_named_lose_nothing(store: Store) -> None:
    first, second, mine, theirs = [await full(store, chat) for chat in (7, 7, 7, 8)]
    before = [await look(store, OfRef(request.ref)) for request in (mine, theirs)]
    await store.turn(OfChat(7), "erase", forget(Erase(first.id, letter=True), Erase(second.id, letter=False)))
    after = [await look(store, OfRef(request.ref)) for request in (mine, theirs)]
    assert [(s.case, s.papers, s.action) for s in after] == [(s.case, s.papers, s.action) for s in before]
    assert [brief.title for brief in after[0].briefs] == ["Mother's flat"]
    for request in (mine, theirs):
        assert await words_of(store, request) == ["I owe them money"]
        assert await store.board.reveal(request.id, "pin") == "482913"
    erased = [(await look(store, OfRef(request.ref))).case for request in (first, second)]
    assert [len(case.answers) for case in erased if case] == [len(ANSWERS.keys() - UNSTATED), 0]


async def test_of_a_request_whose_number_is_blanked_no_number_is_left_on_disk(store: Store) -> None:
    request = await full(store)

    def remember(state: State, moment: Moment) -> Changes:
        assert state.case is not None
        case = state.case
        action = Action(moment.new_id(), request.id, "U1", "submit", moment.now, 3, case.numbers, case.orders, (), None)
        return Changes(action=action)

    def blank(state: State, _moment: Moment) -> Changes:
        assert state.case is not None
        numbers = tuple(replace(number, e164="") for number in state.case.numbers)
        return Changes(numbers=numbers, erase=(Erase(request.id, letter=False),))

    await store.turn(OfRef(request.ref), "remember", remember)
    assert {"action", "number", "answer"} == await tables_with(store, PHONE)
    await store.turn(OfRef(request.ref), "blank", blank)
    assert await tables_with(store, PHONE) == set()


async def tables_with(store: Store, text: str) -> set[str]:
    """Return the tables that have a text in any of their rows."""
    return {table for table in TABLES if text in str(await rows(store, table))}


async def test_briefs_leave_forgotten_requests_out_so_that_older_ones_come_up(store: Store) -> None:
    requests = [await begun(store, 7) for _ in range(MOST_BRIEFS + 3)]
    ids = [request.id for request in requests]
    assert await briefs(store) == ids[3:]
    letters = tuple(Erase(request, letter=bool(place % 2)) for place, request in enumerate(ids[3:]))
    await store.turn(OfChat(7), "erase", forget(*letters))
    assert await briefs(store) == ids[:3]
    await store.turn(OfChat(7), "rest", forget(*(Erase(request, letter=False) for request in ids[:3])))
    assert await briefs(store) == []


async def briefs(store: Store) -> list[int]:
    """Return the ids of a chat's requests that a turn is told of."""
    return [brief.id for brief in (await look(store, OfChat(7))).briefs]


async def test_a_forgotten_request_stays_out_of_the_briefs_when_it_is_kept_again(store: Store) -> None:
    request = await full(store)
    await store.turn(OfChat(7), "erase", forget(Erase(request.id, letter=True)))

    def keep(state: State, _moment: Moment) -> Changes:
        assert state.case is not None
        return Changes(request=replace(state.case.request, version=9))

    await store.turn(OfRequest(request.id), "keep", keep)
    for key in (OfChat(7), OfRef(request.ref), OfRequest(request.id)):
        state = await look(store, key)
        assert state.case is not None
        assert (state.case.request.version, state.briefs) == (9, ())


async def test_what_the_same_turn_keeps_of_a_request_goes_with_it(store: Store) -> None:
    request = await begun(store)

    def keep_and_forget(state: State, moment: Moment) -> Changes:
        return replace(everything(state, moment), erase=(Erase(request.id, letter=False),))

    await store.turn(OfRef(request.ref), "both", keep_and_forget)
    state = await look(store, OfRef(request.ref))
    assert state.case is not None
    assert (state.case.answers, state.papers, state.case.request.title) == ({}, (), None)
    assert state.case.request.version == 2
    assert await words_of(store, request) == []
    assert await store.board.reveal(request.id, "pin") is None


LASTING = (("letter", "kept"), ("drawn", "kept"), ("signed_copy", "kept"))
GOING = (("letter", "wanted"), ("letter", "void"), ("letter", "refused"), ("signed_copy", "wanted"),
         ("signed_copy", "partly"), ("signed_copy", "unsure"))  # fmt: skip
KEPT = {f"{kind}-{status}" for kind, status in LASTING}
GONE = ("letter-void", "letter-refused", "signed_copy-partly", "signed_copy-unsure")


def with_letters(state: State, moment: Moment) -> Changes:
    """Give a request letters that were used, sealed, drawn and on paper, and some that count no more, or not yet."""
    assert state.case is not None
    request, papers = state.case.request.id, []
    for kind, status in (*LASTING, *GOING):
        key = None if status == "wanted" else f"{kind}-{status}"
        head = (moment.new_id(), request, kind, status, "tg", f"{kind}.pdf", "application/pdf", 5, 9, moment.now)
        papers.append(Paper(*head, None, key))
    return Changes(papers=tuple(papers))


async def files_left(store: Store) -> set[str]:
    """Do the errands that delete files, and return the keys that papers still name."""
    while taken := await store.take(Pick(9)):
        ((errand, _),) = taken  # one of a request at a time
        paper = await store.paper(errand.subject)
        assert errand.kind == "drop_file"
        assert paper is not None
        assert paper.object_key is not None
        await store.files.drop(paper.object_key)
        await store.forget(errand)
    return {row.object_key for row in await rows(store, "paper") if row.object_key}


async def test_a_used_letter_stays_as_it_is_until_its_years_are_over_and_its_file_goes_then(
    store: Store, place: Place
) -> None:
    request = await full(store)
    await store.turn(OfRef(request.ref), "letters", with_letters)
    lasting = [
        paper for paper in (await look(store, OfRef(request.ref))).papers if (paper.kind, paper.status) in LASTING
    ]
    for key in (*KEPT, *GONE, f"bill-{request.id}"):
        await store.files.keep(key, b"%PDF")
    await store.turn(OfRef(request.ref), "erase", forget(Erase(request.id, letter=True)))
    assert (await look(store, OfRef(request.ref))).papers == tuple(lasting)
    assert await files_left(store) == KEPT
    place.clock.forward(days=3650)
    await store.sweep(place.clock())
    assert {await store.files.read(key) for key in KEPT} == {b"%PDF"}
    await store.turn(OfRef(request.ref), "retire", forget(Erase(request.id, letter=False)))
    assert await files_left(store) == set()
    assert await rows(store, "paper") == []
    for key in (*KEPT, *GONE, f"bill-{request.id}"):
        with pytest.raises(KeyError):
            await store.files.read(key)


async def test_a_letter_that_was_never_used_goes_with_everything_else(store: Store) -> None:
    request = await full(store)
    await store.turn(OfRef(request.ref), "letters", with_letters)
    await store.turn(OfRef(request.ref), "erase", forget(Erase(request.id, letter=False)))
    assert (await look(store, OfRef(request.ref))).papers == ()
    assert await files_left(store) == set()


async def test_a_stored_file_is_deleted_by_an_errand_and_its_paper_goes_then(store: Store, place: Place) -> None:
    request = await full(store)
    await store.files.keep(f"bill-{request.id}", b"%PDF")
    for time in ("once", "twice"):
        await store.turn(OfChat(7), time, forget(Erase(request.id, letter=True)))
    ((errand, attempts),) = await store.take(Pick(9))
    assert (errand.kind, errand.request_id, errand.at, attempts) == ("drop_file", request.id, place.clock(), 0)
    left = await store.paper(errand.subject)
    assert left is not None
    assert (left.status, left.name, left.file_id, left.album) == ("erased", "", "", "")
    assert left.object_key == f"bill-{request.id}"
    await store.files.drop(left.object_key)
    await store.forget(errand)
    assert await store.paper(errand.subject) is None
    place.clock.forward(days=1)
    assert await store.take(Pick(9)) == []


async def test_a_paper_that_is_not_erased_survives_the_end_of_its_errand(store: Store, place: Place) -> None:
    await begun(store)
    await store.turn(OfChat(7), "fetch", fetch)
    ((errand, _),) = await store.take(Pick(9))
    await store.forget(errand)
    assert await store.paper(errand.subject) is not None
    place.clock.forward(days=1)
    assert await store.take(Pick(9)) == []


async def test_a_file_that_waits_for_its_errand_is_left_alone_by_the_sweep(store: Store, place: Place) -> None:
    request = await full(store)
    await store.files.keep(f"bill-{request.id}", b"%PDF")
    await store.turn(OfChat(7), "erase", forget(Erase(request.id, letter=True)))
    place.clock.forward(days=3650)
    await store.sweep(place.clock())
    assert await store.files.read(f"bill-{request.id}") == b"%PDF"


async def test_a_decision_that_misses_what_was_erased_meanwhile_fails_its_caller_alone(store: Store) -> None:
    request = await full(store)
    await store.turn(OfChat(7), "erase", forget(Erase(request.id, letter=False)))

    def first_paper(state: State, _moment: Moment) -> Changes:
        return Changes(papers=(next(iter(state.papers)),))

    with pytest.raises(RuntimeError):
        await store.turn(OfRequest(request.id), "late", first_paper)
    assert (await store.turn(OfChat(8), "begin", begin)).changes is not None


async def test_pages_that_did_not_get_to_a_signer_are_listed_no_more_once_their_request_is_forgotten(
    store: Store, place: Place
) -> None:
    listened(store)
    first, second = await full(store), await full(store)
    for request in (first, second):
        params = {"request": str(request.id), "facts": "3f" * 32}
        owed = Owed(store.new_id(), "pages", "chat:77", "77", "letter.pages", f"pages:{request.id}", params)
        await store.owe((owed,))
        store.settle(Settled(owed.id, "dead", place.clock(), None, "unprinted"))
    await store.ping()
    await store.turn(OfChat(7), "erase", forget(Erase(first.id, letter=True)))
    assert [each.owed.params["request"] for each in await store.board.undelivered(9)] == [str(second.id)]
