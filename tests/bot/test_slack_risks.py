"""No harm done easily, in Slack: asked first, two people at once, and forms that say what the customer will read."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.slack.cards import MENU
from bot.slack.inputs import INPUT, LOOK
from domain.desk.risks import SURE
from domain.desk.roles import Grant, Role
from domain.desk.sending_back import askable
from domain.desk.state import Changes, OfRequest
from domain.policy import Policy
from sandbox.slack import NotPossibleError, Post
from sandbox.slack.views import View
from tests.bot.slackworld import BEN, CANARY_ACCOUNT, CANARY_PIN, GWEN, MAYA, SOMEBODY_ELSES, World, menu_of, open_world
from tests.waiting import until

SOON, LATER = "2026-12-01", "2026-12-03"  # days on which numbers move; the desk's Monday is 2026-11-23


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, staff=f"{MAYA},{BEN}") as opened:
        yield opened


async def type_(world: World, text: str, user: str = MAYA) -> str:
    """Type a command and return what it was answered with."""
    before = len(world.slack.ephemerals(user))
    delivered = await world.slack.command(user, text)
    assert delivered.is_acked
    async with asyncio.timeout(5):
        while len(world.slack.ephemerals(user)) == before:  # noqa: ASYNC110 # the server tells of it by its screen only
            await asyncio.sleep(0.01)
    return world.said(user)


async def dated(world: World, **more: tuple[str, ...]) -> str:
    """Return a request that moves soon."""
    ref = await world.request(phase="pending_date", **more)  # type: ignore[arg-type] # numbers are all that is given
    await type_(world, f"date {ref} {SOON}")
    return ref


def asked(world: World, user: str = MAYA) -> Post:
    """Return the newest message to a person that has a button to confirm."""
    return [post for post in world.slack.ephemerals(user) if SURE in repr(post.blocks)][-1]


async def confirm(world: World, user: str = MAYA) -> str:
    """Press the newest button that confirms, and return the answer."""
    await world.slack.press(user, SURE, message_ts=asked(world, user).ts)
    return world.said(user)


async def open_form(world: World, ref: str, verb: str, user: str = MAYA) -> View:
    """Open a verb's form from the card, and wait until it is filled."""
    ts = await world.show_card(ref)
    await world.do(user, verb, ts)
    return await filled(world, ref, user)


async def filled(world: World, ref: str, user: str = MAYA) -> View:
    """Wait until a person's top form is filled with its request."""
    async with asyncio.timeout(5):
        while "It is now" not in repr(world.slack.modals(user)[-1].blocks):  # noqa: ASYNC110 # as above
            await asyncio.sleep(0.01)
    form = world.slack.modals(user)[-1]
    assert ref in form.private_metadata
    return form


def shown(world: World, user: str = MAYA) -> str:
    """Return everything in a person's top form."""
    return repr(world.slack.modals(user)[-1].blocks)


# asked first


async def test_completing_before_the_date_is_asked_about_with_a_button_that_does_it(world: World) -> None:
    ref = await dated(world)
    told = await type_(world, f"complete {ref}")
    assert "Nothing is done yet" in told
    assert "Tue 2026-12-01" in told
    assert await world.phase(ref) == "scheduled"
    assert "everything in it has moved" in await confirm(world)
    assert await world.phase(ref) == "ported"


async def test_a_button_of_the_card_is_asked_about_too(world: World) -> None:
    ref = await dated(world)
    await world.do(MAYA, "complete", await world.show_card(ref))
    assert "Nothing is done yet" in world.said(MAYA)
    await confirm(world)
    assert await world.phase(ref) == "ported"


async def test_a_confirmation_pressed_twice_acts_once(world: World) -> None:
    ref = await dated(world)
    await type_(world, f"complete {ref}")
    question = asked(world)
    for _ in range(2):
        await world.slack.press(MAYA, SURE, message_ts=question.ts)
    assert "already done" in world.said(MAYA)
    history = (await world.sheet(ref)).history
    assert [row.what for row in history].count("complete") == 1


async def test_a_confirmation_holds_only_for_what_was_read(world: World) -> None:
    ref = await dated(world)
    await type_(world, f"complete {ref}")
    world.clock.forward(minutes=2)
    await type_(world, f"date {ref} {LATER}", BEN)
    told = await confirm(world)
    assert await world.phase(ref) == "scheduled"
    assert f"&lt;@{BEN}&gt;" in told or f"<@{BEN}>" in told
    assert "has changed since you looked" in told
    assert "Thu 2026-12-03" in told
    await confirm(world)
    assert await world.phase(ref) == "ported"


