"""A letter as its signer and one of the staff live it, from the signature on: sealed, stored, told of, verified.

Deaths are counted from the moment at which the customer signs: all before it is at rest by then. What the desk had done
when it died is looked at before it is started again.
"""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Literal

from tests.chaos.ledger import rows_in
from tests.chaos.office import Step
from tests.chaos.telling import PATIENCE, SEALING, Telling
from tests.chaos.world import World
from tests.house import BILL, CUSTOMER

SIGNER, ACCOUNT, PIN = "Maria Alvarez", "998877665-00001", "482913"
SIGN = "To sign, type your full name"
SEALED, UNTOUCHED = "Letter sealed: ", "Untouched"
BEFORE = (
    Step("Which number would you like to move", text="415-421-8832, Verizon Wireless"),
    Step("Is all of this true today", press="All of that is true"),
    Step("Please send me your latest", file=("bill.pdf", BILL)),
    Step("Whose account is it", press="Mine: I am the account holder"),
    Step("Copy the name and address", text=f"{SIGNER}\n1455 Market Street, San Francisco, CA 94103"),
    Step("Where should calls", text="415 200 0100"),
    Step("What is your account number at", text=ACCOUNT),
    Step("Please look it over", press="All correct, I agree"),
    Step(SIGN),
)
AFTER = (Step("Last of all: your transfer PIN", text=PIN),)

Reached = Literal["nothing", "signed", "stored", "kept"]
_LETTERS = "SELECT status FROM paper WHERE kind = 'letter'"


@dataclass
class LetterWorld(World):
    """A world that notes how far the letter was when the desk died. `stored`: files before it was signed."""

    reached: Reached = "nothing"
    stored: int = 1

    async def _start(self) -> None:
        if self.crashes:
            self.reached = await asyncio.to_thread(self._look)
        await super()._start()

    def _look(self) -> Reached:
        """Return what of the letter there is: asked for, stored and not told of, or told of."""
        found = [row[0] for row in rows_in(self, _LETTERS)]
        if not found:
            return "nothing"
        return "kept" if found == ["kept"] else "stored" if len(files_of(self)) > self.stored else "signed"


def files_of(world: World) -> list[str]:
    """Return the keys of the stored files."""
    return [path.name for path in world.folder.glob("files/*/*") if not path.name.endswith(".new")]


@dataclass
class Signing(Telling):
    """One telling of it. `verified`: what staff read of the letter at the end."""

    ref: str = ""
    verified: str = ""

    async def tell(self) -> None:
        """Live through all of it; `stuck` says where it went no further."""
        try:
            self.world.platforms.telegram.say(CUSTOMER, "/start")
            await self._follow(BEFORE)
            await self.until(lambda: self.papers() == 1, "the bill was never kept")
            await self.come_to_rest()
            self.world.arm()
            self.world.platforms.telegram.say(CUSTOMER, SIGNER)
            await self._follow(AFTER)
            await self.letter(CUSTOMER)
            await self.until(lambda: bool(self.sealings()), "the thread never told of the letter")
            await self.come_to_rest()
            self.ref = next(post.text[:7] for post in self.roots() if post.text.startswith("P-"))
            await self._verify()
            await self.come_to_rest()
        except TimeoutError as error:
            self.stuck = str(error)

    async def _follow(self, steps: tuple[Step, ...]) -> None:
        for step in steps:
            patience = SEALING if step.marker == SIGN else PATIENCE  # the letter's pages are printed before it
            await self.until(partial(self.is_shown, step.marker, CUSTOMER), f"never shown: {step.marker}", patience)
            if step.text:
                self.world.platforms.telegram.say(CUSTOMER, step.text)
            elif step.press:
                self.press(CUSTOMER, step.press)
            elif step.file is not None:
                name, content = step.file
                self.world.platforms.telegram.upload(CUSTOMER, content, name=name, mime="application/pdf")

    async def _verify(self) -> None:
        shown = await self.ask(f"verify {self.ref}")
        self.verified = f"{shown.text} {shown.blocks}"

    def sealings(self) -> list[str]:
        """Return what the thread tells of sealed letters."""
        return [text for text in self.thread() if text.startswith(SEALED)]
