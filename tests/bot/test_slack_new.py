"""A new request for a caller on the phone: typed, read like the customer's own words, and taken over in their chat."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.models.blocks import Block

from bot.handlers.staff.new import new
from bot.slack.heard import Heard as Typed
from bot.slack.inputs import INPUT
from bot.telegram.inviting import invited_by, link_into, link_to, phoned_to
from bot.wording import slack_text, telegram_text
from domain.desk import clock, risks, staff
from domain.desk.customer import hear
from domain.desk.heard import Heard
from domain.desk.keeping import due_event
from domain.desk.phoning import FIRST, LINKS, NEW_LINK, link_of
from domain.desk.roles import Role
from domain.desk.state import OfChat, OfRef, OfRequest, Owed, Told
from domain.errors import NotFound, Refused
from sandbox.slack.views import View
from tests.bot.slackworld import MAYA, OTTO, World, open_world
from tests.bot.test_slack_desk import type_
from tests.waiting import until

CALLER = 7001
LINK_BUTTON = NEW_LINK[0][0].code
SAID = {
    "numbers": "415-421-8832",
    "carrier": "Verizon Wireless",
    "working": "yes",
    "authority": "holder",
    "name": "Maria Jones",
    "address": "742 Market St, San Francisco, CA 94103",
    "destination": "415 200 0100",
    "title": "Front desk",
    "note": "Calls back at four, PIN 842917",
}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


async def submit(world: World, user: str = MAYA, **said: str) -> View | None:
    """Open the form, fill it in and hand it in; return what stands in its place."""
    await world.slack.shortcut(user, "new_request")
    [form] = world.slack.modals(user)
    entered: dict[str, dict[str, Any]] = {block: {INPUT: text} for block, text in said.items()}
    await world.slack.submit(user, form.id, entered)
    return next(iter(world.slack.modals(user)), None)


async def begun(world: World, **said: str) -> str:
    """Begin a request on the phone, and return its reference."""
    await submit(world, **said)
    await world.desk.finish(10)  # the very first reading of an address can take longer than Slack waits
    card = next(owed for owed in reversed(world.owed) if owed.kind == "card")
    sheet = await world.store.board.sheet(request_id=int(card.address))
    assert sheet is not None
    return sheet.case.request.ref


async def open_link(world: World, ref: str, chat: int = CALLER, count: int = FIRST) -> list[Owed]:
    """Open a request's link in a chat, let the clock do what comes of it, and return what the chat is told."""
    request = (await world.sheet(ref)).case.request.id
    event = f"tg:link:{next(world.events)}"
    decide = partial(hear, heard=Heard(chat, event, "phoned", code=f"{request}.{count}"), policy=world.policy)
    before = len(world.owed)
    await world.store.turn(OfChat(chat), event, decide)
    await come_due(world)
    return [owed for owed in world.owed[before:] if owed.kind == "say"]


async def come_due(world: World) -> None:
    """Let the clock do what is due by now, and what comes of it."""
    for _ in range(2):
        for due in await world.store.due(world.clock(), 10):
            fire = partial(clock.fire, due=due, policy=world.policy)
            await world.store.turn(OfRequest(due.subject), due_event(due), fire)


async def link(request_id: int, count: int) -> str:
    """Return a link as Telegram's sender would, to be read by people."""
    return f"https://t.me/port_bot?start=a_b-{request_id}-{count}"


async def renewed(world: World, ref: str) -> str:
    """Type `/port new` and a reference, and return what is shown."""
    seen, heard = Seen(), Typed(MAYA, "T", f"e{next(world.events)}", "t", "/port", f"new {ref}", role=Role.AGENT)
    await new(replace(world.desk, chat_link=link), heard, seen, ref)
    return seen.shown[0]