async def test_what_was_confirmed_by_nobody_stays_as_it_is(world: World) -> None:
    ref = await dated(world)
    version = (await world.sheet(ref)).case.request.version
    await type_(world, f"reject {ref} wrong pin: the PIN {CANARY_PIN} is wrong")
    question = asked(world)
    assert CANARY_PIN not in repr(question.blocks)
    assert (await world.sheet(ref)).case.request.version == version


async def test_a_form_that_could_do_harm_asks_on_top_of_itself(world: World) -> None:
    ref = await dated(world)
    form = await open_form(world, ref, "reject")
    await world.slack.submit(MAYA, form.id, {"reason": {INPUT: ["NAME_MISMATCH"]}, "words": {INPUT: "7A"}})
    top = world.slack.modals(MAYA)[-1]
    assert top.callback_id == SURE
    assert "lost with a rejection" in repr(top.blocks)
    assert await world.phase(ref) == "scheduled"
    await world.slack.submit(MAYA, top.id)
    assert not world.slack.modals(MAYA)
    assert await world.phase(ref) == "rejected"


async def test_a_question_whose_answer_comes_late_reaches_the_person_all_the_same(tmp_path: Path) -> None:
    async with open_world(tmp_path, slow=0.3) as world:
        ref = await world.request(phase="pending_date")
        await world.slack.command(MAYA, f"date {ref} {SOON}")
        await world.desk.finish(2)
        await world.slack.command(MAYA, f"complete {ref}")
        await world.desk.finish(2)
        [late] = [owed for owed in world.owed if owed.key == "risk.ask"]
        await world.send(late)
        assert "Nothing is done yet" in asked(world).text
        await world.slack.press(MAYA, SURE, message_ts=asked(world).ts)
        await world.desk.finish(2)
        assert await world.phase(ref) == "ported"


@pytest.mark.parametrize("value", ["", "P-22222", "P-22222 nonsense ~1.1", "P-22222 complete"])
async def test_a_forged_confirmation_does_nothing(world: World, value: str) -> None:
    ref = await dated(world)
    await type_(world, f"complete {ref}")
    question = asked(world)
    blocks = repr(question.blocks)
    assert SURE in blocks
    for block in question.blocks:
        for element in block.get("elements", ()):
            element["value"] = value
    await world.slack.press(MAYA, SURE, message_ts=question.ts)
    assert "can be confirmed no more" in world.said(MAYA)
    assert await world.phase(ref) == "scheduled"


# two people at once


async def test_the_later_of_two_sees_what_the_other_did_and_decides(world: World) -> None:
    ref = await world.request(phase="submitted")
    ts = await world.show_card(ref)
    world.clock.forward(minutes=3)
    await type_(world, f"reject {ref} name", BEN)
    await world.slack.press(MAYA, "verb.advance", message_ts=ts)
    told = world.said(MAYA)
    assert "has changed since you looked" in told
    assert "Rejected" in told
    assert "does not fit there" in told
    assert await world.phase(ref) == "rejected"


async def test_the_later_of_two_is_told_however_many_notes_lie_between(world: World) -> None:
    ref = await world.request(phase="submitted")
    ts = await world.show_card(ref)
    world.clock.forward(minutes=3)
    await type_(world, f"take {ref}", BEN)
    for number in range(21):
        await type_(world, f"note {ref} call {number}", BEN)
    await world.slack.press(MAYA, "verb.advance", message_ts=ts)
    assert "has changed since you looked" in world.said(MAYA)
    assert await world.phase(ref) == "submitted"


async def test_what_still_fits_can_be_done_anyway(world: World) -> None:
    ref = await world.request(phase="submitted")
    ts = await world.show_card(ref)
    world.clock.forward(minutes=3)
    await type_(world, f"take {ref}", BEN)
    await world.slack.press(MAYA, "verb.advance", message_ts=ts)
    assert "changed who has it" in world.said(MAYA)
    assert await world.phase(ref) == "submitted"
    await confirm(world)
    assert await world.phase(ref) == "carrier_review"


