"""The doors of the desk: which request is meant, what is missing, several at once; by signed HTTP, on a real store."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.handlers.staff import commands
from bot.slack import modals
from bot.slack.choosing import LONGEST_VALUE
from bot.slack.rules import DO, PICK, RUN, SURE
from domain.desk.offers import offered
from domain.desk.roles import Grant, Role
from domain.desk.several import MOST, attempt
from domain.desk.signing import mark_told
from domain.desk.staff import Order
from domain.desk.state import Changes, History, Moment, OfRef, OfRequest, State
from domain.desk.turn import Turn
from domain.desk.verbs import GROUPS, VERBS, Verb, verb_of
from domain.orders.references import make_reference, nearby
from domain.values import replace
from sandbox.faults import Fault
from sandbox.slack.delivery import Delivered
from sandbox.slack.posts import Post
from sandbox.slack.views import View
from tests.bot.slackworld import BEN, CANARY_PIN, MAYA, World, open_world
from tests.bot.test_slack_desk import type_
from tests.waiting import until

ISSUE = {
    *("new", "list", "show", "find", "assign", "take", "ask", "submit", "advance", "reject", "date", "complete"),
    *("cancel", "note", "reply", "hold", "snooze", "split", "edit", "undo", "export", "staff", "carrier", "inventory"),
    *("digest", "stats", "held", "verify", "help"),
}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


async def two(world: World, phase: str = "submitted") -> tuple[str, str]:
    """Put two requests of two customers into a phase."""
    one = await world.request(phase=phase)
    return one, await world.request(chat=2, numbers=("+14154218899",), phase=phase)


def last(world: World, user: str = MAYA) -> Post:
    return world.slack.ephemerals(user)[-1]


def values(post: Post, action: str = RUN) -> list[str]:
    """Return what the buttons of a message carry."""
    return re.findall(rf"'action_id': '{re.escape(action)}'.*?'value': '([^']*)'", repr(post.blocks))


async def press(world: World, post: Post, action: str = RUN, number: int = 0, user: str = MAYA) -> str:
    """Press a button in a message for one person alone, and return what stands in the newest one, or in that one."""
    value = values(post, action)[number]
    delivered = await world.slack.press(user, {"action_id": action, "value": value}, message_ts=post.ts)
    assert delivered.is_acked
    await asyncio.sleep(0.15)
    return world.said(user)


async def opened(world: World, text: str, user: str = MAYA) -> View:
    """Type a command that opens a form, and return the form."""
    assert (await world.slack.command(user, text)).is_acked
    async with asyncio.timeout(5):
        while not world.slack.modals(user) or "One moment" in repr(world.slack.modals(user)[-1].blocks):  # noqa: ASYNC110 # no event tells of it
            await asyncio.sleep(0.01)
    return world.slack.modals(user)[-1]


async def named(world: World, ref: str, title: str) -> None:
    """Let the customer give a request a friendly name."""
    request_id = (await world.sheet(ref)).case.request.id

    def name(state: State, _moment: Moment) -> Changes:
        assert state.case is not None
        return Changes(request=replace(state.case.request, title=title))

    await world.store.turn(OfRequest(request_id), f"name:{ref}", name)


# the table


def test_every_verb_of_the_desk_is_in_the_table() -> None:
    assert VERBS.keys() >= ISSUE


def test_every_word_for_a_verb_belongs_to_one_verb_alone() -> None:
    words = [word for verb in VERBS.values() for word in (verb.name, *verb.short)]
    assert len(words) == len(set(words))
    assert all(verb_of(word.upper()) is not None for word in words)


@pytest.mark.parametrize("verb", VERBS.values(), ids=lambda verb: verb.name)
def test_a_verb_has_its_group_and_examples_of_its_own(verb: Verb) -> None:
    assert verb.group in GROUPS
    assert verb.examples
    assert all(verb_of(example.partition(" ")[0]) is verb for example in verb.examples)


def test_every_verb_has_somebody_who_answers_it() -> None:
    readers = {verb.name for verb in VERBS.values() if not verb.effect}
    assert commands._READS.keys() == readers


async def test_help_is_in_groups_and_tells_of_every_verb(world: World) -> None:
    told = await type_(world, "help")
    assert all(f"/port {verb}" in told for verb in VERBS)
    assert 0 < told.index("Reading") < told.index("Moving a request on") < told.index("Talking")
    assert len(last(world).blocks) > len(GROUPS)


@pytest.mark.parametrize("word", ["date", "d", "D"])
async def test_help_on_a_verb_or_its_short_form_gives_several_examples(world: World, word: str) -> None:
    told = await type_(world, f"help {word}")
    assert all(f"`/port {example}`" in told for example in VERBS["date"].examples)
    assert "Shorter: d" in told


# words that are no verb


async def test_a_mistyped_verb_has_a_button_that_runs_what_was_meant_once(world: World) -> None:
    ref = await world.request(phase="submitted")
    assert "`advance`" in await type_(world, f"advence {ref}")
    offer = last(world)
    assert "With the carrier" in await press(world, offer)
    assert "already done" in await press(world, offer)
    assert await world.phase(ref) == "carrier_review"


@pytest.mark.parametrize("text", ["advence", "rejct P-7KQ2M", "notte it"])
async def test_a_mistyped_verb_with_something_missing_has_no_button(world: World, text: str) -> None:
    assert "Did you mean" in await type_(world, text)
    assert not values(last(world))


async def test_a_mistyped_reader_has_a_button_too(world: World) -> None:
    ref = await world.request()
    await type_(world, "lisst")
    await press(world, last(world))
    assert ref in world.said(MAYA)


async def test_the_beginning_of_a_verb_is_taken_for_it(world: World) -> None:
    assert "`complete`" in await type_(world, "compl")


async def test_a_reference_alone_is_shown(world: World) -> None:
    ref = await world.request()
    assert ref in await type_(world, ref.lower())
    assert last(world).blocks


# which request is meant


@pytest.mark.parametrize("written", ["{ref}", "{low}", "{bare}", "{ref},", "{ref}:"])
async def test_a_reference_is_taken_however_it_is_written(world: World, written: str) -> None:
    ref, chat = await world.request(), 2
    while not any(map(str.isdigit, ref)):  # letters alone, without the dash, could be a word
        ref, chat = await world.request(chat=chat), chat + 1
    said = written.format(ref=ref, low=ref.lower(), bare=ref.replace("-", "").lower())
    may_be_a_word = written == "{bare}" and ref[2:].isalpha()  # then it is asked about, as a word would be
    told = "Is this the one" if may_be_a_word else f"{ref} is yours now"
    assert told in await type_(world, f"take {said}")


@pytest.mark.parametrize("wrong", ["0", "O", "1", "I", "l"])
async def test_a_character_that_no_reference_has_is_guessed_and_asked_back(world: World, wrong: str) -> None:
    ref = await world.request()
    assert "typing error" in await type_(world, f"take {ref[:4]}{wrong}{ref[5:]}")
    assert (await world.sheet(ref)).case.request.assignee is None
    assert f"{ref} is yours now" in await press(world, last(world))


async def test_a_slip_near_no_request_is_told_as_such(world: World) -> None:
    assert "copy the reference" in await type_(world, "take P-22223")
    assert not values(last(world))


def test_references_nearby_are_one_slip_away_and_right() -> None:
    ref = make_reference(lambda alphabet: alphabet[7])
    slips = (f"{ref[:2]}8{ref[3:]}", f"{ref[:5]}{ref[6]}{ref[5]}", f"p{ref[2:4].lower()}o{ref[5:]}")
    assert all(ref in nearby(slip) for slip in slips)
    assert nearby("P-7KO0M") == nearby("P-7") == ()


async def test_it_is_the_request_that_one_had_last(world: World) -> None:
    first, second = await two(world)
    assert "no request that you had last" in await type_(world, "advance it")
    await type_(world, f"take {first}")
    await type_(world, f"take {second}", BEN)
    assert f"{first} is now" in await type_(world, "advance it")
    assert f"{second} is now" in await type_(world, "adv IT", BEN)


async def test_it_is_also_what_one_looked_at(world: World) -> None:
    first, second = await two(world)
    await type_(world, f"take {first}")
    await type_(world, f"show {second}")
    await asyncio.sleep(0.1)
    assert f"{second} is now" in await type_(world, "a it")


@pytest.mark.parametrize(
    "written", ["(628) 421-8832", "628.421.8832", "+1 628 421 8832", "6284218832", "1-628-421-8832"]
)
async def test_a_whole_number_in_any_format_names_its_request(world: World, written: str) -> None:
    ref, _ = await two(world)
    assert f"{ref} is now" in await type_(world, f"advance {written}")


async def test_words_behind_a_number_are_the_argument(world: World) -> None:
    ref, _ = await two(world, "pending_date")
    await type_(world, "date 628 421 8832 11/25")
    assert str((await world.sheet(ref)).case.numbers[0].port_date) == "2026-11-25"


async def test_the_last_four_digits_show_one_and_ask_before_they_change_one(world: World) -> None:
    ref, _ = await two(world)
    assert ref in await type_(world, "show 8832")
    assert "the one that you mean by “8832”" in await type_(world, "cancel 8832")
    assert await world.phase(ref) == "submitted"
    assert "Nothing is done yet" in await press(world, last(world))


async def test_what_fits_several_requests_is_chosen_by_a_button_and_done_once(world: World) -> None:
    one, other = await two(world)
    told = await type_(world, "note Jones: she calls back at four")
    assert "Which one" in told
    offer = last(world)
    assert sorted(value.split(" ")[2] for value in values(offer)) == sorted((one, other))
    chosen = next(number for number, value in enumerate(values(offer)) if other in value)
    assert f"thread of {other}" in await press(world, offer, number=chosen)
    assert "already done" in await press(world, offer, number=chosen)
    notes = [row for row in (await world.sheet(other)).history if row.what == "noted"]
    assert len(notes) == 1
    assert not [row for row in (await world.sheet(one)).history if row.what == "noted"]


async def test_the_carriers_order_number_names_a_request(world: World) -> None:
    ref, _ = await two(world, "staff_review")
    await type_(world, f"submit {ref} 88123")
    assert ref in await type_(world, "show 88123")
    assert "Is this the one" in await type_(world, "advance 88123")
    assert f"{ref} is now" in await press(world, last(world))


async def test_a_whole_friendly_name_names_its_request_and_part_of_one_asks(world: World) -> None:
    ref, _ = await two(world)
    await named(world, ref, "Main office")
    assert f"{ref} is yours now" in await type_(world, "take main office")
    assert f"thread of {ref}" in await type_(world, "note Main office called: Verizon has it")
    assert f"thread of {ref}" in await type_(world, 'n "main office" 3 lines')
    assert "Is this the one" in await type_(world, "advance main")


async def test_many_that_fit_are_the_first_five_and_where_to_look_for_more(world: World) -> None:
    for chat in range(1, 8):
        await world.request(chat=chat, numbers=(f"+1628421883{chat}",))
    assert "`/port find`" in str(await type_(world, "take Jones") + repr(last(world).blocks))
    assert len(values(last(world))) == 5


async def test_what_fits_no_request_is_told_with_what_to_do(world: World) -> None:
    told = await type_(world, "advance zebra crossing")
    assert "No request fits “zebra crossing”" in told
    assert "/port advance" in told


async def test_words_too_long_for_a_button_say_how_to_go_on(world: World) -> None:
    await world.request()
    assert "too long" in await type_(world, f"note Jones {'x' * LONGEST_VALUE}")


async def test_a_verb_for_one_request_refuses_a_second_one(world: World) -> None:
    one, other = await two(world, "staff_review")
    assert "one request at a time" in await type_(world, f"submit {one} {other}")
    assert await world.phase(one) == "staff_review"


@pytest.mark.parametrize("verb", ["complete", "advance", "cancel", "note"])
async def test_a_slip_in_a_second_reference_does_nothing_to_the_first(world: World, verb: str) -> None:
    one, other = await two(world, "scheduled")
    before = await world.sheet(one)
    slip = other[:-1] + ("2" if other[-1] != "2" else "3")
    assert "typing error" in await type_(world, f"{verb} {one} {slip}")
    assert (await world.sheet(one)).case == before.case


async def test_what_a_verb_cannot_take_is_not_left_out_without_a_word(world: World) -> None:
    one, _ = await two(world, "scheduled")
    assert "takes nothing more" in await type_(world, f"complete {one} at noon")
    assert "takes nothing more" in await type_(world, "take 628 421 8832 9999")
    assert await world.phase(one) == "scheduled"


async def test_a_pin_among_words_that_fit_nothing_is_not_said_back(world: World) -> None:
    assert CANARY_PIN not in await type_(world, f"reply Your PIN {CANARY_PIN} is wrong")


# what is missing


@pytest.mark.parametrize("verb", ["date", "reject", "note", "snooze", "assign", "ask", "edit", "reply"])
async def test_a_verb_typed_without_its_argument_opens_its_form(world: World, verb: str) -> None:
    ref = await world.request(phase="pending_date" if verb == "date" else "staff_review")
    form = await opened(world, f"{verb} {ref}")
    assert form.callback_id == f"form.{verb}"


async def test_several_requests_without_an_argument_say_what_is_missing(world: World) -> None:
    one, other = await two(world)
    told = await type_(world, f"date {one} {other}")
    assert "Something is missing" in told
    assert "—" not in told


@pytest.mark.parametrize("verb", [v.name for v in VERBS.values() if v.effect and v.needs and not v.several])
async def test_a_verb_without_anything_behind_it_shows_how_it_is_written(world: World, verb: str) -> None:
    told = await type_(world, verb)
    assert f"/port {VERBS[verb].example}" in told.replace("&lt;", "<").replace("&gt;", ">")


# several at once


async def test_several_are_looked_at_first_and_done_by_one_button(world: World) -> None:
    one, other = await two(world)
    third = await world.request(chat=3, numbers=("+14154218777",), phase="staff_review")
    told = await type_(world, f"advance {one}, {other} and {third} P-22222")
    assert told.count("Submitted → With the carrier") == 2
    assert told.index("Left out") < told.index(third)
    assert "There is no request P-22222" in told
    assert {await world.phase(ref) for ref in (one, other)} == {"submitted"}
    assert not [owed for owed in world.owed if owed.kind == "say"]
    told = await press(world, last(world), DO)
    assert "Done for 2 of 2" in told
    assert {await world.phase(ref) for ref in (one, other)} == {"carrier_review"}
    assert not values(last(world), DO)


async def test_several_confirmed_twice_are_done_once(world: World) -> None:
    one, other = await two(world)
    await type_(world, f"adv {one} {other}")
    preview = last(world)
    value = values(preview, DO)[0]
    await asyncio.gather(
        *(world.slack.press(MAYA, {"action_id": DO, "value": value}, message_ts=preview.ts) for _ in range(2))
    )
    await asyncio.sleep(0.2)
    assert {await world.phase(ref) for ref in (one, other)} == {"carrier_review"}
    for ref in (one, other):
        assert len([row for row in (await world.sheet(ref)).history if row.actor == f"staff:{MAYA}"]) == 1


async def test_one_that_changed_since_it_was_looked_at_is_left_alone(world: World) -> None:
    one, other = await two(world)
    await type_(world, f"advance {one} {other}")
    preview = last(world)
    await type_(world, f"advance {one}", BEN)
    told = await press(world, preview, DO)
    assert "Done for 1 of 2" in told
    assert f"{one} has changed since" in told
    assert await world.phase(one) == await world.phase(other) == "carrier_review"


async def test_several_of_which_none_can_be_done_have_no_button(world: World) -> None:
    one, other = await two(world, "staff_review")
    assert "It fits none of these" in await type_(world, f"complete {one} {other}")
    assert not values(last(world), DO)


async def test_several_get_the_same_argument(world: World) -> None:
    one, other = await two(world, "pending_date")
    assert "Date set" in await type_(world, f"date {one} {other} 11/25")
    await press(world, last(world), DO)
    assert {str((await world.sheet(ref)).case.numbers[0].port_date) for ref in (one, other)} == {"2026-11-25"}
    assert "will" in await type_(world, f"note {one} {other} called both") or values(last(world), DO)
    await press(world, last(world), DO)
    for ref in (one, other):
        assert [row.what for row in (await world.sheet(ref)).history].count("noted") == 1


async def test_several_are_named_by_references_numbers_and_four_digits_in_any_mix(world: World) -> None:
    one, other = await two(world)
    third = await world.request(chat=3, numbers=("+13124217001", "+13124217002"))
    mixes = (
        f"{one[2:].lower()} {other[2:].lower()} 312-421-7001",
        "628-421-8832 (312) 421-7002, 8899",
        f"8899 and {third} 8832",
    )
    for mix in mixes:
        told = await type_(world, f"take {mix}")
        assert "For 3 of these requests" in told
        assert told.count("It will be yours.") == 3


async def test_four_digits_name_a_request_with_several_numbers(world: World) -> None:
    other = await world.request()
    ref = await world.request(chat=3, numbers=("+13124217001", "+13124217002"))
    assert f"{ref} is yours now" in await type_(world, "take 7002")
    told = await type_(world, "assign 7001 8832 nobody")
    assert ref in told
    assert other in told
    assert "fits no request" not in told


async def test_a_number_behind_another_that_fits_no_request_is_not_taken_for_a_phase(world: World) -> None:
    one, _ = await two(world)
    assert "“312-421-7001” fits no request" in await type_(world, f"advance {one} 312-421-7001")
    assert await world.phase(one) == "submitted"


async def test_a_number_in_the_words_of_a_note_stays_there(world: World) -> None:
    one, other = await two(world)
    await type_(world, f"note {one} 415-421-8899 is her sister")
    assert [row.what for row in (await world.sheet(one)).history].count("noted") == 1
    assert [row.what for row in (await world.sheet(other)).history].count("noted") == 0


async def test_a_preview_of_several_says_what_will_be_and_what_each_customer_reads(world: World) -> None:
    one, other = await two(world, "pending_date")
    await type_(world, f"date {one} 11/25")
    told = await type_(world, f"date {one} {other} 12/1")
    assert "It will move on Tue 2026-12-01, no longer on Wed 2026-11-25." in told
    assert "Accepted, no date yet → Date set; it will move on Tue 2026-12-01; so far it has no day." in told
    assert told.count("Its customer reads") == 2
    done = await press(world, last(world), DO)
    assert f"{other} moves on Tue 2026-12-01" in done
    assert "no longer on Wed 2026-11-25" in done


async def test_a_preview_of_several_says_what_the_desk_settles_and_that_nobody_else_is_told(world: World) -> None:
    one, other = await two(world)
    await type_(world, f"take {one}")
    expected = {
        f"assign {one} {other} <@{BEN}|ben>": f"It will be with <@{BEN}>; so far <@{MAYA}> has it.",
        f"snooze {one} {other} 2026-12-01": "It will be out of the lists until Tue 2026-12-01 ",
        f"hold {one} {other} no bill yet": "It will be on hold: no bill yet.",
        f"note {one} {other} called both": "Your note will stand in its thread.",
    }
    for typed, will in expected.items():
        told = await type_(world, typed)
        assert will in told
        assert told.count("Its customer is told nothing.") == 2
    await type_(world, f"hold {one} {other} no bill yet")
    assert f"• {one} is on hold: no bill yet." in await press(world, last(world), DO)


async def test_a_preview_of_undo_does_not_promise_that_customers_are_told(world: World) -> None:
    def tell(state: State, moment: Moment) -> Changes:
        turn = Turn(state, moment, "clock")
        mark_told(turn)
        return turn.changes()

    one, other = await two(world)
    for ref in (one, other):
        await world.store.turn(OfRef(ref), f"told:{ref}", tell)
        await type_(world, f"advance {ref}")
    told = await type_(world, f"undo {one} {other}")
    assert told.count("“advance” will be taken back; then it is again: Submitted.") == 2
    assert told.count("Its customer is told nothing.") == 2


async def test_several_are_given_to_a_person_by_name(world: World) -> None:
    one, other = await two(world)
    told = await type_(world, f"assign {one} {other} <@{BEN}|ben>")
    assert f"*assign* <@{BEN}>" in told
    await press(world, last(world), DO)
    assert {(await world.sheet(ref)).case.request.assignee for ref in (one, other)} == {BEN}


async def test_what_could_do_harm_is_said_of_each_before_it_is_done(world: World) -> None:
    one, other = await two(world, "pending_date")
    await type_(world, f"date {one} 11/25")
    await type_(world, f"date {other} 11/25")
    told = await type_(world, f"done {one} {other}")
    assert told.count(":warning:") == 2
    assert "2026-11-25" in told
    assert await world.phase(one) == "scheduled"
    assert "Done for 2 of 2" in await press(world, last(world), DO)
    assert await world.phase(one) == await world.phase(other) == "ported"


async def test_no_pin_is_carried_by_a_button(world: World) -> None:
    one, other = await two(world)
    assert "belongs in no message" in await type_(world, f"ask {one} {other} name: her PIN is 842917")
    assert "belongs in no message" in await type_(world, "reply Jones your account number is 774411990")
    await type_(world, f"reject {one} {other} wrong pin: she gave PIN 842917")
    await type_(world, "note Jones her PIN is 842917")
    assert CANARY_PIN not in repr([call.answer for call in world.record if call.method == "response_url"])
    assert CANARY_PIN not in repr([post.blocks for post in world.slack.ephemerals(MAYA)])


async def test_more_requests_than_fit_are_refused(world: World) -> None:
    numbers = [(chat, (f"+1628421{8800 + chat}",)) for chat in range(1, MOST + 2)]
    refs = [await world.request(chat=chat, numbers=each, phase="submitted") for chat, each in numbers]
    assert f"At most {MOST}" in await type_(world, f"advance {' '.join(refs)}")
    assert f"{MOST}" in await type_(world, f"advance {' '.join(refs[:MOST])}")
    await press(world, last(world), DO)
    await until(lambda: f"Done for {MOST} of {MOST}" in world.said(MAYA))


async def test_a_result_that_slack_does_not_take_comes_as_a_message(world: World) -> None:
    one, other = await two(world)
    await type_(world, f"advance {one} {other}")
    world.faults.add(Fault("slack", "response_url", "502", times=2))
    await press(world, last(world), DO)
    assert {await world.phase(ref) for ref in (one, other)} == {"carrier_review"}
    assert (world.owed[-1].kind, world.owed[-1].key) == ("whisper", "several.lost")


async def test_a_slow_database_is_answered_with_patience(tmp_path: Path) -> None:
    async with open_world(tmp_path, slow=0.1) as world:
        one, other = await two(world)
        await type_(world, f"advance {one} {other}")
        async with asyncio.timeout(5):
            while not values(last(world), DO):  # noqa: ASYNC110 # no event tells of it
                await asyncio.sleep(0.01)
        preview = last(world)
        await press(world, preview, DO)
        assert "Working on them" in world.said(MAYA)
        await asyncio.sleep(0.3)
        assert "Done for 2 of 2" in repr([each.text for each in world.slack.ephemerals(MAYA)])


# picked in a form


async def test_a_verb_alone_offers_the_requests_that_it_fits_to_pick_from(world: World) -> None:
    one, other = await two(world)
    third = await world.request(chat=3, numbers=("+14154218777",), phase="staff_review")
    form = await opened(world, "advance")
    assert form.callback_id == PICK
    assert one in repr(form.blocks)
    assert third not in repr(form.blocks)
    await world.slack.submit(MAYA, form.id, {"refs": {"value": [one, other]}})
    [look] = world.slack.modals(MAYA)
    assert look.callback_id == SURE
    assert repr(look.blocks).count("With the carrier") == 2
    assert await world.phase(one) == "submitted"
    await world.slack.submit(MAYA, look.id)
    [end] = world.slack.modals(MAYA)
    assert "Done for 2 of 2" in repr(end.blocks)
    assert {await world.phase(ref) for ref in (one, other)} == {"carrier_review"}


async def parted(world: World, ref: str, phase: str) -> None:
    """Let the first number of a request be in another phase than the rest."""

    def part(state: State, moment: Moment) -> Changes:
        turn = Turn(state, moment, "clock")
        turn.set_number(replace(turn.the_case().numbers[0], phase=phase))
        return turn.changes()

    await world.store.turn(OfRef(ref), f"part:{ref}", part)


@pytest.mark.parametrize("verb", ["ask", "reject", "cancel", "advance"])
async def test_what_a_picker_offers_can_be_done_and_nothing_that_can_is_left_out(world: World, verb: str) -> None:
    phases = ("staff_review", "awaiting_documents", "submitted", "rejected", "pending_date")
    refs = [await world.request(chat=n, numbers=(f"+1415421880{n}",), phase=each) for n, each in enumerate(phases, 1)]
    mixed = await world.request(chat=7, numbers=("+14154218807", "+14154218808"), phase="submitted")
    await parted(world, mixed, "rejected")
    assert await world.phase(mixed) == "needs_attention"
    form = await opened(world, verb)
    on_offer = [ref for ref in (*refs, mixed) if ref in repr(form.blocks)]
    policy, now = world.policy, world.clock()
    fits = [ref for ref in (*refs, mixed) if verb in offered(await world.sheet(ref), policy)]
    assert on_offer == fits != []
    wish = Order(MAYA, verb, {"ask": "name", "reject": "wrong pin"}.get(verb, ""), Role.ADMIN)
    for ref in (*refs, mixed):
        trial = attempt(await world.sheet(ref), wish, now, world.store.new_id, policy)
        assert (trial.why is None) == (ref in on_offer), ref


async def test_numbers_in_different_phases_have_the_form_that_their_card_offers(world: World) -> None:
    mixed = await world.request(numbers=("+14154218807", "+14154218808"), phase="submitted")
    await parted(world, mixed, "rejected")
    await world.do(MAYA, "cancel", await world.show_card(mixed))
    await until(lambda: "One moment" not in repr(world.slack.modals(MAYA)[-1].blocks))
    [form] = world.slack.modals(MAYA)
    assert "does not fit" not in repr(form.blocks)
    assert form.callback_id


ARGUMENTS: dict[str, tuple[dict[str, Any], str, str]] = {
    "assign": ({"person": {"value": BEN}}, "assigned", f">{BEN}"),
    "snooze": ({"span": {"value": "3h"}}, "snoozed", ""),
    "hold": ({"words": {"value": "the bill is missing"}}, "held", ""),
    "note": ({"words": {"value": "Called both:\nthe lock is off."}}, "noted", ""),
    "ask": ({"answers": {"value": ["name"]}, "words": {"value": "the bill differs"}}, "ask", ""),
    "reject": ({"reason": {"value": ["NAME_MISMATCH"]}, "words": {"value": "8C"}}, "rejection", "NAME_MISMATCH"),
    "date": ({"day": {"value": "2026-12-01"}}, "date", ""),
    "cancel": ({}, "cancel", ""),
}


@pytest.mark.parametrize("verb", sorted(ARGUMENTS))
async def test_a_verb_alone_asks_for_the_requests_and_for_what_it_takes_beside_them(world: World, verb: str) -> None:
    entered, what, detail = ARGUMENTS[verb]
    refs = await two(world, {"date": "pending_date", "ask": "staff_review"}.get(verb, "submitted"))
    form = await opened(world, verb)
    assert form.callback_id == PICK
    assert "dispatch_action" not in repr(form.blocks)
    await world.slack.submit(MAYA, form.id, {"refs": {"value": [*refs]}, **entered})
    [look] = world.slack.modals(MAYA)
    assert look.callback_id == SURE
    assert not [row for ref in refs for row in await happened(world, ref, what)]
    await world.slack.submit(MAYA, look.id)
    [end] = world.slack.modals(MAYA)
    assert "Done for 2 of 2" in repr(end.blocks)
    for ref in refs:
        [row] = await happened(world, ref, what)
        assert detail in row.detail


async def happened(world: World, ref: str, what: str) -> list[History]:
    """Return the rows of a request's history of one kind."""
    return [row for row in (await world.sheet(ref)).history if row.what == what]


