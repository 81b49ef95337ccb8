"""The app's Home at work: sections, pages, a request whole with its buttons, search, preferences, one's own digest."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.slack.cards import MENU
from bot.slack.digests import Digests
from bot.slack.places import Homes, Place, read_place
from domain.desk.home import Glance, Seen
from domain.desk.keeping import Settled, due_event
from domain.desk.passing import want_person
from domain.desk.preferring import RULE, next_of
from domain.desk.roles import Member
from domain.desk.state import Changes, Due, Moment, OfRef, OfRequest, State
from domain.desk.turn import DEFAULT, Turn
from domain.errors import Refused
from domain.promises.notices import STALE_AFTER
from sandbox.faults import Fault
from sandbox.slack.people import User
from sandbox.slack.views import View
from tests.bot.slackworld import BEN, MAYA, World, menu_of, open_world
from tests.bot.test_slack_desk import type_


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


async def renewed(world: World, user: str, before: int) -> View:
    """Wait until the Home was shown anew: what is pressed there is acknowledged before it is looked at."""
    async with asyncio.timeout(30):
        while len(world.record.of("slack", "views.publish")) == before:  # noqa: ASYNC110 # told of by the record only
            await asyncio.sleep(0.01)
    shown = world.slack.home(user)
    assert shown is not None
    return shown


async def opened(world: World, user: str = MAYA) -> View:
    before = len(world.record.of("slack", "views.publish"))
    await world.slack.open_home(user)
    return await renewed(world, user, before)


async def pressed(world: World, action: str, value: str | None = None, user: str = MAYA) -> View:
    home = world.slack.home(user)
    assert home is not None
    before = len(world.record.of("slack", "views.publish"))
    await world.slack.press(user, action, view_id=home.id, value=value)
    return await renewed(world, user, before)


def shown(view: View) -> str:
    return repr(view.blocks)


async def several(world: World, count: int) -> list[str]:
    refs = []
    for chat in range(1, count + 1):
        refs.append(await world.request(chat=chat, numbers=(f"+1628421{8800 + chat}",)))
        world.clock.forward(minutes=1)
    return refs


# sections


async def test_the_first_section_that_has_anything_is_open_longest_unchanged_first(world: World) -> None:
    refs = await several(world, 3)
    home = shown(await opened(world))
    assert "Nobody's: 3" in home
    assert "For us: 3" in home
    assert "At carriers: 0" in home
    assert 0 < home.index(refs[0]) < home.index(refs[1]) < home.index(refs[2])


async def test_mine_is_what_moves_first(world: World) -> None:
    refs = await several(world, 3)
    for ref in refs:
        await world.slack.command(MAYA, f"take {ref}")
    for ref, day in ((refs[1], "12/04"), (refs[2], "11/25")):
        await world.slack.command(MAYA, f"submit {ref} 88123")
        for _ in range(2):
            await world.slack.command(MAYA, f"advance {ref}")
        await world.slack.command(MAYA, f"date {ref} {day}")
    home = shown(await opened(world))
    assert "Mine: 3" in home
    assert home.index(refs[2]) < home.index(refs[1]) < home.index(refs[0])
    assert "Next 7 days: 1" in home
    theirs = shown(await opened(world, BEN))
    assert "Mine: 0" in theirs


async def test_mine_ends_with_drafts_and_its_lines_say_whose_they_are(world: World) -> None:
    draft = await world.request(phase="intake", facts={"name": ("business", "Acme <Inc>")})
    other = await world.request(chat=2, numbers=("+16284218855",))
    for ref in (draft, other):
        await world.slack.command(MAYA, f"take {ref}")
    home = shown(await opened(world))
    assert 0 < home.index(f"{other}* · Maria Jones") < home.index(f"{draft}* · Acme &lt;Inc&gt;")


async def test_a_draft_whose_customer_wants_a_person_is_marked_in_every_list(world: World) -> None:
    ref = await world.request(phase="intake", facts={"flags": ("wants_person",)})
    await world.slack.command(MAYA, f"take {ref}")
    assert f"{ref}* :rotating_light: *urgent* · Maria Jones" in shown(await opened(world))
    for words in ("list mine", "find Jones"):
        assert f"{ref}* :rotating_light: *urgent* · Maria Jones" in await type_(world, words)


async def test_a_section_is_opened_by_its_button_and_leafed_through(world: World) -> None:
    refs = await several(world, 12)
    await opened(world)
    first = shown(await pressed(world, "section.desk"))
    assert refs[0] in first
    assert refs[11] not in first
    assert "home.back" not in first
    second = shown(await pressed(world, "home.next"))
    assert refs[11] in second
    assert refs[0] not in second
    assert "home.next" not in second
    assert refs[0] in shown(await pressed(world, "home.back"))
    assert "Nothing here" in shown(await pressed(world, "section.carrier"))


async def test_every_section_counts_what_belongs_to_it(world: World) -> None:
    waiting = await world.request()
    draft = await world.request(chat=2, phase="intake", numbers=("+16284218810",))
    await world.store.turn(OfRef(draft), "x:1", _want_person)
    rejected = await world.request(chat=3, numbers=("+16284218811",))
    await world.slack.command(MAYA, f"submit {rejected} 88123")
    seen = await glance(world, "mine")
    assert seen.counts == {
        "mine": 0, "unassigned": 2, "desk": 1, "customer": 0, "carrier": 1,
        "today": 0, "week": 0, "stale": 0, "unanswered": 1, "undelivered": 0, "urgent": 1,
    }  # fmt: skip
    assert [line.ref for line in (await glance(world, "urgent")).lines] == [draft]
    await world.slack.command(MAYA, f"snooze {waiting} 12/01")
    assert (await glance(world, "desk")).counts["desk"] == 0
    world.clock.forward(days=4)
    assert [line.ref for line in (await glance(world, "stale")).lines] == [rejected]


async def glance(world: World, section: str, user: str = MAYA) -> Seen:
    now = world.clock()
    return await world.store.board.home(Glance(user, now.date(), now - STALE_AFTER, section))


def _want_person(state: State, moment: Moment) -> Changes:
    turn = Turn(state, moment, "customer", DEFAULT)
    want_person(turn)
    return turn.changes()


async def test_who_was_answered_is_unanswered_no_more(world: World) -> None:
    ref = await world.request()
    await world.customer("text", "when will it move? please call me back")
    assert (await glance(world, "unanswered")).counts["unanswered"] == 1
    await world.slack.command(MAYA, f"reply {ref} Tomorrow morning.")
    assert (await glance(world, "unanswered")).counts["unanswered"] == 0


async def test_a_message_that_cannot_be_delivered_is_under_undelivered(world: World) -> None:
    ref = await world.request()
    await world.slack.command(MAYA, f"reply {ref} Hello there.")
    [said] = [owed for owed in world.owed if owed.kind == "say"]
    world.store.settle(Settled(said.id, "dead", world.clock(), reason="blocked"))
    await world.store.ping()
    async with asyncio.timeout(30):
        while not (await glance(world, "undelivered")).counts["undelivered"]:  # noqa: ASYNC110 # written within 250 ms
            await asyncio.sleep(0.05)
    assert [line.ref for line in (await glance(world, "undelivered")).lines] == [ref]


# one request


async def test_show_puts_the_card_with_its_buttons_into_the_home_and_back_leads_to_the_list(world: World) -> None:
    ref = await world.request()
    await opened(world)
    card = shown(await pressed(world, "home.show", ref))
    assert "742 Market St" in card
    assert "verb.submit" in card
    assert "page.link" not in card
    lists = shown(await pressed(world, "home.close"))
    assert "742 Market St" not in lists
    assert ref in lists


async def test_what_is_done_from_the_home_is_answered_and_seen_there_at_once(world: World) -> None:
    ref = await world.request()
    await opened(world)
    await pressed(world, "home.show", ref)
    done = shown(await pressed(world, "verb.take"))
    assert "is yours" in done or "You have" in done
    assert (await world.sheet(ref)).case.request.assignee == MAYA
    assert "Mine: 1" in shown(await pressed(world, "home.close"))
    assert not world.slack.ephemerals(MAYA)


async def test_a_timeline_asked_for_in_the_home_stands_above_it(world: World) -> None:
    ref = await world.request()
    await opened(world)
    card = await pressed(world, "home.show", ref)
    [timeline] = [option for option in menu_of(card.blocks) if option.startswith("timeline ")]
    home = shown(await pressed(world, MENU, timeline))
    assert "Timeline of" in home
    assert "Maria Jones" in home


async def test_a_refusal_stands_above_the_home(world: World) -> None:
    ref = await world.request()
    await opened(world)
    await pressed(world, "home.show", ref)
    await world.slack.command(BEN, f"take {ref}")
    home = shown(await pressed(world, "verb.take"))
    assert f"<@{BEN}>" in home or "took" in home


async def test_a_form_opened_from_the_home_renews_it_when_it_is_handed_in(world: World) -> None:
    ref = await world.request()
    await opened(world)
    await pressed(world, "home.show", ref)
    home = world.slack.home(MAYA)
    assert home is not None
    before = len(world.record.of("slack", "views.publish"))
    [hold] = [option for option in menu_of(home.blocks) if option.startswith("hold ")]
    await world.slack.press(MAYA, MENU, view_id=home.id, value=hold)
    await renewed(world, MAYA, before)
    [form] = world.slack.modals(MAYA)
    before = len(world.record.of("slack", "views.publish"))
    await world.slack.submit(MAYA, form.id, {"words": {"value": "waits for the bank"}})
    assert "waits for the bank" in shown(await renewed(world, MAYA, before))


async def test_a_command_typed_elsewhere_leaves_the_home_as_it_is(world: World) -> None:
    ref = await world.request()
    await opened(world)
    assert world.desk.homes.of(MAYA) is not None
    await world.slack.command(MAYA, f"take {ref}")
    assert world.desk.homes.of(MAYA) is None


async def test_a_request_that_is_gone_meanwhile_is_shown_as_the_list(world: World) -> None:
    await world.request()
    home = await opened(world)
    button = {"type": "button", "action_id": "home.show", "value": "P-22222"}
    home.blocks.append({"type": "actions", "block_id": "x", "elements": [button]})
    before = len(world.record.of("slack", "views.publish"))
    await world.slack.press(MAYA, button, view_id=home.id)
    assert "Nobody's: 1" in shown(await renewed(world, MAYA, before))


# search


async def test_the_search_box_finds_by_the_last_four_digits_and_says_when_there_is_nothing(world: World) -> None:
    refs = await several(world, 3)
    await opened(world)
    found = shown(await pressed(world, "home.search", "8802"))
    assert refs[1] in found
    assert refs[0] not in found
    assert "Nothing was found" in shown(await pressed(world, "home.search", "<!channel> 0000"))
    assert "<!channel>" not in shown(world.slack.home(MAYA) or await opened(world)).replace("initial_value': '<!", "")
    assert refs[0] in shown(await pressed(world, "section.desk"))


async def test_an_empty_desk_teaches(world: World) -> None:
    home = shown(await opened(world))
    assert "Nothing waits for the desk" in home
    assert "New port request" in home


async def test_a_new_request_begins_at_the_home_and_by_the_shortcut(world: World) -> None:
    await opened(world)
    await pressed(world, "home.new")
    [form] = world.slack.modals(MAYA)
    assert form.callback_id
    await world.slack.close(MAYA, form.id)
    await world.slack.shortcut(MAYA, "new_request")
    [again] = world.slack.modals(MAYA)
    assert again.callback_id == form.callback_id


async def test_refresh_shows_what_is_new(world: World) -> None:
    await opened(world)
    ref = await world.request()
    assert ref in shown(await pressed(world, "home.refresh"))


# trouble


async def test_a_home_that_slack_does_not_take_is_left_as_it_is(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.faults.add(Fault("slack", "views.publish", "502"))
    await world.slack.open_home(MAYA)
    async with asyncio.timeout(30):
        while "home_not_published" not in caplog.text:  # noqa: ASYNC110 # told of by the log only
            await asyncio.sleep(0.01)
    assert world.slack.home(MAYA) is None


async def test_a_database_that_does_not_answer_is_told_in_the_home(world: World) -> None:
    await world.request()
    await opened(world)
    await world.break_database()
    assert "went wrong" in shown(await pressed(world, "home.refresh"))


async def test_somebody_who_is_of_the_staff_no_more_sees_nothing_of_it(world: World) -> None:
    ref = await world.request()
    await opened(world)
    world.slack.users[MAYA].deleted = True
    world.desk.authority._known.clear()
    home = shown(await pressed(world, "home.refresh"))
    assert "porting desk's staff" in home
    assert ref not in home


def test_an_odd_place_is_the_beginning() -> None:
    for odd in ("", "[]", "nothing", '{"section": "everything", "offset": -3}'):
        assert read_place({"private_metadata": odd}) == Place()
    there = Place("desk", 10, "P-22222", "Jones")
    assert read_place({"private_metadata": there.written()}) == there


def test_only_so_many_are_remembered() -> None:
    homes = Homes()
    for number in range(600):
        homes.enter(f"U{number}", Place())
    assert homes.of("U0") is None
    assert homes.of("U599") == Place()


# preferences


async def test_preferences_open_at_once_and_are_kept_with_a_digest_that_is_due(world: World) -> None:
    await choose(world, {"digest": {"value": ["digest"]}, **clock("07:30", "America/Denver")})
    member = await world.store.board.member(MAYA)
    assert (member.digest_dm, member.digest_at, member.zone) == (True, "07:30", "America/Denver")
    due = await world.store.next_due()
    assert due == datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
    await choose(world, {"digest": {"value": []}})
    assert not (await world.store.board.member(MAYA)).digest_dm
    assert await world.store.next_due() is None


def clock(at: str, zone: str) -> dict[str, dict[str, object]]:
    return {"at": {"value": at}, "zone": {"value": zone}}


async def choose(world: World, values: dict[str, dict[str, object]]) -> None:
    """Open the preferences from the Home, wait until they are filled in, and hand them in."""
    home = await opened(world)
    before = len(world.record.of("slack", "views.update"))
    await world.slack.press(MAYA, "home.preferences", view_id=home.id)
    async with asyncio.timeout(30):
        while len(world.record.of("slack", "views.update")) == before:  # noqa: ASYNC110 # told of by the record only
            await asyncio.sleep(0.01)
    [form] = world.slack.modals(MAYA)
    await world.slack.submit(MAYA, form.id, values)
    assert not world.slack.modals(MAYA)


async def test_a_viewer_has_preferences_too(world: World) -> None:
    world.slack.users["U0VERA"] = User("U0VERA", "Vera", "T0SANDBOX")
    await world.slack.command(MAYA, "staff add <@U0VERA|vera> viewer")
    await opened(world, "U0VERA")
    home = world.slack.home("U0VERA")
    assert home is not None
    await world.slack.press("U0VERA", "home.preferences", view_id=home.id)
    async with asyncio.timeout(30):
        while not world.record.of("slack", "views.update"):  # noqa: ASYNC110 # told of by the record only
            await asyncio.sleep(0.01)
    [form] = world.slack.modals("U0VERA")
    await world.slack.submit("U0VERA", form.id, {"digest": {"value": ["digest"]}})
    assert (await world.store.board.member("U0VERA")).digest_dm


async def fire(world: World, user: str) -> None:
    """Let somebody's digest fire as the clockwork does, when it is due."""
    [due] = [each for each in await world.store.due(world.clock(), 10) if each.rule == f"{RULE}:{user}"]
    decide = await Digests(world.desk).decision(due)
    await world.store.turn(OfRequest(0), due_event(due), decide)


