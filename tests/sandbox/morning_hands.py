"""Somebody of the staff at the page: what they press is counted, step by step of `docs/desk.md`."""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from playwright.async_api import Locator, Page, expect

SOON = 8_000  # milliseconds in which the desk has answered, on a busy machine too
CHOICE = 2  # presses that a list takes: it is opened, and an entry is chosen


@dataclass(slots=True)
class Step:
    """One thing that staff want, and how often they pressed the mouse or Enter for it."""

    name: str
    clicks: int = 0


@dataclass(slots=True)
class Staff:
    """One person's mouse and keyboard on the page. Typing is no click; walking to a field with Tab is none either."""

    page: Page
    steps: list[Step] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count what is pressed until the block ends as one step."""
        self.steps.append(Step(name))
        yield

    async def click(self, found: Locator) -> None:
        """Press the mouse once on something."""
        self.steps[-1].clicks += 1
        await found.click(timeout=SOON)

    async def press(self, within: Locator, label: str) -> None:
        """Press a button by its label."""
        await self.click(within.get_by_role("button", name=label, exact=True))

    async def choose(self, found: Locator, label: str) -> None:
        """Choose an entry of a list."""
        self.steps[-1].clicks += CHOICE
        await found.select_option(label=label, timeout=SOON)

    async def write(self, found: Locator, words: str) -> None:
        """Type into a field; one that has no focus is clicked first."""
        await expect(found).to_be_visible(timeout=SOON)
        if not await found.evaluate("node => node === document.activeElement"):
            await self.click(found)
        await found.fill(words)

    async def pick_day(self, found: Locator, day: date) -> None:
        """Pick a day in a calendar."""
        self.steps[-1].clicks += CHOICE
        await found.fill(day.isoformat(), timeout=SOON)

    async def enter(self) -> None:
        """Press Enter."""
        self.steps[-1].clicks += 1
        await self.page.keyboard.press("Enter")

    async def type_command(self, words: str) -> Locator:
        """Type `/port …` and send it; return the answer that comes."""
        shown = self.page.locator(".post.private")
        before = await self._newest()
        await self.write(self.page.locator("#post-text"), f"/port {words}")
        await self.enter()
        await expect(self.page.locator(f".post.private:not([data-key='{before}'])").last).to_be_visible(timeout=SOON)
        await self.page.wait_for_function(
            "before => [...document.querySelectorAll('.post.private')].at(-1)?.dataset.key !== before", arg=before
        )
        return shown.last

    async def _newest(self) -> str:
        """Return which answer for this person alone stands last."""
        return str(
            await self.page.evaluate("[...document.querySelectorAll('.post.private')].at(-1)?.dataset.key ?? ''")
        )

    # Where things stand

    @property
    def form(self) -> Locator:
        """The form on top."""
        return self.page.locator("#modal [role=dialog]")

    @property
    def home(self) -> Locator:
        """What stands in the column of Home."""
        return self.page.locator("#posts")

    @property
    def thread(self) -> Locator:
        """The open thread."""
        return self.page.get_by_role("complementary", name="Thread")

    def card(self, ref: str) -> Locator:
        """Find a request's card in the channel."""
        head = self.page.locator("h4", has_text=ref)
        return self.page.locator("#posts > .post:not(.private)").filter(has=head)

    def line(self, ref: str) -> Locator:
        """Find a request's line in a list of Home."""
        return self.home.locator(".section", has_text=ref)

    async def sees_phase(self, card: Locator, phase: str) -> None:
        """Wait until a card is in a phase; its buttons may name others."""
        await expect(card.locator("b", has_text=phase).first).to_be_visible(timeout=SOON)

    async def go(self, place: str) -> None:
        """Go to a place by its name in the rail."""
        await self.click(self.page.get_by_role("navigation").get_by_role("button", name=place))

    async def menu(self, card: Locator, label: str) -> None:
        """Choose an entry of a card's menu."""
        await self.choose(card.get_by_label("More…"), label)

    async def hand_in(self, label: str) -> None:
        """Press the button at a form's end, and see it go."""
        await self.press(self.form, label)
        await expect(self.form).to_have_count(0, timeout=SOON)

    async def leave(self) -> None:
        """Close the form."""
        self.steps[-1].clicks += 1
        await self.page.keyboard.press("Escape")
        await expect(self.form).to_have_count(0, timeout=SOON)

    # What it came to

    @property
    def median(self) -> float:
        """The median of clicks in a step."""
        return statistics.median(step.clicks for step in self.steps)

    def table(self) -> str:
        """Return steps and clicks as lines."""
        width = max(len(step.name) for step in self.steps)
        lines = [f"{step.name:<{width}}  {step.clicks:>2}" for step in self.steps]
        total = sum(step.clicks for step in self.steps)
        return "\n".join((*lines, f"{len(lines)} steps, {total} clicks, median {self.median:g}"))