async def test_a_form_opened_before_somebody_else_acted_shows_that_on_top(world: World) -> None:
    ref = await world.request(phase="pending_date")
    form = await open_form(world, ref, "date")
    world.clock.forward(minutes=1)
    await type_(world, f"date {ref} {SOON}", BEN)
    await world.slack.submit(MAYA, form.id, {"day": {INPUT: LATER}})
    top = world.slack.modals(MAYA)[-1]
    assert "moved it to Date set" in repr(top.blocks)
    assert str((await world.sheet(ref)).case.numbers[0].port_date) == SOON
    await world.slack.submit(MAYA, top.id)
    assert str((await world.sheet(ref)).case.numbers[0].port_date) == LATER


async def test_ones_own_step_and_a_colleagues_note_do_not_stand_in_the_way(world: World) -> None:
    ref = await world.request(phase="submitted")
    ts = await world.show_card(ref)
    await type_(world, f"note {ref} Called them", BEN)
    await type_(world, f"assign {ref} me")
    await world.slack.press(MAYA, "verb.advance", message_ts=ts)
    assert await world.phase(ref) == "carrier_review"


async def test_an_older_question_does_not_replace_ones_own_newer_rejection(world: World) -> None:
    ref = await world.request(phase="submitted")
    await type_(world, f"reject {ref} 8C passcode invalid")
    older = asked(world)
    world.clock.forward(seconds=5)
    await type_(world, f"reject {ref} wrong pin, wrong account number, name: 8C, acct, name")
    await world.slack.press(MAYA, SURE, message_ts=older.ts)
    await world.desk.finish(5)
    assert "has changed since you looked" in world.said(MAYA)
    assert "moved it to Rejected" in world.said(MAYA)
    noted = (await world.sheet(ref)).case.numbers[0].rejection
    assert noted == "NAME_MISMATCH+PIN_INVALID+ACCOUNT_NUMBER_WRONG"


# forms


async def test_the_reject_form_shows_what_the_customer_will_read_while_it_is_filled_in(world: World) -> None:
    ref = await world.request(phase="submitted")
    form = await open_form(world, ref, "reject")
    await world.slack.press(MAYA, INPUT, view_id=form.id, value=["PIN_INVALID", "NAME_MISMATCH"])
    assert "the customer reads" in shown(world)
    assert "the PIN is wrong" in shown(world)
    assert "the name does not match" in shown(world)
    assert await world.phase(ref) == "submitted"
    await world.slack.submit(MAYA, form.id)
    assert (await world.sheet(ref)).case.numbers[0].rejection == "NAME_MISMATCH+PIN_INVALID"


async def test_a_carriers_pasted_words_are_taken_for_reasons_with_one_press(world: World) -> None:
    ref = await world.request(phase="submitted")
    form = await open_form(world, ref, "reject")
    typed = {"words": {INPUT: {"type": "plain_text_input", "value": "8C passcode missing or invalid"}}}
    await world.slack.press(MAYA, LOOK, view_id=form.id, values=typed)
    await until(lambda: "Take these reasons" in shown(world))
    assert "wrong transfer PIN" in shown(world)
    await world.slack.press(MAYA, LOOK, view_id=form.id, value="take:PIN_INVALID", values=typed)
    await until(lambda: "They say that the PIN is wrong" in shown(world))
    await world.slack.submit(MAYA, form.id)
    await world.desk.finish(5)
    assert (await world.sheet(ref)).case.numbers[0].rejection == "PIN_INVALID"


async def test_the_ask_form_has_only_what_this_request_is_asked_and_shows_the_reason(world: World) -> None:
    ref = await world.request()
    form = await open_form(world, ref, "ask")
    offered = [o["value"] for block in form.blocks for o in block.get("element", {}).get("options", ())]
    assert offered == askable((await world.sheet(ref)).case)
    values: dict[str, dict[str, Any]] = {"answers": {INPUT: ["name"]}, "words": {INPUT: "The bill says Maria J."}}
    await world.slack.press(MAYA, LOOK, view_id=form.id, values=values)
    assert "The bill says Maria J." in shown(world)
    assert await world.phase(ref) == "staff_review"


