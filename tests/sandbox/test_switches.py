"""Troubles of the platforms, switched on and off on the page."""

import time
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError
from telegram.error import NetworkError

from sandbox.faults import Fault, Faults
from sandbox.page.switches import SWITCHES, Switches
from sandbox.record import Call
from tests.sandbox.control_scene import CHAT, Stage, stage
from tests.sandbox.slack_scene import DESK, MAYA


async def switch(scene: Stage, switch_id: str, *, on: bool = True) -> set[str]:
    """Turn a switch; return which are on then."""
    _, told = await scene.do("switch", id=switch_id, on=on)
    return {each["id"] for each in told["switches"] if each["on"]}


async def test_all_troubles_are_off_at_first_and_labelled(tmp_path: Path) -> None:
    async with stage(tmp_path) as scene:
        told = await scene.see("faults")
        assert [each["id"] for each in told["switches"]] == [each.id for each in SWITCHES]
        assert all(each["label"] and not each["on"] for each in told["switches"])
        assert told["planned"] == 0


async def test_telegram_is_down_until_it_is_switched_back(tmp_path: Path) -> None:
    async with stage(tmp_path) as scene:
        await scene.do("telegram/say", chat=CHAT, text="hello")
        assert await switch(scene, "telegram_down") == {"telegram_down"}
        for _ in range(3):
            with pytest.raises(NetworkError):
                await scene.bot.send_message(CHAT, "hi")
        assert (await scene.client.chat_postMessage(channel=DESK, text="all well here"))["ok"]
        assert await switch(scene, "telegram_down", on=False) == set()
        assert (await scene.bot.send_message(CHAT, "hi")).text == "hi"
        assert len((await scene.see(f"telegram/chat/{CHAT}"))["messages"]) == 2


async def test_telegram_asks_the_bot_to_wait_with_what_it_writes_but_still_tells_what_was_said(tmp_path: Path) -> None:
    async with stage(tmp_path) as scene:
        await scene.do("telegram/say", chat=CHAT, text="hello")
        await switch(scene, "telegram_wait")
        body = {"chat_id": CHAT, "text": "hi"}
        async with scene.session.post(f"{scene.url}/bot123456:sandbox/sendMessage", json=body) as response:
            assert (response.status, (await response.json())["parameters"]) == (429, {"retry_after": 3})
        assert len(await scene.bot.get_updates()) == 1


async def test_slack_is_down_for_the_desk_and_for_its_staff(tmp_path: Path) -> None:
    async with stage(tmp_path) as scene:
        await switch(scene, "slack_down")
        with pytest.raises(SlackApiError, match="status: 502"):
            await scene.client.chat_postMessage(channel=DESK, text="card")
        _, told = await scene.do("slack/command", user=MAYA, text="list")
        assert told["error"] == "operation_timeout"


async def test_slack_asks_the_desk_to_wait(tmp_path: Path) -> None:
    async with stage(tmp_path) as scene:
        await switch(scene, "slack_wait")
        with pytest.raises(SlackApiError) as refused:
            await scene.client.chat_postMessage(channel=DESK, text="card")
        assert refused.value.response.headers["Retry-After"] == "3"


@pytest.mark.parametrize("service", ["telegram", "slack"])
async def test_a_slow_platform_answers_late_and_delivers_as_ever(service: str) -> None:
    faults = Faults()
    switches = Switches(faults, slowness=0.05)
    switches.turn_on(f"{service}_slow")

    async def seconds(direction: str, by: str = service) -> float:
        began = time.monotonic()
        assert faults.before
        await faults.before(Call(1, by, direction, "getMe", {}))
        return time.monotonic() - began

    assert await seconds("in") >= 0.05
    assert await seconds("out") < 0.05
    assert await seconds("in", "slack" if service == "telegram" else "telegram") < 0.05
    switches.turn_off(f"{service}_slow")
    assert await seconds("in") < 0.05


def test_a_switch_turned_twice_is_on_once_and_spares_faults_that_others_planned() -> None:
    faults = Faults()
    switches = Switches(faults)
    faults.add(Fault("telegram", "getMe", "502"))
    switches.turn_on("telegram_down")
    switches.turn_on("telegram_down")
    assert (len(faults.plan), faults.planned) == (2, 1)
    switches.turn_off("telegram_down")
    switches.turn_off("telegram_down")
    assert [fault.method for fault in faults.plan] == ["getMe"]


async def test_to_forget_all_faults_is_to_switch_all_off(tmp_path: Path) -> None:
    async with stage(tmp_path) as scene:
        await switch(scene, "slack_slow")
        await switch(scene, "slack_down")
        assert await scene.do("faults", "DELETE") == (200, {"planned": 0})
        assert not any(each["on"] for each in (await scene.see("faults"))["switches"])
        assert (await scene.client.chat_postMessage(channel=DESK, text="card"))["ok"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"id": "fire", "on": True}, "there is no switch fire"),
        ({"id": "slack_down"}, "on must be true or false"),
        ({"id": "slack_down", "on": 1}, "on must be true or false"),
        ({"on": True}, "id must be a text"),
    ],
)
async def test_a_switch_that_is_none_is_refused(tmp_path: Path, body: dict[str, object], words: str) -> None:
    async with stage(tmp_path) as scene, scene.session.post(f"{scene.url}/control/switch", json=body) as response:
        assert response.status == 400
        assert (await response.json())["error"] == words
