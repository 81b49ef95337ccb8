"""What staff look for is found, on both databases: words in any field, filters, pages, orders."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select

from domain.companies import Company
from domain.desk.finding import Search, Term, page, terms_of
from domain.desk.found import Exported
from domain.desk.keeping import Settled
from domain.desk.state import Changes, Erase, History, Moment, OfChat, OfRef, Owed, State
from domain.numbers.listing import Entry
from domain.orders.model import Answer, Number, Order, Request
from domain.values import replace
from storage import Store
from storage.tables import TABLES
from tests.storage.conftest import Place

EVENTS = count()


async def put(store: Store, chat: int = 1, **facts: Any) -> Request:
    """Keep a request with these facts: of the request, `answers`, `phase`, `e164`, `order_number`, `day`, `notes`."""
    outcome = await store.turn(OfChat(chat), f"put:{next(EVENTS)}", lambda s, m: _made(s, m, facts))
    assert outcome.changes is not None
    assert outcome.changes.request is not None
    return outcome.changes.request


def _made(state: State, moment: Moment, facts: dict[str, Any]) -> Changes:
    phase, now = facts.get("phase", "staff_review"), moment.now
    own = {k: facts.get(k) for k in ("title", "assignee", "snoozed_until", "hold", "company_id")}
    request = Request(moment.new_id(), moment.new_ref(), state.chat.id, phase, 1, now, now, **own)
    carrier = facts.get("carrier", ("verizon", "Verizon Wireless"))
    order = Order(moment.new_id(), request.id, "wireless", carrier[0], phase, facts.get("order_number"))
    e164, day = facts.get("e164", "+14155550142"), facts.get("day")
    number = Number(moment.new_id(), order.id, request.id, e164, "wireless", phase, 1, now, port_date=day)
    given = {"carrier": carrier, **facts.get("answers", {})}
    answers = tuple(Answer(request.id, q, v, "typed", now, n) for n, (q, v) in enumerate(given.items()))
    history = tuple(_history(request, moment, what, words) for what, words in facts.get("notes", ()))
    return Changes(request=request, orders=(order,), numbers=(number,), answers=answers, history=history)


def _history(request: Request, moment: Moment, what: str, words: str) -> History:
    return History(moment.new_id(), request.id, request.chat_id, "staff:U1", what, moment.now, words=words)


async def found(store: Store, words: str = "", **filters: Any) -> list[str]:
    lines = await store.board.find(Search(words, **filters))
    assert await store.board.count(Search(words, **filters)) == len(lines)
    return [line.ref for line in lines]


# words


MARIA: dict[str, Any] = {
    "title": "Main Line – Café",  # noqa: RUF001 - a dash as phones type it
    "order_number": "VZ-88123",
    "answers": {
        "name": ("person", "María-José", "O’Hara"),  # noqa: RUF001 - an apostrophe as phones type it
        "contact": ("Łukasz Ødegård", "owner"),
    },
    "notes": (("noted", "Called them: the LOCK comes off [Friday] *sure*?"), ("wrote", "my cat is called Zoë")),
}


@pytest.mark.parametrize(
    "words",
    [
        "maria", "MARÍA", "jose", "o'hara", "O’HARA", "maria o'hara", "lukasz", "odegard", "verizon", "VERIZÓN wire",  # noqa: RUF001
        "main line", "cafe", "main - cafe", "88123", "vz-88123", "VZ–88123", "lock", "friday", "[friday]", "*sure*?",  # noqa: RUF001
        "0142", "555-0142", "(415) 555-0142", "+1 415 555 0142", "1.415.555.0142", "4155550142", "٤١٥٥٥٥٠١٤٢",
        "maria 0142", "called lock 415-555-0142",
    ],
)  # fmt: skip
async def test_words_are_found_in_any_field_however_they_are_written(store: Store, words: str) -> None:
    maria = await put(store, **MARIA)
    await put(store, e164="+16284218832", carrier=("tmobile", "T-Mobile"), answers={"name": ("person", "Ben", "Lee")})
    assert await found(store, words) == [maria.ref]


@pytest.mark.parametrize(
    "words", ["person", "zoe", "maria lee", "9142", "415-555-0143", "%", "_", "?aria", "m*a", "^m"]
)
async def test_what_nobody_wrote_is_not_found(store: Store, words: str) -> None:
    await put(store, **MARIA)
    await put(store, e164="+16284218832", answers={"name": ("person", "Ben", "Lee")})
    assert await found(store, words) == []


async def test_a_reference_is_found_whatever_its_letter_case_and_dash(store: Store) -> None:
    request, other = await put(store), await put(store)
    for words in (request.ref, request.ref.lower(), request.ref.replace("-", "").lower(), request.ref[2:]):
        assert await found(store, words) == [request.ref]
    assert request.ref != other.ref


async def test_words_that_are_no_latin_letters_are_found_in_either_case(store: Store) -> None:
    request = await put(store, answers={"name": ("business", "Αθήνα ЖУК 株式会社 İş")})
    for words in ("αθήνα", "жук", "株式", "is"):
        assert await found(store, words) == [request.ref]


async def test_numbers_of_a_list_and_a_customers_company_are_found(store: Store) -> None:
    await store.turn(OfChat(1), "company", lambda s, m: Changes(companies=(Company(5, "Acmé East", m.now),)))
    request = await put(store, company_id=5)
    await store.lists.put(request.id, 9, [Entry(1, "+16284218832", "", "", "", "")], _nobody)
    assert await found(store, "acme") == [request.ref]
    assert await found(store, "628 421 8832") == [request.ref]
    assert await found(store, "8832") == [request.ref]


async def _nobody(_rows: int) -> None:
    """Hear nothing of what is kept."""


async def test_words_find_what_is_over_too_and_lists_do_not(store: Store) -> None:
    over = await put(store, phase="ported", title="Old")
    assert await found(store, "old") == [over.ref]
    assert await found(store, "old", is_open=True) == []
    assert await found(store) == []
    assert await found(store, is_open=False) == [over.ref]


# filters


async def test_filters_leave_out_what_does_not_fit(store: Store, place: Place) -> None:
    later, today = place.clock() + timedelta(hours=3), date(2026, 11, 25)
    mine = await put(store, assignee="U1", carrier=("us_cellular", "UScellular"), day=today)
    held = await put(store, hold="", phase="rejected")
    rests = await put(store, snoozed_until=later, assignee="U2")
    urgent = await put(store, phase="intake", answers={"flags": ("claimed", "wants_person")})
    await put(store, phase="ported", assignee="U1", answers={"flags": ("wants_person",)})
    with_us = await put(store, phase="awaiting_documents", answers={"elsewhere": ("+441632960000",)}, assignee="U2")
    everything = [mine.ref, held.ref, rests.ref, urgent.ref, with_us.ref]
    assert await found(store) == everything
    assert await found(store, assignee="U1") == [mine.ref]
    assert await found(store, is_unassigned=True) == [held.ref, urgent.ref]
    assert await found(store, is_held=True) == [held.ref]
    assert await found(store, is_held=False) == [mine.ref, rests.ref, urgent.ref, with_us.ref]
    assert await found(store, is_snoozed=True) == [rests.ref]
    assert await found(store, is_snoozed=False) == [mine.ref, held.ref, urgent.ref, with_us.ref]
    assert len(await found(store, is_all=True)) == 6
    assert await found(store, status="rejected") == [held.ref]
    assert await found(store, statuses=("rejected", "intake")) == [held.ref, urgent.ref]
    assert await found(store, carrier="us_cellular") == [mine.ref]
    assert await found(store, carrier="usxcellular") == []
    assert await found(store, is_urgent=True) == [urgent.ref, with_us.ref]
    assert await found(store, due_from=today, due_until=today) == [mine.ref]
    assert await found(store, due_from=today + timedelta(days=1)) == []
    assert await found(store, quiet_since=place.clock()) == []
    assert await found(store, quiet_since=place.clock() + timedelta(seconds=1)) == [mine.ref, held.ref, with_us.ref]


async def test_pages_follow_each_other_in_the_order_that_is_wanted(store: Store, place: Place) -> None:
    days = (date(2026, 12, 3), None, date(2026, 12, 1))
    refs = []
    for day in days:
        refs.append((await put(store, day=day)).ref)
        place.clock.forward(minutes=1)
    assert await found(store) == refs
    assert await found(store, order="newest") == refs[::-1]
    assert await found(store, order="due") == [refs[2], refs[0], refs[1]]
    first = Search(limit=2)
    assert [line.ref for line in await store.board.find(first)] == refs[:2]
    assert [line.ref for line in await store.board.find(page(first, 2))] == refs[2:]
    assert await store.board.count(first) == 3


async def test_a_line_says_that_its_request_is_on_hold(store: Store) -> None:
    await put(store, hold="the bill is missing")
    [line] = await store.board.find(Search())
    assert line.hold == "the bill is missing"


async def test_a_line_has_its_accounts_name_and_whether_a_person_is_wanted(store: Store) -> None:
    await put(store, **MARIA)
    flags = {"flags": ("wants_person",), "name": ("business", "Acme & Sons")}
    await put(store, chat=2, phase="intake", answers=flags)
    await put(store, chat=3, answers=flags)
    lines = await store.board.find(Search(order="oldest"))
    assert [line.name for line in lines] == ["María-José O’Hara", "Acme & Sons", "Acme & Sons"]  # noqa: RUF001
    assert [line.is_urgent for line in lines] == [False, True, False]


@pytest.mark.parametrize("what", ["noted", "attached", "rejection", "held"])
async def test_words_that_staff_kept_are_found_however_they_came(store: Store, what: str) -> None:
    request = await put(store, notes=[(what, "The bill shows another name")])
    assert await found(store, "another") == [request.ref]


async def test_what_was_forgotten_is_found_no_more(store: Store) -> None:
    request = await put(store, **MARIA)
    await store.turn(OfRef(request.ref), "erase", lambda s, m: Changes(erase=(Erase(request.id, letter=False),)))
    for words in ("maria", "main", "lock"):
        assert await found(store, words) == []


# what is looked for


def terms() -> Iterator[tuple[str, tuple[Term, ...]]]:
    yield "415-421-8832", (Term("4154218832", digits="4154218832"),)
    yield "1 (415) 421 8832 maria", (Term("4154218832", digits="4154218832"), Term("maria"))
    yield "88123 8832", (Term("88123", digits="88123"), Term("8832", digits="8832"))
    yield "8832 8832", (Term("8832", digits="8832"),)
    yield "12", (Term("12"),)
    yield "x" * 99, (Term("x" * 40),)
    yield "  ", ()
    yield '"a\\b"', (Term("a"), Term("b"))


@pytest.mark.parametrize(("words", "wanted"), list(terms()))
def test_a_number_is_one_term_and_everything_else_a_term_a_word(words: str, wanted: tuple[Term, ...]) -> None:
    assert terms_of(words) == wanted


def test_only_so_many_words_are_looked_for() -> None:
    assert len(terms_of(" ".join("abcdefghijkl"))) == 8


# stories, figures, exports


async def test_a_story_is_all_that_happened_oldest_first(store: Store) -> None:
    request = await put(store, notes=[("noted", str(number)) for number in range(30)])
    await put(store, chat=2, notes=[("noted", "another's")])
    story = await store.board.story(request.ref)
    assert story is not None
    assert [row.words for row in story.history] == [None] * 30
    assert [row.id for row in story.history] == sorted(row.id for row in story.history)
    assert await store.board.story("P-22222") is None


async def test_figures_count_what_was_done_since_a_moment(store: Store, place: Place) -> None:
    await put(store, phase="ported")
    place.clock.forward(days=40)
    start = place.clock()
    done = ("submit", "advance", "advance", "rejection", "undone", "noted")
    details = ("", "", "", "PIN_INVALID", "reject", "")
    moved = await put(store, phase="ported")
    await put(store, chat=2, phase="intake")
    await put(store, chat=3, phase="expired")
    open_one = await put(store, chat=4)

    def deeds(request: Request, whats: tuple[str, ...], said: tuple[str, ...]) -> Any:
        def decide(_state: State, moment: Moment) -> Changes:
            made = [(moment.new_id(), request.id, 1, "staff:U1", what, moment.now) for what in whats]
            return Changes(history=tuple(History(*head, "", detail) for head, detail in zip(made, said, strict=True)))

        return decide

    await store.turn(OfRef(moved.ref), "deeds", deeds(moved, done, details))
    await store.turn(OfRef(open_one.ref), "more", deeds(open_one, ("rejection",), ("NAME_MISMATCH+PIN_INVALID",)))
    figures = await store.board.figures(start)
    assert (figures.opened, figures.completed, len(figures.moved)) == (2, 1, 1)
    assert figures.rejected == {"NAME_MISMATCH": 1, "PIN_INVALID": 1}
    assert figures.deeds == {("U1", "submit"): 1, ("U1", "advance"): 1, ("U1", "reject"): 1, ("U1", "note"): 1}
    assert (figures.moved[0].carrier, figures.moved[0].days) == ("verizon", 0)
    assert (await store.board.figures(start - timedelta(days=50))).completed == 2
    assert (await store.board.figures(place.clock() + timedelta(seconds=1))).deeds == {}


async def test_an_export_has_what_a_list_has_and_more(store: Store) -> None:
    await store.turn(OfChat(1), "company", lambda s, m: Changes(companies=(Company(5, "Acme East", m.now),)))
    request = await put(store, company_id=5, **MARIA)
    bare = await put(store, chat=2)
    first, second = await store.board.exported(Search(), 0)
    assert (first.line.ref, first.line.name, first.company) == (request.ref, "María-José O’Hara", "Acme East")  # noqa: RUF001
    assert (first.carrier, first.carrier_order) == ("Verizon Wireless", "VZ-88123")
    assert (second.line.ref, second.line.name, second.company, second.carrier_order) == (bare.ref, "", "", None)
    assert first.created_at == first.changed_at == request.created_at


async def test_pages_of_an_export_neither_double_nor_miss_what_others_change_between_them(store: Store) -> None:
    """A finding: by their offset, pages missed a request when one before it left, and doubled one when one came."""
    leaves, comes, *others = [await put(store, phase=("staff_review", "rejected")[n == 1]) for n in range(7)]
    between = [_put_into(store, leaves, "ported"), _put_into(store, comes, "staff_review"), put(store)]
    search = Search(status="staff_review", limit=2)
    rows: list[Exported] = []
    while some := await store.board.exported(search, rows[-1].id if rows else 0):
        rows += some
        if between:
            await between.pop(0)
    new = (await store.board.find(Search(order="newest")))[0].ref
    assert [row.line.ref for row in rows] == [leaves.ref, *(each.ref for each in others), new]


async def _put_into(store: Store, request: Request, status: str) -> None:
    """Let somebody put a request into another phase, when this is awaited."""

    def decide(state: State, moment: Moment) -> Changes:
        assert state.case is not None
        return Changes(request=replace(state.case.request, status=status, changed_at=moment.now))

    await store.turn(OfRef(request.ref), f"change:{next(EVENTS)}", decide)


# messages that did not get through


async def fail(store: Store, owed: tuple[Owed, ...], how: Any = "dead") -> None:
    await store.owe(owed)
    ids = {each.owed.id for each in await store.claim(50)}
    for each in owed:
        assert each.id in ids
        store.settle(Settled(each.id, how, store.board._tools.now(), None, "broken"))
    await store.ping()


def message(owed_id: int, kind: str, address: str, **params: str) -> Owed:
    return Owed(owed_id, kind, f"{kind}:{address}", address, "thread.note", f"once:{owed_id}", params)


async def test_messages_that_came_to_nothing_are_kept_whole_until_they_are_dropped(store: Store) -> None:
    request = await put(store)
    await store.turn(OfChat(1), "focus", lambda s, m: Changes(chat=replace(s.chat, focus=request.id)))
    said, posted = message(1, "say", "1", text="hi"), message(2, "post", str(request.id), text="a note")
    channel, link = message(3, "channel", "C1", text="x"), message(4, "whisper", "U1", url="https://one-time")
    await fail(store, (said, posted, channel, link))
    await fail(store, (message(5, "mail", "77"),), "held")
    await fail(store, (message(6, "say", "1"),), "sent")
    found = {each.owed.id: each for each in await store.board.undelivered(9)}
    assert found.keys() == {1, 2, 3, 5}
    assert found[1].owed == said
    assert [found[n].ref for n in (1, 2, 3, 5)] == [request.ref, request.ref, None, None]
    assert (found[1].reason, found[1].at) == ("broken", store.board._tools.now())
    assert "one-time" not in repr(await store._hand.read(lambda c: c.execute(select(TABLES["outbox"])).all()))
    assert len(await store.board.undelivered(2)) == 2
    await store.turn(OfChat(1), "drop", lambda s, m: Changes(let_go=(1, 6)))
    assert await store.board.undelivered_one(1) is None
    assert {each.owed.id for each in await store.board.undelivered(9)} == {2, 3, 5}
    assert await store.board.undelivered_one(2) == found[2]


async def test_a_month_later_they_are_listed_no_more(store: Store, place: Place) -> None:
    await fail(store, (message(1, "say", "1"),))
    place.clock.forward(days=31)
    assert await store.board.undelivered(9) == ()


async def test_what_could_be_sent_again_is_forgotten_with_its_request(store: Store) -> None:
    request, other = await put(store, chat=1), await put(store, chat=2)
    await fail(store, (message(1, "say", "1", text="Maria"), message(2, "post", str(request.id), text="Maria")))
    await fail(store, (message(3, "say", "2", text="Ben"), message(4, "post", str(other.id), text="Ben")))
    await store.turn(OfRef(request.ref), "erase", lambda s, m: Changes(erase=(Erase(request.id, letter=False),)))
    assert {each.owed.id for each in await store.board.undelivered(9)} == {3, 4}
    assert "Maria" not in repr(await store._hand.read(lambda c: c.execute(select(TABLES["outbox"])).all()))
