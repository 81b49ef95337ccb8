"""Every button that anybody was shown, pressed by others: nobody sees or changes what is not theirs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conversations.test_companies import invited
from tests.house import Desk, Platforms, fill_in, open_desk, reference, sign
from tests.storage.conftest import Place

ANNA, BEN, CLEO, ZED = 5001, 5002, 5003, 5004
NAMES = {ANNA: "Anna", BEN: "Ben", CLEO: "Cleo", ZED: "Zed"}


@pytest.fixture
async def desk(place: Place, tmp_path: Path) -> AsyncIterator[Desk]:
    """Run a desk on each database: Anna leads a company of Ben and Cleo, Zed another."""
    url = None if place.is_sqlite else place.url
    async with Platforms().served() as platforms, open_desk(platforms, tmp_path, url=url) as opened:
        for chat, name in NAMES.items():
            platforms.telegram.say(chat, "/help", user={"first_name": name})
        for chat, firm in ((ANNA, "Blue Door Bakery"), (ZED, "Zed and Sons")):
            await opened.say("/company", chat)
            await opened.say(firm, chat)
        for chat in (BEN, CLEO):
            await opened.say(await invited(opened, "a manager"), chat)
            await opened.press("Join Blue Door Bakery", chat)
        yield opened


def shown_buttons(desk: Desk, *chats: int) -> set[str]:
    """Return what every button that these chats ever read would send."""
    return {b.data for chat in chats for m in desk.screen(chat) for row in m.keyboard for b in row}


async def test_a_request_is_seen_and_decided_by_its_own_administrator_alone(desk: Desk) -> None:
    await fill_in(desk, "415-421-8877", BEN)
    await sign(desk, BEN)
    ref = reference(desk, BEN)
    await desk.say("/status", ANNA)
    await desk.press(f"{ref}, Ben: waits for you", ANNA)
    buttons = shown_buttons(desk, ANNA, BEN)
    assert {b.partition(".co.")[2] for b in buttons} >= {"approve", "send_back", "look"}
    before = {chat: len(desk.said(chat)) for chat in (ANNA, BEN)}
    for chat in (CLEO, ZED):
        for data in sorted(buttons):
            desk.platforms.telegram.press(chat, 1, data, force=True)
            await desk.quiet()
        for words in ("/status", "/requests", ref, f"status of {ref}", f"cancel {ref}", "yes"):
            await desk.say(words, chat)
        told = "\n".join(desk.said(chat))
        for secret in (ref, "Maria", "421-8877", "00001", "Ben has signed"):
            assert secret not in told
    assert {chat: len(desk.said(chat)) for chat in (ANNA, BEN)} == before
    assert desk.cards() == []
    await desk.press("Approve", ANNA)
    assert len(desk.cards()) == 1
