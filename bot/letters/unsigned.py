"""The letters that are still to be signed: read as they stand now, printed and pictured for whoever is to sign them."""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from bot.letters.shelf import listed_numbers
from bot.letters.workshop import Workshop
from domain.desk.keeping import Board, Lists
from domain.orders.model import Case
from domain.papers.authorization import facts_digest
from domain.papers.letter import Letter, letters_of

PATIENCE = 15.0  # seconds; the letter's text is there already, and who waits for pictures cannot sign yet


class Shelf(Protocol):
    """Whoever keeps requests, and the numbers of long lists."""

    @property
    def board(self) -> Board:
        """Return what is read."""
        ...

    @property
    def lists(self) -> Lists:
        """Return the lists that are too long for a case."""
        ...


class Unsigned:
    """Reads and prints letters that are to be signed. `company`: who is appointed in them."""

    def __init__(self, shelf: Shelf, workshop: Workshop, company: str) -> None:
        self._shelf = shelf
        self._workshop = workshop
        self._company = company

    async def letters(self, request_id: int, facts: str) -> tuple[Letter, ...]:
        """Return the letters of a request; none that say something else by now, or are signed. Raises ListDiffers."""
        sheet = await self._shelf.board.sheet(request_id=request_id)
        if sheet is None or not _is_stated(sheet.case, facts):
            return ()
        return letters_of(sheet.case, self._company, await listed_numbers(sheet.case, self._shelf.lists))

    async def counted(self, letters: Sequence[Letter]) -> tuple[int, ...]:
        """Return how many pages each letter has. Raises NoGlyph, JobFailed, TimeoutError."""
        async with asyncio.timeout(PATIENCE):
            return tuple([await self._workshop.count(letter) for letter in letters])

    async def page(self, letters: Sequence[Letter], place: int) -> bytes | None:
        """Return a page of the letters as a PNG, counted through from 1; None where there is none. Raises as above."""
        async with asyncio.timeout(PATIENCE):
            for letter in letters:
                page, count = await self._workshop.page(letter, place)
                if page is not None:
                    return page
                place -= count
        return None

    async def pdf(self, letter: Letter) -> bytes:
        """Return a letter as a PDF, to be read or printed. Raises as above."""
        async with asyncio.timeout(PATIENCE):
            return await self._workshop.letter(letter)


def _is_stated(case: Case, facts: str) -> bool:
    """Tell whether a request is still to be signed, and its letter states these facts."""
    is_there = {"name", "address", "carrier"} <= case.answers.keys()  # but for a request that was erased
    return is_there and case.answer("signature") is None and facts_digest(case) == facts
