"""Shortcuts and links at work: a message attached to a request, a link shown in short to staff alone."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest
from starlette.applications import Starlette

from bot.handlers.web.reference import reference_route
from bot.slack.files import ATTACHED, FileErrands, SlackFiles
from domain.desk.errands import Pick
from domain.desk.state import Changes, Errand, Moment, OfRef, State
from domain.desk.turn import Turn
from domain.policy import Policy
from sandbox.faults import Fault
from sandbox.serve import serve
from sandbox.slack.people import BOT, Channel
from sandbox.slack.posts import Post
from sandbox.slack.views import View
from tests.bot.slackworld import BEN, CANARY_PIN, DESK, MAYA, MOVING, OTTO, World, open_world
from tests.bot.test_slack_desk import type_

BILL = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


# attaching


async def attaching(world: World, text: str, *files: str, user: str = MAYA) -> View:
    """Use the shortcut on a message of Ben's, and return the form that opens."""
    post = world.slack.share(BEN, text, list(files))
    await world.slack.shortcut(user, "attach", message_ts=post.ts)
    [form] = world.slack.modals(user)
    return form


async def attach(world: World, form: View, said: str, user: str = MAYA) -> None:
    await world.slack.submit(user, form.id, {"request": {"value": said}})


def posts(world: World) -> list[dict[str, str]]:
    return [owed.params for owed in world.owed if owed.key == "thread.attached"]


@pytest.mark.parametrize("how", ["reference", "number", "last four"])
async def test_a_message_is_attached_to_the_request_that_is_named_in_any_way(world: World, how: str) -> None:
    ref = await world.request()
    said = {"reference": ref.lower(), "number": "(628) 421-8832", "last four": MOVING[-4:]}[how]
    form = await attaching(world, "The carrier says: name on the bill differs.")
    await attach(world, form, said)
    assert not world.slack.modals(MAYA)
    [told] = posts(world)
    assert told["text"] == "The carrier says: name on the bill differs."
    assert told["staff"] == MAYA
    assert told["where"].startswith("https://sandbox.slack.com/archives/C0DESK/p")
    assert [row.what for row in (await world.sheet(ref)).history][-1] == "attached"
    assert ref in await type_(world, "find bill differs")


async def test_of_several_that_fit_one_is_chosen(world: World) -> None:
    refs = [await world.request(chat=chat, numbers=(f"+1628421883{chat}",)) for chat in (1, 2)]
    form = await attaching(world, "Please look at this.")
    await attach(world, form, "Jones")
    [choice] = world.slack.modals(MAYA)
    assert all(ref in repr(choice.blocks) for ref in refs)
    await world.slack.submit(MAYA, choice.id, {"choice": {"value": refs[1]}})
    assert not world.slack.modals(MAYA)
    assert "attached" in [row.what for row in (await world.sheet(refs[1])).history]
    assert "attached" not in [row.what for row in (await world.sheet(refs[0])).history]


async def test_what_fits_nothing_is_said_at_the_input(world: World) -> None:
    await world.request()
    form = await attaching(world, "Hello.")
    await attach(world, form, "Nobody <!here>")
    [still] = world.slack.modals(MAYA)
    assert "No request fits" in still.errors["request"]
    assert not posts(world)


async def test_a_pin_in_a_message_is_masked_before_anybody_keeps_it(world: World) -> None:
    ref = await world.request()
    form = await attaching(world, f"Their PIN is {CANARY_PIN}, use it.")
    assert CANARY_PIN not in repr(form)
    await attach(world, form, ref)
    assert CANARY_PIN not in repr(posts(world))
    assert CANARY_PIN.encode() not in (world.folder / "desk.sqlite").read_bytes()


async def test_a_message_of_forty_thousand_characters_travels_cut(world: World) -> None:
    ref = await world.request()
    form = await attaching(world, 'émoji "😀" \\ ' * 3000)
    assert len(form.private_metadata) <= 3000
    await attach(world, form, ref)
    assert len(posts(world)[0]["text"]) > 900


async def test_a_message_without_words_or_files_is_refused(world: World) -> None:
    ref = await world.request()
    form = await attaching(world, "")
    await attach(world, form, ref)
    [still] = world.slack.modals(MAYA)
    assert "neither words nor files" in still.errors["request"]


async def test_the_same_form_handed_in_twice_attaches_once(world: World) -> None:
    ref = await world.request()
    form = await attaching(world, "Once.")
    world.faults.add(Fault("slack", "view", "timeout_after"))
    await attach(world, form, ref)
    assert len(posts(world)) == 1


async def test_a_shortcut_of_who_is_not_staff_opens_nothing(world: World) -> None:
    await world.request()
    post = world.slack.share(BEN, "Hello.", [])
    await world.slack.shortcut(OTTO, "attach", message_ts=post.ts)
    assert not world.slack.modals(OTTO)


# files


async def errands(world: World) -> list[Errand]:
    found: list[Errand] = []
    while taken := await world.store.take(Pick(10)):  # one of a request at a time
        found += [errand for errand, _ in taken]
    return found


def fetcher(world: World, most: int = 10) -> FileErrands:
    policy = Policy(reply_mb=most)
    fetch = SlackFiles(world.desk.client, policy).fetched
    return FileErrands(world.store, world.store, fetch, policy, ATTACHED)


