"""What tests of the page in a real browser are given: a browser for each file, a sandbox and a page for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.sandbox.page_scene import Stage, browsing, opened, staged


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Run a headless Chromium for the tests of one file."""
    async with browsing() as found:
        yield found


@pytest_asyncio.fixture(loop_scope="module")
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Serve a sandbox whose bot and desk the test plays."""
    async with staged(tmp_path) as made:
        yield made


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, stage: Stage) -> AsyncIterator[Page]:
    """Open the page at desktop width."""
    async with opened(browser, stage) as found:
        yield found
