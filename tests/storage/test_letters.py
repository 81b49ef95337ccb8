"""The files of sealed letters are known by a keyed digest in history, also to somebody who looks beside the desk."""

import asyncio

import pytest

from domain.desk.state import Changes, Decide, History, Moment, OfChat, OfRequest, State
from domain.papers.verdicts import Known, code_value
from domain.values import replace
from storage import StorageRefused, Store, look_up_letter
from storage.letters import FIELD
from tests.storage.conftest import Place
from tests.storage.decisions import begin

SHA, OTHER = "ab" * 32, "cd" * 32


def noted(what: str, detail: str, value: str = "") -> Decide:
    """Note what became of a letter."""

    def decide(state: State, moment: Moment) -> Changes:
        assert state.case is not None
        head = (moment.new_id(), state.case.request.id, state.chat.id, "errand", what, moment.now)
        return Changes(history=(History(*head, FIELD if value else "", detail, value=value),))

    return decide


async def over(store: Store, request_id: int) -> Known | None:
    """Call off the request, and return what is known of its letter then."""

    def end(state: State, _moment: Moment) -> Changes:
        assert state.case is not None
        numbers = tuple(replace(number, phase="cancelled") for number in state.case.numbers)
        orders = tuple(replace(order, status="cancelled") for order in state.case.orders)
        request = replace(state.case.request, status="cancelled", version=state.case.request.version + 1)
        return Changes(request=request, orders=orders, numbers=numbers)

    await store.turn(OfRequest(request_id), "end", end)
    return await store.board.letter(SHA)


async def test_a_letter_is_found_by_its_hash_and_counts_until_it_is_void(store: Store, place: Place) -> None:
    begun = await store.turn(OfChat(7), "begin", begin)
    assert begun.changes is not None
    request = begun.changes.request
    assert request is not None

    async def note(event: str, what: str, detail: str, value: str = "") -> None:
        await store.turn(OfRequest(request.id), event, noted(what, detail, value))

    def look(sha: str, key: str | None = None) -> Known | None:
        return look_up_letter(place.url, place.folder, key or place.key, sha)

    await note("a", "letter_sealed", "77", SHA)
    await note("b", "letter_sealed", "78 unstamped", OTHER)
    known = await store.board.letter(SHA)
    assert known is not None
    assert (known.request_id, known.ref, known.paper_id, known.void_at) == (request.id, request.ref, 77, None)
    other = await store.board.letter(OTHER)
    assert other is not None
    assert other.paper_id == 78
    assert await store.board.letter("ef" * 32) is None
    await note("c", "letter_void", "77")
    void = await store.board.letter(SHA)
    assert void is not None
    assert void.void_at is not None
    assert await store.board.letter(OTHER) == other
    assert await asyncio.to_thread(look, SHA) == void
    await note("d", "letter_stands", "77")
    assert await store.board.letter(SHA) == known
    assert await asyncio.to_thread(look, "ef" * 32) is None
    with_end = await over(store, request.id)
    assert with_end == (await store.board.letter(SHA)) == await asyncio.to_thread(look, SHA)
    assert with_end is not None
    assert with_end.void_at is not None
    with pytest.raises(StorageRefused, match="not this database's"):
        await asyncio.to_thread(look, SHA, "1" * 64)


async def test_a_code_on_paper_leads_to_the_letter_that_counts_and_is_void_with_it(store: Store) -> None:
    begun = await store.turn(OfChat(7), "begin", begin)
    assert begun.changes is not None
    request = begun.changes.request
    assert request is not None
    code = code_value("cd" * 16)
    for event, what, detail, value in (
        ("a", "blank_printed", "70 unsigned", OTHER), ("b", "coded", "70 unsigned", code),
        ("c", "letter_sealed", "77", SHA), ("d", "coded", "77", code),
    ):  # fmt: skip
        await store.turn(OfRequest(request.id), event, noted(what, detail, value))
        known = await store.board.letter(value)
        assert known is not None
        assert (known.paper_id, known.made == "sealed", known.void_at) == (int(detail[:2]), "un" not in detail, None)
    for event, what, detail, signed, counts in (
        ("e", "blank_void", "70", True, True), ("f", "letter_void", "77", True, False),
        ("g", "blank_stands", "70", False, True),
    ):  # fmt: skip
        await store.turn(OfRequest(request.id), event, noted(what, detail))
        known = await store.board.letter(code)
        assert known is not None
        assert (known.made == "sealed", known.void_at is None) == (signed, counts), event


async def test_a_copy_signed_on_paper_is_known_once_it_was_accepted_and_by_its_code_as_well(store: Store) -> None:
    begun = await store.turn(OfChat(7), "begin", begin)
    assert begun.changes is not None
    request = begun.changes.request
    assert request is not None
    code, blank = code_value("cd" * 16), "ef" * 32

    async def after(event: str, what: str, detail: str = "", value: str = "") -> tuple[str, str, str]:
        """Note something; return how the copy, the code, and the sheet as it was printed are known then."""
        await store.turn(OfRequest(request.id), event, noted(what, detail, value))
        found = [await store.board.letter(each) for each in (SHA, code, blank)]
        said = ["" if each is None else f"{each.made}{' void' * (each.void_at is not None)}" for each in found]
        return said[0], said[1], said[2]

    await after("a", "blank_printed", "70 unsigned", blank)
    await after("b", "coded", "70 unsigned", code)
    assert await after("c", "copy_came", "80 signed_copy", SHA) == ("", "printed", "printed")
    assert await after("d", "copy_accepted", "80 70") == ("accepted", "accepted", "printed")
    assert await after("e", "copy_waits") == ("", "printed", "printed")
    assert await after("f", "copy_accepted", "80 70") == ("accepted", "accepted", "printed")
    first = await store.board.letter(SHA)
    assert await after("g", "copy_void") == ("accepted void", "accepted void", "printed")
    assert await after("h", "copy_stands") == ("accepted", "accepted", "printed")
    assert await store.board.letter(SHA) == first
    assert await after("i", "copy_void") == ("accepted void", "accepted void", "printed")
    assert await after("j", "copy_accepted", "81 70") == ("accepted void", "accepted", "printed")
    assert await after("k", "coded", "81 signed_copy", code) == ("accepted void", "accepted", "printed")
    assert await after("l", "copy_void") == ("accepted void", "accepted void", "printed")
    assert await after("m", "letter_sealed", "90", OTHER) == ("accepted void", "accepted void", "printed")
    assert await after("n", "coded", "90", code) == ("accepted void", "sealed", "printed")
