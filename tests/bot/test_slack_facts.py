"""Who has a request, notes, holds, snoozes and corrected answers: by words, buttons and forms, over signed HTTP."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from domain.desk.clock import fire
from domain.desk.editing import EDITABLE
from domain.desk.keeping import due_event
from domain.desk.risks import SURE
from domain.desk.signing import mark_told
from domain.desk.state import Changes, Moment, OfRef, OfRequest, Owed, State
from domain.desk.turn import Turn
from domain.desk.verbs import VERBS
from domain.intake.questions import QUESTIONS
from domain.intake.trial import TRIALS
from domain.readers.zips import prepare as prepare_zips
from tests.bot.slackworld import BEN, CANARY_PIN, GWEN, MAYA, OTTO, SOMEBODY_ELSES, World, open_world
from tests.waiting import until

NOT_EDITED = {  # what only the customer can say: numbers, check, signature, papers, secrets, what is theirs alone
    "repair",
    "numbers", "served", "one_bill", "working", "unlock", "bill", "csr", "authority", "kind", "company", "house",
    "account", "email",
    "title", "review", "consent", "signature", "pin", *TRIALS,
}  # fmt: skip


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


async def told_request(world: World) -> str:
    """Put a request where the desk finds it, of which the customer knows where it stands."""
    ref = await world.request()

    def tell(state: State, moment: Moment) -> Changes:
        turn = Turn(state, moment, "clock")
        mark_told(turn)
        return turn.changes()

    await world.store.turn(OfRef(ref), f"told:{ref}", tell)
    return ref


async def type_(world: World, text: str, user: str = MAYA) -> str:
    """Type a command and return its answer, which for a read comes after the acknowledgement."""
    before = len(world.slack.ephemerals(user))
    assert (await world.slack.command(user, text)).is_acked
    async with asyncio.timeout(5):
        while len(world.slack.ephemerals(user)) == before:  # noqa: ASYNC110 # the server tells of it by its screen only
            await asyncio.sleep(0.01)
    return world.said(user)


async def pass_time(world: World, **more: float) -> None:
    """Let time pass, and what is due be decided."""
    world.clock.forward(**more)
    for due in await world.store.due(world.clock(), 50):
        decide = partial(fire, due=due, policy=world.policy)
        await world.store.turn(OfRequest(due.subject), due_event(due), decide)


async def form(world: World, ref: str, verb: str, entered: dict[str, object]) -> None:
    """Press a card's button and hand its form in."""
    await world.do(MAYA, verb, await world.show_card(ref))
    [view] = world.slack.modals(MAYA)
    await world.slack.submit(MAYA, view.id, {block: {"value": value} for block, value in entered.items()})
    assert not world.slack.modals(MAYA)


async def card(world: World, ref: str) -> str:
    ts = await world.show_card(ref)
    return repr(next(each for each in world.slack.posts() if each.ts == ts).blocks)


def owed(world: World, key: str) -> Owed:
    return [each for each in world.owed if each.key == key][-1]


def said_to_customer(world: World) -> list[str]:
    return [each.key for each in world.owed if each.kind in ("say", "status", "mail")]


# who has it


async def test_who_takes_a_request_is_on_its_card_in_its_thread_and_in_their_list(world: World) -> None:
    ref, other = await world.request(), await world.request(chat=2, numbers=("+16284218840",))
    assert "is yours now" in await type_(world, f"take {ref}")
    assert f"*Assigned to*\\n<@{MAYA}>" in await card(world, ref)
    assert owed(world, "thread.take").params["staff"] == MAYA
    mine = await type_(world, "list mine")
    assert ref in mine
    assert other not in mine
    assert f"<@{MAYA}>" in mine
    assert ref in await type_(world, "list mine desk")
    assert f"No requests here (open, <@{BEN}>)" in await type_(world, "list mine", BEN)
    assert "yours already" in await type_(world, f"take {ref}")
    assert not said_to_customer(world)


async def test_a_request_is_given_to_somebody_who_may_act_and_to_nobody(world: World) -> None:
    ref = await world.request()
    assert f"<@{BEN}> has" in await type_(world, f"assign {ref} <@{BEN}|ben>")
    assert owed(world, "thread.assign").params["assignee"] == BEN
    assert "already" in await type_(world, f"assign {ref} <@{BEN}|ben>")
    assert "took this over" in await post(world, await taken_over(world, ref))
    assert "Nobody has" in await type_(world, f"assign {ref} nobody")
    assert "Nobody has" in await type_(world, f"assign {ref} nobody")
    assert (await world.sheet(ref)).case.request.assignee is None


