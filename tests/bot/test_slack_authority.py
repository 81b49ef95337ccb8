"""Who may act: every listener asks, and nobody gets in while Slack cannot be asked."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.slack.authority import Authority
from domain.errors import Refused
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
    assert await authority.is_staff(BEN)
    assert await authority.is_staff(BEN)
    assert not await authority.is_staff(OTTO)
    assert len(world.record.of("slack", "usergroups.users.list")) == 1
    world.slack.groups[GROUP].append(OTTO)
    clock.at = 61
    assert await authority.is_staff(OTTO)


async def test_who_left_the_group_is_not_staff_a_minute_later(world: World) -> None:
    authority, clock = by_group(world)
    assert await authority.is_staff(BEN)
    world.slack.groups[GROUP].remove(BEN)
    clock.at = 61
    assert not await authority.is_staff(BEN)


async def test_while_slack_cannot_be_asked_nobody_new_is_staff_and_nobody_for_ever(world: World) -> None:
    authority, clock = by_group(world)
    assert await authority.is_staff(BEN)
    world.slack.groups[GROUP].append(OTTO)
    world.faults.add(Fault("slack", "usergroups.users.list", "502", times=9))
    world.faults.add(Fault("slack", "users.info", "502", times=9))
    clock.at = 61
    assert await authority.is_staff(BEN)
    assert not await authority.is_staff(OTTO)
    clock.at = 301
    assert not await authority.is_staff(BEN)


@pytest.mark.parametrize("staff", [MAYA, "S0PORTERS"])
@pytest.mark.parametrize("method", ["users.info", "usergroups.users.list"])
async def test_nobody_of_slack_staff_gets_in_before_slack_has_said_who_they_are(
    tmp_path: Path, staff: str, method: str
) -> None:
    async with open_world(tmp_path, staff=staff) as world:
        ref = await world.request()
        fault = Fault("slack", method, "502", lasting=True)
        world.faults.add(fault)
        done = await world.slack.command(MAYA, f"take {ref}")
        if staff == MAYA and method == "usergroups.users.list":  # which is not asked
            assert "is yours now" in done.body["text"]
            return
        assert "can't be asked just now who you are" in done.body["text"]
        assert (await world.sheet(ref)).case.request.assignee is None
        world.faults.take_away(fault)
        assert "is yours now" in (await world.slack.command(MAYA, f"take {ref}")).body["text"]


async def test_a_form_and_a_home_of_who_is_in_doubt_show_nothing(world: World) -> None:
    ref = await world.request()
    ts = await world.show_card(ref)
    await world.slack.open_home(MAYA)
    await published(world)
    await world.do(MAYA, "note", ts)
    [form] = world.slack.modals(MAYA)
    world.desk.authority._known.clear()  # as after the minutes for which an answer counts
    world.faults.add(Fault("slack", "users.info", "502", lasting=True))
    before, shown = await world.sheet(ref), len(world.record.of("slack", "views.publish"))
    await world.slack.submit(MAYA, form.id, {"words": {"value": "hello"}})
    [still] = world.slack.modals(MAYA)
    assert "try again in a minute" in still.errors["words"]
    assert await world.sheet(ref) == before
    await asyncio.sleep(0.1)
    assert len(world.record.of("slack", "views.publish")) == shown


async def test_a_missing_team_is_in_doubt_whether_theirs_or_ours(world: World) -> None:
    authority = world.desk.authority
    assert await authority.judge(MAYA, "T0SANDBOX") is not None
    with pytest.raises(Refused, match="in_doubt"):
        await authority.judge(MAYA, "")
    bot = world.desk.identity.bot
    assert bot is not None
    world.desk.identity.bot = replace(bot, team_id="")
    for team in ("", "T0SANDBOX"):
        with pytest.raises(Refused, match="in_doubt"):
            await authority.judge(MAYA, team)


async def test_who_has_no_team_by_slack_is_nobody_of_the_staff(world: World) -> None:
    world.slack.users[MAYA].team_id = ""
    assert await world.desk.authority.judge(MAYA, "T0SANDBOX") is None
