"""What a fresh user at the desk typed or pressed, and was not understood or told the wrong thing."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import aiohttp
import pytest
from starlette.applications import Starlette

from bot.handlers.web.opening import Opening
from bot.letters.model import LookedOver
from bot.slack.facts import _date
from bot.wording import sentences, slack_text
from domain.desk.attaching import masked
from domain.desk.roles import Grant, Role
from domain.desk.state import Changes, Moment, OfRequest, State
from domain.desk.verbs import VERBS
from domain.orders.phases import MOVES
from domain.orders.references import check_character
from domain.values import replace
from sandbox.serve import serve
from tests.bot.slackworld import BEN, CANARY_ACCOUNT, CANARY_PIN, MAYA, World, menu_of, open_world
from tests.bot.test_slack_desk import type_
from tests.bot.test_slack_doors import last, opened, press, two, viewer
from tests.bot.test_slack_home import opened as at_home
from tests.bot.test_slack_new import begun, submit

WORD = f"P-TWMB{check_character('TWMB')}"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


async def renamed(world: World, named: str, ref: str) -> None:
    """Give a request another reference, as nobody can by hand."""
    sheet = await world.sheet(named)

    def decide(state: State, _moment: Moment) -> Changes:
        assert state.case is not None
        return Changes(request=replace(state.case.request, ref=ref))

    await world.store.turn(OfRequest(sheet.case.request.id), f"renamed:{named}", decide)


# references


async def test_a_reference_of_letters_alone_is_one_where_there_is_such_a_request(world: World) -> None:
    ref = await world.request()
    other = await world.request(chat=2, numbers=("+14154218899",))
    await renamed(world, ref, WORD)
    bare = WORD[2:].lower()
    assert f"{WORD} is yours now" in await type_(world, f"take {bare}")
    assert WORD in await type_(world, bare)
    assert last(world).blocks
    assert "*For 2 of these requests" in await type_(world, f"hold {other[2:].lower()} {bare} why")
    assert "the carrier's order number is 5551" in await type_(world, f"submit {bare} no pin 5551")
    assert await world.phase(WORD) == "submitted"


async def test_such_a_word_that_is_no_request_is_a_word(world: World) -> None:
    ref = await world.request()
    assert "*For" not in await type_(world, f"note {ref} {WORD[2:]} is a name")
    assert f"{WORD[2:]} is a name" in [owed for owed in world.owed if owed.key == "thread.note"][-1].params["text"]
    assert "There is no" in await type_(world, WORD[2:].lower())


async def test_four_digits_that_fit_one_request_are_enough_but_for_what_ends_or_tells_it(world: World) -> None:
    ref, _ = await two(world)
    for words in ("cancel 8832", "complete 8832", "reply 8832 thank you"):
        assert "the one that you mean by “8832”" in await type_(world, words)
    assert f"{ref} is yours now" in await type_(world, "take 8832")


async def test_several_by_their_last_four_digits(world: World) -> None:
    one, other = await two(world)
    told = await type_(world, "assign 8832 8899 nobody")
    assert one in told
    assert other in told
    await world.request(chat=3, numbers=("+16283338899",))
    assert "“8899” fits no request, or several" in await type_(world, "assign 8832 8899 nobody")
    assert f"thread of {one}" in await type_(world, "note 8832 2003 was the year")


# a caller on the phone


async def test_a_number_that_another_request_has_is_said_with_that_request(world: World) -> None:
    ref = await world.request(phase="submitted")
    form = await submit(world, numbers="628 421 8832")
    assert form is not None
    assert f"already in {ref}" in form.errors["numbers"]


async def test_a_po_box_is_said_to_be_one(world: World) -> None:
    form = await submit(world, numbers="628 421 8832", carrier="Verizon Wireless", address="PO Box 4")
    assert form is not None
    assert "PO box" in form.errors["address"]


async def test_new_takes_a_request_however_it_is_named(world: World) -> None:
    ref = await begun(world, numbers="415-421-8832")
    for said in ("new it", "new 8832"):  # this desk's app knows no name, so there is no link
        assert f"{ref} got no new link" in await type_(world, said)


# a timeline


async def test_a_timeline_speaks_as_the_card_does_and_names_its_zone(world: World) -> None:
    ref = await world.request()
    for words in (f"assign {ref} me", f"submit {ref} 88123", f"undo {ref}", f"ask {ref} bill, name: blurred"):
        await type_(world, words)
    await type_(world, f"show {ref} timeline")
    shown = repr(last(world).blocks)
    assert "(times in America/" in shown
    assert f"Assigned · <@{MAYA}> · nobody → <@{MAYA}>" in shown
    assert f"Marked submitted · <@{MAYA}> · Desk review → Submitted" in shown
    assert f"Undo of · <@{MAYA}> · Marked submitted" in shown
    assert "Bill, Name on the bill" in shown


def test_everything_that_history_notes_has_words_in_a_timeline() -> None:
    written = "".join(path.read_text() for path in Path("domain/desk").glob("*.py"))
    noted = set(re.findall(r'turn\.note\(\s*"(\w+)"', written))
    steps = {move.verb for move in MOVES}
    assert not {what for what in noted | steps if f"timeline.what.{what}" not in sentences("en")} - _OF_NO_REQUEST


_OF_NO_REQUEST = {  # of companies, carriers, people and our own numbers
    *("founded", "invited", "joined", "left", "revoked", "carrier_corrected", "carrier_withdrawn", "exported"),
    *("inventory_freed", "inventory_import", "inventory_loaded", "staff_role", "preferred", "unknown_rule"),
}


# what a card says


async def test_the_next_step_says_where_it_leads(world: World) -> None:
    ref = await world.request(phase="submitted")
    await type_(world, f"show {ref}")
    assert "'Next step: With the carrier'" in repr(last(world).blocks)


async def test_the_form_of_a_date_is_refused_where_there_can_be_none(world: World) -> None:
    ref = await world.request(phase="carrier_review")
    await opened(world, f"date {ref}")
    async with asyncio.timeout(5):
        while "datepicker" in repr(world.slack.modals(MAYA)[-1].blocks):  # noqa: ASYNC110 # no event tells of it
            await asyncio.sleep(0.01)
    assert "With the carrier" in repr(world.slack.modals(MAYA)[-1].blocks)


async def test_an_answer_is_named_as_the_card_names_it(world: World) -> None:
    ref = await world.request()
    assert "Calls ring at is now" in await type_(world, f"edit {ref} rings: 628 421 8877")
    assert "Calls ring at is now" in await type_(world, f"edit {ref} calls ring at: 628 421 8878")
    assert "Name on the bill is now" in await type_(world, f"edit {ref} Name on: Maria Garcia")
    assert "only the customer can give this (Transfer PIN)" in await type_(world, f"edit {ref} pin: x")
    assert "asked again for bill, name" in await type_(world, f"ask {ref} bill, name on the bill: blurred")


async def test_ticks_typed_without_any_open_their_form(world: World) -> None:
    ref = await world.request()
    assert (await opened(world, f"eligible {ref}")).callback_id == "form.eligible"


# who may only look


async def test_a_viewer_is_offered_nothing_that_they_may_not_do(tmp_path: Path) -> None:
    async with open_world(tmp_path, staff=MAYA) as world:
        await viewer(world, BEN)
        ref = await world.request()
        await type_(world, f"show {ref}", BEN)
        shown = repr(last(world, BEN).blocks)
        assert "verb." not in shown
        assert [each.split()[0] for each in menu_of(last(world, BEN).blocks)] == ["timeline"]
        await world.slack.open_home(BEN)
        async with asyncio.timeout(5):
            while world.slack.home(BEN) is None:  # noqa: ASYNC110 # no event tells of it
                await asyncio.sleep(0.01)
        home = repr(world.slack.home(BEN))
        assert "you need the role agent" in home
        assert "home.new" not in home
        assert "`/port staff add`" in await type_(world, f"take {ref}", BEN)


async def test_an_agent_who_may_not_cancel_what_has_a_date_is_told_that_the_date_is_why(tmp_path: Path) -> None:
    async with open_world(tmp_path, staff=MAYA) as world:
        grant = Grant(BEN, Role.AGENT, MAYA, world.clock())
        await world.store.turn(OfRequest(0), "grant", lambda _state, _moment: Changes(grants=(grant,)))
        ref = await world.request(phase="pending_date")
        await type_(world, f"date {ref} 12/1")
        assert "A date is set, so cancelling it needs the role admin" in await type_(world, f"cancel {ref}", BEN)


# help


async def test_help_names_the_short_forms_and_what_is_no_verb(world: World) -> None:
    await type_(world, "help")
    assert "(shorter: a, adv, next)" in repr(last(world).blocks)
    parts = [block["text"]["text"] for block in last(world).blocks if block["type"] == "section"]
    said = {verb for verb in VERBS if any(slack_text(f"staff.help.{verb}", {}) in part for part in parts)}
    assert said == set(VERBS)  # no line is cut in two
    told = await type_(world, "help frobnicate")
    assert "There is no “frobnicate”" in told
    assert "Did you mean `date`" in await type_(world, "help dat")
    assert "Did you mean `list`" in await type_(world, "help lst")


async def test_a_reason_that_cannot_be_noted_says_what_to_do_instead(world: World) -> None:
    ref = await world.request(phase="submitted")
    said = await type_(world, f"reject {ref} zzz flibber")
    assert f"`/port reject {ref} wrong pin, name: 8C`" in said
    assert "more in the form" in said


# lists and figures


async def test_the_digest_is_the_desks_and_ones_own(world: World) -> None:
    await world.request()
    told = await type_(world, "digest")
    assert "Waiting for the desk: 1" in told
    assert "Your open requests (0)" in told


async def test_what_was_undone_is_in_nobodys_figures(world: World) -> None:
    ref = await world.request()
    await type_(world, f"submit {ref} 88123")
    assert "submit 1" in await type_(world, "stats")
    await type_(world, f"undo {ref}", BEN)
    if "undo" in repr(last(world, BEN).blocks):
        await press(world, last(world, BEN), "risk.sure", user=BEN)
    assert "submit 1" not in await type_(world, "stats")


async def test_undo_and_take_alone_offer_what_they_can_be_done_to(world: World) -> None:
    one, other = await two(world)
    await type_(world, f"take {one}")
    shown = repr((await opened(world, "take")).blocks)
    assert other in shown
    assert one not in shown


async def test_undo_alone_offers_what_can_be_taken_back(world: World) -> None:
    one, other = await two(world)
    await type_(world, f"advance {one}")
    shown = repr((await opened(world, "undo")).blocks)
    assert one in shown
    assert other not in shown


async def test_a_row_at_home_says_that_it_is_on_hold(world: World) -> None:
    ref = await world.request()
    await type_(world, f"hold {ref} why")
    assert "on hold" in repr((await at_home(world)).blocks)


async def test_a_link_to_a_request_is_not_masked_in_a_message_that_is_attached() -> None:
    link = "http://127.0.0.1:8080/r/P-7KQ2M"
    assert masked(f"look at {link} please, PIN 482913") == f"look at {link} please, PIN ••••••"


async def test_an_early_move_shows_its_day_without_a_window(world: World) -> None:
    ref = await world.request()
    sheet = await world.sheet(ref)
    number = replace(sheet.case.numbers[0], port_date=date(2026, 11, 23))
    assert "to" not in _date((number,), world.policy)
    start = datetime(2026, 11, 23, 16, tzinfo=UTC)
    shown = slack_text("staff.card.fact", {"value": _date((replace(number, window_start=start),), world.policy)})
    assert shown.endswith("Mon 2026-11-23, 08:00 to 08:30 Pacific time")


# the page behind a one-time link


async def _unseen(_content: bytes) -> LookedOver:
    raise AssertionError("no paper is opened here")


async def test_the_page_shows_the_pin_first_and_answers_as_people_read_them(world: World) -> None:
    ref = await world.request(facts={"billing": ("same",)})
    opening = Opening(world.store, world.clock, "https://desk.example.com", _unseen)
    case = (await world.sheet(ref)).case
    link = opening.link(case.request.id, MAYA).partition("/desk/")[2]
    async with serve(Starlette(routes=opening.routes())) as url, aiohttp.ClientSession() as session:
        page = await (await session.post(f"{url}/desk/{link}")).text()
    shown = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page)
    assert shown[:2] == [("Transfer PIN", CANARY_PIN), ("Account number", CANARY_ACCOUNT)]
    assert ("Name on the bill", "Maria Jones") in shown
    assert ("Whose account", "the account is theirs") in shown
    assert ("Billing address", "the same as the service address") in shown
    assert ("Calls ring at", "(628) 421-8899") in shown
