"""A company as three people live it, each in a chat of their own, through the real clients."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.house import STAFF, Desk, Platforms, fill_in, open_desk, sign
from tests.storage.conftest import Place

ANNA, BEN, ZED = 5001, 5002, 5003
NAMES = {ANNA: "Anna", BEN: "Ben", ZED: "Zed"}
_LINK = re.compile(r"https://t\.me/(\w+)\?start=([\w-]{40,64})(?![\w-])")


@pytest.fixture
async def desk(place: Place, tmp_path: Path) -> AsyncIterator[Desk]:
    """Run a desk on each database, with three people who have names."""
    url = None if place.is_sqlite else place.url
    async with Platforms().served() as platforms, open_desk(platforms, tmp_path, url=url) as opened:
        for chat, name in NAMES.items():
            platforms.telegram.say(chat, "/help", user={"first_name": name})
        await opened.quiet()
        yield opened


def everything_kept(folder: Path) -> bytes:
    """Return what the database has on disk."""
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())


async def invited(desk: Desk, role: str) -> str:
    """Invite somebody as the administrator; return the command by which the link is opened."""
    await desk.say("/company", ANNA)
    shown = await desk.press(f"Invite {role}", ANNA)
    link = _LINK.search(shown)
    assert link is not None
    assert link[1] == desk.platforms.telegram.state.bot["username"]
    return f"/start {link[2]}"


async def test_a_company_is_begun_joined_and_its_managers_request_is_sent_back_then_approved(
    desk: Desk, place: Place, tmp_path: Path
) -> None:
    await desk.say("/company", ANNA)
    assert "you are its administrator" in await desk.say("Blue Door Bakery", ANNA)
    link = await invited(desk, "a manager")
    if place.is_sqlite:  # the link is in the chat, and nowhere in what we keep
        kept = everything_kept(tmp_path)
        assert b"Blue Door Bakery" in kept
        assert link.removeprefix("/start ").encode() not in kept

    asked = await desk.say(link, BEN)
    assert "Anna invites you to Blue Door Bakery as a manager" in asked
    assert "Welcome to Blue Door Bakery" in await desk.press("Join Blue Door Bakery", BEN)
    assert "Ben has joined Blue Door Bakery" in desk.shown(ANNA)
    assert "used already" in await desk.say(link, ZED)

    check = await fill_in(desk, chat=BEN)
    assert "Account with us: Blue Door Bakery" in check
    done = await sign(desk, BEN)
    assert "waits for Anna to approve it" in done
    assert desk.cards() == []
    asked = desk.shown(ANNA)
    assert "Ben has signed the request P-" in asked
    assert "998877665" not in asked + done
    ref = asked[asked.index("P-") :][:7]

    await desk.press("Send back", ANNA)
    await desk.say("Calls should ring at the shop", ANNA)
    assert any("Calls should ring at the shop" in m.text for m in desk.screen(BEN))
    await desk.press("Change where calls ring", BEN)
    await desk.say("415 200 0177", BEN)
    await desk.press("All correct, I agree", BEN)
    assert "waits for Anna" in await desk.say("Maria Alvarez", BEN)
    assert "(415) 200-0177" in desk.shown(ANNA)

    await desk.press("Approve", ANNA)
    assert "Anna has approved your request" in desk.shown(BEN)
    (card,) = desk.cards()
    shown = f"{card.text} {card.blocks}"
    assert ref in shown
    assert "Blue Door Bakery" in shown
    assert "approved by Anna" in shown
    assert any("Approved by Anna" in post for post in desk.thread())
    await desk.port(f"show {ref}")
    assert "Blue Door Bakery" in str(desk.platforms.slack.ephemerals(STAFF)[-1].blocks)

    await desk.say("/status", ANNA)
    assert "begun by Ben for Blue Door Bakery" in await desk.press(f"{ref}, Ben", ANNA)
    assert "no request yet" in await desk.say("/status", ZED)


async def test_a_stranger_gets_nowhere_with_a_link_of_their_own_making(desk: Desk) -> None:
    await desk.say("/company", ANNA)
    await desk.say("Blue Door Bakery", ANNA)
    link = await invited(desk, "an administrator")
    broken = link[:-1] + ("A" if link[-1] != "A" else "B")
    for forged in (broken, f"/start {'A' * 62}", link.lower()):
        assert "none of my invitations" in await desk.say(forged, ZED)
    assert "Anna, administrator" in await desk.say("/company", ANNA)
    assert "Zed" not in desk.shown(ANNA)
