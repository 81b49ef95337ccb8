"""Who may act: every listener asks, and nobody gets in while Slack cannot be asked."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.slack.authority import Authority, Identity
from domain.desk.roles import Grant, Role
from domain.errors import Refused
from sandbox.faults import Fault
from sandbox.slack.people import User
from tests.bot.slackworld import BEN, GWEN, MAYA, OTTO, World, open_world
from tests.chaos.telling import PUT_OFF

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


async def test_while_slack_cannot_be_asked_its_answer_counts_for_a_minute_and_nobody_new_is_staff(world: World) -> None:
    authority, clock = by_group(world)
    assert await authority.is_staff(BEN)
    world.slack.groups[GROUP].append(OTTO)
    world.faults.add(Fault("slack", "usergroups.users.list", "502", lasting=True))
    world.faults.add(Fault("slack", "users.info", "502", lasting=True))
    clock.at = 59
    assert await authority.judge(BEN, "T0SANDBOX") is not None
    assert not await authority.is_staff(OTTO)
    clock.at = 60
    with pytest.raises(Refused, match="in_doubt"):
        await authority.judge(BEN, "T0SANDBOX")


async def test_somebody_deactivated_while_slack_fails_acts_for_a_minute_at_most(world: World) -> None:
    ref = await world.request()
    clock = world.desk.authority._clock = Ticks()
    assert MAYA in repr(await world.slack.command(MAYA, f"take {ref}"))
    world.slack.users[MAYA].deleted = True
    world.faults.add(Fault("slack", "users.info", "502", lasting=True))
    clock.at = 60
    before = await world.sheet(ref)
    done = await world.slack.command(MAYA, f"note {ref} still here")
    assert "can't be asked just now who you are" in done.body["text"]
    assert await world.sheet(ref) == before


# a Slack that hangs: whoever acts is answered before their three seconds are over

GROUPS = ("S0FIRST", "S0SECOND", "S0THIRD")
SILENT_IN = ("users.info", "usergroups.users.list", "auth.test")


def hang(world: World, *methods: str) -> None:
    for method in methods:
        world.faults.add(Fault("slack", method, "timeout_before", hang=4.0, lasting=True))


async def doubt(authority: Authority) -> float:
    """Return for how many seconds somebody waits until they are told that they are in doubt."""
    began = time.monotonic()
    with pytest.raises(Refused, match="in_doubt"):
        await authority.judge(MAYA, "T0SANDBOX")
    return time.monotonic() - began


@pytest.mark.parametrize("own", [(), (MAYA,)])
async def test_all_that_slack_is_asked_of_somebody_is_asked_at_once(world: World, own: tuple[str, ...]) -> None:
    grants = [Grant(group, Role.ADMIN, BEN, world.clock()) for group in GROUPS]
    grants += [Grant(user, Role.VIEWER, BEN, world.clock()) for user in own]
    cold = Identity(world.desk.client)
    authority = Authority(world.desk.client, cold, "", grants=lambda: grants)
    hang(world, *SILENT_IN)
    asked = len(world.record)
    assert await doubt(authority) < 1.5
    calls = sorted(call.method for call in list(world.record)[asked:])
    assert calls == ["auth.test", *["usergroups.users.list"] * len(GROUPS), "users.info"]


async def test_a_silence_is_remembered_for_some_seconds_and_then_slack_is_asked_again(world: World) -> None:
    authority, clock = by_group(world)
    hang(world, *SILENT_IN)
    assert await doubt(authority) > 0.5
    asked = len(world.record)
    clock.at = 4.9
    assert await doubt(authority) < 0.3
    assert len(world.record) == asked
    world.faults.clear()
    clock.at = 5.0
    world.slack.groups[GROUP] = [MAYA]
    assert await authority.judge(MAYA, "T0SANDBOX") is Role.ADMIN


async def test_who_acts_while_slack_hangs_is_told_in_time_that_they_are_in_doubt(world: World) -> None:
    ref = await world.request()
    world.desk.authority._known.clear()  # as after the minute for which an answer counts
    hang(world, *SILENT_IN)
    for longest in (2.0, 0.5):  # seconds; of the silence is known at the second
        began = time.monotonic()
        done = await world.slack.command(MAYA, f"take {ref}")
        assert time.monotonic() - began < longest
        assert done.body["text"].startswith(PUT_OFF)
        assert world.said(MAYA).startswith(PUT_OFF)  # by which the stories of deaths tell what was put off
    assert (await world.sheet(ref)).case.request.assignee is None


async def test_many_who_act_at_once_share_a_question(world: World) -> None:
    authority, _ = by_group(world)
    roles = await asyncio.gather(*(authority.judge(BEN, "T0SANDBOX") for _ in range(9)))
    assert set(roles) == {Role.ADMIN}
    assert len(world.record.of("slack", "usergroups.users.list")) == 1


async def test_who_is_at_work_does_not_wait_for_the_next_minutes_answer(world: World) -> None:
    authority, clock = by_group(world)
    assert await authority.is_staff(BEN)
    clock.at = 50
    assert await authority.is_staff(BEN)
    await asyncio.gather(*authority._asking.values())  # in the background
    assert len(world.record.of("slack", "usergroups.users.list")) == 2
    hang(world, *SILENT_IN)
    clock.at = 100
    began = time.monotonic()
    assert await authority.is_staff(BEN)
    assert time.monotonic() - began < 0.3
    await asyncio.gather(*authority._asking.values())  # met by silence, which takes nothing from what still counts
    assert await authority.is_staff(BEN)
    clock.at = 110
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