async def test_what_a_caller_says_becomes_a_request_with_a_card_that_is_the_askers(world: World) -> None:
    ref = await begun(world, **SAID)
    sheet = await world.sheet(ref)
    case = sheet.case
    assert case.phase == "intake"
    assert case.request.assignee == MAYA
    assert case.request.chat_id < 0
    assert case.request.title == "Front desk"
    assert {"numbers", "carrier", "working", "authority", "name", "address", "destination"} <= case.answers.keys()
    assert case.answers["name"].value == ("person", "Maria", "Jones")
    assert not [owed for owed in world.owed if owed.kind == "say"]
    ts = await world.show_card(ref)
    [card] = [post for post in world.slack.posts() if post.ts == ts]
    assert "Begun on the phone" in repr(card.blocks)
    assert "has blocked the bot" not in repr(card.blocks)


async def test_a_note_beside_it_is_kept_masked(world: World) -> None:
    await begun(world, **SAID)
    [note] = [owed for owed in world.owed if owed.key == "thread.note"]
    assert "Calls back at four" in note.params["text"]
    assert "842917" not in note.params["text"]


@pytest.mark.parametrize("left", ["555", "555-1234"])
async def test_digits_that_belong_to_no_number_are_not_dropped_without_a_word(world: World, left: str) -> None:
    form = await submit(world, numbers=f"(212) 421-9090, {left}")
    assert form is not None
    assert left in form.errors["numbers"]
    assert not await world.store.board.lines(status="intake", limit=2, offset=0)


async def test_only_the_numbers_are_needed(world: World) -> None:
    ref = await begun(world, numbers="415-421-8832, 415-421-8833")
    assert len((await world.sheet(ref)).case.numbers) == 2


async def test_what_cannot_be_read_is_said_at_its_own_field_and_nothing_is_begun(world: World) -> None:
    form = await submit(world, numbers="12", address="PO Box 9, Springfield, IL 62701", name="my PIN is 4821")
    assert form is not None
    assert set(form.errors) >= {"numbers"}
    assert not world.owed
    await world.slack.submit(MAYA, form.id, {"numbers": {INPUT: "415-421-8832"}})
    [form] = world.slack.modals(MAYA)
    assert set(form.errors) == {"address", "name"}
    assert "doesn't belong here" in form.errors["name"]
    assert not world.owed


async def test_typing_new_opens_the_form_too(world: World) -> None:
    await world.slack.command(MAYA, "new")
    [form] = world.slack.modals(MAYA)
    assert form.title == "New port request"


async def test_somebody_who_is_no_staff_opens_nothing(world: World) -> None:
    await world.slack.shortcut(OTTO, "new_request")
    assert not world.slack.modals(OTTO)


@dataclass
class Seen:
    """A way back to a person that keeps what it was given."""

    shown: list[str] = field(default_factory=list)

    async def take(self) -> None:
        """Take it as acknowledged."""

    async def tell(self, told: Told) -> bool:
        self.shown.append(told.key)
        return True

    async def show(self, text: str, blocks: Sequence[Block]) -> bool:
        self.shown.append(repr([block.to_dict() for block in blocks]) + text)
        return True


async def test_a_form_that_comes_twice_begins_once_and_is_closed(world: World) -> None:
    await world.slack.shortcut(MAYA, "new_request")
    [form] = world.slack.modals(MAYA)
    entered: dict[str, dict[str, Any]] = {block: {INPUT: text} for block, text in SAID.items()}
    first = await world.slack.submit(MAYA, form.id, entered)
    await world.desk.finish(10)  # the very first reading of an address can take longer than Slack waits
    again = await world.tell("view", {**first.payload, "is_again": True})  # or its signature is the same
    assert again.body == {"response_action": "clear"}
    await until(lambda: [owed.key for owed in world.owed if owed.kind == "whisper"][-1:] == ["phone.again"])
    assert len([owed for owed in world.owed if owed.kind == "card"]) == 1


async def test_a_new_link_is_made_as_long_as_no_chat_has_the_request(world: World) -> None:
    ref = await begun(world, numbers="415-421-8832")
    assert "Telegram does not tell" in repr(world.slack.modals(MAYA)[0].blocks)  # this desk's app knows no name
    shown = await renewed(world, ref)
    request = (await world.sheet(ref)).case.request.id
    assert f"`https://t.me/port_bot?start=a_b-{request}-2`" in shown
    assert "72 hours" in shown
    assert [row.what for row in (await world.sheet(ref)).history][-1] == "relinked"
    with pytest.raises(NotFound):
        await renewed(world, "P-22222")


