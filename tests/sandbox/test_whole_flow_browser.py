"""A number from hello to moved on the page of the real desk: by mouse on a desktop, by keys alone on a phone."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from sandbox.page.time import Clock
from tests.sandbox.house_scene import (
    ADDRESS,
    answer_all,
    card,
    click,
    hears,
    opened_house,
    press_by_keys,
    reach,
    say_by_keys,
    skip_to_morning,
)
from tests.sandbox.page_scene import IN_BROWSER, PHONE, visited

pytestmark = IN_BROWSER

NUMBERS = ("(415) 421-8832", "(415) 421-8833", "(415) 421-8834")


@pytest_asyncio.fixture(loop_scope="module")
async def address(tmp_path: Path) -> AsyncIterator[str]:
    async with opened_house(tmp_path) as url:
        yield url


async def test_a_mobile_number_moves_between_customer_and_staff_on_a_desktop(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    async with visited(browser, address) as page:
        await answer_all(page)
        await expect(page.locator("#messages")).not_to_contain_text("482913")
        await expect(card(page)).to_contain_text("Desk review")
        await take_to_the_carrier(page)
        await click(page, "Set date")
        form = page.get_by_role("dialog", name="Set the date")
        day = Clock(tmp_path / "sandbox" / "clock.json").porting_day(2)
        await form.get_by_label("Day").fill(day.isoformat())
        await form.get_by_role("button", name="Set date").click()
        await expect(form).to_have_count(0)
        for _ in range(2):
            await skip_to_morning(page)
        await hears(page, "Date set for (415) 421-8832")
        await hears(page, day.isoformat())
        await click(page, "Mark moved")
        await page.get_by_role("dialog").get_by_role("button", name="Yes").click()
        await expect(card(page)).to_contain_text("Moved")
        await skip_to_morning(page)
        await hears(page, "Moved: (415) 421-8832")
        await expect(card(page).get_by_role("button", name=re.compile("^Next step"))).to_have_count(0)


async def take_to_the_carrier(page: Page) -> None:
    """Press the card's buttons until a date is waited for; each time the customer learns of it when undo is over."""
    for label, phase, told in (
        ("Mark submitted", "Submitted", "We have sent your request"),
        ("Next step: With the carrier", "With the carrier", "is reviewing your request"),
        ("Next step: Accepted, no date yet", "Accepted", "has accepted your request"),
    ):
        await click(page, label)
        if label == "Mark submitted":
            form = page.get_by_role("dialog", name=label)
            await form.get_by_label("Order number").fill("VZ-88123")
            await form.get_by_role("button", name="It is submitted").click()
            await expect(form).to_have_count(0)
        await expect(card(page)).to_contain_text(phase)
        await expect(page.locator(".message.in", has_text=told)).to_have_count(0)
        await skip_to_morning(page)
        await hears(page, told)


async def test_three_office_numbers_reach_the_desk_and_one_notice_by_keys_alone_on_a_phone(
    browser: Browser, address: str
) -> None:
    async with visited(browser, address, **PHONE) as page:
        await answer_by_keys(page)
        await reach(page, "Customer", back=True)
        await page.keyboard.press("ArrowRight")
        for number in NUMBERS:
            await expect(card(page)).to_contain_text(number)
        await reach(page, "Mark submitted")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("group", name="For which numbers")).to_be_visible()  # none: all of them
        await reach(page, "Order number")
        await page.keyboard.type("P2411884")
        await page.keyboard.press("Enter")
        await expect(card(page)).to_contain_text("Submitted")
        await reach(page, "Controls", back=True)
        await page.keyboard.press("Enter")
        await reach(page, "+1 hour")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("tab", name="Customer")).to_contain_text("1 unread")
        await reach(page, "Desk")
        await page.keyboard.press("ArrowLeft")
        await hears(page, "We have sent your request")
        notice = page.locator(".message.in", has_text="We have sent your request")
        await expect(notice).to_have_count(1)
        for number in NUMBERS:
            await expect(notice).to_contain_text(number)
        assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["viewport"]["width"]


async def answer_by_keys(page: Page) -> None:
    """Go from hello to the end of a request for three landlines of a business, without a mouse."""
    await reach(page, "START")
    await page.keyboard.press("Enter")
    await hears(page, "Which number would you like to move")
    await say_by_keys(page, "415-421-8832, 415-421-8833 and 415-421-8834, Comcast Business")
    await hears(page, "Are all of these on one")
    await press_by_keys(page, "Yes, main number (415) 421-8832")
    await hears(page, "Is all of this true today")
    await press_by_keys(page, "All of that is true")
    await hears(page, "send me your latest")
    await reach(page, "Message to the bot")
    await reach(page, "Attach", back=True)
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")  # the sample bill is the menu's first entry
    await hears(page, "Whose account is it")
    await press_by_keys(page, "Mine: I am the account holder")
    await hears(page, "Copy the name")
    await say_by_keys(page, f"Blue Door Bakery LLC\nMaria Alvarez\n{ADDRESS}")
    await hears(page, "Does anything stay on the account")
    await press_by_keys(page, "Nothing stays, no texts")
    await hears(page, "Where should calls to")
    await say_by_keys(page, "415 200 0100")
    await hears(page, "What is your account number")
    await say_by_keys(page, "8499-10-123-4567890")
    await hears(page, "Please look it over")
    await press_by_keys(page, "All correct, I agree")
    await hears(page, "To sign, type your full name")
    await say_by_keys(page, "Maria Alvarez")
    await hears(page, "That is all I need")