def test_every_verb_for_several_that_needs_something_has_inputs_for_it() -> None:
    assert {verb.name for verb in VERBS.values() if verb.several and verb.needs} <= modals._FOR_SEVERAL.keys()
    assert all(VERBS[verb].several for verb in modals._FOR_SEVERAL)


async def test_a_pin_among_the_words_of_a_picker_is_refused_at_them(world: World) -> None:
    refs = await two(world, "staff_review")
    form = await opened(world, "ask")
    entered: dict[str, dict[str, Any]] = {"refs": {"value": [*refs]}, "answers": {"value": ["name"]}}
    await world.slack.submit(MAYA, form.id, {**entered, "words": {"value": f"her PIN is {CANARY_PIN}"}})
    [still] = world.slack.modals(MAYA)
    assert "belongs in no message" in still.errors["words"]


async def test_the_longest_note_for_the_most_requests_fits(world: World) -> None:
    numbers = [(chat, (f"+1628421{8800 + chat}",)) for chat in range(1, MOST + 1)]
    refs = [await world.request(chat=chat, numbers=each, phase="submitted") for chat, each in numbers]
    form = await opened(world, "note")
    await world.slack.submit(MAYA, form.id, {"refs": {"value": refs}, "words": {"value": "x" * 1500}})
    [look] = world.slack.modals(MAYA)
    assert look.callback_id == SURE
    await world.slack.submit(MAYA, look.id)
    await until(lambda: f"Done for {MOST} of {MOST}" in repr(world.slack.modals(MAYA)[-1].blocks))


