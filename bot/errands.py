"""Slow work that turns left behind: fetching a customer's bill from Telegram and storing it encrypted."""

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.clock import Now
from bot.telegram.request import AiohttpRequest
from domain.desk.keeping import ErrandList, Files
from domain.desk.papers import bill_kept, bill_refused
from domain.desk.state import Decide, Errand, OfRequest, Paper, Turns
from domain.errors import NotKept
from domain.papers.sniff import LARGEST_PAPER, paper_type
from domain.text import ident

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0  # seconds, when nothing wakes the runner
AT_ONCE = 4
_BACKOFF = (1, 5, 30, 120, 600)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A paper's content and what it is, or why it is none: `refused` is the last part of a wording key."""

    content: bytes = b""
    mime: str = ""
    refused: str = ""


class Errands:
    """Runs errands; each one's result is heard as an event of its own."""

    def __init__(
        self, errands: ErrandList, files: Files, turns: Turns, bot: Bot, request: AiohttpRequest, now: Now
    ) -> None:
        self._errands = errands
        self._files = files
        self._turns = turns
        self._bot = bot
        self._request = request
        self._now = now
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Look for work at once."""
        self._woken.set()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            self._woken.clear()
            taken = await self._take()
            if taken:
                await asyncio.gather(*(self._do(errand, attempts) for errand, attempts in taken))
                continue
            try:
                await asyncio.wait_for(self._woken.wait(), LOOK_EVERY)
            except TimeoutError:
                continue

    async def _take(self) -> list[tuple[Errand, int]]:
        try:
            return await self._errands.take(AT_ONCE)
        except NotKept as e:
            log.warning("errand not_kept error=%s", type(e).__name__)
            return []

    async def _do(self, errand: Errand, attempts: int) -> None:
        try:
            decide = await self._fetch_bill(errand)
            await self._turns.turn(OfRequest(errand.request_id), f"errand:{errand.id}", decide)
        except Exception as e:  # noqa: BLE001 # an errand that fails is tried again; nobody waits for it here
            pause = _BACKOFF[min(attempts, len(_BACKOFF) - 1)]
            log.warning(
                "errand failed id=%s kind=%s attempts=%d error=%s",
                ident(errand.id),
                errand.kind,
                attempts,
                type(e).__name__,
            )
            with contextlib.suppress(NotKept):  # its lease runs out by itself
                await self._errands.retry(errand, self._now() + timedelta(seconds=pause))

    async def _fetch_bill(self, errand: Errand) -> Decide:
        paper = await self._errands.paper(errand.subject)
        fetched = Fetched(refused="gone") if paper is None else await self._fetch(paper)
        if fetched.refused:
            return partial(bill_refused, errand=errand, reason=fetched.refused)
        object_key = f"bill-{errand.subject}-{errand.id}"
        await self._files.keep(object_key, fetched.content)
        return partial(bill_kept, errand=errand, object_key=object_key, mime=fetched.mime, size=len(fetched.content))

    async def _fetch(self, paper: Paper) -> Fetched:
        try:
            found = await self._request.call(f"{self._bot.base_url}/getFile", {"file_id": paper.file_id})
        except BadRequest as e:
            return Fetched(refused="too_large" if "too big" in e.message.lower() else "gone")
        content = await self._download(str(found["file_path"]))
        if len(content) > LARGEST_PAPER:
            return Fetched(refused="too_large")
        mime = paper_type(content)
        return Fetched(content, mime) if mime else Fetched(refused="wrong_type")

    async def _download(self, path: str) -> bytes:
        """Return a file's bytes; Telegram may give a whole address instead of a path (local Bot API servers do)."""
        url = path if path.startswith("http") else f"{self._bot.base_file_url}/{path}"
        status, content = await self._request.exchange(url, "GET", None, 60)
        if status != 200:
            raise TelegramError(f"file download answered {status}")
        return content
