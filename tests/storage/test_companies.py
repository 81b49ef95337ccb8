"""Companies are kept and read back on both databases, and nobody's state shows what is another company's."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest

from domain.companies import ADMINISTRATOR, MANAGER, Company, Invite, Member
from domain.desk import clock
from domain.desk.customer import hear
from domain.desk.heard import Heard
from domain.desk.state import Changes, Decide, Due, Moment, OfChat, OfRequest, State
from domain.policy import Policy
from domain.values import replace
from storage import Store
from storage.companies import MOST_THEIRS, MOST_WAITING
from storage.loading import load
from tests.storage.conftest import Place
from tests.storage.decisions import begin, nothing
from tests.storage.test_turns import look

ANNA, BEN, EVE, ZED = 71, 72, 73, 74


def keep(*rows: Company | Member | Invite) -> Decide:
    """Keep rows of companies."""
    return lambda _state, _moment: Changes(companies=rows)


async def done(store: Store, chat: int, decide: Decide, invited: int = 0) -> Changes:
    """Take a decision in a chat."""
    outcome = await store.turn(OfChat(chat, invited=invited), f"event:{store.new_id()}", decide)
    assert outcome.changes is not None
    return outcome.changes


async def seen(store: Store, chat: int, invited: int = 0) -> State:
    """Return what a decision in a chat is given."""
    states: list[State] = []

    def peek(state: State, _moment: Moment) -> Changes:
        states.append(state)
        return Changes()

    await done(store, chat, peek, invited)
    return states[0]


async def founded(store: Store, place: Place, *people: tuple[int, str, str]) -> Company:
    """Keep a company with members: chat, role and name."""
    for chat, _, _ in people:
        await done(store, chat, nothing)
    now = place.clock()
    company = Company(store.new_id(), "Blue Door Bakery", now)
    members = [Member(company.id, chat, role, name, now) for chat, role, name in people]
    await done(store, people[0][0], keep(company, *members))
    return replace(company, members=tuple(members))


PEOPLE = ((ANNA, ADMINISTRATOR, "Anna"), (BEN, MANAGER, "Ben"))


async def begun(store: Store, chat: int, company: Company, approval: str | None = None) -> int:
    """Begin a request for a company."""

    def decide(state: State, moment: Moment) -> Changes:
        changes = begin(state, moment)
        assert changes.request is not None
        return replace(changes, request=replace(changes.request, company_id=company.id, approval=approval))

    request = (await done(store, chat, decide)).request
    assert request is not None
    return request.id


async def test_a_company_with_its_members_is_read_back_for_each_of_them_alone(store: Store, place: Place) -> None:
    company = await founded(store, place, *PEOPLE)
    assert (await seen(store, ANNA)).companies == (company,)
    assert (await seen(store, BEN)).companies == (company,)
    assert (await seen(store, ZED)).companies == ()
    gone = replace(company.members[1], left_at=place.clock(), name="")
    await done(store, ANNA, keep(gone))
    assert (await seen(store, BEN)).companies == ()
    assert (await seen(store, ANNA)).companies == (replace(company, members=company.members[:1]),)


async def test_a_requests_company_and_approval_are_kept_and_shown_to_administrators_alone(
    store: Store, place: Place
) -> None:
    company = await founded(store, place, *PEOPLE, (EVE, MANAGER, "Eve"))
    other = await founded(store, place, (ZED, ADMINISTRATOR, "Zed"))
    request = await begun(store, BEN, company, "waiting")
    case = (await look(store, OfRequest(request))).case
    assert case is not None
    assert (case.request.company_id, case.request.approval) == (company.id, "waiting")
    (theirs,) = (await seen(store, ANNA)).theirs
    assert (theirs.brief.id, theirs.brief.many, theirs.company_id, theirs.whose, theirs.approval) == (
        request, 1, company.id, "Ben", "waiting",
    )  # fmt: skip
    for chat in (BEN, EVE, ZED):
        assert (await seen(store, chat)).theirs == ()
    assert [c.id for c in (await look(store, OfRequest(request))).companies] == [company.id]
    assert (await seen(store, ZED)).companies == (other,)


async def test_of_many_requests_the_newest_and_all_that_wait_are_shown(store: Store, place: Place) -> None:
    company = await founded(store, place, *PEOPLE)
    waiting = await begun(store, BEN, company, "waiting")
    later = [await begun(store, BEN, company) for _ in range(MOST_THEIRS + 1)]
    assert [each.brief.id for each in (await seen(store, ANNA)).theirs] == [waiting, *later[1:]]
    assert MOST_WAITING > MOST_THEIRS


async def test_a_request_that_was_stopped_while_it_waited_takes_no_place_among_those_that_wait(
    store: Store, place: Place
) -> None:
    company = await founded(store, place, *PEOPLE)
    stopped, waiting = await begun(store, BEN, company, "waiting"), await begun(store, BEN, company, "waiting")
    for _ in range(MOST_THEIRS):
        await begun(store, BEN, company)

    def stop(state: State, _moment: Moment) -> Changes:
        assert state.case is not None
        return Changes(request=replace(state.case.request, status="cancelled", version=state.case.request.version + 1))

    await store.turn(OfRequest(stopped), "stop", stop)
    assert stopped not in [each.brief.id for each in (await seen(store, ANNA)).theirs]
    assert waiting in [each.brief.id for each in (await seen(store, ANNA)).theirs]


def invitation(store: Store, place: Place, company: Company, role: str = MANAGER) -> Invite:
    now = place.clock()
    return Invite(store.new_id(), company.id, role, ANNA, now, now + timedelta(hours=72))


async def test_an_invitation_is_read_by_its_id_and_by_those_who_lead_the_company(store: Store, place: Place) -> None:
    company = await founded(store, place, *PEOPLE)
    invite = invitation(store, place, company)
    await done(store, ANNA, keep(invite))
    state = await seen(store, ZED, invite.id)
    assert (state.invited, state.companies, state.invites) == (invite, (company,), ())
    assert (await seen(store, ZED)).invited is None
    assert (await seen(store, ANNA)).invites == (invite,)
    assert (await seen(store, BEN)).invites == ()
    used = replace(invite, used_by=ZED, used_at=place.clock())
    await done(store, ANNA, keep(used))
    assert (await seen(store, ANNA)).invites == ()
    assert (await seen(store, ZED, invite.id)).invited == used


async def test_an_invitation_opened_before_is_read_again_when_it_is_answered(store: Store, place: Place) -> None:
    company = await founded(store, place, *PEOPLE)
    invite = invitation(store, place, company)
    await done(store, ANNA, keep(invite))
    command = Heard(ZED, "e", "command", f"/start {'x' * 62}", 1, code="start", by="Zed")
    await done(store, ZED, partial(hear, heard=command), invite.id)
    press = Heard(ZED, "f", "press", "", 2, invite.id, 0, "co.join.yes", by="Zed")
    await done(store, ZED, partial(hear, heard=press))
    assert [m.name for m in (await seen(store, ZED)).companies[0].members] == ["Anna", "Ben", "Zed"]


async def test_two_who_accept_one_invitation_at_once_are_not_both_let_in(store: Store, place: Place) -> None:
    company = await founded(store, place, *PEOPLE)
    invite = invitation(store, place, company)
    await done(store, ANNA, keep(invite))
    chats = (EVE, ZED)
    for chat in chats:
        link = Heard(chat, f"l{chat}", "command", f"/start {'x' * 62}", 1, code="start", by=f"Guest {chat}")
        await done(store, chat, partial(hear, heard=link), invite.id)
    presses = [Heard(c, f"p{c}", "press", "", 2, invite.id, 0, "co.join.yes", by=f"Guest {c}") for c in chats]
    ends = await asyncio.gather(*(done(store, each.chat_id, partial(hear, heard=each)) for each in presses))
    assert sorted(changes.owed[0].key.split("+")[0] for changes in ends) == ["invite.is_used", "invite.joined"]
    assert len((await seen(store, ANNA)).companies[0].members) == 3


async def test_words_left_for_a_colleagues_request_are_taken_up_by_its_turn(store: Store, place: Place) -> None:
    company = await founded(store, place, *PEOPLE)
    request = await begun(store, BEN, company, "waiting")
    press = Heard(ANNA, "p", "press", "", 1, request, 0, "co.send_back", by="Anna")
    await done(store, ANNA, partial(hear, heard=press))
    said = Heard(ANNA, "t", "text", "Wrong line", 2, by="Anna")
    (due,) = (await done(store, ANNA, partial(hear, heard=said))).due
    assert (due.rule, due.subject, due.version) == (f"send_back:{ANNA}", request, ANNA)
    fired = partial(clock.fire, due=due, policy=Policy())
    outcome = await store.turn(OfRequest(request), "fired", fired)
    assert outcome.changes is not None
    case = (await look(store, OfRequest(request))).case
    assert case is not None
    assert case.request.approval == "sent_back"
    assert case.answers["approval"].value == ("Anna", "Wrong line")
    assert f"reason:{ANNA}" not in case.answers


async def test_invitations_that_expired_a_month_ago_are_swept(store: Store, place: Place) -> None:
    company = await founded(store, place, *PEOPLE)
    invite = invitation(store, place, company)
    await done(store, ANNA, keep(invite))
    place.clock.forward(days=32)
    await store.sweep(place.clock())
    assert (await seen(store, ZED, invite.id)).invited == invite
    place.clock.forward(days=2)
    await store.sweep(place.clock())
    assert (await seen(store, ZED, invite.id)).invited is None


@pytest.mark.parametrize(("chat", "statements"), [(ZED, 3), (BEN, 4), (ANNA, 7)])
async def test_who_belongs_to_no_company_costs_no_statement_more(
    store: Store, place: Place, monkeypatch: pytest.MonkeyPatch, chat: int, statements: int
) -> None:
    await founded(store, place, *PEOPLE)
    await done(store, ZED, nothing)
    asked: list[str] = []

    def counting(run: object, *rest: object) -> object:
        reads = run.reads  # type: ignore[attr-defined]  # of whichever database

        def count(_self: object, each: list[tuple[str, object]]) -> object:
            asked.extend(sql for sql, _ in each)
            return reads(each)

        monkeypatch.setattr(type(run), "reads", count)
        try:
            return load(run, *rest)  # type: ignore[arg-type]  # as it was called
        finally:
            monkeypatch.undo()

    monkeypatch.setattr("storage.turns.load", counting)
    await done(store, chat, nothing)
    assert len(asked) == statements


async def test_a_due_row_of_a_request_that_is_gone_hurts_nobody(store: Store, place: Place) -> None:
    due = Due(1, "approve", 12345, ANNA, place.clock())
    outcome = await store.turn(OfRequest(12345), "gone", partial(clock.fire, due=due, policy=Policy()))
    assert outcome.missing


async def test_older_requests_come_page_by_page_and_only_to_who_leads(store: Store, place: Place) -> None:
    company = await founded(store, place, *PEOPLE)
    made = [await _begun_for(store, company.id) for _ in range(2 * MOST_THEIRS + 3)]
    first = await seen(store, ANNA)
    assert [t.brief.id for t in first.theirs] == made[-MOST_THEIRS:]
    assert first.older_theirs == made[-MOST_THEIRS]
    second = await _page(store, ANNA, first.older_theirs)
    assert [t.brief.id for t in second.theirs] == made[-2 * MOST_THEIRS : -MOST_THEIRS]
    third = await _page(store, ANNA, second.older_theirs)
    assert ([t.brief.id for t in third.theirs], third.older_theirs) == (made[:3], 0)
    assert (await _page(store, BEN, first.older_theirs)).theirs == ()
    assert (await _page(store, ZED, first.older_theirs)).theirs == ()


async def _page(store: Store, chat: int, before: int) -> State:
    return await look(store, OfChat(chat, before=before))


async def _begun_for(store: Store, company_id: int) -> int:
    """Begin a request of a company in the manager's chat; returns its id."""
    changes = await done(store, BEN, begin)
    assert changes.request is not None
    request = replace(changes.request, company_id=company_id)
    await done(store, BEN, lambda _state, _moment: Changes(request=request))
    return request.id
