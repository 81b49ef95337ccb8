"""Somebody else's signature without Telegram: the link by e-mail through a real server, the page as its forms are."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from domain.papers.evidence import EVIDENCE, MAIL_PAGE
from domain.policy import Policy
from tests.conversations.signing import MARIA, SIGNER, TOKEN, Shifted, Visitor, fresh_token, wait_for_signer
from tests.house import Desk, Platforms, open_desk, reference
from tests.post_office import PostOffice
from tests.storage.conftest import Place
from tests.waiting import until

PUBLIC = "https://port.example"


@dataclass
class Scene:
    """A desk with pages and a mail server, and a browser."""

    desk: Desk
    web: ClientSession
    clock: Shifted

    def visitor(self, token: str) -> Visitor:
        return Visitor(self.desk, self.web, token)

    def letters(self) -> list[dict[str, str]]:
        """Return what the mail server took: recipient, subject, text."""
        calls = [call.params for call in self.desk.platforms.record.of("mail", "DATA")]
        return [{"to": c["to"][0], "subject": c["headers"]["Subject"], "text": c["text"]} for c in calls]


@pytest.fixture
async def scene(place: Place, tmp_path: Path) -> AsyncIterator[Scene]:
    """Run a desk on each database."""
    url, clock = None if place.is_sqlite else place.url, Shifted()
    policy = Policy(undo=timedelta(0), pages=True, mails=True)
    async with Platforms().served() as platforms, PostOffice(platforms).served() as office:
        more = {"PUBLIC_URL": PUBLIC, "SMTP_URL": office}
        async with (
            open_desk(platforms, tmp_path, url=url, policy=policy, now=clock, **more) as desk,
            ClientSession() as web,
        ):
            yield Scene(desk, web, clock)


async def mailed(scene: Scene) -> str:
    """Wait for the e-mail; return the token in it."""
    await until(lambda: bool(scene.letters()))
    letter = scene.letters()[-1]
    assert letter["to"] == "ann.canary@example.org"
    assert "Please sign" in letter["subject"]
    assert f"{PUBLIC}/sign/" in letter["text"]
    found = TOKEN.search(letter["text"])
    assert found is not None
    return found[1]


async def test_somebody_else_signs_on_the_page_that_an_e_mail_leads_to(scene: Scene) -> None:
    desk = scene.desk
    forwarded = await wait_for_signer(desk)
    token = await mailed(scene)
    await desk.quiet()
    assert token != forwarded  # each message has one of its own
    ann = scene.visitor(token)
    assert "nothing is signed by that" in await ann.look()
    assert "was opened" not in "".join(desk.thread())  # a look opens nothing: scanners do that
    assert "Maria asks Ann Lee to sign a letter" in await ann.press("open")
    assert "The link for Ann Lee was opened." in desk.thread()
    assert "electronically" in await ann.press("word", "8832")
    shown = await ann.press("agree")
    assert "1455 Market Street" in shown
    assert "I appoint Port of Call" in shown
    assert "not quite the name" in await ann.press("word", "Zed Zoo")
    assert "Signed, thank you." in await ann.press("word", "Ann Lee")
    assert "Ann Lee has signed the letter." in "".join(desk.said(MARIA))
    assert "998877665" not in ann.shown
    sheet = await desk.house.keeper.board.sheet(ref=reference(desk))
    assert sheet is not None
    assert sheet.case.answers[EVIDENCE].value[2] == MAIL_PAGE
    ann = scene.visitor(forwarded)
    assert "nothing more to do" in await ann.press("open")


async def test_who_is_sent_the_address_of_a_half_signed_letter_begins_anew(scene: Scene) -> None:
    token = await wait_for_signer(scene.desk)
    ann, third = scene.visitor(token), scene.visitor(token)
    await ann.press("open")
    await ann.press("word", "8832")
    await ann.press("agree")
    shown = await third.press("open")
    assert "1455 Market Street" not in shown
    assert "last four digits" in shown
    third.carried = ann.carried[:-4] + "AAAA"  # nobody but us makes what is carried along
    assert "1455 Market Street" not in await third.press("look")
    for left in (4, 3, 2, 1):
        assert f"Tries that are left: {left}." in await third.press("word", "1234")
    assert "This link is locked" in await third.press("word", "1234")
    assert third.status == 410
    assert "This link is locked" in await ann.press("word", SIGNER)
    assert "I have locked the link for Ann Lee" in scene.desk.shown(MARIA)


async def test_wrong_digits_at_the_same_moment_count_each(scene: Scene) -> None:
    token = await wait_for_signer(scene.desk)
    crowd = [scene.visitor(token) for _ in range(12)]
    await asyncio.gather(*(each.press("word", f"{1000 + place}") for place, each in enumerate(crowd)))
    assert sum("Tries that are left" in each.shown for each in crowd) == 4
    assert sum(each.status == 410 for each in crowd) == 8
    assert "This link is locked" in await crowd[0].press("word", "8832")


async def test_a_used_link_gives_a_third_person_neither_letter_nor_copy(scene: Scene) -> None:
    token = await wait_for_signer(scene.desk)
    ann, third = scene.visitor(token), scene.visitor(token)
    for act, word in (("open", ""), ("word", "8832"), ("agree", ""), ("word", SIGNER)):
        await ann.press(act, word)
    assert "Signed, thank you." in ann.shown
    assert ann.headers["Cache-Control"] == "no-store"
    assert "nothing more to do" in await third.press("open")
    assert "Download" not in third.shown
    for path in ("copy", "copy/1", "page/1", "letter/1"):
        for given in ("", "?pass=", f"?pass={ann.carried or 'x'}"):
            async with scene.web.get(f"{third.address}/{path}{given}") as answer:
                assert answer.status == 404
    for _ in range(5):
        await third.press("word", "1234")
    assert "The digits were wrong five times" in third.shown
    assert "The signature stands" in "".join(scene.desk.said(MARIA))


async def test_a_letter_that_changed_is_not_signed_on_the_page(scene: Scene) -> None:
    token = await wait_for_signer(scene.desk)
    ann = scene.visitor(token)
    await ann.press("open")
    await ann.press("word", "8832")
    await ann.press("agree")
    ref = next(text for text in scene.desk.said(MARIA) if "P-" in text).partition("P-")[2][:5]
    await scene.desk.port(f"edit P-{ref} address: 99 Main Street, San Francisco, CA 94103")
    assert "works no more" in await ann.press("word", SIGNER)
    fresh = scene.visitor(await fresh_token(scene.desk, token))
    await fresh.press("open")
    await fresh.press("word", "8832")
    assert "99 Main Street" in await fresh.press("agree")


async def test_the_page_tells_of_a_link_that_ran_out_or_was_declined(scene: Scene) -> None:
    token = await wait_for_signer(scene.desk)
    ann = scene.visitor(token)
    scene.clock.by += timedelta(hours=73)
    assert "This link is over" in await ann.press("open")
    assert "Nobody signed in time" in scene.desk.shown(MARIA)
    await scene.desk.press("Make a new link", MARIA)
    ann = scene.visitor(await fresh_token(scene.desk, token))
    await ann.press("open")
    assert "Why will you not sign?" in await ann.press("decline")
    assert "last four digits" in await ann.press("back")
    await ann.press("decline")
    assert "nothing is signed" in await ann.press("no_unknown")
    assert "Ann Lee does not want to sign the letter" in scene.desk.shown(MARIA)
    assert "they know nothing of it" in scene.desk.shown(MARIA)


async def test_the_page_is_kept_by_nobody_and_takes_no_more_than_a_signature(scene: Scene) -> None:
    ann = scene.visitor(await wait_for_signer(scene.desk))
    await ann.look()
    assert ann.headers["Cache-Control"] == "no-store"
    assert ann.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in ann.headers["X-Robots-Tag"]
    policy = ann.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    await ann.press("word", "9" * 200_001)
    assert ann.status == 413
    for token in ("A" * 43, "x", "A" * 44):
        stranger = scene.visitor(token)
        await stranger.look()
        assert stranger.status == 404
        await stranger.press("open")
        assert stranger.status == 404
    for _ in range(30):
        await ann.press("open")
    assert ann.status == 429
    scene.clock.by += timedelta(minutes=1)
    await ann.press("open")
    assert ann.status == 200
