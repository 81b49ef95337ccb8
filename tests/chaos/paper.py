"""A letter that is signed on paper: printed for its signer, sent back as a scan, read, and taken in by its ink.

Deaths are counted from the moment at which the customer asks for paper. The ledger says how far the letter was when the
desk died.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from bot.letters.sheet import Field
from tests.bot import pens
from tests.chaos.ledger import rows_in
from tests.chaos.letter import BEFORE, SIGN, Signing
from tests.chaos.office import Step
from tests.chaos.telling import SEALING
from tests.chaos.world import World
from tests.conversations.test_signed_on_paper import line_of
from tests.house import CUSTOMER

ASK_PAPER = "I want to sign on paper"
TAKEN, ACCEPTED = "It is taken in", "came signed on paper and is accepted"
TO_SIGN = "to-sign"

PaperAt = Literal["nothing", "wanted", "printed", "sent", "accepted"]
_BLANKS = "SELECT status FROM paper WHERE kind = 'blank_letter'"
_COPIES = "SELECT status FROM paper WHERE kind = 'signed_copy'"
_SIGNED = "SELECT what FROM history WHERE what = 'signed'"


@dataclass
class PaperWorld(World):
    """A world that notes how far the letter on paper was when the desk died."""

    reached: PaperAt = "nothing"

    async def _start(self) -> None:
        if self.crashes:
            self.reached = await asyncio.to_thread(self._look)
        await super()._start()

    def _look(self) -> PaperAt:
        if rows_in(self, _SIGNED):
            return "accepted"
        if rows_in(self, _COPIES):
            return "sent"
        blanks = [row[0] for row in rows_in(self, _BLANKS)]
        return "printed" if "kept" in blanks else "wanted" if blanks else "nothing"


@dataclass
class OnPaper(Signing):
    """One telling of it."""

    async def tell(self) -> None:
        """Live through all of it; `stuck` says where it went no further."""
        try:
            self.world.platforms.telegram.say(CUSTOMER, "/start")
            await self._follow((*BEFORE[:-1], Step(SIGN)))
            await self.until(lambda: self.papers() == 1, "the bill was never kept")
            await self.come_to_rest()
            self.world.arm()
            await self._do(lambda: self.world.platforms.telegram.say(CUSTOMER, ASK_PAPER), lambda: bool(self.blanks()))
            await self.come_to_rest()
            scan = await asyncio.to_thread(signed, self.blanks()[-1])
            upload = partial(
                self.world.platforms.telegram.upload, CUSTOMER, scan, name="scan.pdf", mime="application/pdf"
            )
            await self._do(upload, lambda: self.is_shown(TAKEN, CUSTOMER))
            await self.until(lambda: bool(self.acceptances()), "the thread never told of the copy")
            await self.come_to_rest()
        except TimeoutError as error:
            self.stuck = str(error)

    async def _do(self, deed: Callable[[], object], is_done: Callable[[], bool]) -> None:
        """Do something once and wait for what comes of it."""
        deed()
        await self.until(is_done, "the desk never answered to it", SEALING)

    def blanks(self) -> list[bytes]:
        """Return the letters that were sent to be signed."""
        sent = [m.document for m in self.screen(CUSTOMER) if m.from_bot and m.document and TO_SIGN in m.document.name]
        return [self.world.platforms.telegram.content(document.file_id) for document in sent]

    def acceptances(self) -> list[str]:
        """Return what the thread tells of accepted copies."""
        return [text for text in self.thread() if ACCEPTED in text]


def signed(letter: bytes) -> bytes:
    """Return a scan of a letter whose fields a pen filled."""
    [sheet] = pens.sheets_of(letter)
    line = line_of(letter)
    pens.sign(sheet, Field(1, 62, line, 368, line + 44))
    pens.date(sheet, Field(1, 392, line, 550, line + 44))
    return pens.pdf([sheet])