async def test_viewers_make_no_new_link(world: World) -> None:
    ref = await begun(world, numbers="415-421-8832")
    heard = Typed(MAYA, "T", "e", "t", "/port", f"new {ref}", role=Role.VIEWER)
    with pytest.raises(Refused):
        await new(world.desk, heard, Seen(), ref)
    assert link_of((await world.sheet(ref)).case) == FIRST


async def test_a_link_that_is_opened_too_late_says_so_to_the_caller_and_once_to_staff(world: World) -> None:
    ref = await begun(world, **SAID)
    world.clock.forward(hours=world.policy.invite_hours)
    for _ in range(2):
        world.clock.forward(seconds=5)
        [told] = await open_link(world, ref)
        assert (told.address, told.key) == (str(CALLER), "start.link_late")
        assert "72 hours" in telegram_text(told.key, told.params, told.language)
    assert (await world.sheet(ref)).case.request.chat_id < 0
    [post] = [owed for owed in world.owed if owed.key == "thread.link_late"]
    assert f"/port new {ref}" in slack_text(post.key, post.params)


async def test_a_link_just_in_time_is_in_time(world: World) -> None:
    ref = await begun(world, **SAID)
    world.clock.forward(hours=world.policy.invite_hours, seconds=-1)
    assert (await open_link(world, ref))[-1].key.startswith("start.phoned")


async def test_typing_new_and_a_reference_over_slack_ends_the_link_before(tmp_path: Path) -> None:
    async with open_world(tmp_path, chat_link=link) as world:
        ref = await begun(world, **SAID)
        assert "A new link" in await type_(world, f"new {ref.lower()}")
        assert link_of((await world.sheet(ref)).case) == FIRST + 1
        [told] = await open_link(world, ref)
        assert told.key == "start.link_replaced"


async def test_the_thread_has_a_button_for_a_new_link(tmp_path: Path) -> None:
    async with open_world(tmp_path, chat_link=link) as world:
        ref = await begun(world, **SAID)
        await world.show_card(ref)
        await world.send(next(owed for owed in world.owed if owed.key == "thread.by_phone"))
        [post] = [post for post in world.slack.posts() if LINK_BUTTON in str(post.blocks)]
        await world.slack.press(MAYA, LINK_BUTTON, message_ts=post.ts)
        await until(lambda: "A new link" in world.said(MAYA))
        request = (await world.sheet(ref)).case.request.id
        assert f"start=a_b-{request}-{FIRST + 1}" in repr(world.slack.ephemerals(MAYA)[-1].blocks)
        [told] = await open_link(world, ref)
        assert told.key == "start.link_replaced"
        await open_link(world, ref, count=FIRST + 1)
        await world.slack.press(MAYA, LINK_BUTTON, message_ts=post.ts)
        await until(lambda: "A chat has" in world.said(MAYA))


async def test_so_has_the_post_of_a_link_that_was_opened_too_late(world: World) -> None:
    ref = await begun(world, **SAID)
    world.clock.forward(hours=world.policy.invite_hours)
    await open_link(world, ref)
    [post] = [owed for owed in world.owed if owed.key == "thread.link_late"]
    assert post.buttons == NEW_LINK


async def test_a_new_link_ends_the_one_before_and_holds_as_long_again(world: World) -> None:
    ref = await begun(world, **SAID)
    world.clock.forward(hours=world.policy.invite_hours - 1)
    await renewed(world, ref)
    [told] = await open_link(world, ref)
    assert told.key == "start.link_replaced"
    assert (await world.sheet(ref)).case.request.chat_id < 0
    world.clock.forward(hours=world.policy.invite_hours - 1)
    assert (await open_link(world, ref, count=2))[-1].key.startswith("start.phoned")