async def test_its_files_become_papers_kept_encrypted(world: World) -> None:
    ref = await world.request()
    file = world.slack.attach("letter 842917.pdf", BILL)
    await attach(world, await attaching(world, "", str(file["id"])), ref)
    [errand] = await errands(world)
    await fetcher(world).ways[errand.kind](errand)
    [paper] = [p for p in (await world.sheet(ref)).papers if p.kind == "attached"]
    assert (paper.status, paper.size) == ("kept", len(BILL))
    assert "842917" not in paper.name
    assert paper.object_key is not None
    assert await world.store.files.read(paper.object_key) == BILL
    assert world.owed[-1].key == "thread.attached_kept"


async def test_a_file_that_is_gone_or_too_large_is_told_in_the_thread(world: World) -> None:
    ref = await world.request()
    gone, large = world.slack.attach("gone.pdf", BILL), world.slack.attach("large.pdf", b"x" * (1024 * 1024 + 1))
    await attach(world, await attaching(world, "Two.", str(gone["id"]), str(large["id"])), ref)
    del world.slack._workspace.files[str(gone["id"])]
    for errand in await errands(world):
        await fetcher(world, 1).ways[errand.kind](errand)
    told = [owed.params for owed in world.owed if owed.key == "thread.attached_refused"]
    assert len(told) == 2
    assert {p.status for p in (await world.sheet(ref)).papers if p.kind == "attached"} == {"refused"}


async def test_what_was_attached_is_forgotten_with_its_request(world: World) -> None:
    ref = await world.request()
    file = world.slack.attach("letter.pdf", BILL)
    await attach(world, await attaching(world, "Their words, kept apart.", str(file["id"])), ref)
    [errand] = await errands(world)
    await fetcher(world).ways[errand.kind](errand)
    await world.store.turn(OfRef(ref), "erase", _erase)
    assert not [paper for paper in (await world.sheet(ref)).papers if paper.kind == "attached"]
    assert [each.kind for each in await errands(world)].count("drop_file") == 2  # the bill is the other
    with closing(sqlite3.connect(world.folder / "desk.sqlite")) as connection:
        kept = "\n".join(line for line in connection.iterdump() if '"outbox"' not in line)
    assert "kept apart" not in kept


def _erase(state: State, moment: Moment) -> Changes:
    turn = Turn(state, moment, "customer")
    turn.erase(letter=False)
    return turn.changes()


# links


async def unfurled(world: World, user: str, *links: str, channel: str = DESK, shared: bool = False) -> Post:
    """Post links and return the message as it stands once the desk has looked at it."""
    post = await world.slack.post_links(user, list(links), channel=channel, shared=shared)
    await asyncio.sleep(0.3)
    [found] = [each for each in world.slack.posts(channel) if each.ts == post.ts]
    return found


def link(ref: str) -> str:
    return f"https://desk.example.com/r/{ref}"


async def test_a_link_of_staffs_is_shown_in_short_in_the_desks_channel(world: World) -> None:
    ref = await world.request()
    post = await unfurled(world, MAYA, link(ref), "https://desk.example.com/else")
    assert list(post.unfurls) == [link(ref)]
    assert ref in repr(post.unfurls)
    assert "Desk review" in repr(post.unfurls)


async def test_a_link_stays_a_link_where_others_might_read_it(world: World) -> None:
    ref = await world.request()
    world.slack.add_channel(Channel("C0ALL", "general", {MAYA, OTTO, BOT}))
    assert not (await unfurled(world, MAYA, link(ref), channel="C0ALL")).unfurls
    assert not (await unfurled(world, MAYA, link(ref), shared=True)).unfurls
    assert not (await unfurled(world, OTTO, link(ref))).unfurls
    assert not world.record.of("slack", "chat.unfurl")
    assert not world.record.of("slack", "views.publish")


@pytest.mark.parametrize(
    "odd",
    [
        "https://evil.example.com/r/{ref}",
        "https://desk.example.com.evil.example.com/r/{ref}",
        "https://desk.example.com/r/{ref}x",
        "https://desk.example.com/r/P-22222",
    ],
)
async def test_no_other_link_is_shown(world: World, odd: str) -> None:
    ref = await world.request()
    assert not (await unfurled(world, MAYA, odd.format(ref=ref))).unfurls


async def test_a_link_that_slack_will_not_have_shown_is_left(world: World, caplog: pytest.LogCaptureFixture) -> None:
    ref = await world.request()
    world.faults.add(Fault("slack", "chat.unfurl", "502"))
    assert not (await unfurled(world, MAYA, link(ref))).unfurls
    assert "not_unfurled" in caplog.text


async def test_the_page_behind_a_link_tells_nothing_of_the_request() -> None:
    async with serve(Starlette(routes=[reference_route()])) as url, aiohttp.ClientSession() as session:
        async with session.get(f"{url}/r/p-22222") as page:
            assert page.status == 200
            assert "/port show P-22222" in await page.text()
            assert page.headers["cache-control"] == "no-store"
        async with session.get(f"{url}/r/<script>") as page:
            assert page.status == 404
            assert "<script>" not in await page.text()
