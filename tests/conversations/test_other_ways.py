"""The same port by every other way in: Telegram's webhook, Slack's Socket Mode, PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import aiohttp
import pytest

from tests.house import Desk, Platforms, fill_in, free_port, open_desk, reference, sign, take_to_moved
from tests.storage.conftest import Place

SECRET = "s3cret_of-the_hook"


def by_webhook(platforms: Platforms, folder: Path) -> AbstractAsyncContextManager[Desk]:
    port = str(free_port())
    hook = f"http://127.0.0.1:{port}/telegram/webhook"
    return open_desk(platforms, folder, PORT=port, TELEGRAM_WEBHOOK_URL=hook, TELEGRAM_WEBHOOK_SECRET=SECRET)


def by_socket(platforms: Platforms, folder: Path) -> AbstractAsyncContextManager[Desk]:
    return open_desk(platforms, folder, SLACK_APP_TOKEN="xapp-1-sandbox")


WAYS = {"webhook": by_webhook, "socket": by_socket}


@pytest.fixture(params=list(WAYS))
async def desk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Desk]:
    async with Platforms().served() as platforms, WAYS[request.param](platforms, tmp_path) as opened:
        yield opened


async def whole_port(desk: Desk) -> None:
    await fill_in(desk)
    await sign(desk)
    await take_to_moved(desk, reference(desk))
    assert len(desk.cards()) == 1


async def test_a_number_goes_from_hello_to_moved(desk: Desk) -> None:
    await whole_port(desk)


async def test_the_same_on_postgresql(shared_place: Place, tmp_path: Path) -> None:
    async with Platforms().served() as platforms, open_desk(platforms, tmp_path, url=shared_place.url) as desk:
        await whole_port(desk)


async def test_a_webhook_without_its_secret_is_heard_by_nobody(tmp_path: Path) -> None:
    async with Platforms().served() as platforms, by_webhook(platforms, tmp_path) as desk:
        hook = desk.settings.telegram_webhook_url
        update = {"update_id": 1, "message": {"message_id": 1, "chat": {"id": 9, "type": "private"}, "text": "hello"}}
        name = "X-Telegram-Bot-Api-Secret-Token"
        async with aiohttp.ClientSession() as web:
            for headers in ([], [(name, "wrong")], [(name, SECRET[:-1])], [(name, SECRET), (name, SECRET)]):
                async with web.post(hook, json=update, headers=headers) as answer:
                    assert answer.status == 401
            async with web.post(hook, data=b"no json", headers=[(name, SECRET)]) as answer:
                assert answer.status == 400
        assert desk.house.ingest.heard == 0
