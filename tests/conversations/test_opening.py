"""What Slack must never show, staff see by a link that opens once."""

import hashlib
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.clock import utc_now
from domain.desk.opening import OPENS_FOR
from domain.desk.state import Changes, Moment, OfRef, Paper, State
from tests.bot.test_upload_jobs import bill_with, script
from tests.house import BILL, STAFF, Desk, Platforms, fill_in, open_desk, reference, sign
from tests.waiting import until


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


async def test_a_robots_look_of_any_kind_uses_nothing_up_and_ten_minutes_later_nothing_opens(desk: Desk) -> None:
    address = await link(desk)
    robot = {"User-Agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"}
    async with aiohttp.ClientSession(headers=robot) as web:
        for look in (web.head, web.get, web.head):
            async with look(address) as looked:
                assert looked.status == 200
        desk.house.opening._now = lambda: utc_now() + OPENS_FOR
        for act in (web.get, web.post):
            async with act(address) as late:
                assert late.status == 410
                assert "482913" not in await late.text()
        desk.house.opening._now = utc_now
        async with web.post(address) as opened:
            assert "482913" in await opened.text()


async def test_a_bill_opens_as_it_was_sent_and_one_that_runs_something_is_downloaded_alone(desk: Desk) -> None:
    acts = bill_with("/OpenAction", script)
    await desk.send_bill(acts, name="acts.pdf")
    address = await link(desk)
    async with aiohttp.ClientSession() as web:
        async with web.post(address) as opened:
            pairs = re.findall(r'action="(/desk/[^"]+)"><button>Open ([^<]+)<', await opened.text())
            found = {name: path for path, name in pairs}
        for name, content, kind in (
            ("bill.pdf", BILL, "application/pdf"),
            ("acts.pdf", acts, "application/octet-stream"),
        ):
            paper = address[: address.index("/desk/")] + found[name]
            async with web.post(paper) as shown:
                assert await shown.read() == content
                assert shown.headers["Content-Type"] == kind
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


PNG, JPEG = b"\x89PNG drawn", b"\xff\xd8\xff signed"


async def keep(desk: Desk) -> None:
    """Keep a drawn signature and a letter that was signed on paper, as those who take them in do."""
    kept = (
        ("drawn", "kept", "drawn.png", "image/png", PNG),
        ("signed_copy", "kept", "scan.jpg", "image/jpeg", JPEG),
        ("signed_copy", "unsure", "blurred.jpg", "image/jpeg", JPEG),
    )
    for kind, status, _, _, content in kept:
        await desk.house.keeper.files.keep(f"{kind}-{status}", content)

    def refer(state: State, moment: Moment) -> Changes:
        assert state.case is not None
        request, at = state.case.request.id, moment.now
        papers: list[Paper] = []
        for kind, status, name, mime, content in kept:
            head = (moment.new_id(), request, kind, status, "", name, mime, len(content), 0, at, None)
            papers.append(Paper(*head, f"{kind}-{status}"))
        return Changes(papers=tuple(papers))

    await desk.house.keeper.turn(OfRef(reference(desk)), "kept", refer)


async def test_every_kind_of_signed_letter_opens_once_in_the_browser_and_history_says_so(desk: Desk) -> None:
    await until(lambda: any(text.startswith("Letter sealed") for text in desk.thread()), 60)
    await keep(desk)
    address, ref = await link(desk), reference(desk)
    async with aiohttp.ClientSession() as web:
        async with web.post(address) as opened:
            page = await opened.text()
        buttons = re.findall(r'action="(/desk/[^"]+)"><button>([^<]+)<', page)
        assert [label for _, label in buttons] == [
            f"Open the signed letter {ref}-letter-1.pdf",
            "Open a file sent as the letter: scan.jpg",
            "Open a file sent as the letter: blurred.jpg",
            "Open the signature as it was drawn",
            "Open bill.pdf",
        ]
        shown: list[tuple[str, bytes]] = []
        for path, _ in buttons[:4]:
            paper = address[: address.index("/desk/")] + path
            async with web.post(paper) as answer:
                shown.append((answer.headers["Content-Type"], await answer.read()))
                assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
                assert answer.headers["Cache-Control"] == "no-store"
            async with web.post(paper) as again:
                assert again.status == 410
    (kind, letter), *others = shown
    assert others == [("image/jpeg", JPEG), ("image/jpeg", JPEG), ("image/png", PNG)]
    assert kind == "application/pdf"
    assert any(hashlib.sha256(letter).hexdigest() in text for text in desk.thread())
    sheet = await desk.house.keeper.board.sheet(ref=ref)
    assert sheet is not None
    noted = [h.what for h in sheet.history if h.actor == f"staff:{STAFF}" and h.what.startswith("opened")]
    assert noted == ["opened_secrets", "opened_letter", "opened_letter", "opened_letter", "opened_paper"]