async def test_with_nothing_to_pick_from_the_form_says_so(world: World) -> None:
    await world.request()
    form = await opened(world, "complete")
    assert "no open request" in repr(form.blocks)
    assert not form.callback_id


async def test_what_cannot_be_done_has_nothing_to_submit(world: World) -> None:
    one, other = await two(world)
    form = await opened(world, "advance")
    await type_(world, f"hold {one} why", BEN)
    await type_(world, f"hold {other} why", BEN)
    await world.slack.submit(MAYA, form.id, {"refs": {"value": [one, other]}})
    [look] = world.slack.modals(MAYA)
    assert "on hold" in repr(look.blocks)
    assert not look.callback_id


async def test_a_slow_pick_is_shown_when_it_is_there(tmp_path: Path) -> None:
    async with open_world(tmp_path, slow=0.1) as world:
        one, other = await two(world)
        form = await opened(world, "advance")
        await world.slack.submit(MAYA, form.id, {"refs": {"value": [one, other]}})
        async with asyncio.timeout(5):
            while world.slack.modals(MAYA)[-1].callback_id != SURE:  # noqa: ASYNC110 # no event tells of it
                await asyncio.sleep(0.01)
        await world.slack.submit(MAYA, world.slack.modals(MAYA)[-1].id)
        async with asyncio.timeout(5):
            while "Done for 2" not in repr(world.slack.modals(MAYA)[-1].blocks):  # noqa: ASYNC110 # no event tells of it
                await asyncio.sleep(0.01)
        assert {await world.phase(ref) for ref in (one, other)} == {"carrier_review"}


