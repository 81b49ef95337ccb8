"""A company's list of numbers as four people live it: two colleagues, somebody of another company, one of the staff.

Anna begins a company and invites Ben, who sends a list with a slip in it, looks at what was wrong, sends a longer one,
and signs; Anna approves. Zed, of another company, tries the link when it was used. Meanwhile staff load numbers into
the inventory, correct a carrier's entry, free a number, and tick what they checked of the customer's account.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from sandbox.slack import Post
from tests.chaos.telling import Telling
from tests.chaos.world import LOOK
from tests.house import BILL, CUSTOMER, STAFF

ANNA, BEN, ZED = CUSTOMER, CUSTOMER + 1, CUSTOMER + 2
NAMES = {ANNA: "Anna", BEN: "Ben", ZED: "Zed"}
FIRM, OTHER_FIRM = "Blue Door Bakery", "Zed and Sons"
MANY = 520  # more than one batch of rows: a list too long to be read by the desk itself
_HEAD = "Number,Calls ring at,Source,Label,Account\n"
ACCOUNT = "8499-10-123-4567890"
REPORT = "What I found in each row"
PASTED = "628-421-8832, user, Rosa Vance\n628-421-8833, tracking\n12345, user"
FREED = "628-421-8833"
CORRECTION = "carrier tmobile pin: Dial the star code and ask for it. (a call with T-Mobile)"
LOADED, CORRECTED, TICKED = "loaded a list of our own numbers", "corrected the entry", "checked the customer's account"
USED, NOTHING_YET = "used already", "no request yet"
_LINK = re.compile(r"\?start=([\w-]{40,64})(?![\w-])")


def listed(many: int, *wrong: str) -> bytes:
    """Return a list of good numbers, and wrong ones below them."""
    numbers = (*(f"415200{n:04d}" for n in range(many)), *wrong)
    return (_HEAD + "".join(f"{number},6282000199,,,\n" for number in numbers)).encode()


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does when words are shown: says a text, presses a label, sends a file; or only reads them."""

    marker: str
    text: str = ""
    press: str = ""
    file: tuple[str, bytes] | None = None


ANNAS = (
    Step("What is your company called", text=FIRM),
    Step("you are its administrator", press="Invite a manager"),
    Step("Ben has joined"),
    Step("has signed the request", press="Approve"),
    Step("Approved: P-"),
)
BENS = (
    Step("invites you to Blue Door Bakery as a manager", press=f"Join {FIRM}"),
    Step(f"Welcome to {FIRM}", file=("numbers.csv", listed(3, "4154218"))),
    Step("3 of 4 numbers are fine", press="What is wrong, row by row"),
    Step(REPORT, file=("again.csv", listed(MANY))),
    Step(f"All {MANY} numbers of your list", press=f"Go on with {MANY} numbers"),
    Step(f"Good: {MANY} numbers", text="Comcast Business"),
    Step("Which is the main number", press="(415) 200-0000"),
    Step("Is all of this true today", press="All of that is true"),
    Step("Please send me your latest", file=("bill.pdf", BILL)),
    Step("Whose account is it", press="Mine: I am the account holder"),
    Step("Copy the name at the top", text=f"{FIRM} LLC\nMaria Alvarez\n1455 Market Street, San Francisco, CA 94103"),
    Step("Does anything stay", press="Nothing stays, no texts"),
    Step("What is your account number", text=ACCOUNT),
    Step("Please look it over", press="All correct, I agree"),
    Step("To sign, type your full name", text="Maria Alvarez"),
    Step("waits for Anna to approve it"),
    Step("Anna has approved your request"),
)
ZEDS = (
    Step("What is your company called", text=OTHER_FIRM),
    Step("you are its administrator"),
)


