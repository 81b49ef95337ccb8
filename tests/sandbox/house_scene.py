"""The desk as `make run` runs it, with the sandbox beside it, and what one person does on the page as both sides."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from unittest.mock import patch

from playwright.async_api import Locator, Page, expect

from app import ROOT, open_keeper
from bot import schedule
from bot.commands.sandbox import sandbox
from bot.settings import read_settings
from tests.house import free_port, running_house
from tests.sandbox.page_scene import say

ADDRESS = "1455 Market Street, San Francisco, CA 94103"
SOON = 8_000  # milliseconds in which the desk has answered, on a busy machine too
MOST_STEPS = 60  # presses of Tab in which everything on the page can be reached
FOCUSED = """() => {
    const node = document.activeElement;
    return node.labels?.[0]?.textContent.trim() || node.ariaLabel || node.textContent.trim();
}"""


@asynccontextmanager
async def opened_house(state: Path) -> AsyncIterator[str]:
    """Run desk and sandbox on free ports, with a database of their own; yield the page's address."""
    settings = read_settings({"DATA_DIR": str(state), "PORT": str(free_port())}, ROOT)
    often = patch.object(schedule, "TICK", 0.25)  # time that is moved on is seen at once, not within a second each time
    async with sandbox(settings, ROOT, free_port()) as pretended:
        keeper = await open_keeper(pretended.settings, pretended.now)
        with often:
            async with running_house(pretended.settings, keeper, pretended.now):
                yield pretended.page


# What the customer does and reads


async def hears(page: Page, words: str) -> None:
    """Wait until the bot's newest messages hold these words."""
    await expect(page.locator(".message.in", has_text=words).last).to_be_visible(timeout=SOON)


async def press(page: Page, label: str) -> None:
    """Press a button under the bot's newest message."""
    await page.locator("#messages").get_by_role("button", name=label, exact=True).last.click()


async def attach_bill(page: Page) -> None:
    """Send the sample bill from the paper clip's menu."""
    await page.get_by_role("button", name="Attach", exact=True).click()
    await page.get_by_role("menuitem", name="Sample bill").click()


async def answer_all(page: Page) -> None:
    """Go from hello to the end of a wireless request, as a customer with everything at hand."""
    await say(page, "hello")
    await hears(page, "Which number would you like to move")
    await say(page, "415-421-8832, Verizon Wireless")
    await hears(page, "Is all of this true today")
    await press(page, "All of that is true")
    await hears(page, "send me your latest")
    await attach_bill(page)
    await hears(page, "Whose account is it")
    await press(page, "Mine: I am the account holder")
    await hears(page, "Copy the name")
    await say(page, f"Maria Alvarez, {ADDRESS}")
    await hears(page, "Where should calls to (415) 421-8832 ring")
    await say(page, "415 200 0100")
    await hears(page, "What is your account number")
    await say(page, "998877665-00001, PIN 482913")
    await hears(page, "Please look it over")
    await press(page, "All correct, I agree")
    await hears(page, "To sign, type your full name")
    await say(page, "Maria Alvarez")
    await hears(page, "That is all I need")


# What staff do


def card(page: Page) -> Locator:
    """Find the newest request's card in the desk's channel."""
    return page.locator("#posts > .post", has=page.locator("h4")).last


async def click(page: Page, label: str) -> None:
    """Press a button of the card, as soon as the card has it."""
    await card(page).get_by_role("button", name=label, exact=True).click(timeout=SOON)


async def skip_to_morning(page: Page) -> None:
    """Move the desk's time to the next morning on which numbers move."""
    shown = page.locator("#now")
    before = await shown.inner_text()
    await page.get_by_role("button", name="To next morning").click()
    await expect(shown).not_to_have_text(before)


# The same without a mouse


async def reach(page: Page, name: str, *, back: bool = False) -> None:
    """Walk with Tab, or back with Shift+Tab, to what has this name."""
    for _ in range(MOST_STEPS):
        if await page.evaluate(FOCUSED) == name:
            return
        await page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"{name!r} cannot be reached by keys")


async def press_by_keys(page: Page, label: str) -> None:
    """Walk from the message box back to a button under the bot's newest message, and press it."""
    await reach(page, "Message to the bot")
    await reach(page, label, back=True)
    await page.keyboard.press("Enter")


async def say_by_keys(page: Page, words: str) -> None:
    """Walk to the message box and write; lines are begun with Shift+Enter."""
    await reach(page, "Message to the bot")
    for number, line in enumerate(words.splitlines()):
        if number:
            await page.keyboard.press("Shift+Enter")
        await page.keyboard.type(line)
    await page.keyboard.press("Enter")
