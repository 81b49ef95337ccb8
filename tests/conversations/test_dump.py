"""Whoever has a whole copy of the database has no way in: no link in it can be used, no PIN and no account number read.

Links are taken from what people were shown: staff's to secrets and papers, a colleague's into a company, a caller's
into their request, a signer's to the letter and what the page hands on from there. Each is searched for in every dress,
as the bytes under its letters too.
"""

import base64
import re
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.slack.inputs import INPUT
from domain.policy import Policy
from tests.conversations.canaries import Canary, Found, files_below, scan
from tests.conversations.signing import Visitor, wait_for_signer
from tests.conversations.test_canaries import rows_of
from tests.house import STAFF, Desk, Platforms, fill_in, open_desk, reference, sign
from tests.storage.conftest import Place

ANNA, MARIA, PETER = 5101, 5102, 5103
PIN, ACCOUNT = "482913", "998877665-00001"
CALLERS = {
    "numbers": "415-421-8833",
    "carrier": "Verizon Wireless",
    "working": "yes",
    "authority": "holder",
    "name": "Nora Caller",
}
_STAFFS = re.compile(r"/desk/([\w-]{40,})")
_INTO = re.compile(r"\?start=([\w-]{40,64})(?![\w-])")


@dataclass
class Story:
    """A desk on a database, and the links that people were shown there."""

    desk: Desk
    place: Place
    links: dict[str, str] = field(default_factory=dict)

    def dump(self) -> list[tuple[str, bytes]]:
        """Return all that the database holds: its files with what was deleted in them, and each value as text."""
        if not self.place.is_sqlite:
            return rows_of(self.place.url)
        folder = self.desk.settings.data_dir
        with sqlite3.connect(f"file:{folder / 'port.db'}?mode=ro", uri=True) as connection:
            text = "\n".join(connection.iterdump()).encode()
        connection.close()
        files = [(name, content) for name, content in files_below(folder) if name.startswith("port.db")]
        assert len(files) >= 2
        return [("dump", text), *files]

    def canaries(self) -> list[Canary]:
        return [Canary(name, token) for name, token in self.links.items()] + [
            Canary("pin", PIN),
            Canary("account", ACCOUNT),
        ]


@pytest.fixture
async def story(place: Place, tmp_path: Path) -> AsyncIterator[Story]:
    """Live through all that makes links."""
    url = None if place.is_sqlite else place.url
    policy = Policy(undo=timedelta(0), pages=True)
    async with Platforms().served() as platforms, open_desk(platforms, tmp_path, url=url, policy=policy) as desk:
        told = Story(desk, place)
        await told.desk.say("/company", ANNA)
        await desk.say("Blue Door Bakery", ANNA)
        await desk.say("/company", ANNA)
        told.links["invitation"] = found(_INTO, await desk.press("Invite a manager", ANNA))
        await fill_in(desk, "415-421-8830", MARIA)
        await sign(desk, chat=MARIA, pin=PIN)
        await desk.port(f"show {reference(desk, MARIA)}")
        told.links["staff"] = found(_STAFFS, repr(platforms.slack.ephemerals(STAFF)[-1].blocks))
        told.links["caller"] = await _begin_for_a_caller(desk)
        told.links["signer"] = await wait_for_signer(desk, PETER)
        told.links["page"] = await _confirm_on_the_page(desk, told.links["signer"])
        yield told


async def _confirm_on_the_page(desk: Desk, token: str) -> str:
    """Have the signer show who they are; return what the page carries from there to the signature."""
    async with aiohttp.ClientSession() as web:
        signer = Visitor(desk, web, token)
        await signer.press("open")
        await signer.press("word", "8832")
        assert signer.carried, signer.shown
        return signer.carried


async def _begin_for_a_caller(desk: Desk) -> str:
    """Begin a request on the phone, and have the link for the caller shown."""
    slack = desk.platforms.slack
    await slack.command(STAFF, "new")
    await desk.quiet()
    await slack.submit(STAFF, slack.modals(STAFF)[-1].id, {block: {INPUT: said} for block, said in CALLERS.items()})
    await desk.quiet()
    ref = next(post.text[:7] for post in desk.cards() if post.text[:7] != reference(desk, MARIA))
    await desk.port(f"new {ref}")
    return found(_INTO, repr(slack.ephemerals(STAFF)[-1].blocks))


def found(link: re.Pattern[str], text: str) -> str:
    """Return the token of a link that is shown."""
    shown = link.search(text)
    assert shown is not None, text
    return shown[1]


def under(token: str) -> bytes:
    """Return the bytes that a token's letters stand for."""
    return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))


def found_in(story: Story, dump: list[tuple[str, bytes]]) -> list[Found]:
    """Search a dump for every secret, and for the bytes under each link."""
    bare = [
        Found(name, "bytes", where, b"")
        for name, token in story.links.items()
        for where, content in dump
        if under(token) in content
    ]
    return scan(story.canaries(), dump) + bare


async def test_a_whole_dump_holds_no_usable_link_no_pin_and_no_account_number(story: Story) -> None:
    assert found_in(story, story.dump()) == []


async def test_what_is_searched_is_the_whole_of_it_and_the_search_would_find_them(story: Story) -> None:
    whole = b"".join(content for _, content in story.dump())
    for known in ("Maria", "Nora", "Blue Door Bakery", reference(story.desk, MARIA), "Market Street"):
        assert known.encode() in whole
    for name, text in (*story.links.items(), ("pin", PIN), ("account", ACCOUNT)):
        planted = [("planted", b"seen " + text.encode() + b" here")]
        assert {each.name for each in found_in(story, planted)} == {name}
    assert [each.name for each in found_in(story, [("bytes", b"x" + under(story.links["staff"]) + b"y")])] == ["staff"]


async def test_the_links_that_are_searched_for_are_good_ones(story: Story) -> None:
    keeper = story.desk.house.keeper
    assert await keeper.signers.find(story.links.pop("signer")) is not None
    for name, token in story.links.items():
        assert keeper.open_link(token) is not None, name