async def taken_over(world: World, ref: str) -> Owed:
    assert f"so far <@{BEN}> had it" in await type_(world, f"take {ref}")
    return owed(world, "thread.take_over")


async def post(world: World, message: Owed) -> str:
    await world.send(message)
    return world.slack.posts()[-1].text


@pytest.mark.parametrize(("who", "told"), [(f"<@{GWEN}|gwen>", "only staff who may act"), ("ben", "I can't tell who")])
async def test_nobody_outside_the_staff_is_given_a_request(world: World, who: str, told: str) -> None:
    ref = await world.request()
    assert told in await type_(world, f"assign {ref} {who}")
    assert (await world.sheet(ref)).case.request.assignee is None


async def test_a_viewer_is_given_nothing_and_gives_nothing(world: World) -> None:
    ref = await world.request()
    await type_(world, f"staff add <@{OTTO}|otto> viewer")
    assert "only staff who may act" in await type_(world, f"assign {ref} <@{OTTO}|otto>")
    for verb in ("take", "assign", "note", "hold", "snooze", "edit"):
        assert "needs the role agent" in await type_(world, f"{verb} {ref} off", OTTO)


async def test_the_form_of_assign_takes_a_person_or_nobody(world: World) -> None:
    ref = await world.request()
    await form(world, ref, "assign", {"person": BEN})
    assert (await world.sheet(ref)).case.request.assignee == BEN
    await form(world, ref, "assign", {})
    assert (await world.sheet(ref)).case.request.assignee is None


# notes


async def test_a_note_stands_in_the_thread_and_in_history_and_never_reaches_the_customer(world: World) -> None:
    ref = await world.request()
    await form(world, ref, "note", {"words": "Called *Verizon*: pin 842917\nlock is off"})
    text = await post(world, owed(world, "thread.note"))
    assert f"Note by <@{MAYA}>" in text
    assert CANARY_PIN not in text
    assert "lock is off" in text
    assert (await world.sheet(ref)).history[-1].what == "noted"
    assert not said_to_customer(world)
    assert "at most 2000" in await type_(world, f"note {ref} {'long word ' * 210}")


async def test_a_note_takes_nothing_away_from_undo(world: World) -> None:
    ref = await world.request()
    await type_(world, f"submit {ref} 88123")
    await type_(world, f"note {ref} sent by the portal")
    assert "“submit” is taken back" in await type_(world, f"undo {ref}")


# holds


async def test_a_held_request_is_not_moved_on_and_who_holds_it_is_told(world: World) -> None:
    ref = await world.request()
    await form(world, ref, "hold", {"words": "waiting for <the> bill"})
    told = await type_(world, f"submit {ref} 88123", BEN)
    assert f"on hold by <@{MAYA}>: waiting for &lt;the&gt; bill" in told
    assert await world.phase(ref) == "staff_review"
    shown = await card(world, ref)
    assert f"*On hold*\\nwaiting for &lt;the&gt; bill (<@{MAYA}>)" in shown
    assert "verb.submit" not in shown
    assert "End hold" in shown
    await world.do(MAYA, "hold", await world.show_card(ref))
    assert "no longer on hold" in world.said(MAYA)
    assert "marked as submitted" in await type_(world, f"submit {ref} 88123")
    assert "is not on hold" in await type_(world, f"hold {ref} off")
    assert not said_to_customer(world)


async def test_on_hold_neither_phase_nor_date_moves_but_a_refusal_of_the_carrier_is_noted(world: World) -> None:
    ref = await world.request()
    for step in (f"submit {ref} 88123", f"advance {ref}", f"advance {ref}"):
        await type_(world, step)
    await form(world, ref, "hold", {})
    assert (await world.sheet(ref)).case.request.hold == ""
    for words in (f"advance {ref}", f"date {ref} 11/25", f"complete {ref}"):
        assert "on hold by" in await type_(world, words)
    assert "order number is now 77" in await type_(world, f"submit {ref} 77")
    assert "wrong transfer PIN" in await type_(world, f"reject {ref} wrong pin")