async def test_a_caller_who_never_comes_is_forgotten_in_time_and_then_nothing_is_left_of_them(world: World) -> None:
    ref = await begun(world, **SAID)
    for days in (1, 1, 1, world.policy.close_days, 1):
        world.clock.forward(days=days)
        await come_due(world)
    assert await world.phase(ref) == "expired"
    assert "name" in (await world.sheet(ref)).case.answers
    world.clock.forward(days=world.policy.close_days)
    await come_due(world)
    case = (await world.sheet(ref)).case
    assert (case.answers, case.request.title, [n.e164 for n in case.numbers]) == ({}, None, [""])
    assert await world.store.due(world.clock() + timedelta(days=3650), 10) == []
    world.clock.forward(days=31)
    await world.store.sweep(world.clock())
    assert await world.store.board.sheet(ref=ref) is None


async def test_a_callers_request_that_staff_cancelled_is_forgotten_too(world: World) -> None:
    ref = await begun(world, **SAID)
    seen = risks.Seen((await world.sheet(ref)).case.request.version, world.store.new_id())
    order = staff.Order(MAYA, "cancel", "", Role.AGENT, seen=seen, is_sure=True)
    await world.store.turn(OfRef(ref), "cancel", partial(staff.act, wish=order, policy=world.policy))
    assert await world.phase(ref) == "cancelled"
    world.clock.forward(days=1)
    await come_due(world)
    assert "name" in (await world.sheet(ref)).case.answers
    world.clock.forward(days=world.policy.close_days)
    await come_due(world)
    assert (await world.sheet(ref)).case.answers == {}


async def test_the_caller_takes_the_request_over_and_is_asked_what_is_open(world: World) -> None:
    ref = await begun(world, **SAID)
    told = await open_link(world, ref)
    case = (await world.sheet(ref)).case
    assert case.request.chat_id == CALLER
    assert "flags" not in case.answers or "by_phone" not in case.answers["flags"].value
    assert told[-1].address == str(CALLER)
    assert told[-1].key.startswith("start.phoned")
    assert told[-1].key.endswith(("bill", "account"))
    assert "thread.adopted" in [owed.key for owed in world.owed]
    assert (await world.sheet(ref)).chat_blocked is False


async def test_a_link_works_for_one_chat_alone(world: World) -> None:
    ref = await begun(world, **SAID)
    await open_link(world, ref)
    [told] = await open_link(world, ref, chat=CALLER + 1)
    assert (told.address, told.key) == (str(CALLER + 1), "start.link_used")
    assert (await world.sheet(ref)).case.request.chat_id == CALLER
    world.clock.forward(seconds=5)
    again = await open_link(world, ref)
    assert again[-1].key.startswith("start.phoned")


async def test_a_link_that_is_used_up_is_not_given_again(world: World) -> None:
    ref = await begun(world, **SAID)
    await open_link(world, ref)
    await world.slack.command(MAYA, f"new {ref}")
    async with asyncio.timeout(5):
        while not world.slack.ephemerals(MAYA):  # noqa: ASYNC110 # the sandbox has no event for a post
            await asyncio.sleep(0.01)
    assert "has P-" in world.said(MAYA).replace("A chat has", "has")


async def test_what_follows_new_is_a_reference_or_nothing(world: World) -> None:
    assert "/port new" in await type_(world, "new caller")


async def test_a_slow_database_answers_later(tmp_path: Path) -> None:
    async with open_world(tmp_path, slow=0.3) as world:
        view = await submit(world, numbers="415-421-8832")
        assert view is not None
        assert view.title == "One moment"
        await world.desk.finish(2)
        assert [owed.key for owed in world.owed if owed.kind == "whisper"] == ["phone.done"]


async def test_links_of_both_kinds_are_told_apart(world: World) -> None:
    links = world.store
    last = LINKS - 1
    into, invite = link_into("port_bot", links, 2**63 - 1, last), link_to("port_bot", links, 2**62)
    assert all(len(link.partition("start=")[2]) <= 64 for link in (into, invite))

    def opened(link: str) -> Heard:
        return Heard(1, "e", "command", f"/start {link.partition('start=')[2]}", code="start")

    assert (phoned_to(opened(into), links), invited_by(opened(into), links)) == (f"{2**63 - 1}.{last}", 0)
    assert (phoned_to(opened(invite), links), invited_by(opened(invite), links)) == ("", 2**62)
    assert phoned_to(opened(link_into("port_bot", links, 7, FIRST)), links) == "7.1"
    assert phoned_to(Heard(1, "e", "text", into), links) == ""
