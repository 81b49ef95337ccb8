"""Slow work that turns left behind: fetching a customer's bill to store it encrypted, deleting files given up."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.clock import Now
from bot.telegram.request import AiohttpRequest
from domain.desk.errands import ErrandList, Pick
from domain.desk.keeping import Files
from domain.desk.papers import bill_kept, bill_refused, files_away
from domain.desk.state import Errand, OfRequest, Paper, Turns
from domain.errors import Away, NotKept
from domain.papers.sniff import LARGEST_PAPER, paper_type
from domain.text import ident

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0  # seconds, when nothing wakes the runner
HANDS = 4  # errands of the quick kinds at once
PROLONG_EVERY = timedelta(seconds=40)  # a third of an errand's lease
LONGEST = 1800.0  # seconds for one errand: what takes longer hangs, and would keep its hand for ever
_BACKOFF = (1, 5, 30, 120, 600)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A paper's content and what it is, or why it is none: `refused` is the last part of a wording key."""

    content: bytes = b""
    mime: str = ""
    refused: str = ""


Way = Callable[[Errand], Awaitable[None]]


class Hands:
    """So many hands for some kinds of errands: for each request one at a time, and requests take turns.

    What waits stays in the list: nothing of it is in memory before a hand is free.
    """

    def __init__(self, ways: Mapping[str, Way], count: int) -> None:
        self.ways = ways
        self._count = count
        self.busy: dict[int, int] = {}  # the ids of errands under way, by their requests'
        self._had: set[int] = set()  # the requests that had their turn in this round

    def pick(self) -> Pick | None:
        """Return what may be begun now; None while no hand is free."""
        free = self._count - len(self.busy)
        return Pick(free, tuple(self.ways), (*self.busy, *self._had)) if free > 0 else None

    def done(self, errand: Errand) -> None:
        """Free the hand of an errand."""
        del self.busy[errand.request_id]
        self._had.add(errand.request_id)

    def next_round(self) -> bool:
        """Let everybody have a turn again; tell whether that lets anybody in."""
        is_any = bool(self._had)
        self._had.clear()
        return is_any


class Errands:
    """Runs errands; what is fetched is heard as an event of its own."""

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
        ways: dict[str, Way] = {"fetch_bill": self._fetch_bill, "drop_file": self._drop_file}
        self._hands = [Hands(ways, HANDS)]
        self._tasks: set[asyncio.Task[None]] = set()
        self._prolonged = now()

    def teach(self, ways: Mapping[str, Way], hands: int) -> None:
        """Learn kinds of errands, and how many of them may be under way at once; no other kinds wait for these."""
        self._hands.append(Hands(ways, hands))

    def wake(self) -> None:
        """Look for work at once."""
        self._woken.set()

    async def run(self) -> None:
        """Work until cancelled."""
        try:
            await self._work()
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(self) -> None:
        while True:
            self._woken.clear()
            is_any = await self._look()
            if not (is_any or any(hands.next_round() for hands in self._hands)):
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), LOOK_EVERY)

    async def _look(self) -> bool:
        """Keep the leases of what is under way, and begin what hands are free for; tell whether that is any."""
        try:
            await self._prolong()
            taken = await self._take()
        except NotKept as e:
            log.warning("errand not_kept error=%s", type(e).__name__)
            return False
        for errand, attempts in taken:
            self._begin(errand, attempts)
        return bool(taken)

    async def _prolong(self) -> None:
        """Begin leases anew before they run out: whoever else has this list would begin the same once more."""
        if self._now() - self._prolonged < PROLONG_EVERY:
            return
        self._prolonged = self._now()
        if self._tasks:
            await self._errands.prolong([each for hands in self._hands for each in hands.busy.values()])

    async def _take(self) -> list[tuple[Errand, int]]:
        picks = [pick for hands in self._hands if (pick := hands.pick())]
        return await self._errands.take(*picks) if picks else []

    def _begin(self, errand: Errand, attempts: int) -> None:
        hands = next(hands for hands in self._hands if errand.kind in hands.ways)
        hands.busy[errand.request_id] = errand.id
        task = asyncio.create_task(self._do(hands, errand, attempts))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _do(self, hands: Hands, errand: Errand, attempts: int) -> None:
        try:
            await self._try(hands.ways[errand.kind], errand, attempts)
        finally:
            hands.done(errand)
            self.wake()

    async def _try(self, way: Way, errand: Errand, attempts: int) -> None:
        try:
            async with asyncio.timeout(LONGEST):
                await way(errand)
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
                if isinstance(e, Away):
                    await self._tell_away()

    async def _tell_away(self) -> None:
        """Tell staff once a day that documents cannot be stored or read; their errands are tried again all the same."""
        await self._turns.turn(OfRequest(0), f"files_away:{self._now():%Y-%m-%d}", files_away)

    async def _fetch_bill(self, errand: Errand) -> None:
        paper = await self._errands.paper(errand.subject)
        if paper is None:  # its request was erased meanwhile
            await self._errands.forget(errand)
            return
        fetched = await self._fetch(paper)
        object_key = f"bill-{errand.subject}-{errand.id}"
        decide = partial(bill_refused, errand=errand, reason=fetched.refused)
        if not fetched.refused:
            await self._files.keep(object_key, fetched.content)
            size = len(fetched.content)
            decide = partial(bill_kept, errand=errand, object_key=object_key, mime=fetched.mime, size=size)
        outcome = await self._turns.turn(OfRequest(errand.request_id), f"errand:{errand.id}", decide)
        if not fetched.refused and outcome.changes is not None and not outcome.changes.papers:
            await self._files.drop(object_key)  # its request was erased while the file was on its way

    async def _drop_file(self, errand: Errand) -> None:
        """Delete the file of an erased paper, then what is left of the paper; either may have been done already."""
        paper = await self._errands.paper(errand.subject)
        if paper is not None and paper.object_key is not None:
            await self._files.drop(paper.object_key)
        await self._errands.forget(errand)

    async def fetch(self, paper: Paper) -> bytes | str:
        """Return the file that a customer sent, or why there is none: `too_large`, `gone`."""
        try:
            found = await self._request.call(f"{self._bot.base_url}/getFile", {"file_id": paper.file_id})
        except BadRequest as e:
            return "too_large" if "too big" in e.message.lower() else "gone"
        content = await self._download(str(found["file_path"]))
        return "too_large" if len(content) > LARGEST_PAPER else content

    async def _fetch(self, paper: Paper) -> Fetched:
        content = await self.fetch(paper)
        if isinstance(content, str):
            return Fetched(refused=content)
        mime = paper_type(content)
        return Fetched(content, mime) if mime else Fetched(refused="wrong_type")

    async def _download(self, path: str) -> bytes:
        """Return a file's bytes; Telegram may give a whole address instead of a path (local Bot API servers do)."""
        url = path if path.startswith("http") else f"{self._bot.base_file_url}/{path}"
        status, content = await self._request.exchange(url, "GET", None, 60)
        if status != 200:
            raise TelegramError(f"file download answered {status}")
        return content
