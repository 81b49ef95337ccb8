"""Dates as customers live them, by the real clients on both databases: split, moved twice, short, taken back."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.clock import utc_now
from domain.calendar import add_business_days, next_porting_day
from domain.policy import Policy
from tests.conversations.test_lists import documents
from tests.conversations.test_talking import a_desk
from tests.house import Desk, reference
from tests.storage.conftest import Place

TODAY = utc_now().date()
SOON = next_porting_day(TODAY)
DAYS = [add_business_days(TODAY, 10 + n) for n in range(3)]  # of no short notice


@pytest.fixture
async def desk(place: Place) -> AsyncIterator[Desk]:
    async with a_desk(place) as opened:
        await take_to_pending(opened)
        yield opened


async def take_to_pending(desk: Desk) -> None:
    """Bring a signed request to where its date is awaited."""
    ref = reference(desk)
    for step in (f"submit {ref} 88123", f"advance {ref}", f"advance {ref}"):
        assert ref in await desk.port(step)


def events(desk: Desk) -> list[tuple[str, str, str, str]]:
    """Return of each calendar file its method, and of its event name, sequence and start."""
    files = [content for name, content in documents(desk) if name.endswith(".ics")]
    texts = [content.decode().replace("\r\n ", "") for content in files]
    return [tuple(re.findall(r"(?:METHOD|UID|SEQUENCE|DTSTART):(.*)\r\n", text)) for text in texts]


def notices(desk: Desk, words: str) -> list[str]:
    return [text for text in desk.said() if words in text]


async def test_a_date_that_moves_twice_is_told_twice_and_replaces_itself_in_the_calendar(desk: Desk) -> None:
    ref = reference(desk)
    for day in DAYS:
        assert ref in await desk.port(f"date {ref} {day.isoformat()}")
    assert len(notices(desk, "Date set for")) == 1
    first, second = notices(desk, "has moved from")
    assert f"from {DAYS[0].isoformat()} to" in first
    assert f"from {DAYS[1].isoformat()} to" in second
    told = events(desk)
    assert len({uid for _, uid, _, _ in told}) == 1
    assert [(method, sequence) for method, _, sequence, _ in told] == [
        ("PUBLISH", "0"), ("PUBLISH", "1"), ("PUBLISH", "2"),
    ]  # fmt: skip
    assert [start[:8] for *_, start in told] == [f"{day:%Y%m%d}" for day in DAYS]


async def test_a_date_that_the_carrier_takes_back_is_told_once_and_leaves_the_calendar(desk: Desk) -> None:
    ref = reference(desk)
    await desk.port(f"date {ref} {DAYS[0].isoformat()}")
    assert "waits for a date again" in await desk.port(f"lost {ref}")
    assert len(notices(desk, "no longer stands: ")) == 1
    assert events(desk)[-1][0] == "CANCEL"
    assert "waiting for a date" in await desk.say("/status")


async def test_a_date_at_short_notice_is_read_and_confirmed(place: Place) -> None:
    async with a_desk(place, Policy(undo=timedelta(0), short_notice=240)) as desk:
        await take_to_pending(desk)
        ref = reference(desk)
        assert "Short notice" in await desk.port(f"date {ref} {SOON.isoformat()}")
        assert any("at short notice" in text for text in desk.said()[-2:])  # a calendar file comes behind it
        assert "we know now" in await desk.press("I have read it")
        assert any("confirmed that they have read the date" in post for post in desk.thread())
