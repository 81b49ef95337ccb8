"""The page for signing in a real browser, as wide as a phone: a signature drawn by its own customer, a name typed."""

import asyncio
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
from tests.conversations.signing import MARIA, SIGNER, fresh_token, token_of, wait_for_signer
from tests.conversations.test_letter_pages import to_the_check
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


async def to_letter(page: Page, digits: str = "8832") -> None:
    """Go as far as the letter."""
    await page.get_by_role("button", name="Go on").click()
    await page.get_by_label("Last four digits").fill(digits)
    await page.get_by_role("button", name="Go on").click()
    await page.get_by_role("button", name="I agree").click()
    await expect(page.get_by_role("img", name="Page 1 of")).to_be_visible()


async def is_loaded(page: Page, place: int) -> bool:
    """Tell whether a page of the letter is there as a picture."""
    picture = page.get_by_role("img", name=f"Page {place} of")
    return bool(await picture.evaluate("each => each.complete && each.naturalWidth > 0"))


async def until_loaded(page: Page, place: int) -> None:
    """Scroll to a page of the letter, and wait for its picture."""
    picture = page.get_by_role("img", name=f"Page {place} of")
    await picture.scroll_into_view_if_needed()
    await picture.evaluate("each => each.decode()")
    assert await is_loaded(page, place)


async def to_copy(page: Page) -> bytes:
    """Wait for the sealed copy as the page does, by itself; return what it downloads."""
    await expect(page.get_by_role("link", name="Download the signed letter")).to_be_visible(timeout=60_000)
    async with page.expect_download() as found:
        await page.get_by_role("link", name="Download the signed letter").click()
    return await asyncio.to_thread(Path(await (await found.value).path()).read_bytes)


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
        assert (await to_copy(page)).startswith(b"%PDF-")
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
        copy = await to_copy(page)  # no script, and it came by itself
        assert copy == await desk.letter()
        await page.goto(f"http://127.0.0.1:{desk.settings.port}/sign/{token}")  # nothing is signed twice
        await page.get_by_role("button", name="Go on").click()
        await expect(page.get_by_text("nothing more to do")).to_be_visible()
        await page.get_by_label("Last four digits").fill("8832")
        await page.get_by_role("button", name="Get my copy").click()
        assert await to_copy(page) == copy
    await desk.quiet()
    assert "Ann Lee has signed the letter." in "".join(desk.said(MARIA))


async def test_the_pages_of_the_letter_are_pictures_with_the_text_beneath(browser: Browser, desk: Desk) -> None:
    token = await wait_for_signer(desk)
    async with phone(browser, desk, token, script=False) as page:
        await to_letter(page)
        await expect(page.get_by_text("Letter of Authorization")).to_be_hidden()
        await page.get_by_text("Read the letter as text").click()
        await expect(page.get_by_text("I appoint Port of Call as my agent")).to_be_visible()
    async with phone(browser, desk, token) as page:
        await to_letter(page)
        await until_loaded(page, 1)
        picture = page.get_by_role("img", name="Page 1 of 1")
        assert await picture.evaluate("each => [each.naturalWidth, each.loading]") == [1200, "lazy"]
        address = await picture.evaluate("each => each.src")
        answer = await page.request.get(address)
        assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
        assert answer.headers["cache-control"] == "no-store"
        bare, given = address.split("?")
        assert (await page.request.get(bare)).status == 404  # the address alone shows nothing
        assert (await page.request.get(f"{bare}?{given[:-4]}AAAA")).status == 404
        blank = await page.request.get(bare.replace("/page/", "/letter/") + f"?{given}")
        assert (await blank.body()).startswith(b"%PDF-")
        await desk.press("Take the link back", MARIA)
        for ended in (address, bare.replace("/page/", "/letter/") + f"?{given}"):
            assert (await page.request.get(ended)).status == 410


async def test_pages_of_a_long_letter_come_as_they_are_scrolled_to(browser: Browser, desk: Desk) -> None:
    good = await to_the_check(desk, 200)
    await desk.press("All correct, I agree")
    await desk.press("Sign on a page")
    async with phone(browser, desk, token_of(desk)) as page:
        await to_letter(page, good[0][-4:])
        await until_loaded(page, 1)
        assert await page.get_by_role("img", name="of the letter").count() == 3
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
        await until_loaded(page, 3)


async def test_declining_takes_two_steps_and_has_a_way_back_without_any_script(browser: Browser, desk: Desk) -> None:
    token = await wait_for_signer(desk)
    async with phone(browser, desk, token, script=False) as page:
        await to_letter(page)
        await page.get_by_role("button", name="I will not sign").click()
        await expect(page.get_by_text("Why will you not sign?")).to_be_visible()
        await page.get_by_role("button", name="Go back").click()
        await expect(page.get_by_label("Your full name")).to_be_visible()
        assert "does not want to sign" not in "".join(desk.said(MARIA))
        await page.get_by_role("button", name="I will not sign").click()
        await page.get_by_role("button", name="Something in the letter is wrong").click()
        await expect(page.get_by_text("nothing is signed")).to_be_visible()
    await desk.quiet()
    assert "something in it is wrong" in desk.shown(MARIA)
    await desk.press("Ask Ann Lee again", MARIA)
    assert await fresh_token(desk, token) != token


async def test_who_wants_paper_downloads_the_letter_and_can_still_sign_here(browser: Browser, desk: Desk) -> None:
    token = await wait_for_signer(desk)
    async with phone(browser, desk, token, script=False) as page:
        await to_letter(page)
        await page.get_by_role("button", name="Sign on paper instead").click()
        address = await page.get_by_role("link", name="Open the letter as a PDF").get_attribute("href")
        assert address is not None
        blank = await page.request.get(f"http://127.0.0.1:{desk.settings.port}/sign/{address}")
        assert (await blank.body()).startswith(b"%PDF-")
        await desk.quiet()
        assert "Ann Lee wants to sign on paper" in "".join(desk.said(MARIA))
        assert "wants to sign on paper" in "".join(desk.thread())
        await page.get_by_role("button", name="Go back").click()
        await expect(page.get_by_text("may it be done electronically?")).to_be_visible()  # the consent was taken back
        await page.get_by_role("button", name="I agree").click()
        await page.get_by_label("Your full name").fill(SIGNER)
        await page.get_by_role("button", name="Sign with my typed name").click()
        await expect(page.get_by_text("Signed, thank you.")).to_be_visible()


async def test_nothing_of_the_page_is_wider_than_a_phone(browser: Browser, desk: Desk) -> None:
    token = await wait_for_signer(desk)
    async with phone(browser, desk, token) as page:
        await to_letter(page)
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