# who may


async def viewer(world: World, user: str) -> None:
    """Leave somebody only the right to look."""
    grant = Grant(user, Role.VIEWER, MAYA, world.clock())
    await world.store.turn(OfRequest(0), f"grant:{user}", lambda _state, _moment: Changes(grants=(grant,)))


async def test_who_may_only_look_gets_no_further_by_any_button(tmp_path: Path) -> None:
    async with open_world(tmp_path, staff=MAYA) as world:
        await viewer(world, BEN)
        one, other = await two(world)
        assert "needs the role agent" in await type_(world, f"advance {one} {other}", BEN)
        await type_(world, f"advance {one} {other}")
        for action, value in ((DO, values(last(world), DO)[0]), (RUN, f"t advance {one}")):
            delivered = await _pressed(world, BEN, action, value)
            assert delivered.is_acked
            assert "needs the role agent" in world.said(BEN)
        assert {await world.phase(ref) for ref in (one, other)} == {"submitted"}


async def _pressed(world: World, user: str, action: str, value: str) -> Delivered:
    """Press a button that somebody else was shown, as a forged press would be."""
    whisper = last(world)
    blocks: list[dict[str, Any]] = [
        {"type": "actions", "block_id": "x", "elements": [{"type": "button", "action_id": action, "value": value}]}
    ]
    world.slack._workspace.whispers["forged"] = Post(
        "forged", whisper.channel, whisper.user, "x", blocks=tuple(blocks), ephemeral_to=user
    )
    delivered = await world.slack.press(user, {"action_id": action, "value": value}, message_ts="forged")
    await asyncio.sleep(0.1)
    return delivered


@pytest.mark.parametrize(
    "value", ["", "t", "t submit P-22222:1", "t advance P-22222:x", "t nonsense P-22222:1", "t show P-22222:1"]
)
async def test_a_button_that_carries_nothing_of_ours_is_told_to_be_old(world: World, value: str) -> None:
    await type_(world, "list")
    await _pressed(world, MAYA, DO, value)
    assert "older version" in world.said(MAYA)
