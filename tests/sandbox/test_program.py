"""The sandbox as a child process: its one line, its memory, its end."""

import asyncio
import json
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient
from telegram import Bot

from sandbox import keep

ROOT = Path(__file__).parents[2]
CHAT = 1001
STARTS_ONE = """
import os, subprocess, sys, time
words = [sys.executable, "-m", "sandbox", "--port", "0", "--state", sys.argv[1], "--parent", str(os.getpid())]
subprocess.Popen(words)
time.sleep(60)
"""


@dataclass
class Child:
    """A sandbox that runs as a child, and what it said of itself."""

    running: asyncio.subprocess.Process
    told: dict[str, Any]

    @property
    def url(self) -> str:
        return str(self.told["url"])

    async def end(self, number: int = signal.SIGTERM) -> tuple[int, str, str]:
        """Send a signal and return exit code, the rest of stdout, and stderr."""
        self.running.send_signal(number)
        out, err = await asyncio.wait_for(self.running.communicate(), 5)
        return self.running.returncode or 0, out.decode(), err.decode()


async def launch(*words: str) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(sys.executable, *words, cwd=ROOT, stdout=pipe, stderr=pipe)


async def first_line(running: asyncio.subprocess.Process) -> dict[str, Any]:
    assert running.stdout
    line = await asyncio.wait_for(running.stdout.readline(), 15)
    return dict(json.loads(line))


@asynccontextmanager
async def started(state: Path, *options: str) -> AsyncIterator[Child]:
    """Run a sandbox on a free port; kill what a test has not ended."""
    running = await launch("-m", "sandbox", "--port", "0", "--state", str(state), *options)
    try:
        yield Child(running, await first_line(running))
    finally:
        if running.returncode is None:
            running.kill()
        await running.communicate()


async def control(url: str, path: str, **body: Any) -> dict[str, Any]:
    """Ask for something, or look when there is nothing to ask with."""
    method = "POST" if body else "GET"
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, f"{url}/control/{path}", json=body or None) as response,
    ):
        return dict(await response.json())


async def until_kept(path: Path) -> None:
    """Wait until something was written, for three seconds at most."""
    for _ in range(150):
        if keep.read(path):
            return
        await asyncio.sleep(0.02)
    pytest.fail("nothing was written in three seconds")


def bot_of(child: Child) -> Bot:
    return Bot(child.told["telegram_token"], base_url=f"{child.told['telegram_api']}/bot")


def client_of(child: Child) -> AsyncWebClient:
    return AsyncWebClient(child.told["slack_token"], child.told["slack_api"], retry_handlers=[])


async def test_it_prints_one_line_serves_the_page_and_ends_on_a_signal(tmp_path: Path) -> None:
    async with started(tmp_path) as child:
        assert child.told["ready"] is True
        assert child.url.startswith("http://127.0.0.1:")
        async with aiohttp.ClientSession() as session, session.get(child.url) as response:
            assert "<title>Port of Call" in await response.text()
        began = time.monotonic()
        assert await child.end() == (0, "", "")
        assert time.monotonic() - began < 2


async def test_ctrl_c_ends_it_while_a_bot_is_polling(tmp_path: Path) -> None:
    async with started(tmp_path) as child, aiohttp.ClientSession() as session:
        poll = session.get(f"{child.url}/bot123456:sandbox/getUpdates?timeout=30")
        waiting = asyncio.ensure_future(poll.__aenter__())
        await asyncio.sleep(0.1)
        assert await child.end(signal.SIGINT) == (0, "", "")
        with pytest.raises(aiohttp.ClientError):
            await waiting


async def test_a_second_run_can_still_edit_what_the_first_one_posted(tmp_path: Path) -> None:
    async with started(tmp_path) as child, bot_of(child) as bot:
        await control(child.url, "telegram/say", chat=CHAT, text="hello")
        sent = await bot.send_message(CHAT, "one")
        posted = await client_of(child).chat_postMessage(channel=child.told["slack_desk_channel"], text="one")
        await child.end()
    async with started(tmp_path) as child, bot_of(child) as bot:
        await bot.edit_message_text("two", CHAT, sent.message_id)
        await client_of(child).chat_update(channel=posted["channel"], ts=posted["ts"], text="two")
        (update,) = await bot.get_updates()
        assert update.message
        shown = await control(child.url, f"telegram/chat/{CHAT}")
        assert [message["text"] for message in shown["messages"]] == ["hello", "two"]
        posts = await control(child.url, "slack/channel")
        assert [post["text"] for post in posts["posts"]] == ["two"]


async def test_a_second_run_goes_on_delivering_to_the_webhook(tmp_path: Path) -> None:
    async with started(tmp_path) as child, bot_of(child) as bot:
        await bot.set_webhook("http://127.0.0.1:9/hook")
        await child.end()
    async with started(tmp_path) as child, bot_of(child) as bot:
        assert (await bot.get_webhook_info()).url == "http://127.0.0.1:9/hook"
        assert await child.end() == (0, "", "")


async def test_a_killed_run_has_kept_what_was_said_a_moment_before(tmp_path: Path) -> None:
    async with started(tmp_path) as child:
        await control(child.url, "telegram/say", chat=CHAT, text="hello")
        await until_kept(tmp_path / "servers.json")
        await child.end(signal.SIGKILL)
    async with started(tmp_path) as child:
        assert len((await control(child.url, f"telegram/chat/{CHAT}"))["messages"]) == 1


