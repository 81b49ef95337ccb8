"""Every button that anybody was shown, pressed by others: nobody sees or changes what is not theirs."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import utc_now
from domain.calendar import next_porting_day
from domain.orders.model import Case
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


DORA, EVE = 5005, 5006  # of no company
LIFE: tuple[tuple[str, ...], ...] = (  # what Dora (types, or presses !) and staff (port …) do, a stage each
    ("port submit {ref} 88123", "port reject {ref} unpaid balance"),
    ("!It is paid", "port submit {ref} again", "/cancel"),
    ("!Yes, stop it", "port cancel {ref} fee 25: the line can be dead"),
    ("!No, go on", "port advance {ref}", "port advance {ref}", "port date {ref} {day}", "/status"),
    ("port complete {ref}",),
    ("you moved the wrong number", "port snapback {ref} : it was another one"),
    ("/cancel",),
)


async def do(desk: Desk, step: str, ref: str) -> None:
    day = next_porting_day((utc_now() + timedelta(days=9)).date()).isoformat()
    if step.startswith("port "):
        assert ref in await desk.port(step[5:].format(ref=ref, day=day)), step
    elif step.startswith("!"):
        await desk.press(step[1:], DORA)
    else:
        await desk.say(step, DORA)


async def intrude(desk: Desk, ref: str, buttons: set[str]) -> None:
    """Have Eve press every button that Dora was shown, and ask for Dora's request by its reference."""
    for data in sorted(buttons):
        desk.platforms.telegram.press(EVE, 1, data, force=True)
        await desk.quiet()
    for words in (f"/cancel {ref}", f"/status {ref}", f"yes, cancel {ref}", f"I want {ref} back", "yes", "no"):
        await desk.say(words, EVE)


async def seen_of(desk: Desk, ref: str) -> tuple[int, Case | None]:
    """Return how many messages Dora was shown, and the request."""
    sheet = await desk.house.keeper.board.sheet(ref=ref)
    return len(desk.screen(DORA)), sheet.case if sheet is not None else None


def files_of(desk: Desk, chat: int) -> list[str]:
    """Return the ids of the files that the bot sent to a chat."""
    return [m.document.file_id for m in desk.screen(chat) if m.from_bot and m.document]


async def test_what_a_port_goes_through_is_seen_and_decided_by_its_own_customer_alone(desk: Desk) -> None:
    await fill_in(desk, "415-421-8861", DORA)
    await sign(desk, DORA)
    await fill_in(desk, "415-421-8862", EVE)
    await sign(desk, EVE)
    ref = reference(desk, DORA)
    await desk.port(f"submit {reference(desk, EVE)} 88124")
    papers = {chat: files_of(desk, chat) for chat in (DORA, EVE)}  # the letter of each, which is theirs
    known, codes = set[str](), set[str]()
    for stage in LIFE:
        for step in stage:
            await do(desk, step, ref)
        new = shown_buttons(desk, DORA) - known
        known, codes = known | new, codes | {data.split(".")[2] for data in new}
        before = await seen_of(desk, ref)
        await intrude(desk, ref, new)
        assert await seen_of(desk, ref) == before, stage
        told = "\n".join(m.text for m in desk.screen(EVE) if m.from_bot)
        assert [secret for secret in (ref, "421-8861", "$25", "dead") if secret in told] == [], stage
    assert {"cancel", "stop", "port_back"} <= codes
    assert len(files_of(desk, DORA)) > len(papers[DORA])
    assert files_of(desk, EVE) == papers[EVE]
