"""Who may act: every listener asks, and nobody gets in while Slack cannot be asked."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.slack.authority import Authority
from sandbox.faults import Fault
from sandbox.slack.people import User
from tests.bot.slackworld import BEN, GWEN, MAYA, OTTO, World, open_world

GROUP = "S0PORTERS"
ELSEWHERE = "U0ELSEWHERE"
Json = dict[str, Any]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, staff=f"{MAYA}, {GWEN},U0BOT,{ELSEWHERE}") as opened:
        opened.slack.users[ELSEWHERE] = User(ELSEWHERE, "Elsa", "T0OTHER", is_stranger=True)
        yield opened


async def published(world: World) -> None:
    """Wait for a Home: an event is acknowledged before it is looked at."""
    async with asyncio.timeout(5):
        while not world.record.of("slack", "views.publish"):  # noqa: ASYNC110 # the server tells of it by its record only
            await asyncio.sleep(0.01)


def home(user: str, team: str, tab: str = "home") -> Json:
    event = {"type": "app_home_opened", "user": user, "tab": tab, "channel": "D1", "event_ts": "1.1"}
    return {"type": "event_callback", "team_id": team, "event_id": f"Ev{user}", "api_app_id": "A1", "event": event}


async def test_the_home_of_who_is_not_staff_says_whom_it_is_for(world: World) -> None:
    ref = await world.request()
    await world.slack.open_home(OTTO)
    await published(world)
    shown = world.slack.home(OTTO)
    assert shown is not None
    assert "porting desk's staff" in repr(shown.blocks)
    assert ref not in repr(shown.blocks)


async def test_a_refusal_is_a_sentence_for_the_person_alone(world: World) -> None:
    await world.slack.command(OTTO, "list")
    assert "porting desk's staff" in world.said(OTTO)
    assert not world.slack.posts()


async def test_looking_at_the_tab_of_messages_publishes_nothing(world: World) -> None:
    assert (await world.tell("event", home(MAYA, "T0SANDBOX", "messages"))).is_acked
    await asyncio.sleep(0.1)
    assert not world.record.of("slack", "views.publish")


async def test_somebody_deactivated_between_form_and_submit_is_refused(world: World) -> None:
    ref = await world.request()
    ts = await world.show_card(ref)
    await world.do(MAYA, "note", ts)
    [form] = world.slack.modals(MAYA)
    world.slack.users[MAYA].deleted = True
    world.desk.authority._known.clear()  # as after the minute for which an answer counts
    before = await world.sheet(ref)
    await world.slack.submit(MAYA, form.id, {"words": {"value": "hello"}})
    [still] = world.slack.modals(MAYA)
    assert "staff" in still.errors["words"]
    assert await world.sheet(ref) == before


async def test_slack_is_asked_who_we_are_once_and_not_while_somebody_waits(world: World) -> None:
    asked = len(world.record.of("slack", "auth.test"))
    for _ in range(3):
        await world.slack.command(MAYA, "help")
    assert len(world.record.of("slack", "auth.test")) == asked == 1


class Ticks:
    """A clock in seconds that a test turns."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def by_group(world: World) -> tuple[Authority, Ticks]:
    clock = Ticks()
    return Authority(world.desk.client, world.desk.identity, GROUP, clock), clock


async def test_members_of_the_user_group_are_staff_and_slack_is_asked_once_a_minute(world: World) -> None:
    authority, clock = by_group(world)
    assert await authority.is_staff(BEN, "T0SANDBOX")
    assert await authority.is_staff(BEN, "T0SANDBOX")
    assert not await authority.is_staff(OTTO, "T0SANDBOX")
    assert len(world.record.of("slack", "usergroups.users.list")) == 1
    world.slack.groups[GROUP].append(OTTO)
    clock.at = 61
    assert await authority.is_staff(OTTO, "T0SANDBOX")


async def test_who_left_the_group_is_not_staff_a_minute_later(world: World) -> None:
    authority, clock = by_group(world)
    assert await authority.is_staff(BEN, "T0SANDBOX")
    world.slack.groups[GROUP].remove(BEN)
    clock.at = 61
    assert not await authority.is_staff(BEN, "T0SANDBOX")


async def test_while_slack_cannot_be_asked_nobody_new_is_staff_and_nobody_for_ever(world: World) -> None:
    authority, clock = by_group(world)
    assert await authority.is_staff(BEN, "T0SANDBOX")
    world.slack.groups[GROUP].append(OTTO)
    world.faults.add(Fault("slack", "usergroups.users.list", "502", times=9))
    world.faults.add(Fault("slack", "users.info", "502", times=9))
    clock.at = 61
    assert await authority.is_staff(BEN, "T0SANDBOX")
    assert not await authority.is_staff(OTTO, "T0SANDBOX")
    clock.at = 601
    assert not await authority.is_staff(BEN, "T0SANDBOX")


async def test_a_named_person_may_act_while_slack_tells_nothing_of_them_and_a_groups_member_may_not(
    tmp_path: Path,
) -> None:
    for staff, may in ((MAYA, True), ("S0PORTERS", False)):
        async with open_world(_folder(tmp_path, staff), staff=staff) as world:
            world.faults.add(Fault("slack", "users.info", "502", times=100))
            bot = world.desk.identity.bot
            assert bot is not None
            assert await world.desk.authority.is_staff(MAYA, bot.team_id) is may


def _folder(root: Path, name: str) -> Path:
    folder = root / name
    folder.mkdir()
    return folder