async def test_a_hold_without_a_reason_opens_the_form_and_never_overwrites_one(world: World) -> None:
    ref = await world.request()
    await world.slack.command(MAYA, f"hold {ref}")
    [view] = world.slack.modals(MAYA)
    assert view.callback_id == "form.hold"
    await type_(world, f"hold {ref} the bill is missing", BEN)
    await world.slack.submit(MAYA, view.id, {})
    assert "on hold already" in world.slack.modals(MAYA)[-1].errors["words"]
    assert (await world.sheet(ref)).case.request.hold == "the bill is missing"
    await world.slack.command(MAYA, f"hold {ref}")
    await until(lambda: f"already, by <@{BEN}>: the bill is missing" in repr(world.slack.modals(MAYA)[-1].blocks))
    assert not world.slack.modals(MAYA)[-1].callback_id
    assert "is on hold: no answer." in await type_(world, f"hold {ref} no answer")


async def test_while_a_draft_is_held_its_customer_is_not_reminded_and_it_does_not_expire(world: World) -> None:
    await world.customer("text", "(628) 421-8832")
    await world.customer("text", "I want to talk to a person")
    [row] = await world.store.board.lines(status="intake", limit=2, offset=0)
    await type_(world, f"hold {row.ref} on the phone with them")
    before = len(said_to_customer(world))
    for _ in range(40):
        await pass_time(world, days=1)
    assert len(said_to_customer(world)) == before
    assert await world.phase(row.ref) == "intake"
    await type_(world, f"hold {row.ref} off")
    await pass_time(world, days=1)
    assert len(said_to_customer(world)) == before + 1


# snoozes


async def test_a_snoozed_request_leaves_the_lists_and_comes_back_with_a_post_to_whom_it_belongs(world: World) -> None:
    ref = await world.request()
    await type_(world, f"assign {ref} <@{BEN}|ben>")
    assert "until Tue 2026-11-24 08:45" in await type_(world, f"snooze {ref} tomorrow")
    assert ref not in await type_(world, "list")
    assert "until Tue 2026-11-24 08:45" in await type_(world, "list snoozed")
    assert "*Snoozed until*\\nTue 2026-11-24 08:45" in await card(world, ref)
    await pass_time(world, hours=23)
    assert ref not in await type_(world, "list")
    await pass_time(world, hours=1)
    assert ref in await type_(world, "list")
    assert await post(world, owed(world, "thread.snooze_over")) == (
        f"<@{BEN}>, the time is over for which this was snoozed: it is in the lists again."
    )
    assert "Snoozed until" not in await card(world, ref)
    assert not said_to_customer(world)


async def test_a_request_that_is_nobodys_comes_back_saying_so_and_one_that_has_ended_quietly(world: World) -> None:
    ref, over = await world.request(), await world.request(chat=2, numbers=("+16284218840",))
    for each in (ref, over):
        await type_(world, f"snooze {each} 3h")
    await form(world, over, "cancel", {})
    await pass_time(world, hours=3)
    posts = [each for each in world.owed if each.key.startswith("thread.snooze_over")]
    assert [each.params for each in posts] == [{"ref": ref}]
    assert (await world.sheet(over)).case.request.snoozed_until is None


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("2h", datetime(2026, 11, 23, 19, tzinfo=UTC)),
        ("an hour", datetime(2026, 11, 23, 18, tzinfo=UTC)),
        ("2 days", datetime(2026, 11, 25, 16, 45, tzinfo=UTC)),
        ("next mon", datetime(2026, 11, 30, 16, 45, tzinfo=UTC)),
        ("2 weeks", datetime(2026, 12, 7, 16, 45, tzinfo=UTC)),
        ("2026-12-01", datetime(2026, 12, 1, 16, 45, tzinfo=UTC)),
    ],
)
async def test_hours_and_days_are_read_in_many_forms(world: World, said: str, until: datetime) -> None:
    ref = await world.request()
    await type_(world, f"snooze {ref} {said}")
    assert (await world.sheet(ref)).case.request.snoozed_until == until


