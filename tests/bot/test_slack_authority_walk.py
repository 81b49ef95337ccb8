"""Every listener that Bolt has, driven by signed requests as each kind of person: a refusal changes nothing.

What is registered is noted while the app is built, and compared with what Bolt holds: a new listener is driven by
itself, and fails here without a rule, or when it is of a kind that this test cannot drive.
"""

import asyncio
import itertools
import json
import re
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from starlette.requests import Request
from starlette.types import Message, Scope

from bot.slack.app import build_app
from bot.slack.heard import Heard
from bot.slack.rules import role_needed
from bot.slack.signing import Door
from domain.desk.roles import Role
from domain.desk.verbs import VERBS
from sandbox.faults import Fault
from sandbox.slack.people import User
from tests.bot.slackdoors import SECRET
from tests.bot.slackworld import BEN, DESK, GWEN, MAYA, OTTO, World, open_world
from tests.bot.test_slack_door import signed

Json = dict[str, Any]
TEAM, ELSEWHERE = "T0SANDBOX", "T0OTHER"
VERA, ABEL, GONE, ELSA, BOT = "U0VERA", "U0ABEL", "U0GONE", "U0ELSA", "U0BOT"
WAYS = ("command", "action", "view", "view_closed", "global_shortcut", "message_shortcut", "event", "options")
OWN = ("home.preferences",)  # what everybody of the staff may change: how they themselves hear from the desk
SHOWS = ("views.open", "views.push", "views.update", "views.publish", "chat.unfurl", "chat.postEphemeral")
AT_ONCE = 16  # deliveries
PATIENCE = 2.5  # seconds; after three Bolt answers 404 for a listener that a busy machine kept from answering
# Slack says no to made-up triggers, and some buttons stand in forms alone; nothing else may go wrong.
BROKEN = re.compile(r"listener_failed error=(?!SlackApiError|KeyError)")
number = itertools.count(1)


@dataclass(frozen=True)
class Way:
    """A listener as it was registered. `name`: its command, action id, callback id or event."""

    kind: str
    name: str


@dataclass(frozen=True)
class Person:
    """Somebody who tries. `team`: as Slack tells it; `role`: what they may, None for nothing at all."""

    kind: str
    user: str
    team: str = TEAM
    role: Role | None = None


STRANGERS = (
    Person("nobody of the staff", OTTO),
    Person("a guest", GWEN),
    Person("a bot", BOT),
    Person("somebody deactivated", GONE),
    Person("a Slack Connect stranger", ELSA, ELSEWHERE),
    Person("one of the staff from another team", MAYA, ELSEWHERE),
    Person("one of the staff without a team", MAYA, ""),
    Person("one of the staff while Slack cannot be asked", MAYA),
)
STAFF = (
    Person("a viewer", VERA, role=Role.VIEWER),
    Person("an agent", ABEL, role=Role.AGENT),
    Person("an admin", BEN, role=Role.ADMIN),
)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, staff=f"{MAYA},{BEN},{GWEN},{BOT},{GONE},{ELSA}") as opened:
        people = opened.slack.users
        people[ELSA] = User(ELSA, "Elsa", ELSEWHERE, is_stranger=True)
        people[GONE] = User(GONE, "Gone", TEAM, deleted=True)
        people[VERA], people[ABEL] = User(VERA, "Vera", TEAM), User(ABEL, "Abel", TEAM)
        await opened.slack.command(MAYA, f"staff add <@{VERA}|vera> viewer")
        await opened.slack.command(MAYA, f"staff add <@{ABEL}|abel> agent")
        yield opened


@pytest.fixture
def ways(world: World, monkeypatch: pytest.MonkeyPatch) -> list[Way]:
    """Note what is registered with Bolt while the app is built once more."""
    noted: list[Way] = []
    for kind in WAYS:
        _watch(monkeypatch, kind, noted)
    app = build_app(world.desk)
    assert len(noted) == len(app._async_listeners) == len(world.app._async_listeners)
    return noted


def _watch(monkeypatch: pytest.MonkeyPatch, kind: str, noted: list[Way]) -> None:
    before = getattr(AsyncApp, kind)

    def note(app: AsyncApp, constraint: Any, *more: Any, **named: Any) -> Any:
        noted.append(Way(kind, name_of(constraint)))
        return before(app, constraint, *more, **named)

    monkeypatch.setattr(AsyncApp, kind, note)


def name_of(constraint: Any) -> str:
    if isinstance(constraint, dict):
        constraint = constraint.get("callback_id") or constraint.get("action_id") or constraint.get("type")
    assert isinstance(constraint, str), f"{constraint!r} names no single thing: each listener has a name of its own"
    return constraint


# deliveries


def deliveries(way: Way, person: Person, ref: str) -> Iterator[tuple[Heard, bytes]]:
    """Yield what Slack would send for a listener, each with what it means for the table of rules."""
    for name, text, body in _BODIES[way.kind](way.name, person, ref):
        yield Heard(person.user, person.team, "", "", name, text), body


