"""The page for signing in a real browser, as wide as a phone: a signature drawn by its own customer, a name typed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest_asyncio
from PIL import Image
from playwright.async_api import Browser, Page, expect

from domain.desk.signers import DRAWN
from domain.papers.evidence import signature_of
from domain.policy import Policy
from tests.conversations.signing import MARIA, SIGNER, token_of, wait_for_signer
from tests.house import Desk, Platforms, fill_in, open_desk, reference
from tests.sandbox.page_scene import IN_BROWSER, PHONE, browsing

pytestmark = IN_BROWSER


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Run a headless Chromium for the tests of this file."""
    async with browsing() as found:
        yield found


@pytest_asyncio.fixture(loop_scope="module")
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """Run a desk that has pages."""
    policy = Policy(undo=timedelta(0), pages=True)
    async with (
        Platforms().served() as platforms,
        open_desk(platforms, tmp_path, policy=policy, PUBLIC_URL="https://port.example") as opened,
    ):
        yield opened


@asynccontextmanager
async def phone(browser: Browser, desk: Desk, token: str, *, script: bool = True) -> AsyncIterator[Page]:
    """Open a link on a phone; what its script or its policy finds wrong fails the test."""
    made = await browser.new_context(**PHONE, java_script_enabled=script)
    page = await made.new_page()
    page.set_default_timeout(10_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    await page.goto(f"http://127.0.0.1:{desk.settings.port}/sign/{token}")
    yield page
    assert [each for each in wrong if "410" not in each] == []  # what is over is gone, and says so
    await made.close()


async def to_letter(page: Page) -> None:
    """Go as far as the letter."""
    await page.get_by_role("button", name="Go on").click()
    await page.get_by_label("Last four digits").fill("8832")
    await page.get_by_role("button", name="Go on").click()
    await page.get_by_role("button", name="I agree").click()
    await expect(page.get_by_text("Letter of Authorization")).to_be_visible()


async def draw(page: Page) -> None:
    """Draw two lines with a finger, as far as a mouse can."""
    pad = page.locator("canvas")
    await pad.scroll_into_view_if_needed()
    field = await pad.bounding_box()
    assert field is not None
    x, y, wide, high = field["x"], field["y"], field["width"], field["height"]
    for line in ([(0.1, 0.7), (0.2, 0.2), (0.3, 0.7), (0.4, 0.3), (0.5, 0.7)], [(0.6, 0.3), (0.7, 0.7), (0.9, 0.4)]):
        await page.mouse.move(x + line[0][0] * wide, y + line[0][1] * high)
        await page.mouse.down()
        for across, down in line[1:]:
            await page.mouse.move(x + across * wide, y + down * high, steps=6)
        await page.mouse.up()


async def test_a_customer_draws_their_own_signature_on_a_page(browser: Browser, desk: Desk) -> None:
    await fill_in(desk)
    await desk.press("All correct, I agree")
    shown = await desk.press("Sign on a page")
    assert "https://port.example/sign/" in shown
    async with phone(browser, desk, token_of(desk)) as page:
        await to_letter(page)
        send = page.get_by_role("button", name="Sign with my drawing")
        await expect(send).to_be_disabled()
        await draw(page)
        await page.get_by_role("button", name="Start again").click()
        await expect(send).to_be_disabled()
        await draw(page)
        await send.click()
        await expect(page.get_by_text("Signed, thank you.")).to_be_visible()
    await desk.quiet()
    assert "transfer PIN" in desk.shown(MARIA)  # the intake goes on where it was
    sheet = await desk.house.keeper.board.sheet(ref=reference(desk))
    assert sheet is not None
    drawn = next(paper for paper in sheet.papers if paper.kind == DRAWN)
    assert drawn.object_key is not None
    picture = await desk.house.keeper.files.read(drawn.object_key)
    with Image.open(BytesIO(picture)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 400))
        assert image.getextrema() == (0, 255)
    signature = signature_of(sheet.case, picture)
    assert signature is not None
    assert (signature.name, signature.how, signature.where) == ("Maria Alvarez", "drawn", "letter.where.page_own")
    assert signature.who.startswith("127.0.0.1, Mozilla")
    assert signature.drawing == picture


async def test_a_name_is_typed_without_any_script(browser: Browser, desk: Desk) -> None:
    token = await wait_for_signer(desk)
    async with phone(browser, desk, token, script=False) as page:
        await to_letter(page)
        await expect(page.locator("canvas")).to_be_hidden()
        await page.get_by_label("Your full name").fill(SIGNER)
        await page.get_by_role("button", name="Sign with my typed name").click()
        await expect(page.get_by_text("Signed, thank you.")).to_be_visible()
        await page.reload()  # the form once more: nothing is signed twice
        await expect(page.get_by_text("nothing more to do")).to_be_visible()
    await desk.quiet()
    assert "Ann Lee has signed the letter." in "".join(desk.said(MARIA))


async def test_nothing_of_the_page_is_wider_than_a_phone(browser: Browser, desk: Desk) -> None:
    token = await wait_for_signer(desk)
    async with phone(browser, desk, token) as page:
        await to_letter(page)
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
