"""The errands of lists: one is read at a time, looked up and kept in small batches, while everybody else is served."""

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable
from functools import partial

from bot.clock import Now
from bot.lists.looking import Named, Wish
from bot.lists.reader import is_short, read_list
from bot.sending import Progress
from domain.desk.keeping import Keeper, Sheet
from domain.desk.listed import Kept, list_looked
from domain.desk.listing import CRASHED, ERASED, is_open
from domain.desk.state import Errand, OfRequest, Paper, Turns
from domain.errors import NotKept, Unreadable
from domain.intake.lists import Found, columns_of
from domain.numbers.columns import Ask
from domain.numbers.fixes import fixes_of
from domain.numbers.inventory import TRACKING, Held
from domain.numbers.listing import Looked, digest_of, shared_by
from domain.numbers.lists import MOST_NUMBERS
from domain.numbers.portability import Known
from domain.orders.agreed import agreed_of
from domain.orders.phases import MOVED
from domain.text import ident

log = logging.getLogger(__name__)

MOST_TRIES = 4  # of an errand, the last some 40 seconds after the first
PAGE = 500  # numbers looked up, or kept, between two looks at the clock
SHOW_EVERY = 1.0  # seconds
_SHARED = ("destination", "source", "label", "company")

Fetch = Callable[[Paper], Awaitable[bytes | str]]


