"""The days after a move, through the real clients: tried, texting, and the end of the old service."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import utc_now
from domain.policy import Policy
from tests.house import Desk, Platforms, fill_in, open_desk, reference, sign, take_to_moved
from tests.waiting import until

PATIENCE = 20.0  # seconds: what is due is looked at once a second, by a machine that may be busy


@dataclass
class Later:
    """A clock that a test sets forward."""

    by: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return utc_now() + self.by


@pytest.fixture
def clock() -> Later:
    return Later()


@pytest.fixture
async def desk(tmp_path: Path, clock: Later) -> AsyncIterator[Desk]:
    rules = Policy(undo=timedelta(0), nudge_minutes=0)
    async with Platforms().served() as platforms, open_desk(platforms, tmp_path, policy=rules, now=clock) as opened:
        yield opened


async def moved(desk: Desk) -> str:
    await fill_in(desk)
    await sign(desk)
    ref = reference(desk)
    await take_to_moved(desk, ref)
    return ref


async def test_what_works_is_pressed_texting_is_told_and_after_ten_days_the_old_service_may_end(
    desk: Desk, clock: Later
) -> None:
    ref = await moved(desk)
    assert any("telephone of another company" in text for text in desk.said()[-2:])  # a calendar file comes behind it
    assert "Pending until the first call" in await desk.say("/status")
    await desk.press("Yes, it works")
    await desk.press("Yes, it works")
    assert "everything works" in await desk.press("Yes, it works")
    assert "asked for" in await desk.port(f"texting {ref} filed")
    await until(lambda: "is asked for" in desk.shown(), PATIENCE)
    await desk.port(f"texting {ref} working")
    await until(lambda: "Do texts come and go" in desk.shown(), PATIENCE)
    await desk.press("Yes, it works")
    clock.by = timedelta(days=25)
    await until(lambda: "You may cancel your old service now" in desk.shown(), PATIENCE)
    await until(lambda: "closed" in "".join(desk.thread()).lower(), PATIENCE)


async def test_a_no_is_urgent_for_the_desk_which_notes_what_works_by_the_button_under_it(desk: Desk) -> None:
    ref = await moved(desk)
    told = await desk.press("No")
    assert "I have told our desk" in told
    [post] = [p for p in desk.platforms.slack.posts() if "Does not work, says the customer" in p.text]
    assert "Calls in" in post.text
    await desk.click("verb.works", post.ts)
    [form] = desk.platforms.slack.modals("U0STAFF1")
    await desk.platforms.slack.submit("U0STAFF1", form.id, {"checks": {"value": ["trial_in"]}})
    await desk.quiet()
    assert "Noted as working" in await desk.port(f"works {ref} calls out")
    shown = str(desk.cards()[-1].blocks)
    assert "Calls in: works, says the desk; the customer tries it once more" in shown
    await until(lambda: any("found that it works now" in text for text in desk.said()), PATIENCE)
    assert "Voicemail: not tried yet" in shown
