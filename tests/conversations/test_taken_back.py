"""What staff take back in time never reaches the customer, what they write to the customer does: on the real desk."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from domain.policy import Policy
from tests.house import Desk, Platforms, fill_in, open_desk, reference, sign

UNDO = 0.6  # seconds
TICK = 0.1  # seconds between the clock's looks at what is due
TOLD_WITHIN = UNDO + 3 * TICK


@pytest.fixture
async def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    monkeypatch.setattr("bot.schedule.TICK", TICK)
    policy = Policy(undo=timedelta(seconds=UNDO))
    async with Platforms().served() as platforms, open_desk(platforms, tmp_path, policy=policy) as opened:
        await fill_in(opened)
        await sign(opened)
        yield opened


async def told(desk: Desk, seen: int) -> list[str]:
    """Return what the customer is shown once the time to take back is over."""
    await asyncio.sleep(TOLD_WITHIN)
    await desk.quiet()
    return [message.text for message in desk.screen() if message.from_bot][seen:]


def shown(desk: Desk) -> int:
    """Count what the bot has shown."""
    return sum(message.from_bot for message in desk.screen())


async def test_a_step_taken_back_in_time_is_never_told(desk: Desk) -> None:
    seen, ref = shown(desk), reference(desk)
    await desk.port(f"submit {ref} 88123")
    assert "is taken back" in await desk.port(f"undo {ref}")
    assert await told(desk, seen) == []


async def test_the_customer_reads_why_staff_ask(desk: Desk) -> None:
    seen, ref = shown(desk), reference(desk)
    await desk.port(f"ask {ref} name: the bill says Maria J.")
    (asked,) = await told(desk, seen)
    assert "the bill says Maria J." in asked


async def test_a_step_not_taken_back_is_told_once(desk: Desk) -> None:
    seen, ref = shown(desk), reference(desk)
    await desk.port(f"submit {ref} 88123")
    assert shown(desk) == seen
    (notice,) = await told(desk, seen)
    assert "We have sent your request" in notice
