"""A bill that comes before the number, on the real desk: kept, seen by nobody before its time, gone with its draft."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.house import Desk, Platforms, fill_in, open_desk, reference, sign, take_to_moved


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with Platforms().served() as platforms, open_desk(platforms, tmp_path) as opened:
        yield opened


async def test_a_bill_before_the_number_goes_all_the_way(desk: Desk) -> None:
    assert "I keep the file with your request" in await desk.send_bill()
    assert "Which number would you like to move" in desk.shown()
    assert not desk.cards()
    asked = await desk.say("415-421-8832")
    for answer in ("Verizon Wireless", "yes"):
        asked = await desk.say(answer)
    assert "Whose account is it" in asked


async def test_a_draft_without_a_number_is_thrown_away_like_any_other(desk: Desk) -> None:
    await desk.send_bill()
    assert "No number yet" in await desk.say("/status")
    await desk.say("/cancel")
    assert "thrown away" in await desk.press("Yes, stop it")
    assert "no request yet" in await desk.say("/status")
    assert "—" not in await desk.port("list")
    await fill_in(desk)
    await sign(desk)
    await take_to_moved(desk, reference(desk))
