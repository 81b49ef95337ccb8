"""Staff at work: typed verbs, buttons and forms, by signed HTTP against a real store."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.desk.risks import SURE
from domain.desk.state import Owed
from domain.desk.verbs import VERBS
from domain.intake.choices import Choice
from sandbox.faults import Fault
from sandbox.record import Call
from tests.bot.slackworld import (
    CANARY_ACCOUNT,
    CANARY_PIN,
    DESK,
    MAYA,
    OTTO,
    SOMEBODY_ELSES,
    World,
    open_world,
)
from tests.waiting import until


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


async def type_(world: World, text: str, user: str = MAYA) -> str:
    """Type a command and return its answer, which for a read comes after the acknowledgement."""
    before = len(world.slack.ephemerals(user))
    delivered = await world.slack.command(user, text)
    assert delivered.is_acked
    async with asyncio.timeout(5):
        while len(world.slack.ephemerals(user)) == before:  # noqa: ASYNC110 # the server tells of it by its screen only
            await asyncio.sleep(0.01)
    return world.said(user)


# reading


@pytest.mark.parametrize("text", ["", "help", "HELP", "  help  "])
async def test_port_alone_or_with_help_tells_every_verb(world: World, text: str) -> None:
    told = await type_(world, text)
    assert all(f"/port {verb}" in told for verb in VERBS)


async def test_help_on_a_verb_gives_an_example(world: World) -> None:
    assert "/port date P-7KQ2M next tue" in await type_(world, "help date")


async def test_a_mistyped_verb_is_guessed(world: World) -> None:
    assert "`submit`" in await type_(world, "sumbit P-22222")


async def test_an_unknown_verb_is_answered_with_what_there_is(world: World) -> None:
    told = await type_(world, "<!here|xyzzy> now")
    assert "complete" in told
    assert "<!" not in told


async def test_the_list_shows_open_requests_and_those_of_a_phase(world: World) -> None:
    ref = await world.request()
    assert ref in await type_(world, "list")
    assert ref in await type_(world, "list desk")
    assert "No requests" in await type_(world, "list rejected")


async def test_an_unknown_phase_is_answered_with_the_phases(world: World) -> None:
    assert "Desk review" in await type_(world, "list nowhere")


async def test_show_gives_the_card_to_the_person_alone_whatever_the_letter_case(world: World) -> None:
    ref = await world.request()
    told = await type_(world, f"show {ref.lower().replace('-', '')}")
    assert ref in told
    assert not world.slack.posts()
    assert world.slack.ephemerals(MAYA)[-1].blocks


@pytest.mark.parametrize("verb", ["show", "submit", "date"])
async def test_a_slip_in_a_reference_is_told_as_such(world: World, verb: str) -> None:
    ref = await world.request()
    slip = ref[:-1] + ("2" if ref[-1] != "2" else "3")
    assert "typing error" in await type_(world, f"{verb} {slip} tomorrow")


async def test_a_verb_without_a_reference_shows_how_it_is_written(world: World) -> None:
    assert "`/port submit &lt;ref&gt;" in await type_(world, "submit")


async def test_a_request_that_is_not_there_is_not_found(world: World) -> None:
    assert "There is no request P-22222" in await type_(world, "show P-22222")
    assert "There is no request P-22222" in await type_(world, "submit P-22222 88123")


async def test_a_reader_is_acknowledged_before_the_database_is_asked(world: World) -> None:
    ref = await world.request()
    assert ref in await type_(world, f"show {ref}")
    [delivered] = world.record.of("slack", "command")
    [answer] = world.record.of("slack", "response_url")
    assert not delivered.answer
    assert answer.took_effect


# acting


async def test_a_request_goes_from_review_to_the_day_by_typed_verbs(world: World) -> None:
    ref = await world.request()
    assert "marked as submitted" in await type_(world, f"submit {ref} 88123")
    assert "With the carrier" in await type_(world, f"advance {ref}")
    await type_(world, f"advance {ref}")
    assert "goes on with a date" in await type_(world, f"advance {ref}")
    assert "2026-11-25" in await type_(world, f"date {ref} 11/25")
    assert await world.phase(ref) == "scheduled"


async def test_a_step_that_does_not_fit_says_what_does(world: World) -> None:
    ref = await world.request()
    told = await type_(world, f"complete {ref}")
    assert "Desk review" in told
    assert "submit" in told


async def test_a_rejection_is_typed_with_the_carriers_words(world: World) -> None:
    ref = await world.request()
    await type_(world, f"submit {ref} 88123")
    assert "wrong transfer PIN" in await type_(world, f"reject {ref} wrong pin: 8C")
    assert await world.phase(ref) == "rejected"


async def test_the_card_shows_what_the_carrier_wrote_and_help_says_who_reads_it(world: World) -> None:
    """Findings 3.25: the words stood in the thread alone, and nothing said whether customers read them."""
    ref = await world.request()
    await type_(world, f"submit {ref} 88123")
    await type_(world, f"reject {ref} name: Verizon has <Maria J. Jones>")
    ts = await world.show_card(ref)
    card = next(each for each in world.slack.posts() if each.ts == ts)
    assert "The carrier wrote: Verizon has &lt;Maria J. Jones&gt;" in repr(card.blocks)
    assert "for the desk only" in await type_(world, "help reject")
    await type_(world, f"undo {ref}")
    await world.show_card(ref)
    card = next(each for each in world.slack.posts() if each.ts == ts)
    assert "The carrier wrote" not in repr(card.blocks)


async def test_a_card_offers_no_undo_where_a_submission_only_asked_for_the_pin(world: World) -> None:
    """Findings 3.15: the button stood there and said that there is nothing to take back."""
    ref = await world.request(pin="later")
    assert "PIN is missing" in await type_(world, f"submit {ref} 88123")
    ts = await world.show_card(ref)
    card = next(each for each in world.slack.posts() if each.ts == ts)
    assert "verb.undo" not in repr(card.blocks)


async def test_undo_takes_the_last_step_back(world: World) -> None:
    ref = await world.request()
    await type_(world, f"submit {ref} 88123")
    assert "taken back" in await type_(world, f"undo {ref}")
    assert await world.phase(ref) == "staff_review"


async def test_a_button_acts_and_tells_the_presser_alone(world: World) -> None:
    ref = await world.request(phase="submitted")
    ts = await world.show_card(ref)
    delivered = await world.slack.press(MAYA, "verb.advance", message_ts=ts)
    assert delivered.is_acked
    assert "With the carrier" in world.said(MAYA)
    assert await world.phase(ref) == "carrier_review"
    assert len(world.slack.posts()) == 1


async def test_a_button_on_a_card_shown_by_the_command_acts_too(world: World) -> None:
    ref = await world.request(phase="submitted")
    await type_(world, f"show {ref}")
    shown = world.slack.ephemerals(MAYA)[-1]
    await world.slack.press(MAYA, "verb.advance", message_ts=shown.ts)
    assert await world.phase(ref) == "carrier_review"


async def test_a_press_that_cannot_be_answered_at_once_is_answered_through_the_outbox(world: World) -> None:
    ref = await world.request(phase="submitted")
    ts = await world.show_card(ref)
    world.faults.add(Fault("slack", "response_url", "502"))
    await world.slack.press(MAYA, "verb.advance", message_ts=ts)
    await until(lambda: world.owed[-1].kind == "whisper")
    assert await world.phase(ref) == "carrier_review"
    assert (world.owed[-1].address, world.owed[-1].key) == (MAYA, "advance.done")


async def test_a_command_told_twice_acts_once(world: World) -> None:
    ref = await world.request()
    await type_(world, f"submit {ref} 88123")
    world.faults.add(Fault("slack", "command", "duplicate"))
    await type_(world, f"advance {ref}")
    assert await world.phase(ref) == "carrier_review"


async def test_a_form_sets_the_date(world: World) -> None:
    ref = await world.request()
    for step in (f"submit {ref} 88123", f"advance {ref}", f"advance {ref}"):
        await type_(world, step)
    ts = await world.show_card(ref)
    await world.do(MAYA, "date", ts)
    [form] = world.slack.modals(MAYA)
    await world.slack.submit(MAYA, form.id, {"day": {"value": "2026-11-26"}})  # Thanksgiving
    [form] = world.slack.modals(MAYA)
    assert "2026-11-27" in form.errors["day"]
    await world.slack.submit(MAYA, form.id, {"day": {"value": "2026-11-25"}})
    assert not world.slack.modals(MAYA)
    assert await world.phase(ref) == "scheduled"


async def test_a_form_notes_a_rejection(world: World) -> None:
    ref = await world.request()
    await type_(world, f"submit {ref} 88123")
    ts = await world.show_card(ref)
    await world.do(MAYA, "reject", ts)
    [form] = world.slack.modals(MAYA)
    await world.slack.submit(MAYA, form.id, {"reason": {"value": ["PIN_INVALID"]}, "words": {"value": "8C: bad pin"}})
    assert not world.slack.modals(MAYA)
    assert (await world.sheet(ref)).case.numbers[0].rejection == "PIN_INVALID"


async def test_a_form_asks_the_customer_again(world: World) -> None:
    ref = await world.request()
    ts = await world.show_card(ref)
    await world.do(MAYA, "ask", ts)
    [form] = world.slack.modals(MAYA)
    await world.slack.submit(MAYA, form.id, {"answers": {"value": ["name", "address"]}, "words": {"value": "see bill"}})
    sheet = await world.sheet(ref)
    assert sheet.case.phase == "changes_requested"
    assert {q for q, a in sheet.case.answers.items() if a.reopened} == {"name", "address"}


async def test_a_form_opens_without_a_look_into_the_database(world: World) -> None:
    ts = await world.show_card(await world.request())
    await world.break_database()
    await world.do(MAYA, "ask", ts)
    assert len(world.slack.modals(MAYA)) == 1


async def test_a_form_that_comes_too_late_asks_for_another_press(world: World) -> None:
    ts = await world.show_card(await world.request())

    async def outlast_the_trigger(call: Call) -> None:
        if call.method == "views.open":
            for trigger in world.slack._workspace.triggers.values():
                trigger.until = 0.0

    world.faults.before = outlast_the_trigger
    await world.do(MAYA, "ask", ts)
    async with asyncio.timeout(10):  # the sentence follows Slack's refusal, which follows the press
        while not world.slack.ephemerals(MAYA):  # noqa: ASYNC110 - the sandbox has no event for a post
            await asyncio.sleep(0.01)
    assert "press the button again" in world.said(MAYA)


# several numbers

THREE = ("+16284218832", "+16284218833", "+16284218834")


async def test_a_step_takes_every_number_of_a_request(world: World) -> None:
    ref = await world.request(numbers=THREE)
    for step in (f"submit {ref} 88123", f"advance {ref}", f"advance {ref}"):
        await type_(world, step)
    await type_(world, f"date {ref} 11/25")
    numbers = (await world.sheet(ref)).case.numbers
    assert [(n.phase, str(n.port_date), n.attempts) for n in numbers] == [("scheduled", "2026-11-25", 1)] * 3
    assert "has that date already" in await type_(world, f"date {ref} 11/25")
    assert "(628) 421-8832 +2" in await type_(world, "list")


async def test_a_draft_without_numbers_takes_no_step(world: World) -> None:
    ref = await world.request(numbers=(), phase="intake")
    for verb in ("submit", "advance", "complete", "cancel", "letter", "ask"):
        told = await type_(world, f"{verb} {ref} name")
        assert "marked" not in told
        assert "is now" not in told
    assert await world.phase(ref) == "intake"


# asking again


async def test_what_a_customer_did_without_can_be_asked_for_too_and_is_forgotten_by_undo(world: World) -> None:
    ref = await world.request()
    assert "asked again for billing" in await type_(world, f"ask {ref} billing: the bill shows another one")
    assert (await world.sheet(ref)).case.answers["billing"].reopened
    await type_(world, f"undo {ref}")
    assert "billing" not in (await world.sheet(ref)).case.answers


async def test_bill_means_the_bill_and_half_a_word_that_fits_two_answers_means_none(world: World) -> None:
    ref = await world.request()
    assert "you mean by “a”" in await type_(world, f"ask {ref} a")
    assert "asked again for bill soon" in await type_(world, f"ask {ref} bill")


async def test_what_never_fits_a_request_is_not_asked(world: World) -> None:
    ref = await world.request()
    assert "you mean by “signer”" in await type_(world, f"ask {ref} signer")
    assert "you mean by “review”" in await type_(world, f"ask {ref} review")


# replies


async def test_a_typed_reply_goes_to_the_customer_at_once_and_into_the_thread(world: World) -> None:
    ref = await world.request()
    assert "on their way" in await type_(world, f"reply {ref} AT&amp;T &lt;b&gt; has it. Thank you!")
    said = next(owed for owed in world.owed if owed.key == "reply.text")
    assert (said.kind, said.address, said.params["text"]) == ("say", "1", "AT&T <b> has it. Thank you!")
    post = next(owed for owed in world.owed if owed.key == "thread.reply")
    await world.send(post)
    assert f"<@{MAYA}> wrote to the customer:* AT&amp;T" in world.slack.posts()[-1].text
    assert (await world.sheet(ref)).history[-1].what == "replied"


async def test_a_reply_takes_nothing_away_from_undo(world: World) -> None:
    ref = await world.request()
    await type_(world, f"submit {ref} 88123")
    await type_(world, f"reply {ref} It is on its way.")
    assert "“submit” is taken back" in await type_(world, f"undo {ref}")


async def test_a_reply_alone_leaves_nothing_to_undo(world: World) -> None:
    ref = await world.request()
    await type_(world, f"reply {ref} Thank you.")
    assert "nothing to take back" in await type_(world, f"undo {ref}")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Your pin is 842917", "doesn't belong in a chat"),
        ("x" * 2001, "at most 2000 characters"),
    ],
)
async def test_a_reply_that_should_not_be_sent_is_not(world: World, words: str, told: str) -> None:
    ref = await world.request()
    assert told in await type_(world, f"reply {ref} {words}")
    assert not [owed for owed in world.owed if owed.key == "reply.text"]


async def test_a_reply_to_who_has_blocked_the_bot_is_refused(world: World) -> None:
    ref = await world.request()
    await world.customer("blocked")
    assert "has blocked the bot" in await type_(world, f"reply {ref} Hello?")


async def test_a_reply_button_under_the_customers_words_opens_a_form_that_sends(world: World) -> None:
    ref = await world.request()
    address = str((await world.sheet(ref)).case.request.id)
    buttons = ((Choice("reply", "staff.button.reply"),),)
    await world.send(Owed(7, "post", f"card:{address}", address, "thread.wrote", "w", {"text": "When?"}, buttons))
    post = world.slack.posts()[-1]
    assert "When?" in post.text
    await world.slack.press(MAYA, "verb.reply", message_ts=post.ts)
    [form] = world.slack.modals(MAYA)
    await world.slack.submit(MAYA, form.id, {"words": {"value": "my pin is 842917"}})
    [form] = world.slack.modals(MAYA)
    assert "Nothing was sent" in form.errors["words"]
    await world.slack.submit(MAYA, form.id, {"words": {"value": "On Tuesday.\n\nThank you!"}})
    look = world.slack.modals(MAYA)[-1]
    assert "On Tuesday.\nThank you!" in str([block["text"]["text"] for block in look.blocks]).replace("\\n", "\n")
    assert not [o for o in world.owed if o.key == "reply.text"]
    await world.slack.submit(MAYA, look.id)
    assert not world.slack.modals(MAYA)
    assert [o.params["text"] for o in world.owed if o.key == "reply.text"] == ["On Tuesday.\nThank you!"]


# letters that somebody else signs


async def accept_on_paper(world: World, ref: str) -> None:
    """Note a letter of which no copy came, sure of it."""
    assert "No copy of it is held here" in await type_(world, f"letter {ref} in the safe")
    await world.slack.press(MAYA, SURE, message_ts=world.slack.ephemerals(MAYA)[-1].ts)


async def test_the_letter_of_somebody_else_brings_a_request_to_the_desks_review_and_undo_takes_it_back(
    world: World,
) -> None:
    ref = await world.request(phase="awaiting_documents", facts=SOMEBODY_ELSES)
    ts = await world.show_card(ref)
    await world.do(MAYA, "letter", ts)
    assert "no copy of the letter" in world.said(MAYA)
    await accept_on_paper(world, ref)
    case = (await world.sheet(ref)).case
    assert (case.phase, case.request.signed_at) == ("staff_review", world.clock())
    assert (case.answers["signature"].value[0], case.answers["signature"].source) == ("Maria Jones", "staff")
    await type_(world, f"undo {ref}")
    case = (await world.sheet(ref)).case
    assert (case.phase, case.request.signed_at, "signature" in case.answers) == ("awaiting_documents", None, False)
    await accept_on_paper(world, ref)
    assert (await world.sheet(ref)).case.phase == "staff_review"


async def test_a_request_whose_letter_is_missing_is_not_submitted(world: World) -> None:
    ref = await world.request(facts=SOMEBODY_ELSES)
    assert "Maria Jones has to sign it" in await type_(world, f"submit {ref} 88123")
    await accept_on_paper(world, ref)
    assert "marked as submitted" in await type_(world, f"submit {ref} 88123")


async def test_a_letter_is_noted_only_where_one_is_awaited(world: World) -> None:
    own = await world.request()
    assert "signed by the customer here" in await type_(world, f"letter {own}")
    others = await world.request(chat=2, facts=SOMEBODY_ELSES)
    await accept_on_paper(world, others)
    assert "is signed already" in await type_(world, f"letter {others}")
    draft = await world.request(chat=3, phase="intake", facts=SOMEBODY_ELSES)
    assert "can't be noted there" in await type_(world, f"letter {draft}")


# slow and broken


async def test_a_slow_commit_is_answered_with_patience_and_then_through_the_outbox(tmp_path: Path) -> None:
    async with open_world(tmp_path, slow=0.15) as world:
        ref = await world.request()
        assert "Working on" in await type_(world, f"submit {ref} 88123")
        assert (await world.sheet(ref)).case.phase == "staff_review"
        assert await world.phase(ref) == "submitted"
        late = world.owed[-1]
        assert (late.kind, late.lane, late.key) == ("whisper", f"whisper:{MAYA}", "submit.done")


async def test_a_slow_form_is_replaced_and_its_refusal_comes_later(tmp_path: Path) -> None:
    async with open_world(tmp_path, slow=0.15) as world:
        ref = await world.request()
        ts = await world.show_card(ref)
        await world.do(MAYA, "ask", ts)
        [form] = world.slack.modals(MAYA)
        await world.slack.submit(MAYA, form.id, {"answers": {"value": ["name"]}})
        assert world.slack.modals(MAYA)[-1].title == "One moment"
        await world.desk.finish(1)
        assert world.owed[-1].key == "ask.done_silent"


async def test_no_words_of_an_exception_reach_a_person(world: World, caplog: pytest.LogCaptureFixture) -> None:
    ref = await world.request()
    await world.break_database()
    told = await type_(world, f"submit {ref} 88123")
    assert told.startswith("Something went wrong on our side")
    assert ref not in caplog.text
    assert all(name not in told for name in ("Error", "closed", "Traceback"))


async def test_secrets_never_reach_slack(world: World) -> None:
    ref = await world.request()
    await world.show_card(ref)
    await type_(world, f"show {ref}")
    for owed in list(world.owed):
        if owed.kind in ("card", "post", "channel"):
            await world.send(owed)
    everything = repr([(call.params, call.answer) for call in world.record])
    assert CANARY_PIN not in everything
    assert CANARY_ACCOUNT not in everything


@pytest.mark.parametrize("secret", [CANARY_ACCOUNT, f"ORD {CANARY_ACCOUNT}", CANARY_PIN])
async def test_no_secret_becomes_an_order_number_though_one_that_only_ends_like_it_may(
    world: World, secret: str
) -> None:
    ref = await world.request()
    told = await type_(world, f"submit {ref} {secret}")
    assert "PIN, a passcode or an account number" in told
    assert await world.phase(ref) == "staff_review"
    assert "ends like the customer's account number" in await type_(world, f"submit {ref} 5512{CANARY_ACCOUNT[-2:]}")


async def test_an_outsider_cannot_learn_whether_a_request_exists(world: World) -> None:
    ref = await world.request()
    first = await type_(world, f"show {ref}", OTTO)
    assert await type_(world, "show P-22222", OTTO) == first


async def test_two_people_at_once_make_one_step(world: World) -> None:
    ref = await world.request(phase="submitted")
    ts = await world.show_card(ref)
    await asyncio.gather(*(world.slack.press(MAYA, "verb.advance", message_ts=ts, channel=DESK) for _ in range(2)))
    assert await world.phase(ref) == "carrier_review"


async def test_a_second_request_for_the_same_number_holds_the_submission(world: World) -> None:
    ref = await world.request()
    other = await world.request(chat=2)
    assert other in await type_(world, f"submit {ref} 88123")
    assert await world.phase(ref) == "staff_review"
