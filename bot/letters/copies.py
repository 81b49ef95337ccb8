"""The errands of letters that are signed on paper: one is printed to be signed, and its copies are read."""

import hashlib
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from bot.letters.model import MOST_PAGES, LookedOver, NoGlyph
from bot.letters.shelf import ListDiffers, Shelf
from bot.letters.works import Reads, Works
from bot.letters.workshop import JobFailed
from domain.desk.blanks import Printed
from domain.desk.copies import LIST_DIFFERS, PRINT, READ, READ_EITHER, ReadCopy, blank_printed, copy_read, copy_refused
from domain.desk.keeping import Sheet
from domain.desk.on_paper import stamp_of
from domain.desk.signer_links import facts_now
from domain.desk.state import Errand, Paper
from domain.papers.copies import Page
from domain.papers.letter import Letter
from domain.papers.sniff import paper_type
from domain.text import ident

log = logging.getLogger(__name__)

Fetch = Callable[[Paper], Awaitable[bytes | str]]


class CopyErrands:
    """Prints letters to be signed, and reads what comes back. `fetch` gives a file, or why there is none.

    `reads`: another child than the one that prints: whoever waits for pages to sign does not wait for a slow file.
    """

    def __init__(self, shelf: Shelf, works: Works, reads: Reads, fetch: Fetch) -> None:
        self._shelf = shelf
        self._works = works
        self._reads = reads
        self._fetch = fetch
        self.ways: dict[str, Callable[[Errand], Awaitable[None]]] = {
            PRINT: self._print, READ: self._read, READ_EITHER: self._read,
        }  # fmt: skip

    async def _print(self, errand: Errand) -> None:
        """Print the letter of one order as the request is by now."""
        found = await self._shelf.wanted(errand)
        if found is None:
            return
        paper, sheet = found
        try:
            letter = (await self._letters(sheet)).get(paper.file_id)
        except ListDiffers:
            log.error("letter list_differs id=%s", ident(paper.id))
            await self._refuse(errand, LIST_DIFFERS)
            return
        printed = await self._printed(letter) if letter is not None else b""
        if letter is None or not printed:
            log.warning("letter not_printed id=%s", ident(paper.id))
            await self._refuse(errand, "not_printed")
            return
        object_key = f"blank-{paper.id}-{errand.id}"
        made = Printed(object_key, len(printed), hashlib.sha256(printed).hexdigest(), letter.code, stamp_of(sheet.case))
        decide = partial(blank_printed, errand=errand, made=made, policy=self._shelf.policy)
        await self._shelf.store(errand, object_key, printed, decide)

    async def _printed(self, letter: Letter) -> bytes:
        try:
            return await self._works.letter(letter)
        except NoGlyph:
            return b""

    async def _read(self, errand: Errand) -> None:
        """Fetch a copy, read the codes on it and what a pen wrote, and let its request hear what they say."""
        found = await self._shelf.wanted(errand)
        if found is None:
            return
        paper, sheet = found
        came, looked = await self._looked_over(paper)
        if looked.refused:
            await self._refuse(errand, looked.refused)
            return
        try:
            letters = tuple((await self._letters(sheet)).values())
        except ListDiffers:
            letters = ()  # none that could be printed: staff look at the copy
        content, mime = looked.content, paper_type(looked.content)
        pages = await self._pages(came, letters)  # as sharp as it came
        if mime is None or pages is None:
            await self._refuse(errand, "unreadable")
            return
        object_key, codes = f"copy-{paper.id}-{errand.id}", tuple(letter.code for letter in letters)
        head = (object_key, mime, len(content), pages, codes, stamp_of(sheet.case))
        read = ReadCopy(*head, *(hashlib.sha256(each).hexdigest() for each in (came, content)))
        await self._shelf.store(
            errand, read.object_key, content, partial(copy_read, errand=errand, read=read, policy=self._shelf.policy)
        )

    async def _looked_over(self, paper: Paper) -> tuple[bytes, LookedOver]:
        """Fetch a copy, and return it with what may be kept of it."""
        content = await self._fetch(paper)
        if isinstance(content, str):
            return b"", LookedOver(refused=content)
        if paper_type(content) is None:
            return b"", LookedOver(refused="wrong_type")
        return content, await self._reads.look_over(content)

    async def _letters(self, sheet: Sheet) -> dict[str, Letter]:
        """Return the letters by their orders' ids; none while something that they state has to be given anew."""
        return await self._shelf.letters(sheet) if facts_now(sheet.case) else {}

    async def _pages(self, content: bytes, letters: tuple[Letter, ...]) -> tuple[Page, ...] | None:
        """Return what stands on the pages; a file that breaks its child cannot be read."""
        try:
            return await self._reads.read_copy(content, letters, most=MOST_PAGES)
        except JobFailed:
            return None

    async def _refuse(self, errand: Errand, reason: str) -> None:
        decide = partial(copy_refused, errand=errand, reason=reason, policy=self._shelf.policy)
        await self._shelf.tell(errand, decide)