@pytest.mark.parametrize(
    ("said", "told"),
    [("soon", "can't tell"), ("today", "is over"), ("0h", "is over"),
     ("2026-11-20", "is over"), ("1 year", "can't tell"), ("2027-06-01", "at most 90 days"), ("off", "is not snoozed")],
)  # fmt: skip
async def test_a_time_that_makes_no_sense_is_refused(world: World, said: str, told: str) -> None:
    ref = await world.request()
    assert told in await type_(world, f"snooze {ref} {said}")
    assert (await world.sheet(ref)).case.request.snoozed_until is None


async def test_the_form_of_snooze_takes_a_day_and_its_button_ends_it(world: World) -> None:
    ref = await world.request()
    await form(world, ref, "snooze", {"day": "2026-12-01"})
    assert ref not in await type_(world, "list")
    await world.do(MAYA, "snooze", await world.show_card(ref))
    assert "in the lists again" in world.said(MAYA)
    assert ref in await type_(world, "list")
    await pass_time(world, days=20)
    assert not [each for each in world.owed if each.key.startswith("thread.snooze_over")]


async def test_what_has_ended_is_neither_held_nor_snoozed_nor_corrected(world: World) -> None:
    ref = await world.request()
    await form(world, ref, "cancel", {})
    for words in (f"hold {ref} why", f"snooze {ref} 3h", f"edit {ref} name: Maria Smith"):
        assert f"{ref} is: Cancelled" in await type_(world, words)
    assert "stands in the thread" in await type_(world, f"note {ref} they called again")


# taken back


@pytest.mark.parametrize("words", ["take {}", "assign {} me", "hold {} why", "snooze {} 3h"])
async def test_what_the_desk_settled_is_taken_back_by_undo(world: World, words: str) -> None:
    ref = await world.request()
    before = (await world.sheet(ref)).case.request
    await type_(world, words.format(ref))
    shown = await card(world, ref)
    assert "verb.undo" in shown
    assert "is taken back" in await type_(world, f"undo {ref}")
    after = (await world.sheet(ref)).case
    assert (after.request.assignee, after.request.hold, after.request.snoozed_until) == (
        before.assignee, before.hold, before.snoozed_until,
    )  # fmt: skip
    assert "held_by" not in after.answers
    assert "nothing to take back" in await type_(world, f"undo {ref}")


async def test_undo_takes_back_the_last_thing_first_and_then_the_step_below(world: World) -> None:
    ref = await world.request()
    await type_(world, f"submit {ref} 88123")
    await type_(world, f"take {ref}")
    await type_(world, f"hold {ref} a question")
    assert "“hold” is taken back" in await type_(world, f"undo {ref}")
    assert "“take” is taken back" in await type_(world, f"undo {ref}")
    assert "“submit” is taken back" in await type_(world, f"undo {ref}")
    request = (await world.sheet(ref)).case.request
    assert (request.status, request.assignee, request.hold) == ("staff_review", None, None)
    assert [h.detail for h in (await world.sheet(ref)).history if h.what == "undone"] == ["hold", "take", "submit"]


async def test_what_the_desk_settled_later_does_not_prolong_the_step_below(world: World) -> None:
    ref = await world.request()
    await type_(world, f"submit {ref} 88123")
    await pass_time(world, seconds=40)
    await type_(world, f"take {ref}")
    await pass_time(world, seconds=30)
    assert "notice.submitted+notice.expected" in said_to_customer(world)


async def test_what_was_settled_long_ago_is_set_right_by_its_own_word(world: World) -> None:
    ref = await world.request()
    await type_(world, f"hold {ref} why")
    await pass_time(world, seconds=61)
    assert "verb.undo" not in await card(world, ref)
    assert "too long ago for Undo" in await type_(world, f"undo {ref}")
    assert "no longer on hold" in await type_(world, f"hold {ref} off")


# answers


def test_every_question_is_one_that_staff_can_correct_or_one_that_they_cannot() -> None:
    assert {question.id for question in QUESTIONS} == EDITABLE.keys() | NOT_EDITED
    assert not EDITABLE.keys() & NOT_EDITED
    assert not [question.id for question in QUESTIONS if question.secret and question.id in EDITABLE]


