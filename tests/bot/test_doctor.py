"""The doctor: each thing that must be right is looked at, and what is wrong is said in words that help."""

import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands.doctor import Finding, doctor
from bot.settings import Settings, read_settings
from domain.policy import Policy
from sandbox.faults import Fault
from sandbox.telegram.webhook import Address
from storage import check, open_store
from tests.house import Platforms, settings_for

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
async def platforms() -> AsyncIterator[Platforms]:
    async with Platforms().served() as served:
        yield served


@pytest.fixture
async def settings(platforms: Platforms, tmp_path: Path) -> Settings:
    """Return settings whose database is at the newest schema."""
    found = settings_for(platforms, tmp_path, Policy())
    await (await open_store(found.database_url, tmp_path, None)).close()
    return found


async def examined(settings: Settings) -> dict[str, Finding]:
    """Return the findings by name."""
    return {finding.name: finding for finding in await doctor(settings, lambda: check(settings.database_url))}


def nobody() -> str:
    """Return an address where nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


async def test_all_is_well_where_all_is_well(settings: Settings) -> None:
    found = await examined(settings)
    assert {name: finding.is_well for name, finding in found.items()} == {
        "database": True,
        "telegram": True,
        "slack": True,
    }
    assert "@port_of_call_sandbox_bot" in found["telegram"].sentence


async def test_with_no_tokens_no_platform_is_asked(platforms: Platforms, settings: Settings) -> None:
    found = await examined(replace(settings, telegram_token="", slack_token=""))
    assert set(found) == {"database", "tokens"}
    assert found["tokens"].is_well
    assert "sandbox" in found["tokens"].sentence
    assert not len(platforms.record)


async def test_a_database_that_is_not_made_yet_is_not_made_by_looking(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    found = await examined(replace(settings, database_url=f"sqlite:///{file}"))
    assert not found["database"].is_well
    assert "migrate" in found["database"].sentence
    assert not file.exists()


async def test_a_database_without_a_schema_is_to_be_migrated(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "old.db"
    sqlite3.connect(file).close()
    file.touch(mode=0o600)
    file.chmod(0o600)
    found = await examined(replace(settings, database_url=f"sqlite:///{file}"))
    assert not found["database"].is_well
    assert "migrate" in found["database"].sentence


async def test_the_database_is_looked_at_while_the_desk_runs(settings: Settings, tmp_path: Path) -> None:
    store = await open_store(settings.database_url, tmp_path, None)
    try:
        assert (await examined(settings))["database"].is_well
    finally:
        await store.close()


@pytest.mark.parametrize(
    ("change", "name", "said"),
    [
        ({"slack_token": "xoxb-wrong"}, "slack", "SLACK_BOT_TOKEN"),
        ({"desk_channel": "C0NOWHERE"}, "slack", "SLACK_DESK_CHANNEL"),
        ({"telegram_token": "1:wrong"}, "telegram", "token"),
    ],
)
async def test_what_is_wrong_is_named_and_the_other_platform_is_looked_at_all_the_same(
    settings: Settings, change: dict[str, str], name: str, said: str
) -> None:
    found = await examined(replace(settings, **change))  # type: ignore[arg-type] # the parameters above are Settings'
    assert {n for n, finding in found.items() if not finding.is_well} == {name}
    assert said in found[name].sentence


async def test_a_bot_outside_the_desk_channel_is_told_to_be_invited(platforms: Platforms, settings: Settings) -> None:
    platforms.slack.channels["C0DESK"].members.discard("U0BOT")
    found = (await examined(settings))["slack"]
    assert not found.is_well
    assert "invite" in found.sentence


@pytest.mark.parametrize("kind", ["502", "429", "half"])
@pytest.mark.parametrize(("service", "method"), [("telegram", "getMe"), ("slack", "auth.test")])
async def test_an_outage_is_a_finding_about_that_platform_alone(
    platforms: Platforms, settings: Settings, service: str, method: str, kind: str
) -> None:
    platforms.faults.add(Fault(service, method, kind))  # type: ignore[arg-type] # a Kind, from the list above
    found = await examined(settings)
    assert {name for name, finding in found.items() if not finding.is_well} == {service}


async def test_platforms_that_cannot_be_reached_are_findings(settings: Settings) -> None:
    url = nobody()
    found = await examined(replace(settings, telegram_api=url, slack_api=f"{url}/api/"))
    assert not found["telegram"].is_well
    assert not found["slack"].is_well
    assert "reached" in found["telegram"].sentence
    assert "reached" in found["slack"].sentence


async def test_a_webhook_where_none_is_wanted_is_told(platforms: Platforms, settings: Settings) -> None:
    platforms.telegram.reception.open(Address("http://127.0.0.1:9/elsewhere"))
    found = (await examined(settings))["telegram"]
    assert not found.is_well
    assert "webhook" in found.sentence


async def test_no_finding_shows_a_token(platforms: Platforms, settings: Settings) -> None:
    platforms.faults.add(Fault("slack", "*", "502", times=9))
    platforms.faults.add(Fault("telegram", "*", "502", times=9))
    text = repr(await examined(settings))
    assert settings.telegram_token not in text
    assert settings.slack_token not in text


# the command


def doctor_as_command(data_dir: Path, **env: str) -> "subprocess.CompletedProcess[str]":
    mine = {"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), **env}
    command = [sys.executable, "app.py", "doctor"]
    return subprocess.run(command, cwd=ROOT, env=mine, capture_output=True, text=True, timeout=30)


def test_the_command_says_what_to_do_and_fails_when_something_is_wrong(tmp_path: Path) -> None:
    done = doctor_as_command(tmp_path)
    assert done.returncode == 1
    assert "WRONG" in done.stdout
    assert "migrate" in done.stdout
    assert "sandbox" in done.stdout
    assert done.stderr == ""


async def test_the_command_succeeds_where_all_is_well(tmp_path: Path) -> None:
    url = read_settings({"DATA_DIR": str(tmp_path)}, ROOT).database_url
    await (await open_store(url, tmp_path, None)).close()
    done = doctor_as_command(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "WRONG" not in done.stdout


async def test_a_database_of_a_newer_release_is_one_sentence(tmp_path: Path) -> None:
    url = read_settings({"DATA_DIR": str(tmp_path)}, ROOT).database_url
    await (await open_store(url, tmp_path, None)).close()
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    done = doctor_as_command(tmp_path)
    assert done.returncode == 1
    assert "9999" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