def _commands(name: str, person: Person, ref: str) -> Iterator[tuple[str, str, bytes]]:
    for verb in VERBS:
        for text in (f"{verb} {ref} 2026-11-30", f"{verb} add {OTTO} agent", f"{verb} {ref} : x (y, z)"):
            about = {"user_id": person.user, "team_id": person.team, "channel_id": DESK, "trigger_id": _trigger()}
            yield name, text, urlencode({"command": name, "text": text, **about}).encode()


def _actions(name: str, person: Person, ref: str) -> Iterator[tuple[str, str, bytes]]:
    place = {"channel": {"id": DESK}, "container": {"type": "message", "channel_id": DESK, "message_ts": "1.1"}}
    home = {"id": "V1", "type": "home", "private_metadata": "{}", "blocks": [], "state": {"values": {}}}
    modal = {**home, "type": "modal", "private_metadata": ref, "callback_id": "form.x"}
    places: tuple[Json, ...] = (
        place,
        {"view": home, "container": {"type": "view"}},
        {"view": modal, "container": {"type": "view"}},
    )
    option: Json = {"text": {"type": "plain_text", "text": "x"}, "value": f"cancel {ref}"}
    elements: tuple[tuple[str, Json], ...] = (
        (ref, {"type": "button", "value": ref}),
        (option["value"], {"type": "static_select", "selected_option": option}),
    )
    for where, (text, element) in itertools.product(places, elements):
        action = {**element, "action_id": name, "block_id": "b", "action_ts": "1.1"}
        yield name, text, _payload("block_actions", person, {**where, "actions": [action]})


def _views(name: str, person: Person, ref: str, kind: str = "view_submission") -> Iterator[tuple[str, str, bytes]]:
    entered = {
        "day": {"type": "datepicker", "selected_date": "2026-11-30"},
        "at": {"type": "timepicker", "selected_time": "08:00"},
        "zone": {"type": "static_select", "selected_option": {"value": "UTC"}},
        "words": {"type": "plain_text_input", "value": "hello"},
        "person": {"type": "users_select", "selected_user": ABEL},
    }
    state = {"values": {block: {"value": entry} for block, entry in entered.items()}}
    view = {"id": _trigger(), "hash": "1", "callback_id": name, "type": "modal", "private_metadata": ref}
    yield name, ref, _payload(kind, person, {"view": {**view, "state": state, "blocks": []}})


def _closed(name: str, person: Person, ref: str) -> Iterator[tuple[str, str, bytes]]:
    yield from _views(name, person, ref, "view_closed")


def _shortcuts(name: str, person: Person, ref: str) -> Iterator[tuple[str, str, bytes]]:
    yield name, "", _payload("shortcut", person, {"callback_id": name, "action_ts": "1.1"})


def _message_shortcuts(name: str, person: Person, ref: str) -> Iterator[tuple[str, str, bytes]]:
    message = {"type": "message", "user": person.user, "ts": "1.1", "text": f"about {ref}"}
    about = {"callback_id": name, "message": message, "message_ts": "1.1", "channel": {"id": DESK}, "action_ts": "1.1"}
    yield name, "", _payload("message_action", person, about)


def _options(name: str, person: Person, ref: str) -> Iterator[tuple[str, str, bytes]]:
    asked = {"action_id": name, "block_id": "b", "value": ref, "container": {"type": "view"}}
    yield name, ref, _payload("block_suggestion", person, asked)


def _events(name: str, person: Person, ref: str) -> Iterator[tuple[str, str, bytes]]:
    links = [{"url": f"https://desk.example.com/r/{ref}", "domain": "desk.example.com"}]
    told = {"user": person.user, "channel": DESK, "tab": "home", "text": ref, "ts": "1.1", "event_ts": "1.1"}
    more = {"links": links, "message_ts": "1.1", "channel_type": "channel", "unfurl_id": "C1.1", "source": "x"}
    event = {"type": name, **told, **more}
    head = {"type": "event_callback", "team_id": person.team, "event_id": _trigger(), "api_app_id": "A1"}
    yield name, "home", json.dumps({**head, "event": event}).encode()


def _payload(kind: str, person: Person, more: Json) -> bytes:
    who = {"id": person.user, "username": "x", "team_id": person.team}
    head = {"type": kind, "user": who, "team": {"id": person.team}, "trigger_id": _trigger(), "api_app_id": "A1"}
    return urlencode({"payload": json.dumps({**head, **more})}).encode()


def _trigger() -> str:
    return f"t{next(number)}"


_BODIES = {
    "command": _commands,
    "action": _actions,
    "view": _views,
    "view_closed": _closed,
    "global_shortcut": _shortcuts,
    "message_shortcut": _message_shortcuts,
    "options": _options,
    "event": _events,
}


def kind_of(body: bytes) -> str:
    return "application/json" if body.startswith(b"{") else "application/x-www-form-urlencoded"


async def deliver(door: Door, body: bytes) -> str:
    began = time.monotonic()
    status, text = await _at(door, body)
    assert status == 200 or time.monotonic() - began > PATIENCE, body
    return text