@pytest.mark.parametrize("damage", ['{"telegram": ', "[]", '{"telegram": {}, "slack": {}}', '{"slack": 3}'])
async def test_a_damaged_memory_is_set_aside_and_said(tmp_path: Path, damage: str) -> None:
    (tmp_path / "servers.json").write_text(damage)
    async with started(tmp_path) as child:
        assert (await control(child.url, f"telegram/chat/{CHAT}"))["messages"] == []
        _, _, said = await child.end()
    assert "is damaged" in said
    assert "starts empty" in said
    assert (tmp_path / "servers.json.damaged").read_text() == damage
    assert keep.read(tmp_path / "servers.json")


async def test_it_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    parent = await launch("-c", STARTS_ONE, str(tmp_path))
    url = (await first_line(parent))["url"]
    assert "messages" in await control(url, f"telegram/chat/{CHAT}")
    parent.kill()
    # The child holds the parent's pipes, so their end is the child's end.
    await asyncio.wait_for(parent.communicate(), 3)
    with pytest.raises(aiohttp.ClientError):
        await control(url, f"telegram/chat/{CHAT}")


async def test_it_does_not_outlive_a_parent_that_was_gone_before_it_looked(tmp_path: Path) -> None:
    async with started(tmp_path, "--parent", str(os.getpid() + 1)) as child:
        assert await asyncio.wait_for(child.running.wait(), 3) == 0


async def test_it_goes_on_beside_a_parent_that_lives(tmp_path: Path) -> None:
    async with started(tmp_path, "--parent", str(os.getpid())) as child:
        await asyncio.sleep(0.4)
        assert child.running.returncode is None


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--telegram-token", "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", "--telegram-token may be a real one"),
        ("--slack-token", "xoxb-17653672481-19874698323-pdFZKVeT", "--slack-token may be a real one"),
        ("--slack-app-token", "xapp-1-A0123-456-abc", "--slack-app-token may be a real one"),
        ("--slack-secret", "8f742231b10e8888abcd99yyyzzz85a5", "--slack-secret may be a real one"),
        ("--app", "https://desk.example.com", "--app must be on this computer"),
    ],
)
async def test_nothing_real_is_taken(tmp_path: Path, option: str, value: str, said: str) -> None:
    running = await launch("-m", "sandbox", "--state", str(tmp_path), option, value)
    out, err = await asyncio.wait_for(running.communicate(), 10)
    assert (running.returncode, out) == (2, b"")
    assert said in err.decode()
    assert value not in err.decode()
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc", ""])
async def test_a_time_zone_that_is_none_is_said(tmp_path: Path, zone: str) -> None:
    running = await launch("-m", "sandbox", "--state", str(tmp_path), "--zone", zone)
    _, err = await asyncio.wait_for(running.communicate(), 10)
    assert running.returncode == 2
    assert f"there is no time zone {zone}" in err.decode()


async def test_time_is_the_desks_and_whoever_started_it_is_told_where_it_is_kept(tmp_path: Path) -> None:
    async with started(tmp_path, "--zone", "America/New_York") as child:
        moved = await control(child.url, "time", forward=3600)
        assert (moved["zone"], moved["offset"]) == ("America/New_York", 3600)
        assert keep.read(Path(child.told["clock"])) == {"ahead": 3600}
        assert Path(child.told["clock"]).is_absolute()


async def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        running = await launch("-m", "sandbox", "--state", str(tmp_path), "--port", port)
        _, err = await asyncio.wait_for(running.communicate(), 10)
    assert running.returncode == 1
    assert err.decode() == f"The sandbox cannot start on port {port}: Address already in use.\n"


async def test_in_socket_mode_staff_are_heard_through_a_websocket(tmp_path: Path) -> None:
    async with started(tmp_path, "--socket-mode") as child:
        client = SocketModeClient(child.told["slack_app_token"], web_client=client_of(child))

        async def hear(_: Any, request: SocketModeRequest) -> None:
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, {"text": "heard"}))

        client.socket_mode_request_listeners.append(hear)
        await client.connect()  # type: ignore[no-untyped-call] # slack_sdk leaves it untyped
        outcome = await control(child.url, "slack/command", user="U0STAFF1", text="list")
        assert (outcome["status"], outcome["body"]) == (200, {"text": "heard"})
        await client.close()  # type: ignore[no-untyped-call] # slack_sdk leaves it untyped


async def test_a_disk_that_takes_nothing_is_said_and_survived(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = tmp_path / "gone" / "servers.json"
    async with keep.keeping(gone, lambda: {"a": 1}, soon=0.01) as keeper:
        keeper.touch()
        await asyncio.sleep(0.1)
        gone.parent.mkdir()
    assert f"could not be kept in {gone}" in capsys.readouterr().err
    assert keep.read(gone) == {"a": 1}


async def test_many_changes_are_written_at_once_and_only_what_is_new(tmp_path: Path) -> None:
    path, asked = tmp_path / "servers.json", list[int]()

    def snapshot() -> dict[str, Any]:
        asked.append(1)
        return {"said": "hello"}

    async with keep.keeping(path, snapshot, soon=0.05) as keeper:
        for _ in range(5):
            keeper.touch()
            await asyncio.sleep(0)
        await asyncio.sleep(0.15)
        assert len(asked) == 1
        written = path.stat().st_mtime_ns
        keeper.touch()
        await asyncio.sleep(0.15)
        assert len(asked) == 2
        assert path.stat().st_mtime_ns == written
    assert os.listdir(tmp_path) == [path.name]
    assert path.stat().st_mode & 0o077 == 0