async def test_a_corrected_answer_of_the_letter_is_told_after_the_undo_time_and_signed_anew(world: World) -> None:
    ref = await told_request(world)
    told = await type_(world, f"edit {ref} name: Maria Jones-Smith")
    assert "Name on the bill is now: Maria Jones-Smith" in told
    assert "signature" in told
    sheet = await world.sheet(ref)
    assert sheet.case.answers["name"].value == ("person", "Maria", "Jones-Smith")
    assert sheet.case.answers["name"].source == "staff"
    assert ("edited", "name") in [(h.what, h.field) for h in sheet.history]
    assert "signature" not in sheet.case.answers
    assert not said_to_customer(world)
    assert "(Signature)" in await type_(world, f"submit {ref} 88123")
    await pass_time(world, seconds=61)
    first = next(each for each in world.owed if each.kind == "say")
    assert first.key == "notice.edited+notice.sign_again+letter.intro"
    assert "Maria Jones-Smith" in first.params["lines"]
    assert (await world.sheet(ref)).case.answers.get("edited") is None
    await world.customer("text", "Maria Jones-Smith")
    assert "signature" in (await world.sheet(ref)).case.answers
    assert "marked as submitted" in await type_(world, f"submit {ref} 88123")


async def test_a_letter_corrected_once_more_is_shown_before_it_can_be_signed(world: World) -> None:
    ref = await told_request(world)
    await type_(world, f"edit {ref} name: Maria Jones-Smith")
    await pass_time(world, seconds=61)
    world.owed.clear()
    await type_(world, f"edit {ref} name: Maria Anna Jones")  # while the signing question is open
    await world.customer("text", "Maria Anna Jones")
    assert "signature" not in (await world.sheet(ref)).case.answers
    first, letter, question = [each for each in world.owed if each.kind == "say"]
    assert (first.key, letter.key, question.key) == ("letter.changed+letter.intro", "letter.text", "ask.signature")
    assert letter.params["holder"] == letter.params["signer"] == "Maria Anna Jones"
    await world.customer("text", "Maria Anna Jones")
    assert "signature" in (await world.sheet(ref)).case.answers


async def test_a_letter_corrected_while_it_waits_for_its_signature_comes_with_the_news(world: World) -> None:
    ref = await told_request(world)
    for name in ("Maria Jones-Smith", "Maria Anna Jones"):
        world.owed.clear()
        await type_(world, f"edit {ref} name: {name}")
        await pass_time(world, seconds=61)
        assert "letter.text" in said_to_customer(world)
        assert next(each for each in world.owed if each.key == "letter.text").params["holder"] == name
    await world.customer("text", "Maria Jones-Smith")  # the name in the older one
    assert "signature" not in (await world.sheet(ref)).case.answers


async def test_what_can_be_corrected_is_listed_as_a_card_names_it(world: World) -> None:
    ref = await told_request(world)
    told = await type_(world, f"edit {ref} zebra: 12")
    assert "Calls ring at" in told
    assert "Service address" in told
    assert "destination" not in told
    assert "Calls ring at is now" in await type_(world, f"edit {ref} Calls ring at: 628 421 8877")


async def test_a_slip_in_a_reason_is_understood(world: World) -> None:
    ref = await world.request(phase="submitted")
    assert "address" in await type_(world, f"reject {ref} wrong adress: 8C")
    assert (await world.sheet(ref)).case.numbers[0].rejection == "ADDRESS_MISMATCH"


async def test_a_corrected_answer_is_told_once(world: World) -> None:
    ref = await told_request(world)
    await type_(world, f"edit {ref} destination: 628 421 8877")
    await pass_time(world, seconds=61)
    await type_(world, f"submit {ref} 88123")
    await pass_time(world, seconds=61)
    assert [key for key in said_to_customer(world) if "edited" in key] == ["notice.edited"]


async def test_a_correction_and_a_step_are_told_together(world: World) -> None:
    ref = await told_request(world)
    await type_(world, f"edit {ref} destination: 628 421 8877")
    await type_(world, f"submit {ref} 88123")
    await pass_time(world, seconds=61)
    assert "notice.edited+notice.submitted+notice.expected" in said_to_customer(world)


async def test_undo_gives_the_old_answer_and_the_signature_back_and_nothing_is_told(world: World) -> None:
    ref = await told_request(world)
    before = (await world.sheet(ref)).case.answers
    await type_(world, f"edit {ref} carrier: Tracfone")
    assert (await world.sheet(ref)).case.answers["account"].reopened
    assert "“edit” is taken back" in await type_(world, f"undo {ref}")
    assert (await world.sheet(ref)).case.answers == before
    await pass_time(world, seconds=61)
    assert not said_to_customer(world)


