"""Sends the pages of a letter as pictures, so that its signer sees what is signed: an album, made when it is sent."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Protocol

import orjson
from telegram import Bot
from telegram.error import TelegramError

from bot.letters.model import NoGlyph
from bot.letters.shelf import ListDiffers, listed_numbers
from bot.letters.workshop import MOST_PAGES, JobFailed, Pictures, Workshop
from bot.sending import Again, Never, Result, Sent
from bot.telegram.request import AiohttpRequest
from bot.telegram.sender import outcome
from bot.wording import telegram_text
from domain.desk.keeping import Board, Lists, Waiting
from domain.desk.state import Owed
from domain.orders.model import Case
from domain.papers.authorization import facts_digest
from domain.papers.letter import Letter, letters_of

PATIENCE = 15.0  # seconds; the letter's text stands in the chat already, and who waits for pictures cannot sign yet
MOST_TRIES = 2  # of printing


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


class PagesSender:
    """Delivers `pages`."""

    kinds = frozenset({"pages"})

    def __init__(self, bot: Bot, request: AiohttpRequest, shelf: Shelf, workshop: Workshop, company: str) -> None:
        self._bot = bot
        self._request = request
        self._shelf = shelf
        self._workshop = workshop
        self._company = company

    async def send(self, waiting: Waiting) -> Result:
        """Try once; what cannot be pictured is left out, and the conversation goes on: the letter's text is there."""
        try:
            printed = [await self._pictures(letter) for letter in await self._letters(waiting.owed)]
        except NoGlyph:
            return Never("no_glyph")
        except ListDiffers:
            return Never("list_differs")
        except (JobFailed, TimeoutError):
            return Never("unprinted") if waiting.attempts + 1 >= MOST_TRIES else Again(1.0, reason="unprinted")
        try:
            return await self._send(waiting.owed, printed) if printed else Sent()
        except TelegramError as e:
            return outcome(e, waiting)

    async def _letters(self, owed: Owed) -> tuple[Letter, ...]:
        """Return the letters that are to be signed; none that say something else by now, or are signed.

        Raises ListDiffers.
        """
        sheet = await self._shelf.board.sheet(request_id=int(owed.params["request"]))
        if sheet is None or not _is_stated(sheet.case, owed.params["facts"]):
            return ()
        return letters_of(sheet.case, self._company, await listed_numbers(sheet.case, self._shelf.lists))

    async def _pictures(self, letter: Letter) -> Pictures:
        async with asyncio.timeout(PATIENCE):
            return await self._workshop.pictures(letter)

    async def _send(self, owed: Owed, printed: Sequence[Pictures]) -> Sent:
        """Send one album of the first pages; where that is not all of them, each letter as a document as well."""
        pages = [page for pictures in printed for page in pictures.pages]
        is_whole = len(pages) <= MOST_PAGES and all(pictures.is_whole for pictures in printed)
        message = await self._album(owed, pages[:MOST_PAGES])
        for place, pictures in enumerate(() if is_whole else printed, 1):
            await self._upload("sendDocument", owed, {}, [("document", f"letter-{place}.pdf", pictures.pdf)])
        return Sent(message)

    async def _album(self, owed: Owed, pages: Sequence[bytes]) -> str:
        said = {"caption": telegram_text(owed.key, owed.params, owed.language), "parse_mode": "HTML"}
        files = [(f"page{place}", f"page-{place}.png", page) for place, page in enumerate(pages, 1)]
        if len(pages) == 1:
            return await self._upload("sendPhoto", owed, said, [("photo", *files[0][1:])])
        media = [{"type": "photo", "media": f"attach://{field}", **(said if not place else {})}
                 for place, (field, *_) in enumerate(files)]  # fmt: skip
        return await self._upload("sendMediaGroup", owed, {"media": orjson.dumps(media).decode()}, files)

    async def _upload(
        self, method: str, owed: Owed, fields: dict[str, str], files: Iterable[tuple[str, str, bytes]]
    ) -> str:
        """Call a method with files (field, name, content); returns the first message's id."""
        named = {field: (name, content) for field, name, content in files}
        url = f"{self._bot.base_url}/{method}"
        answer = await self._request.upload_all(url, {"chat_id": owed.address, **fields}, named)
        first = answer[0] if isinstance(answer, list) else answer
        return str(first["message_id"])


def _is_stated(case: Case, facts: str) -> bool:
    """Tell whether a request is still to be signed, and its letter states these facts."""
    is_there = {"name", "address", "carrier"} <= case.answers.keys()  # but for a request that was erased
    return is_there and case.answer("signature") is None and facts_digest(case) == facts