class ListErrands:
    """Reads lists that customers send, and deletes those given up. `fetch` gives a file, or why there is none."""

    def __init__(self, keeper: Keeper, turns: Turns, fetch: Fetch, show: Progress, now: Now) -> None:
        self._keeper = keeper
        self._turns = turns
        self._fetch = fetch
        self._show = show
        self._now = now
        self._one_at_a_time = asyncio.Lock()
        self._failed: dict[int, int] = {}  # how often, by the errand's id
        self.ways: dict[str, Callable[[Errand], Awaitable[None]]] = {
            "read_list": self.read,
            "drop_list": self.drop,
            "list_moved": self.moved,
        }

    async def read(self, errand: Errand) -> None:
        """Read a list, and let its request hear what it came to."""
        async with self._one_at_a_time:
            paper = await self._keeper.paper(errand.subject)
            sheet = await self._keeper.board.sheet(request_id=errand.request_id)
            if paper is None or sheet is None:
                await self._keeper.forget(errand)
            else:
                await self._read_or_refuse(errand, paper, sheet)

    async def _read_or_refuse(self, errand: Errand, paper: Paper, sheet: Sheet) -> None:
        """Read a list; one that fails time after time is refused, so that nobody waits for it in silence."""
        try:
            await self._read(errand, paper, sheet)
        except NotKept:  # the database's own trouble, in which nothing could be told either
            raise
        except Exception as e:  # whatever it is, after so many tries the customer is told instead of waiting
            self._failed[errand.id] = self._failed.get(errand.id, 0) + 1
            if self._failed[errand.id] < MOST_TRIES:
                await self._show(sheet.case.request.chat_id, errand.id, "list.again", {})
                raise
            log.warning("list refused id=%s error=%s", ident(errand.id), type(e).__name__)
            await self._show(sheet.case.request.chat_id, errand.id, "list.stopped", {}, is_last=True)
            await self._tell(errand, None, Unreadable(CRASHED))
        self._failed.pop(errand.id, None)

    async def _read(self, errand: Errand, paper: Paper, sheet: Sheet) -> None:
        content = await self._content(paper)
        if isinstance(content, str):
            await self._tell(errand, None, Unreadable(f"list.refused.{content}"))
            return
        object_key = paper.object_key or f"list-{paper.id}-{errand.id}"
        if paper.object_key is None:
            await self._keeper.files.keep(object_key, content)
        kept = Kept(object_key, len(content))
        shown = Shown(self._show, sheet.case.request.chat_id, errand.id) if not is_short(content) else None
        came_to = await read_list(content, _wish(sheet), partial(self._look_up, errand.request_id, shown))
        if not isinstance(came_to, Looked):
            if shown is not None:
                await shown.stop()
            await self._tell(errand, kept, came_to, sheets=came_to.sheets if isinstance(came_to, Ask) else ())
            return
        found = await asyncio.to_thread(self._found, paper, came_to)  # the loop has 5 ms at most to wait for a thread
        if found.by_row and await self._may_keep(errand):
            await self._keep(errand, paper, came_to, shown)
        if shown is not None:
            await shown.end(came_to.rows)
        await self._tell(errand, kept, found, await self._report(errand, came_to), came_to.sheets)

    async def _content(self, paper: Paper) -> bytes | str:
        if paper.object_key is None:
            return await self._fetch(paper)
        try:
            return await self._keeper.files.read(paper.object_key)
        except KeyError:
            return "gone"

    async def _look_up(self, request_id: int, shown: "Shown | None", named: Named) -> Known:
        """Look numbers up page by page, so that neither the readers nor the loop are taken for long."""
        roles: dict[str, str] = {}
        moving: set[str] = set()
        moved: set[str] = set()
        for start in range(0, len(named.numbers), PAGE):
            known = await self._keeper.lists.known(named.numbers[start : start + PAGE], request_id)
            roles |= known.roles
            moving |= set(known.moving)
            moved |= set(known.moved)
            if shown is not None:
                share = (start + PAGE) / len(named.numbers)
                await shown.show("list.looking", min(math.ceil(share * named.rows), named.rows), named.rows)
        return Known(roles, moving, moved)

    def _found(self, paper: Paper, looked: Looked) -> Found:
        entries = looked.entries
        digest = digest_of(entry.e164 for entry in entries)
        shared = tuple(shared_by(entries, field) for field in _SHARED)
        some = 1 if len(entries) > MOST_NUMBERS else MOST_NUMBERS
        why = tuple(sorted(looked.why.items(), key=lambda each: -each[1]))
        numbers = tuple(entry.e164 for entry in entries[:some])
        of_list = (shared[0], shared[1], shared[2], shared[3])
        day = f"{self._now():%Y-%m-%d}"
        head = (paper.id, looked.rows, len(entries), digest, day)
        return Found(*head, why, of_list, numbers, looked.lines, looked.apart)

    async def _may_keep(self, errand: Errand) -> bool:
        """Tell whether a paper's rows may be replaced: never those that somebody agreed to, or signed for."""
        sheet = await self._keeper.board.sheet(request_id=errand.request_id)
        if sheet is None:
            return False
        agreed = agreed_of(sheet.case)
        return is_open(sheet.case) and (agreed is None or agreed.paper != errand.subject)

    async def _keep(self, errand: Errand, paper: Paper, looked: Looked, shown: "Shown | None") -> None:
        """Keep the rows, telling how far that is; the same rows again change nothing."""

        async def told(done: int) -> None:
            if shown is not None:
                await shown.show("list.keeping", done, len(looked.entries))

        await self._keeper.lists.put(errand.request_id, paper.id, looked.entries, told)

    async def _report(self, errand: Errand, looked: Looked) -> Kept | None:
        if not looked.report:
            return None
        object_key = f"report-{errand.subject}-{errand.id}"
        await self._keeper.files.keep(object_key, looked.report)
        return Kept(object_key, len(looked.report))

    async def _tell(
        self, errand: Errand, kept: Kept | None, came_to: Found | Ask | Unreadable, report: Kept | None = None,
        sheets: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        decide = partial(list_looked, errand=errand, kept=kept, came_to=came_to, report=report, sheets=sheets)
        outcome = await self._turns.turn(OfRequest(errand.request_id, is_apart=True), f"errand:{errand.id}", decide)
        if outcome.changes is not None and await self._is_forgotten(errand):
            await self._keeper.lists.drop(errand.request_id, errand.subject)
            for each in (kept, report):
                if each is not None:
                    await self._keeper.files.drop(each.object_key)

    async def _is_forgotten(self, errand: Errand) -> bool:
        """Tell whether a list's request was erased meanwhile."""
        paper = await self._keeper.paper(errand.subject)
        return paper is None or paper.status == ERASED

    async def moved(self, errand: Errand) -> None:
        """Put the numbers of a list that moved into the inventory; out of it, where that was taken back since."""
        async with self._one_at_a_time:
            sheet = await self._keeper.board.sheet(request_id=errand.request_id)
            if sheet is not None and sheet.case.request.status in MOVED:
                entries = await self._keeper.lists.entries(errand.request_id, errand.subject)
                held = [Held(entry.e164, TRACKING, sheet.case.request.ref, "port") for entry in entries]
                await self._keeper.inventory.take_in(held, replace=False)
            elif sheet is not None:
                await self._keeper.inventory.take_out(sheet.case.request.ref)
            await self._keeper.forget(errand)

    async def drop(self, errand: Errand) -> None:
        """Delete the rows and the file of a list that was given up, then what is left of its paper."""
        async with self._one_at_a_time:
            paper = await self._keeper.paper(errand.subject)
            await self._keeper.lists.drop(errand.request_id, errand.subject)
            if paper is not None and paper.object_key is not None:
                await self._keeper.files.drop(paper.object_key)
            await self._keeper.forget(errand)


def _wish(sheet: Sheet) -> Wish:
    case = sheet.case
    fixes = fixes_of(case.answer("list_fixes") or ())
    return Wish(columns_of(case), fixes, tuple(sorted(case.served.regions)))


class Shown:
    """How far a long list is, in one message that is edited in place, about once a second."""

    def __init__(self, show: Progress, chat: int, errand: int) -> None:
        self._show = show
        self._chat = chat
        self._errand = errand
        self._next = time.monotonic() + SHOW_EVERY / 2  # what is done sooner needs no word

    async def show(self, key: str, done: int, rows: int) -> None:
        """Show how many rows are done, if that is due."""
        if time.monotonic() >= self._next:
            await self._show(self._chat, self._errand, key, {"done": f"{done:,}", "rows": f"{rows:,}"})
            self._next = time.monotonic() + SHOW_EVERY

    async def end(self, rows: int) -> None:
        """Let the message say that all is read."""
        await self._show(self._chat, self._errand, "list.read", {"rows": f"{rows:,}"}, is_last=True)

    async def stop(self) -> None:
        """Let the message say that reading has ended early: the next one tells why."""
        await self._show(self._chat, self._errand, "list.stopped", {}, is_last=True)
