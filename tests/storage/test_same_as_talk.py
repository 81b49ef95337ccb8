"""The store of conversation tests, which is in memory, keeps what the real one keeps."""

from functools import partial

from domain.desk.state import Changes, Decide, Erase, Moment, OfChat, OfRef, State
from domain.numbers.inventory import Held
from domain.values import replace
from storage import Store
from storage.statements import MOST_BRIEFS
from tests.domain.talk import CHAT, Talk
from tests.storage.decisions import PHONE, answer, begin, fetch
from tests.storage.test_erasing import everything, with_letters, words_of
from tests.storage.test_turns import look


def _more_numbers(state: State, moment: Moment) -> Changes:
    assert state.case is not None
    numbers = state.case.numbers
    more = tuple(replace(numbers[0], id=moment.new_id(), e164=f"+1415555010{i}") for i in range(3))
    return Changes(numbers=more, dropped_numbers=(numbers[0].id, 12345))


def _at_the_desk(state: State, _moment: Moment, status: str = "staff_review") -> Changes:
    assert state.case is not None
    return Changes(request=replace(state.case.request, status=status))


def _erase(_state: State, _moment: Moment, erase: tuple[Erase, ...]) -> Changes:
    return Changes(erase=erase)


def _hold(_state: State, _moment: Moment) -> Changes:
    return Changes(held=(Held(PHONE, "user", "Rosa"), Held("+14155550101", "failsafe"), Held("+14155550102", "user")))


def _free(_state: State, _moment: Moment) -> Changes:
    return Changes(held=(Held("+14155550101", "tracking", "P-1", "port"),), freed=("+14155550102", "+19995550100"))


async def test_the_store_of_conversation_tests_keeps_what_the_real_one_keeps(store: Store) -> None:
    talk = Talk()
    refs: dict[int, str] = {}

    async def both(decide: Decide) -> None:
        """Let both keep what one decision about the chat's focus changes, and look at every request."""
        focus = talk.chat.focus
        outcome = await store.turn(OfChat(CHAT), f"e{len(talk.history)}:{store.new_id()}", decide)
        assert outcome.changes is not None
        talk._keep(outcome.changes, focus)
        refs.update({request.id: request.ref for request in talk.requests.values()})
        for request_id, ref in refs.items():
            assert await look(store, OfRef(ref)) == talk.state(request_id)
            assert talk.secrets.get((request_id, "pin")) == await store.board.reveal(request_id, "pin")
            words = [entry.words for entry in talk.history if entry.request_id == request_id and entry.words]
            assert await words_of(store, talk.requests[request_id]) == words

    for _ in range(3):  # of one chat, with numbers in common
        for decide in (begin, everything, fetch, answer("pin", "••••55", secret="515151"), _more_numbers):
            await both(decide)
        await both(lambda _state, _moment: Changes(dropped=("email",), shred=("account",)))
        await both(with_letters)
        await both(_at_the_desk)
    await both(partial(_at_the_desk, status="partial"))
    first, second, _ = refs
    await both(partial(_erase, erase=(Erase(first, letter=True), Erase(second, letter=False))))
    await both(everything)
    for _ in range(MOST_BRIEFS):
        await both(begin)
    await both(partial(_erase, erase=(Erase(max(refs), letter=False),)))
    await both(partial(_at_the_desk, status="cancelled"))


async def test_both_know_the_same_of_numbers_that_are_ours(store: Store) -> None:
    talk = Talk()
    at_carrier = partial(_at_the_desk, status="submitted")
    for decide in (begin, _hold, _free, answer("destination", PHONE), at_carrier, begin):
        focus = talk.chat.focus
        outcome = await store.turn(OfChat(CHAT), f"e{store.new_id()}", decide)
        assert outcome.changes is not None
        talk._keep(outcome.changes, focus)
        for request in talk.requests.values():
            assert (await look(store, OfRef(request.ref))).ours == talk.state(request.id).ours
    named = (PHONE, "+14155550101", "+14155550102")
    found = talk.state(talk.chat.focus, is_named=False, named=named).ours
    assert (await look(store, OfChat(CHAT, named))).ours == found
    assert [found[e164].role for e164 in named[:2]] == ["receiving", "tracking"]
