"""Make the documents' pictures anew from the real desk: `python -m tests.sandbox.pictures`."""

import asyncio
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
from playwright.async_api import Browser, Locator, Page, expect

from tests.sandbox import status_pictures
from tests.sandbox.house_scene import (
    answer_all,
    attach_bill,
    card,
    click,
    hears,
    opened_house,
    press,
)
from tests.sandbox.morning_scene import CUSTOMERS, Chats
from tests.sandbox.morning_work import CHLOE, Morning
from tests.sandbox.page_scene import PHONE, browsing, say, visited

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
LOOK: dict[str, Any] = {"color_scheme": "light", "bypass_csp": True}
WIDE = {"width": 1280, "height": 860}
TALL = {"width": 1280, "height": 1500}
DESK = {"width": 1400, "height": 1200}
# A font about as wide as people's own; and nothing that lies over what is drawn.
FONT = "body { font-family: 'Liberation Sans', Arial, sans-serif !important; } .down { visibility: hidden; }"
# Emoji come from a font that not every computer has; these signs stand in every font.
PLAIN_SIGNS = """() => {
    const walker = document.createTreeWalker(document.querySelector("#desk"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) walker.currentNode.data = walker.currentNode.data.replace("✅", "✔").replace("💬", "●");
}"""
OPENED_LISTS = """() => {
    for (const list of document.querySelectorAll("#posts > .post:not(.private) .actions select")) {
        list.size = list.options.length;
        list.parentElement.style.alignItems = "flex-start";
    }
}"""
QUESTION = "Can my daughter's line stay with Verizon?"
ANSWER = "Yes. Only the number in your letter moves; her line stays as it is."


async def draw(browser: Browser, url: str) -> None:
    """Draw all pictures in one run of the desk, each from where the one before left it."""
    async with visited(browser, url, viewport=WIDE, **LOOK) as page:
        await page.add_style_tag(content=FONT)
        await page.get_by_role("button", name="Luis").click()
        await answer_all(page)
        await page.get_by_role("button", name="Ana").click()
        await begin(page)
        await shoot(page, "first-minute")
        await on_a_phone(browser, url)
        await page.get_by_role("button", name="Luis").click()
        await page.set_viewport_size({"width": 1400, "height": 960})
        await talk(page)
        await shoot(page.locator("#desk .slack"), "desk")


async def on_a_phone(browser: Browser, url: str) -> None:
    """Draw the customer's side as a phone shows it."""
    async with visited(browser, url, **PHONE, **LOOK, device_scale_factor=1.5) as page:
        await page.add_style_tag(content=FONT)
        await hears(page, "Whose account is it")
        await shoot(page, "phone")


async def shoot(part: Page | Locator, name: str) -> None:
    """Keep the page or a part of it, with the mouse out of the way."""
    await (part if isinstance(part, Page) else part.page).mouse.move(0, 0)
    await part.screenshot(path=FOLDER / f"{name}.png")


async def work(browser: Browser, url: str) -> None:
    """Draw what staff see on a morning with ten requests, each part by itself."""
    async with aiohttp.ClientSession() as session, visited(browser, url, viewport=DESK, **LOOK) as page:
        await page.add_style_tag(content=FONT)
        chats = Chats(session, url)
        refs = await asyncio.gather(*map(chats.sign, CUSTOMERS))
        morning = await Morning.begun(page, chats, refs)
        staff, private = morning.staff, page.locator(".post.private")
        parts: dict[str, Callable[[], Locator]] = {
            "home": lambda: page.locator("#posts .home"),
            "card": lambda: morning.card(CHLOE),
            "reject": lambda: staff.form,
            "thread": lambda: staff.thread,
            "timeline": lambda: private.last,
            "found": lambda: private.last,
        }

        async def look(name: str) -> None:
            await page.evaluate(PLAIN_SIGNS)
            await page.evaluate(OPENED_LISTS)
            await shoot(parts[name](), f"desk-{name}")

        morning.look = look
        for step in morning.plan:
            await step()


async def statuses(browser: Browser, url: str) -> None:
    """Draw what /status shows of one number, and of twelve in different phases."""
    await status_pictures.bring(url)
    async with visited(browser, url, viewport=TALL, **LOOK) as page:
        await page.add_style_tag(content=FONT)
        for who, name in (("Ana", "status-one"), ("Luis", "status-twelve")):
            await page.get_by_role("button", name=who).click()
            await hears(page, "Whose turn it is")
            await shoot(page.locator(".message.in", has_text="Whose turn it is").last, name)


async def begin(page: Page) -> None:
    """Go half the way of a request as a customer, up to a question with buttons."""
    await say(page, "hi, can I keep my number 650-253-0000? I'm with T-Mobile")
    await hears(page, "Is all of this true today")
    await press(page, "All of that is true")
    await hears(page, "send me your latest")
    await attach_bill(page)
    await hears(page, "Whose account is it")
    await expect(page.locator("#status")).to_have_text("bot", timeout=10_000)  # it has done with the bill


async def talk(page: Page) -> None:
    """Let the customer of a submitted request ask something, and staff answer from its thread."""
    await click(page, "Mark submitted")
    await page.get_by_label("Order number").fill("P2411884")
    await page.get_by_role("button", name="It is submitted").click()
    await expect(card(page).locator("b", has_text="Submitted")).to_be_visible()
    await page.get_by_role("button", name="+1 hour").click()
    await hears(page, "We have sent your request")
    await say(page, QUESTION)
    await card(page).get_by_role("button", name=re.compile(r"\d repl")).click()
    thread = page.get_by_role("complementary", name="Thread")
    await thread.locator(".post", has_text=QUESTION).get_by_role("button", name="Reply").click()
    form = page.get_by_role("dialog")
    await form.get_by_role("textbox").fill(ANSWER)
    await form.locator(".end .primary").click()
    await expect(form).to_contain_text(ANSWER)
    await form.locator(".end .primary").click()
    await expect(form).to_have_count(0)
    await hears(page, ANSWER)
    await expect(thread).to_contain_text(ANSWER)
    await expect(thread).to_contain_text("delivered")
    await page.evaluate(PLAIN_SIGNS)
    await card(page).evaluate("node => node.scrollIntoView({block: 'start'})")
    await page.locator("#reply-text").focus()


async def main() -> None:
    """Run a desk in a folder of its own for each set of pictures, and draw."""
    FOLDER.mkdir(exist_ok=True)
    for pictures in (draw, work, statuses):
        with tempfile.TemporaryDirectory() as state:
            async with opened_house(Path(state)) as url, browsing() as browser:
                await pictures(browser, url)


if __name__ == "__main__":
    asyncio.run(main())