async def test_a_digest_comes_once_a_working_day_as_a_direct_message(world: World) -> None:
    ref = await world.request()
    await world.slack.command(MAYA, f"take {ref}")
    await choose(world, {"digest": {"value": ["digest"]}, "at": {"value": "08:00"}})
    world.clock.at = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
    await fire(world, MAYA)
    [owed] = [each for each in world.owed if each.key == "digest_own"]
    await world.send(owed)
    [post] = world.slack.posts("D0STAFF1")
    assert ref in post.text
    assert "Your open requests (1)" in post.text
    assert owed.address == MAYA
    world.clock.at = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)
    await fire(world, MAYA)
    assert len([each for each in world.owed if each.key == "digest_own"]) == 2


async def test_who_is_of_the_staff_no_more_gets_no_digest(world: World) -> None:
    await choose(world, {"digest": {"value": ["digest"]}, "at": {"value": "08:00"}})
    world.slack.users[MAYA].deleted = True
    world.desk.authority._known.clear()
    world.clock.at = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
    await fire(world, MAYA)
    assert not [each for each in world.owed if each.key == "digest_own"]


async def test_who_wants_none_any_more_gets_none(world: World) -> None:
    due = Due(1, f"{RULE}:{MAYA}", 0, 1, world.clock())
    decide = await Digests(world.desk).decision(due)
    outcome = await world.store.turn(OfRequest(0), due_event(due), decide)
    assert outcome.changes is not None
    assert not outcome.changes.owed
    assert not outcome.changes.due


def test_a_digest_waits_for_the_next_working_day_by_its_owners_clock() -> None:
    friday = datetime(2026, 11, 27, 20, 0, tzinfo=UTC)
    late = Member(MAYA, digest_dm=True, digest_at="06:00", zone="Europe/London")
    assert next_of(late, friday, DEFAULT) == datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
    assert next_of(Member(MAYA), friday, DEFAULT).astimezone(DEFAULT.desk_zone).time() == time(8, 45)


@pytest.mark.parametrize(("at", "zone"), [("25:99", "UTC"), ("08:00", "Mars/Olympus"), ("08:00", "../etc/passwd")])
def test_an_odd_time_or_zone_is_refused(at: str, zone: str) -> None:
    with pytest.raises(Refused):
        next_of(Member(MAYA, digest_at=at, zone=zone), datetime(2026, 11, 27, tzinfo=UTC), DEFAULT)
