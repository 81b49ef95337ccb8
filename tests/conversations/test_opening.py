"""What Slack must never show, staff see by a link that opens once."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.house import BILL, STAFF, Desk, Platforms, fill_in, open_desk, reference, sign


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with Platforms().served() as platforms, open_desk(platforms, tmp_path) as opened:
        await fill_in(opened)
        await sign(opened)
        yield opened


async def link(desk: Desk) -> str:
    await desk.port(f"show {reference(desk)}")
    found = re.search(r"<(http[^|>]+)\|", str(desk.platforms.slack.ephemerals(STAFF)[-1].blocks))
    assert found is not None
    return found[1]


async def test_a_look_opens_nothing_and_the_button_opens_once(desk: Desk) -> None:
    address = await link(desk)
    async with aiohttp.ClientSession() as web:
        for _ in range(2):  # what a preview or a scanner does
            async with web.get(address) as looked:
                assert "482913" not in await looked.text()
        async with web.post(address) as opened:
            page = await opened.text()
            assert opened.headers["Cache-Control"] == "no-store"
        async with web.post(address) as again:
            assert again.status == 410
            assert "482913" not in await again.text()
    assert "482913" in page
    assert "998877665-00001" in page


async def test_the_bill_opens_as_it_was_sent(desk: Desk) -> None:
    address = await link(desk)
    async with aiohttp.ClientSession() as web:
        async with web.post(address) as opened:
            page = await opened.text()
        found = re.search(r'action="(/desk/[^"]+)"', page)
        assert found is not None
        paper = address[: address.index("/desk/")] + found[1]
        async with web.post(paper) as shown:
            assert await shown.read() == BILL
            assert shown.headers["Content-Type"] == "application/pdf"
        async with web.post(paper) as again:
            assert again.status == 410


async def test_a_link_that_nobody_made_opens_nothing(desk: Desk) -> None:
    address = await link(desk)
    changed = address[:-4] + ("AAAA" if not address.endswith("AAAA") else "BBBB")
    async with aiohttp.ClientSession() as web:
        for wrong in (changed, address[: address.index("/desk/")] + "/desk/x", f"{address}ü"):
            async with web.post(wrong) as refused:
                assert refused.status in (404, 410)


async def test_opening_is_written_into_the_history(desk: Desk) -> None:
    address = await link(desk)
    async with aiohttp.ClientSession() as web, web.post(address):
        pass
    sheet = await desk.house.keeper.board.sheet(ref=reference(desk))
    assert sheet is not None
    assert [(h.actor, h.what) for h in sheet.history if h.what.startswith("opened")] == [
        (f"staff:{STAFF}", "opened_secrets")
    ]