@dataclass
class Office(Telling):
    """One telling of it."""

    ref: str = ""

    async def tell(self) -> None:
        """Live through all of it; `stuck` says where it went no further."""
        try:
            async with asyncio.TaskGroup() as all_of_them:
                for being in (self._be_anna, self._be_ben, self._be_zed, self._be_staff):
                    all_of_them.create_task(being())
            await self.letter(BEN)
            await self.come_to_rest()
            self.world.platforms.telegram.say(ZED, "/status")
            await self.until(partial(self.is_shown, NOTHING_YET, ZED), "Zed was told nothing")
            await self.come_to_rest()
        except* TimeoutError as errors:
            self.stuck = "; ".join(str(e) for e in errors.exceptions)

    # the customers

    async def _be_anna(self) -> None:
        self._say(ANNA, "/company")
        await self._follow(ANNA, ANNAS)

    async def _be_ben(self) -> None:
        self._say(BEN, f"/start {await self._link()}")
        await self._follow(BEN, BENS)

    async def _be_zed(self) -> None:
        """Begin another company; then open the link that was meant for Ben."""
        self._say(ZED, "/company")
        await self._follow(ZED, ZEDS)
        await self.until(partial(self.is_shown, BENS[1].marker, BEN), "Ben never joined")
        self._say(ZED, f"/start {await self._link()}")
        await self.until(partial(self.is_shown, USED, ZED), "Zed was told nothing of the link")

    async def _follow(self, chat: int, steps: tuple[Step, ...]) -> None:
        for step in steps:
            shown = f"{NAMES[chat]} was never shown: {step.marker}"
            await self.until(partial(self.is_shown, step.marker, chat), shown)
            if step.text:
                self._say(chat, step.text)
            elif step.press:
                self.press(chat, step.press)
            elif step.file is not None:
                name, content = step.file
                mime = "application/pdf" if name.endswith("pdf") else "text/csv"
                self.world.platforms.telegram.upload(chat, content, name=name, mime=mime)

    def _say(self, chat: int, text: str) -> None:
        self.world.platforms.telegram.say(chat, text, user={"first_name": NAMES[chat]})

    async def _link(self) -> str:
        """Return what Anna's invitation hands over, once she was shown it."""
        await self.until(lambda: self._found_link() is not None, "Anna was never shown a link")
        return self._found_link() or ""

    def _found_link(self) -> str | None:
        found = (_LINK.search(m.text) for m in self.screen(ANNA) if m.from_bot)
        return next((link[1] for link in found if link), None)

    # staff

    async def _be_staff(self) -> None:
        await self._load()
        await self._do(CORRECTION, partial(self._is_posted, CORRECTED))
        await self.until(lambda: self.card() is not None, "no card came")
        await self._do(f"eligible {self.ref} good standing", partial(self._is_posted, TICKED))
        await self._do(f"inventory free {FREED}", self._is_freed)

    async def _load(self) -> None:
        """Paste a list into the form; one that failed stays open, and is submitted again if nothing was loaded."""
        slack = self.world.platforms.slack
        while not await self._is_posted(LOADED):
            if not slack.modals(STAFF):
                await slack.command(STAFF, "inventory load")
                await self._wait_a_while(lambda: bool(slack.modals(STAFF)))
            elif (await slack.submit(STAFF, slack.modals(STAFF)[-1].id, {"lines": {"value": PASTED}})).is_acked:
                await self.until(lambda: self._posted(LOADED), "the desk never read what was loaded")
            else:
                self.failed.append("inventory load")
                await self.come_to_rest()

    async def _wait_a_while(self, is_so: Callable[[], bool], seconds: float = 2.0) -> None:
        """Wait for what may never come: its maker may have died."""
        until = asyncio.get_running_loop().time() + seconds
        while not is_so() and asyncio.get_running_loop().time() < until:  # noqa: ASYNC110 # nothing tells
            await asyncio.sleep(LOOK)

    async def _do(self, wish: str, is_done: Callable[[], Awaitable[bool]]) -> None:
        """Act; after a visible failure look first, then act again only if it was not done."""
        while not await self.type(wish):
            self.failed.append(wish)
            await self.come_to_rest()
            if await is_done():
                return

    async def _is_posted(self, words: str) -> bool:
        return self._posted(words)

    def _posted(self, words: str) -> bool:
        return any(words in text for text in (*(p.text for p in self.roots()), *self.thread()))

    async def _is_freed(self) -> bool:
        return "not in the inventory" in (await self.ask(f"inventory find {FREED}")).text

    def card(self) -> Post | None:
        """Return the request's card once the desk has it."""
        found = next((p for p in self.roots() if p.text.startswith("P-")), None)
        self.ref = found.text[:7] if found else ""
        return found