async def _at(door: Door, body: bytes) -> tuple[int, str]:
    """Hand a signed request to the desk's door; before it are servers alone, which take half of the time."""
    headers = {**signed(body), "Content-Type": kind_of(body)}
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    request: Scope = {"type": "http", "method": "POST", "path": "/slack/events", "query_string": b"", "headers": raw}
    answer = await door.handle(Request(request, partial(_whole, body)))
    return answer.status_code, bytes(answer.body).decode()


async def _whole(body: bytes) -> Message:
    return {"type": "http.request", "body": body, "more_body": False}


async def deliver_all(world: World, bodies: Sequence[bytes]) -> list[str]:
    """Deliver some at a time, as a busy workspace does; return what each was answered."""
    told: list[str] = []
    door = Door(world.app, SECRET)
    for start in range(0, len(bodies), AT_ONCE):
        told += await asyncio.gather(*(deliver(door, body) for body in bodies[start : start + AT_ONCE]))
    return told


async def settled(world: World) -> None:
    """Wait for what is acknowledged first: events, looks, late answers."""
    await world.desk.finish(5)
    mine = asyncio.current_task()
    async with asyncio.timeout(60):
        while [t for t in asyncio.all_tasks() if t is not mine and "listener" in repr(t.get_coro())]:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.2)


def everything(world: World) -> list[str]:
    """Return the whole database as text, but for the refusals that could be told in no other way than by a message."""
    with closing(sqlite3.connect(world.folder / "desk.sqlite")) as connection:
        return [line for line in connection.iterdump() if "'lost:slack:" not in line]


def shown_since(world: World, seen: int) -> str:
    calls = [call for call in list(world.record)[seen:] if call.method in SHOWS]
    return repr([call.params for call in calls])


# the walk


async def test_bolt_holds_no_listener_that_these_deliveries_do_not_reach(world: World, ways: list[Way]) -> None:
    met: set[int] = set()
    for way in ways:
        _, body = next(deliveries(way, STRANGERS[0], "P-22222"))
        request = AsyncBoltRequest(body=body.decode(), headers={"content-type": [kind_of(body)]})
        for place, listener in enumerate(world.app._async_listeners):
            if await listener.async_matches(req=request, resp=BoltResponse(status=200)):
                met.add(place)
    assert met == set(range(len(world.app._async_listeners)))


def test_every_listener_has_a_rule(ways: list[Way]) -> None:
    without = {
        (way, heard.text)
        for way in ways
        for heard, _ in deliveries(way, STAFF[0], "P-22222")
        if role_needed(heard) is None and way.name != "menu"
    }
    assert without == set()
    assert [way for way in ways if all(role_needed(h) is None for h, _ in deliveries(way, STAFF[0], "P-22222"))] == []


def test_a_listener_without_a_rule_has_none() -> None:
    assert role_needed(Heard(MAYA, TEAM, "", "", "something.new", "P-22222")) is None


@pytest.mark.parametrize("person", STRANGERS, ids=lambda person: person.kind)
async def test_no_listener_does_or_shows_anything_for(world: World, ways: list[Way], person: Person) -> None:
    ref = await world.request()
    if person == STRANGERS[-1]:
        world.desk.authority._known.clear()
        world.faults.add(Fault("slack", "users.info", "502", lasting=True))
    before, owed, seen = everything(world), len(world.owed), len(world.record)
    for told in await deliver_all(world, [body for way in ways for _, body in deliveries(way, person, ref)]):
        assert ref not in told
    await settled(world)
    assert everything(world) == before
    assert len(world.owed) == owed
    assert ref not in shown_since(world, seen)
    assert not [call for call in list(world.record)[seen:] if call.method in ("views.open", "views.push")]


@pytest.mark.parametrize("person", STAFF, ids=lambda person: person.kind)
async def test_what_is_beyond_a_role_changes_nothing_for(world: World, ways: list[Way], person: Person) -> None:
    ref = await world.request()
    assert person.role is not None
    before = everything(world)
    tried = [each for way in ways for each in deliveries(way, person, ref)]
    beyond = [body for heard, body in tried if person.role < (role_needed(heard) or Role.VIEWER)]
    await deliver_all(world, beyond)
    await settled(world)
    assert everything(world) == before
    assert bool(beyond) is (person.role < Role.ADMIN)


async def test_a_viewer_changes_nothing_but_their_own_preferences(world: World, ways: list[Way]) -> None:
    ref = await world.request()
    before = everything(world)
    tried = [body for way in ways if way.name not in OWN for _, body in deliveries(way, STAFF[0], ref)]
    await deliver_all(world, tried)
    await settled(world)
    assert everything(world) == before


async def test_whoever_may_meets_no_listener_that_breaks(
    world: World, ways: list[Way], caplog: pytest.LogCaptureFixture
) -> None:
    ref, door = await world.request(), Door(world.app, SECRET)
    for way in ways:
        for _, body in deliveries(way, STAFF[2], ref):
            caplog.clear()
            await deliver(door, body)
            assert "bolt_failed" not in caplog.text, way
            assert BROKEN.search(caplog.text) is None, (way, body)
    await settled(world)
