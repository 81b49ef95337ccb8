"""Who may act: every listener asks, and nobody gets in while Slack cannot be asked."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.slack.authority import Authority
from domain.desk.verbs import EFFECTS, VERBS
from sandbox.faults import Fault
from sandbox.slack.people import User
from tests.bot.slackworld import BEN, DESK, GWEN, MAYA, OTTO, World, open_world
from tests.bot.test_slack_door import post, signed

GROUP = "S0PORTERS"
ELSEWHERE = "U0ELSEWHERE"
Json = dict[str, Any]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, staff=f"{MAYA}, {GWEN},U0BOT,{ELSEWHERE}") as opened:
        opened.slack.users[ELSEWHERE] = User(ELSEWHERE, "Elsa", "T0OTHER", is_stranger=True)
        yield opened


def kind_of(body: bytes) -> str:
    return "application/json" if body.startswith(b"{") else "application/x-www-form-urlencoded"


async def published(world: World) -> None:
    """Wait for a Home: an event is acknowledged before it is looked at."""
    async with asyncio.timeout(5):
        while not world.record.of("slack", "views.publish"):  # noqa: ASYNC110 # the server tells of it by its record only
            await asyncio.sleep(0.01)


ENTRY = ("book.show", "book.correct", "book.history", "book.undo")  # buttons of a carrier's entry
EYES = ("wish.confirm", "wish.reveal")  # what a second person, and who needs one, press


def interaction(kind: str, user: str, team: str, trigger: str) -> Json:
    who = {"id": user, "username": "x", "team_id": team}
    return {"type": kind, "user": who, "team": {"id": team}, "trigger_id": trigger, "api_app_id": "A1"}


def home(user: str, team: str, tab: str = "home") -> Json:
    event = {"type": "app_home_opened", "user": user, "tab": tab, "channel": "D1", "event_ts": "1.1"}
    return {"type": "event_callback", "team_id": team, "event_id": f"Ev{user}", "api_app_id": "A1", "event": event}


def payloads(user: str, team: str, ref: str) -> Iterator[bytes]:
    """Return one delivery for everything that staff can do."""
    yield json.dumps(home(user, team)).encode()
    look = {"type": "button", "action_id": "home.show", "block_id": "b", "value": ref, "action_ts": "1.1"}
    body = interaction("block_actions", user, team, f"look{user}")
    yield urlencode({"payload": json.dumps({**body, "container": {"type": "view"}, "actions": [look]})}).encode()
    command = {"command": "/port", "user_id": user, "team_id": team, "text": f"cancel {ref}", "trigger_id": f"c{user}"}
    yield urlencode(command).encode()
    values = {f"verb.{verb}": ref for verb in EFFECTS} | dict.fromkeys(ENTRY, "tmobile 1")
    values |= dict.fromkeys(EYES, ref)
    for action_id, value in values.items():
        body = interaction("block_actions", user, team, f"{action_id}{user}")
        action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value, "action_ts": "1.1"}
        channel = {"channel": {"id": DESK}, "container": {"type": "message", "channel_id": DESK}}
        yield urlencode({"payload": json.dumps({**body, **channel, "actions": [action]})}).encode()
    for verb in (v.name for v in VERBS.values() if v.modal):
        fields = {"day": {"value": {"type": "datepicker", "selected_date": "2026-11-25"}}}
        view = {"id": f"V{verb}{user}", "hash": "1", "callback_id": f"form.{verb}", "type": "modal"}
        shown = {**view, "private_metadata": ref, "state": {"values": fields}}
        body = {**interaction("view_submission", user, team, "t"), "view": shown}
        yield urlencode({"payload": json.dumps(body)}).encode()


async def test_every_listener_of_bolts_is_met_by_the_deliveries_of_these_tests(world: World) -> None:
    listeners = list(world.app._async_listeners)
    met: set[int] = set()
    for body in payloads(OTTO, "T0SANDBOX", "P-22222"):
        request = AsyncBoltRequest(body=body.decode(), headers={"content-type": [kind_of(body)]})
        for number, listener in enumerate(listeners):
            if await listener.async_matches(req=request, resp=BoltResponse(status=200)):
                met.add(number)
    assert met == set(range(len(listeners)))
    forms = [verb for verb in VERBS.values() if verb.modal]
    assert len(listeners) == len(["/port", "Home", "its button"]) + len(EFFECTS) + len((*ENTRY, *EYES)) + len(forms)


@pytest.mark.parametrize(
    ("user", "team"),
    [(OTTO, "T0SANDBOX"), (GWEN, "T0SANDBOX"), ("U0BOT", "T0SANDBOX"), (ELSEWHERE, "T0SANDBOX"), (MAYA, "T0OTHER")],
)
async def test_no_listener_does_anything_for_who_is_not_staff(world: World, user: str, team: str) -> None:
    ref = await world.request()
    before, owed = await world.sheet(ref), len(world.owed)
    for body in payloads(user, team, ref):
        status, text = await post(world, body, {**signed(body), "Content-Type": kind_of(body)})
        assert status == 200
        assert ref not in text
    assert await world.sheet(ref) == before
    assert len(world.owed) == owed
    assert not world.record.of("slack", "views.open")
    assert ref not in repr([call.params for call in world.record.of("slack", "views.publish")])


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
    body = json.dumps(home(MAYA, "T0SANDBOX", "messages")).encode()
    assert (await post(world, body, {**signed(body), "Content-Type": kind_of(body)}))[0] == 200
    await asyncio.sleep(0.1)
    assert not world.record.of("slack", "views.publish")


async def test_somebody_deactivated_between_form_and_submit_is_refused(world: World) -> None:
    ref = await world.request()
    ts = await world.show_card(ref)
    await world.slack.press(MAYA, "verb.ask", message_ts=ts)
    [form] = world.slack.modals(MAYA)
    world.slack.users[MAYA].deleted = True
    world.desk.authority._known.clear()  # as after the minute for which an answer counts
    entered = {"answers": {"value": ["name"]}}
    await world.slack.submit(MAYA, form.id, entered)
    [still] = world.slack.modals(MAYA)
    assert "staff" in still.errors["answers"]
    assert await world.phase(ref) == "staff_review"


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
