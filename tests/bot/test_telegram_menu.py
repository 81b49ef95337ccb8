"""What the bot tells Telegram of itself fits Telegram's limits (Bot API, setMyCommands and others; read 2026-11-21)."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.telegram.bot import introduce, make_bot
from bot.telegram.request import AiohttpRequest
from bot.wording import sentences
from domain.desk.customer import COMMANDS
from domain.policy import Policy
from tests.house import Platforms, settings_for


@pytest.fixture
async def platforms() -> AsyncIterator[Platforms]:
    async with Platforms().served() as served:
        yield served


async def test_every_command_stands_in_the_menu_in_the_tables_order(platforms: Platforms, tmp_path: Path) -> None:
    request, polling = AiohttpRequest(), AiohttpRequest()
    settings = settings_for(platforms, tmp_path, Policy())
    await introduce(make_bot(settings, request, polling), settings)
    await request.shutdown()
    (call,) = platforms.record.of("telegram", "setMyCommands", effective=True)
    assert re.findall(r'"command": ?"(\w+)"', str(call.params["commands"]).replace("'", '"')) == list(COMMANDS)


def test_menu_and_descriptions_fit() -> None:
    words = sentences("en")
    for command in COMMANDS:
        assert re.fullmatch("[a-z0-9_]{1,32}", command)
        assert 1 <= len(words[f"menu.{command}"]) <= 256
    assert len(words["menu.description"]) <= 512
    assert len(words["menu.short_description"]) <= 120
    assert not any("{" in text for key, text in words.items() if key.startswith("menu."))