async def test_the_date_form_names_the_days_and_refuses_a_holiday_at_its_field(world: World) -> None:
    ref = await world.request(phase="pending_date")
    form = await open_form(world, ref, "date")
    assert "Thu 2026-11-26" in shown(world)  # Thanksgiving
    await world.slack.press(MAYA, INPUT, view_id=form.id, value="2026-11-26")
    assert "can" in shown(world)
    assert "Fri 2026-11-27" in shown(world)
    await world.slack.submit(MAYA, form.id, {"day": {INPUT: "2027-03-01"}})
    [form] = world.slack.modals(MAYA)
    assert "too far away" in form.errors["day"]
    await world.slack.submit(MAYA, form.id, {"day": {INPUT: SOON}})
    assert not world.slack.modals(MAYA)
    assert await world.phase(ref) == "scheduled"


async def test_the_submit_form_wants_the_carriers_order_number(world: World) -> None:
    ref = await world.request()
    await world.slack.command(MAYA, f"submit {ref}")
    form = await filled(world, ref)
    with pytest.raises(NotPossibleError, match="order"):  # Slack's client holds the form back
        await world.slack.submit(MAYA, form.id)
    await world.slack.submit(MAYA, form.id, {"order": {INPUT: "VZ-4711"}})
    sheet = await world.sheet(ref)
    assert sheet.case.phase == "submitted"
    assert sheet.case.order is not None
    assert sheet.case.order.carrier_order == "VZ-4711"
    assert ref in await type_(world, "find VZ-4711")


async def test_a_form_that_was_refused_is_heard_anew_once_something_else_stands_in_it(world: World) -> None:
    ref = await world.request(pin="later")
    form = await open_form(world, ref, "submit")
    await world.slack.submit(MAYA, form.id, {"order": {INPUT: "VZ-4711"}})
    [refused] = world.slack.modals(MAYA)
    assert "PIN is missing" in repr(refused.errors)
    kept = world.slack._workspace
    kept.put_view(replace(refused, hash=form.hash))  # Slack keeps the hash of a form that it shows errors at
    await world.slack.submit(MAYA, form.id, {"order": {INPUT: "VZ-4711"}, "pin": {INPUT: ["none"]}})
    assert not world.slack.modals(MAYA)
    assert await world.phase(ref) == "submitted"


@pytest.mark.parametrize(("pin", "phase"), [(CANARY_PIN, "submitted"), ("later", "staff_review")])
async def test_a_form_that_comes_twice_is_closed_and_its_owner_told_apart(world: World, pin: str, phase: str) -> None:
    """A finding: who had seen an answer, or had lost it, was left with an open form and an error in it."""
    ref = await world.request(pin=pin)
    form = await open_form(world, ref, "submit")
    first = await world.slack.submit(MAYA, form.id, {"order": {INPUT: "VZ-4711"}})
    owed = len(world.owed)
    again = await world.tell("view", {**first.payload, "is_again": True})  # or its signature is the same
    assert again.body == {"response_action": "clear"}
    await until(lambda: len(world.owed) > owed)  # it is owed after the acknowledgement
    [whisper] = world.owed[owed:]
    assert (whisper.kind, whisper.address, whisper.key) == ("whisper", MAYA, "staff.repeated")
    await world.send(whisper)
    assert f"{ref}: what you sent had come before" in world.said(MAYA)
    assert await world.phase(ref) == phase
    await world.tell("view", {**first.payload, "is_again": True})  # or its signature is the same
    assert len(world.owed) == owed + 1


async def test_the_submit_form_of_a_request_without_a_pin_offers_that_there_is_none(world: World) -> None:
    ref = await world.request(pin="later")
    form = await open_form(world, ref, "submit")
    assert "PIN is not here yet" in shown(world)
    await world.slack.submit(MAYA, form.id, {"order": {INPUT: "VZ-1"}, "pin": {INPUT: ["none"]}})
    assert await world.phase(ref) == "submitted"


async def test_the_cancel_form_tells_what_it_can_cost_and_a_ticked_box_is_enough(world: World) -> None:
    ref = await dated(world)
    form = await open_form(world, ref, "cancel")
    assert "may charge" in shown(world)
    assert "the customer reads" in shown(world)
    await world.slack.submit(MAYA, form.id, {"told": {INPUT: ["told"]}})
    assert not world.slack.modals(MAYA)
    assert await world.phase(ref) == "cancelled"


async def test_the_cancel_form_without_the_box_asks_once_more(world: World) -> None:
    ref = await dated(world)
    form = await open_form(world, ref, "cancel")
    await world.slack.submit(MAYA, form.id)
    assert world.slack.modals(MAYA)[-1].callback_id == SURE
    assert await world.phase(ref) == "scheduled"


