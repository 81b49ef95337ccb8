"""A morning at the desk on the page, by `docs/desk.md`: ten customers' requests, every press counted."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest_asyncio
from playwright.async_api import Browser

from tests.sandbox.house_scene import opened_house
from tests.sandbox.morning_scene import CUSTOMERS, Chats
from tests.sandbox.morning_work import Morning
from tests.sandbox.page_scene import IN_BROWSER, visited

pytestmark = IN_BROWSER

MOST_CLICKS = 3  # in the middle step


@pytest_asyncio.fixture(loop_scope="module")
async def address(tmp_path: Path) -> AsyncIterator[str]:
    async with opened_house(tmp_path) as url:
        yield url


async def test_ten_requests_are_worked_with_few_clicks_and_every_customer_is_sent_their_own(
    browser: Browser, address: str
) -> None:
    async with aiohttp.ClientSession() as session, visited(browser, address) as page:
        chats = Chats(session, address)
        refs = await asyncio.gather(*map(chats.sign, CUSTOMERS))
        morning = await Morning.begun(page, chats, refs)
        for step in morning.plan:
            await step()
        await morning.check()
        print(f"\n{morning.staff.table()}")  # noqa: T201 - what this test is asked for with `-s`
        assert morning.staff.median <= MOST_CLICKS
