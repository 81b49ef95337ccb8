"""Sends the pages of a letter as pictures, so that its signer sees what is signed: an album, made when it is sent."""

import asyncio
from collections.abc import Iterable, Sequence

import orjson
from telegram import Bot
from telegram.error import TelegramError

from bot.letters.model import NoGlyph
from bot.letters.shelf import ListDiffers
from bot.letters.unsigned import PATIENCE, Unsigned
from bot.letters.workshop import MOST_PAGES, JobFailed, Pictures, Workshop
from bot.sending import Again, Never, Result, Sent
from bot.telegram.request import AiohttpRequest
from bot.telegram.sender import outcome
from bot.wording import telegram_text
from domain.desk.keeping import Waiting
from domain.desk.state import Owed
from domain.papers.letter import Letter

MOST_TRIES = 2  # of printing
TO_PRINT = "sign.paper_file"  # the words under letters that go out as files alone, to be signed with a pen


class PagesSender:
    """Delivers `pages`."""

    kinds = frozenset({"pages"})

    def __init__(self, bot: Bot, request: AiohttpRequest, unsigned: Unsigned, workshop: Workshop) -> None:
        self._bot = bot
        self._request = request
        self._unsigned = unsigned
        self._workshop = workshop

    async def send(self, waiting: Waiting) -> Result:
        """Try once; what cannot be pictured is left out, and the conversation goes on: the letter's text is there."""
        owed = waiting.owed
        try:
            letters = await self._unsigned.letters(int(owed.params["request"]), owed.params["facts"])
            printed = [await self._pictures(letter) for letter in letters]
        except NoGlyph:
            return Never("no_glyph")
        except ListDiffers:
            return Never("list_differs")
        except (JobFailed, TimeoutError):
            return Never("unprinted") if waiting.attempts + 1 >= MOST_TRIES else Again(1.0, reason="unprinted")
        try:
            return await self._send(owed, printed) if printed else Sent()
        except TelegramError as e:
            return outcome(e, waiting)

    async def _pictures(self, letter: Letter) -> Pictures:
        async with asyncio.timeout(PATIENCE):
            return await self._workshop.pictures(letter)

    async def _send(self, owed: Owed, printed: Sequence[Pictures]) -> Sent:
        """Send one album of the first pages; where that is not all of them, each letter as a document as well."""
        if owed.key == TO_PRINT:
            sent = [await self._document(owed, place, each) for place, each in enumerate(printed, 1)]
            return Sent(sent[0])
        pages = [page for pictures in printed for page in pictures.pages]
        is_whole = len(pages) <= MOST_PAGES and all(pictures.is_whole for pictures in printed)
        message = await self._album(owed, pages[:MOST_PAGES])
        for place, pictures in enumerate(() if is_whole else printed, 1):
            await self._document(owed, place, pictures)
        return Sent(message)

    async def _document(self, owed: Owed, place: int, pictures: Pictures) -> str:
        said = _said(owed) if owed.key == TO_PRINT else {}
        return await self._upload("sendDocument", owed, said, [("document", f"letter-{place}.pdf", pictures.pdf)])

    async def _album(self, owed: Owed, pages: Sequence[bytes]) -> str:
        said = _said(owed)
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


def _said(owed: Owed) -> dict[str, str]:
    return {"caption": telegram_text(owed.key, owed.params, owed.language), "parse_mode": "HTML"}