async def test_the_edit_form_shows_what_stands_there_now(world: World) -> None:
    ref = await world.request()
    form = await open_form(world, ref, "edit")
    await world.slack.press(MAYA, INPUT, view_id=form.id, value="name")
    await until(lambda: "It says now: Maria Jones" in shown(world))
    await world.slack.submit(MAYA, form.id, {"answer": {INPUT: "name"}, "value": {INPUT: "my pin is 1234"}})
    assert "value" in world.slack.modals(MAYA)[-1].errors


async def test_a_form_of_a_request_signed_by_somebody_else_is_filled_all_the_same(world: World) -> None:
    ref = await world.request(phase="awaiting_documents", facts=SOMEBODY_ELSES)
    await open_form(world, ref, "cancel")
    assert "No date is set yet" in shown(world)


async def test_a_snooze_can_be_chosen_as_a_span(world: World) -> None:
    ref = await world.request()
    await world.do(MAYA, "snooze", await world.show_card(ref))
    [form] = world.slack.modals(MAYA)
    await world.slack.submit(MAYA, form.id, {"span": {INPUT: "3h"}})
    assert (await world.sheet(ref)).case.request.snoozed_until is not None


async def test_who_is_no_staff_is_shown_nothing_of_a_form(world: World) -> None:
    ref = await world.request(phase="submitted")
    form = await open_form(world, ref, "reject")
    world.slack._workspace.stacks[GWEN] = [View(form.id, GWEN, form.team_id, form.body, form.hash, form.root_id)]
    world.slack._workspace.stacks[MAYA] = []
    await world.slack.press(GWEN, INPUT, view_id=form.id, value=["PIN_INVALID"])
    assert "the customer reads" not in shown(world, GWEN)


# secrets


async def reveal(world: World, ref: str, user: str = MAYA) -> str:
    """Choose in the card's menu to see a request's secrets, and return what the form says."""
    ts = await world.show_card(ref)
    [post] = [post for post in world.slack.posts() if post.ts == ts]
    [value] = [each for each in menu_of(post.blocks) if each.startswith("reveal ")]
    await world.slack.press(user, MENU, message_ts=ts, value=value)
    async with asyncio.timeout(5):
        while world.slack.modals(user) and "One moment" in shown(world, user):  # noqa: ASYNC110 # as above
            await asyncio.sleep(0.01)
    return shown(world, user) if world.slack.modals(user) else world.said(user)


async def test_secrets_are_masked_in_their_form_and_the_link_is_in_history(tmp_path: Path) -> None:
    async with open_world(tmp_path, link_to=lambda _id, user: f"https://desk.example.com/s/{user}") as world:
        ref = await world.request()
        told = await reveal(world, ref)
        assert f"https://desk.example.com/s/{MAYA}" in told
        assert "\u2022\u2022\u2022\u202290" in told
        assert CANARY_PIN not in told
        assert CANARY_ACCOUNT not in told
        assert [row.what for row in (await world.sheet(ref)).history].count("reveal") == 1


async def test_with_four_eyes_the_form_has_no_link_but_a_button_that_asks(tmp_path: Path) -> None:
    policy = Policy(four_eyes=("reveal",))
    async with open_world(tmp_path, policy=policy, link_to=lambda _id, _user: "https://desk.example.com/s") as world:
        ref = await world.request()
        told = await reveal(world, ref)
        assert "https://" not in told
        assert "wish.reveal" in told
        assert "reveal" not in [row.what for row in (await world.sheet(ref)).history]


async def test_without_an_address_the_form_says_that_there_are_no_links(world: World) -> None:
    assert "There are no links here" in await reveal(world, await world.request())


async def test_an_agent_is_not_shown_secrets(tmp_path: Path) -> None:
    link = "https://desk.example.com/s"
    async with open_world(tmp_path, staff=MAYA, link_to=lambda _id, _user: link) as world:
        grant = Grant(BEN, Role.AGENT, MAYA, world.clock())
        await world.store.turn(OfRequest(0), "give", lambda _state, _moment: Changes(grants=(grant,)))
        await world.store.board.read_grants()
        ref = await world.request()
        told = await reveal(world, ref, BEN)
        assert "needs the role admin" in told
        assert "reveal" not in [row.what for row in (await world.sheet(ref)).history]