async def test_an_answer_that_a_rejection_asked_for_is_given_by_the_desk_and_can_be_sent_again(world: World) -> None:
    prepare_zips()  # as a house does at its start: read at the first address, it can outlast the desk's patience
    ref = await told_request(world)
    await type_(world, f"submit {ref} 88123")
    await type_(world, f"reject {ref} address")
    await form(world, ref, "edit", {"answer": "address", "value": "742 Market St, San Francisco, CA 94103"})
    case = (await world.sheet(ref)).case
    assert (case.request.repaired, case.answers["address"].reopened) == ("corrected", False)
    assert "marked as submitted" in await type_(world, f"submit {ref} 88123")


async def test_an_answer_that_the_desk_asked_for_and_gives_itself_brings_the_request_back(world: World) -> None:
    ref = await told_request(world)
    await type_(world, f"ask {ref} destination")
    await pass_time(world, seconds=61)
    await type_(world, f"edit {ref} destination: 628 421 8877")
    assert await world.phase(ref) == "staff_review"
    await pass_time(world, seconds=61)
    assert "notice.edited+notice.staff_review" in said_to_customer(world)


async def test_who_has_blocked_the_bot_is_told_of_a_correction_when_they_come_back(world: World) -> None:
    ref = await told_request(world)
    await type_(world, f"edit {ref} destination: 628 421 8877")
    await world.customer("blocked")
    await pass_time(world, seconds=61)
    assert "notice.edited" not in said_to_customer(world)
    await world.customer("unblocked")
    await pass_time(world, seconds=1)
    assert "notice.edited" in said_to_customer(world)


async def test_a_letter_that_somebody_else_signed_has_to_come_anew(world: World) -> None:
    ref = await world.request(facts=SOMEBODY_ELSES, phase="awaiting_documents")
    await type_(world, f"letter {ref} by mail, in the folder of November")
    await world.slack.press(MAYA, SURE, message_ts=world.slack.ephemerals(MAYA)[-1].ts)
    assert "Needed anew: letter" in await type_(world, f"edit {ref} name: Maria Jones-Smith")
    await pass_time(world, seconds=61)
    assert any("notice.edited+notice.sign_by" in key for key in said_to_customer(world))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("name", "right value after a colon"),
        ("name:", "right value after a colon"),
        ("name: Maria Jones", "has that already"),
        ("pin: 8429", "only the customer can give this (Transfer PIN)"),
        ("account: 774411990", "only the customer can give this (Account number)"),
        ("numbers: 628 421 8877", "only the customer can give this (Numbers)"),
        ("s: nothing", "only the customer can give this (Signature)"),
        (": nothing", "Please name the answer"),
        ("address: PO Box 12, San Francisco, CA 94103", "can mean several things"),
        ("destination: 12", "can't be taken"),
        ("name: Maria, pin 842917", "never typed here"),
        ("carrier: Verizon", "can mean several things"),
    ],
)
async def test_a_correction_that_cannot_be_is_refused_and_changes_nothing(world: World, words: str, told: str) -> None:
    ref = await told_request(world)
    before = (await world.sheet(ref)).case
    assert told in await type_(world, f"edit {ref} {words}")
    assert (await world.sheet(ref)).case == before


async def test_at_the_carrier_only_where_calls_ring_can_be_corrected(world: World) -> None:
    ref = await told_request(world)
    await type_(world, f"submit {ref} 88123")
    assert "These still can:\nCalls ring at" in await type_(world, f"edit {ref} name: Maria Smith")
    assert "Calls ring at is now" in await type_(world, f"edit {ref} destination: 628 421 8877")


# the table


def test_short_forms_are_no_verbs_and_belong_to_one_each() -> None:
    short = [word for verb in VERBS.values() for word in verb.short]
    assert len(short) == len(set(short))
    assert not set(short) & VERBS.keys()


async def test_a_short_form_does_what_its_verb_does(world: World) -> None:
    ref = await world.request()
    assert "stands in the thread" in await type_(world, f"N {ref} called them")
    assert "is yours now" in await type_(world, f"grab {ref}")
